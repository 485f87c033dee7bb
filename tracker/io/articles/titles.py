"""Titles of works and names in quotation marks: what stands in marks there, nobody has said."""

from __future__ import annotations

from tracker.io.articles.languages import Language
from tracker.io.articles.sentences import Token

_LONGEST_TITLE = 8
_LONGEST_NAME = 3


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
    if not 1 < len(words) <= _LONGEST_TITLE or not words[0][0].isupper():
        return False
    return all(word[0].isupper() or word.lower() in small for word in words)
