"""The only caches: the open workspace, and answers by data version and view."""

from __future__ import annotations

import threading
from typing import Any

import streamlit as st

from tracker.core.links import View
from tracker.workspace import Answer, Workspace, answer, default_data_path, open_workspace

_OPENING = threading.Lock()
_OPEN: dict[str, Workspace] = {}


def workspace() -> Workspace:
    """The open data set, shared by all sessions; opened at the first call. Raises DataSetRefused."""
    path = default_data_path()
    if str(path) not in _OPEN:
        with _OPENING:
            if str(path) not in _OPEN:
                _OPEN[str(path)] = open_workspace(path)
    return _OPEN[str(path)]


@st.cache_resource(max_entries=512, show_spinner=False)
def _answer(_workspace: Workspace, data_version: str, link: str, _view: View) -> Answer:
    return answer(_workspace, _view)


def answer_for(view: View) -> Answer:
    """What the view's page shows, computed once a data version and link; answers are frozen, so they are shared."""
    open_now = workspace()
    return _answer(open_now, open_now.data_version, view.link, view)


@st.cache_resource(max_entries=512, show_spinner=False)
def drawn(data_version: str, what: str, link: str, _build: Any) -> Any:
    """A rendered piece of a page (markup, chart rows), built once a data version and link; never change it."""
    return _build()


def warm_up() -> None:
    """Open the data and answer the first page, so that the first visitor does not wait for either."""
    open_now = workspace()
    for path in ("/", "/timeline", "/compare", "/statements", "/data"):
        answer(open_now, View(path))
