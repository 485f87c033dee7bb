"""Charts on a page: title, description for those who cannot see it, and what a brush or a click does to the view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import streamlit as st

from tracker.core.dates import PartialDate, Window
from tracker.core.views import View
from tracker.ui import session
from tracker.ui.charts.time_axis import BRUSH, CLICK, Drawing


def show(drawing: Drawing, key: str) -> None:
    """A chart that is only looked at."""
    st.vega_lite_chart(drawing.table, drawing.spec, width="stretch", key=key, alt=drawing.description)


def show_clickable(drawing: Drawing, key: str) -> None:
    """A chart whose marks open their statements when they are clicked."""
    _show_selecting(drawing, key, CLICK)


def show_brushed(drawing: Drawing, key: str, *, clickable: bool = False) -> None:
    """A time chart: dragging narrows the window, and a click on a mark opens its statement.

    The brush is not kept: the window it chose stands in the address and the date inputs, and the chart is drawn anew
    for that window, under a key of its own.
    """
    _show_selecting(drawing, key, [BRUSH, CLICK] if clickable else BRUSH)


def _show_selecting(drawing: Drawing, key: str, modes: str | list[str]) -> None:
    name = f"{key}.{session.view().link}"
    st.vega_lite_chart(
        drawing.table,
        drawing.spec,
        width="stretch",
        key=name,
        on_select=lambda: _react(st.session_state[name]),
        selection_mode=modes,
        alt=drawing.description,
    )


def show_clicked(drawing: Drawing, key: str, selection: str, change: Callable[[View, str], View]) -> None:
    """A chart in which a click on a mark selects ``selection``, a value that changes the view."""
    name = f"{key}.{session.view().link}"

    def apply() -> None:
        marks = st.session_state[name]["selection"].get(selection) or []
        chosen = next((str(mark[selection]) for mark in marks if mark.get(selection)), "")
        if chosen:
            session.go(change(session.view(), chosen))

    st.vega_lite_chart(
        drawing.table, drawing.spec, width="stretch", key=name, on_select=apply, selection_mode=selection, alt=drawing.description
    )


def _react(state: Mapping[str, Any]) -> None:
    selection = state["selection"]
    clicked = [mark["statement_id"] for mark in selection.get(CLICK) or [] if mark.get("statement_id")]
    if clicked:
        session.open_later(session.view().on("/statement", id=clicked[0]))
        return
    window = brushed_window(selection.get(BRUSH) or {})
    if window:
        view = session.view()
        session.go(view.selecting(view.selection.within(window)))


def brushed_window(brush: Mapping[str, Any]) -> Window | None:
    """The whole days a brush touches, given in UTC milliseconds; ``None`` for an empty brush.

    >>> brushed_window({"begins": [1469664000000, 1469836799000]}).words
    '28–29 July 2016'
    """
    edges = next((value for value in brush.values() if isinstance(value, (list, tuple)) and len(value) == 2), None)
    if not edges or edges[0] == edges[1]:
        return None
    first, last = (_day(float(edge)) for edge in sorted(edges))
    return Window(PartialDate.of(first), PartialDate.of(last))


def _day(milliseconds: float) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)).date()
