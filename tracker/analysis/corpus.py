"""The statements that questions are asked of, with the engine that answers."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir

from tracker.analysis.running import Runner
from tracker.analysis.selecting import NARROW, narrowed, nearly_narrowed
from tracker.core.selection import Selection


@dataclass(frozen=True)
class Corpus:
    """All statements of one data version: an Ibis table and what runs expressions over it."""

    statements: ir.Table
    run: Runner

    def ask(self, name: Hashable, build: Callable[[], ir.Table]) -> list[dict[str, Any]]:
        """The answer to an expression; ``name`` must name it and everything it depends on."""
        return self.run.rows(build, name)

    def ask_chosen(
        self, name: Hashable, build: Callable[[ir.Table], ir.Table], selection: Selection, nearly: bool = False
    ) -> list[dict[str, Any]]:
        """The answer to a question about the selected statements, of which ``build`` gets the narrow columns.

        With ``nearly`` also those that only one facet keeps out: column ``failed`` is its place in FACETS from 1, or 0.
        """
        narrow = nearly_narrowed if nearly else narrowed
        return self.run.rows(
            lambda: build(NARROW),
            name,
            chosen=lambda: narrow(self.statements, selection),
            chosen_key=(narrow.__name__, selection),
        )
