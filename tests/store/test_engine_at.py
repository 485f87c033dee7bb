"""Which engine a URL names, what is said when it cannot be had, and what is published for it."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.factory import data_set, statement
from tracker.core.errors import SnapshotNotWritten
from tracker.store import publishing
from tracker.store.engine import open_engine
from tracker.store.engine_at import open_engine_at
from tracker.store.engine_errors import EngineRefused
from tracker.store.publishing import publish_to_folder
from tracker.store.snapshot import build_snapshot

STATEMENTS = [statement(f"t-{n}", f"2016-07-{n % 28 + 1:02}", quote=f"Words {n} “حلب”") for n in range(40)]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_snapshot(data_set(*STATEMENTS), tmp_path_factory.mktemp("snapshots"))


@pytest.mark.parametrize("url", ["", "duckdb://", "DuckDB://"], ids=["nothing", "named", "in-capitals"])
def test_duckdb_answers_unless_another_is_named(url: str, snapshot: Path) -> None:
    engine = open_engine_at(url, snapshot)
    assert engine.rows(engine.statements.aggregate(n=engine.statements.count())) == [{"n": 40}]
    engine.close()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        pytest.param("mysql://ann:secret@db/x", "no engine of that kind is known", id="unknown-kind"),
        pytest.param("nonsense", "no engine of that kind is known", id="no-url"),
        pytest.param("postgres://ann:secret@127.0.0.1:9/x", "cannot answer", id="postgresql-that-is-not-there-or-has-no-driver"),
        pytest.param("sc://127.0.0.1:9", "cannot answer", id="spark-that-is-not-there-or-has-no-client"),
    ],
)
def test_an_engine_that_cannot_be_had_is_refused_in_words(
    url: str, said: str, snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_ENGINE_FOLDER", str(tmp_path))
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql.connect.session", None)  # its client waits for a minute
    with pytest.raises(EngineRefused, match=said) as refused:
        open_engine_at(url, snapshot)
    assert "secret" not in str(refused.value)


def test_what_is_published_is_what_the_snapshot_holds(snapshot: Path, tmp_path: Path) -> None:
    folder = publish_to_folder(snapshot, tmp_path)
    engine = open_engine(snapshot)
    for path in folder.iterdir():
        held = engine.rows(engine.table(path.name))
        assert pq.read_table(path).to_pylist() == held, path.name
    assert [row["statement_id"] for row in pq.read_table(folder / "statements").to_pylist()] == [
        row["statement_id"] for row in engine.rows(engine.statements)
    ]
    engine.close()


def test_many_rows_are_many_files(snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "ROWS_IN_A_FILE", 10)
    monkeypatch.setattr(publishing, "ROWS_AT_A_TIME", 10)
    folder = publish_to_folder(snapshot, tmp_path)
    assert len(list((folder / "statements").iterdir())) > 1
    assert pq.read_table(folder / "statements").num_rows == 40


def test_a_folder_is_wholly_there_or_not(snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(publishing, "_write_parquet", full)
    with pytest.raises(SnapshotNotWritten, match="no space"):
        publish_to_folder(snapshot, tmp_path)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    first = publish_to_folder(snapshot, tmp_path)
    marked = first / "statements" / "part-00000.parquet"
    before = marked.stat().st_mtime_ns
    assert publish_to_folder(snapshot, tmp_path) == first and marked.stat().st_mtime_ns == before
