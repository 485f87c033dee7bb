"""The only caches: the library of open data sets, and answers and drawn pieces by data version and view."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from tracker.core.links import View
from tracker.workspace import Answer, Library, Workspace, answer, data_paths, ledger_place

_OPENING = threading.Lock()
_LIBRARIES: dict[tuple[object, ...], Library] = {}
_T = TypeVar("_T")


def library() -> Library:
    """The data sets of this server, shared by all sessions."""
    key = (data_paths(), ledger_place())
    with _OPENING:
        if key not in _LIBRARIES:
            _LIBRARIES[key] = Library()
    return _LIBRARIES[key]


def workspace(data_set: str = "", as_of: str = "") -> Workspace:
    """An open data set as of a moment, shared by all sessions; raises TrackerError in words when it cannot be opened."""
    return library().open(data_set, as_of)


@st.cache_resource(max_entries=512, show_spinner=False)
def _answer(data_version: str, link: str, _workspace: Workspace, _view: View) -> Answer:
    return answer(_workspace, _view)


def answer_for(opened: Workspace, view: View) -> Answer:
    """What the view's page shows, computed once a data version and link; answers are frozen, so they are shared."""
    return _answer(opened.data_version, view.link, opened, view)


@st.cache_resource(max_entries=2048, show_spinner=False)
def _drawn(data_version: str, what: str, link: str, _build: Callable[[], object]) -> object:
    return _build()


def drawn(opened: Workspace, what: str, view: View, build: Callable[[], _T]) -> _T:
    """A rendered piece of a page (markup, chart rows), built once a data version and link; never change it."""
    return _drawn(opened.data_version, what, view.link, build)


def warm_up() -> None:
    """Open the data and answer the first page, so that the first visitor does not wait for either."""
    open_now = workspace()
    for path in ("/", "/timeline", "/compare", "/shifts", "/statements", "/data"):
        answer(open_now, View(path))
