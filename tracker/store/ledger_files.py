"""The file of an embedded history: made whole or not at all, checked when opened, never replaced by an empty one."""

from __future__ import annotations

import errno
import math
import os
import sqlite3
import time
import uuid
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, func, select

from tracker.store.ledger_engine import in_words, reading, sqlite_engine, writing
from tracker.store.ledger_errors import LedgerDamaged, LedgerFull, LedgerNewer, LedgerReadOnly, LedgerRefused
from tracker.store.ledger_tables import ABOUT, METADATA, SCHEMA_NUMBER

BACKUP_ENDING = ".backup"
APPLICATION_ID = 0x53544C31
"""Stands in the header of every ledger file, so that another program's SQLite file is not taken for one."""

CHECK_SECONDS = 2.0
"""So long the pages of a file are checked when it is opened: all of them up to about a million statements."""

_INSTRUCTIONS_BETWEEN_LOOKS = 10_000
_KEEP = "Do not delete it. "


def open_file(path: Path) -> tuple[Engine, str]:
    """An engine for the ledger at the path, made when there is none, and why it is read-only ("" when it is not)."""
    if not path.exists():
        _refuse_traces(path)
        _create(path)
    _check(path)
    why = why_read_only(path)
    engine = sqlite_engine(path, _reading_only(path) if why else "")
    found = check_schema(engine, str(path.name))
    if found < SCHEMA_NUMBER and not why:
        back_up(path, backup_path(path, datetime.now(UTC)))
        create_tables(engine)
    return engine, why


def why_read_only(path: Path) -> str:
    """Why nothing can be written to the ledger at the path; "" when it can.

    SQLite writes files beside its own, so the folder must be writable too.
    """
    if not os.access(path, os.W_OK):
        return "its file is read-only"
    return "" if os.access(path.parent, os.W_OK) else "its folder is read-only"


def newest_backup(path: Path) -> Path | None:
    """The newest backup beside the ledger, by the time in its name; None when there is none."""
    return max(path.parent.glob(f"{path.stem}.*{BACKUP_ENDING}"), default=None, key=lambda found: found.name)


def back_up(path: Path, target: Path) -> Path:
    """The path of a copy of the ledger as it is at one moment, checked; writers go on meanwhile.

    Raises LedgerRefused when there is something at the target already.
    """
    if target.exists():
        raise LedgerRefused.because(f"back up to {target.name}", "there is a file of that name", "Give another name.")
    unfinished = target.with_name(f"{target.name}.{uuid.uuid4().hex}.unfinished")
    try:
        with closing(_plain(path, "mode=ro")) as held, closing(sqlite3.connect(unfinished)) as copy:
            held.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            _raise_if_damaged(copy, target)
        _put_in_place(unfinished, target)
    except (sqlite3.Error, OSError) as error:
        raise LedgerFull.because(f"back up to {target.name}", _reason(error), "Make room or name another folder.") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def backup_path(path: Path, at: datetime) -> Path:
    """Where a backup made at that moment goes: beside the ledger, the moment in its name.

    >>> backup_path(Path("ledger.sqlite"), datetime(2026, 11, 23, 4, 5, 6, 7, UTC)).name
    'ledger.2026-11-23T04-05-06.000007.backup'
    """
    return path.with_name(f"{path.stem}.{at.astimezone(UTC):%Y-%m-%dT%H-%M-%S.%f}{BACKUP_ENDING}")


def create_tables(engine: Engine) -> None:
    """Makes the tables that are missing, all of them in a new database; two who do so at once make them once.

    What older tables hold stays as it is: a new number of the schema only adds tables.
    """
    with writing(engine, "make the ledger") as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(APPLICATION_ID)))
        METADATA.create_all(connection)
        number = connection.execute(select(ABOUT.c.value).where(ABOUT.c.key == "schema_number")).scalar()
        if not number:
            connection.execute(ABOUT.insert(), {"key": "schema_number", "value": str(SCHEMA_NUMBER)})
        elif number.isdecimal() and int(number) < SCHEMA_NUMBER:
            connection.execute(ABOUT.update().where(ABOUT.c.key == "schema_number").values(value=str(SCHEMA_NUMBER)))


def check_schema(engine: Engine, name: str) -> int:
    """The number of the schema, at most ours.

    Raises LedgerNewer when the tables are those of a newer program, LedgerRefused when they are none of ours.
    """
    what = f"open the ledger {name!r}"
    with reading(engine, what) as connection:
        found = connection.execute(select(ABOUT.c.value).where(ABOUT.c.key == "schema_number")).scalar()
    if found is None or not found.isdecimal():
        raise LedgerRefused.because(what, "it does not say how its tables are made", "Give the path of a ledger.")
    if int(found) > SCHEMA_NUMBER:
        why = f"its tables are of number {found}, and this program knows them up to {SCHEMA_NUMBER}"
        raise LedgerNewer.because(what, why, "Use the newer program that wrote it, or a backup made before.")
    return int(found)


def _create(path: Path) -> None:
    """Makes the file beside and gives it its name only when it is whole and nobody else has made one."""
    what = f"make the ledger {path.name!r}"
    unfinished = path.with_name(f"{path.name}.{uuid.uuid4().hex}.unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(unfinished)) as connection:
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        engine = sqlite_engine(unfinished)
        with in_words(what):
            create_tables(engine)
        engine.dispose()
        _put_in_place(unfinished, path)
    except FileExistsError:
        return  # made by another process meanwhile: theirs is as good
    except (sqlite3.Error, OSError) as error:
        if not os.access(path.parent, os.W_OK):
            raise LedgerReadOnly.because(what, "its folder is read-only", "Name a folder that can be written, in TRACKER_LEDGER.") from None
        raise LedgerFull.because(what, _reason(error), "Make room or name another folder.") from None
    finally:
        for left in (unfinished, *(unfinished.with_name(unfinished.name + ending) for ending in ("-wal", "-shm"))):
            left.unlink(missing_ok=True)


def _put_in_place(unfinished: Path, path: Path) -> None:
    with unfinished.open("rb") as held:
        os.fsync(held.fileno())
    try:
        os.link(unfinished, path)  # unlike a rename, it never replaces what is there
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS):  # file systems without hard links
            raise
        unfinished.rename(path)
    if os.name == "posix":
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _refuse_traces(path: Path) -> None:
    if path.with_name(path.name + "-wal").exists():
        raise _damaged(path, "its file is gone but what was written last lies beside it")


def _check(path: Path) -> None:
    if path.is_dir():
        raise LedgerRefused.because(f"open the ledger {path.name!r}", "it is a folder", "Give the path of a file.")
    if not os.access(path, os.R_OK):
        raise LedgerRefused.because(f"open the ledger {path.name!r}", "its file may not be read", "Change its permissions.")
    if not path.stat().st_size:  # SQLite would take it for a new database
        raise _damaged(path, "it is empty")
    try:
        with closing(_plain(path, _reading_only(path) if why_read_only(path) else "mode=rw")) as connection:
            _raise_if_damaged(connection, path, CHECK_SECONDS)
            (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    except sqlite3.OperationalError as error:
        if str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_CANTOPEN"):
            raise LedgerRefused.because(f"open the ledger {path.name!r}", _reason(error), "Check its folder and permissions.") from None
        raise _damaged(path, _reason(error)) from None
    except sqlite3.DatabaseError as error:
        raise _damaged(path, _reason(error)) from None
    if application_id != APPLICATION_ID:
        raise LedgerRefused.because(f"open the ledger {path.name!r}", "the file is another program's", "Give the path of a ledger.")


def _raise_if_damaged(connection: sqlite3.Connection, path: Path, seconds: float = math.inf) -> None:
    """Goes through the pages for so many seconds; what is not reached is left to the seals of the rows."""
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > end, _INSTRUCTIONS_BETWEEN_LOOKS)
    try:
        found = [row[0] for row in connection.execute("PRAGMA quick_check(1)")]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        found = ["ok"]
    finally:
        connection.set_progress_handler(None, 0)
    if found != ["ok"]:
        raise _damaged(path, "its pages do not hang together")


def _damaged(path: Path, why: str) -> LedgerDamaged:
    backup = newest_backup(path)
    remedy = f"Put the newest backup, {backup.name}, in its place." if backup else "There is no backup beside it; look for one elsewhere."
    return LedgerDamaged.because(f"open the ledger {path.name!r}", f"it is damaged: {why}", f"{_KEEP}{remedy}")


def _reading_only(path: Path) -> str:
    # What was written last may still lie beside the file: without reading that too, rows would be missing in silence.
    beside = path.with_name(path.name + "-wal")
    return "mode=ro" if beside.exists() and beside.stat().st_size else "immutable=1"


def _plain(path: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, timeout=5)


def _reason(error: Exception) -> str:
    name = str(getattr(error, "sqlite_errorname", ""))
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return "the disk takes nothing more"
    if name.startswith("SQLITE_NOTADB"):
        return "it does not begin as a ledger does"
    if name.startswith("SQLITE_CANTOPEN"):
        return "its file cannot be opened"
    if name.startswith("SQLITE_CORRUPT"):
        return "its pages do not hang together"
    return getattr(error, "strerror", None) or "the system refuses"
