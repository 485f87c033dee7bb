"""Dates of statements: expressions of time, which of them is the statement's, and the day of a document; ten languages."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.dates import PartialDate
from tracker.io.articles import extract
from tracker.io.articles.date_words import languages
from tracker.io.articles.dates_found import time_expressions
from tracker.io.articles.dates_heading import day_of_document
from tracker.io.articles.dates_stated import CueSentence, stated_on

CASES = Path(__file__).parent / "cases"
THURSDAY = PartialDate(2016, 7, 28)


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((CASES / name).read_text(encoding="utf-8").splitlines()))


def _id(row: dict[str, str]) -> str:
    return f"{row['language']}: {row['text'][:60]}"


@pytest.mark.parametrize("row", _rows("time_expressions.csv"), ids=_id)
def test_expressions_are_found_and_counted_from_a_thursday(row: dict[str, str]) -> None:
    found = time_expressions(row["text"], THURSDAY, row["language"])
    assert " ; ".join(f"{e.words(row['text'])} = {e.date or 'no day'}" for e in found) == row["found"]


def _unmarked(marked: str) -> tuple[str, CueSentence]:
    """The text and the places of a case: [speaker], {cue}, <said>."""
    text, opened, places = "", [], {"[": [], "{": [], "<": []}
    for character in marked:
        if character in "[{<":
            opened.append((character, len(text)))
        elif character in "]}>":
            mark, start = opened.pop()
            places[mark].append((start, len(text)))
        else:
            text += character
    speaker, cue = (places[mark][0] if places[mark] else None for mark in "[{")
    return text, CueSentence((0, len(text)), speaker, cue, places["<"])


@pytest.mark.parametrize("row", _rows("dates_of_statements.csv"), ids=_id)
def test_only_an_expression_of_the_cue_is_the_date_of_a_statement(row: dict[str, str]) -> None:
    text, place = _unmarked(row["text"])
    found = stated_on(text, place, THURSDAY, row["language"])
    assert (str(found.date or ""), found.as_written) == (row["date"], row["as_written"])
    assert found.why


@pytest.mark.parametrize("row", _rows("days_of_documents.csv"), ids=_id)
def test_a_document_has_its_own_day(row: dict[str, str]) -> None:
    text = row["text"].replace(" // ", "\n")
    published_on = PartialDate.parse(row["published_on"]) if row["published_on"] else None
    found = day_of_document(text, published_on, row["language"])
    assert (str(found.date or ""), found.words(text)) == (row["date"], row["words"])


DAYS = st.dates(min_value=PartialDate(1900).first, max_value=PartialDate(2099).last)


@given(DAYS, st.sampled_from(languages()), st.sampled_from(range(7)))
def test_a_bare_weekday_is_one_of_the_seven_days_up_to_publication(day, language: str, weekday: int) -> None:
    from tracker.io.articles.date_words import date_words

    name = next(name for name, number in date_words(language).weekdays.items() if number == weekday)
    name = name.capitalize() if language in ("en", "de") else name
    found = time_expressions(name, PartialDate.of(day), language)
    assert found and found[0].date is not None
    assert found[0].date.first.weekday() == weekday
    assert 0 <= (day - found[0].date.first).days <= 6


@given(st.text(max_size=300), st.sampled_from(languages()))
def test_no_text_raises_and_no_statement_is_dated_after_its_document(text: str, language: str) -> None:
    place = CueSentence((0, len(text)), (0, min(4, len(text))), (min(5, len(text)), min(9, len(text))))
    found = stated_on(text, place, THURSDAY, language)
    assert found.date is None or found.date.first <= THURSDAY.first


def test_without_a_day_of_publication_relative_words_name_no_day() -> None:
    found = time_expressions("said on Thursday, then yesterday, then two days ago and on July 28", None, "en")
    assert [e.date for e in found] == [None] * 4
    assert time_expressions("on July 28, 2016", None, "en")[0].date == THURSDAY


@pytest.mark.parametrize(
    ("said", "date"),
    [
        pytest.param("said on Friday that it is so", "2016-10-21", id="the-same-by-both"),
        pytest.param("said on Tuesday that it is so", "", id="another-by-each"),
        pytest.param("said that it is so", "", id="no-expression"),
        pytest.param("said on October 20 that it is so", "2016-10-20", id="written-out"),
    ],
)
def test_a_day_on_which_dateline_and_publication_disagree_is_open(said: str, date: str) -> None:
    text = f"OSLO, Oct 24 (Reuters) - Foreign Minister Jane Roe {said}."
    found = extract(text, published_on=PartialDate(2016, 10, 25), language="en").candidates
    assert [str(candidate.stated_on or "") for candidate in found] == [date]
