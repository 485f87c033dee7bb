"""A rehearsal on the page: what a file holds, what was guessed, what to mend; then keep or leave it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tracker.core.errors import TrackerError
from tracker.io.inputs import InputFile, ReadOptions
from tracker.ui import cached, markup, theme
from tracker.ui.components import deciding, mending, problems, reading
from tracker.workspace.importing import Rehearsal, keep


def show(file: InputFile, target: str) -> None:
    """Rehearse the file for the data set and offer to keep it; nothing is changed before that."""
    options = reading.show(file)
    as_read = _rehearsed(file, target, options)
    shown = st.container()
    mended = mending.show(as_read)
    rehearsal = _rehearsed(file, target, replace(options, mended=mended)) if mended else as_read
    with shown:
        _show_rehearsal(rehearsal, is_asked=not cached.choices(file, options.sheet).is_understood)
    _show_keeping(rehearsal)


def _show_rehearsal(rehearsal: Rehearsal, *, is_asked: bool) -> None:
    markup.show("rehearsal.html", rehearsal=rehearsal, read=rehearsal.read, is_asked=is_asked)
    _show_joined(rehearsal)
    problems.show([*rehearsal.clashes, *rehearsal.read.problems], "import")


def _rehearsed(file: InputFile, target: str, options: ReadOptions) -> Rehearsal:
    """The rehearsal, read when it is none of those kept; meanwhile a bar tells how far it is, and a button stops it."""
    held = cached.kept_rehearsal(file, target, options)
    if held is not None:
        return held
    slot = st.empty()
    with slot.container(key=f"import.reading_now.{bool(options.mended)}"):
        bar = st.progress(0.0, text="Reading …")
        st.button("Stop reading: change nothing", key=f"import.stop.{bool(options.mended)}", on_click=leave)
    rehearsal = cached.rehearsal(file, target, options, _progress(bar))
    slot.empty()
    return rehearsal


def _progress(bar: DeltaGenerator) -> Callable[[int, int], None]:
    """Tells the bar how far reading is; whatever is clicked on the page meanwhile stops it at the next of these."""

    def tell(n_records: int, n_expected: int) -> None:
        share = min(1.0, n_records / n_expected) if n_expected else 0.0
        bar.progress(share, text=f"{n_records:,} records read …")

    return tell


def _show_joined(rehearsal: Rehearsal) -> None:
    if rehearsal.joined:
        with st.expander(f"Names taken for one another: {len(rehearsal.joined)}"):
            rows = [
                {"taken for": j.label, "as": j.facet, "written": ", ".join(j.spellings), "rows": j.n_statements} for j in rehearsal.joined
            ]
            st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch", key="import.joined")


def leave() -> None:
    """Forget the file (key ``import.place``: each new place is an empty uploader); nothing was changed."""
    st.session_state["import.place"] = st.session_state.get("import.place", 0) + 1
    st.session_state.pop("import.fetched", None)


def _show_keeping(rehearsal: Rehearsal) -> None:
    st.button("Leave it: change nothing", key="import.leave", on_click=leave)
    if not rehearsal.can_be_kept:
        return
    with st.form("import.keep"):
        left, right = st.columns(2)
        who = left.text_input("Who", max_chars=80, placeholder="your name, for the history")
        why = right.text_input("Why", max_chars=200, placeholder="for example: interviews of the desk, July")
        is_kept = st.form_submit_button(f"Keep {theme.plural(rehearsal.n_new, 'statement')}", type="primary")
    if is_kept and deciding.is_signed(who):
        _keep(rehearsal, who.strip(), why.strip())


def _keep(rehearsal: Rehearsal, who: str, why: str) -> None:
    try:
        revision = keep(cached.library(), rehearsal, who=who, why=why)
    except TrackerError as refused:
        deciding.show_refusal("Nothing was changed.", refused)
    else:
        deciding.show_done(rehearsal.target, revision, f"/?data={rehearsal.target}")
