"""What a person can say about a file before it is read: which column is which, which sheet, which kind of statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from tracker.io import delimited_text, dna, dna_events, json_records, ods, parquet, timelinejs, xlsx
from tracker.io.decoding import decode
from tracker.io.delimited import Record, likely_delimiters, read_records
from tracker.io.headers import columns_of, count_known, has_what_a_statement_needs
from tracker.io.inputs import InputFile
from tracker.io.limits import MAX_HEADER_SEARCH
from tracker.io.refusals import FileRefused
from tracker.io.registry import readers
from tracker.io.sheets import first_rows

_BEGINNING_BYTES = 1_000_000
_OF_A_TOOL = (dna_events, timelinejs)
"""Delimited text whose columns a program named, so that they mean what they mean there."""


@dataclass(frozen=True)
class Choices:
    """The names of a file's columns with our column each is taken for ("" is none), its sheets, its statement types.

    Each is empty where the format has none of it, or the file cannot be read; sheets and types also where there is but one.
    """

    columns: tuple[tuple[str, str], ...] = ()
    sheets: tuple[str, ...] = ()
    statement_types: tuple[str, ...] = ()

    is_of_a_tool: bool = False
    """Whether the columns were named by a program that is known, so that our columns are not guessed by name."""

    @property
    def is_understood(self) -> bool:
        """Whether the columns have what a statement needs, so that nobody need be asked."""
        return self.is_of_a_tool or not self.columns or has_what_a_statement_needs([ours for _, ours in self.columns])


def choices_of(file: InputFile, sheet: str = "") -> Choices:
    """The choices a file leaves, of that sheet of a workbook or else of the one that would be read; nothing raises.

    >>> choices_of(InputFile.from_bytes(b"Mood;Date\\nx;2016", "a.csv")).columns
    (('Mood', ''), ('Date', 'stated_on'))
    """
    reader = next(reader for reader in readers() if reader.recognises(file))
    try:
        if reader is dna:
            return Choices(statement_types=_several(dna.statement_types(file)))
        if reader in (ods, xlsx):
            offers = reader.offers(file)
            return Choices(_named(_header(first_rows(offers, sheet))), _several([offer.name for offer in offers]))
        if reader is parquet:
            return Choices(_named(parquet.column_names(file)))
        if reader is json_records:
            return Choices(_named(json_records.first_keys(file)))
        if reader is delimited_text or reader in _OF_A_TOOL:
            return Choices(_named(_header(_first_rows(file))), is_of_a_tool=reader is not delimited_text)
    except FileRefused:
        pass
    return Choices()


def _first_rows(file: InputFile) -> Sequence[Record]:
    with file.open() as opened:
        text = decode(opened.read(_BEGINNING_BYTES)).text
    return list(islice(read_records(text, likely_delimiters(text)[0]), MAX_HEADER_SEARCH))


def _header(rows: Sequence[Record]) -> Sequence[str]:
    """The cells of the row with most names that are known, and of those alike the one with most filled cells."""
    fullest = max(rows, key=lambda row: (count_known(row.fields), sum(bool(cell.strip()) for cell in row.fields)), default=None)
    return fullest.fields if fullest else ()


def _named(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    shown = tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
    return tuple(zip(shown, columns_of(shown), strict=True))


def _several(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(names) if len(names) > 1 else ()
