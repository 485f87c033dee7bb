"""Dates as precise as they were given, and windows they are surely, possibly or not inside."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class Within(StrEnum):
    """How a partial date lies to a window."""

    SURELY = "surely"
    POSSIBLY = "possibly"
    NOT = "not"


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, order=True)
class PartialDate:
    """A civil date of which the day, or the month too, may be unknown.

    It has no time zone: it is the date as written. Ordering is by year, month, day, the unknown first.

    >>> PartialDate.parse("2016-07").last.isoformat()
    '2016-07-31'
    """

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if not self.month and self.day:
            raise ValueError("a day needs a month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """The date written as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; anything else raises ValueError.

        >>> PartialDate.parse("2016-07-28").precision.value
        'day'
        >>> PartialDate.parse("2016-02-30")
        Traceback (most recent call last):
        ValueError: '2016-02-30' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD
        """
        found = _ISO.fullmatch(text.strip())
        try:
            if not found or "00" in found.groups():
                raise ValueError
            return cls(*(int(part) for part in found.groups() if part))
        except ValueError:
            raise ValueError(f"{text!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD") from None

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The full date of a calendar day."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def between(cls, first: date, last: date) -> PartialDate:
        """The date that can mean exactly the days from first to last: a day, a whole month, or else a year.

        >>> str(PartialDate.between(date(2016, 7, 1), date(2016, 7, 31)))
        '2016-07'
        """
        if first == last:
            return cls.of(first)
        return cls(first.year, first.month) if first.month == last.month else cls(first.year)

    @property
    def precision(self) -> Precision:
        """How much of the date is known: day, month or year."""
        return Precision.DAY if self.day else Precision.MONTH if self.month else Precision.YEAR

    @property
    def first(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can mean, inclusive."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def within(self, window: Window) -> Within:
        """Whether the date lies in the window; possibly, when only some of the days it can mean do.

        >>> PartialDate.parse("2016").within(Window.parse("2016-03", "2016-05")).value
        'possibly'
        """
        if (window.first and self.last < window.first) or (window.last and self.first > window.last):
            return Within.NOT
        starts_inside = window.first is None or self.first >= window.first
        ends_inside = window.last is None or self.last <= window.last
        return Within.SURELY if starts_inside and ends_inside else Within.POSSIBLY

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    @property
    def words(self) -> str:
        """The date as people write it, without inventing a day.

        >>> PartialDate.parse("2016-07-28").words, PartialDate.parse("2016-07").words
        ('28 July 2016', 'July 2016')
        """
        parts = [str(self.day)] if self.day else []
        parts += [calendar.month_name[self.month]] if self.month else []
        return " ".join([*parts, str(self.year)])


@dataclass(frozen=True)
class Window:
    """An interval of days asked for, both ends inclusive; ``None`` leaves an end open.

    The ends keep the precision they were given in, so that a link stays as short as it was written:
    ``since=2016-07`` begins on 1 July, ``until=2016-07`` ends on 31 July.
    """

    since: PartialDate | None = None
    until: PartialDate | None = None

    @classmethod
    def parse(cls, since: str = "", until: str = "") -> Window:
        """The window between two ISO dates, partial or empty; raises ValueError when it ends before it begins.

        >>> Window.parse("2016-07", "").first.isoformat()
        '2016-07-01'
        """
        return cls(PartialDate.parse(since) if since else None, PartialDate.parse(until) if until else None)

    def __post_init__(self) -> None:
        if self.first and self.last and self.first > self.last:
            raise ValueError(f"the window ends ({self.until}) before it begins ({self.since})")

    @property
    def first(self) -> date | None:
        """The first day in the window, or ``None`` when it is open."""
        return self.since.first if self.since else None

    @property
    def last(self) -> date | None:
        """The last day in the window, or ``None`` when it is open."""
        return self.until.last if self.until else None

    @property
    def words(self) -> str:
        """The window as people write it; empty when both ends are open.

        >>> Window.parse("2016-07", "2016-09").words
        'July–September 2016'
        >>> Window.parse("2016-07-28", "2016-07-29").words
        '28–29 July 2016'
        >>> Window.parse("2016-07-28").words
        'since 28 July 2016'
        """
        if not self.since or not self.until:
            return f"since {self.since.words}" if self.since else f"until {self.until.words}" if self.until else ""
        if self.since == self.until:
            return self.since.words
        begins, ends, shared = self.since.words.split(), self.until.words.split(), []
        while len(begins) > 1 and len(ends) > 1 and begins[-1] == ends[-1]:
            shared.insert(0, begins.pop())
            ends.pop()
        dash = "–" if len(begins) == len(ends) == 1 else " – "
        return " ".join([" ".join(begins) + dash + " ".join(ends), *shared])
