"""The history of a data set or of one statement, with what can be undone."""

from __future__ import annotations

import streamlit as st

from tracker.core.errors import TrackerError
from tracker.ui import cached, markup
from tracker.workspace import Workspace, may_edit
from tracker.workspace.importing import undo
from tracker.workspace.told import what_was_done

_SHOWN = 50


def show_revisions(workspace: Workspace, *, offers_undo: bool = False) -> None:
    """What was done to the data set on the screen, newest first; each can be looked at as of then, and undone."""
    ledger = cached.library().ledger
    revisions = ledger.revisions(workspace.code, limit=_SHOWN) if ledger else ()
    rows = [
        {
            "revision": revision,
            "done": what_was_done(revision),
            "then": f"/?data={workspace.code}&asof={revision.at:%Y-%m-%dT%H:%M:%S}.{revision.at.microsecond:06d}Z",
        }
        for revision in revisions
    ]
    markup.show("revisions.html", rows=rows, title=workspace.code)
    if rows and may_edit() and offers_undo:
        _show_undo({row["revision"].revision_id: row["done"] for row in rows})


def _show_undo(done: dict[int, str]) -> None:
    with st.form("history.undo"):
        left, middle, right = st.columns([2, 1, 1], vertical_alignment="bottom")
        chosen = left.selectbox("Undo", list(done), format_func=lambda number: f"revision {number}: {done[number]}"[:90])
        who = middle.text_input("Who", max_chars=80, key="history.who")
        why = right.text_input("Why", max_chars=200, key="history.why")
        if not st.form_submit_button("Undo it, by a new revision"):
            return
    if not who.strip():
        st.warning("Say who you are: the history names everybody who changed something.")
        return
    try:
        revision = undo(cached.library(), chosen, who=who.strip(), why=why.strip())
    except TrackerError as refused:
        st.error("Nothing was changed.")
        st.text(str(refused))
        return
    markup.show("kept.html", revision=revision, link=f"/?data={revision.data_set}")
