"""Records to a table: the header found and understood, the records below it still as they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from tracker.core.problems import Problem, Severity
from tracker.io.decoding import Decoded, decode, is_readable
from tracker.io.delimited import DELIMITERS, Record, likely_delimiters, read_records, split_separator_line
from tracker.io.found import Guess
from tracker.io.guarding import GUARDED, unguarded
from tracker.io.headers import USUAL, HeaderMap, Naming, count_known, has_what_a_statement_needs, map_header, nearest_column
from tracker.io.limits import MAX_CELL_CHARACTERS, MAX_HEADER_SEARCH
from tracker.io.matching import tight_key
from tracker.io.no_data import why_no_data
from tracker.io.refusals import FileRefused


@dataclass(frozen=True)
class Table:
    """A table of statements: its header understood, its records to be read once, what was noticed on the way."""

    header: HeaderMap
    records: Iterator[Record]
    encoding: str = ""
    delimiter: str = ""
    problems: tuple[Problem, ...] = ()
    guesses: tuple[Guess, ...] = ()


def open_table(data: bytes, naming: Naming = USUAL) -> Table:
    """The table of statements in the bytes of a delimited file.

    The delimiter is the one named by a ``sep=`` line, else the one in which the header reads best. Raises FileRefused
    when there is no such table.

    >>> table = open_table(b"Date;Nation;Statement\\n2016-04-03;France;Yes")
    >>> table.delimiter, [record.fields for record in table.records]
    ('semicolon', [['2016-04-03', 'France', 'Yes']])
    """
    decoded = decode(data)
    delimiter, skip = _find_delimiter(decoded, naming)
    table = table_of(read_records(decoded.lines(), delimiter, skip_lines=skip), naming)
    guesses = (*decoded.guesses, *table.guesses)
    problems = (*decoded.problems, *table.problems)
    return Table(table.header, table.records, decoded.encoding, DELIMITERS.get(delimiter, delimiter), problems, guesses)


def table_of(records: Iterator[Record], naming: Naming = USUAL) -> Table:
    """The table whose header is the first record, among the first ones, that names what a statement needs.

    Raises FileRefused when there is none, and what :func:`headers.map_header` raises.
    """
    first, unclosed = _first_records(records)
    place = find_header(first, naming)
    if place is None:
        raise unclosed or FileRefused(
            "file-empty", "The file has no rows. It needs a header row with the names of the columns, and statements below it."
        )
    names = _with_groups(first, place, naming)
    header = map_header(names, line=first[place].line, naming=naming)
    rest = chain(first[place + 1 :], _raising(unclosed) if unclosed else records)
    guesses = tuple(Guess("column", f"{name} = {column}", "the name in another language") for name, column in header.guessed.items())
    return Table(header, rest, problems=tuple(noticed_in_header(header, first[:place])), guesses=guesses)


def _first_records(records: Iterator[Record]) -> tuple[list[Record], FileRefused | None]:
    """Records at the beginning, and why there are no more when a quotation mark there is not closed."""
    first: list[Record] = []
    try:
        first.extend(islice(records, MAX_HEADER_SEARCH))
    except FileRefused as unclosed:
        return first, unclosed
    return first, None


def _raising(refused: FileRefused) -> Iterator[Record]:
    raise refused
    yield


def find_header(rows: Sequence[Record], naming: Naming = USUAL) -> int | None:
    """The place of the row that is most likely the header; ``None`` when there are no rows.

    >>> find_header([Record(["Statements of 2016"], 1), Record(["Date", "Nation", "Quote"], 2)])
    1
    """
    if not rows:
        return None
    whole = next((place for place, row in enumerate(rows) if has_what_a_statement_needs(row.fields, naming)), None)
    if whole is not None:
        return whole
    known = [count_known(row.fields, naming) for row in rows]
    return max(range(len(rows)), key=lambda place: (known[place] > 1 and known[place], -place))


def _with_groups(first: Sequence[Record], place: int, naming: Naming) -> list[str]:
    """The names of the header; with those of the row of groups above it when only both together name what is needed."""
    names = first[place].fields
    if has_what_a_statement_needs(names, naming) or not place:
        return names
    groups, group = [], ""
    for name in first[place - 1].fields:
        group = name.strip() or group
        groups.append(group)
    joined = [
        name if naming.column_of(name) else f"{group} {name}".strip()
        for name, group in zip(names, [*groups, *[""] * len(names)], strict=False)
    ]
    return joined if has_what_a_statement_needs(joined, naming) else names


def record_fault(record: Record, n_columns: int) -> tuple[str, str] | None:
    """Why a record cannot be read at all, as (code, message): its encoding, quoting, number of fields or size.

    Empty fields beyond the last column are no fault.

    >>> record_fault(Record(["a", "b"], 7), 3)[0]
    'fields-missing'
    """
    fields = record.fields
    if not is_readable("".join(fields)):
        at = next(place for place, cell in enumerate(fields) if not is_readable(cell))
        return "row-encoding", f"column {at + 1} of the row has bytes that are no text in the encoding of the file; save the file as UTF-8"
    if record.fault:
        return record.fault_code, record.fault
    if len(fields) < n_columns:
        held = "1 field" if len(fields) == 1 else f"{len(fields)} fields"
        remedy = "add the missing fields, or remove a note below the table"
        return "fields-missing", f"the row has {held}, the header {n_columns} columns; {remedy}"
    if len(fields) > n_columns and any(cell.strip() for cell in fields[n_columns:]):
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
    data: bytes, columns: Mapping[str, Sequence[str]], *, needed: Sequence[str], file: str, keeps_spaces: Collection[str] = ()
) -> tuple[list[SideRow], list[Problem]]:
    """The rows of a table beside the statements, and what is wrong in it.

    ``columns`` maps our names to the other names they may have in the header; rows without one of the ``needed`` are
    left out with a warning. Cells that were guarded against spreadsheets are as they were before. Spaces at the ends of a
    cell are left out, but in the columns of ``keeps_spaces``. Such tables never count as records of the data set, so all
    their problems are warnings.
    """
    try:
        decoded = decode(data)
        rows, problems = _read_side_rows(decoded, columns, needed, file, keeps_spaces)
        return rows, [*(replace(problem, file=file) for problem in decoded.problems), *problems]
    except FileRefused as refused:
        return [], [Problem("table-unreadable", f"{refused} The table was left out.", Severity.WARNING, file, line=refused.problem.line)]


def _read_side_rows(
    decoded: Decoded, columns: Mapping[str, Sequence[str]], needed: Sequence[str], file: str, keeps_spaces: Collection[str]
) -> tuple[list[SideRow], list[Problem]]:
    delimiter = likely_delimiters(decoded.head)[0]
    records = read_records(decoded.lines(), delimiter)
    head = next(records, Record([], 1))
    known = {tight_key(name): column for column, names in columns.items() for name in (column, *names)}
    places = {known[key]: place for place, key in reversed(list(enumerate(map(tight_key, head.fields)))) if key in known}
    missing = [column for column in needed if column not in places]
    if missing:
        raise FileRefused("columns-missing", f"The columns {', '.join(missing)} are missing; found {', '.join(head.fields[:25])}.")
    marks = next((place for place, name in enumerate(head.fields) if tight_key(name) == GUARDED), len(head.fields))
    rows, problems = [], []
    for number, record in enumerate(records, 1):
        values = {column: record.fields[place] if place < len(record.fields) else "" for column, place in places.items()}
        marked = {known.get(tight_key(name)) for name in " ".join(record.fields[marks : marks + 1]).split()}
        lost = {name: why for name, text in values.items() if name not in marked and (why := why_no_data(text))}
        cells = {name: unguarded(values.get(name, "")) if name in marked else values.get(name, "") for name in columns}
        cells |= dict.fromkeys(lost, "")
        row = SideRow({name: cell if name in keeps_spaces else cell.strip() for name, cell in cells.items()}, number, record.line)
        fault = record_fault(record, len(head.fields)) or _wanting(row, needed)
        if fault:
            problems.append(Problem("side-row-left-out", f"{fault[1]}; the row was left out", Severity.WARNING, file, number, record.line))
        else:
            rows.append(row)
        for name, why in lost.items():
            message = f"{name} holds {why}, which is no data and was left out; write the value itself"
            problems.append(Problem("cell-error", message, Severity.WARNING, file, number, record.line, name))
    return rows, problems


def _wanting(row: SideRow, needed: Sequence[str]) -> tuple[str, str] | None:
    empty = [column for column in needed if not row.values[column]]
    return ("side-row-left-out", f"{' and '.join(empty)} is empty") if empty else None


def _find_delimiter(decoded: Decoded, naming: Naming) -> tuple[str, int]:
    """The delimiter, and how many lines come before the table (one, when a line names it)."""
    head = decoded.head
    named, _ = split_separator_line(head)
    if named:
        return named, 1
    tried = [(delimiter, _first_records(read_records(decoded.lines(), delimiter))) for delimiter in likely_delimiters(head)]
    best, (rows, unclosed) = max(tried, key=lambda pair: max((_header_merit(row, naming) for row in pair[1][0]), default=(False, 0)))
    if unclosed and not rows:
        raise unclosed
    return best, 0


def _header_merit(record: Record, naming: Naming) -> tuple[bool, int]:
    return has_what_a_statement_needs(record.fields, naming), count_known(record.fields, naming)


def noticed_in_header(header: HeaderMap, above: Sequence[Record] = ()) -> Iterator[Problem]:
    """What is to be said of a header: rows above it, names that are guesses, names that mean nothing."""
    if above:
        lines = ", ".join(str(row.line) for row in above)
        yield Problem(
            "rows-above-header", f"The rows above the header (line {lines}) were left aside.", Severity.WARNING, line=above[0].line
        )
    for name, column in header.guessed.items():
        message = f"The column {name[:80]!r} was taken as {column!r}, by its name in another language; rename it if that is wrong."
        yield Problem("column-guessed", message, Severity.WARNING, column=name[:80])
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
