"""Nonsense in ten scripts and languages for synthetic quotes: fragments of random words, each with its folded form."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pyarrow as pa

from tracker.core.folding import fold

N_FRAGMENTS = 2_000
"""Fragments of each language; a quote is four of them, so that hardly two are alike."""

VOCABULARY_PATH = Path(__file__).with_name("vocabulary.csv")
_FEWEST_BYTES, _SHARE_NUMBERED = 48, 0.2


@dataclass(frozen=True)
class Language:
    """A language of the vocabulary; ``share`` is its weight among statements, ``words`` the most frequent first."""

    code: str
    name: str
    share: int
    words: tuple[str, ...]

    @property
    def space(self) -> str:
        """What stands between words."""
        return "" if self.code == "zh" else " "


def languages() -> tuple[Language, ...]:
    """The languages of ``vocabulary.csv``, the one that is everybody's second language first."""
    with VOCABULARY_PATH.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Language(row["language"], row["name"], int(row["share"]), tuple(row["words"].split())) for row in csv.DictReader(lines)
        )


def fragments(seed: int) -> pa.Table:
    """``language``, ``fragment`` (from 0), ``text`` of 48 bytes and up to one word more, and ``folded`` as search sees it."""
    random = Random(seed)
    rows = [
        {"language": language.code, "fragment": number, "text": text, "folded": fold(text)}
        for language in languages()
        for number in range(N_FRAGMENTS)
        for text in [_fragment(language, random)]
    ]
    return pa.Table.from_pylist(rows)


def _fragment(language: Language, random: Random) -> str:
    words = [str(random.randint(1_000, 99_999))] if random.random() < _SHARE_NUMBERED else []
    while len(language.space.join(words).encode()) < _FEWEST_BYTES:
        # Zipf: the word at place k is drawn about 1/k as often as the first.
        words.insert(0, language.words[int((len(language.words) + 1) ** random.random()) - 1])
    text = language.space.join(words)
    return text[0].upper() + text[1:]
