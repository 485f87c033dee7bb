"""Review: what did they say in this text?"""

from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from tracker.core.documents import Document
from tracker.core.errors import TrackerError
from tracker.core.links import View
from tracker.io.inputs import InputFile
from tracker.ui import cached, markup, session
from tracker.ui.components import deciding, review_document, reviewing
from tracker.workspace import Workspace, may_edit
from tracker.workspace.importing import is_fetching_on
from tracker.workspace.known import known_in
from tracker.workspace.reviewing import (
    MAX_CHARACTERS,
    Beginning,
    begin_review,
    opened,
    read_address,
    read_file,
    save,
    stored_document,
    waiting,
)

_KINDS = ["txt", "html", "htm", "docx", "pdf"]
_WAYS = {"paste": "Paste the text", "file": "Give its file", "address": "Fetch its address"}


def page() -> None:
    """Draw the page."""
    workspace, view = session.workspace(), session.view()
    if not may_edit():
        markup.show("review_off.html")
        return
    kept = st.session_state.pop("review.kept", None)
    if kept:
        markup.show("kept.html", revision=kept, link=view.alone("/statements").link)
    asked = view.choice("document")
    held = opened(cached.library(), workspace.code, asked)
    if held:
        reviewing.show(workspace, view, *held)
        return
    if asked and not kept:
        _show_unknown(workspace, view, asked)
    rows = [
        {"review": review, "link": view.choosing(document=review.document_id[:12]).link}
        for review in waiting(cached.library(), workspace.code)
    ]
    if rows:
        markup.show("review_queue.html", rows=rows)
    _show_beginning(workspace, view)


def _show_unknown(workspace: Workspace, view: View, asked: str) -> None:
    stored = stored_document(workspace, asked)
    if stored is None:
        why = "Its review has ended, or was never begun here. Statements that were kept from it are in the data."
        markup.show("empty.html", title="No review of this document is going on", why=why, ways=[])
        return
    document, text = stored
    why = "Its statements were kept and its text is stored, so it can be read once more."
    markup.show("empty.html", title="The review of this document has ended", why=why, ways=[])
    if st.button("Read it again", key="review.again"):
        _begin(workspace, view, Beginning(text, document))


def _show_beginning(workspace: Workspace, view: View) -> None:
    """The text to be reviewed and what is known of it; nothing is kept before somebody says so."""
    ways = {key: title for key, title in _WAYS.items() if key != "address" or is_fetching_on()}
    way = st.segmented_control("The text", list(ways), format_func=ways.__getitem__, default="paste", key="review.way") or "paste"
    with st.form("review.begin", border=False):
        if way == "paste":
            text = st.text_area("Text of the article, briefing or statement", height=260, key="review.text", max_chars=MAX_CHARACTERS)
        elif way == "file":
            text, file = "", st.file_uploader("File", type=_KINDS, key="review.file")
        else:
            text, address = "", st.text_input("Address", key="review.address", placeholder="https://…")
        st.caption("What you know of the document. Days like “on Thursday” are counted from the day it was published.")
        written = review_document.fields_of(Document(""), "review.given")
        is_asked = st.form_submit_button("Find the statements", type="primary")
    if not is_asked:
        return
    beginning = Beginning(text, Document("", **{name: value.strip() for name, value in written.items()}))
    try:
        if way == "file" and file:
            beginning = read_file(InputFile.from_bytes(file.getvalue(), file.name), beginning.document)
        elif way == "address" and address.strip():
            beginning = read_address(address.strip(), beginning.document)
    except TrackerError as refused:
        deciding.show_refusal("It cannot be read.", refused)
        return
    _begin(workspace, view, beginning)


def _begin(workspace: Workspace, view: View, beginning: Beginning) -> None:
    """Begin the review, or take up the one of this text that is going on, and open it."""
    library, code = cached.library(), workspace.code
    try:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        document = replace(beginning.document, retrieved_at=beginning.document.retrieved_at or now)
        review = begin_review(beginning.text, document, known_in(workspace), left_out=beginning.left_out)
        if not library.ledger.review(code, review.document.document_id):
            save(library, code, review, seen=0)
    except TrackerError as refused:
        deciding.show_refusal("It cannot be reviewed.", refused)
        return
    session.go(view.alone("/review", document=review.document.document_id[:12]))
    st.rerun()


page()
