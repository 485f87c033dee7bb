"""Tables of a PostgreSQL schema that answer the same questions as a snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd
from sqlalchemy import create_engine, event, exc
from sqlalchemy.engine import URL

from tracker.core.patience import asked_patiently
from tracker.store.engine_errors import EngineRefused
from tracker.store.engine_server import NOTHING_BESIDE, StandardQuoting, with_tables
from tracker.store.publishing import publish_to_schema

_TYPES = {"text": "string", "boolean": "boolean", "integer": "int32", "bigint": "int64", "double precision": "float64", "date": "date"}


class PostgresServer(StandardQuoting):
    """The tables of one data version in PostgreSQL; every question is read-only, and cut off as ``core.patience`` says."""

    def __init__(self, url: URL, snapshot_path: Path) -> None:
        self.shown = url.render_as_string(hide_password=True)
        try:
            from ibis.backends.postgres import Backend  # needs the driver, which few have installed

            self._compiler = Backend()
            self._pool = create_engine(
                url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, max_overflow=20, connect_args={"connect_timeout": 5}
            )
            with self._pool.begin() as connection:
                self.schema = publish_to_schema(snapshot_path, connection)
        except ImportError:
            raise EngineRefused.because(self.shown, "its driver is not installed", "Run: pip install 'psycopg[binary]'") from None
        except exc.DBAPIError as error:
            raise EngineRefused.because(self.shown, _first_line(error), "See that the server runs and may be written to.") from None
        event.listen(self._pool, "connect", self._set_up)
        self._pool.dispose()

    @cached_property
    def schemas(self) -> Mapping[str, ibis.Schema]:
        """The columns of every table, by name."""
        _, rows = self.answer(
            "SELECT table_name, column_name, data_type FROM information_schema.columns "
            f"WHERE table_schema = '{self.schema}' ORDER BY table_name, ordinal_position"
        )
        found: dict[str, dict[str, str]] = {}
        for table, column, kind in rows:
            found.setdefault(table, {})[column] = _TYPES[kind]
        return {name: ibis.schema(columns) for name, columns in found.items()}

    def compile(self, question: ir.Table) -> str:
        """The question as SQL of PostgreSQL."""
        return str(self._compiler.compile(question))

    def answer(self, sql: str, beside: Mapping[str, str] = NOTHING_BESIDE) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The names of the columns and the rows; raises EngineRefused in words when the server does not answer."""
        whole, held = with_tables(sql, beside, self.quoted), None
        try:
            held = self._pool.raw_connection()
            return asked_patiently(lambda: _answer_of(held, whole), held.driver_connection.cancel)
        except (exc.DBAPIError, self._pool.dialect.dbapi.Error) as error:
            raise EngineRefused.because(self.shown, _first_line(error), "Ask for less, or see that the server runs.") from None
        except BaseException:
            if held is not None:
                held.invalidate()  # the server may hear of a cut only when the next question runs
            raise
        finally:
            if held is not None:
                held.close()

    def frame(self, sql: str, beside: Mapping[str, str] = NOTHING_BESIDE) -> pd.DataFrame:
        """The answer as a frame."""
        names, rows = self.answer(sql, beside)
        return pd.DataFrame(rows, columns=names)

    def close(self) -> None:
        """Let go of every connection."""
        self._pool.dispose()

    def _set_up(self, connection: Any, _record: Any) -> None:
        connection.autocommit = True
        connection.execute(f'SET search_path TO "{self.schema}"')
        connection.execute("SET default_transaction_read_only TO on")
        # Questions read much and are chained: the planner guesses one row for a step of them and loops over it a thousandfold.
        for setting in ("enable_nestloop TO off", "jit TO off", "work_mem TO '128MB'"):
            connection.execute(f"SET {setting}")


def _answer_of(held: Any, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    with held.cursor() as cursor:
        cursor.execute(sql)
        return [column.name for column in cursor.description], cursor.fetchall()


def _first_line(error: Exception) -> str:
    """What the server says, without the question, which may be long."""
    said = str(getattr(error, "orig", None) or error)
    return said.splitlines()[0][:200] if said else "it does not answer"
