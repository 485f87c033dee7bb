"""What is wrong with data, as values: file, row, column, code, what it is and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a problem does to its row."""

    REJECTED = "rejected"
    IGNORED = "ignored"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One thing wrong at one place of a data set; the message says what is wrong and what to do.

    ``record`` counts data records from 1 (no header, no blank lines); ``line`` is the physical line or sheet
    row, from 1. Both are ``None`` for a problem of the whole file. ``n_records`` is more than 1 where one problem
    stands for many records with the same fault, of which ``record`` is the first; none of them has another.

    >>> str(Problem("date-invalid", "'31/02/2016' is not a date; write YYYY-MM-DD", file="s.csv", record=40, line=41,
    ...             column="stated_on"))
    's.csv row 41, column "stated_on": \\'31/02/2016\\' is not a date; write YYYY-MM-DD [date-invalid]'
    """

    code: str
    message: str
    severity: Severity = Severity.REJECTED
    file: str = ""
    record: int | None = None
    line: int | None = None
    column: str = ""
    n_records: int = 1

    def __str__(self) -> str:
        place = f" row {self.line}" if self.line is not None else ""
        column = f', column "{self.column}"' if self.column else ""
        start = f"{self.file}{place}{column}".strip()
        return f"{start}: {self.message} [{self.code}]" if start else f"{self.message} [{self.code}]"


def count_records(problems: Iterable[Problem], severity: Severity) -> int:
    """How many different records carry a problem of this severity; problems of a whole file count none.

    >>> count_records([Problem("x", "m", record=1), Problem("y", "m", record=1)], Severity.REJECTED)
    1
    >>> count_records([Problem("x", "m", record=1), Problem("x", "m", record=7, n_records=5)], Severity.REJECTED)
    6
    """
    found = [p for p in problems if p.severity is severity and p.record is not None]
    return len({p.record for p in found if p.n_records == 1}) + sum(p.n_records for p in found if p.n_records > 1)
