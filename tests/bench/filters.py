"""The filters that everything is asked under, and their parts as the by-hand versions need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.core.columns import FACET_BY_PARAMETER
from tracker.core.dates import PartialDate, Window
from tracker.core.searching import read_search
from tracker.core.selection import Selection

COMMON_WORD = "convoy"
_OTHER = {"actor": "xbx"}


@dataclass(frozen=True)
class Filter:
    """A filter with its name; codes by column, ends of the window and what search looks for."""

    name: str
    selection: Selection

    @property
    def codes(self) -> dict[str, tuple[str, ...]]:
        """The codes asked for, by column of the snapshot."""
        return {FACET_BY_PARAMETER[parameter].column: codes for parameter, codes in self.selection.included}

    @property
    def first(self) -> date | None:
        """The first day of the window."""
        return self.selection.window.first

    @property
    def last(self) -> date | None:
        """The last day of the window."""
        return self.selection.window.last

    @property
    def needle(self) -> str:
        """What the folded text must contain; empty when nothing is searched."""
        found = read_search(self.selection.search).terms
        return found[0].needle if found else ""

    @property
    def sibling(self) -> Filter:
        """A filter of the same shape that nothing else here asks: what a visitor has seen before choosing this one."""
        moved = {parameter: (*codes[:-1], _OTHER.get(parameter, codes[-1])) for parameter, codes in self.selection.included}
        since = PartialDate(self.first.year - 1) if self.first else PartialDate(1800)
        selection = self.selection.within(Window(since, self.selection.window.until))
        for parameter, codes in moved.items():
            selection = selection.including(parameter, *codes)
        return Filter(self.name, selection)

    def searching(self, text: str) -> Filter:
        """The same filter with a search."""
        return Filter(self.name, self.selection.searching(text))


FILTERS: tuple[Filter, ...] = (
    Filter("none", Selection()),
    Filter(
        "broad",  # five large actors, 20 years, two stances
        Selection()
        .including("actor", "xaa", "xab", "xac", "xad", "xae")
        .including("stance", "support", "oppose")
        .within(Window.parse("1995", "2014")),
    ),
    Filter(
        "narrow",  # five mid-sized actors, one year, one stance
        Selection()
        .including("actor", "xba", "xbb", "xbc", "xbd", "xbe")
        .including("stance", "support")
        .within(Window.parse("2005", "2005")),
    ),
)
