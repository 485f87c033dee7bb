"""The language of a text: by its script, and by the small words that every sentence of a language has."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from tracker.io.articles.word_lists import table

LOOKED_AT = 6000
"""So many characters of a text are read."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FEWEST = 3
_SCRIPTS = {
    "han": re.compile("[\u4e00-\u9fff]"),
    "kana": re.compile("[\u3040-\u30ff]"),
    "hangul": re.compile("[\uac00-\ud7af]"),
    "arabic": re.compile("[\u0600-\u06ff]"),
    "cyrillic": re.compile("[\u0400-\u04ff]"),
    "latin": re.compile("[A-Za-z\u00c0-\u024f]"),
}
_OF_SCRIPT = {"latin": "en de fr es it tr pt nl pl", "cyrillic": "ru uk bg sr"}
_OWN_LETTERS = {
    "uk": re.compile("[іїєґІЇЄҐ]"),
    "ru": re.compile("[ыэъёЫЭЪЁ]"),
    "tr": re.compile("[ığşİĞŞ]"),
    "de": re.compile("[ß]"),
    "es": re.compile("[ñ¿¡]"),
}
"""Letters that a language has and its neighbours in the table have not."""
_NOT_ARABIC = re.compile("[پچگژٹڈڑےی]")


def language_found(text: str) -> str:
    """The language of a text as ISO 639-1; "" when its script is unknown or too few of its words are.

    Ten languages are told for certain (en, de, fr, es, it, tr, ru, uk, ar, zh), some neighbours (pt, nl, pl, bg, sr, ja,
    ko, fa) so that they are not taken for one of the ten.

    >>> language_found("The minister said that it was not for him."), language_found("Он сказал, что это не так и не будет")
    ('en', 'ru')
    >>> language_found("外交部发言人表示"), language_found("12:30")
    ('zh', '')
    """
    part = text[:LOOKED_AT]
    counts = {script: len(pattern.findall(part)) for script, pattern in _SCRIPTS.items()}
    counts["han"] *= 2  # a Chinese character is about a word and a half of letters
    script = max(counts, key=lambda name: counts[name])
    if not counts[script]:
        return ""
    if counts["kana"] > counts["han"] // 20 and script in ("han", "kana"):
        return "ja"
    if script in ("han", "hangul"):
        return {"han": "zh", "hangul": "ko"}[script]
    if script == "arabic":
        return "fa" if len(_NOT_ARABIC.findall(part)) > counts["arabic"] // 60 else "ar"
    return _by_small_words(part, _OF_SCRIPT[script].split())


def _by_small_words(text: str, languages: list[str]) -> str:
    words = Counter(word.lower() for word in _WORD.findall(text))
    scores = {language: sum(words[word] for word in _small_words()[language]) for language in languages}
    for language in _OWN_LETTERS.keys() & scores.keys():
        scores[language] += len(_OWN_LETTERS[language].findall(text)) // 4
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] >= _FEWEST or (scores[best] and sum(words.values()) < 12) else ""


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {row["language"]: frozenset(row["words"].split()) for row in table("stop_words.csv")}
