"""Offices: role, name, institution and state from words of the text, in ten languages."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tracker.core.candidates import Speaker
from tracker.io.articles.countries_named import publisher_of
from tracker.io.articles.offices import offices, same_person
from tracker.io.articles.speakers_placed import Offices

CASES = Path(__file__).parent / "cases"
ROWS = list(csv.DictReader((CASES / "offices.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['language']}: {row['text'][:60]}")
def test_an_office_is_read_with_its_name_institution_and_state(row: dict[str, str]) -> None:
    found = offices(row["text"], row["language"])
    assert " ; ".join(" | ".join((o.role, o.name, o.organisation, o.country)) for o in found) == row["found"]


def _placed(text: str, words: str, language: str = "en", name: str = "") -> Speaker:
    start = text.rindex(words)
    return Offices.of(text, language).placed(Speaker(words, (start, start + len(words)), name))


@pytest.mark.parametrize(
    ("text", "words", "country", "organisation"),
    [
        pytest.param("The United States said so.", "The United States", "USA", "", id="state"),
        pytest.param("Moscow said so.", "Moscow", "RUS", "", id="capital-that-speaks"),
        pytest.param("Russia's foreign ministry said so.", "Russia's foreign ministry", "RUS", "Russia's foreign ministry", id="ministry"),
        pytest.param(
            "Russia's foreign ministry denied it. The ministry said more.",
            "The ministry",
            "RUS",
            "Russia's foreign ministry",
            id="the-ministry",
        ),
        pytest.param("The State Department said so.", "The State Department", "USA", "State Department", id="institution-of-one-state"),
        pytest.param("The United Nations said so.", "The United Nations", "", "UN", id="international"),
        pytest.param("People in Moscow said so.", "People", "", "", id="a-place-is-no-speaker"),
        pytest.param("The Syrian army said so.", "The Syrian army", "SYR", "Syrian army", id="army"),
        pytest.param("Iran's foreign minister said so.", "Iran's foreign minister", "IRN", "", id="role-without-name"),
    ],
)
def test_a_speaker_without_a_name_has_its_state(text: str, words: str, country: str, organisation: str) -> None:
    placed = _placed(text, words)
    assert (placed.country, placed.organisation) == (country, organisation)
    assert bool(placed.country_why) == bool(country)


def test_a_short_name_keeps_the_office_of_its_full_mention() -> None:
    placed = _placed("Ruritanian Foreign Minister Jane Roe spoke of Russia. Later Roe said no more.", "Roe", name="Jane Roe")
    assert placed.role.endswith("Foreign Minister")
    assert placed.country == ""


def test_the_state_is_not_the_one_accredited_to() -> None:
    placed = _placed("The French ambassador to Russia, Jane Roe, said so.", "Jane Roe", name="Jane Roe")
    assert placed.country == "FRA"


@pytest.mark.parametrize(
    ("one", "other", "language", "is_same"),
    [
        ("Kirby", "John Kirby", "en", True),
        ("Bill Clinton", "Hillary Clinton", "en", False),
        ("С.В.Лаврова", "Сергей Лавров", "ru", True),
        ("Лавров", "Рябков", "ru", False),
        ("", "Kirby", "en", False),
    ],
)
def test_two_names_of_one_person(one: str, other: str, language: str, is_same: bool) -> None:
    assert same_person(one, other, language) is is_same


def test_a_publisher_is_told_by_its_host_and_not_by_a_look_alike() -> None:
    assert publisher_of("https://www.diplomatie.gouv.fr/fr/x")[1] == "FRA"
    assert publisher_of("https://state.gov.example.org/x") == ("", "")
    assert publisher_of("nonsense") == ("", "")
