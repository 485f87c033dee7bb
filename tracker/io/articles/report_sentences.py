"""Sentences of a report: words, quotations as one word each, who is named outside them, and the cues."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tracker.core.candidates import Span
from tracker.io.articles.languages import language as vocabulary
from tracker.io.articles.letters import evened
from tracker.io.articles.mentions import Mention, Mentions
from tracker.io.articles.outlets import names_outlet
from tracker.io.articles.report_cues import cue_list, evened_words, words_of_kind
from tracker.io.articles.sentences import Paragraph
from tracker.io.articles.turns import n_words
from tracker.io.articles.word_lists import Word, words_of

QUOTE = "\ufffc"
"""What stands for a quotation among the words of a sentence."""
_FEWEST_BESIDE_NAMES = 3
_NEAR, _FAR = 8, 14
_MANNER = ("ment", "mente")
_LONGEST_OCCASION = 110
_TOLD_IN = re.compile(r"(?P<told>(?:\s[\w'’-]+){2,8}\s)(?:«[^«»\n]{2,40}»|\"[^\"\n]{2,40}\"|„[^„“\n]{2,40}“)")
_LONGEST_OUTLET = 4
_INSERTING = frozenset({"ru", "uk", "fr", "it"})
_MARKS = '«»“”„" \u00a0\u202f'
_INSERTED = re.compile(r"[,.!?…]?\s[—–-]\s(?P<cue>\w+)[^—–\n]{0,160}?(?:[.,]?\s[—–-]\s|(?=[»”\"]$))")
_DATELINE = re.compile(
    r"[^\n()«“\"]{2,60}\([^()\n]{2,30}\)\s?[-–—.]+\s*|[^\W\d_a-zа-яёіїєґ]{2,}[^\n()«“\"a-zа-яёіїєґ]{0,30},\s[^\n«“\"()]{3,24}[-–—]\s|"
    r"(?:新华社|新華社)[^\n，。]{2,24}[电電]\s*(?:[（(][^（）()]{2,30}[)）]\s*)?|[^\n/]{3,50}/[^\n/]{2,20}/\.?\s*[-–—]?\s*"
)
_FULL_STOP = re.compile(r"[。！？!?؟]+[”」』\"]?|\.(?=\s)")


@dataclass(frozen=True, slots=True)
class ReportCue:
    """A cue: the words ``first`` to ``last`` (exclusive) of a sentence, and its kind in the vocabulary."""

    first: int
    last: int
    kind: str


@dataclass
class ReportSentence:
    """One sentence: its words, quotations as one word each, and who is named outside them."""

    start: int
    end: int
    words: list[Word]
    quotes: list[Span]
    mentions: list[Mention]
    is_first: bool = False
    taken: list[Span] = field(default_factory=list)


class ReportSentences:
    """Cuts paragraphs of one document into sentences, and finds the cues in them."""

    def __init__(self, text: str, language: str, mentions: Mentions) -> None:
        self.text, self.language, self.mentions = text, language, mentions
        self.cue_words = cue_list(language)

    def of(self, paragraph: Paragraph) -> list[ReportSentence]:
        """The sentences of a paragraph, without the dateline of an agency."""
        made: list[ReportSentence] = []
        for sentence in paragraph.sentences:
            start, end = sentence.tokens[0].start, sentence.tokens[-1].end
            if sentence.is_first:
                dateline = _DATELINE.match(self.text, start, min(end, start + 120))
                start = dateline.end() if dateline else start
            for first, last in self._split(start, end, paragraph):
                made.append(self.made(first, last, paragraph, sentence.is_first and not made))
        return made

    def _split(self, start: int, end: int, paragraph: Paragraph) -> list[Span]:
        """Sentences of scripts without capitals, where only the mark tells the end."""
        if self.language not in ("ar", "zh"):
            return [(start, end)]
        quotations = paragraph.quotations
        ends = []
        for found in _FULL_STOP.finditer(self.text, start, end):
            at = bisect_right(quotations, found.start(), key=lambda quotation: quotation.start) - 1
            if at < 0 or quotations[at].end <= found.start():
                ends.append(found.end())
        # A full stop inside the marks ends the sentence, unless who said it stands behind them.
        cuts = [start, *(cut for cut in ends if cut < end), end]
        return [(a, b) for a, b in pairwise(cuts) if self.text[a:b].strip()]

    def made(self, start: int, end: int, paragraph: Paragraph, is_first: bool = False) -> ReportSentence:
        """The sentence between two places of a paragraph."""
        quotations = paragraph.quotations
        first, last = (bisect_left(quotations, place, key=lambda quotation: quotation.start) for place in (start, end))
        whole = [(q.start, q.end) for q in quotations[first:last] if q.end <= end]
        quotes = [part for quote in whole for part in self._interrupted(quote)]
        words: list[Word] = []
        at = start
        for quote_start, quote_end in quotes:
            words += words_of(self.text, at, quote_start)
            words.append(Word(quote_start, quote_end, QUOTE, False, False))
            at = quote_end
        words += words_of(self.text, at, end)
        mentions = [m for m in self.mentions.between(start, end) if not any(a < m.end and m.start < b for a, b in quotes)]
        return ReportSentence(start, end, words, quotes, mentions, is_first)

    def _interrupted(self, quote: Span) -> list[Span]:
        """The parts of a quotation inside whose marks the reporter says who speaks: «Да, — сказал он. — Но не сейчас»."""
        found = _INSERTED.search(self.text, *quote) if self.language in _INSERTING else None
        if not found or not self._begins_with_cue(words_of(self.text, found.start("cue"), found.end("cue") + 24)):
            return [quote]
        return [(quote[0], found.start()), (found.end(), quote[1])] if found.end() < quote[1] - 2 else [(quote[0], found.start())]

    def _begins_with_cue(self, words: Sequence[Word]) -> bool:
        """Whether words begin with a verb of speech, an auxiliary before it forgiven: "ha aggiunto"."""
        at = int(len(words) > 1 and words[0].low in evened_words(self.language, "auxiliary"))
        return bool(words and self.cue_words.at(words, at)[0])

    def cues(self, sentence: ReportSentence) -> list[ReportCue]:
        """The cues of a sentence outside quotation marks, in order; an auxiliary before one belongs to it."""
        found, place = [], 0
        while place < len(sentence.words):
            length, kind = (0, "") if self._is_noun(sentence.words, place) else self.cue_words.at(sentence.words, place)
            if not length and sentence.words[place].low in evened_words(self.language, "back verb"):
                length, kind = int(self.is_led_back(sentence.words, place)), "back"
            inverted = 0 if length else self._inverted(sentence.words[place])
            if length or inverted:
                first = place - self._auxiliaries(sentence.words, place)
                found.append(ReportCue(first, place + (length or inverted), kind or "say"))
            place += length or inverted or 1
        return found

    def is_led_back(self, words: Sequence[Word], place: int) -> bool:
        """Whether a sentence opens with what points back to the one before: "Соответствующее заявление сделала Роу"."""
        known = words_of_kind(self.language, "back lead")
        return any(known.at(words, at)[0] for at in range(min(place, 2)))

    def points_back(self, sentence: ReportSentence, cue: ReportCue) -> bool:
        """Whether "this" opens a sentence whose first verb says it: "Об этом в ходе брифинга заявила Роу"; nothing said follows."""
        words, known = sentence.words, words_of_kind(self.language, "back lead")
        leads = any(known.at(words, place)[0] for place in range(min(cue.first, _NEAR)))
        if cue.kind != "say" or not leads:
            return False
        that = evened_words(self.language, "that")
        return not any(word.low in that or word.low in (QUOTE, ":") for word in words[cue.last :])

    def _is_noun(self, words: Sequence[Word], place: int) -> bool:
        """Whether a word that could be a verb is a noun behind an article: "la denuncia"."""
        if self.language == "zh":
            return place > 0 and words[place - 1].low == "在"  # 在谈到…时
        if place and words[place - 1].low in evened_words(self.language, "asked"):
            return True  # "preguntado por si considera"
        written = self.text[words[place].start : words[place].end].lower()
        if not place or written not in vocabulary(self.language).of("noun too"):
            return False
        kinds = ("determiner", "possessive", "preposition")
        return any(words[place - 1].low in evened_words(self.language, kind) for kind in kinds)

    def is_outlet(self, sentence: ReportSentence, quote: Span) -> bool:
        """Whether a few words in marks name whom something was told: "сказал газете «Рассвет», что"."""
        if n_words(self.text[slice(*quote)]) > _LONGEST_OUTLET:
            return False
        before = evened(self.text[max(sentence.start, quote[0] - 12) : quote[0]]).split()
        is_told = before[-1:] and before[-1] in evened_words(self.language, "told outlet")
        if names_outlet(self.text[quote[0] : quote[1]].strip(_MARKS)):
            return True
        return self.is_work(sentence, quote) or bool(is_told and self.text[quote[0] : quote[1]].strip(_MARKS)[:1].isupper())

    def behind_occasion(self, behind: int) -> int:
        """The place behind an outlet in marks that was told it: "сказал 29 июля в интервью газете «Рассвет» глава МИД"; else the same."""
        occasions = evened_words(self.language, "occasion")
        found = _TOLD_IN.match(self.text, behind, behind + _LONGEST_OCCASION) if occasions else None
        told = evened(found["told"]) if found else ""
        at = max((told.find(f" {one} ") for one in occasions), default=-1)
        is_named_first = any(m.kind in ("person", "office") for m in self.mentions.between(behind, behind + at)) if at > 0 else False
        return found.end() if found and at >= 0 and not is_named_first else behind

    def is_work(self, sentence: ReportSentence, quote: Span) -> bool:
        """Whether words in marks are the name of a work, a newspaper, a party: behind a word that says so."""
        before = evened(self.text[max(sentence.start, quote[0] - 24) : quote[0]]).rstrip(" ,:")
        last = before.split()[-2:]
        is_said = len(last) > 1 and last[0] in evened_words(self.language, "auxiliary") | evened_words(self.language, "reflexive")
        return not is_said and any(before.endswith(word) for word in evened_words(self.language, "work"))

    def _auxiliaries(self, words: Sequence[Word], place: int) -> int:
        return int(place > 0 and words[place - 1].low in evened_words(self.language, "auxiliary"))

    def _inverted(self, word: Word) -> int:
        """French "ajoute-t-il": a cue with its pronoun in one word."""
        found = re.fullmatch(r"(\w+?)(?:-t)?-(?:il|elle|ils|elles|on)", word.low) if self.language == "fr" else None
        return int(bool(found and self.cue_words.at(words_of(found[1]), 0)[0]))


def infinitive_words(language: str, sentence: ReportSentence, cue: ReportCue) -> int:
    """Where the words behind a promise, a threat or a call begin, when they are an infinitive: "пообещал закрыть"; -1 without one."""
    words, ends = sentence.words, tuple(evened_words(language, "infinitive ending"))
    if not ends or words[cue.last - 1].low not in evened_words(language, "with infinitive"):
        return -1
    lead, that = evened_words(language, "infinitive lead"), evened_words(language, "that")
    for place in range(cue.last, min(cue.last + (_FAR if lead else _NEAR), len(words))):
        word = words[place]
        if word.low == QUOTE or not word.is_letters or word.low in that:
            return -1
        led = place - 1 - words[place - 1].low.endswith(_MANNER)
        if word.low.endswith(ends) and (not lead or words[led].low in lead):
            return words[cue.last].start
    return -1


def only_names(text: str, span: Span, sentence: ReportSentence) -> bool:
    """Whether words are hardly more than who is named in them: "El ministro, Juan Ejemplo, lamentó el veto"."""
    inside = (m for m in sentence.mentions if m.start < span[1] and span[0] < m.end)
    named = sum(n_words(text[max(m.start, span[0]) : min(m.end, span[1])]) for m in inside)
    return n_words(text[slice(*span)]) - named < _FEWEST_BESIDE_NAMES


def is_joined(between: str) -> bool:
    """Whether no more than a comma, a dash and who speaks stand between a quotation and a cue: what does is given."""
    return n_words(between) <= 12 and not re.search(r"[.!?;。]\s", between)
