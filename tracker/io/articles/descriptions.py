"""What a document sets beside a name: "Ann Lee, 52, a teacher from Salem who voted for him"."""

from __future__ import annotations

import re

from tracker.core.candidates import Speaker
from tracker.io.articles.phrases import Phrase, Phrases

_LONGEST = 40
_CLOSING = {"(": ")", "[": "]"}
_BESIDE_NAME = re.compile(r", (?:an?|the) (?P<role>[^\W\d][^,;()]{2,60}?)(?=\s(?:at|in|who|from|with|on|that|whose|based)\b|[,;()]|$)")
_ENDS = (";", ":", ".", "!", "?")


def description(found: Phrase, phrases: Phrases) -> tuple[int, int]:
    """The first and last token of a phrase with all that is set beside it, at most 40 tokens behind it; a pronoun stays as it is.

    Before a cue the phrase ends where the cue begins. Behind a cue it goes on over commas, brackets and clauses with "who" as long
    as they tell of the name and no other verb of speech stands in them.
    """
    if found.kind not in ("name", "noun"):
        return found.first, found.last
    opening = phrases.words.prepositions | phrases.words.comparing
    outer_first = next((at for at in range(found.outer_first, found.first) if phrases.tokens[at].low not in opening), found.first)
    is_known = found.outer_last > found.last and _tells(found.last + 1, found.outer_last + 1, phrases)
    first, last = outer_first, found.outer_last if is_known else found.last
    limit, at = min(len(phrases.tokens), last + _LONGEST), last + 1
    while at < limit and (end := _beside(at, limit, phrases)) > at:
        last, at = end - 1, end
    while last > found.last and not phrases.tokens[last].is_word and phrases.tokens[last].low not in (")", "]"):
        last -= 1
    return first, last


def described_role(speaker: Speaker, language: str) -> str:
    """What a text in English sets beside a name with an article: "a nurse" of "Ann Lee, 52, a nurse from Salem"; "" where nothing is.

    >>> described_role(Speaker("Ann Lee", described="Ann Lee, 52, a nurse from Salem, who left"), "en")
    'nurse'
    """
    found = _BESIDE_NAME.search(speaker.described) if language == "en" else None
    return found["role"] if found else ""


def _beside(at: int, limit: int, phrases: Phrases) -> int:
    """The place behind the next part that tells of a name, from a comma, a bracket or "who" at ``at``; ``at`` when none begins there."""
    tokens, words = phrases.tokens, phrases.words
    low = tokens[at].low
    if low in _CLOSING:
        closing = next((place for place in range(at + 1, limit) if tokens[place].low == _CLOSING[low]), -1)
        return closing + 1 if closing > 0 else at
    if (named := _named_itself(at, limit, phrases)) > at:
        return named
    opens = at + (low == ",")
    if low == "as" and tokens[at - 1].low in words.describing:
        return next((place for place in range(at + 1, limit) if not phrases.is_name(place)), limit)
    if opens >= limit or not (tokens[opens].is_word and (low == "," or words.pronouns.get(low) == "who" or low in words.describing)):
        return at
    token = tokens[opens]
    is_relative = words.pronouns.get(token.low) == "who" and token.low not in ("that", "which")
    if opens == at and not is_relative and low not in words.describing:
        return at  # "the campaign projects that"
    tells = is_relative or token.low in words.describing or token.low in words.determiners | words.possessives
    tells = tells or words.is_role(token.low) or token.text[0].isdigit() or (token.is_capital and not phrases.is_day(opens))
    if not tells:
        return at
    end = next((place for place in range(opens, limit) if tokens[place].low in (",", "(") or _closes(place, phrases)), limit)
    return end if is_relative or _tells(opens, end, phrases) else at


def _named_itself(at: int, limit: int, phrases: Phrases) -> int:
    """The place behind a name that "named" or "calling himself" gives somebody; ``at`` when none stands there."""
    tokens, words = phrases.tokens, phrases.words
    if tokens[at].low not in words.giving_names or tokens[at - 1].is_capital:
        return at
    first = at + 1 + (at + 1 < limit and tokens[at + 1].low in words.reflexive)
    end = first
    while end < limit and phrases.is_name(end):
        end += 1
    return end if end > first else at


def _tells(first: int, end: int, phrases: Phrases) -> bool:
    """Whether words only tell of a name: a verb in them stands behind "who", and none has an object as "ended her speech" has."""
    for at in range(first, end):
        token, words = phrases.tokens[at], phrases.words
        if words.pronouns.get(token.low) == "who":
            return True
        follows = phrases.tokens[at + 1].low if at + 1 < end else ""
        has_object = token.low.endswith(words.past_endings) and follows in words.marking
        names = token.low in words.naming and (not follows or phrases.is_name(at + 1) or follows in words.marking)
        is_verb = phrases.is_verb(at) and not names
        if not token.is_capital and (is_verb or has_object):
            return False
    return True


def _closes(at: int, phrases: Phrases) -> bool:
    """Whether a phrase cannot go on here: at the end of the sentence, or at a quotation that is no name of a thing."""
    token = phrases.tokens[at]
    if token.quotation is None:
        return not token.is_word and token.low in _ENDS
    before = phrases.tokens[at - 1].low
    return before not in phrases.words.describing and before not in phrases.words.naming
