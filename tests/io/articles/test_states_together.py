"""Several states that speak together are no one state's statement; and whose office a name or a page has."""

from __future__ import annotations

import pytest

from tracker.core.candidates import Speaker
from tracker.core.dates import PartialDate
from tracker.io.articles import extract
from tracker.io.articles.headings import heading_of
from tracker.io.articles.offices import offices
from tracker.io.articles.states_together import speakers_together, states_together
from tracker.io.articles.word_lists import words_of


@pytest.mark.parametrize(
    ("text", "language", "n_words"),
    [
        pytest.param("France and Britain", "en", 3, id="two"),
        pytest.param("France, Germany and the United Kingdom", "en", 7, id="three"),
        pytest.param("la France et l’Allemagne", "fr", 0, id="begins-with-an-article"),
        pytest.param("France and Ann Lee", "en", 0, id="a-state-and-a-person"),
        pytest.param("France and the French", "en", 0, id="one-twice"),
        pytest.param("U.S. Russia", "en", 0, id="not-joined"),
        pytest.param("Bosnia and Herzegovina", "en", 0, id="one-name"),
        pytest.param("", "en", 0, id="nothing"),
    ],
)
def test_states_are_together_where_words_join_them(text: str, language: str, n_words: int) -> None:
    assert states_together(words_of(text), 0, language) == n_words


@pytest.mark.parametrize(
    ("line", "written", "role"),
    [
        pytest.param("Joint statement by France and Spain on Mali", "France and Spain", "", id="states-alone"),
        pytest.param(
            "Statement of the Foreign Ministers of Egypt and Jordan",
            "Foreign Ministers of Egypt and Jordan",
            "Foreign Ministers",
            id="ministers",
        ),
        pytest.param("Statement on the talks between France and Spain", "", "", id="topic"),
        pytest.param("Statement by the Foreign Minister of Egypt", "", "", id="one-state"),
    ],
)
def test_a_line_names_those_whose_joint_statement_it_announces(line: str, written: str, role: str) -> None:
    found = speakers_together(line, "en") or Speaker()
    assert (found.as_written, found.role, found.country) == (written, role, "")


def test_two_states_that_speak_together_have_no_one_state() -> None:
    found = extract("France and Britain said that they would wait for an answer.", published_on=None, language="en")
    assert [(c.speaker.as_written, c.speaker.country) for c in found.candidates] == [("France and Britain", "")]
    assert [office.country for office in offices("the foreign minister of Russia and Turkey met", "en")] == [""]


def test_a_page_of_a_ministry_is_of_its_state_though_another_state_alone_has_the_office() -> None:
    text = "Statement by Foreign Secretary on 26 February 2019\n\nThe Government is resolutely committed to fight it.\n"
    publisher = ("Ministry of External Affairs", "IND")
    assert heading_of(text, "", "en", publisher).speaker.country == "IND"
    assert heading_of(text, "", "en").speaker.country == "GBR"


def test_the_office_of_some_spokesman_is_not_that_of_the_name_behind() -> None:
    text = "“It is so,” he heard. A spokesman for the Russian embassy spoke. Jane Roe said that she wanted more."
    assert [c.speaker.role for c in extract(text, published_on=None, language="en").candidates if c.speaker.name == "Jane Roe"] == [""]


def test_an_interview_is_nobody() -> None:
    text = "Außenminister Jan Beispiel warnte. „Wir brauchen dringend Ruhe“, erklärte der Minister in einem Interview."
    found = extract(text, published_on=PartialDate(2016, 11, 18), language="de").candidates
    assert [c.speaker.name for c in found] == ["Jan Beispiel"]
