"""Subjects in a language whose verb stands second, so that what comes first need not be the subject (German)."""

from __future__ import annotations

from tracker.io.articles.attribution import Attribution
from tracker.io.articles.cue_forms import CueForms
from tracker.io.articles.cues import ACCORDING, FoundCue
from tracker.io.articles.languages import first_names
from tracker.io.articles.phrases import Phrase
from tracker.io.articles.titles import is_title

_LONGEST_MEDIUM = 4
_LONGEST_CLAUSE = 24
_LONGEST_OBJECT = 14


class VerbSecond(CueForms):
    """The cues of one sentence with subjects that only the order of its words tells."""

    def by_order(self, cue: FoundCue) -> Attribution | None:
        """A cue that closes ", wie Lee sagte,", or says that words stand somewhere ("heißt es im Brief"); ``None`` for others."""
        if self.tokens[cue.first].low in self.vocabulary.of("impersonal"):
            return self._impersonal(cue)
        opens = self._opening_as(cue)
        is_place = opens >= 0 and self.tokens[opens + 1].low in self.words.prepositions
        stands = is_place and self.tokens[cue.last].low in self.vocabulary.of("standing")
        subject = self.phrases.beginning(opens + 1 + stands) if opens >= 0 else None
        if subject is None or subject.kind == "who" or subject.last >= cue.first:
            return None
        return Attribution(FoundCue(cue.first, cue.last, ACCORDING), Phrase(subject.first, subject.last, subject.kind, opens, cue.last))

    def _opening_as(self, cue: FoundCue) -> int:
        """Where "wie" begins the clause that a cue ends; -1 where none does."""
        behind = self.tokens[cue.last + 1] if cue.last + 1 < len(self.tokens) else None
        if behind is not None and behind.low not in (",", ".", ";", "!", "?") and not behind.low.startswith(")"):
            return -1
        for at in range(cue.first - 1, max(-1, cue.first - _LONGEST_CLAUSE), -1):
            if self.tokens[at].quotation is not None or self.tokens[at].low in (":", ";"):
                return -1
            if self.tokens[at].low in self.vocabulary.of("comparing") and (at == 0 or self.tokens[at - 1].low == ","):
                return at
        return -1

    def _impersonal(self, cue: FoundCue) -> Attribution:
        """Where words stand, as their speaker: "heißt es in dem Schreiben", "Im Antrag heißt es"; nobody when it is not said."""
        at, tokens, prepositions = cue.last + 1, self.tokens, self.words.prepositions
        while at < len(tokens) and tokens[at].low in self.words.light:
            at += 1
        if at + 1 < len(tokens) and tokens[at].low in prepositions and not self.phrases.is_day(at + 1):
            behind = self.phrases.beginning(at + 1)
            if behind is not None:
                return Attribution(cue, Phrase(behind.first, behind.last, behind.kind, at, behind.outer_last))
        before = self.phrases.ending(cue.first - 1)
        if before is not None and before.kind in ("name", "noun") and tokens[before.first - 1 if before.first else 0].low in prepositions:
            return Attribution(cue, before)
        return Attribution(cue, None)

    def verb_second(self, cue: FoundCue, at: int) -> Phrase | None:
        """The subject after the verb: "Im Interview sagte Lee:", "Den Gästen sagte Lee:"; ``None`` where it stands before."""
        if at >= 0 and (self.tokens[at].quotation is not None or self.tokens[at].low == ","):
            return self._opening_somebody(cue, at)
        own = self.phrases.before(cue.first)
        before = self.tokens[own.first - 1] if own is not None and own.first else None
        is_led = before is not None and before.low in self.words.lead and before.low not in self.vocabulary.of("focus")
        acts = own is not None and not is_led and not self._is_oblique(own)
        found = self.phrases.beginning(self.over_light(cue.last + 1))
        found = None if found is not None and (found.kind == "who" or self._is_oblique(found)) else found
        if own is not None and acts and (found is None or self.is_somebody(own) or not self.is_somebody(found)):
            return None
        return found

    def _opening_somebody(self, cue: FoundCue, at: int) -> Phrase | None:
        """Who opens the sentence with an apposition, before a verb with an object: "Roe, der Minister, warnte die Partei vor"."""
        ahead = self.phrases.beginning(self.over_light(cue.last + 1))
        takes_nobody = (
            ahead is not None and not self.tokens[ahead.first].is_capital and not self.is_somebody(ahead)
        )  # "äußert scharfe Kritik"
        if self.tokens[at].low != "," or not (takes_nobody or any(mark > cue.last for mark in self.quoted)):
            return None
        own = self.phrases.before(cue.first)
        opens = own is not None and not any(self.tokens[k].low in (",", ":") for k in range(own.first))
        return own if own is not None and opens and self.is_somebody(own) and not self._is_oblique(own) else None

    def over_light(self, at: int) -> int:
        """The place behind "sich", "auch" and the like."""
        light = self.words.adverbs | self.words.reflexive
        while at < len(self.tokens) and not self.tokens[at].is_capital and self.tokens[at].low in light:
            at += 1
        return at

    def closes_cue(self, at: int) -> bool:
        """Whether the other part of a cue stands at a place: "gab Lee bekannt"."""
        return at < len(self.tokens) and self.tokens[at].low in self.words.second_parts

    def parts_cue(self, cue: FoundCue, at: int) -> bool:
        """Whether a word is the other part of this very cue: "lehnt den Plan ab"."""
        known = self.vocabulary.cues.get(self.tokens[cue.first].low, ()) if self.words.is_verb_second else ()
        return any(len(split.words) == 2 and split.words[1] == self.tokens[at].low for split in known)

    def clause_ahead(self, at: int, limit: int, cue: FoundCue) -> int:
        """Where the clause that is said begins behind an object: "warf ihm vor, er habe", "begründet das damit, dass"; 0 without one."""
        if "say" not in cue.kinds or "call" in cue.kinds:
            return 0
        for comma in range(at + 1, min(limit - 1, at + _LONGEST_OBJECT)):
            if self.tokens[comma].quotation is not None:
                return 0
            if self.tokens[comma].low != ",":
                continue
            behind = self.tokens[comma + 1].low
            points = self.tokens[comma - 1].low in self.vocabulary.of("pointing ahead") or self.parts_cue(cue, comma - 1)
            if behind in self.vocabulary.of("that"):
                return comma + 1 + (behind not in self.vocabulary.of("that kept"))
            return comma + 1 if points or self._ends_in_infinitive(comma + 1, limit) else 0
        return 0

    def _ends_in_infinitive(self, first: int, limit: int) -> bool:
        """Whether a clause ends in "zu" and a verb: ", den Vertrag zu erfüllen"."""
        end = next((at for at in range(first, limit) if self.tokens[at].low in (",", ".", ";")), limit)
        last = self.tokens[end - 1]
        marked = end - 2 > first and self.tokens[end - 2].low in self.vocabulary.of("infinitive mark")
        return marked and not last.is_capital and last.low.endswith("n")

    def _is_oblique(self, phrase: Phrase) -> bool:
        """Whether a phrase begins with a word that no subject begins with: "den Iran", "im Interview"."""
        low = self.tokens[phrase.first].low
        return low in self.vocabulary.of("oblique") or low in self.words.prepositions

    def is_somebody(self, phrase: Phrase) -> bool:
        """Whether a phrase has a word for an office, a body or people, or a first name, or is "er" or "sie"."""
        inside = self.tokens[phrase.first : phrase.last + 1]
        return phrase.kind in ("he", "she", "they") or any(self.words.is_actor(token.low) or token.low in first_names() for token in inside)

    def with_name_in_marks(self, subject: Phrase) -> Phrase:
        """The phrase with the name of a paper or body behind it in marks: "laut dem Magazin „Der Tag“"."""
        at = subject.last + 1
        if at >= len(self.tokens) or self.tokens[at].quotation is None or not is_title(self.tokens, at, self.vocabulary):
            return subject
        return Phrase(subject.first, at, subject.kind, subject.outer_first, max(at, subject.outer_last))

    def medium(self, at: int) -> Phrase | None:
        """A paper named in quotation marks that speaks: schrieb „Die Zeit“."""
        at += at < len(self.tokens) and self.tokens[at].low in self.words.determiners
        if not self.words.is_verb_second or at >= len(self.tokens) or self.tokens[at].quotation is None:
            return None
        return Phrase(at, at, "noun", at, at) if len(self.tokens[at].text.split()) <= _LONGEST_MEDIUM else None
