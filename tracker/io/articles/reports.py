"""Statements in news of other languages than English and German: by quotation marks, dashes, cues and who stands beside them.

The order of words is not trusted much: French, Russian, Spanish, Arabic, Chinese, Turkish, Italian and Ukrainian are read
by one set of rules over their vocabularies. A sentence is read for cues outside quotation marks; each takes the speaker
beside it, and as words the quotations, the clause behind "that", or the clause before a comma.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from tracker.core.candidates import QuoteKind, Span, Speaker
from tracker.io.articles.dash_speech import dash_speech
from tracker.io.articles.drafts import Draft
from tracker.io.articles.mentions import Mentions
from tracker.io.articles.outlets import names_outlet, outlet_at, outlet_before
from tracker.io.articles.report_cues import evened_words, words_of_kind
from tracker.io.articles.report_sentences import QUOTE, ReportCue, ReportSentence
from tracker.io.articles.report_words import FEW_WORDS, ReportWords
from tracker.io.articles.sentences import Paragraph
from tracker.io.articles.turns import n_words

LANGUAGES = frozenset({"fr", "ru", "es", "ar", "zh", "tr", "it", "uk"})
_DASHES = "—–-"
_OPENING = 2


class Reports(ReportWords):
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
            until = self.until_next(sentence, cue, cues[place + 1]) if place + 1 < len(cues) else sentence.end
            if any(a <= sentence.words[cue.first].start < b for a, b in sentence.taken) or self._is_within_office(sentence, cue):
                continue
            if cue.kind in ("say", "back") and self._only_reports(sentence, cue):
                self.left_out["what an agency reports as its own"] += 1
            elif cue.kind == "back" or (place == 0 and self.sentences.points_back(sentence, cue)):
                self._points_back(sentence, cue)
            elif cue.kind == "own":
                self._own(sentence, cue)
            elif cue.kind.startswith("according"):
                self._according(sentence, cue)
            else:
                self._said(sentence, cue, until)
        self._unclaimed(paragraph, sentence)
        self.about = Speaker() if sentence.taken else self._opening(sentence)
        if not sentence.taken and self.text[sentence.start : sentence.end].rstrip().endswith((":", "：")):
            named = [mention for mention in sentence.mentions if not self.is_object(mention)]
            self.spoke(self.mentions.speaker(named[0]) if named else Speaker())

    def _is_within_office(self, sentence: ReportSentence, cue: ReportCue) -> bool:
        """Whether a word that opens "according to" belongs to an office: "representante de la UE para Asuntos Exteriores"."""
        at = sentence.words[cue.first].start
        return cue.kind == "according" and any(m.start < at < m.end for m in sentence.mentions if m.kind in ("person", "office"))

    def _only_reports(self, sentence: ReportSentence, cue: ReportCue) -> bool:
        """Whether nobody but an agency is beside a cue, or a verb that passes words on has nobody's: "ТАСС сообщило, что …"."""
        words, that = sentence.words, evened_words(self.language, "that") | {",", ":", QUOTE}
        if words[cue.last - 1].low in evened_words(self.language, "only passing on"):
            return self.passed_on(sentence, cue) is None
        if self.passed_on(sentence, cue) is not None:
            return False
        noun = cue.last < len(words) and words[cue.last].low in evened_words(self.language, "outlet noun")
        if not outlet_before(words, cue.first) and not outlet_at(words, cue.last + noun):
            return False
        end = next((word.start for word in words[cue.last :] if word.low in that), sentence.end)
        beside = (m for m in sentence.mentions if m.end <= end and not self.is_object(m))
        return all(names_outlet(self.text[m.start : m.end]) for m in beside)

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
        speaker = self._named_back(sentence, cue)
        if not speaker.as_written:
            return
        start = sentence.words[cue.first].start
        own = [quote for quote in sentence.quotes if quote[1] <= start] or [(sentence.start, start)]
        if cue.kind == "back" and cue.first > FEW_WORDS and sentence.words[cue.first - 1].low in (":", ",", *_DASHES):
            self._keep(own, speaker, sentence, cue, "what stands before it")
            self.spoke(speaker)
            return
        before = self.before
        if before and before.quotes and self._quoted_back(before, speaker, sentence, cue):
            return
        if (
            before
            and not before.taken
            and not before.quotes
            and before.end - before.start < 600
            and n_words(self.text[before.start : before.end]) > FEW_WORDS
        ):
            self._keep([(before.start, before.end)], speaker, sentence, cue, "the sentence behind points back to it", 0.6)
        self.spoke(speaker)

    def _named_back(self, sentence: ReportSentence, cue: ReportCue) -> Speaker:
        """Who said what stands before: beside the cue, or behind "Così a margine del vertice" the first person named."""
        last, first = sentence.words[cue.last - 1].low, sentence.words[cue.first].low
        is_by = last in evened_words(self.language, "back by") and first not in ("lo", "lo'")
        if not is_by and last not in evened_words(self.language, "back without verb"):
            return self.subject(sentence, cue, behind_first=True)
        behind = (m for m in sentence.mentions if m.kind == "person" and m.start >= sentence.words[cue.last - 1].end)
        named = next((m for m in behind if is_by or not self.is_object(m)), None)
        return self.mentions.speaker(named) if named else Speaker()

    def _quoted_back(self, before: ReportSentence, speaker: Speaker, sentence: ReportSentence, cue: ReportCue) -> bool:
        """Give quotations of the sentence before, which no cue of its own claims, to who is named behind it: “We stay.” So says Roe."""
        here = (before.start, before.end)
        guessed = list(takewhile(lambda draft: draft.sentence_span == here, reversed(self.drafts)))
        claimed = any(draft.cue for draft in guessed)
        long = [quote for quote in before.quotes if n_words(self.text[slice(*quote)]) > FEW_WORDS]
        if claimed or not long:
            return False
        self.left_out["words in quotation marks without a cue"] -= len(long) if not guessed else 0
        del self.drafts[len(self.drafts) - len(guessed) :]
        self._keep(long, speaker, sentence, cue, "the sentence behind points back to it", 0.9)
        self.spoke(speaker)
        return True

    def _own(self, sentence: ReportSentence, cue: ReportCue) -> None:
        """ "По её словам, …": the words of who spoke last."""
        speaker = next((one for one in (self.person, self.about) if one.as_written), self.last)
        if cue.first > 3 or not speaker.as_written:
            return
        words = sentence.words[cue.first : cue.last]
        mine = Speaker(self.text[words[0].start : words[-1].end], (words[0].start, words[-1].end), speaker.name)
        mine = mine if speaker.name else speaker
        self._keep(
            [(words[-1].end, self.tail(sentence, words[-1].end))], mine, sentence, cue, f"taken for words of {speaker.resolved}", 0.85
        )
        self.spoke(speaker)

    def _according(self, sentence: ReportSentence, cue: ReportCue) -> None:
        at = sentence.words[cue.first].start
        behind = sentence.words[cue.last - 1].end
        if cue.first > 0 and sentence.words[cue.first].low in evened_words(self.language, "only opening"):
            return  # "ucciso per mano di Roe"
        if cue.last < len(sentence.words) and sentence.words[cue.last].low in evened_words(self.language, "outlet noun"):
            self.left_out["what an agency reports as its own"] += 1
            return
        near = self.mentions.according_to(sentence.mentions, behind) if cue.kind == "according" else []
        near = near or [m for m in sentence.mentions if cue.kind == "according after" and 0 <= at - m.end <= 4]
        if not near:
            return
        if names_outlet(self.text[near[0].start : near[0].end]):
            self.left_out["what an agency reports as its own"] += 1
            return
        speaker = self._mentioned(near[0])
        behind = self._over_told(sentence, near[0].end) if self.language == "zh" else behind
        rest = (max(behind, near[0].end), self.tail(sentence, behind))
        if cue.first <= _OPENING or cue.kind == "according after":
            spans = [rest]
        else:
            is_between = self.text[at - 2 : at].strip() == "," and self.text[rest[0] : rest[0] + 1] == ","
            goes_on = is_between and not self._is_other_clause(sentence, rest[0])
            spans = [(sentence.start, at), rest] if goes_on else [(sentence.start, at)]
        if sum(n_words(self.text[slice(*span)]) for span in spans) >= FEW_WORDS - 1:
            self._keep(spans, speaker, sentence, cue, "according to", 0.9)
            self.spoke(speaker)

    def _is_other_clause(self, sentence: ReportSentence, at: int) -> bool:
        """Whether what stands behind the comma at a place is told of something else: "…, по словам Роу, а Ли промолчал"."""
        first = next((word for word in sentence.words if word.start > at), None)
        kinds = ("conjunction", "contrast", "that", "participle")
        return first is None or first.low == QUOTE or any(first.low in evened_words(self.language, kind) for kind in kinds)

    def _over_told(self, sentence: ReportSentence, behind: int) -> int:
        """The place behind "通报，" or "消息，" that only says that somebody told it."""
        words = [word for word in sentence.words if word.start >= behind][:FEW_WORDS]
        comma = next((place for place, word in enumerate(words) if word.low in (",", "，")), -1)
        return words[comma].end if comma >= 0 and all(word.is_letters for word in words[:comma]) else behind

    def _said(self, sentence: ReportSentence, cue: ReportCue, until: int) -> None:
        spans, is_before = self.words_said(sentence, cue, until)
        if not spans:
            if words_of_kind(self.language, "question").at(sentence.words, 0)[0]:
                self.spoke(self.subject(sentence, cue, behind_first=False))
            return
        speaker = self.subject(sentence, cue, behind_first=is_before or "verb subject" in self.order)
        if self._is_nobodys(sentence, cue, speaker):
            self.left_out["what an agency reports as its own"] += 1
            return
        self._keep(spans, speaker, sentence, cue, "")
        self.spoke(speaker)

    def _is_nobodys(self, sentence: ReportSentence, cue: ReportCue, speaker: Speaker) -> bool:
        """Whether only an agency speaks, or "it is noted" stands where nobody spoke before."""
        if not speaker.as_written:
            return any(word.low in evened_words(self.language, "impersonal") for word in sentence.words[cue.first : cue.last])
        return not speaker.name and not speaker.organisation and names_outlet(speaker.as_written) and not sentence.quotes

    # --- quotations without a cue ------------------------------------------------------------------------------

    def _unclaimed(self, paragraph: Paragraph, sentence: ReportSentence) -> None:
        left = [q for q in sentence.quotes if not any(a < q[1] and q[0] < b for a, b in sentence.taken)]
        for quote in left:
            inner = self.text[quote[0] + 1 : quote[1] - 1]
            outside = n_words(self.text[sentence.start : quote[0]]) + n_words(self.text[quote[1] : sentence.end])
            has_spoken = bool(self.last.as_written)
            fewest = 1 if outside <= 1 and self._goes_on(paragraph) else FEW_WORDS
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
        parts = [span for span in (self.trimmed(*span) for span in spans if span) if span]
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
