"""The questions as Datasette answers them: its JSON interface over SQLite, served on the loopback address."""

from __future__ import annotations

import json
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import duckdb

from tests.bench.filters import Filter
from tracker.analysis.listing import ROW_COLUMNS
from tracker.analysis.timeline import MAX_LANES
from tracker.core.columns import FACETS
from tracker.core.vocabulary import NOT_GIVEN

_CODES = tuple(facet.column for facet in FACETS)
_COLUMNS = tuple(dict.fromkeys([*(name for name in ROW_COLUMNS if name != "is_possibly"), *_CODES, "row_number"]))
_AT_A_TIME = 10_000
_SETTINGS = {
    "sql_time_limit_ms": 600_000,
    "facet_time_limit_ms": 600_000,
    "max_returned_rows": 200_000,
    "default_facet_size": 10_000,
}
_METADATA = {"databases": {"held": {"tables": {"statements": {"facet_size": 10_000}}}}}


def write(connection: duckdb.DuckDBPyConnection, path: Path) -> Path:
    """The same rows as one SQLite table with an index on every facet and on the date; made only when it is not there."""
    if path.is_file():
        return path
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    listed = ", ".join(f'"{name}"' for name in _COLUMNS)
    with sqlite3.connect(unfinished) as held:
        held.execute(f"CREATE TABLE statements ({listed}, PRIMARY KEY (row_number))")
        cursor = connection.cursor().execute("SELECT " + ", ".join(f'"{name}"::{_kind(name)}' for name in _COLUMNS) + " FROM statements")
        while rows := cursor.fetchmany(_AT_A_TIME):
            held.executemany(f"INSERT INTO statements VALUES ({', '.join('?' * len(_COLUMNS))})", rows)
        for name in (*_CODES, "stated_from, row_number"):
            held.execute(f"CREATE INDEX by_{name.partition(',')[0]} ON statements ({name})")
        held.execute("ANALYZE")
    held.close()
    unfinished.replace(path)
    return path


def _kind(name: str) -> str:
    return "INTEGER" if name in ("row_number", "speaks_for_actor") else "VARCHAR"


@contextmanager
def serving(path: Path) -> Iterator[str]:
    """The address of a Datasette over the file, ended on leaving."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    metadata = path.with_suffix(".json")
    metadata.write_text(json.dumps(_METADATA).replace('"held"', json.dumps(path.stem)), encoding="utf-8")
    settings = [part for name, value in _SETTINGS.items() for part in ("--setting", name, str(value))]
    command = [sys.executable, "-m", "datasette", "serve", str(path), "--port", str(port), "--metadata", str(metadata), *settings]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}/{path.stem}"
        _wait(address)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            with urlopen(f"{address}.json", timeout=60):
                return
        except URLError:
            time.sleep(0.2)
    raise TimeoutError("Datasette does not answer")


def rerun(address: str, chosen: Filter) -> tuple[Any, Any, Any]:
    """Page and the facets that are not filtered in one request, one more for each that is, numbers and months in SQL."""
    free = [name for name in _CODES if name not in chosen.codes]
    whole = _table(address, chosen, facets=free, size=50)
    counts = _counts(whole)
    for name in chosen.codes:
        counts |= _counts(_table(address, chosen, facets=[name], size=0, but=name))
    doubt = f"coalesce(sum(stated_from < '{chosen.first or ''}' OR stated_to > '{chosen.last or '9999-12-31'}'), 0)"
    distinct = [f"count(DISTINCT nullif({name}, '{NOT_GIVEN}'))" for name in ("actor_id", "spokesperson_id", "issue_id")]
    numbers = _sql(
        address, f"SELECT count(*), {doubt}, {', '.join(distinct)}, min(stated_from), max(stated_to) FROM statements {_where(chosen)}"
    )
    rows = [tuple(_plain(name, row) if name != "is_possibly" else _doubt(row, chosen) for name in ROW_COLUMNS) for row in whole["rows"]]
    return (counts, _numbers(numbers[0])), _bins(address, chosen), (whole["filtered_table_rows_count"], rows)


def _bins(address: str, chosen: Filter) -> tuple[dict[tuple[date, str, str], int], int, tuple[str, ...]]:
    counted = _sql(address, f"SELECT actor_id, count(*) AS n FROM statements {_where(chosen)} GROUP BY 1 ORDER BY n DESC, actor_id")
    lanes = ", ".join(f"'{code}'" for code, _ in counted[:MAX_LANES])
    where = f"{_where(chosen) or 'WHERE true'} AND actor_id IN ({lanes})"
    month = "SELECT substr(stated_from, 1, 7), actor_id, stance_code, count(*) FROM statements"
    months = _sql(address, f"{month} {where} AND date_precision <> 'year' GROUP BY 1, 2, 3")
    undated = f"SELECT statement_id FROM statements {where} AND date_precision = 'year' ORDER BY stated_from, row_number LIMIT 1000"
    dated = {(date.fromisoformat(f"{begins}-01"), lane, stance): n for begins, lane, stance, n in months}
    return dated, sum(n for _, n in counted[MAX_LANES:]), tuple(row[0] for row in _sql(address, undated))


def _table(address: str, chosen: Filter, facets: list[str], size: int, but: str = "") -> Mapping[str, Any]:
    asked = [(f"{column}__in", ",".join(codes)) for column, codes in chosen.codes.items() if column != but]
    asked += [("stated_to__gte", str(chosen.first))] if chosen.first else []
    asked += [("stated_from__lte", str(chosen.last))] if chosen.last else []
    asked += [("_facet", name) for name in facets]
    asked += [("_size", str(size)), ("_shape", "objects"), ("_sort_desc", "stated_from")]
    return _json(f"{address}/statements.json?{urlencode(asked)}")


def _counts(answer: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    return {name: {value["value"]: value["count"] for value in facet["results"]} for name, facet in answer["facet_results"].items()}


def _sql(address: str, sql: str) -> list[list[Any]]:
    return _json(f"{address}.json?{urlencode({'sql': sql, '_shape': 'arrays'})}")["rows"]


def _json(url: str) -> Any:
    with urlopen(url, timeout=300) as answer:
        return json.load(answer)


def _where(chosen: Filter) -> str:
    parts = ["{} IN ({})".format(column, ", ".join(f"'{code}'" for code in codes)) for column, codes in chosen.codes.items()]
    parts += [f"stated_to >= '{chosen.first}'"] if chosen.first else []
    parts += [f"stated_from <= '{chosen.last}'"] if chosen.last else []
    return f"WHERE {' AND '.join(parts)}" if parts else ""


def _numbers(row: list[Any]) -> tuple[Any, ...]:
    return (*row[:5], *(date.fromisoformat(day) if day else None for day in row[5:]))


def _plain(name: str, row: Mapping[str, Any]) -> Any:
    value = row[name]
    return date.fromisoformat(value) if name in ("stated_from", "stated_to") else bool(value) if name == "speaks_for_actor" else value


def _doubt(row: Mapping[str, Any], chosen: Filter) -> bool:
    return bool((chosen.first and row["stated_from"] < str(chosen.first)) or (chosen.last and row["stated_to"] > str(chosen.last)))
