"""The start page opens in a real browser."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.browser import Visitor


def test_the_start_page_opens_without_a_complaint(visit: Callable[..., Visitor]) -> None:
    visitor = visit("/")
    expect(visitor.page.get_by_role("heading", level=1).first).to_be_visible()
    expect(visitor.page.get_by_test_id("stException")).to_have_count(0)
    visitor.check_clean()
