"""A group side by side with an actor: chosen like one, undone by Back, its members leading to their own words."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.browser import Visitor

Visit = Callable[..., Visitor]
Table = list[dict[str, str]]


def test_a_group_is_chosen_like_an_actor_and_its_members_lead_to_their_words(visit: Visit, table: Table) -> None:
    visitor = visit("/compare?actor=RUS&issue=air-strikes")
    visitor.choose("Side by side", "EU members")
    assert "actor=RUS.group:eu" in visitor.link, "as in every other link, and no %3A"
    cell = visitor.page.locator("td[data-column='EU members']")
    expect(cell.locator(".trk-split li")).to_have_count(1)
    link = cell.get_by_role("link", name="Sweden")
    link.click()
    visitor.arrive("/statement?")
    said = [row for row in table if row["country"] == "SWE" and row["issue"] == "air-strikes"]
    expect(visitor.page.locator(".trk-statement")).to_contain_text(said[-1]["quote"])
    visitor.page.go_back()
    expect(cell).to_be_visible()
    own = [row["quote"] for row in table if not row["country"] and row["organisation"] == "EU" and row["issue"] == "air-strikes"]
    assert own
    for quote in own:
        expect(cell).not_to_contain_text(quote)
