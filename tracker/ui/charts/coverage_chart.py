"""Coverage: how many statements of whom in which month."""

from __future__ import annotations

from collections import Counter
from datetime import date

import altair as alt
import pandas as pd

from tracker.analysis.results import Coverage
from tracker.core.selection import Catalogue
from tracker.ui import theme
from tracker.ui.charts.specs import LABEL_WIDTH, Spec, compiled, filled, placeholder
from tracker.ui.charts.time_axis import Drawing
from tracker.ui.wording import distinct_labels

_MAX_ACTORS = 40
_AROUND = 150  # a chart's height includes its axis and legend


def _coverage_spec() -> Spec:
    legend = alt.Legend(orient="top", format="d", tickCount=4)
    cells = (
        alt.Chart(placeholder())
        .mark_rect(cornerRadius=2, color=theme.COUNT_COLOUR)
        .encode(
            x=alt.X("month:O", title=None, axis=alt.Axis(labelAngle=-45, labelOverlap=True)),
            y=alt.Y("actor:N", title=None, axis=alt.Axis(labelLimit=LABEL_WIDTH, labelOverlap=False, labelFlush=False)),
            opacity=alt.Opacity(
                "n:Q",
                title="statements",
                scale=alt.Scale(type="sqrt", range=[0.2, 1]),
                legend=legend,
            ),
            tooltip=[alt.Tooltip("actor:N", title="actor"), alt.Tooltip("month:O", title="month"), alt.Tooltip("n:Q", title="statements")],
        )
    )
    return compiled(cells)


_COVERAGE_SPEC = _coverage_spec()


def build_coverage_chart(coverage: Coverage, catalogue: Catalogue) -> Drawing:
    """A matrix of months and actors, most statements at the top; months without a statement stay on the axis.

    At most 40 actors are drawn; the description says how many there are.
    """
    n_by_actor = Counter()
    for cell in coverage.cells:
        n_by_actor[cell.actor_id] += cell.n_statements
    shown = [actor for actor, _ in sorted(n_by_actor.items(), key=lambda pair: (-pair[1], pair[0]))][:_MAX_ACTORS]
    labels = distinct_labels(catalogue, "actor", shown)
    rows = [{"month": _words(c.month), "actor": labels[c.actor_id], "n": c.n_statements} for c in coverage.cells if c.actor_id in labels]
    spec = filled(_COVERAGE_SPEC, height=_AROUND + 17 * max(3, len(shown)))
    spec["encoding"]["y"]["sort"] = list(labels.values())
    spec["encoding"]["x"]["scale"] = {"domain": [_words(month) for month in coverage.months]}
    description = f"Matrix of {len(shown)} of {len(n_by_actor)} actors by {len(coverage.months)} months; darker means more statements."
    return Drawing(pd.DataFrame(rows, columns=["month", "actor", "n"]), spec, description)


def _words(month: date) -> str:
    return theme.short_date(f"{month:%Y-%m}")
