"""Names of months and weekdays in many languages, from CLDR; names that mean two months in two languages are none."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from functools import cache

from tracker.io.matching import match_key

_LOCALES = "en fr es de ru ar ar_SY ar_DZ zh tr it uk pt nl pl cs sv nb fi el ro hu ko ja"
_LOCALES += " fa he id bg sr hr hi sk sl ca be lt lv et az kk ka hy ur bn mk"
LOCALES = tuple(_LOCALES.split())

_ENGLISH_MONTHS = {name: n for n in range(1, 13) for name in (calendar.month_name[n].lower(), calendar.month_abbr[n].lower())} | {"sept": 9}
_ENGLISH_DAYS = {name: n for n in range(7) for name in (calendar.day_name[n].lower(), calendar.day_abbr[n].lower())} | {
    "tues": 1,
    "wednes": 2,
    "thur": 3,
    "thurs": 3,
}


def month_number(name: str) -> int:
    """The month (1–12) of that name in one of the languages; 0 when there is none, or more than one.

    >>> month_number("July"), month_number("июля"), month_number("tammikuuta"), month_number("listopad")
    (7, 7, 1, 0)
    """
    key = match_key(name)
    return _ENGLISH_MONTHS.get(key) or _all_months().get(key, 0)


def weekday_number(name: str) -> int | None:
    """The weekday (Monday is 0) of that name in one of the languages; ``None`` when there is none, or more than one.

    >>> weekday_number("Thursday"), weekday_number("четверг"), weekday_number("July")
    (3, 3, None)
    """
    key = match_key(name)
    found = _ENGLISH_DAYS.get(key)
    return found if found is not None else _all_days().get(key)


def has_several_meanings(name: str) -> bool:
    """Whether the name means different months in different languages.

    >>> has_several_meanings("listopad"), has_several_meanings("July")
    (True, False)
    """
    key = match_key(name)
    return key not in _ENGLISH_MONTHS and len(_meanings().get(key, ())) > 1


@cache
def _all_months() -> dict[str, int]:
    return _certain(_meanings())


@cache
def _meanings() -> dict[str, set[int]]:
    return _gathered((name, number) for locale in _locales() for names in _widths(locale.months) for number, name in names.items())


@cache
def _all_days() -> dict[str, int]:
    return _certain(_gathered((name, number) for locale in _locales() for names in _widths(locale.days) for number, name in names.items()))


@cache
def _locales() -> tuple:
    from babel import Locale

    return tuple(Locale.parse(name) for name in LOCALES)


def _widths(names: Mapping) -> list[Mapping[int, str]]:
    return [names[context][width] for context in ("format", "stand-alone") for width in ("wide", "abbreviated")]


def _gathered(pairs: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
    meanings: dict[str, set[int]] = {}
    for name, number in pairs:
        key = match_key(name)
        if len(key) > 1 and not any(c.isdigit() for c in key):
            meanings.setdefault(key, set()).add(number)
    return meanings


def _certain(meanings: Mapping[str, set[int]]) -> dict[str, int]:
    return {key: next(iter(numbers)) for key, numbers in meanings.items() if len(numbers) == 1}
