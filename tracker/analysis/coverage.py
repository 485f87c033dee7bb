"""What a data set covers: by month and actor, by language, by how precisely statements are dated."""

from __future__ import annotations

import ibis.expr.types as ir

from tracker.analysis.corpus import Corpus
from tracker.analysis.facets import count_values
from tracker.analysis.listing import ids_where
from tracker.analysis.periods import period_of, period_start, periods
from tracker.analysis.results import Coverage, CoverageCell, FacetCount, LeftOut
from tracker.core.selection import Selection


def cover(corpus: Corpus, selection: Selection = Selection()) -> Coverage:
    """Counts by month and actor, zero months kept in ``months``; statements dated by year only are left out and listed.

    Languages and precisions count every selected statement, most first.
    """
    counted = corpus.ask_chosen("coverage", _cells_question, selection)
    dated = [row for row in counted if row["month"] >= 0]
    cells = tuple(CoverageCell(period_start("month", row["month"]), row["actor"], row["n"]) for row in dated)
    precisions = corpus.ask_chosen("precisions", _precisions_question, selection)
    return Coverage(
        months=periods("month", min(c.month for c in cells), max(c.month for c in cells)) if cells else (),
        cells=tuple(sorted(cells, key=lambda cell: (cell.month, cell.actor_id))),
        languages=count_values(corpus, selection, "language")["language"],
        precisions=tuple(sorted((FacetCount(r["code"], r["n"]) for r in precisions), key=lambda c: (-c.n_statements, c.code))),
        n_statements=sum(row["n"] for row in counted),
        left_out=_undated(corpus, selection, sum(row["n"] for row in counted if row["month"] < 0)),
    )


def _undated(corpus: Corpus, selection: Selection, n_undated: int) -> tuple[LeftOut, ...]:
    if not n_undated:
        return ()
    ids = ids_where(corpus, selection, ("undated", "month"), lambda t: period_of(t.stated_from, "month") != period_of(t.stated_to, "month"))
    return (LeftOut("dated less precisely than a month", n_undated, ids),)


def _cells_question(narrow: ir.Table) -> ir.Table:
    begins, ends = period_of(narrow.stated_from, "month"), period_of(narrow.stated_to, "month")
    return narrow.group_by(month=(begins == ends).ifelse(begins, -1), actor=narrow.actor_id).aggregate(n=narrow.count())


def _precisions_question(narrow: ir.Table) -> ir.Table:
    return narrow.group_by(code=narrow.date_precision).aggregate(n=narrow.count())
