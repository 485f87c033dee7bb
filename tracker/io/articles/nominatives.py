"""Names and roles of Russian and Ukrainian headings out of the genitive: "С.В.Лаврова" is С.В. Лавров."""

from __future__ import annotations

import re
from functools import cache

from tracker.io.articles.letters import evened
from tracker.io.articles.word_lists import table

WITH_CASES = frozenset({"ru", "uk"})
"""Languages whose names and offices are written in cases."""
_ENDINGS = (
    ("ского", "ский"), ("цкого", "цкий"), ("ого", "ой"), ("его", "ий"),
    ("овой", "ова"), ("евой", "ева"), ("ёвой", "ёва"), ("иной", "ина"), ("ской", "ская"),
    ("ова", "ов"), ("ева", "ев"), ("ёва", "ёв"), ("ина", "ин"), ("ына", "ын"),
    ("ны", "на"), ("ры", "ра"), ("ды", "да"), ("сы", "са"), ("лы", "ла"), ("ьги", "ьга"),
    ("ия", "ий"), ("ея", "ей"), ("ая", "ай"), ("ря", "рь"), ("ля", "ль"), ("ии", "ия"), ("ьи", "ья"), ("зи", "зя"),
)  # fmt: skip
_UKRAINIAN_ENDINGS = (
    ("ського", "ський"),
    ("цького", "цький"),
    ("ого", "ий"),
    ("ової", "ова"),
    ("єва", "єв"),
    ("ова", "ов"),
    ("ія", "ій"),
    ("ка", "ко"),
    ("ена", "ен"),
)


def nominative(name: str, role: str, language: str) -> str:
    """A Russian or Ukrainian name out of the genitive, when the role beside it stands in it; initials are set apart.

    >>> nominative("С.В.Лаврова", "Министра иностранных дел России", "ru"), nominative("М.В.Захаровой", "представителя", "ru")
    ('С.В. Лавров', 'М.В. Захарова')
    >>> nominative("Мария Захарова", "официальный представитель МИД РФ", "ru")
    'Мария Захарова'
    >>> nominative("Анны Примеровой", "", "ru"), nominative("Ольгой Примеровой", "", "ru")
    ('Анна Примерова', 'Ольга Примерова')
    >>> nominative("Ивана Примерова", "сенатора", "ru"), nominative("Анна Шмидт", "советник президента", "ru")
    ('Иван Примеров', 'Анна Шмидт')
    """
    if language not in WITH_CASES:
        return name
    spaced = re.sub(r"((?:[^\W\d_]\.)+)\s*(?=[^\W\d_]{2})", r"\1 ", name).strip()
    if language == "ru" and (hers := _of_a_woman(spaced.split())):
        return hers
    if language == "ru" and (his := name_of_a_man(spaced)) != spaced:
        return his
    if language == "ru" and _first_noun(role, language) in _persons(language, "person in another case"):
        first, _, rest = spaced.partition(" ")
        return f"{_first_name_of_a_man(first) or first} {rest}".strip() if rest else spaced
    if not _is_in_genitive(role, language):
        return spaced
    return " ".join(_out_of_genitive(part, language) for part in spaced.split())


_ADJECTIVES = (
    ("ского", "ский"), ("шнего", "шний"), ("его", "ий"), ("ого", "ый"),
    ("скому", "ский"), ("шнему", "шний"), ("ему", "ий"), ("ому", "ый"),
    ("ским", "ский"), ("шним", "шний"), ("ым", "ый"),
)  # fmt: skip


def nominative_role(role: str, language: str) -> str:
    """A Russian or Ukrainian role or institution out of the genitive; what belongs to its first noun stays.

    >>> nominative_role("официального представителя МИД России", "ru"), nominative_role("Заместителя Министра", "ru")
    ('официальный представитель МИД России', 'Заместитель Министра')
    """
    nouns = _nominatives(language)
    words = role.split()
    at = next((place for place, word in enumerate(words[:4]) if evened(word) in nouns), -1)
    if at < 0:
        return role
    before = [_adjective(word) for word in words[:at]]
    if any(one == word for one, word in zip(before, words[:at], strict=True)):
        return role
    noun = nouns[evened(words[at])]
    return " ".join([*before, noun.capitalize() if words[at][0].isupper() else noun, *words[at + 1 :]])


def is_nominative(word: str, language: str) -> bool:
    """Whether a word is the noun of an office in the nominative, which begins another office: "глава", not "главы"."""
    return word in _of_persons(language)


def is_genitive(word: str, language: str) -> bool:
    """Whether a word is the noun of an office in the genitive, which belongs to an office before it: "генсека"."""
    return word in _persons(language, "person")


def _adjective(word: str) -> str:
    return next((word[: -len(ending)] + base for ending, base in _ADJECTIVES if word.endswith(ending)), word)


def _is_in_genitive(role: str, language: str) -> bool:
    """Whether the first noun of a role is of a person and stands in the genitive: "министра", not "советник министра"."""
    return _first_noun(role, language) in _persons(language, "person")


def _first_noun(role: str, language: str) -> str:
    nouns = _nominatives(language)
    return next((word for word in evened(role).split() if word in nouns or word in map(evened, nouns.values())), "")


@cache
def _nominatives(language: str) -> dict[str, str]:
    return {evened(row["genitive"]): row["nominative"] for row in table("genitives.csv") if row["language"] == language}


@cache
def _of_persons(language: str) -> frozenset[str]:
    rows = (row for row in table("genitives.csv") if row["language"] == language and row["kind"] == "person")
    return frozenset(evened(row["nominative"]) for row in rows)


@cache
def _persons(language: str, kind: str) -> frozenset[str]:
    rows = (row for row in table("genitives.csv") if row["language"] == language and row["kind"] == kind)
    return frozenset(evened(row["genitive"]) for row in rows)


_SURNAMES_OF_WOMEN = (("овой", "ова"), ("евой", "ева"), ("ёвой", "ёва"), ("иной", "ина"), ("ыной", "ына"))
_FIRST_NAMES_OF_WOMEN = (
    ("ии", "ия"), ("ией", "ия"), ("ьи", "ья"), ("ьей", "ья"), ("ги", "га"), ("ки", "ка"), ("ы", "а"), ("ой", "а"), ("е", "а"),
)  # fmt: skip


def _of_a_woman(parts: list[str]) -> str:
    """The name of a woman out of any case her surname shows, whatever stands beside it; "" for other names."""
    surname = next((parts[-1][: -len(end)] + base for end, base in _SURNAMES_OF_WOMEN if parts and parts[-1].endswith(end)), "")
    if not surname or len(parts) != 2 or "." in parts[0]:
        return ""
    first = next((parts[0][: -len(end)] + base for end, base in _FIRST_NAMES_OF_WOMEN if parts[0].endswith(end)), parts[0])
    return f"{first} {surname}"


_SURNAMES_OF_MEN = (
    ("овым", "ов"), ("евым", "ев"), ("ёвым", "ёв"), ("иным", "ин"), ("ским", "ский"), ("цким", "цкий"),
    ("ову", "ов"), ("еву", "ев"), ("ёву", "ёв"), ("скому", "ский"), ("цкому", "цкий"),
)  # fmt: skip
_FIRST_NAMES_OF_MEN = (
    ("ием", "ий"), ("еем", "ей"), ("аем", "ай"), ("рем", "рь"), ("лем", "ль"), ("ом", ""),
    ("ию", "ий"), ("ею", "ей"), ("аю", "ай"), ("рю", "рь"), ("лю", "ль"), ("у", ""),
)  # fmt: skip


def _of_a_man(parts: list[str]) -> str:
    """The name of a man out of the dative or instrumental, where both parts show it; "" for other names.

    >>> _of_a_man(["Сергеем", "Примеровым"]), _of_a_man(["Игорю", "Примерскому"]), _of_a_man(["Анна", "Примерова"])
    ('Сергей Примеров', 'Игорь Примерский', '')
    """
    if len(parts) != 2:
        return ""
    surname = next((parts[1][: -len(end)] + base for end, base in _SURNAMES_OF_MEN if parts[1].endswith(end)), "")
    first = _first_name_of_a_man(parts[0])
    return f"{first} {surname}" if surname and first else ""


def name_of_a_man(name: str) -> str:
    """The name of a man out of the dative, the instrumental, and the genitive of a known first name; other names as they are.

    >>> name_of_a_man("Сергеем Примеровым"), name_of_a_man("Олега Примерова"), name_of_a_man("Анна Примерова")
    ('Сергей Примеров', 'Олег Примеров', 'Анна Примерова')
    """
    return _of_a_man(name.split()) or _of_a_known_man(name.split()) or name


def _of_a_known_man(parts: list[str]) -> str:
    """The name of a man out of the genitive, when his first name is one of the table: "Олега Примерова"; "" for other names."""
    first = _first_names().get(evened(parts[0]), "") if len(parts) == 2 else ""
    surname = _out_of_genitive(parts[1], "ru") if first else ""
    return f"{first} {surname}" if surname and surname != parts[1] else ""


@cache
def _first_names() -> dict[str, str]:
    return {evened(row["genitive"]): row["nominative"] for row in table("genitives.csv") if row["kind"] == "first name"}


def _first_name_of_a_man(written: str) -> str:
    return next((written[: -len(end)] + base for end, base in _FIRST_NAMES_OF_MEN if written.endswith(end)), "")


def _out_of_genitive(word: str, language: str) -> str:
    if "." in word or len(word) < 3:
        return word
    for ending, base in _ENDINGS if language == "ru" else _UKRAINIAN_ENDINGS:
        if word.endswith(ending):
            return word[: -len(ending)] + base
    if word.endswith("а") and word[-2] not in "аеёиоуыэюяіїє":
        return word[:-1]
    return word
