"""The name beside an office: behind it, before ", the spokesman", and in scripts without capitals by the words around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from tracker.core.candidates import Span
from tracker.io.articles.countries_named import capitals, countries, institutions
from tracker.io.articles.languages import first_names
from tracker.io.articles.languages import language as vocabulary
from tracker.io.articles.letters import evened
from tracker.io.articles.nominatives import WITH_CASES
from tracker.io.articles.word_lists import Word, WordList, role_words, table

_NAME_JOINTS_WORDS = "al el bin ibn bint de la le van von der den di da del dos du ben abu abd al- d' -"
NAME_JOINTS = frozenset(_NAME_JOINTS_WORDS.split())
NEVER_NAMES_WORDS = (
    "the a an in on at but and for with by of from to mr ms mrs dr he she it this that who which as after before "
    "while when where said says told monday tuesday wednesday thursday friday saturday sunday january february "
    "march april may june july august september october november december"
)
NEVER_NAMES = frozenset(NEVER_NAMES_WORDS.split())


_SHORTEST_ADJECTIVE = 4
_REPORTED = frozenset({"fr", "es", "it", "ru", "uk"})
_PATRONYMICS = ("вич", "вича", "вичем", "вна", "вны", "вной", "ична", "ьич")
_PLACE_AND_NAME = 3
_KINDS_WORDS = "role modifier domain link target target_for honorific institution rank joined no_role local"
_KINDS = tuple(_KINDS_WORDS.split())
_CLOSING = (",", ".", ":")
_SERVANT = "عبد"
_DASHES = ("—", "–")
_OPENING = frozenset('.!?:;"“”«»—–-')


@dataclass
class OfficePlace:
    """The words of an office between two places of the row, and where those after "to" or "at" begin."""

    first: int
    last: int
    target: int
    core: Span = field(default=(0, 0))


class NamesBeside:
    """Words of a text with the lists of its language, and the names beside offices among them."""

    def __init__(self, text: str, words: Sequence[Word], language: str) -> None:
        self.text, self.words, self.language = text, words, language
        self.lists = {kind: role_words(language, kind) for kind in _KINDS}
        self.never_names, self.copulas = vocabulary(language).of("never a name"), vocabulary(language).of("copula")
        self.prepositions = vocabulary(language).of("preposition") if language in _REPORTED else frozenset()
        self.countries, self.institutions, self.capitals = countries(language), institutions(), capitals()

    def role_at(self, place: int) -> int:
        """How many words at a place are a role; none where they begin another word: 委员 in 委员会."""
        length = self.lists["role"].at(self.words, place)[0] or int(self._is_compound(place, "role ending"))
        return 0 if length and self.lists["no_role"].at(self.words, place)[0] > length else length

    def _is_compound(self, place: int, kind: str) -> bool:
        """Whether a German word with a capital ends in an office or an institution: "Grünen-Politikerin", "Bundestagsfraktion"."""
        word = self.words[place]
        return self.language == "de" and word.is_capital and word.low.endswith(_endings(kind)) and word.low not in _endings(kind)

    def _joined(self, first: int, last: int) -> str:
        return " ".join(self.text[self.words[first].start : self.words[last - 1].end].split()) if last > first else ""

    def _is_beside(self, place: int) -> bool:
        """Whether only a blank or a hyphen parts a word from the next."""
        gap = self.text[self.words[place].end : self.words[place + 1].start]
        return len(gap) <= 2 and "\n" not in gap

    def name(self, spread: OfficePlace) -> tuple[int, int, int]:
        """First and last place of the name behind or before an office (equal when there is none), and the place read up to."""
        if self.language == "zh":
            return self._chinese_name(spread.last)
        if self.language == "ar":
            return self._arabic_name(spread)
        first = self._without_honorifics(spread.last)
        last = self._capitals(first) if self._is_on_the_line(spread.last, first) else first
        if self._begins_with_place(spread, first, last):
            first = spread.last = first + 1
        if last > first and not self._is_verb_of_headline(first, last):
            return first, last, last
        comma = spread.last + self._has_adjective(spread.last)
        if comma < len(self.words) and self.words[comma].low == ",":
            first = self._without_honorifics(comma + 1)
            last = self._capitals(first)
            is_closed = last >= len(self.words) or self.words[last].low in _CLOSING + ("(",) * (self.language == "de")
            is_closed = is_closed or self._has_said(spread.first, last)
            is_surname = last - first == 1 and self._is_surname_set_apart(first, last)
            if (last - first > 1 or is_surname) and (is_closed or self.language in ("es", "it", "fr", "tr")):
                return first, last, last
        first, last = self._before(spread.first)
        return first, last, spread.last

    def _begins_with_place(self, spread: OfficePlace, first: int, last: int) -> bool:
        """Whether the first of three words behind a local office is where it is held: "мэр Лиона Жан Роу"; not "мэр Иван Иванович Роу"."""
        local, core = self.lists["local"], spread.core[0]
        if last - first != _PLACE_AND_NAME or first != spread.core[1] or local.at(self.words, core)[0] != spread.core[1] - core:
            return False
        middle = self.words[first + 1].low
        return not middle.endswith(_PATRONYMICS) and not middle.endswith(".") and not self.words[first].low.endswith(".")

    def _is_surname_set_apart(self, first: int, last: int) -> bool:
        """Whether one word between a comma and a comma or the end is whose office it is: "il ministro degli Esteri russo, Roe."."""
        ends = last >= len(self.words) or self.words[last].low in (",", ".")
        return self.language == "it" and ends and not self.capitals.at(self.words, first)[0]

    def _is_verb_of_headline(self, first: int, last: int) -> bool:
        """Whether one word with a capital has an object: "Press Secretary Holds a Press Briefing", "Envoy Wants Norway to Wait"."""
        has_object = last < len(self.words) and self._is_beside(last - 1)
        has_object = has_object and (self.words[last].low in ("a", "an") or bool(self.countries.at(self.words, last)[0]))
        return self.language == "en" and last == first + 1 and has_object

    def _has_said(self, first: int, at: int) -> bool:
        """Whether an office opens the sentence and a verb of speech in the past stands at a place: "Norway's envoy, Jane Roe said"."""
        first -= first > 0 and self.words[first - 1].low == "the"
        opens = first == 0 or self.words[first - 1].low in _OPENING or not self._is_beside(first - 1)
        found = vocabulary(self.language).cues.get(self.words[at].low, ()) if self.language == "en" and opens else ()
        return any(not cue.is_infinitive and cue.kinds & {"say", "tell"} for cue in found) and not self.words[at].low.endswith("s")

    def _has_adjective(self, at: int) -> bool:
        """Whether an adjective nobody knows parts an office from a comma: "son homologue ruritanien, Jean Roe"."""
        if self.language not in ("fr", "es", "it") or at + 1 >= len(self.words):
            return False
        word = self.words[at]
        return word.is_letters and not word.is_capital and len(word.low) > _SHORTEST_ADJECTIVE and self.words[at + 1].low == ","

    def _is_on_the_line(self, behind: int, first: int) -> bool:
        """Whether a word stands on the line on which an office ends."""
        return first >= len(self.words) or "\n" not in self.text[self.words[behind - 1].end : self.words[first].start]

    def _without_honorifics(self, at: int) -> int:
        while at < len(self.words) and (n_words := self.lists["honorific"].at(self.words, at)[0]):
            at += n_words + (at + n_words < len(self.words) and self.words[at + n_words].low == ".")
        return at

    def _capitals(self, first: int) -> int:
        """The place behind a run of up to four capitalised words that can be a name."""
        at = first
        while at < len(self.words) and at - first < 5 and (at == 0 or at == first or self._joins_name(at)):
            word = self.words[at]
            is_joint = word.low in NAME_JOINTS and (at > first or self._begins_surname(at)) and not self._stands_apart(at)
            if not self._can_be_name(at) and not is_joint:
                break
            at += 1
        while at > first and (self.words[at - 1].low in NAME_JOINTS or self.words[at - 1].low == "."):
            at -= 1
        if at == first or (first and first < len(self.words) and "\n" in self.text[self.words[first - 1].end : self.words[first].start]):
            return first
        return at

    def _begins_surname(self, at: int) -> bool:
        """Whether a small word with a capital begins an Italian surname: "Di Esempio"."""
        is_large = self.language == "it" and self.words[at].is_capital and at > 0 and self.words[at - 1].low == ","
        return is_large and at + 1 < len(self.words) and self._can_be_name(at + 1)

    def _stands_apart(self, at: int) -> bool:
        """Whether a word is a hyphen with a blank before it, which begins something else: "Ann Lee - Briefing to the Council"."""
        return self.words[at].low == "-" and self.words[at - 1].end < self.words[at].start

    def _joins_name(self, at: int) -> bool:
        gap = self.text[self.words[at - 1].end : self.words[at].start]
        return gap in ("", " ", "\u00a0", ". ", ".")

    def _can_be_name(self, at: int) -> bool:
        word = self.words[at]
        if not word.is_letters or not word.is_capital or word.low in NEVER_NAMES or word.low in self.never_names:
            return False
        if self.countries.at(self.words, at)[0] or self.lists["institution"].at(self.words, at)[0] or self.role_at(at):
            return False
        if self._is_agency(at):
            return False
        return not self.lists["honorific"].at(self.words, at)[0]

    def _is_agency(self, at: int) -> bool:
        """Whether an agency is named behind an office, to whom its holder spoke: "сказал сенатор РИА Новости"."""
        return self.language in WITH_CASES and agencies().at(self.words, at)[0] > 0

    def _before(self, first: int) -> tuple[int, int]:
        """The name before ", the spokesman" or "is the spokesman"."""
        at = first - 1
        if at > 0 and self.words[at].low in ("the", "a", "an", "le", "la", "l'", "el", "il", "der", "die"):
            at -= 1
        if at <= 0 or (self.words[at].low not in (",", "(", "—", "–") and self.words[at].low not in self.copulas):
            return self._right_before(first)
        last = begin = at
        while begin > 0 and last - begin < 5 and (begin == last or self._joins_name(begin)):
            if not self._can_be_name(begin - 1) and not (begin < last and self.words[begin - 1].low in NAME_JOINTS):
                break
            begin -= 1
        if last - begin == 1 and begin and self.words[begin - 1].low in self.prepositions:
            return 0, 0  # "Desde Lyon, el ministro"
        while begin < last and (self.words[begin].low in NAME_JOINTS or self.lists["honorific"].at(self.words, begin)[0]):
            begin += 1
        is_dateline = self.words[last].low in _DASHES and self.text[self.words[begin].start : self.words[last - 1].end].isupper()
        return (begin, last) if begin < last and not is_dateline else (0, 0)

    def _right_before(self, first: int) -> tuple[int, int]:
        """A first name and a name right before an office, in headings whose lines were lost: "Jane Roe Spokesperson"."""
        is_name = first > 1 and self.words[first - 2].low in first_names() and self._can_be_name(first - 1) and self._can_be_name(first - 2)
        beside = is_name and self._joins_name(first - 1) and self._joins_name(first)
        return (first - 2, first) if beside and self.text[self.words[first].start].isupper() else (0, 0)

    def _chinese_name(self, first: int) -> tuple[int, int, int]:
        """Two or three characters behind a Chinese office, or more with a dot among them, up to a word that is no name."""
        stops = role_words("zh", "name_end")
        at = first
        while at < len(self.words) and at - first < 14:
            word = self.words[at]
            is_dot = word.low in "·•" and at > first
            if not (word.is_letters or is_dot) or stops.at(self.words, at)[0] or (at > first and self.role_at(at)):
                break
            at += 1
        is_name = 2 <= at - first <= 14
        return (first, at, at) if is_name else (first, first, first)

    def _arabic_name(self, spread: OfficePlace) -> tuple[int, int, int]:
        """Two to four words behind an Arabic office, behind a comma, or before it and behind a word for saying or a title."""
        first = self._without_honorifics(spread.last)
        last = self._arabic_run(first)
        if last - first >= 2:
            return first, last, last
        if spread.last < len(self.words) and self.words[spread.last].low == "،":
            first = self._without_honorifics(spread.last + 1)
            last = self._arabic_run(first)
            if last - first >= 2 and last < len(self.words) and self.words[last].low == "،":
                return first, last, last
        stops, titles, begin = role_words("ar", "name_end"), self.lists["honorific"], spread.first
        while begin > 0 and spread.first - begin < 5 and self._is_arabic_name(begin - 1) and self._is_beside(begin - 1):
            begin -= 1
        is_cued = begin > 0 and (
            stops.at(self.words, begin - 1)[0] or titles.at(self.words, begin - 1)[0] or self._said_in_arabic(begin - 1)
        )
        return (begin, spread.first, spread.last) if is_cued and 2 <= spread.first - begin <= 4 else (first, first, spread.last)

    def _arabic_run(self, first: int) -> int:
        at = first
        while (
            at < len(self.words)
            and at - first < 4
            and self._is_arabic_name(at)
            and not self._is_plural(at)
            and (at == first or self._is_beside(at - 1))
        ):
            if at - first > 1 and all(self._is_definite(place) for place in (at, at - 1)) and self.words[at - 2].low != _SERVANT:
                break  # a noun behind the name, not "عبد الفتاح السيسي"
            at += 1
        return at

    def _is_plural(self, at: int) -> bool:
        """Whether a word is "the" and a noun in the plural, which ends no name: الاتهامات."""
        return self._is_definite(at) and self.words[at].low.endswith("ات")

    def _is_definite(self, at: int) -> bool:
        return self.words[at].low.startswith("ال")

    def _is_arabic_name(self, at: int) -> bool:
        if not self.words[at].is_letters or role_words("ar", "name_end").at(self.words, at)[0] or self._said_in_arabic(at):
            return False
        return not (self.role_at(at) or self.countries.at(self.words, at)[0] or self.lists["honorific"].at(self.words, at)[0])

    def _said_in_arabic(self, at: int) -> bool:
        return self.words[at].low in _said_in_arabic()


@cache
def _endings(kind: str) -> tuple[str, ...]:
    return tuple(evened(row["word"]) for row in table("role_words.csv") if row["language"] == "de" and row["kind"] == kind)


@cache
def agencies() -> WordList:
    """News agencies, each with the state that owns it."""
    return WordList.of((row["agency"], row["country"]) for row in table("agencies.csv"))


@cache
def _said_in_arabic() -> frozenset[str]:
    words = vocabulary("ar").words
    return frozenset(evened(word.split()[0]) for kind, listed in words.items() if kind == "cue:say" for word in listed)
