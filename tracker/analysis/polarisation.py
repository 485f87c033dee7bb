"""How far a signed network falls into camps: frustration and signed modularity, held against chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tracker.analysis.alignment_intervals import SEED
from tracker.analysis.alignment_measures import per_issue, shared
from tracker.analysis.alignment_results import Polarisation

N_SHUFFLES = 99
N_STARTS = 4
MAX_EXACT = 14
_LITTLE = 1e-9


def polarisation(shares: np.ndarray, minimum: int, n_shuffles: int = N_SHUFFLES, seed: int = SEED) -> tuple[Polarisation, list[int]]:
    """Frustration and modularity of who agrees with whom, what chance gives, and the camp of each row.

    Chance keeps who spoke on what, and how the stances on each issue divide, and deals the stances of an issue out anew
    among those who spoke on it: every row keeps its number of issues and every issue its popularity. ``p`` is the share of
    the observed and all shuffled networks that are at least as polarised (1 of ``n_shuffles`` + 1 at best). High scores
    alone say nothing: networks of chance have them too (A. Salloum, T. Chen and M. Kivelä, Proceedings of the ACM on
    Human-Computer Interaction 6 (2022), "Separating Polarization from Noise").
    """
    rng = np.random.default_rng(seed)
    network = Network.of(shares, minimum)
    if not network.total:
        return Polarisation(None, None, None, None, None, None, 0, 0, n_shuffles, seed, False), [0] * len(shares)
    _, frustrated = least_frustrated(network, rng)
    camps, modular = best_camps(network, rng)
    by_chance = np.array([_scores(Network.of(_dealt_anew(shares, rng), minimum), rng) for _ in range(n_shuffles)])
    is_edge = network.positive + network.negative > 0
    result = Polarisation(
        frustration=frustrated,
        frustration_by_chance=float(by_chance[:, 0].mean()),
        frustration_p=_p(by_chance[:, 0] <= frustrated + _LITTLE),
        modularity=modular,
        modularity_by_chance=float(by_chance[:, 1].mean()),
        modularity_p=_p(by_chance[:, 1] >= modular - _LITTLE),
        n_members=int(is_edge.any(1).sum()),
        n_pairs=int(is_edge.sum()) // 2,
        n_shuffles=n_shuffles,
        seed=seed,
        is_exact=len(shares) <= MAX_EXACT,
    )
    return result, camps


@dataclass(frozen=True)
class Network:
    """A signed network: for every pair the congruence and the conflict of its shared issues, summed; 0 on the diagonal."""

    positive: np.ndarray
    negative: np.ndarray

    @classmethod
    def of(cls, shares: np.ndarray, minimum: int) -> Network:
        """The pairs with at least ``minimum`` shared issues; every shared issue weighs 1, divided into the two signs."""
        n = shared((shares.sum(2) > 0).astype(float))
        n = np.where(n >= max(1, minimum), n, 0.0)
        np.fill_diagonal(n, 0)
        conflict = np.nan_to_num(per_issue(shares, "conflict")) * n
        return cls(n - conflict, conflict)

    @property
    def signed(self) -> np.ndarray:
        """Congruence − conflict."""
        return self.positive - self.negative

    @property
    def total(self) -> float:
        """The weight of all pairs, each counted in both directions."""
        return float((self.positive + self.negative).sum())


def frustration(network: Network, sides: np.ndarray) -> float:
    """The share of the weight at odds with two sides: conflict within and congruence across; 0 is perfect balance.

    The line index of balance of F. Harary, Behavioral Science 4 (1959) 316–323, with weights; ``sides`` are −1 or 1.

    >>> friends = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0.0]])
    >>> foes = np.array([[0, 0, 1], [0, 0, 1], [1, 1, 0.0]])
    >>> frustration(Network(friends, foes), np.array([1, 1, -1])), round(frustration(Network(friends, foes), np.ones(3)), 3)
    (0.0, 0.667)
    """
    return float((network.total - sides @ network.signed @ sides) / (2 * network.total)) if network.total else 0.0


def least_frustrated(network: Network, rng: np.random.Generator, n_starts: int = N_STARTS) -> tuple[np.ndarray, float]:
    """The two sides with least frustration: exactly up to ``MAX_EXACT`` rows, else the best of several descents."""
    signed = network.signed
    n = len(signed)
    if n <= MAX_EXACT:
        all_sides = 1.0 - 2.0 * ((np.arange(2 ** max(n - 1, 0))[:, None] >> np.arange(n)) & 1)
        best = all_sides[np.argmax(((all_sides @ signed) * all_sides).sum(1))]
        return best, frustration(network, best)
    starts = [np.where(np.linalg.eigh(signed)[1][:, -1] >= 0, 1.0, -1.0), *(rng.choice([-1.0, 1.0], n) for _ in range(n_starts - 1))]
    best = min((_descended(signed, sides) for sides in starts), key=lambda sides: frustration(network, sides))
    return best, frustration(network, best)


def modularity(network: Network, camps: np.ndarray) -> float:
    """Signed modularity (S. Gómez, P. Jensen and A. Arenas, Physical Review E 80 (2009) 016114): more is more divided.

    Σ_ij [w_ij − (w⁺_i w⁺_j / 2w⁺ − w⁻_i w⁻_j / 2w⁻)] over pairs of one camp, divided by 2w⁺ + 2w⁻.
    """
    return _gained(_gain(network), np.asarray(camps))


def best_camps(network: Network, rng: np.random.Generator, n_starts: int = N_STARTS) -> tuple[list[int], float]:
    """The camps of the highest signed modularity found by moving rows and joining camps, from several starts; largest camp 0."""
    gain = _gain(network)
    starts = [np.arange(len(gain)), *(rng.integers(0, min(1 + start, len(gain)), len(gain)) for start in range(1, n_starts))]
    best = max((_settled(gain, labels) for labels in starts), key=lambda labels: _gained(gain, labels))
    sizes = np.bincount(best)
    ranked = sorted(set(best.tolist()), key=lambda label: (-sizes[label], int(np.argmax(best == label))))
    return [ranked.index(label) for label in best.tolist()], _gained(gain, best)


def _gain(network: Network) -> np.ndarray:
    if not network.total:
        return np.zeros_like(network.positive)
    expected = np.zeros_like(network.positive)
    for sign, part in ((1, network.positive), (-1, network.negative)):
        degree = part.sum(1)
        if part.sum():
            expected += sign * np.outer(degree, degree) / part.sum()
    return (network.signed - expected) / network.total


def _gained(gain: np.ndarray, labels: np.ndarray) -> float:
    return float((gain * (labels[:, None] == labels[None, :])).sum())


def _settled(gain: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Rows moved to where they gain most, then the two camps joined that gain most by it, until neither gains."""
    labels = _moved(gain, labels)
    while True:
        one_hot = np.eye(len(gain))[labels]
        joined = one_hot.T @ gain @ one_hot
        np.fill_diagonal(joined, 0)
        one, other = np.unravel_index(joined.argmax(), joined.shape)
        if joined[one, other] <= _LITTLE:
            return labels
        labels = _moved(gain, np.where(labels == other, one, labels))


def _moved(gain: np.ndarray, labels: np.ndarray) -> np.ndarray:
    labels, n = labels.copy(), len(gain)
    is_moved = True
    while is_moved:
        is_moved = False
        for row in range(n):
            by_camp = np.bincount(labels, weights=gain[row], minlength=n)
            by_camp[labels[row]] -= gain[row, row]
            best = int(by_camp.argmax())
            if by_camp[best] > by_camp[labels[row]] + _LITTLE:
                labels[row], is_moved = best, True
    return labels


def _descended(signed: np.ndarray, sides: np.ndarray) -> np.ndarray:
    sides = sides.copy()
    pull = sides * (signed @ sides)
    while pull.min() < -_LITTLE:
        row = int(pull.argmin())
        sides[row] *= -1
        pull = sides * (signed @ sides)
    return sides


def _dealt_anew(shares: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The stances of every issue among those who spoke on it, in another order."""
    has = shares.sum(2) > 0
    taken_from = np.argsort(np.where(has, rng.random(has.shape), 2.0), axis=0)  # who spoke first, in random order
    given_to = np.argsort(~has, axis=0, kind="stable")
    dealt = np.empty_like(shares)
    np.put_along_axis(dealt, given_to[:, :, None], np.take_along_axis(shares, taken_from[:, :, None], 0), 0)
    return dealt


def _scores(network: Network, rng: np.random.Generator) -> tuple[float, float]:
    return least_frustrated(network, rng)[1], best_camps(network, rng)[1]


def _p(is_as_polarised: np.ndarray) -> float:
    return float((1 + is_as_polarised.sum()) / (1 + len(is_as_polarised)))
