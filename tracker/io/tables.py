"""Bytes of a delimited file to a table: encoding, delimiter and header found, records still as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from tracker.core.problems import Problem, Severity
from tracker.io.decoding import Decoded, decode, is_readable
from tracker.io.delimited import DELIMITERS, Record, likely_delimiters, read_records, split_separator_line
from tracker.io.headers import HeaderMap, count_known, has_what_a_statement_needs, map_header, nearest_column
from tracker.io.limits import MAX_CELL_CHARACTERS, MAX_HEADER_SEARCH
from tracker.io.matching import tight_key
from tracker.io.refusals import FileRefused


@dataclass(frozen=True)
class Table:
    """A table of statements: its header understood, its records to be read once, what was noticed on the way."""

    header: HeaderMap
    records: Iterator[Record]
    encoding: str
    delimiter: str
    problems: tuple[Problem, ...] = ()


def open_table(data: bytes) -> Table:
    """The table of statements in the bytes of a delimited file.

    The delimiter is the one named by a ``sep=`` line, else the one in which the header reads best; the header is the
    first row that names what a statement needs, among the first rows. Raises FileRefused when there is no such table.

    >>> table = open_table(b"Date;Nation;Statement\\n2016-04-03;France;Yes")
    >>> table.delimiter, [record.fields for record in table.records]
    ('semicolon', [['2016-04-03', 'France', 'Yes']])
    """
    decoded = decode(data)
    delimiter, skip, first_rows = _find_delimiter(decoded.text)
    place = _find_header(first_rows)
    if place is None:
        raise FileRefused(
            "file-empty", "The file has no rows. It needs a header row with the names of the columns, and statements below it."
        )
    header = map_header(first_rows[place].fields, line=first_rows[place].line)
    records = islice(read_records(decoded.text, delimiter, skip_lines=skip), place + 1, None)
    return Table(header, records, decoded.encoding, DELIMITERS.get(delimiter, delimiter), (*_noticed(header, first_rows[:place]),))


def record_fault(record: Record, n_columns: int) -> tuple[str, str] | None:
    """Why a record cannot be read at all, as (code, message): its encoding, quoting, number of fields or size.

    Empty fields beyond the last column are no fault.

    >>> record_fault(Record(["a", "b"], 7), 3)[0]
    'fields-missing'
    """
    fields = record.fields
    if not all(map(is_readable, fields)):
        at = next(place for place, field in enumerate(fields) if not is_readable(field))
        return "row-encoding", f"column {at + 1} of the row has bytes that are no text in the encoding of the file; save the file as UTF-8"
    if record.fault:
        return "quote-misplaced", f"a field of the row {record.fault}; double the quotation marks inside the field, and quote it whole"
    if len(fields) < n_columns:
        return (
            "fields-missing",
            f"the row has {len(fields)} fields, the header {n_columns} columns; add the missing fields, or remove a note below the table",
        )
    if any(field.strip() for field in fields[n_columns:]):
        return (
            "fields-extra",
            f"the row has {len(fields)} fields, the header {n_columns} columns; quote fields that hold the delimiter, or name the columns",
        )
    longest = max(map(len, fields))
    if longest > MAX_CELL_CHARACTERS:
        return "cell-too-long", f"a field of the row has {longest:,} characters; at most {MAX_CELL_CHARACTERS:,} can be kept. Shorten it"
    return None


@dataclass(frozen=True, slots=True)
class SideRow:
    """A row of a table beside the statements: its values by column ("" when missing) and where it stands."""

    values: Mapping[str, str]
    record: int
    line: int


def read_side_table(
    data: bytes, columns: Mapping[str, Sequence[str]], *, needed: Sequence[str], file: str
) -> tuple[list[SideRow], list[Problem]]:
    """The rows of a table beside the statements, and what is wrong in it.

    ``columns`` maps our names to the other names they may have in the header; rows without one of the ``needed`` are
    left out with a warning. Such tables never count as records of the data set, so all their problems are warnings.
    """
    try:
        decoded = decode(data)
        return _read_side_rows(decoded, columns, needed, file)
    except FileRefused as refused:
        return [], [Problem("table-unreadable", f"{refused} The table was left out.", Severity.WARNING, file, line=refused.problem.line)]


def _read_side_rows(
    decoded: Decoded, columns: Mapping[str, Sequence[str]], needed: Sequence[str], file: str
) -> tuple[list[SideRow], list[Problem]]:
    delimiter = likely_delimiters(decoded.text)[0]
    records = read_records(decoded.text, delimiter)
    head = next(records, Record([], 1))
    known = {tight_key(name): column for column, names in columns.items() for name in (column, *names)}
    places = {known[key]: place for place, key in reversed(list(enumerate(map(tight_key, head.fields)))) if key in known}
    missing = [column for column in needed if column not in places]
    if missing:
        raise FileRefused("columns-missing", f"The columns {', '.join(missing)} are missing; found {', '.join(head.fields[:25])}.")
    rows, problems = [], []
    for number, record in enumerate(records, 1):
        values = {column: record.fields[place] if place < len(record.fields) else "" for column, place in places.items()}
        row = SideRow({column: values.get(column, "").strip() for column in columns}, number, record.line)
        fault = record_fault(record, len(head.fields)) or _wanting(row, needed)
        if fault:
            problems.append(Problem("side-row-left-out", f"{fault[1]}; the row was left out", Severity.WARNING, file, number, record.line))
        else:
            rows.append(row)
    return rows, problems


def _wanting(row: SideRow, needed: Sequence[str]) -> tuple[str, str] | None:
    empty = [column for column in needed if not row.values[column]]
    return ("side-row-left-out", f"{' and '.join(empty)} is empty") if empty else None


def _find_delimiter(text: str) -> tuple[str, int, list[Record]]:
    named, _ = split_separator_line(text)
    if named:
        return named, 1, _first_rows(text, named, 1)
    tried = [(delimiter, _first_rows(text, delimiter, 0)) for delimiter in likely_delimiters(text)]
    best, rows = max(tried, key=lambda pair: max(map(_header_merit, pair[1]), default=(False, 0)))
    return best, 0, rows


def _first_rows(text: str, delimiter: str, skip: int) -> list[Record]:
    """Rows at the beginning; fewer when a quotation mark there is not closed, which reading the table will say."""
    rows: list[Record] = []
    try:
        rows.extend(islice(read_records(text, delimiter, skip_lines=skip), MAX_HEADER_SEARCH))
    except FileRefused:
        if not rows:
            raise
    return rows


def _header_merit(record: Record) -> tuple[bool, int]:
    return has_what_a_statement_needs(record.fields), count_known(record.fields)


def _find_header(rows: list[Record]) -> int | None:
    if not rows:
        return None
    whole = next((place for place, row in enumerate(rows) if has_what_a_statement_needs(row.fields)), None)
    if whole is not None:
        return whole
    return max(range(len(rows)), key=lambda place: (count_known(rows[place].fields) > 1 and count_known(rows[place].fields), -place))


def _noticed(header: HeaderMap, above: Sequence[Record]) -> Iterator[Problem]:
    if above:
        lines = ", ".join(str(row.line) for row in above)
        yield Problem(
            "rows-above-header", f"The rows above the header (line {lines}) were left aside.", Severity.WARNING, line=above[0].line
        )
    for name in header.unknown:
        if not name:
            continue
        near = nearest_column(name)
        advice = (
            f"rename it {near!r} if that is what it holds"
            if near and near not in header.places
            else "rename it if it holds something we have"
        )
        yield Problem(
            "column-unknown", f"The column {name[:80]!r} is not known and was left aside; {advice}.", Severity.WARNING, column=name[:80]
        )
