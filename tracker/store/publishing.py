"""A snapshot put where other engines can read it: a schema of PostgreSQL, or a folder of Parquet files for Spark."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Connection, text

from tracker.store.search_index import INDEX_TABLES
from tracker.store.snapshot import READ_ONLY, put_in_place

ROWS_AT_A_TIME = 20_000
ROWS_IN_A_FILE = 1_000_000
INDEXED = ("statement_id", "row_number", "stated_from", "actor_id", "issue_id", "spokesperson_id")
"""Columns of the statements that PostgreSQL gets an index for."""

_POSTGRES_TYPES = {
    "string": "text",
    "bool": "boolean",
    "int32": "integer",
    "int64": "bigint",
    "double": "double precision",
    "date32[day]": "date",
}


def version_of(snapshot_path: Path) -> str:
    """The data version that a snapshot file is named by."""
    return snapshot_path.stem


def publish_to_folder(snapshot_path: Path, folder: Path) -> Path:
    """The folder with one sub-folder of Parquet files a table, made unless a whole one is there already.

    Statements keep the order of the snapshot (by date), so that engines skip files outside a window. The folder is written
    beside and renamed: it is wholly there or not at all.
    """
    target = folder / version_of(snapshot_path)
    if target.is_dir():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    with put_in_place(target) as unfinished:
        try:
            for name, batches in _tables(snapshot_path):
                _write_parquet(batches, unfinished / name)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
    return target


def publish_to_schema(snapshot_path: Path, connection: Connection) -> str:
    """The name of the schema that holds the tables of a snapshot, made in one transaction unless it is there already."""
    schema = f"tracker_{version_of(snapshot_path)[:24]}"
    # Whoever publishes the same version meanwhile waits here, and then finds the schema.
    connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": schema})
    if connection.execute(text("SELECT 1 FROM pg_namespace WHERE nspname = :name"), {"name": schema}).first():
        return schema
    connection.execute(text(f'CREATE SCHEMA "{schema}"'))
    for name, batches in _tables(snapshot_path):
        _copy(batches, f'"{schema}"."{name}"', connection)
    for column in INDEXED:
        connection.execute(text(f'CREATE INDEX ON "{schema}".statements ("{column}")'))
    connection.execute(text(f'ANALYZE "{schema}".statements'))
    return schema


def _tables(snapshot_path: Path) -> Iterator[tuple[str, pa.RecordBatchReader]]:
    """Every table of a snapshot as batches, enums as strings; the index of words is for DuckDB alone."""
    with duckdb.connect(str(snapshot_path), read_only=True, config=READ_ONLY) as connection:
        names = connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY table_name").fetchall()
        for name in (name for (name,) in names if name not in INDEX_TABLES):
            columns = connection.sql(f'SELECT * FROM "{name}" LIMIT 0').to_arrow_table().schema
            listed = ", ".join(f'"{f.name}"::VARCHAR AS "{f.name}"' if pa.types.is_dictionary(f.type) else f'"{f.name}"' for f in columns)
            yield name, connection.sql(f'SELECT {listed} FROM "{name}"').to_arrow_reader(ROWS_AT_A_TIME)


def _write_parquet(batches: pa.RecordBatchReader, folder: Path) -> None:
    folder.mkdir(parents=True)
    number, n_rows, writer = 0, 0, pq.ParquetWriter(folder / "part-00000.parquet", batches.schema, compression="zstd")
    for batch in batches:
        if n_rows >= ROWS_IN_A_FILE:
            writer.close()
            number, n_rows = number + 1, 0
            writer = pq.ParquetWriter(folder / f"part-{number:05}.parquet", batches.schema, compression="zstd")
        writer.write_batch(batch)
        n_rows += batch.num_rows
    writer.close()


def _copy(batches: pa.RecordBatchReader, table: str, connection: Connection) -> None:
    columns = ", ".join(f'"{field.name}" {_POSTGRES_TYPES[str(field.type)]}' for field in batches.schema)
    connection.execute(text(f"CREATE TABLE {table} ({columns})"))
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copying:
        for batch in batches:
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                copying.write_row([value.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value for value in row])
