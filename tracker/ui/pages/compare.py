"""Compare: where do they stand, side by side?"""

import streamlit as st

from tracker.analysis.results import ComparedColumn
from tracker.core.links import PAGES, View
from tracker.ui import cached, markup, session
from tracker.ui.coders import contested_context
from tracker.ui.comparison import exchange_context, grid_context, wording_label, wordings_context
from tracker.ui.components import listing, pieces
from tracker.ui.components.choices import show_day
from tracker.workspace import Answer, Workspace
from tracker.workspace.answers import COLUMN_PARAMETERS, MAX_COLUMNS

_MAX_OPTIONS = 2_000


def page() -> None:
    """Draw the page."""
    workspace, view = session.workspace(), session.view()
    answered = cached.answer_for(workspace, view)
    listing.show_sentence(answered, workspace)
    _show_columns(workspace, view, answered.body.comparison.columns)
    choices = {choice.parameter: choice for choice in PAGES[view.path].choices}
    show_day(choices["on"], view, None)
    if not answered.body.comparison.n_statements:
        listing.show_empty(view, workspace)
        return
    pieces.show_joint(answered)
    if answered.body.contested:
        pieces.show("contested.html", workspace, answered, lambda: contested_context(workspace, answered))
    pieces.show("compare.html", workspace, answered, lambda: grid_context(workspace, answered))
    if answered.body.exchange:
        _show_issue(workspace, view, answered.body.offered_issues, answered.body.exchange.issue_id)
        pieces.show("exchange.html", workspace, answered, lambda: exchange_context(workspace, answered))
    if answered.body.wordings:
        _show_wordings(workspace, view, answered)


def _show_columns(workspace: Workspace, view: View, columns: tuple[ComparedColumn, ...]) -> None:
    """The picker of columns: countries, organisations and spokespersons in one list."""
    labels = workspace.catalogue.labels
    chosen = [column.key for column in columns]
    options = [f"{parameter}:{code}" for parameter in COLUMN_PARAMETERS for code in list(labels[parameter])[:_MAX_OPTIONS]]
    st.multiselect(
        f"Side by side (2 to {MAX_COLUMNS})",
        options + [key for key in chosen if key not in options],
        key=session.seeded("compare.columns", chosen),
        on_change=session.changed("compare.columns", _with_columns),
        format_func=lambda key: labels[key.partition(":")[0]].get(key.partition(":")[2], key),
        max_selections=MAX_COLUMNS,
        placeholder="Choose countries, organisations or spokespersons",
        help="Countries and international organisations come first in the list, then ministries and missions, then people.",
    )
    if len(columns) == 1:
        st.caption("Choose one more to compare with.")


def _with_columns(view: View, keys: list[str]) -> View:
    selection = view.selection
    for parameter in COLUMN_PARAMETERS:
        selection = selection.including(parameter, *(key.partition(":")[2] for key in keys if key.partition(":")[0] == parameter))
    return view.selecting(selection)


def _show_issue(workspace: Workspace, view: View, issues: tuple[str, ...], chosen: str) -> None:
    markup.show("heading2.html", title="Exchange: what did they say, in turn?")
    options = list(issues) if chosen in issues else [chosen, *issues]
    key = "compare.exchange"
    st.selectbox(
        "On the issue",
        options,
        key=session.seeded(key, chosen),
        on_change=session.changed(key, lambda held, issue: held.choosing(exchange=issue or "")),
        format_func=lambda code: workspace.catalogue.label("issue", code),
    )


def _show_wordings(workspace: Workspace, view: View, answered: Answer) -> None:
    """Two wordings to choose, and what became of the one in the other."""
    markup.show("heading2.html", title="Redline: what became of the words?")
    held = [turn.row for turn in answered.body.exchange.turns] if answered.body.exchange else []
    options = {row.statement_id: wording_label(row) for row in (*held, *answered.body.wordings)}
    for name, column, row in zip(("before", "after"), st.columns(2), answered.body.wordings, strict=True):
        key = f"compare.{name}"
        with column:
            st.selectbox(
                {"before": "The words of", "after": "Compared with"}[name],
                list(options),
                key=session.seeded(key, row.statement_id),
                on_change=session.changed(key, lambda held, chosen, name=name: held.choosing(**{name: chosen or ""})),
                format_func=options.__getitem__,
            )
    pieces.show("wordings.html", workspace, answered, lambda: wordings_context(workspace, answered))


page()
