"""What an engine needs of whatever holds the tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import ibis
import ibis.expr.types as ir
import pandas as pd


class Server(Protocol):
    """What holds the tables and answers SQL in its own dialect; may be used by many threads at once.

    Errors of a server are TrackerErrors in words, but for questions that are wrong in themselves.
    """

    @property
    def schemas(self) -> Mapping[str, ibis.Schema]:
        """The columns of every table, by name."""
        ...

    def compile(self, question: ir.Table) -> str:
        """The question in the dialect of the server."""
        ...

    def answer(self, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The names of the columns and the rows."""
        ...

    def frame(self, sql: str) -> pd.DataFrame:
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
