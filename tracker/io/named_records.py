"""Records whose fields have names (JSON, Parquet) to rows: one header from all names, then as any table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tracker.core.problems import Problem, Severity
from tracker.io.delimited import Record
from tracker.io.found import Guess
from tracker.io.headers import Naming, map_header
from tracker.io.inputs import InputFile, Opened, ReadOptions
from tracker.io.rows_read import read_rows
from tracker.io.tables import Table, noticed_in_header


def read_named(
    file: InputFile,
    options: ReadOptions,
    names: Sequence[str],
    records: Iterable[Record],
    *,
    format_name: str,
    n_expected: int = 0,
    quiet: Sequence[str] = (),
) -> Opened:
    """The rows of records whose fields stand in the order of ``names``; names in ``quiet`` may be unknown unsaid.

    Raises FileRefused when the names lack what a statement needs.
    """
    header = map_header(list(names), naming=Naming(options.mapping))
    found = read_rows(Table(header, _iterated(records)), file.name, lambda n_records: options.told(n_records, n_expected))
    noticed = [problem for problem in noticed_in_header(header) if problem.column not in quiet]
    guesses = tuple(Guess("column", f"{name} = {column}", "the name in another language") for name, column in header.guessed.items())
    return Opened(found, format_name, problems=tuple(replace(problem, file=file.name) for problem in noticed), guesses=guesses)


def _iterated(records: Iterable[Record]) -> Iterator[Record]:
    yield from records


def left_aside(names: Iterable[str], file: str) -> tuple[Problem, ...]:
    """A warning for each column that holds lists or structures, and so cannot be read."""
    message = "The column {!r} holds lists or structures and was left aside; write it as text if it holds something we have."
    return tuple(Problem("column-nested", message.format(name[:80]), Severity.WARNING, file, column=name[:80]) for name in names)
