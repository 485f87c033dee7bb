"""Alignment: who sides with whom, and how sure is that?"""

import streamlit as st

from tracker.core.groups import is_group
from tracker.core.links import PAGES, View
from tracker.ui import aligning, cached, drawings, markup, session
from tracker.ui.charts.alignment_chart import PAIR
from tracker.ui.coders import contested_pairs_context
from tracker.ui.components import drawing, pieces
from tracker.ui.components.choices import show_choice
from tracker.workspace import Answer, Workspace

_CHOICE_WIDTH = 155  # five of them stand in one row on a laptop

_CHOICES = {choice.parameter: choice for choice in PAGES["/alignment"].choices}


def page() -> None:
    """Draw the page."""
    begun = pieces.begin()
    if begun is None:
        return
    workspace, answered = begun
    _show_choices(answered.view)
    pieces.show_joint(answered)
    labels = aligning.labels_of(workspace, answered)
    if answered.body.contested:
        pieces.show("contested_pairs.html", workspace, answered, lambda: contested_pairs_context(workspace, answered, labels))
    if answered.body.asked.together:
        pieces.show("alignment_groups.html", workspace, answered, lambda: aligning.groups_context(workspace, answered, labels))
    pieces.show("alignment.html", workspace, answered, lambda: aligning.summary_context(answered, labels))
    if len(answered.body.alignment.members) > 1:
        _show_matrix(workspace, answered, labels)
    _show_pair(workspace, answered, labels)
    if len(answered.body.alignment.members) > 2:
        _show_network(workspace, answered, labels)
    if any(w.n_within or w.n_across or (w.pair and w.pair.n_issues) for w in answered.body.windows):
        _show_windows(workspace, answered, labels)


def _show_choices(view: View) -> None:
    """The choices that say what is measured; a correction only where there is one to choose, a divisor likewise."""
    is_agreement = view.choice("measure") == "agreement"
    with st.container(horizontal=True, vertical_alignment="bottom", key="alignment.choices"):
        for name in ("measure", "correction" if is_agreement else "per", "level", *(() if is_agreement else ("repeats",)), "min"):
            show_choice(_CHOICES[name], view, _CHOICE_WIDTH)
        if view.choice("level") == "actor" and any(map(is_group, view.selection.codes("actor"))):
            show_choice(_CHOICES["groups"], view, _CHOICE_WIDTH)


def _show_matrix(workspace: Workspace, answered: Answer, labels: dict[str, str]) -> None:
    view = answered.view
    chart = cached.drawn(workspace, "matrix", view, lambda: drawings.matrix(workspace, answered))
    drawing.show_clicked(chart, "alignment.matrix", PAIR, _with_pair)
    pieces.show("alignment_pairs.html", workspace, answered, lambda: aligning.pairs_context(answered, labels))


def _with_pair(view: View, pair: str) -> View:
    return view.choosing(pair=pair)


def _show_pair(workspace: Workspace, answered: Answer, labels: dict[str, str]) -> None:
    view, body = answered.view, answered.body
    codes = [member.code for member in body.alignment.members]
    codes += [code for code in ((body.pair.one, body.pair.other) if body.pair else ()) if code not in codes]
    markup.show("heading2.html", title="What makes the number of one pair?")
    if len(codes) > 1:
        _show_pair_choice(view, sorted(codes, key=lambda code: labels[code].casefold()), labels)
    if body.pair is None:
        markup.show("note.html", text="Click a cell of the matrix, follow a pair in the list below it, or choose two here.")
        return
    pieces.show("alignment_pair.html", workspace, answered, lambda: aligning.pair_context(workspace, answered, labels))


def _show_pair_choice(view: View, codes: list[str], labels: dict[str, str]) -> None:
    held = view.choice("pair").split(".") if view.choice("pair") else []
    st.multiselect(
        "Pair",
        codes,
        key=session.seeded("alignment.pair", [code for code in held if code in codes]),
        on_change=session.changed("alignment.pair", lambda before, chosen: _pair_chosen(before, chosen)),
        format_func=lambda code: labels[code],
        max_selections=2,
        placeholder="Choose two",
        width=460,
    )


def _pair_chosen(view: View, codes: list[str]) -> View:
    return view.choosing(pair=".".join(codes)) if len(codes) == 2 else view if len(codes) == 1 else view.choosing(pair="")


def _show_network(workspace: Workspace, answered: Answer, labels: dict[str, str]) -> None:
    view = answered.view
    markup.show("heading2.html", title="Who stands with whom? The network")
    show_choice(_CHOICES["edge"], view)
    chart = cached.drawn(workspace, "network", view, lambda: drawings.network(workspace, answered))
    drawing.show(chart, "alignment.network")
    pieces.show("alignment_network.html", workspace, answered, lambda: aligning.network_context(answered, labels))


def _show_windows(workspace: Workspace, answered: Answer, labels: dict[str, str]) -> None:
    view, body = answered.view, answered.body
    markup.show("heading2.html", title=f"How did it change, {body.step} by {body.step}?")
    show_choice(_CHOICES["by"], view)
    chart = cached.drawn(workspace, "windows", view, lambda: drawings.windows(workspace, answered))
    drawing.show(chart, "alignment.windows")
    pieces.show("alignment_windows.html", workspace, answered, lambda: aligning.windows_context(answered, labels))


page()
