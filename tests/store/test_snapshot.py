"""The snapshot: what it holds, and that it is there whole or not at all."""

from __future__ import annotations

import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.factory import data_set, statement
from tracker.core.columns import COLUMN_NAMES, FACETS
from tracker.core.dates import PartialDate
from tracker.core.errors import SnapshotNotWritten
from tracker.core.model import DataSet, Event
from tracker.core.problems import Problem, Severity
from tracker.store import snapshot
from tracker.store.snapshot import build_snapshot, data_version


def asked(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(path), read_only=True, config=snapshot.READ_ONLY) as connection:
        return connection.execute(sql).fetchall()


def some() -> DataSet:
    return data_set(
        statement("t-1", "2016-08-01"),
        statement("t-2", "2016"),
        statement("t-3", organisation_id="", spokesperson_id="", issue_id="", language_code="", channel_code="", document_url=""),
        statement("t-4", "2016-07-28", stance_code="", act_code="", target_id="BBB"),
    )


def test_holds_every_column_sorted_by_date_and_place(tmp_path: Path) -> None:
    path = build_snapshot(some(), tmp_path)
    columns = {name: kind for name, kind, *_ in asked(path, "DESCRIBE statements")}
    assert set(COLUMN_NAMES) | {facet.column for facet in FACETS} <= set(columns)
    assert columns["stated_from"] == "DATE" and columns["row_number"] == "INTEGER" and columns["quote"] == "VARCHAR"
    assert all(columns[facet.column].startswith("ENUM") for facet in FACETS)
    assert asked(path, "SELECT statement_id, row_number FROM statements") == [("t-2", 2), ("t-3", 3), ("t-4", 4), ("t-1", 1)]


def test_partial_dates_keep_text_ends_and_precision(tmp_path: Path) -> None:
    path = build_snapshot(some(), tmp_path)
    dates = "SELECT stated_on, stated_from::VARCHAR, stated_to::VARCHAR, date_precision FROM statements"
    (row,) = asked(path, f"{dates} WHERE statement_id = 't-2'")
    assert row == ("2016", "2016-01-01", "2016-12-31", "year")


@pytest.mark.parametrize("column", [facet.column for facet in FACETS])
def test_facet_columns_are_never_null_or_empty(tmp_path: Path, column: str) -> None:
    values = {value for (value,) in asked(build_snapshot(some(), tmp_path), f"SELECT {column} FROM statements")}
    missing = "not-coded" if column in ("stance_code", "act_code") else "not-given"
    assert not values & {None, ""}
    assert (missing in values) == (column != "actor_id")


def test_tables_beside(tmp_path: Path) -> None:
    held = data_set(
        statement(speaks_for_actor=False),
        events=(Event("e-1", PartialDate(2016, 7), "Something"),),
        problems=(Problem("date-invalid", "no date", Severity.REJECTED, "s.csv", 3, 4, "stated_on"), Problem("x", "whole file")),
        licence="CC0",
    )
    path = build_snapshot(held, tmp_path)
    assert asked(path, "SELECT actor_id, name, kind FROM actors") == [("AAA", "Actor AAA", "state")]
    assert asked(path, "SELECT organisation_id, speaks_for_actor FROM organisations") == [("aaa-ministry", False)]
    assert asked(path, "SELECT happened_on, happened_to::VARCHAR FROM events") == [("2016-07", "2016-07-31")]
    assert asked(path, 'SELECT code, severity, record, line, "column" FROM problems') == [
        ("date-invalid", "rejected", 3, 4, "stated_on"),
        ("x", "rejected", None, None, ""),
    ]
    assert asked(path, "SELECT issue_id, position FROM issues") == [("issue-one", 1)]
    about = dict(asked(path, "SELECT key, value FROM about"))
    assert about["licence"] == "CC0" and about["data_version"] == path.stem and about["n_records"] == "1"


def test_data_set_without_statements_has_a_snapshot(tmp_path: Path) -> None:
    assert asked(build_snapshot(data_set(), tmp_path), "SELECT count(*) FROM statements") == [(0,)]


def test_named_by_content(tmp_path: Path) -> None:
    one, other = build_snapshot(data_set(statement()), tmp_path), build_snapshot(data_set(statement(quote="Other")), tmp_path)
    assert one != other
    assert one.stem == data_version(data_set(statement()).content_hash)
    assert {path.name for path in tmp_path.iterdir()} == {one.name, other.name}


def test_a_whole_snapshot_is_used_again(tmp_path: Path) -> None:
    path = build_snapshot(some(), tmp_path)
    before = path.stat()
    assert build_snapshot(some(), tmp_path) == path
    assert path.stat().st_ino == before.st_ino


@pytest.mark.parametrize("content", [b"", b"not a database at all", None], ids=["empty", "text", "other-version"])
def test_a_file_that_is_not_this_snapshot_is_replaced(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / f"{data_version(some().content_hash)}.duckdb"
    other = build_snapshot(data_set(statement()), tmp_path)
    path.write_bytes(other.read_bytes() if content is None else content)
    assert build_snapshot(some(), tmp_path) == path
    assert asked(path, "SELECT count(*) FROM statements") == [(4,)]


def test_a_failure_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(snapshot, "_flush", fail)
    with pytest.raises(OSError, match="disk full"):
        build_snapshot(some(), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(28, "No space left on device"), "no space left on device. Make room there"),
        (duckdb.IOException('Could not write file "x": No space left on device'), "no space left on device. Make room there"),
        (PermissionError(13, "Permission denied"), "permission denied"),
    ],
    ids=["full", "full-as-duckdb-says-it", "read-only"],
)
def test_a_disk_that_refuses_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str) -> None:
    def refuse(_path: Path) -> None:
        raise error

    monkeypatch.setattr(snapshot, "_flush", refuse)
    with pytest.raises(SnapshotNotWritten, match=words):
        build_snapshot(some(), tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_an_unfinished_file_of_a_killed_process_does_not_matter(tmp_path: Path) -> None:
    left = tmp_path / f"{data_version(some().content_hash)}.1.unfinished"
    left.write_bytes(b"half")
    assert asked(build_snapshot(some(), tmp_path), "SELECT count(*) FROM statements") == [(4,)]


def test_processes_may_build_at_once(tmp_path: Path) -> None:
    with ProcessPoolExecutor(3, mp_context=multiprocessing.get_context("spawn")) as processes:
        paths = {future.result() for future in [processes.submit(build_snapshot, some(), tmp_path) for _ in range(6)]}
    assert list(tmp_path.iterdir()) == list(paths)
    assert asked(paths.pop(), "SELECT count(*) FROM statements") == [(4,)]


def test_codes_with_many_values_stay_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "MAX_ENUM_VALUES", 1)
    kinds = {name: kind for name, kind, *_ in asked(build_snapshot(some(), tmp_path), "DESCRIBE statements")}
    assert kinds["stance_code"] == "VARCHAR" and kinds["actor_id"].startswith("ENUM")


@pytest.mark.parametrize(
    ("process", "hours", "is_swept"),
    [
        pytest.param("dead", 2, True, id="of-a-killed-process"),
        pytest.param("dead", 0, False, id="perhaps-of-another-machine"),
        pytest.param("living", 2, False, id="still-written"),
        pytest.param("living", 25, True, id="of-a-number-that-came-again"),
        pytest.param("no number", 2, False, id="of-nobody-known"),
    ],
)
def test_what_killed_processes_left_is_swept_at_opening(tmp_path: Path, process: str, hours: int, is_swept: bool) -> None:
    number = {"dead": str(2**22 + 7), "living": str(os.getpid())}.get(process, "x")
    left = [tmp_path / f"version.{number}.{'0' * 32}.unfinished{more}" for more in ("", ".wal", ".tmp")]
    left[2].mkdir()
    (left[2] / "spilled").write_bytes(b"x")
    for path in left:
        path.is_dir() or path.write_bytes(b"x")
        os.utime(path, (time.time() - 3_600 * hours,) * 2)
    (kept := tmp_path / "other.duckdb").write_bytes(b"x")
    build_snapshot(some(), tmp_path)
    assert [path.exists() for path in left] == [not is_swept] * 3
    assert kept.exists()
