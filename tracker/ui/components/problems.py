"""Problems as a table that can be filtered by what they do to a row, by file and by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from tracker.core.problems import Problem, Severity
from tracker.ui import markup

_SHOWN = 500
_ALL = ""


def show(problems: Sequence[Problem], key: str) -> None:
    """Every problem with its file, row and column; nothing when there is none."""
    if not problems:
        return
    kinds = [kind.value for kind in Severity if any(problem.severity is kind for problem in problems)]
    # The key names the kinds there are: one that comes later is shown too, and not hidden by an earlier choice.
    chosen = st.multiselect("Show problems", kinds, default=kinds, key=f"{key}.severities.{'.'.join(kinds)}")
    left, right = st.columns(2)
    with left:
        code = _show_choice("Of the kind", Counter(problem.code for problem in problems), f"{key}.code")
    with right:
        file = _show_choice("In the file", Counter(problem.file for problem in problems), f"{key}.file")
    rows = [
        {"what": p.severity.value, "file": p.file, "row": p.line, "column": p.column, "problem": p.message, "code": p.code}
        for p in problems
        if p.severity.value in chosen and code in (_ALL, p.code) and file in (_ALL, p.file)
    ]
    st.dataframe(pd.DataFrame(rows[:_SHOWN]), hide_index=True, width="stretch", key=f"{key}.problems")
    if len(rows) > _SHOWN:
        markup.show("note.html", text=f"{_SHOWN} of {len(rows):,} problems shown; `python -m tracker check` lists all.")


def _show_choice(label: str, counts: Counter[str], key: str) -> str:
    """The one that was chosen of several; all of them where there is but one."""
    if len(counts) < 2:
        return _ALL
    titles = {_ALL: f"all: {sum(counts.values()):,}", **{name: f"{name or 'not said'}: {n:,}" for name, n in counts.most_common()}}
    return st.selectbox(label, list(titles), format_func=titles.__getitem__, key=f"{key}.{len(counts)}")
