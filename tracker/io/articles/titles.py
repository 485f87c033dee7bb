"""Titles of works and names in quotation marks: what stands in marks there, nobody has said."""

from __future__ import annotations

from tracker.io.articles.languages import Language
from tracker.io.articles.sentences import Token

_LONGEST_TITLE = 8
_LONGEST_NAME = 3
_MARKS = '"„“”»«‚‘'
_LONGEST_OUTLET = 4
_TOLD = frozenset({"der", "dem", "den"})
"""The articles of whom something is told, in German."""


def is_title(tokens: list[Token], at: int, vocabulary: Language) -> bool:
    """Whether the quotation at a place is a title or a name: after "book" or "so-called", or every word with a capital."""
    words = tokens[at].text.split()
    small = vocabulary.of("preposition") | vocabulary.of("determiner")
    if at and tokens[at - 1].low in vocabulary.of("work"):
        return True
    if at > 1 and (tokens[at - 2].low, tokens[at - 1].low) == ("known", "as"):
        return True
    if at and tokens[at - 1].low == "'s" and len(words) == 1 and words[0][0].isupper() and words[0].endswith(","):
        return True
    names_things = (
        "verb second" in vocabulary.of("order") and at > 0 and tokens[at - 1].is_capital and tokens[at - 1].low not in vocabulary.cues
    )
    if names_things and len(words) <= _LONGEST_NAME and words[0][0].isupper():
        return True
    if is_outlet(tokens, at, vocabulary):
        return True
    if not 1 < len(words) <= _LONGEST_TITLE or not words[0][0].isupper():
        return False
    return all(word[0].isupper() or word.lower() in small for word in words)


def is_outlet(tokens: list[Token], at: int, vocabulary: Language) -> bool:
    """Whether the quotation at a place is a newspaper that was told something: sagte Roe der "Bild"."""
    if "verb second" not in vocabulary.of("order") or at < 2 or tokens[at - 1].low not in _TOLD or tokens[at].quotation is None:
        return False
    words, before = tokens[at].text.strip(_MARKS).split(), tokens[at - 2]
    return 0 < len(words) <= _LONGEST_NAME and words[0][:1].isupper() and (before.is_capital or before.low in vocabulary.cues)


def outlet_told(tokens: list[Token], at: int, vocabulary: Language) -> int:
    """How many tokens from a place on name a newspaper that was told something: der "Bild", der Deutschen Presse-Agentur."""
    if at + 1 < len(tokens) and is_outlet(tokens, at + 1, vocabulary):
        return 2
    if "verb second" not in vocabulary.of("order") or tokens[at].low not in _TOLD:
        return 0
    endings = tuple(vocabulary.of("medium"))
    end = at + 1
    while end < min(len(tokens), at + 1 + _LONGEST_OUTLET) and tokens[end].is_capital:
        end += 1
    last = next((place for place in range(at + 1, end) if tokens[place].low.endswith(endings)), 0)
    return last + 1 - at if last else 0
