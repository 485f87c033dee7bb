"""Persons who speak together: all of their words are kept, and what only one of them is is said of none."""

from __future__ import annotations

import pytest

from tracker.core.candidates import Speaker
from tracker.core.dates import PartialDate
from tracker.io.articles import extract


def _speaker(text: str, language: str = "en") -> Speaker:
    return extract(text, published_on=PartialDate(2023, 5, 10), language=language).candidates[0].speaker


@pytest.mark.parametrize(
    ("text", "language", "written", "names"),
    [
        pytest.param(
            "Foreign Ministers Ann Lee and Max Roe said they would wait.",
            "en",
            "Foreign Ministers Ann Lee and Max Roe",
            ["Ann Lee", "Max Roe"],
            id="one-office-of-both",
        ),
        pytest.param(
            "French President Ann Lee and Turkish Foreign Minister Max Roe said they would wait.",
            "en",
            "French President Ann Lee and Turkish Foreign Minister Max Roe",
            ["Ann Lee", "Max Roe"],
            id="each-with-an-office",
        ),
        pytest.param(
            "At talks in Lyon, Ann Lee, UN envoy for Mali, and his adviser, Max Roe, said they would wait.",
            "en",
            "Ann Lee, UN envoy for Mali, and his adviser, Max Roe",
            ["Ann Lee", "Max Roe"],
            id="an-office-behind-the-first",
        ),
        pytest.param("“No,” said Ann Lee and Max Roe.", "en", "Ann Lee and Max Roe", ["Ann Lee", "Max Roe"], id="behind-the-verb"),
        pytest.param(
            "«No hay acuerdo», dijeron Ann Lee y Max Roe.", "es", "Ann Lee y Max Roe", ["Ann Lee", "Max Roe"], id="behind-the-verb-es"
        ),
        pytest.param(
            "Анна Ли и Марк Ро заявили, что подождут.", "ru", "Анна Ли и Марк Ро", ["Анна Ли", "Марк Ро"], id="before-the-verb-ru"
        ),
        pytest.param(
            "« Nous attendons », ont affirmé Anne Lee et Max Roe.", "fr", "Anne Lee et Max Roe", ["Anne Lee", "Max Roe"], id="french"
        ),
    ],
)
def test_persons_who_speak_together_are_kept_as_written(text: str, language: str, written: str, names: list[str]) -> None:
    speaker = _speaker(text, language)
    assert (speaker.as_written, speaker.resolved, speaker.name) == (written, written, "")
    assert [one.name for one in speaker.together] == names


def test_only_what_all_of_them_share_is_said_of_them() -> None:
    differ = _speaker("French President Ann Lee and Turkish Foreign Minister Max Roe said they would wait.")
    assert (differ.country, differ.role) == ("", "")
    assert [(one.country, one.role) for one in differ.together] == [("FRA", "French President"), ("TUR", "Turkish Foreign Minister")]
    alike = _speaker("French President Ann Lee and French Foreign Minister Max Roe said they would wait.")
    assert (alike.country, alike.role) == ("FRA", "")
    assert _speaker("Foreign Ministers Ann Lee and Max Roe said they would wait.").role == "Foreign Ministers"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("She met Ann Lee and Max Roe said they would wait.", id="somebody-met-before"),
        pytest.param("Minister for Foreign Affairs and Trade Max Roe said they would wait.", id="within-an-office"),
        pytest.param("Trinidad and Tobago Prime Minister Max Roe said they would wait.", id="within-a-state"),
        pytest.param("On Monday and Tuesday Max Roe said they would wait.", id="days"),
    ],
)
def test_one_person_stays_one(text: str) -> None:
    speaker = _speaker(text)
    assert (speaker.name, speaker.together) == ("Max Roe", ())


def test_the_reasons_say_who_speaks_together() -> None:
    found = extract("French President Ann Lee and Max Roe said they would wait.", published_on=None, language="en")
    assert "several speak together: Ann Lee, French President, FRA; Max Roe" in found.candidates[0].reasons


def test_persons_with_their_states_speak_together() -> None:
    text = "Foreign Ministers Jane Roe of Norway and Ann Lee of Sweden said that both sides must wait."
    (only,) = extract(text, published_on=None, language="en").candidates
    assert (only.speaker.name, only.speaker.country) == ("", "")
    assert [(one.name, one.country) for one in only.speaker.together] == [("Jane Roe", "NOR"), ("Ann Lee", "SWE")]
