"""Who said what, when: counts by period, and single statements as long as they can be told apart."""

from __future__ import annotations

from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir

from tracker.analysis.corpus import Corpus
from tracker.analysis.listing import ids_where, rows_where
from tracker.analysis.periods import at_least_as_coarse, fit_step, period_of, period_start, periods
from tracker.analysis.results import Bin, FacetCount, LeftOut, TimelineBins, TimelineMarks
from tracker.core.columns import FACET_BY_PARAMETER
from tracker.core.selection import Selection

MAX_LANES = 40
MAX_MARKS = 3_000


def timeline_bins(
    corpus: Corpus, selection: Selection, step: str = "auto", lane: str | None = None, max_lanes: int = MAX_LANES
) -> TimelineBins:
    """Counts by period and stance, and by lane when ``lane`` names a facet; bins and left-out add up to the n.

    A statement counts in the one period all its days are in; the rest is left out and listed. The periods cover the
    selection's window, open ends filled by the selected statements' first and last day. A step that would
    give more than ``periods.MAX_PERIODS`` becomes coarser. Lanes past the ``max_lanes`` largest are left out and counted.
    """
    extent = extent_of(corpus, selection)
    if extent is None:
        return TimelineBins(fit_step(date.min, date.min) if step == "auto" else step, (), (), 0)
    step = fit_step(*extent) if step == "auto" else at_least_as_coarse(step, *extent)
    counted = corpus.ask_chosen(("bins", step, lane), lambda narrow: _bins_question(narrow, step, lane), selection)
    lanes = {count.code for count in _largest(counted, max_lanes)} if lane else {""}
    shown = [row for row in counted if row["lane"] in lanes]
    bins = tuple(Bin(period_start(step, row["begins"]), row["lane"], row["stance"], row["n"]) for row in shown if row["begins"] >= 0)
    left_out = _undated(corpus, selection, step, shown) + _past_the_limit(counted, lanes, max_lanes)
    n_statements = sum(row["n"] for row in counted)
    return TimelineBins(step, periods(step, *extent), tuple(sorted(bins, key=_reading_order)), n_statements, left_out)


def timeline_marks(
    corpus: Corpus, selection: Selection, lane: str = "actor", max_marks: int = MAX_MARKS, max_lanes: int = MAX_LANES
) -> TimelineMarks:
    """The selected statements of the largest lanes, oldest first; only their number when there are too many to draw.

    Partial dates keep both their ends, so that they can be drawn as spans.
    """
    column = FACET_BY_PARAMETER[lane].column
    counted = corpus.ask_chosen(("lanes", lane), lambda narrow: narrow.group_by(lane=narrow[column]).aggregate(n=narrow.count()), selection)
    lanes = _largest(counted, max_lanes)
    left_out = _past_the_limit(counted, {count.code for count in lanes}, max_lanes)
    n_statements, n_shown = sum(row["n"] for row in counted), sum(count.n_statements for count in lanes)
    if n_shown > max_marks:
        return TimelineMarks(lanes, (), n_statements, True, left_out)
    codes = tuple(sorted(count.code for count in lanes))
    rows = rows_where(corpus, selection, ("lanes", lane, codes), lambda t: t[column].isin(codes)) if codes else ()
    return TimelineMarks(lanes, rows, n_statements, False, left_out)


def extent_of(corpus: Corpus, selection: Selection) -> tuple[date, date] | None:
    """First and last day of the selection's window, open ends filled by the selected statements' first and last day.

    ``None`` when the window is open and nothing fills it.
    """
    window = selection.window
    if window.first and window.last:
        return window.first, window.last
    (row,) = corpus.ask_chosen("extent", lambda n: n.aggregate(first=n.stated_from.min(), last=n.stated_to.max()), selection)
    if row["first"] is None:
        return None
    return window.first or row["first"], window.last or row["last"]


def _bins_question(narrow: ir.Table, step: str, lane: str | None) -> ir.Table:
    begins, ends = period_of(narrow.stated_from, step), period_of(narrow.stated_to, step)
    lanes = narrow[FACET_BY_PARAMETER[lane].column] if lane else ibis.literal("")
    return narrow.group_by(begins=(begins == ends).ifelse(begins, -1), lane=lanes, stance=narrow.stance_code).aggregate(n=narrow.count())


def _largest(counted: list[dict[str, Any]], max_lanes: int) -> tuple[FacetCount, ...]:
    sizes: dict[str, int] = {}
    for row in counted:
        sizes[row["lane"]] = sizes.get(row["lane"], 0) + row["n"]
    return tuple(FacetCount(lane, sizes[lane]) for lane in sorted(sizes, key=lambda lane: (-sizes[lane], lane))[:max_lanes])


def _undated(corpus: Corpus, selection: Selection, step: str, shown: list[dict[str, Any]]) -> tuple[LeftOut, ...]:
    n_undated = sum(row["n"] for row in shown if row["begins"] < 0)
    if not n_undated:
        return ()
    ids = ids_where(corpus, selection, ("undated", step), lambda t: period_of(t.stated_from, step) != period_of(t.stated_to, step))
    return (LeftOut(f"dated less precisely than a {step}", n_undated, ids),)


def _past_the_limit(counted: list[dict[str, Any]], lanes: set[str], max_lanes: int) -> tuple[LeftOut, ...]:
    n_left_out = sum(row["n"] for row in counted if row["lane"] not in lanes)
    return (LeftOut(f"in lanes after the {max_lanes} with the most statements", n_left_out),) if n_left_out else ()


def _reading_order(counted: Bin) -> tuple[date, str, str]:
    return counted.begins_on, counted.lane, counted.stance
