"""Scores on articles annotated by people, where they lie beside the repository: floors a little below what was measured."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest

from tests.bench.extraction import extract
from tests.samples import FOLDER, needs_samples

QUOTES = FOLDER / "quotes"
N_ARTICLES = {"train": 24, "de_train": 100}

# The evaluator, which is not ours, leaves its files to be closed by themselves.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def evaluator() -> ModuleType:
    """The evaluator that lies beside the articles."""
    sys.path.insert(0, str(QUOTES))
    try:
        spec = importlib.util.spec_from_file_location("quotation_evaluator", QUOTES / "evaluate.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(QUOTES))
    return module


def scores(evaluator: ModuleType, split: str) -> dict:
    """The scores on every few articles of a split."""
    documents = list(evaluator.load_gold(split))
    chosen = documents[:: max(1, len(documents) // N_ARTICLES[split])]
    counted = [
        evaluator.eval_doc(d, list(extract(d["text"], {"date": d["date"], "title": d["title"], "split": d["split"]}))) for d in chosen
    ]
    return evaluator.summarise(sum(counted[1:], counted[0]))


@needs_samples
def test_english_news(evaluator: ModuleType) -> None:
    found = scores(evaluator, "train")
    assert found["seg"]["F"] > 0.95
    assert found["seg_joint"]["F"] > 0.81
    assert found["Q_o80"]["F"] > 0.76
    assert found["segspk"]["acc_named"] > 0.92


@needs_samples
def test_german_news(evaluator: ModuleType) -> None:
    found = scores(evaluator, "de_train")
    assert found["seg"]["F"] > 0.8
    assert found["seg_joint"]["F"] > 0.54


@needs_samples
def test_pages_annotated_by_hand(evaluator: ModuleType) -> None:
    total, pages = evaluator.run_rows(str(QUOTES / "develop"), extract)
    assert total["must_hit"] >= 0.9 * total["must"]
    assert total["joint"] >= 0.9 * total["must"]
    assert (total["date_wrong"], total["forbidden"]) == (0, 0)
    assert pages["seed"]["joint"] == pages["seed"]["must"] == 11
