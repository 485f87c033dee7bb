"""Names and roles of Russian and Ukrainian headings out of the genitive: "С.В.Лаврова" is С.В. Лавров."""

from __future__ import annotations

import re

from tracker.io.articles.letters import evened

_RUSSIAN_GENITIVE = (
    "министра",
    "представителя",
    "президента",
    "директора",
    "посла",
    "постпреда",
    "секретаря",
    "заместителя",
    "главы",
    "премьера",
)
_UKRAINIAN_GENITIVE = (
    "міністра",
    "речника",
    "речниці",
    "представника",
    "президента",
    "директора",
    "посла",
    "глави",
    "голови",
    "заступника",
)
_ENDINGS = (
    ("ского", "ский"), ("цкого", "цкий"), ("ого", "ой"), ("его", "ий"),
    ("овой", "ова"), ("евой", "ева"), ("ёвой", "ёва"), ("иной", "ина"), ("ской", "ская"),
    ("ова", "ов"), ("ева", "ев"), ("ёва", "ёв"), ("ина", "ин"), ("ына", "ын"),
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
    """
    if language not in ("ru", "uk"):
        return name
    spaced = re.sub(r"((?:[^\W\d_]\.)+)\s*(?=[^\W\d_]{2})", r"\1 ", name).strip()
    heads = _RUSSIAN_GENITIVE if language == "ru" else _UKRAINIAN_GENITIVE
    if not any(evened(head) in evened(role) for head in heads):
        return spaced
    return " ".join(_out_of_genitive(part, language) for part in spaced.split())


_ROLES_IN_NOMINATIVE = {
    "ru": "министра министр представителя представитель постпреда постпред посла посол директора директор секретаря секретарь главы глава "
    "президента президент заместителя заместитель председателя председатель премьера премьер премьер-министра премьер-министр "
    "замминистра замминистра пресс-секретаря пресс-секретарь госсекретаря госсекретарь руководителя руководитель спецпредставителя "
    "спецпредставитель департамента департамент министерства министерство посольства посольство постпредства постпредство правительства "
    "правительство делегации делегация канцлера канцлер генсека генсек командующего командующий начальника начальник помощника помощник",
    "uk": "міністра міністр речника речник речниці речниця представника представник представниці представниця посла посол "
    "директора директор "
    "президента президент глави глава голови голова заступника заступник секретаря секретар прессекретаря прессекретар міністерства "
    "міністерство посольства посольство",
}
_ADJECTIVES = (("ского", "ский"), ("шнего", "шний"), ("его", "ий"), ("ого", "ый"))


def nominative_role(role: str, language: str) -> str:
    """A Russian or Ukrainian role or institution out of the genitive; what belongs to its first noun stays.

    >>> nominative_role("официального представителя МИД России", "ru"), nominative_role("Заместителя Министра", "ru")
    ('официальный представитель МИД России', 'Заместитель Министра')
    """
    pairs = _ROLES_IN_NOMINATIVE.get(language, "").split()
    nouns = dict(zip(pairs[::2], pairs[1::2], strict=True))
    words = role.split()
    at = next((place for place, word in enumerate(words[:4]) if word.lower() in nouns), -1)
    if at < 0:
        return role
    before = [_adjective(word) for word in words[:at]]
    if any(one == word for one, word in zip(before, words[:at], strict=True)):
        return role
    noun = nouns[words[at].lower()]
    return " ".join([*before, noun.capitalize() if words[at][0].isupper() else noun, *words[at + 1 :]])


def _adjective(word: str) -> str:
    return next((word[: -len(ending)] + base for ending, base in _ADJECTIVES if word.endswith(ending)), word)


def _out_of_genitive(word: str, language: str) -> str:
    if "." in word or len(word) < 3:
        return word
    for ending, base in _ENDINGS if language == "ru" else _UKRAINIAN_ENDINGS:
        if word.endswith(ending):
            return word[: -len(ending)] + base
    if word.endswith("а") and word[-2] not in "аеёиоуыэюяіїє":
        return word[:-1]
    return word
