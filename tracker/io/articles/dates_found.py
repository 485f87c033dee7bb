"""Expressions of time in a text, and the civil day each means when counted from a day of publication.

Our own rules, not dateparser's: of 76 expressions in twelve languages it silently misread ten, among them every weekday
that is the weekday of publication. What names no single day, month or year has no date here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from tracker.core.dates import PartialDate
from tracker.io.articles.date_words import DateWords, date_words
from tracker.io.articles.letters import evened
from tracker.io.date_reading import FIRST_YEAR, LAST_YEAR

_LONG_AGO = 300
"""A date without a year that would lie further back than this is as likely one of this year that was misread."""
_LAST_OF_TWO = frozenset({"en", "de", "ru", "uk"})
"""Languages in which "last Tuesday", said on a Friday, may be that of this week or of the week before."""
_GAP = re.compile(r"[\s,،、(]{0,3}")
_NUMBER = "[0-9]{1,2}"
_DIGIT_DATES = (
    rf"(?<![\w./-])(?:[0-9]{{4}}-{_NUMBER}-{_NUMBER}|[0-9]{{4}}/{_NUMBER}/{_NUMBER}|"
    + "|".join(rf"{_NUMBER}[{mark}]{_NUMBER}[{mark}][0-9]{{4}}" for mark in "./-")
    + r")(?![\w/-]|\.[0-9])"
)
_CJK_DATES = r"(?:[0-9]{4}\s?年\s?)?[0-9]{1,2}\s?月\s?[0-9]{1,2}\s?[日号]|(?:[0-9]{4}\s?年\s?)[0-9]{1,2}\s?月"
_CJK_DAY = r"(?<![0-9月〇一二三四五六七八九十])[0-9]{1,2}日(?!内|前|后|起|电?[一-龥]?会期)"


_WRITTEN = frozenset({"absolute", "digits", "cjk"})


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """One expression: where it stands (with its "on" or "late"), the day it means (``None`` when none), and why."""

    start: int
    end: int
    date: PartialDate | None
    why: str
    is_story: bool = False

    def words(self, text: str) -> str:
        """The expression as it stands in the text."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Core:
    kind: str
    start: int
    end: int
    words: str


def time_expressions(text: str, base: PartialDate | None, language: str) -> list[TimeExpression]:
    """Every expression of time in the text, in order, with the day it means counted from ``base``, the day of publication.

    Expressions side by side that say the same day ("Thursday, July 28") are one; that contradict each other, one without
    a date. Nothing is counted from a ``base`` that is no whole day. Linear in the length of the text.

    >>> base = PartialDate(2016, 7, 28)
    >>> [(e.words("said late Wednesday"), str(e.date)) for e in time_expressions("said late Wednesday", base, "en")]
    [('late Wednesday', '2016-07-27')]
    >>> [str(e.date) for e in time_expressions("заявил в четверг, 28 июля", base, "ru")]
    ['2016-07-28']
    """
    words, patterns, plain = date_words(language), _patterns(language), evened(text)
    day = base.first if base and base.day else None
    return [_meant(group, plain, day, words, patterns) for group in _groups(plain, text, words, patterns)]


@dataclass(frozen=True)
class _Patterns:
    any_core: re.Pattern[str]
    absolute: tuple[re.Pattern[str], ...]
    before: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def _patterns(language: str) -> _Patterns:
    words = date_words(language)
    link = words.any_of("link")
    month, weekday = words.bounded(words.months), words.bounded(words.weekdays)
    glue = rf"\s+(?:{link}\s+)?"
    day = r"(?<![\w:./])(?P<day>[0-9]{1,2})(?:st|nd|rd|th|er|º|o|\.|-?го|-?е)?"
    year = r"(?:,?\s+(?:" + link + r"\s+)?(?P<year>[0-9]{4})(?![\w:]))?"
    # Two names of one month side by side (يوليو/تموز) are common in Arabic.
    day_month = rf"{day}{glue}(?P<month>{month})\.?(?:\s?[/(]\s?{month}\)?)?{year}"
    month_day = rf"(?P<month>{month})\.?\s+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![\w:]){year}"
    of_a_year = rf"(?:{words.any_of('in')}\s*)?(?P<month>{month})\.?{glue}(?P<year>[0-9]{{4}})(?![\w:])"
    inside = rf"{of_a_year}|{words.any_of('in')}\s*(?P<bare>{month})(?!\.?\s?[0-9])"
    absolute = tuple(re.compile(pattern) for pattern in (day_month, month_day, inside))
    cores = {
        "cjk": f"{_CJK_DATES}|{_CJK_DAY}" if words.language == "zh" else r"(?!)",
        "digits": _DIGIT_DATES,
        "absolute": "|".join(_unnamed(pattern) for pattern in (day_month, month_day, inside)),
        **{kind: words.any_of(kind) for kind in ("open", "ago", "day", "story", "eve", "month", "year")},
        # 上周四 is a week and a weekday written together.
        "week": rf"(?:{words.any_of('glued')}|{words.any_of('week')})(?=\s*{weekday})|{words.any_of('week')}",
        "weekday": weekday,
    }
    part = "|".join(words.any_of(kind) for kind in ("part", "last", "next", "this"))
    lead = f"{part}|{words.any_of('lead')}"
    # "Thursday last week": the last belongs to the week.
    no_core = "|".join(words.any_of(kind) for kind in ("week", "month", "year", "open", "day"))
    return _Patterns(
        re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in cores.items())),
        absolute,
        re.compile(rf"(?:(?:{lead})\s*)+$"),
        re.compile(rf"(?:\s*(?!{no_core})(?:{part}))+"),
    )


def _unnamed(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern)


def _groups(plain: str, text: str, words: DateWords, patterns: _Patterns) -> Iterator[list[_Core]]:
    """Cores side by side, with their prepositions and modifiers."""
    group: list[_Core] = []
    for core in _cores(plain, text, words, patterns):
        if group and not _GAP.fullmatch(plain, group[-1].end, core.start):
            yield group
            group = []
        group.append(core)
    if group:
        yield group


def _cores(plain: str, text: str, words: DateWords, patterns: _Patterns) -> Iterator[_Core]:
    last = 0
    for found in patterns.any_core.finditer(plain):
        kind = found.lastgroup or ""
        if words.has_capitals and kind in ("weekday", "absolute") and not _has_capital(text, found):
            continue
        start = max(last, found.start() - 40)
        lead = patterns.before.search(plain, start, found.start())
        behind = patterns.behind.match(plain, found.end())
        first, last = lead.start() if lead else found.start(), behind.end() if behind else found.end()
        yield _Core(kind, first, last, plain[first:last])


def _has_capital(text: str, found: re.Match[str]) -> bool:
    """Whether the name in the expression begins with a capital: the first letter, or the first after a number."""
    return any(c.isupper() for c in text[found.start() : found.end()])


def _meant(group: list[_Core], plain: str, base: date | None, words: DateWords, patterns: _Patterns) -> TimeExpression:
    start, end = group[0].start, group[-1].end
    kinds = {core.kind for core in group}
    if kinds == {"week", "weekday"}:
        found = _weekday_of_week(group, base, words)
    elif "weekday" in kinds and kinds & _WRITTEN:
        found = _agreed_with_weekday(group, base, words, patterns)
    else:
        readings = [_read(core, base, words, patterns) for core in group]
        found = readings[0] if len(set(readings)) == 1 else _agreed(readings)
    return TimeExpression(start, end, *found, is_story=bool(kinds & {"story", "eve"}))


_Reading = tuple[PartialDate | None, str]


def _agreed_with_weekday(group: list[_Core], base: date | None, words: DateWords, patterns: _Patterns) -> _Reading:
    """The day of "Thursday, July 28", if it was a Thursday."""
    named = {words.number_of("weekday", core.words) for core in group if core.kind == "weekday"}
    written = _agreed([_read(core, base, words, patterns) for core in group if core.kind != "weekday"])
    if written[0] and written[0].day and named != {written[0].first.weekday()}:
        return None, "the weekday and the day of the month do not go together"
    return written


def _agreed(readings: list[_Reading]) -> _Reading:
    """One day of several expressions: that of the most exact, if every other that names a day agrees."""
    dates = {str(reading[0]) for reading in readings if reading[0]}
    if not dates or any(reading[0] is None for reading in readings):
        return None, "the words beside each other do not all name a day"
    longest = max(dates, key=len)
    if any(not longest.startswith(other) for other in dates):
        return None, "the words beside each other name different days"
    return next(reading for reading in readings if str(reading[0]) == longest)


def _read(core: _Core, base: date | None, words: DateWords, patterns: _Patterns) -> _Reading:
    if core.kind == "digits":
        return _digits(core.words, base, words)
    if core.kind in ("absolute", "cjk"):
        return _absolute(core, base, words, patterns)
    if base is None:
        return None, "counted from a day of publication that is not known"
    if core.kind == "weekday":
        return _weekday(core.words, base, words)
    number = _number(core, words)
    match core.kind:
        case "day" if number is not None:
            return _shifted(base, number), "counted from the day of publication"
        case "ago" if number is not None:
            return _shifted(base, -number), "counted from the day of publication"
        case "story" | "eve" if number is not None:
            return _shifted(base, number), "counted from the day of the story"
        case "month" if number is not None:
            months = base.year * 12 + base.month - 1 + number
            return PartialDate(months // 12, months % 12 + 1), "a month, counted from the day of publication"
        case "year" if number is not None:
            return PartialDate(base.year + number), "a year, counted from the day of publication"
    return None, "names no single day"


def _number(core: _Core, words: DateWords) -> int | None:
    """The number that goes with the words: their own, or the one written in them."""
    own = words.number_of(core.kind, core.words)
    if own is not None:
        return own
    found = re.search(r"[0-9]{1,2}", core.words)
    return int(found[0]) if found else words.number_of("number", core.words)


def _shifted(base: date, n_days: int) -> PartialDate:
    return PartialDate.of(base + timedelta(days=n_days))


def _weekday(core_words: str, base: date, words: DateWords) -> _Reading:
    """A bare weekday is the latest such day up to that of publication; "last" and "next" move it where it would stand still."""
    weekday = words.number_of("weekday", core_words)
    if weekday is None:
        return None, "names no single day"
    back = (base.weekday() - weekday) % 7
    if re.search(words.any_of("next"), core_words):
        return _shifted(base, 7 - back), "the next such weekday after publication"
    if re.search(words.any_of("last"), core_words):
        if 0 < back <= base.weekday() and words.language in _LAST_OF_TWO:
            return None, "the day of this week or of the last"
        return _shifted(base, -(back or 7)), "the last such weekday before publication"
    return _shifted(base, -back), "the latest such weekday up to publication"


def _weekday_of_week(group: list[_Core], base: date | None, words: DateWords) -> _Reading:
    if base is None:
        return None, "counted from a day of publication that is not known"
    by_kind = {core.kind: core for core in group}
    weeks = words.number_of("week", by_kind["week"].words)
    weekday = words.number_of("weekday", by_kind["weekday"].words)
    if weekday is None or weeks is None:
        return None, "names no single day"
    return _shifted(base, 7 * weeks + weekday - base.weekday()), "that weekday of the week named"


def _absolute(core: _Core, base: date | None, words: DateWords, patterns: _Patterns) -> _Reading:
    if core.kind == "cjk":
        parts = {mark: int(number) for number, mark in re.findall(r"([0-9]+)\s?([年月日号])", core.words)}
        return _dated(parts.get("年"), parts.get("月"), parts.get("日") or parts.get("号"), base)
    for pattern in patterns.absolute:
        found = pattern.search(core.words)
        if found:
            part = found.groupdict()
            month = words.months.get(part.get("month") or part.get("bare") or "")
            year, day = part.get("year"), part.get("day")
            return _dated(int(year) if year else None, month, int(day) if day else None, base)
    return None, "names no single day"


def _dated(year: int | None, month: int | None, day: int | None, base: date | None) -> _Reading:
    """The date of the parts written; the year, and for 28日 the month, that bring it closest before publication."""
    if year and not FIRST_YEAR <= year <= LAST_YEAR:
        return None, "a year of another calendar"
    try:
        if year:
            return PartialDate(year, month or 0, day or 0), "as written"
        if base is None:
            return None, "the year is not written"
        if not month:
            return _day_of_month(day or 0, base)
        written = PartialDate(base.year, month, day or 0)
        written = written if written.first <= base else PartialDate(base.year - 1, month, day or 0)
    except ValueError:
        return None, "there is no such day"
    if (base - written.first).days > _LONG_AGO:
        return None, "the year is not written, and it may be a day to come"
    return written, "as written, the year from the day of publication"


def _day_of_month(day: int, base: date) -> _Reading:
    month = base if day <= base.day else base.replace(day=1) - timedelta(days=1)
    return PartialDate(month.year, month.month, day), "as written, the month from the day of publication"


def _digits(core_words: str, base: date | None, words: DateWords) -> _Reading:
    """Numbers only: the day first, but in English only where it cannot be the other way, or the day is near to publication."""
    numbers = [int(number) for number in re.findall(r"[0-9]+", core_words)]
    year, first, second = (numbers[0], numbers[2], numbers[1]) if numbers[0] > 31 else (numbers[2], numbers[0], numbers[1])
    if numbers[0] > 31 or words.language != "en":
        return _dated(year, second, first, base)
    readings = [date for date, _ in (_dated(year, second, first, base), _dated(year, first, second, base)) if date]
    near = [date for date in readings if base and 0 <= (base - date.first).days <= 31]
    certain = near if len(set(near)) == 1 else readings
    return (certain[0], "as written") if len(set(certain)) == 1 else (None, "day and month cannot be told apart")
