"""Back undoes, Forward redoes, one step for one change; brush and click move the page and not the history twice."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.browser import Visitor, wait_idle

Visit = Callable[..., Visitor]

JULY = "/timeline?issue=humanitarian-corridors&since=2016-07&until=2016-08"


def drag_over_days(visitor: Visitor, first: str, last: str) -> None:
    """Drags over the upper chart from just behind one day's tick to just before another's."""
    chart = visitor.page.get_by_test_id("stVegaLiteChart").first
    ticks = [chart.locator("svg text", has_text=label).bounding_box() for label in (first, last)]
    begins, ends = (tick["x"] + tick["width"] / 2 for tick in ticks)
    height = chart.bounding_box()["y"] + 30
    mouse = visitor.page.mouse
    mouse.move(begins + 3, height)
    mouse.down()
    mouse.move(ends - 3, height, steps=3)
    mouse.up()
    visitor.arrive("since=2016-07-")


def dates_of(visitor: Visitor) -> list[str]:
    """What stands in the two date inputs."""
    wait_idle(visitor.page)
    return [visitor.page.locator(f".st-key-filter-{end} input").input_value() for end in ("since", "until")]


def test_a_filter_is_undone_by_back_and_redone_by_forward(visit: Visit) -> None:
    visitor = visit("/statements?actor=USA")
    before = visitor.sentence
    visitor.choose("Stances", "oppose")
    visitor.arrive("stance=oppose")
    after = visitor.sentence
    assert after != before
    chosen = visitor.page.locator(".st-key-filter-stance [data-baseweb=tag], .st-key-filter-stance [role=option], .st-key-filter-stance")
    with visitor.rerun():
        visitor.page.go_back()
    assert (visitor.link, visitor.sentence) == ("/statements?actor=USA", before)
    assert "oppose" not in chosen.last.inner_text(), "the widget must not stay where the numbers have left"
    with visitor.rerun():
        visitor.page.go_forward()
    assert visitor.link == "/statements?actor=USA&stance=oppose"
    assert visitor.sentence == after
    assert "oppose" in chosen.last.inner_text()


def test_from_page_to_page_and_back_keeps_the_filters(visit: Visit) -> None:
    visitor = visit("/timeline?actor=USA")
    visitor.page.evaluate("window.isTheSameDocument = true")
    for name, path in (("Compare", "/compare"), ("Statements", "/statements")):
        with visitor.rerun():
            visitor.page.get_by_role("navigation", name="Pages").get_by_role("link", name=name, exact=True).click()
        assert visitor.link == f"{path}?actor=USA"
    with visitor.rerun():
        visitor.page.go_back()
    assert visitor.link == "/compare?actor=USA"
    with visitor.rerun():
        visitor.page.go_back()
    assert visitor.link == "/timeline?actor=USA"
    assert visitor.page.evaluate("window.isTheSameDocument === true"), "pages change without a reload"


def test_a_brush_narrows_the_window_and_back_opens_it_again(visit: Visit) -> None:
    visitor = visit(JULY)
    before = visitor.sentence
    drag_over_days(visitor, "10 Jul", "31 Jul")
    assert "since=2016-07-10&until=2016-07-30" in visitor.link
    assert dates_of(visitor) == ["2016-07-10", "2016-07-30"]
    assert visitor.sentence != before
    with visitor.rerun():
        visitor.page.go_back()
    assert visitor.link == JULY
    assert visitor.sentence == before
    assert dates_of(visitor) == ["2016-07-01", "2016-08-31"]


def test_a_click_on_a_mark_opens_the_statement_and_back_returns_in_one_step(visit: Visit) -> None:
    visitor = visit(JULY)
    sentence, n_points = visitor.sentence, visitor.n_points
    n_entries = visitor.page.evaluate("history.length")
    visitor.page.get_by_test_id("stVegaLiteChart").nth(1).locator("svg .mark-symbol path").first.click(force=True)
    visitor.arrive("/statement?", "id=aleppo-")
    expect(visitor.page.locator(".trk-statement")).to_be_visible()
    assert visitor.page.evaluate("history.length") == n_entries + 1
    expect(visitor.page.locator("[data-open-now]")).to_have_count(0)
    visitor.page.go_back()
    visitor.arrive(JULY)
    expect(visitor.page.locator(".trk-sentence")).to_have_text(sentence)
    assert visitor.n_points == n_points
    expect(visitor.page.locator("[data-open-now]")).to_have_count(0)  # a click that is remembered would open it again
    assert visitor.link == JULY


def test_a_statement_of_a_list_and_back(visit: Visit) -> None:
    visitor = visit("/statements?actor=FRA&page=2")
    first = visitor.page.locator(".trk-item").first.inner_text()
    with visitor.rerun():
        visitor.page.locator("a.trk-when").first.click()
    assert "id=aleppo-" in visitor.link
    expect(visitor.page.locator(".trk-statement")).to_be_visible()
    visitor.page.go_back()
    visitor.arrive("/statements?actor=FRA&page=2")
    expect(visitor.page.locator(".trk-item").first).to_have_text(first, use_inner_text=True)


def test_clearing_the_filters_is_one_step(visit: Visit) -> None:
    visitor = visit("/timeline?actor=USA&issue=refugees&since=2016")
    with visitor.rerun():
        visitor.page.get_by_role("button", name="Clear all filters").click()
    assert visitor.link == "/timeline"
    with visitor.rerun():
        visitor.page.go_back()
    assert visitor.link == "/timeline?actor=USA&issue=refugees&since=2016"
    assert "by United States on Refugees" in visitor.sentence
