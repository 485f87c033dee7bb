"""Statement: what exactly was said, and where?"""

import streamlit as st

from tracker.analysis.offices import held_on, lies_in
from tracker.core.links import View
from tracker.core.selection import Selection
from tracker.io.citations import bibtex, csl_json, plain, ris
from tracker.io.passages import annotation
from tracker.ui import cached, markup, session
from tracker.ui.components import editing
from tracker.ui.components.share import address
from tracker.workspace import Answer, Workspace
from tracker.workspace.verifying import Proof

_CITATIONS = {"Plain": plain, "BibTeX": bibtex, "RIS": ris, "CSL-JSON": csl_json}


def page() -> None:
    """Draw the page."""
    workspace, view = session.workspace(), session.view()
    answered = cached.answer_for(workspace, view)
    if answered.body.record is None:
        _show_unknown(view)
        return
    st.html(cached.drawn(workspace, "statement", view, lambda: _card(workspace, answered)))
    if answered.body.proof:
        _show_passage(answered.body.proof, answered.body.row.language_code, view)
    _show_citations(workspace, answered)
    if answered.body.life:
        st.html(cached.drawn(workspace, "life", view, lambda: _life(answered)))
    if answered.body.previous:
        st.html(cached.drawn(workspace, "previous", view, lambda: _previous(answered)))
    editing.show(workspace, answered.body.record)
    st.html(cached.drawn(workspace, "neighbours", view, lambda: _neighbours(workspace, answered)))


def _show_unknown(view: View) -> None:
    asked = view.choice("id")
    why = f"There is no statement {asked!r} in this data." if asked else "This link names no statement."
    ways = [{"title": "All statements", "link": view.on("/statements").link}, {"title": "The timeline", "link": view.on("/timeline").link}]
    markup.show("empty.html", title="No such statement", why=why, ways=ways)


def _card(workspace: Workspace, answered: Answer) -> str:
    row, record = answered.body.row, answered.body.record
    back = answered.view.on("/statements")
    issue = workspace.issues.get(row.issue_id)
    return markup.render(
        "statement.html",
        row=row,
        here=answered.view,
        record=record,
        signatories=answered.body.signatories,
        offices=_offices(answered),
        tenures=[{"held": held, "lies": lies_in(held, row.stated_from, row.stated_to).name} for held in answered.body.tenures],
        names=workspace.catalogue.label,
        proposition=issue.proposition if issue else "",
        back=back.link,
        proof=answered.body.proof,
        compare=_others(answered.view, row.issue_id) if issue else "",
    )


def _offices(answered: Answer) -> list[dict[str, object]]:
    """What the spokesperson was when, where that is more than the row's own role says."""
    row, offices = answered.body.row, answered.body.offices
    if len(offices) < 2 and row.role:
        return []
    on_that_day = held_on(offices, row.stated_from, row.stated_to)
    return [
        {
            "office": office,
            "link": answered.view.on("/statement", id=office.first_id).link,
            "is_this": (office.role, office.organisation) == (row.role, row.organisation),
            "is_held": not row.role and office in on_that_day,
        }
        for office in offices
    ]


def _show_passage(proof: Proof, language: str, view: View) -> None:
    """The words in their context with how they were verified, and the passage for other tools."""
    markup.show("passage.html", proof=proof, language=language)
    with st.expander("The passage as a web annotation (JSON-LD)", key="statement.annotation"):
        st.code(
            annotation(proof.passage, proof.document, link=address() + view.alone("/statement", **view.choices).link),
            language="json",
            wrap_lines=True,
        )


def _life(answered: Answer) -> str:
    return markup.render("life.html", turns=answered.body.life, this=answered.body.row.statement_id, here=answered.view)


def _previous(answered: Answer) -> str:
    before, this, view = answered.body.previous, answered.body.row, answered.view
    chosen = Selection().including("spokesperson", this.spokesperson_id).including("issue", this.issue_id)
    link = view.alone("/compare", before=before.statement_id, after=this.statement_id).selecting(chosen).link
    return markup.render("previous.html", before=before, row=this, compared=answered.body.redline, here=view, link=link)


def _others(view: View, issue_id: str) -> str:
    return view.alone("/compare").selecting(Selection().including("issue", issue_id)).link


def _show_citations(workspace: Workspace, answered: Answer) -> None:
    record = {**answered.body.record, "country": workspace.catalogue.label("actor", answered.body.record["country_code"])}
    with st.expander("Cite this statement", key="statement.cite"):
        for title, make in _CITATIONS.items():
            st.caption(title)
            st.code(make(record), language=None, wrap_lines=True)


def _neighbours(workspace: Workspace, answered: Answer) -> str:
    around, row = answered.body.neighbours, answered.body.row
    return markup.render("neighbours.html", around=around, row=row, names=workspace.catalogue.label, here=answered.view)


page()
