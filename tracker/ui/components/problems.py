"""Problems as a table that can be filtered by what they do to a row."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from tracker.core.problems import Problem, Severity
from tracker.ui import markup

_SHOWN = 500


def show(problems: Sequence[Problem], key: str) -> None:
    """Every problem with its file, row and column; nothing when there is none."""
    if not problems:
        return
    kinds = [kind.value for kind in Severity if any(p.severity is kind for p in problems)]
    chosen = st.multiselect("Show problems", kinds, default=kinds, key=f"{key}.severities")
    rows = [
        {"what": p.severity.value, "file": p.file, "row": p.line, "column": p.column, "problem": p.message, "code": p.code}
        for p in problems
        if p.severity.value in chosen
    ]
    st.dataframe(pd.DataFrame(rows[:_SHOWN]), hide_index=True, width="stretch", key=f"{key}.problems")
    if len(rows) > _SHOWN:
        markup.show("note.html", text=f"{_SHOWN} of {len(rows):,} problems shown; `python -m tracker check` lists all.")
