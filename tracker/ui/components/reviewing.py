"""A review on the page: the text with its candidates, the chosen one with its columns, and keeping what was accepted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from tracker.analysis.results import StatementRow
from tracker.core.beside import Signatory
from tracker.core.columns import STATEMENT_COLUMNS
from tracker.core.documents import UNREADABLE
from tracker.core.errors import TrackerError
from tracker.core.reviews import Decision, Draft, Review, add, can_split, decide, edit_alike, merge, next_waiting, split
from tracker.core.views import View
from tracker.core.vocabulary import ACTS, CHANNELS, NOT_CODED, NOT_GIVEN, QUOTE_KINDS, STANCES, quote_kind_of
from tracker.io.actors_read import country_name
from tracker.ui import cached, highlights, markup, session, theme
from tracker.ui.components import deciding, review_document, signing
from tracker.workspace import Workspace
from tracker.workspace.reviewing import Readiness, already_there, find_words, keep_review, leave, place_to_split, rehearse_review, save

SIGNS = {Decision.WAITING.value: "", Decision.ACCEPTED.value: "✓", Decision.REJECTED.value: "✗"}
_TITLES = {column.name: column.title for column in STATEMENT_COLUMNS}
_FIRST = ("spokesperson", "role", "country", "organisation", "stated_on", "issue", "stance", "act", "quote_kind", "channel", "position")
_MORE = ("stated_on_given", "target", "venue", "quote_language", "quote_en", "translation_by", "note")
_CODED = {"stance": STANCES, "act": ACTS, "channel": CHANNELS}
_LONG = ("position", "quote_en", "note")
_LISTED = 40


def show(workspace: Workspace, view: View, review: Review, seen: int) -> None:
    """Everything one needs to decide; each decision is saved at once, nothing of it is in the data set before *keep*.

    Session keys: ``review.seen`` is the number this run read the review by, ``review.refused`` why the last act failed.
    """
    st.session_state["review.document"], st.session_state["review.seen"] = review.document.document_id, seen
    markup.show(
        "review_summary.html",
        n=len(review.drafts),
        n_accepted=review.n(Decision.ACCEPTED),
        n_rejected=review.n(Decision.REJECTED),
        n_waiting=review.n(Decision.WAITING),
        left_out=review.left_out,
    )
    review_document.show_drift(workspace, view, review)
    chosen = min(int(view.choice("candidate")), len(review.drafts)) - 1
    ready = rehearse_review(cached.library(), workspace.code, review)
    there = already_there(workspace, review)
    left, right = st.columns([11, 9], gap="medium")
    with left:
        _show_text(view, review, chosen)
    with right:
        refused = st.session_state.pop("review.refused", "")
        if refused:
            deciding.show_refusal("Nothing was changed.", refused)
        if review.drafts:
            _show_actions(review, chosen)
            _show_chosen(workspace, view, review, chosen, ready, there.get(chosen))
            _show_list(workspace, view, review, chosen, ready, there)
        _show_keeping(workspace, view, review, ready)
    _show_adding(review)
    review_document.show(review, _act)


def _link(view: View, number: int) -> str:
    return view.choosing(candidate=str(number + 1), part="").link


def _show_text(view: View, review: Review, chosen: int) -> None:
    parts = highlights.text_parts(review.text)
    here = highlights.part_at(parts, review.drafts[chosen].start) if review.drafts else 0
    asked = view.choice("part")[:6]
    number = min(max(1, int(asked)), len(parts)) - 1 if asked.isascii() and asked.isdigit() else here
    first, last = parts[number]
    drawn = highlights.pieces(review.text, review.drafts, (first, last), chosen)
    shown = {piece.number for piece in drawn} | {begun for piece in drawn for begun in piece.begins}
    markup.show(
        "review_text.html",
        pieces=drawn,
        links={shown_number: _link(view, shown_number) for shown_number in shown},
        states={shown_number: review.drafts[shown_number].decision.value for shown_number in shown if shown_number >= 0},
        signs=SIGNS,
        chosen=chosen,
        has_parts=bool(review.drafts) and can_split(review, chosen),
        language=review.document.language,
        n_parts=len(parts),
        part=number + 1,
        first=first,
        last=last,
        n_characters=len(review.text),
        earlier=view.choosing(part=str(number)).link if number else "",
        later=view.choosing(part=str(number + 2)).link if number + 1 < len(parts) else "",
    )


# --- deciding ------------------------------------------------------------------------------------------------------


def _act(change: Callable[[Review], Review], then: Callable[[Review], int] | None = None) -> None:
    """In a callback: change the review as it was read by this page, save it, and choose a candidate."""
    library, code = cached.library(), session.workspace().code
    held = library.ledger.review(code, st.session_state["review.document"]) if library.ledger else None
    if held is None:
        st.session_state["review.refused"] = "This review was ended meanwhile. What was kept of it is in the data set."
        return
    try:
        # What somebody else changed meanwhile may not have what is to be changed here; saving it says so.
        review = change(held[0]) if held[1] == st.session_state["review.seen"] else held[0]
        # A field that is left by pressing a button changes and presses in one run: the second act has seen the first.
        st.session_state["review.seen"] = save(library, code, review, seen=st.session_state["review.seen"])
    except (TrackerError, ValueError) as refused:
        st.session_state["review.refused"] = str(refused)
        return
    if then:
        _choose(then(review))


def _choose(number: int) -> None:
    session.go(session.view().choosing(candidate=str(number + 1), part=""))


def _decide(number: int, decision: Decision) -> None:
    _act(lambda review: decide(review, number, decision), lambda review: next_waiting(review, number))


def _split(number: int, key: str) -> None:
    """In a callback: split before the words in the field; into its parts where the field is empty."""
    words = st.session_state[key]

    def divided(held: Review) -> Review:
        place = place_to_split(held, number, words)
        if place is None and words.strip():
            raise ValueError("These words are not in the candidate, or it begins with them.")
        if place is None and not can_split(held, number):
            raise ValueError("Say where: click in its words, or type those with which the second part is to begin.")
        return split(held, number, place)

    _act(divided)


def _show_actions(review: Review, chosen: int) -> None:
    last = len(review.drafts) - 1
    with st.container(key="review.actions"):
        with st.container(horizontal=True, gap="xsmall"):
            st.button("Previous", key="review.previous", on_click=_choose, args=(max(0, chosen - 1),), disabled=chosen <= 0)
            st.button("Next", key="review.next", on_click=_choose, args=(min(last, chosen + 1),), disabled=chosen >= last)
            accept, reject = (chosen, Decision.ACCEPTED), (chosen, Decision.REJECTED)
            st.button("Accept", key="review.accept", type="primary", icon=":material/check:", on_click=_decide, args=accept)
            st.button("Reject", key="review.reject", icon=":material/close:", on_click=_decide, args=reject)
            st.button("Undecided", key="review.undecide", on_click=_act, args=(lambda held: decide(held, chosen, Decision.WAITING),))
            merging = (lambda held: merge(held, chosen),)
            st.button("Merge with next", key="review.merge", on_click=_act, args=merging, disabled=chosen >= last)
        _show_splitting(review, chosen)
    if st.toggle("Keys", value=True, key="review.keys", help="Letters press the buttons above, except while you type"):
        markup.show("review_keys.html")


def _show_splitting(review: Review, chosen: int) -> None:
    """The field for the words with which the second part begins; a click in the text fills it."""
    draft = review.drafts[chosen]
    with (
        st.container(key="review.splitting"),
        st.form("review.cutting", border=False),
        st.container(horizontal=True, gap="xsmall", vertical_alignment="center"),
    ):
        key = f"review.cut.{draft.start}.{draft.end}.{len(review.drafts)}"
        place = "into its parts, or where? Click a word" if can_split(review, chosen) else "where? Click a word, or type it"
        st.text_input("The second part begins with", key=key, placeholder=place, label_visibility="collapsed", max_chars=500)
        st.form_submit_button("Split", key="review.split", on_click=_split, args=(chosen, key))


# --- the chosen one ------------------------------------------------------------------------------------------------


def _show_chosen(workspace: Workspace, view: View, review: Review, chosen: int, ready: Readiness, there: StatementRow | None) -> None:
    draft = review.drafts[chosen]
    markup.show(
        "review_chosen.html",
        number=chosen + 1,
        n=len(review.drafts),
        state=draft.decision.value,
        sign=SIGNS[draft.decision.value],
        kind=quote_kind_of(draft.given_as),
        cue=draft.cue,
        reasons=draft.reasons,
        quote=draft.quote(review.text),
        n_unreadable=draft.quote(review.text).count(UNREADABLE),
        language=draft.written.get("quote_language", review.document.language),
        there=there,
        here=view,
        wrong=[problem.message for problem in ready.wrong.get(chosen, ())],
    )
    with st.container(key="review.fields"):
        for place, name in enumerate(_FIRST[:-1]):
            if place % 2 == 0:  # a row of columns for each two, so that a narrow page keeps their order
                row = st.columns(2, gap="small")
            with row[place % 2]:
                _field(workspace, draft, chosen, name)
        _field(workspace, draft, chosen, _FIRST[-1])
        signing.show(draft, chosen, _act)
        with st.expander("More columns", key="review.more", on_change="rerun") as more:
            if more.open:
                for name in _MORE:
                    _field(workspace, draft, chosen, name)


def _field(workspace: Workspace, draft: Draft, number: int, name: str) -> None:
    held, key = draft.given_as if name == "quote_kind" else draft.written.get(name, ""), f"review.field.{name}.{number}"
    changed = {"key": session.seeded(key, held), "on_change": _edited, "args": (number, name, key)}
    if name == "quote_kind":
        _select(_TITLES[name], {**QUOTE_KINDS, **({} if held else {"": "not said"})}, held, changed)
    elif name in _CODED:
        words = {"": "not coded", **{code: word for code, word in _CODED[name].items() if code not in (NOT_CODED, NOT_GIVEN)}}
        _select(_TITLES[name], words, held, changed)
    elif name == "issue":
        _select(_TITLES[name], {"": "none", **{issue_id: issue.title for issue_id, issue in workspace.issues.items()}}, held, changed)
    elif name in _LONG:
        st.text_area(_TITLES[name], height=68, **changed)
    else:
        st.text_input(_TITLES[name], **changed)


def _select(title: str, words: Mapping[str, str], held: str, changed: Mapping[str, Any]) -> None:
    options = [*words, *([held] if held not in words else [])]
    st.selectbox(title, options, format_func=lambda code: words.get(code, code), **changed)


def _edited(number: int, name: str, key: str) -> None:
    _act(lambda review: edit_alike(review, number, {name: (st.session_state[key] or "").strip()}))


def _show_list(workspace: Workspace, view: View, review: Review, chosen: int, ready: Readiness, there: Mapping[int, StatementRow]) -> None:
    first = max(0, min(chosen - _LISTED // 2, len(review.drafts) - _LISTED))
    shown = list(enumerate(review.drafts))[first : first + _LISTED]
    rows = [
        {
            "number": number + 1,
            "link": _link(view, number),
            "state": draft.decision.value,
            "sign": SIGNS[draft.decision.value],
            "is_chosen": number == chosen,
            "who": draft.written.get("spokesperson") or draft.written.get("organisation", ""),
            "for_whom": _country(workspace, draft.written.get("country", "")),
            "others": "; ".join(_signatory(workspace, one) for one in draft.signatories),
            "when": theme.short_date(draft.written.get("stated_on", "")),
            "there": number in there,
            "wrong": "cannot be kept as it is" if number in ready.forbidding else "",
            "quote": draft.quote(review.text)[:200],
            "language": draft.written.get("quote_language", review.document.language),
        }
        for number, draft in shown
    ]
    markup.show("review_list.html", rows=rows, n_more=len(review.drafts) - len(shown))


def _signatory(workspace: Workspace, one: Signatory) -> str:
    return ", ".join(name for name in (one.spokesperson, _country(workspace, one.actor)) if name) or "nobody named"


def _country(workspace: Workspace, written: str) -> str:
    """The name of a country that is written as its code; what is written otherwise."""
    named = workspace.catalogue.label("actor", written)
    return country_name(written) if named == written else named


def _show_adding(review: Review) -> None:
    """A statement that was not found: its words, as they stand in the text."""
    with st.form("review.add", border=False, clear_on_submit=True):
        words = st.text_input(
            "Mark one yourself: select its words in the text and press n, or type them", key="review.words", max_chars=5_000
        )
        is_asked = st.form_submit_button("Mark it", key="review.mark")
    if not is_asked or not words.strip():
        return
    spans = find_words(review.text, words)
    if not spans:
        st.warning("These words are not in the text.")
        return
    _act(lambda held: add(held, spans)[0], lambda held: next(n for n, draft in enumerate(held.drafts) if draft.spans == spans))
    st.rerun()


# --- the end -------------------------------------------------------------------------------------------------------


def _store(key: str) -> None:
    """In a callback: whether the text is to be stored is as the box says."""
    _act(lambda held: replace(held, stores_text=st.session_state[key]))


def _show_keeping(workspace: Workspace, view: View, review: Review, ready: Readiness) -> None:
    key = session.seeded("review.stores", review.stores_text)
    st.checkbox("Store the text with the statements, so that quotes can be verified", key=key, on_change=_store, args=(key,))
    with st.form("review.keep"):
        left, right = st.columns(2)
        who = left.text_input("Who", max_chars=80, key="review.who", placeholder="your name, for the history")
        why = right.text_input("Why", max_chars=200, key="review.why")
        n = ready.rehearsal.n_new if ready.rehearsal else 0
        is_kept = st.form_submit_button(f"Keep {theme.plural(n, 'statement')}", type="primary", disabled=not ready.can_be_kept)
        if ready.forbidding:
            _show_forbidding(view, ready)
        elif review.n(Decision.WAITING) and n:
            waiting = theme.plural(review.n(Decision.WAITING), "candidate")
            markup.show("note.html", text=f"{waiting} still to decide will stay under review.")
    if is_kept and deciding.is_signed(who):
        _keep(workspace, view, review, who.strip(), why.strip())
    st.button("Leave the review: keep nothing of it", key="review.leave", on_click=_leave)


def _show_forbidding(view: View, ready: Readiness) -> None:
    named = ready.forbidding[:10]
    rows = [{"number": number + 1, "link": _link(view, number), "why": ready.why_not(number)} for number in named]
    markup.show("review_forbidding.html", rows=rows, n_more=len(ready.forbidding) - len(rows))


def _keep(workspace: Workspace, view: View, review: Review, who: str, why: str) -> None:
    try:
        revision = keep_review(cached.library(), workspace.code, review, who=who, why=why)
    except TrackerError as refused:
        deciding.show_refusal("Nothing was changed.", refused)
        return
    st.session_state["review.kept"] = revision
    session.go(view.choosing(candidate="1", part="") if review.n(Decision.WAITING) else view.alone("/review"))
    st.rerun()


def _leave() -> None:
    try:
        leave(cached.library(), session.workspace().code, st.session_state["review.document"])
    except TrackerError as refused:
        st.session_state["review.refused"] = str(refused)
    else:
        session.go(session.view().alone("/review"))
