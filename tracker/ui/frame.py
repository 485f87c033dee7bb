"""One rerun: read the link, draw what all pages share, run the page."""

from __future__ import annotations

import streamlit as st

from tracker.core.dates import PartialDate, Window
from tracker.core.errors import TrackerError
from tracker.core.links import PAGES, View
from tracker.core.patience import TooSlow
from tracker.ui import cached, markup, session
from tracker.ui.components import data_sets, filters, preparing, share
from tracker.ui.registry import BY_PATH, streamlit_pages
from tracker.ui.registry import PAGES as ENTRIES
from tracker.workspace import Workspace, may_edit


def draw() -> None:
    """Draw the page the address names."""
    pages = streamlit_pages()
    chosen = st.navigation(list(pages.values()), position="hidden")
    entry = BY_PATH["/" + chosen.url_path]
    sidebar = "collapsed" if entry.needs_editing else "auto"
    st.set_page_config(page_title=f"{entry.title} · Statement Tracker", layout="wide", initial_sidebar_state=sidebar)
    try:
        view, notices = session.begin(entry.path, cached.workspace)
    except TrackerError as refused:
        _draw_refusal(refused)
        return
    workspace = session.workspace()
    filters.show(view, workspace)
    with st.container(horizontal=True, vertical_alignment="center", key="masthead"):
        st.html(cached.drawn(workspace, f"masthead {may_edit()}", view, lambda: _masthead(view)))
        share.show(view, workspace)
    opening = session.taken_opening()
    if opening:
        markup.show("opening.html", link=opening.link)
    markup.show("heading.html", title=entry.question)
    data_sets.show_state(view, workspace)
    preparing.show(view, workspace)
    if notices:
        markup.show("notices.html", notices=notices)
    try:
        with session.patient():
            _load(workspace, view)
            chosen.run()
    except TooSlow as stopped:
        markup.show("empty.html", title="This view takes too long", why=str(stopped), ways=_ways_out(view, workspace))
    st.html(cached.drawn(workspace, "footer", view, lambda: _footer(workspace, view)))


def _load(workspace: Workspace, view: View) -> None:
    """Find the page's answer; where another page stood until now, a skeleton keeps its place meanwhile."""
    slot = st.container(key="loading")
    if session.is_new_page(view.path):
        with slot.skeleton(height=320):
            cached.answer_for(workspace, view)


def _masthead(view: View) -> str:
    return markup.render("masthead.html", entries=_menu(view), home=view.alone("/").link)


def _footer(workspace: Workspace, view: View) -> str:
    return markup.render("footer.html", workspace=workspace, data=view.alone("/data").link)


def _menu(view: View) -> list[dict[str, object]]:
    return [
        {"title": entry.title, "link": view.on(entry.path).link, "is_here": entry.path == view.path}
        for entry in ENTRIES
        if entry.is_offered(may_edit()) and entry.path in PAGES
    ]


def _ways_out(view: View, workspace: Workspace) -> list[dict[str, str]]:
    """Views of less, of which an answer is likely sooner."""
    ways = [("Without the search", view.selecting(view.selection.searching("")))] if view.selection.search else []
    last = view.selection.window.last or workspace.catalogue.window.last
    if last and not view.selection.window.first:
        of_a_year = Window(PartialDate(last.year), view.selection.window.until)
        ways.append((f"From {last.year} on", view.selecting(view.selection.within(of_a_year))))
    ways.append(("The statements as a list", view.on("/statements")))
    return [{"title": title, "link": way.link} for title, way in ways if way.link != view.link]


def _draw_refusal(refused: TrackerError) -> None:
    markup.show("heading.html", title="This data set cannot be opened")
    st.text(str(refused))
