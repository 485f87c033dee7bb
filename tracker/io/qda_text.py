"""Positions in the text of a QDA document: tools count characters or UTF-16 units, and line ends as one or as two.

REFI-QDA leaves it open, so it is found out: most tools name a selection by its first words, and the way of counting
under which most names fit is the one that was used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tracker.io.qda_project import Selection
from tracker.io.utf16 import Utf16Text

_LOOKED_AT = 300
_NAME_CHARACTERS = 40


@dataclass(frozen=True)
class Counting:
    """One way of counting positions in one text: what it is called, and how to cut by it."""

    name: str
    cut: Callable[[int, int], str | None]


@dataclass(frozen=True)
class CountingFound:
    """The way of counting to be used; ``fit`` is above 0 where selections have the words of their name there."""

    counting: Counting
    fit: int
    n_ways: int

    @property
    def is_certain(self) -> bool:
        """Whether there was one way only, or names of selections decided."""
        return self.n_ways == 1 or self.fit > 0


def find_counting(text: str, selections: Sequence[Selection]) -> CountingFound:
    """The way of counting under which most named selections begin with their name; characters of the text as it is, if none.

    >>> find_counting("a😀bcd", [Selection("", "bcd", 3, 6)]).counting.name
    'UTF-16 units'
    """
    ways = _ways(text)
    named = [s for s in selections[:_LOOKED_AT] if len(_words(s.name)) > 2]
    if len(ways) == 1:
        return CountingFound(ways[0], 0, 1)
    fitting = [sum(_fits(way, selection) for selection in named) for way in ways]
    best = max(range(len(ways)), key=lambda place: (fitting[place], -place))
    return CountingFound(ways[best], fitting[best], len(ways))


def _fits(way: Counting, selection: Selection) -> int:
    """0 when the words of the name do not stand there, 1 when they do after spaces, 2 when exactly there."""
    found = way.cut(selection.start, selection.stop) or ""
    if not _words(found).startswith(_words(selection.name)):
        return 0
    return 1 if found[:1].isspace() and not selection.name[:1].isspace() else 2


def _words(text: str) -> str:
    return " ".join(text[: _NAME_CHARACTERS * 2].strip(".… \r\n\t").split())[:_NAME_CHARACTERS]


def _ways(text: str) -> list[Counting]:
    """Every way that gives other results than those before it."""
    texts = {"": text}
    if "\r\n" in text:
        texts[", line ends as one"] = text.replace("\r\n", "\n")
    elif "\n" in text:
        texts[", line ends as two"] = text.replace("\n", "\r\n")
    is_basic = text.isascii() or max(text, default="") <= "\uffff"
    ways: list[Counting] = []
    for suffix, variant in texts.items():
        ways.append(Counting(f"characters{suffix}", _by_characters(variant)))
        if not is_basic:
            ways.append(Counting(f"UTF-16 units{suffix}", Utf16Text(variant).cut))
    return ways


def _by_characters(text: str) -> Callable[[int, int], str | None]:
    return lambda start, stop: text[start:stop] if 0 <= start < stop <= len(text) else None
