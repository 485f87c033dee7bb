"""Statements in news of other languages than English and German: by quotation marks, dashes, cues and who stands beside them.

The order of words is not trusted much: French, Russian, Spanish, Arabic, Chinese, Turkish, Italian and Ukrainian are read
by one set of rules over their vocabularies. A sentence is read for cues outside quotation marks; each takes the speaker
beside it, and as words the quotations, the clause behind "that", or the clause before a comma.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tracker.core.candidates import QuoteKind, Span, Speaker
from tracker.io.articles.dash_speech import dash_speech
from tracker.io.articles.drafts import Draft
from tracker.io.articles.letters import evened
from tracker.io.articles.mentions import Mentions
from tracker.io.articles.report_sentences import (
    QUOTE,
    ReportCue,
    ReportSentence,
    evened_words,
    infinitive_words,
    is_joined,
    only_names,
)
from tracker.io.articles.report_subjects import ReportSubjects
from tracker.io.articles.sentences import Paragraph
from tracker.io.articles.turns import n_words

LANGUAGES = frozenset({"fr", "ru", "es", "ar", "zh", "tr", "it", "uk"})
_DASHES = "—–-"
_FEW_WORDS = 4
_TRIMMED = " \t,،，;:：—–-\u00a0"
_ENDS = " \t.。،,，;!…"


class Reports(ReportSubjects):
    """Reads one document; ``drafts`` are its statements and ``left_out`` what was seen and not taken."""

    def __init__(self, text: str, paragraphs: Sequence[Paragraph], language: str, mentions: Mentions) -> None:
        super().__init__(text, language, mentions)
        self.paragraphs = paragraphs
        self.drafts: list[Draft] = []
        self.left_out: Counter[str] = Counter()
        self.before: ReportSentence | None = None

    def read(self) -> list[Draft]:
        """The statements of the document, in order."""
        for paragraph in self.paragraphs:
            if self._dash_speech(paragraph):
                continue
            for sentence in self.sentences.of(paragraph):
                self._sentence(paragraph, sentence)
                self.before = sentence
        return sorted((draft for draft in self.drafts if draft.spans), key=lambda draft: draft.spans[0])

    # --- speech after a dash -------------------------------------------------------------------------------------

    def _dash_speech(self, paragraph: Paragraph) -> bool:
        """ "— Это так, — сказал он.": a line that begins with a dash, and a cue behind the second."""
        found = dash_speech(self.text, paragraph, self.sentences)
        if found is None:
            return False
        rest, cue = found.inserted, found.cue
        after = self.after(rest, cue, rest.words[cue.last - 1].end)
        speaker = after or self.mentions.alone(rest.words, cue.first, cue.last) or self.subject(rest, cue, behind_first=True)
        self._keep(found.spans, speaker, rest, cue, "a line of direct speech after a dash", kind=QuoteKind.DIRECT)
        return True

    # --- one sentence ------------------------------------------------------------------------------------------

    def _sentence(self, paragraph: Paragraph, sentence: ReportSentence) -> None:
        cues = self._closed(sentence, self.sentences.cues(sentence))
        for place, cue in enumerate(cues):
            until = sentence.words[cues[place + 1].first].start if place + 1 < len(cues) else sentence.end
            if any(a <= sentence.words[cue.first].start < b for a, b in sentence.taken):
                continue
            if cue.kind == "back":
                self._points_back(sentence, cue)
            elif cue.kind == "own":
                self._own(sentence, cue)
            elif cue.kind.startswith("according"):
                self._according(sentence, cue)
            else:
                self._said(sentence, cue, until)
        self._unclaimed(paragraph, sentence)
        self.about = Speaker() if sentence.taken or sentence.quotes else self._opening(sentence)
        if not sentence.taken and self.text[sentence.start : sentence.end].rstrip().endswith((":", "：")):
            named = [mention for mention in sentence.mentions if not self.is_object(mention)]
            self.spoke(self.mentions.speaker(named[0]) if named else Speaker())

    def _closed(self, sentence: ReportSentence, cues: list[ReportCue]) -> list[ReportCue]:
        """The last cue alone, where somebody closes with it what a state says or wants: "Украина требует ответа, заявила Роу"."""
        last = cues[-1] if len(cues) > 1 and not sentence.quotes and self.language not in ("ar", "zh", "tr") else None
        if last is None or last.kind != "say" or sentence.words[last.first - 1].low not in (",", *_DASHES):
            return cues
        begins = sentence.words[cues[0].first].start
        speaks = [m.kind for m in sentence.mentions if m.end <= begins and not self.is_object(m)]
        behind = self.after(sentence, last, sentence.words[last.last - 1].end)
        return [last] if speaks in (["state"], ["institution"]) and behind is not None and behind.name else cues

    def _opening(self, sentence: ReportSentence) -> Speaker:
        """The person a sentence without a statement begins with: whom a verb without a subject in the next one means."""
        first = next((m for m in sentence.mentions if m.kind == "person" and n_words(self.text[sentence.start : m.start]) <= 1), None)
        return self.mentions.speaker(first) if first and not self.is_object(first) else Speaker()

    def _points_back(self, sentence: ReportSentence, cue: ReportCue) -> None:
        """ "Об этом сообщила …": what was said stands in the sentence before."""
        speaker = self.subject(sentence, cue, behind_first=True)
        if not speaker.as_written:
            return
        before = self.before
        if (
            before
            and not before.taken
            and not before.quotes
            and before.end - before.start < 600
            and n_words(self.text[before.start : before.end]) > _FEW_WORDS
        ):
            self._keep([(before.start, before.end)], speaker, sentence, cue, "the sentence behind points back to it", 0.6)
        self.spoke(speaker)

    def _own(self, sentence: ReportSentence, cue: ReportCue) -> None:
        """ "По её словам, …": the words of who spoke last."""
        speaker = self.person if self.person.as_written else self.last
        if cue.first > 3 or not speaker.as_written:
            return
        words = sentence.words[cue.first : cue.last]
        mine = Speaker(self.text[words[0].start : words[-1].end], (words[0].start, words[-1].end), speaker.name)
        mine = mine if speaker.name else speaker
        self._keep(
            [(words[-1].end, self._tail(sentence, words[-1].end))], mine, sentence, cue, f"taken for words of {speaker.resolved}", 0.85
        )

    def _according(self, sentence: ReportSentence, cue: ReportCue) -> None:
        at = sentence.words[cue.first].start
        behind = sentence.words[cue.last - 1].end
        near = self.mentions.according_to(sentence.mentions, behind) if cue.kind == "according" else []
        near = near or [m for m in sentence.mentions if cue.kind == "according after" and 0 <= at - m.end <= 4]
        if not near:
            return
        speaker = self.mentions.speaker(near[0])
        behind = self._over_told(sentence, near[0].end) if self.language == "zh" else behind
        if cue.first <= 2 or cue.kind == "according after":
            span = (max(behind, near[0].end), self._tail(sentence, behind))
        else:
            span = (sentence.start, at)
        if n_words(self.text[span[0] : span[1]]) >= _FEW_WORDS - 1:
            self._keep([span], speaker, sentence, cue, "according to", 0.9)
            self.spoke(speaker)

    def _over_told(self, sentence: ReportSentence, behind: int) -> int:
        """The place behind "通报，" or "消息，" that only says that somebody told it."""
        words = [word for word in sentence.words if word.start >= behind][:_FEW_WORDS]
        comma = next((place for place, word in enumerate(words) if word.low in (",", "，")), -1)
        return words[comma].end if comma >= 0 and all(word.is_letters for word in words[:comma]) else behind

    def _said(self, sentence: ReportSentence, cue: ReportCue, until: int) -> None:
        spans, is_before = self._words_of(sentence, cue, until)
        if not spans:
            return
        speaker = self.subject(sentence, cue, behind_first=is_before or "verb subject" in self.order)
        self._keep(spans, speaker, sentence, cue, "")
        self.spoke(speaker)

    def _words_of(self, sentence: ReportSentence, cue: ReportCue, until: int) -> tuple[list[Span], bool]:
        """The parts of what was said, and whether they stand before the cue."""
        start, behind = sentence.words[cue.first].start, sentence.words[cue.last - 1].end
        free = [q for q in sentence.quotes if not any(a < q[1] and q[0] < b for a, b in sentence.taken)]
        free = [q for q in free if not self.sentences.is_outlet(sentence, q)]
        if "verb last" in self.order:
            return self._before_verb(sentence, cue, free)
        clause = self._clause(sentence, cue, until) or self._infinitive(sentence, cue, until) or self._object(sentence, cue, until)
        if clause and not any(q[1] <= start for q in free):
            return [clause], False
        before = [q for q in free if q[1] <= start and is_joined(self.text[q[1] : start])]
        after = [q for q in free if q[0] >= behind and q[0] < until]
        if before:
            going_on = [q for q in after if n_words(self.text[behind : q[0]]) <= 14]
            return [before[-1], *going_on], True
        if after and n_words(self.text[behind : after[0][0]]) <= 14:
            return [(after[0][0], max(after[0][1], self._tail(sentence, behind) if len(after) > 1 else after[0][1]))], False
        if clause:
            return [clause], False
        return self._clause_before(sentence, cue)

    def _clause(self, sentence: ReportSentence, cue: ReportCue, until: int) -> Span | None:
        """The clause behind "that", or behind a colon; in Chinese behind the comma too."""
        firsts = {phrase.split()[0] for phrase in evened_words(self.language, "that")}
        for place in range(cue.last, min(cue.last + 26, len(sentence.words))):
            word = sentence.words[place]
            if word.start >= until and word.start > sentence.words[cue.last - 1].end + 60:
                return None
            marks = (":", "：", ",", "，") if self.language == "zh" else (":",)
            is_that = word.low in firsts or word.low in {"qu'"}
            if word.low == QUOTE and self.sentences.is_outlet(sentence, (word.start, word.end)):
                continue
            if word.low == QUOTE and not is_that:
                return None
            if is_that or (word.low in marks and (self.language != "zh" or place == cue.last)):
                following = sentence.words[place + 1] if place + 1 < len(sentence.words) else None
                if following is None or (following.low == QUOTE and place + 2 >= len(sentence.words)):
                    return None
                return self._trimmed(word.end, self._until(sentence, word.end, until))
            if word.low in (".", "!", "?", "。", ";"):
                return None
        if self.language == "zh" and cue.last < len(sentence.words) and sentence.words[cue.last].low != QUOTE:
            return self._trimmed(sentence.words[cue.last].start, sentence.end)
        return None

    def _infinitive(self, sentence: ReportSentence, cue: ReportCue, until: int) -> Span | None:
        start = infinitive_words(self.language, sentence, cue)
        return self._trimmed(start, self._until(sentence, start, until)) if start >= 0 else None

    def _object(self, sentence: ReportSentence, cue: ReportCue, until: int) -> Span | None:
        """What somebody is called on to do, by verbs that need no clause: 呼吁各方停火; behind the subject where that follows the verb."""
        start = sentence.words[cue.last - 1].end
        if evened(self.text[sentence.words[cue.first].start : start]) not in evened_words(self.language, "with object"):
            return None
        after = self.after(sentence, cue, start) if "verb subject" in self.order else None
        start = after.span[1] if after is not None and after.span else start
        span = self._trimmed(start, self._until(sentence, start, until))
        return span if span and n_words(self.text[span[0] : span[1]]) > 1 else None

    def _until(self, sentence: ReportSentence, start: int, until: int) -> int:
        """The end of a clause: before a cue that a comma or an "and" parts from it, else the end of the words."""
        if start < until < sentence.end:
            before = [word for word in sentence.words if start < word.start and word.end <= until]
            joints = evened_words(self.language, "conjunction") | {",", "،", ";"}
            if before and before[-1].low in joints and n_words(self.text[start : before[-1].start]) >= _FEW_WORDS - 1:
                return before[-1].start
        return self._tail(sentence, start)

    def _clause_before(self, sentence: ReportSentence, cue: ReportCue) -> tuple[list[Span], bool]:
        """ "Переговоры пройдут в Женеве, сообщил …": the clause before a comma."""
        if cue.first < _FEW_WORDS or self.language in ("ar", "zh"):
            return [], False
        at = cue.first - 1
        words = sentence.words
        if words[at].low not in (",", *_DASHES):
            subject = [m for m in sentence.mentions if m.end <= words[cue.first].start and words[cue.first].start - m.end <= 3]
            at = next((place for place in range(len(words)) if subject and words[place].end > subject[0].start), 0) - 1
            if at < _FEW_WORDS or words[at].low not in (",", *_DASHES):
                return [], False
        start = max([sentence.start, *(b for a, b in sentence.taken if b <= words[at].start)])
        span = self._trimmed(start, words[at].start)
        if not span or only_names(self.text, span, sentence):
            return [], False
        return ([span], True) if n_words(self.text[span[0] : span[1]]) >= _FEW_WORDS else ([], False)

    def _before_verb(self, sentence: ReportSentence, cue: ReportCue, free: list[Span]) -> tuple[list[Span], bool]:
        """Turkish: the quotation before the verb, else what stands between the subject and it."""
        start = sentence.words[cue.first].start
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
        span = self._trimmed(first, start)
        return ([span], True) if span and n_words(self.text[span[0] : span[1]]) >= _FEW_WORDS - 1 else ([], True)

    def _tail(self, sentence: ReportSentence, start: int) -> int:
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

    def _trimmed(self, start: int, end: int) -> Span | None:
        while start < end and self.text[start] in _TRIMMED:
            start += 1
        while end > start and self.text[end - 1] in _ENDS:
            end -= 1
        return (start, end) if end > start else None

    # --- quotations without a cue ------------------------------------------------------------------------------

    def _unclaimed(self, paragraph: Paragraph, sentence: ReportSentence) -> None:
        left = [q for q in sentence.quotes if not any(a < q[1] and q[0] < b for a, b in sentence.taken)]
        for quote in left:
            inner = self.text[quote[0] + 1 : quote[1] - 1]
            outside = n_words(self.text[sentence.start : quote[0]]) + n_words(self.text[quote[1] : sentence.end])
            has_spoken = bool(self.last.as_written)
            fewest = 1 if outside <= 1 and self._goes_on(paragraph) else _FEW_WORDS
            is_nobodys = not has_spoken and not sentence.mentions
            if n_words(inner) <= fewest or is_nobodys or self.sentences.is_work(sentence, quote):
                self.left_out["words in quotation marks without a cue"] += 1
            elif outside <= 1 and has_spoken:
                self._keep([quote], self.last, sentence, None, "a quotation only: the speaker before it", 0.7)
            else:
                named = [m for m in sentence.mentions if m.end <= quote[0] and not self.is_object(m)]
                speaker = self.mentions.speaker(named[0]) if named else self.last
                self._keep([quote], speaker, sentence, None, "no cue: who is named before it", 0.4)

    def _goes_on(self, paragraph: Paragraph) -> bool:
        """Whether the sentence before, of the same paragraph, gave quoted words: “We stay,” he said. “And wait.”"""
        before = self.before
        is_near = before is not None and before.start >= paragraph.start and bool(self.last.as_written)
        return is_near and before is not None and any(a < q[1] and q[0] < b for q in before.quotes for a, b in before.taken)

    # --- keeping -----------------------------------------------------------------------------------------------

    def _keep(
        self,
        spans: Sequence[Span | None],
        speaker: Speaker,
        sentence: ReportSentence,
        cue: ReportCue | None,
        why: str,
        sure: float = 1.0,
        *,
        kind: QuoteKind | None = None,
    ) -> None:
        parts = [span for span in (self._trimmed(*span) for span in spans if span) if span]
        if not parts:
            return
        draft = Draft(parts, speaker, kind=kind)
        draft.sentence_span = (sentence.start, sentence.end)
        if cue is not None:
            draft.cue_span = (sentence.words[cue.first].start, sentence.words[cue.last - 1].end)
            draft.cue = self.text[slice(*draft.cue_span)]
            draft.because(f"the cue “{draft.cue}”")
        if why:
            draft.because(why, sure)
        if not speaker.resolved:
            draft.because("nobody is named beside the cue", 0.6)
        self.drafts.append(draft)
        sentence.taken += parts
