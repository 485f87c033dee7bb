"""Krippendorff's alpha: how far coders agree beyond what chance would give, on coded units only, with an interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

SEED = 2011
N_RESAMPLES = 1_000
FEWEST_DEFINED = 0.5
_CHUNK = 50

Pattern = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Alpha:
    """Alpha with a bootstrap interval; ``value`` is ``None`` with a ``reason`` where it is undefined, never 0 or 1 instead.

    ``n_units`` have at least two codings, ``n_codings`` stand in them. ``low`` and ``high`` are the 2.5th and 97.5th
    percentile of the resamples in which alpha is defined; ``None`` when fewer than half are.
    """

    value: float | None
    reason: str
    low: float | None
    high: float | None
    n_units: int
    n_codings: int
    n_resamples: int = 0
    n_undefined: int = 0


NO_PAIRS = "no statement was coded by two"
NO_VARIATION = "all codings are the same, so there is nothing that chance could miss"


def alpha(patterns: Sequence[tuple[Pattern, int]], order: Sequence[str] = (), n_resamples: int = N_RESAMPLES) -> Alpha:
    """Alpha of units given by their pattern: how often each value was coded for a unit, and how many units are like it.

    1 − D_o / D_e over the coincidences of values within units (Krippendorff 2011, *Computing Krippendorff's
    Alpha-Reliability*). Nominal, or ordinal when ``order`` ranks the values from first to last. Units with fewer than two
    codings pair nothing and do not count. Undefined when nothing is paired, and when only one value occurs (0/0). The
    interval draws units with replacement, ``n_resamples`` times, always with the same seed.

    >>> alpha([({"yes": 2}, 5), ({"no": 2}, 5)], n_resamples=0).value, alpha([({"yes": 2}, 5)], n_resamples=0).reason == NO_VARIATION
    (1.0, True)
    """
    paired = [(pattern, n) for pattern, n in patterns if n and sum(pattern.values()) > 1]
    values = list(order) or sorted({value for pattern, _ in paired for value in pattern})
    if not paired:
        return Alpha(None, NO_PAIRS, None, None, 0, 0)
    counts = np.array([[pattern.get(value, 0) for value in values] for pattern, _ in paired], float)
    weights = np.array([n for _, n in paired])
    measure = _ordinal if order else _nominal
    n_units, n_codings = int(weights.sum()), int((weights * counts.sum(1)).sum())
    whole = float(measure(counts, weights[None, :])[0])
    if np.isnan(whole):
        return Alpha(None, NO_VARIATION, None, None, n_units, n_codings)
    drawn = _resampled(counts, weights, measure, n_resamples)
    defined = drawn[~np.isnan(drawn)]
    is_enough = len(defined) > 0 and len(defined) >= FEWEST_DEFINED * n_resamples
    low, high = (round(float(end), 6) for end in np.percentile(defined, [2.5, 97.5])) if is_enough else (None, None)
    return Alpha(round(whole, 6), "", low, high, n_units, n_codings, n_resamples, n_resamples - len(defined))


def _resampled(counts: np.ndarray, weights: np.ndarray, measure, n_resamples: int) -> np.ndarray:
    generator, n_units = np.random.default_rng(SEED), int(weights.sum())
    drawn = [
        measure(counts, generator.multinomial(n_units, weights / n_units, size=min(_CHUNK, n_resamples - begun)))
        for begun in range(0, n_resamples, _CHUNK)
    ]
    return np.concatenate(drawn) if drawn else np.empty(0)


def _nominal(counts: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Alpha of each row of weights: 1 − (n − 1)(n − Σ o_cc) / (n² − Σ n_c²)."""
    size = counts.sum(1)
    agreed = weights @ ((counts * (counts - 1)).sum(1) / (size - 1))
    by_value = weights @ counts
    n = by_value.sum(1)
    return _ratio((n - 1) * (n - agreed), n**2 - (by_value**2).sum(1))


def _ordinal(counts: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The same where values c < k are apart by the square of the codings between them, half of those at either end included."""
    size = counts.sum(1)
    within = np.einsum("pc,pk->pck", counts, counts) - np.einsum("pc,ck->pck", counts, np.eye(counts.shape[1]))
    coincidences = np.einsum("rp,pck->rck", weights.astype(float), within / (size - 1)[:, None, None])
    by_value = weights @ counts
    middle = by_value.cumsum(1) - by_value / 2
    apart = (middle[:, :, None] - middle[:, None, :]) ** 2
    n = by_value.sum(1)
    expected = np.einsum("rc,rk,rck->r", by_value, by_value, apart)
    return _ratio((n - 1) * np.einsum("rck,rck->r", coincidences, apart), expected)


def _ratio(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    return 1 - np.divide(observed, expected, out=np.full(observed.shape, np.nan), where=expected > 0)
