"""The matrix of alignment at scale: 200 actors over 500 issues, against the plain SQL that counts the same cells.

python -m tests.bench.alignment [--rows 1000000] [--runs 7]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

from tests.bench import synthetic
from tests.bench.measuring import machine
from tracker.analysis.alignment import Asked, align, aligned_windows
from tracker.analysis.alignment_counts import tally
from tracker.analysis.corpus import Corpus
from tracker.core.selection import Selection
from tracker.store.engine import open_engine

N_ACTORS, N_ISSUES = 200, 500
PLAIN = """SELECT actor_id, issue_id, stance_code, count(*) FROM statements
WHERE speaks_for_actor AND actor_id <> 'not-given' AND issue_id <> 'not-given' AND stance_code <> 'not-coded' GROUP BY ALL"""

Timed = tuple[float, float]


def main() -> None:
    """Measure in turn and print one table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.alignment", description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000, help="statements (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=7, help="runs of each, taken in turn (default: %(default)s)")
    asked = parser.parse_args()
    engine = open_engine(synthetic.snapshot(asked.rows, n_actors=N_ACTORS, n_issues=N_ISSUES))
    corpus = Corpus(engine.statements, engine)
    found = align(corpus, Selection(), Asked())
    ways: dict[str, Callable[[], object]] = {
        "plain SQL: count by actor, issue and stance": lambda: engine._server.answer(PLAIN),
        "the same cells with positions in force (tally)": lambda: tally(corpus, Selection(), Asked().counting),
        "net, whole: intervals, order, camps against chance": lambda: align(corpus, Selection(), Asked()),
        "π, whole": lambda: align(corpus, Selection(), Asked(measure="pi")),
        "the latest 60 quarters": lambda: aligned_windows(corpus, Selection(), Asked(), "quarter", ("xaa", "xab"), found.members),
        "net, whole, without chance": lambda: align(corpus, Selection(), Asked(), n_shuffles=1),
    }
    taken: dict[str, list[Timed]] = {name: [] for name in ways}
    for _ in range(asked.runs):
        for name, work in ways.items():
            taken[name].append(_timed(work))
    print(f"{asked.rows:,} statements, {len(found.members)} members, {len(found.pairs):,} pairs, {found.n_issues} issues, ", end="")
    print(f"{found.n_resamples} resamples. Medians of {asked.runs} runs, ms. {machine()}.\n")
    print("| | wall | processor | wall ÷ plain SQL |\n|---|--:|--:|--:|")
    plain = statistics.median(wall for wall, _ in taken[next(iter(ways))])
    for name, times in taken.items():
        wall, processor = (statistics.median(time) for time in zip(*times, strict=True))
        print(f"| {name} | {1000 * wall:.0f} | {1000 * processor:.0f} | {wall / plain:.1f} |")
    engine.close()


def _timed(work: Callable[[], object]) -> Timed:
    began, spent = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - spent


if __name__ == "__main__":
    main()
