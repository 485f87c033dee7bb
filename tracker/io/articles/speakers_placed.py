"""Role, institution and state of who speaks: from the words beside the name, its fuller mentions, or what is named itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

from tracker.core.candidates import Span, Speaker
from tracker.io.actors_read import find_country, find_organisation
from tracker.io.articles.countries_named import OF_OTHERS_TOO, capitals, countries, institutions
from tracker.io.articles.descriptions import described_role
from tracker.io.articles.home_states import Home, agency_of_state
from tracker.io.articles.international_roles import of_organisation
from tracker.io.articles.introductions import Introductions
from tracker.io.articles.languages import first_names
from tracker.io.articles.nominatives import WITH_CASES, nominative_role
from tracker.io.articles.offices import LONGEST, Office, offices, same_person, without_letters
from tracker.io.articles.states_of_words import (
    ARTICLES,
    ITSELF,
    at_home,
    is_within,
    names_institution,
    owner_of_its,
    place_before,
    state_of,
)
from tracker.io.articles.states_together import states_together, with_states_before
from tracker.io.articles.word_lists import Word, role_words, words_of

_BEFORE_SPEAKER = 60
_BRACKET = re.compile(r"\s?\(([^()\n]{2,60})\)")
_LONGEST_OFFICE, _LONG_NAME = 400, 3
_MOST, _ENOUGH = 1000, 24
"""Offices of a document that are looked through for a name, and so many of one person's are enough."""


@dataclass
class Offices:
    """The offices a document names, in its heading and its text, with what is known of who published it."""

    text: str
    language: str
    found: Sequence[Office]
    titled: Sequence[Office] = ()
    home: Home = field(default_factory=lambda: Home("", ""))
    _known: dict[str, list[Office]] = field(default_factory=dict)
    _firsts: dict[str, int] = field(default_factory=dict)
    _alike: dict[str, list[Office]] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, language: str, title: str = "", publisher: tuple[str, str] = ("", ""), domain: str = "") -> Offices:
        """The offices of a document; ``publisher`` is the institution on whose pages it is and its state, ``domain`` that of the address.

        >>> read = Offices.of("Russian Foreign Minister Ivan Primer spoke. Primer insisted on it.", "en")
        >>> read.placed(Speaker("Primer", (44, 50), "Ivan Primer")).country
        'RUS'
        """
        home = Home(text[:LONGEST], language, publisher, domain)
        found, titled = ([at_home(office, home) for office in offices(part, language)] for part in (text, title[:400]))
        return cls(text, language, found, titled, home)

    def placed(self, speaker: Speaker) -> Speaker:
        """The speaker with role, organisation and country, each left as it is where the document does not tell it.

        A Russian or Ukrainian role is put out of the genitive.
        """
        found = self._placed(speaker)
        return replace(found, role=nominative_role(found.role, self.language)) if self.language in WITH_CASES else found

    def _placed(self, speaker: Speaker) -> Speaker:
        speaker = replace(speaker, name=without_letters(speaker.name))
        if speaker.name and self._is_no_person(speaker.name):
            speaker = replace(speaker, name="")
        inside = self._overlapping(speaker.span)
        if not speaker.name and inside and inside[0].name and inside[0].name in speaker.in_full:
            speaker = replace(speaker, name=inside[0].name)
        if speaker.name:
            return self._person(speaker)
        delegate = self._delegate(speaker)
        if delegate:
            return delegate
        words = words_of(self.text, *speaker.span) if speaker.span else words_of(speaker.as_written)
        if inside:
            return self._office(speaker, inside[0])
        found = self._institution(speaker, words)
        if found.country_why == ITSELF or (words and states_together(words, 0, self.language) == len(words)):
            return with_states_before(found, self.text, self.language)
        return found if found.country or not speaker.organisation else self._stood_for(found)

    def _stood_for(self, speaker: Speaker) -> Speaker:
        """The words for an office named before ("el mandatario") with the state of that office."""
        meant = offices(speaker.organisation, self.language)
        if len(meant) != 1 or meant[0].name or meant[0].role != speaker.organisation:
            return speaker
        return replace(speaker, country=meant[0].country, country_why=meant[0].why)

    def _bracketed(self, span: Span) -> tuple[str, str]:
        """The state in brackets behind a name, as in reports of meetings: "JANE ROE (France) said"."""
        bracket = _BRACKET.match(self.text, span[1])
        code = find_country(bracket[1]) if bracket else ""
        return code, f"{bracket[0].strip()!r} behind the name" if bracket and code else ""

    def _delegate(self, speaker: Speaker) -> Speaker | None:
        """A name in capitals with its state in brackets."""
        code, why = self._bracketed(speaker.span) if speaker.span and speaker.as_written.isupper() else ("", "")
        if not code or not 2 <= len(speaker.as_written.split()) <= 5:
            return None
        return replace(speaker, name=speaker.as_written.title(), country=code, country_why=why)

    def _overlapping(self, span: Span | None) -> list[Office]:
        """The offices that share a word with a span; where none does, those whose name shares one ("the Hon. Jane Roe, Minister of …")."""
        if not span:
            return []
        first = bisect_left(self._starts, span[0] - _LONGEST_OFFICE)
        near = self.found[first : bisect_left(self._starts, span[1] + _BEFORE_SPEAKER)]
        return [office for office in near if _overlap(office.span, span)] or [office for office in near if _near(office, span)]

    @cached_property
    def _starts(self) -> list[int]:
        return [office.span[0] for office in self.found]

    def _offices_of(self, name: str) -> list[Office]:
        """The first offices beside a name, some dozens at most."""
        if name not in self._known:
            listed = (office for office in (*self.titled, *self.found[:_MOST]) if office.name and self._is_one(office.name, name))
            self._known[name] = list(islice(listed, _ENOUGH)) or self._by_family_name(name)
        return self._known[name]

    def _by_family_name(self, name: str) -> list[Office]:
        """The office of the one person whose name a word stands in: "Li" of "Spokesperson Li Ping", "Lula" of "Luiz Lula da Silva"."""
        if " " in name or not name or name.lower() in first_names():
            return []
        listed = ((office, office.name.split()) for office in (*self.titled, *self.found[:_MOST]))
        found = [office for office, parts in listed if parts[1:] and (parts[0] == name or (len(parts) > _LONG_NAME and name in parts[:-1]))]
        return found[:1] if len({office.name for office in found}) == 1 else []

    # --- persons -----------------------------------------------------------------------------------------------

    def _person(self, speaker: Speaker) -> Speaker:
        known = self._offices_of(speaker.name)
        speaker = self._fully_named(speaker, known)
        beside = [office for office in known if speaker.span and _near(office, speaker.span)]
        best = max(known, key=lambda office: (bool(office.country), office in beside, len(office.role)), default=None)
        chosen = next((office for office in beside if office.country or best is None or not best.country), best)
        own = next((office for office in self._overlapping(speaker.span) if office.country), None)
        if own and not (best and best.country):
            speaker = replace(speaker, country=own.country, country_why=own.why)
        chosen = chosen or Introductions(self.text, self._overlapping).of(speaker.name, self._first_of(speaker.name)) or own
        if chosen is None:
            return self._by_possessor(self._described(speaker))
        where = next((office for office in (chosen, *beside, *known) if office.country), None)
        organisation = chosen.organisation or next((office.organisation for office in known if office.organisation), "")
        placed = replace(
            speaker,
            role=speaker.role or chosen.role,
            organisation=speaker.organisation or organisation,
            country=speaker.country or (where.country if where else ""),
            country_why=speaker.country_why or (where.why if where else ""),
        )
        placed = placed if placed.country else self._of_institution(placed, organisation)
        placed = placed if placed.country else self._by_possessor(placed)
        placed = placed if placed.country else self._of_spokesperson(placed, chosen)
        placed = placed if placed.country or placed.organisation else of_organisation(placed, self.text)
        return placed if placed.country or placed.organisation else self.home.given_to(placed, chosen.leads_name)

    def _described(self, speaker: Speaker) -> Speaker:
        """The speaker with what stands beside the name where no office does, and the state its words name: "a retired Swedish diplomat"."""
        role = speaker.role or described_role(speaker, self.language)
        code = next((code for _, _, code in countries(self.language).found_in(words_of(role))), "")
        why = f"its state stands beside the name: {role!r}"
        return replace(speaker, role=role, country=speaker.country or code, country_why=speaker.country_why or (why if code else ""))

    def _of_spokesperson(self, speaker: Speaker, office: Office) -> Speaker:
        """A spokesperson, who seldom travels, with the state of the capital that opens the sentence: "In Kyiv, spokesman Jan Roe"."""
        if not any(role_words(self.language, "speaks_for").found_in(words_of(office.role))):
            return speaker
        code, why = place_before(self.text, office.span)
        return replace(speaker, country=code, country_why=why) if code else speaker

    def _is_one(self, office_name: str, name: str) -> bool:
        """Whether two names are one person's; a word of the office that got into a name is forgiven."""
        return same_person(office_name, name, self.language) or name.casefold().endswith(f" {office_name.casefold()}")

    def _is_no_person(self, name: str) -> bool:
        """Whether a name is that of a state or an institution."""
        words = [word for word in words_of(name) if word.low not in ARTICLES]
        if not words:
            return True
        for listed in (countries(self.language), institutions(), capitals()):
            if listed.at(words, 0)[0] == len(words):
                return True
        return len(words) < 5 and role_words(self.language, "institution").at(words, len(words) - 1)[0] == 1

    def _fully_named(self, speaker: Speaker, known: Sequence[Office]) -> Speaker:
        """The speaker with the fullest name beside an office, for a surname or a name with words of an office in it."""
        fullest = max((office.name for office in known), key=lambda name: len(name.split()), default="")
        if not fullest or fullest == speaker.name:
            return speaker
        words = words_of(speaker.name)
        lists = [role_words(self.language, kind) for kind in ("role", "domain", "institution")]
        has_office = any(any(listed.found_in(words)) for listed in (*lists, countries(self.language)))
        is_short = len(speaker.name.split()) == 1 and len(fullest.split()) > 1
        return replace(speaker, name=fullest) if has_office or is_short else speaker

    def _first_of(self, name: str) -> int:
        """Where a name stands first, as far as offices are looked for; -1 when it does not."""
        if name not in self._firsts:
            self._firsts[name] = self.text.find(name, 0, LONGEST)
        return self._firsts[name]

    def _of_institution(self, speaker: Speaker, organisation: str) -> Speaker:
        """The state of an institution that other words of the document name in full ("Foreign Ministry"), if only one has one."""
        if not organisation:
            return speaker
        kind = self._kind_of_institution(words_of(organisation))
        domain = role_words(self.language, "domain")
        core = " ".join(word.low for word in words_of(organisation) if domain.at([word], 0)[0] or word.low == kind)
        named = [found for place in self._places_of(kind) if (found := self._with_state(self.words, place))]
        states = {found[1]: found for found in named if is_within(core, found[0])}
        if len(states) == 1:
            _, code, why = next(iter(states.values()))
        else:
            code, why = self.home.of_institution
            if states and code not in states:
                return speaker
        return replace(speaker, country=code, country_why=why)

    @cached_property
    def words(self) -> list[Word]:
        """The words of the document, as far as offices are looked for."""
        return words_of(self.text, 0, min(len(self.text), LONGEST))

    def _places_of(self, kind: str) -> list[int]:
        return self._places.get(kind, []) + self._places.get(kind.removeprefix("ال"), [])

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where each institution noun stands among the words, at most a hundred times."""
        listed, found = role_words(self.language, "institution"), {}
        for place, word in enumerate(self.words):
            if listed.at(self.words, place)[0] and len(found.setdefault(word.low, [])) < 100:
                found[word.low].append(place)
        return found

    def _kind_of_institution(self, words: Sequence[Word]) -> str:
        return next(
            (word.low for word in words if role_words(self.language, "institution").at([word], 0)[0]), words[-1].low if words else ""
        )

    def _fuller(self, organisation: str) -> Office | None:
        last = organisation.split()[-1].casefold() if organisation else ""
        states = {
            office.country: office
            for office in (*self.titled, *self.found[:_MOST])
            if last and office.country and last in office.organisation.casefold().split()
        }
        return next(iter(states.values())) if len(states) == 1 else None

    def _by_possessor(self, speaker: Speaker) -> Speaker:
        """ "Russia's Lavrov", "le Français Ayrault": a state right before the name."""
        if not speaker.span:
            return speaker
        beside = words_of(speaker.in_full.partition(",")[0]) if "," in speaker.in_full else []
        n_words, code = countries(self.language).at(beside, 1) if len(beside) > 2 and beside[0].low in ARTICLES else (0, "")
        if n_words and 1 + n_words < len(beside):
            return replace(speaker, country=code, country_why="its adjective stands before the name")
        code, why = self._bracketed(speaker.span)
        if code:
            return replace(speaker, country=code, country_why=why)
        start = max(0, speaker.span[0] - _BEFORE_SPEAKER)
        words = words_of(self.text, start, speaker.span[1])
        named = [place for place, word in enumerate(words) if word.start >= speaker.span[0]]
        place = named[0] if named else len(words)
        listed = countries(self.language)
        if place and words[place - 1].low == "'s":
            n_words, code = listed.before(words, place - 1)
        else:
            n_words, code = listed.at(words, place) if place < len(words) else (0, "")
            n_words = n_words if place + n_words < len(words) and words[place + n_words].low == "'s" else 0
        return replace(speaker, country=code, country_why="the state whose the name says the person is") if n_words else speaker

    # --- offices without a name, institutions, states ----------------------------------------------------------

    def _office(self, speaker: Speaker, office: Office) -> Speaker:
        role, organisation, country, why = office.role, office.organisation, office.country, office.why
        if not country:
            told = (owner_of_its(self.text, speaker.span, self.language), place_before(self.text, speaker.span))
            country, why = next((one for one in told if one[0]), ("", ""))
        if not country:
            same = [other for other in self._of_that_kind(role) if other.country]
            codes = {other.country for other in same}
            if len(codes) == 1:
                country, why = same[0].country, f"the document names {same[0].role!r}"
        placed = replace(speaker, role=speaker.role or role, organisation=organisation, country=country, country_why=why)
        placed = placed if placed.country else self._of_institution(placed, organisation or self._only_institution(role))
        return placed if placed.country or placed.organisation else self.home.given_to(placed)

    def _only_institution(self, role: str) -> str:
        """The one institution whose office of that kind the document names: "The spokesman" of "a Foreign Ministry spokesman"."""
        same = {office.organisation for office in self._of_that_kind(role) if office.organisation}
        return next(iter(same)) if len(same) == 1 else ""

    def _of_that_kind(self, role: str) -> list[Office]:
        """The first offices of each wording that are a role, with more words before it or fewer."""
        if role not in self._alike:
            self._alike[role] = [office for office in self._worded if _ends_alike(office.role, role)]
        return self._alike[role]

    @cached_property
    def _worded(self) -> list[Office]:
        """The first offices of the document, each wording once."""
        worded: dict[tuple[str, str, str], Office] = {}
        for office in (*self.titled, *self.found[:_MOST]):
            worded.setdefault((office.role, office.organisation, office.country), office)
        return list(worded.values())

    def _institution(self, speaker: Speaker, words: Sequence[Word]) -> Speaker:
        """A state, a capital that stands for it, or an institution."""
        while words and words[0].low in ARTICLES:
            words = words[1:]
        if not words:
            return speaker
        is_institution = any(role_words(self.language, "institution").found_in(words))
        together = states_together(words_of(speaker.described), 0, self.language) if speaker.described else 0
        code, why = state_of(words, self.language, is_institution) if not together else ("", "")
        code, why = (code, why) if code else agency_of_state(words)
        code, why = ("", "") if why.endswith(OF_OTHERS_TOO) and self.home.is_elsewhere(code) else (code, why)
        organisation = self._written(words, speaker) if is_institution or names_institution(words) else ""
        if not code and organisation:
            organisation, code, why = self._mentioned_before(speaker, words, organisation)
        if not organisation and not code:
            international = find_organisation(speaker.as_written.strip()) or find_organisation(self._written(words, speaker))
            organisation = international.name if international else ""
        return replace(
            speaker,
            organisation=speaker.organisation or organisation,
            country=speaker.country or code,
            country_why=speaker.country_why or why,
        )

    def _written(self, words: Sequence[Word], speaker: Speaker) -> str:
        text = self.text if speaker.span else speaker.as_written
        return " ".join(text[words[0].start : words[-1].end].split())

    def _mentioned_before(self, speaker: Speaker, words: Sequence[Word], organisation: str) -> tuple[str, str, str]:
        """ "The ministry": the last institution of that kind that was named with its state, or the only one of the document."""
        code, why = place_before(self.text, speaker.span)
        if code:
            return organisation, code, why
        kind = self._kind_of_institution(words)
        until = speaker.span[0] if speaker.span else len(self.text)
        near = words_of(self.text, max(0, until - 6000), until)
        for place in range(len(near) - 1, -1, -1):
            if kind not in (near[place].low, f"ال{near[place].low}"):
                continue
            found = self._with_state(near, place)
            if found and is_within(organisation, found[0]):
                return found
        fuller = self._fuller(organisation)
        if fuller and is_within(organisation, fuller.role or fuller.organisation):
            return organisation, fuller.country, f"the document names {fuller.role!r}"
        is_of_state = any(role_words(self.language, "state body").found_in(words)) or self.language != "en"
        return organisation, *(self.home.of_bare_institution if is_of_state else self.home.of_dateline)

    def _lead_to_state(self, between: Sequence[Word]) -> bool:
        """Whether words part an institution from its own state only by what it is for: "ministry of transport of Norway"."""
        lists = [role_words(self.language, kind) for kind in ("link", "domain")]
        return all(word.low in ARTICLES or any(listed.at([word], 0)[0] for listed in lists) for word in between)

    def _with_state(self, near: Sequence[Word], place: int) -> tuple[str, str, str] | None:
        """An institution with the state named before it ("Russia's foreign ministry") or behind it ("вооружённые силы России")."""
        listed = countries(self.language)
        for at in (*range(place - 1, max(-1, place - 6), -1), *range(place + 1, min(len(near), place + 6))):
            n_words, code = listed.at(near, at)
            first, last = min(at, place), max(at + n_words, place + 1)
            parted = any(word.low in ',.;:،"“”«»' for word in near[first:last]) or (
                at > place and not self._lead_to_state(near[place + 1 : at])
            )
            if n_words and not parted:
                full = " ".join(self.text[near[first].start : near[last - 1].end].split())
                return full, code, f"the document names {full!r}"
        return None


def _near(office: Office, span: Span) -> bool:
    return _overlap(office.span, span) or bool(office.name_span and _overlap(office.name_span, span))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _ends_alike(one: str, other: str) -> bool:
    """Whether a role is another with more words before it ("the foreign minister", "Iran's foreign minister")."""
    return one.casefold().endswith(other.casefold()) or other.casefold().endswith(one.casefold())
