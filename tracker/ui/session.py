"""The view on the screen: read from the address on every run, changed only by writing the address.

Session keys: ``view`` and ``workspace`` (set by :func:`begin` on every run, read by callbacks, which run before the script) and
``opening`` (a View; set by :func:`open_later` in callbacks that lead to another page, taken by the frame, which draws
a link that `assets/links.js` follows: `st.switch_page` would leave two entries in the history).
``path`` is the page drawn last.
Widget keys are seeded from the view before the widget is drawn, so that Back and links move the widgets too.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from tracker.core import patience
from tracker.core.links import Notice, View, asked_opening, read_parameters
from tracker.workspace import Workspace


def begin(path: str, open_data: Callable[[str, str], Workspace]) -> tuple[View, tuple[Notice, ...]]:
    """The view the address names, with the data it asks for opened, and notices for what could not be followed."""
    given = {name: st.query_params.get_all(name) for name in st.query_params}
    opened = open_data(*asked_opening(given))
    view, notices = read_parameters(path, given, opened.catalogue)
    st.session_state["view"], st.session_state["workspace"] = view, opened
    return view, notices


def workspace() -> Workspace:
    """The data of the run that is going on."""
    return st.session_state["workspace"]


def view() -> View:
    """The view of the run that is going on, or of the last one when a callback asks."""
    return st.session_state["view"]


def go(new: View) -> None:
    """Put another view of the same page into the address: one history entry, none when nothing changed."""
    if new.parameters != view().parameters:
        st.session_state["view"] = new
        st.query_params.from_dict(new.parameters)


def open_later(asked: View) -> None:
    """Remember, in a callback, the page to open when the script runs."""
    st.session_state["opening"] = asked


def taken_opening() -> View | None:
    """The view a callback asked to open, once."""
    return st.session_state.pop("opening", None)


def is_new_page(path: str) -> bool:
    """Whether another page, or none, was drawn before this one; asked once a run (key ``path``)."""
    is_new = st.session_state.get("path") != path
    st.session_state["path"] = path
    return is_new


def seeded(key: str, value: Any) -> str:
    """The key of a widget whose value now is the view's, whatever it was before."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key


def changed(key: str, change: Callable[[View, Any], View]) -> Callable[[], None]:
    """A widget's callback: the view after the change, put into the address."""

    def apply() -> None:
        go(change(view(), st.session_state[key]))

    return apply


def patient() -> AbstractContextManager[None]:
    """Within it, questions end when they take too long, and when the visitor clicked on or closed the page.

    Streamlit tells a run that it is over only when the run draws something, which it does not while it waits for an
    answer; so what is asked of the run is looked at from outside, and raised by Streamlit's own check.
    """
    running = get_script_run_ctx(suppress_warning=True)
    requests = running.script_requests if running else None
    if running is None or requests is None:
        return patience.patient(patience.limit_seconds())
    return patience.patient(patience.limit_seconds(), lambda: requests._state is not ScriptRequestType.CONTINUE, running.yield_check)
