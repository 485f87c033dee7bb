"""Every page × default, filtered, nothing found, a link tampered with, an unknown id: drawn whole, and its n is right."""

from __future__ import annotations

import re

import pytest

from tests.app.app import App
from tracker.core.links import PAGES as LINKED
from tracker.ui.registry import PAGES, PageEntry

WITH_SENTENCE = [page for page in PAGES if LINKED[page.path].takes_selection]
EVERY = [pytest.param(page, id=page.title) for page in PAGES]
EACH = [pytest.param(page, id=page.title) for page in WITH_SENTENCE]

Table = list[dict[str, str]]


def _assert_whole(app: App, page: PageEntry) -> None:
    assert app.title == page.question
    here = [link.text for link in app.by_tag("a") if link.attributes.get("aria-current") == "page"]
    assert here == ([page.title] if page.is_offered(editing=False) else [])
    assert len(app.by_tag("footer")) == 1, "the page was not drawn to its end"
    assert not app.test.error
    assert "Traceback" not in app.html


def _counted_in_cells(app: App) -> dict[str, int]:
    """How many statements the cells of each column of a comparison say they hold."""
    found: dict[str, int] = {}
    for cell in app.by_tag("td"):
        n = re.search(r"([\d,]+) statements?\b(?! of another)", cell.text)
        found[cell.attributes["data-column"]] = found.get(cell.attributes["data-column"], 0) + (int(n.group(1)) if n else 0)
    return found


def test_links_and_registry_know_the_same_pages() -> None:
    assert {page.path for page in PAGES} == set(LINKED)


@pytest.mark.parametrize("page", EVERY)
def test_a_page_opens_as_it_is_and_complains_of_nothing(page: PageEntry) -> None:
    app = App(page.path)
    _assert_whole(app, page)
    assert app.notices == []
    assert app.parameters == {}, "drawing a page must not write the address"


@pytest.mark.parametrize(("link", "is_said"), [("/statement?id=aleppo-0041", True), ("/statements", False)])
def test_filters_say_where_they_change_nothing(link: str, is_said: bool) -> None:
    assert ("Filters change nothing on this page" in App(link).html) == is_said


@pytest.mark.parametrize("page", EACH)
def test_the_sentence_counts_the_whole_table(page: PageEntry, table: Table) -> None:
    app = App(page.path)
    if page.path == "/compare":  # two actors stand there unasked; the Americans have said most
        n_by_column = _counted_in_cells(app)
        assert len(n_by_column) == 2
        assert n_by_column["United States"] == sum(row["country"] == "USA" for row in table)
        assert app.sentence.startswith(f"{sum(n_by_column.values())} of {len(table)} statements by ")
    else:
        assert app.sentence.startswith(f"{len(table)} statements by ")
        assert " of " not in app.sentence.partition(" by ")[0], "nothing is filtered"


@pytest.mark.parametrize("page", EACH)
def test_a_filtered_page_says_its_n(page: PageEntry, table: Table) -> None:
    app = App(f"{page.path}?actor=USA.RUS&issue=humanitarian-corridors&stance=oppose")
    wanted = [r for r in table if r["country"] in ("USA", "RUS") and r["issue"] == "humanitarian-corridors" and r["stance"] == "oppose"]
    assert wanted
    _assert_whole(app, page)
    assert app.n == len(wanted)
    assert "by United States or Russia on Humanitarian corridors out of eastern Aleppo, with stance oppose" in app.sentence
    assert app.notices == []
    assert app.parameters["actor"] == "USA.RUS", "opening a link must not rewrite it"


@pytest.mark.parametrize("page", EVERY)
def test_every_link_of_the_menu_carries_the_selection(page: PageEntry) -> None:
    app = App(f"{page.path}?issue=refugees&since=2016-07")
    menu = [link for link in app.links if link.endswith("?issue=refugees&since=2016-07")]
    assert {link.partition("?")[0] for link in menu} >= {entry.path for entry in PAGES if entry.is_offered(editing=False)}


@pytest.mark.parametrize("page", EACH)
@pytest.mark.parametrize(
    ("query", "words"),
    [
        pytest.param("q=zxqvwk", "zxqvwk", id="search"),
        pytest.param("since=1900&until=1901", "1900", id="window-before-the-data"),
        pytest.param("since=2016-07-01&until=2016-07-02&actor=NOR", "Norway", id="nobody-of-them-then"),
    ],
)
def test_nothing_found_says_why_and_offers_the_way_out(page: PageEntry, query: str, words: str) -> None:
    app = App(f"{page.path}?{query}")
    _assert_whole(app, page)
    assert app.n == 0
    assert words in app.sentence
    assert len(app.by_class("trk-empty")) == 1
    assert not app.test.get("vega_lite_chart"), "an empty chart says nothing"
    assert not app.by_class("trk-compare"), "an empty grid would claim silence"


@pytest.mark.parametrize("page", EACH)
def test_every_way_out_of_nothing_leads_to_something(page: PageEntry) -> None:
    app = App(f"{page.path}?actor=NOR&q=zxqvwk")
    (card,) = [card.proto.body for card in app.test.get("html") if "trk-empty" in card.proto.body]
    ways = re.findall(r'href="([^"]*)"', card)
    assert ways
    dead = [way for way in ways if App(way.replace("&amp;", "&")).n == 0]
    assert dead == []


@pytest.mark.parametrize("page", EVERY)
def test_a_link_tampered_with_is_followed_as_far_as_possible_and_named(page: PageEntry) -> None:
    app = App(f"{page.path}?actor=USA.ZZZ&stance=angry&since=28.7.2016&nonsense=1&issue=REFUGEES")
    _assert_whole(app, page)
    said = " ".join(app.notices)
    for dropped in ("ZZZ", "angry", "28.7.2016", "nonsense"):
        assert dropped in said, f"{dropped!r} went without a word: {app.notices}"
    assert "REFUGEES" not in said, "codes are read whatever their case"
    if page in WITH_SENTENCE:
        assert "by United States on Refugees and displaced people" in app.sentence


@pytest.mark.parametrize("page", EVERY)
def test_an_unknown_id_is_named(page: PageEntry) -> None:
    app = App(f"{page.path}?id=aleppo-99999")
    _assert_whole(app, page)
    if page.path == "/statement":
        assert "aleppo-99999" in " ".join(card.text for card in app.by_class("trk-empty"))
        assert not app.by_class("trk-statement"), "another statement was shown in its place"
    else:
        assert any("‘id’" in notice for notice in app.notices)


def test_a_view_that_takes_too_long_is_stopped_in_words_and_offers_less(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_LIMIT_SECONDS", "0.000000001")
    stopped = App("/timeline?actor=RUS&q=nowhere-else-asked")
    assert "This view takes too long" in stopped.html
    assert "narrower search" in stopped.html
    links = {link.text: link.attributes["href"] for link in stopped.by_tag("a")}
    assert links["Without the search"] == "/timeline?actor=RUS"
    assert links["The statements as a list"].startswith("/statements?actor=RUS&q=")
    ended = App("/timeline?until=1999&q=nor-this")
    assert "/timeline?since=1999&until=1999&q=nor-this" in {link.attributes["href"] for link in ended.by_tag("a")}
    monkeypatch.delenv("TRACKER_LIMIT_SECONDS")
    assert "This view takes too long" not in stopped.run().html, "a view that was stopped once stays stopped"
