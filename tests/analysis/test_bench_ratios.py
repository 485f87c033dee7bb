"""No question has become twice as dear as it was, held against SQL by hand on the same rows in the same run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bench import ratios
from tests.bench.measuring import Corpora
from tests.bench.ratios import N_RUNS, WATCHED, held_open, ratio, recorded, watched

ROUNDS = 3
"""A ratio is too large only when it is so in every round: what else the machine does comes and goes."""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpora]:
    with held_open(tmp_path_factory.mktemp("ratios")) as corpora:
        yield corpora


@pytest.mark.parametrize("name", [", ".join(question) for question in WATCHED])
def test_a_ratio_has_not_doubled(held: Corpora, name: str) -> None:
    assert _has_not_doubled(held, name), f"{name}: see python -m tests.bench.ratios"


def test_a_doubled_ratio_is_seen(held: Corpora, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a third of the ratio recorded, the same question is too dear."""
    name = ", ".join(WATCHED[-1])
    monkeypatch.setattr(ratios, "recorded", lambda: {name: ratio(watched()[name], held) / 3})
    assert not _has_not_doubled(held, name)


def test_every_question_that_is_watched_is_recorded() -> None:
    assert recorded().keys() == watched().keys() and len(watched()) == len(WATCHED)


def _has_not_doubled(held: Corpora, name: str) -> bool:
    most = 2 * ratios.recorded()[name]
    return any(ratio(watched()[name], held, N_RUNS + 1) <= most for _ in range(ROUNDS))
