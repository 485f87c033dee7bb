"""Groups on the pages: in every filter, side by side with their members' split, named when unknown, and where to check them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.app.app import App
from tests.app.made import write_made
from tracker.ui.registry import PAGES

DataAt = Callable[[Path], None]
Table = list[dict[str, str]]
EU_SPEAKERS = {"AUT", "DEU", "ESP", "FRA", "GBR", "IRL", "ITA", "NLD", "SWE"}


@pytest.fixture
def made(tmp_path: Path, data_at: DataAt) -> Iterator[Path]:
    data_at(write_made(tmp_path, memberships=[{"member": "USA", "group": "Test Union", "from": "2016-08-15", "document": "<b>Treaty</b>"}]))
    yield tmp_path


@pytest.mark.parametrize("path", ["/", "/timeline", "/statements", "/data", "/compare", "/shifts"])
def test_a_group_is_a_filter_on_every_page(path: str, table: Table) -> None:
    app = App(f"{path}?actor=Group:EU")
    assert app.n == sum(row["country"] in EU_SPEAKERS for row in table)
    assert "by EU members" in app.sentence and app.notices == []
    assert ("One member after another is no change of position" in app.html) == (path == "/shifts")
    assert "EU members" in app.test.multiselect(key="filter.actor").options


@pytest.mark.parametrize("page", [page for page in PAGES if page.path != "/statement"], ids=lambda page: page.title)
def test_a_group_that_is_not_known_is_named(page: object) -> None:
    app = App(f"{page.path}?actor=group:atlantis.FRA")
    assert "group:atlantis" in " ".join(app.notices) and "not in this data" in " ".join(app.notices)


def test_the_union_of_2015_has_the_united_kingdom_and_that_of_2021_has_not(made: Path) -> None:
    assert App("/statements?actor=group:eu&until=2016-06").n == 2
    after = App("/statements?actor=group:eu&since=2021")
    assert after.n == 1 and "Person FRA" in after.html and "Person GBR" not in after.html
    assert "Person EU" not in App("/statements?actor=group:eu").html, "what the Union's own organisation says is another actor's"


def test_a_group_is_one_member_of_the_matrix_with_its_members_split(made: Path) -> None:
    app = App("/alignment?actor=group:eu.USA.RUS&min=1&pair=group:eu.USA&until=2016-12-31")
    words = " ".join(app.html.split())
    assert "<strong>EU members</strong> as one: 4 statements by 3 members, each as of its date" in words
    assert "25 of 28 members at the end of the window have no statement that counts" in words
    split = words.partition("<summary>3 members</summary>")[2].partition("</ul>")[0]
    assert "France: support × 1" in split and "United Kingdom: oppose × 1" in split
    assert "/alignment?actor=group:eu.USA.RUS&until=2016-12-31&min=1&pair=group:eu.USA&groups=members" in app.links
    alone = App("/alignment?actor=group:eu&min=1")
    assert "</strong> as one:" not in alone.html, "alone it has nobody to be compared with"
    assert "3 of 3 who spoke" in alone.html


def test_side_by_side_with_the_members_split(made: Path) -> None:
    app = App("/compare?actor=group:eu.GBR&issue=corridors&until=2016-12-31")
    cells = {cell.attributes["data-column"]: cell.text for cell in app.by_tag("td")}
    assert "members differ" in cells["EU members"]
    split = [
        " ".join(item.text.split()) for item in app.by_tag("li") if item.has_class("stance-support") or item.has_class("stance-oppose")
    ]
    assert split == ["support 2 Germany, France", "oppose 1 United Kingdom"]
    assert "silent, looked and found nothing" not in cells["EU members"], "Germany spoke, and was looked for later"
    assert "25 of 28 members not looked" in cells["EU members"]
    assert "3 statements" in cells["EU members"] and "counts those that are members on 31 December 2016" in app.html
    assert "by EU members or United Kingdom" in app.sentence and app.n == 3


def test_who_left_is_told_apart(made: Path) -> None:
    (cell,) = [cell.text for cell in App("/compare?actor=group:eu&issue=corridors").by_tag("td")]
    assert "No longer members at the end of the window, not counted above: United Kingdom" in " ".join(cell.split())


def test_a_cell_of_silent_members_only(made: Path) -> None:
    app = App("/compare?actor=group:brics.FRA&issue=corridors&until=2016-12-31")
    cells = {cell.attributes["data-column"]: " ".join(cell.text.split()) for cell in app.by_tag("td")}
    assert "silent, looked and found nothing: 1 (Russia, looked 30 September 2016 in the test archive (T. Coder))" in cells["BRICS members"]
    assert "4 of 5 members not looked" in cells["BRICS members"]


def test_a_partial_date_is_only_possibly_in_the_group(made: Path) -> None:
    app = App("/statements?actor=group:test-union")
    assert app.n == 1 and "1 only possibly in this window or group" in app.sentence


def test_where_to_check_them(made: Path) -> None:
    app = App("/data")
    assert "Treaty of Accession, Brussels, 22 January 1972" in app.html
    assert "&lt;b&gt;Treaty&lt;/b&gt;" in app.html and "<b>Treaty</b>" not in app.html
    assert "dates of this data set" in app.html
    assert "/compare?actor=group:e10" in app.links


def test_leaving_a_group_out(table: Table) -> None:
    app = App("/statements?not-actor=group:eu")
    assert app.n == sum(row["country"] not in EU_SPEAKERS for row in table)
    assert "without actor EU members" in app.sentence
