"""Names beside a quotation without a verb: signed behind it, in a line of their own, or before a colon."""

from __future__ import annotations

from tracker.io.articles.languages import first_names
from tracker.io.articles.phrases import Phrase, Phrases
from tracker.io.articles.sentences import ENDS
from tracker.io.articles.words import DASHES

_LONGEST = 24
_MOST_DASHES = 3
_FEWEST_WORDS_UNMARKED = 4
_OPENING = ("(", "[")


class Signatures(Phrases):
    """One sentence, read for the name that signs a quotation."""

    def behind(self, at: int) -> Phrase | None:
        """The name behind the quotation at ``at``: “Not now.” -- Ann Lee, teacher; “Not now.” (Ann Lee); ``None`` without one."""
        first = at + 1
        first += first < len(self.tokens) and self.tokens[first].low in (",", ".", ":")
        dashed = self._over_dashes(first)
        if dashed > first or self._is_led(dashed):
            dashed += self._is_led(dashed)
            return self._name_alone(dashed, self._signer(dashed))
        is_bracket = first < len(self.tokens) and self.tokens[first].low in _OPENING
        found = self._signer(first + is_bracket)
        if found is None or found.kind != "name" or len(self.tokens[at].text.split()) < _FEWEST_WORDS_UNMARKED:
            return None
        if is_bracket and self.tokens[found.first].low not in first_names() and not self.words.is_role(self.tokens[found.first].low):
            return None
        return self._name_alone(first + is_bracket, found)

    def line(self) -> Phrase | None:
        """The name a whole sentence is, with what is set beside it: "Ann Lee, R-Ohio."; ``None`` when it says more."""
        first = int(self._is_led(0))
        found = self._signer(first)
        return self._name_alone(first, found) if found is not None and found.kind == "name" and found.last > found.first else None

    def _is_led(self, at: int) -> bool:
        """Whether "from", "by" or "per" leads to a name right behind a quotation."""
        return at < len(self.tokens) and self.tokens[at].low in self.words.signing

    def _over_dashes(self, at: int) -> int:
        end = at
        while end < min(len(self.tokens), at + _MOST_DASHES) and self.tokens[end].low in DASHES:
            end += 1
        return end

    def _signer(self, at: int) -> Phrase | None:
        if at < len(self.tokens) and self.tokens[at].text[0] == "@":
            return Phrase(at, at, "name", at, at)
        found = self.beginning(at)
        if found is None or found.kind == "name":
            return found
        is_actor = any(self.words.is_actor(token.low) for token in self.tokens[found.first : found.last + 1])
        return found if found.kind == "noun" and is_actor else None

    def _name_alone(self, at: int, found: Phrase | None) -> Phrase | None:
        """The phrase, if neither a verb nor a quotation follows it to the end of the sentence."""
        if found is None or len(self.tokens) - at > _LONGEST:
            return None
        ends = (place for place in range(at, len(self.tokens)) if self._opens_relative(place))
        return found if all(self._is_set_beside(place) for place in range(at, next(ends, len(self.tokens)))) else None

    def _opens_relative(self, at: int) -> bool:
        """Whether ", who" or "whose" begins here: a clause that only tells more of the name."""
        return self.tokens[at].low in ("who", "whose") and self.tokens[at - 1].low == ","

    def _is_set_beside(self, at: int) -> bool:
        token = self.tokens[at]
        if token.quotation is not None or token.low in (":", ";"):
            return False
        if not token.is_word:
            return token.low not in ENDS or at + 1 == len(self.tokens)
        return token.is_capital or not self.is_verb(at)
