"""What stands around one statement: the same spokesperson before and after, the same issue in the same days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir

from tracker.analysis.corpus import Corpus
from tracker.analysis.listing import rows_by_number
from tracker.analysis.periods import period_number, period_of
from tracker.analysis.results import Neighbours, StatementRow
from tracker.core.dates import Window
from tracker.core.vocabulary import NOT_GIVEN

_LISTS = ("before", "after", "same_issue")


def neighbours(corpus: Corpus, statement_id: str, days: int = 14, limit: int = 5) -> Neighbours:
    """The nearest statements by the same spokesperson and on the same issue, at most ``limit`` each, oldest first.

    Before and after go by the first day a date can mean, then by place in the file. On the same issue are all
    statements, by anybody, that may lie within ``days`` days of it. Empty for an unknown id, and where the statement
    has no spokesperson or no issue.
    """
    columns = ("row_number", "spokesperson_id", "issue_id", "stated_from", "stated_to")
    held = corpus.statements
    found = corpus.ask(("neighbour", statement_id), lambda: held.filter(held.statement_id == statement_id).select(*columns))
    around = corpus.ask(("around", statement_id, days, limit), lambda: _around(held, found[0], days, limit)) if found else []
    rows = {row.statement_id: row for row in rows_by_number(corpus, (row["row_number"] for row in around), Window())}
    places = {name: {row["statement_id"]: row["n"] for row in around if row["list"] == name} for name in _LISTS}
    lists = {name: tuple(row for statement_id, row in rows.items() if statement_id in places[name]) for name in _LISTS}
    sizes = {f"n_{name}": max(places[name].values(), default=0) for name in _LISTS}
    return Neighbours(**lists, **sizes, days=days)


def previous_wording(corpus: Corpus, statement_id: str) -> StatementRow | None:
    """The last statement of the same spokesperson on the same issue that is surely earlier; ``None`` when there is none.

    Of several on one day the last in the file. Without a spokesperson or an issue there is none.
    """
    held = corpus.statements

    def question() -> ir.Table:
        this = held.filter((held.statement_id == statement_id) & (held.spokesperson_id != NOT_GIVEN) & (held.issue_id != NOT_GIVEN)).view()
        same = [held.spokesperson_id == this.spokesperson_id, held.issue_id == this.issue_id, held.stated_to < this.stated_from]
        found = held.semi_join(this, same)
        return found.order_by([found.stated_from.desc(), found.row_number.desc()]).limit(1).select("row_number")

    numbers = [row["row_number"] for row in corpus.ask(("previous", statement_id), question)]
    return next(iter(rows_by_number(corpus, numbers, Window())), None)


def _around(statements: ir.Table, this: Mapping[str, Any], days: int, limit: int) -> ir.Table:
    day, place = this["stated_from"], this["row_number"]
    is_earlier = (statements.stated_from < day) | ((statements.stated_from == day) & (statements.row_number < place))
    is_other = statements.row_number != place
    by_same = (statements.spokesperson_id == this["spokesperson_id"]) & ibis.literal(this["spokesperson_id"] != NOT_GIVEN)
    on_same = (statements.issue_id == this["issue_id"]) & ibis.literal(this["issue_id"] != NOT_GIVEN)
    first, last = _shifted(this["stated_from"], -days), _shifted(this["stated_to"], days)
    is_near = (statements.stated_to >= first) & (statements.stated_from <= last)
    predicates = (by_same & is_earlier, by_same & ~is_earlier & is_other, on_same & is_near & is_other)
    return ibis.union(*(_nearest(statements.filter(p), name, day, limit) for name, p in zip(_LISTS, predicates, strict=True)))


def _nearest(held: ir.Table, name: str, day: date, limit: int) -> ir.Table:
    distance = (period_of(held.stated_from, "day") - period_number("day", day)).abs()
    counted = held.select("statement_id", "row_number", distance=distance, n=held.count().over(ibis.window()))
    same_day_order = counted.row_number.desc() if name == "before" else counted.row_number.asc()
    nearest = counted.order_by([counted.distance, same_day_order]).limit(limit)
    return nearest.select(ibis.literal(name).name("list"), "statement_id", "row_number", "n")


def _shifted(day: date, days: int) -> date:
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.min if days < 0 else date.max
