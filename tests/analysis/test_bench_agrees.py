"""What `make bench` measures is right: synthetic statements are as they say, and all three ways give one answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.bench import shifts, synthetic, texts
from tests.bench.filters import FILTERS
from tests.bench.measuring import Corpora, disagreements, opened
from tests.bench.questions import Question, questions
from tracker.core.columns import COLUMN_NAMES
from tracker.core.folding import FIELD_BREAK, PART_BREAK, fold
from tracker.io.packages import load_data_set
from tracker.store.rows import STATEMENT_SCHEMA
from tracker.store.snapshot import build_snapshot

N_ROWS = 2_000
N_QUESTIONS = 8


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpora]:
    with opened(synthetic.snapshot(N_ROWS, folder=tmp_path_factory.mktemp("bench"))) as corpora:
        yield corpora


@pytest.fixture(scope="module")
def asked(held: Corpora) -> list[Question]:
    return list(questions(held.n_selected))


@pytest.mark.parametrize("number", range(N_QUESTIONS * len(FILTERS)))
def test_three_ways_one_answer(held: Corpora, asked: list[Question], number: int) -> None:
    assert disagreements(asked[number], held) == []


def test_every_question_is_compared(asked: list[Question]) -> None:
    assert len(asked) == N_QUESTIONS * len(FILTERS)


@pytest.mark.parametrize("way", ["by_hand", "by_pandas"])
def test_another_answer_is_seen(held: Corpora, asked: list[Question], way: str) -> None:
    """The comparison can fail: a question answered for everything is not the answer for a filter."""
    for question in asked:
        if question.chosen.name == "broad":
            changed = {"by_hand": question.by_hand, "by_pandas": question.by_pandas}
            changed[way] = lambda asked_of, _, answer=changed[way]: answer(asked_of, FILTERS[2])
            wrong = Question(question.name, question.chosen, question.ours, **changed, forms=question.forms)
            assert disagreements(wrong, held) == [{"by_hand": "SQL", "by_pandas": "pandas"}[way]], question.name


def test_every_filter_selects_something(held: Corpora) -> None:
    n_selected = [held.n_selected(chosen) for chosen in FILTERS]
    assert n_selected[0] == N_ROWS
    assert n_selected == sorted(n_selected, reverse=True)
    assert n_selected[1] > 50


def test_the_schema_is_the_stores(held: Corpora) -> None:
    assert [column[0] for column in held.connection.execute("SELECT * FROM statements LIMIT 0").description] == STATEMENT_SCHEMA.names


def test_search_text_is_folded_as_the_store_does(held: Corpora) -> None:
    rows = held.connection.execute(
        "SELECT quote, quote_en, position, spokesperson, actors.name, organisation, search_text"
        " FROM statements JOIN actors USING (actor_id) ORDER BY row_number LIMIT 500"
    ).fetchall()
    for quote, quote_en, position, *names, search_text in rows:
        quotes, said = ([folded for part in parts if (folded := fold(part))] for parts in ((quote, quote_en), names))
        parts = (*quotes, f"{PART_BREAK} {fold(position)}", f"{PART_BREAK} {FIELD_BREAK.join(said)}")
        assert search_text == f" {FIELD_BREAK.join(parts)} "


def test_what_is_promised_of_the_statements(held: Corpora) -> None:
    (shortest, longest, n_partial, n_uncoded, n_years, n_scripts) = held.connection.execute(
        "SELECT min(strlen(quote)), max(strlen(quote)), count(*) FILTER (date_precision <> 'day'),"
        " count(*) FILTER (stance_code = 'not-coded'), max(year(stated_to)) - min(year(stated_from)) + 1, count(DISTINCT quote_language)"
        " FROM statements"
    ).fetchone()
    assert 190 <= shortest <= longest <= 420
    assert 0.01 * N_ROWS < n_partial < 0.03 * N_ROWS
    assert 0.035 * N_ROWS < n_uncoded < 0.065 * N_ROWS
    assert n_years == 50
    assert n_scripts == len(texts.languages())


def test_actors_fall_off_as_zipf_says(held: Corpora) -> None:
    counts = [n for (n,) in held.connection.execute("SELECT count(*) AS n FROM statements GROUP BY actor_id ORDER BY n DESC").fetchall()]
    assert 0.10 < counts[0] / N_ROWS < 0.17
    assert 1.5 < counts[0] / counts[1] < 2.0
    assert len(counts) > 100


def test_the_same_seed_gives_the_same_statements_whatever_the_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rows(path: Path) -> list[tuple[object, ...]]:
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute("SELECT * FROM statements ORDER BY row_number").fetchall()

    whole = rows(synthetic.snapshot(300, folder=tmp_path / "whole"))
    monkeypatch.setattr(synthetic, "CHUNK", 70)
    assert rows(synthetic.snapshot(300, folder=tmp_path / "pieces")) == whole
    assert rows(synthetic.snapshot(300, seed=2, folder=tmp_path / "other")) != whole


def test_a_snapshot_is_made_once(tmp_path: Path) -> None:
    made = synthetic.snapshot(50, folder=tmp_path)
    before = made.stat().st_mtime_ns
    assert synthetic.snapshot(50, folder=tmp_path) == made
    assert made.stat().st_mtime_ns == before


def test_the_package_loads_whole_and_says_what_it_is(tmp_path: Path) -> None:
    loaded = load_data_set(synthetic.write_package(tmp_path / "package", 200))
    assert (loaded.n_records, len(loaded.statements), loaded.n_rejected) == (200, 200, 0), loaded.problems[:5]
    assert "SYNTHETIC" in loaded.title
    assert all("SYNTHETIC" in held.written["note"] for held in loaded.statements)
    assert {held.actor_id for held in loaded.statements} <= {actor.actor_id for actor in loaded.actors}


def test_the_package_has_the_columns_of_the_format(tmp_path: Path) -> None:
    header = (synthetic.write_package(tmp_path, 3) / "statements.csv").read_text(encoding="utf-8").splitlines()[0]
    assert tuple(header.split(",")) == COLUMN_NAMES


def test_the_package_and_the_snapshot_hold_the_same_codes(held: Corpora, tmp_path: Path) -> None:
    """What loading makes of the package is what the generator put into the snapshot."""
    path = build_snapshot(load_data_set(synthetic.write_package(tmp_path / "package", 200)), tmp_path)
    asked = "SELECT statement_id, stated_from, stated_to, actor_id, issue_id, stance_code, act_code, language_code FROM statements"
    with duckdb.connect(str(path), read_only=True) as connection:
        loaded = connection.execute(f"{asked} ORDER BY statement_id").fetchall()
    assert loaded == held.connection.execute(f"{asked} WHERE row_number <= 200 ORDER BY statement_id").fetchall()


def test_changes_of_position_are_those_of_sql_by_hand(tmp_path: Path) -> None:
    path = synthetic.snapshot(N_ROWS, seed=3, folder=tmp_path)
    assert shifts.compared(path, 1)[0][0] > 0, "asserts that both answer alike"
    with duckdb.connect(str(path), read_only=True) as connection:
        assert shifts.by_hand(connection)[0] > 0, "there are positions to be found"
