"""A data set as one immutable DuckDB file, named by its data version: built beside, put in place in one step."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from tracker.core.columns import FACETS
from tracker.core.errors import SnapshotNotWritten
from tracker.core.model import DataSet
from tracker.store.rows import statement_table, tables_beside
from tracker.store.search_index import write_index

SCHEMA_NUMBER = 8
"""Raised whenever what the file holds changes, so that an older file is never taken for a new one."""

MAX_ENUM_VALUES = 5_000
CODED_COLUMNS = ("country_code", *(facet.column for facet in FACETS), "date_precision")
READ_ONLY = {
    "enable_external_access": "false",
    "lock_configuration": "true",
    "python_enable_replacements": "false",
    "threads": str(min(4, os.cpu_count() or 1)),
    "memory_limit": "2GB",
}
"""How every reader opens a snapshot: DuckDB wants the same settings for all connections of a process to one file."""

WRITING = {"memory_limit": "3GB"}
"""How a snapshot is written: what does not fit, as when ten million statements are sorted, waits on the disk beside it."""


def data_version(content_hash: str) -> str:
    """The name of what pages read: sha-256 (hex) of the snapshot's schema and the content of the data set.

    >>> data_version("a") == data_version("a"), data_version("a") == data_version("b"), len(data_version(""))
    (True, False, 64)
    """
    return hashlib.sha256(f"{SCHEMA_NUMBER}\n{content_hash}".encode()).hexdigest()


def build_snapshot(data_set: DataSet, folder: Path) -> Path:
    """The path of the data set's snapshot in the folder, built unless a whole one is there already.

    A half-built file never has the final name: it is written beside, flushed to the disk and renamed. Two processes
    that build at once write two files with the same content, and either may be the one that stays.
    """
    version = data_version(data_set.content_hash)
    path = folder / f"{version}.duckdb"
    if is_whole(path, version):
        sweep_unfinished(folder)
    else:
        folder.mkdir(parents=True, exist_ok=True)
        write_snapshot(path, statement_table(data_set), tables_beside(data_set, version, SCHEMA_NUMBER))
    return path


def write_snapshot(
    path: Path,
    statements: pa.Table | pa.RecordBatchReader,
    beside: Mapping[str, pa.Table] | Callable[[], Mapping[str, pa.Table]],
) -> None:
    """Write a snapshot in one step from tables in the columns of the schema; statements may come in batches.

    Statements are sorted by date and place in the file; columns of codes with few values become enums. Tables beside that
    depend on what came in the batches are given as a function, asked after the last one. The index of words comes last.
    """
    with put_in_place(path) as unfinished, duckdb.connect(str(unfinished), config=WRITING) as connection:
        connection.register("incoming", statements)
        connection.execute("CREATE TEMP TABLE staged AS SELECT * FROM incoming")
        kinds = dict(_create_enums(connection))
        columns = ", ".join(f'"{name}"::{kinds[name]} AS "{name}"' if name in kinds else f'"{name}"' for name in statements.schema.names)
        connection.execute(f"CREATE TABLE statements AS SELECT {columns} FROM staged ORDER BY stated_from, row_number")
        for name, table in (beside() if callable(beside) else beside).items():
            connection.register("incoming_beside", table)
            connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM incoming_beside')
        connection.execute("DROP TABLE staged")
        write_index(connection)


def is_whole(path: Path, version: str) -> bool:
    """Whether the file opens as a snapshot of exactly this version."""
    if not path.is_file():
        return False
    try:
        with duckdb.connect(str(path), read_only=True, config=READ_ONLY) as connection:
            found = connection.execute("SELECT value FROM about WHERE key = 'data_version'").fetchall()
            connection.execute("SELECT count(*) FROM statements").fetchall()
        return found == [(version,)]
    except duckdb.Error:
        return False


def _create_enums(connection: duckdb.DuckDBPyConnection) -> Iterable[tuple[str, str]]:
    for name in CODED_COLUMNS:
        distinct = f'SELECT DISTINCT "{name}" AS code FROM staged'
        (n_values,) = connection.execute(f"SELECT count(*) FROM ({distinct})").fetchone() or (0,)
        if 0 < n_values <= MAX_ENUM_VALUES:
            connection.execute(f"CREATE TYPE {name}_values AS ENUM ({distinct} ORDER BY code)")
            yield name, f"{name}_values"


_HOUR, _DAY = 3_600, 86_400

_DISK_REFUSES = re.compile(
    "No space left on device|Disk quota exceeded|Read-only file system|Permission denied|File too large|Input/output error|not permitted"
)


@contextmanager
def put_in_place(path: Path) -> Iterator[Path]:
    """A name beside the path to write to; at the end the file is flushed to the disk and gets the path in one step.

    After an error nothing is left of it, and what was at the path before is still there. Raises SnapshotNotWritten when
    the disk refuses.
    """
    unfinished = path.with_name(f"{path.stem}.{os.getpid()}.{uuid.uuid4().hex}.unfinished")
    sweep_unfinished(path.parent)
    try:
        yield unfinished
        _flush(unfinished)
        unfinished.replace(path)
        if os.name == "posix":
            _flush(path.parent)
    except (OSError, duckdb.Error) as error:
        refused = _DISK_REFUSES.search(str(error))
        if refused is None:
            raise
        raise SnapshotNotWritten.because(path.parent.name, refused[0].lower()) from None
    finally:
        for left in (unfinished, unfinished.with_name(unfinished.name + ".wal")):
            left.unlink(missing_ok=True)
        shutil.rmtree(unfinished.with_name(unfinished.name + ".tmp"), ignore_errors=True)


def sweep_unfinished(folder: Path) -> None:
    """Remove what processes that were killed left half-written: of no process that lives here and untouched for an hour, or for a day.

    The hour is for a folder that several machines or containers share: their processes are not seen from here.
    """
    for path in folder.glob("*.unfinished*"):
        try:
            untouched = time.time() - path.stat().st_mtime
            if untouched < (_DAY if _is_alive(path.name) else _HOUR):
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        except OSError:
            continue  # another process sweeps it, or it may not be removed by us


def _is_alive(name: str) -> bool:
    """Whether the process that a half-written file is named after may live; where processes cannot be looked at, it may."""
    found = re.search(r"\.(\d{1,9})\.[0-9a-f]{32}\.unfinished", name)
    if found is None or os.name != "posix":
        return True
    try:
        os.kill(int(found[1]), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
