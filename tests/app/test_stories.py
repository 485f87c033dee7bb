"""One story a page: a widget changes the address, the address moves the widgets, and numbers and sentence follow."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from tests.app.app import App
from tracker.ui.registry import PAGES

Table = list[dict[str, str]]

WITH_FILTERS = [pytest.param(page.path, id=page.title) for page in PAGES]


# --- filters, on every page ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", WITH_FILTERS)
def test_choosing_a_filter_writes_only_that_filter(path: str, table: Table) -> None:
    app = App(path)
    app.test.multiselect(key="filter.issue").select("refugees")
    app.run()
    assert app.parameters == {"issue": "refugees"}
    if path not in ("/statement", "/compare", "/import", "/review"):
        assert app.n == sum(row["issue"] == "refugees" for row in table)
    assert app.notices == []


@pytest.mark.parametrize("path", WITH_FILTERS)
def test_back_moves_the_widgets_too(path: str) -> None:
    app = App(path)
    app.test.multiselect(key="filter.actor").set_value(["USA", "RUS"])
    app.run()
    app.test.text_input(key="filter.q").set_value("Aleppo")
    app.run()
    assert app.parameters == {"actor": "USA.RUS", "q": "Aleppo"}
    app.go("actor=USA.RUS")
    assert app.test.text_input(key="filter.q").value == ""
    assert app.test.multiselect(key="filter.actor").value == ["USA", "RUS"]
    app.go("")
    assert app.test.multiselect(key="filter.actor").value == []
    assert app.parameters == {}, "a widget must not write back what Back has just undone"


def test_forward_brings_back_every_widget() -> None:
    app = App("/statements")
    app.go("actor=USA&not-stance=neutral&since=2016-07&until=2016-09-15&q=Aleppo&channel=press-briefing&sort=oldest")
    widget = app.test
    assert widget.multiselect(key="filter.actor").value == ["USA"]
    assert widget.multiselect(key="filter.not").value == ["stance:neutral"]
    assert widget.multiselect(key="filter.channel").value == ["press-briefing"]
    assert widget.date_input(key="filter.since").value == date(2016, 7, 1)
    assert widget.date_input(key="filter.until").value == date(2016, 9, 15)
    assert widget.text_input(key="filter.q").value == "Aleppo"
    assert widget.selectbox(key="choice.statements.sort").value == "oldest"
    assert app.parameters["since"] == "2016-07", "seeding the widget must not make the month a day"


def test_a_second_filter_keeps_the_first() -> None:
    app = App("/timeline?actor=USA")
    app.test.multiselect(key="filter.stance").select("oppose")
    app.run()
    assert app.parameters == {"actor": "USA", "stance": "oppose"}
    assert "by United States" in app.sentence
    assert "stance oppose" in app.sentence


def test_leaving_out_and_asking_for_are_different_parameters(table: Table) -> None:
    app = App("/statements")
    with pytest.raises(KeyError):
        app.test.multiselect(key="filter.not")  # not drawn, and not paid for, before somebody opens "More filters"
    app.go("not-stance=oppose")
    app.test.multiselect(key="filter.not").set_value(["stance:support"])
    app.run()
    assert app.parameters == {"not-stance": "support"}
    assert app.n == sum(row["stance"] != "support" for row in table)
    assert app.test.multiselect(key="filter.stance").value == []


def test_clearing_takes_away_the_selection_and_leaves_the_choice_of_the_page() -> None:
    app = App("/timeline?actor=USA&q=Aleppo&since=2016&by=month")
    app.test.button(key="filter.clear").click()
    app.run()
    assert app.parameters == {"by": "month"}
    assert app.test.button(key="filter.clear").disabled


@pytest.mark.parametrize(
    ("query", "key", "day", "expected"),
    [
        pytest.param("", "filter.since", date(2016, 7, 28), {"since": "2016-07-28"}, id="from"),
        pytest.param("", "filter.until", date(2016, 7, 28), {"until": "2016-07-28"}, id="until"),
        pytest.param("since=2016-07", "filter.until", date(2016, 7, 28), {"since": "2016-07", "until": "2016-07-28"}, id="other-end-kept"),
        pytest.param("since=2016-08", "filter.until", date(2016, 7, 28), {"until": "2016-07-28"}, id="until-before-from-opens-from"),
        pytest.param("until=2016-06", "filter.since", date(2016, 7, 28), {"since": "2016-07-28"}, id="from-after-until-opens-until"),
        pytest.param("since=2016-07-28", "filter.since", None, {}, id="emptied"),
    ],
)
def test_dates_write_the_window(query: str, key: str, day: date | None, expected: dict[str, str]) -> None:
    app = App(f"/timeline?{query}")
    app.test.date_input(key=key).set_value(day)
    app.run()
    assert app.parameters == expected
    assert app.notices == [], "a choice made on the page must never make an impossible link"


# --- what each page has of its own ---------------------------------------------------------------------------------


def test_overview_offers_the_comparisons_and_counts_who_spoke_most(table: Table) -> None:
    app = App("/")
    offered = [link for link in app.links if link.startswith("/compare?")]
    assert len(offered) >= 5
    (bars,) = [found.text for found in app.by_class("trk-bars") if found.attributes["aria-label"] == "Statements by actor"]
    n_shown = re.search(r"United States\s+(\d+)", bars).group(1)
    assert int(n_shown) == sum(row["country"] == "USA" for row in table)
    assert not [link for link in offered if App(link).notices], "a comparison made ready must not ask for what is not there"


def test_timeline_step_and_lane_are_in_the_address_unless_default() -> None:
    app = App("/timeline?issue=refugees")
    app.test.selectbox(key="choice.timeline.by").set_value("quarter")
    app.run()
    app.test.selectbox(key="choice.timeline.lane").set_value("spokesperson")
    app.run()
    assert app.parameters == {"issue": "refugees", "by": "quarter", "lane": "spokesperson"}
    assert "by quarter?" in " ".join(heading.text for heading in app.by_tag("h2"))
    app.test.selectbox(key="choice.timeline.by").set_value("auto")
    app.run()
    assert "by" not in app.parameters


def test_timeline_tells_what_only_possibly_lies_in_the_window(table: Table) -> None:
    app = App("/timeline?since=2016-12-15&until=2016-12-20")
    n_month_only = sum(row["stated_on"] == "2016-12" for row in table)
    n_surely = sum("2016-12-15" <= row["stated_on"] <= "2016-12-20" for row in table)
    assert n_month_only
    assert app.n == n_surely + n_month_only
    assert app.sentence.endswith(f"; {n_month_only} only possibly in this window.")
    elsewhere = App("/timeline?since=2016-12&until=2016-12")
    assert "possibly" not in elsewhere.sentence, "a month lies surely in itself"


def test_timeline_of_a_day_without_any_event(table: Table) -> None:
    day = table[0]["stated_on"]
    app = App(f"/timeline?since={day}&until={day}")
    assert app.n == sum(row["stated_on"] == day for row in table)
    assert app.by_class("trk-item")
    assert not app.by_class("trk-events"), "an empty list of events is not drawn"


def test_compare_columns_are_the_filter_and_the_other_way_round() -> None:
    app = App("/compare?issue=humanitarian-corridors")
    app.test.multiselect(key="compare.columns").set_value(["actor:FRA", "spokesperson:john-kirby"])
    app.run()
    assert app.parameters == {"actor": "FRA", "spokesperson": "john-kirby", "issue": "humanitarian-corridors"}
    heads = [head.text for head in app.by_tag("th") if head.attributes.get("scope") == "col"]
    assert heads == ["Issue", "France", "John Kirby"]
    app.go("actor=DEU.GBR&issue=humanitarian-corridors")
    assert app.test.multiselect(key="compare.columns").value == ["actor:DEU", "actor:GBR"]
    assert "John Kirby" not in [cell.attributes["data-column"] for cell in app.by_tag("td")]


def test_compare_says_who_had_no_room() -> None:
    app = App("/compare?actor=USA.RUS.FRA.GBR.DEU.IRN.TUR.CHN&issue=humanitarian-corridors")
    heads = [head.text for head in app.by_tag("th") if head.attributes.get("scope") == "col"]
    assert len(heads) == 1 + 6
    (notice,) = app.notices
    assert "Turkey" in notice or "Türkiye" in notice
    assert "China" in notice
    assert "United States" not in notice


def test_compare_calls_silence_silence_in_this_data() -> None:
    app = App("/compare?actor=USA.NOR&issue=humanitarian-corridors&since=2016-07-28&until=2016-07-29")
    silent = [cell for cell in app.by_tag("td") if cell.has_class("trk-silent")]
    assert [cell.attributes["data-column"] for cell in silent] == ["Norway"]
    assert "not looked: nothing in this data" in silent[0].text
    assert not [cell for cell in silent if "neutral" in cell.text], "silence is not neutral"


def test_washington_and_moscow_on_the_corridors_in_their_words(table: Table) -> None:
    app = App("/compare?actor=USA.RUS&issue=humanitarian-corridors&since=2016-07-28&until=2016-07-29")
    cells = {cell.attributes["data-column"]: cell.text for cell in app.by_tag("td")}
    assert set(cells) == {"United States", "Russia"}
    exchange = {turn.attributes["aria-label"].partition(",")[0]: turn.text for turn in app.by_class("trk-turn")}
    turns = " ".join(turn.text for turn in app.by_class("trk-turn"))
    assert "appears to be a demand for the surrender" in turns
    for spokesperson in ("Sergei Shoigu", "Dmitry Peskov"):
        row = next(r for r in table if r["spokesperson"] == spokesperson and r["quote_language"] == "ru" and r["country"] == "RUS")
        assert row["quote"] in turns
        assert row["quote_en"] in turns
    assert set(exchange) == {"United States", "Russia"}
    assert "demand for the surrender" not in cells["Russia"], "words stand under who said them"


def test_statements_page_through_and_a_new_filter_starts_anew(table: Table) -> None:
    app = App("/statements?page=3")
    first = [item.text for item in app.by_class("trk-item")]
    assert len(first) == 25
    assert "Page 3 of 12" in app.html
    app.test.multiselect(key="filter.stance").select("oppose")
    app.run()
    assert app.parameters == {"stance": "oppose"}, "page 3 of another list is not what was asked for"
    assert "Page 1 of 4" in app.html
    assert app.n == sum(row["stance"] == "oppose" for row in table)


def test_statements_every_page_once_gives_every_statement_once(table: Table) -> None:
    ids: list[str] = []
    for page in range(1, 13):
        app = App(f"/statements?page={page}&sort=spokesperson")
        ids += re.findall(r'class="trk-when" href="/statement\?id=([^"&]+)"', app.html)
    assert sorted(ids) == sorted(row["statement_id"] for row in table)


def test_statements_a_page_too_far_is_said() -> None:
    app = App("/statements?page=99")
    assert any("page 99 was asked for, page 12 is shown" in notice for notice in app.notices)
    assert app.by_class("trk-item"), "the last page is shown instead of nothing"


def test_statements_facets_count_what_they_lead_to() -> None:
    app = App("/statements?actor=RUS&stance=oppose")
    facets = next(card.proto.body for card in app.test.get("html") if "trk-facets" in card.proto.body)
    offered = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a> <span class="trk-n">([\d,]+)</span>', facets)
    issues = [(href.replace("&amp;", "&"), int(n)) for href, title, n in offered if "issue=" in href][:3]
    assert len(issues) == 3
    for href, n in issues:
        assert App(href).n == n
    chosen = [href for href, title, n in offered if title == "Russia"]
    assert chosen == ["/statements?stance=oppose"], "a chosen value leads back out of its filter"


def test_statements_downloads_are_of_this_selection() -> None:
    app = App("/statements?actor=RUS&q=%22Aleppo%22&page=2")
    downloads = [link for link in app.links if link.startswith("/download/statements.csv")]
    assert downloads
    assert {link.partition("?")[2] for link in downloads} == {"actor=RUS&q=%22Aleppo%22"}


def test_statement_shows_all_that_is_known_of_it(table: Table) -> None:
    row = next(r for r in table if r["quote_language"] == "ru" and r["document_url"])
    app = App(f"/statement?id={row['statement_id']}")
    (card,) = app.by_class("trk-statement")
    quote = next(e for e in app.by_tag("blockquote"))
    assert quote.text == row["quote"]
    assert quote.attributes["lang"] == "ru"
    for column in ("quote_en", "spokesperson", "role", "publisher", "position", "document_title"):
        assert row[column] in card.text, column
    document = next(link for link in app.links if link.startswith(row["document_url"].partition("#")[0]))
    assert "#:~:text=" in document
    citations = [block.value for block in app.test.code]
    assert any(citation.startswith("@misc{") for citation in citations)
    assert any(citation.startswith("TY  - GEN") for citation in citations)
    csl = next(citation for citation in citations if citation.startswith("[") and "abstract" in citation)
    assert json.loads(csl)[0]["abstract"] == row["quote"]
    assert "not given" not in card.text.replace("document not given", ""), "what is missing is left out, not shown as a value"


def test_statement_in_arabic_runs_from_right_to_left(table: Table) -> None:
    row = next(r for r in table if r["quote_language"] == "ar")
    app = App(f"/statement?id={row['statement_id']}")
    quote = next(e for e in app.by_tag("blockquote"))
    assert (quote.attributes["lang"], quote.attributes["dir"]) == ("ar", "rtl")
    assert not [e for e in app.by_class("trk-translation") if e.attributes.get("dir") == "rtl"]


def test_a_statement_without_address_has_no_dead_link(table: Table) -> None:
    row = next(r for r in table if not r["document_url"])
    app = App(f"/statement?id={row['statement_id']}")
    (card,) = app.by_class("trk-statement")
    assert row["publisher"] in card.text
    assert not [link for link in app.by_tag("a") if link.attributes.get("target") == "_blank" and link.text == row["publisher"]]


def test_data_tells_languages_precision_and_version(table: Table) -> None:
    app = App("/data")
    text = " ".join(element.text for element in app.by_tag("ul"))
    n_russian = sum(row["quote_language"] == "ru" for row in table)
    assert re.search(rf"Russian\s+{n_russian}(?!\d)", text)
    n_month = sum(len(row["stated_on"]) == 7 for row in table)
    assert re.search(rf"to the month\s+{n_month}(?!\d)", text)
    assert re.fullmatch(r"[0-9a-f]{12}", app.by_tag("code")[0].text)
    assert not app.test.dataframe or len(app.test.dataframe[0].value), "an empty table of problems says nothing"


def test_share_names_view_and_version() -> None:
    app = App("/timeline?actor=USA.RUS&by=week")
    shared = next(block.value for block in app.test.code if "version=" in block.value)
    assert re.search(r"/timeline\?actor=USA\.RUS&by=week&version=[0-9a-f]{12}$", shared)
    again = App(shared[shared.index("/timeline") :])
    assert again.sentence == app.sentence
    assert again.notices == [], "the version it was made on is the one that is open"


def test_a_link_made_on_other_data_says_so() -> None:
    app = App("/timeline?actor=USA&version=0123456789ab")
    (notice,) = app.notices
    assert "0123456789ab" in notice
    assert "by United States" in app.sentence, "it is followed all the same"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("операци", lambda r: "операци" in _words(r), id="russian"),
        pytest.param("حلب", lambda r: "حلب" in _words(r), id="arabic"),
        pytest.param('"demand for the surrender"', lambda r: "demand for the surrender" in _words(r), id="exact-phrase"),
        pytest.param("ALEPPO", lambda r: True, id="capitals"),
    ],
)
def test_search_in_every_script(query: str, expected: object, table: Table) -> None:
    app = App("/statements")
    app.test.text_input(key="filter.q").set_value(query)
    app.run()
    assert app.parameters == {"q": query}
    assert 0 < app.n < len(table)
    found = re.findall(r'class="trk-when" href="/statement\?id=([^"&]+)"', app.html)
    by_id = {row["statement_id"]: row for row in table}
    assert all(expected(by_id[statement_id]) for statement_id in found)


def _words(row: dict[str, str]) -> str:
    return " ".join(row[name] for name in ("quote", "quote_en", "position", "spokesperson", "organisation")).lower()


def test_a_statement_is_found_whatever_the_case_of_its_id() -> None:
    assert App("/statement?id=ALEPPO-0047").by_class("trk-statement")
    assert not App("/statement?id=ALEPPO-004").by_class("trk-statement"), "part of an id is no id"
