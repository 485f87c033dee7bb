"""CSV and other delimited text, whatever its delimiter, encoding and line endings."""

from __future__ import annotations

from dataclasses import replace

from tracker.io.headers import Naming
from tracker.io.inputs import InputFile, Opened, ReadOptions
from tracker.io.limits import MAX_TEXT_BYTES
from tracker.io.rows_read import read_rows
from tracker.io.tables import open_table

FORMAT = "delimited text"
ENDINGS = (".csv", ".tsv", ".tab", ".txt")


def recognises(file: InputFile) -> bool:
    """Always: it is offered what no other reader knows, and says what it is when it is no table."""
    return True


def read(file: InputFile, options: ReadOptions) -> Opened:
    """The rows below the header; raises FileRefused when the file is no table of statements."""
    data = file.data(MAX_TEXT_BYTES)
    n_lines = data.count(b"\n")
    table = open_table(data, Naming(options.mapping))
    found = read_rows(table, file.name, lambda n_records: options.told(n_records, n_lines))
    problems = tuple(replace(problem, file=file.name) for problem in table.problems)
    return Opened(found, FORMAT, table.encoding, table.delimiter, problems, guesses=table.guesses)
