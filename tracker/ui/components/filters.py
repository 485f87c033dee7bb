"""The sidebar: the selection all pages share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from tracker.core.columns import FACET_BY_PARAMETER, FACETS
from tracker.core.dates import PartialDate, Window
from tracker.core.links import PAGES, View
from tracker.core.selection import Selection
from tracker.ui import markup, session
from tracker.workspace import Workspace

_FIRST = ("actor", "issue", "stance", "spokesperson")
_MORE = ("organisation", "act", "target", "channel", "language")
_EXCLUDABLE = ("actor", "issue", "stance", "act", "spokesperson", "language")
_MAX_OPTIONS = 2_000
_EARLIEST, _LATEST = date(1, 1, 1), date(9999, 12, 31)

_SEARCH_HELP = """
In quotes, translations, positions and names, in any script. Accents and capitals do not matter.

- `aid convoy`: both, as beginnings of words
- `"aid convoy"`: exactly these words; `"aid conv*"` may go on
- `aid OR relief`, `aid NOT convoy`, `(aid OR relief) truce`
- `quote:aid`, `position:aid`: only there
- `spokesperson:kirby`, `country:russia`, `issue:corridors`, `stance:oppose`
"""


def show(view: View, workspace: Workspace) -> None:
    """Draw the filters as the view has them; each change writes the address."""
    with st.sidebar:
        if not PAGES[view.path].takes_selection:
            markup.show("note.html", text="Filters change nothing on this page; they go with you to the others.")
        _search(view.selection)
        for parameter in _FIRST[:2]:
            _facet(parameter, view.selection, workspace)
        _window(view.selection)
        for parameter in _FIRST[2:]:
            _facet(parameter, view.selection, workspace)
        _more(view.selection, workspace)
        _clear(view.selection)


def _search(selection: Selection) -> None:
    st.text_input(
        "Search",
        key=session.seeded("filter.q", selection.search),
        on_change=_changing("filter.q", lambda chosen, text: chosen.searching(text or "")),
        placeholder='words or "exact phrase"',
        help=_SEARCH_HELP,
        max_chars=200,
    )


def _facet(parameter: str, selection: Selection, workspace: Workspace) -> None:
    facet, labels = FACET_BY_PARAMETER[parameter], workspace.catalogue.labels[parameter]
    key, chosen = f"filter.{parameter}", list(selection.codes(parameter))
    st.multiselect(
        facet.plural.capitalize(),
        _options(tuple(labels), chosen),
        key=session.seeded(key, chosen),
        on_change=_changing(key, lambda held, codes: held.including(parameter, *codes)),
        format_func=lambda code: labels.get(code, code),
        placeholder=f"All {facet.plural}",
    )


def _more(selection: Selection, workspace: Workspace) -> None:
    """The filters less often used: drawn when somebody opens them or one of them is set, for each costs every rerun."""
    is_used = bool(selection.excluded) or any(selection.codes(parameter) for parameter in _MORE)
    box = st.expander("More filters", expanded=is_used, key="filter.more", on_change="rerun")
    if box.open or is_used:
        with box:
            for parameter in _MORE:
                _facet(parameter, selection, workspace)
            _left_out(selection, workspace)
    if workspace.catalogue.n_contested:
        st.checkbox(
            "Without contested codings",
            key=session.seeded("filter.contested", selection.is_uncontested),
            on_change=_changing("filter.contested", lambda chosen, is_out: chosen.without_contested(is_out)),
            help="Leaves out the statements of whose stance or issue coders gave different values.",
        )


def _options(codes: tuple[str, ...], chosen: list[str]) -> list[str]:
    offered = list(codes[:_MAX_OPTIONS])
    return offered + [code for code in chosen if code not in offered] if len(codes) > _MAX_OPTIONS else offered


def _window(selection: Selection) -> None:
    window = selection.window
    for end, label, value in (("since", "From", window.first), ("until", "Until", window.last)):
        st.date_input(
            label,
            value=None,
            key=session.seeded(f"filter.{end}", value),
            on_change=session.changed(f"filter.{end}", _window_changed(end)),
            min_value=_EARLIEST,
            max_value=_LATEST,
            format="YYYY-MM-DD",
        )


def _window_changed(end: str) -> Callable[[View, Any], View]:
    def change(view: View, day: date | None) -> View:
        ends = {"since": view.selection.window.since, "until": view.selection.window.until}
        other = "until" if end == "since" else "since"
        ends[end] = PartialDate.of(day) if day else None
        if ends["since"] and ends["until"] and ends["since"].first > ends["until"].last:
            ends[other] = None  # the newer choice stands; the end it contradicts is opened
        return view.selecting(view.selection.within(Window(**ends)))

    return change


def _left_out(selection: Selection, workspace: Workspace) -> None:
    labels = workspace.catalogue.labels
    options = [f"{parameter}:{code}" for parameter in _EXCLUDABLE for code in list(labels[parameter])[:300]]
    chosen = [f"{parameter}:{code}" for parameter, codes in selection.excluded for code in codes]
    st.multiselect(
        "Leave out",
        options + [option for option in chosen if option not in options],
        key=session.seeded("filter.not", chosen),
        on_change=_changing("filter.not", _excluding),
        format_func=lambda option: _excluded_label(option, workspace),
        placeholder="Nothing left out",
    )


def _excluded_label(option: str, workspace: Workspace) -> str:
    parameter, _, code = option.partition(":")
    return f"{FACET_BY_PARAMETER[parameter].title}: {workspace.catalogue.label(parameter, code)}"


def _excluding(selection: Selection, options: list[str]) -> Selection:
    for facet in FACETS:
        codes = [option.partition(":")[2] for option in options if option.partition(":")[0] == facet.parameter]
        selection = selection.excluding(facet.parameter, *codes)
    return selection


def _clear(selection: Selection) -> None:
    st.button(
        "Clear all filters",
        key="filter.clear",
        on_click=lambda: session.go(session.view().selecting(Selection())),
        disabled=selection.is_everything,
        width="stretch",
    )


def _changing(key: str, change: Callable[[Selection, Any], Selection]) -> Callable[[], None]:
    return session.changed(key, lambda view, value: view.selecting(change(view.selection, value)))
