"""Whom "he", "she" and "the ministry" mean: the persons spoken of last, subjects and speakers first."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.io.articles.people import Mention, People

_SUBJECT, _SPEAKER, _MENTION = 3.0, 4.0, 1.0
_PLACE = 0.1
_FADING = 0.6
_REMEMBERED = 64
_NEAR = 4


@dataclass(slots=True)
class Standing:
    """How present a person is: the sentence of the last mention, and the weight it had there."""

    sentence: int
    weight: float


class Salience:
    """Persons by how present they are as the document is read from the top."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.standing: dict[str, Standing] = {}
        self.bodies: dict[str, tuple[str, int]] = {}

    def mention(self, mention: Mention, *, is_subject: bool = False) -> None:
        """Keep that a person was named."""
        if mention.is_person:
            weight = _PLACE if mention.is_place else _SUBJECT if is_subject else _MENTION
            self._raise(self.people.resolve(mention.words), mention.sentence, weight)

    def speaker(self, name: str, sentence: int) -> None:
        """Keep that a person spoke."""
        if name:
            self.people.speaks(name)
            self._raise(name, sentence, _SPEAKER)

    def body(self, written: str, sentence: int, *, is_plural: bool) -> None:
        """Keep the words for a body or a group that acted or spoke."""
        self.bodies["they" if is_plural else "it"] = (written, sentence)

    def body_meant(self, pronoun: str, sentence: int) -> str:
        """The words for the body or group that "it" or "they" stands for; "" when none acted shortly before."""
        written, at = self.bodies.get(pronoun, ("", 0))
        return written if sentence - at <= _NEAR else ""

    def _raise(self, name: str, sentence: int, by: float) -> None:
        known = self.standing.pop(name, None)
        faded = known.weight * _FADING ** (sentence - known.sentence) if known else 0.0
        self.standing[name] = Standing(sentence, max(by, faded * 0.5 + by))
        if len(self.standing) > _REMEMBERED:
            del self.standing[next(iter(self.standing))]

    def meant(self, pronoun: str, sentence: int, *, without: frozenset[str] = frozenset()) -> str:
        """The most present person a pronoun can mean; "" when there is none."""
        best, best_weight = "", 0.0
        for name, standing in reversed(self.standing.items()):
            if sentence - standing.sentence > 40 or name in without:
                continue
            gender = self.people.gender(name)
            if gender and pronoun in ("he", "she") and gender != pronoun:
                continue
            weight = standing.weight * _FADING ** (sentence - standing.sentence) * (1.0 if gender == pronoun else 0.7)
            weight *= self.people.likelihood(name)
            if weight > best_weight:
                best, best_weight = name, weight
        return best
