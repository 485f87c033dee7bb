"""What the label of a turn tells: the name in it, the role before it, and the words of labels that ask."""

from __future__ import annotations

import re
from functools import cache

from tracker.io.articles.letters import evened
from tracker.io.articles.nominatives import nominative
from tracker.io.articles.offices import offices
from tracker.io.articles.word_lists import table

_BEFORE_NAMES = frozenset({"the", "hon", "rt", "right", "honourable"})
_TITLE_WORDS = "mr mr. ms ms. mrs mrs. dr dr. m. mme sr. sra. herr frau"
SHORT_TITLES = frozenset(_TITLE_WORDS.split())

_ALONE = re.compile(r"^[ \t*]{0,4}(?P<label>[^\W\d_][^\n:.,!?]{0,50}?)[ \t*]{0,4}$(?=\n{1,2}\S)", re.MULTILINE)
_OF_A_HOUSE = re.compile(r"[^\W\d_][\w. -]{1,40} \([A-ZÄÖÜ][\w ]{1,8}\)")
"""Labels that are a line of their own: "Frage", "Roe (AA)"."""


def name_and_role(label: str, language: str) -> tuple[str, str]:
    """The name in a label, in ordinary letters, and the role before it; "" without a role.

    >>> name_and_role("SECRETARY KERRY", "en"), name_and_role("MR ROE", "en")
    (('Kerry', 'Secretary'), ('Roe', ''))
    """
    is_shouted = label.isupper() and label < "\u0250"
    written = (
        " ".join(_capitalised(word) for word in label.split() if evened(word).strip(".") not in _BEFORE_NAMES) if is_shouted else label
    )
    found = [office for office in offices(written, language) if office.name]
    if found:
        name = found[0].name
        return " ".join(_capitalised(word) for word in name.split()) if name.isupper() and name < "\u0250" else name, found[0].role
    parts = written.split()
    while len(parts) > 1 and parts[0].lower().strip(".") in {title.strip(".") for title in SHORT_TITLES} | (
        titles_of(language) if is_shouted else frozenset()
    ):
        parts = parts[1:]
    return nominative(" ".join(parts), "", language), ""


def in_ordinary_letters(written: str) -> str:
    """Words in Latin capitals as names are written; others, and abbreviations alone, as they are.

    >>> in_ordinary_letters("JOHN McROE"), in_ordinary_letters("JANE MCROE"), in_ordinary_letters("UN")
    ('JOHN McROE', 'Jane McRoe', 'UN')
    """
    is_shouted = written.isupper() and written < "\u0250" and " " in written
    return " ".join(_capitalised(word) for word in written.split()) if is_shouted else written


def _capitalised(word: str) -> str:
    if len(word) > 3 and word[:2] == "MC":
        return "Mc" + word[2:].capitalize()
    return "-".join("'".join(part.capitalize() for part in piece.split("'")) for piece in word.split("-"))


def titles_of(language: str) -> frozenset[str]:
    """The titles before a name that a label in capitals may have, in evened letters.

    >>> "mr" in titles_of("en")
    True
    """
    return labels_of_kind(language, "title")


@cache
def labels_of_kind(language: str, kind: str) -> frozenset[str]:
    """The labels of one kind ("asking role", "outlet") in a language, in English and in every language; empty for none.

    >>> "reuters" in labels_of_kind("*", "outlet"), labels_of_kind("en", "no kind")
    (True, frozenset())
    """
    rows = table("turn_labels.csv")
    return frozenset(evened(row["label"]).strip(".") for row in rows if row["language"] in (language, "en", "*") and row["kind"] == kind)


@cache
def label_kinds(language: str) -> dict[str, str]:
    """The labels of a language, of English and of every language, in evened letters, with "asker" or "answer" for each."""
    rows = [row for row in table("turn_labels.csv") if row["language"] in (language, "en", "*") and row["kind"] != "title"]
    rows.sort(key=lambda row: row["language"] == language)
    asking = ("outlet", "asking role")
    return {evened(row["label"]).strip("."): "asker" if row["kind"] in asking else row["kind"] for row in rows}


def labels_alone(text: str, language: str) -> list[tuple[re.Match[str], str]]:
    """The labels that are lines of their own, where some ask and some are of a house: "Frage", "Roe (AA)"."""
    matches = list(_ALONE.finditer(text))
    asking = [(match, "asker") for match in matches if label_kinds(language).get(evened(match["label"])) == "asker"]
    named = [(match, "shouted") for match in matches if _OF_A_HOUSE.fullmatch(match["label"])]
    return sorted(asking + named, key=lambda entry: entry[0].start()) if asking and named else []


def shouted_dialogue(text: str, found: list[tuple[re.Match[str], str]]) -> list[tuple[re.Match[str], str]]:
    """The labels, where two names in capitals take turns: who mostly asks is an asker, the others speak ("JANE ROE:", "MAX LEE:")."""
    places = [match.start() for match, _ in found] + [len(text)]
    turns: dict[str, list[str]] = {}
    for (match, kind), end in zip(found, places[1:], strict=True):
        label = match["label"].strip()
        if kind == "maybe" and label.isupper() and len(label.split()) > 1:
            turns.setdefault(label, []).append(text[match.end() : end])
    spoken = {label: sum("?" in turn for turn in said) * 2 >= len(said) for label, said in turns.items() if len(said) > 1}
    if len(set(spoken.values())) < 2 or any(kind == "asker" for _, kind in found):
        return found
    kinds = {label: "asker" if asks else "shouted" for label, asks in spoken.items()}
    return [(match, kinds.get(match["label"].strip(), kind)) for match, kind in found]
