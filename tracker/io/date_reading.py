"""What a text that may be a date says: the date, or why there is none, and what to say of a date that was kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from tracker.core.dates import PartialDate, Precision

FIRST_YEAR, LAST_YEAR = 1600, 2100
"""Years outside are almost always another calendar or a slip."""

REMEDY = "write YYYY, YYYY-MM or YYYY-MM-DD"


class Order(Enum):
    """Which of the first two numbers of 03/04/2016 is the day."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a text says: a date, or none with a ``reason``; ``warnings`` are (code, message) pairs about a date kept."""

    date: PartialDate | None = None
    code: str = ""
    reason: str = ""
    warnings: tuple[tuple[str, str], ...] = ()


def dated(text: str, year: int, month: int | None = None, day: int | None = None) -> DateReading:
    """The date of the numbers, or why there is none: no such day, zeros, a year of another calendar."""
    if month == 0 or day == 0:
        return DateReading(code="date-invalid", reason=f"the date {text!r} has a zero for what is not known; leave it out: {REMEDY}")
    try:
        return DateReading(PartialDate(year, month or 0, day or 0))
    except ValueError:
        return DateReading(code="date-invalid", reason=f"{text!r} is not a date: there is no such day; {REMEDY}")


def with_weekday(reading: DateReading, weekdays: Sequence[int], text: str) -> DateReading:
    """The reading, with a warning when the weekday named (0 is Monday) is not that of the day."""
    written = reading.date
    if not weekdays or written is None or written.precision is not Precision.DAY or written.first.weekday() == weekdays[0]:
        return reading
    actual = date.strftime(written.first, "%A")
    warning = f"the date {text!r} names a weekday, but {written.words} was a {actual}; the day of the month was kept. Check which is right"
    return replace(reading, warnings=(*reading.warnings, ("date-weekday", warning)))
