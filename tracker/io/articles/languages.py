"""Vocabularies of languages: which words make a statement in it, read from one table a language.

``languages/<code>.csv`` has two columns, ``kind`` and ``words``; words of a kind stand in one cell or several, parted by
" | ". docs/extraction.md tells the kinds. Nothing else is needed to add a language.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

_FOLDER = files("tracker.io.articles") / "languages"
_PARTING = " | "


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue as the vocabulary has it: its kinds ("say", "tell", …) and whether this form is the infinitive."""

    words: tuple[str, ...]
    kinds: frozenset[str]
    is_infinitive: bool = False


@dataclass(frozen=True, slots=True)
class Language:
    """The vocabulary of one language; words are folded to lower case, with straight apostrophes."""

    code: str
    words: dict[str, frozenset[str]]
    cues: dict[str, tuple[Cue, ...]] = field(default_factory=dict)
    marks: tuple[tuple[str, str], ...] = ()

    def of(self, kind: str) -> frozenset[str]:
        """The words of a kind; empty where the language has none."""
        return self.words.get(kind, frozenset())


@cache
def language_codes() -> tuple[str, ...]:
    """Codes (ISO 639-1) of the languages that have a vocabulary."""
    names = (entry.name for entry in _FOLDER.iterdir())
    return tuple(sorted(name[:-4] for name in names if name.endswith(".csv") and len(name) == len("en.csv")))


@cache
def language(code: str) -> Language:
    """The vocabulary of a language; of one that has none, English, which also knows the marks of most."""
    return _read(code if code in language_codes() else "en")


@cache
def all_first_names() -> frozenset[str]:
    """First names, lower case, those that both bear too."""
    with (_FOLDER / "first_names.csv").open(encoding="utf-8", newline="") as opened:
        return frozenset(name for row in csv.DictReader(opened) for name in row["names"].split())


@cache
def first_names() -> dict[str, str]:
    """First names, lower case, to "he" or "she"; names that both bear are left out."""
    with (_FOLDER / "first_names.csv").open(encoding="utf-8", newline="") as opened:
        rows = {row["gender"]: frozenset(row["names"].split()) for row in csv.DictReader(opened)}
    return {name: gender for gender, names in rows.items() for name in names if sum(name in of for of in rows.values()) == 1}


def _read(code: str) -> Language:
    kinds: dict[str, list[list[str]]] = {}
    with (_FOLDER / f"{code}.csv").open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            kinds.setdefault(row["kind"], []).append(row["words"].split(_PARTING))
    flat = {kind: [word.strip() for row in rows for word in row if word.strip()] for kind, rows in kinds.items()}
    return Language(
        code=code,
        words={kind: frozenset(words) for kind, words in flat.items()},
        cues=_cues(kinds),
        marks=tuple((pair.split()[0], pair.split()[1]) for pair in flat.get("marks", ()) if len(pair.split()) == 2),
    )


def _cues(kinds: dict[str, list[list[str]]]) -> dict[str, tuple[Cue, ...]]:
    found: dict[tuple[str, ...], tuple[set[str], bool]] = {}
    for kind, words, is_infinitive in _cue_forms(kinds):
        known, was = found.get(words, (set(), True))
        is_verb = kind not in ("noun", "according", "according after")
        found[words] = (known | {kind}, was and (is_infinitive or not is_verb))
    by_first: dict[str, list[Cue]] = {}
    for words, (known, is_infinitive) in found.items():
        by_first.setdefault(words[0], []).append(Cue(words, frozenset(known), is_infinitive))
    return {first: tuple(sorted(cues, key=lambda cue: -len(cue.words))) for first, cues in by_first.items()}


def _cue_forms(kinds: dict[str, list[list[str]]]) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    for kind, rows in kinds.items():
        if kind.startswith("split:"):
            yield from ((kind, tuple(form.split()), False) for row in rows for form in row)
        if not kind.startswith("cue:"):
            continue
        for row in rows:
            forms: Sequence[str] = [form.strip() for form in row if form.strip()]
            is_verb = kind[4:] not in ("noun", "according", "according after")
            for place, form in enumerate(forms):
                yield kind[4:], tuple(form.split()), is_verb and place == 0 and len(forms) > 1
