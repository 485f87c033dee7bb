"""Whom "he", "she" and "the ministry" mean: the persons spoken of last, by weights fitted on news (docs/extraction.md)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tracker.io.articles.people import Mention, People
from tracker.io.articles.word_lists import table

_REMEMBERED = 64
_NEAR = 4
_FURTHEST = 40
_NEVER = -1
_EDGES = (1, 2, 3, 5, 9)
_DISTANCES = ("0", "1", "2", "3-4", "5-8", "9-")
"""How many sentences back something was; those far apart count as one."""


@dataclass(slots=True)
class Standing:
    """How present a person is: the sentences of the last mention, as subject and as speaker, and the paragraph of the last."""

    named: int
    subject: int = _NEVER
    spoke: int = _NEVER
    paragraph: int = _NEVER

    def features(self, sentence: int, paragraph: int) -> tuple[str, ...]:
        """What speaks for or against the person in a sentence: rows of salience_weights.csv.

        >>> Standing(3, subject=2, spoke=4, paragraph=1).features(5, 2)
        ('named 2', 'subject 3-4', 'spoke 1')
        """
        found = [f"named {_distance(sentence - self.named)}"]
        found.append("subject never" if self.subject == _NEVER else f"subject {_distance(sentence - self.subject)}")
        found += ["spoke 1"] if self.spoke != _NEVER and self.spoke == sentence - 1 else []
        return (*found, "same paragraph") if paragraph == self.paragraph else tuple(found)


def _distance(n_sentences: int) -> str:
    return _DISTANCES[bisect_right(_EDGES, n_sentences)]


@cache
def weights() -> dict[str, float]:
    """The weight of each feature; higher speaks more for a person."""
    return {row["feature"]: float(row["weight"]) for row in table("salience_weights.csv")}


class Salience:
    """Persons by how present they are as the document is read from the top; ``paragraph`` is the number of the one being read."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.paragraph = 0
        self.standing: dict[str, Standing] = {}
        self.bodies: dict[str, tuple[str, int]] = {}

    def mention(self, mention: Mention, *, is_subject: bool = False) -> None:
        """Keep that a person was named; a name that stands where places do is no sign of one."""
        if mention.is_person and not mention.is_place:
            standing = self._named(self.people.resolve(mention.words), mention.sentence)
            standing.subject = mention.sentence if is_subject else standing.subject

    def speaker(self, name: str, sentence: int) -> None:
        """Keep that a person spoke."""
        if name:
            self.people.speaks(name)
            self._named(name, sentence).spoke = sentence

    def body(self, written: str, sentence: int, *, is_plural: bool) -> None:
        """Keep the words for a body or a group that acted or spoke."""
        self.bodies["they" if is_plural else "it"] = (written, sentence)

    def body_meant(self, pronoun: str, sentence: int) -> str:
        """The words for the body or group that "it" or "they" stands for; "" when none acted shortly before."""
        written, at = self.bodies.get(pronoun, ("", 0))
        return written if sentence - at <= _NEAR else ""

    def _named(self, name: str, sentence: int) -> Standing:
        standing = self.standing.pop(name, None) or Standing(sentence)
        standing.named, standing.paragraph = sentence, self.paragraph
        self.standing[name] = standing
        if len(self.standing) > _REMEMBERED:
            del self.standing[next(iter(self.standing))]
        return standing

    def meant(self, pronoun: str, sentence: int) -> str:
        """The person a pronoun means most likely: the highest sum of weights, the later named of equals; "" when there is none."""
        can_be = ((name, self._score(name, standing, sentence)) for name, standing in self.possible(pronoun, sentence))
        return max(can_be, key=lambda entry: entry[1], default=("", 0.0))[0]

    def possible(self, pronoun: str, sentence: int) -> Iterator[tuple[str, Standing]]:
        """The persons a pronoun can mean, the latest named first: named not long ago, and of no other gender as far as it is known."""
        for name, standing in reversed(self.standing.items()):
            if sentence - standing.named <= _FURTHEST and self.people.gender(name) in ("", pronoun):
                yield name, standing

    def _score(self, name: str, standing: Standing, sentence: int) -> float:
        known = weights()
        return sum(known[feature] for feature in standing.features(sentence, self.paragraph)) + known["person"] * self.people.likelihood(
            name
        )
