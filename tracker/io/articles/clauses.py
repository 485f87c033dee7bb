"""Attributions of a sentence: a cue, who it belongs to, and which words of the sentence are theirs.

A sentence is read cue by cue from the left. Each finds its subject (before it, after it, or shared with the cue before)
and then its content: what follows up to the next coordinated cue, what precedes, or both when the cue stands in the middle.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.io.articles.cues import FoundCue, cues
from tracker.io.articles.languages import Language
from tracker.io.articles.phrases import Phrase, Phrases
from tracker.io.articles.sentences import Token

_ENDS = frozenset([".", "!", "?", "…", ";", "。", "؟"])
_DASHES = frozenset("—–-")
TokenSpan = tuple[int, int]


@dataclass(slots=True)
class Attribution:
    """A cue with its subject and the tokens of its content, as half-open runs of tokens, in order."""

    cue: FoundCue
    subject: Phrase | None
    parts: list[TokenSpan] = field(default_factory=list)
    is_passive: bool = False
    after_content: bool = False
    is_shared: bool = False

    @property
    def left(self) -> int:
        """The first token of subject and cue together."""
        return min(self.cue.first, self.subject.outer_first) if self.subject and not self.is_shared else self.cue.first

    @property
    def right(self) -> int:
        """The last token of subject and cue together."""
        return max(self.cue.last, self.subject.outer_last) if self.subject and not self.is_shared else self.cue.last


class Clauses:
    """One sentence, read for attributions."""

    def __init__(self, tokens: list[Token], vocabulary: Language) -> None:
        self.tokens, self.vocabulary = tokens, vocabulary
        self.phrases = Phrases(tokens, vocabulary)
        self.quoted = [at for at, token in enumerate(tokens) if token.quotation is not None]

    def attributions(self) -> list[Attribution]:
        """The attributions of the sentence with their content, in the order of their cues; those without content are left out."""
        found: list[Attribution] = []
        for cue in self._all_cues():
            attribution = self._with_subject(cue, found)
            if attribution is not None:
                found.append(attribution)
        kept: list[Attribution] = []
        for place, attribution in enumerate(found):
            if kept and self._is_inside(attribution, kept[-1]):
                continue
            self._fill(attribution, kept, found[place + 1 :])
            if attribution.parts:
                kept.append(attribution)
        return kept

    def _all_cues(self) -> list[FoundCue]:
        found = cues(self.tokens, self.vocabulary)
        colon = next((at for at, t in enumerate(self.tokens) if t.low in (":", "：")), -1)
        if colon > 0 and colon < 20 and not any(c.last < colon for c in found) and colon + 1 < len(self.tokens):
            found.insert(0, FoundCue(colon, colon, frozenset(["colon"])))
        return sorted(found, key=lambda cue: cue.first)

    # --- who --------------------------------------------------------------------------------------------------------

    def _with_subject(self, cue: FoundCue, before: list[Attribution]) -> Attribution | None:
        kinds = cue.kinds
        if "according" in kinds:
            subject = self.phrases.beginning(cue.last + 1)
            return Attribution(cue, subject) if subject else None
        if "according after" in kinds:
            subject = self.phrases.ending(cue.first - 1)
            return Attribution(cue, subject) if subject else None
        if kinds == {"colon"}:
            return self._of_colon(cue)
        if kinds == {"noun"}:
            return self._of_noun(cue)
        return self._of_verb(cue, before)

    def _of_colon(self, cue: FoundCue) -> Attribution | None:
        subject = self.phrases.ending(cue.first - 1)
        if subject is None and self.tokens[cue.first - 1].low == ")":
            subject = self.phrases.before(cue.first)
        if subject is None or subject.kind not in ("name", "noun"):
            return None
        is_alone = subject.outer_first == 0 or not self.tokens[subject.outer_first - 1].is_word
        return Attribution(cue, subject) if is_alone else None

    def _of_noun(self, cue: FoundCue) -> Attribution | None:
        """A noun cue needs an owner ("Kirby's claim", "her words") and marks or "that" after it."""
        after = self.tokens[cue.last + 1] if cue.last + 1 < len(self.tokens) else None
        leads = after is not None and (
            after.quotation is not None or after.low in self.vocabulary.of("that") or after.low == ":" or after.low in ("of", "about", ",")
        )
        if not leads or not any(at > cue.last for at in self.quoted):
            return None
        subject = self._owner(cue.first)
        return Attribution(cue, subject) if subject else None

    def _owner(self, at: int) -> Phrase | None:
        for place in range(at - 1, max(-1, at - 4), -1):
            token = self.tokens[place]
            if token.low in self.vocabulary.of("possessive"):
                kind = {"his": "he", "her": "she", "their": "they", "its": "it"}.get(token.low, "noun")
                return Phrase(place, place, kind, place, place)
            if token.low == "'s":
                return self.phrases.ending(place - 1)
        return None

    def _of_verb(self, cue: FoundCue, before: list[Attribution]) -> Attribution | None:
        tokens = self.tokens
        at = self.phrases.over_adverbs(cue.first - 1)
        between = {t.low for t in tokens[at + 1 : cue.first]}
        is_gerund = tokens[cue.first].low.endswith("ing")
        if between & {"was", "were", "is", "are", "been", "be", "being"} and not is_gerund:
            return self._passive(cue)
        if not is_gerund and not self._is_shared_place(at):
            subject = self.phrases.before(cue.first)
            if subject is not None and self._agrees(subject, cue, between) and not self._is_object(subject, before):
                return Attribution(cue, subject)
        inverted = self._inverted(cue)
        if inverted is not None and not is_gerund:
            return Attribution(cue, inverted)
        return self._shared(cue, at, before, is_gerund, between)

    def _is_shared_place(self, at: int) -> bool:
        return at >= 0 and self.tokens[at].low in ("and", "or", "but")

    def _agrees(self, subject: Phrase, cue: FoundCue, between: set[str]) -> bool:
        if not cue.is_infinitive or between & self.vocabulary.of("auxiliary") or subject.kind in ("they", "i", "we", "you", "who"):
            return True
        last = self.tokens[subject.last].low
        return (
            last.endswith("s")
            or last in self.vocabulary.of("animate group")
            or any(t.low == "and" for t in self.tokens[subject.first : subject.last])
        )

    def _is_object(self, subject: Phrase, before: list[Attribution]) -> bool:
        """Whether the phrase is what another cue speaks to or of: "told reporters", "accused Trump"."""
        return any(a.cue.last + 1 == subject.first and a.cue.kinds & {"tell", "call"} for a in before)

    def _passive(self, cue: FoundCue) -> Attribution | None:
        for place in range(cue.last + 1, min(len(self.tokens), cue.last + 12)):
            if self.tokens[place].low == "by":
                subject = self.phrases.beginning(place + 1)
                return Attribution(cue, subject, is_passive=True) if subject else None
            if self.tokens[place].low == ",":
                break
        has_marks = any(at > cue.last for at in self.quoted)
        return Attribution(cue, None, is_passive=True) if has_marks else None

    def _inverted(self, cue: FoundCue) -> Phrase | None:
        """The subject after the verb, which only a quotation or a comma before it allows."""
        before = self.phrases.over_adverbs(cue.first - 1)
        if before < 0 or not (
            self.tokens[before].quotation is not None or self.tokens[before].low == "," or self.tokens[before].low in _DASHES
        ):
            return None
        found = self.phrases.beginning(cue.last + 1)
        if found is None or found.kind == "it":
            return None
        after = self.tokens[found.last + 1] if found.last + 1 < len(self.tokens) else None
        ends = (
            after is None
            or not after.is_word
            or after.low in self.vocabulary.of("channel")
            or after.low in self.vocabulary.of("relative")
            or after.low in self.vocabulary.of("day")
        )
        return found if ends else None

    def _shared(self, cue: FoundCue, at: int, before: list[Attribution], is_gerund: bool, between: set[str]) -> Attribution | None:
        """A cue without a subject of its own: "…, adding that", "and said", "went on to say"."""
        if cue.is_infinitive and "to" not in between:
            return None
        previous = next((a.subject for a in reversed(before) if a.subject is not None and a.cue.is_verb), None)
        is_clear = is_gerund or self._is_shared_place(at) or "to" in between or at < 0 or self.tokens[at].low == ","
        if not is_clear:
            return None
        if (
            is_gerund
            and at >= 0
            and self.tokens[at].is_word
            and self.tokens[at].low not in self.vocabulary.of("preposition") | self.vocabulary.of("conjunction")
        ):
            own = self.phrases.ending(at)
            if own is not None and own.kind in ("name", "noun", "he", "she", "they") and previous is None:
                return Attribution(cue, own)
        subject = previous or self.phrases.sentence_subject(cue.first)
        return Attribution(cue, subject, is_shared=True) if subject else None

    # --- what -------------------------------------------------------------------------------------------------------

    def _is_inside(self, attribution: Attribution, kept: Attribution) -> bool:
        """Whether a cue stands within words already taken as somebody's."""
        return any(first <= attribution.cue.first < end for first, end in kept.parts)

    def _fill(self, attribution: Attribution, kept: list[Attribution], following: list[Attribution]) -> None:
        floor = max((a.right + 1 for a in kept), default=0)
        floor = max([floor, *(end for a in kept for _, end in a.parts)])
        limit = self._limit(attribution, following)
        right = self._content_after(attribution, limit)
        left = self._content_before(attribution, floor, right) if not attribution.is_shared and not attribution.is_passive else None
        if left and right and not self._splits(attribution, right):
            right = None if self._is_only_channel(attribution, right) else right
            left = None if right else left
        attribution.after_content = left is not None
        attribution.parts = [part for part in (left, right) if part and part[1] > part[0]]

    def _limit(self, attribution: Attribution, following: list[Attribution]) -> int:
        """Where the content must end: before the next cue that is coordinated, not within it."""
        for later in following:
            start = later.left
            before = self.tokens[start - 1].low if start > attribution.right + 1 else ""
            if later.is_shared and self.tokens[later.cue.first].low.endswith("ing") and before == ",":
                return start - 1
            if before in ("and", "but", "while", "as", "though", "although", "or"):
                comma = start > 1 and self.tokens[start - 2].low == ","
                if comma or later.is_shared or before == "but":
                    return start - 2 if comma else start - 1
            if "according" in later.cue.kinds and before == ",":
                return start - 1
        return len(self.tokens)

    def _content_after(self, attribution: Attribution, limit: int) -> TokenSpan | None:
        first = self._over_circumstances(attribution, limit)
        last = limit
        while last > first and (
            self.tokens[last - 1].low in _ENDS or self.tokens[last - 1].low in (",", ":") or self.tokens[last - 1].low in _DASHES
        ):
            last -= 1
        if last <= first:
            return None
        return self._ended(first, last, attribution)

    def _ended(self, first: int, last: int, attribution: Attribution) -> TokenSpan:
        """The content cut where a quotation that stands alone is followed by the reporter's words."""
        token = self.tokens[first]
        before = self.tokens[first - 1].low if first else ""
        if token.quotation is not None and before in (",", ":") and first + 1 < last:
            following = self.tokens[first + 1]
            if following.quotation is None:
                return first, first + 1
        return first, last

    def _over_circumstances(self, attribution: Attribution, limit: int) -> int:
        """Where content after a cue begins: past "Thursday", "in an interview", "reporters", "that"."""
        at, tokens, of = attribution.right + 1, self.tokens, self.vocabulary.of
        if "tell" in attribution.cue.kinds:
            at = self._over_addressee(at, limit)
        that = self._that_ahead(at, limit)
        while at < limit:
            low = tokens[at].low
            if tokens[at].quotation is not None:
                return at
            if low in of("that"):
                return at + 1 if low == "that" else at
            if at == that:
                return at
            if low in of("day") or low in (",", ":") or low in _DASHES or self._is_adverb_here(at):
                at += 1
            elif low in of("channel") and "call" not in attribution.cue.kinds and "according" not in attribution.cue.kinds:
                at = self._over_phrase(at, limit)
            else:
                return at
        return at

    def _is_adverb_here(self, at: int) -> bool:
        low = self.tokens[at].low
        return low in (
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

    def _that_ahead(self, at: int, limit: int) -> int:
        return next((k for k in range(at, min(limit, at + 16)) if self.tokens[k].low == "that" or self.tokens[k].quotation is not None), -1)

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
            if low in of("channel") or low in of("day") or (low in self.phrases.pronouns and low != "that"):
                break
            at += 1
        return at

    def _content_before(self, attribution: Attribution, floor: int, right: TokenSpan | None) -> TokenSpan | None:
        tokens, end = self.tokens, attribution.left
        while end > floor and (self.phrases.over_adverbs(end - 1) < end - 1):
            end = self.phrases.over_adverbs(end - 1) + 1
        if end > floor and tokens[end - 1].low == "as":
            end -= 1
        if end <= floor:
            return None
        before = tokens[end - 1]
        if before.quotation is None and before.low not in (",", "?", "!") and before.low not in _DASHES:
            return None
        while end > floor and (tokens[end - 1].low == "," or tokens[end - 1].low in _DASHES):
            end -= 1
        while floor < end and ((not tokens[floor].is_word and tokens[floor].quotation is None) or tokens[floor].low in ("and", "but")):
            floor += 1
        if end <= floor or ("call" in attribution.cue.kinds and not attribution.cue.kinds & {"say", "tell"} and before.quotation is None):
            return None
        if before.quotation is None and right is not None and tokens[floor].low in self.vocabulary.of("lead"):
            return None
        return floor, end

    def _splits(self, attribution: Attribution, right: TokenSpan) -> bool:
        """Whether a cue stands in the middle of the words: a comma after it, and no new clause."""
        before = self.tokens[right[0] - 1].low if right[0] else ""
        low = self.tokens[right[0]].low
        if before not in (",", ":") and self.tokens[right[0]].quotation is None:
            return False
        return low not in self.vocabulary.of("relative") and not low.endswith("ing")

    def _is_only_channel(self, attribution: Attribution, right: TokenSpan) -> bool:
        """Whether what follows the cue only says where or when: then the words stand before it."""
        before = self.tokens[right[0] - 1].low if right[0] else ""
        return before != "that" and not any(right[0] <= at < right[1] for at in self.quoted)
