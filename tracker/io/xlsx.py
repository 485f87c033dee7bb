"""Excel workbooks (.xlsx, .xlsm): the sheet with the statements, its cells as people see them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tracker.io.archives import ZIP_BEGINNING, Archive
from tracker.io.delimited import Record
from tracker.io.inputs import InputFile, Opened, ReadOptions
from tracker.io.limits import MAX_COLUMNS, MAX_RECORDS
from tracker.io.refusals import FileRefused
from tracker.io.sheets import Grid, SheetOffer, number_as_text, read_sheets, serial_as_text
from tracker.io.workbook_parts import Sheet, TextGatherer, Workbook, open_workbook
from tracker.io.xml_events import StopReading, read_events

FORMAT = "Excel workbook"
ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm")

_FIRST_MEMBERS = (b"[Content_Types].xml", b"xl/", b"_rels/", b"docProps/")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MAX_CELLS = 20_000_000


def recognises(file: InputFile) -> bool:
    """Whether it is a zip archive with the members of a workbook, or one that is called a workbook."""
    is_office = any(file.head[30:].startswith(name) for name in _FIRST_MEMBERS) and b"word/" not in file.head
    return file.head.startswith(ZIP_BEGINNING) and (is_office or file.ending in (*ENDINGS, ".xlsb"))


def read(file: InputFile, options: ReadOptions) -> Opened:
    """The rows of the sheet with the statements; raises FileRefused when there is none that can be read."""
    return read_sheets(file, offers(file), options, FORMAT)


def offers(file: InputFile) -> list[SheetOffer]:
    """The sheets of the workbook, none of them read yet; raises FileRefused when it is none that can be read."""
    archive = Archive(file)
    if "xl/workbook.bin" in archive:
        raise FileRefused("file-not-a-table", "The file is a binary workbook (.xlsb), which is not read. Save it as .xlsx or CSV (UTF-8).")
    book = open_workbook(archive)
    return [SheetOffer(sheet.name, sheet.is_hidden, _reader(archive, book, sheet)) for sheet in book.sheets]


def _reader(archive: Archive, book: Workbook, sheet: Sheet):
    def read_rows_of_sheet(at_most: int) -> Grid:
        cells = _Cells(book, at_most)
        with archive.open(sheet.member) as stream:
            read_events(stream, start=cells.start, end=cells.end, text=cells.text)
        return cells.grid

    return read_rows_of_sheet


class _Cells:
    """Builds the grid of a sheet from the events of its XML."""

    def __init__(self, book: Workbook, at_most: int) -> None:
        self.book = book
        self.at_most = at_most
        self.grid = Grid(counts_from_1904=book.counts_from_1904)
        self.line = 0
        self.n_cells = 0
        self.record = Record([], 0)
        self.column = 0
        self.attributes: Mapping[str, str] = {}
        self.has_formula = False
        self.in_value = False
        self.value: list[str] = []
        self.inline = TextGatherer()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "c":
            self._start_cell(attributes)
        elif name == "v":
            self.in_value = True
        elif name == "f":
            self.has_formula = True
        elif name == "row":
            self._start_row(attributes)
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            self.grid.n_hidden_columns += 1
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        else:
            self.inline.start(name)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "v":
            self.in_value = False
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._end_row()
        else:
            self.inline.end(name)

    def text(self, text: str) -> None:
        """Text of a value or of an inline string."""
        if self.in_value:
            self.value.append(text)
        else:
            self.inline.text(text)

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        stated = attributes.get("r", "")
        self.line = int(stated) if stated.isascii() and stated.isdecimal() and len(stated) < 9 else self.line + 1
        self.record, self.column = Record([], self.line, cell_faults={}), 0
        if attributes.get("hidden") in ("1", "true"):
            self.grid.hidden_rows.append(self.line)

    def _end_row(self) -> None:
        if not self.record.is_blank or self.record.cell_faults:
            self.grid.records.append(self.record)
            if len(self.grid.records) == self.at_most:
                raise StopReading
            if len(self.grid.records) > MAX_RECORDS + 100:
                raise FileRefused("too-many-rows", f"The sheet has more than {MAX_RECORDS:,} rows, the most that can be loaded. Split it.")

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        place = _PLACE.fullmatch(attributes.get("r", ""))
        self.column = _column_number(place[1]) if place else self.column + 1
        self.attributes, self.has_formula = attributes, False
        self.value.clear()
        self.inline.taken()

    def _end_cell(self) -> None:
        text, fault = self._meaning()
        if not text and not fault:
            return
        self.n_cells += 1
        if self.n_cells > _MAX_CELLS:
            raise FileRefused("too-many-rows", f"The sheet has more than {_MAX_CELLS:,} cells, the most that can be loaded. Split it.")
        # Cells far to the right count as one more column than can be loaded, so that they take no memory and are said.
        place = min(self.column - 1, MAX_COLUMNS)
        fields = self.record.fields
        if place >= len(fields):
            fields += [""] * (place + 1 - len(fields))
        fields[place] = text
        if fault:
            self.record.cell_faults[place] = fault

    def _meaning(self) -> tuple[str, str]:
        """The text of the cell, and why it is no data when it is none."""
        kind, value = self.attributes.get("t", "n"), "".join(self.value)
        if kind == "inlineStr":
            return self.inline.taken(), ""
        if not value:
            return "", "a formula that was never calculated" if self.has_formula else ""
        if kind == "s":
            place = int(value) if value.isascii() and value.strip().isdecimal() else -1
            return (self.book.texts[place], "") if 0 <= place < len(self.book.texts) else ("", "a reference to a text that is not there")
        if kind == "e":
            return "", f"the error {value[:20]}"
        if kind == "b":
            return ("TRUE" if value.strip() in ("1", "true") else "FALSE"), ""
        return (value, "") if kind in ("str", "d") else self._number(value.strip())

    def _number(self, value: str) -> tuple[str, str]:
        style = self.attributes.get("s", "0")
        place = int(style) if style.isascii() and style.isdecimal() else 0
        shows = self.book.style_shows[place] if place < len(self.book.style_shows) else ""
        if not shows:
            return number_as_text(value), ""
        try:
            text = serial_as_text(float(value), counts_from_1904=self.book.counts_from_1904, shows=shows)
        except (ValueError, OverflowError):
            text = None
        return (text, "") if text else ("", f"the number {value[:20]} shown as a date, which is no day")

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, bottom = _PLACE.fullmatch(first), _PLACE.fullmatch(last)
        if top and bottom:
            self.grid.merged.append((int(top[2]), _column_number(top[1]), int(bottom[2]), _column_number(bottom[1])))


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
