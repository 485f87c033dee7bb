"""How many statements each lane holds: what the Timeline draws when single statements could not be told apart."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import altair as alt
import pandas as pd

from tracker.analysis.results import TimelineBins
from tracker.ui import theme
from tracker.ui.charts.specs import LABEL_LIMIT, LABEL_ROOM, Spec, compiled, filled, placeholder
from tracker.ui.charts.time_axis import AXIS_ROOM, BRUSH, LEGEND_ROOM, Drawing, date_format, domain_of, ends_of, instant, time_axis
from tracker.ui.charts.timeline_chart import describe_bins


def _density_spec() -> Spec:
    cells = (
        alt.Chart(placeholder())
        .mark_rect(color=theme.COUNT_COLOUR)
        .encode(
            x=time_axis(labelOverlap=True, tickCount=8),
            x2="ends:T",
            y=alt.Y(
                "lane:N",
                title=None,
                axis=alt.Axis(
                    minExtent=LABEL_ROOM, maxExtent=LABEL_ROOM, labelLimit=LABEL_LIMIT, labelOverlap=False, ticks=False, domain=False
                ),
            ),
            opacity=alt.Opacity("n:Q", title="statements", scale=alt.Scale(type="sqrt", range=[0.18, 1]), legend=alt.Legend(orient="top")),
            tooltip=[alt.Tooltip("lane:N", title="lane"), alt.Tooltip("period:N", title="period"), alt.Tooltip("n:Q", title="statements")],
        )
        .add_params(alt.selection_interval(name=BRUSH, encodings=["x"]))
    )
    return compiled(cells)


_DENSITY_SPEC = _density_spec()


def build_density_chart(bins: TimelineBins, lane_labels: dict[str, str]) -> Drawing:
    """How many statements each lane holds in each period, for windows with more statements than can be told apart.

    ``lane_labels`` maps the codes of the lanes shown to their labels, top to bottom; other lanes are not drawn.
    """
    ends = ends_of(bins.periods, bins.step)
    counts: dict[tuple[date, str], int] = defaultdict(int)
    for cell in bins.bins:
        if cell.lane in lane_labels:
            counts[cell.begins_on, cell.lane] += cell.n_statements
    rows = [
        {
            "begins": instant(begins),
            "ends": instant(ends[begins]),
            "lane": lane_labels[lane],
            "n": n,
            "period": theme.period_words(begins, bins.step),
        }
        for (begins, lane), n in counts.items()
    ]
    spec = filled(_DENSITY_SPEC, height=AXIS_ROOM + LEGEND_ROOM + 22 * max(2, len(lane_labels)))
    spec["encoding"]["x"]["axis"]["format"] = date_format(bins.step)
    spec["encoding"]["x"]["scale"] = {"type": "utc", "domain": domain_of(bins.periods, ends)}
    spec["encoding"]["y"]["sort"] = list(lane_labels.values())
    return Drawing(pd.DataFrame(rows, columns=["begins", "ends", "lane", "n", "period"]), spec, describe_bins(bins))
