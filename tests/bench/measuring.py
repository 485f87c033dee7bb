"""Timing questions in turn, so that a busy minute of the machine falls on all alike, and the table of medians."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from tests.bench import by_pandas
from tests.bench.filters import Filter
from tests.bench.questions import Question
from tracker.analysis.corpus import Corpus
from tracker.analysis.facets import n_selected
from tracker.store.engine import open_engine
from tracker.store.snapshot import READ_ONLY
from tracker.workspace.opening import lookup_of

WAYS = ("cold", "new", "warm", "SQL", "pandas")
"""Ours with nothing compiled; ours for a filter not asked before; ours asked again; SQL by hand; pandas."""


@dataclass
class Corpora:
    """The same statements thrice: a snapshot for our engine, a connection to it, and a frame."""

    path: Path
    connection: duckdb.DuckDBPyConnection
    frame: pd.DataFrame

    @contextmanager
    def fresh(self) -> Iterator[Corpus]:
        """A corpus with nothing compiled."""
        engine = open_engine(self.path)
        try:
            yield Corpus(engine.statements, engine, lookup=lookup_of(engine))
        finally:
            engine.close()

    def n_selected(self, chosen: Filter) -> int:
        """How many statements a filter holds."""
        with self.fresh() as corpus:
            return n_selected(corpus, chosen.selection)


@contextmanager
def opened(path: Path) -> Iterator[Corpora]:
    """The statements of a snapshot, ready to be asked in every way."""
    with duckdb.connect(str(path), read_only=True, config=READ_ONLY) as connection:
        yield Corpora(path, connection, by_pandas.load(connection))


def disagreements(question: Question, held: Corpora) -> list[str]:
    """The ways whose answer is not ours; empty when all three say the same."""
    with held.fresh() as corpus:
        ours = question.forms[0](question.ours(corpus, question.chosen))
    by_hand = question.forms[1](question.by_hand(held.connection, question.chosen))
    pandas = question.forms[2](question.by_pandas(held.frame, question.chosen))
    return [name for name, answer in (("SQL", by_hand), ("pandas", pandas)) if answer != ours]


def medians(question: Question, held: Corpora, n_runs: int) -> dict[str, float]:
    """Milliseconds by way, the median of so many runs taken in turn."""
    taken: dict[str, list[float]] = {way: [] for way in WAYS}
    with held.fresh() as warm:
        question.ours(warm, question.chosen)
        for _ in range(n_runs):
            with held.fresh() as cold:
                taken["cold"].append(_timed(lambda c=cold: question.ours(c, question.chosen)))
            with held.fresh() as new:
                question.ours(new, question.chosen.sibling)
                taken["new"].append(_timed(lambda c=new: question.ours(c, question.chosen)))
            taken["warm"].append(_timed(lambda: question.ours(warm, question.chosen)))
            taken["SQL"].append(_timed(lambda: question.by_hand(held.connection, question.chosen)))
            taken["pandas"].append(_timed(lambda: question.by_pandas(held.frame, question.chosen)))
    return {way: statistics.median(times) for way, times in taken.items()}


def _timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


HEAD = (
    "| question | filter | ours, cold | ours, new filter | ours, again | SQL by hand | pandas | new ÷ SQL | again ÷ SQL | pandas ÷ new |\n"
    "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def table_row(question: Question, taken: dict[str, float]) -> str:
    """One line of the table: milliseconds and ratios."""
    times = [f"{taken[way]:.1f}" for way in WAYS]
    ratios = [taken["new"] / taken["SQL"], taken["warm"] / taken["SQL"], taken["pandas"] / taken["new"]]
    return "| " + " | ".join([question.name, question.chosen.name, *times, *(f"{ratio:.2f}" for ratio in ratios)]) + " |"


def machine() -> str:
    """Processors, memory, load, and versions of what is measured, in one line."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    named = ", ".join(f"{name} {version(package)}" for name, package in _PACKAGES)
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    held = f"{os.cpu_count()} shared cores ({platform.machine()}), {memory:.0f} GB"
    return f"{held}, Python {platform.python_version()}, {named}; load average {load}"


_PACKAGES = (("DuckDB", "duckdb"), ("Ibis", "ibis-framework"), ("pandas", "pandas"), ("Streamlit", "streamlit"))
