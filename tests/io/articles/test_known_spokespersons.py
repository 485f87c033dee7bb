"""Spokespersons of the data set met again in a document: under which names, and what they are told with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.dates import PartialDate
from tracker.core.model import Spokesperson
from tracker.core.reviews import review_of
from tracker.io.articles import extract
from tracker.io.articles.known_spokespersons import KnownSpokespersons

DAY = PartialDate.parse("2016-07-28")
TABLE = tuple(
    Spokesperson(f"s-{number}", name, "", actor)
    for number, (name, actor) in enumerate(
        [
            ("Sergei Examplov", "RUS"),
            ("Maria Konashenkova", "RUS"),
            ("Mohammad Javad Zaref", "IRN"),
            ("Wang Er", "CHN"),
            ("Jane Roe", "NOR"),
            ("John Roe", "USA"),
            ("Børge O'Testen", "NOR"),
            ("Ann Lee", "un"),
            ("Delegation of Utopia (speaker not named)", "UTO"),
        ]
    )
)
KNOWN = KnownSpokespersons.of(TABLE)


@pytest.mark.parametrize(
    ("name", "states", "meant"),
    [
        pytest.param("Sergei Examplov", "", "Sergei Examplov", id="as-spelled"),
        pytest.param("Sergey EXAMPLOV", "", "Sergei Examplov", id="first-name-spelled-otherwise"),
        pytest.param("Сергей Экзамплов", "", None, id="other-letters-other-sounds"),
        pytest.param("Мария Конашенкова", "", "Maria Konashenkova", id="in-cyrillic"),
        pytest.param("Maria Konashenkowa", "", "Maria Konashenkova", id="one-letter-of-a-long-surname"),
        pytest.param("Jane Rowe", "", None, id="one-letter-of-a-short-surname"),
        pytest.param("Javad Zaref", "", "Mohammad Javad Zaref", id="second-first-name"),
        pytest.param("Muhammad Zaref", "", "Mohammad Javad Zaref", id="first-name-with-other-vowels"),
        pytest.param("王二", "", "Wang Er", id="in-chinese"),
        pytest.param("J. Roe", "", None, id="an-initial-of-two"),
        pytest.param("S. Examplov", "", "Sergei Examplov", id="an-initial-of-one"),
        pytest.param("Borge O’Testen", "", "Børge O'Testen", id="accents-and-apostrophes"),
        pytest.param("Examplov", "RUS", "Sergei Examplov", id="surname-where-the-state-is-named"),
        pytest.param("Examplov", "USA", None, id="surname-elsewhere"),
        pytest.param("Roe", "NOR USA", None, id="surname-of-two"),
        pytest.param("Er", "CHN", None, id="surname-too-short"),
        pytest.param("Oleg Examplov", "RUS", None, id="a-brother"),
        pytest.param("Mark Konashenkova", "RUS", None, id="first-name-that-only-begins-alike"),
        pytest.param("", "RUS", None, id="nobody"),
        pytest.param("—", "RUS", None, id="no-letters"),
    ],
)
def test_a_name_stands_for_one_spokesperson_or_nobody(name: str, states: str, meant: str | None) -> None:
    found = KNOWN.meant(name, frozenset(states.split()))
    assert (found.name if found else None) == meant


@pytest.mark.parametrize(
    ("text", "known_as", "country"),
    [
        pytest.param('"Not now," Sergey Examplov said.', "Sergei Examplov", "RUS", id="the-document-tells-no-state"),
        pytest.param('"Not now," Norwegian envoy Sergey Examplov said.', "", "NOR", id="another-state-another-person"),
        pytest.param('"Not now," Russian envoy Sergey Examplov said.', "Sergei Examplov", "RUS", id="the-document-agrees"),
        pytest.param('"Not now," said Sergey Examplov, spokesman for the UN.', "Sergei Examplov", "", id="speaks-for-an-organisation"),
        pytest.param('"Not now," Ann Lee said.', "", "", id="known-for-no-state-and-spelled-alike"),
        pytest.param('"Not now," Boris Nobody said.', "", "", id="not-in-the-data"),
        pytest.param('Russia waits. "Not now," Examplov said.', "Sergei Examplov", "RUS", id="surname"),
        pytest.param('"Not now," he said.', "", "", id="a-pronoun"),
    ],
)
def test_what_the_document_says_stays_and_what_it_leaves_open_is_told(text: str, known_as: str, country: str) -> None:
    (found,) = extract(text, published_on=DAY, language="en", spokespersons=TABLE).candidates
    assert (found.speaker.known_as, found.speaker.country) == (known_as, country)
    (without,) = extract(text, published_on=DAY, language="en").candidates
    assert (without.speaker.name, without.spans) == (found.speaker.name, found.spans)
    assert any("the data set has" in reason for reason in found.reasons) is bool(known_as)


def test_a_draft_is_written_with_the_spelling_of_the_data_set() -> None:
    text = '"Not now," Sergey Examplov said.'
    (draft,) = review_of(text, extract(text, published_on=DAY, language="en", spokespersons=TABLE)).drafts
    assert (draft.written["spokesperson"], draft.written["country"]) == ("Sergei Examplov", "RUS")
    assert "the data set has Sergei Examplov for Russia" in draft.reasons


@given(st.text(max_size=30), st.frozensets(st.sampled_from(["RUS", "NOR", "USA"])))
def test_no_name_raises_and_nobody_is_meant_by_a_name_without_their_letters(name: str, states: frozenset[str]) -> None:
    found = KNOWN.meant(name, states)
    assert found is None or found in TABLE
    assert KnownSpokespersons.of(()).meant(name, states) is None
