"""Cells that a spreadsheet would take for a formula get an apostrophe in front, and lose it when they come back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

GUARDED = "guarded"
"""The last column of a table that has guarded cells: the columns of each row in which they stand."""

_FORMULA = re.compile("[=+\\-@\t\r＝＋－＠]")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*%?", re.ASCII)


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet might take the cell for a formula; plain numbers are none.

    >>> is_dangerous("=1+1"), is_dangerous("-1,5"), is_dangerous("- a list"), is_dangerous("＝1")
    (True, False, True, True)
    """
    return bool(_FORMULA.match(text)) and not _PLAIN_NUMBER.fullmatch(text)


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


def guarded_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The same as CSV in UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(guarded_rows(columns, rows))
    return text.getvalue().encode("utf-8")
