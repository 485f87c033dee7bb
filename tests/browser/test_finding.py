"""Search in every script, and what is downloaded is what was found."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.browser import Visitor

Visit = Callable[..., Visitor]
Table = list[dict[str, str]]


@pytest.mark.parametrize(
    ("query", "column"),
    [
        pytest.param("гуманитарной операции", "quote", id="russian"),
        pytest.param("حلب", "quote", id="arabic"),
        pytest.param('"demand for the surrender"', "quote", id="exact-phrase"),
    ],
)
def test_search_finds_words_in_every_script(visit: Visit, table: Table, query: str, column: str) -> None:
    visitor = visit("/statements")
    box = visitor.page.get_by_role("textbox", name="Search")
    box.fill(query)
    with visitor.rerun():
        box.press("Enter")
    visitor.arrive("q=")
    assert 0 < visitor.n < 20
    expect(visitor.page.locator(".trk-item").first).to_contain_text(query.strip('"').split(" ")[0][:7])
    shared = visit(visitor.link)
    assert shared.sentence == visitor.sentence
    assert query.strip('"') in shared.sentence
    expect(shared.page.locator(".trk-notices")).to_have_count(0)


def test_nothing_found_offers_a_way_out_that_works(visit: Visit) -> None:
    visitor = visit("/statements?actor=USA&q=zxqvwk")
    assert visitor.n == 0
    with visitor.rerun():
        visitor.page.locator(".trk-empty").get_by_role("link", name="Without the search").click()
    assert visitor.link == "/statements?actor=USA"
    assert visitor.n > 0
    assert visitor.page.get_by_role("textbox", name="Search").input_value() == ""


def test_a_download_holds_what_the_sentence_says(visit: Visit, table: Table) -> None:
    visitor = visit("/timeline?actor=RUS&stance=oppose&since=2016-09")
    visitor.page.get_by_role("button", name="Share").click()
    with visitor.page.expect_download() as download:
        visitor.page.get_by_test_id("stPopoverBody").get_by_role("link", name="CSV").click()
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == visitor.n > 0
    by_id = {row["statement_id"]: row for row in table}
    assert all(row["quote"] == by_id[row["statement_id"]]["quote"] for row in rows)
    assert {row["stance"] for row in rows} == {"oppose"}
    assert visitor.link == "/timeline?actor=RUS&stance=oppose&since=2016-09", "a download is not a step"
