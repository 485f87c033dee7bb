"""Offices that introduce somebody named later: "The minister said it was late. Jane Roe spoke in Oslo"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tracker.core.candidates import Span
from tracker.io.articles.offices import LONGEST, Office

_BEFORE, _SUBJECT, _LONGEST_LINE = 600, 12, 1500
_PLACE = re.compile(r"[^\W\d_][^\n—–-]{1,40} (?:—|–|--|-) ")
_QUOTATION = re.compile(r"[\"“][^\"“”\n]{1,600}[,?!.][\"”] ?")


@dataclass(frozen=True)
class Introductions:
    """A text, and how to find the offices between two places of it."""

    text: str
    offices_within: Callable[[Span], Sequence[Office]]

    def of(self, name: str, first: int) -> Office | None:
        """The office without a name that introduces whoever is first named at ``first`` (-1: nowhere), ``None`` where none does.

        It begins the sentence before the one that begins with the name; or opens the report, whose next paragraph quotes and names
        somebody in full with nothing beside the name. A headline that names the person is passed over: it introduces nobody.
        """
        line_end = self.text.find("\n", first) if first >= 0 else -1
        if line_end >= 0 and not self.text[:first].strip().count("\n") and not self.text[first:line_end].rstrip().endswith((".", "!", "?")):
            first = self.text.find(name, line_end, LONGEST)
        return (self._before(first) or self._opening(name, first)) if first >= 0 else None

    def _before(self, first: int) -> Office | None:
        before = self.text[max(0, first - _BEFORE) : first].rstrip()
        if not before.endswith((".", ".”", '."')):
            return None
        end = max(0, first - _BEFORE) + len(before)
        start = max(self.text.rfind(". ", 0, end - 2), self.text.rfind("\n", 0, end - 2)) + 1
        return self._subject(start, start, end)

    def _opening(self, name: str, first: int) -> Office | None:
        """The office that is the subject of the paragraph before, the first that is a sentence."""
        line = self.text.rfind("\n", max(0, first - _LONGEST_LINE), first) + 1
        behind = self.text[first + len(name) : first + len(name) + 1]
        if not line or " " not in name or behind in (",", "(") or not _QUOTATION.fullmatch(self.text[line:first].lstrip()):
            return None
        end = len(self.text[:line].rstrip())
        start = self.text.rfind("\n", max(0, end - _LONGEST_LINE), end) + 1
        headings = self.text[max(0, start - _BEFORE) : start].splitlines()
        is_first = start < _BEFORE and not any(heading.rstrip().endswith(".") for heading in headings)
        place = _PLACE.match(self.text, start, end)
        return self._subject(start, place.end() if place else start, end) if is_first else None

    def _subject(self, start: int, clause: int, end: int) -> Office | None:
        """The only office without a name of a sentence, where its clause begins with it and it is not "a minister"."""
        inside = [one for one in self.offices_within((start, end)) if start <= one.span[0] < end and not one.name]
        is_subject = len(inside) == 1 and 0 <= inside[0].span[0] - clause < _SUBJECT
        is_subject = is_subject and self.text[clause : inside[0].span[0]].split()[-1:] not in (["A"], ["An"])
        return inside[0] if is_subject else None
