"""The questions as polars asks them: one frame in memory with categories, lazy filters and group_by."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import polars as pl

from tests.bench.filters import Filter
from tracker.analysis.listing import ROW_COLUMNS
from tracker.analysis.timeline import MAX_LANES
from tracker.core.columns import FACETS
from tracker.core.vocabulary import NOT_GIVEN

_CODES = tuple(facet.column for facet in FACETS)
_ROWS = [name for name in ROW_COLUMNS if name != "is_possibly"]
_COUNTED = ("actor_id", "spokesperson_id", "issue_id")


def load(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """The columns of the questions, codes as categories."""
    columns = ", ".join(f'"{name}"' for name in dict.fromkeys([*_ROWS, *_CODES, "row_number", "search_text"]))
    frame = connection.sql(f"SELECT {columns} FROM statements").pl()
    return frame.with_columns(pl.col(name).cast(pl.String).cast(pl.Categorical) for name in _CODES)


def rerun(frame: pl.DataFrame, chosen: Filter) -> tuple[Any, Any, Any]:
    """Facets with the numbers of the selection, bins and first page."""
    return facets(frame, chosen), bins(frame, chosen), page(frame, chosen, 50)


def facets(frame: pl.DataFrame, chosen: Filter) -> tuple[dict[str, dict[str, int]], tuple[Any, ...]]:
    """The counts of each facet under all other filters, and the numbers of the selection."""
    asked = [_held(frame, chosen, but=name).group_by(pl.col(name).alias("code")).len() for name in _CODES]
    distinct = [pl.col(name).filter(pl.col(name) != NOT_GIVEN).n_unique() for name in _COUNTED]
    numbers = _held(frame, chosen).select(
        pl.len().alias("n"), _doubt(chosen).sum().alias("doubt"), *distinct, pl.min("stated_from"), pl.max("stated_to")
    )
    *counted, numbers = pl.collect_all([*asked, numbers])
    return {name: dict(held.iter_rows()) for name, held in zip(_CODES, counted, strict=True)}, numbers.row(0)


def bins(frame: pl.DataFrame, chosen: Filter) -> tuple[dict[tuple[date, str, str], int], int, tuple[str, ...]]:
    """Months by lane and stance of the largest lanes, rows past them, and ids without a month."""
    held = _held(frame, chosen).select("actor_id", "stance_code", "stated_from", "date_precision", "row_number", "statement_id").collect()
    lanes = held.group_by("actor_id").len().sort([pl.col("len"), pl.col("actor_id").cast(pl.String)], descending=[True, False])
    shown = held.filter(pl.col("actor_id").is_in(lanes["actor_id"].head(MAX_LANES).implode()))
    dated = shown.filter(pl.col("date_precision") != "year")
    counted = dated.group_by(pl.col("stated_from").dt.truncate("1mo"), "actor_id", "stance_code").len()
    undated = shown.filter(pl.col("date_precision") == "year").sort("stated_from", "row_number")["statement_id"].head(1000)
    return {row[:3]: row[3] for row in counted.iter_rows()}, len(held) - len(shown), tuple(undated)


def page(frame: pl.DataFrame, chosen: Filter, size: int) -> tuple[int, list[tuple[Any, ...]]]:
    """How many there are, and the newest of them."""
    wide = [_doubt(chosen).alias("is_possibly") if name == "is_possibly" else pl.col(name) for name in ROW_COLUMNS]
    newest = _held(frame, chosen).sort("stated_from", "row_number", descending=True).head(size).select(wide)
    counted, rows = pl.collect_all([_held(frame, chosen).select(pl.len()), newest])
    return counted.item(), rows.rows()


def _held(frame: pl.DataFrame, chosen: Filter, but: str = "") -> pl.LazyFrame:
    conditions = [pl.col(column).is_in(codes) for column, codes in chosen.codes.items() if column != but]
    conditions += [pl.col("stated_to") >= chosen.first] if chosen.first else []
    conditions += [pl.col("stated_from") <= chosen.last] if chosen.last else []
    return frame.lazy().filter(*conditions)


def _doubt(chosen: Filter) -> pl.Expr:
    first = pl.col("stated_from") < chosen.first if chosen.first else pl.lit(False)
    return first | (pl.col("stated_to") > chosen.last) if chosen.last else first
