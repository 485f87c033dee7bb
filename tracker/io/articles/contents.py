"""What is said: which words of the sentence belong to a cue and its subject."""

from __future__ import annotations

from tracker.io.articles.according_to import AccordingTo
from tracker.io.articles.attribution import Attribution, TokenSpan
from tracker.io.articles.content_ends import ENDS
from tracker.io.articles.titles import is_title, outlet_told
from tracker.io.articles.words import DASHES

_FEW = 3
_FEWEST_WORDS = 2
_FAR = 40
_LONGEST_TIME = 6


class Contents(AccordingTo):
    """The content of the attributions of one sentence."""

    def is_inside(self, attribution: Attribution, kept: Attribution) -> bool:
        """Whether a cue stands within words already taken as somebody's."""
        return any(first <= attribution.cue.first < end for first, end in kept.parts)

    def fill(self, attribution: Attribution, kept: list[Attribution], following: list[Attribution]) -> None:
        """Give an attribution its content: after the cue, before it, or around it."""
        floor = max((a.right + 1 for a in kept), default=0)
        floor = max([floor, *(end for a in kept for _, end in a.parts)])
        limit = self._limit(attribution, following)
        right = self._content_after(attribution, limit) if not self._ends_in_itself(attribution) else None
        is_forward = attribution.is_shared or attribution.is_passive or attribution.cue.kinds == {"colon"}
        left = None if is_forward else self._content_before(attribution, floor, right)
        if "according" in attribution.cue.kinds and self.words.is_verb_second:
            left = left if left and not self.only_leads(left) else None
        elif "according" in attribution.cue.kinds or self.is_opening_as(attribution):
            left, right = self.around_according(attribution, left, limit)
        elif left and right:
            left, right = self._around(attribution, left, right)
        marked = any(a <= at < b for at in self.quoted for a, b in filter(None, (left, right)))
        if not marked and self._needs_marks(attribution, left, right):
            left = right = None
        attribution.after_content = left is not None
        if right and not left and not is_forward:
            left = self._relative_object(attribution, floor, right)
        attribution.parts = [part for part in (left, right) if part and part[1] > part[0]]

    def _ends_in_itself(self, attribution: Attribution) -> bool:
        """Whether a clause with "who" behind an inverted cue tells of who speaks: "…, said an official who was there"."""
        subject = attribution.subject
        return subject is not None and subject.first > attribution.cue.last and attribution.cue.is_verb and self._tells_of_itself(subject)

    def lacks_marks(self, attribution: Attribution) -> bool:
        """Whether a cue that makes a statement only of quoted words has none in its content."""
        marked = any(a <= at < b for at in self.quoted for a, b in attribution.parts)
        return not marked and self._needs_marks(attribution, None, attribution.parts[-1])

    def is_opening_as(self, attribution: Attribution) -> bool:
        """Whether "As Lee put it," opens the sentence: the words follow its comma."""
        before, after = self.tokens[: attribution.left], self.tokens[attribution.right + 1 : attribution.right + _LONGEST_TIME]
        opens = [token.low for token in before if token.is_word or token.quotation is not None] == ["as"]
        comma = next((at for at, token in enumerate(after) if not token.is_word), -1)
        return opens and comma >= 0 and after[comma].low == ","

    def _relative_object(self, attribution: Attribution, floor: int, right: TokenSpan) -> TokenSpan | None:
        """The word that stands for what is spoken of: "what he called “a hoax”", "which she said was over"."""
        at, subject = attribution.left - 1, attribution.subject
        if at < floor or subject is None or subject.kind == "who" or right[0] != attribution.right + 1:
            return None
        return (at, at + 1) if self.tokens[at].low in self.vocabulary.of("relative object") else None

    def _needs_marks(self, attribution: Attribution, left: TokenSpan | None, right: TokenSpan | None) -> bool:
        """Whether a cue makes a statement only of what is quoted: “attacked”, “did not say”; not “responded that”, “…, he replied”."""
        cue = attribution.cue
        if not cue.is_verb:
            return False
        at = self.phrases.over_adverbs(cue.first - 1)
        is_negated = any(token.low in self.vocabulary.of("negation") for token in self.tokens[at + 1 : cue.first])
        is_refused = at >= 0 and self.tokens[at].low in self.vocabulary.of("refusal") and self.is_object_cue(attribution)
        if is_negated or is_refused or cue.kinds <= {"think"}:
            return True
        is_closing = left is not None and right is None and self.only_circumstances_follow(attribution)
        is_between = left is not None and right is not None and self.is_between_commas(attribution)
        says = "think" not in cue.kinds and (
            self._has_that(cue.last) or self._has_that(cue.last + 1) or ((is_closing or is_between) and "say" in cue.kinds)
        )
        return not says and self.tokens[cue.first].low in self.vocabulary.of("quoted only")

    def is_between_commas(self, attribution: Attribution) -> bool:
        """Whether subject and cue stand alone between two commas: "The name, she explained, is old"."""
        left, right = attribution.left - 1, attribution.right + 1
        is_alone = attribution.subject is not None and not attribution.is_shared and left >= 0 and right < len(self.tokens)
        return is_alone and self.tokens[left].low == "," and self.tokens[right].low == ","

    def _has_that(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].low in self.vocabulary.of("that")

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
        for later in (one for one in following if not self.goes_on_with(attribution, one)):
            start = later.left
            if start <= attribution.cue.first < later.cue.first and not later.is_shared:
                comma = self.phrases.over_adverbs(later.cue.first - 1)
                return comma if self.tokens[comma].low == "," else later.cue.first
            before = self.tokens[start - 1].low if start > attribution.right + 1 else ""
            is_relative = attribution.subject is not None and attribution.subject.kind == "who"
            is_apart = is_relative or self._is_subordinate(attribution)
            is_apart = is_apart and "according" not in attribution.cue.kinds and not self.is_opening_as(attribution)
            if before == "," and not later.is_shared and is_apart:
                return start - 1
            if attribution.is_shared and attribution.cue.first == 0 and not later.is_shared:
                return start - 1 if before == "," else start
            if (before in (":", ";") and not later.is_shared) or self._is_led_apart(later):
                return start - 1
            if later.is_shared and self.tokens[later.cue.first].low.endswith("ing") and before == ",":
                return start - 1
            if self.is_object_cue(attribution) and not later.is_shared and before in self.vocabulary.of("opening"):
                return start - 2 if self.tokens[start - 2].low == "even" else start - 1
            if before in (",", "and", "but") and start < len(self.tokens) and self.tokens[start].low in self.vocabulary.of("that"):
                continue
            if before in ("and", "but", "while", "as", "though", "although", "or"):
                comma = start > 1 and self.tokens[start - 2].low == ","
                if comma or later.is_shared or before == "but" or self.says_too(attribution, later):
                    return start - 2 if comma else start - 1
            if before == "," and ("according" in later.cue.kinds or self.is_channel(later, attribution)):
                return start - 1
        return len(self.tokens)

    def _is_led_apart(self, later: Attribution) -> bool:
        """Whether ", with" leads to somebody with a gerund: ", with Lee tweeting that"."""
        at = later.left - 1
        speaks = later.subject is not None and (later.subject.kind in ("name", "he", "she", "they") or self.is_actor(later.subject))
        leads = at > 0 and self.tokens[at].low == "with" and self.tokens[at - 1].low == ","
        return leads and speaks and self.tokens[later.cue.first].low.endswith("ing")

    def _is_subordinate(self, attribution: Attribution) -> bool:
        """Whether a cue stands in an opening clause: "Months after he criticised her, Lee said"."""
        openers = self.vocabulary.of("clause opener")
        if attribution.left and self.tokens[attribution.left - 1].low == "with" and self.tokens[attribution.cue.first].low.endswith("ing"):
            return True
        return (
            any(token.low in openers for token in self.tokens[max(0, attribution.left - 4) : attribution.left][:4]) and attribution.left < 8
        )

    def _content_after(self, attribution: Attribution, limit: int) -> TokenSpan | None:
        first = self._over_circumstances(attribution, limit)
        last = limit
        while last > first and (
            self.tokens[last - 1].low in ENDS or self.tokens[last - 1].low in (",", ":") or self.tokens[last - 1].low in DASHES
        ):
            last -= 1
        last -= last - 1 > first and self.parts_cue(attribution.cue, last - 1)
        if last <= first or (attribution.right == attribution.cue.last and self.tokens[attribution.right + 1].low == ";"):
            return None
        return self.ended(first, last, attribution)

    def _over_circumstances(self, attribution: Attribution, limit: int) -> int:
        """Where content after a cue begins: past "Thursday", "in an interview", "reporters", "that"."""
        at, tokens, of = attribution.right + 1, self.tokens, self.vocabulary.of
        if "tell" in attribution.cue.kinds:
            after = self._over_addressee(at, limit)
            urges = after < limit and self.tokens[after].low in self.vocabulary.of("infinitive mark")
            at = at if urges and after > at else after
            if urges:
                return at
        if (far := self._clause_behind(at, limit, attribution)) > 0:
            return far
        at += at < limit and self.parts_cue(attribution.cue, at)
        at = self.over_second_verb(at, limit, attribution)
        that = self._that_ahead(at, limit)
        at += outlet_told(tokens, at, self.vocabulary) if at < limit else 0
        while at < limit:
            at = self._over_day_in_brackets(at, that)
            low = tokens[at].low
            if tokens[at].quotation is not None:
                if at == attribution.cue.last + 1 or not self._is_place_of_speech(at):
                    return at
                at += 1
                continue
            if low in of("that"):
                return at if low in of("that kept") or self._is_this(at, limit, attribution) else at + 1
            if at == that:
                return at
            is_day = low in of("day") and not (at + 1 < limit and tokens[at + 1].low == "'s")
            if is_day or low in (",", ":") or low in DASHES or self._is_adverb_here(at):
                at += 1
            elif low in of("about") and at + 1 < limit and not self._is_somebody_ahead(at + 1):
                return at
            elif low in of("channel") and self._is_circumstance(at, limit, attribution):
                at = self._over_phrase(at, limit)
            else:
                return at
        return at

    def _is_this(self, at: int, limit: int, attribution: Attribution) -> bool:
        """Whether "that" is a pronoun or belongs to a noun: "said that would do", "rejected that idea"; no clause follows."""
        behind = self.tokens[at + 1 : limit]
        is_pronoun = bool(behind) and (behind[0].low in self.vocabulary.of("modal") | self.words.be or behind[0].low.endswith("n't"))
        words = [token for token in behind[:_FEW] if token.is_word]
        is_noun = (
            self.is_object_cue(attribution) and len(words) < _FEW and not any(map(self.phrases.is_verb, range(at + 1, at + 1 + len(words))))
        )
        return is_pronoun or is_noun

    def _over_day_in_brackets(self, at: int, that: int) -> int:
        """The place behind a day in brackets before "that": "said on Monday (7 April) that"; ``at`` where none stands."""
        opens = self.tokens[at].low == "("
        closing = next((k for k in range(at + 1, that) if self.tokens[k].low == ")"), -1) if opens else -1
        inside = self.tokens[at + 1 : closing] if closing > 0 else []
        return closing + 1 if inside and all(t.text[0].isdigit() or t.low in self.vocabulary.of("day") for t in inside) else at

    def _is_circumstance(self, at: int, limit: int, attribution: Attribution) -> bool:
        """Whether a preposition begins where or when it was said; behind a verb with an object only before a day."""
        after = self.tokens[at + 1].low if at + 1 < limit else ""
        if after in self.vocabulary.of("superlative") or (self.tokens[at].low == "this" and after not in self.vocabulary.of("day")):
            return False
        if "call" not in attribution.cue.kinds:
            return "according" not in attribution.cue.kinds
        is_day = at + 1 < limit and self.tokens[at + 1].low in self.vocabulary.of("day")
        return is_day and "say" in attribution.cue.kinds

    def _clause_behind(self, at: int, limit: int, attribution: Attribution) -> int:
        """Where a clause that is said begins behind an object or a long aside; 0 without one."""
        is_parted = at < limit and self.parts_cue(attribution.cue, at)
        clause = self.clause_ahead(at, limit, attribution.cue) if self.words.is_verb_second and not is_parted else 0
        return clause or self._far_that(at, limit, attribution)

    def _far_that(self, at: int, limit: int, attribution: Attribution) -> int:
        """Where words begin behind a long aside: "said in its letter, signed by Lee, that"; 0 without one."""
        tokens, of = self.tokens, self.vocabulary.of
        if at >= limit or not attribution.cue.kinds & {"say", "tell"}:
            return 0
        if not (tokens[at].low in of("channel") or tokens[at].low == "," or tokens[at].low in DASHES):
            return 0
        for place in range(at + 1, min(limit, at + _FAR)):
            if (tokens[place].quotation is not None and not self._is_place_of_speech(place)) or tokens[place].low in of("that kept"):
                return 0
            if tokens[place].low in of("that") and (tokens[place - 1].low == "," or tokens[place - 1].low in DASHES):
                return place + 1
        return 0

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
            return min(self._over_stroke(found.last + 1, limit), limit)
        if at < limit and tokens[at].low in self.vocabulary.of("determiner"):  # "told a briefing", "told a news conference"
            nouns = self.vocabulary.of("channel noun")
            return next((k + 1 for k in range(at + 1, min(limit, at + 4)) if tokens[k].low in nouns), at)
        many = at + (at + 1 < limit and tokens[at].low.endswith((*self.words.past_endings, "ing")))  # "told cheering supporters"
        if many < limit and tokens[many].is_word and not tokens[many].is_capital and tokens[many].low.endswith("s"):
            return many + 1
        return at

    def _over_stroke(self, at: int, limit: int) -> int:
        """The place behind the other part of a name with a stroke: "RFE/RL"."""
        is_one = at + 1 < limit and self.tokens[at].low == "/" and self.tokens[at - 1].end == self.tokens[at].start
        return at + 2 if is_one and self.tokens[at + 1].is_capital else at

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
        end = self._over_joined(end, floor)
        floor = max(floor, self.behind_bracket(floor, end))
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
        if before.quotation is not None and right is not None and self._is_place_of_speech(end - 1):
            return None
        if before.quotation is not None:
            is_announced = right is None and end - 2 > floor and tokens[end - 2].low == ":"
            return (end - 1 if is_announced else floor), end
        turns = right is not None and tokens[floor].low.endswith(self.words.participle_endings) and tokens[right[0]].quotation is not None
        if right is None or not (turns or tokens[floor].low in self.vocabulary.of("lead")) or tokens[floor].low == "if":
            return floor, end
        is_inverted = attribution.subject is not None and attribution.subject.first > attribution.cue.last
        is_said = is_inverted or "according" in attribution.cue.kinds or self._is_parenthetical(attribution, floor, end, right)
        return (floor, end) if is_said else None

    def _over_joined(self, end: int, floor: int) -> int:
        """The place before a first of two that speak: "…, teachers and union officials said"."""
        if end <= floor or self.tokens[end - 1].low not in ("and", "or"):
            return end
        at = end - 1
        if self.words.pronouns.get(self.tokens[at - 1].low) in ("he", "she", "they", "i", "we"):
            return at - 1 if at - 1 > floor else end  # "…, he and Mr. Lee said"
        while at > max(floor, end - _FEWEST_WORDS - 3) and self.phrases.is_content(at - 1) and not self.phrases.is_verb(at - 1):
            at -= 1
        return at if at < end - 1 and at > floor and self.tokens[at - 1].low == "," else end

    def _is_parenthetical(self, attribution: Attribution, floor: int, end: int, right: TokenSpan) -> bool:
        """Whether subject and cue stand between commas within the words: "In such states, he said, turnout fell"."""
        at, of = attribution.right + 1, self.vocabulary.of
        if at >= len(self.tokens) or self.tokens[at].low != ",":
            return False
        lead = [token.low for token in self.tokens[floor:end]]
        if self.tokens[right[0]].quotation is not None:
            return " ".join(lead) in of("connective")
        is_time = len(lead) <= _FEWEST_WORDS and any(low in of("day") for low in lead)
        return not is_time and not any(low in of("channel noun") for low in lead)

    def _splits(self, right: TokenSpan) -> bool:
        """Whether a cue stands in the middle of the words: a comma after it, and no new clause."""
        before = self.tokens[right[0] - 1].low if right[0] else ""
        low = self.tokens[right[0]].low
        if before not in (",", ":") and self.tokens[right[0]].quotation is None:
            return False
        return low not in self.vocabulary.of("relative") and not low.endswith("ing") and low not in ("and", "but")
