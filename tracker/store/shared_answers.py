"""Answers that took long, kept in a file beside the snapshot for every process that shows the same data version."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
import pyarrow.feather as feather

from tracker.store.engine_server import NOTHING_BESIDE, Server, with_tables

KEPT_AFTER_SECONDS = 0.05
"""An answer that came sooner is asked again as quickly as it is looked up and read."""

MAX_ANSWER_BYTES = 4 << 20
MAX_FILE_BYTES = 256 << 20
_T = TypeVar("_T")
_TABLE = "CREATE TABLE IF NOT EXISTS answers (question TEXT PRIMARY KEY, answer BLOB NOT NULL)"


class SharedAnswers:
    """A server whose slow answers are kept in a file, so that another process need not ask them; else the server itself.

    The file belongs to one data version, so nothing in it ever grows old. It is a convenience: when it cannot be read or
    written (damaged, no room, another process writes), the server is asked, and nobody sees a difference. Rows are kept
    as JSON with their dates named, frames as Arrow; of nothing that a program could be.
    """

    def __init__(self, server: Server, path: Path, *, kept_after: float = KEPT_AFTER_SECONDS, max_bytes: int = MAX_FILE_BYTES) -> None:
        self._server, self._path = server, path
        self._kept_after, self._max_bytes = kept_after, max_bytes
        self._lock, self._held = threading.Lock(), None

    @property
    def schemas(self) -> Mapping[str, ibis.Schema]:
        """As the server has them."""
        return self._server.schemas

    def compile(self, question: ir.Table) -> str:
        """As the server does."""
        return self._server.compile(question)

    def quoted(self, name: str) -> str:
        """As the server does."""
        return self._server.quoted(name)

    def text(self, value: str) -> str:
        """As the server does."""
        return self._server.text(value)

    def answer(self, sql: str, beside: Mapping[str, str] = NOTHING_BESIDE) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The names of the columns and the rows, from the file when another question or process left them there."""
        return self._kept("rows", sql, beside, self._server.answer, _rows_to_bytes, _rows_from_bytes)

    def frame(self, sql: str, beside: Mapping[str, str] = NOTHING_BESIDE) -> pd.DataFrame:
        """The same as a frame."""
        return self._kept("frame", sql, beside, self._server.frame, _frame_to_bytes, _frame_from_bytes)

    def close(self) -> None:
        """Let go of the tables and the file."""
        with self._lock:
            if self._held is not None:
                self._held.close()
            self._held = None
        self._server.close()

    def _kept(
        self,
        form: str,
        sql: str,
        beside: Mapping[str, str],
        ask: Callable[[str, Mapping[str, str]], _T],
        to_bytes: Callable[[_T], bytes],
        from_bytes: Callable[[bytes], _T],
    ) -> _T:
        question = hashlib.sha256(f"{form}\n{with_tables(sql, beside, self.quoted)}".encode()).hexdigest()
        with suppress(sqlite3.Error, OSError, ValueError, KeyError, pa.ArrowException):
            kept = self._look_up(question)
            if kept is not None:
                return from_bytes(kept)
        begun = time.perf_counter()
        found = ask(sql, beside)
        if time.perf_counter() - begun >= self._kept_after:
            with suppress(sqlite3.Error, OSError, TypeError, ValueError, pa.ArrowException):
                self._keep(question, to_bytes(found))
        return found

    def _look_up(self, question: str) -> bytes | None:
        with self._lock:
            row = self._file().execute("SELECT answer FROM answers WHERE question = ?", (question,)).fetchone()
        return row[0] if row else None

    def _keep(self, question: str, answer: bytes) -> None:
        if len(answer) > MAX_ANSWER_BYTES:
            return
        with self._lock:
            held = self._file()
            with held:
                held.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (question, answer))
                if _used_bytes(held) > self._max_bytes:
                    held.execute("DELETE FROM answers WHERE rowid <= (SELECT (min(rowid) + max(rowid)) / 2 FROM answers)")

    def _file(self) -> sqlite3.Connection:
        if self._held is None:
            try:
                self._held = _opened(self._path)
            except sqlite3.DatabaseError as problem:
                if isinstance(problem, sqlite3.OperationalError):  # locked, or no place for it: not damaged
                    raise
                self._path.unlink(missing_ok=True)
                self._held = _opened(self._path)
        return self._held


def _used_bytes(held: sqlite3.Connection) -> int:
    """What the answers fill; the room of deleted ones is filled again before the file grows."""
    pages, free, size = (held.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size"))
    return (pages - free) * size


def _opened(path: Path) -> sqlite3.Connection:
    held = sqlite3.connect(path, timeout=0.2, check_same_thread=False)
    try:
        held.execute("PRAGMA journal_mode = WAL")
        held.execute("PRAGMA synchronous = OFF")
        held.execute(_TABLE)
    except sqlite3.Error:
        held.close()
        raise
    return held


def _rows_to_bytes(found: tuple[list[str], list[tuple[Any, ...]]]) -> bytes:
    names, rows = found
    return json.dumps([names, rows], default=_named, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _named(value: object) -> dict[str, str]:
    """A date by its name; TypeError for what has none here (that answer is then not kept)."""
    if type(value) is date:
        return {"$date": value.isoformat()}
    raise TypeError(f"{type(value).__name__} has no name in the file of answers")


def _rows_from_bytes(kept: bytes) -> tuple[list[str], list[tuple[Any, ...]]]:
    names, rows = json.loads(kept.decode("utf-8", "surrogatepass"), object_hook=_unnamed)
    return names, [tuple(row) for row in rows]


def _unnamed(value: dict[str, Any]) -> Any:
    return date.fromisoformat(value["$date"]) if value.keys() == {"$date"} else value


def _frame_to_bytes(found: pd.DataFrame) -> bytes:
    written = io.BytesIO()
    feather.write_feather(pa.Table.from_pandas(found), written, compression="lz4")
    return written.getvalue()


def _frame_from_bytes(kept: bytes) -> pd.DataFrame:
    return feather.read_table(io.BytesIO(kept)).to_pandas()
