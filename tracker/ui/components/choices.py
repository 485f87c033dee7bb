"""A page's own choices as widgets; each writes the address."""

from __future__ import annotations

from datetime import date

import streamlit as st

from tracker.core.links import Choice, View
from tracker.ui import session


def show_day(choice: Choice, view: View, shown: date | None) -> None:
    """A choice of a day; ``shown`` is the day in force when the link names none."""
    key, asked = f"choice.{view.path.strip('/')}.{choice.parameter}", view.choice(choice.parameter)
    st.date_input(
        choice.title,
        value=None,
        key=session.seeded(key, date.fromisoformat(asked) if asked else shown),
        on_change=session.changed(key, lambda held, day: held.choosing(**{choice.parameter: day.isoformat() if day else ""})),
        min_value=date.min,
        max_value=date.max,
        format="YYYY-MM-DD",
        width=220,
    )


def show_choice(choice: Choice, view: View, width: int = 220) -> None:
    """One choice of a page as a select box."""
    words, key = dict(choice.values), f"choice.{view.path.strip('/')}.{choice.parameter}"
    st.selectbox(
        choice.title,
        list(words),
        key=session.seeded(key, view.choice(choice.parameter)),
        on_change=session.changed(key, lambda held, value: held.choosing(**{choice.parameter: value or choice.default})),
        format_func=lambda value: words[value],
        width=width,
    )
