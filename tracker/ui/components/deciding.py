"""What every change on a page has in common: who did it, what refused it, and what was done."""

from __future__ import annotations

import streamlit as st

from tracker.core.errors import TrackerError
from tracker.ui import cached, markup
from tracker.workspace.importing import Revision


def is_signed(who: str) -> bool:
    """Whether somebody gave a name; says that one is needed when not."""
    if who.strip():
        return True
    st.warning("Say who you are: the history names everybody who changed something.")
    return False


def show_refusal(what: str, refused: TrackerError | str) -> None:
    """What was not done, and in the same box why, kept in sight; the words may hold a stranger's text and are only text."""
    markup.show("refused.html", what=what, why=str(refused))


def show_done(code: str, revision: Revision, link: str) -> None:
    """What is in force now; the version to be looked at is begun at once and need not wait for a reader."""
    cached.library().prepare(code)
    markup.show("kept.html", revision=revision, link=link)
