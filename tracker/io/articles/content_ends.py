"""Where what is said ends, and the reporter's own words begin again."""

from __future__ import annotations

from tracker.io.articles.attribution import Attribution, TokenSpan
from tracker.io.articles.attributions import Subjects
from tracker.io.articles.words import DASHES

ENDS = frozenset([".", "!", "?", "…", ";", "。", "؟"])
_LONGEST_LEAD = 5
_LONGEST_ASIDE = 12
_LONGEST_CLAUSE = 25
_FARTHEST_BRACKET = 40


class ContentEnds(Subjects):
    """The ends of the content of the attributions of one sentence."""

    def ended(self, first: int, last: int, attribution: Attribution) -> TokenSpan:
        """The content cut where the reporter's words begin again after a quotation."""
        before = self.tokens[first - 1].low if first else ""
        stands_alone = self.tokens[first].quotation is not None and before in (",", ":")
        is_gerund = self.tokens[attribution.cue.first].low.endswith("ing")
        is_object = self.is_object_cue(attribution)
        is_opening = self._is_opening(attribution)
        last_mark = max((mark for mark in self.quoted if mark < last), default=-1)
        for at in range(first, last - 1):
            token, after = self.tokens[at], self.tokens[at + 1]
            if first < at and last_mark <= at and self._ends_before(at, last, is_object, is_opening):
                return first, at
            is_end = (at == first and stands_alone) or self._closes_with_comma(at, last) or self._is_channel_phrase(at + 1)
            if token.quotation is not None and after.quotation is None and is_end:
                return first, at + 1
            if is_gerund and after.low.endswith("ing") and self._is_shared_place(at):
                return first, at
        return first, last

    def over_second_verb(self, at: int, limit: int, attribution: Attribution) -> int:
        """The place behind a second verb with the same object: "rejected and strongly condemned the plan"; ``at`` where none stands."""
        if at + 2 >= limit or self.tokens[at].low not in ("and", "or") or not self.is_object_cue(attribution):
            return at
        verb = at + 1 + self.tokens[at + 1].low.endswith("ly")
        known = self.vocabulary.cues.get(self.tokens[verb].low, ()) if verb + 1 < limit else ()
        ends = self.tokens[verb].low.endswith(self.words.past_endings) and self.tokens[attribution.cue.last].low.endswith(
            self.words.past_endings
        )
        return verb + 1 if ends and any("call" in cue.kinds for cue in known) else at

    def goes_on_with(self, attribution: Attribution, later: Attribution) -> bool:
        """Whether a gerund behind "and" goes on in the words: "said Roe was waiting and calling for help", not "saying …, and calling"."""
        cue, at = self.tokens[attribution.cue.first].low, later.cue.first
        is_joined = later.is_shared and at > 0 and self.tokens[at - 1].low == "and" and self.tokens[at].low.endswith("ing")
        return is_joined and not cue.endswith("ing") and "say" in attribution.cue.kinds

    def says_too(self, attribution: Attribution, later: Attribution) -> bool:
        """Whether somebody else speaks in the same words: "Lee said the bridge was old and Roe said it was new"."""
        cues = (self.tokens[attribution.cue.first].low, self.tokens[later.cue.first].low)
        is_own = later.subject is not None and later.subject.last < later.cue.first
        return is_own and all(cue in self.vocabulary.of("said") for cue in cues)

    def behind_bracket(self, floor: int, end: int) -> int:
        """The place behind a bracket that is still open: "states like Iowa (most are late, according to polls)"; 0 without one."""
        for at in range(end - 1, max(floor - 1, end - _FARTHEST_BRACKET), -1):
            if self.tokens[at].low in ("(", ")"):
                return at + 1 if self.tokens[at].low == "(" else 0
        return 0

    def _ends_before(self, at: int, last: int, is_object: bool, is_opening: bool) -> bool:
        """Whether the reporter's own words begin at a comma or a "but"; there are no more quoted words after it."""
        low, after, of = self.tokens[at].low, self.tokens[at + 1], self.vocabulary.of
        if self._compares(at + (low == ","), last):
            return True
        if low == "," and not is_opening and self._tells_of_words(at + 1, last):
            return True
        if low != ",":
            return is_object and (low == "but" or self._leaves_object(at, last))
        if is_opening:
            return True
        if not is_object and (after.low in of("relative") or after.low in of("contrast")) and self._is_aside(at, last):
            return False
        if after.low in of("contrast"):
            second = self.tokens[at + 2].low if at + 2 < last else ""
            goes_on = second in of("contrast kept") or (after.low == "but" and second in of("auxiliary") - of("infinitive mark"))
            return is_object or not goes_on
        if after.low in of("relative"):
            return is_object or after.low not in of("relative kept")
        return is_object and (self._turns_away(at + 1) or self._is_set_behind(at, last))

    def _tells_of_words(self, at: int, last: int) -> bool:
        """Whether the reporter says what the words are: ", a plan he has changed since"."""
        low, of = self.tokens[at].low, self.vocabulary.of
        noun = at + (low in of("indefinite") | of("determiner"))
        return noun + 1 < last and self.tokens[noun].low in of("words named")

    def _compares(self, at: int, last: int) -> bool:
        """Whether the reporter sets something beside what was said: "even as he lost", ", as have other mayors"."""
        if at + 1 >= last:
            return False
        low, after, before = self.tokens[at].low, self.tokens[at + 1].low, self.tokens[at - 1].low
        of, phrase = self.vocabulary.of, f"{low} {after}"
        if phrase in of("ending phrase") or (before == "," and phrase in of("ending phrase behind comma")):
            return True
        return before == "," and low in of("comparing") and after in of("auxiliary") - of("infinitive mark") - of("be")

    def _is_aside(self, at: int, last: int) -> bool:
        """Whether a second comma and a verb follow a clause between commas: "Lee, who lost, was right"."""
        comma = next((k for k in range(at + 2, min(last - 1, at + _LONGEST_CLAUSE)) if self.tokens[k].low == ","), -1)
        return comma > 0 and self.tokens[comma + 1].low in self.vocabulary.of("auxiliary") - self.vocabulary.of("infinitive mark")

    def is_object_cue(self, attribution: Attribution) -> bool:
        """Whether a cue has an object and no words of its own: "praised the plan"."""
        return "call" in attribution.cue.kinds and "say" not in attribution.cue.kinds

    def _is_opening(self, attribution: Attribution) -> bool:
        """Whether subject and cue stand in a clause that opens the sentence: "While he vowed to go on, nobody listened"."""
        of, at, cue = self.vocabulary.of, 0, attribution.cue.first
        while at < cue and not self.tokens[at].is_word and self.tokens[at].quotation is None:
            at += 1
        if at == cue:
            return self.tokens[at].low.endswith(self.words.participle_endings)
        if at + 1 == cue and self.tokens[at].low in self.words.prepositions and self.tokens[cue].low.endswith("ing"):
            return True  # "In describing the plan, Lee said"
        lead = [token.low for token in self.tokens[at : min(cue, at + _LONGEST_LEAD)]]
        opens = any(low in of("opening") for low in lead[:2]) or any(low in of("opening after time") for low in lead)
        if not opens or self.tokens[at].quotation is not None:
            return False
        return not any(token.low == "," or token.quotation is not None for token in self.tokens[at:cue])

    def _is_set_behind(self, at: int, last: int) -> bool:
        """Whether a comma parts off what is set beside an object to the end: "praised the general, a veteran of two wars"."""
        if self.tokens[at + 1].low not in self.words.determiners:
            return False
        return not any(token.low in (",", "and") for token in self.tokens[at + 2 : last])

    def _leaves_object(self, at: int, last: int) -> bool:
        """Whether the reporter goes on behind an object: "on Twitter", "in a statement", "- a plan that", "and has left"."""
        of, token, after = self.vocabulary.of, self.tokens[at], self.tokens[at + 1]
        if token.low in DASHES:
            is_open = token.start > self.tokens[at - 1].end or token.low == "—"
            is_paired = any(t.low in DASHES for t in [*self.tokens[max(0, at - _LONGEST_ASIDE) : at], *self.tokens[at + 1 : last]])
            return is_open and after.low not in of("dash kept") and not is_paired
        if token.low == "and":
            return after.low in of("auxiliary") - of("infinitive mark")
        if token.low in of("channel") and after.low in of("medium named"):
            return True
        return token.low in of("occasion") and after.low in of("indefinite") and self._is_channel_phrase(at)

    def _turns_away(self, at: int) -> bool:
        """Whether the reporter goes on after a comma: "…, but the crowd", "…, while", "…, recalling"."""
        low = self.tokens[at].low
        if low in self.vocabulary.of("turning kept"):
            return False
        return low in self.vocabulary.of("turning") or (low.endswith(self.words.participle_endings) and not self.tokens[at].is_capital)

    def _closes_with_comma(self, at: int, last: int) -> bool:
        """Whether a quotation ends with its comma and no other quotation is joined to it: “unwise,” and left the room."""
        if self.tokens[at].quotation is None or not self.tokens[at].text.rstrip().endswith(","):
            return False
        return not any(self.tokens[k].quotation is not None for k in range(at + 1, min(last, at + 4)))

    def _is_channel_phrase(self, at: int) -> bool:
        """Whether "in a tweet" or "during an interview with" begins at a place."""
        if self.tokens[at].low not in self.vocabulary.of("channel"):
            return False
        return any(token.low in self.vocabulary.of("channel noun") for token in self.tokens[at + 1 : at + 5])
