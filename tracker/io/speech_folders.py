"""Folders with one speech a file: what becomes of every file, and the tables that lie beside the speeches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from tracker.core.problems import Problem, Severity
from tracker.io import ods, xlsx
from tracker.io.collecting import RowCollector
from tracker.io.inputs import Guess, InputFile, Opened, ReadOptions
from tracker.io.limits import MAX_CELL_CHARACTERS
from tracker.io.refusals import FileRefused
from tracker.io.tables import SideRow, read_side_table
from tracker.io.text_files import base_name, is_leftover, said_encodings, text_of

_MAX_SPEECH_BYTES = MAX_CELL_CHARACTERS * 4
_TEXT_TABLES, _WORKBOOKS = (".csv", ".tsv", ".tab"), (".xlsx", ".ods")
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

    def table_rows(self, columns: Columns, needed: Sequence[str], places: Mapping[str, str]) -> Iterator[list[SideRow]]:
        """The rows of every table, by the names of ``columns``; what is wrong with a table is a warning.

        ``places`` lends each of them a column of statements, so that a workbook can be read like one of statements.
        """
        for file in self.tables:
            try:
                rows, problems = _table_of(file, columns, needed, places)
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
    if encoding and not text.strip():
        return "empty", ""
    return (text, encoding) if encoding else ("no_text", "")


def _table_of(file: InputFile, columns: Columns, needed: Sequence[str], places: Mapping[str, str]) -> tuple[list[SideRow], list[Problem]]:
    if not file.name.lower().endswith(_WORKBOOKS):
        return read_side_table(file.data(), columns, needed=needed, file=file.name)
    mapping = {other: places[name] for name, names in columns.items() for other in (name, *names) if name in places}
    opened = (ods if file.name.lower().endswith(".ods") else xlsx).read(file, ReadOptions(mapping=_LEFT_ASIDE | mapping))
    warnings = [replace(p, severity=Severity.WARNING) for p in opened.found.problems]
    rows = [SideRow({name: row.values[places[name]] for name in places}, row.record, row.line) for row in opened.found.rows]
    return rows, warnings


_LEFT_ASIDE = {"country": ""}
"""The code of the country is taken, not its name."""
