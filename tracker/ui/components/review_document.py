"""The document under review: what is known of it, whether its text is stored, and what drifted since it was read before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from tracker.core.documents import Document
from tracker.core.reviews import Review
from tracker.core.views import View
from tracker.ui import markup, session
from tracker.workspace import Workspace
from tracker.workspace.known import known_in
from tracker.workspace.reviewing import drift, look_again

_FIELDS = {"title": "Title", "publisher": "Publisher", "document_url": "Address", "published_on": "Published on", "language": "Language"}
_EXAMPLES = {"document_url": "https://…", "published_on": "2016-07-28", "language": "en"}
_READ_AGAIN = "When the date or the language is changed, the text is read again: what you decided on stays, the others are found anew."


def fields_of(document: Document, key: str) -> dict[str, str]:
    """The widgets for what is known of a document, filled with it; what stands in them."""
    left, right = st.columns(2)
    return {
        name: (left, right)[place % 2].text_input(
            title,
            getattr(document, name),
            key=f"{key}.{name}",
            placeholder=_EXAMPLES.get(name),
        )
        for place, (name, title) in enumerate(_FIELDS.items())
    }


def show(review: Review, act: Callable[..., None]) -> None:
    """What is known of the document, to be changed; ``act`` saves a change of the review."""
    with st.expander("The document", key="review.about"), st.form(f"review.document.{review.document.document_id[:12]}", border=False):
        written = fields_of(review.document, f"review.document.{review.document.document_id[:12]}")
        markup.show("note.html", text=_READ_AGAIN)
        if st.form_submit_button("Save"):
            about = replace(review.document, **{name: text.strip() for name, text in written.items()})
            act(lambda held: look_again(held, about, known_in(session.workspace())))
            st.rerun()


def show_drift(workspace: Workspace, view: View, review: Review) -> None:
    """What became of statements kept from an earlier text at this address; nothing where there is none."""
    rows = drift(workspace, review)
    if rows:
        n_verified = sum(bool(proof.verification and proof.verification.is_verified) for _, proof in rows)
        markup.show("review_drift.html", rows=rows, n_verified=n_verified, here=view)
