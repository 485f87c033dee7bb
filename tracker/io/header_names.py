"""The names of a table's columns as written, also of a table that is refused because they are not understood."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from tracker.io import ods, xlsx
from tracker.io.decoding import decode
from tracker.io.delimited import Record, likely_delimiters, read_records
from tracker.io.inputs import InputFile
from tracker.io.limits import MAX_HEADER_SEARCH
from tracker.io.refusals import FileRefused
from tracker.io.sheets import first_rows

_NAMED_OTHERWISE = (".xls", ".parquet", ".dna", ".qdpx", ".qdc", ".zip", ".gz", ".bz2", ".json", ".jsonl", ".ndjson")


def header_names(file: InputFile) -> tuple[str, ...]:
    """The cells of the row with the most filled cells among the first rows of delimited text or of the sheet that would be read.

    Empty for files of other formats, and for those that cannot be read.

    >>> header_names(InputFile.from_bytes(b"When;Who\\n2016;Somebody", "a.csv"))
    ('When', 'Who')
    """
    try:
        rows = _first_rows(file)
    except FileRefused:
        return ()
    fullest = max(rows, key=lambda row: sum(bool(cell.strip()) for cell in row.fields), default=None)
    return tuple(cell.strip() for cell in fullest.fields if cell.strip()) if fullest else ()


def _first_rows(file: InputFile) -> Sequence[Record]:
    for workbook in (ods, xlsx):
        if workbook.recognises(file):
            return first_rows(workbook.offers(file))
    if file.ending in _NAMED_OTHERWISE:
        return ()
    text = decode(file.data()).text
    return list(islice(read_records(text, likely_delimiters(text)[0]), MAX_HEADER_SEARCH))
