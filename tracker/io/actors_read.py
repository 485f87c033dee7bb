"""Names to actors: states by ISO 3166 codes and by names in many languages, international organisations by alias."""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from tracker.io.matching import tight_key

_LANGUAGES = ("en", "fr", "es", "de", "ru", "ar", "zh", "zh_Hant", "tr", "it", "uk", "pt", "nl", "pl", "ja")
_UNCERTAIN = frozenset({"congo", "korea", "na"})
"""Official short names of one state that people use for another; NA is "not available" as often as Namibia."""

_LENGTHS_FOR_A_SLIP = (5, 9, 14)


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor that a name stands for."""

    actor_id: str
    name: str


@lru_cache(maxsize=4096)
def find_country(name: str) -> str:
    """The ISO 3166-1 alpha-3 code of the state of that name or code; "" when there is none for certain.

    Names are known in English, French, Spanish, German, Russian, Arabic, Chinese and some more languages, and what its
    people are called in English; states that are no more keep their own codes. Capitals are not names of states.

    >>> [find_country(name) for name in ("French", "the Russians", "Government of Iran", "Turkish government", "Congolese")]
    ['FRA', 'RUS', 'IRN', 'TUR', '']
    >>> [find_country(name) for name in ("fra", "UK", "CÔTE D’IVOIRE", "Сирия", "叙利亚", "USSR", "Moscow", "Congo")]
    ['FRA', 'GBR', 'CIV', 'SYR', 'SYR', 'SUN', '', '']
    """
    key, written = tight_key(name), unicodedata.normalize("NFKC", name).strip()
    if not key or key in _UNCERTAIN:
        return ""
    by_code = _codes().get(written.upper(), "") if written.isascii() and written.isalpha() else ""
    return by_code or _by_name(key) or _by_name(_without_government(key))


def _by_name(key: str) -> str:
    bare = key.removeprefix("the")
    return _english().get(key) or _names_in_all_languages().get(key) or _demonyms().get(bare, "")


def _without_government(key: str) -> str:
    """The folded name without the words that say that its government is meant; "" when there are none."""
    bare = key.removeprefix("the").removeprefix("governmentof").removeprefix("the").removesuffix("government")
    return bare if "government" in key else ""


@cache
def _demonyms() -> dict[str, str]:
    pairs = ((tight_key(word), row["code"]) for row in _rows("demonyms.csv") for word in row["demonyms"].split("|"))
    return {form: code for key, code in pairs for form in (key, f"{key}s")}


@lru_cache(maxsize=4096)
def find_organisation(name: str) -> KnownActor | None:
    """The international organisation of that name or acronym, ``None`` when it is not known.

    >>> find_organisation("United Nations").actor_id, find_organisation("ООН").actor_id, find_organisation("ACME")
    ('un', 'un', None)
    """
    return _organisations().get(tight_key(name))


@lru_cache(maxsize=512)
def country_name(code: str) -> str:
    """What the state of an alpha-3 code is called in English; the code itself when it is not known.

    >>> country_name("SYR"), country_name("CSK"), country_name("ZZZ")
    ('Syria', 'Czechoslovakia', 'ZZZ')
    """
    territory = _territory_of().get(code)
    return _territory_names("en").get(territory or "", "") or _historic().get(code, code).split(",")[0]


def is_country_code(code: str) -> bool:
    """Whether the code is the alpha-3 code of a state, of today or of the past."""
    return code in _territory_of() or code in _historic()


def nearest_names(name: str, at_most: int = 3) -> list[str]:
    """English names of states and organisations that this one may be a slip of the pen for, nearest first; often none.

    One letter may be wrong, missing, too many or swapped in a name of 5 letters, two from 9, three from 14; the first letter must
    be the same, unless one letter is all that differs in 7 or more. What merely sounds alike is not offered.

    >>> nearest_names("Untied Kingdom"), nearest_names("Frnace"), nearest_names("Ruritania")
    (['United Kingdom'], ['France'], [])
    """
    from rapidfuzz.distance import OSA

    key = tight_key(name)[:60]
    most = sum(len(key) >= length for length in _LENGTHS_FOR_A_SLIP)
    found: dict[str, int] = {}
    for near, shown in _english_names().items() if most else ():
        n_slips = OSA.distance(key, near, score_cutoff=most)
        if n_slips <= most and (near[:1] == key[:1] or (n_slips == 1 and len(key) >= 7)):
            found[shown] = min(n_slips, found.get(shown, n_slips))
    return sorted(found, key=lambda shown: (found[shown], shown))[:at_most]


@cache
def _territory_of() -> dict[str, str]:
    import pycountry

    return {country.alpha_3: country.alpha_2 for country in pycountry.countries} | {"XKX": "XK"}


@cache
def _historic() -> dict[str, str]:
    import pycountry

    today = {country.alpha_3 for country in pycountry.countries}
    return {country.alpha_3: country.name for country in pycountry.historic_countries if country.alpha_3 not in today}


@cache
def _territory_names(language: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale.parse(language).territories)


@cache
def _codes() -> dict[str, str]:
    import pycountry

    found = {code: code for code in (*_historic(), *_territory_of())}
    return found | {country.alpha_2: country.alpha_3 for country in pycountry.countries}


@cache
def _english() -> dict[str, str]:
    import pycountry

    found = {tight_key(name): code for code, name in _historic().items()}
    for country in pycountry.countries:
        names = (country.name, getattr(country, "official_name", ""), getattr(country, "common_name", ""))
        found |= {tight_key(name): country.alpha_3 for name in names if name}
    return found | _certain_names("en") | {tight_key(row["alias"]): row["code"] for row in _rows("country_aliases.csv")}


@cache
def _names_in_all_languages() -> dict[str, str]:
    """Names that mean one state only; a name with two meanings in two languages is none."""
    meanings: dict[str, set[str]] = {}
    for language in _LANGUAGES:
        for key, code in _certain_names(language).items():
            meanings.setdefault(key, set()).add(code)
    return {key: codes.pop() for key, codes in meanings.items() if len(codes) == 1}


def _certain_names(language: str) -> dict[str, str]:
    names = _territory_names(language)
    return {tight_key(names[territory]): code for code, territory in _territory_of().items() if territory in names}


@cache
def _organisations() -> dict[str, KnownActor]:
    return {tight_key(row["alias"]): KnownActor(row["actor_id"], row["name"]) for row in _rows("organisation_aliases.csv")}


@cache
def _english_names() -> dict[str, str]:
    """Every English name by its key, with the usual name it stands for."""
    names = {key: country_name(code) for key, code in _english().items()}
    names |= {tight_key(row["alias"]): row["alias"] for row in _rows("organisation_aliases.csv")}
    return {key: name for key, name in names.items() if len(key) > 3}


def _rows(file_name: str) -> list[dict[str, str]]:
    text = resources.files(__package__).joinpath(file_name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
