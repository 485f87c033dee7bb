"""Whose a cue is: its subject before it, after it, or shared with the cue before."""

from __future__ import annotations

from tracker.io.articles.attribution import Attribution
from tracker.io.articles.counted_subjects import counted_subject, restricted_subject
from tracker.io.articles.cues import FoundCue
from tracker.io.articles.passed_on import passed_on, passes_on
from tracker.io.articles.phrases import Phrase
from tracker.io.articles.titles import is_title
from tracker.io.articles.verb_second import VerbSecond
from tracker.io.articles.words import DASHES

_LONGEST_STRETCH = 12
_FEWEST_WORDS_HEADED = 4
_CLOSED = (",", "?", "!", ".", "…", "-", "—")


class Subjects(VerbSecond):
    """The cues of one sentence with their subjects."""

    def with_subject(self, cue: FoundCue, before: list[Attribution]) -> Attribution | None:
        """The cue with its subject, by its kind; ``None`` when nothing shows whose it is."""
        kinds = cue.kinds
        if "according" in kinds:
            subject = self._until_comma(cue, self.phrases.beginning(cue.last + 1) or self._bare(cue.last + 1))
            subject = self.with_name_in_marks(subject) if subject and self.words.is_verb_second else subject
            return Attribution(cue, subject) if subject else None
        if "according after" in kinds:
            subject = self.phrases.ending(cue.first - 1)
            return Attribution(cue, subject) if subject else None
        if kinds == {"colon"}:
            return self._of_colon(cue)
        if kinds == {"noun"}:
            return self._of_noun(cue)
        if passes_on(self.phrases, cue.first):
            return None
        if self.words.is_verb_second and (of_order := self.by_order(cue)) is not None:
            return of_order
        quoted = passed_on(self.phrases, cue.first)
        return Attribution(cue, quoted) if quoted else self._of_verb(cue, before)

    def _until_comma(self, cue: FoundCue, found: Phrase | None) -> Phrase | None:
        """The phrase up to the comma behind which the words begin: "According to the poll, Lee leads"."""
        if found is None or any(token.is_word for token in self.tokens[: cue.first]):
            return found
        comma = next((at for at in range(found.first, found.last) if self.tokens[at].low == ","), -1)
        closes = found.last + 1 < len(self.tokens) and self.tokens[found.last + 1].low == ","
        return found if comma < 0 or closes else Phrase(found.first, comma - 1, "noun", found.first, comma - 1)

    def _bare(self, first: int) -> Phrase | None:
        """The words up to the next mark, however bare: "according to exit polls"."""
        last = first
        while (
            last < len(self.tokens) and last < first + 8 and self.tokens[last].is_word and self.tokens[last].low not in self.words.openers
        ):
            last += 1
        return Phrase(first, last - 1, "noun", first, last - 1) if last > first else None

    def _of_colon(self, cue: FoundCue) -> Attribution | None:
        topic = next((at for at in range(1, cue.first) if self._opens_topic(at)), cue.first)
        subject = self._labelling(cue.first) or self.phrases.ending(topic - 1)
        if subject is None and self.tokens[cue.first - 1].low == ")":
            subject = self.phrases.before(cue.first)
        if (
            subject is None
            or subject.kind not in ("name", "noun")
            or (not self._marks_behind(cue.first) and self._only_labels(cue.first, subject))
        ):
            return None
        if self._is_page_label(subject.first, cue.first):
            return None
        before = self.tokens[subject.outer_first - 1] if subject.outer_first else None
        is_alone = before is None or not before.is_word or before.low in ("from", "by")
        return Attribution(cue, subject) if is_alone else None

    def _marks_behind(self, colon: int) -> bool:
        return any(at > colon for at in self.quoted)

    def _only_labels(self, colon: int, subject: Phrase) -> bool:
        """Whether what stands before a colon heads few words, a list, or a line of the page: "Contributing: Ann Lee", "Lee: 46"."""
        behind = [token for token in self.tokens[colon + 1 :] if token.is_word and not token.text[0].isdigit()]
        is_glued = colon + 1 < len(self.tokens) and self.tokens[colon + 1].start == self.tokens[colon].end
        is_thing = subject.kind == "noun" and not self.words.is_actor(self.tokens[subject.last].low)
        return len(behind) < _FEWEST_WORDS_HEADED or is_glued or is_thing

    def _is_page_label(self, first: int, colon: int) -> bool:
        """Whether the words before a colon head what the page tells, whoever speaks in it: "The Latest: Lee defends “…”"."""
        return " ".join(token.low for token in self.tokens[first:colon]) in self.vocabulary.of("page label")

    def _opens_topic(self, at: int) -> bool:
        """Whether a headline tells from here on of what is spoken: "Ann Lee On Her Plans: “…”"."""
        return self.tokens[at].low in self.vocabulary.of("topic") and self.tokens[at].text[0].isupper()

    def _labelling(self, colon: int) -> Phrase | None:
        """The name that a colon ends with what is set beside it: "Ann Lee, president of the school:"; ``None`` before a verb."""
        first = next((at for at, token in enumerate(self.tokens[:colon]) if token.is_word), colon)
        found = self.phrases.beginning(first)
        if found is None or found.kind != "name" or found.last + 1 >= colon or self.tokens[found.last + 1].low != ",":
            return None
        beside = range(found.last + 1, colon)
        plain = all(not self.phrases.is_verb(at) and self.tokens[at].quotation is None for at in beside)
        return Phrase(found.first, found.last, "name", found.first, colon - 1) if plain else None

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
        at = self.phrases.over_days(self.phrases.over_adverbs(cue.first - 1))
        between = {t.low for t in tokens[at + 1 : cue.first]}
        is_gerund = tokens[cue.first].low.endswith("ing") and not between & self.vocabulary.of("be")
        if cue.kinds <= {"think"} and not self._leads_to_marks(cue):
            return None
        if self._is_question_put(cue, at):
            return None
        if tokens[cue.first].low in self.vocabulary.of("work") and self._names_a_work(cue, at):
            return None
        if between & self.vocabulary.of("be") and not tokens[cue.first].low.endswith("ing") and not self._has_spoken(cue, at):
            return self._passive(cue)
        if self.words.is_verb_second and (second := self.verb_second(cue, at)) is not None:
            return Attribution(cue, second)
        inverted = (
            self._inverted(cue)
            if not is_gerund and not self._is_aside_behind_name(at) and not between & self.vocabulary.of("auxiliary")
            else None
        )
        if (
            inverted is not None
            and at >= 0
            and tokens[at].low == ","
            and (inverted.kind == "name" or self._tells_of_itself(inverted))
            and "say" in cue.kinds
            and "tell" not in cue.kinds
            and not self._is_quotation(inverted.last + 1)
        ):
            return Attribution(cue, inverted)
        if not is_gerund and not self._is_shared_place(at) and "to" not in between:
            found = self.phrases.before(cue.first)
            subject = self._behind_quotation(cue, at, self._without_that(found) if found else self._opening(cue, before))
            if subject is not None and self._agrees(subject, cue, between) and not self._is_object(subject, before):
                return Attribution(cue, subject)
        if inverted is not None:
            return Attribution(cue, inverted)
        if not is_gerund and "to" not in between and cue.kinds & {"say", "tell"} and (many := counted_subject(self.phrases, cue.first - 1)):
            return Attribution(cue, many)
        if not is_gerund and "to" not in between and (those := self._restricted(cue, at)):
            return Attribution(cue, those)
        return self._shared(cue, at, before, is_gerund, between)

    def _without_that(self, found: Phrase) -> Phrase:
        """The phrase behind a "that" which only leads to it from a noun: "missiles that experts said are old"."""
        first = found.first
        leads = first > 0 and found.outer_first == first < found.last and self.tokens[first].low in self.vocabulary.of("that")
        is_other = leads and (found.kind == "name" or self.words.is_plural(self.tokens[found.last].low))
        follows_noun = is_other and self.phrases.is_content(first - 1) and not self.phrases.is_verb(first - 1)
        return Phrase(first + 1, found.last, found.kind, first + 1, found.outer_last) if follows_noun else found

    def _tells_of_itself(self, subject: Phrase) -> bool:
        """Whether a clause with "who" follows an actor: "…, said an official who was there"."""
        follows = self.tokens[subject.last + 1].low if subject.last + 1 < len(self.tokens) else ""
        return self.is_actor(subject) and self.words.pronouns.get(follows) == "who"

    def _restricted(self, cue: FoundCue, at: int) -> Phrase | None:
        """Those who open the clause with all that tells which of them, before a cue that is nothing else."""
        has_that = cue.last + 1 < len(self.tokens) and self.tokens[cue.last + 1].low == "that"
        if not self._only_says(cue):
            return None
        return restricted_subject(self.phrases, at, takes_plural=cue.is_infinitive, takes_any=has_that and not cue.is_infinitive)

    def _is_aside_behind_name(self, comma: int) -> bool:
        """Whether a name that opens the sentence and what is set behind it by a preposition end at a comma: "Roe, with delight,"."""
        if comma < 2 or self.tokens[comma].low != ",":
            return False
        found = self.phrases.beginning(0)
        at = found.last + 1 if found is not None and found.kind == "name" else comma
        if at + 1 >= comma or self.tokens[at].low != "," or self.tokens[at + 1].low not in self.vocabulary.of("opening preposition"):
            return False
        return all(token.low != "," and token.quotation is None for token in self.tokens[at + 1 : comma])

    def _behind_quotation(self, cue: FoundCue, at: int, found: Phrase | None) -> Phrase | None:
        """The subject, with all that stands between a quotation and its cue: “…,” a voice-over in the ad says."""
        if self.words.is_verb_second:
            return found
        first = found.outer_first if found is not None else at + 1
        start = first
        while start > max(0, first - _LONGEST_STRETCH) and self._is_in_stretch(start - 1):
            start -= 1
        quotation = self.tokens[start - 1] if 0 < start < first else None
        if quotation is None or quotation.quotation is None or not quotation.text.rstrip().endswith(_CLOSED):
            return found
        whole = self.phrases.beginning(start)
        if whole is not None and whole.last == at:
            return whole
        if found is not None:
            return Phrase(found.first, found.last, found.kind, start, found.outer_last)
        return Phrase(start, at, "noun", start, at)

    def _is_in_stretch(self, at: int) -> bool:
        token = self.tokens[at]
        return token.quotation is None and (token.is_word or token.low == "$") and (token.is_capital or not self.phrases.is_verb(at))

    def introduces_marks(self, attribution: Attribution) -> bool:
        """Whether marks follow a cue at once: what stands in them is its own."""
        return "say" in attribution.cue.kinds and any(attribution.cue.last < at <= attribution.cue.last + 3 for at in self.quoted)

    def _opening(self, cue: FoundCue, before: list[Attribution]) -> Phrase | None:
        """The name the clause opens with, when a long apposition parts it from the cue: "Ann Lee, who founded x.org wrote"."""
        if any(a.subject is not None and a.cue.is_verb for a in before):
            return None
        found = self.phrases.clause_subject(cue.first, self.phrases.after_marks(cue.first))
        if found is None or found.kind != "name" or found.last + 1 >= cue.first:
            return None
        return found if self.tokens[found.last + 1].low in (",", "(", "who", "of", "and") else None

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
            self.tokens[before].quotation is not None or self.tokens[before].low == "," or self.tokens[before].low in DASHES
        ):
            return None
        first = self.over_light(cue.last + 1) if self.words.is_verb_second and "say" in cue.kinds else cue.last + 1
        found = self.phrases.beginning(first, is_inverted=self.tokens[before].quotation is not None) or self.medium(cue.last + 1)
        if found is None or found.kind in ("it", "who"):
            return None
        after = self.tokens[found.last + 1] if found.last + 1 < len(self.tokens) else None
        is_quoted = self.tokens[before].quotation is not None and not is_title(self.tokens, before, self.vocabulary)
        if is_quoted and "say" in cue.kinds:
            return found
        if after is not None and after.quotation is not None and "say" not in cue.kinds:
            return None
        if self.tokens[before].low == "," and not self.words.is_verb_second and not self._can_stand_behind(cue, found):
            return None
        ends = (
            after is None
            or not after.is_word
            or after.low in self.vocabulary.of("channel")
            or after.low in self.vocabulary.of("relative")
            or after.low in self.vocabulary.of("day")
            or self.closes_cue(found.last + 1)
        )
        return found if ends else None

    def _can_stand_behind(self, cue: FoundCue, found: Phrase) -> bool:
        """Whether a phrase behind a comma and a verb acts: somebody, and several for "warn"; not "…, called for the opening of a road"."""
        is_thing = found.kind == "noun" and not self.is_actor(found) and "say" not in cue.kinds
        return not is_thing and self._agrees(found, cue, set())

    def _shared(self, cue: FoundCue, at: int, before: list[Attribution], is_gerund: bool, between: set[str]) -> Attribution | None:
        """A cue without a subject of its own: "…, adding that", "and said", "went on to say"."""
        if cue.is_infinitive and "to" not in between:
            return self._shared_by_many(cue, at, before)
        if (own := self._own(cue, at, between)) is not None:
            return Attribution(cue, own)
        if (own := self.phrases.joined_to_verb(at)) is not None:
            return Attribution(cue, own, is_shared=True)
        last = next((a for a in reversed(before) if a.subject is not None and a.cue.is_verb), None)
        previous = self._outer(last, before).subject if last else None
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
            is_actor = own is not None and (own.kind in ("name", "he", "she", "they") or self.is_actor(own))
            is_actor = is_actor and not (own.first and self.tokens[own.first - 1].low in self.vocabulary.of("place preposition"))
            if own is not None and is_actor and previous is None:
                return Attribution(cue, own)
        subject = previous or self.phrases.clause_subject(cue.first)
        opens = at < 0 or (at == 0 and self.tokens[0].low in self.words.prepositions)
        if subject is None and not (is_gerund and (opens or self._leads_to_marks(cue))):
            return None
        return Attribution(cue, subject, is_shared=True)

    def _outer(self, inner: Attribution, before: list[Attribution]) -> Attribution:
        """Whoever said what a verb is told of in: "Lee said that Roe called for calm, stressing that" goes on in Lee's words."""
        first = inner.subject.outer_first if inner.subject else 0
        is_coordinate = first > 1 and self.tokens[first - 1].low in self.words.conjunctions and not self.tokens[first - 2].is_capital
        marks = (at for at in range(first - 1, -1, -1) if not self.tokens[at].is_word and self.tokens[at].quotation is None)
        start = 0 if is_coordinate else next(marks, -1) + 1
        return next((a for a in before if a is not inner and a.subject and a.cue.is_verb and start <= a.cue.first < first), inner)

    def _shared_by_many(self, cue: FoundCue, at: int, before: list[Attribution]) -> Attribution | None:
        """A plain form that several share with an earlier verb: "Democrats fear a defeat and warn that …"."""
        previous = next((a.subject for a in reversed(before) if a.subject is not None and a.cue.is_verb), None)
        subject = previous or (self.phrases.clause_subject(cue.first) if self._is_shared_place(at) else None)
        if subject is None or not self._is_shared_place(at) or not self._agrees(subject, cue, set()):
            return None
        return Attribution(cue, subject, is_shared=True)

    def _own(self, cue: FoundCue, at: int, between: set[str]) -> Phrase | None:
        """The subject only this cue has: "with Lee telling reporters", "a sign saying", "which led Lee to say"."""
        found = self.phrases.before(cue.first - 1) if "to" in between else self.phrases.ending(at)
        if "to" not in between and self.tokens[cue.first].low.endswith("ing") and (led := self.phrases.behind_with(at, found)) is not None:
            return led
        if found is None or found.kind not in ("name", "noun") or found.outer_first < 1:
            return None
        before = self.tokens[found.outer_first - 1].low
        if "to" in between and before == "like" and (those := self.phrases.ending(found.outer_first - 2)) is not None and those.first:
            before, found = self.tokens[those.first - 1].low, Phrase(those.first, found.last, "noun", those.first, found.outer_last)
        if "to" in between:
            return found if before in self.vocabulary.of("causing") else None
        is_carrier = self.tokens[found.last].low in self.vocabulary.of("carrier")
        leads = is_carrier or (before == "with" and self._can_act(found)) or before in DASHES or (before == "and" and found.kind == "name")
        return found if leads else None

    def _can_act(self, found: Phrase) -> bool:
        """Whether a phrase is a name, a plural or an actor; not "the right" of "with the right calling card"."""
        low = self.tokens[found.last].low
        return found.kind != "noun" or self.words.is_actor(low) or self.words.is_plural(low)

    def any_verb(self) -> Attribution | None:
        """A quotation with one subject and one verb beside it, whatever the verb: “Why?” Hannity pressed."""
        at = self.quoted[0]
        if at > 0 or len(self.tokens) < 3:
            return None
        start = at + 1
        while start < len(self.tokens) and not self.tokens[start].is_word and self.tokens[start].quotation is None:
            if self.tokens[start].low == ":" and self.words.is_verb_second:
                return None
            start += 1
        subject = self.phrases.beginning(start)
        if subject is not None and subject.kind in ("name", "noun", "he", "she", "they"):
            verb = subject.last + 1
            while verb < len(self.tokens) and self.phrases.over_adverbs(verb) < verb:
                verb += 1
            if (
                verb < len(self.tokens)
                and self.tokens[verb].is_word
                and not self.tokens[verb].is_capital
                and self.tokens[verb].low.endswith(("ed", "s", "t", "e"))
            ):
                return Attribution(FoundCue(verb, verb, frozenset(["say"])), subject)
        token = self.tokens[start] if start < len(self.tokens) else None
        if token is not None and token.low.endswith("ed"):
            inverted = self.phrases.beginning(start + 1)
            if inverted is not None and inverted.kind in ("name", "noun"):
                return Attribution(FoundCue(start, start, frozenset(["say"])), inverted)
        return None

    def is_channel(self, inner: Attribution, outer: Attribution) -> bool:
        """Whether a cue that closes the sentence only tells who passed the words on: "Lee said …, CNN reported"."""
        if not outer.cue.kinds & {"say", "tell"} or inner.subject is None or not self.only_circumstances_follow(inner):
            return False
        heads = {token.low for token in self.tokens[inner.subject.first : inner.subject.last + 1]}
        is_medium = self.tokens[inner.cue.first].low in self.vocabulary.of("passing on")
        return is_medium or bool(heads & self.vocabulary.of("medium"))

    def only_circumstances_follow(self, inner: Attribution) -> bool:
        """Whether nothing follows but where and when it was said."""
        rest = self.tokens[inner.right + 1 :]
        if any(token.quotation is not None for token in rest):
            return False
        follows = self.vocabulary.of("channel") | self.vocabulary.of("day")
        tells = inner.subject is not None and inner.subject.first > inner.cue.last and self._tells_of_itself(inner.subject)
        return tells or not rest or not rest[0].is_word or rest[0].low in follows
