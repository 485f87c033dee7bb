"""Records to rows of our columns: every record becomes a row, or is rejected or ignored with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.core.columns import COLUMN_NAMES
from tracker.core.problems import Problem, Severity
from tracker.io.delimited import Record
from tracker.io.guarding import unguarded
from tracker.io.limits import MAX_RECORDS
from tracker.io.refusals import FileRefused
from tracker.io.tables import Table, record_fault

_SUSPECT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(slots=True)
class Row:
    """A record by our column names, text as written, "" where the table has nothing."""

    values: dict[str, str]
    record: int
    line: int


@dataclass
class RowsRead:
    """Rows that can be understood, and what became of the other records: rows + rejected + ignored = n_records."""

    rows: list[Row]
    problems: list[Problem]
    n_records: int


def read_rows(table: Table, file: str) -> RowsRead:
    """The rows of a table; repeated headers are ignored, records that cannot be told apart into columns rejected.

    NUL characters are replaced by the replacement character, with a warning; other control characters and those
    that turn the direction of text are kept, with a warning. Raises FileRefused for more records than can be loaded.
    """
    found = RowsRead([], [], 0)
    n_columns = len(table.header.names)
    unnamed = {place for place, name in enumerate(table.header.names) if not name}
    for record in table.records:
        found.n_records += 1
        if found.n_records > MAX_RECORDS:
            raise FileRefused(
                "too-many-rows", f"The table has more than {MAX_RECORDS:,} rows, which is the most that can be loaded. Split the file."
            )
        place = {"file": file, "record": found.n_records, "line": record.line}
        fault = record_fault(record, n_columns)
        if table.header.repeats_header(record.fields):
            found.problems.append(Problem("header-repeated", "the row repeats the header; it was ignored", Severity.IGNORED, **place))
        elif fault:
            found.problems.append(Problem(*fault, **place))
        else:
            row = Row(_by_column(table, record), found.n_records, record.line)
            found.problems += made_harmless(row, file)
            found.rows.append(row)
            filled = {place for place in unnamed if record.fields[place].strip()}
            found.problems += [_without_name(column, file) for column in sorted(filled)]
            unnamed -= filled
    return found


def _without_name(column: int, file: str) -> Problem:
    message = f"Column {column + 1} has no name in the header and was left aside; name it if it holds something we have."
    return Problem("column-unknown", message, Severity.WARNING, file)


def _by_column(table: Table, record: Record) -> dict[str, str]:
    places, fields = table.header.places, record.fields
    values = {name: fields[places[name]] if name in places else "" for name in COLUMN_NAMES}
    if table.header.guarded_place is not None:
        for name in fields[table.header.guarded_place].split():
            if name in values:
                values[name] = unguarded(values[name])
    return values


def made_harmless(row: Row, file: str) -> Iterator[Problem]:
    """Replaces NUL characters in the row, and yields a warning for each cell that holds characters nobody can see."""
    for column, text in row.values.items():
        if not _SUSPECT.search(text):
            continue
        place = {"severity": Severity.WARNING, "file": file, "record": row.record, "line": row.line, "column": column}
        if "\0" in text:
            row.values[column] = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
            yield Problem(
                "text-nul", "the text holds NUL characters; each was replaced by \N{REPLACEMENT CHARACTER}. Mend it in the file", **place
            )
        if _CONTROL.search(text):
            yield Problem(
                "text-control", "the text holds control characters that cannot be seen; they were kept. Remove them in the file", **place
            )
        if _DIRECTION.search(text):
            yield Problem(
                "text-direction", "the text holds characters that turn its direction, so it may look unlike what it says; check it", **place
            )
