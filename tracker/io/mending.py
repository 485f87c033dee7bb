"""Cells a person mended: read in the place of what the file has, so that everything else of it stays as it was read."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.core.problems import Problem, Severity
from tracker.io.found import Row, RowsRead
from tracker.io.no_data import why_no_data
from tracker.io.rows_read import made_harmless

Mended = Mapping[int, Mapping[str, str]]
"""What was written instead: text by our column, by record (from 1)."""


def mend(found: RowsRead, mended: Mended, file: str) -> None:
    """Gives records the text a person wrote; a record that could not be read becomes a row by it.

    What was said of a cell that was mended is said no more; the number of records stays.
    """
    revived = [row for row in found.unread if row.record in mended]
    found.unread = [row for row in found.unread if row.record not in mended]
    found.rows = sorted([*found.rows, *revived], key=lambda row: row.record) if revived else found.rows
    read_again = {row.record for row in revived}
    found.problems = [problem for problem in found.problems if not _is_settled(problem, mended, read_again)]
    for row in found.rows:
        if row.record in mended:
            _write(row, mended[row.record])
            found.problems += [problem for problem in made_harmless(row, file) if problem.column in mended[row.record]]


def _write(row: Row, texts: Mapping[str, str]) -> None:
    """The texts in the row; what is no data in a file is none when a person writes it."""
    for column, text in texts.items():
        why = why_no_data(text)
        row.values[column] = "" if why else text
        row.lost = {name: said for name, said in (row.lost or {}).items() if name != column} | ({column: why} if why else {}) or None


def _is_settled(problem: Problem, mended: Mended, read_again: set[int]) -> bool:
    """Whether a problem was of a cell that is another now, or rejected a record that is read now."""
    if problem.record is None or problem.record not in mended:
        return False
    if problem.severity is Severity.REJECTED:
        return problem.record in read_again
    return problem.severity is Severity.WARNING and problem.column in mended[problem.record]
