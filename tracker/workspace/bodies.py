"""What each page shows beside its sentence, as values: the body of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.analysis.coding import CoderAgreement
from tracker.analysis.contested import ContestedEffect
from tracker.analysis.lives import LifeStep
from tracker.analysis.offices import Office
from tracker.analysis.redline import Compared
from tracker.analysis.results import (
    Comparison,
    Coverage,
    Exchange,
    FacetsResult,
    Neighbours,
    Overview,
    Repeats,
    SilenceCoverage,
    StatementPage,
    StatementRow,
    TimelineBins,
    TimelineMarks,
)
from tracker.analysis.shifts import Shifts
from tracker.analysis.wording import Wording
from tracker.core.beside import Signatory, Tenure
from tracker.core.model import Event
from tracker.core.problems import Problem
from tracker.io.comparisons import ReadyComparison
from tracker.workspace.alignment_answers import AlignmentBody
from tracker.workspace.verifying import Proof


@dataclass(frozen=True)
class OverviewBody:
    """The Overview: its counts and months, the comparisons made ready, and the latest changes of position.

    ``shifts`` is ``None`` where finding them would keep the first page waiting.
    """

    overview: Overview
    comparisons: tuple[ReadyComparison, ...]
    shifts: Shifts | None = None


@dataclass(frozen=True)
class TimelineBody:
    """The Timeline: counts by period and lane, single marks while they can be told apart, events of the window."""

    bins: TimelineBins
    lane_bins: TimelineBins
    marks: TimelineMarks
    events: tuple[Event, ...]
    lane: str
    n_joint: int = 0


@dataclass(frozen=True)
class CompareBody:
    """Compare: columns by issues, the exchange on one issue (``None`` when no issue holds a statement), and two wordings.

    ``redline`` compares the two ``wordings`` the link names, or the first and the last of the exchange; ``None`` when there are
    not two. ``contested`` says what contested codings change, ``None`` when no statement of the comparison is contested.
    """

    comparison: Comparison
    exchange: Exchange | None
    offered_issues: tuple[str, ...]
    n_more_issues: int = 0
    wordings: tuple[StatementRow, StatementRow] | None = None
    redline: Compared | None = None
    n_joint: int = 0
    contested: ContestedEffect | None = None


@dataclass(frozen=True)
class ShiftsBody:
    """Shifts: one page of positions through time with their changes, between the first and the last day drawn.

    ``redlines`` belong to the latest of ``shifts.shifts``, in their order. ``wording`` is ``None`` where so many statements are
    selected that counting their words would keep the page waiting.
    """

    shifts: Shifts
    first_on: date
    last_on: date
    redlines: tuple[Compared, ...] = ()
    wording: Wording | None = None
    n_joint: int = 0


@dataclass(frozen=True)
class StatementsBody:
    """Statements: one page of the list and every facet with counts."""

    page: StatementPage
    facets: FacetsResult


@dataclass(frozen=True)
class LifeTurn:
    """One step in the life of statements: what ``row`` (``None`` where it is no statement of the data) did to ``other``."""

    step: LifeStep
    row: StatementRow | None
    other: StatementRow


@dataclass(frozen=True)
class StatementBody:
    """One statement, everything known of it, who signed it, what stands around it; ``record`` is ``None`` for an unknown id.

    ``proof`` says where in which document the words stand; ``None`` when nobody marked it. ``previous`` is the same spokesperson's
    last statement before it on the same issue, and ``redline`` what became of its words. ``life``
    has the withdrawals, corrections and the like it is part of, ``offices`` what its spokesperson was when, as statements say it,
    ``tenures`` as the table of offices does.
    """

    record: Mapping[str, Any] | None
    row: StatementRow | None
    neighbours: Neighbours | None
    proof: Proof | None = None
    previous: StatementRow | None = None
    redline: Compared | None = None
    signatories: tuple[Signatory, ...] = ()
    life: tuple[LifeTurn, ...] = ()
    offices: tuple[Office, ...] = ()
    tenures: tuple[Tenure, ...] = ()


@dataclass(frozen=True)
class DataBody:
    """The Data page: coverage, who is silent, whether coders agree, what stands there twice, problems found at load.

    ``repeated`` has a row for each statement of ``repeats``.
    """

    coverage: Coverage
    silence: SilenceCoverage
    agreement: CoderAgreement
    repeats: Repeats
    repeated: tuple[StatementRow, ...]
    problems: tuple[Problem, ...]
    n_records: int


@dataclass(frozen=True)
class ImportBody:
    """The Import and Review pages before a file or text is there: the data set on the screen and the revision of the history it shows."""

    data_set: str
    revision_id: int


Body = AlignmentBody | ImportBody | OverviewBody | TimelineBody | CompareBody | ShiftsBody | StatementsBody | StatementBody | DataBody
