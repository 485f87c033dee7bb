"""The persons and bodies a document names: short names to full ones, and whether a person is "he" or "she"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from tracker.io.articles.languages import Language, all_first_names, first_names
from tracker.io.articles.sentences import Sentence, Token

_ADDRESS = re.compile(r"[^.]\.[a-z]{2,4}$")
"""How a site is written, and nobody's name: "Example.az"."""
_GIVEN_BEHIND = re.compile(r"[A-Z][a-z]{1,5} [A-Z][a-z]{1,6}-[a-z]{2,6}")
"""A name whose family name comes first: "Kim Jong-un"."""


@dataclass(slots=True)
class Mention:
    """A name outside quotations: its words (no titles), where it stands, its gender as far as its words tell."""

    words: tuple[str, ...]
    sentence: int
    first: int
    last: int
    gender: str = ""
    is_person: bool = True
    has_title: bool = False
    is_place: bool = False

    @property
    def name(self) -> str:
        """The words as one name."""
        return " ".join(self.words)


class People:
    """Every name of a document, collected before anything is resolved."""

    def __init__(self, sentences: Sequence[Sentence], vocabulary: Language) -> None:
        self.vocabulary = vocabulary
        self.mentions: list[list[Mention]] = []
        self.fuller: dict[str, dict[str, int]] = {}
        self.genders: dict[str, str] = {}
        self.known: set[str] = set()
        for number, sentence in enumerate(sentences):
            found = list(_mentions(sentence.tokens, number, vocabulary))
            self.mentions.append(found)
            for mention in found:
                self._keep(mention)
        self.full = {last: _fullest(names) for last, names in self.fuller.items()}
        self.spelled = {_undoubled(last): full for last, full in self.full.items()}
        self.by_family = {full.split()[0]: full for full in self.full.values() if _GIVEN_BEHIND.fullmatch(full)}

    def _keep(self, mention: Mention) -> None:
        last = mention.words[-1]
        if not mention.is_person:
            return
        if len(mention.words) > 1 and not mention.is_place and mention.words[0].lower() not in self.vocabulary.of("begins no name"):
            names = self.fuller.setdefault(last, {})
            names[mention.name] = names.get(mention.name, 0) + 1
        if mention.has_title or (len(mention.words) > 1 and mention.words[0].lower() in first_names()):
            self.known.add(last)
        gender = mention.gender or _gender_of(mention.words)
        if gender:
            self.genders.setdefault(mention.name, gender)
            self.genders.setdefault(last, gender)

    def resolve(self, words: Sequence[str]) -> str:
        """The fullest name in the document of the person named so; the words themselves when it has no fuller one."""
        name = " ".join(words)
        full = (self.full.get(words[-1]) or self.spelled.get(_undoubled(words[-1]), name)) if words else name
        if full == name and len(words) == 1:
            full = self.by_family.get(name, name)  # "Kim" of "Kim Jong-un"
        is_initial = len(words) > 1 and len(words[0].strip(".")) == 1 and full[0] == words[0][0]
        is_tail = full.endswith(f" {name}") and words[0].lower() in self.vocabulary.of("surname opening")  # "Abu Zeid"
        return full if len(words) == 1 or is_initial or is_tail or full.split()[0][:3] == words[0][:3] else name

    def likelihood(self, name: str) -> float:
        """How surely a name is a person's, in 0–1: by a title, a first name, a role, or a cue anywhere in the document."""
        words = name.split()
        if not words:
            return 0.0
        if words[-1] in self.known or words[0].lower() in first_names():
            return 1.0
        return 0.5 if 2 <= len(words) <= 4 else 0.15

    def is_known(self, words: Sequence[str]) -> bool:
        """Whether the words end with a surname the document has in full, or begin with a first name."""
        return bool(words) and (words[-1] in self.full or words[-1] in self.known or (len(words) > 1 and words[0].lower() in first_names()))

    def speaks(self, name: str) -> None:
        """Keep that somebody of this name spoke."""
        if name:
            self.known.add(name.split()[-1])

    def gender(self, name: str) -> str:
        """ "he" or "she" as titles, first names or the roles beside the name tell; "" when nothing does."""
        words = name.split()
        if not words:
            return ""
        return _gender_of(words) or self.genders.get(name, "") or (self.genders.get(words[-1], "") if len(words) == 1 else "")


def _undoubled(surname: str) -> str:
    """A surname without case and doubled letters, which are spelled in two ways: "Qasimi", "Qassimi"."""
    return "".join(letter for letter, _ in groupby(surname.lower()))


def _fullest(names: dict[str, int]) -> str:
    """The full name a surname stands for: one that begins with a first name, then the one met most often, then the first."""
    return max(names, key=lambda name: (name.split()[0].lower() in all_first_names(), names[name]))


def _gender_of(words: Sequence[str]) -> str:
    return first_names().get(words[0].lower(), "") if words else ""


def _mentions(tokens: list[Token], number: int, vocabulary: Language) -> list[Mention]:
    found, at = [], 0
    while at < len(tokens):
        end = _run(tokens, at, vocabulary)
        if end > at:
            mention = name_in(tokens, at, end, number, vocabulary)
            if mention:
                found.append(mention)
            at = end
        else:
            at += 1
    return found


def _run(tokens: list[Token], at: int, vocabulary: Language) -> int:
    """The end (exclusive) of the run of capitalised words that begins at ``at``."""
    particles, end = vocabulary.of("name particle"), at
    while end < len(tokens) and end - at < 12:
        token = tokens[end]
        if (token.is_capital and token.is_word and not (token.low in vocabulary.of("never a name") and end == at)) or (
            end > at
            and token.low in particles
            and token.low not in ("for", "and", "&")
            and end + 1 < len(tokens)
            and tokens[end + 1].is_capital
        ):
            end += 1
        else:
            break
    return end


def name_in(tokens: list[Token], first: int, end: int, number: int, vocabulary: Language) -> Mention | None:
    """The name among ``tokens[first:end]``: the last run of capitalised words, without titles, roles and days."""
    of = vocabulary.of
    titles = of("title") | of("title:he") | of("title:she") | of("role") | of("field of office")
    gender = ""
    for token in tokens[first:end]:
        gender = gender or ("he" if token.low in of("title:he") else "she" if token.low in of("title:she") else "")
    last = end - 1
    while last > first and (
        tokens[last].low in of("suffix") or (tokens[last].low in of("day") and tokens[last].low not in of("day or name"))
    ):
        last -= 1
    start, bodies = last, of("organisation")
    while start > first and _belongs(tokens, start - 1, vocabulary) and tokens[start - 1].low not in titles:
        if tokens[start - 1].low in bodies and last - start >= 1:
            break
        start -= 1
    while start < last and (
        tokens[start].low in of("never a name") or tokens[start].low in of("name particle") or tokens[start].low in of("day")
    ):
        start += 1
    token = tokens[last]
    if not token.is_capital or token.low in of("never a name") or (token.low in of("day") and start == last) or token.low in titles:
        return None
    words = tuple(t.text for t in tokens[start : last + 1])
    lows = [word.lower() for word in words]
    is_person = not any(low in of("organisation") or low in of("place") for low in lows) and not (
        words[-1].isupper() and len(words[-1]) > 1
    )
    has_title = start > first and tokens[start - 1].low in titles
    is_person = is_person and not (start > 0 and tokens[start - 1].low in of("article of bodies")) and not _ADDRESS.search(words[-1])
    if "verb second" in of("order") and start == last and not has_title and lows[0] not in first_names():
        is_person = is_person and not (start > 0 and tokens[start - 1].low in of("determiner") | of("possessive") | of("with article"))
    is_person = is_person and not _is_plural_opening(tokens, start, last, vocabulary)
    is_place = first > 0 and start == first and tokens[first - 1].low in of("place preposition") and lows[0] not in first_names()
    return Mention(words, number, start, last, gender, is_person, has_title, is_place)


def _is_plural_opening(tokens: list[Token], start: int, last: int, vocabulary: Language) -> bool:
    """Whether one first word in the plural acts, by the plain form of its verb: "Monitors confirm they saw none"."""
    token = tokens[last]
    is_alone = start == last and last + 1 < len(tokens) and not any(before.is_word for before in tokens[:last])
    is_plural = is_alone and token.low.endswith("s") and token.low not in first_names() and not token.text.isupper()
    return is_plural and any(cue.is_infinitive and len(cue.words) == 1 for cue in vocabulary.cues.get(tokens[last + 1].low, ()))


def _belongs(tokens: list[Token], at: int, vocabulary: Language) -> bool:
    token = tokens[at]
    return token.is_word and (
        token.is_capital or (token.low in vocabulary.of("name particle") and token.low not in ("for", "and", "&", "of", "the"))
    )
