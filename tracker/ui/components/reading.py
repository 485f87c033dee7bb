"""How a file is to be read, as a person says it: which column is which, the order of dates, the sheet, the kind of statement."""

from __future__ import annotations

import streamlit as st

from tracker.core.columns import STATEMENT_COLUMNS
from tracker.io.choices import Choices
from tracker.io.inputs import InputFile, ReadOptions
from tracker.ui import cached, markup

_ORDERS = {"": "as the column shows, else day first", "day-first": "day first: 3 April", "month-first": "month first: 4 March"}
_MOST_COLUMNS = 60
_ASIDE = "-"
_A_ROW = 3
_TITLES = {column.name: column.title for column in STATEMENT_COLUMNS}
_MEANINGS = {column.name: f"{column.title}: {column.meaning}" for column in STATEMENT_COLUMNS}
_SAID = ("import.every.", "import.other.", "import.date_order", "import.sheet", "import.type", "import.map.")


def show(file: InputFile) -> ReadOptions:
    """What the person says about the file; what was said of the file before it is forgotten."""
    if st.session_state.get("import.said_of") != file.digest:
        st.session_state["import.said_of"] = file.digest
        for key in [key for key in st.session_state if str(key).startswith(_SAID)]:
            del st.session_state[key]
    is_asked = not cached.choices(file, "").is_understood
    with st.expander("How to read it", expanded=is_asked, key="import.reading"):
        sheet, statement_type = _show_parts(cached.choices(file, ""))
        order = st.selectbox("Dates like 03/04/2016 are", list(_ORDERS), format_func=_ORDERS.__getitem__, key="import.date_order")
        mapping = _show_columns(cached.choices(file, sheet)) | _show_others() | _show_constant()
    return ReadOptions(mapping=mapping, date_order=order, sheet=sheet, statement_type=statement_type)


def _show_parts(choices: Choices) -> tuple[str, str]:
    """Which sheet of a workbook, and which kind of statement of a project, where there are several."""
    sheet = statement_type = ""
    if choices.sheets:
        sheet = st.selectbox("Sheet", ["", *choices.sheets], format_func=lambda name: name or "the first with a header", key="import.sheet")
    if choices.statement_types:
        kinds = ["", *choices.statement_types]
        statement_type = st.selectbox("Kind of statement", kinds, format_func=lambda name: name or "the most frequent", key="import.type")
    return sheet, statement_type


def _show_columns(choices: Choices) -> dict[str, str]:
    """One choice a column of the file, with what it is taken for unless something else is said."""
    found: dict[str, str] = {}
    if len(choices.columns) > _MOST_COLUMNS:
        markup.show("note.html", text=f"The first {_MOST_COLUMNS} of {len(choices.columns)} columns are shown.")
    for place, (name, taken_for) in enumerate(choices.columns[:_MOST_COLUMNS]):
        if not place % _A_ROW:
            cells = st.columns(_A_ROW)
        as_guessed = _TITLES.get(taken_for, "left aside")
        as_found = "as its program means it" if choices.is_of_a_tool else f"taken for: {as_guessed}" if taken_for else as_guessed
        titles = {"": as_found, **_MEANINGS, _ASIDE: "leave it aside"}
        chosen = cells[place % _A_ROW].selectbox(
            _plain(name), list(titles), format_func=titles.__getitem__, key=f"import.map.{place}.{name[:60]}"
        )
        if chosen:
            found[name] = "" if chosen == _ASIDE else chosen
    return found


def _show_others() -> dict[str, str]:
    """A name that is no column: a variable or code of a project, a field of a corpus."""
    left, right = st.columns(2, vertical_alignment="bottom")
    name = left.text_input("Another name in the file", max_chars=100, key="import.other.name", placeholder="for example: narrator").strip()
    column = right.selectbox("means", list(_TITLES), index=3, format_func=_TITLES.__getitem__, key="import.other.column")
    return {name: column} if name and not name.startswith("=") else {}


def _show_constant() -> dict[str, str]:
    """What holds for every row though no column says it: a project about one country names it nowhere."""
    left, right = st.columns(2, vertical_alignment="bottom")
    titles = {name: title for name, title in _TITLES.items() if name != "statement_id"}
    place = list(titles).index("country")
    column = left.selectbox(
        "In every row, the column", list(titles), index=place, format_func=titles.__getitem__, key="import.every.column"
    )
    text = right.text_input("holds this text", max_chars=200, key="import.every.text", placeholder="for example: United States").strip()
    return {f"={text}": column} if text else {}


def _plain(text: str) -> str:
    """A stranger's header as a label: without the characters that labels take for formatting."""
    return "".join(c for c in text if c.isprintable() and c not in "*_`[]()!<>#~:$\\|")[:60] or "(no name)"
