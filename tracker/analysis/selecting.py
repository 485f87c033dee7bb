"""A selection as Ibis expressions: which statements it holds, surely or possibly, and which only one facet keeps out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir

from tracker.core.columns import FACETS
from tracker.core.dates import Window
from tracker.core.folding import needles
from tracker.core.selection import Selection

if TYPE_CHECKING:
    from tracker.analysis.corpus import Corpus

_CODES = tuple(facet.column for facet in FACETS)
_KEPT = (*_CODES, "row_number", "stated_from", "stated_to", "date_precision", "speaks_for_actor")

NARROW: ir.Table = ibis.table(
    {
        **dict.fromkeys(_CODES, "string"),
        "row_number": "int32",
        "stated_from": "date",
        "stated_to": "date",
        "date_precision": "string",
        "speaks_for_actor": "boolean",
        "is_possibly": "boolean",
        "failed": "int8",
    },
    name="chosen",
)
"""The columns of selected statements that counting needs: no texts."""


def matching(corpus: Corpus, selection: Selection) -> ir.Table:
    """The selected statements with all columns and ``is_possibly``: whether they may be outside the window.

    Partial dates that overlap the window are in. An unknown code selects nothing; an empty selection everything.
    """
    return with_doubt(selected(corpus.statements, selection), selection.window)


def selected(statements: ir.Table, selection: Selection) -> ir.Table:
    """The selected statements with the columns they have."""
    return _all_of(statements, [*_everywhere(statements, selection), *dict(_by_facet(statements, selection)).values()])


def narrowed(statements: ir.Table, selection: Selection) -> ir.Table:
    """The selected statements in the columns of :data:`NARROW`."""
    held = selected(statements, selection)
    return held.select(*_KEPT, is_possibly=_is_possibly(held, selection.window), failed=ibis.literal(0, "int8"))


def nearly_narrowed(statements: ir.Table, selection: Selection) -> ir.Table:
    """The statements that at most one facet keeps out, in the columns of :data:`NARROW`."""
    held = _all_of(statements, _everywhere(statements, selection))
    passing = dict(_by_facet(held, selection))
    if not passing:
        return narrowed(statements, selection)
    n_failed = sum((~passes).cast("int8") for passes in passing.values())
    which = ibis.cases((n_failed == 0, 0), *((~passes, place) for place, passes in passing.items()), else_=0)
    return held.filter(n_failed <= 1).select(*_KEPT, is_possibly=_is_possibly(held, selection.window), failed=which.cast("int8"))


def with_doubt(statements: ir.Table, window: Window) -> ir.Table:
    """The statements with ``is_possibly``: whether some of the days their date can mean are outside the window."""
    return statements.mutate(is_possibly=_is_possibly(statements, window))


def _all_of(statements: ir.Table, predicates: list[ir.BooleanValue]) -> ir.Table:
    return statements.filter(predicates) if predicates else statements


def _everywhere(statements: ir.Table, selection: Selection) -> list[ir.BooleanValue]:
    window = selection.window
    predicates = [statements.search_text.contains(needle.text) for needle in needles(selection.search)]
    if window.first:
        predicates.append(statements.stated_to >= ibis.literal(window.first))
    if window.last:
        predicates.append(statements.stated_from <= ibis.literal(window.last))
    return predicates


def _by_facet(statements: ir.Table, selection: Selection) -> Iterator[tuple[int, ir.BooleanValue]]:
    for place, facet in enumerate(FACETS, start=1):
        column, wanted, unwanted = statements[facet.column], selection.codes(facet.parameter), selection.excluded_codes(facet.parameter)
        passes = ([column.isin(wanted)] if wanted else []) + ([column.notin(unwanted)] if unwanted else [])
        if passes:
            yield place, reduce(and_, passes)


def _is_possibly(statements: ir.Table, window: Window) -> ir.BooleanValue:
    outside = []
    if window.first:
        outside.append(statements.stated_from < ibis.literal(window.first))
    if window.last:
        outside.append(statements.stated_to > ibis.literal(window.last))
    return ibis.or_(*outside) if outside else ibis.literal(False)
