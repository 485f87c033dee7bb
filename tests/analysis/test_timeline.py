"""Timeline bins and marks: honest about partial dates, no period lost, nothing dropped unsaid."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from tests.analysis.corpora import VARIED, chosen_of, code_of, corpus_of, ids_of
from tests.analysis.test_selecting import SELECTIONS
from tests.factory import statement
from tracker.analysis.corpus import Corpus
from tracker.analysis.periods import STEPS, period_number, period_start
from tracker.analysis.timeline import timeline_bins, timeline_marks
from tracker.core.columns import FACET_BY_PARAMETER
from tracker.core.dates import Window
from tracker.core.selection import Selection

ALL = Selection()


@pytest.mark.parametrize("lane", [None, "actor", "issue", "spokesperson"])
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("name", ["everything", "window", "excluded", "search"])
def test_bins_are_what_plain_python_counts(varied: Corpus, name: str, step: str, lane: str | None) -> None:
    result = timeline_bins(varied, SELECTIONS[name], step, lane)
    expected: Counter[tuple[date, str, str]] = Counter()
    undated = []
    for held in (chosen := chosen_of(VARIED, SELECTIONS[name])):
        begins, ends = (period_number(step, day) for day in (held.stated_on.first, held.stated_on.last))
        if begins == ends:
            lane_code = code_of(held, FACET_BY_PARAMETER[lane].column) if lane else ""
            expected[period_start(step, begins), lane_code, code_of(held, "stance_code")] += 1
        else:
            undated.append(held.statement_id)
    assert {(b.begins_on, b.lane, b.stance): b.n_statements for b in result.bins} == expected
    assert result.step == step and result.n_statements == len(chosen)
    assert sum(left.n_statements for left in result.left_out) == len(undated)
    assert {i for left in result.left_out for i in left.statement_ids} == set(undated)
    assert all(f"less precisely than a {step}" in left.reason for left in result.left_out)


def test_zero_periods_are_kept_and_open_ends_filled() -> None:
    with corpus_of(statement("t-1", "2016-07-28"), statement("t-2", "2016-08-03", actor_id="BBB")) as corpus:
        result = timeline_bins(corpus, ALL)
        one_actor = timeline_bins(corpus, ALL.including("actor", "BBB"))
        windowed = timeline_bins(corpus, ALL.within(Window.parse("2016-07-27", "")))
    assert result.step == "day" and len(result.periods) == 7 and len(result.bins) == 2
    assert one_actor.periods == (date(2016, 8, 3),)
    assert windowed.periods[0] == date(2016, 7, 27) and windowed.periods[-1] == date(2016, 8, 3)


@pytest.mark.parametrize(
    ("window", "step", "used", "n_periods"),
    [
        (Window(), "auto", "day", 0),
        (Window(), "week", "week", 0),
        (Window.parse("2016-07", "2016-07"), "auto", "day", 31),
        (Window.parse("2016-07", "2016-07"), "week", "week", 5),
        (Window.parse("2016-07", ""), "auto", "day", 0),
    ],
    ids=["open", "open-week", "closed", "closed-week", "half-open"],
)
def test_nothing_selected(varied: Corpus, window: Window, step: str, used: str, n_periods: int) -> None:
    result = timeline_bins(varied, ALL.including("actor", "ZZZ").within(window), step)
    assert (result.bins, result.n_statements, result.left_out) == ((), 0, ())
    assert (result.step, len(result.periods)) == (used, n_periods)


def test_a_step_too_fine_for_the_window_becomes_coarser(varied: Corpus) -> None:
    result = timeline_bins(varied, ALL.within(Window.parse("1900", "2016")), "day")
    assert result.step == "quarter" and len(result.periods) == 117 * 4


def test_lanes_past_the_limit_are_left_out_and_counted(varied: Corpus) -> None:
    result = timeline_bins(varied, ALL, "quarter", "actor", max_lanes=2)
    assert {b.lane for b in result.bins} == {"AAA", "BBB"}
    assert sum(b.n_statements for b in result.bins) + sum(left.n_statements for left in result.left_out) == len(VARIED)
    undated, past = result.left_out
    assert undated.n_statements == len(undated.statement_ids) and past.n_statements == sum(held.actor_id == "CCC" for held in VARIED)


def test_marks_are_the_selected_statements_oldest_first(varied: Corpus) -> None:
    chosen = SELECTIONS["window"]
    result = timeline_marks(varied, chosen, "actor")
    expected = sorted(chosen_of(VARIED, chosen), key=lambda held: (held.stated_on.first, held.statement_id))
    assert [row.statement_id for row in result.rows] == ids_of(expected)
    assert [row.is_possibly for row in result.rows] == [held.stated_on.within(chosen.window) == "possibly" for held in expected]
    assert sum(lane.n_statements for lane in result.lanes) == result.n_statements == len(expected)
    assert list(result.lanes) == sorted(result.lanes, key=lambda lane: (-lane.n_statements, lane.code))
    assert not result.is_density and not result.left_out


@pytest.mark.parametrize(("max_marks", "is_density"), [(60, False), (59, True)])
def test_too_many_marks_become_a_density(varied: Corpus, max_marks: int, is_density: bool) -> None:
    result = timeline_marks(varied, ALL, "issue", max_marks=max_marks)
    assert (result.is_density, len(result.rows), result.n_statements) == (is_density, 0 if is_density else 60, 60)


@pytest.mark.parametrize("max_lanes", [1, 2, 3])
def test_lanes_asked_for_are_limited_too(varied: Corpus, max_lanes: int) -> None:
    asked = ALL.including("actor", "AAA", "CCC")
    result = timeline_bins(varied, asked, "quarter", "actor", max_lanes=max_lanes)
    assert len({b.lane for b in result.bins}) == min(max_lanes, 2)
    held = sum(b.n_statements for b in result.bins) + sum(left.n_statements for left in result.left_out)
    assert held == result.n_statements == len(chosen_of(VARIED, asked))


def test_marks_of_the_largest_lanes_only(varied: Corpus) -> None:
    result = timeline_marks(varied, ALL, "spokesperson", max_lanes=1)
    (lane,) = result.lanes
    assert {row.spokesperson_id for row in result.rows} == {lane.code} and len(result.rows) == lane.n_statements
    assert result.left_out[0].n_statements == 60 - lane.n_statements and result.n_statements == 60


def test_no_marks(varied: Corpus) -> None:
    result = timeline_marks(varied, SELECTIONS["unknown-code"])
    assert (result.lanes, result.rows, result.n_statements, result.is_density) == ((), (), 0, False)


@pytest.mark.parametrize(("max_cells", "step"), [(0, "month"), (100_000, "month"), (18, "quarter"), (6, "year"), (2, "decade")])
def test_lanes_are_as_fine_as_can_be_told_apart(varied: Corpus, max_cells: int, step: str) -> None:
    """Whatever the step, bins and what is left out add up to the same."""
    found = timeline_bins(varied, ALL, "month", "actor", max_lanes=2, max_cells=max_cells)
    assert found.step == step
    assert not max_cells or 2 * len(found.periods) <= max_cells
    assert found.n_statements == len(VARIED)
    assert sum(cell.n_statements for cell in found.bins) + sum(left.n_statements for left in found.left_out) == len(VARIED)
