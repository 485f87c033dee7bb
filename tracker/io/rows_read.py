"""Records to rows of our columns: every record becomes a row, or is rejected or ignored with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from tracker.core.columns import COLUMN_NAMES
from tracker.core.problems import Problem, Severity
from tracker.io.dates_read import read_dates
from tracker.io.delimited import DELIMITERS, Record
from tracker.io.found import Row, RowsRead
from tracker.io.guarding import unguarded
from tracker.io.limits import MAX_CELL_CHARACTERS, MAX_RECORDS
from tracker.io.no_data import may_lack_data, why_no_data
from tracker.io.refusals import FileRefused
from tracker.io.tables import Table, record_fault

__all__ = ["Row", "RowsRead", "made_harmless", "read_rows"]

_SUSPECT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ODD = re.compile(f"{_SUSPECT.pattern}|[\ud800-\udfff]")
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TOTAL = re.compile(
    r"(?:grand |sub)?-?totals?|sum|overall|count|average|mean|итого|всего|сумма|разом"
    r"|summe|gesamt|insgesamt|total général|somme|suma|totale|somma|toplam|razem|المجموع|الإجمالي|合计|总计|合計|총계",
    re.IGNORECASE,
)
_SHOWN_TO_BE_MENDED = frozenset({"fields-missing", "fields-extra", "quote-misplaced"})
_TELL_EVERY = 2000
_FILLED_IN_A_NOTE = 3
_OFTEN_REPEATED = ("stated_on", "country", "organisation", "spokesperson", "role", "issue", "stance", "act", "target")
_OFTEN_REPEATED += (
    "quote_kind",
    "quote_language",
    "translation_by",
    "channel",
    "venue",
    "publisher",
    "document_title",
    "document_url",
    "published_on",
    "coder",
    "coded_on",
)
_BLANK = dict.fromkeys(COLUMN_NAMES, "")


def read_rows(table: Table, file: str, told: Callable[[int], None] = lambda n_records: None) -> RowsRead:
    """The rows of a table; repeated headers, totals and notes are ignored, records that cannot be told apart rejected.

    NUL characters are replaced by the replacement character, with a warning; other control characters and those
    that turn the direction of text are kept, with a warning. ``told`` is called with the number of records now and
    then. Raises FileRefused for more records than can be loaded.
    """
    reading = _Reading(table, file)
    for record in table.records:
        reading.take(record)
        if not reading.found.n_records % _TELL_EVERY:
            told(reading.found.n_records)
    told(reading.found.n_records)
    return reading.found


class _Reading:
    """One pass over the records of a table."""

    def __init__(self, table: Table, file: str) -> None:
        self.header = table.header
        self.file = file
        self.found = RowsRead([], [], 0)
        self.n_columns = len(table.header.names)
        self.first_name = table.header.names[0].strip("\ufeff ").casefold()
        self.places = tuple(table.header.places.items())
        self.texts: dict[str, str] = {}
        self.often_repeated = [name for name in _OFTEN_REPEATED if name in table.header.places]
        self.unnamed = {place for place, name in enumerate(table.header.names) if not name}

    def take(self, record: Record) -> None:
        self.found.n_records += 1
        if self.found.n_records > MAX_RECORDS:
            raise FileRefused(
                "too-many-rows", f"The table has more than {MAX_RECORDS:,} rows, which is the most that can be loaded. Split the file."
            )
        if self._is_ignored(record):
            return
        whole = "".join(record.fields)
        is_odd = not whole.isprintable() and _ODD.search(whole) is not None
        is_plain = not is_odd and not record.fault and len(record.fields) == self.n_columns and len(whole) <= MAX_CELL_CHARACTERS
        fault = None if is_plain else record_fault(record, self.n_columns)
        if fault:
            self._refuse_if_cut_off(record, fault[0])
            self._say(*fault, record)
            if fault[0] in _SHOWN_TO_BE_MENDED:
                self._show_to_be_mended(record)
        else:
            row = Row(self._by_column(record.fields), self.found.n_records, record.line)
            if "passage_spans" in self.header.beside:
                row.beside = self._beside(record.fields)
            if record.cell_faults or may_lack_data(whole):
                self._lose_what_is_no_data(row, record)
            if is_odd:
                self.found.problems += made_harmless(row, self.file)
            self.found.rows.append(row)
            self._notice_unnamed(record)

    def _refuse_if_cut_off(self, record: Record, code: str) -> None:
        """Raises FileRefused for a last row that breaks off behind, or in, its date: any number of rows may be missing after it."""
        place = self.header.places.get("stated_on", self.n_columns)
        if code != "fields-missing" or not record.is_unended or place >= len(record.fields):
            return
        text = record.fields[place].strip()
        is_whole = place < len(record.fields) - 1
        if read_dates([text])[0].date or (not is_whole and text[:1].isdigit()):
            message = f"The file ends in the middle of the row on line {record.line}, so rows after it may be missing. Get it again."
            raise FileRefused("file-cut-off", message, line=record.line)

    def _say(self, code: str, message: str, record: Record, severity: Severity = Severity.REJECTED, column: str = "") -> None:
        self.found.problems.append(Problem(code, message, severity, self.file, self.found.n_records, record.line, column))

    def _is_ignored(self, record: Record) -> bool:
        """Whether the record is no statement: the header once more, a sum, a note below the table."""
        if not record.fields:
            return False
        if record.fields[0].strip("\ufeff ").casefold() == self.first_name and self.header.repeats_header(record.fields):
            self._say("header-repeated", "the row repeats the header; it was ignored", record, Severity.IGNORED)
            return True
        if self.n_columns < 3 or record.fault or len(record.fields) - record.fields.count("") > _FILLED_IN_A_NOTE:
            return False
        filled = [cell for cell in record.fields if cell and not cell.isspace()]
        if not filled:
            return False
        if _TOTAL.fullmatch(filled[0].strip().rstrip(":").strip()) and not any(_has_words(cell) for cell in filled[1:]):
            self._say("row-total", "the row holds a total, no statement and no date; it was ignored", record, Severity.IGNORED)
            return True
        if len(filled) == 1 and not record.cell_faults and _is_note(filled[0]) and not self._lost_its_neighbours(record.fields, filled[0]):
            self._say("row-note", "the row holds a note in one field, no statement; it was ignored", record, Severity.IGNORED)
            return True
        return False

    def _show_to_be_mended(self, record: Record) -> None:
        """Keeps a rejected record by column: fields that are wanting are empty, those too many stand in the last one."""
        fields, last = [*record.fields, *[""] * (self.n_columns - len(record.fields))], self.n_columns - 1
        if len(fields) > self.n_columns:
            fields = [*fields[:last], ", ".join(field for field in fields[last:] if field)]
        row = Row(self._by_column(fields), self.found.n_records, record.line)
        list(made_harmless(row, self.file))
        self.found.unread.append(row)

    def _lost_its_neighbours(self, fields: Sequence[str], text: str) -> bool:
        """Whether the only text of a row is part of a statement: words where quotes stand, or a row with another delimiter."""
        place = fields.index(text)
        is_quoted = place > 0 and place in (self.header.places.get("quote"), self.header.places.get("position"))
        return is_quoted or (text.strip()[:1].isdigit() and any(text.count(other) >= self.n_columns - 1 for other in DELIMITERS))

    def _lose_what_is_no_data(self, row: Row, record: Record) -> None:
        """Empties the cells that hold an error or a formula, and notes why, but for those marked as text."""
        marked = self._marked(record.fields)
        for column, place in self.places:
            why = record.cell_faults.get(place) or ("" if column in marked else why_no_data(record.fields[place]))
            if why and column not in self.header.constants:
                row.lost = {**(row.lost or {}), column: why}
                row.values[column] = ""

    def _marked(self, fields: Sequence[str]) -> Sequence[str]:
        return () if self.header.guarded_place is None else fields[self.header.guarded_place].split()

    def _by_column(self, fields: Sequence[str]) -> dict[str, str]:
        values = _BLANK.copy()
        for name, place in self.places:
            values[name] = fields[place]
        if self.header.constants:
            values |= self.header.constants
        for name in self.often_repeated:  # one text for all rows that say the same, instead of a million
            cell = values[name]
            if cell:
                values[name] = self.texts.setdefault(cell, cell)
        for name in self._marked(fields):
            if name in values:
                values[name] = unguarded(values[name])
        return values

    def _beside(self, fields: Sequence[str]) -> dict[str, str] | None:
        place = self.header.guarded_place
        guarded = fields[place].split() if place is not None else ()
        cells = {name: unguarded(fields[at]) if name in guarded else fields[at] for name, at in self.header.beside.items()}
        return cells if any(cells.values()) else None

    def _notice_unnamed(self, record: Record) -> None:
        if self.unnamed:
            filled = {place for place in self.unnamed if record.fields[place].strip()}
            self.found.problems += [_without_name(column, self.file) for column in sorted(filled)]
            self.unnamed -= filled


def _has_words(cell: str) -> bool:
    return any(c.isalpha() for c in cell) and not why_no_data(cell)


def _is_note(text: str) -> bool:
    """Whether the only text of a row is a remark: words, and not just a date or number that lost its neighbours."""
    return sum(c.isalpha() for c in text) > 3 and (" " in text.strip() or len(text) > 20)


def _without_name(column: int, file: str) -> Problem:
    message = f"Column {column + 1} has no name in the header and was left aside; name it if it holds something we have."
    return Problem("column-unknown", message, Severity.WARNING, file)


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
