"""Agencies and papers, which report what others say and are no speakers themselves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from tracker.io.articles.letters import evened
from tracker.io.articles.turn_labels import labels_of_kind
from tracker.io.articles.word_lists import Word, WordList, table, words_of


def names_outlet(written: str) -> bool:
    """Whether words end in the name of an agency or paper.

    >>> names_outlet("l'agence iranienne IRNA"), names_outlet("ministère")
    (True, False)
    """
    words = words_of(written)
    return outlet_before(words, len(words))


def outlet_at(words: Sequence[Word], place: int) -> bool:
    """Whether the name of an agency or paper begins at a place, with a capital where there are any."""
    length = _outlets().at(words, place)[0] if place < len(words) else 0
    return length > 0 and _is_written_large(words[place + length - 1])


def outlet_before(words: Sequence[Word], place: int) -> bool:
    """Whether such a name ends right before a place."""
    length = _outlets().before(words, place)[0]
    return length > 0 and _is_written_large(words[place - 1])


def _is_written_large(word: Word) -> bool:
    return word.is_capital or word.low[0] >= "\u0590"


@cache
def _outlets() -> WordList:
    known = {*labels_of_kind("*", "outlet"), *(evened(row["agency"]) for row in table("agencies.csv"))}
    return WordList.of((name, "outlet") for name in sorted(known))
