"""States named in a text in ten languages: by name, by what their people are called, by capital, by institution."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tracker.io.actors_read import country_name
from tracker.io.articles.word_lists import WordList, table

OF_OTHERS_TOO = "(another state's would be named with it)"
"""How the reason ends of a name that other states have as well, which is one state's where nothing says another."""
_OF_GOVERNMENTS = frozenset({"gov", "gob", "gouv", "govt", "gub", "mfa"})
"""Labels that stand right before the national domain of a government: "gov.au", "gob.es", "mfa.ee"."""
_OF_ONE_GOVERNMENT = frozenset({"go.jp", "go.kr", "go.ke", "go.id", "go.th", "go.ug", "go.tz", "go.cr", "gv.at", "gc.ca"})
"""The same where the label is another's elsewhere."""
_SOLD_DOMAINS = "ac ai as bz cc cd co eu fm gg gl im io la li ly me ml nu pn pw sc sh so st su tf tk to tv vc vu ws"
_FOR_ANYBODY = frozenset(_SOLD_DOMAINS.split())
"""National domains that are sold to anybody and say nothing about where a page is from."""


@cache
def countries(language: str) -> WordList:
    """Names and adjectives of states in one language (and in English), to ISO 3166 alpha-3.

    >>> from tracker.io.articles.word_lists import words_of
    >>> countries("ru").at(words_of("российского посла"), 0), countries("en").at(words_of("U.S. Secretary"), 0)
    ((1, 'RUS'), (1, 'USA'))
    """
    return WordList.of(_names(language))


@cache
def capitals() -> WordList:
    """Capitals that stand for their state when they speak, to ISO 3166 alpha-3."""
    return WordList.of((word, row["code"]) for row in table("country_words.csv") for word in _cells(row["capitals"]))


@cache
def institutions() -> WordList:
    """Institutions whose name alone says the state, to "ISO code|what it is"."""
    return WordList.of((word, f"{row['country']}|{row['why']}") for row in table("institutions.csv") for word in _cells(row["words"]))


@cache
def official_languages(code: str) -> frozenset[str]:
    """The official languages of a state by its ISO 3166 alpha-3, as ISO 639-1.

    >>> sorted(official_languages("ITA")), official_languages("")
    (['it'], frozenset())
    """
    from babel.languages import get_official_languages

    territory = next((two for two, three in _alpha_3().items() if three == code), "")
    return frozenset(get_official_languages(territory, de_facto=True)) if territory else frozenset()


def publisher_of(url: str) -> tuple[str, str]:
    """The institution whose pages lie at an address, and its state; two empty texts when it is none that we know.

    A host that is not listed is its government's when it lies under a national domain for governments.

    >>> publisher_of("https://www.foreignminister.gov.au/x")
    ('Government of Australia', 'AUS')
    >>> publisher_of("https://2009-2017.state.gov/r/pa/prs/"), publisher_of("https://www.reuters.com/x")
    (('State Department', 'USA'), ('', ''))
    """
    host = url.split("://", 1)[-1].split("/", 1)[0].split("@")[-1].split(":")[0].lower()
    known = {row["host"]: row for row in table("publishers.csv")}
    parts = host.split(".")[-6:]
    for n_left_out in range(len(parts)):
        row = known.get(".".join(parts[n_left_out:]))
        if row:
            return row["organisation"], row["country"]
    return _government_at(parts)


def state_of_domain(url: str) -> str:
    """The state under whose national domain a page lies, or whose outlet it is (outlets_at_home.csv), as ISO 3166 alpha-3.

    It is "" for other pages under ".com" and domains sold to anybody.

    >>> state_of_domain("https://www.rnz.co.nz/news"), state_of_domain("https://tass.com/x"), state_of_domain("https://kuban24.tv/x")
    ('NZL', 'RUS', '')
    """
    host = url.split("://", 1)[-1].split("/", 1)[0].split("@")[-1].split(":")[0].lower()
    if at_home := _outlets_at_home().get(".".join(host.split(".")[-2:])):
        return at_home
    label = host.rpartition(".")[2]
    return "" if label in _FOR_ANYBODY or label == host else _alpha_3().get("GB" if label == "uk" else label.upper(), "")


@cache
def _outlets_at_home() -> dict[str, str]:
    return {row["host"]: row["country"] for row in table("outlets_at_home.csv")}


def _government_at(parts: list[str]) -> tuple[str, str]:
    """The government whose pages lie under a national domain reserved for governments: "foreignminister.gov.au"."""
    labels = parts[-2:-1]
    code = _alpha_3().get(parts[-1].upper(), "")
    reserved = bool(labels) and (labels[0] in _OF_GOVERNMENTS or f"{labels[0]}.{parts[-1]}" in _OF_ONE_GOVERNMENT)
    return (f"Government of {country_name(code)}", code) if code and reserved else ("", "")


def _names(language: str) -> Iterator[tuple[str, str]]:
    from babel import Locale

    codes = _alpha_3()
    for locale in {language, "en"} if language != "zh" else {"zh"}:
        for territory, name in Locale.parse(locale).territories.items():
            if territory in codes and name:
                yield name, codes[territory]
                yield name.replace(" & ", " and "), codes[territory]
    for row in table("country_words.csv"):
        for word in _cells(row.get(language) or ""):
            yield word, row["code"]
    if language == "en":
        yield from _english()


def _english() -> Iterator[tuple[str, str]]:
    import csv
    from importlib import resources

    for file_name, column in (("demonyms.csv", "demonyms"), ("country_aliases.csv", "alias")):
        text = resources.files("tracker.io").joinpath(file_name).read_text(encoding="utf-8")
        for row in csv.DictReader(text.splitlines()):
            for word in _cells(row[column]):
                yield word, row["code"]
                if column == "demonyms":
                    yield f"{word}s", row["code"]


@cache
def _alpha_3() -> dict[str, str]:
    import pycountry

    return {country.alpha_2: country.alpha_3 for country in pycountry.countries if country_name(country.alpha_3)} | {"XK": "XKX"}


def _cells(cell: str) -> list[str]:
    return [word.strip() for word in cell.split("|") if word.strip()]
