"""Folders with one speech a file: what becomes of every file, and the tables that lie beside the speeches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from tracker.core.problems import Problem, Severity
from tracker.io.archives import Archive
from tracker.io.collecting import RowCollector
from tracker.io.delimited import Record
from tracker.io.inputs import Guess, InputFile, Opened, ReadOptions
from tracker.io.limits import MAX_CELL_CHARACTERS, MAX_HEADER_SEARCH
from tracker.io.matching import has_text, tight_key
from tracker.io.refusals import FileRefused
from tracker.io.tables import SideRow, read_side_table
from tracker.io.text_files import base_name, is_leftover, said_encodings, text_of
from tracker.io.workbook_parts import open_workbook
from tracker.io.xlsx import _reader as reader_of_sheet

_MAX_SPEECH_BYTES = MAX_CELL_CHARACTERS * 4
_TEXT_TABLES, _WORKBOOKS = (".csv", ".tsv", ".tab"), (".xlsx", ".xlsm")
LEFTOVER = "the file was left by an operating system or a program and holds no speech; it was ignored"
NO_SPEECH = "the name is not that of a speech of this corpus; the file was ignored. Rename it if it is one"

Columns = Mapping[str, Sequence[str]]


@dataclass
class SpeechFolder:
    """The files of a corpus, sorted by name: speeches, tables beside them, and the others."""

    files: Sequence[InputFile]
    is_speech: Callable[[str], bool]
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.files = sorted(self.files, key=lambda file: file.name)

    @property
    def tables(self) -> list[InputFile]:
        """The tables beside the speeches."""
        return [file for file in self.files if is_table(file.name)]

    def table_rows(self, columns: Columns, needed: Sequence[str]) -> Iterator[list[SideRow]]:
        """The rows of every table, by the names of ``columns``; what is wrong with a table is a warning."""
        for file in self.tables:
            try:
                rows, problems = _table_of(file, columns, needed)
            except FileRefused as refused:
                message = f"{refused} The table was left out."
                rows, problems = [], [Problem("table-unreadable", message, Severity.WARNING, file.name)]
            self.problems += problems
            yield rows

    def speeches(self, collector: RowCollector) -> Iterator[tuple[InputFile, str, int]]:
        """Every speech with its text and its number in the folder; the other files are ignored or rejected with a reason."""
        encodings: list[str] = []
        others = [file for file in self.files if not is_table(file.name)]
        collector.n_expected = len(others)
        for number, file in enumerate(others, 1):
            collector.file = file.name
            if is_leftover(file.name):
                collector.ignore("file-left-over", LEFTOVER, number)
            elif not self.is_speech(base_name(file)):
                collector.ignore("file-no-speech", NO_SPEECH, number)
            else:
                text, encoding = _text_or_fault(file)
                if encoding:
                    encodings.append(encoding)
                    yield file, text, number
                else:
                    collector.reject(*_FAULTS[text], number)
        self.encodings = said_encodings(encodings)

    def opened(self, collector: RowCollector, format: str, guesses: Sequence[Guess]) -> Opened:
        """What was found, with the encodings that had to be guessed."""
        if "Windows-1252" in self.encodings:
            guesses = [*guesses, Guess("encoding", self.encodings, "Some files are no UTF-8; they read well in this encoding.")]
        return Opened(collector.close(), format, self.encodings, "", tuple(self.problems), guesses=tuple(guesses))


_FAULTS = {
    "damaged": ("file-damaged", "the file is damaged or cannot be read; get it again"),
    "long": (
        "cell-too-long",
        f"the speech is longer than {MAX_CELL_CHARACTERS:,} characters, which is the most that can be kept; split it",
    ),
    "no_text": ("row-encoding", "the file is no text, or in an encoding that is not certain; save it as UTF-8"),
    "empty": ("words-missing", "the file has no words in it; get it again"),
}


def is_table(name: str) -> bool:
    """Whether a file of the folder is a table beside the speeches."""
    return PurePosixPath(name).suffix.lower() in (*_TEXT_TABLES, *_WORKBOOKS) and not is_leftover(name)


def collector_for(files: Sequence[InputFile], options: ReadOptions) -> RowCollector:
    """The collector for the files of one folder."""
    return RowCollector(files[0].name if files else "", options, n_expected=len(files))


def _text_or_fault(file: InputFile) -> tuple[str, str]:
    """The text of a speech and its encoding, or the key of its fault and no encoding."""
    try:
        with file.open() as opened:
            data = opened.read(_MAX_SPEECH_BYTES + 1)
    except (FileRefused, OSError, ValueError, EOFError):
        return "damaged", ""
    if len(data) > _MAX_SPEECH_BYTES:
        return "long", ""
    text, encoding = text_of(data)
    if encoding and not has_text(text):
        return "empty", ""
    return (text, encoding) if encoding else ("no_text", "")


def _table_of(file: InputFile, columns: Columns, needed: Sequence[str]) -> tuple[list[SideRow], list[Problem]]:
    if file.name.lower().endswith(_WORKBOOKS):
        return _workbook_rows(file, columns, needed), []
    return read_side_table(file.data(), columns, needed=needed, file=file.name)


def _workbook_rows(file: InputFile, columns: Columns, needed: Sequence[str]) -> list[SideRow]:
    """The rows of the first visible sheet in which a row near the beginning names the columns."""
    known = {tight_key(name): column for column, names in columns.items() for name in (column, *names)}
    archive = Archive(file)
    book = open_workbook(archive)
    for sheet in book.sheets:
        records = [] if sheet.is_hidden else reader_of_sheet(archive, book, sheet)(0).records
        for number, head in enumerate(records[:MAX_HEADER_SEARCH]):
            places = {known[key]: place for place, key in reversed(list(enumerate(map(tight_key, head.fields)))) if key in known}
            if len(places) > 1 and all(column in places for column in needed):
                return [_side_row(record, columns, places, n) for n, record in enumerate(records[number + 1 :], 1)]
    raise FileRefused("columns-missing", f"No sheet has a row that names the columns {', '.join(needed or columns)}.")


def _side_row(record: Record, columns: Columns, places: Mapping[str, int], number: int) -> SideRow:
    values = {column: record.fields[place].strip() for column, place in places.items() if place < len(record.fields)}
    return SideRow({column: values.get(column, "") for column in columns}, number, record.line)
