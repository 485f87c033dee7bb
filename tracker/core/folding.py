"""Text made comparable for search: no case, no accents, one space between words, each CJK character a word."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_CJK = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
FIELD_BREAK = " \u241e "
"""Stands between folded fields, so that no phrase is found across two of them."""

PART_BREAK = "\u241f"
"""A word of folded text by itself: once before the position, once before the names; what comes first are quotes."""

PLACES_APART = 4
"""The places of neighbouring words of an index are so far apart; what is left over says in which part of the text they stand."""

_WORD = re.compile(r"[^\W_]+")
_ONE_LETTER = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "\u0640": None}
)
_VARIANTS = frozenset(map(chr, _ONE_LETTER))
_LAST_MARK = 0x1FFFF
"""No combining mark of Unicode lies beyond; a test looks."""

_SHORT_I = ("и\u0306", "\ue000")  # й is a letter of its own, not an accented и


def fold(text: str) -> str:
    """The text as search sees it: words in lower case without accents, one space between them.

    Works for every script; Chinese and Japanese characters become words of one character, so that a run of them
    is found as a phrase. Turkish dotless i, Arabic vowel marks and letter variants are folded too.

    >>> fold("L’Élysée: “Guterres, Ünal”"), fold("人道走廊"), fold("Живёт")
    ('l elysee guterres unal', '人 道 走 廊', 'живет')
    """
    if text.isascii():  # most columns of most tables: five times as fast, and the rules below change nothing there
        return " ".join(_WORD.findall(text.lower()))
    decomposed = unicodedata.normalize("NFKD", text).casefold().replace(*_SHORT_I)
    letters = set(decomposed)  # some forty of them: asking each once is quicker than asking every place in the text
    for mark in letters & _marks():
        decomposed = decomposed.replace(mark, "")
    bare = unicodedata.normalize("NFC", decomposed.replace(_SHORT_I[1], "й"))
    if not letters.isdisjoint(_VARIANTS):
        bare = bare.translate(_ONE_LETTER)
    return " ".join(_WORD.findall(_CJK.sub(r" \1 ", bare)))


def is_word_alone(character: str) -> bool:
    """Whether a character is a word by itself, as Chinese and Japanese ones are.

    >>> is_word_alone("人"), is_word_alone("a")
    (True, False)
    """
    return bool(_CJK.match(character))


@cache
def _marks() -> frozenset[str]:
    """The marks that stand on the character before them, the two that make a Japanese sound another one left out."""
    marks = (chr(code) for code in range(0x300, _LAST_MARK + 1) if unicodedata.combining(chr(code)))
    return frozenset(marks) - {"\u3099", "\u309a"}
