"""Joint statements on the pages: how they are counted is said, can be switched in the link, and shown on the statement's page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.app.app import App
from tests.app.made import write_made

SIGNATORIES = [
    {"statement_id": "m-3", "actor": "FRA", "spokesperson": "<i>Person</i> of Tests", "signed": "signed", "note": ""},
    {"statement_id": "m-3", "actor": "CAN", "spokesperson": "", "signed": "", "note": ""},
    {"statement_id": "m-3", "actor": "USA", "spokesperson": "", "signed": "dissociated", "note": "from the last part"},
]


@pytest.fixture(autouse=True)
def _made(tmp_path: Path, data_at: Callable[[Path], None]) -> Iterator[None]:
    data_at(write_made(tmp_path, signatories=SIGNATORIES))
    yield


def _captions(app: App) -> str:
    return " ".join(caption.value for caption in app.test.caption)


def test_the_timeline_counts_once_and_says_so() -> None:
    app = App("/timeline")
    assert app.n == 10
    assert "1 joint statement: counted once, in the lane of the actor whose row it is." in _captions(app)
    each = App("/timeline?joint=each")
    assert each.n == 10 and "counted once for each signatory" in _captions(each) and each.notices == []
    assert each.test.selectbox(key="choice.timeline.joint").value == "each"


def test_a_signatory_without_a_row_of_its_own_can_be_asked_for() -> None:
    app = App("/statements?actor=CAN")
    assert app.n == 1 and "Person DEU" in app.html and app.notices == []


def test_compare_gives_each_signatory_its_position() -> None:
    app = App("/compare?actor=CAN.FRA.DEU.USA&issue=corridors&until=2016-07-31")
    cells = {cell.attributes["data-column"]: cell.text for cell in app.by_tag("td")}
    assert "support" in cells["Canada"] and "3 Jul 2016" in cells["Canada"] and "not looked" in cells["United States"]
    assert app.n == 2 and "a position of each signatory" in _captions(app)
    once = App("/compare?actor=CAN.FRA.DEU&issue=corridors&until=2016-07-31&joint=once")
    cells = {cell.attributes["data-column"]: cell.text for cell in once.by_tag("td")}
    assert "not looked" in cells["Canada"] and "1 Mar 2016" in cells["France"]


@pytest.mark.parametrize(("path", "lane"), [("/shifts", "Canada"), ("/alignment", "Canada")], ids=["shifts", "alignment"])
def test_shifts_and_alignment_give_each_signatory_its_position(path: str, lane: str) -> None:
    rest = "&evidence=1&show=all" if path == "/shifts" else "&min=1"
    app = App(f"{path}?actor=CAN.GBR{rest}")
    assert lane in app.html and "a position of each signatory" in _captions(app) and app.notices == []
    once = App(f"{path}?actor=CAN.GBR{rest}&joint=once")
    assert once.n == app.n == 3 and "a position only of the actor whose row it is" in _captions(once)
    assert "in the row of another signatory" in once.html and "in the row of another signatory" not in app.html


def test_the_page_of_the_statement_lists_who_signed_and_who_did_not() -> None:
    app = App("/statement?id=m-3")
    facts = " ".join(" ".join(item.text.split()) for item in app.by_tag("dd"))
    assert "Germany, Canada, France (<i>Person</i> of Tests)" in facts and "United States from the last part" in facts
    assert "Dissociated" in [item.text for item in app.by_tag("dt")]
    assert "<i>Person</i>" not in app.html, "names are text"
    assert "Signed by" not in App("/statement?id=m-1").html


def test_a_link_with_another_rule_is_named() -> None:
    app = App("/timeline?joint=twice")
    assert "joint ‘twice’ is not known here" in " ".join(app.notices) and app.n == 10


def test_without_joint_statements_nothing_is_asked(data_at: Callable[[Path], None], tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.mkdir()
    data_at(write_made(plain))
    assert "joint" not in _captions(App("/timeline?joint=each"))
