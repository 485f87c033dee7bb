"""Dates with the name of a month: by our own words of many languages, then by dateparser, which is only a guess."""

from __future__ import annotations

import re
from functools import lru_cache

from tracker.core.dates import PartialDate
from tracker.io.date_reading import REMEDY, DateReading, dated, with_weekday
from tracker.io.month_names import has_several_meanings, month_number, weekday_number

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
_HAS_PARTS = re.compile(r"(?=.*(?<!\d)\d{4}(?!\d))(?=.*(?<!\d)\d{1,2}(?!\d))(?=.*[^\W\d_]{3})[\w\s.,،'’\-]+")
_LANGUAGES = ["en", "fr", "es", "de", "ru", "ar", "zh", "tr", "it", "uk", "pt", "nl", "pl", "ja", "ko", "fa", "hi", "vi", "th", "sw"]


def read_named(text: str) -> DateReading | None:
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
    return with_weekday(dated(text, years[0], months[0], *days), weekdays, text)


def _joined(words: list[str]) -> list[str]:
    """Words with two-word names of months (كانون الثاني) put together."""
    found: list[str] = []
    for word in words:
        if found and not month_number(found[-1]) and month_number(f"{found[-1]} {word}"):
            found[-1] = f"{found[-1]} {word}"
        else:
            found.append(word)
    return found


@lru_cache(maxsize=1)
def _dateparser():
    """Loaded at first need: its import takes longer than reading a table."""
    from dateparser.date import DateDataParser

    settings = {"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"], "DATE_ORDER": "DMY"}
    return DateDataParser(languages=_LANGUAGES, settings=settings)


def guess_named(text: str) -> DateReading | None:
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
