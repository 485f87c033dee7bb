"""What a workbook (.xlsx) holds beside its sheets: their names and places, shared texts, which formats are dates."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from tracker.io.archives import Archive
from tracker.io.refusals import FileRefused
from tracker.io.xml_events import read_events

_WORKBOOK = "xl/workbook.xml"
_BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_BUILT_IN_MONTHS = frozenset({17})
_NOT_A_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its name, the member that holds it, whether people see it."""

    name: str
    member: str
    is_hidden: bool = False


@dataclass
class Workbook:
    """A workbook without its sheets' cells. ``style_shows`` says of each cell style "date", "month", "year" or ""."""

    sheets: list[Sheet] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    style_shows: list[str] = field(default_factory=list)
    counts_from_1904: bool = False


def open_workbook(archive: Archive) -> Workbook:
    """The workbook in an archive; raises FileRefused when it has no sheets that can be read."""
    if _WORKBOOK not in archive:
        raise FileRefused(
            "archive-damaged", "The file is not a workbook, or is incomplete: it has no list of sheets. Save it again as .xlsx."
        )
    book = Workbook()
    members = _relations(archive)
    listed: list[tuple[str, str, bool]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            listed.append((attributes.get("name", ""), attributes.get("id", ""), attributes.get("state", "visible") != "visible"))
        elif name == "workbookPr":
            book.counts_from_1904 = attributes.get("date1904", "0") in ("1", "true")

    with archive.open(_WORKBOOK) as stream:
        read_events(stream, start=start)
    book.sheets = [Sheet(name, members[key], is_hidden) for name, key, is_hidden in listed if key in members and members[key] in archive]
    book.texts = _shared_texts(archive)
    book.style_shows = _styles(archive)
    return book


def _relations(archive: Archive) -> dict[str, str]:
    """The member each relation of the workbook names; only worksheets."""
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet") and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            found[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")

    relations = "xl/_rels/workbook.xml.rels"
    if relations in archive:
        with archive.open(relations) as stream:
            read_events(stream, start=start)
    return found


class TextGatherer:
    """Puts the runs of a text together, without the readings printed beside Japanese ones."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._in_text = self._in_reading = False

    def start(self, name: str) -> None:
        """An element begins."""
        self._in_reading = self._in_reading or name == "rPh"
        self._in_text = name == "t" and not self._in_reading

    def end(self, name: str) -> None:
        """An element ends."""
        self._in_text = False
        self._in_reading = self._in_reading and name != "rPh"

    def text(self, text: str) -> None:
        """Text, which counts inside runs only."""
        if self._in_text:
            self.parts.append(text)

    def taken(self) -> str:
        """The text gathered so far, which is then forgotten."""
        whole = "".join(self.parts)
        self.parts.clear()
        return unescaped(whole)


def unescaped(text: str) -> str:
    """The text with the characters workbooks cannot hold as they are put back.

    >>> unescaped("a_x000D_b"), unescaped("_x005F_x000D_")
    ('a\\rb', '_x000D_')
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _shared_texts(archive: Archive) -> list[str]:
    found: list[str] = []
    gatherer = TextGatherer()

    def end(name: str) -> None:
        gatherer.end(name)
        if name == "si":
            found.append(gatherer.taken())

    if "xl/sharedStrings.xml" in archive:
        with archive.open("xl/sharedStrings.xml") as stream:
            read_events(stream, start=lambda name, _: gatherer.start(name), end=end, text=gatherer.text)
    return found


def _styles(archive: Archive) -> list[str]:
    formats: dict[int, str] = {}
    shows: list[str] = []
    in_cell_formats = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal in_cell_formats
        if name == "numFmt":
            formats[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            in_cell_formats = True
        elif name == "xf" and in_cell_formats:
            code = _number(attributes.get("numFmtId"))
            shows.append(shown_by(formats[code]) if code in formats else _built_in(code))

    def end(name: str) -> None:
        nonlocal in_cell_formats
        in_cell_formats = in_cell_formats and name != "cellXfs"

    if "xl/styles.xml" in archive:
        with archive.open("xl/styles.xml") as stream:
            read_events(stream, start=start, end=end)
    return shows


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() else -1


def _built_in(code: int) -> str:
    return "month" if code in _BUILT_IN_MONTHS else "date" if code in _BUILT_IN_DATES else ""


def shown_by(number_format: str) -> str:
    """What a number format shows of a date: "date", "month" or "year" (no smaller part), "" when it shows a number.

    >>> [shown_by(code) for code in ("dd/mm/yyyy", "mmm yyyy", "yyyy", '0.00" days"', "[h]:mm", "General", "[$-419]d mmmm yyyy")]
    ['date', 'month', 'year', '', '', '', 'date']
    """
    first = number_format.split(";")[0]
    if _ELAPSED.search(first):
        return ""
    bare = _NOT_A_FORMAT.sub("", first).casefold().replace("general", "").replace("am/pm", "").replace("a/p", "")
    if "0" in bare or "#" in bare or "?" in bare:
        return ""
    if "d" in bare or "h" in bare or "s" in bare:
        return "date"
    if "m" in bare:
        return "month"
    return "year" if "y" in bare else ""
