"""Who said what, when: counts by period, and single statements as long as they can be told apart."""

from __future__ import annotations

from datetime import date
from operator import itemgetter

import ibis
import ibis.expr.types as ir

from tracker.analysis.corpus import Corpus
from tracker.analysis.facets import count_values
from tracker.analysis.listing import ids_where, rows_where
from tracker.analysis.periods import at_least_as_coarse, fit_step, period_of, period_start, periods
from tracker.analysis.results import Bin, FacetCount, LeftOut, TimelineBins, TimelineMarks
from tracker.core.columns import FACET_BY_PARAMETER
from tracker.core.groups import is_group
from tracker.core.selection import Selection

MAX_LANES = 40
MAX_MARKS = 3_000


def timeline_bins(
    corpus: Corpus, selection: Selection, step: str = "auto", lane: str | None = None, max_lanes: int = MAX_LANES, *, each: bool = False
) -> TimelineBins:
    """Counts by period and stance, and by lane when ``lane`` names a facet; bins and left-out add up to the n.

    A statement counts in the one period all its days are in; the rest is left out and listed. The periods cover the
    selection's window, open ends filled by the selected statements' first and last day. A step that would
    give more than ``periods.MAX_PERIODS`` becomes coarser. With ``each`` a joint statement counts once for each signatory,
    so that in lanes of actors it stands in the lane of each. Lanes past the ``max_lanes`` largest are left out and counted.
    """
    extent = extent_of(corpus, selection)
    if extent is None:
        return TimelineBins(fit_step(date.min, date.min) if step == "auto" else step, (), (), 0)
    step = fit_step(*extent) if step == "auto" else at_least_as_coarse(step, *extent)
    is_bounded = not lane or (0 < len(selection.codes(lane)) <= max_lanes and not any(map(is_group, selection.codes(lane))))
    lanes, past = ((), ()) if is_bounded else _largest_lanes(corpus, selection, lane, max_lanes, each)
    shown = tuple(sorted(count.code for count in lanes)) if past else ()
    counted = corpus.ask_chosen(("bins", step, lane, shown), lambda narrow: _bins_question(narrow, step, lane, shown), selection, each=each)
    dated = sorted((row for row in counted if row["begins"] >= 0), key=itemgetter("begins", "lane", "stance"))
    starts = {number: period_start(step, number) for number in {row["begins"] for row in dated}}
    bins = tuple(Bin(starts[row["begins"]], row["lane"], row["stance"], row["n"]) for row in dated)
    undated = _undated(corpus, selection, step, lane, shown, sum(row["n"] for row in counted if row["begins"] < 0))
    n_statements = sum(row["n"] for row in counted) + sum(left.n_statements for left in past)
    return TimelineBins(step, periods(step, *extent), bins, n_statements, undated + past)


def timeline_marks(
    corpus: Corpus, selection: Selection, lane: str = "actor", max_marks: int = MAX_MARKS, max_lanes: int = MAX_LANES, *, each: bool = False
) -> TimelineMarks:
    """The selected statements of the largest lanes, oldest first; only their number when there are too many to draw.

    Partial dates keep both their ends, so that they can be drawn as spans. With ``each`` a joint statement is there once for
    each signatory, whose code stands in ``actor_id``.
    """
    lanes, past = _largest_lanes(corpus, selection, lane, max_lanes, each)
    n_shown = sum(count.n_statements for count in lanes)
    n_statements = n_shown + sum(left.n_statements for left in past)
    if n_shown > max_marks:
        return TimelineMarks(lanes, (), n_statements, True, past)
    # Named by the lanes only when some are past: a question of its own for every selection costs 15 ms of compiling.
    shown = tuple(sorted(count.code for count in lanes)) if past else ()
    rows = rows_where(corpus, selection, ("lanes", lane, shown), lambda t: _in_lanes(t, lane, shown), each=each) if n_shown else ()
    return TimelineMarks(lanes, rows, n_statements, False, past)


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


def _largest_lanes(
    corpus: Corpus, selection: Selection, lane: str, max_lanes: int, each: bool
) -> tuple[tuple[FacetCount, ...], tuple[LeftOut, ...]]:
    counted = count_values(corpus, selection, lane, each=each)[lane]
    n_past = sum(count.n_statements for count in counted[max_lanes:])
    past = (LeftOut(f"in lanes after the {max_lanes} with the most statements", n_past),) if n_past else ()
    return counted[:max_lanes], past


def _bins_question(narrow: ir.Table, step: str, lane: str | None, shown: tuple[str, ...]) -> ir.Table:
    held = narrow.filter(_in_lanes(narrow, lane, shown)) if lane else narrow
    begins, ends = period_of(held.stated_from, step), period_of(held.stated_to, step)
    lanes = held[FACET_BY_PARAMETER[lane].column] if lane else ibis.literal("")
    return held.group_by(begins=(begins == ends).ifelse(begins, -1), lane=lanes, stance=held.stance_code).aggregate(n=held.count())


def _in_lanes(statements: ir.Table, lane: str, codes: tuple[str, ...]) -> ir.BooleanValue:
    return statements[FACET_BY_PARAMETER[lane].column].isin(codes) if codes else ibis.literal(True)


def _undated(
    corpus: Corpus, selection: Selection, step: str, lane: str | None, shown: tuple[str, ...], n_undated: int
) -> tuple[LeftOut, ...]:
    if not n_undated:
        return ()

    def is_undated(statements: ir.Table) -> ir.BooleanValue:
        undated = period_of(statements.stated_from, step) != period_of(statements.stated_to, step)
        return undated & _in_lanes(statements, lane, shown) if lane else undated

    ids = ids_where(corpus, selection, ("undated", step, lane, shown), is_undated)
    return (LeftOut(f"dated less precisely than a {step}", n_undated, ids),)
