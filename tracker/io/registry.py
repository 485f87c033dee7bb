"""Every format that can be read, in the order in which a file is offered to them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol

from tracker.io.inputs import AS_FOUND, Guess, ImportCancelled, InputFile, Opened, ReadOptions
from tracker.io.refusals import FileRefused

__all__ = ["AS_FOUND", "Guess", "ImportCancelled", "InputFile", "Opened", "ReadOptions", "Reader", "open_input", "readers"]


class Reader(Protocol):
    """A module that reads one format; ``recognises`` looks at content first and at the ending second.

    A reader of folders and archives of many files has ``recognises_folder(names)`` and ``read_many(files, options)`` too.
    """

    FORMAT: str
    ENDINGS: tuple[str, ...]

    def recognises(self, file: InputFile) -> bool:
        """Whether the file is of this format, by its first bytes, else by the ending of its name."""

    def read(self, file: InputFile, options: ReadOptions) -> Opened:
        """The rows of the file; raises FileRefused when nothing of it can be used."""


@cache
def readers() -> tuple[Reader, ...]:
    """The readers, most particular first; delimited text is last and takes what nothing else knows.

    Imported at first need, because each brings a library, and because readers import this module.
    """
    from tracker.io import (
        delimited_text,
        dna,
        dna_events,
        feed_files,
        gdelt,
        json_records,
        ods,
        parquet,
        plover,
        qda,
        quotebank,
        timelinejs,
        un_general_debate,
        un_security_council,
        xlsx,
    )

    of_tools = (dna, dna_events, timelinejs, qda)
    of_corpora = (gdelt, quotebank, plover, un_general_debate, un_security_council)
    return (*of_tools, *of_corpora, feed_files, parquet, ods, xlsx, json_records, delimited_text)


def open_input(file: InputFile, options: ReadOptions = AS_FOUND) -> Opened:
    """What the first reader that recognises the file finds in it; raises FileRefused when nothing can be used.

    >>> open_input(InputFile.from_bytes(b"date,country,quote\\n2016,FRA,Yes", "one.csv")).format
    'delimited text'
    """
    return next(reader for reader in readers() if reader.recognises(file)).read(file, options)


def knows_folder(names: Sequence[str]) -> bool:
    """Whether some reader of many files knows a folder or archive by the names in it."""
    return _reader_of_folder(names) is not None


def open_many(files: Sequence[InputFile], options: ReadOptions = AS_FOUND) -> Opened:
    """What the reader that knows the folder finds in its files; raises FileRefused when none does, or nothing can be used."""
    reader = _reader_of_folder([file.name for file in files])
    if reader is None:
        raise FileRefused("file-not-a-table", "The files are no corpus that is known here. Load them one by one.")
    return reader.read_many(files, options)


def _reader_of_folder(names: Sequence[str]) -> Reader | None:
    offered = (reader for reader in readers() if hasattr(reader, "recognises_folder"))
    return next((reader for reader in offered if reader.recognises_folder(names)), None)
