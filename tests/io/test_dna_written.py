"""Projects and event lists of Discourse Network Analyzer: what is written is read again, and is as that program makes it."""

from __future__ import annotations

import base64
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import samples
from tests.io.readings import opened
from tracker.core.columns import COLUMN_NAMES
from tracker.core.vocabulary import NOT_CODED
from tracker.io import dna, dna_events
from tracker.io.dna_tables import TABLES
from tracker.io.dna_written import MAX_SHORT, to_dna, to_event_list

SAME = ("spokesperson", "organisation", "country", "issue", "stance", "role", "act", "target", "position", "quote", "quote_language")
SAME += ("venue", "document_title", "publisher", "note")
ROW = {
    "statement_id": "t-1",
    "stated_on": "2016-07-28",
    "country": "FRA",
    "organisation": "Ministry of Tests",
    "spokesperson": "Test Person",
    "role": "Spokesperson of tests",
    "issue": "corridors",
    "issue_id": "corridors",
    "stance": "oppose",
    "stance_code": "oppose",
    "act": "demand",
    "target": "RUS",
    "position": "Synthetic position",
    "quote": "We see 😀; it is \"no corridor\".\nSecond line; with 'marks'",
    "quote_language": "en",
    "venue": "Geneva",
    "channel": "letter",
    "document_title": "Synthetic document",
    "publisher": "Test Press",
    "document_url": "https://example.org/document",
    "coder": "A. Coder (synthetic)",
    "note": "A synthetic note",
}
CONCEPTS = {"corridors": "The corridors should open."}
ROWS = [
    ROW,
    ROW | {"statement_id": "t-2", "quote": "Second 😀 quote", "stance": "mixed", "stance_code": "mixed"},
    ROW | {"statement_id": "t-3", "stated_on": "2016-07", "stance": "", "stance_code": NOT_CODED, "coder": ""},
    ROW | {"statement_id": "t-4", "document_url": "", "document_title": "", "publisher": "", "quote": "", "organisation": ""},
]
WAYS = {"project": (to_dna, dna, "p.dna"), "event list": (to_event_list, dna_events, "p.csv")}


def read_again(rows: list[dict[str, str]], way: str) -> list[dict[str, str]]:
    write, reader, name = WAYS[way]
    return [row.values for row in opened(reader, write(rows, CONCEPTS), name).found.rows]


def expected(row: dict[str, str]) -> dict[str, str]:
    concept = CONCEPTS.get(row["issue_id"], row["issue"]) if row["issue"] else ""
    return {name: row.get(name, "") for name in SAME} | {"issue": concept, "quote": row["quote"] or row["position"]}


@pytest.mark.parametrize("way", WAYS)
def test_what_is_written_is_read_again(way: str) -> None:
    found = read_again(ROWS, way)
    assert [{name: row.get(name, "") for name in SAME} for row in found] == [expected(row) for row in ROWS]
    assert [row["stated_on"] for row in found] == ["2016-07-28", "2016-07-28", "2016-07-01", "2016-07-28"], "a month is its first day"
    assert [row["channel"] for row in found] == ["letter"] * 4
    assert [row["coder"] for row in found][:2] == ["A. Coder (synthetic)"] * 2


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), min_size=1, max_size=30)
VALUES = st.fixed_dictionaries(
    {"quote": st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"), min_size=1, max_size=80).filter(str.strip)}
    | {name: WORDS for name in ("spokesperson", "role", "position", "document_title")}
    | {"stance": st.sampled_from(["support", "oppose", "mixed", "neutral"])}
)


@given(st.lists(VALUES, min_size=1, max_size=4))
def test_any_words_are_cut_where_they_stand(changes: list[dict[str, str]]) -> None:
    rows = [ROW | change | {"stance_code": change["stance"], "statement_id": f"t-{n}"} for n, change in enumerate(changes)]
    found = read_again(rows, "project")
    names = ("quote", "spokesperson", "role", "position", "document_title", "stance")
    assert [[row[name] for name in names] for row in found] == [[row[name] for name in names] for row in rows]


def project(rows: list[dict[str, str]]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(to_dna(rows, CONCEPTS))
    return connection


def test_it_keeps_the_constraints_of_the_program() -> None:
    long = ROW | {"spokesperson": "x" * 500, "document_title": "y" * 500, "quote": "a\0b\ud800"}
    with closing(project([*ROWS, long])) as held:
        held.execute("PRAGMA foreign_keys = ON")
        assert held.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert held.execute("PRAGMA foreign_key_check").fetchall() == []
        assert held.execute("SELECT max(length(Value)) FROM ENTITIES").fetchone() == (MAX_SHORT,)
        agreements = held.execute("SELECT StatementId, Value FROM DATAINTEGER ORDER BY 1").fetchall()
        assert agreements == [(1, -1), (2, 0), (4, -1), (5, -1)], "what is not coded has no value, not 0"
        salt_and_digest = base64.b64decode(held.execute("SELECT Password FROM CODERS").fetchone()[0])
        assert len(salt_and_digest) == 48


def test_the_same_statements_give_the_same_file() -> None:
    assert to_dna(ROWS, CONCEPTS) == to_dna(ROWS, CONCEPTS)


def test_nothing_is_a_project_too() -> None:
    with closing(project([])) as held:
        assert held.execute("SELECT count(*) FROM STATEMENTS").fetchone() == (0,)


def test_a_formula_in_an_event_list_is_guarded() -> None:
    text = to_event_list([ROW | {"spokesperson": "=1+1", "quote": "@x"}], CONCEPTS).decode()
    assert '"\'=1+1"' in text
    assert '"\'@x"' in text


def tables_of(connection: sqlite3.Connection) -> dict[str, tuple[list, list]]:
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        name: (
            [row[1:] for row in connection.execute(f"PRAGMA table_info({name})")],
            sorted(row[2:5] for row in connection.execute(f"PRAGMA foreign_key_list({name})")),
        )
        for name in names
    }


@samples.needs_samples
def test_tables_and_columns_are_those_of_the_program() -> None:
    with (
        closing(sqlite3.connect(":memory:")) as ours,
        closing(sqlite3.connect(f"file:{samples.DNA / 'sample_v3.dna'}?mode=ro", uri=True)) as its,
    ):
        ours.executescript(TABLES)
        assert tables_of(ours) == tables_of(its)


@samples.needs_samples
def test_a_project_of_the_program_survives_the_round(tmp_path) -> None:
    data = (samples.DNA / "sample_v3.dna").read_bytes()
    first = [row.values for row in opened(dna, data, "p.dna").found.rows]
    rows = [{**dict.fromkeys(COLUMN_NAMES, ""), **row, "issue_id": row["issue"], "stance_code": row["stance"]} for row in first]
    again = [row.values for row in opened(dna, to_dna(rows, {}), "p.dna").found.rows]
    names = ("stated_on", "spokesperson", "organisation", "issue", "stance", "quote", "document_title", "publisher")
    assert [[row[name] for name in names] for row in again] == [[row[name] for name in names] for row in first]
