"""Spokespersons a data set has already, met again in a document under the name it gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract

from tracker.core.candidates import Candidate, Speaker
from tracker.core.folding import fold
from tracker.core.model import Spokesperson
from tracker.io.actors_read import country_name, find_organisation
from tracker.io.articles.home_states import is_taken_for_granted
from tracker.io.articles.word_lists import table

_LETTERS = re.compile(r"[a-z]+")
_LONG = 7
"""From so many letters on one letter may differ: "Konashenkov", "Konashenkof"; shorter names are others' ("Kerry", "Kerri")."""
_LONG_FIRST, _LONGER_FIRST = 5, 7
"""First names are spelled in more ways: one letter from five letters on ("Maria", "Mariya"), two from seven ("Mohammed", "Muhammad")."""
_SHORTEST_ALONE = 4
_SURNAMES_OF_MANY = frozenset({"USA", "GBR", "AUS", "CAN", "NZL"})


@dataclass(frozen=True)
class KnownSpokespersons:
    """The spokespersons of a data set, by the last word of their names in Latin letters."""

    by_surname: Mapping[str, tuple[Spokesperson, ...]] = field(default_factory=dict)
    by_whole_name: Mapping[str, tuple[Spokesperson, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, spokespersons: Iterable[Spokesperson]) -> KnownSpokespersons:
        """Those of a table; an account or delegation is looked up by its last word like a person."""
        surnames: dict[str, tuple[Spokesperson, ...]] = {}
        whole: dict[str, tuple[Spokesperson, ...]] = {}
        for one in spokespersons:
            if words := _in_latin_letters(one.name):
                surnames[words[-1]] = (*surnames.get(words[-1], ()), one)
                whole["".join(words)] = (*whole.get("".join(words), ()), one)
        return cls(surnames, whole)

    def meant(self, name: str, states: frozenset[str] = frozenset()) -> Spokesperson | None:
        """The only spokesperson a name can stand for, however it is spelled or written; ``None`` when there is none, or two.

        A surname alone stands for the only one who has it, and only where the document names the state (one of ``states``, ISO
        3166-1 alpha-3) for which the person speaks in the data.

        >>> known = KnownSpokespersons.of([Spokesperson("a", "Sergei Lavrov", "", "RUS"), Spokesperson("b", "Wang Yi", "", "CHN")])
        >>> [found and found.name for found in map(known.meant, ["Sergey Lavrov", "Сергей Лавров", "王毅", "Yuri Lavrov", "Lavrov"])]
        ['Sergei Lavrov', 'Sergei Lavrov', 'Wang Yi', None, None]
        >>> known.meant("Lavrov", frozenset({"RUS"})).name
        'Sergei Lavrov'
        """
        words = _in_latin_letters(name)
        if not words or not self.by_surname:
            return None
        found = self.by_whole_name.get("".join(words), ())
        found = found or (self._of_surname(words[0], states) if len(words) == 1 else self._of_full_name(words))
        return found[0] if len(found) == 1 else None

    def _of_surname(self, surname: str, states: frozenset[str]) -> Sequence[Spokesperson]:
        found = self.by_surname.get(surname, ()) if len(surname) >= _SHORTEST_ALONE else ()
        return found if all(one.actor_id in states for one in found) else ()

    def _of_full_name(self, words: tuple[str, ...]) -> Sequence[Spokesperson]:
        held = self.by_surname.get(words[-1]) or [one for surname in self._spelled_like(words[-1]) for one in self.by_surname[surname]]
        return [one for one in held if _has_first_name(words[0], _in_latin_letters(one.name))]

    def _spelled_like(self, surname: str) -> list[str]:
        if len(surname) < _LONG:
            return []
        near = extract(surname, self.by_surname.keys(), scorer=Levenshtein.distance, score_cutoff=1, limit=None)
        return [one for one, _, _ in near if len(one) >= _LONG]


@cache
def known_to_all() -> KnownSpokespersons:
    """Heads of state and ministers whom papers name without saying of which state they are (known_to_all.csv)."""
    return KnownSpokespersons.of(Spokesperson(row["name"], row["name"], "", row["country"]) for row in table("known_to_all.csv"))


def with_state_known_to_all(candidate: Candidate, states: frozenset[str]) -> Candidate:
    """The candidate with the state of somebody whom papers need not introduce, where neither document nor data set tells one.

    A surname alone is not enough for those of states where it is many people's ("Johnson").
    """
    speaker = candidate.speaker
    is_told = bool(speaker.country) and not is_taken_for_granted(speaker.country_why)
    one = known_to_all().meant(speaker.name, states - _SURNAMES_OF_MANY) if speaker.name and not is_told else None
    if one is None or find_organisation(speaker.organisation):
        return candidate
    why = f"{one.name} of {country_name(one.actor_id)} is known to all"
    return replace(candidate, speaker=replace(speaker, country=one.actor_id, country_why=why), reasons=(*candidate.reasons, why))


def recognised(candidate: Candidate, known: KnownSpokespersons, states: frozenset[str]) -> Candidate:
    """The candidate with how the data set spells its spokesperson, and the state it knows where the document tells none.

    What the document says is never changed, only what its page takes for granted: somebody of another state than in the data
    is another person, and who speaks for an international organisation gets no state.
    """
    speaker = candidate.speaker
    one = known.meant(speaker.name, states) if speaker.name else None
    code = one.actor_id if one and country_name(one.actor_id) != one.actor_id else ""
    is_told = bool(speaker.country) and not is_taken_for_granted(speaker.country_why)
    if one is None or (is_told and code != speaker.country):
        return candidate
    gives = code if not is_told and code != speaker.country and not find_organisation(speaker.organisation) else ""
    if not gives and one.name == speaker.name:
        return candidate
    reason = f"the data set has {one.name}" + (f" for {country_name(code)}" if gives else "")
    return replace(candidate, speaker=_with(speaker, one, gives, reason), reasons=(*candidate.reasons, reason))


def _with(speaker: Speaker, one: Spokesperson, gives: str, reason: str) -> Speaker:
    why = reason if gives else speaker.country_why
    return replace(speaker, known_as=one.name, country=gives or speaker.country, country_why=why)


@lru_cache(maxsize=4096)
def _in_latin_letters(name: str) -> tuple[str, ...]:
    """The words of a name in Latin letters without accents; a name in Chinese characters is one word.

    >>> _in_latin_letters("Мария Захарова"), _in_latin_letters("华春莹"), _in_latin_letters("Riyad al-Mâliki"), _in_latin_letters("—")
    (('mariya', 'zakharova'), ('huachunying',), ('riyad', 'al', 'maliki'), ())
    """
    folded = fold(name)
    is_by_character = all(len(word) == 1 for word in folded.split()) and not folded.isascii()
    return tuple(_LETTERS.findall(anyascii(folded.replace(" ", "") if is_by_character else folded).lower()))


def _has_first_name(first: str, known: tuple[str, ...]) -> bool:
    """Whether a first name is one of the person's: "Javad" of "Mohammad Javad"; an initial is that of the first."""
    if len(first) == 1:
        return first == known[0][:1]
    return any(_spelled_alike(first, other) for other in known[:-1])


def _spelled_alike(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    allowed = (shorter >= _LONG_FIRST) + (shorter >= _LONGER_FIRST)
    return one[0] == other[0] and Levenshtein.distance(one, other, score_cutoff=allowed) <= allowed
