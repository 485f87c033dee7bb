"""Statements: the rows themselves, with facets."""

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from tracker.core.columns import FACET_BY_PARAMETER
from tracker.core.links import PAGES, View
from tracker.ui import cached, markup, session
from tracker.ui.components import listing
from tracker.ui.components.choices import show_choice
from tracker.workspace import Answer, Workspace

_FACETS = ("actor", "issue", "stance", "act", "spokesperson", "language", "channel")
_VALUES = 8


def page() -> None:
    """Draw the page."""
    workspace, view = session.workspace(), session.view()
    answered = cached.answer_for(workspace, view)
    listing.show_sentence(answered, workspace)
    found, facets = st.columns([3, 1], gap="medium")
    with found:
        if answered.count.n_statements:
            _show_list(workspace, view, answered)
        else:
            listing.show_empty(view, workspace)
    with facets:
        st.html(cached.drawn(workspace, "facets", view, lambda: _facets(workspace, answered)))


def _show_list(workspace: Workspace, view: View, answered: Answer) -> None:
    order = PAGES[view.path].choices[0]
    if not view.selection.search:
        order = replace(order, values=tuple(pair for pair in order.values if pair[0] != "best" or view.choice("sort") == "best"))
    show_choice(order, view)
    listing.show_rows(answered.body.page.rows, workspace, "Statements")
    query = urlencode(view.selected)
    markup.show("pager.html", pages=_pages(view, answered), page=answered.body.page, query=query)


def _facets(workspace: Workspace, answered: Answer) -> str:
    groups = [_group(parameter, workspace, answered) for parameter in _FACETS]
    return markup.render("facets.html", groups=[group for group in groups if group["values"]])


def _group(parameter: str, workspace: Workspace, answered: Answer) -> dict[str, object]:
    view, chosen = answered.view, answered.view.selection.codes(parameter)
    counted = answered.body.facets.facets[parameter]
    shown = [value for value in counted if value.code in chosen]
    shown += [value for value in counted if value.code not in chosen and value.n_statements][: max(0, _VALUES - len(shown))]
    values = [
        {
            "title": workspace.catalogue.label(parameter, value.code),
            "n": value.n_statements,
            "is_chosen": value.code in chosen,
            "link": _toggled(view, parameter, value.code).link,
        }
        for value in shown
    ]
    n_more = sum(1 for value in counted if value.n_statements) - len(shown)
    return {"title": FACET_BY_PARAMETER[parameter].title, "values": values, "n_more": max(0, n_more)}


def _toggled(view: View, parameter: str, code: str) -> View:
    held = view.selection.codes(parameter)
    codes = [kept for kept in held if kept != code] if code in held else [*held, code]
    return view.selecting(view.selection.including(parameter, *codes))


def _pages(view: View, answered: Answer) -> dict[str, str]:
    at = answered.body.page
    links = {
        "Newer" if view.choice("sort") == "newest" else "Back": at.page - 1,
        "Older" if view.choice("sort") == "newest" else "On": at.page + 1,
    }
    return {title: view.choosing(page=str(number)).link for title, number in links.items() if 1 <= number <= at.n_pages}


page()
