"""Lists of statements, the sentence under a title, and what stands there when nothing was found."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from tracker.analysis.listing import statements_by_id
from tracker.analysis.results import StatementRow
from tracker.core.dates import Window
from tracker.core.links import View
from tracker.core.selection import Selection
from tracker.ui import cached, markup, session, theme
from tracker.workspace import Answer, Workspace
from tracker.workspace.verifying import marks_of

_NAMED = 20


def show_sentence(answered: Answer, workspace: Workspace) -> None:
    """The selection in words with its n, what was left out and why (and which), and the answer's own notices."""
    st.html(cached.drawn(workspace, "sentence", answered.view, lambda: _sentence(answered, workspace)))


def _sentence(answered: Answer, workspace: Workspace) -> str:
    left_out = [
        {
            "n": item.n_statements,
            "reason": item.reason,
            "rows": statements_by_id(workspace.corpus, item.statement_ids[:_NAMED]) if item.statement_ids else (),
        }
        for item in answered.left_out
    ]
    return markup.render("sentence.html", sentence=answered.sentence, left_out=left_out, notices=answered.notices, here=answered.view)


def show_rows(rows: Sequence[StatementRow], workspace: Workspace, label: str, title: str = "") -> None:
    """Statements as a list: date, who, stance, issue and words, each leading to its page; kept with the view's answer."""
    view = session.view()
    st.html(cached.drawn(workspace, f"rows {label}", view, lambda: rows_of(rows, workspace, view, label, title)))


def rows_of(
    rows: Sequence[StatementRow], workspace: Workspace, here: View, label: str, title: str = "", more: dict[str, str] | None = None
) -> str:
    """The list as markup; ``more`` is a link (title, link) below it."""
    proofs = marks_of(workspace, {row.statement_id: row.quote for row in rows})
    names = workspace.catalogue.label
    return markup.render("rows.html", rows=rows, names=names, label=label, title=title, more=more, here=here, proofs=proofs)


def show_empty(view: View, workspace: Workspace) -> None:
    """Why nothing is shown, and ways out that do show something."""
    selection = view.selection
    wider = [
        ("Without the search", selection.searching("")),
        ("In all the time the data covers", selection.within(Window())),
        ("With contested codings", selection.without_contested(False)),
        *((f"Any {name}", selection.including(name)) for name, _ in selection.included),
        *((f"With every {name}", selection.excluding(name)) for name, _ in selection.excluded),
        ("Everything", Selection()),
    ]
    ways = [way for title, other in wider if other != selection and (way := _way(title, view.selecting(other), workspace))]
    if view.choices.get("on"):
        ways += [way] if (way := _way("On any day", view.choosing(on=""), workspace)) else []
    why = (
        f"No statement in this data fits all of it: {workspace.catalogue.n_statements:,} statements were looked through. "
        "That nothing is here does not mean that nothing was said."
    )
    markup.show("empty.html", title="Nothing here fits this selection", why=why, ways=ways)


def _way(title: str, view: View, workspace: Workspace) -> dict[str, str] | None:
    """A link that shows something, with how much; nothing where it would lead to nothing again."""
    n = cached.answer_for(workspace, view).count.n_statements
    return {"title": f"{title} ({theme.plural(n, 'statement')})", "link": view.link} if n else None
