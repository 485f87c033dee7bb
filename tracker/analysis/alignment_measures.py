"""Measures of alignment as functions of counts and positions: plain arrays in, matrices out, NaN where undefined.

Stances lie on a declared scale: oppose −1, mixed and neutral 0, support 1. Two stances are |k − k'| / 2 apart: 0 for the
same, ½ where one of them is between, 1 for opposite. The scale is declared, never read off what happened to be said.

Origins: congruence, conflict and their difference, P. Leifeld, "Discourse Network Analysis", in The Oxford Handbook of
Political Networks (2017), ch. 12; S, C. Signorino and J. Ritter, International Studies Quarterly 43 (1999) 115–144;
π, W. Scott, Public Opinion Quarterly 19 (1955) 321–325; κ, J. Cohen, Educational and Psychological Measurement 20 (1960)
37–46 and, weighted, Psychological Bulletin 70 (1968) 213–220; why chance correction, F. Häge, Political Analysis 19 (2011)
287–305.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tracker.analysis.alignment_counts import UNCODED

DISTANCES = np.array([[0.0, 0.5, 1.0], [0.5, 0.0, 0.5], [1.0, 0.5, 0.0]])
"""How far two places of the scale are apart, as a share of the farthest."""

COUNTED = ("net", "congruence", "conflict", "attention")
NORMS = ("issue", "none", "average", "jaccard", "cosine", "product")
_ZERO = 1e-6


def shared(mask: np.ndarray) -> np.ndarray:
    """How many issues two rows share, for all pairs; ``mask`` is rows × issues."""
    return _times(mask, mask)


def per_issue(shares: np.ndarray, measure: str) -> np.ndarray:
    """Congruence, conflict or net per shared issue for all pairs; NaN without a shared issue.

    ``shares`` is rows × issues × 3: how a row's statements on an issue divide among the places of the scale (all 0 where
    it has none). Take one shared issue and one statement of each on it: conflict is how far they are apart on average
    (0–1), congruence is 1 − conflict, net is congruence − conflict (−1 to 1). Symmetric; how often something was
    repeated changes nothing but the shares.
    """
    return Prepared.of_shares(shares, measure).values()


def shares_of(counts: np.ndarray) -> np.ndarray:
    """How the coded statements of every cell divide among the three places of the scale; zeros for an empty cell."""
    coded = counts[:, :, :UNCODED]
    total = coded.sum(2, keepdims=True)
    return np.divide(coded, total, out=np.zeros_like(coded), where=total > 0)


def one_mode(counts: np.ndarray, measure: str, norm: str = "none") -> np.ndarray:
    """Sums over all issues of products of counts, as in discourse networks, for all pairs; the diagonal is 0.

    congruence: Σ_j Σ_k Σ_k' x_ijk x_i'jk' (1 − |k − k'| / 2); conflict: the same with |k − k'| / 2; net: their difference;
    attention: Σ_j (Σ_k x_ijk)(Σ_k x_i'jk). Divided by 1 (``none``), half the sum of both activities (``average``), the
    overlap of binary presences (``jaccard``), the product of the lengths of the two vectors (``cosine``) or of the two
    activities (``product``, which Discourse Network Analyzer calls cosine). A divisor of 0 leaves 0, as there is nothing.
    """
    held = counts if measure == "attention" else counts[:, :, :UNCODED]
    total = held.sum(2)
    if measure == "attention":
        found = total @ total.T
    else:
        conflict = _conflict(held)
        congruence = total @ total.T - conflict
        found = {"congruence": congruence, "conflict": conflict, "net": congruence - conflict}[measure]
    divisor = _divisor(held, norm)
    found = np.divide(found, divisor, out=np.zeros_like(found), where=divisor != 0)
    np.fill_diagonal(found, 0)
    return found


def two_mode(counts: np.ndarray, measure: str, norm: str = "none") -> np.ndarray:
    """Rows by issues: ``attention`` statements, ``net`` support − oppose, ``combine`` 1 support only, 2 oppose only, 3 both.

    Divided by 1 (``none``), the row's sum (``activity``) or the issue's (``prominence``): of statements for attention and
    net, of cells with anything for combine.
    """
    total, oppose, support = counts.sum(2), counts[:, :, 0], counts[:, :, 2]
    found = {"attention": total, "net": support - oppose, "combine": 2.0 * (oppose > 0) + (support > 0)}[measure]
    counted = (found > 0).astype(float) if measure == "combine" else total
    sums = {"none": np.ones((1, 1)), "activity": counted.sum(1, keepdims=True), "prominence": counted.sum(0, keepdims=True)}[norm]
    return np.divide(found, sums, out=np.zeros(found.shape), where=np.broadcast_to(sums != 0, found.shape))


def corrected(positions: np.ndarray, measure: str) -> np.ndarray:
    """Agreement of positions over shared issues for all pairs: raw, S, Scott's π or Cohen's κ; NaN where undefined.

    ``positions`` is rows × issues on the scale, NaN where there is none. agreement: the share of shared issues with the
    same position. s = 1 − Σ|x − y| / N (distances to the first power, the farthest being 2). pi and kappa = 1 − D / E with
    D = Σ(x − y)², E the D expected by chance: Σ(x − m)² + Σ(y − m)², m = (x̄ + ȳ) / 2, when both draw from what both said
    (π); Σ(x − x̄)² + Σ(y − ȳ)² + N(x̄ − ȳ)² when each draws from what it said itself (κ). Where E is 0, because neither ever
    said anything but one and the same, there is no chance to correct for: undefined, neither 0 nor 1.
    """
    return Prepared.of_positions(np.asarray(positions, float), measure).values()


def expected_by_chance(positions: np.ndarray, measure: str) -> np.ndarray:
    """E of :func:`corrected` for π or κ, for all pairs; NaN without a shared issue."""
    prepared = Prepared.of_positions(positions, measure)
    ones, squares = _times(prepared.left, prepared.mask), _times(prepared.right, prepared.mask)
    return _chance(measure, _times(prepared.mask, prepared.mask), ones, ones.T, squares + squares.T)


@dataclass(frozen=True)
class Prepared:
    """What :func:`per_issue` and :func:`corrected` multiply, laid out once, for all pairs or for issues drawn anew.

    ``left`` and ``right`` are rows × issues × places: their products, summed over places, are what an issue adds.
    """

    measure: str
    mask: np.ndarray
    left: np.ndarray
    right: np.ndarray

    @classmethod
    def of_shares(cls, shares: np.ndarray, measure: str) -> Prepared:
        """For measures of what was said."""
        return cls(measure, (shares.sum(2) > 0).astype(shares.dtype), shares, shares @ DISTANCES.astype(shares.dtype))

    @classmethod
    def of_positions(cls, positions: np.ndarray, measure: str) -> Prepared:
        """For measures of positions in force."""
        mask, held = (~np.isnan(positions)).astype(positions.dtype), np.nan_to_num(positions)
        if measure in ("pi", "kappa"):
            return cls(measure, mask, held, held**2)
        one_hot = np.stack([(positions == place).astype(mask.dtype) for place in (-1, 0, 1)], axis=2)
        return cls(measure, mask, one_hot, one_hot if measure == "agreement" else one_hot @ DISTANCES.astype(mask.dtype))

    def values(self) -> np.ndarray:
        """The matrix of values of all pairs."""
        n = _times(self.mask, self.mask)
        if self.measure not in ("pi", "kappa"):
            return _mean(self.measure, n, _times(_flat(self.left), _flat(self.right)))
        ones, squares = _times(self.left, self.mask), _times(self.right, self.mask)
        both = squares + squares.T
        return _beyond(both - 2 * _times(self.left, self.left), _chance(self.measure, n, ones, ones.T, both))

    def redrawn(self, one: np.ndarray, other: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """The values of these pairs, draws × pairs, when issues count ``weights`` (draws × issues) times."""
        mask = self.mask[one] * self.mask[other]
        n = weights @ mask.T
        if self.measure not in ("pi", "kappa"):
            return _mean(self.measure, n, weights @ np.einsum("pik,pik->pi", self.left[one], self.right[other]).T)
        x, y = self.left[one] * mask, self.left[other] * mask
        expected = _chance(self.measure, n, weights @ x.T, weights @ y.T, weights @ (x**2 + y**2).T)
        return _beyond(weights @ ((x - y) ** 2).T, expected)


def _mean(measure: str, n: np.ndarray, total: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(n > 0, total / n, np.nan)
    return 1 - mean if measure == "congruence" else 1 - 2 * mean if measure in ("net", "s") else mean


def _chance(measure: str, n: np.ndarray, ones: np.ndarray, others: np.ndarray, squares: np.ndarray) -> np.ndarray:
    """The sum of squared distances that chance gives, from Σx, Σy and Σx² + Σy² over shared issues."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return squares - (2 * ones * others / n if measure == "kappa" else (ones + others) ** 2 / (2 * n))


def _beyond(apart: np.ndarray, expected: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(expected > _ZERO, 1 - apart / expected, np.nan)


def _conflict(held: np.ndarray) -> np.ndarray:
    """Σ_j Σ_k Σ_k' x_ijk x_i'jk' |k − k'| / 2 for all pairs."""
    return _times(_flat(held), _flat(held @ DISTANCES))


def _flat(held: np.ndarray) -> np.ndarray:
    return held.reshape(len(held), held.shape[1] * held.shape[2])


def _times(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return left @ right.T


def _divisor(held: np.ndarray, norm: str) -> np.ndarray:
    activity = held.sum((1, 2))
    flat = _flat(held)
    if norm == "average":
        return (activity[:, None] + activity[None, :]) / 2
    if norm == "product":
        return activity[:, None] * activity[None, :]
    if norm == "cosine":
        length = np.sqrt((flat**2).sum(1))
        return length[:, None] * length[None, :]
    if norm == "jaccard":
        alone = flat @ (flat == 0).T
        return alone + alone.T + flat @ flat.T
    return np.ones((len(held), len(held)))
