"""The questions in DuckDB's SQL, written by hand for this one table: the limit that our functions are held against.

Facets that are filtered are counted from the table, all others from one materialised relation; lists find their rows by
number first and read wide columns after; counts and lists come in one statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import duckdb

from tests.bench.filters import Filter
from tracker.analysis.listing import MAX_LISTED_IDS, ROW_COLUMNS
from tracker.analysis.periods import fit_step_at_most
from tracker.analysis.positions import MAX_CELL_IDS, MAX_OTHERS
from tracker.analysis.timeline import MAX_LANES
from tracker.core.columns import FACETS

_CODES = tuple(facet.column for facet in FACETS)
_CODE = re.compile(r"[\w-]+")
_NEWEST = "stated_from DESC, row_number DESC"
_MONTH = "year({0}) * 12 + month({0}) - 1"

Rows = list[tuple[Any, ...]]


def facets(connection: duckdb.DuckDBPyConnection, chosen: Filter) -> Rows:
    """All facets and the count in one statement."""
    return _ask(connection, f"WITH {_near(chosen)} {_facet_arms(chosen, more='')}")


def bins(connection: duckdb.DuckDBPyConnection, chosen: Filter) -> tuple[Rows, Rows]:
    """Months by lane and stance for the largest lanes, then the ids of those without a month."""
    near = f"near AS MATERIALIZED (SELECT {_binned()} FROM statements {_where(chosen)})"
    counted = _ask(connection, f"WITH {near}, {_lanes()} SELECT NULL, lane, stance, begins, n, is_shown FROM binned")
    return counted, _undated(connection, chosen, counted)


def page(connection: duckdb.DuckDBPyConnection, chosen: Filter, before: int, size: int) -> Rows:
    """A page of the list, newest first, with the number of all in every row."""
    hits = f"hits AS MATERIALIZED (SELECT rowid AS place, stated_from, row_number FROM statements {_where(chosen)})"
    if not _conditions(chosen):
        hits = "hits AS NOT MATERIALIZED (SELECT rowid AS place, stated_from, row_number FROM statements)"
    top = f"SELECT place FROM hits ORDER BY {_NEWEST} LIMIT {size:d} OFFSET {before:d}"
    wide = ", ".join("is_possibly" if name == "is_possibly" else f'"{name}"' for name in ROW_COLUMNS)
    held = f"(SELECT *, {_possibly(chosen)} AS is_possibly FROM statements WHERE rowid IN ({top}))"
    return _ask(connection, f"WITH {hits} SELECT (SELECT count(*) FROM hits), {wide} FROM {held} ORDER BY {_NEWEST}")


def rerun(connection: duckdb.DuckDBPyConnection, chosen: Filter) -> tuple[Rows, Rows, Rows]:
    """Facets and months over one relation, ids without a month, first page."""
    arms = _facet_arms(chosen, more=", NULL, NULL, NULL")
    more = "SELECT 99, lane, n, NULL, NULL, NULL, NULL, NULL, NULL, stance, begins, is_shown FROM binned"
    counted = _ask(connection, f"WITH {_near(chosen, _binned() + ', ')}, {_lanes()} {arms} UNION ALL {more}")
    return counted, _undated(connection, chosen, binned_of(counted)), page(connection, chosen, 0, 50)


def binned_of(counted: Rows) -> Rows:
    """The months among the rows of a rerun, as :func:`bins` gives them."""
    return [(None, row[1], row[9], row[10], row[2], row[11]) for row in counted if row[0] == 99]


def compare(
    connection: duckdb.DuckDBPyConnection, chosen: Filter, actors: Sequence[str], issues: Sequence[str]
) -> tuple[str, Rows, Rows, Rows]:
    """Step of the strips, counts by cell, what makes the cells (row by row what is shown, the rest as ids), wide rows of those shown."""
    cells = _cells(chosen, actors, issues)
    extent = chosen.first, chosen.last
    if None in extent:
        extent = _ask(connection, f"WITH {cells} SELECT min(stated_from), max(stated_to) FROM cells")[0]
    step = fit_step_at_most(*extent, 24) if extent[0] else "day"
    begins = f"CASE WHEN {_period(step, 'stated_from')} = {_period(step, 'stated_to')} THEN {_period(step, 'stated_from')} ELSE -1 END"
    counts = f"SELECT actor_id, issue_id, speaks, stance_code, {begins}, count(*), sum(is_possibly::INTEGER) FROM cells GROUP BY ALL"
    rows = _ask(connection, f"WITH {cells}, {_kept(chosen.last)} {_CELL_ROWS}")
    wide = ", ".join(f'"{name}"' for name in ROW_COLUMNS if name != "is_possibly")
    numbers = ",".join(map(str, _shown(rows))) or "-1"
    return (
        step,
        _ask(connection, f"WITH {cells} {counts}"),
        rows,
        _ask(connection, f"SELECT {wide} FROM statements WHERE rowid IN (SELECT unnest(string_split('{numbers}', ','))::BIGINT)"),
    )


def _ask(connection: duckdb.DuckDBPyConnection, sql: str) -> Rows:
    return connection.execute(sql).fetchall()


def _near(chosen: Filter, more: str = "") -> str:
    return f"near AS MATERIALIZED (SELECT {more}{', '.join(_CODES)}, stated_from, stated_to FROM statements {_where(chosen)})"


def _facet_arms(chosen: Filter, more: str) -> str:
    arms = [_count_arm(chosen) + more]
    for place, column in enumerate(_CODES, start=1):
        held = f"statements {_where(chosen, but=column)}" if column in chosen.codes else "near"
        # Grouped as the enum it is: made text afterwards, once a code.
        grouped = f"(SELECT {column} AS code, count(*) AS n FROM {held} GROUP BY 1)"
        arms.append(f"SELECT {place}, code::VARCHAR, n, NULL, NULL, NULL, NULL, NULL, NULL{more} FROM {grouped}")
    arms[0] = f"SELECT * FROM ({arms[0]} FROM near)"
    return " UNION ALL ".join(arms)


def _count_arm(chosen: Filter) -> str:
    distinct = ", ".join(f"count(DISTINCT {name}) FILTER ({name} <> 'not-given')" for name in ("actor_id", "spokesperson_id", "issue_id"))
    return f"SELECT 0, '', count(*), count(*) FILTER ({_possibly(chosen)}), {distinct}, min(stated_from), max(stated_to)"


def _binned() -> str:
    # Only a year alone has no month.
    begins = f"CASE date_precision WHEN 'year' THEN -1 ELSE {_MONTH.format('stated_from')} END"
    return f"actor_id AS lane, stance_code AS stance, {begins} AS begins"


def _lanes() -> str:
    return f"""counted AS MATERIALIZED (SELECT lane, stance, begins, count(*) AS n FROM near GROUP BY 1, 2, 3),
largest AS (SELECT lane FROM counted GROUP BY 1 ORDER BY sum(n) DESC, lane::VARCHAR LIMIT {MAX_LANES}),
binned AS (SELECT lane::VARCHAR AS lane, stance::VARCHAR AS stance, begins, n, true AS is_shown FROM counted WHERE lane IN (FROM largest)
  UNION ALL SELECT '', '', 0, sum(n), false FROM counted WHERE lane NOT IN (FROM largest))"""


def _undated(connection: duckdb.DuckDBPyConnection, chosen: Filter, counted: Iterable[tuple[Any, ...]]) -> Rows:
    lanes = sorted({row[1] for row in counted if row[5]})
    if not lanes:
        return []
    where = " AND ".join([*_conditions(chosen), "date_precision = 'year'", f"actor_id IN ({_listed(lanes)})"])
    return _ask(connection, f"SELECT statement_id FROM statements WHERE {where} ORDER BY stated_from, row_number LIMIT {MAX_LISTED_IDS}")


def _conditions(chosen: Filter, but: str = "") -> list[str]:
    found = [f"{column} IN ({_listed(codes)})" for column, codes in chosen.codes.items() if column != but]
    found += [f"stated_to >= DATE '{chosen.first}'"] if chosen.first else []
    found += [f"stated_from <= DATE '{chosen.last}'"] if chosen.last else []
    return found + ([f"contains(search_text, '{_plain(chosen.needle)}')"] if chosen.needle else [])


def _where(chosen: Filter, but: str = "") -> str:
    conditions = _conditions(chosen, but)
    return "WHERE " + " AND ".join(conditions) if conditions else ""


def _possibly(chosen: Filter) -> str:
    outside = [f"stated_from < DATE '{chosen.first}'"] if chosen.first else []
    outside += [f"stated_to > DATE '{chosen.last}'"] if chosen.last else []
    return f"({' OR '.join(outside)})" if outside else "false"


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(f"'{_plain(code)}'" for code in codes)


def _plain(text: str) -> str:
    if not _CODE.fullmatch(text.strip()):
        raise ValueError(f"{text!r} is no code of the generator; only those may stand in this SQL")
    return text


def _period(step: str, column: str) -> str:
    if step in ("day", "week"):
        day = f"date_diff('day', DATE '0001-01-01', {column})"
        return f"({day} // 7)" if step == "week" else day
    n_months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[step]
    return f"(({_MONTH.format(column)}) // {n_months})"


def _cells(chosen: Filter, actors: Sequence[str], issues: Sequence[str]) -> str:
    without = Filter(chosen.name, chosen.selection.including("actor"))
    conditions = [*_conditions(without), f"actor_id IN ({_listed(actors)})", f"issue_id IN ({_listed(issues)})"]
    columns = "actor_id, issue_id, stance_code, statement_id, row_number, stated_from, stated_to, speaks_for_actor AS speaks"
    held = f"SELECT rowid AS place, {columns}, {_possibly(chosen)} AS is_possibly FROM statements WHERE {' AND '.join(conditions)}"
    return f"cells AS MATERIALIZED ({held})"


def _kept(last: date | None) -> str:
    """The statements of each cell that are shown or listed, with their place in it and how many carry its position."""
    latest = f"least(stated_to, DATE '{last}')" if last else "stated_to"
    cell, began = "PARTITION BY actor_id, issue_id, speaks", "(stated_from - DATE '0001-01-01')::BIGINT * 4000000"
    return f"""ranked AS (SELECT *, stance_code <> 'not-coded' AS is_coded,
  CASE WHEN is_coded AND NOT is_possibly THEN {began} + (stated_to - DATE '0001-01-01') ELSE -1 END AS rank,
  max(rank) OVER ({cell}) AS top, count(*) OVER ({cell}) AS n_cell,
  row_number() OVER ({cell} ORDER BY stated_from DESC, stated_to DESC, row_number DESC) - 1 AS nth FROM cells),
flagged AS (SELECT *, rank >= 0 AND rank = top AS is_carrier, nth = n_cell - 1 AS is_first,
  is_coded AND NOT is_carrier AND ({latest} - DATE '0001-01-01')::BIGINT * 4000000 > top AS may_be_later FROM ranked),
kept AS (SELECT *, is_carrier OR is_first OR may_be_later AS is_apart, sum(is_carrier::INTEGER) OVER ({cell}) AS n_carriers
  FROM flagged WHERE nth < {MAX_CELL_IDS} OR is_carrier OR is_first OR may_be_later)"""


_CELL_ROWS = f"""SELECT actor_id, issue_id, speaks, max(stance_code), string_agg(lpad(nth::VARCHAR, 4, '0') || statement_id, '|'),
  max(stated_from), max(place), CASE WHEN is_apart OR nth < {MAX_OTHERS} + n_carriers THEN nth ELSE -1 END AS slot,
  bool_or(is_carrier), bool_or(may_be_later), bool_or(is_first), max(stated_to)
FROM kept GROUP BY actor_id, issue_id, speaks, slot"""


def _shown(rows: Rows) -> list[int]:
    shown: list[int] = []
    n_others: dict[tuple[str, str], int] = {}
    for row in sorted((row for row in rows if row[2] and row[7] >= 0), key=lambda row: row[7]):
        n_others[row[:2]] = n_others.get(row[:2], 0) + (not row[8])
        if row[8] or n_others[row[:2]] <= MAX_OTHERS:
            shown.append(int(row[6]))
    return shown
