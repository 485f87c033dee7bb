"""What all time charts share: a drawing, the time axis in UTC, periods and where they end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any

import altair as alt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tracker.ui import theme
from tracker.ui.charts.specs import Spec

BRUSH, CLICK = "window", "statement"
AXIS_ROOM, LEGEND_ROOM = 28, 48
"""A chart's height includes its axis and legend: what is added to the height of the lanes."""


@dataclass(frozen=True)
class Drawing:
    """A chart ready to draw: its rows, its specification, and what it says to those who cannot see it."""

    rows: pd.DataFrame
    spec: Spec
    description: str

    @cached_property
    def table(self) -> pa.Table:
        """The rows as they are sent to the browser, texts that come again by number; made once, for drawings are kept."""
        table = pa.Table.from_pandas(self.rows, preserve_index=False)
        for place, name in enumerate(table.column_names):
            table = table.set_column(place, name, _small(table.column(place)))
        return table


def _small(column: pa.ChunkedArray) -> pa.Array:
    """The column in fewer bytes: texts that come again by number, whole numbers that are not large in four bytes."""
    held = column.combine_chunks()
    if pa.types.is_large_string(held.type) or pa.types.is_string(held.type):
        encoded = held.dictionary_encode()
        return encoded if 2 * len(encoded.dictionary) < len(held) else held
    if pa.types.is_int64(held.type) and len(held) and pc.max(pc.abs(held)).as_py() < 2**31:
        return held.cast(pa.int32())
    return held


def instant(day: date) -> datetime:
    """Midnight UTC: charts are drawn in UTC so that a day is the same day in every time zone."""
    return datetime.combine(day, time(), UTC)


def day_after(day: date) -> date:
    """Where a bar ends that lasts to the end of this day: the next day; the last day there is stays itself.

    >>> day_after(date(2016, 7, 31)), day_after(date.max) == date.max
    (datetime.date(2016, 8, 1), True)
    """
    return day + timedelta(days=1) if day < date.max else day


def time_axis(**more: Any) -> alt.X:
    """The horizontal axis of every time chart."""
    return alt.X(
        "begins:T", title=None, scale=alt.Scale(type="utc"), axis=alt.Axis(grid=True, gridColor=theme.GRID_COLOUR, labelFlush=True, **more)
    )


def ends_of(periods: Sequence[date], step: str) -> dict[date, date]:
    """The day after the last of each period."""
    return {begins: (periods[i + 1] if i + 1 < len(periods) else _following(begins, step)) for i, begins in enumerate(periods)}


def _following(begins: date, step: str) -> date:
    if step in ("day", "week"):
        return begins + timedelta(days=1 if step == "day" else 7)
    year, month = begins.year, begins.month + {"month": 1, "quarter": 3}.get(step, 0)
    if step in ("year", "decade"):
        year = year + 1 if step == "year" else year // 10 * 10 + 10
    if month > 12:
        year, month = year + 1, month - 12
    return date(year, month, 1) if year <= date.max.year else date.max


def date_format(step: str) -> str:
    """How dates stand on the axis: days for short steps, months for long ones, years for the longest."""
    return "%d %b" if step in ("day", "week") else "%Y" if step in ("year", "decade") else "%b %Y"


def domain_of(periods: Sequence[date], ends: dict[date, date]) -> list[dict[str, str]]:
    """The ends of the axis: the first day of the first period and the day after the last, as Vega expressions in UTC."""
    edges = (periods[0], ends[periods[-1]]) if periods else (date(2000, 1, 1), date(2000, 1, 2))
    return [{"signal": f"utc({day.year}, {day.month - 1}, {day.day})"} for day in edges]
