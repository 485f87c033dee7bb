"""What the form of a cue and the words right beside it tell, whoever speaks: agreement, "'s said", questions, names of works."""

from __future__ import annotations

from tracker.io.articles.cues import FoundCue
from tracker.io.articles.languages import Language
from tracker.io.articles.phrases import Phrase
from tracker.io.articles.sentences import Token
from tracker.io.articles.signatures import Signatures


class CueForms:
    """The tokens of one sentence with the phrases and quotations in it."""

    def __init__(self, tokens: list[Token], vocabulary: Language) -> None:
        self.tokens, self.vocabulary = tokens, vocabulary
        self.phrases = Signatures(tokens, vocabulary.code)
        self.words = self.phrases.words
        self.quoted = [at for at, token in enumerate(tokens) if token.quotation is not None]

    def _agrees(self, subject: Phrase, cue: FoundCue, between: set[str]) -> bool:
        if not cue.is_infinitive or between & self.vocabulary.of("auxiliary") or subject.kind in ("they", "i", "we", "you", "who"):
            return True
        head = next((k for k in range(subject.first, subject.last) if self.tokens[k + 1].low in self.words.joining), subject.last)
        last = self.tokens[head - (head > subject.first and self.tokens[head].low in self.words.linking)].low
        return (
            last.endswith("s")
            or last in self.vocabulary.of("animate group")
            or last in self.vocabulary.of("quantity") | self.vocabulary.of("plural without s") | self.words.alone | self.words.counting
            or any(t.low == "and" for t in self.tokens[subject.first : subject.last])
        )

    def _has_spoken(self, cue: FoundCue, at: int) -> bool:
        """Whether "'s" is short for "has": "he's said he would go", "who's long argued that"; not "it's said to be old"."""
        if "say" not in cue.kinds or at + 1 >= cue.first or self.tokens[at + 1].low != "'s" or cue.last + 1 >= len(self.tokens):
            return False
        is_person = at >= 0 and self.words.pronouns.get(self.tokens[at].low) in ("he", "she", "who")
        return is_person and self.tokens[cue.last + 1].low not in ("to", "by")

    def _only_says(self, cue: FoundCue) -> bool:
        return "say" in cue.kinds and self.tokens[cue.first].low not in self.vocabulary.of("noun too")

    def _is_question_put(self, cue: FoundCue, at: int) -> bool:
        """Whether a participle opens its clause: "Asked why …", "when asked whether …"; what follows is a journalist's."""
        if not self.tokens[cue.first].low.endswith(self.words.past_endings):
            return False
        if at < 0 and any(token.low in self.vocabulary.of("auxiliary") for token in self.tokens[: cue.first]):
            return False
        opens = at < 0 or self.tokens[at].low in self.vocabulary.of("clause opener")
        return opens and not (at >= 0 and self._is_shared_place(at))

    def _leads_to_marks(self, cue: FoundCue) -> bool:
        """Whether marks stand soon after a cue, or right before its subject: what somebody thinks is theirs only quoted."""
        return any(cue.last < at <= cue.last + 25 for at in self.quoted) or any(cue.first - 8 < at < cue.first for at in self.quoted)

    def _names_a_work(self, cue: FoundCue, at: int) -> bool:
        """ "a class called “Perception”": what stands in marks is a name."""
        follows = cue.last + 1 < len(self.tokens) and self.tokens[cue.last + 1].quotation is not None
        if not follows or at < 0:
            return False
        before = self.phrases.before(cue.first) if self.tokens[at].low == "," else self.phrases.ending(at)
        return before is None or (before.kind == "noun" and not self.is_actor(before))

    def _is_shared_place(self, at: int) -> bool:
        return at >= 0 and self.tokens[at].low in ("and", "or", "but")

    def _is_quotation(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].quotation is not None

    def is_actor(self, phrase: Phrase) -> bool:
        """Whether a common noun can speak by its head: an office, a group of people."""
        return self.words.is_person(self.tokens[phrase.last].low)
