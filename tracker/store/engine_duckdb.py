"""A snapshot answered by DuckDB in this process, read-only and locked down."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis.backends.duckdb import Backend

from tracker.core.patience import asked_patiently
from tracker.store.engine_server import StandardQuoting
from tracker.store.snapshot import READ_ONLY


class DuckDBServer(StandardQuoting):
    """The tables of a snapshot file; every question gets a cursor of its own, so that threads never wait for one another."""

    Error = duckdb.Error

    def __init__(self, path: Path) -> None:
        self.connection = duckdb.connect(str(path), read_only=True, config=READ_ONLY)
        self._compiler = Backend()

    @cached_property
    def schemas(self) -> Mapping[str, ibis.Schema]:
        """The columns of every table, by name; enums are strings."""
        names = [name for (name,) in self.connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY table_name").fetchall()]
        return {name: self._schema(name) for name in names}

    def compile(self, question: ir.Table) -> str:
        """The question as SQL of DuckDB."""
        return str(self._compiler.compile(question))

    def answer(self, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The names of the columns and the rows."""
        cursor = self.connection.cursor()
        rows = asked_patiently(lambda: cursor.execute(sql).fetchall(), cursor.interrupt)
        return [column[0] for column in cursor.description or ()], rows

    def frame(self, sql: str) -> pd.DataFrame:
        """The answer as a frame."""
        cursor = self.connection.cursor()
        return asked_patiently(lambda: cursor.execute(sql).df(), cursor.interrupt)

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def _schema(self, name: str) -> ibis.Schema:
        return ibis.Schema.from_pyarrow(self.connection.sql(f"SELECT * FROM {self.quoted(name)} LIMIT 0").to_arrow_table().schema)
