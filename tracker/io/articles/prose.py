"""Statements of running text: sentence by sentence, with the speakers and quotations that were open before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tracker.core.candidates import Span, Speaker
from tracker.io.articles.clauses import Attribution, Clauses
from tracker.io.articles.drafts import Draft
from tracker.io.articles.languages import Language
from tracker.io.articles.people import People, name_in
from tracker.io.articles.phrases import Phrase
from tracker.io.articles.salience import Salience
from tracker.io.articles.sentences import Paragraph, Sentence, Token

_FEW_WORDS = 2


class Prose:
    """One document read from the top; ``drafts`` are its statements, ``left_out`` what was seen and not taken."""

    def __init__(self, text: str, paragraphs: Sequence[Paragraph], vocabulary: Language) -> None:
        self.text, self.paragraphs, self.vocabulary = text, paragraphs, vocabulary
        self.sentences = [sentence for paragraph in paragraphs for sentence in paragraph.sentences]
        self.people = People(self.sentences, vocabulary)
        self.salience = Salience(self.people)
        self.drafts: list[Draft] = []
        self.left_out: Counter[str] = Counter()
        self.waiting: list[Span] = []
        self.open_before = False

    def read(self) -> list[Draft]:
        """The statements of the whole text, in order."""
        number = 0
        for paragraph in self.paragraphs:
            for sentence in paragraph.sentences:
                self._sentence(paragraph, sentence, number)
                number += 1
            self._leave(paragraph)
        return sorted((draft for draft in self.drafts if draft.spans), key=lambda draft: draft.spans[0])

    # --- one sentence -----------------------------------------------------------------------------------------------

    def _sentence(self, paragraph: Paragraph, sentence: Sentence, number: int) -> None:
        clauses = Clauses(sentence.tokens, self.vocabulary)
        attributions = clauses.attributions()
        if not attributions and not clauses.quoted and not self.people.mentions[number]:
            return
        subject = clauses.phrases.sentence_subject(len(sentence.tokens))
        mentions = list(self.people.mentions[number])
        made = [self._draft(attribution, clauses, sentence, number, mentions, subject) for attribution in attributions]
        self._mentioned(mentions, len(sentence.tokens), subject)
        self._unclaimed(paragraph, sentence, number, clauses, made, subject)
        for draft in made:
            self.salience.speaker(draft.speaker.name, number)

    def _mentioned(self, mentions: list, before: int, subject: Phrase | None) -> None:
        while mentions and mentions[0].first < before:
            mention = mentions.pop(0)
            self.salience.mention(mention, is_subject=subject is not None and subject.first <= mention.last <= subject.last)

    def _draft(
        self, attribution: Attribution, clauses: Clauses, sentence: Sentence, number: int, mentions: list, subject: Phrase | None
    ) -> Draft:
        tokens = sentence.tokens
        found = attribution.subject
        if found is not None:
            self._mentioned(mentions, found.first, subject)
        speaker = self._speaker(found, tokens, number, clauses) if found else Speaker()
        spans = [(tokens[first].start, tokens[end - 1].end) for first, end in attribution.parts]
        cue = attribution.cue
        span = (tokens[cue.first].start, tokens[cue.last].end)
        draft = Draft(spans, speaker, self.text[slice(*span)], span, sentence.paragraph, number)
        draft.sentence_span = (tokens[0].start, tokens[-1].end)
        if attribution.after_content and self.waiting:
            draft.spans = [*self.waiting, *draft.spans]
        self.waiting = []
        self._explain(draft, attribution)
        self.drafts.append(draft)
        return draft

    def _explain(self, draft: Draft, attribution: Attribution) -> None:
        draft.because(f"the cue “{draft.cue}”")
        if attribution.subject is None:
            draft.because("nobody is named beside the cue", 0.6)
        elif attribution.is_shared:
            draft.because("the subject stands with an earlier verb", 0.9)
        if attribution.subject is not None and attribution.subject.kind in ("he", "she", "they", "it", "who"):
            draft.because(f"“{draft.speaker.as_written}” was taken for {draft.speaker.resolved}", 0.85 if draft.speaker.name else 0.6)

    def _speaker(self, found: Phrase, tokens: list[Token], number: int, clauses: Clauses) -> Speaker:
        span = (tokens[found.first].start, tokens[found.last].end)
        written = self.text[slice(*span)]
        if found.kind == "name":
            mention = name_in(tokens, found.first, found.last + 1, number, self.vocabulary)
            return Speaker(written, span, self.people.resolve(mention.words) if mention else "")
        if found.kind in ("he", "she"):
            return Speaker(written, span, self.salience.meant(found.kind, number))
        if found.kind == "who":
            before = clauses.phrases.ending(found.first - 1) or clauses.phrases.ending(found.first - 2)
            antecedent = self._speaker(before, tokens, number, clauses) if before and before.kind == "name" else None
            return Speaker(written, span, antecedent.name if antecedent else "")
        return Speaker(written, span)

    # --- quotations without a cue -----------------------------------------------------------------------------------

    def _unclaimed(
        self, paragraph: Paragraph, sentence: Sentence, number: int, clauses: Clauses, made: list[Draft], subject: Phrase | None
    ) -> None:
        tokens = sentence.tokens
        taken = [span for draft in made for span in draft.spans]
        left = [at for at in clauses.quoted if not any(a <= tokens[at].start < b for a, b in taken)]
        if not left:
            return
        if made:
            for at in left:
                self._beside(at, tokens, made)
            return
        alone = all(not token.is_word for token in tokens)
        last = self.drafts[-1] if self.drafts else None
        if (alone or left[0] == 0) and self._continues(paragraph, sentence, number, last, left, tokens):
            return
        if alone and not sentence.is_last:
            self.waiting += [(tokens[at].start, tokens[at].end) for at in left]
            return
        self._without_cue(sentence, number, clauses, left, subject, last)

    def _beside(self, at: int, tokens: list[Token], made: list[Draft]) -> None:
        """A quotation beside a cue that took other words: it belongs to the nearest cue."""
        token = tokens[at]
        if self._is_title(token, tokens, at):
            self.left_out["title of a work or a name in quotation marks"] += 1
            return
        nearest = min(made, key=lambda draft: abs((draft.cue_span or (0, 0))[0] - token.start))
        nearest.spans = sorted([*nearest.spans, (token.start, token.end)])

    def _continues(
        self, paragraph: Paragraph, sentence: Sentence, number: int, last: Draft | None, left: list[int], tokens: list[Token]
    ) -> bool:
        """Whether quotations go on with the statement before: in its paragraph, or over an end that was left open."""
        if last is None or self.waiting:
            return False
        alone = all(not token.is_word for token in tokens)
        spans = [(tokens[at].start, tokens[at].end) for at in left] if alone else [(tokens[0].start, tokens[-1].end)]
        if last.paragraph == sentence.paragraph or (self.open_before and sentence.is_first):
            for span in spans:
                last.extended(span)
            last.paragraph = sentence.paragraph
            last.because("goes on after the cue")
            return True
        if (
            alone
            and sentence.is_first
            and len(paragraph.sentences) <= len(left) + 1
            and all(all(not t.is_word for t in s.tokens) for s in paragraph.sentences)
        ):
            draft = Draft(spans, last.speaker, paragraph=sentence.paragraph, sentence=number)
            draft.sentence_span = (tokens[0].start, tokens[-1].end)
            self.drafts.append(draft.because("a paragraph of quotation only: the speaker before it", 0.7))
            return True
        return False

    def _without_cue(
        self, sentence: Sentence, number: int, clauses: Clauses, left: list[int], subject: Phrase | None, last: Draft | None
    ) -> None:
        tokens = sentence.tokens
        for at in left:
            token = tokens[at]
            if self._is_title(token, tokens, at) or self._n_words(token) <= _FEW_WORDS:
                self.left_out["a word or two in quotation marks without a cue"] += 1
                continue
            subject_here = subject if subject and subject.last < at and subject.kind in ("name", "he", "she", "they", "noun") else None
            speaker = self._speaker(subject_here, tokens, number, clauses) if subject_here else (last.speaker if last else Speaker())
            draft = Draft([(token.start, token.end)], speaker, paragraph=sentence.paragraph, sentence=number)
            draft.sentence_span = (tokens[0].start, tokens[-1].end)
            self.drafts.append(draft.because("no cue: the subject of the sentence" if subject_here else "no cue: the speaker before", 0.4))

    def _is_title(self, token: Token, tokens: list[Token], at: int) -> bool:
        words = self.text[token.quotation.inner_start : token.quotation.inner_end].split() if token.quotation else []
        before = tokens[at - 1].low if at else ""
        if before in self.vocabulary.of("work"):
            return True
        return (
            1 < len(words) <= 8
            and all(
                word[0].isupper() or word.lower() in self.vocabulary.of("preposition") | self.vocabulary.of("determiner") for word in words
            )
            and words[0][0].isupper()
        )

    def _n_words(self, token: Token) -> int:
        return len(self.text[token.quotation.inner_start : token.quotation.inner_end].split()) if token.quotation else 0

    def _leave(self, paragraph: Paragraph) -> None:
        self.open_before = bool(paragraph.quotations) and not paragraph.quotations[-1].is_closed
        if self.waiting:
            speaker = self.drafts[-1].speaker if self.drafts else Speaker()
            draft = Draft(self.waiting, speaker, paragraph=paragraph.number)
            draft.sentence_span = (paragraph.start, paragraph.end)
            self.drafts.append(draft.because("no cue: the speaker before", 0.4))
            self.waiting = []
