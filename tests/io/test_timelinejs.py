"""TimelineJS spreadsheets: dates as precise as filled, mark-up to text, every slide accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import samples
from tests.growth import grows_with_its_length
from tests.io.readings import loads_or_refuses, mutations, opened, statements, told
from tracker.io import timelinejs
from tracker.io.inputs import InputFile
from tracker.io.markup_text import inside, plain_text, without_comments
from tracker.io.refusals import FileRefused

NAMES = "Year,Month,Day,End Year,End Month,End Day,Display Date,Headline,Text,Media,Media Credit,Media Caption,Type,Group,Background"
SAID = "<p>We <b>welcome</b> it (synthetic).</p>"


def table(*slides: dict[str, str], names: str = NAMES) -> bytes:
    """A spreadsheet with those slides."""
    lines = [",".join('"' + slide.get(name, "").replace('"', '""') + '"' for name in names.split(",")) for slide in slides]
    return "\n".join([names, *lines]).encode()


def one(**cells: str) -> dict[str, str]:
    """The row of one slide by a state, with these cells (underscores stand for spaces)."""
    slide = {"Year": "2016", "Text": SAID, "Group": "France"} | {name.replace("_", " "): text for name, text in cells.items()}
    return opened(timelinejs, table(slide), "t.csv").found.rows[0].values


def test_a_slide_becomes_a_row() -> None:
    slide = one(
        Month="7",
        Day="28",
        Headline="Reply",
        Media="https://example.org/briefing",
        Media_Credit="<a href='https://example.org'>Synthetic Press</a>",
        Media_Caption="the hall",
        Display_Date="that Thursday",
    )
    assert {column: text for column, text in slide.items() if text} == {
        "stated_on": "2016-07-28",
        "stated_on_given": "that Thursday",
        "country": "France",
        "quote": "We welcome it (synthetic).",
        "document_title": "Reply",
        "publisher": "Synthetic Press",
        "document_url": "https://example.org/briefing",
        "note": "caption: the hall",
    }


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        pytest.param("2016", "", "", "2016", id="year"),
        pytest.param("2016", "7", "", "2016-07", id="month"),
        pytest.param(" 2,016", "07", " 8", "2016-07-08", id="commas-and-spaces"),
        pytest.param("2016", "", "8", "date-invalid", id="a-day-without-a-month"),
        pytest.param("2016", "13", "1", "date-invalid", id="no-such-month"),
        pytest.param("2016", "2", "30", "date-invalid", id="no-such-day"),
        pytest.param("-500", "", "", "date-invalid", id="before-christ"),
        pytest.param("sixteen", "7", "", "date-invalid", id="no-number"),
        pytest.param("", "7", "8", "date-invalid", id="no-year"),
        pytest.param("", "", "", "date-missing", id="nothing"),
    ],
)
def test_dates_are_as_precise_as_the_columns_filled(year: str, month: str, day: str, expected: str) -> None:
    found = opened(timelinejs, table({"Year": year, "Month": month, "Day": day, "Text": SAID, "Group": "France"}), "t.csv")
    kept, problems = statements(found, "t.csv")
    assert [*(str(s.stated_on) for s in kept), *(p.code for p in problems)] == [expected]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param({"Group": "Germany"}, {"country": "Germany", "organisation": "", "note": ""}, id="state"),
        pytest.param({"Group": "United Nations"}, {"country": "", "organisation": "United Nations"}, id="organisation"),
        pytest.param({"Group": "Pioneers"}, {"country": "", "organisation": "", "note": "group: Pioneers"}, id="neither"),
        pytest.param({"Text": "", "Headline": "Open it"}, {"quote": "", "position": "Open it", "document_title": ""}, id="headline-only"),
        pytest.param({"Media": "javascript:alert(1)"}, {"document_url": "", "note": ""}, id="no-address"),
        pytest.param({"Media": "https://e.org/a.JPG?x=1"}, {"document_url": "", "note": "media: https://e.org/a.JPG?x=1"}, id="picture"),
        pytest.param(
            {"Media": "<blockquote>Yes, <i>all</i> of it.<cite>Doe (synthetic)</cite></blockquote>"},
            {"quote": "Yes, all of it.", "spokesperson": "Doe (synthetic)", "position": "We welcome it (synthetic)."},
            id="quotation-among-the-media",
        ),
        pytest.param({"End_Year": "2017", "End_Month": "2"}, {"stated_on": "2016", "note": "until: 2017-02"}, id="span"),
    ],
)
def test_what_a_slide_gives(cells: dict[str, str], expected: dict[str, str]) -> None:
    slide = one(**cells)
    assert {column: slide[column] for column in expected} == expected


def test_slides_that_are_no_statements_are_accounted_for() -> None:
    slides = [{"Type": "title", "Headline": "All"}, {"Type": "Era", "Year": "2016"}, {"Year": "2016", "End Year": "2017", "Text": SAID}]
    found = opened(timelinejs, table(*slides) + b"\nonly,three,fields", "t.csv")
    assert told(found) == ["1:slide-of-title", "2:slide-of-era", "3:date-of-beginning", "4:fields-missing"]
    assert [p.code for p in statements(found, "t.csv")[1]] == ["actor-missing"]


def test_columns_of_their_own_are_said_or_mapped() -> None:
    data = table({"Year": "2016", "Text": SAID, "Who": "Doe (synthetic)", "Group": "Pioneers"}, names=NAMES + ",Who")
    assert told(opened(timelinejs, data, "t.csv")) == ["column-unknown"]
    found = opened(timelinejs, data, "t.csv", mapping={"who": "spokesperson", "Group": "organisation"})
    row = found.found.rows[0].values
    assert (told(found), row["spokesperson"], row["organisation"]) == ([], "Doe (synthetic)", "Pioneers")


def test_the_older_columns_are_known() -> None:
    data = table(
        {"Start Date": "7/28/2016", "Headline": "Reply", "Text": SAID, "Tag": "France"}, names="Start Date,End Date,Headline,Text,Media,Tag"
    )
    assert timelinejs.recognises(InputFile.from_bytes(data, "t.csv"))
    row = opened(timelinejs, data, "t.csv").found.rows[0].values
    assert (row["stated_on"], row["country"]) == ("7/28/2016", "France")


@pytest.mark.parametrize(
    ("data", "is_one"),
    [
        pytest.param(table(), True, id="header-only"),
        pytest.param(b"\xef\xbb\xbf" + table().replace(b",", b"\t"), True, id="tabs"),
        pytest.param(b"year,country,headline,quote", False, id="another-table"),
        pytest.param(b"", False, id="empty"),
    ],
)
def test_a_timeline_is_known_by_its_header(data: bytes, is_one: bool) -> None:
    assert timelinejs.recognises(InputFile.from_bytes(data, "t.csv")) is is_one


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(FileRefused):
        opened(timelinejs, table(names=NAMES + ",x" * 600), "t.csv")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        pytest.param("plain  text", "plain text", id="plain"),
        pytest.param("3 < 5 and 6 > 2", "3 < 5 and 6 > 2", id="no-tags"),
        pytest.param("<p>a</p><p>b</p>c<br>d", "a\nb\nc\nd", id="lines"),
        pytest.param("a<script>alert(1)</script>b<style>p{}</style>c", "abc", id="script-and-style"),
        pytest.param("a<script>alert(1)", "a", id="script-that-never-ends"),
        pytest.param("&eacute;&#233;&#xe9;&amp;lt;", "ééé&lt;", id="entities"),
        pytest.param("&#99999999999999999999;", "\N{REPLACEMENT CHARACTER}", id="number-of-no-character"),
        pytest.param("a<!-- <b>x</b> -->b<!-- c", "ab<!-- c", id="comments"),
        pytest.param("<img src=x onerror=alert(1)>", "", id="picture"),
    ],
)
def test_markup_to_text(markup: str, text: str) -> None:
    assert plain_text(markup) == text


@pytest.mark.parametrize("piece", ["<", "<a ", "<!--", "<![", "</", '<a b="', "&#9", "<script>", "<!-->", "<cite>", "a", " \n"])
def test_markup_made_to_hurt_takes_time_with_its_length(piece: str) -> None:
    def read(n_characters: int) -> None:
        markup = (piece * n_characters)[:n_characters]
        plain_text(markup)
        inside(markup, "cite")
        without_comments(markup)

    assert grows_with_its_length(read, 50_000)


@given(st.text())
def test_text_never_grows_tags(text: str) -> None:
    assert "<b>" not in plain_text(text.replace("&", "") + "<b>x</b>")


@settings(max_examples=80, deadline=None)
@given(broken=mutations(table({"Year": "2016", "Month": "7", "Text": SAID, "Group": "France"}, {"Type": "title", "Headline": "All"})))
def test_a_broken_timeline_loads_what_is_whole_or_is_refused(broken: bytes) -> None:
    loads_or_refuses(timelinejs, broken, "t.csv")


@samples.needs_samples
def test_of_the_sample_nothing_is_unexplained() -> None:
    sample = Path(samples.FORMATS, "timelinejs_women_in_computing.csv")
    found = opened(timelinejs, sample.read_bytes(), sample.name)
    kept, problems = statements(found, sample.name)
    assert (found.found.n_records, len(found.found.rows), kept) == (11, 10, ())
    assert [p.code for p in problems] == ["actor-missing"] * 10
    by_all = opened(timelinejs, sample.read_bytes(), sample.name, mapping={"=United States": "country"})
    assert len(statements(by_all, sample.name)[0]) == 10
