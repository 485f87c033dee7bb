"""Rows that try to be markup, scripts or addresses: in a real browser they are text, run nothing and fetch nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.app.hostile import AWKWARD_QUOTES, write_hostile
from tests.browser.browser import Server, Visitor

Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def hostile_server(server_on: Callable[[Path], Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    return server_on(write_hostile(tmp_path_factory.mktemp("hostile")))


@pytest.mark.parametrize(
    "link",
    [
        "/",
        "/timeline?lane=spokesperson",
        "/compare?actor=FRA.DEU.group:script-window-xss-13-script",
        "/statements?sort=oldest",
        "/data",
        "/statement?id=h-0",
    ],
)
def test_hostile_rows_are_text_and_do_nothing(visit: Visit, hostile_server: Server, link: str) -> None:
    visitor = visit(link, server=hostile_server)
    page = visitor.page
    assert page.evaluate("window.__xss") is None
    assert page.title().endswith("Statement Tracker")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.locator(".stHtml :is(img, script, iframe, svg, form, object, style, meta)")).to_have_count(0)
    assert not page.locator(".stHtml a").evaluate_all("links => links.map(a => a.protocol).filter(p => !['http:', 'https:'].includes(p))")
    visitor.check_clean()  # no request to another host, and none that the policy had to stop


def test_every_awkward_quote_is_shown_letter_by_letter(visit: Visit, hostile_server: Server) -> None:
    visitor = visit("/statements?sort=oldest", server=hostile_server)
    shown = visitor.page.locator(".trk-item blockquote").evaluate_all("quotes => quotes.map(quote => quote.textContent)")
    assert shown == list(AWKWARD_QUOTES)


def test_hovering_a_hostile_mark_fetches_nothing(visit: Visit, hostile_server: Server) -> None:
    visitor = visit("/timeline", server=hostile_server)
    visitor.page.get_by_test_id("stVegaLiteChart").nth(1).locator("svg .mark-symbol path").first.hover(force=True)
    tooltip = visitor.page.locator("#vg-tooltip-element")
    expect(tooltip).to_be_visible()
    assert "<script>" in tooltip.inner_text()
    expect(tooltip.locator("img, script, a")).to_have_count(0)
    assert visitor.page.evaluate("window.__xss") is None
