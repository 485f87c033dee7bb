"""What stands around one statement: the same spokesperson before and after, the same issue in the same days."""

from __future__ import annotations

from datetime import date, timedelta

import ibis
import ibis.expr.types as ir

from tracker.analysis.corpus import Corpus
from tracker.analysis.listing import ROW_COLUMNS, Predicate, as_rows
from tracker.analysis.results import Neighbours, StatementRow
from tracker.analysis.selecting import with_doubt
from tracker.core.dates import Window
from tracker.core.vocabulary import NOT_GIVEN


def neighbours(corpus: Corpus, statement_id: str, days: int = 14, limit: int = 5) -> Neighbours:
    """The nearest statements by the same spokesperson and on the same issue, at most ``limit`` each, oldest first.

    Before and after go by the first day a date can mean, then by place in the file. On the same issue are all
    statements, by anybody, that may lie within ``days`` days of it. Empty for an unknown id, and where the statement
    has no spokesperson or no issue.
    """
    columns = ("row_number", "spokesperson_id", "issue_id", "stated_from", "stated_to")
    held = corpus.statements
    found = corpus.ask(("neighbour", statement_id), lambda: held.filter(held.statement_id == statement_id).select(*columns))
    if not found:
        return Neighbours((), (), (), 0, 0, 0, days)
    row_number, spokesperson, issue, begins, ends = found[0].values()
    first, last = _shifted(begins, -days), _shifted(ends, days)

    def near(t: ir.Table) -> ir.BooleanValue:
        return (t.issue_id == issue) & (t.row_number != row_number) & (t.stated_to >= first) & (t.stated_from <= last)

    def before(t: ir.Table) -> ir.BooleanValue:
        return (t.spokesperson_id == spokesperson) & ((t.stated_from < begins) | ((t.stated_from == begins) & (t.row_number < row_number)))

    def after(t: ir.Table) -> ir.BooleanValue:
        return (t.spokesperson_id == spokesperson) & ((t.stated_from > begins) | ((t.stated_from == begins) & (t.row_number > row_number)))

    around = _Around(corpus, statement_id, begins, limit)
    lists = {
        "before": around.nearest("before", before) if spokesperson != NOT_GIVEN else ((), 0),
        "after": around.nearest("after", after) if spokesperson != NOT_GIVEN else ((), 0),
        "same_issue": around.nearest(("same_issue", days), near) if issue != NOT_GIVEN else ((), 0),
    }
    return Neighbours(**{name: rows for name, (rows, _) in lists.items()}, **{f"n_{name}": n for name, (_, n) in lists.items()}, days=days)


class _Around:
    """Asks for the statements nearest to one date."""

    def __init__(self, corpus: Corpus, statement_id: str, day: date, limit: int) -> None:
        self.corpus, self.statement_id, self.day, self.limit = corpus, statement_id, day, limit

    def nearest(self, name: object, predicate: Predicate) -> tuple[tuple[StatementRow, ...], int]:
        key = ("nearest", name, self.statement_id, self.limit)
        rows = self.corpus.ask(key, lambda: self._question(predicate))
        n_statements = rows[0]["n"] if rows else 0
        ordered = sorted(rows, key=lambda row: (row["stated_from"], row.pop("row_number"), row.pop("n")))
        return as_rows(ordered), n_statements

    def _question(self, predicate: Predicate) -> ir.Table:
        held = self.corpus.statements
        held = with_doubt(held.filter(predicate(held)), Window())
        counted = held.mutate(n=held.count().over(ibis.window()))
        distance = (counted.stated_from.epoch_seconds() - ibis.literal(self.day).epoch_seconds()).abs()
        return counted.order_by([distance, counted.row_number]).limit(self.limit).select(*ROW_COLUMNS, "row_number", "n")


def _shifted(day: date, days: int) -> date:
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.min if days < 0 else date.max
