"""How sure a value of alignment is: a bootstrap over issues, made honest where there are few of them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

import numpy as np
from scipy.special import betaincinv, ndtr, stdtrit

from tracker.analysis.alignment_measures import Prepared, expected_by_chance, shared

SEED = 20160728
LEVEL = 0.95
AsShare = Callable[[np.ndarray, int], np.ndarray]
_TINY = 1e-9

_AT_ONCE = 2_000
"""Pairs worked on together: what bounds memory."""


def issue_weights(issues: Sequence[str], n_resamples: int, seed: int = SEED) -> np.ndarray:
    """How often each issue is drawn in each resample: Poisson with mean 1, resamples × issues.

    An issue's draws depend on its code and the seed alone, so that a pair's interval does not change with the order of
    issues or with issues that the pair does not share (the Poisson bootstrap: J. Hanley and B. MacGibbon, Computer Methods
    and Programs in Biomedicine 83 (2006) 57–62).
    """
    drawn = [np.random.default_rng([seed, zlib.crc32(issue.encode())]).poisson(1, n_resamples) for issue in issues]
    return np.array(drawn, dtype=np.float32).reshape(len(issues), n_resamples).T


def intervals(
    prepared: Prepared, issues: Sequence[str], n_shared: np.ndarray, as_share: AsShare, n_resamples: int
) -> tuple[np.ndarray, np.ndarray]:
    """The lower and upper ends of 95 % intervals, pair by pair; NaN where the value is undefined.

    Two intervals are made and the wider end of each is taken, because either alone is too sure of itself where few issues
    are shared. One is the percentile interval of the bootstrap with its levels expanded to those of Student's t with
    N − 1 degrees of freedom (T. Hesterberg, The American Statistician 69 (2015) 371–386); resamples without a value do
    not count. The other takes what is measured for a share of N issues and is the exact one of C. Clopper and E. Pearson
    (Biometrika 26 (1934) 404–413): it is wide even where all N are alike and every resample says the same.
    ``as_share(bound, side)`` turns a value into that share (``side`` 0) and a share back into a value (1).
    """
    found, n_shared = prepared.values(), np.asarray(n_shared, float)
    low, high = _percentiles(prepared, issue_weights(issues, n_resamples), n_shared)
    with np.errstate(invalid="ignore", divide="ignore"):
        ends = np.sort(np.stack([as_share(end, 1) for end in exact(as_share(found, 0), n_shared)]), axis=0)
    is_defined = ~np.isnan(found)
    low, high = np.fmin(np.fmin(low, ends[0]), found), np.fmax(np.fmax(high, ends[1]), found)
    return np.where(is_defined, low, np.nan), np.where(is_defined, high, np.nan)


def exact(share: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Clopper and Pearson's 95 % interval of a share of n; between whole numbers of n it is continued smoothly.

    >>> [round(float(end), 3) for end in exact(np.array(1.0), np.array(3.0))]
    [0.292, 1.0]
    """
    held, tail = np.clip(share, 0, 1) * n, (1 - LEVEL) / 2
    low = np.where(held > 0, betaincinv(np.maximum(held, _TINY), n - held + 1, tail), 0.0)
    high = np.where(held < n, betaincinv(held + 1, np.maximum(n - held, _TINY), 1 - tail), 1.0)
    return low, high


def shares_for(measure: str, positions: np.ndarray | None = None) -> AsShare:
    """How values of a measure and shares between 0 and 1 turn into each other, for :func:`intervals`."""
    if measure in ("agreement", "congruence", "conflict"):
        return lambda value, side: value
    if measure in ("net", "s") or positions is None:
        return lambda value, side: (1 + value) / 2 if side == 0 else 2 * value - 1
    with np.errstate(invalid="ignore", divide="ignore"):
        scale = 4 * shared((~np.isnan(positions)).astype(float)) / expected_by_chance(positions, measure)  # the farthest is 2² apart
    return lambda value, side: (1 - value) / scale if side == 0 else np.clip(1 - value * scale, -1, 1)


def _percentiles(prepared: Prepared, weights: np.ndarray, n_shared: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    low, high = np.full(n_shared.shape, np.nan), np.full(n_shared.shape, np.nan)
    first, second = np.triu_indices(len(n_shared), 1)
    for start in range(0, len(first), _AT_ONCE):
        one, other = first[start : start + _AT_ONCE], second[start : start + _AT_ONCE]
        drawn = np.sort(prepared.redrawn(one, other, weights), axis=0)  # NaN last
        n_defined, n = (~np.isnan(drawn)).sum(0), n_shared[one, other]
        with np.errstate(invalid="ignore", divide="ignore"):
            tail = np.where(n > 1, ndtr(np.sqrt(n / (n - 1)) * stdtrit(np.maximum(n - 1, 1), (1 - LEVEL) / 2)), 0)
        for ends, level in ((low, tail), (high, 1 - tail)):
            end = np.where(2 * n_defined >= len(weights), _at(drawn, level * np.maximum(n_defined - 1, 0)), np.nan)
            ends[one, other] = ends[other, one] = end
    return low, high


def _at(drawn: np.ndarray, place: np.ndarray) -> np.ndarray:
    """The value at a place between the sorted ones of each column."""
    below = np.floor(place).astype(int)
    above = np.minimum(below + 1, len(drawn) - 1)
    columns = np.arange(drawn.shape[1])
    part = (place - below).astype(np.float32)
    first, second = drawn[below, columns], drawn[above, columns]
    return np.where(part > 0, first + part * (second - first), first)
