"""Which data, and as of when: a line where it is not the usual, and the choice on the Overview."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from tracker.core.links import end_of
from tracker.core.selection import Selection
from tracker.core.views import View
from tracker.ui import cached, markup, session
from tracker.workspace import Workspace


def show_state(view: View, workspace: Workspace) -> None:
    """A line that says which data set this is, and as of when, unless it is the one that opens unasked, as it is now."""
    if view.data_set or view.as_of:
        title = workspace.catalogue.data_sets.get(workspace.code, workspace.code) if view.data_set else ""
        markup.show("state.html", title=title, as_of=_moment_words(view.as_of), now=replace(view, as_of="").link)


def _moment_words(as_of: str) -> str:
    moment = end_of(as_of)
    return f"{moment:%-d %B %Y, %H:%M:%S} UTC" if moment else ""


def show_choice(view: View, workspace: Workspace) -> None:
    """The choice of a data set; nothing when there is only one."""
    titles = cached.library().titles()
    if len(titles) < 2:
        return
    st.selectbox(
        "Data set",
        list(titles),
        key=session.seeded("data.set", workspace.code),
        on_change=session.changed("data.set", _of_data_set),
        format_func=titles.__getitem__,
        width=320,
    )


def _of_data_set(view: View, code: str) -> View:
    first = next(iter(cached.library().titles()))
    return replace(view, selection=Selection(), data_set="" if code == first else code, as_of="")
