"""Does a comparison hold without the contested codings? The same cells and pairs with and without them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from tracker.analysis.alignment_counts import Tally
from tracker.analysis.alignment_results import NO_SHARED, Pair
from tracker.analysis.results import Comparison, Position


@dataclass(frozen=True, slots=True)
class ContestedChange:
    """One cell that says something else without the contested codings."""

    column: str
    issue_id: str
    stance_with: str
    stance_without: str
    n_with: int
    n_without: int


@dataclass(frozen=True, slots=True)
class ContestedEffect:
    """How many contested statements a comparison rests on, and the cells whose position they change, of ``n_cells``."""

    n_contested: int
    n_cells: int
    changes: tuple[ContestedChange, ...]


def effect_of_contested(whole: Comparison, uncontested: Comparison) -> ContestedEffect | None:
    """What contested codings change; ``None`` where both comparisons rest on the same statements.

    Both must have the same columns and issues. A cell changes when its stance does, or whether it has one; for a group when
    that of one of its members does.
    """
    n_contested = whole.n_statements - uncontested.n_statements
    if not n_contested:
        return None
    changes = tuple(
        ContestedChange(*cell, found.stance, other.stance, found.n_statements, other.n_statements)
        for cell, found in whole.positions.items()
        if _said(found) != _said(other := uncontested.positions[cell])
    )
    return ContestedEffect(n_contested, len(whole.positions), changes)


@dataclass(frozen=True, slots=True)
class PairChange:
    """One pair whose value, or whose number of shared issues, is another one without the contested codings.

    A rank is the place among the pairs with a value, highest first, equal values sharing the best; ``None`` without a value.
    ``issues`` are those of both on which contested codings change what one of them said.
    """

    held: Pair
    without: Pair
    rank_with: int | None
    rank_without: int | None
    issues: tuple[str, ...] = ()


@dataclass(frozen=True)
class ContestedIssues:
    """By member the issues it spoke on, and those of them on which its counts or its position change without contested codings."""

    spoken: Mapping[str, frozenset[str]] = field(default_factory=dict)
    changed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def between(cls, whole: Tally, without: Tally) -> ContestedIssues:
        """From the counts with contested codings and without; who and what is only in the second is no part of it."""
        (rows, from_rows), (columns, from_columns) = (
            np.intersect1d(ours, theirs, assume_unique=True, return_indices=True)[1:]
            for ours, theirs in ((whole.rows, without.rows), (whole.columns, without.columns))
        )
        counts, positions = np.zeros_like(whole.counts), np.full_like(whole.positions, np.nan)
        counts[np.ix_(rows, columns)] = without.counts[np.ix_(from_rows, from_columns)]
        positions[np.ix_(rows, columns)] = without.positions[np.ix_(from_rows, from_columns)]
        is_spoken = whole.counts.sum(2) > 0
        is_same = (whole.counts == counts).all(2) & ((whole.positions == positions) | (np.isnan(whole.positions) & np.isnan(positions)))
        return cls(_issues_by_row(whole, is_spoken), _issues_by_row(whole, is_spoken & ~is_same))

    def of(self, one: str, other: str) -> tuple[str, ...]:
        """The issues both spoke on and on which something of either changes, in the order of their codes."""
        nothing: frozenset[str] = frozenset()
        both = self.spoken.get(one, nothing) & self.spoken.get(other, nothing)
        return tuple(sorted(both & (self.changed.get(one, nothing) | self.changed.get(other, nothing))))


@dataclass(frozen=True, slots=True)
class PairsEffect:
    """How many contested statements a matrix rests on, the pairs they change, of ``n_pairs``, and how many only change their rank."""

    n_contested: int
    n_pairs: int
    changes: tuple[PairChange, ...]
    n_only_rank: int


def effect_on_pairs(
    whole: Iterable[Pair], uncontested: Iterable[Pair], n_contested: int, issues: ContestedIssues = ContestedIssues()
) -> PairsEffect | None:
    """What contested codings change in a matrix, the largest change of a value first; ``None`` when nothing is contested.

    Of a pair that is in one of the two only, nothing of one side counts in the other: no issue is shared there.
    """
    if not n_contested:
        return None
    held, without = (_by_names(pairs) for pairs in (whole, uncontested))
    ranks = [_ranks(pairs) for pairs in (held, without)]
    changes, n_only_rank = [], 0
    names = sorted(held.keys() | without.keys())
    for one, other in names:
        missing = Pair(one, other, 0, None, NO_SHARED)
        both = held.get((one, other), missing), without.get((one, other), missing)
        places = [found.get((one, other)) for found in ranks]
        if (both[0].value, both[0].n_issues) != (both[1].value, both[1].n_issues):
            changes.append(PairChange(*both, *places, issues.of(one, other)))
        else:
            n_only_rank += places[0] != places[1]
    return PairsEffect(n_contested, len(names), tuple(sorted(changes, key=_smallness)), n_only_rank)


def _issues_by_row(held: Tally, is_in: np.ndarray) -> dict[str, frozenset[str]]:
    return {row: frozenset(held.columns[place] for place in np.flatnonzero(inside)) for row, inside in zip(held.rows, is_in, strict=True)}


def _by_names(pairs: Iterable[Pair]) -> dict[tuple[str, str], Pair]:
    ends = ((sorted((pair.one, pair.other)), pair) for pair in pairs)
    return {(one, other): replace(pair, one=one, other=other) for (one, other), pair in ends}


def _ranks(pairs: Mapping[tuple[str, str], Pair]) -> dict[tuple[str, str], int]:
    values = sorted((pair.value for pair in pairs.values() if pair.value is not None), reverse=True)
    first: dict[float, int] = {}
    for place, value in enumerate(values, start=1):
        first.setdefault(value, place)
    return {names: first[pair.value] for names, pair in pairs.items() if pair.value is not None}


def _smallness(change: PairChange) -> tuple[float, str, str]:
    """Pairs that lose or win a value come first, then the largest differences."""
    values = change.held.value, change.without.value
    size = float("inf") if (values[0] is None) != (values[1] is None) else abs((values[0] or 0) - (values[1] or 0))
    return -size, change.held.one, change.held.other


def _said(position: Position) -> tuple[object, ...]:
    members = tuple(sorted((stand.member_id, stand.stance) for stand in position.split))
    return position.stance, bool(position.n_statements), members
