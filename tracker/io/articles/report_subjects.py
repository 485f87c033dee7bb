"""Who a cue of a report belongs to: named before it or behind it, a pronoun, or whoever spoke last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from tracker.core.candidates import Speaker
from tracker.io.articles.countries_named import countries
from tracker.io.articles.languages import first_names
from tracker.io.articles.languages import language as vocabulary
from tracker.io.articles.letters import evened
from tracker.io.articles.lone_names import LANGUAGES as ALONE
from tracker.io.articles.mentions import Mention, Mentions
from tracker.io.articles.nominatives import WITH_CASES, nominative_role
from tracker.io.articles.report_cues import evened_words, words_of_kind
from tracker.io.articles.report_sentences import ReportCue, ReportSentence, ReportSentences, infinitive_words
from tracker.io.articles.subject_forms import can_act
from tracker.io.articles.turns import n_words
from tracker.io.articles.word_lists import Word, words_of

_NEAR = 5
_MOST_BETWEEN = 4
_FURTHEST = 40
_BESIDE = 2
_MOST_IN_PLACE = 6
_WITH_POSSESSIVES = frozenset({"es", "fr", "it"})
_FURTHEST_OFFICE = 160
_CLOSING = (",", "—", "–", "-")
_LONGEST_CHINESE_NAME = 4
_LONGEST_CLAUSE_HEAD, _LONGEST_CLAUSE = 12, 60


class ReportSubjects:
    """Whoever is named in one document, and who spoke last in it: ``last`` anybody, ``person`` somebody with a name."""

    def __init__(self, text: str, language: str, mentions: Mentions) -> None:
        self.text, self.language, self.mentions = text, language, mentions
        self.sentences, self.order = ReportSentences(text, language, mentions), vocabulary(language).of("order")
        self.last = Speaker()
        self.person = Speaker()
        self.about = Speaker()

    def subject(self, sentence: ReportSentence, cue: ReportCue, behind_first: bool) -> Speaker:
        """Who a cue belongs to; ``behind_first`` where words stand before the cue. Whoever spoke last where nobody is named."""
        words = sentence.words
        start, behind = words[cue.first].start, words[cue.last - 1].end
        kinds = evened_words(self.language, "participle")
        if any(word.low in kinds for word in words[cue.first : cue.last]) and (shared := self._shared(sentence, start)):
            return shared
        if words[cue.last - 1].low in evened_words(self.language, "words of somebody"):
            named = [m for m in sentence.mentions if m.end <= start and start - m.end <= _FURTHEST]
            return self.mentions.speaker(named[-1]) if named else self._left_open(words[cue.first : cue.last])
        if (owner := self._owner_of_document(sentence, cue)) is not None:
            return owner
        if (meant := self._antecedent(sentence, cue)) is not None:
            return meant
        after = self.after(sentence, cue, behind)
        if (quoted := self.passed_on(sentence, cue)) is not None:
            return quoted
        after = after or (self._far_behind(sentence, cue) if behind_first else None)
        if behind_first and after:
            return self._parted(sentence, cue, after) or after
        quotes = [q for q in sentence.quotes if not self.sentences.is_outlet(sentence, q)]
        floor = max([sentence.start, *(b for a, b in sentence.taken if b <= start), *(q[1] for q in quotes if q[1] <= start)])
        floor = sentence.start if "verb last" in self.order else max(floor, self._contrasted(sentence, cue.first, floor))
        before = [m for m in sentence.mentions if floor <= m.start and m.end <= start and not self.is_object(m)]
        if before:
            return self._mentioned(self._first_or_beside(sentence, before, start))
        house = next((m for m in sentence.mentions if not after and floor <= m.start and self.mentions.is_house(m, words[cue.first])), None)
        if house:
            return self.mentions.speaker(house)
        pronoun = self._pronoun(words[: cue.first], floor) or (
            None if after else self._pronoun(self._before_that(words[cue.last : cue.last + 3]), behind)
        )
        if pronoun:
            return pronoun
        alone = None if self.last.as_written and self.language != "ar" else self.mentions.alone(words, cue.first, cue.last)
        if self.language == "zh" and not behind_first:
            after, alone = None, self._named_first(sentence, cue)
        return after or alone or self._left_open(words[cue.first : cue.last])

    def _before_that(self, words: Sequence[Word]) -> list[Word]:
        """Words up to "that", behind which somebody else is the subject: "Отмечается, что он"."""
        that = evened_words(self.language, "that")
        return list(takewhile(lambda word: word.low not in that, words))

    def _owner_of_document(self, sentence: ReportSentence, cue: ReportCue) -> Speaker | None:
        """Whose text says it, in whatever case: "В заявлении министерства говорится", "говорится в сообщении посольства"."""
        words, nouns = sentence.words, evened_words(self.language, "document")
        if not nouns or not any(word.low in evened_words(self.language, "impersonal") for word in words[cue.first : cue.last]):
            return None
        near = [*words[max(0, cue.first - _LONGEST_CLAUSE_HEAD) : cue.first], *words[cue.last : cue.last + _NEAR]]
        document = next((word for word in near if word.low in nouns), None)
        owned = (m for m in sentence.mentions if document is not None and 0 <= m.start - document.end <= _BESIDE)
        owner = next(owned, None)
        return self.mentions.speaker(owner) if owner else None

    def _first_or_beside(self, sentence: ReportSentence, before: Sequence[Mention], start: int) -> Mention:
        """The first of those named before a verb; a person right before it, or in Turkish before a comma, goes before."""
        if "verb last" in self.order:
            commas = [m for m in before if m.kind == "person" and self.text[m.end : m.end + 1] == ","]
            return commas[0] if commas else before[0]
        beside = before[-1]
        is_beside = beside.kind == "person" and start - beside.end <= 1 and not self.text[beside.end : start].strip()
        return beside if is_beside and self.language in ALONE | {"zh"} else before[0]

    def until_next(self, sentence: ReportSentence, cue: ReportCue, following: ReportCue) -> int:
        """Where the words of a cue end before another: at ", while" when somebody else is named behind it."""
        start = sentence.words[following.first].start
        if self.language == "zh" and (begins := self._begins_in_chinese(sentence, following.first)) > sentence.words[cue.last - 1].end:
            return begins
        contrast = self._contrasted(sentence, following.first, sentence.words[cue.last - 1].end)
        word = next((word for word in sentence.words if word.end == contrast), None)
        return word.start if word is not None and contrast > sentence.words[cue.last - 1].end else start

    def _begins_in_chinese(self, sentence: ReportSentence, first: int) -> int:
        """Where the clause of a verb begins behind a comma, when a name or 他 stands right behind that; -1 elsewhere."""
        words = sentence.words
        comma = next((at for at in range(first - 1, max(-1, first - _LONGEST_CLAUSE_HEAD), -1) if words[at].low in (",", "，", "、")), -1)
        if comma < 0 or words[comma].low == "、":
            return -1
        start = words[comma + 1].start
        near = self.mentions.between(start, words[first].start)
        is_named = any(m.start == start and not self.is_object(m) for m in near)
        return start if is_named or self._pronoun(words[comma + 1 : comma + 2], start) is not None else -1

    def _contrasted(self, sentence: ReportSentence, first: int, floor: int) -> int:
        """Where the clause of a cue begins behind ", while", when somebody is named in it."""
        words, kinds = sentence.words, evened_words(self.language, "contrast")
        for place in range(first - 1, max(0, first - _LONGEST_CLAUSE), -1):
            if words[place].start < floor:
                break
            if words[place].low in kinds and words[place - 1].low in (",", "،"):
                inside = (m for m in sentence.mentions if words[place].end <= m.start and m.end <= words[first].start)
                return words[place].end if any(not self.is_object(m) for m in inside) else floor
        return floor

    def _shared(self, sentence: ReportSentence, start: int) -> Speaker | None:
        """The subject of the sentence, which a participle has too: "Роу выразила сожаление, заявив, что Ли уехал"."""
        if sentence.taken and self.last.as_written:
            return self.last
        first = next((m for m in sentence.mentions if m.end <= start and not self.is_object(m)), None)
        return self._mentioned(first) if first else None

    def right_before(self, sentence: ReportSentence, cue: ReportCue) -> Mention | None:
        """The person or the office right before a verb, adverbs forgiven: "Роу также назвала"."""
        words, first = sentence.words, cue.first
        while first > 0 and words[first - 1].low in evened_words(self.language, "adverb"):
            first -= 1
        near = (m for m in sentence.mentions if m.kind in ("person", "office") and 0 <= words[first].start - m.end <= 1)
        return next((m for m in near if not self.is_object(m)), None)

    def _parted(self, sentence: ReportSentence, cue: ReportCue, after: Speaker) -> Speaker | None:
        """Who stands right before a verb, when words part it from whoever stands behind: "Роу прокомментировала слова министра Ли"."""
        own = self.right_before(sentence, cue)
        behind = self.text[sentence.words[cue.first].start : after.span[0]] if after.span else ""
        has_object = sentence.words[cue.last - 1].low in evened_words(self.language, "with addressee")
        if own is None and (has_object or n_words(behind) > 1):
            own = self._in_place_before(sentence, sentence.words[cue.first].start)
        return self._mentioned(own) if own is not None and (n_words(behind) > 1 or has_object) else None

    def _in_place_before(self, sentence: ReportSentence, start: int) -> Mention | None:
        """Who stands before a verb and a place in between: "Посол Сербии в Риме призвал"."""
        near = [m for m in sentence.mentions if m.kind in ("person", "office") and 0 <= start - m.end <= _FURTHEST]
        named = next((m for m in reversed(near) if not self.is_object(m)), None)
        between = self.text[named.end : start] if named else ","
        return named if n_words(between) <= _MOST_IN_PLACE and not any(mark in between for mark in ",.;:«") else None

    def _far_behind(self, sentence: ReportSentence, cue: ReportCue) -> Speaker | None:
        """A person with an office further behind a verb, over where and when: "заявил по итогам встречи в Лионе глава МИД Жан Роу"."""
        behind = sentence.words[cue.last - 1].end
        before = sentence.words[cue.first - 1].low if cue.first else ","
        if self.language not in ALONE or (before not in _CLOSING and cue.kind != "back"):
            return None
        near = [m for m in sentence.mentions if 0 <= m.start - behind <= _FURTHEST_OFFICE and m.kind == "person"]
        named = next((m for m in near if not self.is_object(m) and self.text[m.start].islower()), None)
        between = self.text[behind : named.start] if named else ""
        return self.mentions.speaker(named) if named and not any(mark in between for mark in ".;:,«") else None

    def _antecedent(self, sentence: ReportSentence, cue: ReportCue) -> Speaker | None:
        """Whom a clause with "who" tells of, in whatever case: "слова Роу, который назвал мост опасным"."""
        words, at = sentence.words, cue.first - 1
        if at < 2 or words[at].low not in evened_words(self.language, "relative") or words[at - 1].low != ",":
            return None
        named = (m for m in sentence.mentions if 0 <= words[at - 1].start - m.end <= 1)
        found = next(named, None)
        return self._mentioned(found) if found else None

    def _named_first(self, sentence: ReportSentence, cue: ReportCue) -> Speaker | None:
        """Two to four Chinese characters that begin a sentence with a surname, right before the verb: 王示例强调."""
        words = sentence.words[: cue.first]
        written = "".join(word.low for word in words)
        if not 2 <= len(written) <= _LONGEST_CHINESE_NAME or written[0] not in evened_words("zh", "surname"):
            return None
        span = (words[0].start, words[-1].end)
        return Speaker(self.text[slice(*span)], span, self.text[slice(*span)])

    def passed_on(self, sentence: ReportSentence, cue: ReportCue) -> Speaker | None:
        """Whose words an agency passes on: "цитирует ТАСС слова дипломата Ивана Примерова"."""
        if sentence.words[cue.last - 1].low not in evened_words(self.language, "passing on"):
            return None
        ahead = sentence.words[cue.last : cue.last + _NEAR]
        passes_on = sentence.words[cue.last - 1].low in evened_words(self.language, "passing on somebody") and ahead
        if passes_on and (quoted := self._quoted_object(sentence, ahead)) is not None:
            return quoted
        words = next((word for word in ahead if word.low in evened_words(self.language, "words of")), None)
        named = next((m for m in sentence.mentions if words is not None and 0 <= m.start - words.end <= _FURTHEST), None)
        if named or words is None:
            return self.mentions.speaker(named) if named else None
        at = next(place for place, word in enumerate(sentence.words) if word is words) + 1
        return self.mentions.alone(sentence.words, at, at)

    def _quoted_object(self, sentence: ReportSentence, ahead: Sequence[Word]) -> Speaker | None:
        """Whom an agency quotes, right behind the verb: "цитирует дипломата ТАСС", "цитирует его агентство"."""
        word = ahead[0]
        if word.low in evened_words(self.language, "possessive") and self.person.as_written:
            return Speaker(self.text[word.start : word.end], (word.start, word.end), self.person.name, is_pronoun=True)
        near = (m for m in sentence.mentions if m.kind in ("person", "office"))
        found = next((m for m in near if m.start - 1 <= (word if m.kind == "office" else ahead[-1]).start and word.start < m.end), None)
        return self._mentioned(found) if found else None

    def after(self, sentence: ReportSentence, cue: ReportCue, behind: int) -> Speaker | None:
        """Who stands right behind a cue, adverbs and a day forgiven."""
        behind = self.sentences.behind_occasion(behind)
        if "verb last" in self.order and self.text[behind : behind + 1] == ",":
            return None  # "kapandığını belirterek, Norveç'in …"
        near = [m for m in sentence.mentions if 0 <= m.start - behind <= 40]
        if infinitive_words(self.language, sentence, cue) >= 0:
            return None
        for place, mention in enumerate(near):
            beside = near[place + 1] if place + 1 < len(near) else None
            if mention.kind == "state" and beside and beside.kind in ("person", "office") and beside.start - mention.end <= 1:
                continue  # "сказала агентству «Заря» Сербия пресс-секретарь"
            between = self.text[behind : mention.start]
            if self.mentions.is_house(mention, sentence.words[cue.last - 1]):
                return self.mentions.speaker(mention)
            if any(mark in between for mark in '.;:«“"') or self.is_object(mention):
                break
            if n_words(between) <= _MOST_BETWEEN and not any(
                word in evened_words(self.language, "that") for word in evened(between).split()
            ):
                return self._mentioned(mention)
        return self._pronoun(sentence.words[cue.last : cue.last + 2], behind)

    def _mentioned(self, mention: Mention) -> Speaker:
        """The speaker named; "the diplomat", "le ministre français" is who spoke last, when the office can be his."""
        speaker = self.mentions.speaker(mention)
        if mention.kind != "office" or not speaker.span:
            return speaker
        written = self._without_states(speaker.as_written)[:2]
        anyone = {noun.split()[-1] for noun in evened_words(self.language, "pronoun:anyone")}
        if not self.person.name or self._is_later_office(written, anyone):
            return self._introduced(speaker, any(word in anyone for word in written))
        nouns = {noun.split()[-1] for noun in evened_words(self.language, "pronoun:noun")}
        written = [word.removeprefix("ال") for word in written] if self.language == "ar" else written
        nouns = {noun.removeprefix("ال") for noun in nouns} if self.language == "ar" else nouns
        held = [word for word in written if word in nouns and self.mentions.holds(self.person.name, word)]
        is_his = bool(held) or any(word in anyone for word in written)
        is_his = is_his and self.mentions.is_of_state(self.person.name, speaker.span)
        return Speaker(speaker.as_written, speaker.span, self.person.name) if is_his else speaker

    def _is_later_office(self, written: list[str], anyone: set[str]) -> bool:
        """Whether "the diplomat" is an office that spoke behind the person named last: "сказал Роу. Посол Сербии заявил … Дипломат"."""
        is_last = self.last.span is not None and self.person.span is not None and self.last.span > self.person.span
        return is_last and any(word in anyone for word in written) and not self.last.name and self._is_office(self.last)

    def _introduced(self, speaker: Speaker, is_anyone: bool) -> Speaker:
        """An office as that of the person the sentence before opens with, of whom none is told; "the official" as the office before."""
        about, span = self.about.name, speaker.span or (0, 0)
        if is_anyone:
            is_office = not self.last.name and self._is_office(self.last)
            role = nominative_role(self.last.as_written, self.language)
            state, why = self._state_named(self.last) if is_office else ("", "")
            return Speaker(speaker.as_written, span, "" if is_office else about, role if is_office else "", "", state, why)
        is_open = bool(about) and self.language in WITH_CASES and not self.mentions.has_role(about)
        return Speaker(speaker.as_written, span, about) if is_open else speaker

    def _without_states(self, written: str) -> list[str]:
        """The words of an office, evened, without the states before its nouns: "глава иранского МИД" is "глава мид"."""
        words, listed = words_of(written), countries(self.language)
        return [word.low for place, word in enumerate(words) if not listed.at(words, place)[0]]

    def _pronoun(self, words: Sequence[Word], floor: int) -> Speaker | None:
        for place, word in enumerate(words):
            if word.start < floor:
                continue
            for kind in ("pronoun:he", "pronoun:she", "pronoun:they", "pronoun:anyone", "pronoun:noun"):
                listed = words_of_kind(self.language, kind)
                length, _ = listed.at(words, place)
                if length and self._is_article(word, kind):
                    continue
                if length and (kind != "pronoun:noun" or self.mentions.holds(self.person.name, words[place + length - 1].low)):
                    span = (word.start, words[place + length - 1].end)
                    meant = self.last if kind == "pronoun:they" else self._one_meant(kind, word.start)
                    is_office = not meant.name and self._is_office(meant)
                    role = nominative_role(meant.as_written, self.language) if is_office else ""
                    body = "" if meant.name or is_office else meant.resolved
                    state, why = self._state_named(meant) if is_office else ("", "")
                    return Speaker(self.text[slice(*span)], span, meant.name, role, body, state, why, is_pronoun=kind != "pronoun:noun")
        return None

    def _state_named(self, speaker: Speaker) -> tuple[str, str]:
        """The state in the words of an office, and why."""
        state = self.mentions.office_states.get(speaker.span or (0, 0), "")
        return state, f"it is named in {speaker.as_written!r}" if state else ""

    def _is_office(self, speaker: Speaker) -> bool:
        """Whether a speaker without a name is somebody of whom the text tells the office."""
        return bool(speaker.span) and any(m.kind == "office" for m in self.mentions.between(*speaker.span))

    def _is_article(self, word: Word, kind: str) -> bool:
        """Whether a word is no pronoun, as it is written without its accent: Spanish "el", not "él"."""
        written = self.text[word.start : word.end].lower()
        listed = vocabulary(self.language)
        length_one = written in listed.of("determiner")
        return length_one and not any(form.split()[0] == written for form in listed.of(kind))

    def _one_meant(self, kind: str, at: int) -> Speaker:
        """Whom "he" or "she" means: whom the sentence before is about, who spoke or was named last, by gender where names tell it."""
        known = [one for one in (self.about, self.person) if one.name]
        if all(self._gender(one.name) in ("", kind.rpartition(":")[2]) for one in known):
            return known[0] if known else self.last
        named = (self.mentions.speaker(m) for m in reversed(self.mentions.all) if m.kind == "person" and m.end < at)
        fits = (one for one in (*known, *named) if self._gender(one.name) == kind.rpartition(":")[2])
        return next(fits, known[0] if known else self.last)

    def _gender(self, name: str) -> str:
        """ "he" or "she" by the ending of a surname or the first name; "" where neither tells it."""
        last, first = evened(name.split()[-1]), name.split()[0].lower()
        for gender in ("she", "he"):
            if last.endswith(tuple(evened_words(self.language, f"surname of {gender}")) or "\0"):
                return gender
        return first_names().get(first, "")

    def _left_open(self, cue: Sequence[Word]) -> Speaker:
        """Who spoke last, where the verb has no subject ("afirmó que", وأضاف, 并表示)."""
        meant = self.about if self.about.name else self.person if self.person.name else self.last
        if self.last.as_written and any(word.low in evened_words(self.language, "impersonal") for word in cue):
            meant = self.last  # "говорится в сообщении"
        if not meant.as_written:
            return Speaker()
        return Speaker(meant.as_written, meant.span, meant.name)

    def is_object(self, mention: Mention) -> bool:
        """Whether a preposition stands before somebody named, or the form is none of a subject."""
        if not can_act(self.text, self.language, (mention.start, mention.end), mention.kind, mention.name):
            return True
        before = evened(self.text[max(0, mention.start - 12) : mention.start])
        if self.language == "zh":
            return before[-1:] in tuple(evened_words(self.language, "preposition"))
        word = re.findall(r"[\w’']+", before)[-1:]
        if mention.kind == "institution" and self.language in _WITH_POSSESSIVES and self._is_in_phrase(mention):
            return True
        return bool(word) and before.rstrip().endswith(word[0]) and word[0] in evened_words(self.language, "preposition")

    def _is_in_phrase(self, mention: Mention) -> bool:
        """Whether an institution stands behind a preposition and one or two small words: "en su primer consejo"."""
        words = words_of(self.text, max(0, mention.start - 24), mention.start)[-3:]
        owned = [place for place, word in enumerate(words) if word.low in evened_words(self.language, "possessive")]
        return any(place and words[place - 1].low in evened_words(self.language, "preposition") for place in owned)

    def spoke(self, speaker: Speaker) -> None:
        """Keep who spoke last."""
        if speaker.as_written:
            self.last = speaker
        if speaker.name:
            self.person = speaker
