"""Noun phrases read leftwards from a cue: who stands before "said"."""

from __future__ import annotations

from tracker.io.articles.words import DASHES, Phrase, Sentences

_LONGEST = 16
_FURTHEST = 60
_NEAR = 12
_MOST_GOVERNED = 3
_NO_VERBS = frozenset(["noun", "according", "according after"])


class PhrasesBefore(Sentences):
    """The phrases of a sentence by their last word."""

    def before(self, cue: int) -> Phrase | None:
        """The phrase before a cue that can be its subject, over adverbs, auxiliaries and what is set between commas."""
        at = cue - 1
        while (further := self.over_days(self.over_adverbs(at))) < at:
            at = further
        if at < 0:
            return Phrase(0, 0, "noun", 0, 0) if cue and self.tokens[0].low in self.words.alone else None
        low = self.tokens[at].low
        if low in (",", "]") or low in DASHES:
            return self.over_apposition(at)
        if self._is_named_thing(at) and (named := self.over_apposition(at + 1)) is not None:
            return Phrase(named.first, named.last, named.kind, named.outer_first, at)
        found = self._over_channel(self.ending(at))
        restricted = self._restricted(at if found is None else found.first, at)
        if restricted is not None:
            return restricted
        if found is None or (found.first and self.tokens[found.first - 1].low in self.words.be):
            return None
        if self.words.is_verb_second and self._is_under_preposition(found.first):
            return None
        if found.kind in ("noun", "name") and found.first > 1:
            return self._unclosed_apposition(found) or self._governing(found) or self._measured(found)
        return found

    def _is_named_thing(self, at: int) -> bool:
        """Whether a quotation only names something in an apposition: "Ann Lee, author of “Those Years,” says"; "known as “Fox,”"."""
        token = self.tokens[at]
        if token.quotation is None or not token.text.rstrip().endswith(",") or at < 2:
            return False
        before = self.tokens[at - 1].low
        return before in self.words.naming or before == "'s" or (before == "as" and self.tokens[at - 2].low in self.words.describing)

    def _governing(self, found: Phrase) -> Phrase | None:
        """What opens the clause, when a preposition puts the phrase under it: "a letter from the Legion obtained by CNN"."""
        governing, first = None, found.first
        for _ in range(_MOST_GOVERNED):
            at = first - 2 if first > 1 and self.tokens[first - 1].low in self.words.governing else -1
            if at > 0 and self.tokens[at].low.endswith(self.words.participle_endings) and self.is_content(at - 1):
                at -= 1
            inner = self.ending(at) if at >= 0 else None
            if inner is None or inner.kind not in ("noun", "name"):
                break
            first = inner.first
            if (start := self._over_adjectives(first)) == 0 or self._opens_clause(start):
                last = inner.last if inner.kind == "name" else found.last
                governing = Phrase(start, last, inner.kind, min(start, inner.outer_first), found.outer_last)
        return governing

    def _over_adjectives(self, first: int) -> int:
        """Where the few small words before a noun begin: "Several senior" Democrats."""
        start = first
        while start > 0 and first - start < _MOST_GOVERNED and self.is_content(start - 1) and not self.is_name(start - 1):
            if self.tokens[start - 1].low.endswith(self.words.past_endings) or self.is_verb(start - 1):
                break
            start -= 1
        return start - 1 if start and self.tokens[start - 1].low in self.words.marking_nouns else start

    def _over_channel(self, found: Phrase | None) -> Phrase | None:
        """The phrase before where or when it was said: "Lee in her first speech called", "who has in the past described"."""
        if found is None or found.kind != "noun" or found.first < 2 or self.words.is_actor(self.tokens[found.last].low):
            return found
        if self.tokens[found.first - 1].low not in ("in", "during"):
            return found
        at = found.first - 2
        other = self.ending(self.over_adverbs(at))
        speaks = other is not None and (other.kind not in ("noun", "it") or self.words.is_actor(self.tokens[other.last].low))
        return Phrase(other.first, other.last, other.kind, other.outer_first, found.last) if other is not None and speaks else found

    def _restricted(self, first: int, last: int) -> Phrase | None:
        """The phrase with a clause behind "who" and no comma: "sources who were there said"."""
        for at in range(first - 1, max(0, first - _NEAR), -1):
            token = self.tokens[at]
            if token.quotation is not None or not token.is_word:
                return None
            if self.words.pronouns.get(token.low) == "who" and token.low not in self.words.openers:
                inner = self.ending(at - 1)
                starts = inner is not None and (inner.first == 0 or self._opens_clause(inner.first))
                return Phrase(inner.first, inner.last, inner.kind, inner.first, last) if inner and starts else None
        return None

    def _is_under_preposition(self, first: int) -> bool:
        """Whether a preposition governs a phrase, right before it or over one adjective."""
        return any(token.low in self.words.prepositions for token in self.tokens[max(0, first - 2) : first])

    def over_adverbs(self, at: int) -> int:
        """The first place at or before ``at`` that is no adverb or auxiliary."""
        while at >= 0 and (self.tokens[at].low in self.words.light or self.words.is_adverb(self.tokens[at])):
            at -= 1
        return at

    def over_days(self, at: int) -> int:
        """The first place at or before ``at`` that is no day: "Lee on Monday said"."""
        at = self._over_ago(at)
        while at > 0 and self.is_day(at):
            at -= (
                2
                if self.tokens[at - 1].low in self.words.prepositions or self.tokens[at - 1].low in ("last", "this", "late", "early")
                else 1
            )
        return at

    def _over_ago(self, at: int) -> int:
        """The first place at or before ``at`` that is not of "less than two weeks ago"."""
        if at < 1 or self.tokens[at].low not in self.words.ago:
            return at
        at -= 1
        while at > 0 and (self.is_day(at) or self.tokens[at].low in self.words.measuring or self.tokens[at].text[0].isdigit()):
            at -= 1
        return at

    def antecedent(self, relative: Phrase) -> Phrase | None:
        """The phrase a relative pronoun stands for."""
        at = relative.first - 1
        if at < 0:
            return None
        if self.tokens[at].low == ",":
            return self.over_apposition(at) or self.ending(at - 1)
        return self.ending(at)

    def ending(self, at: int) -> Phrase | None:
        """The phrase whose last word is at ``at``, or ``None`` when no subject can end there."""
        if at < 0:
            return None
        token = self.tokens[at]
        pronoun = self.words.pronouns.get(token.low)
        if pronoun:
            return Phrase(at, at, pronoun, at, at)
        if token.low == ")":
            opening = next((k for k in range(at - 1, max(-1, at - _NEAR), -1) if self.tokens[k].low == "("), -1)
            inner = self.ending(opening - 1) if opening > 0 else None
            return Phrase(inner.first, inner.last, inner.kind, inner.outer_first, at) if inner else None
        if token.low in self.words.alone:
            return Phrase(at, at, "noun", at, at)
        if not self.is_content(at):
            return None
        end = at
        if token.low in self.words.suffixes and at:
            at -= 1
        return self._named(at, end) if self.is_name(at) else self.common(at)

    # --- names ------------------------------------------------------------------------------------------------------

    def _named(self, at: int, end: int) -> Phrase | None:
        words, first = self.words, self._start_of_name(at)
        while first < at and (self.tokens[first].low in words.never or self.is_day(first)):
            first += 1
        if self.tokens[first].low in words.never or self.is_day(at):
            return None
        outer = self._with_and(self._joined(self._with_roles(first)))
        return Phrase(outer, end, "name", outer, end)

    def _start_of_name(self, at: int) -> int:
        first, words = at, self.words
        while first > 0:
            before = first - 1
            if self.is_name(before) and not self.is_day(before):
                first = before
            elif before > 0 and self.is_name(before - 1) and self.joins_names(before):
                first = before - 1
            else:
                break
        opens = first == 1 or (first > 1 and not self.tokens[first - 2].is_word)
        return first - 1 if opens and self.tokens[first - 1].low in words.surname_particles else first

    def _with_roles(self, first: int) -> int:
        """The start of the phrase with the common nouns before a name: "the campaign's spokesman John Smith"."""
        at = first - 1
        if at < 0 or not self.is_content(at) or self.is_name(at):
            return at if at >= 0 and self.tokens[at].low in self.words.marking_nouns else first
        if not self.words.is_role(self.tokens[at].low):
            marked = self._marked_from(at)
            return marked if marked >= 0 else self._behind_marks(at) or first
        found = self.common(at)
        return found.first if found else at

    def _marked_from(self, at: int) -> int:
        """Where "his nephew" or "a young voter" before a name begins; -1 when no determiner opens it."""
        for place in range(at, max(-1, at - 4), -1):
            token = self.tokens[place]
            if token.low in self.words.possessives or token.low in ("a", "an", "the", "another"):
                return place
            if not self.is_content(place) or token.low in self.words.cues or token.low.endswith(self.words.participle_endings):
                return -1
        return -1

    def _behind_marks(self, at: int) -> int:
        """Where the few words between a quotation and a name begin: “…,” former Mayor Ann Lee; 0 when it is no such place."""
        for place in range(at, max(-1, at - 4), -1):
            token = self.tokens[place]
            if token.quotation is not None or (token.low == "," and place and self.tokens[place - 1].quotation is not None):
                return place + 1
            if not self.is_content(place) or token.low in self.words.cues or token.low.endswith(self.words.past_endings):
                return 0
        return 0

    def _with_and(self, first: int) -> int:
        low = self.tokens[first - 1].low if first else ""
        if first < 2 or low not in self.words.conjunctions or low in ("but", "so", "yet"):
            return first
        other = self.ending(first - 2) if self.is_name(first - 2) else None
        before = self.tokens[other.first - 1] if other is not None and other.first else None
        is_led = before is not None and before.is_word and before.low not in ("from", "by") and not self._is_plural(other.first - 1)
        return first if other is None or is_led else other.first

    def _is_plural(self, at: int) -> bool:
        token = self.tokens[at]
        return self.words.is_plural(token.low) and self.is_content(at) and not self.is_verb(at) and not token.is_capital

    # --- common nouns -----------------------------------------------------------------------------------------------

    def common(self, at: int) -> Phrase | None:
        """The phrase of a common noun: "the ministry's spokesman", "officials", "a man"; bare singulars are none."""
        first = self._joined(self._start_of_common(at))
        words, low, leads = self.words, self.tokens[at].low, self.tokens[first].low
        known, is_marked = words.is_actor(low), leads in words.marking
        if low in words.never_subject or self.is_day(at) or (low in words.cues and not known and not is_marked):
            return None
        first = self._with_office_before(first, at)
        is_owned = any(token.low == "'s" for token in self.tokens[first:at])
        is_plural = self.words.is_plural(low) and at - first < 4
        return Phrase(first, at, "noun", first, at) if known or is_marked or is_owned or is_plural else None

    def _with_office_before(self, first: int, at: int) -> int:
        """The start of two offices of one person: "the Vermont senator and former mayor"; a bare singular has no other sense."""
        low, words = self.tokens[at].low, self.words
        is_bare = self.tokens[first].low not in words.marking and not low.endswith("s") and words.is_role(low)
        if not is_bare or first < 2 or self.tokens[first - 1].low != "and" or not words.is_role(self.tokens[first - 2].low):
            return first
        start = self._start_of_common(first - 2)
        return start if self.tokens[start].low in words.marking else first

    def _start_of_common(self, at: int) -> int:
        first, words = at, self.words
        while first > max(0, at - _LONGEST):
            before = self.tokens[first - 1]
            if before.low in words.marking and first > 2 and self.tokens[first - 2].low == "'s" and self.is_content(first - 3):
                first -= 1  # "Lee's most loyal voters"
                continue
            if before.low in words.marking:
                return first - 1 - (first > 1 and self.tokens[first - 2].low in words.marking_nouns)
            if before.low in ("'s", "'", "’") and first > 1 and self.is_content(first - 2):
                first -= 2
                continue
            is_verb = before.low.endswith(words.past_endings) and not before.is_capital and not self._is_marked(first - 1)
            is_cue = before.low in words.cues and not (before.is_capital or before.low in words.bodies or self._is_marked(first - 1))
            if is_verb or is_cue or before.low in words.never or not self.is_content(first - 1):
                return first
            first -= 1
        return first

    def _is_marked(self, at: int) -> bool:
        """Whether a determiner stands right before: "the retired general", not "Lee rallied supporters"."""
        return at > 0 and self.tokens[at - 1].low in self.words.marking

    def is_verb(self, at: int) -> bool:
        """Whether a small word says that something happens: "has", "said"; not "press" before "secretary"."""
        low, words = self.tokens[at].low, self.words
        if low in words.verbs or low in words.pronouns:
            return True
        is_cue = any(not cue.kinds & _NO_VERBS for cue in words.cues.get(low, ()))
        if not is_cue or words.is_actor(low) or self._is_marked(at):
            return False
        return not (at + 1 < len(self.tokens) and words.is_role(self.tokens[at + 1].low))

    def _joined(self, first: int) -> int:
        """The start of a phrase with what governs it: "a spokesman for" the group, "Ann Lee of" Texas."""
        if first and self.tokens[first].low in self.words.genitive and self.words.is_actor(self.tokens[first - 1].low):
            found = self.ending(first - 1)
            return found.first if found else first
        if first < 2 or self.tokens[first - 1].low not in self.words.joining or not self.is_content(first - 2):
            return first
        governing, joining = self.tokens[first - 2], self.tokens[first - 1].low
        if governing.low in self.words.linking and first > 2:
            found = self.common(first - 3)
            return found.first if found else first
        if joining == "of" and not governing.is_capital and (marked := self._marked_from(first - 2)) >= 0:
            return marked
        if not self.words.is_actor(governing.low) and not (governing.is_capital and joining == "of"):
            return first
        found = self.ending(first - 2) if governing.is_capital else self.common(first - 2)
        return found.first if found else first

    # --- appositions ------------------------------------------------------------------------------------------------

    def _unclosed_apposition(self, found: Phrase) -> Phrase | None:
        """The name that "X, director of Y said" or "X, president and chief of Y said" begins with."""
        at, leads = found.first - 1, self.tokens[found.first].low
        if self.tokens[at].low == "and" and self.words.is_role(self.tokens[at - 1].low):
            at -= 2
        elif not ((self.words.is_role(leads) and not leads.endswith("s")) or leads in self.words.determiners):
            return None
        if at < 1 or self.tokens[at].low != ",":
            return None
        named = self.ending(at - 1)
        if named is None or named.kind != "name" or (named.first and self.tokens[named.first - 1].is_word):
            return None
        if leads in self.words.determiners and (named.first == named.last or self._is_opening(named.first, at)):
            return None
        return Phrase(named.first, named.last, "name", named.first, found.last)

    def _is_opening(self, first: int, comma: int) -> bool:
        """Whether a name ends an opening and the first comma behind it begins the clause: "Appearing on Face the Nation, the"."""
        opens = self.after_marks(first)
        start = next((k for k in range(opens, first) if self.tokens[k].is_word), first)
        low = self.tokens[start].low
        leads = start < first <= start + _NEAR and (low in self.words.lead or low.endswith(self.words.participle_endings))
        return leads and not any(token.low == "," for token in self.tokens[start:comma])

    def over_apposition(self, end: int) -> Phrase | None:
        """The phrase that what stands before a comma is set beside; one that opens its clause goes before a nearer one."""
        nearest: Phrase | None = None
        for at in range(end - 1, max(0, end - _FURTHEST), -1):
            token = self.tokens[at]
            if token.quotation is not None and at < end - _NEAR:
                break
            if token.low not in (",", "(", "[") and token.low not in DASHES:
                continue
            found = self.ending(at - 1)
            if found is None or found.kind not in ("name", "noun") or (found.kind == "noun" and self._is_participle_at(at + 1)):
                continue
            found = self._measured(self._with_name_beside(found, at, end))
            if found.first == 0 or self._opens_clause(found.first):
                nearest = Phrase(found.first, found.last, found.kind, found.outer_first, end)
                if found.kind == "name" or self.tokens[found.first].low in self.words.marking:
                    return self._further_left(nearest, end)
            elif nearest is None and found.kind == "name" and self.tokens[found.first - 1].low not in self.words.prepositions:
                nearest = Phrase(found.first, found.last, found.kind, found.outer_first, end)
        return nearest

    def _is_participle_at(self, at: int) -> bool:
        token = self.tokens[at]
        return (
            token.low.endswith("ing")
            and not token.is_capital
            and token.low not in ("speaking", "citing", "referring", "responding", "including")
        )

    def _with_name_beside(self, found: Phrase, comma: int, end: int) -> Phrase:
        """The name with the noun before it: "another brother, Stuart Oltchick,"."""
        beside = self.tokens[comma + 1 : end]
        is_common = found.kind == "noun" or self.tokens[found.first].low in self.words.marking
        if not is_common or not beside or not all(t.is_capital or t.low in self.words.particles for t in beside):
            return found
        return Phrase(found.first, end - 1, "name", found.outer_first, end)

    def _measured(self, found: Phrase) -> Phrase:
        """A number with what measures it: "Just over a quarter", "about two-thirds"."""
        first = found.first
        low = self.tokens[first].low
        counts = low in self.words.measuring or low.partition("-")[0] in self.words.counting
        while first and counts and self.tokens[first - 1].low in self.words.measuring:
            first -= 1
        return Phrase(first, found.last, found.kind, first, found.outer_last) if first < found.first else found

    def _opens_clause(self, first: int) -> bool:
        before = self.tokens[first - 1]
        if first == 1 and before.low in self.words.heading:
            return True
        is_mark = before.low in (",", ":", ";", ".") or before.low in DASHES
        return before.quotation is not None or is_mark or before.low in self.words.openers | self.words.relative_objects

    def _further_left(self, found: Phrase, end: int) -> Phrase:
        """The name that opens the sentence, when the phrase found only goes on from it after commas."""
        if found.first < 2 or self.tokens[found.first - 1].low != ",":
            return found
        subject = self.clause_subject(found.first, self.after_marks(found.first))
        if subject is None or subject.kind != "name" or self.tokens[subject.last + 1].low not in (",", "("):
            return found
        return Phrase(subject.first, subject.last, "name", subject.first, end)

    def after_marks(self, before: int) -> int:
        """The place after the last quotation, colon or semicolon before a place; 0 when there is none."""
        for at in range(before - 1, max(-1, before - _FURTHEST), -1):
            if self.tokens[at].quotation is not None or self.tokens[at].low in (":", ";"):
                return at + 1
        return 0

    def clause_subject(self, before: int, start: int = 0) -> Phrase | None:
        """The subject of the clause that begins at ``start``; read forwards by the other half of this class."""
        raise NotImplementedError
