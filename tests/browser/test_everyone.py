"""The same for everyone: by keyboard, in Tokyo, on a phone, by day and by night."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.browser import Visitor
from tests.browser.perceivable import misplaced_headings, unnamed, unreadable
from tests.browser.test_history import JULY, drag_over_days

Visit = Callable[..., Visitor]

PHONE = {"width": 390, "height": 844}
_FOCUSED = (
    "() => { const e = document.activeElement; return [e.tagName, e.innerText || '', e.getAttribute('aria-label') || '', e.className] }"
)


_IS_BELOW = """() => Boolean(document.querySelector(".trk-silences").compareDocumentPosition(document.activeElement)
  & Node.DOCUMENT_POSITION_FOLLOWING)"""


def tab_to(visitor: Visitor, what: str, is_there: Callable[[list[str]], bool], *, at_most: int = 120) -> None:
    """Presses Tab until the focus is there; fails when it never is."""
    for _ in range(at_most):
        visitor.page.keyboard.press("Tab")
        if is_there(visitor.page.evaluate(_FOCUSED)):
            return
    pytest.fail(f"Tab never reached {what}")


def test_by_keyboard_alone(visit: Visit) -> None:
    visitor = visit("/")
    keyboard = visitor.page.keyboard
    tab_to(visitor, "the link to Statements", lambda at: at[0] == "A" and at[1] == "Statements")
    with visitor.rerun():
        keyboard.press("Enter")
    assert visitor.link == "/statements"
    tab_to(visitor, "the filter by stance", lambda at: at[0] == "INPUT" and at[2].startswith("Stances"))
    keyboard.type("oppose")
    with visitor.rerun():
        keyboard.press("Enter")
    assert visitor.link == "/statements?stance=oppose"
    keyboard.press("Escape")
    tab_to(visitor, "a statement", lambda at: at[0] == "A" and "trk-when" in at[3])
    with visitor.rerun():
        keyboard.press("Enter")
    assert visitor.link.startswith("/statement?")
    expect(visitor.page.locator(".trk-statement")).to_be_visible()


def _labels(visitor: Visitor) -> list[str]:
    return visitor.page.get_by_test_id("stVegaLiteChart").first.locator("svg .mark-text.role-axis-label text").all_text_contents()


def _bars(visitor: Visitor) -> list[str | None]:
    """Where the bars of the upper chart stand."""
    bars = visitor.page.get_by_test_id("stVegaLiteChart").first.locator("svg .mark-rect.role-mark.marks path").all()
    return [bar.get_attribute("d") for bar in bars]


def test_a_table_of_many_links_is_passed_by_closing_it(visit: Visit) -> None:
    visitor = visit("/data")
    page = visitor.page
    expect(page.locator(".trk-silences")).to_be_visible()
    tab_to(visitor, "the head of the table", lambda at: at[0] == "SUMMARY" and at[1].endswith("on 14 issues"))
    page.keyboard.press("Enter")
    expect(page.locator(".trk-silences")).to_be_hidden()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.trk-silences')") is None
    assert page.evaluate(_IS_BELOW), "the next stop is what follows the table"


def test_a_day_is_the_same_day_in_tokyo(visit: Visit) -> None:
    here, tokyo = visit(JULY), visit(JULY, timezone_id="Asia/Tokyo")
    assert _labels(tokyo) == _labels(here) != []
    assert _bars(tokyo) == _bars(here) != [], "a bar is drawn nine hours beside its day"
    drag_over_days(tokyo, "10 Jul", "31 Jul")
    assert "since=2016-07-10&until=2016-07-30" in tokyo.link, "a day lost on the way is the classic fault"


@pytest.mark.parametrize("path", ["/", "/timeline", "/compare", "/shifts", "/statements", "/statement?id=aleppo-0047", "/data"])
def test_nothing_is_wider_than_a_phone_or_without_a_name(visit: Visit, path: str) -> None:
    visitor = visit(path, viewport=PHONE)
    assert unnamed(visitor.page) == []
    assert misplaced_headings(visitor.page) == []
    for part in ("document.documentElement", "document.querySelector('[data-testid=stMain]')"):
        assert visitor.page.evaluate(f"{part}.scrollWidth - {part}.clientWidth") <= 0, f"{part} scrolls sideways"
    for link in visitor.page.get_by_role("navigation", name="Pages").get_by_role("link").all():
        box = link.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]


def test_menu_and_comparison_on_a_phone(visit: Visit) -> None:
    visitor = visit("/?actor=USA.RUS&issue=humanitarian-corridors", viewport=PHONE)
    with visitor.rerun():
        visitor.page.get_by_role("navigation", name="Pages").get_by_role("link", name="Compare", exact=True).click()
    american, russian = (
        visitor.page.locator(f".trk-compare td[data-column='{name}']").bounding_box() for name in ("United States", "Russia")
    )
    assert american["x"] == russian["x"]
    assert american["y"] + american["height"] <= russian["y"], "side by side there would be room for three letters a line"
    assert american["width"] > 250


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read_by_day_and_by_night(visit: Visit, scheme: str) -> None:
    visitor = visit("/statements?language=ru", color_scheme=scheme)
    for link in (visitor.link, "/timeline?actor=USA.group:eu", "/alignment?pair=RUS.USA"):
        assert unreadable(visitor.open(link)) == [], link
    visitor.page.get_by_test_id("stPopoverButton").click()
    expect(visitor.page.get_by_test_id("stPopoverBody").locator(".trk-downloads")).to_be_visible()
    assert unreadable(visitor.page) == [], "what lies over the page"
    background = visitor.page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    assert background == {"light": "rgb(255, 255, 255)", "dark": "rgb(17, 22, 28)"}[scheme], "otherwise one scheme was looked at twice"


def test_charts_say_what_they_show(visit: Visit) -> None:
    visitor = visit(JULY)
    for chart in visitor.page.get_by_test_id("stVegaLiteChart").all():
        words = chart.get_attribute("aria-label")
        assert str(visitor.n) in words
    titles = visitor.page.locator("[data-testid=stVegaLiteChart] svg text").all_text_contents()
    assert not {"begins", "ends", "y", "begins, ends", "stance"} & set(titles), "names of columns are not words"
