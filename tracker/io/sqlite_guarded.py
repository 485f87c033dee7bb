"""SQLite files of strangers: a copy opened for reading only, checked whole, its views, triggers and functions never run."""

from __future__ import annotations

import re
import sqlite3
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tracker.io.inputs import InputFile
from tracker.io.limits import MAX_FILE_BYTES
from tracker.io.refusals import FileRefused

BEGINNING = b"SQLite format 3\x00"

_MAX_CHECK_SECONDS = 8.0
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: MAX_FILE_BYTES,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 3,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 10,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
}
_SAFE_SETTINGS = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA query_only = ON",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
    "PRAGMA ignore_check_constraints = ON",
)
# A broken rule of the table's maker is the row's trouble; only a broken file is the file's.
_NO_DAMAGE = re.compile(
    r"ok|(?:NULL|TEXT|NUMERIC|INTEGER|non-\w+) value (?:in|missing)|CHECK constraint"
    r"|.*missing from index|wrong # of entries in index|non-unique entry"
)
_IDENTIFIER = re.compile(r"[A-Za-z]\w*", re.ASCII)

Cell = str | int | float | bytes | None


@dataclass(frozen=True)
class SqliteTables:
    """The plain tables of a checked SQLite file, with the names of their columns; names are told apart as SQLite does."""

    connection: sqlite3.Connection
    columns: Mapping[str, Mapping[str, str]]

    def has(self, table: str, *columns: str) -> bool:
        """Whether there is a plain table of that name with all those columns."""
        found = self.columns.get(table.upper())
        return found is not None and all(column.upper() in found for column in columns)

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
        """Those columns of every row, in the order of the file; ``None`` for a column the table does not have.

        Text that is no UTF-8 comes with lone surrogates. Raises FileRefused when the file turns out damaged.
        """
        found = self.columns[table.upper()]
        if not all(map(_IDENTIFIER.fullmatch, (table, *columns))):
            raise ValueError("names of tables and columns are fixed in the program")
        chosen = [f'"{column}"' if column.upper() in found else "NULL" for column in columns] or ["1"]
        # An index may disagree with its table; only the table is read.
        query = f'SELECT {", ".join(chosen)} FROM "{table}" NOT INDEXED'
        with _damage_refused():
            yield from self.connection.execute(query)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return sum(1 for _ in self.rows(table, ()))


@contextmanager
def open_sqlite(file: InputFile, *, never_read: Collection[tuple[str, str]] = ()) -> Iterator[SqliteTables]:
    """The plain tables of an SQLite file, read from a copy that is removed afterwards.

    Columns named in ``never_read`` as (table, column) cannot be read by any query. Raises FileRefused for a file that
    is too large, no SQLite file, damaged, or made to take long.
    """
    _refuse_before_copying(file)
    with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
        copy = Path(folder, "copy.sqlite")
        _write_copy(file, copy)
        with _damage_refused():
            connection = sqlite3.connect(f"file:{quote(copy.as_posix())}?mode=ro&immutable=1", uri=True)
        with closing(connection):
            with _damage_refused():
                _lock_down(connection)
                columns = _checked_columns(connection)
                _allow_reading_only(connection, never_read)
            yield SqliteTables(connection, columns)


def _write_copy(file: InputFile, copy: Path) -> None:
    try:
        with copy.open("wb") as written:
            for chunk in file.chunks():
                written.write(chunk)
    except OSError:
        raise FileRefused(
            "no-room-for-copy", "There is no room for the copy from which the file would be read. Free some space for temporary files."
        ) from None


def _refuse_before_copying(file: InputFile) -> None:
    if file.size > MAX_FILE_BYTES:
        raise FileRefused("file-too-large", f"The file has {file.size:,} bytes; at most {MAX_FILE_BYTES:,} can be loaded.")
    if not file.head.startswith(BEGINNING):
        raise FileRefused("file-damaged", "The file does not begin like an SQLite database, so nothing of it can be read. Get it again.")


@contextmanager
def _damage_refused() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OverflowError, UnicodeError, MemoryError):
        raise FileRefused(
            "file-damaged",
            "The file is an SQLite database that is damaged, cut off, or not to be read in safety. "
            "Open it in the program it was made with, save it under another name and load that.",
        ) from None


def _lock_down(connection: sqlite3.Connection) -> None:
    connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
    for category, limit in _LIMITS.items():
        connection.setlimit(category, limit)
    for setting in _SAFE_SETTINGS:
        connection.execute(setting)


def _checked_columns(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """Names of the columns of every plain table, when the file is whole; generated columns are not among them."""
    deadline = time.monotonic() + _MAX_CHECK_SECONDS
    connection.set_progress_handler(lambda: int(time.monotonic() > deadline), 10_000)
    objects = connection.execute("SELECT type, name, rootpage, sql FROM sqlite_master").fetchall()
    if any(kind == "table" and not root for kind, _, root, _ in objects):
        raise FileRefused(
            "file-damaged", "The file is an SQLite database with virtual tables, which are never opened. Save the plain tables."
        )
    damage = [told for (told,) in connection.execute("PRAGMA quick_check(100)") if not _NO_DAMAGE.match(str(told))]
    if damage:
        raise sqlite3.DatabaseError
    columns: dict[str, dict[str, str]] = {}
    for kind, name, *_ in objects:
        if kind == "table" and isinstance(name, str) and _IDENTIFIER.fullmatch(name):
            told = connection.execute("SELECT name, hidden FROM pragma_table_xinfo(?)", (name,)).fetchall()
            columns[name.upper()] = {str(column).upper(): str(column) for column, hidden in told if not hidden}
    connection.set_progress_handler(None, 0)
    return columns


def _allow_reading_only(connection: sqlite3.Connection, never_read: Collection[tuple[str, str]]) -> None:
    kept_shut = {(table.upper(), column.upper()) for table, column in never_read}

    def decide(action: int, first: str | None, second: str | None, database: str | None, trigger: str | None) -> int:
        if action == sqlite3.SQLITE_SELECT:
            return sqlite3.SQLITE_OK
        is_open = action == sqlite3.SQLITE_READ and trigger is None and ((first or "").upper(), (second or "").upper()) not in kept_shut
        return sqlite3.SQLITE_OK if is_open else sqlite3.SQLITE_DENY

    connection.set_authorizer(decide)
