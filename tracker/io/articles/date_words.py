"""The words of ten languages that make a date: names from CLDR, everything else from date_words.csv."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tracker.io.articles.letters import evened

_CAPITALISED = frozenset({"en", "de"})
_WITHOUT_SPACES = frozenset({"zh"})
_LOCALES = {"ar": ("ar", "ar_SY", "ar_DZ")}
_NEVER = r"(?!)"


@dataclass(frozen=True)
class DateWords:
    """What one language says about days: evened words to numbers, and lists of words by what they do."""

    language: str
    months: Mapping[str, int]
    numbered: Mapping[str, Mapping[str, int]]
    listed: Mapping[str, tuple[str, ...]]

    @property
    def weekdays(self) -> Mapping[str, int]:
        """Names of weekdays; Monday is 0."""
        return self.numbered["weekday"]

    def number_of(self, kind: str, text: str) -> int | None:
        """The number of the first word of that kind in an evened text; ``None`` when there is none."""
        found = _numbered_pattern(self.language, kind).search(text)
        return self.numbered[kind].get(" ".join(found[0].split())) if found else None

    @property
    def has_capitals(self) -> bool:
        """Whether names of months and weekdays begin with a capital, so that "may" is no month."""
        return self.language in _CAPITALISED

    def any_of(self, kind: str) -> str:
        """A pattern for any word of a kind, longest first, as a whole word."""
        return self.bounded(self.listed.get(kind, ()))

    def bounded(self, words: Iterable[str]) -> str:
        """A pattern for any of the words, as a whole word where the language has spaces.

        Blanks between words match any run of blanks, ``{n}`` a number in digits or words.
        """
        ordered = sorted({evened(word) for word in words if word}, key=len, reverse=True)
        if not ordered:
            return _NEVER
        number = "|".join(["[0-9]{1,2}", *sorted(map(re.escape, self.numbered.get("number", {})), key=len, reverse=True)])
        parts = [re.escape(word).replace(r"\ ", r"\s+").replace(r"\{n\}", f"(?:{number})") for word in ordered]
        body = "(?:" + "|".join(parts) + ")"
        return body if self.language in _WITHOUT_SPACES else rf"(?<!\w){body}(?!\w)"


@cache
def languages() -> tuple[str, ...]:
    """The languages with words for dates, as ISO 639-1.

    >>> languages()
    ('ar', 'de', 'en', 'es', 'fr', 'it', 'ru', 'tr', 'uk', 'zh')
    """
    return tuple(sorted({row["language"] for row in _rows()}))


@cache
def date_words(language: str) -> DateWords:
    """The words of a language; those of English for a language without any."""
    known = language if language in languages() else "en"
    numbered: dict[str, dict[str, int]] = defaultdict(dict)
    listed: dict[str, list[str]] = defaultdict(list)
    for row in _rows():
        if row["language"] != known:
            continue
        listed[row["kind"]].append(row["word"])
        if row["value"]:
            numbered[row["kind"]][evened(row["word"])] = int(row["value"])
    months, weekdays = _names(known)
    numbered["weekday"] = weekdays | numbered["weekday"]
    numbered["week"] |= numbered["glued"]
    return DateWords(known, months, dict(numbered), {kind: tuple(words) for kind, words in listed.items()})


@cache
def _numbered_pattern(language: str, kind: str) -> re.Pattern[str]:
    words = date_words(language)
    return re.compile(words.bounded(words.numbered.get(kind, {})))


def _names(language: str) -> tuple[dict[str, int], dict[str, int]]:
    """Months (1–12) and weekdays (Monday is 0) by evened name; short names of weekdays mean too much else."""
    from babel import Locale

    months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    for locale in map(Locale.parse, _LOCALES.get(language, (language,))):
        for context in ("format", "stand-alone"):
            for width in ("abbreviated", "wide"):
                months |= {evened(name).rstrip("."): n for n, name in locale.months[context][width].items() if _is_word(name)}
            weekdays |= {evened(name): n for n, name in locale.days[context]["wide"].items()}
    months |= {"sept": 9} if language == "en" else {}
    return months, weekdays


def _is_word(name: str) -> bool:
    return len(name) > 1 and not any(c.isdigit() for c in name)


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = resources.files(__package__).joinpath("date_words.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
