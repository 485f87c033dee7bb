"""The engine behind the pages: Ibis expressions answered by a snapshot that nothing can change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis.backends.duckdb import Backend

from tracker.core.errors import TrackerError
from tracker.store.snapshot import READ_ONLY

MAX_COMPILED = 2_000
Build = Callable[[], ir.Table]


class SnapshotRefused(TrackerError):
    """A snapshot cannot be opened."""


class Engine:
    """Answers Ibis expressions from one snapshot; may be used by many threads at once.

    Its tables are Ibis tables that know names and types only, so that nothing built from them holds a connection.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._compiler = Backend()
        self._compiled: OrderedDict[Hashable, str] = OrderedDict()
        self._lock = Lock()
        names = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY table_name").fetchall()]
        self._tables = {name: ibis.table(_schema(connection, name), name=name) for name in names}

    def table(self, name: str) -> ir.Table:
        """One table of the snapshot; ``statements`` or one beside it. Raises KeyError for another name."""
        return self._tables[name]

    @property
    def statements(self) -> ir.Table:
        """The statements, sorted by date and place in the file."""
        return self._tables["statements"]

    def rows(
        self,
        question: ir.Table | Build,
        key: Hashable = None,
        *,
        chosen: Build | None = None,
        chosen_key: Hashable = None,
    ) -> list[dict[str, Any]]:
        """The rows of the answer, by column name.

        A question with a ``key`` is compiled once for that key, so the key must name everything the expression
        depends on. A question that reads the table ``chosen`` gets it from the second expression: the first is then
        compiled once whatever is chosen, and only the second once per selection.
        """
        cursor = self._run(self._sql(question, key, chosen, chosen_key))
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]

    def frame(self, question: ir.Table | Build, key: Hashable = None) -> pd.DataFrame:
        """The answer as a pandas frame; dates are timestamps there."""
        return self._run(self._sql(question, key, None, None)).df()

    def close(self) -> None:
        """Let go of the file; questions after this raise."""
        self._connection.close()

    def _run(self, sql: str) -> duckdb.DuckDBPyConnection:
        return self._connection.cursor().execute(sql)

    def _sql(self, question: ir.Table | Build, key: Hashable, chosen: Build | None, chosen_key: Hashable) -> str:
        sql = self._compile(question, key)
        if chosen is None:
            return sql
        return _with_chosen(sql, self._compile(chosen, chosen_key))

    def _compile(self, question: ir.Table | Build, key: Hashable) -> str:
        with self._lock:
            known = self._compiled.get(key) if key is not None else None
            if known is not None:
                self._compiled.move_to_end(key)
                return known
        sql = str(self._compiler.compile(question() if callable(question) else question))
        if key is not None:
            with self._lock:
                self._compiled[key] = sql
                if len(self._compiled) > MAX_COMPILED:
                    self._compiled.popitem(last=False)
        return sql


def open_engine(path: Path) -> Engine:
    """The engine over a snapshot, read-only and locked: no other file, no network, no setting can be reached from it."""
    try:
        return Engine(duckdb.connect(str(path), read_only=True, config=READ_ONLY))
    except duckdb.Error as problem:
        raise SnapshotRefused(
            f"Cannot open the snapshot {path.name!r}: {problem}. Delete the file; it is built again from the data set."
        ) from problem


def _schema(connection: duckdb.DuckDBPyConnection, name: str) -> ibis.Schema:
    quoted = name.replace('"', '""')
    return ibis.Schema.from_pyarrow(connection.sql(f'SELECT * FROM "{quoted}" LIMIT 0').to_arrow_table().schema)


def _with_chosen(sql: str, chosen_sql: str) -> str:
    begins = f'WITH "chosen" AS (\n{chosen_sql}\n)'
    return f"{begins}, {sql[5:]}" if sql.startswith("WITH ") else f"{begins}\n{sql}"
