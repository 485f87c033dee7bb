"""A text with its candidates marked, part by part: pieces that a template draws, without a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.core.candidates import Span
from tracker.core.reviews import Draft

PART_CHARACTERS = 12_000
"""So much of a text is drawn at a time."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of the text, and the draft it belongs to (its number from 0, -1 for none).

    ``begins`` are the numbers of all drafts that begin with it: where several lie over each other, each is still named.
    """

    text: str
    number: int = -1
    begins: tuple[int, ...] = ()


def text_parts(text: str, size: int = PART_CHARACTERS) -> list[Span]:
    """The text in parts of at most so many characters that end with a line or a word where one ends in their last quarter.

    >>> text_parts("one two three", 8), text_parts("", 8), text_parts("a" * 5, 2)
    ([(0, 8), (8, 13)], [(0, 0)], [(0, 2), (2, 4), (4, 5)])
    """
    parts, start = [], 0
    while len(text) - start > size:
        latest, earliest = start + size, start + size - size // 4
        stop = next((place for mark in ("\n", " ") if (place := text.rfind(mark, earliest, latest)) >= 0), latest - 1) + 1
        parts.append((start, stop))
        start = stop
    return [*parts, (start, len(text))]


def part_at(parts: Sequence[Span], place: int) -> int:
    """The number of the part in which a place of the text lies; the last one for a place after the end."""
    return next((number for number, (_, end) in enumerate(parts) if place < end), len(parts) - 1)


def pieces(text: str, drafts: Sequence[Draft], part: Span, chosen: int) -> list[Piece]:
    """The part of the text in pieces; where drafts lie over each other the chosen one is on top, else the first.

    >>> pieces("He said yes.", [Draft(((8, 11),))], (0, 12), 0)
    [Piece(text='He said ', number=-1, begins=()), Piece(text='yes', number=0, begins=(0,)), Piece(text='.', number=-1, begins=())]
    """
    first, last = part
    spans = [
        (max(start, first), min(end, last), number, place == 0 and start >= first)
        for number, draft in enumerate(drafts)
        for place, (start, end) in enumerate(draft.spans)
        if start < last and end > first
    ]
    edges = sorted({first, last, *(edge for start, end, *_ in spans for edge in (start, end))})
    waiting = sorted(spans, key=lambda span: (-span[0], -span[2]))
    open_now: list[tuple[int, int]] = []
    found: list[Piece] = []
    for start, end in pairwise(edges):
        open_now = [(number, until) for number, until in open_now if until > start]
        begins = []
        while waiting and waiting[-1][0] == start:
            _, until, number, is_first = waiting.pop()
            open_now.append((number, until))
            begins += [number] if is_first else []
        numbers = [number for number, _ in open_now]
        top = chosen if chosen in numbers else min(numbers, default=-1)
        found.append(Piece(text[start:end], top, tuple(begins)))
    return found
