"""Published Parquet files as Iceberg tables: the files stay where they are, a folder beside them says which belong to which table."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tracker.store.engine_errors import EngineRefused

_NAMESPACE = "published"


def publish_as_iceberg(parquet_folder: Path) -> Path:
    """The folder with one sub-folder of Iceberg metadata a table, over the files of ``publishing.publish_to_folder``; made once.

    Iceberg writes whole paths into what it writes, so the folder cannot be written beside and renamed: it gets a name of its own,
    and a small file that names it is put in place when it is whole. Raises EngineRefused in words when PyIceberg is not installed.
    """
    # Named by the time the files were put there: files published anew have other sizes, which Iceberg holds them against.
    pointer = parquet_folder.with_name(f"{parquet_folder.name}.{parquet_folder.stat().st_mtime_ns:x}.iceberg")
    if pointer.is_file():
        return parquet_folder.with_name(pointer.read_text(encoding="ascii"))
    catalog = _catalog()
    target = parquet_folder.with_name(f"{parquet_folder.name}.{uuid.uuid4().hex}.iceberg-tables")
    target.mkdir()
    try:
        for table in sorted(path for path in parquet_folder.iterdir() if path.is_dir()):
            _register(catalog, table, target / table.name)
        named = pointer.with_name(f"{target.name}.unfinished")
        named.write_text(target.name, encoding="ascii")
        named.replace(pointer)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    return target


def _catalog() -> Any:
    """A catalog that lasts as long as publishing does: readers go by the place of a table."""
    try:
        from pyiceberg.catalog.memory import InMemoryCatalog
    except ImportError:
        raise EngineRefused.because(
            "Iceberg", "what writes its tables is not installed", "Run: pip install 'pyiceberg[sql-sqlite]'"
        ) from None
    catalog = InMemoryCatalog(_NAMESPACE)
    catalog.create_namespace(_NAMESPACE)
    return catalog


def _register(catalog: Any, files: Path, place: Path) -> None:
    parts = sorted(files.resolve().glob("*.parquet"))
    schema: pa.Schema = pq.read_schema(parts[0])
    table = catalog.create_table(f"{_NAMESPACE}.{files.name}", schema=schema.remove_metadata(), location=place.resolve().as_uri())
    table.add_files([part.as_uri() for part in parts])
