"""Offices with dates on a statement's page: which was held on its day, surely or possibly, and markup that stays text."""

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
