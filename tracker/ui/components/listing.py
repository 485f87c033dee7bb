"""Lists of statements, the sentence under a title, and what stands there when nothing was found."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from tracker.analysis.listing import statements_by_id
from tracker.analysis.results import StatementRow
from tracker.core.links import View
from tracker.core.selection import Selection
from tracker.ui import cached, markup
from tracker.workspace import Answer, Workspace

_NAMED = 20


def show_sentence(answered: Answer, workspace: Workspace) -> None:
    """The selection in words with its n, what was left out and why (and which), and the answer's own notices."""
    st.html(cached.drawn(workspace.data_version, "sentence", answered.view.link, lambda: _sentence(answered, workspace)))


def _sentence(answered: Answer, workspace: Workspace) -> str:
    left_out = [
        {
            "n": item.n_statements,
            "reason": item.reason,
            "rows": statements_by_id(workspace.corpus, item.statement_ids[:_NAMED]) if item.statement_ids else (),
        }
        for item in answered.left_out
    ]
    return markup.render("sentence.html", sentence=answered.sentence, left_out=left_out, notices=answered.notices)


def show_rows(rows: Sequence[StatementRow], workspace: Workspace, label: str, title: str = "", more: dict[str, str] | None = None) -> None:
    """Statements as a list: date, who, stance, issue and words, each leading to its page."""
    markup.show("rows.html", rows=rows, names=workspace.catalogue.label, label=label, title=title, more=more)


def show_empty(view: View, workspace: Workspace) -> None:
    """Why nothing is shown, and ways out that do show something."""
    selection = view.selection
    ways = []
    if selection.search:
        ways.append(_way("Without the search", view, selection.searching("")))
    if selection.window.words:
        ways.append(_way("In all the time the data covers", view, selection.within(type(selection.window)())))
    ways += [_way(f"Any {name}", view, selection.including(name)) for name, _ in selection.included]
    ways += [_way(f"With every {name}", view, selection.excluding(name)) for name, _ in selection.excluded]
    ways.append(_way("Everything", view, Selection()))
    why = (
        f"No statement in this data fits all of it: {workspace.catalogue.n_statements:,} statements were looked through. "
        "That nothing is here does not mean that nothing was said."
    )
    markup.show("empty.html", title="Nothing here fits this selection", why=why, ways=ways)


def _way(title: str, view: View, selection: Selection) -> dict[str, str]:
    return {"title": title, "link": view.selecting(selection).link}
