"""The office of a person on the page of a statement: as its row names it, or as others before and after do; else said not to be known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.app.app import App

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
