"""Timeline: who said what, when?"""

import streamlit as st

from tracker.core.links import PAGES, View
from tracker.ui import cached, drawings, markup
from tracker.ui.components import drawing, listing, pieces
from tracker.ui.components.choices import show_choice
from tracker.workspace import Answer, Workspace

_LISTED = 30


def page() -> None:
    """Draw the page."""
    begun = pieces.begin()
    if begun is None:
        return
    workspace, answered = begun
    view = answered.view
    _show_choices(view)
    pieces.show_joint(answered)
    is_density = answered.body.marks.is_density
    periods = cached.drawn(workspace, "periods", view, lambda: drawings.periods(workspace, answered))
    lanes = cached.drawn(workspace, "lanes", view, lambda: drawings.lanes(workspace, answered))
    pieces.show("legend.html", workspace, answered, lambda: {"title": _title(answered, is_density), "is_timeline": True})
    drawing.show_brushed(periods, "timeline.periods")
    drawing.show_brushed(lanes, "timeline.lanes", clickable=not is_density)
    st.html(cached.drawn(workspace, "listed", view, lambda: _listed(workspace, view, answered)))


def _show_choices(view: View) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="timeline.choices"):
        for choice in PAGES[view.path].choices:
            if choice.parameter != "joint":
                show_choice(choice, view)


def _title(answered: Answer, is_density: bool) -> str:
    body = answered.body
    hint = "Drag over the chart to narrow the window"
    if is_density:
        steps = body.bins.step if body.bins.step == body.lane_bins.step else f"{body.bins.step}, in lanes by {body.lane_bins.step}"
        return f"How many statements, by {steps}? Too many to draw one by one. {hint}."
    return f"Who said what, by {body.bins.step}? {hint}; click a mark to open the statement."


def _listed(workspace: Workspace, view: View, answered: Answer) -> str:
    """The events and the first statements of the window; where there are too many to draw, the way to the list."""
    rows, as_list = answered.body.marks.rows, view.on("/statements", sort="oldest").link
    events = [{"when": event.happened_on.words, "event": event} for event in answered.body.events]
    found = markup.render("events.html", events=events)
    if not rows:
        note = f"{answered.count.n_statements:,} statements are too many to list here: narrow the window, or open them as a list."
        return found + markup.render("note.html", text=note) + markup.render("way.html", title="Open the list", link=as_list)
    more = {"title": f"All {len(rows):,} as a list", "link": as_list} if len(rows) > _LISTED else None
    label = "Statements of this timeline, oldest first"
    return found + listing.rows_of(rows[:_LISTED], workspace, view, label, "In their words, oldest first", more)


page()
