"""The order in which a matrix shows its camps: clusters of those who stand near each other, and their tree."""

from __future__ import annotations

import numpy as np

from tracker.analysis.alignment_results import Branch

_NEITHER = 0.5
_APART = 1 / 6


def seriated(net: np.ndarray) -> tuple[list[int], tuple[Branch, ...]]:
    """The places of rows so that neighbours agree, and the tree above them; ``net`` is between −1 and 1, NaN undefined.

    Distance is (1 − net) / 2; a pair without a value is taken as neither near nor far. Average linkage, then the order of
    leaves in which the sum of distances between neighbours is least (Z. Bar-Joseph, D. Gifford and T. Jaakkola,
    Bioinformatics 17 (2001) S22–S29). The first row, which is the one with most statements, stands in the first half.
    """
    if len(net) < 2:
        return list(range(len(net))), ()
    from scipy.cluster.hierarchy import dendrogram, linkage  # takes a third of a second, which only this page need wait
    from scipy.spatial.distance import squareform

    distance = np.where(np.isnan(net), _NEITHER, (1 - net) / 2)
    np.fill_diagonal(distance, 0)
    tree = dendrogram(linkage(squareform(distance, checks=False), "average", optimal_ordering=True), no_plot=True)
    order = [int(leaf) for leaf in tree["leaves"]]
    is_turned = order.index(0) > (len(order) - 1) / 2
    branches = tuple(
        Branch(tuple(_turned(x, len(order), is_turned) for x in across), tuple(round(height, 6) for height in heights))
        for across, heights in zip(tree["icoord"], tree["dcoord"], strict=True)
    )
    return order[::-1] if is_turned else order, branches


def laid_out(net: np.ndarray) -> list[tuple[float, float]]:
    """A place in the unit square for each row, so that those who agree stand near; the same places every time.

    Classical scaling of the distances of :func:`seriated`, then 200 steps of stress majorisation (J. de Leeuw, 1977) with
    no two closer than a seventh of the farthest, so that names can be read.
    """
    n = len(net)
    if n < 2:
        return [(0.5, 0.5)] * n
    wanted = np.where(np.isnan(net), _NEITHER, (1 - net) / 2) + _APART
    np.fill_diagonal(wanted, 0)
    centred = wanted**2 - (wanted**2).mean(0) - (wanted**2).mean(1)[:, None] + (wanted**2).mean()
    sizes, vectors = np.linalg.eigh(-centred / 2)
    places = vectors[:, -2:] * np.sqrt(np.maximum(sizes[-2:], 0)) * np.sign(vectors[np.abs(vectors[:, -2:]).argmax(0), [-2, -1]])
    around = 2 * np.pi * np.arange(n) / n
    places = places + 0.01 * np.stack([np.cos(around), np.sin(around)], axis=1)  # nobody exactly where another is
    for _ in range(200):
        apart = np.sqrt(((places[:, None] - places[None]) ** 2).sum(2))
        ratio = np.divide(wanted, apart, out=np.zeros_like(wanted), where=apart > 0)
        places = (ratio.sum(1)[:, None] * places - ratio @ places) / n
    low, span = places.min(0), np.maximum(np.ptp(places, axis=0), 1e-9)
    return [(round(float(x), 4), round(float(y), 4)) for x, y in (places - low) / span]


def _turned(across: float, n_leaves: int, is_turned: bool) -> float:
    """SciPy puts the leaves at 5, 15, 25 …; ours stand at 0, 1, 2 …"""
    place = (across - 5) / 10
    return n_leaves - 1 - place if is_turned else place
