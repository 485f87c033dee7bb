"""Text to civil dates as precise as written: own strict rules, then dateparser for what they do not know.

A date is the one written, whatever the time zone beside it. What cannot be read for certain is rejected with what to
write instead: relative expressions, ranges, two-digit years and other calendars are never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

from tracker.core.dates import PartialDate, Precision
from tracker.io.dates_loose import straightened, without_doubt
from tracker.io.limits import MAX_DATE_CHARACTERS
from tracker.io.month_names import has_several_meanings, month_number, weekday_number

FIRST_YEAR, LAST_YEAR = 1600, 2100
"""Years outside are almost always another calendar or a slip."""

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
"""What people can say about 03/04/2016."""

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
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|º|ª|°|ère|e|-?(?:го|ое|е|ого))\b", re.IGNORECASE)
_WORD = re.compile(r"(?:[^\W\d_]|[\u0900-\u0dff])+(?:['’][^\W\d_]+)?", re.UNICODE)  # the vowel signs of India are no letters to re
_FILLER = frozenset(
    {
        "de",
        "del",
        "d",
        "le",
        "la",
        "el",
        "il",
        "on",
        "the",
        "of",
        "den",
        "der",
        "am",
        "og",
        "год",
        "года",
        "году",
        "г",
        "р",
        "року",
        "рік",
        "m",
        "month",
        "day",
        "year",
        "في",
        "عام",
        "سنة",
        "من",
        "yil",
        "yili",
        "ad",
        "ce",
    }
)
_INVISIBLE = frozenset({"Cf", "Cc"})


def read_dates(texts: Sequence[str], date_order: str = "", *, counts_from_1904: bool = False) -> list[DateReading]:
    """A reading for every text of one column, in its order.

    03/04/2016 is ambiguous: ``date_order`` ("day-first" or "month-first") decides, else some row of the column
    (25/04/2016), which holds for all; otherwise the day is taken to come first, with a warning. Numbers like 42463 are
    days counted by a spreadsheet when the whole column is such numbers: from 1900, or from 1904 where the file says so.

    >>> [str(reading.date) for reading in read_dates(["03/04/2016", "12/25/2016", "2016-07", "28 июля 2016"])]
    ['2016-03-04', '2016-12-25', '2016-07', '2016-07-28']
    """
    cleaned = [clean_date_text(text) for text in texts]
    if are_serials(cleaned):
        return [_read_serial(text, counts_from_1904) for text in cleaned]
    order, is_decided = decide_order(cleaned, date_order)
    return [_read(text, order, is_decided) for text in cleaned]


def are_serials(cleaned: Sequence[str]) -> bool:
    """Whether every text that is not empty is a number of days as spreadsheets count them, between 1954 and 2064.

    >>> are_serials(["42463", "42465.5", ""]), are_serials(["42463", "2016-04-03"]), are_serials(["42463"])
    (True, False, False)
    """
    filled = [text for text in cleaned if text]
    return len(filled) > 1 and bool(_SERIAL.fullmatch(filled[0])) and all(_SERIAL.fullmatch(text) for text in filled)


@lru_cache(maxsize=65536)
def _read_serial(text: str, counts_from_1904: bool) -> DateReading:
    if not text:
        return _read(text, Order.DAY_FIRST, True)
    begin, year = (date(1904, 1, 1), 1904) if counts_from_1904 else (date(1899, 12, 30), 1900)
    day = PartialDate.of(begin + timedelta(days=int(text.split(".")[0])))
    other = "so the workbook says" if counts_from_1904 else "counted from 1904, as old Macintosh files do, it is four years and a day later"
    warning = (
        f"the date {text!r} was taken as a day counted by a spreadsheet from {year}: {day.words}, "
        f"because the whole column is such numbers. Check it; {other}"
    )
    return DateReading(day, warnings=(("date-serial", warning),))


def decide_order(cleaned: Iterable[str], date_order: str = "") -> tuple[Order, bool]:
    """The order the column writes day and month in, and whether it was said or rows decide it (and none contradicts)."""
    if date_order:
        return (Order.MONTH_FIRST if date_order == MONTH_FIRST else Order.DAY_FIRST), True
    firsts, seconds = 0, 0
    for text in set(cleaned):
        found = _YEAR_LAST.fullmatch(_TIME.sub("", text))
        if found:
            firsts += 12 < int(found[1]) <= 31 and int(found[3]) <= 12
            seconds += 12 < int(found[3]) <= 31 and int(found[1]) <= 12
    order = Order.MONTH_FIRST if seconds and not firsts else Order.DAY_FIRST
    return order, bool(firsts) != bool(seconds)


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


@lru_cache(maxsize=100_000)
def _read(text: str, order: Order, is_decided: bool) -> DateReading:
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
    return _with_weekday(reading, [weekday], written) if weekday is not None else reading


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
    reading = _read_numbers(bare, order, is_decided) or _read_names(bare) or _read_with_dateparser(bare)
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
        return _dated(text, int(text))
    found = _YEAR_FIRST.fullmatch(text) or _CJK_DATE.fullmatch(text) or _COMPACT.fullmatch(text)
    if found:
        return _dated(text, *(int(part) for part in found.groups() if part))
    found = _MONTH_YEAR.fullmatch(text)
    if found:
        return _dated(text, int(found[2]), int(found[1]))
    found = _YEAR_LAST.fullmatch(text)
    return _read_ordered(text, int(found[1]), int(found[3]), int(found[4]), order, is_decided) if found else None


def _read_ordered(text: str, first: int, second: int, year: int, order: Order, is_decided: bool) -> DateReading:
    if first > 12 or second > 12:
        day, month = (first, second) if first > 12 else (second, first)
        return _dated(text, year, month, day)
    day, month = (first, second) if order is Order.DAY_FIRST else (second, first)
    reading = _dated(text, year, month, day)
    if is_decided or first == second or reading.date is None:
        return reading
    warning = (
        f"the date {text!r} is ambiguous and no row of the column decides it; taken as {reading.date.words}, the day first. "
        "Write YYYY-MM-DD if the month comes first"
    )
    return replace(reading, warnings=(("date-ambiguous", warning),))


def _read_names(text: str) -> DateReading | None:
    """Dates with the name of a month in one of the languages known: nothing but day, month, year, weekday and fillers."""
    plain = _ORDINAL.sub("", text)
    words, numbers = _WORD.findall(plain), re.findall(r"\d+", plain)
    if not words or len(words) > 8 or not 1 <= len(numbers) <= 2 or re.search(r"[^\w\s.,،/'’\-\u0900-\u0dff]", plain):
        return None
    months, weekdays = [], []
    for word in _joined(words):
        month = month_number(word) or (month_number(word[1:]) if word.startswith("ב") else 0)  # Hebrew "in" is written on to it
        weekday = weekday_number(word) if not month else None
        if month:
            months.append(month)
        elif weekday is not None:
            weekdays.append(weekday)
        elif word.casefold() not in _FILLER:
            return None
    years = [int(number) for number in numbers if len(number) == 4]
    days = [int(number) for number in numbers if len(number) <= 2]
    if len(set(months)) != 1 or len(years) != 1 or len(days) + 1 != len(numbers) or len(weekdays) > 1:
        return None
    return _with_weekday(_dated(text, years[0], months[0], *days), weekdays, text)


def _joined(words: list[str]) -> list[str]:
    """Words with two-word names of months (كانون الثاني) put together."""
    found: list[str] = []
    for word in words:
        if found and not month_number(found[-1]) and month_number(f"{found[-1]} {word}"):
            found[-1] = f"{found[-1]} {word}"
        else:
            found.append(word)
    return found


def _with_weekday(reading: DateReading, weekdays: list[int], text: str) -> DateReading:
    written = reading.date
    if not weekdays or written is None or written.precision is not Precision.DAY or written.first.weekday() == weekdays[0]:
        return reading
    actual = date.strftime(written.first, "%A")
    warning = f"the date {text!r} names a weekday, but {written.words} was a {actual}; the day of the month was kept. Check which is right"
    return replace(reading, warnings=(*reading.warnings, ("date-weekday", warning)))


_HAS_PARTS = re.compile(r"(?=.*(?<!\d)\d{4}(?!\d))(?=.*(?<!\d)\d{1,2}(?!\d))(?=.*[^\W\d_]{3})[\w\s.,،'’\-]+")
_LANGUAGES = ["en", "fr", "es", "de", "ru", "ar", "zh", "tr", "it", "uk", "pt", "nl", "pl", "ja", "ko", "fa", "hi", "vi", "th", "sw"]


@lru_cache(maxsize=1)
def _dateparser():
    """Loaded at first need: its import takes longer than reading a table."""
    from dateparser.date import DateDataParser

    settings = {"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"], "DATE_ORDER": "DMY"}
    return DateDataParser(languages=_LANGUAGES, settings=settings)


def _read_with_dateparser(text: str) -> DateReading | None:
    """A full date dateparser finds, if its day and year stand in the text as numbers; never a relative one."""
    words = _WORD.findall(text)
    if len(text) > 40 or len(words) > 3 or not _HAS_PARTS.fullmatch(text) or any(map(has_several_meanings, words)):
        return None
    found = _dateparser().get_date_data(text)
    if found.date_obj is None or found.period != "day":
        return None
    numbers = sorted(int(number) for number in re.findall(r"\d+", text))
    if numbers != sorted((found.date_obj.day, found.date_obj.year)):
        return None
    warning = f"the date {text!r} was taken as {PartialDate.of(found.date_obj.date()).words}; check it, or {REMEDY}"
    return DateReading(PartialDate.of(found.date_obj.date()), warnings=(("date-guessed", warning),))


def _dated(text: str, year: int, month: int | None = None, day: int | None = None) -> DateReading:
    """The date of the numbers, or why there is none: no such day, zeros, a year of another calendar."""
    if month == 0 or day == 0:
        return DateReading(code="date-invalid", reason=f"the date {text!r} has a zero for what is not known; leave it out: {REMEDY}")
    try:
        return DateReading(PartialDate(year, month or 0, day or 0))
    except ValueError:
        return DateReading(code="date-invalid", reason=f"{text!r} is not a date: there is no such day; {REMEDY}")


def _checked(reading: DateReading, text: str) -> DateReading:
    if reading.date and not FIRST_YEAR <= reading.date.year <= LAST_YEAR:
        return DateReading(
            code="date-calendar",
            reason=f"the date {text!r} has the year {reading.date.year}, outside {FIRST_YEAR}–{LAST_YEAR}; "
            f"if it is of another calendar, {REMEDY} in the Gregorian calendar",
        )
    return reading


def _unreadable(text: str) -> DateReading:
    if _SERIAL.fullmatch(text):
        day = _read_serial(text, False).date
        shown = f"{text!r} is a number, not a date; if a spreadsheet counted days ({day} from 1900), format the cell as a date"
        return DateReading(code="date-invalid", reason=f"{shown}, or {REMEDY}")
    reason = f"{text!r} is not a date that can be read for certain (relative words and parts of dates without a year are not); {REMEDY}"
    return DateReading(code="date-invalid", reason=reason)
