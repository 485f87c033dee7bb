"""Attributions of a sentence: a cue, who it belongs to, and which words of the sentence are theirs.

A sentence is read cue by cue from the left. Each finds its subject (before it, after it, or shared with the cue before)
and then its content: what follows up to the next coordinated cue, what precedes, or both when the cue stands in the middle.
"""

from __future__ import annotations

from tracker.io.articles.attribution import Attribution
from tracker.io.articles.contents import Contents
from tracker.io.articles.cues import COLON, FoundCue, cues
from tracker.io.articles.languages import Language
from tracker.io.articles.sentences import Token
from tracker.io.articles.words import DASHES

_NEAR = 30
_FEWEST_WORDS_LED = 2
_BEGINNING = 80
_LONGEST_LABEL = 4


class Clauses(Contents):
    """One sentence, read for attributions."""

    def __init__(self, tokens: list[Token], vocabulary: Language) -> None:
        super().__init__(tokens, vocabulary)
        self.announcing: Attribution | None = None

    @property
    def opening(self) -> int:
        """Where the sentence begins, behind a label of the page: "The Latest: Lee defends the plan"."""
        colon = next((at for at, token in enumerate(self.tokens[:_LONGEST_LABEL]) if token.low == ":"), 0)
        return colon + 1 if colon and self._is_page_label(0, colon) else 0

    def attributions(self) -> list[Attribution]:
        """The attributions of the sentence with their content, in the order of their cues; those without content are left out."""
        found = self._found()
        self.announcing = next((a for a in reversed(found) if a.subject is not None), None)
        nouns = [a for a in found if a.cue.kinds == {"noun"}]
        found = [a for a in found if a.cue.kinds != {"noun"}]
        kept: list[Attribution] = []
        for place, attribution in enumerate(found):
            kept = self._given_over(kept, attribution)
            if kept and self._tells_which(kept[-1], attribution):
                kept.pop()
            if kept and self.words.is_verb_second and self._is_reported_by(kept[-1], attribution):
                kept.pop()
            if kept and self._tells_all(attribution, kept):
                kept = []
            if kept and self.is_inside(attribution, kept[-1]) and self._parts_ways(attribution, kept[-1]):
                kept = self._cut(kept, attribution.left - self.tokens[attribution.left - 1].is_word)
            if kept and self.is_inside(attribution, kept[-1]):
                if not self._outranks(attribution, kept[-1], found):
                    continue
                kept = [a for a in kept if not self.is_inside(attribution, a)]
            if kept and kept[-1].after_content and self.is_channel(attribution, kept[-1]):
                continue  # “…,” Roe told reporters, the agency reports
            self.fill(attribution, kept, found[place + 1 :])
            if attribution.parts:
                kept.append(attribution)
        for attribution in nouns:
            taken = [part for a in kept for part in a.parts]
            if not any(first <= at < end for at in self.quoted if at > attribution.cue.last for first, end in taken):
                self.fill(attribution, [], [a for a in found if a.cue.first > attribution.cue.last])
                kept += [attribution] if attribution.parts else []
        return sorted(kept, key=lambda a: a.cue.first)

    def _found(self) -> list[Attribution]:
        """Every cue with its subject; without those that stand in the apposition of a later subject."""
        found: list[Attribution] = []
        for cue in self._all_cues():
            attribution = self.with_subject(cue, found) if not self._is_within_that(cue) else None
            if attribution is not None and not any(self._stands_between(earlier, attribution) for earlier in found):
                inside = attribution.left if not attribution.is_shared and attribution.subject else attribution.cue.first
                found = [earlier for earlier in found if not self._is_set_beside(earlier, inside, attribution)]
                found.append(attribution)
        for place, attribution in enumerate(found):
            if attribution.subject is None and attribution.is_shared:
                attribution.subject = next((a.subject for a in found[place + 1 :] if a.subject and not a.is_shared), None)
        if any(a.subject and a.cue.is_verb for a in found):
            found = [a for a in found if (a.subject or not a.is_passive) and not (len(found) > 1 and self._opens_speaking(a))]
        if not any(a.subject and a.cue.is_verb for a in found) and self.quoted and (only := self.any_verb()):
            found = [only]
        return found

    def _is_within_that(self, cue: FoundCue) -> bool:
        """Whether "according to" stands behind "that,", in words that are somebody's: "said that, according to a poll, …"."""
        at = cue.first
        return "according" in cue.kinds and at > 1 and self.tokens[at - 1].low == "," and self.tokens[at - 2].low == "that"

    def _opens_speaking(self, attribution: Attribution) -> bool:
        """Whether a participle that opens the sentence only tells what was spoken of: "Speaking about the bridge, Lee said"."""
        comma = next((at for at, token in enumerate(self.tokens) if token.low == ","), 0)
        is_marked = any(at < comma for at in self.quoted)
        opens = attribution.cue.first == 0 < attribution.cue.last and self.tokens[0].low in self.vocabulary.of("speaking")
        return opens and attribution.is_shared and not is_marked

    def _stands_between(self, earlier: Attribution, attribution: Attribution) -> bool:
        """Whether a cue between commas parts a subject from its verb, so that all is said: "The Post, Roe said, called it “old”"."""
        subject = attribution.subject
        parts = subject is not None and subject.last < earlier.left and earlier.right < attribution.cue.first
        is_said = "say" in earlier.cue.kinds and earlier.subject is not None and earlier.subject.kind != "who"
        is_said = is_said and not attribution.is_shared and not self.tokens[earlier.cue.first].is_capital
        return parts and is_said and self.is_between_commas(earlier)

    def _takes_over(self, closing: Attribution, before: Attribution) -> bool:
        """Whether words that a verb before took are another's, who closes the sentence: "They want to “go on,” Lee said."."""
        at = closing.left - 1
        if closing.is_shared or closing.subject is None or "say" not in closing.cue.kinds or at < 1 or before.cue.kinds == {"colon"}:
            return False
        if closing.subject.kind in ("he", "she") and before.left == 0 and before.subject is not None and before.subject.kind == "name":
            return False  # "Lee said that they want to “go on,” she said."
        is_joined = self.tokens[at].quotation is not None and self.tokens[at].text.rstrip().endswith(",")
        takes = is_joined and any(first <= at < end and end == at + 1 for first, end in before.parts) and before.cue.first < at
        return takes and not self.is_channel(closing, before) and self.only_circumstances_follow(closing)

    def _is_reported_by(self, outer: Attribution, inner: Attribution) -> bool:
        """Whether a paper only tells who said so: "Laut CNN hat Lee verkündet, …"."""
        if "according" not in outer.cue.kinds or outer.subject is None or inner.subject is None or not self.is_inside(inner, outer):
            return False
        heads = [token for token in self.tokens[outer.subject.first : outer.subject.last + 1] if token.is_word]
        is_medium = any(token.low.endswith(tuple(self.vocabulary.of("medium"))) or token.text.isupper() for token in heads)
        speaks = inner.cue.is_verb and "say" in inner.cue.kinds and not inner.is_shared and self.is_somebody(inner.subject)
        return is_medium and speaks

    def _tells_which(self, outer: Attribution, inner: Attribution) -> bool:
        """Whether a participle only told which thing is meant, before a name speaks: "A note posted on the door, Ann Lee said “…”"."""
        if outer.subject is None or outer.subject.kind != "noun" or not self.is_inside(inner, outer):
            return False
        is_apart = self.tokens[inner.left - 1].low == ","
        tells = self.tokens[outer.cue.last].low.endswith(self.words.past_endings) and not self.is_actor(outer.subject)
        behind = self.tokens[outer.cue.last + 1].low
        speaks = inner.subject is not None and inner.subject.kind == "name" and not inner.is_shared and "say" in inner.cue.kinds
        is_alone = is_apart and behind in self.words.prepositions
        return tells and speaks and is_alone and not any(outer.cue.last < at < inner.left for at in self.quoted)

    def _tells_all(self, closing: Attribution, kept: list[Attribution]) -> bool:
        """Whether "according to" at the end tells of a deed: "He pledged to stay, according to aides"; not of what was said."""
        at = closing.left - 1
        if "according" not in closing.cue.kinds or closing.subject is None or at < 1 or self.tokens[at].low != ",":
            return False
        heads = {token.low for token in self.tokens[closing.subject.first : closing.subject.last + 1]}
        is_deed = all(a.cue.is_verb and not self._is_said(a) and not self._has_marks(a) and not self.is_opening_as(a) for a in kept)
        reaches = any(end == at for _, end in kept[-1].parts)
        return is_deed and reaches and not heads & self.vocabulary.of("medium") and self.only_circumstances_follow(closing)

    def _has_marks(self, attribution: Attribution) -> bool:
        return any(first <= mark < end for mark in self.quoted for first, end in attribution.parts)

    def _is_said(self, attribution: Attribution) -> bool:
        return self.tokens[attribution.cue.first].low in self.vocabulary.of("said")

    def _parts_ways(self, inner: Attribution, outer: Attribution) -> bool:
        """Whether a clause of its own begins with a cue's subject: ", with Lee calling it", "and Lee said, “…”"."""
        if inner.is_shared or inner.subject is None or inner.left < 1 or inner.left >= inner.cue.first:
            return False
        before = self.tokens[inner.left - 1].low
        is_gerund = self.tokens[inner.cue.first].low.endswith("ing") and self.tokens[inner.cue.first - 1].low not in self.words.be
        if before == "with" and is_gerund:
            return True
        is_person = inner.subject.kind in ("name", "he", "she")
        if self._turns_to_marks(inner, outer, before):
            return True
        if before == "and" and is_person and (self.introduces_marks(inner) or is_gerund):
            return True
        return (is_person or self.is_actor(inner.subject)) and self._leads_in(inner)

    def _turns_to_marks(self, inner: Attribution, outer: Attribution, before: str) -> bool:
        """Whether a relative clause is of a name that leads to marks, in what nobody says: "pegged it at a sum Lee called “absurd”"."""
        says = bool(outer.cue.kinds & {"say", "tell"}) and outer.subject is not None
        if says and outer.subject is not None:
            says = outer.subject.kind != "noun" or self.words.is_actor(self.tokens[outer.subject.last].low)
        if says or inner.subject is None or inner.subject.kind != "name" or before not in self.vocabulary.of("relative object") | {"that"}:
            return False
        return any(inner.cue.last < at <= inner.cue.last + 2 for at in self.quoted)

    def _leads_in(self, inner: Attribution) -> bool:
        """Whether a cue leads right into a whole sentence in marks: "Asked if it was true, as some said, Lee replied: “It is.”"."""
        at = inner.cue.last + 1
        at += at < len(self.tokens) and self.tokens[at].low in (",", ":")
        if not inner.cue.kinds & {"say", "tell"} or at >= len(self.tokens) or self.tokens[at].quotation is None:
            return False
        inside = self.tokens[at].text[:_BEGINNING].lstrip("“\"'‘`")
        is_title = at == inner.cue.last + 1 and len(inside.split()) < _FEWEST_WORDS_LED
        return inside[:1].isupper() and not is_title

    def _given_over(self, kept: list[Attribution], closing: Attribution) -> list[Attribution]:
        """Without those a closing cue takes the words of; what stands before a colon stays: "She said it rained: “Late,” she added"."""
        cut: list[Attribution] = []
        quotation = closing.left - 1
        while kept and self._takes_over(closing, kept[-1]):
            has_colon = self.tokens[quotation - 1].low == ":" and any(first < quotation - 1 for first, _ in kept[-1].parts)
            cut = [*(self._cut([kept[-1]], quotation - 1) if has_colon else ()), *cut]
            kept = kept[:-1]
        return [*kept, *cut]

    def _cut(self, kept: list[Attribution], end: int) -> list[Attribution]:
        """The attributions with the content of the last one cut at a place; without it when nothing is left that makes it one."""
        last = kept[-1]
        end -= self.tokens[end - 1].low == ","
        last.parts = [(first, min(to, end)) for first, to in last.parts if first < end]
        return kept if last.parts and not self.lacks_marks(last) else kept[:-1]

    def _is_set_beside(self, earlier: Attribution, first: int, attribution: Attribution) -> bool:
        """Whether a cue stands in the apposition of a later subject; what "who said" there is kept."""
        if not (first <= earlier.cue.first <= attribution.right and earlier.cue.is_verb):
            return False
        speaks = earlier.subject is not None and earlier.subject.kind == "who" and bool(earlier.cue.kinds & {"say", "tell"})
        return not speaks or attribution.cue.first < earlier.cue.first

    def _outranks(self, inner: Attribution, outer: Attribution, found: list[Attribution]) -> bool:
        """Whether a cue within words taken already takes them over: it closes the sentence, or only it leads to marks."""
        if outer.cue.kinds <= {"think"} and self.introduces_marks(inner):
            return True
        if inner.cue.kinds == {"colon"}:
            return self._is_signed_before(inner)
        if outer.cue.kinds == {"colon"} and not self._is_quotation(outer.cue.last + 1):
            return inner.cue.is_verb and inner.subject is not None and not inner.is_shared and inner.left == outer.cue.last + 1
        if outer.subject is not None and outer.subject.kind == "noun" and self._parts_whole(inner, outer):
            return True
        if inner.is_shared or inner is not found[-1] or not inner.cue.is_verb:
            return False
        before = self.tokens[inner.left - 1]
        closes = self.only_circumstances_follow(inner)
        return closes and (before.low == "," or before.quotation is not None) and not self.is_channel(inner, outer)

    def _parts_whole(self, inner: Attribution, outer: Attribution) -> bool:
        """Whether somebody between commas tells of what another did: "One offered to help, Lee said, while others would not"."""
        tells = inner.subject is not None and inner.subject.kind in ("name", "he", "she") and "say" in inner.cue.kinds
        is_deed = self.tokens[outer.cue.last + 1].low in self.vocabulary.of("infinitive mark")
        return tells and is_deed and not inner.is_shared and self.is_between_commas(inner)

    def _is_signed_before(self, colon: Attribution) -> bool:
        """Whether a name between a dash and a colon says whose the words behind it are: "Polls agree - Ann Lee: “…”"."""
        if colon.subject is None or colon.subject.kind != "name" or colon.subject.outer_first < 1:
            return False
        follows = self.tokens[colon.cue.last + 1 : colon.cue.last + 2]
        leads = bool(follows) and follows[0].quotation is not None
        return leads and self.tokens[colon.subject.outer_first - 1].low in DASHES

    def _all_cues(self) -> list[FoundCue]:
        asked, behind = self._question_put()
        found = [cue for cue in cues(self.tokens, self.vocabulary) if not asked < cue.first < behind]
        colon = self._colon()
        if colon > 0 and not any(c.last + 1 == colon for c in found):
            found.append(FoundCue(colon, colon, COLON))
        return sorted(found, key=lambda cue: cue.first)

    def _question_put(self) -> tuple[int, int]:
        """Where "asked" stands in ", when asked how Norway views it", and the comma behind it or the end; (0, 0) without one."""
        for at in range(1, len(self.tokens) - 1):
            lows, of = [token.low for token in self.tokens[at - 1 : at + 2]], self.vocabulary.of
            if lows[1] in of("question put") and lows[0] in of("clause opener") and lows[2] in of("question word"):
                return at, next((k for k in range(at, len(self.tokens)) if self.tokens[k].low == ","), len(self.tokens))
        return 0, 0

    def _colon(self) -> int:
        """The colon that may announce words: the last one before a quotation, else the first near the beginning; -1 without one."""
        colons = [at for at, token in enumerate(self.tokens[:-1]) if token.low in (":", "：")]
        leading = [at for at in colons if self.tokens[at + 1].quotation is not None]
        return leading[-1] if leading else next((at for at in colons if at < _NEAR), -1)
