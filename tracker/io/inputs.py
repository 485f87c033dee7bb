"""What goes into a reader and what comes out of it: a file, what the person said about it, and the rows found in it."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from tracker.core.errors import TrackerError
from tracker.core.problems import Problem
from tracker.io.declared import Declared
from tracker.io.found import Guess, Row, RowsRead
from tracker.io.limits import MAX_FILE_BYTES
from tracker.io.refusals import FileRefused

__all__ = ["AS_FOUND", "Guess", "ImportCancelled", "InputFile", "Opened", "ReadOptions", "RowsRead"]

HEAD_BYTES = 8192
_UNFINISHED = frozenset({".partial", ".part", ".crdownload", ".download", ".tmp"})
_CHUNK_BYTES = 1 << 20


class ImportCancelled(TrackerError):
    """The person stopped the import; raised by a progress callback and let through by every reader."""


def _stamp(about: os.stat_result) -> tuple[int, int]:
    return about.st_size, about.st_mtime_ns


@dataclass(frozen=True)
class InputFile:
    """One file to be read: its name, its size in bytes, and its first bytes (``head``), by which readers know it."""

    name: str
    size: int
    head: bytes = field(repr=False)
    opener: Callable[[], BinaryIO] = field(repr=False, compare=False)
    has_changed: Callable[[], bool] = field(default=lambda: False, repr=False, compare=False)
    """Whether the file was written since it was opened for the first time."""

    @classmethod
    def from_path(cls, path: Path) -> InputFile:
        """The file at a path; raises FileRefused, before opening it, for what is no ordinary file."""
        if not path.is_file():
            raise FileRefused("file-not-a-table", "It is not an ordinary file, and was not read. Give the path of a file with a table.")
        if path.name.startswith("~$"):
            raise FileRefused(
                "file-not-a-table", "It is the lock file of an open workbook. Give the workbook, whose name is the same without ~$."
            )
        if path.suffix.lower() in _UNFINISHED:
            raise FileRefused("file-not-a-table", f"The ending {path.suffix} says that it is not finished. Load it when it is.")
        about = path.stat()
        with path.open("rb") as opened:
            head = opened.read(HEAD_BYTES)
        return cls(path.name, about.st_size, head, lambda: path.open("rb"), lambda: _stamp(path.stat()) != _stamp(about))

    @classmethod
    def from_bytes(cls, data: bytes, name: str) -> InputFile:
        """A file whose bytes are held already.

        >>> InputFile.from_bytes(b"date,country", "one.csv").size
        12
        """
        return cls(name, len(data), data[:HEAD_BYTES], lambda: io.BytesIO(data))

    @property
    def ending(self) -> str:
        """The last ending of the name in lower case, with its dot; "" when there is none.

        >>> InputFile.from_bytes(b"", "A.CSV").ending
        '.csv'
        """
        return Path(self.name).suffix.lower()

    @cached_property
    def digest(self) -> str:
        """The sha-256 (hex) of all bytes, read once."""
        found = hashlib.sha256()
        for chunk in self.chunks():
            found.update(chunk)
        return found.hexdigest()

    def open(self) -> BinaryIO:
        """The bytes as a stream from the beginning; for formats that need not be held whole."""
        return self.opener()

    def data(self, at_most: int = MAX_FILE_BYTES) -> bytes:
        """All bytes; raises FileRefused, before reading, when there are more than can be loaded."""
        if self.size > at_most:
            raise FileRefused(
                "file-too-large", f"The file has {self.size:,} bytes; at most {at_most:,} can be loaded. Split it into smaller files."
            )
        with self.open() as opened:
            return opened.read(at_most + 1)[:at_most]

    def chunks(self) -> Iterator[bytes]:
        """All bytes, a megabyte at a time."""
        with self.open() as opened:
            while chunk := opened.read(_CHUNK_BYTES):
                yield chunk


@dataclass(frozen=True)
class ReadOptions:
    """What the person said about a file, so that it need not be guessed.

    ``mapping`` gives our column for a header of theirs; ``date_order`` is "day-first" or "month-first"; ``sheet`` and
    ``statement_type`` choose where a file has several; ``progress`` is told the records read so far and those expected
    (0 when that is not known), and may raise ImportCancelled. ``known`` has the issues and actors of the data set that
    the rows are to join, for files that declare none themselves. ``left_over`` is given every row no statement was made of.
    ``mended`` has what the person wrote instead of cells, by record (from 1) and our column.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    date_order: str = ""
    sheet: str = ""
    statement_type: str = ""
    progress: Callable[[int, int], None] | None = None
    known: Declared | None = None
    left_over: Callable[[Row], None] | None = None
    mended: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def told(self, n_records: int, n_expected: int = 0) -> None:
        """Tells the progress callback, if there is one."""
        if self.progress:
            self.progress(n_records, n_expected)


AS_FOUND = ReadOptions()
"""Nothing said: everything is found out from the file."""


@dataclass(frozen=True)
class Opened:
    """What a reader found: rows of our columns, the format in words, and what it had to guess."""

    found: RowsRead
    format: str
    encoding: str = ""
    delimiter: str = ""
    problems: tuple[Problem, ...] = ()
    declared: Declared | None = None
    guesses: tuple[Guess, ...] = ()
