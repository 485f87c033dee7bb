"""Sheets of a workbook as grids of text: which one holds the statements, what is hidden, merged or no data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from tracker.core.problems import Problem, Severity
from tracker.io.delimited import Record
from tracker.io.found import Guess
from tracker.io.headers import Naming, has_what_a_statement_needs
from tracker.io.inputs import InputFile, Opened, ReadOptions
from tracker.io.limits import MAX_COLUMNS, MAX_HEADER_SEARCH
from tracker.io.refusals import FileRefused
from tracker.io.rows_read import read_rows
from tracker.io.tables import find_header, table_of

_NOT_A_DAY = 60
"""Serial number of 29 February 1900, which spreadsheets count and which never was."""


@dataclass
class Grid:
    """The cells of one sheet as records (line = row of the sheet), and what a reader of it should know."""

    records: list[Record] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    n_hidden_columns: int = 0
    counts_from_1904: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row, last column; from 1."""


@dataclass(frozen=True)
class SheetOffer:
    """A sheet by name, whether people see it, and how to read it: at most so many rows (0 is all)."""

    name: str
    is_hidden: bool
    read: Callable[[int], Grid]


def read_sheets(file: InputFile, offers: Sequence[SheetOffer], options: ReadOptions, format_name: str) -> Opened:
    """The rows of the sheet that was asked for, else of the first visible one with a header; the others are said."""
    naming = Naming(options.mapping)
    chosen = _chosen(offers, options.sheet, naming)
    grid = chosen.read(0)
    said = [*_of_other_sheets(chosen, offers, naming), *_of_hidden(grid), *_filled_merges(grid, naming)]
    try:
        table = table_of(iter(_squared(grid.records)), naming)
    except FileRefused as refused:
        p = refused.problem
        raise FileRefused(p.code, f"Sheet {chosen.name[:80]!r}: {p.message}", line=p.line, column=p.column) from None
    found = read_rows(table, file.name, lambda n_records: options.told(n_records, len(grid.records)))
    found.counts_from_1904 = grid.counts_from_1904
    problems = tuple(Problem(p.code, p.message, p.severity, file.name, p.record, p.line, p.column) for p in (*said, *table.problems))
    guesses = (
        *table.guesses,
        *([Guess("sheet", chosen.name, "the first visible sheet with a header")] if len(offers) > 1 and not options.sheet else []),
    )
    return Opened(found, format_name, problems=problems, guesses=guesses)


def first_rows(offers: Sequence[SheetOffer], asked: str = "") -> list[Record]:
    """The first rows of the sheet that was asked for, else of the one that would be read; raises FileRefused when there is none."""
    return _chosen(offers, asked, Naming()).read(MAX_HEADER_SEARCH).records


def _squared(records: Sequence[Record]) -> Iterable[Record]:
    """The records made equally wide: sheets do not store empty cells at the end, and a remark beside the table shifts nothing."""
    n_columns = min(max((len(record.fields) for record in records), default=0), MAX_COLUMNS)
    for record in records:
        record.fields += [""] * (n_columns - len(record.fields))
        yield record


def _chosen(offers: Sequence[SheetOffer], asked: str, naming: Naming) -> SheetOffer:
    named = [offer for offer in offers if offer.name.strip().casefold() == asked.strip().casefold()]
    names = ", ".join(repr(offer.name[:40]) for offer in islice(offers, 25))
    if asked and not named:
        raise FileRefused("sheet-missing", f"There is no sheet {asked[:80]!r}. The sheets are {names}; name one of them.")
    if named:
        return named[0]
    visible = [offer for offer in offers if not offer.is_hidden]
    if not visible:
        raise FileRefused("sheet-missing", f"The workbook has no visible sheet with cells. Its sheets are {names or 'none'}; name one.")
    whole = next((offer for offer in visible if _has_header(offer, naming)), None)
    hidden = next((offer for offer in offers if offer.is_hidden and _has_header(offer, naming)), None) if not whole else None
    if hidden:
        raise FileRefused(
            "sheet-missing",
            f"Only the hidden sheet {hidden.name[:80]!r} has a header that is understood. Show it in the workbook, or name it.",
        )
    return whole or next((offer for offer in visible if offer.read(MAX_HEADER_SEARCH).records), visible[0])


def _has_header(offer: SheetOffer, naming: Naming) -> bool:
    rows = offer.read(MAX_HEADER_SEARCH).records
    place = find_header(rows, naming)
    return place is not None and has_what_a_statement_needs(rows[place].fields, naming)


def _of_other_sheets(chosen: SheetOffer, offers: Sequence[SheetOffer], naming: Naming) -> Iterable[Problem]:
    for other in offers:
        if other is not chosen:
            kind = "hidden sheet" if other.is_hidden else "sheet"
            also = "; it has a header too: name it as the sheet to load it" if _has_header(other, naming) else ""
            message = f"The {kind} {other.name[:80]!r} was left aside, the sheet {chosen.name[:80]!r} was read{also}."
            yield Problem("sheet-left-aside", message, Severity.WARNING)


def _of_hidden(grid: Grid) -> Iterable[Problem]:
    n_rows = sum(1 for record in grid.records if record.line in set(grid.hidden_rows)) if grid.hidden_rows else 0
    if n_rows or grid.n_hidden_columns:
        parts = [f"{n:,} {one if n == 1 else one + 's'}" for n, one in ((n_rows, "row"), (grid.n_hidden_columns, "column")) if n]
        shown = " and ".join(parts)
        message = f"There are hidden cells in the sheet, perhaps by a filter: {shown}. They were loaded too; delete what is not to be."
        yield Problem("sheet-hidden-cells", message, Severity.WARNING)


def _filled_merges(grid: Grid, naming: Naming) -> Iterable[Problem]:
    """Gives every row under a cell merged downwards its text: that is what the sheet shows."""
    head = find_header(grid.records[:MAX_HEADER_SEARCH], naming)
    if head is None or not grid.merged:
        return
    by_line = {record.line: record for record in grid.records}
    n_filled = 0
    for top, left, bottom, right in grid.merged:
        if left != right or top <= grid.records[head].line or top not in by_line or len(by_line[top].fields) < left:
            continue
        text = by_line[top].fields[left - 1]
        for record in (by_line[line] for line in range(top + 1, min(bottom, top + len(by_line)) + 1) if line in by_line):
            record.fields += [""] * (left - len(record.fields))
            record.fields[left - 1] = text
            n_filled += 1
    if n_filled:
        are = "1 cell is merged with the one above it" if n_filled == 1 else f"{n_filled:,} cells are merged with the one above them"
        message = f"{are}; its text was taken for each row it covers. Check that it holds."
        yield Problem("sheet-merged-cells", message, Severity.WARNING)


def serial_as_text(serial: float, *, counts_from_1904: bool, shows: str = "date") -> str | None:
    """The date and time a serial number of a spreadsheet stands for; ``None`` when it stands for none.

    A first of a month whose format shows no day is that month, as precise as people see it.

    >>> serial_as_text(42463.0, counts_from_1904=False), serial_as_text(42461.0, counts_from_1904=False, shows="month")
    ('2016-04-03', '2016-04')
    >>> serial_as_text(41001.5, counts_from_1904=True), serial_as_text(60.0, counts_from_1904=False)
    ('2016-04-03 12:00:00', None)
    """
    if (not counts_from_1904 and int(serial) == _NOT_A_DAY) or not 0 <= serial < 2_958_466:
        return None
    from_1900 = datetime(1899, 12, 30) if serial > _NOT_A_DAY else datetime(1899, 12, 31)
    moment = (datetime(1904, 1, 1) if counts_from_1904 else from_1900) + timedelta(
        days=int(serial), seconds=round((serial - int(serial)) * 86400)
    )
    if serial < 1:
        return moment.strftime("%H:%M:%S") if serial else None
    if moment.time() != datetime.min.time():
        return f"{moment.year:04}-{moment:%m-%d %H:%M:%S}"
    if moment.day == 1 and shows in ("month", "year") and (shows == "month" or moment.month == 1):
        return f"{moment.year:04}-{moment:%m}" if shows == "month" else f"{moment.year:04}"
    return f"{moment.year:04}-{moment:%m-%d}"


_WHOLE = re.compile(r"[+-]?\d+")


def number_as_text(text: str) -> str:
    """A number as people typed it, not as it is stored.

    >>> number_as_text("1.1000000000000001"), number_as_text("2016"), number_as_text("5.0"), number_as_text("12345678901234567890")
    ('1.1', '2016', '5', '12345678901234567890')
    """
    if _WHOLE.fullmatch(text):
        return text
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
