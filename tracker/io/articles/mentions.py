"""Who is named in a text of another language than English: persons with and without office, institutions, states, pronouns."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from tracker.core.candidates import Span, Speaker
from tracker.io.articles.countries_named import capitals, countries, institutions
from tracker.io.articles.languages import language as vocabulary
from tracker.io.articles.letters import evened
from tracker.io.articles.lone_names import LANGUAGES as ALONE
from tracker.io.articles.lone_names import lone_names
from tracker.io.articles.nominatives import WITH_CASES, nominative, nominative_role
from tracker.io.articles.offices import LONGEST, Office, same_person
from tracker.io.articles.outlets import names_outlet
from tracker.io.articles.turns import n_words
from tracker.io.articles.word_lists import Word, WordList, role_words, words_of

_CAPITAL = "[^\\W\\d_a-zß-öø-ÿœāčēģķļņšūžğışа-яёіїєґ]"
_PAIR = re.compile(
    rf"(?:[^\W\d_]\.\s?){{0,3}}{_CAPITAL}[\w’'-]+"
    rf"(?:[^\S\n](?:al|el|bin|ben|de|van|von|der|di|da|del|Al|El)[ -]{_CAPITAL}[\w’'-]+|[^\S\n]{_CAPITAL}[\w’'-]+){{1,2}}"
)
_MOST, _MOST_NAMES = 4000, 200
_SHORTEST_ARABIC, _LONGEST_ARABIC = 3, 24
_IN = re.compile(r"(?P<rest>[^\n]{0,12}?)(?<!\w)(?P<in>\w{1,2})\s$")
_OUTLET_TOLD = re.compile(r"«[^«»\n]{2,24}»|\"[^\"\n]{2,24}\"")
_PARTING = frozenset(',.;:«»"“”')


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named: ``kind`` is "person", "office" (without a name), "institution" or "state"; ``name`` is a person's."""

    start: int
    end: int
    kind: str
    name: str = ""


class Mentions:
    """Everybody named in a document, in order."""

    def __init__(self, text: str, language: str, found: Sequence[Office]) -> None:
        self.text, self.language = text, language
        self.names: list[str] = []
        self.roles: dict[str, str] = {}
        self.states: dict[str, str] = {}
        self.canonical: dict[str, str] = {}
        self.office_states = {office.span: office.country for office in found}
        mentions = [*self._of_offices(found)]
        if language not in ("ar", "zh"):
            mentions += self._of_pairs()
            mentions += self._of_lone_names()
        mentions += self._of_known_names()
        mentions += self._of_institutions()
        self.all = _apart(mentions)
        self.starts = [mention.start for mention in self.all]

    def between(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie whole between two places."""
        first, last = bisect_left(self.starts, start), bisect_right(self.starts, end)
        return [mention for mention in self.all[first:last] if mention.end <= end]

    def speaker(self, mention: Mention) -> Speaker:
        """The speaker a mention is."""
        return Speaker(self.text[mention.start : mention.end], (mention.start, mention.end), mention.name)

    def holds(self, name: str, noun: str) -> bool:
        """Whether a person's role has a word in it ("министр"), endings of cases forgiven."""
        stem = noun.split()[-1].removeprefix("ال")
        stems = [stem[: max(4, len(stem) - 1)]]
        pairs = [pair.split() for pair in vocabulary(self.language).of("same office")]
        stems += [evened(other) for one, other in pairs if evened(one) == noun.split()[-1]]
        roles = [role for known, role in self.roles.items() if same_person(known, name, self.language)]
        return any(stem in role for stem in stems for role in roles)

    def has_role(self, name: str) -> bool:
        """Whether the document tells an office of a person."""
        return any(same_person(known, name, self.language) for known in self.roles)

    def is_of_state(self, name: str, span: Span) -> bool:
        """Whether an office without a name can be a person's by its state: the same, or none is named."""
        state = self.office_states.get(span, "")
        fits = (state,) if self.language == "ar" else ("", state)  # in Arabic the whole office is said again and again, of each minister
        return not state or any(code in fits for known, code in self.states.items() if same_person(known, name, self.language))

    def is_house(self, mention: Mention, verb: Word) -> bool:
        """Whether a house or a capital speaks by "in" beside a verb of several: "В Кремле заявили", "сообщили в Москве"."""
        listed = vocabulary(self.language)
        places, endings = listed.of("speaking place"), tuple(listed.of("plural ending"))
        before = _IN.search(self.text, max(0, mention.start - 12), mention.start)
        if not endings or not before or evened(before["in"]) not in places or mention.kind not in ("institution", "state"):
            return False
        is_first = verb.start >= mention.end
        between = self.text[mention.end : verb.start] if is_first else self.text[verb.end : before.start("in")]
        between = _OUTLET_TOLD.sub(" ", between)
        words = between.split()
        words = words[2:] if mention.kind == "institution" and words[:1] and evened(words[0]) in places else words  # "in London"
        is_beside = len(words) < 4 and not any(c.isupper() or c in _PARTING for word in words for c in word)
        opens = mention.kind == "institution" or not is_first or not before["rest"].strip() or before["rest"].strip()[-1] in _PARTING
        return is_beside and opens and verb.low.endswith(endings)

    def according_to(self, named: Sequence[Mention], behind: int) -> list[Mention]:
        """Who is named right behind "according to": somebody known, or else a name by its capitals."""
        known = [m for m in named if 0 <= m.start - behind <= 14 and n_words(self.text[behind : m.start]) <= 2]
        known = [m for m in known if not re.search(r"[,，،]", self.text[behind : m.start])]
        if known or self.language in ("ar", "zh"):
            return known
        found = re.match(r"\s(?P<name>[^\W\d_]\w+(?:\s[^\W\d_]\w+)?)(?=,)", self.text[behind : behind + 60])
        is_name = bool(found) and all(part[0].isupper() for part in found["name"].split())
        return [Mention(behind + found.start("name"), behind + found.end("name"), "person", found["name"])] if found and is_name else []

    def alone(self, words: Sequence[Word], first: int, last: int) -> Speaker | None:
        """A surname beside a cue that nothing introduces: capitalised behind it, or before it when it ends like a surname."""
        if self.language in ("ar", "zh"):
            return self._alone_in_arabic(words, last) if self.language == "ar" else None
        listed = vocabulary(self.language)
        while last < len(words) and (words[last].low == "." or role_words(self.language, "honorific").at(words, last)[0]):
            last += 1
        for word, may_end in ((words[last : last + 1], ("",)), (words[max(0, first - 1) : first], tuple(listed.of("surname ending")))):
            written = self.text[word[0].start : word[0].end] if word else ""
            is_name = written[:1].isupper() and len(written) > 3 and written.lower() not in listed.of("never a name")
            if is_name and written.endswith(may_end) and not self.is_no_person(written):
                return Speaker(written, (word[0].start, word[0].end), written)
        return None

    def _alone_in_arabic(self, words: Sequence[Word], last: int) -> Speaker | None:
        """One word between a verb and "that", a comma or a preposition, which is a name where it is no noun of the list: وقال مثال إن."""
        if (
            last + 1 >= len(words)
            or not words[last].is_letters
            or len(words[last].low) < _SHORTEST_ARABIC
            or words[last].low.startswith("ال")
        ):
            return None
        word, behind = words[last], words[last + 1]
        if (
            last + 2 < len(words)
            and words[last + 2].low == ":"
            and behind.low.startswith("ال")
            and behind.end - word.start < _LONGEST_ARABIC
        ):
            word, behind = Word(word.start, behind.end, word.low, False, True), words[last + 2]
        stops = role_words("ar", "name_end").at(words, last + 1)[0] or behind.low in ("،", ":", "\ufffc")
        written = self.text[word.start : word.end]
        listed = vocabulary("ar").of("never a name")
        is_noun = role_words("ar", "name_end").at(words, last)[0] or word.low in map(evened, listed) or self.is_no_person(written)
        return Speaker(written, (word.start, word.end), written) if stops and not is_noun else None

    def _canonical(self, name: str) -> str:
        """The fullest name known for a person, as first met."""
        if name not in self.canonical:
            same = [known for known in self.names if same_person(known, name, self.language)]
            self.canonical[name] = max(same, key=lambda known: len(known.split()), default=name)
        return self.canonical[name]

    def _of_offices(self, found: Sequence[Office]) -> list[Mention]:
        ordered = sorted(found, key=lambda office: nominative_role(office.role, self.language) != office.role)
        for office in ordered:
            if office.name and len(self.roles) < _MOST_NAMES:
                name = nominative(office.name, office.role, self.language)
                self.states.setdefault(name, office.country)
                self.roles[name] = f"{self.roles.get(name, '')} {evened(office.role)}"
                if not any(same_person(name, known, self.language) and len(known.split()) >= len(name.split()) for known in self.names):
                    self.names.append(name)
        made = []
        for place, office in enumerate(found):
            named = self._named_next(office, found[place + 1]) if place + 1 < len(found) else ""
            if named:
                made.append(Mention(*office.span, "person", self._canonical(named)))
            elif office.name and office.name_span:
                start, end = min(office.span[0], office.name_span[0]), max(office.span[1], office.name_span[1])
                made.append(Mention(start, end, "person", self._canonical(office.name)))
            elif not office.name:
                made.append(Mention(*office.span, "office"))
        return made

    def _named_next(self, office: Office, following: Office) -> str:
        """Whose office it is where the next one right behind a comma has the name: "сенатор от Лиона, член комитета Жан Роу"."""
        between = self.text[office.span[1] : following.span[0]]
        is_next = between in (", ", ", el ", ", la ", ", il ", ", l'", ", l’", ", le ") and following.leads_name
        is_one = is_next and not office.name and self.language in ALONE
        return nominative(following.name, following.role, self.language) if is_one else ""

    def _of_pairs(self) -> list[Mention]:
        """Two or three capitalised words that are no place, institution or beginning of a sentence."""
        made = []
        never = vocabulary(self.language).of("never a name")
        for match in _PAIR.finditer(self.text):
            start, words = match.start(), match[0].split()
            while words and (
                words[0].lower() in never or not words[0][0].isupper() or names_outlet(words[0]) or self._is_before_name(words)
            ):
                start += len(words[0]) + 1
                words = words[1:]
            while words and (not words[-1][0].isupper() or names_outlet(words[-1])):
                words = words[:-1]
            written = " ".join(words)
            if len(words) < 2 or self.is_no_person(written) or written.lower() in vocabulary(self.language).of("place"):
                continue
            name = nominative(written, "", self.language)
            is_known = len(self.names) > _MOST_NAMES or any(same_person(name, known, self.language) for known in self.names)
            self.names += [] if is_known else [name]
            made.append(Mention(start, start + len(written), "person", self._canonical(name)))
            if len(made) > _MOST:
                break
        return made

    def _of_lone_names(self) -> list[Mention]:
        """One capitalised word beside a verb of speech: "Роу заявила", "dijo Ejemplo"."""
        made = []
        found = lone_names(self.text, words_of(self.text[:LONGEST]), self.language) if self.language in ALONE else []
        for start, end in found:
            written = self.text[start:end]
            if self.is_no_person(written):
                continue
            written = nominative(written, "", self.language)
            same = next((known for known in self.names if same_person(written, known, self.language)), "")
            self.names += [] if same or len(self.names) > _MOST_NAMES else [written]
            made.append(Mention(start, end, "person", self._canonical(same or written)))
        return made

    def _is_before_name(self, words: Sequence[str]) -> bool:
        """Whether the first of three words is a place, or a house that the next two belong to: "В Госдуме Анна Ли"."""
        return len(words) > 2 and (self._is_place(words[0]) or (words[0] != words[0].upper() and self.is_no_person(words[0])))

    def _is_place(self, written: str) -> bool:
        """Whether a word is a capital: "В Москве Анна Ли"."""
        words = words_of(written)
        return bool(words) and capitals().at(words, 0)[0] == len(words)

    def is_no_person(self, written: str) -> bool:
        """Whether words hold an office, an institution or a place."""
        words = words_of(written)
        kinds = ("institution", "domain", "role", "modifier")
        lists = (*(role_words(self.language, kind) for kind in kinds), countries(self.language), capitals(), institutions())
        return any(any(listed.found_in(words)) for listed in lists)

    def _of_known_names(self) -> list[Mention]:
        """Later mentions of known persons by the last word of their name."""
        made: list[Mention] = []
        for name in self.names[:_MOST_NAMES]:
            last = name.split()[-1].split("·")[-1]
            if len(last) < 2:
                continue
            stem = re.escape(last[:-1] if self.language in WITH_CASES and len(last) > 4 else last)
            ending = r"\w{0,3}" if self.language in WITH_CASES else r"(?:['’]\w+)?" if self.language == "tr" else ""
            pattern = stem + ending if self.language == "zh" else rf"(?<!\w){stem}{ending}(?!\w)"
            made += [
                Mention(*match.span(), "person", name)
                for match in re.finditer(pattern, self.text)
                if same_person(match[0].split("'")[0].split("’")[0], last, self.language)
            ][:_MOST]
        return made

    def _of_institutions(self) -> list[Mention]:
        words = words_of(self.text[:LONGEST])
        lists = _speaking(self.language)
        made, place = [], 0
        while place < len(words):
            n_words, kind = max(((listed.at(words, place)[0], kind) for kind, listed in lists), key=lambda entry: entry[0])
            is_one_character = self.language == "zh" and kind == "state" and n_words == 1  # 意 is in 愿意 too
            if not n_words or is_one_character:
                place += 1
                continue
            first = place - self._state_before(words, place) if kind == "institution" else place
            last = self._grown(words, place + n_words) if kind == "institution" else place + n_words
            made.append(Mention(words[first].start, words[last - 1].end, kind))
            place = last
        return made

    def _state_before(self, words: Sequence[Word], place: int) -> int:
        return countries(self.language).before(words, place)[0] if place else 0

    def _grown(self, words: Sequence[Word], last: int) -> int:
        """Over the words that belong to an institution: "министерство обороны России"."""
        at = kept = last
        lists = [role_words(self.language, kind) for kind in ("domain", "institution")]
        link = role_words(self.language, "link")
        while at < len(words) and at - last < 10:
            n_words = max(countries(self.language).at(words, at)[0], *(listed.at(words, at)[0] for listed in lists))
            if n_words:
                at += n_words
                kept = at
            elif n_words := link.at(words, at)[0]:
                at += n_words
            else:
                break
        return kept


@cache
def _speaking(language: str) -> tuple[tuple[str, WordList], ...]:
    return (
        ("institution", role_words(language, "institution")),
        ("institution", institutions()),
        ("state", countries(language)),
        ("state", capitals()),
    )


def _apart(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions without those inside others; a person's office goes before everything else that begins there."""
    ordered = sorted(mentions, key=lambda mention: (mention.start, -mention.end, mention.kind != "person"))
    kept: list[Mention] = []
    for mention in ordered:
        if kept and mention.start < kept[-1].end:
            if mention.end > kept[-1].end and mention.kind == "person" and kept[-1].kind != "person":
                kept[-1] = replace(mention, start=kept[-1].start)
            continue
        kept.append(mention)
    return kept
