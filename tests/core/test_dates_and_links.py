"""Partial dates against asking every single day, and links against the views they name; each with a table of edges."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.columns import FACETS
from tracker.core.dates import PartialDate, Window, Within
from tracker.core.links import read_link
from tracker.core.selection import Catalogue, Selection
from tracker.core.views import PAGES, View

DAYS = st.dates(date(2015, 11, 1), date(2017, 2, 28))
PARTIAL = st.builds(lambda day, parts: PartialDate(*(day.year, day.month, day.day)[:parts]), DAYS, st.integers(1, 3))


@pytest.mark.parametrize(
    ("stated_on", "since", "until", "expected"),
    [
        pytest.param("2016-07-28", "2016-07-28", "2016-07-28", "surely", id="the-only-day"),
        pytest.param("2016-07-27", "2016-07-28", "", "not", id="the-day-before"),
        pytest.param("2016-07-29", "", "2016-07-28", "not", id="the-day-after"),
        pytest.param("2016-07", "2016-07-01", "2016-07-31", "surely", id="the-whole-month"),
        pytest.param("2016-07", "2016-07-01", "2016-07-30", "possibly", id="a-month-but-its-last-day"),
        pytest.param("2016-07", "2016-07-02", "2016-07-31", "possibly", id="a-month-but-its-first-day"),
        pytest.param("2016-02", "2016-02-29", "", "possibly", id="leap-day"),
        pytest.param("2016", "2016-12-31", "", "possibly", id="last-day-of-the-year"),
        pytest.param("2016", "2017", "", "not", id="the-year-before"),
        pytest.param("2016-12", "2017-01", "", "not", id="december"),
        pytest.param("2016", "", "", "surely", id="no-window"),
    ],
)
def test_within_at_the_edges(stated_on: str, since: str, until: str, expected: str) -> None:
    assert PartialDate.parse(stated_on).within(Window.parse(since, until)) == expected


@given(stated_on=PARTIAL, ends=st.tuples(DAYS, DAYS).map(sorted))
def test_within_agrees_with_asking_every_day(stated_on: PartialDate, ends: list[date]) -> None:
    days = [stated_on.first + timedelta(n) for n in range((stated_on.last - stated_on.first).days + 1)]
    n_inside = sum(ends[0] <= day <= ends[1] for day in days)
    expected = Within.NOT if not n_inside else Within.SURELY if n_inside == len(days) else Within.POSSIBLY
    assert stated_on.within(Window(PartialDate.of(ends[0]), PartialDate.of(ends[1]))) is expected


@given(PARTIAL)
def test_text_keeps_the_date_and_its_precision(stated_on: PartialDate) -> None:
    assert PartialDate.parse(str(stated_on)) == stated_on


@pytest.mark.parametrize("text", ["2016-7", "2016-00", "2016-13", "2016-02-30", "20160728", "٢٠١٦", "2016-07-28T00:00", "", "-2016"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        PartialDate.parse(text)


CODES = ("USA", "RUS", "a-b", "лавров", "王")
KNOWN = Catalogue(labels={facet.parameter: dict.fromkeys(CODES, "label") for facet in FACETS}, data_version="0" * 64)
SEARCH = st.text(st.characters(exclude_categories=("C",)), max_size=40).map(str.strip)


@st.composite
def views(draw: st.DrawFn) -> View:
    """Any view of any page that a link can name."""
    selection = Selection().searching(draw(SEARCH))
    for facet in FACETS:
        selection = selection.including(facet.parameter, *draw(st.lists(st.sampled_from(CODES), max_size=3)))
        selection = selection.excluding(facet.parameter, *draw(st.lists(st.sampled_from(CODES), max_size=1)))
    since, until = draw(st.one_of(st.none(), PARTIAL)), draw(st.one_of(st.none(), PARTIAL))
    is_window = not since or not until or since.first <= until.last
    page = PAGES[draw(st.sampled_from(sorted(PAGES)))]
    words = {choice.parameter: draw(st.sampled_from(choice.values))[0] for choice in page.choices if choice.kind == "word"}
    return View(page.path, selection.within(Window(since, until)) if is_window else selection, words)


@given(views())
def test_a_link_opens_the_view_it_was_made_from_and_drops_nothing(view: View) -> None:
    again, notices = read_link(view.link, KNOWN)
    assert again == view
    assert notices == ()
    assert again.link == view.link
