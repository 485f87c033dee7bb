"""What reading a file finds: rows of our columns, the problems of the other records, and what had to be guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.core.problems import Problem


@dataclass(slots=True)
class Row:
    """A record by our column names, text as written, "" where the table has nothing.

    ``lost`` says of columns that are empty why what stood there was no data; ``None`` when all was.
    """

    values: dict[str, str]
    record: int
    line: int
    lost: Mapping[str, str] | None = None
    beside: Mapping[str, str] | None = None
    """The cells of ``PASSAGE_CELLS``; ``None`` where the record says nothing of a passage."""


@dataclass
class RowsRead:
    """Rows that can be understood, and what became of the other records: rows + rejected + ignored = n_records.

    ``unread`` are those of the rejected records that can still be shown by column, to be mended.
    """

    rows: list[Row]
    problems: list[Problem]
    n_records: int
    unread: list[Row] = field(default_factory=list)
    counts_from_1904: bool = False
    """Whether the file says that its days are counted as old Macintosh spreadsheets do."""


@dataclass(frozen=True)
class Guess:
    """Something a reader could not know for certain: what it is about, what was taken, and why."""

    what: str
    guess: str
    reason: str
