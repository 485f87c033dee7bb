"""Whether words stand in a text: at their place, elsewhere, written a little differently, nearly, or not at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.core.candidates import Span
from tracker.core.documents import N_AROUND, PARTS_BREAK, Passage, lie_in

NEARLY = 0.6
"""From this similarity on, the nearest words of a text count as the passage, changed; below it the passage is gone."""

_MOST_WORDS = 400
_MOST_PLACES = 1_000
_WORD = re.compile(r"\w+")
_QUOTES = dict.fromkeys(map(ord, "“”„‟«»″＂〝〞❝❞"), '"') | dict.fromkeys(map(ord, "‘’‚‛′＇`´‹›❛❜"), "'")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_FOLDED = _QUOTES | _DASHES
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Standing(StrEnum):
    """How words stand in a text, best first."""

    EXACT = "exact"
    MOVED = "moved"
    NORMALISED = "normalised"
    DRIFTED = "drifted"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Verification:
    """How a passage stands in a text, and where.

    ``spans`` are where its words stand now (the nearest words when drifted, none when gone). ``similarity`` (0–1) is the
    share of the passage's words that stand, in their order, in the nearest stretch of the text (for each part its own, parts
    with too few left out); 1 unless drifted or gone. ``nearest`` is that stretch.
    """

    standing: Standing
    spans: tuple[Span, ...] = ()
    similarity: float = 1.0
    nearest: str = ""

    @property
    def is_verified(self) -> bool:
        """Whether the words stand in the text character by character, up to quotation marks, dashes and spaces."""
        return self.standing in (Standing.EXACT, Standing.MOVED, Standing.NORMALISED)


def verify(text: str, passage: Passage) -> Verification:
    """How the passage stands in the text; every step takes time in proportion to the two.

    Exact: at the very offsets. Moved: the same parts in the same order elsewhere, where what was before and after
    agrees best. Normalised: so after marks, dashes, spaces and what cannot be seen are written alike. Drifted: no longer
    so, but words in common; similarity is the longest common subsequence of words over the words of the passage.

    >>> verify("He said “yes, now”.", Passage("", "", ((0, 8),), "yes, now")).standing.value
    'moved'
    >>> verify("He said nothing.", Passage("", "", ((0, 8),), "yes, now")).standing.value
    'gone'
    """
    parts = passage.parts
    is_placed = len(parts) == len(passage.spans) and lie_in(passage.spans, len(text))
    if is_placed and all(text[start:end] == part for (start, end), part in zip(passage.spans, parts, strict=True)):
        return Verification(Standing.EXACT, passage.spans)
    near = passage.spans[0][0] if passage.spans else 0
    moved = find_parts(text, parts, passage.prefix, passage.suffix, near)
    if moved:
        return Verification(Standing.MOVED, moved)
    folded, places = written_alike(text)
    alike = [written_alike(part)[0].strip() for part in parts]
    around = [written_alike(words)[0] for words in (passage.prefix, passage.suffix)]
    found = find_parts(folded, alike, around[0], around[1], near) if all(alike) else ()
    if found:
        return Verification(Standing.NORMALISED, tuple((places[start], places[end - 1] + 1) for start, end in found))
    return _nearest(text, parts)


def find_parts(text: str, parts: Sequence[str], prefix: str = "", suffix: str = "", near: int = 0) -> tuple[Span, ...]:
    """Where all parts stand in the text in this order, none when they do not.

    Of several places for the first part the one is taken that has most of the prefix before it (and, for a single part,
    of the suffix after it); among equals the nearest to ``near``. The other parts are the next ones after it.

    >>> find_parts("no yes no yes", ["yes"], prefix="no "), find_parts("a b c", ["a", "c"]), find_parts("a", ["b"])
    (((3, 6),), ((0, 1), (4, 5)), ())
    """
    best: tuple[tuple[int, int], tuple[Span, ...]] | None = None
    spans: tuple[Span, ...] = ()
    for start in _places(text, parts[0] if parts else ""):
        spans = _followed(text, parts, start, spans)
        if not spans:
            break
        first, last = start, spans[-1][1]
        agreed = _n_alike(text[max(0, first - N_AROUND) : first][::-1], prefix[::-1]) + _n_alike(text[last : last + N_AROUND], suffix)
        merit = (agreed, -abs(first - near))
        if best is None or merit > best[0]:
            best = merit, spans
    return best[1] if best else ()


def _places(text: str, part: str) -> list[int]:
    found: list[int] = []
    at = text.find(part) if part else -1
    while at >= 0 and len(found) < _MOST_PLACES:
        found.append(at)
        at = text.find(part, at + len(part))
    return found


def _followed(text: str, parts: Sequence[str], start: int, earlier: tuple[Span, ...]) -> tuple[Span, ...]:
    """The parts after one at ``start``; what was found for an earlier start holds while it lies after, so all is one walk."""
    spans = [(start, start + len(parts[0]))]
    for number, part in enumerate(parts[1:], 1):
        if earlier and earlier[number][0] >= spans[-1][1]:
            spans.append(earlier[number])
            continue
        at = text.find(part, spans[-1][1]) if part else -1
        if at < 0:
            return ()
        spans.append((at, at + len(part)))
    return tuple(spans)


def _n_alike(one: str, other: str) -> int:
    n = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        n += 1
    return n


def written_alike(text: str) -> tuple[str, list[int]]:
    """The text with one kind of each quotation mark, of dash and of space, and the place of each character in the text.

    Runs of spaces become one space; what cannot be seen is left out.

    >>> written_alike("a\u00a0 “b”")
    ('a "b"', [0, 1, 3, 4, 5])
    """
    characters, places = [], []
    for place, character in enumerate(text):
        if character in _UNSEEN:
            continue
        if character.isspace():
            if characters and characters[-1] == " ":
                continue
            character = " "
        characters.append(_FOLDED.get(ord(character), character))
        places.append(place)
    return "".join(characters), places


def _nearest(text: str, parts: Sequence[str]) -> Verification:
    """For each part the stretch of the text, after that of the part before, with most of its words; how many in order."""
    matches = list(_WORD.finditer(text))
    there = [match.group().casefold() for match in matches]
    wanted = [[match.group().casefold() for match in _WORD.finditer(part)][:_MOST_WORDS] for part in parts]
    spans: list[Span] = []
    n_found, at = 0, 0
    for words in filter(None, wanted):
        first, last = _stretch(there[at:], words)
        n_held = n_in_order(words, there[at + first : at + last])
        if n_held and n_held >= NEARLY * len(words):
            spans.append((matches[at + first].start(), matches[at + last - 1].end()))
            n_found, at = n_found + n_held, at + last
    similarity = n_found / (sum(map(len, wanted)) or 1)
    nearest = PARTS_BREAK.join(text[start:end] for start, end in spans)
    if similarity < NEARLY:
        return Verification(Standing.GONE, similarity=similarity, nearest=nearest)
    return Verification(Standing.DRIFTED, tuple(spans), similarity, nearest)


def _stretch(there: Sequence[str], wanted: Sequence[str]) -> tuple[int, int]:
    """The first word of the nearest stretch and the one after its last, without words at its ends that are not wanted."""
    first = _richest(there, wanted)
    last = min(len(there), first + len(wanted) + len(wanted) // 4)
    common = set(wanted)
    while first < last and there[first] not in common:
        first += 1
    while first < last and there[last - 1] not in common:
        last -= 1
    return first, last


def _richest(there: Sequence[str], wanted: Sequence[str]) -> int:
    """Where the window, as long as the words wanted, begins that holds most of them; each counts as often as wanted."""
    left, n_held, best, first = Counter(wanted), 0, -1, 0
    for place, word in enumerate(there):
        n_held += left[word] > 0 if word in left else 0
        if word in left:
            left[word] -= 1
        gone = place - len(wanted)
        if gone >= 0 and there[gone] in left:
            left[there[gone]] += 1
            n_held -= left[there[gone]] > 0
        if n_held > best:
            best, first = n_held, max(0, gone + 1)
    return first


def n_in_order(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest common subsequence, by bit-parallel rows (Hyyrö 2004): one addition a word of ``other``.

    >>> n_in_order("abcd", "xaxcxd"), n_in_order("", "a")
    (3, 0)
    """
    where: dict[str, int] = {}
    for place, word in enumerate(one):
        where[word] = where.get(word, 0) | 1 << place
    whole = (1 << len(one)) - 1
    row = whole
    for word in other:
        held = row & where.get(word, 0)
        row = ((row + held) | (row - held)) & whole
    return len(one) - row.bit_count()
