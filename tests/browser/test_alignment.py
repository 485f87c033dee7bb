"""Alignment in a browser: a click on a cell opens its pair, Back closes it, and the list does the same by keyboard."""

from __future__ import annotations

from tests.browser.browser import Visitor


def test_a_cell_opens_its_pair_and_back_closes_it(visitor: Visitor) -> None:
    page = visitor.open("/alignment?min=3")
    before = visitor.sentence
    cell = page.locator("[data-testid=stVegaLiteChart]").first.locator("svg .mark-rect path").first
    with visitor.rerun():
        cell.click()
    visitor.arrive("pair=")
    assert page.locator(".trk-pair tbody tr").count() >= 3
    assert visitor.sentence == before, "looking at a pair must not filter the statements"
    with visitor.rerun():
        page.go_back()
    assert "pair=" not in visitor.link
    assert page.locator(".trk-pair").count() == 0
    page.get_by_text("as a table; ", exact=False).first.click()
    page.locator(".trk-twin a", has_text="Russia – Syria").or_(page.locator(".trk-twin a", has_text="Syria – Russia")).first.focus()
    with visitor.rerun():
        page.keyboard.press("Enter")
    visitor.arrive("pair=")
    words = page.locator("p", has_text="shared issues and").inner_text()
    assert "Russia" in words
    assert "Syria" in words
