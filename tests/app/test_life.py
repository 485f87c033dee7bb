"""What was withdrawn or superseded: marked where it stands, carrying nothing, told on the page of either statement."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.app import App
from tests.app.made import write_made

RELATIONS = [
    {"statement_id": "m-4", "relation": "supersedes", "other_statement_id": "m-2", "on": "", "note": "a <b>new</b> line"},
    {"statement_id": "", "relation": "withdraws", "other_statement_id": "m-5", "on": "2021-04-01", "note": ""},
]


@pytest.fixture(autouse=True)
def _with_relations(data_at: Callable[[Path], None], tmp_path: Path) -> None:
    data_at(write_made(tmp_path, relations=RELATIONS))


def test_the_chain_stands_on_the_page_of_both() -> None:
    for one in ("m-2", "m-4"):
        (life,) = App(f"/statement?id={one}").by_class("trk-life")
        assert "Person GBR, 2 May 2016" in life.text and "was superseded on 4 February 2021 by Person GBR, 4 February 2021" in life.text
        assert "a <b>new</b> line" in life.text, "text of a table stays text"
    assert not App("/statement?id=m-3").by_class("trk-life")


def test_what_was_withdrawn_is_marked_and_can_be_cited() -> None:
    app = App("/statement?id=m-5")
    assert any("withdrawn 1 Apr 2021" in mark.text for mark in app.by_class("trk-ended"))
    assert "Made words m-5" in app.html and "Cite this statement" in [box.label for box in app.test.expander]
    assert [mark.text for mark in App("/statements?actor=FRA").by_class("trk-ended")] == ["withdrawn 1 Apr 2021"]


def test_positions_in_force_on_a_day() -> None:
    def stance(query: str) -> str:
        app = App(f"/compare?actor=FRA.DEU&issue=corridors{query}")
        assert app.notices == []
        cell = next(cell for cell in app.by_tag("td") if cell.attributes["data-column"] == "France")
        return cell.text.split()[0]

    assert [stance(query) for query in ("", "&on=2021-03-31", "&on=2021-04-01", "&on=2016-12-01")] == [
        "support",
        "oppose",
        "support",
        "support",
    ]
    assert "carrying no position" in App("/compare?actor=FRA&issue=corridors").html
    assert "in force on 31 March 2021" in App("/compare?actor=FRA&issue=corridors&on=2021-03-31").html


def test_the_day_is_in_the_link_and_an_impossible_one_is_named() -> None:
    app = App("/compare?actor=FRA")
    app.test.date_input(key="choice.compare.on").set_value("2016-12-01")
    app.run()
    assert app.parameters == {"actor": "FRA", "on": "2016-12-01"}
    assert any("on ‘never’" in notice for notice in App("/shifts?on=never").notices)
    assert any("begins after 2016-01-01" in notice for notice in App("/shifts?since=2016-06&on=2016-01-01").notices)


def test_shifts_up_to_a_day() -> None:
    assert "5 March 2021" in App("/shifts?evidence=1&actor=FRA&issue=corridors&on=2021-03-31").html
    late = App("/shifts?evidence=1&actor=FRA&issue=corridors")
    assert not late.by_class("trk-shift") and "withdrawn or corrected by then" in late.html


def test_a_day_before_everything_offers_a_way_out() -> None:
    app = App("/compare?actor=FRA&issue=corridors&on=1999-01-01")
    assert "Nothing here fits this selection" in app.html
    assert "/compare?actor=FRA&issue=corridors" in app.links
