"""A search as Ibis expressions: which statements hold what is looked for."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from tracker.core.columns import FACET_BY_PARAMETER
from tracker.core.folding import PART_BREAK
from tracker.core.searching import All, Node, Not, Some, Term, read_search


@dataclass(frozen=True)
class Lookup:
    """Where a search looks beside the statements: ``names`` has the folded names of the codes of every facet.

    Without names a term kept to a facet finds nothing.
    """

    names: ir.Table | None = None


WITHOUT_NAMES = Lookup()


def found(statements: ir.Table, search: str, lookup: Lookup = WITHOUT_NAMES) -> ir.Table:
    """The statements that a search finds, with the columns they have; all of them when it has no word."""
    root = read_search(search).root
    return statements.filter(_holds(statements, root, lookup)) if root else statements


def _holds(statements: ir.Table, node: Node, lookup: Lookup) -> ir.BooleanValue:
    """Whether a statement holds what a tree asks for, by reading its text."""
    if isinstance(node, Not):
        return ~_holds(statements, node.part, lookup)
    if isinstance(node, All):
        return ibis.and_(*(_holds(statements, part, lookup) for part in node.parts))
    if isinstance(node, Some):
        return ibis.or_(*(_holds(statements, part, lookup) for part in node.parts))
    if node.field in FACET_BY_PARAMETER:
        return _is_named(statements, node, lookup)
    return in_text(statements.search_text, node)


def in_text(text: ir.StringValue, term: Term) -> ir.BooleanValue:
    """Whether search text has the term, in the part of it that the term is kept to."""
    if not term.field:
        return text.contains(term.needle)
    rest = text if term.field == "quote" else text.substr(text.find(PART_BREAK) + 1)
    place = rest.find(term.needle)
    return (place >= 0) & (place < rest.find(PART_BREAK))


def _is_named(statements: ir.Table, term: Term, lookup: Lookup) -> ir.BooleanValue:
    if lookup.names is None:
        return ibis.literal(False)
    names = lookup.names
    meant = names.filter(names.parameter == term.field, names.words.contains(term.needle))
    return statements[FACET_BY_PARAMETER[term.field].column].isin(meant.code)
