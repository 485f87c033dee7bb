"""Periods of time: sizes that fit, no period left out, the same numbers in the store as in Python."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.analysis.corpora import corpus_of
from tests.factory import statement
from tracker.analysis.periods import (
    COARSER_STEPS,
    STEPS,
    at_least_as_coarse,
    fit_step,
    fit_step_at_most,
    is_in_one_period,
    period_number,
    period_of,
    period_start,
    periods,
)


@pytest.mark.parametrize(
    ("first", "last", "step"),
    [
        ("2016-07-28", "2016-07-28", "day"),
        ("2016-07-01", "2016-08-31", "day"),
        ("2016-07-01", "2016-09-01", "week"),
        ("2016-01-01", "2016-10-06", "week"),
        ("2016-01-01", "2016-10-07", "month"),
        ("2011-01-01", "2016-12-31", "month"),
        ("2011-01-01", "2017-01-10", "quarter"),
        ("0001-01-01", "9999-12-31", "quarter"),
    ],
)
def test_step_that_fits(first: str, last: str, step: str) -> None:
    assert fit_step(date.fromisoformat(first), date.fromisoformat(last)) == step


@pytest.mark.parametrize(
    ("step", "first", "last", "expected"),
    [
        ("day", "2016-02-28", "2016-03-01", ["2016-02-28", "2016-02-29", "2016-03-01"]),
        ("week", "2016-07-31", "2016-08-08", ["2016-07-25", "2016-08-01", "2016-08-08"]),
        ("month", "2016-12-31", "2017-02-01", ["2016-12-01", "2017-01-01", "2017-02-01"]),
        ("quarter", "2016-03-31", "2016-10-01", ["2016-01-01", "2016-04-01", "2016-07-01", "2016-10-01"]),
        ("day", "2016-07-28", "2016-07-28", ["2016-07-28"]),
        ("week", "0001-01-01", "0001-01-07", ["0001-01-01"]),
        ("month", "9999-12-31", "9999-12-31", ["9999-12-01"]),
        ("week", "9999-12-31", "9999-12-31", ["9999-12-27"]),
        ("year", "2015-12-31", "2017-01-01", ["2015-01-01", "2016-01-01", "2017-01-01"]),
        ("decade", "2009-12-31", "2010-01-01", ["2000-01-01", "2010-01-01"]),
        ("decade", "0001-01-01", "0009-12-31", ["0001-01-01"]),
    ],
)
def test_periods_of_a_window(step: str, first: str, last: str, expected: list[str]) -> None:
    assert [day.isoformat() for day in periods(step, date.fromisoformat(first), date.fromisoformat(last))] == expected


EVERY_STEP = (*STEPS, *COARSER_STEPS)


@given(st.sampled_from(EVERY_STEP), st.dates(date(1500, 1, 1), date(2500, 1, 1)), st.integers(0, 900))
@example("week", date(2016, 7, 31), 1)
def test_every_day_is_in_exactly_one_period(step: str, first: date, n_days: int) -> None:
    last = first + timedelta(n_days)
    starts = periods(step, first, last)
    assert list(starts) == sorted(set(starts)) and starts[0] <= first and starts[-1] <= last
    assert step != "week" or all(day.weekday() == 0 for day in starts)
    for day in (first, last):
        assert period_start(step, period_number(step, day)) == max(start for start in starts if start <= day)


@pytest.mark.parametrize("n_periods", [1, 12, 24])
def test_few_squares(n_periods: int) -> None:
    first, last = date(2015, 9, 28), date(2017, 1, 24)
    step = fit_step_at_most(first, last, n_periods)
    finer = EVERY_STEP[: EVERY_STEP.index(step)]
    assert len(periods(step, first, last)) <= n_periods or step == "decade"
    assert all(len(periods(other, first, last)) > n_periods for other in finer)


def test_too_many_days_become_weeks() -> None:
    assert at_least_as_coarse("day", date(2005, 1, 1), date(2016, 1, 1)) == "week"
    assert at_least_as_coarse("day", date(2016, 1, 1), date(2016, 12, 31)) == "day"


DAYS = ["0001-01-01", "0004-02-29", "1582-10-15", "1969-12-31", "1970-01-01", "1970-01-05", "2016-02-29", "2016-07-31", "9999-12-31"]


@pytest.mark.parametrize("step", EVERY_STEP)
def test_the_store_numbers_periods_as_python_does(step: str) -> None:
    with corpus_of(*(statement(f"t-{n}", day) for n, day in enumerate(DAYS))) as corpus:
        held = corpus.statements
        rows = corpus.ask(None, lambda: held.order_by("row_number").select("stated_on", number=period_of(held.stated_from, step)))
    assert [row["number"] for row in rows] == [period_number(step, date.fromisoformat(day)) for day in DAYS]


@pytest.mark.parametrize("step", EVERY_STEP)
def test_how_precise_a_date_is_says_whether_it_is_in_one_period(step: str) -> None:
    """February of 28 days from a Monday on and the shortest year are no exceptions."""
    written = ["2016-07-28", "2016-07", "2016", "2021-02", "2016-12-31", "0001", "9999-12"]
    with corpus_of(*(statement(f"t-{n}", day) for n, day in enumerate(written))) as corpus:
        held = corpus.statements
        rows = corpus.ask(None, lambda: held.order_by("row_number").select("stated_from", "stated_to", fits=is_in_one_period(held, step)))
    assert [row["fits"] for row in rows] == [
        period_number(step, row["stated_from"]) == period_number(step, row["stated_to"]) for row in rows
    ]
