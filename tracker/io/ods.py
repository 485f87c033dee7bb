"""OpenDocument spreadsheets (.ods): the sheet with the statements, its cells as people see them."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.io.archives import ZIP_BEGINNING, Archive
from tracker.io.delimited import Record
from tracker.io.inputs import InputFile, Opened, ReadOptions
from tracker.io.limits import MAX_COLUMNS, MAX_RECORDS
from tracker.io.no_data import why_no_data
from tracker.io.refusals import FileRefused
from tracker.io.sheets import Grid, SheetOffer, number_as_text, read_sheets
from tracker.io.xml_events import read_events

FORMAT = "OpenDocument spreadsheet"
ENDINGS = (".ods", ".ots", ".fods")

_KIND = b"application/vnd.oasis.opendocument.spreadsheet"
_MAX_REPEATED = 1000
_MOST = 999_999_999
_HIDDEN = ("collapse", "filter")


def recognises(file: InputFile) -> bool:
    """Whether it is an archive that says it is a spreadsheet, or one that is called so."""
    return file.head.startswith(ZIP_BEGINNING) and (_KIND in file.head[:200] or file.ending in ENDINGS)


def read(file: InputFile, options: ReadOptions) -> Opened:
    """The rows of the sheet with the statements; raises FileRefused when there is none that can be read."""
    return read_sheets(file, offers(file), options, FORMAT)


def offers(file: InputFile) -> list[SheetOffer]:
    """The sheets of the spreadsheet; raises FileRefused when it is none that can be read."""
    archive = Archive(file)
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise FileRefused("file-encrypted", "The spreadsheet is protected by a password. Remove the password, or save it as CSV (UTF-8).")
    if "content.xml" not in archive:
        raise FileRefused("archive-damaged", "The spreadsheet is damaged or incomplete: its content is missing. Save it again.")
    tables = _Tables()
    with archive.open("content.xml") as stream:
        read_events(stream, start=tables.start, end=tables.end, text=tables.text)
    return [
        SheetOffer(name, style in tables.hidden_styles, lambda at_most, grid=grid: _cut(grid, at_most))
        for name, style, grid in tables.found
    ]


def _cut(grid: Grid, at_most: int) -> Grid:
    return Grid(grid.records[:at_most]) if at_most else grid


class _Tables:
    """Builds the grids of all sheets from the events of the content."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str, Grid]] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.grid = Grid()
        self.line = 0
        self.row: Mapping[str, str] = {}
        self.record = Record([], 0)
        self.cell: Mapping[str, str] | None = None
        self.width = 0
        self.parts: list[str] = []
        self.n_paragraphs = self.in_note = self.in_paragraph = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "annotation":
            self.in_note += 1
        elif name == "table":
            self.grid, self.line = Grid(), 0
            self.found.append((attributes.get("name", ""), attributes.get("style-name", ""), self.grid))
        elif name == "table-row":
            self.row, self.record, self.width = attributes, Record([], self.line + 1, cell_faults={}), 0
        elif name in ("table-cell", "covered-table-cell"):
            self.cell, self.n_paragraphs = attributes, 0
            self.parts.clear()
        elif name == "table-column" and attributes.get("visibility") in _HIDDEN:
            self.grid.n_hidden_columns += min(_number(attributes, "number-columns-repeated"), MAX_COLUMNS)
        elif name == "style":
            self.style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self.hidden_styles.add(self.style)
        elif self.cell is not None and not self.in_note:
            self._start_text(name, attributes)

    def _start_text(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "p":
            self.parts += ["\n"] if self.n_paragraphs else []
            self.n_paragraphs += 1
            self.in_paragraph = True
        elif name == "s":
            self.parts.append(" " * min(_number(attributes, "c"), 1000))
        elif name in ("tab", "line-break"):
            self.parts.append("\t" if name == "tab" else "\n")

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "annotation":
            self.in_note -= 1
        elif name == "p" and not self.in_note:
            self.in_paragraph = False
        elif name in ("table-cell", "covered-table-cell") and self.cell is not None:
            self._end_cell(self.cell)
            self.cell = None
        elif name == "table-row":
            self._end_row()

    def text(self, text: str) -> None:
        """Text, which counts in the paragraphs of a cell only."""
        if self.in_paragraph and self.cell is not None and not self.in_note:
            self.parts.append(text)

    def _end_cell(self, cell: Mapping[str, str]) -> None:
        n_cells = _number(cell, "number-columns-repeated")
        text, fault = _meaning(cell, "".join(self.parts))
        if text or fault:
            fields = self.record.fields
            for place in range(min(self.width, MAX_COLUMNS), min(self.width + n_cells, MAX_COLUMNS + 1)):
                fields += [""] * (place + 1 - len(fields))
                fields[place] = text
                if fault:
                    self.record.cell_faults[place] = fault
        n_rows = _number(cell, "number-rows-spanned")
        if n_rows > 1:
            self.grid.merged.append(
                (self.line + 1, self.width + 1, self.line + n_rows, self.width + _number(cell, "number-columns-spanned"))
            )
        self.width += n_cells

    def _end_row(self) -> None:
        n_rows = _number(self.row, "number-rows-repeated")
        if not self.record.is_blank or self.record.cell_faults:
            if n_rows > _MAX_REPEATED or len(self.grid.records) > MAX_RECORDS:
                raise FileRefused(
                    "too-many-rows", f"A row of the sheet is repeated {n_rows:,} times, or there are more than {MAX_RECORDS:,}. Split it."
                )
            self.grid.records += [
                Record(list(self.record.fields), self.line + 1 + n, cell_faults=self.record.cell_faults) for n in range(n_rows)
            ]
            if self.row.get("visibility") in _HIDDEN:
                self.grid.hidden_rows += range(self.line + 1, self.line + 1 + n_rows)
        self.line += n_rows


def _meaning(cell: Mapping[str, str], text: str) -> tuple[str, str]:
    """The text of a cell, and why it is no data when it is none."""
    kind = cell.get("value-type", "")
    if kind == "error":
        return "", f"the error {text[:20]}"
    if cell.get("formula") and (why := why_no_data(text)):
        return "", why
    if not kind:
        return ("", "a formula that was never calculated") if cell.get("formula") and not text else (text, "")
    if kind == "date":
        return cell.get("date-value", text).removesuffix("T00:00:00").replace("T", " "), ""
    if kind == "boolean":
        return cell.get("boolean-value", text).upper(), ""
    if kind in ("float", "percentage", "currency"):
        return number_as_text(cell.get("value", text)), ""
    return text or cell.get("string-value", ""), ""


def _number(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return min(max(1, int(text[:10])), _MOST) if text.isascii() and text.isdecimal() else 1
