"""Who sides with whom, and how sure is that: the matrix of all pairs, one pair issue by issue, and both through time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from threadpoolctl import ThreadpoolController

from tracker.analysis.alignment_counts import BETWEEN, LEVELS, OPPOSE, SUPPORT, Counting, Tally, counted_ids, tallies, tally, volume
from tracker.analysis.alignment_intervals import SEED, intervals, shares_for
from tracker.analysis.alignment_measures import COUNTED, Prepared, corrected, one_mode, per_issue, shared, shares_of
from tracker.analysis.alignment_order import laid_out, seriated
from tracker.analysis.alignment_results import (
    NO_SHARED,
    NO_VARIATION,
    TOO_FEW,
    AlignedWindow,
    Alignment,
    Member,
    Pair,
    PairIssue,
    Side,
)
from tracker.analysis.corpus import Corpus
from tracker.analysis.periods import period_start
from tracker.analysis.polarisation import N_SHUFFLES, polarisation
from tracker.core.groups import is_group
from tracker.core.selection import Selection

MAX_MEMBERS = 200
MAX_EXAMINED = 60
"""Camps and chance are of so many members with most statements: a hundred networks are cut up for it."""

MAX_WINDOWS = 60
FEW_PAIRS, MANY_RESAMPLES, RESAMPLES = 2_000, 999, 199
_ARITHMETIC = ThreadpoolController()
"""Many small products: threads of theirs would wait for each other, and for those of other visitors."""

_POSITIONS = {-1.0: "oppose", 0.0: "mixed", 1.0: "support"}


@dataclass(frozen=True)
class Asked:
    """What is asked: which measure of whom, how counts are divided, which repeats count, and how many shared issues at least.

    ``measure``: net, congruence, conflict or attention (of what was said; ``per`` says divided by what), or agreement, s,
    pi or kappa (of the positions in force). ``each`` and ``together`` are those of :class:`Counting`.
    """

    level: str = "actor"
    measure: str = "net"
    per: str = "issue"
    repeats: str = "once"
    minimum: int = 3
    each: bool = True
    together: tuple[str, ...] = ()

    @property
    def counting(self) -> Counting:
        """How the statements are counted for it."""
        is_attention = self.measure == "attention"
        return Counting(self.level, "issue", self.repeats, is_attention, each=self.each, together=self.together)

    @property
    def has_interval(self) -> bool:
        """Whether the measure is a mean over issues, so that drawing issues says how sure it is; sums are what they are."""
        return self.measure != "attention" and (self.measure not in COUNTED or self.per == "issue")


@_ARITHMETIC.wrap(limits=1, user_api="blas")
def align(corpus: Corpus, selection: Selection, asked: Asked = Asked(), n_shuffles: int = N_SHUFFLES) -> Alignment:
    """The matrix of everybody who shares enough issues with somebody, at most ``MAX_MEMBERS`` of them, most statements first.

    Symmetric, and the same whatever the order of the statements; with repeats counted once or by document or period,
    repeating a statement changes nothing. Members stand in the order of :func:`seriated`, which like camps and polarisation
    is about net per shared issue whatever the measure shown, so that measures can be compared at a glance.
    """
    whole = tally(corpus, selection, asked.counting)
    enough = _members(whole, asked)
    kept = enough[:MAX_MEMBERS]
    held = whole.keeping(kept)
    signed = held if asked.measure != "attention" else tally(corpus, selection, replace(asked.counting, is_attention=False))
    shares = shares_of(held.counts if asked.measure != "attention" else _aligned(signed, held))
    net = np.where(shared(_has(shares)) >= asked.minimum, per_issue(shares, "net"), np.nan)
    order, branches = seriated(net)
    divided, camps = polarisation(shares[:MAX_EXAMINED], asked.minimum, n_shuffles)
    camps += [-1] * (len(kept) - len(camps))
    pairs, n_resamples = _pairs(held, asked, order)
    members = _described(held, order, camps, laid_out(net), _splits(corpus, selection, asked))
    return Alignment(
        members=members,
        pairs=pairs,
        branches=branches,
        apart=tuple(whole.rows[place] for place in np.setdiff1d(np.arange(len(whole.rows)), enough)),
        n_more=len(enough) - len(kept),
        n_issues=len(whole.columns),
        n_statements=whole.n_statements,
        n_resamples=n_resamples,
        seed=SEED,
        polarisation=divided,
        left_out=whole.left_out,
    )


def values_of(held: Tally, asked: Asked) -> tuple[np.ndarray, np.ndarray]:
    """The measure for all pairs of rows, NaN where undefined, and the number of issues each rests on."""
    if asked.measure not in COUNTED:
        return corrected(held.positions, asked.measure), shared((~np.isnan(held.positions)).astype(float))
    n = shared((held.counts.sum(2) > 0).astype(float))
    if asked.measure == "attention" and asked.per == "issue":
        spoken = np.diag(n)
        either = spoken[:, None] + spoken[None, :] - n
        return np.divide(n, either, out=np.full(n.shape, np.nan), where=either > 0), n
    if asked.per == "issue":
        return per_issue(shares_of(held.counts), asked.measure), n
    return np.where(n > 0, one_mode(held.counts, asked.measure, asked.per), np.nan), n


def pair_issues(corpus: Corpus, selection: Selection, one: str, other: str, asked: Asked = Asked()) -> tuple[PairIssue, ...]:
    """Every issue that either spoke on, shared ones first, with the statements that were counted.

    ``value`` is what the issue adds to the measure: the mean of the values of shared issues is net, congruence, conflict,
    agreement or S; for π and κ it is how far apart the positions are (0, ½ or 1), for attention and sums the products.
    """
    both = tally(corpus, selection, asked.counting, (one, other))
    places = [both.rows.index(code) if code in both.rows else -1 for code in (one, other)]
    ids = counted_ids(corpus, selection, asked.counting, (one, other))
    found = []
    for column, issue in enumerate(both.columns):
        counts = np.stack([both.counts[place, column] if place >= 0 else np.zeros(4) for place in places])
        positions = np.array([both.positions[place, column] if place >= 0 else np.nan for place in places])
        sides = [_side(code, counts[n], positions[n], ids.get((code, issue), ())) for n, code in enumerate((one, other))]
        if counts.sum():
            alone = Tally((one, other), (issue,), counts[:, None], positions[:, None], counts.sum(1).astype(int), 0)
            found.append(PairIssue(issue, *sides, _contribution(alone, asked)))
    return tuple(sorted(found, key=lambda row: (row.value is None, row.value if asked.measure == "net" else 0, row.issue_id)))


@_ARITHMETIC.wrap(limits=1, user_api="blas")
def aligned_windows(
    corpus: Corpus, selection: Selection, asked: Asked, step: str, pair: tuple[str, str] | None, camps: Sequence[Member]
) -> tuple[AlignedWindow, ...]:
    """The pair, and the mean nets within and across camps, in each window of a step, empty windows kept.

    A window holds its first day and not the first of the next, and only statements that are surely inside it: nothing is
    carried over from the window before, so a position in force is one that was said within. Here one shared issue is
    enough for a pair to count. Only members with a camp and the pair are counted; the latest ``MAX_WINDOWS`` are given.
    """
    camp_of = {member.code: member.camp for member in camps if member.camp >= 0}
    only = tuple(sorted({*camp_of, *(pair or ())}))
    if not only:
        return ()
    found = tallies(corpus, selection, replace(asked.counting, step=step), only, MAX_WINDOWS)
    return tuple(_window(held, step, number, replace(asked, minimum=1), pair, camp_of) for number, held in found)


@_ARITHMETIC.wrap(limits=1, user_api="blas")
def pair_values(corpus: Corpus, selection: Selection, asked: Asked = Asked(), also: Collection[str] = ()) -> tuple[tuple[Pair, ...], Tally]:
    """All pairs of the matrix, and those of ``also`` others, with their values: no intervals, order or chance.

    With them the counts they rest on. Others of whom nothing counts are in no pair.
    """
    whole = tally(corpus, selection, asked.counting)
    names = {whole.rows[place] for place in _members(whole, asked)[:MAX_MEMBERS]} | set(also)
    held = whole.keeping(np.array([place for place, row in enumerate(whole.rows) if row in names], int))
    return _pairs(held, asked, list(range(len(held.rows))), with_intervals=False)[0], held


@_ARITHMETIC.wrap(limits=1, user_api="blas")
def lone_pair(corpus: Corpus, selection: Selection, one: str, other: str, asked: Asked = Asked()) -> Pair:
    """The value of one pair with its interval, whether or not both stand in the matrix; the same as there when they do."""
    held = tally(corpus, selection, asked.counting, (one, other))
    if not {one, other} <= set(held.rows):
        return Pair(one, other, 0, None, NO_SHARED)
    two = held.keeping(np.array([held.rows.index(one), held.rows.index(other)]))
    (pair,), _ = _pairs(two, asked, [0, 1])
    return pair


def pair_of(alignment: Alignment, one: str, other: str) -> Pair | None:
    """The pair of these two, whichever comes first; ``None`` when one of them is not in the matrix."""
    return next((pair for pair in alignment.pairs if {pair.one, pair.other} == {one, other}), None)


def _described(
    held: Tally, order: list[int], camps: list[int], places: list[tuple[float, float]], splits: Mapping[str, tuple[tuple[str, int], ...]]
) -> tuple[Member, ...]:
    n_spoken, n_counted = (held.counts.sum(2) > 0).sum(1), held.counts.sum((1, 2))
    found = []
    for at in order:
        code, numbers = held.rows[at], (int(held.n_by_row[at]), int(n_spoken[at]), camps[at])
        found.append(Member(code, *numbers, *places[at], n_counted=int(n_counted[at]), split=splits.get(code, ())))
    return tuple(found)


def _splits(corpus: Corpus, selection: Selection, asked: Asked) -> dict[str, tuple[tuple[str, int], ...]]:
    """By group its members that spoke, most statements first."""
    if not asked.together:
        return {}
    sizes = volume(corpus, selection, asked.counting, (), "row", "member")
    ranked = sorted(sizes.items(), key=lambda item: (-item[1], item[0]))
    return {code: tuple((member, n) for (row, member), n in ranked if row == code) for code in asked.together if is_group(code)}


def _members(whole: Tally, asked: Asked) -> np.ndarray:
    """The places of rows that share enough issues with another, most statements first, equal ones by code."""
    is_there = whole.counts.sum(2) > 0 if asked.measure in COUNTED else ~np.isnan(whole.positions)
    n = shared(is_there.astype(np.float32))
    np.fill_diagonal(n, 0)
    by_size = np.lexsort((np.arange(len(whole.rows)), -whole.n_by_row))
    return by_size[n[by_size].max(1, initial=0) >= asked.minimum]


def _aligned(signed: Tally, held: Tally) -> np.ndarray:
    """The counts of the coded statements for the rows and columns of another tally."""
    counts = np.zeros(held.counts.shape)
    rows = [(place, signed.rows.index(row)) for place, row in enumerate(held.rows) if row in signed.rows]
    columns = [(place, signed.columns.index(column)) for place, column in enumerate(held.columns) if column in signed.columns]
    for to_row, from_row in rows:
        for to_column, from_column in columns:
            counts[to_row, to_column] = signed.counts[from_row, from_column]
    return counts


def _pairs(held: Tally, asked: Asked, order: list[int], *, with_intervals: bool = True) -> tuple[tuple[Pair, ...], int]:
    values, n = values_of(held, asked)
    few = len(order) * (len(order) - 1) // 2 <= FEW_PAIRS
    n_resamples = (MANY_RESAMPLES if few else RESAMPLES) if with_intervals and asked.has_interval and len(order) > 1 else 0
    low, high = _intervals(held, asked, n, n_resamples) if n_resamples else (np.full(values.shape, np.nan),) * 2
    first, second = np.triu_indices(len(order), 1)
    one, other = np.array(order, int)[first], np.array(order, int)[second]
    columns = [matrix[one, other].tolist() for matrix in (n, values, low, high)]
    found = []
    for a, b, count, value, lowest, highest in zip(one.tolist(), other.tolist(), *columns, strict=True):
        reason = _reason(value, count, asked.minimum)
        ends = (None, None) if reason or lowest != lowest else (round(lowest, 6), round(highest, 6))
        found.append(Pair(held.rows[a], held.rows[b], int(count), None if reason else round(value, 6), reason, *ends))
    return tuple(found), n_resamples


def _reason(value: float, n: float, minimum: int) -> str:
    if n == 0:
        return NO_SHARED
    if n < minimum:
        return TOO_FEW
    return NO_VARIATION if value != value else ""


def _intervals(held: Tally, asked: Asked, n: np.ndarray, n_resamples: int) -> tuple[np.ndarray, np.ndarray]:
    if asked.measure in COUNTED:
        prepared, as_share = Prepared.of_shares(shares_of(held.counts).astype(np.float32), asked.measure), shares_for(asked.measure)
    else:
        prepared = Prepared.of_positions(held.positions.astype(np.float32), asked.measure)
        as_share = shares_for(asked.measure, held.positions)
    return intervals(prepared, held.columns, n, as_share, n_resamples)


def _contribution(alone: Tally, asked: Asked) -> float | None:
    """What one issue adds; ``alone`` holds two rows and that issue."""
    measure = asked if asked.measure not in ("pi", "kappa") else replace(asked, measure="s")
    per = measure if asked.per == "issue" or asked.measure not in COUNTED else replace(measure, per="none")
    values, n = values_of(alone, per)
    if n[0, 1] == 0:
        return None
    value = float(values[0, 1])
    return round((1 - value) / 2 if asked.measure in ("pi", "kappa") else value, 6)


def _side(code: str, counts: np.ndarray, position: float, held: Sequence[Mapping[str, Any]]) -> Side:
    split: dict[str, list[int]] = {}
    for row in held if is_group(code) else ():
        split.setdefault(row["member"], [0] * LEVELS)[row["level"]] += 1
    members = sorted(split.items(), key=lambda item: (-sum(item[1]), item[0]))
    return Side(
        int(counts[OPPOSE]),
        int(counts[BETWEEN]),
        int(counts[SUPPORT]),
        _POSITIONS.get(float(position), ""),
        tuple(dict.fromkeys(row["statement_id"] for row in held)),
        tuple((member, by_level[OPPOSE], by_level[BETWEEN], by_level[SUPPORT]) for member, by_level in members),
    )


def _window(
    held: Tally | None, step: str, number: int, asked: Asked, pair: tuple[str, str] | None, camp_of: dict[str, int]
) -> AlignedWindow:
    begins, ends = period_start(step, number), period_start(step, number + 1)
    if held is None:
        return AlignedWindow(begins, ends, 0, None, None, 0, None, 0)
    values, n = values_of(held, asked)
    found = _pair_in(held, values, n, pair) if pair else None
    means = [(round(float(part.mean()), 6) if len(part) else None, len(part)) for part in _by_camp(held, camp_of)]
    return AlignedWindow(begins, ends, held.n_statements, found, *means[0], *means[1])


def _pair_in(held: Tally, values: np.ndarray, n: np.ndarray, pair: tuple[str, str]) -> Pair:
    if not set(pair) <= set(held.rows):
        return Pair(*pair, 0, None, NO_SHARED)
    at = held.rows.index(pair[0]), held.rows.index(pair[1])
    reason = _reason(float(values[at]), float(n[at]), 1)
    return Pair(*pair, int(n[at]), None if reason else round(float(values[at]), 6), reason)


def _by_camp(held: Tally, camp_of: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """Nets of the pairs of one camp, and of two."""
    first, second = np.triu_indices(len(held.rows), 1)
    net = per_issue(shares_of(held.counts), "net")[first, second]
    camps = np.array([camp_of.get(row, -1) for row in held.rows])
    is_there = ~np.isnan(net) & (camps[first] >= 0) & (camps[second] >= 0)
    is_one = camps[first] == camps[second]
    return net[is_there & is_one], net[is_there & ~is_one]


def _has(shares: np.ndarray) -> np.ndarray:
    return (shares.sum(2) > 0).astype(float)
