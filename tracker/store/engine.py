"""The engine behind the pages: Ibis expressions, compiled once, answered by a server that nothing can change."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from tracker.store.engine_duckdb import DuckDBServer
from tracker.store.engine_errors import SnapshotRefused
from tracker.store.engine_server import Server, with_tables

MAX_COMPILED = 2_000
Build = Callable[[], ir.Table]
_NO_VALUES: Mapping[str, Sequence[str]] = MappingProxyType({})


class Engine:
    """Answers Ibis expressions from the tables of one server; may be used by many threads at once.

    Its tables are Ibis tables that know names and types only, so that nothing built from them holds a connection.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._compiled: OrderedDict[Hashable, str] = OrderedDict()
        self._lock = Lock()
        self._tables = {name: ibis.table(schema, name=name) for name, schema in server.schemas.items()}

    def table(self, name: str) -> ir.Table:
        """One table of the snapshot; ``statements`` or one beside it. Raises KeyError for another name."""
        return self._tables[name]

    @property
    def table_names(self) -> tuple[str, ...]:
        """The names of all tables."""
        return tuple(self._tables)

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
        hits: Build | None = None,
        hits_key: Hashable = None,
        values: Mapping[str, Sequence[str]] = _NO_VALUES,
    ) -> list[dict[str, Any]]:
        """The rows of the answer, by column name.

        A question with a ``key`` is compiled once for that key, so the key must name everything the expression
        depends on. A question that reads the table ``chosen`` gets it from the second expression: the first is then
        compiled once whatever is chosen. Where a text of the expressions is a name in ``values`` its values stand, joined by
        commas: then the second is compiled once for each way to choose. Either may read the table ``hits``, a third expression
        whose rows the server may keep: of several questions about the same hits the first alone finds them.
        """
        sql = self._filled(self._sql(question, key, chosen, chosen_key), values)
        names, rows = self._server.answer(sql, self._beside(hits, hits_key))
        return [dict(zip(names, values, strict=True)) for values in rows]

    def frame(
        self,
        question: ir.Table | Build,
        key: Hashable = None,
        *,
        chosen: Build | None = None,
        chosen_key: Hashable = None,
        hits: Build | None = None,
        hits_key: Hashable = None,
        values: Mapping[str, Sequence[str]] = _NO_VALUES,
    ) -> pd.DataFrame:
        """The answer as a pandas frame, for results of many small numbers; dates are timestamps there."""
        sql = self._filled(self._sql(question, key, chosen, chosen_key), values)
        return self._server.frame(sql, self._beside(hits, hits_key))

    def close(self) -> None:
        """Let go of the tables; questions after this raise."""
        self._server.close()

    def _sql(self, question: ir.Table | Build, key: Hashable, chosen: Build | None, chosen_key: Hashable) -> str:
        sql = self._compile(question, key)
        if chosen is None:
            return sql
        return with_tables(sql, {"chosen": self._compile(chosen, chosen_key)}, self._server.quoted)

    def _beside(self, hits: Build | None, key: Hashable) -> Mapping[str, str]:
        return {"hits": self._compile(hits, key)} if hits else {}

    def _compile(self, question: ir.Table | Build, key: Hashable) -> str:
        with self._lock:
            known = self._compiled.get(key) if key is not None else None
            if known is not None:
                self._compiled.move_to_end(key)
                return known
        sql = self._server.compile(question() if callable(question) else question)
        if key is not None:
            with self._lock:
                self._compiled[key] = sql
                if len(self._compiled) > MAX_COMPILED:
                    self._compiled.popitem(last=False)
        return sql

    def _filled(self, sql: str, values: Mapping[str, Sequence[str]]) -> str:
        """The SQL with literals for placeholders; in one pass, so that nothing in a value is taken for one."""
        if not values:
            return sql
        places = re.compile(f"'({'|'.join(map(re.escape, values))})'")
        return places.sub(lambda place: ", ".join(map(self._server.text, values[place[1]])), sql)


def open_engine(path: Path) -> Engine:
    """The engine over a snapshot, read-only and locked: no other file, no network, no setting can be reached from it."""
    return Engine(duckdb_server(path))


def duckdb_server(path: Path) -> DuckDBServer:
    """The server of the same; raises SnapshotRefused in words."""
    try:
        return DuckDBServer(path)
    except DuckDBServer.Error as problem:
        raise SnapshotRefused(
            f"Cannot open the snapshot {path.name!r}: {problem}. Delete the file; it is built again from the data set."
        ) from problem
