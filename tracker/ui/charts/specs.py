"""Specifications are built with Altair once, at import, and completed per drawing by plain dictionaries."""

from __future__ import annotations

import copy
from typing import Any

import altair as alt

from tracker.ui.theme import STANCE_COLOURS, STANCE_ORDER, STANCE_SHAPES

Spec = dict[str, Any]

STANCE_COLOUR = alt.Scale(domain=STANCE_ORDER, range=[STANCE_COLOURS[code] for code in STANCE_ORDER])
STANCE_SHAPE = alt.Scale(domain=STANCE_ORDER, range=[STANCE_SHAPES[code] for code in STANCE_ORDER])
LABEL_WIDTH = 170
IS_NARROW = "(containerSize()[0] < 560)"
"""A Vega expression: whether the chart stands on a phone."""

LABEL_ROOM = alt.ExprRef(f"{IS_NARROW} ? 92 : {LABEL_WIDTH}")
LABEL_LIMIT = alt.ExprRef(f"{IS_NARROW} ? 86 : {LABEL_WIDTH - 10}")
"""Width of the axis labels: equal in charts that stand above each other, so that their time axes line up."""


def compiled(chart: alt.Chart | alt.LayerChart) -> Spec:
    """The chart as a dictionary without data: rows are handed over when it is drawn."""
    spec = chart.to_dict()
    for name in ("datasets", "data", "$schema"):
        spec.pop(name, None)
    return spec


def filled(spec: Spec, **parts: Any) -> Spec:
    """A copy of a compiled specification with some of its top-level parts replaced."""
    return {**copy.deepcopy(spec), **parts}


def placeholder() -> alt.InlineData:
    """Stands for the rows while a specification is compiled."""
    return alt.InlineData(values=[])
