"""What analysis answers with: numbers, the n behind them, the ids to list them, and what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Statements that a result does not count, with the reason in words that follow the number."""

    reason: str
    n_statements: int
    statement_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SelectionCount:
    """How much a selection holds: ``n_possibly`` of ``n_statements`` are only possibly inside the window."""

    n_statements: int
    n_possibly: int
    n_total: int
    n_actors: int
    n_spokespersons: int
    n_issues: int
    first_on: date | None
    last_on: date | None


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One value of a facet with the statements it would give, all other filters kept."""

    code: str
    n_statements: int


@dataclass(frozen=True, slots=True)
class FacetsResult:
    """Every facet's values by parameter name, most statements first, equal counts by code."""

    count: SelectionCount
    facets: dict[str, tuple[FacetCount, ...]]


class Bin(NamedTuple):
    """Statements of one stance in one lane that fall surely into one period; ``begins_on`` is its first day."""

    begins_on: date
    lane: str
    stance: str
    n_statements: int


@dataclass(frozen=True, slots=True)
class TimelineBins:
    """Counts by period and stance (and lane), zero periods not included: ``periods`` lists every one.

    ``step`` is day, week (from Monday), month or quarter. ``left_out`` has statements whose date is not known to
    the step, and says how many.
    """

    step: str
    periods: tuple[date, ...]
    bins: tuple[Bin, ...]
    n_statements: int
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement as lists, marks and cards show it: codes for links, texts as written.

    ``ended`` is a relation of ``core.beside.ENDINGS`` that ended it on ``ended_on``, "" while it stands.
    """

    statement_id: str
    stated_on: str
    stated_from: date
    stated_to: date
    date_precision: str
    is_possibly: bool
    actor_id: str
    organisation_id: str
    organisation: str
    spokesperson_id: str
    spokesperson: str
    role: str
    issue_id: str
    stance_code: str
    act_code: str
    target_id: str
    position: str
    quote: str
    quote_kind: str
    language_code: str
    quote_en: str
    translation_by: str
    venue: str
    document_title: str
    publisher: str
    document_url: str
    speaks_for_actor: bool
    ended: str = ""
    ended_on: str = ""


@dataclass(frozen=True, slots=True)
class TimelineMarks:
    """Single statements to draw, oldest first; empty with ``is_density`` when there are more than can be told apart.

    ``lanes`` lists lane codes, most statements first, with their n; lanes past the limit are in ``left_out``.
    """

    lanes: tuple[FacetCount, ...]
    rows: tuple[StatementRow, ...]
    n_statements: int
    is_density: bool
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementPage:
    """One page of a list in a total order; ``n_statements`` counts the whole list."""

    rows: tuple[StatementRow, ...]
    n_statements: int
    page: int
    n_pages: int


@dataclass(frozen=True, slots=True)
class StanceStep:
    """One square of a heat strip: the statements of one stance in one period."""

    begins_on: date
    stance: str
    n_statements: int


@dataclass(frozen=True, slots=True)
class LookedFor:
    """A silence on record: when somebody looked, where, and who did; the last two "" when not said."""

    looked_on: str
    where: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class MemberStand:
    """Where one member of a group stands on one issue, by what it said while it was a member.

    ``state`` and ``stance`` are as in a :class:`Position`; ``is_member`` says whether it belongs to the group, surely or
    possibly, at the end of the window: those that left are listed and not counted. ``carrier_ids`` carry the stance.
    """

    member_id: str
    stance: str
    is_contested: bool
    n_statements: int
    last_on: str
    carrier_ids: tuple[str, ...]
    is_member: bool
    state: str = "not-looked"
    silences: tuple[LookedFor, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """Where one column stands on one issue: the position in force at the end of the window and what carries it.

    ``stance`` is the stance of the latest statements surely inside the window whose stance is coded; "mixed" with
    ``is_contested`` when statements of that same day disagree. ``carriers`` are those statements, ``stance``
    "not-coded" when none is coded, and ``n_statements`` 0 means silent in this data. ``may_be_later`` are statements
    whose partial date may be after the carriers' and whose stance differs.

    ``state`` tells apart: "said"; "not-coded" (it spoke, and no stance surely in the window is coded); "silent" (somebody
    looked for it and found nothing: ``silences``, newest first); "not-looked" (nothing is here, and nobody is on record as
    having looked). Where filters on words leave nothing it is "filtered", for none of these can be said. A cell where
    something was said can have silences too.

    The cell of a group has its members in ``split``, those that said something first; it has no stance of its own:
    ``stance`` is that of its members where all that are coded agree, else "mixed".
    """

    column: str
    issue_id: str
    stance: str
    is_contested: bool
    carriers: tuple[StatementRow, ...]
    others: tuple[StatementRow, ...]
    n_statements: int
    n_possibly: int
    first_on: str
    last_on: str
    may_be_later: tuple[str, ...]
    strip: tuple[StanceStep, ...]
    statement_ids: tuple[str, ...] = ()
    state: str = "not-looked"
    silences: tuple[LookedFor, ...] = ()
    split: tuple[MemberStand, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparedColumn:
    """One column of a comparison: a facet parameter (actor, organisation or spokesperson) and its code."""

    parameter: str
    code: str

    @property
    def key(self) -> str:
        """A name for the column that no other column has."""
        return f"{self.parameter}:{self.code}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """N columns by M issues; ``positions[(column key, issue)]`` exists for every pair, silent ones included.

    ``n_statements`` counts every statement once, ``n_possibly`` those only possibly inside the window.
    """

    columns: tuple[ComparedColumn, ...]
    issues: tuple[str, ...]
    positions: dict[tuple[str, str], Position]
    step: str
    periods: tuple[date, ...]
    n_statements: int
    left_out: tuple[LeftOut, ...] = ()
    n_possibly: int = 0


@dataclass(frozen=True, slots=True)
class ExchangeTurn:
    """One statement of an exchange and the columns it belongs to."""

    columns: tuple[str, ...]
    row: StatementRow


@dataclass(frozen=True, slots=True)
class Exchange:
    """The columns' statements on one issue interleaved by date, oldest first; cut to ``n_shown`` of ``n_statements``."""

    issue_id: str
    turns: tuple[ExchangeTurn, ...]
    n_statements: int
    n_shown: int


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """Statements of one actor in one month (first day); partial dates without a month are left out and counted."""

    month: date
    actor_id: str
    n_statements: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a data set covers: by month and actor, by language, by how precisely statements are dated."""

    months: tuple[date, ...]
    cells: tuple[CoverageCell, ...]
    languages: tuple[FacetCount, ...]
    precisions: tuple[FacetCount, ...]
    n_statements: int
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Repeats:
    """Statements that say the same under several ids: ``groups`` of their ids, how many they are, whether there may be more."""

    groups: tuple[tuple[str, ...], ...]
    n_statements: int
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class SilenceCell:
    """One actor on one issue: the latest words, if any, and where somebody looked.

    ``state`` is "said" (surely since the day asked about), "possibly" (a partial date may be since then), "silent"
    (nothing since, and somebody looked then or later) or "not-looked" (nothing since, and nobody looked since).
    ``n_statements`` counts all, those before the day too; ``last_on`` and ``last_id`` are of the latest.
    """

    actor_id: str
    issue_id: str
    state: str
    n_statements: int = 0
    n_since: int = 0
    last_on: str = ""
    last_id: str = ""
    looks: tuple[LookedFor, ...] = ()


@dataclass(frozen=True, slots=True)
class SilenceCoverage:
    """Who has spoken on what since a day (``None``: ever); ``cells`` has every pair of actor and issue, actor by actor.

    ``left_out`` counts actors and issues, not statements.
    """

    since: date | None
    actors: tuple[str, ...]
    issues: tuple[str, ...]
    cells: tuple[SilenceCell, ...]
    left_out: tuple[LeftOut, ...] = ()

    def n(self, state: str) -> int:
        """How many cells are in a state."""
        return sum(cell.state == state for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands around one statement, each list oldest first.

    ``before`` and ``after`` are by the same spokesperson; ``same_issue`` lies within ``days`` days on either side.
    """

    before: tuple[StatementRow, ...]
    after: tuple[StatementRow, ...]
    same_issue: tuple[StatementRow, ...]
    n_before: int
    n_after: int
    n_same_issue: int
    days: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The first picture of a selection: its size, months, most active actors and most discussed issues."""

    count: SelectionCount
    months: TimelineBins
    actors: tuple[FacetCount, ...]
    issues: tuple[FacetCount, ...]
    latest: tuple[StatementRow, ...] = field(default=())
