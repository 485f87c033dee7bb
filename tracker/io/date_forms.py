"""One text to the civil date it says, as precise as written: own strict rules, then dateparser for what they do not know.

A date is the one written, whatever the time zone beside it. What cannot be read for certain is rejected with what to
write instead: relative expressions, ranges, two-digit years and other calendars are never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from tracker.core.dates import PartialDate, Precision
from tracker.io.date_reading import FIRST_YEAR, LAST_YEAR, REMEDY, DateReading, Order, dated, with_weekday
from tracker.io.dates_loose import straightened, without_doubt
from tracker.io.dates_named import guess_named, read_named
from tracker.io.limits import MAX_DATE_CHARACTERS

_TIME = re.compile(
    r"[T,\s]+(?:at\s+|um\s+|à\s+|в\s+)?\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?\s?m\.?)?"
    r"\s*(?:Z|UTC|GMT|[A-Z]{2,5}|Uhr|hrs?)?\s*(?:[+\-−]\d{1,2}(?::?\d{2})?)?\s*(?:\[[\w/+\-]+\]?|\([A-Z]{2,5}\))?$",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})\s?[-/.年년]\s?(\d{1,2})(?:\s?(?:[-/.월月]|(?<=[월月]))\s?(\d{1,2})\s?[日일]?|[月월])?\.?")
_CJK_DATE = re.compile(r"(\d{4})\s?[年년](?:\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日号號일])?)?")
_SERIAL = re.compile(r"[2-5]\d{4}(?:\.\d+)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4})\.?(?:\s?(?:г|г\.|год|року|р\.))?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_TWO_DIGIT_YEAR = re.compile(r"\d{1,2}\s?[-/. ]\s?(?:\d{1,2}|[^\W\d_]+\.?)\s?[-/., ]\s?['’]?\d{2}")
_BEFORE_CHRIST = re.compile(r"\b(?:b\.?\s?c\.?(?:\s?e\.?)?|v\.\s?chr|av\.\s?j|до н)(?:\W|$)|^[-−]\d{3,}", re.IGNORECASE)
_RANGE = re.compile(
    r"\d\s?[-–—−]\s?\d{1,2}[.\s]+[^\W\d_]{3,}|[–—/]\s?\d{4}-\d\d-\d\d|\d{4}\s?[-–—]\s?\d{4}|[^\W\d_]{3,}\s?[-–—/]\s?(?:\d{1,2}\s)?[^\W\d_]{3,}\s\d{4}"
    r"|\d\s(?:to|until|till|through|and|bis|und|по|et|au|y|al)\s.*\d|\d{4}.*\s[-–—]\s.*\d{4}|\bQ[1-4]\b|[^\W\d_]\s\d{1,2}\s?[-–—]\s?\d{1,2},"
    r"|\d{4}-\d{2}-\d{2}\s?(?:\.\.|\.\.\.|…|-|–|/)\s?\d",
    re.IGNORECASE,
)
_INVISIBLE = frozenset({"Cf", "Cc"})


@lru_cache(maxsize=65536)
def clean_date_text(text: str) -> str:
    """The text with western digits, plain spaces and no invisible characters; longer than any date is cut.

    >>> clean_date_text("٢٠١٦-٠٤-٠٣ "), clean_date_text("２０１６/０４")
    ('2016-04-03', '2016/04')
    """
    text = unicodedata.normalize("NFKC", text[: MAX_DATE_CHARACTERS * 3])
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    visible = "".join(c for c in digits if c.isspace() or unicodedata.category(c) not in _INVISIBLE)
    return " ".join(visible.split()).strip(" \"'“”()[],;")


def is_serial(text: str) -> bool:
    """Whether a cleaned text is a number of days as spreadsheets count them, between 1954 and 2064.

    >>> is_serial("42465.5"), is_serial("2016")
    (True, False)
    """
    return bool(_SERIAL.fullmatch(text))


def serial_day(text: str, counts_from_1904: bool = False) -> PartialDate:
    """The day that such a number stands for.

    >>> str(serial_day("42463")), str(serial_day("41001", counts_from_1904=True))
    ('2016-04-03', '2016-04-03')
    """
    begin = date(1904, 1, 1) if counts_from_1904 else date(1899, 12, 30)
    return PartialDate.of(begin + timedelta(days=int(text.split(".")[0])))


def two_numbers(text: str) -> tuple[int, int] | None:
    """The first two numbers of a cleaned date like 03/04/2016, of which one is the day; ``None`` for any other text.

    >>> two_numbers("25/04/2016 10:30"), two_numbers("2016-04-25")
    ((25, 4), None)
    """
    found = _YEAR_LAST.fullmatch(_TIME.sub("", text))
    return (int(found[1]), int(found[3])) if found else None


@lru_cache(maxsize=100_000)
def read_date(text: str, order: Order, is_decided: bool) -> DateReading:
    """What a cleaned text says; ``order`` holds for 03/04/2016, and is doubtful unless ``is_decided``.

    >>> read_date("28 июля 2016", Order.DAY_FIRST, True).date, read_date("yesterday", Order.DAY_FIRST, True).code
    (PartialDate(year=2016, month=7, day=28), 'date-invalid')
    """
    if not text:
        return DateReading(code="date-missing", reason=f"the date is empty; {REMEDY}")
    inexact = without_doubt(text) if len(text) <= MAX_DATE_CHARACTERS else None
    if inexact:
        reading = _read_inexact(text, *inexact, order, is_decided)
        if reading:
            return reading
    refused = _refusal(text)
    if refused:
        return refused
    written, (text, weekday) = text, straightened(text)
    reading = _read_exact(text, order, is_decided)
    return with_weekday(reading, [weekday], written) if weekday is not None else reading


def _read_inexact(text: str, exact: str, doubt: str, order: Order, is_decided: bool) -> DateReading | None:
    """The month or year of a date that says it is not exact; ``None`` when the rest of it is no date."""
    if _refusal(exact):
        return None
    found = _read_exact(straightened(exact)[0], order, is_decided).date
    if not found:
        return None
    kept = PartialDate(found.year, found.month)
    warning = f"the date {text!r} is not exact ({doubt}); it was kept as {kept.words}. To say more, {REMEDY}"
    return DateReading(kept, warnings=(("date-approximate", warning),))


def _read_exact(text: str, order: Order, is_decided: bool) -> DateReading:
    bare = _TIME.sub("", text) if ":" in text or "h" in text or "." in text or "T" in text else text
    reading = _read_numbers(bare, order, is_decided) or read_named(bare) or guess_named(bare)
    if reading and reading.date and bare != text and reading.date.precision is not Precision.DAY:
        return _unreadable(text)
    return _checked(reading, text) if reading else _unreadable(text)


def _refusal(text: str) -> DateReading | None:
    """Why the text is no single civil date, when its form alone says so."""
    shown = repr(text[:60])
    if len(text) > MAX_DATE_CHARACTERS:
        return DateReading(code="date-invalid", reason=f"{shown} … is too long for a date; {REMEDY}")
    if _BEFORE_CHRIST.search(text):
        return DateReading(
            code="date-invalid", reason=f"{shown} is a date before Christ or a negative year, which cannot be kept; {REMEDY}"
        )
    if _RANGE.search(text):
        return DateReading(
            code="date-range", reason=f"{shown} is a range of dates; write the day it was said, or the month or year as YYYY-MM or YYYY"
        )
    if _TWO_DIGIT_YEAR.fullmatch(text):
        return DateReading(code="date-two-digit-year", reason=f"the date {shown} has a year of two digits; {REMEDY} with all four")
    return None


def _read_numbers(text: str, order: Order, is_decided: bool) -> DateReading | None:
    if re.fullmatch(r"\d{4}", text):
        return dated(text, int(text))
    found = _YEAR_FIRST.fullmatch(text) or _CJK_DATE.fullmatch(text) or _COMPACT.fullmatch(text)
    if found:
        return dated(text, *(int(part) for part in found.groups() if part))
    found = _MONTH_YEAR.fullmatch(text)
    if found:
        return dated(text, int(found[2]), int(found[1]))
    found = _YEAR_LAST.fullmatch(text)
    return _read_ordered(text, int(found[1]), int(found[3]), int(found[4]), order, is_decided) if found else None


def _read_ordered(text: str, first: int, second: int, year: int, order: Order, is_decided: bool) -> DateReading:
    if first > 12 or second > 12:
        day, month = (first, second) if first > 12 else (second, first)
        return dated(text, year, month, day)
    day, month = (first, second) if order is Order.DAY_FIRST else (second, first)
    reading = dated(text, year, month, day)
    if is_decided or first == second or reading.date is None:
        return reading
    warning = (
        f"the date {text!r} is ambiguous and no row of the column decides it; taken as {reading.date.words}, the day first. "
        "Write YYYY-MM-DD if the month comes first"
    )
    return replace(reading, warnings=(("date-ambiguous", warning),))


def _checked(reading: DateReading, text: str) -> DateReading:
    if reading.date and not FIRST_YEAR <= reading.date.year <= LAST_YEAR:
        return DateReading(
            code="date-calendar",
            reason=f"the date {text!r} has the year {reading.date.year}, outside {FIRST_YEAR}–{LAST_YEAR}; "
            f"if it is of another calendar, {REMEDY} in the Gregorian calendar",
        )
    return reading


def _unreadable(text: str) -> DateReading:
    if is_serial(text):
        shown = f"{text!r} is a number, not a date; if a spreadsheet counted days ({serial_day(text)} from 1900), format the cell as a date"
        return DateReading(code="date-invalid", reason=f"{shown}, or {REMEDY}")
    reason = f"{text!r} is not a date that can be read for certain (relative words and parts of dates without a year are not); {REMEDY}"
    return DateReading(code="date-invalid", reason=reason)
