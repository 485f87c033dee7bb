"""The names of columns that a person is asked about, from text and from workbooks."""

from __future__ import annotations

import pytest

from tests.house_rules import ROOT
from tests.io.workbooks import rows, text, xlsx
from tracker.io.header_names import header_names
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
        pytest.param(b'[{"date": "2016"}]', "a.json", (), id="json-names-its-columns-itself"),
        pytest.param(b"", "a.csv", (), id="nothing"),
    ],
)
def test_the_names_are_those_of_the_header(data: bytes, name: str, names: tuple[str, ...]) -> None:
    assert header_names(InputFile.from_bytes(data, name)) == names


def test_a_spreadsheet_of_the_other_kind_too() -> None:
    path = ROOT / "tests" / "cases" / "sheet.ods"
    assert len(header_names(InputFile.from_path(path))) >= 3
