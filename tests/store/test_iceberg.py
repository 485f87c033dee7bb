"""Published files as Iceberg tables: registered where they are, once, wholly or not at all. What reads them is in ``tests/engines``."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.factory import data_set, statement
from tracker.store import publishing_iceberg
from tracker.store.engine_at import open_engine_at
from tracker.store.engine_errors import EngineRefused
from tracker.store.publishing import publish_to_folder
from tracker.store.publishing_iceberg import publish_as_iceberg
from tracker.store.snapshot import build_snapshot


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_snapshot(data_set(*(statement(f"t-{n}") for n in range(4))), tmp_path_factory.mktemp("snapshots"))


@pytest.fixture
def files(snapshot: Path, tmp_path: Path) -> Path:
    return publish_to_folder(snapshot, tmp_path)


class Catalog:
    """Writes down what it is told instead of writing tables."""

    def __init__(self, fails_at: str = "") -> None:
        self.told: dict[str, tuple[list[str], str, list[str]]] = {}
        self.fails_at = fails_at

    def create_table(self, name: str, *, schema: Any, location: str) -> Any:
        if name == self.fails_at:
            raise OSError(28, "No space left on device")
        told: list[str] = []
        self.told[name] = (schema.names, location, told)
        return type("Table", (), {"add_files": lambda _self, parts: told.extend(parts)})()


def catalog_of(monkeypatch: pytest.MonkeyPatch, fails_at: str = "") -> Catalog:
    catalog = Catalog(fails_at)
    monkeypatch.setattr(publishing_iceberg, "_catalog", lambda: catalog)
    return catalog


def test_every_table_is_registered_with_its_files_where_they_are(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = catalog_of(monkeypatch)
    made = publish_as_iceberg(files)
    assert made.is_dir() and made.parent == files.parent
    assert {name.removeprefix("published.") for name in catalog.told} == {path.name for path in files.iterdir()}
    for name, (columns, location, parts) in catalog.told.items():
        table = name.removeprefix("published.")
        assert location == (made / table).as_uri()
        assert parts == [path.as_uri() for path in sorted((files / table).glob("*.parquet"))] and parts
        assert columns == pq.read_schema(files / table / "part-00000.parquet").names


def test_it_is_made_once_and_anew_for_files_published_anew(
    files: Path, snapshot: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    catalog_of(monkeypatch)
    first = publish_as_iceberg(files)
    again = catalog_of(monkeypatch)
    assert publish_as_iceberg(files) == first and not again.told
    shutil.rmtree(files)
    anew = publish_to_folder(snapshot, tmp_path)
    os.utime(anew, (1, 1))  # whatever the clock says, these are other files
    assert anew == files and publish_as_iceberg(anew) != first and again.told


def test_nothing_is_left_of_what_could_not_be_written(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(files.parent.iterdir())
    catalog_of(monkeypatch, fails_at="published.statements")
    with pytest.raises(OSError, match="No space"):
        publish_as_iceberg(files)
    assert sorted(files.parent.iterdir()) == before
    catalog_of(monkeypatch)
    assert publish_as_iceberg(files).is_dir()


def test_without_what_writes_its_tables_it_is_refused_in_words(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyiceberg.catalog.memory", None)
    with pytest.raises(EngineRefused, match=r"not installed.*pip install 'pyiceberg\[sql-sqlite\]'"):
        publish_as_iceberg(files)


def test_a_format_nobody_knows_is_refused_in_words(snapshot: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRACKER_ENGINE_FORMAT", "avro")
    monkeypatch.setenv("TRACKER_ENGINE_FOLDER", str(tmp_path))
    with pytest.raises(EngineRefused, match=r"avro.*TRACKER_ENGINE_FORMAT takes parquet or iceberg"):
        open_engine_at("sc://127.0.0.1:9", snapshot)
    assert not list(tmp_path.iterdir())
