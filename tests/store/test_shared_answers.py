"""Answers kept for other processes: the same values, asked once, and never in the way."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factory import data_set, statement
from tests.house_rules import ROOT
from tracker.analysis.corpus import Corpus
from tracker.analysis.facets import n_selected
from tracker.analysis.timeline import timeline_bins
from tracker.core.dates import Window
from tracker.core.selection import Selection
from tracker.store import engine_at
from tracker.store.engine import Engine, duckdb_server
from tracker.store.engine_at import open_engine_at
from tracker.store.shared_answers import SharedAnswers, _rows_from_bytes, _rows_to_bytes
from tracker.store.snapshot import build_snapshot

ASKED = "SELECT * FROM statements ORDER BY row_number"
COUNTED = "SELECT stance_code, count(*) AS n, avg(row_number) AS mean, min(stated_from) AS first FROM statements GROUP BY 1 ORDER BY 1"


class Counted:
    """A server that counts what it is asked."""

    def __init__(self, server: Any) -> None:
        self.server, self.n_asked = server, 0

    def quoted(self, name: str) -> str:
        return self.server.quoted(name)

    def answer(self, sql: str, *beside: Mapping[str, str]) -> Any:
        self.n_asked += 1
        return self.server.answer(sql, *beside)

    def frame(self, sql: str, *beside: Mapping[str, str]) -> Any:
        self.n_asked += 1
        return self.server.frame(sql, *beside)

    def close(self) -> None:
        self.server.close()


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    statements = [statement(f"t-{n}", f"2016-07-{n % 28 + 1:02}", stance_code=("support", "oppose")[n % 2]) for n in range(40)]
    return build_snapshot(data_set(*statements), tmp_path_factory.mktemp("snapshots"))


@pytest.fixture
def counted(snapshot: Path) -> Iterator[Counted]:
    server = Counted(duckdb_server(snapshot))
    yield server
    server.close()


def _shared(counted: Counted, path: Path, **options: Any) -> SharedAnswers:
    return SharedAnswers(counted, path, **{"kept_after": 0.0, **options})


@pytest.mark.parametrize("sql", [ASKED, COUNTED, "SELECT [1, 2] AS a, {'b': DATE '2016-07-28'} AS c, 'NaN'::DOUBLE AS d, NULL AS e"])
def test_another_process_gets_the_same_rows_without_asking(counted: Counted, tmp_path: Path, sql: str) -> None:
    expected = _shared(counted, tmp_path / "a.answers").answer(sql)
    found = _shared(counted, tmp_path / "a.answers").answer(sql)
    assert counted.n_asked == 1
    assert repr(found) == repr(expected)
    assert [[type(value) for value in row] for row in found[1]] == [[type(value) for value in row] for row in expected[1]]


def test_a_frame_comes_back_with_its_types(counted: Counted, tmp_path: Path) -> None:
    expected = _shared(counted, tmp_path / "a.answers").frame(COUNTED)
    found = _shared(counted, tmp_path / "a.answers").frame(COUNTED)
    assert counted.n_asked == 1
    pd.testing.assert_frame_equal(found, expected)


def test_rows_and_frames_of_one_question_are_told_apart(counted: Counted, tmp_path: Path) -> None:
    shared = _shared(counted, tmp_path / "a.answers")
    assert isinstance(shared.answer(COUNTED), tuple)
    assert isinstance(shared.frame(COUNTED), pd.DataFrame)


def test_what_comes_at_once_is_not_kept(counted: Counted, tmp_path: Path) -> None:
    for _ in range(2):
        _shared(counted, tmp_path / "a.answers", kept_after=60).answer(COUNTED)
    assert counted.n_asked == 2


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda path: path.write_bytes(b"no database " * 500), id="damaged"),
        pytest.param(lambda path: (path.unlink(missing_ok=True), path.mkdir()), id="a-folder"),
        pytest.param(lambda path: path.parent.rename(path.parent.with_name("gone")), id="no-folder"),
    ],
)
def test_a_file_that_cannot_be_used_is_not_in_the_way(counted: Counted, tmp_path: Path, spoil: Any) -> None:
    path = tmp_path / "cache" / "a.answers"
    path.parent.mkdir()
    spoil(path)
    shared = _shared(counted, path)
    assert [shared.answer(COUNTED) for _ in range(2)] == [counted.server.answer(COUNTED)] * 2


def test_a_damaged_answer_is_asked_again_and_mended(counted: Counted, tmp_path: Path) -> None:
    path = tmp_path / "a.answers"
    expected = _shared(counted, path).answer(COUNTED)
    with sqlite3.connect(path) as held:
        held.execute("UPDATE answers SET answer = ?", (b'[["n"],',))
    held.close()
    assert _shared(counted, path).answer(COUNTED) == expected
    assert _shared(counted, path).answer(COUNTED) == expected
    assert counted.n_asked == 2


def test_a_writer_elsewhere_holds_nobody_up(counted: Counted, tmp_path: Path) -> None:
    path = tmp_path / "a.answers"
    _shared(counted, path).answer("SELECT 1")
    elsewhere = sqlite3.connect(path, isolation_level=None)
    elsewhere.execute("BEGIN EXCLUSIVE")
    try:
        assert _shared(counted, path).answer(COUNTED) == counted.server.answer(COUNTED)
    finally:
        elsewhere.close()


def test_the_file_stays_within_its_limit(counted: Counted, tmp_path: Path) -> None:
    path = tmp_path / "a.answers"
    shared = _shared(counted, path, max_bytes=60_000)
    for n in range(100):
        shared.answer(f"SELECT {n} AS n, repeat('x', 3000) AS text")
    shared.close()
    assert path.stat().st_size < 150_000
    found = _shared(counted, path, max_bytes=60_000)
    before = counted.n_asked
    found.answer("SELECT 99 AS n, repeat('x', 3000) AS text")
    assert counted.n_asked == before, "the newest answer was thrown away"


def test_a_real_second_process_finds_the_answer(snapshot: Path, tmp_path: Path) -> None:
    asked = (
        "import sys; from pathlib import Path; from tracker.store.engine import duckdb_server\n"
        "from tracker.store.shared_answers import SharedAnswers\n"
        "print(SharedAnswers(duckdb_server(Path(sys.argv[1])), Path(sys.argv[2]), kept_after=0.0).answer(sys.argv[3]))"
    )
    command = [sys.executable, "-c", asked, str(snapshot), str(tmp_path / "a.answers"), COUNTED]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    counted = Counted(duckdb_server(snapshot))
    assert repr(_shared(counted, tmp_path / "a.answers").answer(COUNTED)) == printed.strip()
    assert counted.n_asked == 0
    counted.close()


def test_small_tables_keep_nothing_and_large_ones_do(snapshot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for from_bytes, kind in ((1 << 40, "DuckDBServer"), (0, "SharedAnswers")):
        monkeypatch.setattr(engine_at, "SHARED_FROM_BYTES", from_bytes)
        engine = open_engine_at("", snapshot)
        assert type(engine._server).__name__ == kind
        engine.close()


_VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(), st.dates())


@given(st.lists(st.tuples(_VALUES, st.lists(_VALUES), st.dictionaries(st.text(alphabet="abc"), _VALUES)), max_size=5))
def test_rows_come_back_as_they_were(rows: list[tuple[Any, ...]]) -> None:
    assert _rows_from_bytes(_rows_to_bytes((["a", "b", "c"], rows))) == (["a", "b", "c"], rows)


def test_what_has_no_name_in_the_file_is_not_kept() -> None:
    with pytest.raises(TypeError, match="Timestamp"):
        _rows_to_bytes((["a"], [(pd.Timestamp("2016-07-28"),)]))
    assert date(2016, 7, 28) in _rows_from_bytes(_rows_to_bytes((["a"], [(date(2016, 7, 28),)])))[1][0]


def test_a_selection_is_answered_through_the_kept_answers(snapshot: Path, tmp_path: Path) -> None:
    """What the engine asks of any server it can ask of this one, values of filters included."""
    for _ in range(2):
        engine = Engine(SharedAnswers(duckdb_server(snapshot), tmp_path / "answers", kept_after=0))
        corpus = Corpus(engine.statements, engine)
        chosen = Selection().including("stance", "support", "it's").within(Window.parse("2016", "2016"))
        assert n_selected(corpus, chosen) == sum(bin_.n_statements for bin_ in timeline_bins(corpus, chosen).bins)
        engine.close()
