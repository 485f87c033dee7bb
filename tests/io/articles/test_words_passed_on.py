"""Words that somebody passes on, interviews in print, and places with days before the words."""

from __future__ import annotations

import pytest

from tracker.core.dates import PartialDate
from tracker.io.articles import extract

_DAY = PartialDate(2020, 7, 8)


def _said(text: str, language: str = "en", title: str = "") -> list[tuple[str, str]]:
    found = extract(text, published_on=_DAY, language=language, title=title).candidates
    return [(candidate.speaker.resolved, candidate.quote) for candidate in found]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param(
            "Jane Roe was quoted by the state news agency as saying that Norway waits for a reply.", "Jane Roe", id="by-an-agency"
        ),
        pytest.param("Jane Roe was quoted by the Guardian as saying that Norway waits for a reply.", "Jane Roe", id="by-a-paper"),
        pytest.param("The agency quoted Jane Roe as saying that Norway waits for a reply.", "Jane Roe", id="an-agency-quotes"),
        pytest.param("Jane Roe was quoted as saying that Norway waits for a reply.", "Jane Roe", id="by-nobody"),
    ],
)
def test_words_passed_on_are_those_of_whom_is_quoted(text: str, speaker: str) -> None:
    assert _said(text) == [(speaker, "Norway waits for a reply")]


def test_a_quotation_passed_on_is_of_whom_is_quoted() -> None:
    assert _said('"We stay where we are," Jane Roe was quoted by the agency as saying.') == [("Jane Roe", '"We stay where we are,"')]


def test_a_quotation_behind_an_agency_and_a_name_is_of_the_name() -> None:
    said = _said('The state news agency quoted Jane Roe as saying "the sailors will be freed soon".')
    assert said == [("Jane Roe", '"the sailors will be freed soon"')]


_ANSWER = "We expect that all of them sit at one table soon."
_INTERVIEW = "Interview with Jane Roe, Minister of Trade of Norway"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(f"Q. What do you expect?\n\nA. {_ANSWER}\n", [("Jane Roe", _ANSWER)], id="question-and-answer"),
        pytest.param(f"Q. What do you expect?\n\nB. {_ANSWER}\n", [], id="another-letter"),
        pytest.param(f"A. {_ANSWER}\n\nQ. What do you expect?\n", [], id="answer-first"),
        pytest.param(f"A. {_ANSWER}\n\nA. {_ANSWER}\n", [], id="a-list"),
    ],
)
def test_letters_with_a_full_stop_are_labels_where_an_answer_follows_a_question(text: str, said: list[tuple[str, str]]) -> None:
    assert _said(f"{_INTERVIEW}\n\n{text}", title=_INTERVIEW) == said


@pytest.mark.parametrize(
    ("opening", "is_left_out"),
    [
        pytest.param("Cairo – 7 July 2020: ", True, id="dash"),
        pytest.param("Cairo, July 7, 2020: ", True, id="comma"),
        pytest.param("New Delhi, 7 July 2020: ", True, id="two-words"),
        pytest.param("Cairo – 7 July: ", False, id="no-year"),
        pytest.param("Bergen – 7 July 2020: ", False, id="no-capital"),
        pytest.param("Cairo in July 2020: ", False, id="no-mark"),
    ],
)
def test_a_place_and_a_day_are_no_words_of_a_statement(opening: str, is_left_out: bool) -> None:
    said = _said(f"{opening}Egypt will not accept any filling of the dam, Foreign Minister Jane Roe said.")
    assert [quote.startswith("Egypt will not") for _, quote in said] == [is_left_out]
