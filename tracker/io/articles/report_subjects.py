"""Who a cue of a report belongs to: named before it or behind it, a pronoun, or whoever spoke last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.core.candidates import Speaker
from tracker.io.articles.languages import first_names
from tracker.io.articles.languages import language as vocabulary
from tracker.io.articles.letters import evened
from tracker.io.articles.lone_names import LANGUAGES as ALONE
from tracker.io.articles.mentions import Mention, Mentions
from tracker.io.articles.report_cues import evened_words, words_of_kind
from tracker.io.articles.report_sentences import ReportCue, ReportSentence, ReportSentences, infinitive_words
from tracker.io.articles.subject_forms import can_act
from tracker.io.articles.turns import n_words
from tracker.io.articles.word_lists import Word

_NEAR = 5
_MOST_BETWEEN = 4
_FURTHEST = 40
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
        after = self.after(sentence, cue, behind)
        if (quoted := self.passed_on(sentence, cue)) is not None:
            return quoted
        if behind_first and after:
            return self._right_before(sentence, start, after) or after
        quotes = [q for q in sentence.quotes if not self.sentences.is_outlet(sentence, q)]
        floor = max([sentence.start, *(b for a, b in sentence.taken if b <= start), *(q[1] for q in quotes if q[1] <= start)])
        floor = sentence.start if "verb last" in self.order else max(floor, self._contrasted(sentence, cue.first, floor))
        before = [m for m in sentence.mentions if floor <= m.start and m.end <= start and not self.is_object(m)]
        if before:
            return self._mentioned(self._first_or_beside(sentence, before, start))
        house = next((m for m in sentence.mentions if not after and floor <= m.start and self.mentions.is_house(m, words[cue.first])), None)
        if house:
            return self.mentions.speaker(house)
        pronoun = self._pronoun(words[: cue.first], floor) or (None if after else self._pronoun(words[cue.last : cue.last + 3], behind))
        if pronoun:
            return pronoun
        alone = None if self.last.as_written and self.language != "ar" else self.mentions.alone(words, cue.first, cue.last)
        if self.language == "zh" and not behind_first:
            after, alone = None, self._named_first(sentence, cue)
        return after or alone or self._left_open(words[cue.first : cue.last])

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

    def _right_before(self, sentence: ReportSentence, cue: int, after: Speaker) -> Speaker | None:
        """The person right before a verb, when words part it from whoever stands behind: "Роу прокомментировала слова министра Ли"."""
        own = next((m for m in sentence.mentions if m.kind == "person" and 0 <= cue - m.end <= 1 and not self.is_object(m)), None)
        behind = self.text[cue : after.span[0]] if after.span else ""
        return self._mentioned(own) if own is not None and n_words(behind) > 1 else None

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
        words = next((word for word in ahead if word.low in evened_words(self.language, "words of")), None)
        named = next((m for m in sentence.mentions if words is not None and 0 <= m.start - words.end <= _FURTHEST), None)
        if named or words is None:
            return self.mentions.speaker(named) if named else None
        at = next(place for place, word in enumerate(sentence.words) if word is words) + 1
        return self.mentions.alone(sentence.words, at, at)

    def after(self, sentence: ReportSentence, cue: ReportCue, behind: int) -> Speaker | None:
        """Who stands right behind a cue, adverbs and a day forgiven."""
        behind = self.sentences.behind_occasion(behind)
        if "verb last" in self.order and self.text[behind : behind + 1] == ",":
            return None  # "kapandığını belirterek, Norveç'in …"
        near = [m for m in sentence.mentions if 0 <= m.start - behind <= 40]
        if infinitive_words(self.language, sentence, cue) >= 0:
            return None
        for mention in near:
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
        if mention.kind != "office" or not self.person.name or not speaker.span:
            return speaker
        written = evened(speaker.as_written).split()[:2]
        anyone = {noun.split()[-1] for noun in evened_words(self.language, "pronoun:anyone")}
        nouns = {noun.split()[-1] for noun in evened_words(self.language, "pronoun:noun")}
        written = [word.removeprefix("ال") for word in written] if self.language == "ar" else written
        nouns = {noun.removeprefix("ال") for noun in nouns} if self.language == "ar" else nouns
        held = [word for word in written if word in nouns and self.mentions.holds(self.person.name, word)]
        is_his = bool(held) or any(word in anyone for word in written)
        is_his = is_his and self.mentions.is_of_state(self.person.name, speaker.span)
        return Speaker(speaker.as_written, speaker.span, self.person.name) if is_his else speaker

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
                    body = "" if meant.name else meant.resolved
                    return Speaker(self.text[slice(*span)], span, meant.name, organisation=body, is_pronoun=kind != "pronoun:noun")
        return None

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
        return bool(word) and before.rstrip().endswith(word[0]) and word[0] in evened_words(self.language, "preposition")

    def spoke(self, speaker: Speaker) -> None:
        """Keep who spoke last."""
        if speaker.as_written:
            self.last = speaker
        if speaker.name:
            self.person = speaker
