"""From a change of position to the statement that made it, and back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.browser import Visitor

Visit = Callable[..., Visitor]


def test_a_change_leads_to_its_statement_and_back(visit: Visit) -> None:
    visitor = visit("/shifts?actor=RUS&issue=humanitarian-access")
    change = visitor.page.locator(".trk-shift")
    expect(change).to_have_count(1)
    expect(change).to_contain_text("Three-hour pauses a day are insufficient")
    with visitor.rerun():
        change.locator(".trk-side").nth(1).locator(".trk-when").click()
    visitor.arrive("id=aleppo-0102")
    expect(visitor.page.locator(".trk-statement")).to_contain_text("Three-hour pauses a day are insufficient")
    expect(visitor.page.locator(".trk-shift")).to_have_count(0)
    with visitor.rerun():
        visitor.page.go_back()
    expect(visitor.page.locator(".trk-shift")).to_have_count(1)
    assert visitor.link == "/shifts?actor=RUS&issue=humanitarian-access"
