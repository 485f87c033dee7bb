"""How sure a value of alignment is: a bootstrap over issues, made honest where there are few of them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

import numpy as np
from scipy.special import betaincinv, ndtr, stdtrit

from tracker.analysis.alignment_measures import expected_by_chance, shared

SEED = 20160728
LEVEL = 0.95
_TINY = 1e-9

Values = Callable[[np.ndarray | None], np.ndarray]
"""The matrix of values when each issue counts so many times (all once for ``None``)."""


def issue_weights(issues: Sequence[str], n_resamples: int, seed: int = SEED) -> np.ndarray:
    """How often each issue is drawn in each resample: Poisson with mean 1, resamples × issues.

    An issue's draws depend on its code and the seed alone, so that a pair's interval does not change with the order of
    issues or with issues that the pair does not share (the Poisson bootstrap: J. Hanley and B. MacGibbon, Computer Methods
    and Programs in Biomedicine 83 (2006) 57–62).
    """
    drawn = [np.random.default_rng([seed, zlib.crc32(issue.encode())]).poisson(1, n_resamples) for issue in issues]
    return np.array(drawn, dtype=np.float32).reshape(len(issues), n_resamples).T


def intervals(
    values: Values, issues: Sequence[str], n_shared: np.ndarray, as_share: Callable[[np.ndarray, int], np.ndarray], n_resamples: int
) -> tuple[np.ndarray, np.ndarray]:
    """The lower and upper ends of 95 % intervals, pair by pair; NaN where the value is undefined.

    Two intervals are made and the wider end of each is taken, because either alone is too sure of itself where few issues
    are shared. One is the percentile interval of the bootstrap with its levels expanded to those of Student's t with
    N − 1 degrees of freedom (T. Hesterberg, The American Statistician 69 (2015) 371–386); resamples without a value do
    not count. The other takes what is measured for a share of N issues and is the exact one of C. Clopper and E. Pearson
    (Biometrika 26 (1934) 404–413): it is wide even where all N are alike and every resample says the same.
    ``as_share(bound, side)`` turns a value into that share (``side`` 0) and a share back into a value (1).
    """
    found, n_shared = values(None), np.asarray(n_shared, float)
    low, high = _percentiles(values, issue_weights(issues, n_resamples), found, n_shared)
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


def shares_for(measure: str, positions: np.ndarray | None = None) -> Callable[[np.ndarray, int], np.ndarray]:
    """How values of a measure and shares between 0 and 1 turn into each other, for :func:`intervals`."""
    if measure in ("agreement", "congruence", "conflict"):
        return lambda value, side: value
    if measure in ("net", "s") or positions is None:
        return lambda value, side: (1 + value) / 2 if side == 0 else 2 * value - 1
    with np.errstate(invalid="ignore", divide="ignore"):
        scale = 4 * shared((~np.isnan(positions)).astype(float)) / expected_by_chance(positions, measure)  # the farthest is 2² apart
    return lambda value, side: (1 - value) / scale if side == 0 else np.clip(1 - value * scale, -1, 1)


def _percentiles(values: Values, weights: np.ndarray, found: np.ndarray, n_shared: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    upper = np.triu_indices(len(found), 1)
    drawn = np.empty((len(weights), len(upper[0])), dtype=np.float32)
    for place, weight in enumerate(weights):
        drawn[place] = values(weight)[upper]
    drawn.sort(axis=0)  # NaN last
    n_defined = (~np.isnan(drawn)).sum(0)
    n = n_shared[upper]
    with np.errstate(invalid="ignore", divide="ignore"):
        tail = np.where(n > 1, ndtr(np.sqrt(n / (n - 1)) * stdtrit(np.maximum(n - 1, 1), (1 - LEVEL) / 2)), 0)
    ends = []
    for level in (tail, 1 - tail):
        end = _at(drawn, level * np.maximum(n_defined - 1, 0))
        square = np.full(found.shape, np.nan)
        square[upper] = np.where(2 * n_defined >= len(weights), end, np.nan)
        ends.append(np.fmin(square, square.T))
    return ends[0], ends[1]


def _at(drawn: np.ndarray, place: np.ndarray) -> np.ndarray:
    """The value at a place between the sorted ones of each column."""
    below = np.floor(place).astype(int)
    above = np.minimum(below + 1, len(drawn) - 1)
    columns = np.arange(drawn.shape[1])
    part = (place - below).astype(np.float32)
    first, second = drawn[below, columns], drawn[above, columns]
    return np.where(part > 0, first + part * (second - first), first)
