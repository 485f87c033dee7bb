"""What a search found is held for the next question: found once, never another search's, and bounded."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.factory import data_set, statement
from tracker.core.patience import TooSlow, patient
from tracker.store import engine_duckdb
from tracker.store.engine import Engine, duckdb_server
from tracker.store.engine_duckdb import Held
from tracker.store.engine_server import Server, with_tables
from tracker.store.shared_answers import SharedAnswers
from tracker.store.snapshot import build_snapshot

HITS = ibis.table({"row_number": "int32"}, name="hits")
CHOSEN = ibis.table({"stance_code": "string"}, name="chosen")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    statements = [statement(f"t-{n}", stance_code=("support", "oppose")[n % 2]) for n in range(40)]
    return build_snapshot(data_set(*statements), tmp_path_factory.mktemp("snapshots"))


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every question whose answer was to be read as a table, as often as it was asked."""
    asked: list[str] = []
    arrow = engine_duckdb._arrow
    monkeypatch.setattr(engine_duckdb, "_arrow", lambda cursor, question: (asked.append(question), arrow(cursor, question))[1])
    return asked


@pytest.fixture(params=["in memory", "shared with other processes"])
def engine(request: pytest.FixtureRequest, path: Path, tmp_path: Path) -> Iterator[Engine]:
    server: Server = duckdb_server(path)
    opened = Engine(server if request.param == "in memory" else SharedAnswers(server, tmp_path / "x.answers", kept_after=0))
    yield opened
    opened.close()


def n_of(engine: Engine, below: int, *, way: str = "rows") -> int:
    """How many statements below a row number support, asked as the question of a search is."""
    held = engine.statements
    supporting = CHOSEN.filter(CHOSEN.stance_code == "support")
    answer: Any = getattr(engine, way)(
        lambda: supporting.aggregate(n=supporting.count()),
        "supporting",
        chosen=lambda: held.semi_join(HITS, "row_number").select("stance_code"),
        chosen_key="of hits",
        hits=lambda: held.filter(held.row_number < below).select("row_number"),
        hits_key=("below", below),
    )
    return int(answer[0]["n"] if way == "rows" else answer["n"][0])


def test_questions_about_the_same_hits_find_them_once(engine: Engine, looked_up: list[str]) -> None:
    first = int(engine.rows(engine.statements.aggregate(n=engine.statements.row_number.min()))[0]["n"])
    assert [n_of(engine, first + 10, way=way) for way in ("rows", "frame", "rows")] == [5, 5, 5]
    assert len(looked_up) == 1


def test_the_hits_of_one_search_are_never_those_of_another(engine: Engine) -> None:
    first = int(engine.rows(engine.statements.aggregate(n=engine.statements.row_number.min()))[0]["n"])
    numbers = [0, 1, 2, 3, 20, 40, 20, 3, 2, 1, 0]
    assert [n_of(engine, first + number) for number in numbers] == [(number + 1) // 2 for number in numbers]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda number: n_of(engine, first + number), numbers * 10))
    assert answers == [(number + 1) // 2 for number in numbers * 10]


@pytest.mark.parametrize("way", ["answer", "frame"])
def test_looking_up_is_cut_off_past_the_limit_too(path: Path, way: str) -> None:
    server = duckdb_server(path)
    endless = "SELECT sum(hash(a.i) % 7)::INTEGER AS row_number FROM range(1000000000) a(i), range(1000000000) b(i)"
    with patient(0.1), pytest.raises(TooSlow):
        getattr(server, way)("SELECT count(*) FROM hits", {"hits": endless})
    assert getattr(server, way)("SELECT * FROM hits", {"hits": "SELECT 7 AS row_number"}) is not None
    server.close()


def test_what_is_held_is_no_table_of_another_question(path: Path) -> None:
    server = duckdb_server(path)
    server.answer("SELECT * FROM hits", {"hits": "SELECT 1 AS row_number"})
    with pytest.raises(duckdb.CatalogException):
        server.answer("SELECT * FROM hits")
    server.close()


def test_a_server_that_holds_nothing_reads_them_in_the_question(path: Path) -> None:
    server = duckdb_server(path)
    beside = {"chosen": "SELECT a + 1 AS b FROM hits", "hits": "SELECT 1 AS a"}
    assert server.answer(with_tables("SELECT b FROM chosen", beside, server.quoted)) == (["b"], [(2,)])
    server.close()


@example(puts=[(0, 4), (0, 4)], most=4)
@example(puts=[(0, 9)], most=8)
@example(puts=[(0, 4), (1, 4), (0, 0), (2, 4)], most=8)
@example(puts=[], most=0)
@given(puts=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 12))), most=st.integers(0, 60))
def test_no_more_is_held_than_may_be(puts: list[tuple[int, int]], most: int) -> None:
    held, known = Held(most), dict[str, pa.Table]()
    for name, size in puts:
        answer = pa.table({"row_number": pa.array([name] * size, pa.int32())})
        assert held.put(f"q-{name}", answer) is answer
        known[f"q-{name}"] = answer
        kept = {asked: found for asked in known if (found := held.get(asked)) is not None}
        assert held.n_bytes == sum(found.nbytes for found in kept.values()) <= most
        assert all(found is known[asked] for asked, found in kept.items())
        assert (f"q-{name}" in kept) == (answer.nbytes <= most)
    held.clear()
    assert held.n_bytes == 0 and not any(held.get(asked) is not None for asked in known)


def test_what_was_read_last_is_held_longest() -> None:
    held, answer = Held(8), pa.table({"row_number": pa.array([1], pa.int32())})
    held.put("a", answer), held.put("b", answer)
    assert held.get("a") is answer
    held.put("c", answer)
    assert [held.get(asked) is not None for asked in "abc"] == [True, False, True]
