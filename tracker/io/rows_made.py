"""Rows of files that are no tables: every record is kept, rejected or ignored with a reason, and none is forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.core.columns import COLUMN_NAMES
from tracker.core.problems import Problem, Severity
from tracker.io.decoding import is_readable
from tracker.io.inputs import ReadOptions
from tracker.io.limits import MAX_CELL_CHARACTERS, MAX_RECORDS
from tracker.io.refusals import FileRefused
from tracker.io.rows_read import Row, RowsRead, made_harmless

_TOLD_EVERY = 1_000


@dataclass
class RowsMade:
    """Gathers the records of one file in their order; each is counted by exactly one of ``keep``, ``reject``, ``ignore``.

    ``n_expected`` is how many records there will be, for the progress callback (0 when that is not known).
    """

    file: str
    options: ReadOptions
    n_expected: int = 0
    found: RowsRead = field(default_factory=lambda: RowsRead([], [], 0))

    def keep(self, values: Mapping[str, str], line: int) -> None:
        """A record as a row of our columns ("" for those not named); rejected when a cell cannot be read or is too long."""
        row = Row(dict.fromkeys(COLUMN_NAMES, "") | dict(values), self._next(), line)
        unreadable = next((column for column, text in row.values.items() if not is_readable(text)), "")
        too_long = next((column for column, text in row.values.items() if len(text) > MAX_CELL_CHARACTERS), "")
        if unreadable:
            self._say("row-encoding", "the text has bytes that are no text in the encoding of the file; type it again", line, unreadable)
        elif too_long:
            n_characters = len(row.values[too_long])
            message = f"the text has {n_characters:,} characters; at most {MAX_CELL_CHARACTERS:,} can be kept. Shorten it"
            self._say("cell-too-long", message, line, too_long)
        else:
            self.found.problems += made_harmless(row, self.file)
            self.found.rows.append(row)

    def reject(self, code: str, message: str, line: int, column: str = "") -> None:
        """A record in which something it needs cannot be used."""
        self._next()
        self._say(code, message, line, column)

    def ignore(self, code: str, message: str, line: int) -> None:
        """A record that is no statement."""
        self._next()
        self._say(code, message, line, "", Severity.IGNORED)

    def warn(self, code: str, message: str, line: int, column: str = "") -> None:
        """Something about the record that was kept last."""
        self._say(code, message, line, column, Severity.WARNING)

    def _next(self) -> int:
        self.found.n_records += 1
        if self.found.n_records > MAX_RECORDS:
            raise FileRefused(
                "too-many-rows", f"The file has more than {MAX_RECORDS:,} records, which is the most that can be loaded. Split the file."
            )
        if self.found.n_records % _TOLD_EVERY == 0:
            self.options.told(self.found.n_records, self.n_expected)
        return self.found.n_records

    def _say(self, code: str, message: str, line: int, column: str, severity: Severity = Severity.REJECTED) -> None:
        self.found.problems.append(Problem(code, message, severity, self.file, self.found.n_records, line, column))
