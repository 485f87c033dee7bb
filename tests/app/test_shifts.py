"""The page of shifts: what stands on it by default, filtered, empty; the setting of evidence is in the link."""

from __future__ import annotations

import pytest

from tests.app.app import App


def _headings(app: App) -> list[str]:
    return [element.text for element in app.by_tag("h3") if not element.has_class("trk-terms-head")]


def test_changes_stand_there_with_both_wordings_and_lead_to_their_statements() -> None:
    app = App("/shifts?actor=RUS&issue=humanitarian-access")
    assert _headings(app) == ["Russia on Humanitarian access and aid deliveries"]
    assert "Three-hour pauses a day are insufficient" in app.html
    assert "movement, 5 days between" in app.html
    assert "It may be a difference between them rather than a change in time." in app.html
    linked = {link.partition("id=")[2] for link in app.links if link.startswith("/statement?")}
    assert {"aleppo-0090", "aleppo-0102"} <= linked
    assert len(app.test.get("vega_lite_chart")) == 1 or "chart" in {element.type for element in app.test.main}


def test_evidence_is_a_setting_in_the_link() -> None:
    app = App("/shifts?actor=RUS")
    few = len(_headings(app))
    app.test.selectbox(key="choice.shifts.evidence").select("1")
    app.run()
    assert app.parameters == {"actor": "RUS", "evidence": "1"}
    assert len(_headings(app)) > few
    assert "at least 1 statement in a row" in app.html


def test_none_found_offers_ways_that_lead_somewhere() -> None:
    app = App("/shifts?actor=DEU")
    assert _headings(app) == []
    assert "That none is found does not mean that nothing changed" in app.html
    ways = [link for link in app.links if link.startswith("/shifts?actor=DEU&")]
    assert ways == ["/shifts?actor=DEU&evidence=1", "/shifts?actor=DEU&show=all"]
    held = App(ways[1])
    assert "Every position held" in held.html


@pytest.mark.parametrize(
    ("query", "named"),
    [
        pytest.param("split=soon", "split", id="no-day"),
        pytest.param("split=2016-02-30", "split", id="impossible-day"),
        pytest.param("text=klingon", "text", id="no-text"),
        pytest.param("evidence=0", "evidence", id="no-evidence"),
        pytest.param("evidence=99", "evidence", id="too-much"),
        pytest.param("lane=issue", "lane", id="lane-of-another-page"),
        pytest.param("page=7", "page", id="past-the-end"),
        pytest.param("show=%3Cscript%3E", "show", id="script"),
    ],
)
def test_what_cannot_be_followed_is_named(query: str, named: str) -> None:
    app = App(f"/shifts?{query}")
    assert any(named in notice for notice in app.notices)
    assert len(_headings(app)) == 3, "the page as it opens unasked"


def test_the_overview_shows_the_latest_changes_and_says_what_they_are() -> None:
    app = App("/")
    (latest,) = app.by_class("trk-latest")
    assert "3 October 2016, Josh Earnest" in latest.text
    assert "No change in January 2017, the last month here. At least 2 statements" in app.html
    assert "the latest in this selection, not in the world" in app.html
    assert "1 change in August 2016, the last month here." in App("/?until=2016-08").html
    assert "None found with at least 2 statements on either side" in App("/?actor=DEU").html


def test_words_that_came_and_went_stand_below_with_their_numbers() -> None:
    app = App("/shifts?issue=humanitarian-access&split=2016-09")
    assert app.parameters["split"] == "2016-09"
    assert app.notices == []
    assert "before 1 September 2016" in app.html
    rows = app.by_class("trk-terms")
    assert len(rows) == 2
    app.test.selectbox(key="choice.shifts.text").select("original")
    app.run()
    assert app.parameters["text"] == "original"


def test_words_of_one_day_are_not_compared() -> None:
    assert "There are not words enough on both sides" in App("/shifts?since=2016-07-28&until=2016-07-28&actor=USA").html


def test_a_first_word_before_any_position_is_told() -> None:
    held = App("/shifts?show=all&actor=RUS&issue=cessation-of-hostilities")
    first = [cell.text for cell in held.by_tag("td") if "first word" in cell.text]
    assert [" ".join(text.split()) for text in first] == ["28 Jul 2016 first word 3 May 2016"]
