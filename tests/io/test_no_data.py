"""What is no data in a cell: errors of spreadsheets and formulas, in every format of tables, and what only looks like them."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.io.workbooks import HEADER, rows, text, xlsx, xlsx_of
from tracker.core.model import DataSet
from tracker.io.exporters import to_csv, to_json, to_parquet, to_xlsx
from tracker.io.inputs import ReadOptions
from tracker.io.no_data import may_lack_data, why_no_data
from tracker.io.packages import load_bytes
from tracker.io.tables import read_side_table

ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#BEZUG!", "#NV", "#WERT!", "#VALEUR!")
ERRORS += (
    "#¡REF!",
    "#¿NOMBRE?",
    "#RIF!",
    "#ССЫЛКА!",
    "#Н/Д",
    "#DEĞER!",
    "#DEG\u0306ER!",
    " #REF! ",
    "Err:502",
    "Err :508",
    "#GETTING_DATA",
)
ERRORS += ("Fehler:502", "Ошибка:522", "Błąd: 504", "Erreur :502", "Erreur :\u00a0502")
FORMULAS = ("=A1", "=A1+B2", "=1+1", "=-A1", "=2016", '="0123"', "=$A$1:$B$3", "=Sheet1!A1", "='Sheet 1'!A1", "=[Book.xlsx]S!A1", "=TRUE")
FORMULAS += ("=SUM(A1:A3)", "=SUMME(A1;B2)", '=ЕСЛИ(A1=1;"да";"нет")', '=HYPERLINK("https://e.org","x y")', "=VLOOKUP(A2,#REF!,2,FALSE)")
FORMULAS += (
    "=Table1[Quote]",
    "=Table1[[#This Row],[Quote]]",
    "=[@Quote]",
    "=R1C1",
    "=cmd|' /C calc'!A0",
    "{=SUM(A1:A3)}",
    "=\nA1\n",
    "=#REF!",
)
TEXTS = (
    "It says #REF! there",
    "#REF",
    "#ref!",
    "#peace",
    "#Aleppo!",
    "# 1",
    "N/A",
    "Errors are",
    "Err",
    "=",
    "==",
    "=)",
    "= We stay",
    "=yes",
)
TEXTS += (
    "==Heading==",
    "= 5 million fled",
    "= a (2016)",
    '="We stay" he said',
    "=B2B talks",
    "- We will not leave",
    "-A1",
    "+972 3 555",
    "+A1",
)
TEXTS += ("@SUM", "'=1+1", "''#REF!", "＝1", "{=", "{=}", "=" + "A1+" * 4000 + "A1")
TEXTS += ("Err:1", "Err:502 is what it says", "Fel:5", "##", "# # #", "Error: none")


@pytest.mark.parametrize("written", ERRORS, ids=repr)
def test_an_error_is_named(written: str) -> None:
    assert why_no_data(written) == f"the error {written.strip()}"


@pytest.mark.parametrize("written", FORMULAS, ids=repr)
def test_a_formula_is_not_its_value(written: str) -> None:
    assert why_no_data(written) == "a formula and not its value"


@pytest.mark.parametrize("written", ["###", "##########"])
def test_a_column_too_narrow_is_no_data(written: str) -> None:
    assert "too narrow" in why_no_data(written)


@pytest.mark.parametrize("written", [*ERRORS, *FORMULAS])
def test_what_is_no_data_is_never_passed_over_unread(written: str) -> None:
    assert may_lack_data(f"2016-07-28FRA{written}A note")


@pytest.mark.parametrize("written", TEXTS, ids=lambda written: repr(written[:30]))
def test_text_that_looks_like_it_is_text(written: str) -> None:
    assert why_no_data(written) == ""
    data_set = load_bytes(to_csv([{"statement_id": "t-1", "stated_on": "2016", "country": "FRA", "quote": written}]), "t.csv")
    assert [s.written["quote"] for s in data_set.statements] == [written]


def as_every_format(row: Mapping[str, str]) -> dict[str, bytes]:
    """The row as a table of every format, nothing guarded."""
    return {
        "t.csv": (",".join(row) + "\n" + ",".join(f'"{value}"' for value in row.values()) + "\n").encode(),
        "t.tsv": ("\t".join(row) + "\n" + "\t".join(row.values()) + "\n").encode(),
        "t.json": json.dumps([row]).encode(),
        "t.jsonl": (json.dumps(row) + "\n").encode(),
        "columns.json": json.dumps({name: [value] for name, value in row.items()}).encode(),
        "t.parquet": _parquet(row),
        "t.xlsx": xlsx_of([list(row), list(row.values())]),
    }


def _parquet(row: Mapping[str, str]) -> bytes:
    target = io.BytesIO()
    pq.write_table(pa.table({name: [value] for name, value in row.items()}), target)
    return target.getvalue()


def told(data_set: DataSet) -> list[tuple[str, str, str, int | None]]:
    return [(p.code, p.severity.value, p.column, p.record) for p in data_set.problems]


ROW = {"date": "2016-07-28", "country": "FRA", "ministry": "Ministry of Tests", "quote": "Synthetic", "position": "They stay", "note": "n"}
REJECTED, KEPT = "rejected", "warning"


@pytest.mark.parametrize("format_name", as_every_format(ROW))
@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"quote": "#REF!", "position": ""}, [("cell-error", REJECTED, "quote", 1)]),
        ({"quote": "=A1+B2", "position": ""}, [("cell-error", REJECTED, "quote", 1)]),
        ({"quote": "#REF!"}, [("cell-error", KEPT, "quote", 1)]),
        ({"position": "#N/A"}, [("cell-error", KEPT, "position", 1)]),
        ({"date": "#N/A"}, [("cell-error", REJECTED, "stated_on", 1)]),
        ({"date": "=TODAY()"}, [("cell-error", REJECTED, "stated_on", 1)]),
        ({"country": "#BEZUG!"}, [("cell-error", REJECTED, "country", 1)]),
        ({"country": "", "ministry": "#NV"}, [("cell-error", REJECTED, "organisation", 1)]),
        ({"ministry": "#NV"}, [("cell-error", KEPT, "organisation", 1)]),
        ({"note": "Err:502", "ministry": "=A2"}, [("cell-error", KEPT, "organisation", 1), ("cell-error", KEPT, "note", 1)]),
        ({"note": "#REF!", "date": "#REF!"}, [("cell-error", REJECTED, "stated_on", 1)]),
        ({"quote": "It says #REF! there", "note": "- said"}, []),
    ],
    ids=lambda value: " ".join(f"{name}={text}" for name, text in value.items()) if isinstance(value, dict) else "",
)
def test_every_table_is_read_by_the_same_rule(format_name: str, changed: dict[str, str], expected: list[tuple[str, str, str, int]]) -> None:
    data_set = load_bytes(as_every_format(ROW | changed)[format_name], format_name)
    assert sorted(told(data_set)) == sorted(expected)
    assert len(data_set.statements) == (0 if REJECTED in {severity for _, severity, _, _ in expected} else 1)
    assert not any(why_no_data(text) for statement in data_set.statements for text in statement.written.values())


def test_what_was_said_of_every_row_needs_no_cell() -> None:
    data_set = load_bytes(
        b"date,country,quote\n2016,#REF!,Synthetic\n", "t.csv", ReadOptions(mapping={"=France": "country", "country": ""})
    )
    assert ([s.country_code for s in data_set.statements], [p.code for p in data_set.problems]) == (["FRA"], ["column-unknown"])


def test_a_total_that_is_a_formula_is_a_total() -> None:
    data_set = load_bytes(b"date,country,quote\n2016,FRA,Synthetic\nTotal,,=COUNTA(C2:C2)\n", "t.csv")
    assert told(data_set) == [("row-total", "ignored", "", 2)]


def test_a_row_of_a_workbook_with_an_error_is_no_note() -> None:
    cells = '<c r="A2" t="e"><v>#REF!</v></c>' + text("C2", "An invented sentence")
    assert told(load_bytes(xlsx(rows((1, HEADER), (2, cells))), "t.xlsx")) == [("cell-error", REJECTED, "stated_on", 1)]


MARKED = {"statement_id": "t-1", "stated_on": "2016", "country": "FRA", "quote": "#REF!", "note": "=A1"}


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("t.csv", to_csv([MARKED])),
        ("t.xlsx", to_xlsx([MARKED])),
        ("t.json", to_json([MARKED], link="/", data_version="v")),
        ("t.parquet", to_parquet([MARKED])),
    ],
)
def test_what_an_export_marks_is_text(file: str, data: bytes) -> None:
    data_set = load_bytes(data, file)
    assert [(s.written["quote"], s.written["note"]) for s in data_set.statements] == [("#REF!", "=A1")]
    assert data_set.problems == ()


def test_a_table_beside_the_statements_says_it_too() -> None:
    table = b"issue,title,proposition\npeace,#REF!,It must be kept.\n=A1,Peace,\n"
    found, problems = read_side_table(table, {"issue": (), "title": (), "proposition": ()}, needed=("issue",), file="issues.csv")
    assert [row.values for row in found] == [{"issue": "peace", "title": "", "proposition": "It must be kept."}]
    assert [(p.code, p.record, p.column) for p in problems] == [
        ("cell-error", 1, "title"),
        ("side-row-left-out", 2, ""),
        ("cell-error", 2, "issue"),
    ]


SLIDE = {"Year": "2016", "Month": "7", "Day": "28", "Headline": "A headline", "Text": "Synthetic", "Media": "", "Group": "France"}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"Month": "#N/A"}, [("cell-error", REJECTED, "stated_on", 1)]),
        ({"Text": "#REF!"}, [("cell-error", KEPT, "quote", 1)]),
        ({"Text": "#REF!", "Headline": ""}, [("cell-error", REJECTED, "quote", 1)]),
        ({"Text": "", "Headline": "#REF!"}, [("cell-error", REJECTED, "position", 1)]),
        ({"Headline": "#REF!"}, [("cell-error", KEPT, "document_title", 1)]),
        ({"Group": "=A1"}, [("cell-error", REJECTED, "country", 1)]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_slides_of_a_timeline(changed: dict[str, str], expected: list[tuple[str, str, str, int]]) -> None:
    slide = SLIDE | changed
    data = (",".join(slide) + "\n" + ",".join(slide.values()) + "\n").encode()
    found = load_bytes(data, "t.csv")
    assert found.format == "TimelineJS spreadsheet"
    assert [entry for entry in told(found) if entry[0] == "cell-error"] == expected
    assert bool(found.statements) == (expected[0][1] == KEPT)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Synthetic", "#REF!", ("cell-error", REJECTED, "quote", 1)),
        ("France", "#REF!", ("cell-error", REJECTED, "organisation", 1)),
        ("It should open", "=A1", ("cell-error", KEPT, "issue", 1)),
    ],
)
def test_events_of_a_discourse_network(old: str, new: str, expected: tuple[str, str, str, int]) -> None:
    names = "statement_id;time;person;organization;concept;agreement;start_position;stop_position;text;coder"
    data = f"{names}\n1;2016-07-28 00:00:00;Test Person;France;It should open;1;0;9;Synthetic;2\n".replace(old, new)
    found = load_bytes(data.encode(), "events.csv")
    assert expected in told(found)
    assert [issue.title for issue in found.issues] == ([] if "issue" in expected else ["It should open"])


def test_the_words_of_a_document_are_no_cells() -> None:
    article = {"date": "2020-07-19T20:30:00Z", "url": "https://e.org/a", "title": "t", "lang": "ENGLISH"}
    data = json.dumps(article | {"quotes": [{"pre": "", "quote": "=1+1", "post": ""}]}).encode() + b"\n"
    found = load_bytes(data, "gqg.json", ReadOptions(mapping={"=France": "country"}))
    assert [s.written["quote"] for s in found.statements] == ["=1+1"]
