"""The cues and other words of a language with the general rules of reports, evened."""

from __future__ import annotations

from functools import cache

from tracker.io.articles.languages import language as vocabulary
from tracker.io.articles.letters import evened
from tracker.io.articles.word_lists import WordList


@cache
def evened_words(language: str, kind: str) -> frozenset[str]:
    """The words of a kind of the vocabulary of a language, evened."""
    return frozenset(evened(word) for word in vocabulary(language).of(kind))


@cache
def words_of_kind(language: str, kind: str) -> WordList:
    """The phrases of a kind of the vocabulary of a language, to be looked up in a row of words."""
    return WordList.of((word, kind) for word in vocabulary(language).of(kind))


@cache
def cue_list(language: str) -> WordList:
    """The cues of a language, each with its kind."""
    words = vocabulary(language).words
    pairs = [(word, kind.removeprefix("cue:")) for kind, known in words.items() if kind.startswith("cue:") for word in known]
    order = ("say", "according", "according after", "own", "back")
    return WordList.of(sorted(pairs, key=lambda pair: -order.index(pair[1])))
