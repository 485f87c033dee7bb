"""Statements marked by whether they are in another table: what every engine understands where a predicate with a subquery is not."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

_KEY = "marked_by"


def marked(statements: ir.Table, name: str, among: ir.Column) -> ir.Table:
    """The statements with a boolean column ``name``: whether ``statement_id`` is ``among`` a column of ids, which may repeat.

    One row in, one row out; an id that no statement has marks nothing. ``isin`` of a table says the same in a filter; as a
    value of a row Spark Connect servers refuse it.

    >>> statements = ibis.table({"statement_id": "string", "actor_id": "string"}, name="statements")
    >>> relations = ibis.table({"other_statement_id": "string"}, name="relations")
    >>> marked(statements, "is_ended", relations.other_statement_id).columns
    ('statement_id', 'actor_id', 'is_ended')
    """
    ids = among.name(_KEY).as_table().distinct().mutate(**{name: ibis.literal(True)})
    joined = statements.left_join(ids, statements.statement_id.cast("string") == ids[_KEY].cast("string"))
    return joined.select(*statements.columns, **{name: joined[name].fill_null(False)})
