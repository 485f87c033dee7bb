"""Overview: what is in here, and what should I look at first?"""

import streamlit as st

from tracker.core.links import View
from tracker.io.comparisons import ReadyComparison
from tracker.ui import cached, drawings, markup, session
from tracker.ui.components import data_sets, drawing, listing
from tracker.ui.moving import latest_context
from tracker.workspace import Answer, Workspace
from tracker.workspace.answers import N_LATEST_SHIFTS

_BARS = 8


def page() -> None:
    """Draw the page."""
    workspace, view = session.workspace(), session.view()
    answered = cached.answer_for(workspace, view)
    data_sets.show_choice(view, workspace)
    listing.show_sentence(answered, workspace)
    if not answered.count.n_statements:
        listing.show_empty(view, workspace)
        return
    months = cached.drawn(workspace, "months", view, lambda: drawings.months(workspace, answered))
    markup.show("legend.html", title="When was it said, by month?", is_timeline=False)
    drawing.show(months, "overview.months")
    st.html(cached.drawn(workspace, "overview", view, lambda: _panels(workspace, answered)))
    latest = cached.drawn(workspace, "latest shifts", view, lambda: latest_context(workspace, answered, N_LATEST_SHIFTS))
    markup.show("latest_shifts.html", **latest)
    listing.show_rows(answered.body.overview.latest, workspace, "Latest statements", "Latest statements")


def _panels(workspace: Workspace, answered: Answer) -> str:
    found, view, label = answered.body.overview, answered.view, workspace.catalogue.label
    actors = [
        _bar(label("actor", v.code), v.n_statements, view.on("/timeline").selecting(view.selection.including("actor", v.code)))
        for v in found.actors
    ]
    issues = [
        _bar(
            label("issue", v.code), v.n_statements, view.on("/timeline", lane="actor").selecting(view.selection.including("issue", v.code))
        )
        for v in found.issues
    ]
    return markup.render(
        "overview.html",
        comparisons=[_in_same_data(comparison, view) for comparison in answered.body.comparisons],
        actors=actors[:_BARS],
        issues=issues[:_BARS],
        n_more_actors=max(0, found.count.n_actors - _BARS),
        n_more_issues=max(0, found.count.n_issues - _BARS),
        everything=view.on("/statements").link,
    )


def _in_same_data(comparison: ReadyComparison, view: View) -> dict[str, str]:
    data = "".join(f"&{name}={value}" for name, value in (("data", view.data_set), ("asof", view.as_of)) if value)
    return {"title": comparison.title, "question": comparison.question, "link": comparison.link + data}


def _bar(title: str, n: int, view: View) -> dict[str, object]:
    return {"title": title, "n": n, "link": view.link}


page()
