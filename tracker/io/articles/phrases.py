"""Noun phrases beside a cue: who "said", read in both directions."""

from __future__ import annotations

from tracker.io.articles.phrases_before import PhrasesBefore
from tracker.io.articles.words import Phrase

__all__ = ["Phrase", "Phrases"]

_LONGEST = 16
_LONGEST_APPOSITION = 30
_LONGEST_TIME = 4
_LONGEST_WITH = 6


class Phrases(PhrasesBefore):
    """The noun phrases of one sentence, by their first word or their last."""

    def beginning(self, at: int, *, is_inverted: bool = False) -> Phrase | None:
        """The phrase that begins at ``at``: "said John Kirby, the spokesman"; ``None`` when none does.

        ``is_inverted`` says that a verb stands before it, so that a small word between capitals is a part of it.
        """
        tokens, words = self.tokens, self.words
        while at < len(tokens) and not tokens[at].is_capital and words.is_adverb(tokens[at]):
            at += 1
        if at >= len(tokens):
            return None
        low = tokens[at].low
        if low in words.pronouns:
            return Phrase(at, at, words.pronouns[low], at, at)
        if low in words.prepositions or (low in words.never and low not in words.marking):
            return None
        last = self._end(at, is_inverted)
        if last < at or self.is_day(at) or not self._is_somebody(at, last):
            return None
        kind = "name" if self.is_name(last) else "noun"
        return self._with_name_after(at, last) if kind == "noun" else Phrase(at, last, kind, at, self._apposition_after(last))

    def _is_somebody(self, at: int, last: int) -> bool:
        if self.tokens[at].low in self.words.marking:
            return True
        inside = self.tokens[at : last + 1]
        return any(
            t.low in self.words.animate or self.words.is_role(t.low) or (t.is_capital and t.low not in self.words.never) for t in inside
        )

    def _with_name_after(self, at: int, last: int) -> Phrase:
        """A common noun with the name beside it: "said her introducer, actress Jamie Lee Curtis"."""
        if last + 2 < len(self.tokens) and self.tokens[last + 1].low == "," and self.tokens[last + 2].low not in self.words.marking:
            beside = self.beginning(last + 2)
            if beside is not None and self.is_name(beside.last):
                return Phrase(at, beside.last, "name", at, beside.outer_last)
        return Phrase(at, last, "noun", at, self._apposition_after(last))

    def _end(self, at: int, is_inverted: bool) -> int:
        tokens, words, last, place = self.tokens, self.words, at - 1, at
        while place < len(tokens) and place - at < _LONGEST:
            low = tokens[place].low
            if self.is_content(place) and not self.is_day(place) and self._goes_on(at, place, is_inverted):
                last = place
            elif low in words.genitive and place > at and words.is_actor(tokens[place - 1].low):
                pass
            elif low in words.marking:
                if place > at and tokens[place - 1].low not in words.joining and tokens[place - 1].low not in words.conjunctions:
                    break
            elif low in ("'s", "&", "'"):
                last = place if low == "'" else last
            elif not ((low in words.particles or low in words.joining) and self._joins(at, place)):
                break
            place += 1
        return last

    def _goes_on(self, at: int, place: int, is_inverted: bool) -> bool:
        """Whether a word belongs to the phrase begun at ``at``; after a name only what leads to an office or a name does."""
        token, words = self.tokens[place], self.words
        if token.is_capital or token.text[0].isdigit() or words.is_actor(token.low):
            return True
        if token.low in words.cues:
            return False
        if words.is_verb_second and place > at and not self._leads_to_noun(place):
            return False
        if self._is_deed(at, place):
            return False
        if place == at or not self.is_name(place - 1):
            return True
        if token.low.endswith(words.past_endings) or self._only_says_how(place):
            return False
        if self.tokens[at].low in words.determiners and not token.low.endswith("s"):
            return True
        ahead = self.tokens[place + 1 : place + 3]
        leads_to_office = any(words.is_role(t.low) for t in ahead) and ahead[0].is_word
        return leads_to_office or (is_inverted and bool(ahead) and ahead[0].is_capital and not self.is_day(place + 1))

    def _is_deed(self, at: int, place: int) -> bool:
        """Whether a verb of the past with an object ends a body with an article: "the Norwegian military downed a jet"."""
        words, behind = self.words, self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        ends = self.tokens[place].low.endswith(words.past_endings) and not self.tokens[place].is_capital
        is_body = place > at and self.tokens[at].low in words.marking and words.is_actor(self.tokens[place - 1].low)
        return ends and is_body and behind is not None and behind.low in words.indefinite | words.articles

    def _only_says_how(self, place: int) -> bool:
        """Whether an adverb leads to a verb: "The Security Council unanimously adopted"."""
        follows = self.tokens[place + 1].low if place + 1 < len(self.tokens) else ""
        return self.tokens[place].low.endswith(self.words.adverb_ending) and follows.endswith(self.words.past_endings)

    def _leads_to_noun(self, place: int) -> bool:
        """Whether a small word stands before a noun, where nouns have capitals: "neue deutsche Minister", not "der Minister schätzte"."""
        ahead = self.tokens[place + 1 : place + 3]
        nouns = (token.is_capital and token.is_word for token in ahead if token.is_word)
        return any(nouns) and not self.is_verb(place) and self.tokens[place].low not in self.words.light

    def _joins(self, at: int, place: int) -> bool:
        """Whether a preposition or "and" goes on with the phrase: "director of the FBI", "Lee and Roe", "spokesman for"."""
        if place == at or place + 1 >= len(self.tokens):
            return False
        words, low, before, after = self.words, self.tokens[place].low, self.tokens[place - 1], self.tokens[place + 1]
        follows = after.is_capital or after.low in words.determiners or after.low in words.particles
        if low in ("and", "&"):
            return self.is_name(place - 1) and after.is_capital and after.low not in words.never
        if low in words.particles and low != "for" and self.is_name(place - 1) and follows:
            return True
        if low in ("of", "by") and not before.is_capital and after.is_word:
            return True
        if before.low in words.linking and low in words.joining:
            return True
        return (
            words.is_actor(before.low) and low in words.joining and low != "who" and (low in ("of", "for") or not self.is_name(place - 1))
        )

    def _apposition_after(self, last: int) -> int:
        """The end of what is set beside a name after it: "John Kirby, the department's spokesman, …" """
        tokens = self.tokens
        if last + 2 >= len(tokens) or tokens[last + 1].low not in (",", "("):
            return last
        closing = ")" if tokens[last + 1].low == "(" else ","
        starts = tokens[last + 2]
        if closing == "," and not (
            starts.low in self.words.marking or starts.low == "who" or self.words.is_role(starts.low) or starts.is_capital
        ):
            return last
        for place in range(last + 2, min(len(tokens), last + 2 + _LONGEST_APPOSITION)):
            token = tokens[place]
            if token.low == closing or token.low in (".", ";", "!", "?") or token.quotation is not None or place + 1 == len(tokens):
                return place - 1 if closing == "," else place
        return last

    def behind_with(self, at: int, found: Phrase | None) -> Phrase | None:
        """All that stands between ", with" and a gerund: ", with many marchers and spectators chanting"; ``None`` with a verb in it."""
        for place in range(at, max(-1, at - _LONGEST_WITH), -1):
            if self.tokens[place].low == "with":
                kind = "name" if found is not None and found.kind == "name" else "noun"
                is_apart = place > 0 and self.tokens[place - 1].low == ","
                return Phrase(place + 1, at, kind, place + 1, at) if place < at and is_apart and self.is_content(at) else None
            if not self.tokens[place].is_word or self.is_verb(place):
                return None
        return None

    def joined_to_verb(self, at: int) -> Phrase | None:
        """The person of the verb right before "and": "Asked whom she liked, Lee smiled and said"; ``None`` when no name stands there."""
        verb = at - 1
        if verb < 1 or self.tokens[at].low != "and" or not self.tokens[verb].low.endswith(self.words.past_endings):
            return None
        found = self.before(verb) if not self.tokens[verb].is_capital else None
        return found if found is not None and found.kind == "name" and found.outer_last == verb - 1 else None

    # --- the subject of a clause ------------------------------------------------------------------------------------

    def clause_subject(self, before: int, start: int = 0) -> Phrase | None:
        """The first phrase from ``start`` that can act, over an opening like "In Geneva on Monday,"; outside quotations."""
        tokens, at, end = self.tokens, start, min(before, len(self.tokens))
        while at < end and (not tokens[at].is_word or tokens[at].low in self.words.conjunctions or self._only_stresses(at)):
            if tokens[at].quotation is not None:
                return None
            at += 1
        if at >= end:
            return None
        leads = tokens[at].low in self.words.lead or self._is_participle(at)
        found = self.beginning(at) if not leads else None
        last = found.last if found is not None else min(end, at + _LONGEST_TIME) - 1
        is_time = any(self.is_day(k) for k in range(at, last + 1))
        if not leads and not is_time:
            return self._told_of(found, end) or found
        for comma in range(at, min(end, at + 30)):
            if tokens[comma].quotation is not None:
                return None
            found = self.beginning(comma + 1) if tokens[comma].low == "," and comma + 1 < end else None
            if found is not None and not self._is_place_before_day(found.last + 1, end):
                return self._behind_place(found, end) or self._behind_noun(found, end) or found
        return None

    def _only_stresses(self, at: int) -> bool:
        """Whether "even" or "only" stands before a name: "And even Lee tried to help"."""
        return self.tokens[at].low in self.words.heading and at + 1 < len(self.tokens) and self.is_name(at + 1)

    def _behind_noun(self, beside: Phrase, end: int) -> Phrase | None:
        """The person behind a noun set beside another: "Joined by Roe, the sheriff and a friend, Lee spoke"; ``None`` without one."""
        follows = self.tokens[beside.last + 1].low if beside.last + 1 < end else ""
        if beside.kind != "noun" or follows not in (",", "and"):
            return None
        found = self._behind_comma(beside, end)
        acts = found is not None and found.kind in ("name", "he", "she") and found.last + 1 < end and self.tokens[found.last + 1].is_word
        return found if acts else None

    def _behind_comma(self, before: Phrase, end: int) -> Phrase | None:
        """The phrase that begins behind the next comma after another, before ``end``; ``None`` without one."""
        commas = (at for at in range(before.last + 1, min(end - 1, before.last + _LONGEST)) if self.tokens[at].low == ",")
        comma = next(commas, None)
        return None if comma is None else self.beginning(comma + 1)

    def _told_of(self, opening: Phrase | None, end: int) -> Phrase | None:
        """The pronoun that a noun before it tells of: "A nurse from Salem, she voted"; ``None`` without one."""
        if opening is None or self.tokens[opening.first].low not in self.words.indefinite:
            return None
        found = self._behind_comma(opening, end)
        return found if found is not None and found.kind in ("he", "she") else None

    def _is_place_before_day(self, at: int, end: int) -> bool:
        """Whether ", on Sunday," follows: what stands before it is a place, as in "In Ames, Iowa, on Sunday, Lee said"."""
        if at + 3 >= end or self.tokens[at].low != "," or self.tokens[at + 1].low not in self.words.prepositions:
            return False
        return self.is_day(at + 2) and self.tokens[at + 3].low == ","

    def _behind_place(self, place: Phrase, end: int) -> Phrase | None:
        """The subject behind a place of two names: "In Salem, New Hampshire, Lee said"; ``None`` when none stands there."""
        at = place.last + 1
        if place.kind != "name" or at + 2 >= end or self.tokens[at].low != "," or not self.is_name(place.first - 2):
            return None
        found = self.beginning(at + 1)
        follows = self.tokens[found.last + 1] if found is not None and found.last + 1 < len(self.tokens) else None
        acts = found is not None and (found.kind in ("name", "he", "she", "they") or self.tokens[found.first].low in self.words.determiners)
        is_subject = acts and follows is not None and follows.is_word
        return found if is_subject else None

    def _is_participle(self, at: int) -> bool:
        """Whether a sentence opens with "Facing …," or "Immediately …,"."""
        follows = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        ends = self.tokens[at].low.endswith(self.words.participle_endings) or self.tokens[at].low.endswith(self.words.adverb_ending)
        return ends and follows is not None and follows.is_word and not follows.is_capital
