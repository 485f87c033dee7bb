"""The names of columns that a person is asked about, from text and from workbooks."""

from __future__ import annotations

import pytest

from tests.house_rules import ROOT
from tests.io.workbooks import rows, text, xlsx
from tracker.io.choices import choices_of
from tracker.io.inputs import InputFile

STRANGE = rows(
    (1, text("A1", "Our list")), (3, text("A3", "Wann") + text("B3", "Wer so") + text("C3", "Was denn")), (4, text("A4", "2016-07-28"))
)


@pytest.mark.parametrize(
    ("data", "name", "names"),
    [
        pytest.param(b"When;Who\n2016;Somebody", "a.csv", ("When", "Who"), id="delimited"),
        pytest.param(xlsx(STRANGE), "a.xlsx", ("Wann", "Wer so", "Was denn"), id="workbook-below-a-title"),
        pytest.param(xlsx(("hidden", STRANGE), rows((1, text("A1", "Tag")))), "a.xlsx", ("Tag",), id="workbook-without-its-hidden-sheet"),
        pytest.param(xlsx(STRANGE)[:200], "a.xlsx", (), id="workbook-cut-off"),
        pytest.param(b"PK\x03\x04 no archive", "a.zip", (), id="archive"),
        pytest.param(b'[{"wann": "2016", "wer": 1}, {}]', "a.json", ("wann", "wer"), id="json"),
        pytest.param(b'{"data": {"items": [{"wann": "2016"}]}}', "a.json", ("wann",), id="json-wrapped"),
        pytest.param(b'{"wann": ["2016"], "wer": ["x"]}', "a.json", ("wann", "wer"), id="json-columns"),
        pytest.param(b'[{"wann": ', "a.json", (), id="json-cut-off"),
        pytest.param(b"", "a.csv", (), id="nothing"),
    ],
)
def test_the_names_are_those_of_the_header(data: bytes, name: str, names: tuple[str, ...]) -> None:
    assert tuple(theirs for theirs, _ in choices_of(InputFile.from_bytes(data, name)).columns) == names


def test_a_spreadsheet_of_the_other_kind_too() -> None:
    path = ROOT / "tests" / "cases" / "sheet.ods"
    assert len(choices_of(InputFile.from_path(path)).columns) >= 3


SHEETS = (rows((1, text("A1", "Read me"))), rows((1, text("A1", "Date") + text("B1", "Nation") + text("C1", "Quote"))))


def test_a_workbook_offers_its_sheets_and_the_columns_of_the_one_asked_for() -> None:
    file = InputFile.from_bytes(xlsx(*SHEETS), "a.xlsx")
    assert choices_of(file).sheets == ("S1", "S2")
    assert choices_of(file).columns == (("Date", "stated_on"), ("Nation", "country"), ("Quote", "quote"))
    assert choices_of(file, "S1").columns == (("Read me", ""),)
    assert choices_of(file, "no such sheet").columns == ()


@pytest.mark.parametrize(
    ("header", "is_understood"),
    [("Date,Nation,Quote", True), ("When exactly,Nation,Quote", False), ("Year,Month,Day,Headline,Text,Media", True)],
    ids=["ours", "theirs", "of-a-tool"],
)
def test_who_is_asked(header: str, is_understood: bool) -> None:
    assert choices_of(InputFile.from_bytes(f"{header}\n1,2,3,4,5,6".encode(), "a.csv")).is_understood is is_understood
