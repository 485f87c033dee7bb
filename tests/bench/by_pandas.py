"""The questions as a dashboard without an engine writes them: one frame in memory, masks, value_counts, groupby, sort."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import pandas as pd

from tests.bench.filters import Filter
from tracker.analysis.listing import ROW_COLUMNS
from tracker.analysis.periods import fit_step_at_most
from tracker.analysis.positions import MAX_CELL_IDS, MAX_OTHERS
from tracker.analysis.timeline import MAX_LANES
from tracker.core.columns import FACETS
from tracker.core.vocabulary import NOT_CODED, NOT_GIVEN
from tracker.store.rows import STATEMENT_SCHEMA

_CODES = tuple(facet.column for facet in FACETS)
_READ = tuple(dict.fromkeys([*(name for name in ROW_COLUMNS if name != "is_possibly"), *_CODES, "row_number", "search_text"]))
_ROWS = [name for name in ROW_COLUMNS if name != "is_possibly"]


def load(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The columns of the questions as pandas reads them from a table: text and dates."""
    columns = ", ".join(f'"{name}"::VARCHAR AS "{name}"' if name in _TEXT else f'"{name}"' for name in _READ)
    return connection.sql(f"SELECT {columns} FROM statements").df()


_TEXT = frozenset(field.name for field in STATEMENT_SCHEMA if str(field.type) == "string")


def facets(frame: pd.DataFrame, chosen: Filter) -> tuple[dict[str, pd.Series], tuple[Any, ...]]:
    """The counts of each facet under all other filters, and the numbers of the selection."""
    counts = {column: frame.loc[_mask(frame, chosen, but=column), column].value_counts() for column in _CODES}
    held = frame[_mask(frame, chosen)]
    return counts, _numbers(held, chosen)


def bins(frame: pd.DataFrame, chosen: Filter) -> tuple[pd.Series, int, pd.Series]:
    """Months by lane and stance of the largest lanes, rows past them, and ids without a month."""
    held = frame[_mask(frame, chosen)]
    lanes = held["actor_id"].value_counts().reset_index().sort_values(["count", "actor_id"], ascending=[False, True])
    shown = held[held["actor_id"].isin(lanes["actor_id"][:MAX_LANES])]
    begins, ends = shown["stated_from"].dt.to_period("M"), shown["stated_to"].dt.to_period("M")
    dated = shown[begins == ends]
    counted = dated.groupby([begins[begins == ends], "actor_id", "stance_code"]).size()
    undated = shown[begins != ends].sort_values(["stated_from", "row_number"])["statement_id"]
    return counted, len(held) - len(shown), undated


def page(frame: pd.DataFrame, chosen: Filter, before: int, size: int) -> tuple[int, pd.DataFrame]:
    """How many there are, and a page of them, newest first."""
    held = frame[_mask(frame, chosen)].sort_values(["stated_from", "row_number"], ascending=False)
    return len(held), _with_doubt(held.iloc[before : before + size], chosen)


def rerun(frame: pd.DataFrame, chosen: Filter) -> tuple[Any, Any, Any]:
    """Facets, bins and first page, one after the other."""
    return facets(frame, chosen), bins(frame, chosen), page(frame, chosen, 0, 50)


def compare(
    frame: pd.DataFrame, chosen: Filter, actors: Sequence[str], issues: Sequence[str]
) -> tuple[str, pd.Series, pd.DataFrame, pd.DataFrame]:
    """As :func:`by_hand.compare`: step, counts by cell, the rows that make the cells, wide rows of those shown."""
    without = Filter(chosen.name, chosen.selection.including("actor"))
    held = frame[_mask(frame, without) & frame["actor_id"].isin(actors) & frame["issue_id"].isin(issues)]
    held = _with_doubt(held, chosen)
    first, last = chosen.first or held["stated_from"].min(), chosen.last or held["stated_to"].max()
    step = "day" if pd.isna(first) else fit_step_at_most(pd.Timestamp(first).date(), pd.Timestamp(last).date(), 24)
    order = ["actor_id", "issue_id", "speaks_for_actor", "stated_from", "stated_to", "row_number"]
    held = held.sort_values(order, ascending=[True] * 3 + [False] * 3)
    begins, ends = _period(held["stated_from"], step), _period(held["stated_to"], step)
    held = held.assign(begins=begins.where(begins == ends), is_coded=held["stance_code"] != NOT_CODED)
    cell = ["actor_id", "issue_id", "speaks_for_actor"]
    counts = held.groupby([*cell, "stance_code", "begins"], dropna=False).agg(n=("row_number", "size"), n_possibly=("is_possibly", "sum"))
    eligible = held[held["is_coded"] & ~held["is_possibly"]].drop_duplicates(cell)[[*cell, "stated_from", "stated_to"]]
    held = held.merge(eligible.rename(columns={"stated_from": "newest_from", "stated_to": "newest_to"}), on=cell, how="left")
    latest = held["stated_to"].clip(upper=pd.Timestamp(chosen.last)) if chosen.last else held["stated_to"]
    is_newest = (held["stated_from"] == held["newest_from"]) & (held["stated_to"] == held["newest_to"])
    is_carrier = held["is_coded"] & ~held["is_possibly"] & is_newest
    later = held["is_coded"] & ~is_carrier & (held["newest_from"].isna() | (latest > held["newest_from"]))
    nth, n_cell = held.groupby(cell).cumcount(), held.groupby(cell)["row_number"].transform("size")
    held = held.assign(is_carrier=is_carrier, may_be_later=later, nth=nth, is_first=nth == n_cell - 1)
    rows = held[(nth < MAX_CELL_IDS) | held["is_first"] | is_carrier | later]
    speaking = rows[rows["speaks_for_actor"]]
    others = speaking[~speaking["is_carrier"]].groupby(cell).head(MAX_OTHERS)
    return step, counts, rows, pd.concat([speaking[speaking["is_carrier"]], others])[_ROWS]


def _mask(frame: pd.DataFrame, chosen: Filter, but: str = "") -> pd.Series:
    mask = pd.Series(True, index=frame.index)
    for column, codes in chosen.codes.items():
        if column != but:
            mask &= frame[column].isin(codes)
    if chosen.first:
        mask &= frame["stated_to"] >= pd.Timestamp(chosen.first)
    if chosen.last:
        mask &= frame["stated_from"] <= pd.Timestamp(chosen.last)
    if chosen.needle:
        mask &= frame["search_text"].str.contains(chosen.needle, regex=False)
    return mask


def _with_doubt(held: pd.DataFrame, chosen: Filter) -> pd.DataFrame:
    doubt = pd.Series(False, index=held.index)
    if chosen.first:
        doubt |= held["stated_from"] < pd.Timestamp(chosen.first)
    if chosen.last:
        doubt |= held["stated_to"] > pd.Timestamp(chosen.last)
    return held.assign(is_possibly=doubt)


def _numbers(held: pd.DataFrame, chosen: Filter) -> tuple[Any, ...]:
    distinct = [held.loc[held[name] != NOT_GIVEN, name].nunique() for name in ("actor_id", "spokesperson_id", "issue_id")]
    return len(held), int(_with_doubt(held, chosen)["is_possibly"].sum()), *distinct, held["stated_from"].min(), held["stated_to"].max()


def _period(days: pd.Series, step: str) -> pd.Series:
    if step == "decade":
        return pd.to_datetime((days.dt.year // 10 * 10).astype(str), format="%Y")
    return days.dt.to_period({"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}[step]).dt.start_time
