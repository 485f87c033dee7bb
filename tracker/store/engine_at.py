"""The engine that a URL names, over the tables of a snapshot: DuckDB in this process, PostgreSQL, or Spark Connect."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy.engine import make_url

from tracker.store.engine import Engine, open_engine
from tracker.store.engine_errors import EngineRefused
from tracker.store.engine_postgres import PostgresServer
from tracker.store.engine_spark import SparkServer
from tracker.store.publishing import publish_to_folder

KINDS = "duckdb:// (or nothing), postgres://user@host/database, or sc://host:port of Spark Connect"


def engine_url() -> str:
    """What ``TRACKER_ENGINE`` asks for; "" for DuckDB in this process."""
    return os.environ.get("TRACKER_ENGINE", "").strip()


def open_engine_at(url: str, snapshot_path: Path) -> Engine:
    """The engine at a URL, with the tables of the snapshot, which are published there unless they are already.

    For Spark they are put as Parquet files into ``TRACKER_ENGINE_FOLDER`` (default: beside the snapshot), which every
    worker must be able to read. Raises EngineRefused and SnapshotRefused in words.
    """
    kind = url.partition("://")[0].lower()
    if not url or kind == "duckdb":
        return open_engine(snapshot_path)
    if kind in ("postgres", "postgresql"):
        return Engine(PostgresServer(make_url("postgresql" + url[len(kind) :]), snapshot_path))
    if kind == "sc":
        folder = Path(os.environ.get("TRACKER_ENGINE_FOLDER") or snapshot_path.parent / "published")
        return Engine(SparkServer(url, publish_to_folder(snapshot_path, folder)))
    raise EngineRefused.because(f"{kind}://…", "no engine of that kind is known", f"TRACKER_ENGINE takes {KINDS}.")
