"""What questions of alignment answer with: values with their n, interval and reason, and what they were made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.analysis.results import LeftOut

NO_SHARED = "no shared issue"
TOO_FEW = "too few shared issues"
NO_VARIATION = "no variation"

REASONS: dict[str, str] = {
    NO_SHARED: "undefined: no issue on which both have a coded stance",
    TOO_FEW: "not shown: fewer shared issues than asked for",
    NO_VARIATION: "undefined: on all shared issues both held one and the same position, so chance alone would give it",
}
"""Why a pair has no value, in words."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two members and their value, ``None`` with a ``reason`` when there is none; ends of the interval when it was asked for."""

    one: str
    other: str
    n_issues: int
    value: float | None
    reason: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the matrix: statements, issues spoken on, the camp (0 the largest, -1 not asked), a place to draw.

    ``n_counted`` is what the rule for repeats made of the statements. A group has its members that spoke in ``split``, most
    statements first, a statement that several of them signed with each.
    """

    code: str
    n_statements: int
    n_issues: int
    camp: int
    x: float = 0.5
    y: float = 0.5
    n_counted: int = 0
    split: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """One joint of the tree: four points, ``places`` among the members (0, 1, 2 …), ``heights`` the distance (0–1)."""

    places: tuple[float, ...]
    heights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Polarisation:
    """Frustration (0 balanced, lower is more polarised) and signed modularity (higher is), each beside its mean by chance.

    ``None`` where no pair shares enough issues. ``is_exact`` says that the least frustration was found among all ways to
    make two sides, which the descents of larger networks do not promise.
    """

    frustration: float | None
    frustration_by_chance: float | None
    frustration_p: float | None
    modularity: float | None
    modularity_by_chance: float | None
    modularity_p: float | None
    n_members: int
    n_pairs: int
    n_shuffles: int
    seed: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Alignment:
    """Who sides with whom: members in the order in which camps stand together, and all pairs of them, each once.

    ``apart`` are those who share too few issues with everybody, ``n_more`` how many were past the limit of members.
    ``n_resamples`` is 0 for measures that are sums and have no interval.
    """

    members: tuple[Member, ...]
    pairs: tuple[Pair, ...]
    branches: tuple[Branch, ...]
    apart: tuple[str, ...]
    n_more: int
    n_issues: int
    n_statements: int
    n_resamples: int
    seed: int
    polarisation: Polarisation
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One member on one issue: what was counted at each place of the scale, the position in force, and the statements.

    A group has its own members that spoke in ``split``: code, and how many statements at oppose, between and support.
    """

    n_oppose: int
    n_between: int
    n_support: int
    position: str
    statement_ids: tuple[str, ...]
    split: tuple[tuple[str, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PairIssue:
    """One issue of a pair; ``value`` is what it adds, ``None`` when the issue is not shared."""

    issue_id: str
    one: Side
    other: Side
    value: float | None


@dataclass(frozen=True, slots=True)
class AlignedWindow:
    """One window: its first day, and the day after its last, which is not in it.

    ``within`` and ``across`` are the mean nets per shared issue of pairs of one camp and of two, with their pairs.
    """

    begins_on: date
    ends_on: date
    n_statements: int
    pair: Pair | None
    within: float | None
    n_within: int
    across: float | None
    n_across: int
