"""What is said "according to" somebody: what stands before, what follows the comma, or both around it."""

from __future__ import annotations

from tracker.io.articles.attribution import Attribution, TokenSpan
from tracker.io.articles.content_ends import ENDS, ContentEnds
from tracker.io.articles.phrases import Phrase

_LONGEST_ASIDE, _FARTHEST = 12, 25


class AccordingTo(ContentEnds):
    """The content of "according to" in one sentence."""

    def around_according(self, attribution: Attribution, left: TokenSpan | None, limit: int) -> tuple[TokenSpan | None, TokenSpan | None]:
        """What stands before "according to" and what follows its comma: the one, or both where the first is only a circumstance."""
        behind = self._after_comma(attribution, limit)
        left = left if left and not self.only_leads(left) else None
        return left, behind if left is None or self._is_circumstance_before(left, behind) else None

    def only_leads(self, left: TokenSpan) -> bool:
        """Whether what stands before "according to" only leads to what follows: "In addition,", "It fell because,"."""
        of, last = self.vocabulary.of, self.tokens[left[1] - 1].low
        lead = " ".join(token.low for token in self.tokens[slice(*left)])
        if last == ":":
            return True
        return lead in of("only leading") or (left[1] - left[0] > 1 and last in of("opening") | of("that"))

    def _is_circumstance_before(self, left: TokenSpan, behind: TokenSpan | None) -> bool:
        """Whether what stands before "according to" only tells when or where it is: "Now, according to the poll, some waver"."""
        words = self.tokens[slice(*left)]
        opens = words[0].low in self.vocabulary.of("lead") and words[0].low not in self.vocabulary.of("opening")
        plain = not any(token.low == "," or token.quotation is not None for token in words)
        return behind is not None and opens and plain and not any(map(self.phrases.is_verb, range(*left)))

    def _after_comma(self, attribution: Attribution, limit: int) -> TokenSpan | None:
        """What follows the comma after "According to the ministry"."""
        is_behind = attribution.subject is not None and attribution.subject.first > attribution.cue.last
        first = attribution.subject.last if attribution.subject and is_behind else attribution.right
        comma = next((at for at in range(first, min(limit, first + _FARTHEST)) if self.tokens[at].low == ","), -1)
        comma = self._behind_apposition(attribution.subject, comma, limit) if attribution.subject and comma > 0 else comma
        last = limit
        while last > comma + 1 and self.tokens[last - 1].low in ENDS:
            last -= 1
        return (comma + 1, last) if 0 <= comma < last - 1 else None

    def _behind_apposition(self, subject: Phrase, comma: int, limit: int) -> int:
        """The comma behind what tells of a subject from a comma on: "According to Lee, a former envoy, it rained"; else that comma."""
        first = comma + 1
        second = next((at for at in range(first, min(limit - 1, first + _LONGEST_ASIDE)) if self.tokens[at].low == ","), -1)
        if second < first + 1 or any(self.tokens[at].quotation is not None for at in range(first, second)):
            return comma
        low, beside = self.tokens[first].low, self.tokens[first:second]
        is_relative = self.words.pronouns.get(low) == "who" and low != "that"
        names_office = any(self.words.is_role(token.low) for token in beside)
        tells = low in self.vocabulary.of("indefinite") | self.words.possessives or names_office
        holds = any(self.words.is_role(token.low) for token in self.tokens[subject.first : subject.last + 1])
        is_name = holds and all(token.is_capital or token.low in self.words.particles for token in beside)
        is_told = is_name or (subject.kind == "name" and tells)
        return second if is_relative or (is_told and not any(map(self.phrases.is_verb, range(first, second)))) else comma
