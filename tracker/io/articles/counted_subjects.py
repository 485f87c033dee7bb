"""Subjects that open their clause with a number or a crowd, or go on behind their noun: "six in 10 say", "critics like Roe say"."""

from __future__ import annotations

from itertools import takewhile

from tracker.io.articles.phrases import Phrase, Phrases

_LONGEST = 14
_LONGEST_RESTRICTED = 24
_FEWEST_BEHIND = 2
_LONGEST_PLAIN = 8


def counted_subject(phrases: Phrases, at: int) -> Phrase | None:
    """The words from the beginning of the clause to ``at``, when they tell of how many; ``None`` with a verb or a mark among them."""
    first = at + 1
    while first > 0 and at - first < _LONGEST and _goes_on(phrases, first - 1):
        first -= 1
    if first > at or (first == at and not _counts(phrases, first)):
        return None
    opens = _counts(phrases, first) or (phrases.tokens[first].low in phrases.words.determiners and _counts(phrases, first + 1))
    return Phrase(first, at, "noun", first, at) if opens else None


def restricted_subject(phrases: Phrases, at: int, *, takes_plural: bool = False, takes_any: bool = False) -> Phrase | None:
    """Those who open the clause, with all that tells behind their noun which of them: "activists trying to stop the sale say".

    The words reach from a comma, quotation or conjunction before ``at``; ``None`` when they begin with nobody who can speak, or
    go on with neither a preposition, a participle nor "who". ``takes_plural`` lets any plural speak, as before "say";
    ``takes_any`` whatever stands there without a verb, as before "suggests that".
    """
    if at < 0 or not (phrases.is_content(at) or phrases.tokens[at].low in phrases.words.object_pronouns):
        return None
    first = at
    while first > max(0, at - _LONGEST_RESTRICTED) and _is_within(phrases, first - 1):
        first -= 1
    while first < at and phrases.tokens[first].low in phrases.words.conjunctions | phrases.words.clause_openers:
        first += 1
    if takes_any and _is_plain(phrases, first, at):
        return Phrase(first, at, "noun", first, at)
    head = _head(phrases, first, at, takes_plural=takes_plural)
    if head < 0 or at - head < _FEWEST_BEHIND or not _restricts(phrases, head + 1):
        return None
    return Phrase(first, at, "noun", first, at) if not _has_verb(phrases, head + 1, at) else None


def _is_within(phrases: Phrases, at: int) -> bool:
    token = phrases.tokens[at]
    return token.quotation is None and (token.is_word or token.low in ("'s", "'", "%", "$"))


def _is_plain(phrases: Phrases, first: int, at: int) -> bool:
    """Whether two to eight words open with a noun phrase and hold no verb."""
    opens = phrases.tokens[first].low in phrases.words.determiners or phrases.is_content(first)
    is_lead = phrases.tokens[first].low in phrases.words.lead or phrases.tokens[first].low.endswith(phrases.words.participle_endings)
    return opens and not is_lead and 0 < at - first < _LONGEST_PLAIN and not _has_verb(phrases, first, at)


def _head(phrases: Phrases, first: int, at: int, *, takes_plural: bool) -> int:
    """The noun that opens a clause, when it can speak: an office or group, a plural, "some"; -1 for others."""
    words, last = phrases.words, first
    if phrases.tokens[first].low in words.alone and not phrases.is_content(first + 1):
        return first
    if phrases.tokens[first].low.endswith(words.participle_endings):
        return -1
    while last + 1 < at and (phrases.tokens[last].low in words.marking or phrases.is_content(last)) and phrases.is_content(last + 1):
        is_actor = words.is_actor(phrases.tokens[last].low)
        if phrases.tokens[last + 1].low.endswith(words.past_endings) and not is_actor and phrases.tokens[last].low not in words.marking:
            return -1
        follows = phrases.tokens[last + 1].low
        if follows in words.linking or (is_actor and follows.endswith(words.participle_endings)):
            break
        last += 1
    low = phrases.tokens[last].low
    return last if words.is_person(low) or (takes_plural and words.is_plural(low)) else -1


def _restricts(phrases: Phrases, at: int) -> bool:
    token, words = phrases.tokens[at], phrases.words
    is_participle = token.low.endswith("ing") and not token.is_capital
    return _is_relative(phrases, at) or is_participle or token.low in words.joining | words.prepositions | words.linking


def _is_relative(phrases: Phrases, at: int) -> bool:
    return phrases.words.pronouns.get(phrases.tokens[at].low) == "who" or phrases.tokens[at].low == "whose"


def _has_verb(phrases: Phrases, first: int, at: int) -> bool:
    """Whether a clause of its own stands in the words: a verb before any "who" or "whose"."""
    plain = takewhile(lambda place: not _is_relative(phrases, place), range(first, at + 1))
    return any(map(phrases.is_verb, plain))


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
