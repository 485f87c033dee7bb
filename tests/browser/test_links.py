"""A link is a view: the same numbers in another browser, after a reload, in a frame, and from what Share copies."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.browser import Visitor
from tracker.core.identifiers import slug

Visit = Callable[..., Visitor]
Table = list[dict[str, str]]

CORRIDORS = "/timeline?actor=USA.RUS&issue=humanitarian-corridors&since=2016-07&until=2016-08"


def _grid(visitor: Visitor) -> list[str]:
    """The text of every heading and cell of a comparison."""
    return visitor.page.locator(".trk-compare th, .trk-compare td").all_inner_texts()


def _shared_link(visitor: Visitor) -> str:
    visitor.page.get_by_role("button", name="Share").click()
    return visitor.page.get_by_test_id("stPopoverBody").get_by_test_id("stCode").inner_text().strip()


def test_a_link_shows_the_same_numbers_in_another_browser(visit: Visit, table: Table) -> None:
    one = visit(CORRIDORS)
    other = visit(one.link, is_new=True, locale="de-DE", timezone_id="America/Los_Angeles")
    wanted = [
        row
        for row in table
        if row["country"] in ("USA", "RUS") and row["issue"] == "humanitarian-corridors" and row["stated_on"][:7] in ("2016-07", "2016-08")
    ]
    assert one.n == len(wanted)
    assert other.sentence == one.sentence
    assert other.n_points == one.n_points == sum(len(row["stated_on"]) == 10 for row in wanted)
    expect(other.page.locator(".trk-notices")).to_have_count(0)


def test_reload_keeps_the_view(visit: Visit) -> None:
    visitor = visit("/statements?actor=FRA&sort=oldest")
    link, sentence, first = visitor.link, visitor.sentence, visitor.page.locator(".trk-item").first.inner_text()
    with visitor.rerun():
        visitor.page.reload()
    assert (visitor.link, visitor.sentence) == (link, sentence)
    assert visitor.page.locator(".trk-item").first.inner_text() == first


def test_embedding_keeps_the_view(visit: Visit) -> None:
    visitor = visit(f"{CORRIDORS}&embed=true")
    assert visitor.sentence == visit(CORRIDORS).sentence
    assert "embed=true" in visitor.link
    expect(visitor.page.locator(".trk-notices")).to_have_count(0)


def test_comparing_two_and_sharing_it(visit: Visit) -> None:
    visitor = visit("/compare?actor=USA&issue=humanitarian-corridors")
    visitor.choose("Side by side", "Russia")
    assert "actor=USA.RUS" in visitor.link
    shared = _shared_link(visitor)
    assert "version=" in shared
    parts = urlsplit(shared)
    assert f"{parts.scheme}://{parts.netloc}" in (visitor.server.url, visitor.server.url.replace("127.0.0.1", "localhost"))
    other = visit(f"{parts.path}?{parts.query}", is_new=True)
    assert _grid(other) == _grid(visitor)
    assert [text for text in _grid(other)[:3]] == ["Issue", "United States", "Russia"]
    expect(other.page.locator(".trk-notices")).to_have_count(0)  # made on this very data version


def test_a_link_tampered_with_says_what_it_left_out(visit: Visit) -> None:
    visitor = visit("/timeline?actor=USA.ZZZ&since=%ff%fe&issue=%00%3Cscript%3E&by=fortnight")
    said = visitor.page.locator(".trk-notices").inner_text()
    for dropped in ("ZZZ", "<script>", "fortnight", "since"):
        assert dropped in said
    assert "by United States" in visitor.sentence
    assert visitor.page.evaluate("window.__xss") is None


@pytest.mark.parametrize("number", range(5))
def test_a_comparison_made_ready_shows_their_words(visit: Visit, table: Table, number: int) -> None:
    visitor = visit("/")
    link = visitor.page.locator(".trk-ready a").nth(number)
    title = link.locator("strong").inner_text()
    link.click()
    visitor.arrive("/compare?")
    asked = {name: values[0].split(".") for name, values in parse_qs(urlsplit(visitor.link).query).items()}
    since, until = asked["since"][0], asked["until"][0]
    main = visitor.page.get_by_test_id("stMain")
    for person in asked["spokesperson"]:
        said = [r["quote"] for r in table if slug(r["spokesperson"]) == person and r["issue"] in asked["issue"]]
        said_then = [
            r["quote"]
            for r in table
            if r["quote"] in said and since <= r["stated_on"][: len(since)] and r["stated_on"][: len(until)] <= until
        ]
        assert said_then, f"{title}: the data holds no words of {person}"
        words = re.compile("|".join(re.escape(quote[:200]) for quote in said_then))
        expect(main, f"{title}: no words of {person}").to_contain_text(words, use_inner_text=True)
    columns = visitor.page.locator(".trk-compare thead th").count() - 1
    assert columns == len(asked["spokesperson"]), "nobody else is put beside them"


def test_washington_and_moscow_in_their_own_words(visit: Visit, table: Table) -> None:
    visitor = visit("/compare?actor=USA.RUS&issue=humanitarian-corridors&since=2016-07-28&until=2016-07-29")
    turns = " ".join(visitor.page.locator(".trk-turn").all_inner_texts())
    assert "appears to be a demand for the surrender" in turns
    for person in ("Sergei Shoigu", "Dmitry Peskov"):
        row = next(r for r in table if r["spokesperson"] == person and r["quote_language"] == "ru" and r["stated_on"] == "2016-07-28")
        assert row["quote"][:200] in turns
        assert row["quote_en"][:200] in turns
    russian = visitor.page.locator("blockquote[lang=ru]").first
    expect(russian).to_be_visible()
    assert "Traceback" not in unquote(visitor.page.content())
