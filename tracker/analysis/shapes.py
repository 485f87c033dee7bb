"""The shape of a selection: which filters it has, with placeholders for what they ask, so that a shape is compiled once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir

from tracker.core.dates import Window
from tracker.core.groups import is_group
from tracker.core.selection import Selection

_TOKEN = f"stands-for-{secrets.token_hex(8)}"
"""Begins every placeholder. Nobody outside this process knows it, so that no text of a link or a table can look like one."""

Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Ends:
    """The ends of a window as an engine compares dates with them; ``None`` where it is open."""

    first: ir.DateValue | None
    last: ir.DateValue | None

    @classmethod
    def of(cls, window: Window) -> Ends:
        """The ends as they are."""
        return cls(window.first and ibis.literal(window.first), window.last and ibis.literal(window.last))


@dataclass(frozen=True)
class Shape:
    """A selection in whose filters placeholders stand for codes and days; ``values`` says for which.

    Two selections of the same shape differ in their values alone, and have the same ``key``. What decides how a question is
    built stays as it is: codes of groups and the words searched for.
    """

    selection: Selection
    has_first: bool
    has_last: bool
    values: Values

    @classmethod
    def of(cls, selection: Selection) -> Shape:
        """The shape of a selection."""
        window, values = selection.window, {}
        masked = replace(selection.within(Window()), included=(), excluded=())
        for parameter, codes in selection.included:
            masked = masked.including(parameter, *masked_codes(values, parameter, codes))
        for parameter, codes in selection.excluded:
            masked = masked.excluding(parameter, *masked_codes(values, f"not-{parameter}", codes))
        values |= {placeholder(name): (day.isoformat(),) for name, day in (("first", window.first), ("last", window.last)) if day}
        return cls(masked, bool(window.first), bool(window.last), values)

    @property
    def key(self) -> tuple[object, ...]:
        """What a question about such a selection depends on."""
        return self.selection, self.has_first, self.has_last

    @property
    def ends(self) -> Ends:
        """The ends of the window by their placeholders."""
        return Ends(_day("first") if self.has_first else None, _day("last") if self.has_last else None)


def placeholder(name: str) -> str:
    """What stands for the values of this name in a question."""
    return f"{_TOKEN}-{name}"


def masked_codes(values: dict[str, tuple[str, ...]], name: str, codes: Sequence[str]) -> tuple[str, ...]:
    """One placeholder for the codes, which ``values`` gets, and those of groups as they are: each makes a question of its own."""
    plain = tuple(code for code in codes if not is_group(code))
    if plain:
        values[placeholder(name)] = plain
    return (*([placeholder(name)] if plain else []), *(code for code in codes if is_group(code)))


def _day(name: str) -> ir.DateValue:
    return ibis.literal(placeholder(name)).cast("date")
