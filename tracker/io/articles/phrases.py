"""Noun phrases beside a cue: who "said", read leftwards or rightwards word by word."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.io.articles.languages import Language
from tracker.io.articles.sentences import Token

_LONGEST = 16
_FURTHEST = 60
_DASHES = frozenset("—–-")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: tokens ``first``–``last`` (inclusive); ``outer_first``–``outer_last`` with what is set beside it.

    ``kind`` is "name", "noun" or the pronoun it is ("he", "she", "they", "it", "who", "i", "we", "you").
    """

    first: int
    last: int
    kind: str
    outer_first: int
    outer_last: int


class Phrases:
    """The noun phrases of one sentence, by the vocabulary of its language."""

    def __init__(self, tokens: list[Token], vocabulary: Language) -> None:
        self.tokens, self.vocabulary = tokens, vocabulary
        of = vocabulary.of
        self.pronouns = {word: kind[8:] for kind, words in vocabulary.words.items() if kind.startswith("pronoun:") for word in words}
        self.determiners, self.possessives = of("determiner"), of("possessive")
        self.particles, self.roles, self.organisations = of("name particle"), of("role"), of("organisation")
        self.animate, self.days, self.never = of("animate group"), of("day"), of("never a name")
        self.joining, self.conjunctions = of("joining preposition"), of("conjunction")
        self.empty = (
            of("preposition") | of("auxiliary") | self.conjunctions | of("relative") | of("adverb") | of("that") | of("object pronoun")
        )
        self.never_subject, self.cues = of("never a subject"), vocabulary.cues

    # --- before a cue -----------------------------------------------------------------------------------------------

    def before(self, cue: int) -> Phrase | None:
        """The phrase before a cue that can be its subject, over adverbs, auxiliaries and what is set between commas."""
        at = self.over_adverbs(cue - 1)
        if at < 0:
            return None
        low = self.tokens[at].low
        if low in (",", ")", "]") or low in _DASHES:
            return self._over_apposition(at)
        return self.ending(at)

    def over_adverbs(self, at: int) -> int:
        """The first place at or before ``at`` that is no adverb or auxiliary."""
        while at >= 0 and (self._is_adverb(at) or self.tokens[at].low in self.vocabulary.of("auxiliary")):
            at -= 1
        return at

    def _is_adverb(self, at: int) -> bool:
        token = self.tokens[at]
        if token.low in self.vocabulary.of("adverb"):
            return True
        return (
            token.low.endswith("ly")
            and not token.is_capital
            and token.low not in self.vocabulary.of("not an adverb")
            and self.vocabulary.code == "en"
        )

    def _over_apposition(self, end: int) -> Phrase | None:
        lowest = max(0, end - _FURTHEST)
        at = end - 1
        while at > lowest:
            token = self.tokens[at]
            if token.quotation is not None and at < end - 12:
                return None
            if (token.low in (",", "(", "[") or token.low in _DASHES) and at > 0:
                found = self.ending(at - 1)
                if found is not None and found.kind in ("name", "noun") and self._can_stand_apart(found):
                    return Phrase(found.first, found.last, found.kind, found.outer_first, end)
            at -= 1
        return None

    def _can_stand_apart(self, found: Phrase) -> bool:
        if found.kind == "noun" and self.tokens[found.first].low not in self.determiners | self.possessives:
            return False
        before = self.tokens[found.first - 1] if found.first else None
        return (
            before is None
            or not before.is_word
            or before.low in self.conjunctions | self.vocabulary.of("that") | self.vocabulary.of("lead")
        )

    def ending(self, at: int) -> Phrase | None:
        """The phrase whose last word is at ``at``, or ``None`` when no subject can end there."""
        if at < 0:
            return None
        token = self.tokens[at]
        pronoun = self.pronouns.get(token.low)
        if pronoun:
            return Phrase(at, at, pronoun, at, at)
        if token.low == ")":
            opening = next((k for k in range(at - 1, max(-1, at - 12), -1) if self.tokens[k].low == "("), -1)
            inner = self.ending(opening - 1) if opening > 0 else None
            return Phrase(inner.first, inner.last, inner.kind, inner.outer_first, at) if inner else None
        if not self._is_content(at):
            return None
        if token.low in self.vocabulary.of("suffix"):
            at -= 1 if at else 0
        if self._is_name(at):
            return self._named(at, token)
        return self._common(at)

    def _named(self, at: int, last: Token) -> Phrase | None:
        first = self._start_of_name(at)
        while first < at and (self.tokens[first].low in self.never or self.tokens[first].low in self.days):
            first += 1
        if self.tokens[first].low in self.never or self.tokens[at].low in self.days:
            return None
        end = self.tokens.index(last, at) if last is not self.tokens[at] else at
        outer = self._with_roles(first)
        outer = self._joined(outer) if outer == first else outer
        outer = self._with_and(outer)
        return Phrase(outer, end, "name", outer, end)

    def _start_of_name(self, at: int) -> int:
        first = at
        while first > 0:
            before = first - 1
            if self._is_name(before) and self.tokens[before].low not in self.days:
                first = before
            elif (
                self.tokens[before].low in self.particles
                and before > 0
                and self._is_name(before - 1)
                and self.tokens[before].low not in ("for", "and")
            ) or (self.tokens[before].low in ("'s", "&") and before > 0 and self._is_name(before - 1)):
                first = before - 1
            else:
                break
        return first

    def _with_roles(self, first: int) -> int:
        """The start of the phrase with the common nouns before a name: "the campaign's spokesman John Smith"."""
        at = first - 1
        if at < 0 or not self._is_content(at) or self._is_name(at):
            return first - 1 if at >= 0 and self.tokens[at].low in self.determiners else first
        if not self.is_role(self.tokens[at].low):
            return first
        found = self._common(at)
        return found.first if found else at

    def _with_and(self, first: int) -> int:
        if first < 2 or self.tokens[first - 1].low not in self.conjunctions or self.tokens[first - 1].low in ("but", "so", "yet"):
            return first
        other = self.ending(first - 2) if self._is_name(first - 2) else None
        if other is None or (other.first > 0 and self.tokens[other.first - 1].is_word):
            return first
        return other.first

    def _common(self, at: int) -> Phrase | None:
        head, first, lowest = at, at, max(0, at - _LONGEST)
        while first > lowest:
            before = self.tokens[first - 1]
            if before.low in self.determiners or before.low in self.possessives:
                first -= 1
                break
            if before.low in ("'s", "'", "’") and first > 1 and self._is_content(first - 2):
                first -= 2
            elif self._is_content(first - 1) and (before.low not in self.cues or before.is_capital) and before.low not in self.never:
                first -= 1
            else:
                break
        first = self._joined(first)
        low = self.tokens[head].low
        leads = self.tokens[first].low
        known = self.is_role(low) or low in self.organisations or low in self.animate
        if (
            low in self.never_subject
            or low in self.days
            or (low in self.cues and not known and leads not in self.determiners | self.possessives)
        ):
            return None
        is_marked = leads in self.determiners or leads in self.possessives or any(t.low == "'s" for t in self.tokens[first:head])
        if not (known or is_marked or (low.endswith("s") and not low.endswith("ss") and head - first < 4)):
            return None
        return Phrase(first, head, "noun", first, head)

    def _joined(self, first: int) -> int:
        """The start of a phrase with what governs it: "a spokesman for" the group."""
        if first < 2 or self.tokens[first - 1].low not in self.joining or not self._is_content(first - 2):
            return first
        governing = self.tokens[first - 2]
        if not (self.is_role(governing.low) or governing.low in self.organisations or governing.low in self.animate):
            return first
        found = self._common(first - 2) if not self._is_name(first - 2) else self.ending(first - 2)
        return found.first if found else first

    # --- after a cue ------------------------------------------------------------------------------------------------

    def beginning(self, at: int) -> Phrase | None:
        """The phrase that begins at ``at``: "said John Kirby, the spokesman"; ``None`` when none does."""
        tokens = self.tokens
        while at < len(tokens) and self._is_adverb(at) and not tokens[at].is_capital:
            at += 1
        if at >= len(tokens):
            return None
        pronoun = self.pronouns.get(tokens[at].low)
        if pronoun:
            return Phrase(at, at, pronoun, at, at)
        last = self._end_forwards(at)
        if last < at:
            return None
        named = any(self._is_name(k) and tokens[k].low not in self.never for k in range(at, last + 1))
        is_marked = tokens[at].low in self.determiners or tokens[at].low in self.possessives
        known = any(self.is_role(t.low) or t.low in self.animate for t in tokens[at : last + 1])
        if not (named or is_marked or known) or tokens[at].low in self.days:
            return None
        return Phrase(at, last, "name" if self._is_name(last) or named else "noun", at, self._apposition_after(last))

    def _end_forwards(self, at: int) -> int:
        tokens, last, place = self.tokens, at - 1, at
        while place < len(tokens) and place - at < _LONGEST:
            low = tokens[place].low
            if (
                self._is_content(place)
                and low not in self.days
                and not (low in self.cues and not tokens[place].is_capital and place > at and not self.is_role(low))
            ):
                last = place
            elif low in self.determiners or low in self.possessives:
                if place > at and tokens[place - 1].low not in self.joining and tokens[place - 1].low not in self.conjunctions:
                    break
            elif low in ("'s", "&", "'"):
                last = place if low == "'" else last
            elif low in self.particles or low in self.joining:
                if not self._joins_forwards(at, place):
                    break
            else:
                break
            place += 1
        return last

    def _joins_forwards(self, at: int, place: int) -> bool:
        low, before = self.tokens[place].low, self.tokens[place - 1] if place > at else None
        if before is None or place + 1 >= len(self.tokens):
            return False
        after = self.tokens[place + 1]
        if (
            low in self.particles
            and self._is_name(place - 1)
            and (after.is_capital or after.low in self.determiners | self.particles)
            and low not in ("for", "and")
        ):
            return True
        if low in ("and", "&"):
            return self._is_name(place - 1) and after.is_capital and after.low not in self.never
        governs = self.is_role(before.low) or before.low in self.organisations or before.low in self.animate
        return governs and low in self.joining and low != "who" and (low in ("of", "for") or not self._is_name(place - 1))

    def _apposition_after(self, last: int) -> int:
        """The end of what is set beside a name after it: "John Kirby, the department's spokesman, …" """
        tokens = self.tokens
        if last + 2 >= len(tokens) or tokens[last + 1].low not in (",", "("):
            return last
        closing = ")" if tokens[last + 1].low == "(" else ","
        starts = tokens[last + 2].low
        if closing == "," and not (
            starts in self.determiners | self.possessives or starts == "who" or self.is_role(starts) or tokens[last + 2].is_capital
        ):
            return last
        for place in range(last + 2, min(len(tokens), last + 2 + _FURTHEST // 2)):
            token = tokens[place]
            if token.low == closing or token.low in (".", ";", "!", "?") or token.quotation is not None or place + 1 == len(tokens):
                return place - 1 if closing == "," else place
        return last

    # --- words ------------------------------------------------------------------------------------------------------

    def is_role(self, low: str) -> bool:
        """Whether a word names an office, in the singular or plural."""
        return low in self.roles or (low.endswith("s") and low[:-1] in self.roles)

    def _is_name(self, at: int) -> bool:
        return self.tokens[at].is_capital and self.tokens[at].is_word

    def _is_content(self, at: int) -> bool:
        token = self.tokens[at]
        if not token.is_word or token.low == "'s":
            return False
        return token.is_capital or (
            token.low not in self.empty
            and token.low not in self.determiners
            and token.low not in self.possessives
            and token.low not in self.pronouns
        )

    def sentence_subject(self, before: int) -> Phrase | None:
        """The first phrase of the sentence that can act, over an opening like "In Geneva on Monday,"; outside quotations."""
        tokens, at = self.tokens, 0
        while at < min(before, len(tokens)) and (not tokens[at].is_word or tokens[at].low in self.conjunctions):
            if tokens[at].quotation is not None:
                return None
            at += 1
        if at < len(tokens) and tokens[at].low in self.vocabulary.of("lead"):
            comma = next(
                (k for k in range(at, min(before, at + 30, len(tokens))) if tokens[k].low == "," or tokens[k].quotation is not None), -1
            )
            if comma < 0 or tokens[comma].quotation is not None:
                return None
            at = comma + 1
        return self.beginning(at) if at < before else None
