"""A snapshot answered by DuckDB in this process, read-only and locked down."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
from ibis.backends.duckdb import Backend

from tracker.core.patience import asked_patiently
from tracker.store.engine_server import NOTHING_BESIDE, StandardQuoting
from tracker.store.snapshot import READ_ONLY

MAX_HELD_BYTES = 64 << 20
"""So much of what was found is held: four bytes a statement, so the last hundred searches that find 160,000 each."""


class Held:
    """The last answers that questions read as tables, by their own question; for many threads, which may at worst ask the same twice.

    What is larger than all that may be held is given back and not kept.
    """

    def __init__(self, max_bytes: int = MAX_HELD_BYTES) -> None:
        self._answers: OrderedDict[str, pa.Table] = OrderedDict()
        self._lock, self._max_bytes, self.n_bytes = Lock(), max_bytes, 0

    def get(self, question: str) -> pa.Table | None:
        """The answer, ``None`` when it is not held."""
        with self._lock:
            if question in self._answers:
                self._answers.move_to_end(question)
            return self._answers.get(question)

    def put(self, question: str, answer: pa.Table) -> pa.Table:
        """The answer, held from now on; those read longest ago go."""
        with self._lock:
            former = self._answers.pop(question, None)
            self.n_bytes += answer.nbytes - (former.nbytes if former is not None else 0)
            self._answers[question] = answer
            while self.n_bytes > self._max_bytes:
                self.n_bytes -= self._answers.popitem(last=False)[1].nbytes
        return answer

    def clear(self) -> None:
        """Let go of all."""
        with self._lock:
            self._answers.clear()
            self.n_bytes = 0


class DuckDBServer(StandardQuoting):
    """The tables of a snapshot file; every question gets a cursor of its own, so that threads never wait for one another."""

    Error = duckdb.Error

    def __init__(self, path: Path) -> None:
        self.connection = duckdb.connect(str(path), read_only=True, config=READ_ONLY)
        self._compiler, self._held = Backend(), Held()

    @cached_property
    def schemas(self) -> Mapping[str, ibis.Schema]:
        """The columns of every table, by name; enums are strings."""
        names = [name for (name,) in self.connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY table_name").fetchall()]
        return {name: self._schema(name) for name in names}

    def compile(self, question: ir.Table) -> str:
        """The question as SQL of DuckDB."""
        return str(self._compiler.compile(question))

    def answer(self, sql: str, beside: Mapping[str, str] = NOTHING_BESIDE) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The names of the columns and the rows."""
        cursor = self._cursor(beside)
        rows = asked_patiently(lambda: cursor.execute(sql).fetchall(), cursor.interrupt)
        return [column[0] for column in cursor.description or ()], rows

    def frame(self, sql: str, beside: Mapping[str, str] = NOTHING_BESIDE) -> pd.DataFrame:
        """The answer as a frame."""
        cursor = self._cursor(beside)
        return asked_patiently(lambda: cursor.execute(sql).df(), cursor.interrupt)

    def close(self) -> None:
        """Let go of the file and of what is held."""
        self._held.clear()
        self.connection.close()

    def _cursor(self, beside: Mapping[str, str]) -> duckdb.DuckDBPyConnection:
        cursor = self.connection.cursor()
        for name, question in beside.items():
            held = self._held.get(question)
            if held is None:
                asked = partial(_arrow, cursor, question)
                held = self._held.put(question, asked_patiently(asked, cursor.interrupt))
            cursor.register(name, held)
        return cursor

    def _schema(self, name: str) -> ibis.Schema:
        return ibis.Schema.from_pyarrow(self.connection.sql(f"SELECT * FROM {self.quoted(name)} LIMIT 0").to_arrow_table().schema)


def _arrow(cursor: duckdb.DuckDBPyConnection, question: str) -> pa.Table:
    return cursor.sql(question).to_arrow_table()
