"""The names of a table's columns as written, also of a table that is refused because they are not understood."""

from __future__ import annotations

from itertools import islice

from tracker.io.decoding import decode
from tracker.io.delimited import likely_delimiters, read_records
from tracker.io.inputs import InputFile
from tracker.io.limits import MAX_HEADER_SEARCH
from tracker.io.refusals import FileRefused

_BINARY = (".xlsx", ".xls", ".ods", ".parquet", ".dna", ".qdpx", ".qdc", ".zip", ".gz", ".bz2", ".json", ".jsonl", ".ndjson")


def header_names(file: InputFile) -> tuple[str, ...]:
    """The cells of the row with the most filled cells among the first rows of delimited text; empty for other files.

    >>> header_names(InputFile.from_bytes(b"When;Who\\n2016;Somebody", "a.csv"))
    ('When', 'Who')
    """
    if file.ending in _BINARY:
        return ()
    try:
        text = decode(file.data()).text
        rows = list(islice(read_records(text, likely_delimiters(text)[0]), MAX_HEADER_SEARCH))
    except FileRefused:
        return ()
    fullest = max(rows, key=lambda row: sum(bool(cell.strip()) for cell in row.fields), default=None)
    return tuple(cell.strip() for cell in fullest.fields if cell.strip()) if fullest else ()
