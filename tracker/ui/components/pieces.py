"""What pages are put together from: the beginning they share, pieces of markup kept with their view, the choice of joint statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from tracker.core.views import PAGES
from tracker.ui import cached, markup, session
from tracker.ui.components import listing
from tracker.ui.components.choices import show_choice
from tracker.ui.wording import joint_words
from tracker.workspace import Answer, Workspace


def begin() -> tuple[Workspace, Answer] | None:
    """The page's answer with its sentence drawn; ``None``, and ways out, where nothing was found."""
    workspace, view = session.workspace(), session.view()
    answered = cached.answer_for(workspace, view)
    listing.show_sentence(answered, workspace)
    if answered.count.n_statements:
        return workspace, answered
    listing.show_empty(view, workspace)
    return None


def show(template: str, workspace: Workspace, answered: Answer, context: Callable[[], Mapping[str, Any]]) -> None:
    """A template filled with what ``context`` gives, once a data version and view."""
    st.html(cached.drawn(workspace, template, answered.view, lambda: markup.render(template, **context())))


def show_joint(answered: Answer) -> None:
    """How joint statements are counted, where there are any, with the switch."""
    if not answered.body.n_joint:
        return
    view = answered.view
    (choice,) = (choice for choice in PAGES[view.path].choices if choice.parameter == "joint")
    show_choice(choice, view)
    st.caption(joint_words(answered.body.n_joint, view))
