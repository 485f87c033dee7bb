"""Subjects that open their clause with a number or a crowd: "six in 10 say", "people briefed on the matter said"."""

from __future__ import annotations

from tracker.io.articles.phrases import Phrase, Phrases

_LONGEST = 14


def counted_subject(phrases: Phrases, at: int) -> Phrase | None:
    """The words from the beginning of the clause to ``at``, when they tell of how many; ``None`` with a verb or a mark among them."""
    first = at + 1
    while first > 0 and at - first < _LONGEST and _goes_on(phrases, first - 1):
        first -= 1
    if first > at or (first == at and not _counts(phrases, first)):
        return None
    opens = _counts(phrases, first) or (phrases.tokens[first].low in phrases.words.determiners and _counts(phrases, first + 1))
    return Phrase(first, at, "noun", first, at) if opens else None


def _goes_on(phrases: Phrases, at: int) -> bool:
    token, words = phrases.tokens[at], phrases.words
    if token.low in ("'s", "%", "$"):
        return True
    if not token.is_word or token.low in words.openers - words.joining or token.low in words.be:
        return False
    is_participle = token.low.endswith(words.past_endings) and at + 1 < len(phrases.tokens)
    return not phrases.is_verb(at) or (is_participle and phrases.tokens[at + 1].low in words.prepositions)


def _counts(phrases: Phrases, at: int) -> bool:
    token = phrases.tokens[at]
    return token.text[0].isdigit() or token.low in phrases.words.counting or token.low.partition("-")[0] in phrases.words.counting
