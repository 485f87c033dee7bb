"""Where a search is found in a text as it was written, and the part of the text worth showing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tracker.core.folding import fold, is_word_alone
from tracker.core.searching import Term, read_search

MAX_LOOKED_AT = 20_000
"""So many characters of a text are looked through for what to mark."""

_BEFORE = 80


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a text, and whether the search found it."""

    text: str
    is_hit: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    start: int
    end: int


def snippet(text: str, search: str, field: str, limit: int) -> tuple[Piece, ...]:
    """About ``limit`` characters of the text with the first hit among them, in pieces; "…" where something is left out.

    ``field`` says which text it is, ``quote`` or ``position``: terms kept to another field are not marked in it.

    >>> snippet("Open the corridor now", "corrid", "quote", 100)
    (Piece(text='Open the ', is_hit=False), Piece(text='corridor', is_hit=True), Piece(text=' now', is_hit=False))
    """
    hits = _hits(text[:MAX_LOOKED_AT], tuple(term for term in read_search(search).terms if term.field in ("", field)))
    start, end = _window(text, hits[0][0] if hits else 0, limit)
    edges = [start, *(min(max(edge, start), end) for hit in hits for edge in hit), end]
    pieces = [Piece(text[first:last], bool(number % 2)) for number, (first, last) in enumerate(pairwise(edges)) if first < last]
    before, after = (Piece("…"),) if start else (), (Piece("…"),) if end < len(text) else ()
    return (*before, *pieces, *after)


def _window(text: str, first_hit: int, limit: int) -> tuple[int, int]:
    """The part that is shown: from the beginning unless the first hit would not be in it; whole words where there are any."""
    if len(text) <= limit:
        return 0, len(text)
    before = min(_BEFORE, limit // 4)
    start = 0 if first_hit < limit - before else first_hit - before
    if start and (space := text.find(" ", start, first_hit)) >= 0:
        start = space + 1
    end = min(len(text), start + limit - 1)
    return start, start + len(text[start:end].rstrip())


def _hits(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Where any term stands, first to last; what touches or lies over another is one."""
    words = list(_words(text)) if terms else []
    spans = [
        (words[at].start, words[at + len(term.words) - 1].end)
        for term in terms
        for at in range(len(words) - len(term.words) + 1)
        if _stands_at(words, at, term)
    ]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _stands_at(words: Sequence[_Word], at: int, term: Term) -> bool:
    found = f" {' '.join(word.folded for word in words[at : at + len(term.words)])} "
    return found.find(term.needle) >= 0


def _words(text: str) -> Iterator[_Word]:
    """The folded words of a text in order, each with the place it was written at."""
    start, is_alone = -1, False
    for place, character in enumerate((*text, " ")):
        kind = _kind(character)
        if kind == "mark" and start >= 0:
            continue
        if start >= 0 and (kind != "word" or is_alone):
            yield from (_Word(folded, start, place) for folded in fold(text[start:place]).split())
            start = -1
        if kind == "apart":
            continue
        if start < 0:
            start, is_alone = place, kind == "alone"


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    """What a character is to words: part of one, one ``alone``, a ``mark`` on what stands before, or what keeps them ``apart``."""
    decomposed = unicodedata.normalize("NFKD", character)
    if unicodedata.combining(decomposed[0]):
        return "mark"
    if is_word_alone(decomposed[0]):
        return "alone"
    return "word" if any(c.isalnum() for c in decomposed.casefold()) else "apart"
