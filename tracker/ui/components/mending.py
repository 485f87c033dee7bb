"""The rejected rows of a rehearsal, to be mended in place or taken along."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from tracker.core.columns import COLUMN_NAMES, STATEMENT_COLUMNS
from tracker.io.exporters import rejected_to_csv
from tracker.ui import markup
from tracker.workspace.importing import Rehearsal

_SHOWN = 200
_MOST_CHARACTERS = 20_000
"""Longer cells are mended in the file: a table of them would not fit into a page."""

_ALWAYS = ("stated_on", "country", "organisation", "quote", "position")
_TITLES = {column.name: column.title for column in STATEMENT_COLUMNS}

Row = Mapping[str, object]


def show(rehearsal: Rehearsal) -> dict[int, dict[str, str]]:
    """What was written into the cells of rejected rows: text by our column, by record."""
    wrong = rehearsal.rejected
    if not wrong:
        return {}
    with st.expander(f"Mend the rejected rows: {len(wrong):,}", key="import.mending"):
        st.download_button(
            "Download them as CSV",
            lambda: rejected_to_csv(wrong),
            file_name=f"rejected-{rehearsal.target}.csv",
            mime="text/csv",
            on_click="ignore",
        )
        markup.show("note.html", text=_note(rehearsal))
        return _show_table(wrong)


def _note(rehearsal: Rehearsal) -> str:
    """What can be done here, and what not."""
    n_wrong, n_others = len(rehearsal.rejected), rehearsal.read.n_rejected - len(rehearsal.rejected)
    parts = ["Write over what is wrong; the rows are read again at once, the file itself stays as it is."]
    parts += [f"The first {_SHOWN} are shown; the download has all {n_wrong:,}."] if n_wrong > _SHOWN else []
    parts += [f"{n_others:,} more cannot be shown by column: mend them in the file."] if n_others else []
    return " ".join(parts)


def _show_table(wrong: tuple[Row, ...]) -> dict[int, dict[str, str]]:
    shown = [row for row in wrong[:_SHOWN] if sum(len(str(text)) for text in row.values()) <= _MOST_CHARACTERS]
    names = [name for name in COLUMN_NAMES if name in _ALWAYS or any(row[name] for row in shown)]
    table = pd.DataFrame([{"row": row["line"], "problem": row["problem"]} | {name: row[name] for name in names} for row in shown])
    told = {name: st.column_config.TextColumn(_TITLES[name]) for name in names}
    told["problem"] = st.column_config.TextColumn("problem", width="medium")
    edited = st.data_editor(
        table, disabled=["row", "problem"], hide_index=True, width="stretch", key=f"import.mend.{_same(shown)}", column_config=told
    )
    found: dict[int, dict[str, str]] = {}
    for old, new in zip(shown, edited.to_dict("records"), strict=True):
        texts = {name: text for name in names if (text := _text(new[name])) != old[name]}
        if texts:
            found[int(str(old["record"]))] = texts
    return found


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


def _same(rows: list[Row]) -> str:
    """What tells one table of rejected rows from another, so that nothing written in one is taken for the other."""
    return hashlib.sha256(repr(rows).encode("utf-8", "surrogatepass")).hexdigest()[:16]
