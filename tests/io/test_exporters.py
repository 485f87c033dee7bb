"""Exports: formulas are harmless, and loading an export gives the text that went in, however often."""

from __future__ import annotations

import csv
import io
import json

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.columns import COLUMN_NAMES
from tracker.io.exporters import rejected_to_csv, to_csv, to_json, to_parquet
from tracker.io.packages import load_bytes
from tracker.io.reports import kept_row

EDGES = [
    "=1+1",
    "+1 (202) 555",
    "-1,5",
    "-1.5%",
    "- a list",
    "@here",
    "\tx",
    "\rx",
    "a\rb",
    "a\nb",
    "a\r\nb",
    "＝1",
    "－1",
    "'=1",
    "''=1",
    "'plain",
    "'",
    "-",
    "=",
    '"',
    '""',
    "a,b;c|d\te",
    "  spaces  ",
    "é",
    "é",
    "日本",
    "\u202ex",
    "0123",
    "1e5",
    "=cmd|' /C calc'!A0",
    "'-1",
    "#REF!",
    " #N/A ",
    "{=A1}",
    "Err:502",
    "It says #REF! there",
]


def rows_of(data: bytes) -> list[dict[str, object]]:
    data_set = load_bytes(data, "export.csv")
    assert len(data_set.statements) == data_set.n_records
    return [kept_row(statement) for statement in data_set.statements]


def row(statement_id: str, **changes: str) -> dict[str, str]:
    return {"statement_id": statement_id, "stated_on": "2016-07", "country": "FRA", "quote": "Synthetic"} | changes


def texts(rows: list[dict[str, object]]) -> list[list[object]]:
    return [[row.get(name) or "" for name in COLUMN_NAMES] for row in rows]


@pytest.mark.parametrize("text", EDGES, ids=repr)
def test_text_survives_three_round_trips(text: str) -> None:
    first = [row("t-1", spokesperson=text, note=text), row("t-2")]
    exported = to_csv(first)
    for _ in range(3):
        loaded = rows_of(exported)
        assert texts(loaded) == texts(first)
        assert to_csv(loaded) == exported


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12), min_size=1, max_size=4))
def test_any_text_survives_a_round_trip(cells: list[str]) -> None:
    rows = [row(f"t-{n}", note=cell, venue=cell) for n, cell in enumerate(cells)]
    assert texts(rows_of(to_csv(rows))) == texts(rows)


@pytest.mark.parametrize("text", [edge for edge in EDGES if edge[0] in "=+-@\t\r＝－" and edge not in ("-1,5", "-1.5%")], ids=repr)
def test_no_cell_of_an_export_is_a_formula(text: str) -> None:
    cells = next(csv.DictReader(io.StringIO(to_csv([row("t-1", note=text)]).decode(), newline="")))
    assert cells["note"] == f"'{text}"
    assert cells["guarded"] == "note"


def test_numbers_stay_numbers_and_the_columns_are_ours() -> None:
    lines = list(csv.reader(io.StringIO(to_csv([row("t-1", note="-1,5")]).decode(), newline="")))
    assert lines[0] == list(COLUMN_NAMES)
    assert lines[1][-1] == "-1,5"


def test_an_apostrophe_of_somebody_else_is_text() -> None:
    data_set = load_bytes(b"date,country,quote\n2016,FRA,'=1+1\n", "s.csv")
    assert data_set.statements[0].written["quote"] == "'=1+1"


def test_json_says_what_it_holds() -> None:
    whole = json.loads(to_json([row("t-1", note="é\n")], link="/statements?actor=FRA", data_version="abc"))
    assert (whole["link"], whole["data_version"], whole["n_statements"]) == ("/statements?actor=FRA", "abc", 1)
    assert whole["statements"][0]["note"] == "é\n"


@pytest.mark.parametrize("n_rows", [0, 2])
def test_parquet_holds_every_row(n_rows: int) -> None:
    rows = [{**row(f"t-{n}"), "is_possibly": True} for n in range(n_rows)]
    table = pq.read_table(io.BytesIO(to_parquet(rows)))
    assert table.num_rows == n_rows
    assert table.column_names == (list(rows[0]) if rows else list(COLUMN_NAMES))
    assert table.to_pylist() == rows


def test_rejected_rows_come_back_without_what_was_wrong_with_them() -> None:
    row = {"line": 7, "problem": "=no such day", "stated_on": "2016-02-30", "country": "FRA", "quote": "=Synthetic"}
    text = rejected_to_csv([row]).decode()
    assert text.splitlines()[0].startswith("rejected_line,rejected_because,statement_id,")
    assert ",'=no such day," in text
    data_set = load_bytes(text.replace("02-30", "02-29").encode(), "rejected.csv")
    assert [statement.written["quote"] for statement in data_set.statements] == ["=Synthetic"]
    assert data_set.problems == ()
