"""What stands on a page and is nobody's statement: links of its site, how a meeting closed, notes, thanks that are a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tracker.io.articles.letters import evened
from tracker.io.articles.word_lists import table

_LONGEST_THANKS = 60
_BREAKS_OFF, _FEWEST_TEASERS = ("…", "..."), 2
_LONGEST_NAVIGATION = 120
_PATH = re.compile(r"[^\s>»]\s+[>»]\s+[^\s>»]")
"""Where a page lies on its site: "Home > News"; marks of quotation have no space on both sides."""


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
    return bool(words) and all(word in _words_of_all("thanks") for word in words)


def is_navigation(line: str) -> bool:
    """Whether a line only leads about a site, in any of the languages: where the page lies, or links that every page has.

    >>> [is_navigation(line) for line in ("Home > News > Remarks", "中文 Contact Us Links", "Contact the minister")]
    [True, True, False]
    """
    if len(line) > _LONGEST_NAVIGATION:
        return False
    words = re.findall(r"[^\W\d_]+", evened(line))
    return bool(_PATH.search(line)) or (bool(words) and all(word in _words_of_all("navigation") for word in words))


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
def _words_of_all(kind: str) -> frozenset[str]:
    """The words of lines of a kind that are nobody's statement, in all languages: they stand in any order."""
    return frozenset(evened(word) for phrase in _phrases(kind) for word in phrase.split())


def _phrases(kind: str) -> list[str]:
    return [row["word"] for row in table("page_words.csv") if row["kind"] == kind]
