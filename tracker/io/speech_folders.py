"""Folders with one speech a file: what becomes of every file, and the tables that lie beside the speeches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from tracker.core.problems import Problem, Severity
from tracker.io.collecting import RowCollector
from tracker.io.inputs import Guess, InputFile, Opened, ReadOptions
from tracker.io.limits import MAX_CELL_CHARACTERS
from tracker.io.refusals import FileRefused
from tracker.io.tables import SideRow, read_side_table
from tracker.io.text_files import base_name, is_leftover, said_encodings, text_of

_MAX_SPEECH_BYTES = MAX_CELL_CHARACTERS * 4
TABLE_ENDINGS = (".csv", ".tsv", ".tab", ".xlsx")
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

    def table_rows(self, columns: Columns, needed: Sequence[str]) -> Iterator[tuple[InputFile, list[SideRow]]]:
        """The rows of every table, by our names of their columns; what is wrong with a table is a warning."""
        for file in self.tables:
            try:
                rows, problems = _table_of(file, columns, needed)
            except FileRefused as refused:
                message = f"{refused} The table was left out."
                rows, problems = [], [Problem("table-unreadable", message, Severity.WARNING, file.name)]
            self.problems += problems
            yield file, rows

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
    return PurePosixPath(name).suffix.lower() in TABLE_ENDINGS and not is_leftover(name)


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


def _table_of(file: InputFile, columns: Columns, needed: Sequence[str]) -> tuple[list[SideRow], list[Problem]]:
    if file.name.lower().endswith(".xlsx"):
        message = "The sheet was not read; save it as CSV (UTF-8) beside the speeches."
        return [], [Problem("table-unreadable", message, Severity.WARNING, file.name)]
    return read_side_table(file.data(), columns, needed=needed, file=file.name)
