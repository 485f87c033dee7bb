"""The engine: locked down, compiled once, and the same for many threads at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import ibis
import pandas as pd
import pytest

from tests.factory import data_set, statement
from tracker.core.errors import TrackerError
from tracker.core.patience import TooSlow, patient
from tracker.store import engine as engine_module
from tracker.store.engine import Engine, open_engine
from tracker.store.snapshot import build_snapshot

STANCES = ("support", "oppose", "mixed")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    statements = [statement(f"t-{n}", f"2016-07-{n % 28 + 1:02}", stance_code=STANCES[n % 3]) for n in range(90)]
    return build_snapshot(data_set(*statements), tmp_path_factory.mktemp("snapshots"))


@pytest.fixture(scope="module")
def engine(path: Path) -> Iterator[Engine]:
    opened = open_engine(path)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE x (a INTEGER)",
        "DELETE FROM statements",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_csv('https://example.org/x.csv')",
        "COPY statements TO 'stolen.csv'",
        "ATTACH 'other.duckdb' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET threads = 1",
        "RESET lock_configuration",
    ],
)
def test_nothing_but_reading_the_snapshot_works(engine: Engine, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        engine._server.answer(sql)


def test_python_variables_are_no_tables(engine: Engine) -> None:
    visible_frame = pd.DataFrame({"a": [1]})
    with pytest.raises(duckdb.CatalogException, match="visible_frame does not exist"):
        engine._server.connection.cursor().execute("SELECT * FROM visible_frame")
    assert len(visible_frame) == 1
    assert engine._server.answer("SELECT current_setting('python_enable_replacements')")[1] == [(False,)]


@pytest.mark.parametrize("code", ["'", "''; DROP TABLE statements; --", "\\", "%", "\x00", "support'--", "𒀀"])
def test_hostile_values_are_only_values(engine: Engine, code: str) -> None:
    held = engine.statements
    found = held.filter(held.stance_code.isin([code]) | (held.quote == code) | held.search_text.contains(f" {code}"))
    assert engine.rows(found) == []
    assert engine.rows(held.aggregate(n=held.count())) == [{"n": 90}]


def test_a_key_is_compiled_once(engine: Engine) -> None:
    built: list[str] = []

    def question() -> ibis.Table:
        built.append("question")
        return engine.statements.group_by("stance_code").aggregate(n=engine.statements.count())

    answers = [sorted(row["n"] for row in engine.rows(question, "once")) for _ in range(3)]
    assert answers == [[30, 30, 30]] * 3 and built == ["question"]
    engine.rows(question)
    assert built == ["question"] * 2


@pytest.mark.parametrize("is_nested", [False, True], ids=["plain", "with-own-ctes"])
def test_a_question_reads_what_was_chosen(engine: Engine, is_nested: bool) -> None:
    narrow = ibis.table({"stance_code": "string"}, name="chosen")
    counted = narrow.group_by("stance_code").aggregate(n=narrow.count())
    question = counted.union(counted).order_by("stance_code") if is_nested else counted.order_by("stance_code")
    for stance in STANCES:
        held = engine.statements.filter(engine.statements.stance_code == stance).select("stance_code")
        rows = engine.rows(lambda: question, ("q", is_nested), chosen=lambda held=held: held, chosen_key=("c", stance))
        assert rows == [{"stance_code": stance, "n": 30}] * (1 + is_nested)


def test_the_cache_of_compiled_questions_is_bounded(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "MAX_COMPILED", 3)
    opened = open_engine(path)
    for number in range(10):
        rows = opened.rows(lambda number=number: opened.statements.limit(number).select("statement_id"), number)
        assert len(rows) == number
    assert list(opened._compiled) == [7, 8, 9]
    opened.close()


def test_many_threads_get_the_same_answers(engine: Engine) -> None:
    held = engine.statements

    def ask(number: int) -> list[dict[str, object]]:
        stance = STANCES[number % 3]
        question = held.filter(held.stance_code == stance).order_by("row_number").select("statement_id")
        return engine.rows(lambda: question, ("threads", number % 7, stance))

    with ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(ask, range(240)))
    for number, rows in enumerate(answers):
        assert [row["statement_id"] for row in rows] == [f"t-{n}" for n in range(90) if n % 3 == number % 3]


def test_frames_and_tables(engine: Engine) -> None:
    assert list(engine.frame(engine.table("issues"))["issue_id"]) == ["issue-one"]
    assert [row["issue_id"] for row in engine.rows(engine.table("issues"))] == ["issue-one"]
    assert engine.table("statements").stance_code.type().is_string()
    with pytest.raises(KeyError):
        engine.table("no_such_table")


def test_a_snapshot_may_be_opened_twice_and_closed_once(path: Path, engine: Engine) -> None:
    other = open_engine(path)
    other.close()
    with pytest.raises(duckdb.Error):
        other.rows(other.statements)
    assert engine.rows(engine.statements.aggregate(n=engine.statements.count())) == [{"n": 90}]


@pytest.mark.parametrize("content", [None, b"", b"no database"], ids=["missing", "empty", "text"])
def test_what_is_no_snapshot_is_refused_with_a_remedy(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "x.duckdb"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(TrackerError, match=r"Cannot open the snapshot 'x.duckdb'.*Delete the file"):
        open_engine(path)


ENDLESS = "SELECT sum(hash(a.i) % 7) FROM range(1000000000) a(i), range(1000000) b(i)"


@pytest.mark.parametrize("way", ["answer", "frame"])
def test_a_question_past_the_limit_is_cut_off_and_the_next_one_answered(engine: Engine, way: str) -> None:
    with patient(0.1), pytest.raises(TooSlow):
        getattr(engine._server, way)(ENDLESS)
    with patient(60):
        assert engine.rows(engine.statements.count().name("n").as_table()) == [{"n": 90}]


def test_others_are_not_cut_off_with_a_question(engine: Engine) -> None:
    def others() -> list[int]:
        with patient(60):
            return [len(engine.rows(engine.statements)) for _ in range(20)]

    with ThreadPoolExecutor(2) as pool, patient(0.1):
        waiting = pool.submit(others)
        with pytest.raises(TooSlow):
            engine._server.answer(ENDLESS)
        assert waiting.result(60) == [90] * 20


HOSTILE = ("it's", "' OR '1'='1", "\\", "a\\'b", "x', 'y", "stands-for-a", "«ünïcode»", "")


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_stays_one_text(engine: Engine, value: str) -> None:
    asked = ibis.literal("stands-for-a").name("a").as_table()
    assert engine.rows(asked, "one text", values={"stands-for-a": (value,), "stands-for-b": ("z",)}) == [{"a": value}]


def test_values_stand_where_their_names_do(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiled once for all values; none is taken for the name of another."""
    opened = open_engine(path)
    compiled: list[object] = []
    compile_now = opened._server.compile
    monkeypatch.setattr(opened._server, "compile", lambda question: (compiled.append(question), compile_now(question))[1])

    def question() -> ibis.Table:
        held = opened.statements
        held = held.filter(held.stance_code.isin(["name-a"]) | (held.stance_code == "name-b"))
        return held.aggregate(n=held.count())

    def n(*stances: str) -> int:
        return opened.rows(question, "by stance", values={"name-a": stances, "name-b": ("name-a",)})[0]["n"]

    assert (n("support"), n("support", "mixed"), n("support", "name-b"), n("it's")) == (30, 60, 30, 0)
    assert len(compiled) == 1
    opened.close()
