"""Persons who speak together: "Foreign Ministers Jane Roe and Ann Lee", whom no one name, office or state stands for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tracker.core.candidates import Span, Speaker
from tracker.io.articles.countries_named import capitals, countries, institutions
from tracker.io.articles.languages import language as vocabulary
from tracker.io.articles.names_beside import NAME_JOINTS
from tracker.io.articles.offices import Office
from tracker.io.articles.states_together import GROUPS, JOINTS
from tracker.io.articles.word_lists import Word, role_words, words_of

_BEFORE, _BEHIND, _LONGEST_NAME = 250, 120, 5
_LONGEST_OFFICE, _MOST_NEAR, _BEGINNING = 400, 60, 100_000
_SURNAME = re.compile(r"\b(?=(?P<first>[^\W\d_][\w’'-]*) (?P<last>[^\W\d_][\w-]*))")
_OF = frozenset({"of"})
_OPENS = frozenset('.!?:;"“”«»„—–-')


@dataclass
class JointSpeakers:
    """Reads who speaks beside whom in one document, with the offices it names."""

    text: str
    language: str
    found: Sequence[Office]
    placed: Callable[[Speaker], Speaker]

    def of(self, speaker: Speaker, cue_span: Span | None) -> Speaker:
        """The speaker, or the persons who speak together as one: all their words, what they share, each in ``together``.

        A role or a state that not all of them have is left open. Languages without capitals are left alone.

        >>> text = "Ann Lee and Jane Roe said so."
        >>> joint = JointSpeakers(text, "en", [], lambda one: one).of(Speaker("Jane Roe", (12, 20), "Jane Roe"), (21, 25))
        >>> joint.as_written, joint.name, [one.name for one in joint.together]
        ('Ann Lee and Jane Roe', '', ['Ann Lee', 'Jane Roe'])
        """
        if not speaker.span or not speaker.name:
            return speaker
        words = words_of(self.text, max(0, speaker.span[0] - _BEFORE), speaker.span[1] + _BEHIND)
        persons = self._persons(words, speaker.span, cue_span)
        if len(persons) < 2:
            return speaker
        span = (persons[0][0], persons[-1][1])
        each = tuple(self._of_state(words, self.placed(Speaker(self.text[a:b], (a, b), self._name(words, a, b))), b) for a, b in persons)
        return replace(self._shared(each, span), together=each)

    @cached_property
    def _starts(self) -> list[int]:
        return [office.span[0] for office in self.found]

    def _near(self, at: int) -> Sequence[Office]:
        """The offices that begin no farther from a place than one can be long."""
        first = bisect_left(self._starts, at - _LONGEST_OFFICE)
        return self.found[first : bisect_left(self._starts, at + _LONGEST_OFFICE)][:_MOST_NEAR]

    def _shared(self, each: Sequence[Speaker], span: Span) -> Speaker:
        roles = {one.role for one in each}
        codes = {one.country for one in each}
        role = (roles.pop() if len(roles) == 1 else "") or self._plural_role(span, each)
        code = codes.pop() if len(codes) == 1 else ""
        return Speaker(self.text[slice(*span)], span, role=role, country=code, country_why=each[0].country_why if code else "")

    def _plural_role(self, span: Span, each: Sequence[Speaker]) -> str:
        """ "Foreign Ministers" of "Foreign Ministers Jane Roe and Ann Lee": what stands before the first name, when only that is a role."""
        first = self.text[span[0] : span[1]].partition(each[0].name.split()[0])[0].strip() if each[0].name else ""
        words = words_of(first)
        plural = words and words[-1].low.endswith("s") and not any(one.role for one in each[1:])
        return first if plural and first != self.text[slice(*span)] else ""

    # --- who stands beside whom --------------------------------------------------------------------------------

    def _persons(self, words: Sequence[Word], span: Span, cue_span: Span | None) -> list[Span]:
        """The persons joined before, within and behind a span, in order; one or none when nobody is joined."""
        inside = [at for at, word in enumerate(words) if span[0] <= word.start < span[1]]
        if not inside:
            return []
        last = inside[-1] + 1
        if any(self._joins(words, at) for at in inside):  # a truncated name goes on over its capitals
            while last < len(words) and words[last].is_capital and words[last].is_letters:
                last += 1
        persons: list[Span] = []
        end = last
        while (person := self._ending(words, self._before_state(words, end), span)) is not None:
            person = self._behind_own(words, person)
            persons.insert(0, (words[person].start, words[self._before_state(words, end) - 1].end))
            if not person or not (self._joins(words, person - 1) or (len(persons) > 1 and words[person - 1].low == ",")):
                break
            end = self._before_apposition(words, person - 1)
        if len(persons) > 1 and persons[0][0] < span[0] and not self._opens(words, persons[0][0], cue_span):
            return []
        behind = self._behind(words, last, cue_span)
        return [*persons, behind] if behind and persons else persons

    def _before_apposition(self, words: Sequence[Word], end: int) -> int:
        """The place behind the name of "Ann Lee, envoy for Norway, and", else ``end``."""
        if end < 2 or words[end - 1].low != ",":
            return end
        near = (one for one in self._near(words[end - 2].start) if one.name_span and one.name_span[1] < one.span[1] == words[end - 2].end)
        office = next(near, None)
        return next((at + 1 for at in range(end - 1) if office and office.name_span and words[at].end == office.name_span[1]), end)

    def _of_state(self, words: Sequence[Word], person: Speaker, end: int) -> Speaker:
        """A person without a state with that of "Ann Lee of Sweden"."""
        at = next((place for place, word in enumerate(words) if word.start >= end), len(words))
        is_of = at + 1 < len(words) and words[at].low in _OF and not person.country
        n_words, code = countries(self.language).at(words, at + 1) if is_of else (0, "")
        return replace(person, country=code, country_why="the state stands behind the name") if n_words else person

    def _before_state(self, words: Sequence[Word], end: int) -> int:
        """The place before "of Norway" that a row of words ends with, else its end."""
        n_words, code = countries(self.language).before(words, end)
        first = end - n_words - 1
        return first if code and first > 0 and words[first].low in _OF else end

    def _joins(self, words: Sequence[Word], at: int) -> bool:
        """Whether a word joins two persons; not within the words of an office or of a state."""
        if words[at].low not in JOINTS or not words[at].is_letters:
            return False
        is_state = any(at - back + countries(self.language).at(words, at - back)[0] > at + 1 for back in range(1, min(4, at + 1)))
        return not is_state and not any(office.span[0] < words[at].start < office.span[1] for office in self._near(words[at].start))

    def _behind(self, words: Sequence[Word], last: int, cue_span: Span | None) -> Span | None:
        """The person joined behind a speaker, up to a mark or the verb: "dijeron Roe y Ann Lee.", "Roe y Lee dijeron"."""
        if last + 1 >= len(words) or not self._joins(words, last) or not cue_span:
            return None
        for end in range(min(len(words), last + 8), last + 1, -1):
            is_before = cue_span[0] < words[last].start
            ends = is_before and (end == len(words) or not words[end].is_letters)
            ends = ends or (not is_before and end < len(words) and words[end].start == cue_span[0])
            first = self._ending(words, end) if ends else None
            if first is not None and first == last + 1:
                return words[first].start, words[end - 1].end
        return None

    def _behind_own(self, words: Sequence[Word], person: int) -> int:
        """The place of "her Dutch" before "counterpart Max Roe", or that of the person."""
        own = vocabulary(self.language).of("possessive")
        places = (at for at in range(person - 1, max(0, person - 4), -1) if words[at].low in own and self._joins(words, at - 1))
        return next(places, person)

    def _ending(self, words: Sequence[Word], end: int, given: Span = (0, 0)) -> int | None:
        """The place where the person whose name ends before ``end`` begins, with the words of the office; ``None`` for no person."""
        first, days = end, vocabulary(self.language).of("day")
        while first > 0 and end - first < _LONGEST_NAME and self._is_of_name(words, first - 1):
            at = words[first - 1].start
            if any(office.span[0] <= at < office.span[1] for office in self._near(at)) or words[first - 1].low in days:
                break
            if first < end and capitals().at(words, first - 1)[0]:
                break
            first -= 1
        groups = GROUPS.get(self.language, "").split("|")
        name_first = next((at + 1 for at in range(end - 1, first - 1, -1) if words[at].low in groups), first)
        is_given = given[0] <= words[end - 1].start < given[1] and name_first == end - 1
        if name_first == end or not (self._can_be_person(words[name_first:end]) and (is_given or self._is_person(words[name_first:end]))):
            return None
        office = next((one for one in self._near(words[end - 1].end) if one.name_span and one.name_span[1] == words[end - 1].end), None)
        while office and first and words[first - 1].start >= office.span[0]:
            first -= 1
        return first

    def _is_of_name(self, words: Sequence[Word], at: int) -> bool:
        """Whether a word can be part of a name: a capital, or "von der" behind one."""
        if not words[at].is_letters or words[at].is_capital:
            return words[at].is_letters and words[at].is_capital
        back = next((place for place in range(at - 1, max(-1, at - 3), -1) if words[place].low not in NAME_JOINTS), -1)
        return words[at].low in NAME_JOINTS and back >= 0 and words[back].is_capital and words[back].is_letters

    def _can_be_person(self, name: Sequence[Word]) -> bool:
        listed = (countries(self.language), capitals(), institutions(), role_words(self.language, "institution"))
        return not (any(any(one.found_in(name)) for one in listed) or role_words(self.language, "domain").at(name, len(name) - 1)[0])

    def _is_person(self, name: Sequence[Word]) -> bool:
        """Whether words with capitals are a person's: two of them, or a surname that stands behind a first name elsewhere."""
        return len(name) > 1 or self.text[name[-1].start : name[-1].end] in self._surnames

    @cached_property
    def _surnames(self) -> frozenset[str]:
        """The words with a capital that stand behind another, at the beginning of the document."""
        return frozenset(found["last"] for found in _SURNAME.finditer(self.text, 0, _BEGINNING) if found["first"][0].isupper())

    def _opens(self, words: Sequence[Word], start: int, cue_span: Span | None) -> bool:
        """Whether a sentence or a clause begins where the first person does, an article aside; or the verb stands right before."""
        at = next(place for place, word in enumerate(words) if word.start == start)
        if at and words[at - 1].low in vocabulary(self.language).of("determiner"):
            at -= 1
        at -= 2 * (at > 1 and bool(capitals().at(words, at - 1)[0]))  # "В Москве Анна Ли и …"
        is_behind_cue = bool(cue_span) and at > 0 and words[at - 1].end == cue_span[1]
        is_opening = not at or words[at - 1].low in _OPENS or "\n" in self.text[words[at - 1].end : words[at].start]
        return is_behind_cue or is_opening or self._is_behind_circumstance(words, at)

    def _is_behind_circumstance(self, words: Sequence[Word], at: int) -> bool:
        """Whether where or when opens the sentence, and its only comma stands right before: "At talks in Lyon, Ann Lee and …"."""
        if words[at - 1].low != ",":
            return False
        first = next((k + 1 for k in range(at - 2, -1, -1) if not words[k].is_letters and not words[k].low[0].isdigit()), 0)
        opens = first == 0 or words[first - 1].low in _OPENS
        return opens and words[first].is_capital and words[first].low in vocabulary(self.language).of("preposition")

    def _name(self, words: Sequence[Word], start: int, end: int) -> str:
        """The name at the end of a person's words, without the office."""
        inside = [word for word in words if start <= word.start < end]
        office = next((one for one in self._near(end) if one.name_span and one.name_span[1] == end and one.span[0] >= start), None)
        if office:
            return office.name
        first = len(inside)
        groups = GROUPS.get(self.language, "").split("|")
        while first and inside[first - 1].is_capital and inside[first - 1].low not in groups:
            first -= 1
        return self.text[inside[first].start : end] if first < len(inside) else self.text[start:end]
