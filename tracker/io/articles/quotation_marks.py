"""Stretches between quotation marks, in one pass over a paragraph: pairs, nesting, marks that never close."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.io.articles.languages import Language

_CLOSERS = {"“": '”"“', "„": '“”"', "‟": "”", "«": "»", "‹": "›", "「": "」", "『": "』"}
_NESTING = "«‹「『"
_BEFORE_A_WORD = frozenset(' \t\n\r\u00a0\u202f([{—–-/:"“«„>،؛')
_ELISIONS = ("em ", "til", "cause", "tis", "twas", "n ", "round ", "bout ")
_CLOSING_SINGLE = re.compile(r"(?<!\s)[’'](?!\w)|[“”\"]")
_LONGEST_SINGLE = 400
_DOUBLED = "\0"
_TAG = re.compile(r"<[A-Za-z/!][^<>]{0,600}>")
_MARK = re.compile(r"[<“„‟«‹「『»›」』”\"‘’'`]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between marks: ``start``–``end`` with the marks, ``inner_start``–``inner_end`` without them.

    ``is_closed`` is false where the paragraph ends before a closing mark; ``is_single`` for single marks.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    is_closed: bool = True
    is_single: bool = False


def quotations(text: str, start: int, end: int, vocabulary: Language) -> list[Quotation]:
    """The outermost quotations of ``text[start:end]``, one paragraph, in order; those without a letter or digit are left out."""
    return [q for q in _Reading(text, start, end, vocabulary).all() if any(map(str.isalnum, text[q.inner_start : q.inner_end][:200]))]


class _Reading:
    """One pass over a paragraph. ``opened`` is the open mark: where it starts, where its inside starts, what closes it."""

    def __init__(self, text: str, start: int, end: int, vocabulary: Language) -> None:
        self.text, self.start, self.end = text, start, end
        self.found: list[Quotation] = []
        self.opened: tuple[int, int, str] | None = None
        self.depth, self.last_closer = 0, -1
        self.closers = _CLOSERS | {a: b for a, b in vocabulary.marks if a not in "\"'`‘“" and a != b and a not in _CLOSERS}

    def all(self) -> list[Quotation]:
        at = self.start
        while mark := _MARK.search(self.text, at, self.end):
            at = self._doubled(mark.start()) or (self._inside(mark.start()) if self.opened else self._outside(mark.start()))
        if self.opened and self.last_closer >= 0:
            self._close(self.last_closer, 1)
        elif self.opened:
            start, inner, _ = self.opened
            self.found.append(Quotation(start, self.end, inner, self.end, is_closed=False))
        return self.found

    def _doubled(self, at: int) -> int:
        mark = self.text[at]
        if mark not in "`'" or self.text[at + 1 : at + 2] != mark or at + 1 >= self.end:
            return 0
        if self.opened is None:
            opens = mark == "`" or (self._before(at) in _BEFORE_A_WORD and not self._after(at + 1).isspace())
            if opens:
                self.opened = (at, at + 2, _DOUBLED)
        elif self.opened[2] == _DOUBLED and mark == "'":
            at += self.text.startswith("'", at + 2, self.end) and self._closes(at + 2)
            self._close(at, 2)
        return at + 2

    def _outside(self, at: int) -> int:
        mark, before, after = self.text[at], self._before(at), self._after(at)
        if mark == "<":
            tag = _TAG.match(self.text, at, self.end)
            return tag.end() if tag else at + 1
        if mark in self.closers:
            self.opened = (at, at + 1, self.closers[mark])
        elif mark == '"' and (not after.isspace() or before.isspace()):
            self.opened = (at, at + 1, '"”')
        elif mark == "”" and not after.isspace() and before in _BEFORE_A_WORD:
            self.opened = (at, at + 1, '”"')
        elif mark in "‘'’" and before in _BEFORE_A_WORD and not after.isspace() and not after.isdigit():
            return self._single(at)
        return at + 1

    def _single(self, at: int) -> int:
        if self.text[at + 1 : at + 7].lower().startswith(_ELISIONS):
            return at + 1
        closing = _CLOSING_SINGLE.search(self.text, at + 1, min(self.end, at + _LONGEST_SINGLE))
        if closing is None or closing.group() not in "’'":
            return at + 1
        self.found.append(Quotation(at, closing.end(), at + 1, closing.start(), is_single=True))
        return closing.end()

    def _inside(self, at: int) -> int:
        mark = self.text[at]
        assert self.opened is not None
        start, _, closers = self.opened
        if mark == self.text[start] and mark in _NESTING:
            self.depth += 1
        elif mark not in closers or (mark == "“" and closers == '”"“' and not self._closes(at)):
            return at + 1
        elif mark == '"' and closers[0] == '"' and self._before(at).isspace() and not self._after(at).isspace() and at + 1 < self.end:
            self._close(at, 0)
            self.opened = (at, at + 1, closers)
        elif self.depth:
            self.depth, self.last_closer = self.depth - 1, at
        else:
            self._close(at, 1)
        return at + 1

    def _closes(self, at: int) -> bool:
        return not self._before(at).isspace() and (self._after(at).isspace() or self._after(at) in ".,;:!?)—")

    def _close(self, at: int, width: int) -> None:
        assert self.opened is not None
        self.found.append(Quotation(self.opened[0], at + width, self.opened[1], at))
        self.opened, self.depth, self.last_closer = None, 0, -1

    def _before(self, at: int) -> str:
        return self.text[at - 1] if at > self.start else " "

    def _after(self, at: int) -> str:
        return self.text[at + 1] if at + 1 < self.end else " "
