"""The history of a data set or of one statement, with what can be undone."""

from __future__ import annotations

from itertools import islice

import streamlit as st

from tracker.core.errors import TrackerError
from tracker.core.views import View
from tracker.ui import cached, markup, session
from tracker.ui.components import deciding
from tracker.workspace import Workspace, may_edit
from tracker.workspace.editing import Change, changed_columns
from tracker.workspace.importing import undo
from tracker.workspace.told import disk_in_words, what_was_done

_SHOWN, _SHOWN_CHANGES = 50, 200


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
    if changed := cached.library().began_otherwise(workspace.code):
        markup.show("changed_on_disk.html", text=disk_in_words(changed))
    markup.show("revisions.html", rows=rows, title=workspace.code, most=_SHOWN)
    if rows and may_edit() and offers_undo:
        _show_undo({row["revision"].revision_id: row["done"] for row in rows})


def show_changes(workspace: Workspace, view: View) -> None:
    """What changed since an earlier data version, for a reader who was sent a link made on it."""
    ledger = cached.library().ledger
    revisions = ledger.revisions(workspace.code, limit=_SHOWN) if ledger and workspace.revision_id else ()
    if not revisions:
        return
    versions = {held.data_version[:12]: f"{held.data_version[:12]}: {what_was_done(held)}" for held in revisions}
    asked = view.choice("changes")[:12].casefold()
    st.selectbox(
        "What changed since version",
        ["", *versions],
        key=session.seeded("data.changes", asked if asked in versions else ""),
        on_change=session.changed("data.changes", lambda held, version: held.choosing(changes=version or "")),
        format_func=lambda version: versions.get(version, "(choose a version)"),
    )
    if asked and asked not in versions:
        markup.show("note.html", text=f"Version {asked} is not among the last {_SHOWN} states of this data set.")
    elif asked:
        older = next(held for held in revisions if held.data_version.startswith(asked))
        changes = list(islice(ledger.changes_between(workspace.code, older.revision_id, workspace.revision_id), _SHOWN_CHANGES + 1))
        rows = [_change_row(change, view) for change in changes[:_SHOWN_CHANGES]]
        markup.show("changed_since.html", rows=rows, has_more=len(changes) > _SHOWN_CHANGES)


def _change_row(change: Change, view: View) -> dict[str, object]:
    statement = change.after or change.before
    done = "new" if change.before is None else "withdrawn" if change.after is None else "changed"
    columns = ", ".join(name for name, _, _ in changed_columns(change)) if done == "changed" else ""
    link = view.alone("/statement", id=change.statement_id).link
    return {"statement": statement, "done": done, "columns": columns, "link": link if change.after else ""}


def _show_undo(done: dict[int, str]) -> None:
    with st.form("history.undo"):
        left, middle, right = st.columns([2, 1, 1], vertical_alignment="bottom")
        chosen = left.selectbox("Undo", list(done), format_func=lambda number: f"revision {number}: {done[number]}"[:90])
        who = middle.text_input("Who", max_chars=80, key="history.who")
        why = right.text_input("Why", max_chars=200, key="history.why")
        if not st.form_submit_button("Undo it, by a new revision"):
            return
    if not deciding.is_signed(who):
        return
    try:
        revision = undo(cached.library(), chosen, who=who.strip(), why=why.strip())
    except TrackerError as refused:
        deciding.show_refusal("Nothing was changed.", refused)
    else:
        deciding.show_done(revision.data_set, revision, f"/?data={revision.data_set}")
