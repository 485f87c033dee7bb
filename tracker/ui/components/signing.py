"""Who says a candidate together with its spokesperson: the signatories of a joint statement, to be changed one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from tracker.core.beside import DISSOCIATED, SIGNED, Signatory
from tracker.core.reviews import Draft, Review, sign
from tracker.ui import markup, session

_FIELDS = {"actor": "State or organisation", "spokesperson": "Its spokesperson", "organisation": "Its ministry or body", "note": "Its note"}
_WHAT_IT_IS = "Each other state or organisation whose words these are too. The statement counts once, and is a position of each."
Act = Callable[..., None]


def show(draft: Draft, number: int, act: Act) -> None:
    """The signatories of a draft with what is written of each; ``act`` saves a change of the review."""
    held = draft.signatories
    with st.expander(f"Said together with others ({len(held)})", expanded=bool(held), key=f"review.signing.{number}.{len(held)}"):
        markup.show("note.html", text=_WHAT_IT_IS)
        for place, signatory in enumerate(held):
            with st.container(key=f"review.signatory.{place}", border=True):
                _show_one(signatory, number, place, act)
        st.button("Add another", key="review.sign", on_click=_set, args=(number, len(held), Signatory("", ""), act))


def _show_one(signatory: Signatory, number: int, place: int, act: Act) -> None:
    rows = [st.columns(2, gap="small", vertical_alignment="bottom") for _ in range(3)]  # so that a narrow page keeps the order
    for at, (name, title) in enumerate(_FIELDS.items()):
        key = session.seeded(_key(name, number, place), getattr(signatory, name))
        rows[at // 2][at % 2].text_input(title, key=key, on_change=_edited, args=(number, place, name, act))
    key = session.seeded(_key("signed", number, place), signatory.signed)
    ways = {SIGNED: "signed", DISSOCIATED: "dissociated itself"}
    edited = {"on_change": _edited, "args": (number, place, "signed", act)}
    rows[-1][0].selectbox("It has", list(ways), format_func=ways.__getitem__, key=key, **edited)
    rows[-1][1].button("Remove", key=f"review.unsign.{place}", on_click=_set, args=(number, place, None, act))


def _edited(number: int, place: int, name: str, act: Act) -> None:
    """In a callback: what is written in a field of one signatory is what is held of it."""
    text = (st.session_state[_key(name, number, place)] or "").strip()

    def changed(review: Review) -> Review:
        return _with(review, number, place, replace(review.drafts[number].signatories[place], **{name: text}))

    act(changed)


def _set(number: int, place: int, signatory: Signatory | None, act: Act) -> None:
    act(lambda review: _with(review, number, place, signatory))


def _with(review: Review, number: int, place: int, signatory: Signatory | None) -> Review:
    held = review.drafts[number].signatories
    return sign(review, number, (*held[:place], *([signatory] if signatory else []), *held[place + 1 :]))


def _key(name: str, number: int, place: int) -> str:
    return f"review.signed.{name}.{number}.{place}"
