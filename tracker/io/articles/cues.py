"""Cues of a sentence: the words that make somebody's words of what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.io.articles.languages import Language
from tracker.io.articles.sentences import Token

_WIDEST_SPLIT = 16
_LONGEST_NOUN = 5
_ENDING_A_NOUN = ("preposition", "auxiliary", "conjunction", "relative", "pronoun:who", "determiner", "adverb")
"""Words of these kinds stand before a noun, and are no part of it."""
NOUNS = frozenset(["noun"])
ACCORDING = frozenset(["according"])
ACCORDING_AFTER = frozenset(["according after"])
COLON = frozenset(["colon"])


@dataclass(frozen=True, slots=True)
class FoundCue:
    """A cue: tokens ``first``–``last`` (inclusive) and its kinds in the vocabulary."""

    first: int
    last: int
    kinds: frozenset[str]
    is_infinitive: bool = False

    @property
    def is_verb(self) -> bool:
        """Whether it is a verb, not "according to", a noun or a colon."""
        return not self.kinds <= NOUNS | ACCORDING | ACCORDING_AFTER | COLON


def cues(tokens: list[Token], vocabulary: Language) -> list[FoundCue]:
    """The cues of a sentence in order; a cue of several words counts once."""
    found: list[FoundCue] = []
    at = 0
    while at < len(tokens):
        cue = _cue_at(tokens, at, vocabulary)
        if cue is not None:
            found.append(cue)
            at = cue.last
        at += 1
    return found


def _cue_at(tokens: list[Token], at: int, vocabulary: Language) -> FoundCue | None:
    token = tokens[at]
    if token.quotation is not None:
        return None
    for cue in vocabulary.cues.get(token.low, ()):
        n = len(cue.words)
        split = next((kind for kind in cue.kinds if kind.startswith("split:")), "")
        if split:
            if _second_part(tokens, at, cue.words[1]):
                return FoundCue(at, at, frozenset([split[6:]]))
            continue
        if n > 1 and tuple(t.low for t in tokens[at : at + n]) != cue.words:
            continue
        kinds = cue.kinds
        if token.low.endswith("ed") and at + n < len(tokens) and tokens[at + n].low in vocabulary.of("participle before"):
            return None
        if (
            _is_set_apart(tokens, at, vocabulary)
            or ("call" in kinds and at + n < len(tokens) and tokens[at + n].low in vocabulary.of("passive behind"))
            or _is_no_speech(tokens, at, vocabulary)
            or (at + n < len(tokens) and _names_itself(tokens, at, at + n, vocabulary))
        ):
            return None
        if token.is_capital and at > 0 and "according" not in kinds and tokens[at - 1].is_word:
            return None
        if (cue.is_infinitive or "noun" in kinds or token.low.endswith("s")) and _is_noun(tokens, at, vocabulary):
            kinds = kinds & NOUNS
        elif "noun" in kinds and kinds != NOUNS:
            kinds = kinds - NOUNS
        if kinds:
            return FoundCue(at, at + n - 1, kinds, cue.is_infinitive)
    return None


def _is_set_apart(tokens: list[Token], at: int, vocabulary: Language) -> bool:
    """Whether a participle ends an opening with "with": "With a vote for Lee ruled out, Roe said"."""
    opens = tokens[0].low in vocabulary.of("opening preposition") and tokens[at].low.endswith(tuple(vocabulary.of("past ending")) or "\0")
    apart = vocabulary.of("pronoun:who") | vocabulary.of("relative object") | {","}
    return opens and not any(token.low in apart or token.quotation is not None for token in tokens[:at])


def _is_no_speech(tokens: list[Token], at: int, vocabulary: Language) -> bool:
    """Whether an article makes a noun of a gerund ("the scope of the warning"), or a word behind another thing of it ("written for")."""
    behind = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if f"{tokens[at].low} {behind}" in vocabulary.of("no speech"):
        return True
    return tokens[at].low.endswith("ing") and at > 0 and tokens[at - 1].low in vocabulary.of("article") | vocabulary.of("possessive")


def _names_itself(tokens: list[Token], at: int, behind: int, vocabulary: Language) -> bool:
    """Whether a participle only tells what somebody is called: "a man calling himself Ann Lee"."""
    is_itself = tokens[behind].low in vocabulary.of("reflexive")
    return is_itself and tokens[at].low.endswith("ing") and behind + 1 < len(tokens) and tokens[behind + 1].is_capital


def _leads_to_words(follows: Token | None, vocabulary: Language) -> bool:
    """Whether words that are said may follow: "that", a quotation, a colon or a comma."""
    return follows is not None and (follows.quotation is not None or follows.low in vocabulary.of("that") | {":", ","})


def _follows_deed(tokens: list[Token], at: int, vocabulary: Language) -> bool:
    """Whether a verb of the past stands right before, whose object a word is: "His comments followed reports from Oslo"."""
    before = tokens[at - 1]
    is_deed = (
        before.low.endswith(tuple(vocabulary.of("past ending")) or "\0") and not before.is_capital and before.low not in vocabulary.cues
    )
    subject = tokens[at - 2] if at > 1 else before
    return is_deed and at > 1 and subject.is_word and subject.low not in vocabulary.of("be") | vocabulary.of("determiner")


def _is_one(tokens: list[Token], at: int, vocabulary: Language) -> bool:
    """Whether "a" opens the words before a plain form, so that it is no verb: "a new chemical weapons attack"."""
    if tokens[at].low.endswith("s"):
        return False
    ends = (vocabulary.cues, *map(vocabulary.of, _ENDING_A_NOUN))
    before = reversed(tokens[max(0, at - _LONGEST_NOUN) : at])
    opening = next((token.low for token in before if not token.is_word or any(token.low in listed for listed in ends)), "")
    return opening in vocabulary.of("article of one")


def _is_object_of(tokens: list[Token], at: int, vocabulary: Language) -> bool:
    """Whether a word that is a noun too stands behind a verb whose object it is, or "a" opens the words it ends."""
    if any(not cue.is_infinitive and cue.kinds & {"say", "tell", "call"} for cue in vocabulary.cues.get(tokens[at - 1].low, ())):
        return True
    if _leads_to_words(tokens[at + 1] if at + 1 < len(tokens) else None, vocabulary):
        return False
    return _follows_deed(tokens, at, vocabulary) or _is_one(tokens, at, vocabulary)


def _is_noun(tokens: list[Token], at: int, vocabulary: Language) -> bool:
    """Whether a word that could be a verb stands as a noun: after "the", "his" or "Kirby's"."""
    if at == 0 or tokens[at].low.endswith(("ed", "ing")):
        return False
    before = tokens[at - 1].low
    marked = vocabulary.of("determiner") | vocabulary.of("possessive") | {"'s"}
    is_object = tokens[at].low in vocabulary.of("noun too")
    if is_object and tokens[0].low in vocabulary.of("only preposition") and all(token.low != "," for token in tokens[:at]):
        return True
    if before in marked and before not in vocabulary.of("pronoun:who"):
        can_be = is_object or any("noun" in cue.kinds for cue in vocabulary.cues.get(tokens[at].low, ()))
        is_one = before in vocabulary.of("subject of one")
        speaks = is_one if tokens[at].low.endswith("s") else before in vocabulary.of("subject alone") | vocabulary.of("subject opening")
        return can_be or not speaks
    if is_object and not tokens[at].low.endswith("s") and before in vocabulary.of("preposition") - vocabulary.of("infinitive mark"):
        return True
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    if is_object and _is_object_of(tokens, at, vocabulary):
        return True
    follows = behind.low if behind is not None else ""
    if tokens[at].low in vocabulary.of("noun unless before words") and not _leads_to_words(behind, vocabulary):
        return True  # "Gulf states stood together"
    if before in vocabulary.of("comparative") and not tokens[at].low.endswith("s"):
        return True  # "one more reason"
    if (
        is_object
        and at > 1
        and not tokens[at - 1].is_capital
        and _is_adjective(before, vocabulary)
        and tokens[at - 2].low in marked | vocabulary.of("comparative")
    ):
        return True
    if follows in vocabulary.of("infinitive mark") and tokens[at].low in vocabulary.of("noun before to"):
        return True
    if is_object and tokens[at].low.endswith("s") and follows in vocabulary.of("noun link"):
        return True
    if at > 1 and tokens[at - 1].is_capital and tokens[at - 2].low == "the" and before not in vocabulary.of("organisation") and at > 2:
        return tokens[at - 3].low in vocabulary.of("preposition")
    can_be = any("noun" in cue.kinds for cue in vocabulary.cues.get(tokens[at].low, ()))
    nearby = [token.low for token in tokens[max(0, at - 3) : at]]
    names_somebody = any(
        low in vocabulary.of("role") | vocabulary.of("animate group") or low.rstrip("s") in vocabulary.of("role") for low in nearby
    )
    return can_be and follows in vocabulary.of("noun complement") and any(low in marked for low in nearby) and not names_somebody


def _is_adjective(low: str, vocabulary: Language) -> bool:
    """Whether a small word names nobody: no office, body or group, no plural, no adverb or auxiliary."""
    if low.endswith(("s", "ly")) or not low.isalpha():
        return False
    kinds = (
        "role",
        "person",
        "organisation",
        "animate group",
        "adverb",
        "auxiliary",
        "determiner",
        "possessive",
        "conjunction",
        "preposition",
    )
    return not any(low in vocabulary.of(kind) for kind in kinds)


def _second_part(tokens: list[Token], at: int, word: str) -> bool:
    """Whether the other part of a cue like "gab … bekannt" follows in its clause."""
    for place in range(at + 1, min(len(tokens), at + _WIDEST_SPLIT)):
        low = tokens[place].low
        if low == word:
            return True
        if low in (":", ";", ".") or tokens[place].quotation is not None:
            return False
    return False
