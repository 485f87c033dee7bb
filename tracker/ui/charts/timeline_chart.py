"""Statements by period: the bars above a timeline and on the Overview."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from tracker.analysis.results import TimelineBins
from tracker.core.vocabulary import STANCES
from tracker.ui import theme
from tracker.ui.charts.specs import LABEL_ROOM, STANCE_COLOUR, Spec, compiled, filled, placeholder
from tracker.ui.charts.time_axis import BRUSH, Drawing, date_format, domain_of, ends_of, instant, time_axis


def _periods_spec() -> Spec:
    bars = (
        alt.Chart(placeholder())
        .mark_bar(stroke=None)
        .encode(
            x=time_axis(labelOverlap=True, tickCount=8),
            x2="ends:T",
            y=alt.Y(
                "above:Q",
                title=None,
                axis=alt.Axis(minExtent=LABEL_ROOM, maxExtent=LABEL_ROOM, tickMinStep=1, tickCount=3, gridColor=theme.GRID_COLOUR),
            ),
            y2="below:Q",
            color=alt.Color("stance:N", scale=STANCE_COLOUR, sort=theme.STANCE_ORDER, legend=None),
            tooltip=[
                alt.Tooltip("period:N", title="period"),
                alt.Tooltip("label:N", title="stance"),
                alt.Tooltip("n:Q", title="statements"),
            ],
        )
        .add_params(alt.selection_interval(name=BRUSH, encodings=["x"]))
    )
    return compiled(bars.properties(height=90))


_PERIODS_SPEC = _periods_spec()


def build_periods_chart(bins: TimelineBins) -> Drawing:
    """Statements by period and stance, every period of the window on the axis, also those without a statement.

    Rows: ``begins``, ``ends`` (UTC instants), ``n``, ``stance``. Dragging over it selects ``begins``.
    """
    ends = ends_of(bins.periods, bins.step)
    rows = _stacked_bars(bins, ends)
    spec = filled(_PERIODS_SPEC)
    spec["encoding"]["x"]["scale"] = {"type": "utc", "domain": domain_of(bins.periods, ends)}
    spec["encoding"]["x"]["axis"]["format"] = date_format(bins.step)
    return Drawing(
        pd.DataFrame(rows, columns=["begins", "ends", "n", "below", "above", "stance", "label", "period"]), spec, describe_bins(bins)
    )


def _stacked_bars(bins: TimelineBins, ends: dict[date, date]) -> list[dict[str, Any]]:
    height: dict[date, int] = defaultdict(int)
    rows = []
    for cell in sorted(bins.bins, key=lambda cell: (cell.begins_on, _stance_rank(cell.stance))):
        below = height[cell.begins_on]
        height[cell.begins_on] += cell.n_statements
        rows.append(
            {
                "begins": instant(cell.begins_on),
                "ends": instant(ends[cell.begins_on]),
                "n": cell.n_statements,
                "below": below,
                "above": height[cell.begins_on],
                "stance": cell.stance,
                "label": STANCES.get(cell.stance, cell.stance),
                "period": theme.period_words(cell.begins_on, bins.step),
            }
        )
    return rows


def _stance_rank(code: str) -> int:
    return theme.STANCE_ORDER.index(code) if code in theme.STANCE_ORDER else len(theme.STANCE_ORDER)


_IN = {"day": "on", "week": "in the"}


def describe_bins(bins: TimelineBins) -> str:
    """The chart in words: how many statements, from when to when, and the busiest period."""
    if not bins.bins:
        return "No statement in any period."
    by_period: dict[date, int] = defaultdict(int)
    for cell in bins.bins:
        by_period[cell.begins_on] += cell.n_statements
    busiest = max(by_period, key=lambda period: (by_period[period], period))
    first, last, most = (theme.period_words(period, bins.step) for period in (bins.periods[0], bins.periods[-1], busiest))
    when = f"{_IN.get(bins.step, 'in')} {most}"
    return f"Bar chart: {bins.n_statements} statements by {bins.step} from {first} to {last}; most, {by_period[busiest]}, {when}."
