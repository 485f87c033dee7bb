"""Steps of time: which one fits a window, the periods of a window, and bins as whole numbers that every engine knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir

STEPS = ("day", "week", "month", "quarter")
COARSER_STEPS = ("year", "decade")
"""Steps of strips alone, where a whole history stands in a few squares."""

MAX_PERIODS = 800
"""More than so many periods side by side cannot be told apart on a screen."""

_DAYS_BEFORE_1970 = date(1970, 1, 1).toordinal() - 1
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_LONGEST = (("day", 62), ("week", 280), ("month", 366 * 6))


def fit_step(window_first: date, window_last: date) -> str:
    """The step that gives a readable number of periods: days up to two months, weeks to 40, months to six years.

    >>> fit_step(date(2016, 7, 1), date(2016, 7, 31)), fit_step(date(2015, 9, 1), date(2017, 1, 31))
    ('day', 'month')
    """
    n_days = (window_last - window_first).days + 1
    return next((step for step, longest in _LONGEST if n_days <= longest), "quarter")


def fit_step_at_most(window_first: date, window_last: date, n_periods: int) -> str:
    """The finest step, years and decades among them, that gives at most so many periods; decades when none does.

    >>> fit_step_at_most(date(2016, 7, 28), date(2016, 7, 29), 24), fit_step_at_most(date(1975, 9, 1), date(2017, 1, 31), 24)
    ('day', 'decade')
    """
    return _finest((*STEPS, *COARSER_STEPS), window_first, window_last, n_periods)


def at_least_as_coarse(step: str, window_first: date, window_last: date, n_periods: int = MAX_PERIODS, steps: Sequence[str] = STEPS) -> str:
    """The step, or the next coarser one of ``steps`` that gives at most so many periods; the coarsest when none does.

    >>> at_least_as_coarse("day", date(1900, 1, 1), date(1999, 12, 31))
    'quarter'
    """
    return _finest(steps[steps.index(step) :], window_first, window_last, n_periods)


def periods(step: str, first: date, last: date) -> tuple[date, ...]:
    """The first day of every period that the days from first to last touch, none left out; weeks begin on Monday.

    >>> [day.isoformat() for day in periods("week", date(2016, 7, 31), date(2016, 8, 1))]
    ['2016-07-25', '2016-08-01']
    """
    return tuple(period_start(step, number) for number in range(period_number(step, first), period_number(step, last) + 1))


def period_number(step: str, day: date) -> int:
    """The period a day is in, counted from the year 1 on."""
    if step in ("day", "week"):
        return (day.toordinal() - 1) // (7 if step == "week" else 1)
    return (day.year * 12 + day.month - 1) // _MONTHS[step]


def period_start(step: str, number: int) -> date:
    """The first day of a period by its number; the first decade begins with the year 1."""
    if step in ("day", "week"):
        return date(1, 1, 1) + timedelta(number * (7 if step == "week" else 1))
    year, month = divmod(number * _MONTHS[step], 12)
    return date(max(year, 1), month + 1, 1)


def period_of(day: ir.DateValue, step: str) -> ir.IntegerValue:
    """:func:`period_number` of a column of dates."""
    if step in ("day", "week"):
        days = (day.epoch_seconds() + _DAYS_BEFORE_1970 * 86_400) // 86_400
        return (days // 7 if step == "week" else days).cast("int32")
    months = day.year().cast("int32") * 12 + day.month().cast("int32") - 1
    return (months if step == "month" else months // _MONTHS[step]).cast("int32")


def is_in_one_period(statements: ir.Table, step: str) -> ir.BooleanValue:
    """Whether all days that a statement's date can mean are in one period, told by how precisely it is dated.

    A month lies in no day and no one week, and within its month, quarter and longer steps; a year in nothing shorter.
    """
    known = {"day": ("day",), "week": ("day",), "month": ("day", "month"), "quarter": ("day", "month")}
    return statements.date_precision.isin(known[step]) if step in known else ibis.literal(True)


def _finest(steps: Sequence[str], first: date, last: date, n_periods: int) -> str:
    return next((step for step in steps if period_number(step, last) - period_number(step, first) < n_periods), steps[-1])
