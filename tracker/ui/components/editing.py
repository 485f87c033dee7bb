"""Editing one statement on its page, and what was ever changed in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from tracker.core.columns import STATEMENT_COLUMNS
from tracker.core.errors import TrackerError
from tracker.core.problems import Severity
from tracker.core.views import View
from tracker.core.vocabulary import ACTS, CHANNELS, NOT_CODED, NOT_GIVEN, QUOTE_KINDS, STANCES
from tracker.ui import cached, markup
from tracker.ui.components import deciding
from tracker.workspace import Workspace, may_edit
from tracker.workspace.editing import EDITABLE, StaleEdit, changed_columns, differing_columns, history_of, read_edit, save_edit, withdraw
from tracker.workspace.told import what_was_done

_TITLES = {column.name: column.title for column in STATEMENT_COLUMNS}
_LONG = ("quote", "quote_en", "position", "note")
_CODED = {"stance": STANCES, "act": ACTS, "channel": CHANNELS, "quote_kind": QUOTE_KINDS}


def show(workspace: Workspace, record: Mapping[str, Any]) -> None:
    """The form (where editing is on) and the history (where there is one)."""
    if may_edit():
        with st.expander("Edit this statement", key="edit"):
            _show_form(workspace, record)
    _show_history(workspace, record["statement_id"])


def _show_form(workspace: Workspace, record: Mapping[str, Any]) -> None:
    statement_id = record["statement_id"]
    seen_key = f"edit.seen.{workspace.code}.{statement_id}"
    seen = st.session_state.setdefault(seen_key, workspace.revision_id)  # what was on the screen when editing began
    with st.form(f"edit.{statement_id}", border=False):
        written = {"statement_id": statement_id} | {name: _field(name, record) for name in EDITABLE}
        left, right = st.columns(2)
        who, why = left.text_input("Who", max_chars=80, key="edit.who"), right.text_input("Why", max_chars=200, key="edit.why")
        is_saved = st.form_submit_button("Save as a new revision", type="primary")
        is_withdrawn = st.form_submit_button("Withdraw the statement")
    if (is_saved or is_withdrawn) and deciding.is_signed(who):
        st.session_state.pop(seen_key)
        _change(workspace, written, seen, who.strip(), why.strip(), is_withdrawn=is_withdrawn)


def _field(name: str, record: Mapping[str, Any]) -> str:
    held, key = str(record[name]), f"edit.field.{name}"
    if name in _LONG:
        return st.text_area(_TITLES[name], held, key=key, height=90)
    if name in _CODED:
        empty = "not said" if name == "quote_kind" else "not coded"
        words = {code: word for code, word in _CODED[name].items() if code not in (NOT_CODED, NOT_GIVEN)} | {"": empty}
        options = [*words, *([held] if held not in words else [])]
        return st.selectbox(_TITLES[name], options, index=options.index(held), format_func=lambda code: words.get(code, code), key=key)
    return st.text_input(_TITLES[name], held, key=key)


def _change(workspace: Workspace, written: Mapping[str, str], seen: int, who: str, why: str, *, is_withdrawn: bool) -> None:
    library, code = cached.library(), workspace.code
    try:
        if is_withdrawn:
            revision = withdraw(library, code, written["statement_id"], seen_revision=seen, who=who, why=why)
        else:
            edited = read_edit(library, code, written)
            if edited.statement is None:
                why = "; ".join(problem.message for problem in edited.problems if problem.severity is Severity.REJECTED)
                deciding.show_refusal("Nothing was saved: the statement would not be one any more.", why)
                return
            revision = save_edit(library, code, edited, seen_revision=seen, who=who, why=why)
    except StaleEdit as stale:
        _show_both(stale)
    except TrackerError as refused:
        deciding.show_refusal("Nothing was saved.", refused)
    else:
        page = (
            View("/statements", data_set=code) if is_withdrawn else View("/statement", data_set=code).choosing(id=written["statement_id"])
        )
        deciding.show_done(code, revision, page.link)


def _show_both(stale: StaleEdit) -> None:
    """Both versions of a statement that somebody else changed meanwhile; nothing was saved."""
    deciding.show_refusal("Nothing was saved: somebody changed this statement while you were editing.", stale)
    differing = differing_columns(stale.wanted, stale.found)
    rows = [{"column": _TITLES[name], "yours": yours, "there now": theirs} for name, yours, theirs in differing]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch", key="edit.both")


def _show_history(workspace: Workspace, statement_id: str) -> None:
    changes = history_of(cached.library(), workspace.code, statement_id)
    if len(changes) > 1:
        rows = [
            {
                "revision": change.revision,
                "done": what_was_done(change.revision),
                "columns": [(_TITLES[name], before, after) for name, before, after in changed_columns(change)] if change.before else [],
            }
            for change in reversed(changes)
        ]
        markup.show("changes.html", rows=rows)
