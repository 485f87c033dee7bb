"""The office of a person on a statement's page: as its row and others name it, and as the table of offices has it on its day."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.app import App
from tests.app.made import write_made

OFFICES = [
    {
        "spokesperson": "Person DEU",
        "role": "Envoy",
        "from": "2014",
        "until": "2016-06-30",
        "document": "Gazette",
        "document_url": "javascript:x",
    },
    {"spokesperson": "Person DEU", "role": "<b>Minister</b>", "from": "2016-07", "until": "", "document": "Gazette", "document_url": ""},
]


@pytest.fixture
def shown(tmp_path: Path, data_at: Callable[[Path], None]) -> Callable[[str], App]:
    data_at(write_made(tmp_path, offices=OFFICES))
    return lambda statement_id: App(f"/statement?id={statement_id}")


def test_the_office_on_the_day_of_the_statement(shown: Callable[[str], App]) -> None:
    app = shown("m-3")
    facts = " ".join(app.by_class("trk-facts")[0].text.replace("Gazette", "Gazette ").split())
    assert "As the table of offices has them: Envoy from 2014, until 30 June 2016; Gazette" in facts
    assert "<b>Minister</b> (possibly held on this day) from July 2016, end not on record; Gazette" in facts
    assert [e.text for e in app.by_tag("strong") if e.text in ("Envoy", "<b>Minister</b>")] == ["<b>Minister</b>"]
    assert not [link for link in app.links if link.startswith("javascript")]


def test_who_is_in_no_row_has_no_offices(shown: Callable[[str], App]) -> None:
    assert "As the table of offices has them" not in shown("m-1").html


HEADER = "statement_id,stated_on,country,organisation,spokesperson,role,quote\n"
ROWS = (
    "a,2016-01-10,FRA,Ministry,Test Person,<b>Envoy</b>,One\n"
    "b,2016-02-10,FRA,Ministry,Test Person,,Two\n"
    "c,2016-03-10,FRA,Ministry,Test Person,<b>Envoy</b>,Three\n"
    "d,2016-05-01,FRA,Ministry,Test Person,,Four\n"
    "e,2016-06-01,FRA,Ministry,Test Person,Minister,Five\n"
    "f,2016-06-01,FRA,Ministry,Another Person,Speaker,Six\n"
)


def test_the_office_held_on_the_day_is_told_from_what_statements_name(data_at: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "offices.csv"
    path.write_text(HEADER + ROWS, encoding="utf-8")
    data_at(path)
    told = {
        name: " ".join(App(f"/statement?id={name}").html.split()).partition("<dt>Office</dt>")[2].partition("</dd>")[0] for name in "acbdf"
    }
    assert "As this row names it" in told["a"] and "<strong>&lt;b&gt;Envoy&lt;/b&gt;</strong>" in told["a"]
    assert "10 January 2016</a> – 10 March 2016, 2 statements" in told["a"] and "<strong>Minister" not in told["a"]
    assert "Named by the same person's statements before and after" in told["b"] and "<strong>&lt;b&gt;Envoy" in told["b"]
    assert "not known on that day" in told["d"] and "<strong>" not in told["d"]
    assert told["f"] == "", "one office, which the row names: nothing more to say"
