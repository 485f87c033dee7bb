"""Cells that a spreadsheet would take for a formula or an error get an apostrophe in front, and lose it when they come back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from tracker.io.no_data import why_no_data

GUARDED = "guarded"
"""The last column of a table that has guarded cells: the columns of each row in which they stand. What they hold is text."""

_FORMULA = re.compile("[=+\\-@\t\r＝＋－＠]")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*%?", re.ASCII)


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet, or we, might take the cell for a formula or an error; plain numbers are none.

    >>> is_dangerous("=1+1"), is_dangerous("-1,5"), is_dangerous("- a list"), is_dangerous("＝1"), is_dangerous("#REF!")
    (True, False, True, True, True)
    """
    return bool(_FORMULA.match(text) and not _PLAIN_NUMBER.fullmatch(text)) or bool(why_no_data(text))


def guarded(text: str) -> str:
    """The cell with an apostrophe in front when it is dangerous."""
    return f"'{text}" if is_dangerous(text) else text


def unguarded(text: str) -> str:
    """The cell without the apostrophe :func:`guarded` gave it; call it only for cells that got one.

    >>> unguarded(guarded("=1+1")), unguarded("mended by hand")
    ('=1+1', 'mended by hand')
    """
    return text[1:] if text.startswith("'") and is_dangerous(text[1:]) else text


def guarded_rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[list[str]]:
    """The header and the rows with dangerous cells guarded, told in a last column where there are any.

    >>> guarded_rows(["a", "b"], [["=1", "x"]])
    [['a', 'b', 'guarded'], ["'=1", 'x', 'a']]
    """
    held = list(rows)
    marks = [" ".join(name for name, cell in zip(columns, cells, strict=True) if is_dangerous(cell)) for cells in held]
    if not any(marks):
        return [list(columns), *map(list, held)]
    return [[*columns, GUARDED], *([*map(guarded, cells), mark] for cells, mark in zip(held, marks, strict=True))]


def marked(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> list[dict[str, object]]:
    """The rows; one whose text looks like a formula or an error has a key ``guarded`` that names those columns.

    For formats in which no spreadsheet can be tricked, so that the text itself stays as it is.

    >>> marked([{"quote": "#REF!"}, {"quote": "x"}], ["quote"])
    [{'quote': '#REF!', 'guarded': 'quote'}, {'quote': 'x'}]
    """
    held: list[dict[str, object]] = []
    for row in rows:
        names = [name for name in columns if isinstance(text := row.get(name), str) and why_no_data(text)]
        held.append({**row, GUARDED: " ".join(names)} if names else {**row})
    return held


def guarded_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The same as CSV in UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(guarded_rows(columns, rows))
    return text.getvalue().encode("utf-8")
