"""Whose pages lie at an address: a ministry that is listed, or the government of a national domain."""

from __future__ import annotations

import pytest

from tracker.core.candidates import Speaker
from tracker.io.articles.countries_named import publisher_of
from tracker.io.articles.speakers_placed import Offices


@pytest.mark.parametrize(
    ("url", "country"),
    [
        pytest.param("https://www.foreignminister.gov.au/x", "AUS", id="gov"),
        pytest.param("https://www.premier.gouv.ci/x", "CIV", id="gouv"),
        pytest.param("https://www.presidencia.gob.mx", "MEX", id="gob"),
        pytest.param("https://japan.kantei.go.jp/x", "JPN", id="go-jp"),
        pytest.param("https://www.bmeia.gv.at/x", "AUT", id="gv-at"),
        pytest.param("https://www.fco.gov.uk/x", "GBR", id="listed-above-it"),
        pytest.param("https://www.mfa.ee/x", "EST", id="mfa"),
        pytest.param("https://www.dfa.ie/x", "IRL", id="listed"),
        pytest.param("https://www.state.gov/x", "USA", id="listed-without-a-nation"),
        pytest.param("https://www.go.it/x", "", id="go-is-another-s-there"),
        pytest.param("https://gov.au.example.org/x", "", id="in-front-only"),
        pytest.param("https://gov.au@example.org/x", "", id="name-of-a-user"),
        pytest.param("https://news.gov.example/x", "", id="no-nation"),
        pytest.param("https://gov/x", "", id="one-label"),
        pytest.param("", "", id="empty"),
        pytest.param("https://../x", "", id="dots"),
    ],
)
def test_an_address_says_whose_government_publishes(url: str, country: str) -> None:
    organisation, code = publisher_of(url)
    assert code == country
    assert bool(organisation) == bool(country)


def test_a_minister_without_a_state_is_of_the_government_whose_page_it_is() -> None:
    text = "Indonesia and Japan wait, Foreign Minister Jane Roe said."
    start = text.index("Jane Roe")
    publisher = publisher_of("https://www.foreignminister.gov.au/x")
    placed = Offices.of(text, "en", "", publisher).placed(Speaker("Jane Roe", (start, start + 8), "Jane Roe"))
    assert (placed.country, placed.country_why) == ("AUS", "the page is one of Government of Australia")


@pytest.mark.parametrize(
    ("words", "language", "country"),
    [
        pytest.param("Malacañang", "en", "PHL", id="palace"),
        pytest.param("Cheong Wa Dae", "en", "KOR", id="blue-house"),
        pytest.param("Aso Rock", "en", "NGA", id="rock"),
    ],
)
def test_a_palace_is_of_its_state(words: str, language: str, country: str) -> None:
    assert Offices.of(f"{words} said so.", language).placed(Speaker(words, (0, len(words)))).country == country


def test_the_head_of_the_government_of_spain_is_not_of_another_whose_government_is_named() -> None:
    text = "Es así, dijo el presidente del Gobierno, Ann Lee. El portavoz del Gobierno alemán, Max Roe, calló."
    start = text.index("Ann Lee")
    assert Offices.of(text, "es").placed(Speaker("Ann Lee", (start, start + 7), "Ann Lee")).country == "ESP"


@pytest.mark.parametrize(
    ("text", "role", "country"),
    [
        pytest.param("Labour MP Jane Roe said it would rain.", "Labour MP", "GBR", id="party-opens-the-sentence"),
        pytest.param("Jane Roe, a Tory MP, said it would rain.", "Tory MP", "GBR", id="behind-the-name"),
        pytest.param("Republican Senator Jane Roe said it would rain.", "Republican Senator", "USA", id="senator"),
        pytest.param("Canadian Liberal MP Jane Roe said it would rain.", "Canadian Liberal MP", "CAN", id="state-named"),
        pytest.param("Liberal MP Jane Roe said it would rain.", "Liberal MP", "", id="party-of-several-states"),
        pytest.param("Conservative MP Jane Roe said it would rain.", "Conservative MP", "", id="another-party-of-several-states"),
    ],
)
def test_a_member_of_a_parliament_is_of_the_state_whose_party_it_is(text: str, role: str, country: str) -> None:
    start = text.index("Jane Roe")
    placed = Offices.of(text, "en").placed(Speaker("Jane Roe", (start, start + 8), "Jane Roe"))
    assert (placed.role, placed.country) == (role, country)


@pytest.mark.parametrize(
    ("text", "language", "domain", "country"),
    [
        pytest.param("Prime Minister Jane Roe said no.", "en", "NZL", "NZL", id="minister-in-the-language-of-the-state"),
        pytest.param("President Jane Roe said no. Iran waits.", "en", "IRN", "IRN", id="president-and-the-state-is-named"),
        pytest.param("President Jane Roe said no.", "en", "IRN", "", id="neither-language-nor-name"),
        pytest.param("President Jane Roe said no. Iran waits.", "en", "", "", id="no-domain"),
        pytest.param("PARIS — President Jane Roe of the club, a minister, said no.", "en", "NZL", "", id="reported-from-elsewhere"),
        pytest.param("The president of the bank, Jane Roe, said no. Iran waits.", "en", "IRN", "", id="president-of-a-bank"),
        pytest.param("Labour MP Jane Roe said no.", "en", "MLT", "MLT", id="party-of-several-states"),
        pytest.param("Cumhurbaşkanı Jane Roe konuştu.", "tr", "TUR", "TUR", id="head-of-state"),
        pytest.param("„Ja“, sagte Bundeskanzlerin Jane Roe.", "de", "AUT", "AUT", id="office-of-two-states"),
        pytest.param("„Ja“, sagte Bundeskanzlerin Jane Roe.", "de", "", "DEU", id="where-nothing-says-another"),
        pytest.param("„Ja“, sagte Bundeskanzlerin Jane Roe. Österreich wartet.", "de", "", "", id="another-is-named-and-not-that-one"),
        pytest.param("Wien – „Ja“, sagte Bundeskanzlerin Jane Roe.", "de", "", "AUT", id="from-the-other-capital"),
    ],
)
def test_the_domain_of_a_page_tells_whose_bare_offices_it_means(text: str, language: str, domain: str, country: str) -> None:
    start = text.index("Jane Roe")
    placed = Offices.of(text, language, domain=domain).placed(Speaker("Jane Roe", (start, start + 8), "Jane Roe"))
    assert placed.country == country


def test_an_institution_others_have_too_is_of_the_state_of_the_page() -> None:
    text = "МИД заявил, что ждет."
    assert [Offices.of(text, "ru", domain=domain).placed(Speaker("МИД", (0, 3))).country for domain in ("RUS", "KAZ", "")] == [
        "RUS",
        "",
        "RUS",
    ]
