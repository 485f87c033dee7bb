"""Positions through time: one lane an actor and issue, bars for positions held, marks for the statements."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from tracker.analysis.periods import fit_step
from tracker.analysis.shifts import Lane, Mark
from tracker.core.vocabulary import STANCES
from tracker.ui import theme
from tracker.ui.charts.lanes_chart import levels
from tracker.ui.charts.specs import IS_NARROW, LABEL_WIDTH, STANCE_COLOUR, STANCE_SHAPE, Spec, compiled, filled, placeholder
from tracker.ui.charts.time_axis import AXIS_ROOM, CLICK, Drawing, date_format, day_after, instant, time_axis
from tracker.ui.wording import said_in_short

LANE_HEIGHT, MARK_HEIGHT = 46, 11
_LETTERS, _LINE = 24, 13
"""So many letters of an issue in a line of its label, and how high a line is."""
_ROOM = alt.ExprRef(f"{IS_NARROW} ? 126 : {LABEL_WIDTH}")
_LIMIT = alt.ExprRef(f"{IS_NARROW} ? 118 : {LABEL_WIDTH - 10}")
STATES = {
    "evidence": "evidence",
    "repeat": "says the same again",
    "contested": "contradicted on the same day",
    "unplaced": "its date may be before or after another stance",
    "not coded": "stance not coded",
    "possibly": "only possibly in this window",
    "retracted": "withdrawn or corrected since",
    "does not speak": "does not speak for the state",
}


def _spec() -> Spec:
    base = alt.Chart(placeholder())
    room = alt.Axis(minExtent=_ROOM, maxExtent=_ROOM, labels=False, ticks=False, domain=False, grid=False)
    height = alt.Y("y:Q", title=None, axis=room)
    colour = alt.Color("stance:N", scale=STANCE_COLOUR, legend=None)
    said = [alt.Tooltip(f"{name}:N", title=title) for name, title in _SAID]
    clicked = alt.selection_point(name=CLICK, fields=["statement_id"], on="click", toggle=False)
    edges = base.mark_rule(color=theme.GRID_COLOUR).encode(y=height).transform_filter("datum.kind == 'edge'")
    tip = [alt.Tooltip("lane:N", title="actor"), alt.Tooltip("issue:N", title="issue"), alt.Tooltip("words:N", title="statements")]
    labels = [
        base.mark_text(align="right", baseline="middle", dx=-8, fontSize=size, limit=_LIMIT, color=theme.LABEL_COLOUR)
        .encode(x=alt.value(0), y=height, text="label:N", tooltip=tip)
        .transform_filter(f"datum.kind == '{kind}'")
        for kind, size in (("lane", 12), ("issue", 10))
    ]
    held = (
        base.mark_rule(strokeWidth=16, opacity=0.28, strokeCap="butt")
        .encode(x="begins:T", x2="ends:T", y=height, color=colour, tooltip=[alt.Tooltip("words:N", title="position held")])
        .transform_filter("datum.kind == 'held'")
    )
    carried = (
        base.mark_rule(strokeWidth=2, strokeDash=[2, 4], opacity=0.8)
        .encode(x="begins:T", x2="ends:T", y=height, color=colour)
        .transform_filter("datum.kind == 'carried'")
    )
    spans = (
        base.mark_rule(strokeWidth=4, strokeDash=[5, 3], opacity=0.7, cursor="pointer")
        .encode(x="begins:T", x2="ends:T", y=height, color=colour, tooltip=said)
        .transform_filter("datum.kind == 'span'")
    )
    shape = alt.Shape("stance:N", scale=STANCE_SHAPE, legend=None)
    in_spans = [
        base.mark_point(filled=is_evidence, size=50, strokeWidth=1.4, opacity=0.9, cursor="pointer")
        .encode(x=alt.X("middle:T", title=None), y=height, color=colour, shape=shape, tooltip=said)
        .transform_filter(f"datum.kind == 'span' && datum.state {'==' if is_evidence else '!='} 'evidence'")
        for is_evidence in (True, False)
    ]
    open_marks = (
        base.mark_point(filled=False, size=50, strokeWidth=1.4, opacity=0.9, cursor="pointer")
        .encode(x="begins:T", y=height, color=colour, shape=shape, tooltip=said)
        .transform_filter("datum.kind == 'open'")
    )
    points = (
        base.mark_point(filled=True, size=70, opacity=0.95, cursor="pointer")
        .encode(x=time_axis(labelOverlap=True, tickCount=8), y=height, color=colour, shape=shape, tooltip=said)
        .transform_filter("datum.kind == 'point'")
        .add_params(clicked)
    )
    return compiled(alt.layer(edges, *labels, held, carried, spans, *in_spans, open_marks, points))


_SAID = (("who", "who"), ("when", "when"), ("label", "stance"), ("state", "counts as"), ("words", "words"))
_SPEC = _spec()
_COLUMNS = ["kind", "statement_id", "begins", "middle", "ends", "y", "lane", "issue", "stance", "label", "state", "who", "when", "words"]


def build_shifts_chart(
    lanes: Sequence[Lane], labels: Sequence[tuple[str, str]], names: Callable[[str, str], str], first: date, last: date
) -> Drawing:
    """One lane for each of ``lanes``, named by ``labels`` (who, issue), from the first to the last day.

    A bar is a position held, from the day of its first statement to the end of the day of its last; the dots after it say
    that it is taken to go on until the next. Filled marks are evidence, open ones are not (the tooltip says why), dashes are
    the days that a date known only to the month or year may mean, with the shape of the stance in their middle. Clicking a
    mark selects ``statement_id``.
    """
    rows: list[dict[str, Any]] = [{"kind": "edge", "y": 0.0}]
    until = day_after(last)
    for place, (lane, (who, issue)) in enumerate(zip(lanes, labels, strict=True)):
        top = place * LANE_HEIGHT
        n = theme.plural(lane.n_statements, "statement")
        rows += _labels(who, issue, n, top + LANE_HEIGHT / 2)
        rows += _stretches(lane, top, until)
        rows += _marks(lane, top, names, first, until)
        rows.append({"kind": "edge", "y": top + LANE_HEIGHT})
    height = max(1, len(lanes)) * LANE_HEIGHT
    spec = filled(_SPEC, height=height + AXIS_ROOM)
    for layer in spec["layer"]:
        if layer["encoding"].get("x", {}).get("field"):
            layer["encoding"]["x"]["scale"] = {"type": "utc", "domain": [_vega(first), _vega(until)]}
            if "axis" in layer["encoding"]["x"]:
                layer["encoding"]["x"]["axis"]["format"] = date_format(fit_step(first, last))
        if layer["encoding"].get("y", {}).get("field"):
            layer["encoding"]["y"]["scale"] = {"domain": [0, height], "nice": False, "zero": False, "reverse": True}
    return Drawing(pd.DataFrame(rows, columns=_COLUMNS), spec, _description(lanes))


def _labels(who: str, issue: str, n: str, middle: float) -> list[dict[str, Any]]:
    """Rows of a lane's name and of its issue, whose words take a second line before any is cut."""
    told = {"lane": who, "issue": issue, "words": n}
    lines = textwrap.wrap(issue, _LETTERS, max_lines=2, placeholder="…")
    tops = [middle + _LINE * (place - len(lines) / 2) for place in range(len(lines) + 1)]
    texts = [("lane", who), *(("issue", line) for line in lines)]
    return [told | {"kind": kind, "label": text, "y": y} for (kind, text), y in zip(texts, tops, strict=True)]


def _vega(day: date) -> dict[str, str]:
    return {"signal": f"utc({day.year}, {day.month - 1}, {day.day})"}


def _stretches(lane: Lane, top: float, until: date) -> list[dict[str, Any]]:
    rows = []
    for place, stretch in enumerate(lane.stretches):
        ends = lane.stretches[place + 1].first.stated_from if place + 1 < len(lane.stretches) else until
        words = f"{STANCES[stretch.stance]}: {theme.plural(stretch.n_evidence, 'statement')} of evidence, {stretch.n_against} against"
        common = {"y": top + LANE_HEIGHT / 2, "stance": stretch.stance, "words": words}
        last = day_after(max(stretch.last.stated_to, stretch.first.stated_to))
        rows.append({"kind": "held", "begins": instant(stretch.first.stated_from), "ends": instant(last)} | common)
        rows.append({"kind": "carried", "begins": instant(last), "ends": instant(max(ends, last))} | common)
    return rows


def _marks(lane: Lane, top: float, names: Callable[[str, str], str], first: date, until: date) -> list[dict[str, Any]]:
    by_id = {mark.row.statement_id: mark for mark in lane.marks}
    placed, depth = levels([mark.row for mark in lane.marks], lambda row: "", (until - first).days)
    middle = top + LANE_HEIGHT / 2
    apart = min(MARK_HEIGHT, (LANE_HEIGHT - 6) / max(1, depth.get("", 1)))
    begins = middle - apart * (depth.get("", 1) - 1) / 2
    return [_mark(by_id[row.statement_id], names, first, until) | {"y": begins + apart * level} for row, _, level in placed]


def _mark(mark: Mark, names: Callable[[str, str], str], first: date, until: date) -> dict[str, Any]:
    row = mark.row
    begins, ends = instant(max(row.stated_from, first)), instant(min(day_after(row.stated_to), until))
    kind = "span" if row.date_precision != "day" else "point" if mark.state == "evidence" else "open"
    return {
        "kind": kind,
        "statement_id": row.statement_id,
        "begins": begins,
        "middle": begins + (ends - begins) / 2,
        "ends": ends,
        "stance": row.stance_code,
        "label": STANCES.get(row.stance_code, row.stance_code),
        "state": STATES.get(mark.state, mark.state),
        "who": f"{row.spokesperson or row.organisation} ({names('actor', row.actor_id)})",
        "when": theme.date_words(row.stated_on),
        "words": said_in_short(row),
    }


def _description(lanes: Sequence[Lane]) -> str:
    n_shifts = sum(len(lane.shifts) for lane in lanes)
    n_marks = sum(len(lane.marks) for lane in lanes)
    return (
        f"Positions through time in {theme.plural(len(lanes), 'lane')}: {theme.plural(n_shifts, 'change')} of position and "
        f"{theme.plural(n_marks, 'statement')}. The same changes are listed below with their words."
    )
