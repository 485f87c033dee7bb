"""Fits the weights by which pronouns are given to persons, and says how many are right on articles the weights did not see.

``python -m tests.bench.pronouns GOLD.jsonl [--rounds 300]``: a line of the file is an article with ``doc_id``, ``text`` and
``attributions``; of each its ``source`` (spans) and ``speaker`` (``kind`` "pronoun", ``coref``: the names it stands for) are read.
The weights are those of a conditional logit: the share of the right persons in exp(score), over the persons a pronoun can mean.
"""

from __future__ import annotations

import argparse
import json
import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.io.articles import extract, prose, speakers
from tracker.io.articles.salience import Salience, weights

_FOLDS, _RATE, _PENALTY = 5, 2.0, 0.5
Features = dict[str, float]


@dataclass
class Choice:
    """A pronoun of an article: the features of every person it can mean, the latest named first, and whether each is right."""

    article: str
    persons: list[tuple[Features, bool]]


def choices(articles: Sequence[dict[str, Any]]) -> Iterator[Choice]:
    """The pronouns whose persons an annotator or a program named, in the order of the articles."""
    for article in articles:
        asked = _asked(article["text"])
        for attribution in article["attributions"]:
            speaker, spans = attribution["speaker"], attribution["source"]
            persons = asked.get(tuple(spans[0]), []) if spans and speaker["kind"] == "pronoun" and speaker["coref"] else []
            if persons:
                lasts = {name.lower().split()[-1] for name in speaker["coref"] if name}
                yield Choice(article["doc_id"], [(found, name.lower().split()[-1] in lasts) for name, found in persons])


def _asked(text: str) -> dict[tuple[int, int], list[tuple[str, Features]]]:
    """The persons of every pronoun of a text, by where the pronoun stands."""
    kept: dict[tuple[int, int], list[tuple[str, Features]]] = {}

    class Recorded(Salience):
        def meant(self, pronoun: str, sentence: int) -> str:
            self.asked = [
                (name, dict.fromkeys(standing.features(sentence, self.paragraph), 1.0) | {"person": self.people.likelihood(name)})
                for name, standing in self.possible(pronoun, sentence)
            ]
            return super().meant(pronoun, sentence)

    class Asking(speakers.Speakers):
        def of(self, found: Any, tokens: Any, number: int, phrases: Any) -> Any:
            speaker = super().of(found, tokens, number, phrases)
            if found.kind in ("he", "she"):
                kept[speaker.span] = self.salience.asked
            return speaker

    _with(Recorded, Asking, lambda: extract(text, published_on=None, language="en"))
    return kept


def _with(salience: type, asking: type, read: Callable[[], object]) -> None:
    was = speakers.Salience, prose.Speakers
    speakers.Salience, prose.Speakers = salience, asking  # type: ignore[misc]
    try:
        read()
    finally:
        speakers.Salience, prose.Speakers = was  # type: ignore[misc]


def fitted(chosen: Sequence[Choice], rounds: int) -> Features:
    """The weights of the features after so many rounds of steepest ascent, held near 0 by a penalty."""
    telling = [choice.persons for choice in chosen if len({right for _, right in choice.persons}) == 2]
    found: Features = defaultdict(float)
    for _ in range(rounds):
        slope: Features = defaultdict(float)
        for persons in telling:
            shares = [math.exp(_score(features, found)) for features, _ in persons]
            whole, right = sum(shares), sum(share for share, (_, is_right) in zip(shares, persons, strict=True) if is_right)
            for share, (features, is_right) in zip(shares, persons, strict=True):
                for name, value in features.items():
                    slope[name] += value * (is_right * share / right - share / whole)
        for name in slope:
            found[name] += _RATE / max(1, len(telling)) * (slope[name] - _PENALTY * found[name])
    return found


def n_right(chosen: Sequence[Choice], by: Features) -> int:
    """For how many pronouns the person of the highest score is right."""
    return sum(max(choice.persons, key=lambda person: _score(person[0], by))[1] for choice in chosen)


def _score(features: Features, by: Features) -> float:
    return sum(by.get(name, 0.0) * value for name, value in features.items())


def main() -> None:
    """Print the weights, and the pronouns right: by those in use, and by weights fitted on four fifths of the articles."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pronouns", description="Fits the weights of salience_weights.csv.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--rounds", type=int, default=300, help="rounds of ascent (default: %(default)s)")
    given = parser.parse_args()
    chosen = list(choices([json.loads(line) for line in given.gold.read_text(encoding="utf-8").splitlines() if line.strip()]))
    parts: Counter[str] = Counter()
    for fold in range(_FOLDS):
        seen = [choice for choice in chosen if zlib.crc32(choice.article.encode()) % _FOLDS != fold]
        kept = [choice for choice in chosen if zlib.crc32(choice.article.encode()) % _FOLDS == fold]
        parts["unseen"] += n_right(kept, fitted(seen, given.rounds))
    print(f"{len(chosen)} pronouns; right by the weights in use {n_right(chosen, weights())}, cross-validated {parts['unseen']}")
    for name, value in sorted(fitted(chosen, given.rounds).items()):
        print(f"{name},{value:.1f}")


if __name__ == "__main__":
    main()
