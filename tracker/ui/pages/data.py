"""Data: can I trust it?"""

from collections import Counter
from urllib.parse import urlencode

import streamlit as st

from tracker.core.views import View
from tracker.ui import cached, drawings, markup, session
from tracker.ui.coders import coders_context
from tracker.ui.components import drawing, history, listing, problems
from tracker.ui.group_cells import groups_context
from tracker.ui.silence import silence_context
from tracker.workspace import Answer, Workspace


def page() -> None:
    """Draw the page."""
    workspace, view = session.workspace(), session.view()
    answered = cached.answer_for(workspace, view)
    listing.show_sentence(answered, workspace)
    _show_coverage(workspace, view, answered)
    st.html(cached.drawn(workspace, "silence", view, lambda: markup.render("silence.html", **silence_context(workspace, answered))))
    st.html(cached.drawn(workspace, "coders", view, lambda: markup.render("coders.html", **coders_context(workspace, answered))))
    st.html(cached.drawn(workspace, "repeats", view, lambda: _repeats(workspace, answered)))
    st.html(cached.drawn(workspace, "groups", view, lambda: markup.render("groups.html", **groups_context(workspace, view))))
    st.html(cached.drawn(workspace, "about", view, lambda: _about(workspace, answered)))
    _show_problems(answered)
    history.show_changes(workspace, view)
    history.show_revisions(workspace)


def _show_coverage(workspace: Workspace, view: View, answered: Answer) -> None:
    coverage = answered.body.coverage
    if not coverage.n_statements:
        listing.show_empty(view, workspace)
        return
    markup.show("heading2.html", title="Who is covered, and when? Statements by month and actor")
    chart = cached.drawn(workspace, "coverage", view, lambda: drawings.coverage(workspace, answered))
    drawing.show(chart, "data.coverage")


_REPEATS = {
    "row-repeated": "ignored because they said the same in every column",
    "content-repeated": "that said the same under another id",
    "nearly-repeated": "that said nearly the same as another of their document",
}


def _repeats(workspace: Workspace, answered: Answer) -> str:
    body, label = answered.body, workspace.catalogue.label
    rows = {
        row.statement_id: {
            "id": row.statement_id,
            "actor": label("actor", row.actor_id),
            "spokesperson": row.spokesperson,
            "words": row.quote or row.position,
            "link": answered.view.alone("/statement", id=row.statement_id).link,
        }
        for row in body.repeated
    }
    counts = Counter(problem.code for problem in body.problems)
    return markup.render(
        "repeats.html",
        groups=[[rows[statement_id] for statement_id in group] for group in body.repeats.groups],
        n_statements=body.repeats.n_statements,
        has_more=body.repeats.has_more,
        told=[(counts[code], what) for code, what in _REPEATS.items() if counts[code]],
    )


def _about(workspace: Workspace, answered: Answer) -> str:
    coverage, label = answered.body.coverage, workspace.catalogue.label
    return markup.render(
        "about.html",
        workspace=workspace,
        query="?" + urlencode(answered.view.alone("/data").selected) if answered.view.data_set else "",
        n_records=answered.body.n_records,
        languages=[
            {
                "title": label("language", v.code),
                "n": v.n_statements,
                "link": answered.view.on("/statements").selecting(answered.view.selection.including("language", v.code)).link,
            }
            for v in coverage.languages
        ],
        precisions=coverage.precisions,
        left_out=coverage.left_out,
        n_problems=len(answered.body.problems),
    )


def _show_problems(answered: Answer) -> None:
    found = answered.body.problems
    markup.show("heading2.html", title="Problems found when the data was loaded")
    if not found:
        markup.show("note.html", text="None: every record was kept as it stands.")
        return
    problems.show(found, "data")


page()
