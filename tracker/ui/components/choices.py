"""A page's own choices as widgets; each writes the address."""

from __future__ import annotations

import streamlit as st

from tracker.core.links import Choice, View
from tracker.ui import session


def show_choice(choice: Choice, view: View) -> None:
    """One choice of a page as a select box."""
    words, key = dict(choice.values), f"choice.{view.path.strip('/')}.{choice.parameter}"
    st.selectbox(
        choice.title,
        list(words),
        key=session.seeded(key, view.choice(choice.parameter)),
        on_change=session.changed(key, lambda held, value: held.choosing(**{choice.parameter: value or choice.default})),
        format_func=lambda value: words[value],
        width=220,
    )
