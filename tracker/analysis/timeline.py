"""Who said what, when: counts by period, and single statements as long as they can be told apart."""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir
import pandas as pd

from tracker.analysis.corpus import Corpus
from tracker.analysis.facets import count_selection, count_values
from tracker.analysis.listing import ids_where, rows_where
from tracker.analysis.periods import COARSER_STEPS, STEPS, at_least_as_coarse, fit_step, is_in_one_period, period_of, period_start, periods
from tracker.analysis.results import Bin, FacetCount, LeftOut, TimelineBins, TimelineMarks
from tracker.analysis.shapes import placeholder
from tracker.core.columns import FACET_BY_PARAMETER
from tracker.core.groups import is_group
from tracker.core.selection import Selection

MAX_LANES = 40
MAX_MARKS = 1_000
MAX_CELLS = 3_000
"""So many marks, or cells of lanes by periods, can be told apart on a page and sent to a browser at once."""


def timeline_bins(
    corpus: Corpus,
    selection: Selection,
    step: str = "auto",
    lane: str | None = None,
    max_lanes: int = MAX_LANES,
    *,
    each: bool = False,
    max_cells: int = 0,
) -> TimelineBins:
    """Counts by period and stance, and by lane when ``lane`` names a facet; bins and left-out add up to the n.

    A statement counts in the one period all its days are in; the rest is left out and listed. The periods cover the
    selection's window, open ends filled by the selected statements' first and last day. A step that would
    give more than ``periods.MAX_PERIODS`` becomes coarser. With ``each`` a joint statement counts once for each signatory,
    in the lane of each; in lanes of anything but actors it counts once. Lanes past the ``max_lanes`` largest are left out and counted.
    ``max_cells`` (0: no limit) makes the step of lanes coarser, years and decades included, until lanes by periods are no more.
    """
    each = each and lane in (None, "actor")
    extent = extent_of(corpus, selection)
    if extent is None:
        return TimelineBins(fit_step(date.min, date.min) if step == "auto" else step, (), (), 0)
    step = fit_step(*extent) if step == "auto" else at_least_as_coarse(step, *extent)
    is_bounded = not lane or (0 < len(selection.codes(lane)) <= max_lanes and not any(map(is_group, selection.codes(lane))))
    lanes, past = ((), ()) if is_bounded else _largest_lanes(corpus, selection, lane, max_lanes, each)
    shown = tuple(sorted(count.code for count in lanes)) if past else ()
    if lane and max_cells:
        n_lanes = len(selection.codes(lane)) if is_bounded else len(lanes)
        step = at_least_as_coarse(step, *extent, max_cells // max(1, n_lanes), (*STEPS, *COARSER_STEPS))
    counted = _counted(corpus, selection, step, lane, shown, each)
    n_undated = int(counted["n"][counted["begins"] < 0].sum())
    undated = _undated(corpus, selection, step, lane, shown, n_undated)
    n_statements = int(counted["n"].sum()) + sum(left.n_statements for left in past)
    bins = _bins(counted[counted["begins"] >= 0], step)
    return TimelineBins(step, periods(step, *extent), bins, n_statements, undated + past)


def timeline_marks(
    corpus: Corpus, selection: Selection, lane: str = "actor", max_marks: int = MAX_MARKS, max_lanes: int = MAX_LANES, *, each: bool = False
) -> TimelineMarks:
    """The selected statements of the largest lanes, oldest first; only their number when there are too many to draw.

    Partial dates keep both their ends, so that they can be drawn as spans. With ``each`` a joint statement is there once for
    each signatory, whose code stands in ``actor_id``; in lanes of anything but actors once.
    """
    each = each and lane == "actor"
    lanes, past = _largest_lanes(corpus, selection, lane, max_lanes, each)
    n_shown = sum(count.n_statements for count in lanes)
    n_statements = n_shown + sum(left.n_statements for left in past)
    if n_shown > max_marks:
        return TimelineMarks(lanes, (), n_statements, True, past)
    shown = tuple(sorted(count.code for count in lanes)) if past else ()
    name, values = ("lanes", lane, bool(shown)), {placeholder("lanes"): shown}
    rows = rows_where(corpus, selection, name, lambda t: _in_lanes(t, lane, bool(shown)), each=each, values=values) if n_shown else ()
    return TimelineMarks(lanes, rows, n_statements, False, past)


def extent_of(corpus: Corpus, selection: Selection) -> tuple[date, date] | None:
    """First and last day of the selection's window, open ends filled by the selected statements' first and last day.

    ``None`` when the window is open and nothing fills it.
    """
    window = selection.window
    if window.first and window.last:
        return window.first, window.last
    count = count_selection(corpus, selection)
    if count.first_on is None or count.last_on is None:
        return None
    return window.first or count.first_on, window.last or count.last_on


def _largest_lanes(
    corpus: Corpus, selection: Selection, lane: str, max_lanes: int, each: bool
) -> tuple[tuple[FacetCount, ...], tuple[LeftOut, ...]]:
    counted = count_values(corpus, selection, lane, each=each)[lane]
    n_past = sum(count.n_statements for count in counted[max_lanes:])
    past = (LeftOut(f"in lanes after the {max_lanes} with the most statements", n_past),) if n_past else ()
    return counted[:max_lanes], past


def _counted(corpus: Corpus, selection: Selection, step: str, lane: str | None, shown: tuple[str, ...], each: bool) -> pd.DataFrame:
    """Counts by period, lane and stance. Those of all lanes give, summed, those without lanes of the same page: one pass for both."""
    key, is_cut = ("bins", selection, step, each), bool(shown)
    if lane is None and (held := corpus.kept.get(key)) is not None:
        return held
    name, values = ("bins", step, lane, is_cut), {placeholder("lanes"): shown}
    counted = corpus.frame_chosen(name, lambda narrow: _bins_question(narrow, step, lane, is_cut), selection, each=each, values=values)
    if lane and not is_cut:
        corpus.kept.put(key, counted.groupby(["begins", "stance"], as_index=False, observed=True)["n"].sum().assign(lane=""))
    return counted


def _bins_question(narrow: ir.Table, step: str, lane: str | None, is_cut: bool) -> ir.Table:
    held = narrow.filter(_in_lanes(narrow, lane, is_cut)) if lane else narrow
    begins = is_in_one_period(held, step).ifelse(period_of(held.stated_from, step), -1)
    lanes = held[FACET_BY_PARAMETER[lane].column] if lane else ibis.literal("")
    counted = held.group_by(begins=begins, lane=lanes, stance=held.stance_code).aggregate(n=held.count())
    return counted.order_by("begins", "lane", "stance")


def _bins(counted: pd.DataFrame, step: str) -> tuple[Bin, ...]:
    numbers = counted["begins"].tolist()
    starts = {number: period_start(step, number) for number in set(numbers)}
    columns = (map(starts.__getitem__, numbers), counted["lane"].tolist(), counted["stance"].tolist(), counted["n"].tolist())
    # Sorted by the engine but for its idea of letters, so that little is left to do.
    return tuple(sorted(map(Bin._make, zip(*columns, strict=True))))


def _in_lanes(statements: ir.Table, lane: str, is_cut: bool) -> ir.BooleanValue:
    return statements[FACET_BY_PARAMETER[lane].column].isin([placeholder("lanes")]) if is_cut else ibis.literal(True)


def _undated(
    corpus: Corpus, selection: Selection, step: str, lane: str | None, shown: tuple[str, ...], n_undated: int
) -> tuple[LeftOut, ...]:
    if not n_undated:
        return ()

    def is_undated(statements: ir.Table) -> ir.BooleanValue:
        undated = ~is_in_one_period(statements, step)
        return undated & _in_lanes(statements, lane, True) if lane and shown else undated

    key = ("undated", selection, step, lane if shown else None, shown)
    ids = corpus.kept.get(key)
    if ids is None:
        name, values = ("undated", step, lane if shown else None, bool(shown)), {placeholder("lanes"): shown}
        ids = corpus.kept.put(key, ids_where(corpus, selection, name, is_undated, values))
    return (LeftOut(f"dated less precisely than a {step}", n_undated, ids),)
