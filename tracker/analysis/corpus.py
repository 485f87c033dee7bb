"""The statements that questions are asked of, with the engine that answers."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar

import ibis.expr.types as ir
import pandas as pd

from tracker.analysis.belonging import Belonging
from tracker.analysis.lives import LifeStep, lives
from tracker.analysis.running import Runner
from tracker.analysis.searching import HITS, WITHOUT_NAMES, Lookup, is_looked_up, looked_up
from tracker.analysis.selecting import NARROW, narrowed
from tracker.analysis.shapes import Shape, Values
from tracker.core.groups import NO_GROUPS, Groups
from tracker.core.selection import Selection

MAX_KEPT = 64
"""So many small answers about selections are kept: several questions of one page rest on the same counts."""

_T = TypeVar("_T")


class Kept:
    """The last small answers by what they are of; for many threads, which may at worst ask the same twice."""

    def __init__(self) -> None:
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Any:
        """The answer, ``None`` when it is not kept."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def put(self, key: Hashable, answer: _T) -> _T:
        """The answer, kept from now on; the one that was asked for longest ago goes."""
        with self._lock:
            self._held[key] = answer
            if len(self._held) > MAX_KEPT:
                self._held.popitem(last=False)
        return answer

    def clear(self) -> None:
        """Forget all answers."""
        with self._lock:
            self._held.clear()


@dataclass(frozen=True)
class Corpus:
    """All statements of one data version: an Ibis table and what runs expressions over it.

    ``beside`` holds the tables of ``core.beside.SIDE_TABLES`` that have rows, by name; ``groups`` are known by their codes;
    ``lookup`` is where a search looks beside the statements.
    """

    statements: ir.Table
    run: Runner
    beside: Mapping[str, ir.Table] = field(default_factory=dict)
    groups: Groups = NO_GROUPS
    lookup: Lookup = WITHOUT_NAMES

    def ask(self, name: Hashable, build: Callable[[], ir.Table]) -> list[dict[str, Any]]:
        """The answer to an expression; ``name`` must name it and everything it depends on."""
        return self.run.rows(build, name)

    def ask_chosen(
        self,
        name: Hashable,
        build: Callable[[ir.Table], ir.Table],
        selection: Selection,
        *,
        each: bool = False,
        values: Values | None = None,
    ) -> list[dict[str, Any]]:
        """The answer to a question about the selected statements, of which ``build`` gets the narrow columns.

        ``name`` must name the question without the selection; ``build`` may use ``statements`` too, for their texts. With
        ``each`` a joint statement is there once for each signatory. ``values`` are what placeholders in the question stand for.
        """
        return self.run.rows(lambda: build(NARROW), name, **self._chosen(selection, each, values))

    def frame_chosen(
        self,
        name: Hashable,
        build: Callable[[ir.Table], ir.Table],
        selection: Selection,
        *,
        each: bool = False,
        values: Values | None = None,
    ) -> pd.DataFrame:
        """The same answer as a frame, where it is of very many small numbers."""
        return self.run.frame(lambda: build(NARROW), name, **self._chosen(selection, each, values))

    def _chosen(self, selection: Selection, each: bool, values: Values | None) -> dict[str, Any]:
        each, search, lookup, hits = each and "signatories" in self.beside, selection.search, self.lookup, {}
        if is_looked_up(search, lookup):
            # Found once for all questions of a page by an engine that can keep rows, and compiled without the rest.
            hits = {"hits": lambda: looked_up(self.statements, search, self.lookup), "hits_key": ("hits", search)}
            selection, lookup = selection.searching(""), replace(lookup, hits=HITS)
        shape = Shape.of(selection)
        return {
            **hits,
            "chosen": lambda: narrowed(self.statements, shape, self.belonging, self.beside.get("codings"), lookup, each=each),
            "chosen_key": ("narrowed", shape.key, each, bool(hits)),
            "values": {**shape.values, **(values or {})},
        }

    @cached_property
    def kept(self) -> Kept:
        """Counts that were asked for lately, never to be changed."""
        return Kept()

    @cached_property
    def belonging(self) -> Belonging:
        """Who stands behind a code of an actor: signatories, and members of groups as of a statement's date."""
        return Belonging(self.groups, self.beside.get("signatories"))

    @cached_property
    def lives(self) -> Mapping[str, LifeStep]:
        """What ended each statement that was withdrawn, corrected or superseded."""
        return lives(self)

    @cached_property
    def last_day(self) -> date:
        """The last day that any statement can mean; the first of all days where there is none."""
        return self.ask("last day", lambda: self.statements.aggregate(last=self.statements.stated_to.max()))[0]["last"] or date.min

    @cached_property
    def n_statements(self) -> int:
        """How many statements there are; they do not change."""
        return self.ask("total", lambda: self.statements.aggregate(n=self.statements.count()))[0]["n"]
