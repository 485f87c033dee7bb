"""From the words beside a cue to a speaker: names in full, pronouns to the person they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.core.candidates import Speaker
from tracker.io.articles.descriptions import description
from tracker.io.articles.languages import Language, first_names
from tracker.io.articles.people import Mention, People, name_in
from tracker.io.articles.phrases import Phrase, Phrases
from tracker.io.articles.salience import Salience
from tracker.io.articles.sentences import Paragraph, Sentence, Token
from tracker.io.articles.words import DASHES, Words

_LONGEST_BYLINE = 16
_LONGEST_NAME = 4


class Speakers:
    """The persons of one document, as they are known while it is read from the top."""

    def __init__(self, text: str, sentences: Sequence[Sentence], vocabulary: Language) -> None:
        self.text, self.vocabulary = text, vocabulary
        self.people = People(sentences, vocabulary)
        self.salience = Salience(self.people)

    def of(self, found: Phrase, tokens: list[Token], number: int, phrases: Phrases) -> Speaker:
        """The speaker a phrase of sentence ``number`` means; the name is "" where it means nobody by name."""
        first, last = description(found, phrases)
        described = self.text[tokens[first].start : tokens[last].end] if (first, last) != (found.first, found.last) else ""
        return replace(self._meant(found, tokens, number, phrases), described=described)

    def _meant(self, found: Phrase, tokens: list[Token], number: int, phrases: Phrases) -> Speaker:
        span = (tokens[found.first].start, tokens[found.last].end)
        written = self.text[slice(*span)]
        if found.kind == "name":
            mention = self._name_of(found, tokens, number)
            return Speaker(written, span, self.people.resolve(mention.words) if mention and mention.is_person else "")
        if found.kind in ("he", "she"):
            return Speaker(written, span, self.salience.meant(found.kind, number), is_pronoun=True)
        if found.kind in ("it", "they"):
            return Speaker(written, span, organisation=self.salience.body_meant(found.kind, number), is_pronoun=True)
        if found.kind == "who":
            before = phrases.antecedent(found)
            if (
                before is not None
                and before.kind != "name"
                and tokens[before.last].low
                in self.vocabulary.of("carrier") | self.vocabulary.of("utterance") | self.vocabulary.of("published")
            ):
                before = phrases.clause_subject(before.first)
            meant = self.of(before, tokens, number, phrases).name if before and before.kind == "name" else ""
            return Speaker(written, span, meant, is_pronoun=True)
        if found.kind in ("i", "we", "you"):
            return Speaker(written, span, is_pronoun=True)
        return Speaker(written, span, self._owner(found, tokens, number))

    def _owner(self, found: Phrase, tokens: list[Token], number: int) -> str:
        """Whose words a common noun is: the person of "Ann Lee's email to her voters"; "" when it is no such noun."""
        mark = next((at for at in range(found.first + 1, found.last) if tokens[at].low in ("'s", "'")), -1)
        if mark < 0 or not any(token.low in self.vocabulary.of("utterance") for token in tokens[mark + 1 : found.last + 1]):
            return ""
        mention = name_in(tokens, found.first, mark, number, self.vocabulary)
        return self.people.resolve(mention.words) if mention and mention.is_person else ""

    def acted(self, found: Phrase, tokens: list[Token], number: int, phrases: Phrases) -> None:
        """Keep a phrase that acted, when "it" or "they" can stand for it: a body, a group, two names."""
        words, head = phrases.words, tokens[found.last].low
        if found.kind not in ("name", "noun"):
            return
        is_group = head in words.animate or (head.endswith("s") and words.is_role(head))
        is_plural = is_group or any(token.low == "and" for token in tokens[found.first : found.last])
        is_person = found.kind == "name" and bool(self.of(found, tokens, number, phrases).name)
        if is_plural or (not is_person and (found.kind == "name" or head in words.bodies)):
            self._keep_body(tokens[found.first : found.last + 1], number, words, is_plural=is_plural)

    def _keep_body(self, tokens: list[Token], number: int, words: Words, *, is_plural: bool) -> None:
        """Keep a body by its name; "the group" is the one named before, "a group" is nobody yet."""
        leads = tokens[0].low in words.marking and len(tokens) > 1
        named = tokens[1:] if leads else tokens
        is_named = any(token.is_capital and token.low not in words.marking for token in named)
        written = self.text[named[0].start : named[-1].end] if is_named else ""
        before = self.salience.body_meant("they" if is_plural else "it", number) if leads and tokens[0].low == "the" else ""
        self.salience.body(written or before, number, is_plural=is_plural)

    def _name_of(self, found: Phrase, tokens: list[Token], number: int) -> Mention | None:
        """The name in a phrase: "Ann Lee" of "Ann Lee of Texas", but "John Kerry" of "Secretary of State John Kerry"."""
        joining = self.vocabulary.of("joining preposition")
        end = next((at for at in range(found.first + 1, found.last) if tokens[at].low in joining), found.last + 1)
        if end <= found.last and self._is_somebody_elses(tokens, end, found.last):
            return None
        mention = name_in(tokens, found.first, end, number, self.vocabulary) if end <= found.last else None
        return mention or name_in(tokens, found.first, found.last + 1, number, self.vocabulary)

    def _is_somebody_elses(self, tokens: list[Token], joint: int, last: int) -> bool:
        """Whether a name only tells whose a common noun is: "a spokesman for Ann Lee"; not "secretary of state John Kerry"."""
        if tokens[joint - 1].is_capital or tokens[joint - 1].low in self.vocabulary.of("joining preposition"):
            return False
        of = self.vocabulary.of
        first = joint + 1 + (joint < last and tokens[joint + 1].low in of("determiner"))
        names_body = last - first > 1 and tokens[first].low in of("organisation")
        return not names_body and all(token.is_capital or token.low in of("name particle") for token in tokens[first : last + 1])

    def named_before(self, at: int, tokens: list[Token], number: int) -> Speaker | None:
        """The person named last in the sentence before a place."""
        named = [m for m in self.people.mentions[number] if m.last < at and m.is_person]
        if "verb second" in self.vocabulary.of("order"):
            named = [m for m in named if self.people.is_known(m.words)]
        if not named:
            return None
        span = (tokens[named[-1].first].start, tokens[named[-1].last].end)
        return Speaker(self.text[slice(*span)], span, self.people.resolve(named[-1].words))

    # --- lines that are a name --------------------------------------------------------------------------------------

    def byline(self, paragraph: Paragraph, *, is_quoted: bool) -> Speaker | None:
        """The speaker a paragraph names and does nothing else: "— Ann Lee, teacher"; ``None`` when it is no such line.

        ``is_quoted`` tells that the quotation before it is still open, so that a name alone is enough.
        """
        tokens = paragraph.sentences[0].tokens
        at = next((k for k, token in enumerate(tokens) if token.is_word), -1)
        if at < 0 or len(paragraph.sentences) > 2 or len(tokens) > _LONGEST_BYLINE or any(t.quotation for t in tokens):
            return None
        titles = self.vocabulary.of("title") | self.vocabulary.of("role")
        while at + 1 < len(tokens) and tokens[at].low in titles and tokens[at + 1].is_capital:
            at += 1
        end = at
        while end < len(tokens) and tokens[end].is_capital and tokens[end].is_word:
            end += 1
        ends = end == len(tokens) or not tokens[end].is_word or tokens[end].text[0].isdigit()
        has_dash = any(token.low in DASHES for token in tokens[:at])
        is_name = 1 < end - at <= _LONGEST_NAME and tokens[at].low in first_names()
        if not ends or end == at or tokens[-1].low == ":" or not (has_dash or is_quoted or is_name):
            return None
        mention = name_in(tokens, at, end, 0, self.vocabulary)
        if mention is None:
            return None
        span = (tokens[at].start, tokens[end - 1].end)
        return Speaker(self.text[slice(*span)], span, self.people.resolve(mention.words))
