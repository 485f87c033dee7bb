"""Ours ÷ SQL by hand in processor time, held against what was recorded: the short benchmark of every test run.

    python -m tests.bench.ratios                           # measure
    python -m tests.bench.ratios --record                  # and write down what is found as what is to be kept
    python -m tests.bench.ratios --rows 1000000 --all      # every question at another size

Only ratios of one run are compared, of processor time and taken in turn, so that a busy machine is no fault of the code.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from tests.bench import synthetic
from tests.bench.filters import Filter
from tests.bench.measuring import Corpora
from tests.bench.questions import Question, questions
from tracker.store.snapshot import READ_ONLY

RECORDED_PATH = Path(__file__).with_name("ratios.json")
N_ROWS, N_RUNS = 20_000, 5
WATCHED = (("whole rerun", "none"), ("whole rerun", "broad"), ("compare 6 actors × 20 issues", "broad"), ("first page of 50", "narrow"))


def main() -> None:
    """Measure and print; with ``--record`` write it down."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.ratios", description=__doc__.splitlines()[0])
    parser.add_argument("--record", action="store_true", help=f"write {RECORDED_PATH.name}")
    parser.add_argument("--rows", type=int, default=N_ROWS, help="statements (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=3 * N_RUNS, help="runs of each, taken in turn (default: %(default)s)")
    parser.add_argument("--all", action="store_true", help="every question, not only those that are watched")
    asked = parser.parse_args()
    known, found = recorded(), {}
    with held_open(n_rows=asked.rows) as held:
        for name, question in (every() if asked.all else watched()).items():
            ours, by_hand = processor_times(question, held, asked.runs)
            found[name] = ours / by_hand
            print(
                f"{name:45} {1000 * ours:7,.0f} {1000 * by_hand:7,.0f} ms {found[name]:.2f}   recorded {known.get(name, float('nan')):.2f}",
                flush=True,
            )
    if asked.record and not asked.all and asked.rows == N_ROWS:
        rounded = {name: round(value, 2) for name, value in found.items()}
        RECORDED_PATH.write_text(json.dumps(rounded, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def recorded() -> Mapping[str, float]:
    """What was recorded, by the name of question and filter."""
    found: dict[str, float] = json.loads(RECORDED_PATH.read_text(encoding="utf-8"))
    return found


@contextmanager
def held_open(folder: Path | None = None, n_rows: int = N_ROWS) -> Iterator[Corpora]:
    """The statements of the short benchmark."""
    path = synthetic.snapshot(n_rows, folder=folder)
    with duckdb.connect(str(path), read_only=True, config=READ_ONLY) as connection:
        yield Corpora(path, connection, None)


def watched() -> dict[str, Question]:
    """The questions that are measured, by name."""
    return {name: question for name, question in every().items() if (question.name, question.chosen.name) in WATCHED}


def every() -> dict[str, Question]:
    """Every question of the benchmark, by its name and that of the filter; the deep page begins with the second."""
    return {f"{one.name}, {one.chosen.name}": one for one in questions(lambda _: 170)}


def ratio(question: Question, held: Corpora, n_runs: int = N_RUNS) -> float:
    """Processor time of ours divided by that of SQL by hand."""
    ours, by_hand = processor_times(question, held, n_runs)
    return ours / by_hand


def processor_times(question: Question, held: Corpora, n_runs: int) -> tuple[float, float]:
    """Seconds of ours for a filter not asked before, and of SQL by hand; medians of runs in turn, the first left out."""
    ours, by_hand = [], []
    with held.fresh() as corpus:
        for number in range(n_runs):
            question.ours(corpus, question.chosen.sibling)
            corpus.kept.clear()
            ours.append(_processor_time(partial(question.ours, corpus), question.chosen))
            by_hand.append(_processor_time(partial(question.by_hand, held.connection), question.chosen))
            if not number:  # the first of both reads from the disk
                ours.clear(), by_hand.clear()
    return statistics.median(ours), statistics.median(by_hand)


def _processor_time(work: Callable[[Filter], Any], chosen: Filter) -> float:
    started = time.process_time()
    work(chosen)
    return time.process_time() - started


if __name__ == "__main__":
    main()
