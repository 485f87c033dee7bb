"""What stands on a page and is nobody's statement: how a meeting closed, notes behind the words, thanks that are a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tracker.io.articles.letters import evened
from tracker.io.articles.word_lists import table

_LONGEST_THANKS = 60
_BREAKS_OFF, _FEWEST_TEASERS = ("…", "..."), 2


def end_of_words(text: str, start: int, end: int, *, with_notes: bool = False) -> int:
    """Where a line begins that closes the meeting ("The meeting rose at 6 p.m."), else ``end``.

    ``with_notes`` ends at a line too that heads what stands behind a statement ("Notes to editors", "Hintergrund:").

    >>> text = "We shall vote against it.\\nThe meeting rose at 6 p.m."
    >>> text[: end_of_words(text, 0, len(text))]
    'We shall vote against it.\\n'
    """
    found = _closing(with_notes).search(text, start, end)
    return found.start() if found else end


def is_thanks(line: str) -> bool:
    """Whether a line only thanks or greets, in any of the languages.

    >>> is_thanks("Thank you very much, Mr. President."), is_thanks("Thank you for this report.")
    (True, False)
    """
    if len(line) > _LONGEST_THANKS:
        return False
    words = re.findall(r"[^\W\d_]+", evened(line))
    return bool(words) and all(word in _thanks() for word in words)


def without_teasers(lines: Sequence[str]) -> list[bool]:
    """Whether each line is of the article itself: where two or more unquoted lines break off with dots, they tease other articles.

    >>> without_teasers(["The minister said no.", "Norway has called on…", "The port says it…"])
    [True, False, False]
    """
    broken = [line.rstrip().endswith(_BREAKS_OFF) and not any(mark in line for mark in '“"«„') for line in lines]
    return [not one for one in broken] if sum(broken) >= _FEWEST_TEASERS else [True] * len(lines)


@cache
def _closing(with_notes: bool) -> re.Pattern[str]:
    closing = "|".join(re.escape(phrase) for phrase in _phrases("closing"))
    notes = "|".join(re.escape(phrase) for phrase in _phrases("notes"))
    begins = rf"^[ \t(]{{0,12}}(?:{closing})[^\n]{{0,300}}$"
    return re.compile(begins + (rf"|^[ \t*#]{{0,12}}(?:{notes})[ \t]{{0,3}}:?\*{{0,2}}[ \t]{{0,3}}$" if with_notes else ""), re.MULTILINE)


@cache
def _thanks() -> frozenset[str]:
    return frozenset(evened(word) for phrase in _phrases("thanks") for word in phrase.split())


def _phrases(kind: str) -> list[str]:
    return [row["word"] for row in table("page_words.csv") if row["kind"] == kind]
