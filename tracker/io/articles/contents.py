"""What is said: which words of the sentence belong to a cue and its subject."""

from __future__ import annotations

from tracker.io.articles.attributions import Attribution, Subjects, TokenSpan
from tracker.io.articles.titles import is_title
from tracker.io.articles.words import DASHES

_FEW = 3
_ENDS = frozenset([".", "!", "?", "…", ";", "。", "؟"])


class Contents(Subjects):
    """The content of the attributions of one sentence."""

    def is_inside(self, attribution: Attribution, kept: Attribution) -> bool:
        """Whether a cue stands within words already taken as somebody's."""
        return any(first <= attribution.cue.first < end for first, end in kept.parts)

    def fill(self, attribution: Attribution, kept: list[Attribution], following: list[Attribution]) -> None:
        """Give an attribution its content: after the cue, before it, or around it."""
        floor = max((a.right + 1 for a in kept), default=0)
        floor = max([floor, *(end for a in kept for _, end in a.parts)])
        limit = self._limit(attribution, following)
        right = self._content_after(attribution, limit)
        is_forward = attribution.is_shared or attribution.is_passive or attribution.cue.kinds == {"colon"}
        left = None if is_forward else self._content_before(attribution, floor, right)
        if "according" in attribution.cue.kinds:
            left, right = (left, None) if left else (None, self._after_comma(attribution, limit))
        elif left and right:
            left, right = self._around(attribution, left, right)
        if self._needs_marks(attribution) and not any(a <= at < b for at in self.quoted for a, b in filter(None, (left, right))):
            left = right = None
        attribution.after_content = left is not None
        attribution.parts = [part for part in (left, right) if part and part[1] > part[0]]

    def _after_comma(self, attribution: Attribution, limit: int) -> TokenSpan | None:
        """What follows the comma after "According to the ministry"."""
        first = attribution.subject.last if attribution.subject else attribution.right
        comma = next((at for at in range(first, min(limit, first + 25)) if self.tokens[at].low == ","), -1)
        last = limit
        while last > comma + 1 and self.tokens[last - 1].low in _ENDS:
            last -= 1
        return (comma + 1, last) if 0 <= comma < last - 1 else None

    def _needs_marks(self, attribution: Attribution) -> bool:
        """Whether a cue makes a statement only of what is quoted: “attacked”, “did not say”."""
        cue = attribution.cue
        if not cue.is_verb:
            return False
        at = self.phrases.over_adverbs(cue.first - 1)
        is_negated = any(token.low in self.vocabulary.of("negation") for token in self.tokens[at + 1 : cue.first])
        return is_negated or cue.kinds <= {"think"} or self.tokens[cue.first].low in self.vocabulary.of("quoted only")

    def _around(self, attribution: Attribution, left: TokenSpan, right: TokenSpan) -> tuple[TokenSpan | None, TokenSpan | None]:
        """Which of what stands before and after a cue is said: both, when the cue stands in the middle of it."""
        first_mark = next((at for at in self.quoted if right[0] <= at < right[1]), -1)
        after_that = self.tokens[right[0] - 1].low in self.vocabulary.of("that")
        if self.tokens[left[1] - 1].quotation is not None:
            if first_mark < 0 and not after_that:
                return left, None
            is_near = first_mark >= 0 and first_mark - right[0] <= _FEW and self._splits(right)
            return left, right if after_that or is_near else None
        if self._splits(right):
            return left, right
        right_is_said = after_that or first_mark >= 0 or right[0] == attribution.right + 1
        return (None, right) if right_is_said else (left, None)

    def _limit(self, attribution: Attribution, following: list[Attribution]) -> int:
        """Where the content must end: before the next cue that is coordinated, not within it."""
        for later in following:
            start = later.left
            if start <= attribution.cue.first < later.cue.first and not later.is_shared:
                comma = self.phrases.over_adverbs(later.cue.first - 1)
                return comma if self.tokens[comma].low == "," else later.cue.first
            before = self.tokens[start - 1].low if start > attribution.right + 1 else ""
            is_relative = attribution.subject is not None and attribution.subject.kind == "who"
            if before == "," and not later.is_shared and (is_relative or self._is_subordinate(attribution)):
                return start - 1
            if attribution.is_shared and attribution.cue.first == 0 and not later.is_shared:
                return start - 1 if before == "," else start
            if before in (":", ";") and not later.is_shared:
                return start - 1
            if later.is_shared and self.tokens[later.cue.first].low.endswith("ing") and before == ",":
                return start - 1
            if before in ("and", "but", "while", "as", "though", "although", "or"):
                comma = start > 1 and self.tokens[start - 2].low == ","
                if comma or later.is_shared or before == "but":
                    return start - 2 if comma else start - 1
            if before == "," and ("according" in later.cue.kinds or self.is_channel(later, attribution)):
                return start - 1
        return len(self.tokens)

    def _is_subordinate(self, attribution: Attribution) -> bool:
        """Whether a cue stands in an opening clause: "Months after he criticised her, Lee said"."""
        openers = self.vocabulary.of("clause opener")
        return (
            any(token.low in openers for token in self.tokens[max(0, attribution.left - 4) : attribution.left][:4]) and attribution.left < 8
        )

    def _content_after(self, attribution: Attribution, limit: int) -> TokenSpan | None:
        first = self._over_circumstances(attribution, limit)
        last = limit
        while last > first and (
            self.tokens[last - 1].low in _ENDS or self.tokens[last - 1].low in (",", ":") or self.tokens[last - 1].low in DASHES
        ):
            last -= 1
        if last <= first:
            return None
        return self._ended(first, last, attribution)

    def _ended(self, first: int, last: int, attribution: Attribution) -> TokenSpan:
        """The content cut where the reporter's words begin again after a quotation."""
        before = self.tokens[first - 1].low if first else ""
        stands_alone = self.tokens[first].quotation is not None and before in (",", ":")
        is_gerund = self.tokens[attribution.cue.first].low.endswith("ing")
        is_object = "call" in attribution.cue.kinds and "say" not in attribution.cue.kinds
        for at in range(first, last - 1):
            token, after = self.tokens[at], self.tokens[at + 1]
            if at > first and self._ends_before(at, last, is_object):
                return first, at
            is_end = (at == first and stands_alone) or self._closes_with_comma(at, last) or self._is_channel_phrase(at + 1)
            if token.quotation is not None and after.quotation is None and is_end:
                return first, at + 1
            if is_gerund and after.low.endswith("ing") and self._is_shared_place(at):
                return first, at
        return first, last

    def _ends_before(self, at: int, last: int, is_object: bool) -> bool:
        """Whether the reporter's own words begin at a comma, a dash or a "but" with no more quoted words after it."""
        token = self.tokens[at]
        if any(at < mark < last for mark in self.quoted):
            return False
        if token.low == ",":
            low = self.tokens[at + 1].low
            return (
                low in self.vocabulary.of("relative") or low in self.vocabulary.of("contrast") or (is_object and self._turns_away(at + 1))
            )
        return is_object and token.low == "but"

    def _turns_away(self, at: int) -> bool:
        """Whether the reporter goes on after a comma: "…, but the crowd", "…, while", "…, recalling"."""
        low = self.tokens[at].low
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

    def _over_circumstances(self, attribution: Attribution, limit: int) -> int:
        """Where content after a cue begins: past "Thursday", "in an interview", "reporters", "that"."""
        at, tokens, of = attribution.right + 1, self.tokens, self.vocabulary.of
        if "tell" in attribution.cue.kinds:
            after = self._over_addressee(at, limit)
            urges = after < limit and self.tokens[after].low in self.vocabulary.of("infinitive mark")
            at = at if urges and after > at else after
            if urges:
                return at
        that = self._that_ahead(at, limit)
        while at < limit:
            low = tokens[at].low
            if tokens[at].quotation is not None:
                if not self._is_place_of_speech(at):
                    return at
                at += 1
                continue
            if low in of("that"):
                return at if low in of("that kept") else at + 1
            if at == that:
                return at
            if low in of("day") or low in (",", ":") or low in DASHES or self._is_adverb_here(at):
                at += 1
            elif low in of("about") and at + 1 < limit and not self._is_somebody_ahead(at + 1):
                return at
            elif low in of("channel") and "call" not in attribution.cue.kinds and "according" not in attribution.cue.kinds:
                at = self._over_phrase(at, limit)
            else:
                return at
        return at

    def _is_adverb_here(self, at: int) -> bool:
        low = self.tokens[at].low
        return low in (
            "however",
            "again",
            "also",
            "repeatedly",
            "recently",
            "earlier",
            "later",
            "simply",
            "bluntly",
            "flatly",
            "afterward",
            "afterwards",
        )

    def _is_somebody_ahead(self, at: int) -> bool:
        """Whether "about" leads to somebody or something, not to a number: "said about half were lost"."""
        token = self.tokens[at]
        return token.is_capital or token.low in self.words.marking or token.low in self.vocabulary.of("object pronoun")

    def _is_place_of_speech(self, at: int) -> bool:
        """Whether a quotation names where something was said: on ABC's “This Week”, in her memoir, “Tough Choices”."""
        before = self.tokens[at - 1].low if at else ""
        before = self.tokens[at - 2].low if before == "," and at > 1 else before
        leads = (
            before == "'s"
            or before in self.vocabulary.of("work")
            or before in self.vocabulary.of("channel")
            or before in self.words.marking
        )
        return leads and is_title(self.tokens, at, self.vocabulary)

    def _that_ahead(self, at: int, limit: int) -> int:
        return next(
            (
                k
                for k in range(at, min(limit, at + 16))
                if self.tokens[k].low == "that" or (self.tokens[k].quotation is not None and not self._is_place_of_speech(k))
            ),
            -1,
        )

    def _over_addressee(self, at: int, limit: int) -> int:
        tokens = self.tokens
        if at < limit and tokens[at].low in self.vocabulary.of("object pronoun"):
            return at + 1
        found = self.phrases.beginning(at)
        if found is not None and found.kind in ("name", "noun"):
            return min(found.last + 1, limit)
        if at < limit and tokens[at].is_word and not tokens[at].is_capital and tokens[at].low.endswith("s"):
            return at + 1
        return at

    def _over_phrase(self, at: int, limit: int) -> int:
        """Past a circumstance like "in a statement" or "on Twitter": a preposition and its noun phrase."""
        tokens, of = self.tokens, self.vocabulary.of
        at += 1
        if at < limit and (tokens[at].low in of("determiner") or tokens[at].low in of("possessive")):
            at += 1
        while at < limit and tokens[at].is_word and tokens[at].low not in of("that") and (tokens[at].low not in of("determiner")):
            low = tokens[at].low
            if low in of("channel") or low in of("day") or (low in self.phrases.words.pronouns and low != "that"):
                break
            at += 1
        return at

    def _content_before(self, attribution: Attribution, floor: int, right: TokenSpan | None) -> TokenSpan | None:
        tokens, end = self.tokens, attribution.left
        if attribution.subject is not None and attribution.subject.kind == "who":
            return None
        while end > floor and (self.phrases.over_adverbs(end - 1) < end - 1):
            end = self.phrases.over_adverbs(end - 1) + 1
        if end > floor and tokens[end - 1].low == "as":
            end -= 1
        if end <= floor:
            return None
        before = tokens[end - 1]
        is_closed = before.quotation is not None or before.low in (",", "?", "!") or before.low in DASHES
        if not is_closed and "according" not in attribution.cue.kinds:
            return None
        while end > floor and (tokens[end - 1].low == "," or tokens[end - 1].low in DASHES):
            end -= 1
        while floor < end and ((not tokens[floor].is_word and tokens[floor].quotation is None) or tokens[floor].low in ("and", "but")):
            floor += 1
        if end <= floor or ("call" in attribution.cue.kinds and not attribution.cue.kinds & {"say", "tell"} and before.quotation is None):
            return None
        if before.quotation is None and right is not None and tokens[floor].low in self.vocabulary.of("lead") and tokens[floor].low != "if":
            return None
        return floor, end

    def _splits(self, right: TokenSpan) -> bool:
        """Whether a cue stands in the middle of the words: a comma after it, and no new clause."""
        before = self.tokens[right[0] - 1].low if right[0] else ""
        low = self.tokens[right[0]].low
        if before not in (",", ":") and self.tokens[right[0]].quotation is None:
            return False
        return low not in self.vocabulary.of("relative") and not low.endswith("ing") and low not in ("and", "but")
