"""What an engine needs of whatever holds the tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Protocol

import ibis
import ibis.expr.types as ir
import pandas as pd

NOTHING_BESIDE: Mapping[str, str] = MappingProxyType({})


class Server(Protocol):
    """What holds the tables and answers SQL in its own dialect; may be used by many threads at once.

    Errors of a server are TrackerErrors in words, but for questions that are wrong in themselves. A question may read tables
    that are answers themselves: ``beside`` has the question behind each by its name. A server may keep such an answer.
    """

    @property
    def schemas(self) -> Mapping[str, ibis.Schema]:
        """The columns of every table, by name."""
        ...

    def compile(self, question: ir.Table) -> str:
        """The question in the dialect of the server."""
        ...

    def answer(self, sql: str, beside: Mapping[str, str] = NOTHING_BESIDE) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The names of the columns and the rows."""
        ...

    def frame(self, sql: str, beside: Mapping[str, str] = NOTHING_BESIDE) -> pd.DataFrame:
        """The same as a frame, without a Python object for each value where the server can."""
        ...

    def quoted(self, name: str) -> str:
        """A name as the dialect wants it."""
        ...

    def text(self, value: str) -> str:
        """A text as a literal of the dialect."""
        ...

    def close(self) -> None:
        """Let go of the tables; questions after this raise."""
        ...


def with_tables(sql: str, beside: Mapping[str, str], quoted: Callable[[str], str]) -> str:
    """The question with those behind the tables it reads, each by its name, in front of it; the last may be read by all others.

    >>> " ".join(with_tables("SELECT a FROM t", {"t": "SELECT a FROM u", "u": "SELECT 1 AS a"}, str).split())
    'WITH u AS ( SELECT 1 AS a ), t AS ( SELECT a FROM u ) SELECT a FROM t'
    """
    for name, question in beside.items():
        begins = f"WITH {quoted(name)} AS (\n{question}\n)"
        sql = f"{begins}, {sql[5:]}" if sql.startswith("WITH ") else f"{begins}\n{sql}"
    return sql


class StandardQuoting:
    """Names and texts as standard SQL wants them, for servers whose dialect is no other."""

    def quoted(self, name: str) -> str:
        """The name between double quotation marks."""
        escaped = name.replace('"', '""')
        return f'"{escaped}"'

    def text(self, value: str) -> str:
        """The text between single quotation marks, which are doubled in it."""
        escaped = value.replace("'", "''")
        return f"'{escaped}'"
