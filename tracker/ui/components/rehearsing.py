"""A rehearsal on the page: what a file holds, what was guessed, what to mend; then keep or leave it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tracker.core.columns import STATEMENT_COLUMNS
from tracker.core.errors import TrackerError
from tracker.io.exporters import to_csv
from tracker.io.inputs import InputFile, ReadOptions
from tracker.ui import cached, markup, theme
from tracker.ui.components import deciding, problems
from tracker.workspace.importing import Rehearsal, keep

_AS_GUESSED = "(as guessed)"
_ORDERS = {"": "as the column shows, else day first", "day-first": "day first: 3 April", "month-first": "month first: 4 March"}
_MENDED = 200
_MOST_HEADERS = 60


def show(file: InputFile, target: str) -> None:
    """Rehearse the file for the data set and offer to keep it; nothing is changed before that."""
    options = _show_reading(file)
    rehearsal = _rehearsed(file, target, options)
    markup.show("rehearsal.html", rehearsal=rehearsal, read=rehearsal.read)
    _show_joined(rehearsal)
    problems.show([*rehearsal.clashes, *rehearsal.read.problems], "import")
    patched = _show_mending(file, rehearsal, options)
    if patched is not None:
        rehearsal = _rehearsed(patched, target, ReadOptions())
        markup.show("rehearsal.html", rehearsal=rehearsal, read=rehearsal.read)
    _show_keeping(rehearsal)


def _rehearsed(file: InputFile, target: str, options: ReadOptions) -> Rehearsal:
    """The rehearsal, read when it is none of those kept; meanwhile a bar tells how far it is, and a button stops it."""
    held = cached.kept_rehearsal(file, target, options)
    if held is not None:
        return held
    slot = st.container(key="import.reading_now")
    with slot:
        bar = st.progress(0.0, text="Reading …")
        st.button("Stop reading: change nothing", key="import.stop", on_click=leave)
    rehearsal = cached.rehearsal(file, target, options, _progress(bar))
    slot.empty()
    return rehearsal


def _progress(bar: DeltaGenerator) -> Callable[[int, int], None]:
    """Tells the bar how far reading is; whatever is clicked on the page meanwhile stops it at the next of these."""

    def tell(n_records: int, n_expected: int) -> None:
        share = min(1.0, n_records / n_expected) if n_expected else 0.0
        bar.progress(share, text=f"{n_records:,} records read …")

    return tell


def _show_reading(file: InputFile) -> ReadOptions:
    """What the person says about the file: which of their columns is which of ours, and what 03/04/2016 means."""
    with st.expander("How to read it", key="import.reading"):
        order = st.selectbox("Dates like 03/04/2016 are", list(_ORDERS), format_func=_ORDERS.__getitem__, key="import.date_order")
        mapping = _show_constant()
        for place, header in enumerate(cached.headers(file)[:_MOST_HEADERS]):
            ours = ["", *(column.name for column in STATEMENT_COLUMNS)]
            titles = {"": _AS_GUESSED} | {column.name: f"{column.title}: {column.meaning}" for column in STATEMENT_COLUMNS}
            chosen = st.selectbox(_plain(header), ours, format_func=titles.__getitem__, key=f"import.map.{place}.{file.name}")
            if chosen:
                mapping[header] = chosen
    return ReadOptions(mapping=mapping, date_order=order)


def _show_constant() -> dict[str, str]:
    """What holds for every row though no column says it: a project about one country names it nowhere."""
    left, right = st.columns(2, vertical_alignment="bottom")
    titles = {column.name: column.title for column in STATEMENT_COLUMNS if column.name != "statement_id"}
    place = list(titles).index("country")
    column = left.selectbox(
        "In every row, the column", list(titles), index=place, format_func=titles.__getitem__, key="import.every.column"
    )
    text = right.text_input("holds this text", max_chars=200, key="import.every.text", placeholder="for example: United States").strip()
    return {f"={text}": column} if text else {}


def _plain(text: str) -> str:
    """A stranger's header as a label: without the characters that labels take for formatting."""
    return "".join(c for c in text if c.isprintable() and c not in "*_`[]()!<>#~:$\\|")[:60] or "(no name)"


def _show_joined(rehearsal: Rehearsal) -> None:
    if rehearsal.joined:
        with st.expander(f"Names taken for one another: {len(rehearsal.joined)}"):
            rows = [
                {"taken for": j.label, "as": j.facet, "written": ", ".join(j.spellings), "rows": j.n_statements} for j in rehearsal.joined
            ]
            st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch", key="import.joined")


def _show_mending(file: InputFile, rehearsal: Rehearsal, options: ReadOptions) -> InputFile | None:
    """The rejected rows to mend in place or to take along; a file of all rows when something was mended."""
    wrong = rehearsal.rejected
    if not wrong:
        return None
    with st.expander(f"Mend the rejected rows: {len(wrong):,}", key="import.mending"):
        st.download_button(
            "Download them as CSV",
            lambda: to_csv(wrong),
            file_name=f"rejected-{rehearsal.target}.csv",
            mime="text/csv",
            on_click="ignore",
        )
        table = pd.DataFrame(list(wrong[:_MENDED]))
        edited = st.data_editor(
            table, disabled=["line", "problem"], hide_index=True, width="stretch", key=f"import.mend.{rehearsal.file_hash}"
        )
        changed = [new for new, old in zip(edited.to_dict("records"), wrong, strict=False) if new != old]
    return cached.mended_file(file, options, changed) if changed else None


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
