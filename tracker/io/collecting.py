"""Records of any format to rows of our columns: kept, rejected or ignored, and counted whatever their number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tracker.core.columns import COLUMN_NAMES
from tracker.core.problems import Problem, Severity
from tracker.io.decoding import is_readable
from tracker.io.headers import Naming
from tracker.io.inputs import ReadOptions
from tracker.io.limits import MAX_CELL_CHARACTERS, MAX_RECORDS, MAX_WARNINGS_OF_A_KIND
from tracker.io.refusals import FileRefused
from tracker.io.rows_read import Row, RowsRead, made_harmless

_DONE = {Severity.REJECTED: "rejected", Severity.IGNORED: "ignored", Severity.WARNING: "kept with the same warning"}
_TELL_EVERY = 1000


class RowCollector:
    """Takes the records of a file one by one: rows + rejected + ignored = n_records, always.

    The first 200 problems of a code are kept one by one; one more stands for all the others, so that a million
    rejections take no memory. What the person mapped comes last: a field of theirs fills one of our columns, and a
    name that begins with ``=`` is itself the text for every row (``{"=Russia": "country"}``).
    """

    def __init__(self, file: str, options: ReadOptions, *, n_expected: int = 0) -> None:
        Naming(options.mapping)  # refuses a mapping to what is none of our columns
        self.file = file
        self.options = options
        self.n_expected = n_expected
        self.found = RowsRead([], [], 0)
        self._n_of: dict[tuple[Severity, str], int] = {}
        self._beyond: dict[tuple[Severity, str], Problem] = {}
        self._constants = {ours: theirs[1:] for theirs, ours in options.mapping.items() if theirs.startswith("=") and ours}
        self._fields = {theirs: ours for theirs, ours in options.mapping.items() if not theirs.startswith("=") and ours}
        self._unseen = set(self._fields)

    def gives(self, column: str) -> bool:
        """Whether the person said what fills one of our columns, for every row or from a field."""
        return column in self._constants or column in self._fields.values()

    def keep(
        self,
        values: Mapping[str, str],
        line: int,
        *,
        fields: Mapping[str, object] | None = None,
        warnings: Iterable = (),
        lost: Mapping[str, str] | None = None,
    ) -> None:
        """A record as a row; ``warnings`` are (code, message) pairs. What cannot be read or kept whole is rejected.

        ``lost`` says why cells of a table were no data, by column, as :func:`no_data.lost_cells` does.
        """
        by_column = dict.fromkeys(COLUMN_NAMES, "") | values | self._mapped(fields or {}) | self._constants
        is_plain = _is_plain("".join(by_column.values()))
        fault = None if is_plain else next((fault for name, text in by_column.items() if text and (fault := _fault(name, text))), None)
        if fault:
            self.reject(*fault, line)
            return
        record = self._next()
        if len(self.found.rows) == MAX_RECORDS:
            raise FileRefused(
                "too-many-rows", f"More than {MAX_RECORDS:,} statements were found, which is the most that can be loaded. Split the file."
            )
        for code, message in warnings:
            self._say(Severity.WARNING, code, message, record, line)
        row = Row(
            by_column, record, line, {name: why for name, why in (lost or {}).items() if name == "note" or not by_column[name]} or None
        )
        for problem in () if is_plain else made_harmless(row, self.file):
            self._say(Severity.WARNING, problem.code, problem.message, record, line, problem.column)
        self.found.rows.append(row)

    def reject(self, code: str, message: str, line: int) -> None:
        """A record that cannot be used."""
        self._say(Severity.REJECTED, code, message, self._next(), line)

    def ignore(self, code: str, message: str, line: int) -> None:
        """A record that is no statement."""
        self._say(Severity.IGNORED, code, message, self._next(), line)

    def close(self) -> RowsRead:
        """All that was collected, with the problems in the order of their records."""
        self.options.told(self.found.n_records, self.n_expected)
        self.found.problems += [_more(problem, self._n_of[key] - MAX_WARNINGS_OF_A_KIND) for key, problem in self._beyond.items()]
        self.found.problems += [self._never_seen(name) for name in sorted(self._unseen)]
        self.found.problems.sort(key=lambda problem: problem.record or 0)
        return self.found

    def _next(self) -> int:
        self.found.n_records += 1
        if self.found.n_records % _TELL_EVERY == 0:
            self.options.told(self.found.n_records, self.n_expected)
        return self.found.n_records

    def _say(self, severity: Severity, code: str, message: str, record: int, line: int, column: str = "") -> None:
        key = (severity, code)
        self._n_of[key] = self._n_of.get(key, 0) + 1
        if self._n_of[key] <= MAX_WARNINGS_OF_A_KIND:
            self.found.problems.append(Problem(code, message, severity, self.file, record, line, column))
        elif key not in self._beyond:
            self._beyond[key] = Problem(code, message, severity, self.file, record, line, column)

    def _mapped(self, fields: Mapping[str, object]) -> dict[str, str]:
        if self._unseen:
            self._unseen -= fields.keys()
        return {ours: as_text(fields.get(theirs)) for theirs, ours in self._fields.items() if theirs in fields}

    def _never_seen(self, name: str) -> Problem:
        message = f"The field {name[:80]!r} was to be taken but no record has it. Check its name."
        return Problem("field-not-found", message, Severity.WARNING, self.file)


def as_text(value: object) -> str:
    """A value of JSON as the text of a cell: strings as written, numbers and truth values as JSON writes them, else "".

    >>> as_text("a"), as_text(2), as_text(True), as_text(None), as_text(["a"])
    ('a', '2', 'true', '', '')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, int | float) else ""


def _is_plain(text: str) -> bool:
    """Whether there is nothing in all the text of a row to look at more closely: most rows, told at once."""
    return len(text) <= MAX_CELL_CHARACTERS and text.isprintable()


def _fault(column: str, text: str) -> tuple[str, str] | None:
    if len(text) > MAX_CELL_CHARACTERS:
        message = f"{column} has {len(text):,} characters; at most {MAX_CELL_CHARACTERS:,} can be kept. Shorten it"
        return "cell-too-long", message
    if not is_readable(text):
        return "row-encoding", f"{column} holds halves of characters that are no text; write the record again as UTF-8"
    return None


def _more(problem: Problem, n_records: int) -> Problem:
    number = f"{n_records:,} more record{'s were' if n_records > 1 else ' was'}"
    message = f"{number} {_DONE[problem.severity]}; the first of them: {problem.message}"
    return replace(problem, message=message, n_records=n_records)
