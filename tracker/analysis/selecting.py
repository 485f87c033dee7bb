"""A selection as Ibis expressions: which statements it holds, surely or possibly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir

from tracker.analysis.belonging import ALONE, Belonging
from tracker.analysis.marking import marked
from tracker.analysis.searching import WITHOUT_NAMES, Lookup, found
from tracker.analysis.shapes import Ends, Shape
from tracker.core.columns import FACETS
from tracker.core.selection import Selection

if TYPE_CHECKING:
    from tracker.analysis.corpus import Corpus

CONTESTED_IN = ("stance", "issue")
"""The variables that a position rests on: a statement is contested when coders differ on one of them."""

_CODES = tuple(facet.column for facet in FACETS)
_KEPT = (*_CODES, "statement_id", "row_number", "stated_from", "stated_to", "date_precision", "speaks_for_actor")

NARROW: ir.Table = ibis.table(
    {
        **dict.fromkeys(_CODES, "string"),
        "statement_id": "string",
        "row_number": "int32",
        "stated_from": "date",
        "stated_to": "date",
        "date_precision": "string",
        "speaks_for_actor": "boolean",
        "is_possibly": "boolean",
    },
    name="chosen",
)
"""The columns of selected statements that counting and sorting need: no texts.

A question about this table is compiled once for all selections, and a selection once for all questions.
"""


def matching(corpus: Corpus, selection: Selection, ends: Ends | None = None) -> ir.Table:
    """The selected statements with all columns and ``is_possibly``: whether they may be outside the window.

    Partial dates that overlap the window are in, and so are those on which an actor may have been a member of a group
    asked for. An unknown code selects nothing; an empty selection everything.
    """
    ends = ends or Ends.of(selection.window)
    held = selected(corpus.statements, selection, corpus.belonging, corpus.beside.get("codings"), corpus.lookup, ends)
    return _with_possibly(held, selection, corpus.belonging, ends)


def selected(
    statements: ir.Table,
    selection: Selection,
    belonging: Belonging = ALONE,
    codings: ir.Table | None = None,
    lookup: Lookup = WITHOUT_NAMES,
    ends: Ends | None = None,
) -> ir.Table:
    """The selected statements with the columns they have.

    ``belonging`` says who stands behind a code of an actor, ``codings`` which statements are contested (without: none),
    ``lookup`` where a search looks beside the statements and ``ends`` what stands for the ends of the selection's window.
    """
    statements = found(statements, selection.search, lookup)
    predicates = [*_everywhere(statements, ends or Ends.of(selection.window)), *by_facets(statements, selection, belonging)]
    if selection.is_uncontested and codings is not None:
        predicates.append(statements.statement_id.notin(contested_ids(codings).statement_id))
    return _all_of(statements, predicates)


def contested_ids(codings: ir.Table) -> ir.Table:
    """The statements of whose stance or issue coders gave different values, as one column; what was left open is no value."""
    judged = codings.filter(codings.value != "", codings.variable.isin(CONTESTED_IN))
    units = judged.group_by("statement_id", "variable").having(judged.value.nunique() > 1).aggregate(n=judged.count())
    return units.select("statement_id").distinct()


def narrowed(
    statements: ir.Table,
    shape: Shape,
    belonging: Belonging = ALONE,
    codings: ir.Table | None = None,
    lookup: Lookup = WITHOUT_NAMES,
    *,
    each: bool = False,
) -> ir.Table:
    """Statements selected in this way in the columns of :data:`NARROW`; with ``each`` once for each signatory that is asked for."""
    selection, ends = shape.selection, shape.ends
    held = selected(statements, selection, belonging, codings, lookup, ends)
    if not each:
        return _with_possibly(held, selection, belonging, ends).select(*_KEPT, "is_possibly")
    expanded = belonging.per_signatory(held.select(*_KEPT))
    expanded = _all_of(expanded, by_facets(expanded, selection, belonging.alone))
    return _with_possibly(expanded, selection, belonging.alone, ends)


def with_doubt(statements: ir.Table, ends: Ends) -> ir.Table:
    """The statements with ``is_possibly``: whether some of the days their date can mean are outside the window."""
    return statements.mutate(is_possibly=_is_possibly(statements, ends))


def by_facets(statements: ir.Table, selection: Selection, belonging: Belonging) -> list[ir.BooleanValue]:
    """What the filters of a selection on codes ask of a statement, one predicate each."""
    return list(_by_facet(statements, selection, belonging))


def _all_of(statements: ir.Table, predicates: list[ir.BooleanValue]) -> ir.Table:
    return statements.filter(predicates) if predicates else statements


def _everywhere(statements: ir.Table, ends: Ends) -> list[ir.BooleanValue]:
    predicates = []
    if ends.first is not None:
        predicates.append(statements.stated_to >= ends.first)
    if ends.last is not None:
        predicates.append(statements.stated_from <= ends.last)
    return predicates


def _by_facet(statements: ir.Table, selection: Selection, belonging: Belonging) -> Iterator[ir.BooleanValue]:
    for facet in FACETS:
        column, wanted, unwanted = statements[facet.column], selection.codes(facet.parameter), selection.excluded_codes(facet.parameter)
        if facet.parameter == "actor":
            if wanted:
                yield belonging.possibly(statements, wanted)
            if unwanted:
                yield ~belonging.surely(statements, unwanted)
            continue
        if wanted:
            yield column.isin(wanted)
        if unwanted:
            yield column.notin(unwanted)


def _with_possibly(statements: ir.Table, selection: Selection, belonging: Belonging, ends: Ends) -> ir.Table:
    asked = (*selection.codes("actor"), *selection.excluded_codes("actor"))
    if belonging.signatories is None or not belonging.may_doubt(asked):
        return statements.mutate(is_possibly=_is_in_doubt(statements, selection, belonging, ends))
    again = statements.view()
    return marked(statements, "is_possibly", again.filter(_is_in_doubt(again, selection, belonging, ends)).statement_id)


def _is_in_doubt(statements: ir.Table, selection: Selection, belonging: Belonging, ends: Ends) -> ir.BooleanValue:
    """Whether a selected statement may be outside the window, or its actor outside a group asked for."""
    doubts = [_is_possibly(statements, ends)]
    if belonging.may_doubt(selection.codes("actor")):
        doubts.append(~belonging.surely(statements, selection.codes("actor")))
    if belonging.may_doubt(selection.excluded_codes("actor")):
        doubts.append(belonging.possibly(statements, selection.excluded_codes("actor")))
    return ibis.or_(*doubts) if len(doubts) > 1 else doubts[0]


def _is_possibly(statements: ir.Table, ends: Ends) -> ir.BooleanValue:
    outside = []
    if ends.first is not None:
        outside.append(statements.stated_from < ends.first)
    if ends.last is not None:
        outside.append(statements.stated_to > ends.last)
    return ibis.or_(*outside) if outside else ibis.literal(False)
