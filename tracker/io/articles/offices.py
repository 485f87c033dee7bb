"""Offices in a text: the role, whose name stands beside it, the institution and the state, each from words of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tracker.core.candidates import Span
from tracker.io.articles.languages import first_names
from tracker.io.articles.letters import evened
from tracker.io.articles.names_beside import NEVER_NAMES, NamesBeside, OfficePlace
from tracker.io.articles.nominatives import WITH_CASES, is_genitive, is_nominative, name_of_a_man
from tracker.io.articles.states_together import states_together
from tracker.io.articles.word_lists import table, words_of

LONGEST = 300_000
"""Offices are looked for in so many characters of a document; a longer one is hardly one article."""
_WITHOUT_CAPITALS = frozenset({"ar", "zh"})
_LEFT_CAPITALS = frozenset({"en", "tr"})
_ROMANCE = frozenset({"es", "fr", "it"})
_ADJECTIVE_WORDS = "ый ий ой ая яя ого его ому ему ым им ей ое ее ою ка ька"
_ADJECTIVE_ENDINGS = tuple(_ADJECTIVE_WORDS.split())
_WITH_TARGETS = _ROMANCE | WITH_CASES
_AT = frozenset({"at"})
_AND = frozenset({"and", "&"})
_AT_MOST, _LONGEST_ACRONYM, _LONGEST_FIELD = 7, 5, 8
_OF_A_STATE = frozenset({"of", "de", "du", "von", "di"})
_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]\.")


@dataclass(frozen=True, slots=True)
class Office:
    """One office where the text names it; ``name`` is "" when nobody's name stands beside it."""

    span: Span
    role: str
    name: str = ""
    name_span: Span | None = None
    organisation: str = ""
    country: str = ""
    why: str = ""

    @property
    def leads_name(self) -> bool:
        """Whether the name stands right behind the office: "President Jane Roe", not "the president of Acme, Jane Roe"."""
        return bool(self.name_span) and 0 <= self.name_span[0] - self.span[1] <= 1


def offices(text: str, language: str, start: int = 0, end: int | None = None) -> list[Office]:
    """Every office named in the text, in order: "Russian Foreign Minister Ivan Primer", "Kirby, the spokesman".

    The state is that of the words of the office ("Russian", "of France"), never the one it is accredited to ("ambassador
    to Russia"), else that of an institution that only one state has ("the Kremlin"). Linear; texts are read up to
    ``LONGEST`` characters.

    >>> found = offices("Russian Foreign Minister Ivan Primer said", "en")[0]
    >>> found.role, found.name, found.country
    ('Russian Foreign Minister', 'Ivan Primer', 'RUS')
    """
    words = words_of(text, start, min(len(text) if end is None else end, start + LONGEST))
    reader = _Reader(text, words, language)
    found, place = [], 0
    while place < len(words):
        length = reader.role_at(place)
        if not length or reader.is_only_modifier(place, length):
            place += 1
            continue
        office, place = reader.office(place, length)
        if found and office.span[0] <= found[-1].span[0]:  # "the prime minister" of "the prime minister's spokesman"
            found.pop()
        found.append(office)
    return found


class _Reader(NamesBeside):
    """Reads offices out of one row of words."""

    def office(self, place: int, length: int) -> tuple[Office, int]:
        """The office around a role, and the place behind it."""
        spread = self._spread(place, length)
        name_first, name_last, behind = self.name(spread)
        first, last = self.words[spread.first].start, self.words[spread.last - 1].end
        name_span = (self.words[name_first].start, self.words[name_last - 1].end) if name_last > name_first else None
        country, why = self.country_of(spread.first, spread.target)
        if not country and name_last > name_first:
            country, why = self._behind_name(name_last)
        role = self._joined(spread.first, spread.last)
        role = f"ال{role[2:]}" if role.startswith("لل") else role
        organisation = self._organisation(spread)
        name = self._joined(name_first, name_last)
        name = re.split("['’]", name)[0] if self.language == "tr" else without_letters(name)
        name = name_of_a_man(name) if self.language == "ru" else name
        return Office((first, last), role, name, name_span, organisation, country, why), max(spread.last, behind)

    def is_only_modifier(self, place: int, length: int) -> bool:
        """Whether a role only says which of the next one is meant ("Deputy Secretary-General")."""
        behind = place + length
        is_modifier = self.lists["modifier"].at(self.words, place)[0] == length and behind < len(self.words)
        return is_modifier and self._is_beside(behind - 1) and bool(self.role_at(behind))

    # --- how far the words of an office go ---------------------------------------------------------------------

    def _spread(self, place: int, length: int) -> OfficePlace:
        first, last = place, place + length
        for _ in range(_AT_MOST):
            n_words = self._joins_left(first)
            if not n_words:
                break
            first -= n_words
        last, target = self._right(last)
        return OfficePlace(first, last, target, (place, place + length))

    def _joins_left(self, first: int) -> int:
        if not first or not self._is_beside(first - 1) or (not self.words[first - 1].is_letters and self.words[first - 1].low != "'s"):
            return 0
        n_words, _ = self.countries.before(self.words, first)
        word = self.words[first - 1]
        is_noun = self.language in WITH_CASES and not word.low.endswith(_ADJECTIVE_ENDINGS)
        if n_words == 1 and is_noun:
            return 0  # "сказала журналистам в Армении пресс-секретарь"
        if n_words:
            return n_words
        if word.low in _AND and self.lists["joined"].before(self.words, first - 1)[0]:
            return 1  # "Foreign and Expatriates Minister"
        if word.low == "'s":
            return self._possessor(first - 1)
        if self.language == "zh" and (n_words := self.lists["domain"].before(self.words, first)[0]):
            return n_words
        kinds = ("modifier",) if is_noun else ("modifier", "domain")
        known = any(self.lists[kind].at(self.words, first - 1)[0] == 1 for kind in kinds)
        if known or (self.institutions.before(self.words, first)[0]):
            return max(1, self.institutions.before(self.words, first)[0])
        is_own = self.language in _LEFT_CAPITALS and word.is_capital and word.low not in NEVER_NAMES
        return int(is_own and not self._begins_sentence(first - 1) and not self._is_of_a_name(first - 1))

    def _is_of_a_name(self, place: int) -> bool:
        """Whether a word is a first name, or stands behind one."""
        return self.words[place].low in first_names() or (place > 0 and self.words[place - 1].low in first_names())

    def _possessor(self, place: int) -> int:
        """The words of "Russia's" or "the ministry's" before a role, the s among them."""
        if not place:
            return 0
        n_words, _ = self.countries.before(self.words, place)
        institution = self.lists["institution"].before(self.words, place)[0] or self.institutions.before(self.words, place)[0]
        n_words = n_words or self.capitals.before(self.words, place)[0] or self._role_before(place)
        return n_words + 1 if n_words else institution + 1 if institution else 0

    def _role_before(self, place: int) -> int:
        """How many words of a role end before a place: "prime minister" of "the prime minister's spokesman"."""
        return next((length for length in (3, 2, 1) if place >= length and self.role_at(place - length) == length), 0)

    def _begins_sentence(self, place: int) -> bool:
        return place == 0 or self.words[place - 1].low in '.!?"“”«»:;' or not self._is_beside(place - 1)

    def _right(self, last: int) -> tuple[int, int]:
        """The place behind the words after a role, and the place where the words after "to" begin."""
        kept, at, target = last, last, 0
        while at < len(self.words) and at - last < 16 and self._is_beside(at - 1) and not self._is_name_next(at):
            n_words = (
                self._affairs(at)
                or self.countries.at(self.words, at)[0]
                or self.institutions.at(self.words, at)[0]
                or self.lists["domain"].at(self.words, at)[0]
            )
            n_words += self._possesses(at + n_words) if n_words else 0
            n_words = n_words or self.lists["institution"].at(self.words, at)[0] or self._acronym(at) or self._sent_to(at, target)
            n_words = n_words or int(at > last and self._is_compound(at, "institution ending"))
            if n_words or (n_words := self.lists["modifier"].at(self.words, at)[0] or self._second_role(at)):
                at += n_words
                kept = at
                continue
            if at > last and (bracket := self._acronym_in_brackets(at)):
                at += bracket
                kept = at if at < len(self.words) and self.words[at].low == "," else kept
                continue
            if joined := self._set_beside(at) or self._joined_to_domain(at) or self._second_office(last, at):
                at += joined
                kept = at
                continue
            if not target and self.lists["target"].at(self.words, at)[0]:
                target = at
                at += self.lists["target"].at(self.words, at)[0]
                continue
            n_words = self.lists["link"].at(self.words, at)[0] or self.lists["target"].at(self.words, at)[0]
            if not n_words:
                break
            at += n_words
        return kept, target if target and target < kept else kept

    def _affairs(self, at: int) -> int:
        """How many words of a field there are behind "for", whatever they are: "Arab and African Affairs"."""
        before = at - 1 - (at > 1 and self.words[at - 1].low == "the")
        if self.language != "en" or not self.lists["link"].at(self.words, before)[0]:
            return 0
        for place in range(at, min(len(self.words), at + _LONGEST_FIELD)):
            if self.words[place].low == "affairs":
                return place + 1 - at if self.words[place].is_capital else 0
            if not (self.words[place].is_capital or self.words[place].low in _AND or self.words[place].low in ",-"):
                return 0
        return 0

    def _possesses(self, at: int) -> bool:
        """Whether an s behind a state leads to what is the state's: "spokesman of Norway's Ministry of Transport"."""
        return at + 1 < len(self.words) and self.words[at].low == "'s" and self._is_institution_or_domain(at + 1)

    def _is_name_next(self, at: int) -> bool:
        """Initials begin a name whatever the letters."""
        return bool(_INITIALS.fullmatch(self.words[at].low)) and self.words[at].is_capital and not self.countries.at(self.words, at)[0]

    def _set_beside(self, at: int) -> int:
        """How many words go on behind a stroke or a comma: "Commissioner/Vice-President", "Commander, Central Command"."""
        if at + 1 >= len(self.words) or self.words[at].low not in ("/", ","):
            return 0
        length = self.role_at(at + 1) if self.words[at].low == "/" else self.institutions.at(self.words, at + 1)[0]
        return length + 1 if length else 0

    def _second_office(self, last: int, at: int) -> int:
        """How many words end a second office behind "and": "… for Water Affairs and Emergency Relief Coordinator"."""
        joined = self.language == "en" and any(word.low in _AND for word in self.words[last:at])
        return self.role_at(at) if joined and self.words[at].is_capital else 0

    def _joined_to_domain(self, at: int) -> int:
        """How many words go on behind a domain: "at the Foreign and Expatriates Ministry"."""
        is_joined = self.words[at].low in _AND and at + 2 < len(self.words) and self.lists["domain"].before(self.words, at)[0]
        return 2 if is_joined and self.words[at + 1].is_capital and self._is_institution(at + 2) else 0

    def _acronym(self, at: int) -> int:
        written = self.text[self.words[at].start : self.words[at].end]
        if self._is_agency(at):
            return 0
        if len(before := self.text[self.words[at - 1].start : self.words[at - 1].end]) > _LONGEST_ACRONYM and before.isupper():
            return 0  # all is written in capitals: "SENATOR JANE ROE"
        return int(
            2 <= len(written) <= _LONGEST_ACRONYM and written.isupper() and written.isalpha() and self.language not in _WITHOUT_CAPITALS
        )

    def _sent_to(self, at: int, target: int) -> int:
        """How many words the capital is that somebody is sent to: "ambasciatore italiano a Teheran Giovanna Roe"."""
        if self.language in _ROMANCE and self.words[at - 1].low in _OF_A_STATE:
            return self.capitals.at(self.words, at)[0]  # "il ministro degli Esteri di Mosca"
        is_sent = target and target == at - 1 and self.language in _WITH_TARGETS
        return self.capitals.at(self.words, at)[0] if is_sent else 0

    def _acronym_in_brackets(self, at: int) -> int:
        """How many words "(UE)" within an office are: "alta representante de la Unión Europea (UE) para Asuntos Exteriores"."""
        row = self.words[at : at + 3]
        is_acronym = len(row) > 2 and (row[0].low, row[2].low) == ("(", ")") and self.language != "en"
        return 3 if is_acronym and self.text[row[1].start : row[1].end].isupper() else 0

    def _second_role(self, at: int) -> int:
        """A role inside the words of another ("заместитель министра"), or a rank before the name, but not the title of a new person."""
        rank = self.lists["rank"].at(self.words, at)[0]
        if rank:
            behind = at + rank
            return rank if behind < len(self.words) and self._is_beside(behind - 1) and self._can_be_name(behind) else 0
        if self.language == "en" and not self.words[at].is_capital and self.countries.before(self.words, at)[0]:
            return self.role_at(at)  # "spokesperson for the Russian president"
        if self.language in WITH_CASES and is_nominative(self.words[at].low, self.language):
            return 0  # "на уровне министров глава делегации"
        is_owned = self.language in WITH_CASES and is_genitive(self.words[at].low, self.language)  # "посланник Генсека ООН"
        if self.language in ("ru", "uk", "fr", "es", "it", "de") and (is_owned or not self.words[at].is_capital):
            return self.role_at(at)
        return self.role_at(at) if self.language in _WITHOUT_CAPITALS else 0

    # --- where it is -------------------------------------------------------------------------------------------

    def country_of(self, first: int, last: int) -> tuple[str, str]:
        """The state named between two places, or the one whose institution is; and what says so."""
        for at in range(first, last):
            n_words, code = self.countries.at(self.words, at)
            is_of_capital = self.language in _ROMANCE and at > first and self.words[at - 1].low in _OF_A_STATE
            if not n_words and (is_of_capital or (at + 1 < last and self.words[at + 1].low == "'s")):
                n_words, code = self.capitals.at(self.words, at)  # "Moscow's envoy"
            if n_words and at + n_words <= last and not self._is_topic(first, at, at + n_words):
                if states_together(self.words[at:last], 0, self.language):
                    return "", ""
                return code, f"{self._joined(at, at + n_words)!r} in the words of the office"
            code = self._compounded(at)
            if code:
                return code, f"{self._joined(at, at + 1)!r} in the words of the office"
        for at in range(first, last):
            n_words, value = self.institutions.at(self.words, at)
            if n_words and at + n_words <= last:
                code, _, what = value.partition("|")
                return code, f"{self._joined(at, at + n_words)!r} is {what}"
        return "", ""

    def _compounded(self, at: int) -> str:
        """The state a German compound begins with: "US-Außenminister"."""
        before, hyphen, _ = self.text[self.words[at].start : self.words[at].end].partition("-")
        words = words_of(before) if hyphen and self.language == "de" and before.isupper() else []
        n_words, code = self.countries.at(words, 0) if words else (0, "")
        return code if n_words else ""

    def _behind_name(self, at: int) -> tuple[str, str]:
        """The state behind a name: "Foreign Minister Jane Roe of Norway"."""
        if at + 1 >= len(self.words) or self.words[at].low not in _OF_A_STATE:
            return "", ""
        n_words, code = self.countries.at(self.words, at + 1)
        return (code, f"{self._joined(at + 1, at + 1 + n_words)!r} behind the name") if n_words else ("", "")

    def _is_topic(self, first: int, at: int, behind: int) -> bool:
        """Whether a state is what the office is about: "envoy for Syria", 叙利亚问题特使."""
        if self.language == "zh":
            return behind + 1 < len(self.words) and self.words[behind].low + self.words[behind + 1].low == "问题"
        before = at - 1 if at > first and self.words[at - 1].low == "the" else at
        is_for = before > first and bool(self.lists["target_for"].before(self.words, before)[0])
        return is_for and not (behind < len(self.words) and (self._is_institution_or_domain(behind) or self.role_at(behind)))

    def _is_institution_or_domain(self, at: int) -> bool:
        return self._is_institution(at) or bool(self.lists["domain"].at(self.words, at)[0])

    def _organisation(self, spread: OfficePlace) -> str:
        """The institution among the words of an office, without the role."""
        n_words = self.lists["institution"].at(self.words, spread.core[0])[0]
        if 0 < n_words < spread.core[1] - spread.core[0]:  # 外交部发言人 is one word of the list
            return self._joined(spread.first, spread.core[0] + n_words)
        works_at = spread.target < spread.last and self.words[spread.target].low in _AT
        ranges = ((spread.first, spread.core[0]), (spread.core[1], spread.target), (spread.target + 1, spread.last if works_at else 0))
        for first, last in ranges:
            inside = [at for at in range(first, last) if self._is_institution(at)]
            if inside and self.language in _ROMANCE and any(self.role_at(at) for at in range(first, inside[0])):
                continue  # "ministro degli Esteri e vicepresidente del Consiglio"
            if inside and not self._is_wholly_role(inside[0], spread):
                while first < last and (self.lists["link"].at(self.words, first)[0] or not self.words[first].is_letters):
                    first += 1
                while last > first and (self.words[last - 1].low == "'s" or self.lists["link"].at(self.words, last - 1)[0]):
                    last -= 1
                return self._joined(first, last)
        return ""

    def _is_wholly_role(self, at: int, spread: OfficePlace) -> bool:
        """Whether what says the state is the role itself: "prime minister's official spokesman"."""
        end = at + self.institutions.at(self.words, at)[0]
        return end >= spread.core[1] and any(word.low == "'s" for word in self.words[at:end])

    def _is_institution(self, at: int) -> bool:
        return bool(self.lists["institution"].at(self.words, at)[0] or self.institutions.at(self.words, at)[0])


def without_letters(name: str) -> str:
    """A name without the letters behind it that tell an honour or a seat.

    >>> without_letters("Jane Roe TD"), without_letters("Jane Roe, KC MP"), without_letters("MP")
    ('Jane Roe', 'Jane Roe', 'MP')
    """
    parts = name.replace(",", " ").split()
    kept = len(parts)
    while kept > 1 and evened(parts[kept - 1]) in _letters():
        kept -= 1
    return " ".join(parts[:kept]) if kept < len(parts) else name


@cache
def _letters() -> frozenset[str]:
    return frozenset(row["word"] for row in table("role_words.csv") if row["kind"] == "letters")


def same_person(one: str, other: str, language: str = "") -> bool:
    """Whether two names can be one person's: the last words agree, and first names or initials do not contradict.

    In Russian and Ukrainian the endings of cases are forgiven ("Лаврова", "Лавров").

    >>> same_person("Kirby", "John Kirby"), same_person("Bill Clinton", "Hillary Clinton"), same_person("С.В.Лаврова", "Лавров", "ru")
    (True, False, True)
    """
    first, second = _parts(one), _parts(other)
    if not first or not second or not _alike(first[-1], second[-1], language):
        return False
    if len(first) < 2 or len(second) < 2:
        return True
    a, b = first[0], second[0]
    return a[0] == b[0] and (len(a) == 1 or len(b) == 1 or _alike(a, b, language) or a[:3] == b[:3])


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[\s.·•]+", evened(name)) if part and part not in ("mr", "ms", "mrs", "dr")]


def _alike(one: str, other: str, language: str) -> bool:
    if one == other:
        return True
    if language not in WITH_CASES:
        return False
    shared = len(_shared(one, other))
    return shared >= min(3, len(one), len(other)) and len(one) - shared <= 2 and len(other) - shared <= 2


def _shared(one: str, other: str) -> str:
    n_alike = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[:n_alike]
