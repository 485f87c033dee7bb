"""Whose words somebody passes on: "Lee was quoted by the agency as saying", "The agency quoted Lee as saying"."""

from __future__ import annotations

from tracker.io.articles.phrases import Phrase, Phrases

_LONGEST = 16


def passed_on(phrases: Phrases, saying: int) -> Phrase | None:
    """The person quoted before "as" and the verb at ``saying``; ``None`` where nobody is quoted there, or who it is is not clear."""
    tokens, words = phrases.tokens, phrases.words
    if saying < 2 or tokens[saying - 1].low not in words.passed_on_as:
        return None
    places = range(saying - 2, max(0, saying - _LONGEST), -1)
    quoting = next((at for at in places if tokens[at].low in words.passing_on), 0)
    if not quoting:
        return None
    if tokens[quoting - 1].low in words.be and not tokens[quoting].low.endswith("ing"):
        return phrases.before(quoting)
    found = phrases.ending(saying - 2)
    return found if found is not None and found.outer_first > quoting else None


def passes_on(phrases: Phrases, quoting: int) -> bool:
    """Whether the verb at ``quoting`` only passes on what another verb behind it says: "quoted Lee as saying"."""
    tokens, words = phrases.tokens, phrases.words
    if tokens[quoting].low not in words.passing_on:
        return False
    behind = range(quoting + 1, min(len(tokens) - 1, quoting + _LONGEST - 1))
    return any(tokens[at].low in words.passed_on_as and passed_on(phrases, at + 1) and tokens[at + 1].low in words.cues for at in behind)
