"""Alignment through time: a bar a window for the pair, and for pairs within camps and across them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from tracker.analysis.alignment_results import AlignedWindow
from tracker.ui import theme
from tracker.ui.charts.specs import Spec, compiled, filled, placeholder
from tracker.ui.charts.time_axis import AXIS_ROOM, LEGEND_ROOM, Drawing, date_format, instant, time_axis

_COLUMNS = ["begins", "ends", "series", "value", "said", "n", "period"]
_TICKS = 8
WITHIN, ACROSS = "pairs of one camp", "pairs of two camps"


def _windows_spec() -> Spec:
    scale = alt.Scale(range=[theme.AGREE_COLOUR, theme.OPPOSED_COLOUR, theme.STANCE_COLOURS["mixed"]])
    told = [
        alt.Tooltip("series:N", title="of"),
        alt.Tooltip("period:N", title="window"),
        alt.Tooltip("said:N", title="value"),
        alt.Tooltip("n:N", title="rests on"),
    ]
    base = alt.Chart(placeholder())
    bars = base.mark_rule(strokeWidth=4, strokeCap="butt").encode(
        x=time_axis(labelOverlap=True, tickCount=_TICKS),
        x2="ends:T",
        y=alt.Y("value:Q", title=None, axis=alt.Axis(gridColor=theme.GRID_COLOUR, tickCount=5)),
        color=alt.Color("series:N", scale=scale, legend=alt.Legend(orient="top", title=None, labelLimit=320)),
        strokeDash=alt.StrokeDash("series:N", legend=None),
        tooltip=told,
    )
    return compiled(bars)


_WINDOWS_SPEC = _windows_spec()


def build_windows_chart(windows: Sequence[AlignedWindow], step: str, pair_title: str, *, is_signed: bool) -> Drawing:
    """One bar from a window's first day to the day after its last for each series that has a value there; gaps stay gaps."""
    rows: list[dict[str, Any]] = []
    for window in windows:
        period = theme.period_words(window.begins_on, step)
        place = {"begins": instant(window.begins_on), "ends": instant(window.ends_on), "period": period}
        values = [
            (WITHIN, window.within, theme.plural(window.n_within, "pair")),
            (ACROSS, window.across, theme.plural(window.n_across, "pair")),
        ]
        if window.pair:
            values.append((pair_title, window.pair.value, theme.plural(window.pair.n_issues, "shared issue")))
        rows += [
            place | {"series": series, "value": value, "said": f"{value:.2f}".replace("-", "−"), "n": n}
            for series, value, n in values
            if value is not None
        ]
    spec = filled(_WINDOWS_SPEC, height=190 + AXIS_ROOM + LEGEND_ROOM)
    spec["encoding"]["x"]["axis"]["format"] = date_format(step)
    drawn = [place for place, window in enumerate(windows) if _has_value(window)]
    if drawn and drawn[-1] - drawn[0] < _TICKS:  # else ticks fall within a window, and several have the name of one
        spec["encoding"]["x"]["axis"]["tickCount"] = {"interval": "month", "step": 3 if step == "quarter" else 1}
    spec["encoding"]["y"]["scale"] = {"domain": [-1, 1]} if is_signed else {}
    names = [WITHIN, ACROSS, *([pair_title] if pair_title else [])]
    spec["encoding"]["color"]["scale"]["domain"] = names
    spec["encoding"]["strokeDash"]["scale"] = {"domain": names, "range": [[1, 0], [6, 4], [1, 0]][: len(names)]}
    description = f"Mean values in {len(windows)} windows of a {step}; each is listed below the chart."
    return Drawing(pd.DataFrame(rows, columns=_COLUMNS), spec, description)


def _has_value(window: AlignedWindow) -> bool:
    return any(value is not None for value in (window.within, window.across, window.pair and window.pair.value))
