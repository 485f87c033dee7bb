"""The database under the history: SQLite in a file or PostgreSQL by URL, and their errors in our words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.engine import URL, make_url

from tracker.store.ledger_errors import LedgerBusy, LedgerDamaged, LedgerError, LedgerFull, LedgerReadOnly, LedgerRefused

PATIENCE_SECONDS = 5
"""How long a writer waits for another one."""

_WRITES = "tracker_writes"
_SQLITE_SETTINGS = (
    f"PRAGMA busy_timeout={PATIENCE_SECONDS * 1000}",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cache_size=-64000",
    "PRAGMA secure_delete=ON",  # the text of a review that was left is not to stay in pages that are free
    "PRAGMA journal_mode=WAL",
)
_BY_SQLITE_CODE = {
    "SQLITE_BUSY": (LedgerBusy, f"another process has been writing to it for more than {PATIENCE_SECONDS} s", "Repeat it in a moment."),
    "SQLITE_LOCKED": (LedgerBusy, "another part of this process is writing to it", "Repeat it in a moment."),
    "SQLITE_FULL": (LedgerFull, "the disk is full", "Make room, then repeat it: what was kept before is still there."),
    "SQLITE_IOERR": (
        LedgerFull,
        "the disk takes nothing more (it is full, a limit of size is reached, or it fails)",
        "Make room or look after the disk, then repeat it: what was kept before is still there.",
    ),
    "SQLITE_READONLY": (LedgerReadOnly, "its file or folder is read-only", "Make both writable for the user who runs the dashboard."),
    "SQLITE_CORRUPT": (LedgerDamaged, "the file is damaged", "Put the newest backup in its place; keep the damaged file."),
    "SQLITE_NOTADB": (LedgerDamaged, "the file is no ledger any more", "Put the newest backup in its place; keep the damaged file."),
    "SQLITE_CANTOPEN": (LedgerRefused, "its file cannot be opened", "Check the path, its folder and their permissions."),
}
_BY_POSTGRES_STATE = {
    "55P03": _BY_SQLITE_CODE["SQLITE_BUSY"],
    "40P01": _BY_SQLITE_CODE["SQLITE_BUSY"],
    "40001": _BY_SQLITE_CODE["SQLITE_BUSY"],
    "53100": (LedgerFull, "the disk of the database server is full", "Make room there, then repeat it."),
    "25006": (LedgerReadOnly, "the database is read-only", "Connect to a server that can be written to."),
    "42501": (LedgerReadOnly, "the user of the database may not do this", "Give the user the right to read and write its tables."),
    "XX001": (LedgerDamaged, "a table of the database is damaged", "Restore the database from a backup."),
}


def sqlite_engine(path: Path, how: str = "") -> Engine:
    """An engine for the SQLite file, which must exist; ``how`` adds to its URI (``mode=ro``, ``immutable=1``)."""
    uri = f"{path.resolve().as_uri()}?{how or 'mode=rw'}"
    engine = create_engine(URL.create("sqlite", database=uri, query={"uri": "true"}), pool_size=5, max_overflow=-1)

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin where _begin says, not where the driver guesses
        for setting in _SQLITE_SETTINGS[:-1] if how else _SQLITE_SETTINGS:
            connection.execute(setting)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")

    return engine


def postgres_engine(url: URL) -> Engine:
    """An engine for the PostgreSQL database; a lost connection is noticed and made anew."""
    # Every revision must be on the disk before it is acknowledged, whatever the server's own setting.
    options = f"-c lock_timeout={PATIENCE_SECONDS}s -c synchronous_commit=on -c client_encoding=UTF8"
    driver = url.set(drivername="postgresql+psycopg")
    try:
        return create_engine(
            driver,
            pool_pre_ping=True,
            pool_size=5,
            max_overflow=20,
            isolation_level="READ COMMITTED",
            connect_args={"options": options, "connect_timeout": PATIENCE_SECONDS},
        )
    except ImportError:
        raise LedgerRefused.because(
            f"open the ledger at {shown(url)}", "the driver for PostgreSQL is not installed", "Install it: pip install 'psycopg[binary]'."
        ) from None


def parsed_url(text: str) -> URL:
    """The URL of a database; raises LedgerRefused when it is none, without repeating what may hold a password."""
    try:
        return make_url(text)
    except exc.ArgumentError:
        raise LedgerRefused.because(
            "open the ledger", "its address is not the URL of a database", "Write postgresql://user:password@host/database or a path."
        ) from None


def shown(url: URL) -> str:
    """The URL without its password."""
    return url.render_as_string(hide_password=True)


@contextmanager
def writing(engine: Engine, what: str) -> Iterator[Connection]:
    """A transaction that no other writer comes between; all of it is kept at the end, nothing after an error."""
    with in_words(what), engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine, what: str = "read the history") -> Iterator[Connection]:
    """A connection that sees one state and waits for nobody."""
    with in_words(what), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def in_words(what: str) -> Iterator[None]:
    """Turns what the database raises into a LedgerError that says what cannot be done, why, and what to do."""
    try:
        yield
    except (exc.DBAPIError, sqlite3.Error) as error:
        raise _told(what, getattr(error, "orig", error)) from None


def _told(what: str, raised: Any) -> LedgerError:
    # SQLite's longer codes begin with the shorter one: SQLITE_IOERR_WRITE, SQLITE_BUSY_SNAPSHOT.
    code = "_".join(str(getattr(raised, "sqlite_errorname", "")).split("_")[:2])
    state = getattr(raised, "sqlstate", None)
    found = _BY_SQLITE_CODE.get(code) or _BY_POSTGRES_STATE.get(state or "")
    if not found and hasattr(raised, "sqlstate") and (state is None or state.startswith(("08", "57P"))):
        found = (LedgerRefused, "the database does not answer", "See that the server runs and can be reached, then repeat it.")
    kind, why, remedy = found or (
        LedgerRefused,
        f"the database refuses ({code or state or 'no reason given'})",
        "See the log of the database.",
    )
    return kind.because(what, why, remedy)
