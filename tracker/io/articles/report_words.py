"""Which words of a sentence are said by a cue: quotations beside it, the clause behind "that", or the one before a comma."""

from __future__ import annotations

from tracker.core.candidates import Span
from tracker.io.articles.languages import language as vocabulary
from tracker.io.articles.letters import evened
from tracker.io.articles.nominatives import WITH_CASES
from tracker.io.articles.report_cues import evened_words, words_of_kind
from tracker.io.articles.report_sentences import (
    QUOTE,
    ReportCue,
    ReportSentence,
    infinitive_words,
    is_joined,
    only_names,
)
from tracker.io.articles.report_subjects import ReportSubjects
from tracker.io.articles.turns import n_words
from tracker.io.articles.word_lists import Word

FEW_WORDS = 4
_OPENING = 4
_NAME = 2
ACCENTED = frozenset({"fr", "es", "it"})
_PRO_DROP = frozenset({"es", "it"})
_INSERTING = ACCENTED | WITH_CASES
_DASHES = "—–-"
_TRIMMED = " \t,،，;:：—–-\u00a0"
_ENDS = " \t.。،,，;!…"


class ReportWords(ReportSubjects):
    """Whoever is named in one document, with the words that cues of its sentences take."""

    def words_said(self, sentence: ReportSentence, cue: ReportCue, until: int) -> tuple[list[Span], bool]:
        """The parts of what was said, and whether they stand before the cue."""
        start, behind = sentence.words[cue.first].start, sentence.words[cue.last - 1].end
        free = [q for q in sentence.quotes if not any(a < q[1] and q[0] < b for a, b in sentence.taken)]
        free = [q for q in free if not self.sentences.is_outlet(sentence, q)]
        asked = bool(words_of_kind(self.language, "question").at(sentence.words, 0)[0])
        free = [q for q in free if q[0] >= behind] if asked else free
        if "verb last" in self.order:
            return self._before_verb(sentence, cue, free)
        if self._answers(sentence, cue) and not free:
            return [], False
        clause = self._infinitive(sentence, cue, until) or self._clause(sentence, cue, until) or self._object(sentence, cue, until)
        if clause and not any(q[1] <= start for q in free):
            return [clause], False
        before = [q for q in free if q[1] <= start and is_joined(self.text[q[1] : start]) and not self._is_far_name(q, start)]
        after = [q for q in free if q[0] >= behind and q[0] < until]
        if before and (part := self._part_of_clause(sentence, cue, before[-1])):
            return [part], True
        if before:
            going_on = [q for q in after if n_words(self.text[behind : q[0]]) <= 14 and n_words(self.text[slice(*q)]) > _NAME]
            return [before[-1], *going_on], True
        if after and n_words(self.text[behind : after[0][0]]) <= 14:
            return [(after[0][0], max(after[0][1], self.tail(sentence, behind) if len(after) > 1 else after[0][1]))], False
        if clause:
            return [clause], False
        if around := [] if free else self._around(sentence, cue):
            return around, True
        return self._clause_before(sentence, cue)

    def _part_of_clause(self, sentence: ReportSentence, cue: ReportCue, quote: Span) -> Span | None:
        """The whole clause before a verb, of which only a few words stand in marks: "Мост «почти готов» для всех, уточнил Роу"."""
        if self.language not in WITH_CASES or n_words(self.text[slice(*quote)]) > FEW_WORDS:
            return None
        spans, _ = self._clause_before(sentence, cue)
        led = n_words(self.text[spans[0][0] : quote[0]]) if spans else 0
        is_led = led >= FEW_WORDS - 1 and not self.text[sentence.start : quote[0]].rstrip().endswith((":", ","))
        return spans[0] if is_led and spans[0][1] >= quote[1] - 1 else None

    def _is_far_name(self, quote: Span, start: int) -> bool:
        """Whether a word or two in marks stand too far before a verb to be words: "агентство «Заря» пишет, в МИД опровергли"."""
        return n_words(self.text[slice(*quote)]) <= _NAME and n_words(self.text[quote[1] : start]) > FEW_WORDS

    def _clause(self, sentence: ReportSentence, cue: ReportCue, until: int) -> Span | None:
        """The clause behind "that", or behind a colon; in Chinese behind the comma too."""
        listed = words_of_kind(self.language, "that")
        for place in range(cue.last, min(cue.last + 26, len(sentence.words))):
            word = sentence.words[place]
            if word.start >= until and word.start > sentence.words[cue.last - 1].end + 60:
                return None
            marks = (":", "：", ",", "，") if self.language == "zh" else (":",)
            n_that = listed.at(sentence.words, place)[0] or int(word.low.startswith("qu'"))
            is_that = n_that > 0
            if word.low == QUOTE and self._is_name_in_marks(sentence, place):
                continue
            if word.low == QUOTE and not is_that:
                return None
            if is_that and self._is_relative(sentence, cue, place):
                return None
            if is_that and self._is_reason(sentence, cue, place):
                continue
            if is_that or (word.low in marks and (self.language != "zh" or place == cue.last)):
                following = sentence.words[place + 1] if place + 1 < len(sentence.words) else None
                behind = word.start + len("qu'") if word.low.startswith("qu'") else word.end
                if following is None or (following.low == QUOTE and place + 2 >= len(sentence.words)):
                    return None
                return self.trimmed(behind, self._until(sentence, word.end, until))
            if word.low in (".", "!", "?", "。", ";"):
                return None
        if self.language == "zh" and cue.last < len(sentence.words) and sentence.words[cue.last].low != QUOTE:
            return self.trimmed(sentence.words[cue.last].start, sentence.end)
        return None

    def _answers(self, sentence: ReportSentence, cue: ReportCue) -> bool:
        """Whether a verb only says to what somebody answered: "ответил на вопрос о том, что"."""
        following = [word.low for word in sentence.words[cue.last : cue.last + 1]]
        is_answer = sentence.words[cue.last - 1].low in evened_words(self.language, "answering")
        return is_answer and following[:1] in (["на"],)

    def _is_name_in_marks(self, sentence: ReportSentence, place: int) -> bool:
        """Whether a quotation is the name of an outlet, or a short one right before ", that": "сказал немецкой «Заре», что"."""
        word, behind = sentence.words[place], sentence.words[place + 1 : place + 3]
        if self.sentences.is_outlet(sentence, (word.start, word.end)):
            return True
        is_short = n_words(self.text[word.start : word.end]) < FEW_WORDS and self.text[word.start + 1].isupper()
        is_before = len(behind) > 1 and behind[0].low == "," and behind[1].low in evened_words(self.language, "that")
        return is_short and is_before and self.language in _INSERTING

    def _is_reason(self, sentence: ReportSentence, cue: ReportCue, place: int) -> bool:
        """Whether "that" gives the reason of what is said of an object: "раскритиковал Ли за то, что она уехала"."""
        before = tuple(word.low for word in sentence.words[max(cue.last, place - 3) : place])
        return before == ("за", "то", ",") and self._takes_object(sentence, cue)

    def _is_relative(self, sentence: ReportSentence, cue: ReportCue, place: int) -> bool:
        """Whether "that" tells of a noun right behind the verb: "reiteró la denuncia que hizo Roe"."""
        if self.language not in ACCENTED or place != cue.last + 2:
            return False
        article, noun = sentence.words[place - 2 : place]
        is_noun = noun.is_letters and not noun.is_capital and noun.low not in evened_words(self.language, "day")
        speaks = any(m.start <= noun.start < m.end for m in sentence.mentions)
        listed = evened_words(self.language, "determiner") | evened_words(self.language, "possessive")
        return article.low in listed and is_noun and not speaks and noun.low not in evened_words(self.language, "noun of that")

    def _infinitive(self, sentence: ReportSentence, cue: ReportCue, until: int) -> Span | None:
        start = infinitive_words(self.language, sentence, cue)
        return self.trimmed(start, self._until(sentence, start, until)) if start >= 0 else None

    def _object(self, sentence: ReportSentence, cue: ReportCue, until: int) -> Span | None:
        """What somebody is called on to do, by verbs that need no clause: 呼吁各方停火; behind the subject where that follows the verb."""
        start = sentence.words[cue.last - 1].end
        if not self._takes_object(sentence, cue):
            return None
        names = evened_words(self.language, "no object")
        if cue.last < len(sentence.words) and sentence.words[cue.last].low in names:
            return None
        after = self.after(sentence, cue, start) if "verb subject" in self.order and not self.right_before(sentence, cue) else None
        start = self._over_day(sentence, after.span[1] if after is not None and after.span else start)
        inside = [quote for quote in sentence.quotes if start <= quote[0] < until]
        if inside and (self.language in ACCENTED or any(n_words(self.text[slice(*quote)]) > _NAME for quote in inside)):
            return None
        span = self.trimmed(start, self._until(sentence, start, until))
        return span if span and n_words(self.text[span[0] : span[1]]) > 1 else None

    def _over_day(self, sentence: ReportSentence, start: int) -> int:
        """The place behind the day before an object: "condenó este sábado el veto"."""
        days, ahead = evened_words(self.language, "day"), [word for word in sentence.words if word.start >= start][:3]
        last = next((place for place in (1, 0) if len(ahead) > place and ahead[place].low in days), -1)
        return ahead[last].end if last >= 0 else start

    def _takes_object(self, sentence: ReportSentence, cue: ReportCue) -> bool:
        """Whether a verb says something of its object: 呼吁; in the past with "have", not as a noun: "a condamné l'attaque"."""
        words, listed = sentence.words, vocabulary(self.language)
        written, main = (self.text[words[at].start : words[cue.last - 1].end].lower() for at in (cue.first, cue.last - 1))
        known = listed.of("with object") if self.language in ACCENTED else evened_words(self.language, "with object")
        if (written if self.language in ACCENTED else evened(written)) in known:
            before = words[cue.first - 1].low if cue.first else ""
            return before not in evened_words(self.language, "determiner") | evened_words(self.language, "preposition")
        auxiliary = words[cue.first].low if cue.last - cue.first > 1 else ""
        is_past = main in listed.of("with object behind auxiliary")
        return is_past and bool(auxiliary) and auxiliary not in evened_words(self.language, "copula")

    def _until(self, sentence: ReportSentence, start: int, until: int) -> int:
        """The end of a clause: before a cue that a comma or an "and" parts from it, else the end of the words."""
        if start < until < sentence.end:
            before = [word for word in sentence.words if start < word.start and word.end <= until]
            joints = evened_words(self.language, "conjunction") | {",", "，", "،", ";"}
            contrasts = any(word.start == until and word.low in evened_words(self.language, "contrast") for word in sentence.words)
            if before and before[-1].low in joints and (contrasts or n_words(self.text[start : before[-1].start]) >= FEW_WORDS - 1):
                return before[-1].start
        return self.tail(sentence, start)

    def _clause_before(self, sentence: ReportSentence, cue: ReportCue) -> tuple[list[Span], bool]:
        """ "Переговоры пройдут в Женеве, сообщил …": the clause before a comma."""
        if cue.first < FEW_WORDS or self.language in ("ar", "zh"):
            return [], False
        words = sentence.words
        at = cue.first - 1
        while at > FEW_WORDS and words[at].low in evened_words(self.language, "adverb"):
            at -= 1
        if words[at].low not in (",", *_DASHES):
            subject = [m for m in sentence.mentions if m.end <= words[cue.first].start and words[cue.first].start - m.end <= 3]
            at = next((place for place in range(len(words)) if subject and words[place].end > subject[0].start), 0) - 1
            if at < FEW_WORDS or words[at].low not in (",", *_DASHES):
                return [], False
        elif self._closes_apposition(sentence, cue, at):
            return [], False
        start = max([sentence.start, *(b for a, b in sentence.taken if b <= words[at].start)])
        start = self._over_that(sentence) if start == sentence.start else start
        span = self.trimmed(start, words[at].start)
        if not span or only_names(self.text, span, sentence) or self._says_this(sentence, span):
            return [], False
        return ([span], True) if n_words(self.text[span[0] : span[1]]) >= FEW_WORDS else ([], False)

    def _over_that(self, sentence: ReportSentence) -> int:
        """Where words begin behind "О том, что …, сообщила Роу"; the beginning of the sentence elsewhere."""
        words, that = sentence.words, evened_words(self.language, "that")
        opens = len(words) > _OPENING and words_of_kind(self.language, "opening that").at(words, 0)[0] == _OPENING - 2
        is_that = opens and words[_OPENING - 2].low == "," and words[_OPENING - 1].low in that
        return words[_OPENING - 1].end if is_that else sentence.start

    def _says_this(self, sentence: ReportSentence, span: Span) -> bool:
        """Whether words only say that somebody said "this": "Об этом он сказал прессе, сообщает агентство"."""
        words = [word for word in sentence.words if span[0] <= word.start and word.end <= span[1]]
        return self.sentences.is_led_back(words, len(words)) or bool(words and words_of_kind(self.language, "question").at(words, 0)[0])

    def _around(self, sentence: ReportSentence, cue: ReportCue) -> list[Span]:
        """Both parts of what a verb with its subject stands in: "El puente, dijo el ministro, está cerrado"; none elsewhere."""
        words = sentence.words
        if self.language not in _INSERTING or not cue.first or words[cue.first - 1].low != "," or sentence.taken:
            return []
        after = self.after(sentence, cue, words[cue.last - 1].end)
        drops = self.language in _PRO_DROP and self.last.as_written and not self._closes_apposition(sentence, cue, cue.first - 1)
        if after is None and not drops:
            return []
        behind = after.span[1] if after is not None and after.span else words[cue.last - 1].end
        at = next((place for place, word in enumerate(words) if word.start >= behind), len(words))
        if at + 1 >= len(words) or words[at].low != "," or not self._goes_on_behind(words[at + 1]):
            return []
        parts = [(sentence.start, words[cue.first - 1].start), (words[at].end, self.tail(sentence, words[at].start))]
        both = [part for part in (self.trimmed(*part) for part in parts) if part]
        is_long = sum(n_words(self.text[slice(*part)]) for part in both) > FEW_WORDS
        return both if len(both) > 1 and is_long and not only_names(self.text, both[0], sentence) else []

    def _goes_on_behind(self, word: Word) -> bool:
        """Whether a word behind who speaks goes on with what was said, not with when and how: no preposition, no gerund."""
        kinds = ("participle", "conjunction", "preposition")
        if any(word.low in evened_words(self.language, kind) for kind in kinds):
            return False
        return not word.low.endswith(tuple(evened_words(self.language, "gerund ending")) or "\0")

    def _closes_apposition(self, sentence: ReportSentence, cue: ReportCue, comma: int) -> bool:
        """Whether the comma before a verb ends what is set beside its subject: "La porte-parole, Jeanne Roe, a expliqué les raisons"."""
        named = any(0 <= sentence.words[comma].start - m.end <= 1 and m.kind == "person" for m in sentence.mentions)
        return named and self.after(sentence, cue, sentence.words[cue.last - 1].end) is None

    def _before_verb(self, sentence: ReportSentence, cue: ReportCue, free: list[Span]) -> tuple[list[Span], bool]:
        """Turkish: the quotation before the verb, else what stands between the subject and it."""
        start = sentence.words[cue.first].start
        if sentence.words[cue.last - 1].low in evened_words(self.language, "relative cue"):
            span = self.trimmed(max([sentence.start, *(b for a, b in sentence.taken if b <= start)]), start)
            return ([span], True) if span and n_words(self.text[slice(*span)]) >= FEW_WORDS - 1 else ([], True)
        before = [q for q in free if q[1] <= start and n_words(self.text[q[1] : start]) <= 8]
        if before:
            return [before[-1]], True
        behind = sentence.words[cue.last - 1].end
        announced = [q for q in free if q[0] >= behind and self.text[behind : q[0]].strip() == ":"]
        if announced:
            return [announced[0]], False
        subject = next(
            (m for m in sentence.mentions if m.end < start and not any(a < m.end and m.start < b for a, b in sentence.taken)), None
        )
        first = subject.end if subject else sentence.start
        comma = self.text.find(",", first, min(start, first + 80))
        first = comma + 1 if comma >= 0 else first
        span = self.trimmed(first, start)
        if sentence.words[cue.first - 1].low in evened_words(self.language, "no words"):
            return [], True  # "sorularını yanıtladı"
        return ([span], True) if span and n_words(self.text[span[0] : span[1]]) >= FEW_WORDS - 1 else ([], True)

    def tail(self, sentence: ReportSentence, start: int) -> int:
        """The end of the words: before ", сообщает ТАСС" at the end of a sentence."""
        for place in range(len(sentence.words) - 1, 1, -1):
            word = sentence.words[place]
            if word.start <= start or len(sentence.words) - place > 9:
                break
            phrase = " ".join(w.low for w in sentence.words[place : place + 3])
            if sentence.words[place - 1].low in (",", "—", "–", "،", "，") and phrase.startswith(
                tuple(evened_words(self.language, "tail"))
            ):
                return sentence.words[place - 1].start
        return sentence.end

    def trimmed(self, start: int, end: int) -> Span | None:
        """A span without blanks and marks at its ends; ``None`` when nothing is left."""
        while start < end and self.text[start] in _TRIMMED:
            start += 1
        while end > start and self.text[end - 1] in _ENDS:
            end -= 1
        return (start, end) if end > start else None
