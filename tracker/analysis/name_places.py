"""Where the names of a network stand: beside their points, on the side that is free."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SIDES = ("right", "left", "above", "below")
_LETTER, _LINE, _GAP, _POINT = 6.6, 14.0, 13.0, 11.0
"""Widths in pixels: of a letter and a line of names, from the middle of a point to its name, of half a large point."""
_STEPS = np.linspace(0, 1, 16)
_OUTSIDE, _ON_POINT, _ON_NAME = 900.0, 300.0, 200.0
"""What a side costs that is not free; a line that runs through costs one for each of its steps."""


def name_sides(
    points: Sequence[tuple[float, float]], names: Sequence[str], lines: Sequence[tuple[int, int]], size: tuple[float, float], limit: float
) -> list[str]:
    """The side of each point on which its name stands, one of ``SIDES``: the first that covers least.

    ``points`` and ``size`` are in pixels from the upper left, ``lines`` join points by their number, ``limit`` is the width at
    which a name is cut. Names are placed in the order given. The same input gives the same sides.

    >>> name_sides([(50, 50), (75, 50)], ["A", "B"], [], (400, 100), 130)
    ['left', 'right']
    """
    if not points:
        return []
    at = np.array(points, dtype=float)
    on_lines = _on_lines(at, lines)
    around = np.concatenate([at - _POINT, at + _POINT], axis=1)
    sides: list[str] = []
    placed = np.empty((0, 4))
    for number, name in enumerate(names):
        boxes = _boxes(at[number], min(limit, _LETTER * len(name)))
        others = np.delete(around, number, axis=0)
        costs = [_cost(box, others, placed, on_lines, size) for box in boxes]
        best = int(np.argmin(costs))
        sides.append(SIDES[best])
        placed = np.vstack([placed, boxes[best]])
    return sides


def _on_lines(at: NDArray[np.float64], lines: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    """Points along every line, shape (n, 2)."""
    if not lines:
        return np.empty((0, 2))
    ends = at[np.array(lines)]
    along = ends[:, None, 0] + _STEPS[None, :, None] * (ends[:, None, 1] - ends[:, None, 0])
    return along.reshape(-1, 2)


def _boxes(at: NDArray[np.float64], width: float) -> NDArray[np.float64]:
    """The box of a name on each side: left, top, right, bottom."""
    x, y = at
    half = _LINE / 2
    return np.array(
        [
            (x + _GAP, y - half, x + _GAP + width, y + half),
            (x - _GAP - width, y - half, x - _GAP, y + half),
            (x - width / 2, y - _GAP - _LINE, x + width / 2, y - _GAP),
            (x - width / 2, y + _GAP, x + width / 2, y + _GAP + _LINE),
        ]
    )


def _cost(
    box: NDArray[np.float64],
    points: NDArray[np.float64],
    placed: NDArray[np.float64],
    on_lines: NDArray[np.float64],
    size: tuple[float, float],
) -> float:
    left, top, right, bottom = box
    is_outside = left < 0 or top < 0 or right > size[0] or bottom > size[1]
    x, y = on_lines[:, 0], on_lines[:, 1]
    n_lines = int(((x > left) & (x < right) & (y > top) & (y < bottom)).sum())
    return _OUTSIDE * is_outside + _ON_POINT * _n_touching(box, points) + _ON_NAME * _n_touching(box, placed) + n_lines


def _n_touching(box: NDArray[np.float64], boxes: NDArray[np.float64]) -> int:
    left, top, right, bottom = box
    return int(((boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 1] < bottom) & (boxes[:, 3] > top)).sum())
