"""The engine that a URL names, over the tables of a snapshot: DuckDB in this process, PostgreSQL, or Spark Connect."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy.engine import make_url

from tracker.store.engine import Engine, duckdb_server
from tracker.store.engine_errors import EngineRefused
from tracker.store.engine_postgres import PostgresServer
from tracker.store.engine_server import Server
from tracker.store.engine_spark import SparkServer
from tracker.store.publishing import publish_to_folder
from tracker.store.publishing_iceberg import publish_as_iceberg
from tracker.store.shared_answers import SharedAnswers

SHARED_FROM_BYTES = 32 << 20
"""Of a smaller snapshot every answer comes at once, so none is kept for other processes."""

FORMATS = ("parquet", "iceberg")
KINDS = "duckdb:// (or nothing), postgres://user@host/database, or sc://host:port of Spark Connect"


def engine_url() -> str:
    """What ``TRACKER_ENGINE`` asks for; "" for DuckDB in this process."""
    return os.environ.get("TRACKER_ENGINE", "").strip()


def open_engine_at(url: str, snapshot_path: Path, *, is_shared: bool = True) -> Engine:
    """The engine at a URL, with the tables of the snapshot, which are published there unless they are already.

    Answers that took long are kept beside the snapshot for other processes, unless the table is small or ``is_shared`` says no.

    For Spark they are put as Parquet files into ``TRACKER_ENGINE_FOLDER`` (default: beside the snapshot), which every
    worker must be able to read, and read as Iceberg tables where ``TRACKER_ENGINE_FORMAT`` is ``iceberg``. Raises EngineRefused
    and SnapshotRefused in words.
    """
    kind = url.partition("://")[0].lower() or "duckdb"
    server = _server(kind, url, snapshot_path)
    if not is_shared or (kind == "duckdb" and snapshot_path.stat().st_size < SHARED_FROM_BYTES):
        return Engine(server)
    return Engine(SharedAnswers(server, snapshot_path.with_suffix(f".{kind}-answers")))


def _server(kind: str, url: str, snapshot_path: Path) -> Server:
    if kind == "duckdb":
        return duckdb_server(snapshot_path)
    if kind in ("postgres", "postgresql"):
        return PostgresServer(make_url("postgresql" + url[len(kind) :]), snapshot_path)
    if kind == "sc":
        folder = Path(os.environ.get("TRACKER_ENGINE_FOLDER") or snapshot_path.parent / "published")
        form = os.environ.get("TRACKER_ENGINE_FORMAT", "").strip().lower() or FORMATS[0]
        if form not in FORMATS:
            raise EngineRefused.because(form, "no format of that name is known", f"TRACKER_ENGINE_FORMAT takes {' or '.join(FORMATS)}.")
        published = publish_to_folder(snapshot_path, folder)
        return SparkServer(url, publish_as_iceberg(published) if form == "iceberg" else published, form)
    raise EngineRefused.because(f"{kind}://…", "no engine of that kind is known", f"TRACKER_ENGINE takes {KINDS}.")
