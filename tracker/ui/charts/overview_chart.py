"""The months chart of the Overview: how much was said when, by stance."""

from __future__ import annotations

from tracker.analysis.results import TimelineBins
from tracker.ui.charts.time_axis import Drawing
from tracker.ui.charts.timeline_chart import build_periods_chart


def build_months_chart(months: TimelineBins) -> Drawing:
    """Statements by month and stance, without a brush: the Overview leads to the Timeline instead."""
    drawing = build_periods_chart(months)
    spec = {**drawing.spec, "height": 150}
    spec.pop("params", None)
    spec["encoding"]["y"]["axis"] = {"minExtent": 30, "tickMinStep": 1, "tickCount": 4}
    return Drawing(drawing.rows, spec, drawing.description)
