"""Shifts: who changed position, when, in which words?"""

import streamlit as st

from tracker.core.links import PAGES, View
from tracker.ui import cached, drawings, markup
from tracker.ui.components import drawing, pieces
from tracker.ui.components.choices import show_choice, show_day
from tracker.ui.moving import pages_of, settled_context, shifts_context, summary_context, words_context
from tracker.workspace import Answer, Workspace

_CHOICES = {choice.parameter: choice for choice in PAGES["/shifts"].choices}


def page() -> None:
    """Draw the page."""
    begun = pieces.begin()
    if begun is None:
        return
    workspace, answered = begun
    view = answered.view
    _show_choices(view)
    pieces.show_joint(answered)
    pieces.show("shifts_summary.html", workspace, answered, lambda: summary_context(workspace, answered))
    if answered.body.shifts.lanes:
        _show_positions(workspace, view, answered)
    _show_words(workspace, view, answered)


def _show_positions(workspace: Workspace, view: View, answered: Answer) -> None:
    markup.show("legend.html", title="Positions through time; click a mark to open the statement.", is_timeline=False, is_shifts=True)
    chart = cached.drawn(workspace, "shifts", view, lambda: drawings.positions(workspace, answered))
    drawing.show_clickable(chart, "shifts.lanes")
    st.html(cached.drawn(workspace, "listed", view, lambda: _listed(workspace, answered)))


def _show_choices(view: View) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="shifts.choices"):
        for name in ("lane", "evidence", "show"):
            show_choice(_CHOICES[name], view)
        show_day(_CHOICES["on"], view, None)


def _show_words(workspace: Workspace, view: View, answered: Answer) -> None:
    """Which words entered and left the statements, before and after a day."""
    found = answered.body.wording
    markup.show("heading2.html", title="Which words came, which went?")
    if found is None:
        markup.show("note.html", text="Choose an actor, an issue or a window: the words of so many statements are not counted at once.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="shifts.words"):
        show_day(_CHOICES["split"], view, found.split_on)
        show_choice(_CHOICES["text"], view)
    pieces.show("words.html", workspace, answered, lambda: words_context(workspace, answered))


def _listed(workspace: Workspace, answered: Answer) -> str:
    changes = markup.render("shifts.html", **shifts_context(workspace, answered))
    held = markup.render("settled.html", **settled_context(workspace, answered))
    pages = pages_of(answered)
    return changes + held + (markup.render("pages.html", pages=pages, page=answered.body.shifts) if pages else "")


page()
