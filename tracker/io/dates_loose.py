"""Dates that say themselves that they are not exact, and forms that need a step before they can be read as usual."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources

_PLACEHOLDERS = re.compile(r"(\d{4})(?:([-/.])(\d{1,2}))?(?:[-/.](?:\?{1,2}|xx?|__?|00)){1,2}", re.IGNORECASE)
_TIME_INSIDE = re.compile(r"\s\d{1,2}:\d{2}(?::\d{2})?(?:\s(?:[A-Z]{3,4}|[+-]\d{4}))?(?=\s\d{4}$)")
_COMPACT_TIME = re.compile(r"(\d{8})T\d{4}(?:\d{2})?(?:Z|[+-]\d{2}:?(?:\d{2})?)?")
_ROMAN_MONTH = re.compile(r"(\d{1,2})[./ -]\s?([IVX]{1,4})[./ -]\s?(\d{4})")
_ROMAN = {numeral: n for n, numeral in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)}  # noqa: SIM905
_VIETNAMESE = re.compile(
    r"(?:ngày\s)?(\d{1,2})\stháng\s(\d{1,2})(?:\snăm|,)?\s(\d{4})|tháng\s(\d{1,2})(?:\snăm|,)?\s(\d{4})", re.IGNORECASE
)
_CJK_WEEKDAY = re.compile(
    r"\s?[（(]?(?:(?:星期|礼拜|周|週)([一二三四五六日天])|(?<=[(（])([月火水木金土日])|([월화수목금토일])(?:요일|(?=[)）])))[)）]?$"
)
_CJK_NUMBER = re.compile("[〇零○一二三四五六七八九十]+(?=[年月日])")
_CJK_DIGITS = {**{c: str(n) for n, c in enumerate("〇一二三四五六七八九")}, "零": "0", "○": "0"}


def without_doubt(text: str) -> tuple[str, str] | None:
    """What is left of a date when the words that make it inexact are taken away, and those words; ``None`` when none are.

    >>> without_doubt("early April 2016"), without_doubt("c. 2016"), without_doubt("2016-04-??"), without_doubt("3 April 2016")
    (('April 2016', 'early'), ('2016', 'c.'), ('2016-04', '??'), None)
    """
    placeholders = _PLACEHOLDERS.fullmatch(text)
    if placeholders and not text.endswith("00"):
        year, mark, month = placeholders.groups()
        return f"{year}-{month}" if mark and month != "00" else year, text[-2:].lstrip("-/.")
    before, behind, season = _patterns()
    found = before.match(text)
    if found:
        return text[found.end() :], found[1]
    found = behind.search(text)
    if found:
        return text[: found.start()].rstrip(), found[1]
    found = season.fullmatch(text)
    return (found[2] or found[3], found[1] or found[4]) if found else None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    text = resources.files(__package__).joinpath("words_of_inexact_dates.csv").read_text(encoding="utf-8")
    rows = sorted(csv.DictReader(text.splitlines()), key=lambda row: -len(row["word"]))
    before, behind, seasons = (
        "|".join(re.escape(row["word"]) for row in rows if row["kind"] == kind) for kind in ("before", "behind", "season")
    )
    return (
        re.compile(rf"({before})(?:\s|-|(?<=[~≈约約.])|(?<=大约))\s?(?=[\w])", re.IGNORECASE),
        re.compile(rf"\s?({behind})$", re.IGNORECASE),
        re.compile(rf"(?:the )?({seasons})(?: (?:of|de|del|di|do|года))?,? (\d{{4}})(?: года?)?|(\d{{4}})年?\s?({seasons})", re.IGNORECASE),
    )


def straightened(text: str) -> tuple[str, int | None]:
    """The date in a form that is read as usual, and the weekday (Monday is 0) written in Chinese, Japanese or Korean.

    >>> straightened("Sun Apr 3 23:30:00 2016")[0], straightened("3.IV.2016")[0], straightened("二〇一六年四月三日")[0]
    ('Sun Apr 3 2016', '2016-4-3', '2016年4月3日')
    """
    if text.isascii():
        return _straightened_western(text), None
    vietnamese = _VIETNAMESE.fullmatch(text)
    if vietnamese:
        day, month, year, only_month, its_year = vietnamese.groups()
        return (f"{year}-{month}-{day}" if day else f"{its_year}-{only_month}"), None
    if "年" not in text and "년" not in text:
        return _straightened_western(text), None
    weekday = _CJK_WEEKDAY.search(text)
    bare = _CJK_NUMBER.sub(lambda found: _chinese_number(found[0]), text[: weekday.start()] if weekday else text)
    return bare.rstrip("(（ "), _weekday_of(next(filter(None, weekday.groups()))) if weekday else None


def _straightened_western(text: str) -> str:
    compact = _COMPACT_TIME.fullmatch(text)
    if compact:
        return compact[1]
    roman = _ROMAN_MONTH.fullmatch(text)
    if roman and roman[2] in _ROMAN:
        return f"{roman[3]}-{_ROMAN[roman[2]]}-{roman[1]}"
    return _TIME_INSIDE.sub("", text)


def _weekday_of(character: str) -> int:
    return next(
        week.index(character) for week in ("一二三四五六日", "月火水木金土日", "월화수목금토일", "〇〇〇〇〇〇天") if character in week
    )


def _chinese_number(numeral: str) -> str:
    """Digits of a year one by one, or a number below a hundred."""
    if "十" not in numeral:
        return "".join(_CJK_DIGITS[c] for c in numeral)
    tens, _, ones = numeral.partition("十")
    return str(int(_CJK_DIGITS.get(tens, "1")) * 10 + int(_CJK_DIGITS.get(ones, "0")))
