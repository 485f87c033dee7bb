"""Searches by the index of words against reading every statement; same answers asserted.

python -m tests.bench.searching [--rows 1m] [--runs 5] [--only "rare word"]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench import synthetic
from tests.bench.__main__ import n_rows_of
from tests.bench.measuring import machine
from tracker.analysis.corpus import Corpus
from tracker.analysis.facets import count_facets
from tracker.analysis.listing import list_statements
from tracker.analysis.results import FacetsResult, TimelineBins
from tracker.analysis.searching import Lookup
from tracker.analysis.timeline import timeline_bins
from tracker.core.selection import Selection
from tracker.store.engine import open_engine
from tracker.workspace.opening import lookup_of

SEARCHES = {
    "common word": "convoy",
    "phrase": '"the ceasefire"',
    "phrase of three": '"corridor of the"',
    "rare word": "25773",
    "two words": "convoy ceasefire",
    "one of two": "convoy OR 走廊",
    "one without another": "convoy NOT ceasefire",
    "Chinese run": "走廊",
    "Arabic, within words": "ممر",
    "in quotes of one actor": "quote:convoy country:xac",
}


def facets_and_months(corpus: Corpus, chosen: Selection) -> tuple[FacetsResult, TimelineBins]:
    """What a page asks of a search: how many were found, all facets, months."""
    return count_facets(corpus, chosen), timeline_bins(corpus, chosen, "month")


FIRST = "facets and months"
QUESTIONS: dict[str, Callable[[Corpus, Selection], Any]] = {
    FIRST: facets_and_months,
    "then newest 50": lambda corpus, chosen: list_statements(corpus, chosen, page_size=50),
    "then best 50": lambda corpus, chosen: list_statements(corpus, chosen, "best", page_size=50),
    "then months by actor": lambda corpus, chosen: timeline_bins(corpus, chosen, "month", "actor"),
}
"""In the order of pages that somebody visits with one search: the first finds the hits, which the index then holds for the others."""

WARM_UP = "corridor OR people"
"""Asked before, so that the shape of the question is known and the columns were read once; the search itself is new."""


def main() -> int:
    """Print one row a search; 1 when the two ways answer differently."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.searching", description=__doc__.splitlines()[0])
    parser.add_argument("--rows", default="1m", help="statements (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each, taken in turn (default: %(default)s)")
    parser.add_argument("--only", default="", help="only searches with these words in their name")
    asked = parser.parse_args()
    path = synthetic.snapshot(n_rows_of(asked.rows))
    print(f"Medians of {asked.runs} runs, processor ms (wall ms). {machine()}.\n")
    heads = ["search", "n", *QUESTIONS, f"{FIRST}, reading", "reading ÷ index"]
    print(f"| {' | '.join(heads)} |\n|---|{'--:|' * (len(heads) - 1)}")
    n_wrong = sum(_line(path, name, search, asked.runs) for name, search in SEARCHES.items() if asked.only in name)
    print(f"\nAfterwards: {machine().rpartition('; ')[2]}.")
    return 1 if n_wrong else 0


def _line(path: Path, name: str, search: str, n_runs: int) -> bool:
    """Prints the row of one search; whether the two ways differ."""
    chosen = Selection().searching(search)
    taken: dict[tuple[str, str], list[tuple[float, float]]] = {}
    answers: dict[tuple[str, str], Any] = {}
    for _ in range(n_runs):
        for way in ("index", "reading"):
            engine = open_engine(path)
            lookup = lookup_of(engine)
            corpus = Corpus(engine.statements, engine, lookup=lookup if way == "index" else Lookup(lookup.names))
            for ask in QUESTIONS.values():
                ask(corpus, Selection().searching(WARM_UP))
            for question, ask in QUESTIONS.items():
                answers[way, question], *times = _timed(lambda ask=ask, corpus=corpus: ask(corpus, chosen))
                taken.setdefault((way, question), []).append((times[0], times[1]))
            engine.close()
    medians = {key: tuple(map(statistics.median, zip(*times, strict=True))) for key, times in taken.items()}
    cells = [_cell(*medians["index", question]) for question in QUESTIONS]
    ratio = medians["reading", FIRST][0] / medians["index", FIRST][0]
    n = answers["index", FIRST][0].count.n_statements
    print(f"| {name}: `{search}` | {n:,} | {' | '.join(cells)} | {_cell(*medians['reading', FIRST])} | {ratio:.1f} |", flush=True)
    differ = [question for question in QUESTIONS if answers["index", question] != answers["reading", question]]
    if differ:
        print(f"! {name}: the index answers {', '.join(differ)} otherwise")
    return bool(differ)


def _cell(processor: float, wall: float) -> str:
    return f"{processor:.0f} ({wall:.0f})"


def _timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """The answer, and the milliseconds of processor and of wall time it took."""
    wall, processor = time.perf_counter(), time.process_time()
    answer = work()
    return answer, 1000 * (time.process_time() - processor), 1000 * (time.perf_counter() - wall)


if __name__ == "__main__":
    sys.exit(main())
