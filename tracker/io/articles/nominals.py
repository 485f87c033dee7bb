"""Speakers named by their office alone ("the minister", "the general added"): the person of that office named last before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from tracker.core.candidates import Candidate, Span, Speaker
from tracker.io.articles.countries_named import countries, institutions
from tracker.io.articles.languages import language as vocabulary
from tracker.io.articles.letters import evened
from tracker.io.articles.offices import Office
from tracker.io.articles.word_lists import Word, WordList, role_words, table, words_of

_DEFINITE = {"en": ("the", "this"), "de": ("der", "die", "das", "dem", "den", "des", "dieser", "diese")}
_INDEFINITE = frozenset({"a", "an", "one", "another", "un", "una", "uno", "une", "ein", "eine", "einer", "bir", "один", "одна", "який"})
_REMEMBERED = 24
_FARTHEST, _NEAR, _FEW, _BODY_NEAR = 6000, 400, 30, 1500
_SPEAKS_FOR = "spokes"
_STEM = 5
_SURE = 0.85
_ONE_PERSON = ("he", "she")
_NEXT = 2
_LONGEST_LINE = 1500
_FEWEST = 3
_POSSESSOR = re.compile(r"(?P<who>[^,\n]{2,60}?)['’]s? (?P<office>(?:\w+ ){0,2}\w+)")
_OWN_OFFICES_WORDS = "spokesman spokeswoman spokesperson aide adviser advisor deputy office envoy press secretary"
_OWN_OFFICES = frozenset(_OWN_OFFICES_WORDS.split())


@dataclass(frozen=True, slots=True)
class _Person:
    """A person met with an office: where, and as a speaker."""

    at: int
    speaker: Speaker


class Nominals:
    """Reads the candidates of one document in order, with the offices it names."""

    def __init__(self, text: str, language: str, found: Sequence[Office], placed: Callable[[Speaker], Speaker] = lambda one: one) -> None:
        self.text, self.language, self.placed = text, language, placed
        self.offices = [office for office in found if office.name]
        self.met: list[_Person] = []
        self.identified: dict[str, Speaker] = {}
        self.body = Speaker()
        self.next_office = 0
        self.nouns = _nouns(language)

    def resolved(self, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """The candidates with a name, role and state where an office or "according to him" stands for somebody named before."""
        before: Candidate | None = None
        for candidate in candidates:
            self._read_up_to(candidate.speaker.span[0] if candidate.speaker.span else candidate.start)
            made = self._identified(self._meant(candidate, before), before)
            speaker = made.speaker
            if speaker.organisation and speaker.country and not (speaker.name or speaker.role):
                self.body = speaker
            if speaker.name and speaker.role:
                self._keep(_Person(speaker.span[0] if speaker.span else candidate.start, speaker))
            before = made
            yield made

    def _meant(self, candidate: Candidate, before: Candidate | None) -> Candidate:
        speaker = candidate.speaker
        if before is not None and self._is_same_holder(speaker, before):
            held, reason = before.speaker, f"“{speaker.as_written}” was taken for {before.speaker.as_written}"
            taken = replace(
                speaker, name="", role=held.role, organisation=held.organisation, country=held.country, country_why=held.country_why
            )
            return replace(candidate, speaker=taken, reasons=(*candidate.reasons, reason))
        if speaker.name or not speaker.span:
            return self._of_principal(candidate) if speaker.name else candidate
        words = words_of(self.text, *speaker.span)
        if not words or len(words) > 12 or not self._is_definite(words, speaker.span):
            return self._of_principal(candidate)
        person = self._holder(words) or self._last(words, before)
        if person is None:
            return self._of_body(candidate) or self._of_principal(candidate)
        person = person if person.country else self.placed(person)
        taken = replace(person, as_written=speaker.as_written, span=speaker.span, described=speaker.described)
        reason = f"“{speaker.as_written}” was taken for {person.name}"
        return replace(candidate, speaker=taken, confidence=round(candidate.confidence * _SURE, 2), reasons=(*candidate.reasons, reason))

    def _is_same_holder(self, speaker: Speaker, before: Candidate) -> bool:
        """Whether "she" or "the source" stands behind words by one person of whom only the office is known: "The delegate said … She …"."""
        held = before.speaker
        is_elsewhere = bool(speaker.name and speaker.span) and not self._is_named_here(speaker, before)
        is_open = speaker.is_pronoun and (is_elsewhere or not (speaker.name or speaker.organisation or speaker.role))
        is_one = bool(held.role) and not held.name and not held.together and not held.role.casefold().endswith("s")
        near = self.text[before.end : speaker.span[0]] if speaker.span else "\n"
        if is_open and is_one and speaker.as_written.lower() in _ONE_PERSON:
            return len(near) < _NEAR and "\n" not in near
        return is_one and self._is_shorter_office(speaker, held) and len(near) < _NEAR

    def _is_named_here(self, speaker: Speaker, before: Candidate) -> bool:
        """Whether the paragraph names the person before the pronoun."""
        end = speaker.span[0] if speaker.span else before.end
        return speaker.name.split()[-1] in self.text[max(self._line_of(before.start), end - _LONGEST_LINE) : end]

    def _is_shorter_office(self, speaker: Speaker, held: Speaker) -> bool:
        """Whether "the source" stands for "an official source at the ministry" right before."""
        words = words_of(self.text, *speaker.span) if speaker.span and not speaker.name else []
        is_short = 1 < len(words) <= _FEWEST and self._is_definite(words, speaker.span or (0, 0)) and any(self.nouns.found_in(words))
        return is_short and {word.low for word in words[1:]} <= {word.low for word in words_of(held.role)}

    def _identified(self, candidate: Candidate, before: Candidate | None) -> Candidate:
        """The candidate of a person first named behind words of "the envoy", who speaks there: "said Jane Roe, briefing the Council"."""
        speaker, office = candidate.speaker, before.speaker if before else Speaker()
        held = self.identified.get(speaker.name)
        if held and (not speaker.role or (held.role != speaker.role and evened(held.role).endswith(evened(speaker.role)))):
            return self._with_office(candidate, self.identified[speaker.name])
        if self._is_named_now(speaker, office):
            self.identified[speaker.name] = office
            return self._with_office(candidate, office)
        if not (speaker.name and speaker.span and office.span and office.role) or speaker.role or speaker.described or office.name:
            return candidate
        between = self.text[office.span[1] : speaker.span[0]]
        is_near = 0 < len(between) <= _NEAR and between.count("\n\n") <= 1 and self._is_one(office)
        speaks = self._is_speaking(speaker.span) or (before is not None and self._opens_next(candidate, before))
        speaks = speaks or (" " not in speaker.name and self._is_of_state(office))  # a surname that nobody introduces
        if not is_near or not speaks or self.text.find(speaker.name.split()[-1]) < office.span[1]:
            return candidate
        self.identified[speaker.name] = office
        return self._with_office(candidate, office)

    def _is_one(self, office: Speaker) -> bool:
        """Whether words mean one holder of an office: "the envoy", "Norway's envoy"; not "a Norwegian envoy", "Roe's envoy"."""
        words = words_of(self.text, *(office.span or (0, 0)))
        is_owned = any(mark in office.role for mark in ("'s", "’s"))
        is_definite = bool(words) and (
            words[0].low in vocabulary(self.language).of("possessive of states") or self._is_definite(words, office.span or (0, 0))
        )
        return self._is_of_state(office) or (is_definite and not is_owned)

    def _is_of_state(self, office: Speaker) -> bool:
        """Whether words begin with the state whose office it is: "Norway's envoy"."""
        words = words_of(self.text, *(office.span or (0, 0)))
        n_words = countries(self.language).at(words, 0)[0] if words else 0
        return 0 < n_words < len(words) and words[n_words].low == "'s"

    def _is_named_now(self, speaker: Speaker, office: Speaker) -> bool:
        """Whether "the minister, Ann Lee," names the holder of an office right before: "France's foreign minister said so"."""
        words = words_of(speaker.role)
        is_same = bool(speaker.name and words and office.role) and not office.name and len(words) < len(words_of(office.role))
        said = evened(self.text[max(0, (speaker.span or (0, 0))[0] - len(speaker.role) - _FEW) : (speaker.span or (0, 0))[1]])
        return is_same and evened(office.role).endswith(evened(speaker.role)) and f"the {evened(speaker.role)}," in said

    def _opens_next(self, candidate: Candidate, before: Candidate) -> bool:
        """Whether words in marks open the next paragraph, and only whoever said them is named in full: “No,” Ann Lee said."""
        span = candidate.speaker.span or (0, 0)
        line, between = self._line_of(span[0]), self.text[before.end : candidate.start]
        is_next = len(between.split("\n\n")) == _NEXT or ("\n\n" not in between and between.count("\n") == 1)
        is_quoted = candidate.start <= self.text.find('"', line) <= candidate.start + 1 or self.text[line] in '“"„«'
        is_person = len(candidate.speaker.name.split()) > 1 and self.text[span[1] : span[1] + 1] not in (",", "(")
        return is_next and is_quoted and line == self._line_of(candidate.start) and is_person and not candidate.speaker.described

    def _line_of(self, at: int) -> int:
        return self.text.rfind("\n", max(0, at - _LONGEST_LINE), at) + 1

    def _is_speaking(self, span: Span) -> bool:
        """Whether "speaking at" or "briefing" stands behind a name, or opens its sentence."""
        words = vocabulary(self.language).of("speaking")
        behind = words_of(self.text, span[1], span[1] + _FEW)[:2]
        start = max(self.text.rfind(mark, 0, span[0]) for mark in (". ", "\n", "” ", '" ')) + 1
        opening = words_of(self.text, start, span[0])[:2]
        return any(word.low in words for word in (*behind[1:], *opening)) and span[0] - start < _NEAR

    def _with_office(self, candidate: Candidate, office: Speaker) -> Candidate:
        speaker = candidate.speaker
        code, why = (speaker.country, speaker.country_why) if speaker.country else (office.country, office.country_why)
        placed = replace(speaker, role=office.role, organisation=speaker.organisation or office.organisation, country=code, country_why=why)
        reason = f"{speaker.name} is named right behind “{office.as_written}”"
        sure = round(candidate.confidence * _SURE, 2)
        return replace(candidate, speaker=placed, confidence=sure, reasons=(*candidate.reasons, reason))

    def _read_up_to(self, at: int) -> None:
        while self.next_office < len(self.offices) and self.offices[self.next_office].span[0] < at:
            office = self.offices[self.next_office]
            speaker = Speaker(office.name, office.name_span, office.name, office.role, office.organisation, office.country, office.why)
            self._keep(_Person(office.span[0], speaker))
            self.next_office += 1

    def _keep(self, person: _Person) -> None:
        """Keep a person as met last, with the fullest name and office of the last few times."""
        last = person.speaker.name.split()[-1]
        known = [other for other in self.met if other.speaker.name.split()[-1] == last]
        fuller = max((other.speaker for other in known), key=lambda speaker: len(speaker.name), default=person.speaker)
        if len(fuller.name) > len(person.speaker.name) or not person.speaker.country:
            speaker = replace(fuller, role=max(fuller.role, person.speaker.role, key=len))
            person = _Person(person.at, speaker)
        self.met = [*[other for other in self.met if other not in known], person][-_REMEMBERED:]

    def _is_definite(self, words: Sequence[Word], span: Span) -> bool:
        """Whether words say which one is meant: "the" before them in English and German, no "a" elsewhere."""
        definite = _DEFINITE.get(self.language)
        if words[0].low in _of_kind(self.language, "pronoun"):
            return True
        if definite:
            is_one = words[-1].low in _of_kind(self.language, "one of a state") and bool(countries(self.language).at(words, 0)[0])
            return words[0].low in definite or is_one
        before = words_of(self.text, max(0, span[0] - 12), span[0])
        return words[0].low not in _INDEFINITE and not (before and before[-1].low in _INDEFINITE)

    def _holder(self, words: Sequence[Word]) -> Speaker | None:
        """The person met last whose office has the noun, and whatever else is said of it."""
        place, length, roles = max(self.nouns.found_in(words), key=lambda entry: (entry[1], -entry[0]), default=(0, 0, ""))
        if not roles:
            return None
        rest = [word for at, word in enumerate(words) if not place <= at < place + length]
        at = words[0].start
        for person in reversed(self.met):
            held = evened(f"{person.speaker.role} {person.speaker.organisation}")
            if at - person.at <= _FARTHEST and any(stem in held for stem in roles.split("|")) and self._fits(rest, person.speaker, held):
                return person.speaker
        return None

    def _fits(self, rest: Sequence[Word], speaker: Speaker, held: str) -> bool:
        """Whether what is said besides the noun is small, a modifier, the person's own state, or in the words of the office."""
        listed, modifier, link = countries(self.language), role_words(self.language, "modifier"), role_words(self.language, "link")
        small = vocabulary(self.language).of("determiner") | vocabulary(self.language).of("never a name")
        place = 0
        while place < len(rest):
            n_words, code = listed.at(rest, place)
            if n_words and speaker.country and code != speaker.country:
                return False
            is_small = rest[place].low in small or len(rest[place].low) < 3 or not rest[place].is_letters
            n_named, value = institutions().at(rest, place)
            is_its = bool(n_named) and value.partition("|")[0] == speaker.country
            is_known = n_words or is_its or is_small or modifier.at(rest, place)[0] or link.at(rest, place)[0] or _is_rank(rest[place].low)
            if not is_known and rest[place].low[:_STEM] not in held:
                return False
            place += n_words or (n_named if is_its else 0) or 1
        return True

    def _last(self, words: Sequence[Word], before: Candidate | None) -> Speaker | None:
        """Who spoke right before, for "the official" and "according to him"; "the Omani official" is the one met last of that state."""
        is_pronoun = words[0].low in _of_kind(self.language, "pronoun") and len(words) == 1
        is_anyone = words[-1].low in _of_kind(self.language, "anyone") and len(words) <= 3
        spoke = before.speaker if before else Speaker()
        codes = {code for _, _, code in countries(self.language).found_in(words)} if is_anyone else set()
        if codes and spoke.country not in codes:
            return next((one.speaker for one in reversed(self.met) if one.speaker.country in codes), None)
        return spoke if spoke.name and (is_pronoun or (is_anyone and spoke.role)) else None

    def _of_body(self, candidate: Candidate) -> Candidate | None:
        """The candidate of a bare "spokesman" with the body that spoke shortly before; ``None`` for others."""
        speaker, body = candidate.speaker, self.body
        is_bare = speaker.role.casefold().startswith(_SPEAKS_FOR) and not (speaker.country or speaker.organisation)
        if not (is_bare and body.span and speaker.span) or speaker.span[0] - body.span[1] > _BODY_NEAR:
            return None
        why = f"{body.as_written!r} spoke before"
        taken = replace(speaker, organisation=body.organisation, country=body.country, country_why=why)
        return replace(candidate, speaker=taken, confidence=round(candidate.confidence * _SURE, 2), reasons=(*candidate.reasons, why))

    def _of_principal(self, candidate: Candidate) -> Candidate:
        """The candidate with the state of whom the speaker speaks for: "Roe's spokeswoman, Ann Example"."""
        speaker = candidate.speaker
        found = _POSSESSOR.match(speaker.in_full)
        if speaker.country or not found or self.language != "en" or found["office"].split()[-1] not in _OWN_OFFICES:
            return candidate
        last = evened(found["who"].split()[-1])
        person = next((p.speaker for p in reversed(self.met) if evened(p.speaker.name.split()[-1]) == last), None)
        if person is None:
            return candidate
        role = f"{found['who']}'s {speaker.role or found['office']}"
        why = f"{found['who']} is of that state"
        return replace(candidate, speaker=replace(speaker, role=role, country=person.country, country_why=why if person.country else ""))


def _is_rank(low: str) -> bool:
    return "-" in low


@cache
def _nouns(language: str) -> WordList:
    rows = [row for row in table("nominals.csv") if row["kind"] == "noun" and row["language"] == language]
    return WordList.of((row["word"], evened(row["roles"])) for row in rows)


@cache
def _of_kind(language: str, kind: str) -> frozenset[str]:
    return frozenset(evened(row["word"]) for row in table("nominals.csv") if row["language"] == language and row["kind"] == kind)
