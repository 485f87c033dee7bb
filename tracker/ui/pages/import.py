"""Import: bring in mine."""

import streamlit as st

from tracker.io.inputs import InputFile
from tracker.ui import cached, markup, session
from tracker.ui.components import deciding, feeds, history, rehearsing
from tracker.workspace import Workspace, may_edit
from tracker.workspace.importing import FetchRefused, fetched, is_fetching_on

NEW = "(a new data set)"
_KINDS = [
    "csv",
    "tsv",
    "txt",
    "xlsx",
    "ods",
    "json",
    "jsonl",
    "ndjson",
    "parquet",
    "dna",
    "qdpx",
    "qdc",
    "xml",
    "rss",
    "atom",
    "zip",
    "gz",
    "bz2",
]


def page() -> None:
    """Draw the page."""
    workspace = session.workspace()
    if not may_edit():
        markup.show("import_off.html")
        history.show_revisions(workspace)
        return
    review = session.view().alone("/review").link
    markup.show("way.html", title="An article, a briefing, a page: find the statements in a text", link=review)
    target = _show_target(workspace)
    file = _show_file()
    if file is not None and target:
        rehearsing.show(file, target)
    else:
        feeds.show(workspace)
    history.show_revisions(workspace, offers_undo=True)


def _show_target(workspace: Workspace) -> str:
    """The data set to import into: one that is there, or the name of a new one."""
    titles = cached.library().titles()
    left, right = st.columns(2)
    with left:
        place = list(titles).index(workspace.code)
        named = titles | {NEW: NEW}
        chosen = st.selectbox("Into", list(named), index=place, format_func=named.__getitem__, key="import.into")
    if chosen != NEW:
        return chosen
    with right:
        return st.text_input("Its name", key="import.name", max_chars=60, placeholder="for example: Security Council 2016").strip()


def _show_file() -> InputFile | None:
    place = st.session_state.get("import.place", 0)
    key = f"import.file.{place}" if place else "import.file"
    uploaded = st.file_uploader("A file with statements", type=_KINDS, key=key, help="Nothing is kept before you say so.")
    if uploaded:
        held = st.session_state.get("import.input")
        if held is None or held[0] != uploaded.file_id:  # the same object on every run: what it is known by is worked out once
            held = st.session_state["import.input"] = (uploaded.file_id, InputFile.from_bytes(uploaded.getvalue(), uploaded.name))
        return held[1]
    st.session_state.pop("import.input", None)
    return _show_address() if is_fetching_on() else None


def _show_address() -> InputFile | None:
    """The file at an address; asked for once, when the button is pressed."""
    with st.form("import.fetch", border=False):
        address = st.text_input("Or an address", key="import.address", placeholder="https://…")
        is_asked = st.form_submit_button("Fetch it")
    if is_asked and address:
        try:
            st.session_state["import.fetched"] = fetched(address)
        except FetchRefused as refused:
            st.session_state.pop("import.fetched", None)
            deciding.show_refusal("It could not be fetched.", refused)
    return st.session_state.get("import.fetched")


page()
