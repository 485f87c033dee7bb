"""The order in which a matrix shows its camps: clusters of those who stand near each other, and their tree."""

from __future__ import annotations

import numpy as np

from tracker.analysis.alignment_results import Branch

_NEITHER = 0.5


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


def _turned(across: float, n_leaves: int, is_turned: bool) -> float:
    """SciPy puts the leaves at 5, 15, 25 …; ours stand at 0, 1, 2 …"""
    place = (across - 5) / 10
    return n_leaves - 1 - place if is_turned else place
