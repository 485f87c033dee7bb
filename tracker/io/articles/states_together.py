"""States that speak together: "France, Germany and the United Kingdom", "the Russian and Turkish ministers"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.core.candidates import Speaker
from tracker.io.articles.countries_named import countries
from tracker.io.articles.languages import language as vocabulary
from tracker.io.articles.word_lists import Word, words_of

JOINTS = frozenset([",", "and", "&", "et", "und", "y", "e", "ed", "и", "та", "і", "й", "ve", "و", "和", "、"])
_BETWEEN = frozenset(["the", "la", "le", "les", "l'", "el", "los", "las", "il", "lo", "gli", "i", "die", "der", "den", "dem"])
_OF = frozenset(["of", "from", "by", "des", "de", "du", "der", "von"])
GROUPS = {
    "en": "leaders|heads|ministers|governments|presidents|representatives|ambassadors|envoys|spokespersons|permanent representatives",
    "fr": "dirigeants|chefs|ministres|gouvernements|présidents|représentants|ambassadeurs",
    "de": "staats- und regierungschefs|regierungschefs|außenminister|außenministerinnen|minister|regierungen|präsidenten",
}
_MOST_WORDS_BETWEEN = 8
_BEFORE = 200


def states_together(words: Sequence[Word], place: int, language: str) -> int:
    """How many words from a place on name two or more different states, joined by "and" or commas; 0 when they do not.

    >>> states_together(words_of("France, Germany and the U.S. agree"), 0, "en"), states_together(words_of("France and Ann"), 0, "en")
    (6, 0)
    """
    listed, codes, end, at = countries(language), set(), place, place
    while at < len(words):
        n_words, code = listed.at(words, at)
        if n_words and (not codes or _is_joined(words, end, at)):
            codes.add(code)
            at = end = at + n_words
        elif codes and words[at].low in JOINTS | _BETWEEN:
            at += 1
        else:
            break
    return end - place if len(codes) > 1 else 0


def with_states_before(speaker: Speaker, text: str, language: str) -> Speaker:
    """The state, or all the states of the list that it closes, which then is of none: "Norway, Chile, and Spain said".

    >>> text = "Norway, Chile, and Spain said so, but unlike Chile, Spain waits."
    >>> [with_states_before(Speaker("Spain", (at, at + 5)), text, "en").as_written for at in (19, 52)]
    ['Norway, Chile, and Spain', 'Spain']
    """
    start, end = speaker.span or (0, 0)
    words, listed = words_of(text, max(0, start - _BEFORE), start), countries(language)
    at = len(words)
    while at:
        joint = at
        while joint and words[joint - 1].low in JOINTS | _BETWEEN:
            joint -= 1
        n_words = listed.before(words, joint)[0] if joint < at else 0
        if not n_words:
            break
        at = joint - n_words
    is_led = at > 0 and words[at - 1].low in vocabulary(language).of("preposition")
    if is_led or at == len(words):
        return speaker
    return Speaker(text[words[at].start : end], (words[at].start, end), described=speaker.described)


def _is_joined(words: Sequence[Word], end: int, at: int) -> bool:
    return any(word.low in JOINTS for word in words[end:at])


def speakers_together(line: str, language: str) -> Speaker | None:
    """Whose joint statement a line announces: "Joint statement from the leaders of France and Germany"; ``None`` without two states.

    The words are the speaker, what the persons are is the role, and there is no one state.

    >>> found = speakers_together("Joint statement by the Foreign Ministers of Egypt and Jordan", "en")
    >>> found.as_written, found.role, found.country
    ('Foreign Ministers of Egypt and Jordan', 'Foreign Ministers', '')
    """
    words = words_of(line[:300])
    for place in range(1, len(words)):
        length = states_together(words, place, language)
        before = place - 1 - (words[place - 1].low in _BETWEEN - _OF)
        if not length or before < 0 or words[before].low not in _OF:
            continue
        first = _group(words, before, language)
        written = line[words[place if first is None else first].start : words[place + length - 1].end]
        return Speaker(written, role="" if first is None else line[words[first].start : words[before - 1].end])
    return None


def _group(words: Sequence[Word], of: int, language: str) -> int | None:
    """The place where "Foreign Ministers" or "leaders" begins before "of"; ``None`` without such a word."""
    nouns = GROUPS.get(language, "").split("|")
    if of < 1 or words[of - 1].low not in nouns:
        return None
    first = of - 1
    while first > max(0, of - _MOST_WORDS_BETWEEN) and words[first].is_capital and words[first - 1].is_capital:
        first -= 1
    return first
