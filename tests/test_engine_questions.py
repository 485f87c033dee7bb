"""Every analysis function that asks a table is asked of the other engines too, or stands in a list with the reason why not."""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bench import synthetic
from tests.bench.filters import FILTERS
from tests.engines.questions import QUESTIONS, WHOLE, Ask
from tests.house_rules import ROOT
from tracker.analysis.corpus import Corpus
from tracker.store.engine import open_engine
from tracker.workspace.opening import lookup_of

ANALYSIS = ROOT / "tracker" / "analysis"
ASKING = ("Corpus", "ir.Table")
"""A function that takes one of these first asks a table, or makes the question."""

NOT_ASKED = {
    "searching.looked_up": "the index of words is DuckDB's own; the other engines read, as the questions with searches do",
    "selecting.contested_ids": "needs codings beside, which the synthetic statements lack; tests/analysis asks it of every engine",
    "marking.marked": "joins a table beside, which the synthetic statements lack; tests/analysis asks it of every engine",
}


def asking_functions(folder: Path = ANALYSIS) -> Iterator[str]:
    """``module.function`` of every public function that takes a corpus or a table first."""
    for path in sorted(folder.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.args.args:
                kind = node.args.args[0].annotation
                if kind is not None and ast.unparse(kind) in ASKING:
                    yield f"{path.stem}.{node.name}"


@pytest.fixture(scope="module")
def called(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every function of the analysis that runs while all questions are asked, by themselves or inside others."""
    engine, found = open_engine(synthetic.snapshot(1_000, folder=tmp_path_factory.mktemp("synthetic"))), set[str]()
    with pytest.MonkeyPatch.context() as patch:
        noted = dict(_noted(patch, found))
        corpus = Corpus(engine.statements, engine, lookup=lookup_of(engine))
        for ask in (*QUESTIONS.values(), *WHOLE.values()):
            noted.get(ask, ask)(corpus, FILTERS[0].selection)
    engine.close()
    return found


def _noted(patch: pytest.MonkeyPatch, found: set[str]) -> Iterator[tuple[Ask, Ask]]:
    """Each function that asks with one that notes its name and calls it, put wherever a module has the first."""
    for name in asking_functions():
        module, _, function = name.partition(".")
        original = getattr(importlib.import_module(f"tracker.analysis.{module}"), function)

        def noting(*given: Any, _name: str = name, _original: Ask = original, **named: Any) -> Any:
            found.add(_name)
            return _original(*given, **named)

        for other in [held for held in sys.modules.values() if held.__name__.startswith(("tracker.analysis.", "tests.engines."))]:
            for here in [here for here, held in vars(other).items() if held is original]:
                patch.setattr(other, here, noting)
        yield original, noting


def test_every_function_that_asks_is_asked_of_the_other_engines(called: set[str]) -> None:
    assert set(asking_functions()) - called - NOT_ASKED.keys() == set()


def test_the_list_of_those_not_asked_is_short_and_true(called: set[str]) -> None:
    assert NOT_ASKED.keys() <= set(asking_functions()) - called
    assert len(NOT_ASKED) <= 8 and all(len(reason) > 20 for reason in NOT_ASKED.values())


def test_a_function_that_nobody_asks_is_seen(tmp_path: Path) -> None:
    lines = ("def asked(corpus: Corpus) -> int: ...", "def told(rows: list[int]) -> int: ...", "def _own(t: ir.Table): ...")
    (tmp_path / "new.py").write_text("\n".join(lines), encoding="utf-8")
    assert list(asking_functions(tmp_path)) == ["new.asked"]
