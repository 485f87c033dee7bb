"""Single statements in lanes: the heart of the Timeline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from tracker.analysis.results import StatementRow, TimelineMarks
from tracker.core.model import Event
from tracker.core.vocabulary import STANCES
from tracker.ui import theme
from tracker.ui.charts.specs import IS_NARROW, LABEL_LIMIT, LABEL_ROOM, STANCE_COLOUR, STANCE_SHAPE, Spec, compiled, filled, placeholder
from tracker.ui.charts.time_axis import AXIS_ROOM, BRUSH, CLICK, Drawing, date_format, day_after, domain_of, ends_of, instant, time_axis
from tracker.ui.wording import said_in_short

ROW_HEIGHT = 12
LANE_PADDING = 10
MAX_STACK = 6
EVENT_BANDS = 3
_CHARACTERS = 92
"""How many letters of event labels fit side by side on the time axis of a laptop screen."""
_SLOTS = 110
"""How many marks fit side by side on the time axis of a laptop screen before they touch."""

_LETTERS, _ALL_LETTERS = 180, 80_000
"""So many letters of the words of a statement, and so many of all together: a page with many marks is to stay small."""


def _lanes_spec() -> Spec:
    base = alt.Chart(placeholder())
    room = alt.Axis(minExtent=LABEL_ROOM, maxExtent=LABEL_ROOM, labels=False, ticks=False, domain=False, grid=False)
    height = alt.Y("y:Q", title=None, axis=room)
    said = [
        alt.Tooltip("who:N", title="who"),
        alt.Tooltip("when:N", title="when"),
        alt.Tooltip("issue:N", title="issue"),
        alt.Tooltip("label:N", title="stance"),
        alt.Tooltip("words:N", title="words"),
    ]
    happened = [alt.Tooltip("words:N", title="event"), alt.Tooltip("when:N", title="on")]
    colour = alt.Color("stance:N", scale=STANCE_COLOUR, legend=None)
    clicked = alt.selection_point(name=CLICK, fields=["statement_id"], on="click", toggle=False)
    bands = base.mark_rule(color=theme.GRID_COLOUR).encode(y=height).transform_filter("datum.kind == 'edge'")
    labels = (
        base.mark_text(align="right", baseline="middle", dx=-8, fontSize=12, limit=LABEL_LIMIT, color=theme.LABEL_COLOUR)
        .encode(
            x=alt.value(0), y=height, text="lane:N", tooltip=[alt.Tooltip("lane:N", title="lane"), alt.Tooltip("n:Q", title="statements")]
        )
        .transform_filter("datum.kind == 'lane'")
    )
    rules = (
        base.mark_rule(color=theme.EVENT_COLOUR, strokeDash=[3, 3], opacity=0.4)
        .encode(x="begins:T", tooltip=happened)
        .transform_filter("datum.kind == 'event'")
    )
    titles = [
        base.mark_text(align="left", dx=3, dy=-7 - 14 * band, fontSize=11, color=theme.EVENT_COLOUR)
        .encode(x="begins:T", y=alt.value(0), text="words:N", tooltip=happened)
        .transform_filter(f"datum.kind == 'event' && datum.band == {band} && !{IS_NARROW}")
        for band in range(EVENT_BANDS)
    ]
    spans = (
        base.mark_rule(strokeWidth=5, opacity=0.6, strokeCap="butt", cursor="pointer")
        .encode(x="begins:T", x2="ends:T", y=height, color=colour, tooltip=said)
        .transform_filter("datum.kind == 'span'")
    )
    points = (
        base.mark_point(filled=True, size=60, opacity=0.95, cursor="pointer")
        .encode(
            x=time_axis(labelOverlap=True, tickCount=8),
            y=height,
            color=colour,
            shape=alt.Shape("stance:N", scale=STANCE_SHAPE, legend=None),
            tooltip=said,
        )
        .transform_filter("datum.kind == 'point'")
        .add_params(clicked, alt.selection_interval(name=BRUSH, encodings=["x"]))
    )
    return compiled(alt.layer(bands, labels, rules, *titles, spans, points))


_LANES_SPEC = _lanes_spec()
_LANE_COLUMNS = ["kind", "statement_id", "begins", "ends", "lane", "y", "band", "n", "stance", "label", "who", "when", "issue", "words"]


def build_lanes_chart(
    marks: TimelineMarks,
    events: Sequence[Event],
    periods: Sequence[date],
    step: str,
    *,
    lane_of: Callable[[StatementRow], str],
    lane_labels: Sequence[str],
    names: Callable[[str, str], str],
) -> Drawing:
    """Every statement as a mark in its lane: colour and shape tell the stance, a bar a date known only to the month.

    Marks of a lane that would touch stand one above another, and a lane is as high as it needs. ``lane_labels`` are
    the lanes from top to bottom. Rows carry ``statement_id``; rows of ``kind`` "event" are rules, "lane" and "edge"
    the frame. Events before or after the periods have no rule. Clicking selects ``statement_id``.
    """
    ends = ends_of(periods, step)
    n_days = max(1, (ends[periods[-1]] - periods[0]).days) if periods else 1
    placed, depth = levels(marks.rows, lane_of, n_days)
    frame, tops, height = _lane_frame(lane_labels, depth, marks)
    first, last = (periods[0], ends[periods[-1]]) if periods else (date.min, date.max)
    n_letters = min(_LETTERS, _ALL_LETTERS // max(1, len(marks.rows)))
    rows = [
        _mark_row(statement, lane, names, first, last, n_letters) | {"y": tops[lane] + LANE_PADDING / 2 + ROW_HEIGHT * (level + 0.5)}
        for statement, lane, level in placed
    ]
    # A rule beside the axis would make the chart narrower, and the axes of the two charts would part.
    on_axis = [event for event in events if first <= event.happened_on.first < last]
    rows += frame + (_event_rows(on_axis, first, n_days) if periods else [])
    spec = filled(_LANES_SPEC, height=height + AXIS_ROOM + (EVENT_BANDS * 14 + 8 if on_axis else 0))
    for layer in spec["layer"]:
        if layer["encoding"].get("x", {}).get("field"):
            layer["encoding"]["x"]["scale"] = {"type": "utc", "domain": domain_of(periods, ends)}
        if "axis" in layer["encoding"].get("x", {}):
            layer["encoding"]["x"]["axis"]["format"] = date_format(step)
        if layer["encoding"].get("y", {}).get("field"):
            layer["encoding"]["y"]["scale"] = {"domain": [0, height], "nice": False, "zero": False, "reverse": True}
    description = (
        f"{len(marks.rows)} statements as marks in {len(lane_labels)} lanes, {len(on_axis)} events as dashed rules. "
        "The same statements are listed below the chart."
    )
    return Drawing(pd.DataFrame(rows, columns=_LANE_COLUMNS), spec, description)


def levels(
    statements: Sequence[StatementRow], lane_of: Callable[[StatementRow], str], n_days: int
) -> tuple[list[tuple[StatementRow, str, int]], dict[str, int]]:
    """Each statement with its lane and its level in it, so that marks do not touch; and how deep each lane is."""
    apart = max(1.0, n_days / _SLOTS)
    free: dict[str, list[float]] = defaultdict(list)
    placed = []
    for statement in sorted(statements, key=lambda row: (row.stated_from, row.stated_to, row.statement_id)):
        lane, begins = lane_of(statement), float(statement.stated_from.toordinal())
        level = next((i for i, until in enumerate(free[lane]) if until <= begins), len(free[lane]))
        level = level if level < MAX_STACK else min(range(MAX_STACK), key=lambda i: free[lane][i])
        free[lane][level : level + 1] = [statement.stated_to.toordinal() + apart]
        placed.append((statement, lane, level))
    return placed, {lane: len(levels) for lane, levels in free.items()}


def _lane_frame(
    lane_labels: Sequence[str], depth: dict[str, int], marks: TimelineMarks
) -> tuple[list[dict[str, Any]], dict[str, float], float]:
    """The label and edge of every lane, where each begins, and the height of all."""
    rows, tops, top = [], {}, 0.0
    for label, counted in zip(lane_labels, marks.lanes, strict=True):
        tops[label] = top
        high = LANE_PADDING + ROW_HEIGHT * max(1, depth.get(label, 1))
        rows.append({"kind": "lane", "lane": label, "y": top + high / 2, "n": counted.n_statements})
        top += high
        rows.append({"kind": "edge", "y": top})
    return rows, tops, max(top, 40.0)


def _mark_row(
    statement: StatementRow, lane: str, names: Callable[[str, str], str], first: date, last: date, n_letters: int
) -> dict[str, Any]:
    """The row of a mark; a span is drawn as far as the window reaches. Of the words its tooltip has so many letters."""
    return {
        "kind": "point" if statement.date_precision == "day" else "span",
        "statement_id": statement.statement_id,
        "begins": instant(max(statement.stated_from, first)),
        "ends": instant(min(day_after(statement.stated_to), last)),
        "lane": lane,
        "stance": statement.stance_code,
        "label": STANCES.get(statement.stance_code, statement.stance_code),
        "who": f"{statement.spokesperson or statement.organisation} ({names('actor', statement.actor_id)})",
        "when": theme.date_words(statement.stated_on),
        "issue": names("issue", statement.issue_id),
        "words": said_in_short(statement, n_letters),
    }


def _event_rows(events: Sequence[Event], begins: date, n_days: int) -> list[dict[str, Any]]:
    """Rows of the rules; ``band`` is the line its label stands in, -1 when there is no room for it (hover tells it)."""
    free, rows = [0.0] * EVENT_BANDS, []
    for event in sorted(events, key=lambda event: event.happened_on.first):
        at = (event.happened_on.first - begins).days / n_days * _CHARACTERS
        room = [band for band in range(EVENT_BANDS) if free[band] <= at and at + len(event.title) <= _CHARACTERS + 4]
        if room:
            free[room[0]] = at + len(event.title) + 3
        rows.append(
            {
                "kind": "event",
                "begins": instant(event.happened_on.first),
                "ends": instant(event.happened_on.last),
                "band": room[0] if room else -1,
                "when": event.happened_on.words,
                "words": event.title,
            }
        )
    return rows
