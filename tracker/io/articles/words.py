"""What kind of word a token is, by the vocabulary of a language; and the shape a noun phrase has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tracker.io.articles.languages import Language, first_names, language
from tracker.io.articles.sentences import Token

DASHES = frozenset("—–-―‒−~")
_FEWEST_WORDS_ALONE = 3
_SHORTEST_IN_A_COMPOUND = 6


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: tokens ``first``–``last`` (inclusive); ``outer_first``–``outer_last`` with what is set beside it.

    ``kind`` is "name", "noun" or the pronoun it is ("he", "she", "they", "it", "who", "i", "we", "you").
    """

    first: int
    last: int
    kind: str
    outer_first: int
    outer_last: int


class Words:
    """The kinds of words of one language, as sets that are made once."""

    def __init__(self, vocabulary: Language) -> None:
        of = vocabulary.of
        kinds = vocabulary.words.items()
        self.cues = vocabulary.cues
        self.pronouns = {word: kind[8:] for kind, words in kinds if kind.startswith("pronoun:") for word in words}
        self.marking = of("determiner") | of("possessive")
        self.determiners, self.possessives = of("determiner"), of("possessive")
        self.surname_particles = of("surname particle")
        self.particles, self.joining = of("name particle"), of("joining preposition")
        self.roles, self.bodies, self.animate = of("role"), of("organisation"), of("animate group")
        self.days, self.days_or_names, self.never = of("day"), of("day or name"), of("never a name")
        self.describing, self.naming = of("describing"), of("naming")
        self.giving_names, self.reflexive = of("giving names"), of("reflexive")
        self.comparing = of("comparing")
        self.governing, self.signing = of("governing"), of("signing")
        self.indefinite = of("indefinite")
        self.heading = of("heading adverb")
        self.object_pronouns = of("object pronoun")
        self.relative_objects = of("relative object")
        self.conjunctions, self.prepositions, self.be = of("conjunction"), of("preposition"), of("be")
        self.passing_on, self.passed_on_as = of("passing on"), of("passed on as")
        self.lead, self.suffixes, self.never_subject = of("lead"), of("suffix"), of("never a subject")
        self.clause_openers = of("clause opener")
        self.openers = self.conjunctions | of("that") | self.clause_openers
        self.marking_nouns, self.ago, self.measuring = self.marking - self.openers, of("ago"), of("measuring")
        self.adverbs, self.not_adverbs = of("adverb"), of("not an adverb")
        self.genitive, self.is_verb_second = of("genitive"), "verb second" in of("order")
        self.fewest_alone = int(next(iter(of("fewest words alone")), _FEWEST_WORDS_ALONE))
        self.alone, self.linking = of("subject alone"), of("linking adjective")
        self.counting = of("subject opening")
        split = (cue for cues in vocabulary.cues.values() for cue in cues if any(kind.startswith("split:") for kind in cue.kinds))
        self.second_parts = frozenset(cue.words[1] for cue in split)
        in_compounds = (word for word in self.roles | self.bodies if self.is_verb_second and len(word) >= _SHORTEST_IN_A_COMPOUND)
        self.compound_endings = tuple(in_compounds) or ("\0",)
        self.run_by_states = {(pair[0], pair[1]) for phrase in of("run by a state") if len(pair := phrase.split()) == 2}
        self.articles = of("article")
        self.adverb_ending = next(iter(of("adverb ending")), "\0")
        self.participle_endings = tuple(of("participle ending")) or ("\0",)
        self.past_endings = tuple(of("past ending")) or ("\0",)
        self.light = self.adverbs | of("auxiliary")
        self.verbs = of("verb") | (of("auxiliary") - {"to", "'s"})
        self.empty = of("verb") | self.prepositions | of("auxiliary") | self.conjunctions | of("relative")
        self.empty |= self.adverbs | of("that") | of("object pronoun") | self.marking | frozenset(self.pronouns)

    def is_role(self, low: str) -> bool:
        """Whether a word names an office, in the singular or plural, also as the last part of "co-chair"."""
        low = low.rpartition("-")[2]
        return low in self.roles or (low.endswith("s") and low[:-1] in self.roles)

    def is_actor(self, low: str) -> bool:
        """Whether a common noun can speak: an office, a body, a group of people."""
        return low in self.bodies or self.is_person(low) or low.endswith(self.compound_endings)

    def is_person(self, low: str) -> bool:
        """Whether a common noun is of persons: an office or a group of people."""
        return low in self.animate or self.is_role(low)

    @staticmethod
    def is_plural(low: str) -> bool:
        """Whether a word has the ending of an English plural: "voters"; not "press"."""
        return low.endswith("s") and not low.endswith("ss")

    def is_adverb(self, token: Token) -> bool:
        """Whether a word is an adverb by the list or its ending."""
        if token.low in self.adverbs:
            return True
        return token.low.endswith(self.adverb_ending) and not token.is_capital and token.low not in self.not_adverbs

    def is_content(self, token: Token) -> bool:
        """Whether a word can be part of a noun phrase."""
        if not token.is_word or token.low == "'s":
            return False
        return token.is_capital or token.low not in self.empty


@cache
def words_of(code: str) -> Words:
    """The kinds of words of a language, made once."""
    return Words(language(code))


class Sentences:
    """What both directions of reading share: the tokens of a sentence and the kinds of their words."""

    def __init__(self, tokens: list[Token], code: str) -> None:
        self.tokens, self.words = tokens, words_of(code)

    def is_name(self, at: int) -> bool:
        """Whether a word is written with a capital."""
        return self.tokens[at].is_capital and self.tokens[at].is_word

    def is_content(self, at: int) -> bool:
        """Whether a word can be part of a noun phrase."""
        return self.words.is_content(self.tokens[at])

    def joins_names(self, at: int) -> bool:
        """Whether a word joins what is a name before and behind it: "Roe's", "von", the "state" of "Norwegian state TV"."""
        low, words = self.tokens[at].low, self.words
        is_run = (low, self.tokens[at + 1].low) in words.run_by_states
        return is_run or low in ("'s", "&") or (low in words.particles and low not in ("for", "and"))

    def is_day(self, at: int) -> bool:
        """Whether a word is a day, a month or a span of time; "May" after a first name is a name."""
        low, words = self.tokens[at].low, self.words
        if low not in words.days:
            return False
        before = self.tokens[at - 1] if at else None
        behind = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if (
            low in words.days_or_names
            and low in first_names()
            and behind is not None
            and behind.is_capital
            and behind.low not in words.days
        ):
            return before is not None and before.low in words.prepositions  # "Jan Example said"
        if low in words.days_or_names and before is None and behind is not None and behind.low in words.cues and self.tokens[at].is_capital:
            return False  # "Day said"
        return not (low in words.days_or_names and before is not None and before.is_capital and before.low not in words.days | words.never)
