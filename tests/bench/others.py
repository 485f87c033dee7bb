"""The whole rerun (all facets, months by actor, a page of 50) of ours, SQL by hand, pandas, polars and Datasette; growth with the rows.

python -m tests.bench.others [--sizes 100k,1m] [--ways ours,SQL,pandas,polars,Datasette] [--runs 5]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from tests.bench import by_hand, by_pandas, synthetic
from tests.bench.__main__ import n_rows_of
from tests.bench.filters import FILTERS, Filter
from tests.bench.measuring import Corpora, machine
from tests.bench.questions import Question, questions
from tracker.core.columns import FACETS
from tracker.store.snapshot import READ_ONLY

WAYS = ("ours", "SQL", "pandas", "polars", "Datasette")
Ask = Callable[[Filter], Any]
ONCE_FROM_SECONDS = 5
"""What takes longer is asked once: the answer that is compared is the one that is timed."""


def main() -> None:
    """Measure in turn, assert that all agree, and print one table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.others", description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="100k,1m", help="statements, joined by commas (default: %(default)s)")
    parser.add_argument("--ways", default=",".join(WAYS), help="which of them (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each, taken in turn (default: %(default)s)")
    asked = parser.parse_args()
    ways = tuple(way for way in WAYS if way in asked.ways.split(","))
    print(f"Medians of {asked.runs} runs, ms of wall time. {machine()}.\n")
    print(f"| statements | filter | {' | '.join(ways)} | {' | '.join(f'{way} ÷ ours' for way in ways[1:])} |")
    print(f"|--:|---|{'--:|' * (2 * len(ways) - 1)}")
    for size in asked.sizes.split(","):
        for line in measured(synthetic.snapshot(n_rows_of(size)), ways, asked.runs):
            print(line, flush=True)
    print(f"\nAfterwards: {machine().rpartition('; ')[2]}.")


def measured(path: Path, ways: tuple[str, ...], n_runs: int) -> Iterator[str]:
    """One line a filter: medians, and ratios to ours."""
    for n_rows, chosen, taken in medians(path, ways, n_runs):
        times = " | ".join(f"{taken[way]:,.0f}" for way in ways)
        ratios = " | ".join(f"{taken[way] / taken['ours']:.2f}" for way in ways[1:])
        yield f"| {n_rows:,} | {chosen.name} | {times} | {ratios} |"


def medians(path: Path, ways: tuple[str, ...], n_runs: int) -> Iterator[tuple[int, Filter, dict[str, float]]]:
    """For each filter the milliseconds by way; raises AssertionError when a way answers otherwise."""
    forms = _forms()
    with _opened(path, ways) as (held, asks):
        (n_rows,) = held.connection.execute("SELECT count(*) FROM statements").fetchone() or (0,)
        for chosen in FILTERS:
            answers, once = {}, {}
            for way, ask in asks.items():
                began = time.perf_counter()
                answers[way] = forms[way](ask(chosen))
                once[way] = time.perf_counter() - began
            differing = [way for way in answers if _compared(way, answers[way]) != _compared(way, answers["ours"])]
            if differing:
                raise AssertionError(f"{chosen.name}: {' and '.join(differing)} answer otherwise")
            slow = {way: 1000 * taken for way, taken in once.items() if taken > ONCE_FROM_SECONDS and way != "ours"}
            yield n_rows, chosen, slow | _taken(held, {way: ask for way, ask in asks.items() if way not in slow}, chosen, n_runs)


@contextmanager
def asking(path: Path, ways: tuple[str, ...]) -> Iterator[dict[str, Ask]]:
    """What asks each way for the whole rerun under a filter; everything they hold is let go at the end."""
    with _opened(path, ways) as (_, asks):
        yield asks


@contextmanager
def _opened(path: Path, ways: tuple[str, ...]) -> Iterator[tuple[Corpora, dict[str, Ask]]]:
    with ExitStack() as stack, duckdb.connect(str(path), read_only=True, config=READ_ONLY) as connection:
        held = Corpora(path, connection, None)
        yield held, _asks(held, ways, stack)


def _compared(way: str, answer: Any) -> Any:
    """What must be the same: of Datasette's page the days, for it sorts by one column."""
    facets, bins, (n, rows) = answer
    return facets, bins, (n, [row[2] for row in rows] if way == "Datasette" else rows)


def _taken(held: Corpora, asks: Mapping[str, Ask], chosen: Filter, n_runs: int) -> dict[str, float]:
    taken: dict[str, list[float]] = {way: [] for way in asks}
    for _ in range(n_runs):
        with held.fresh() as corpus:
            ours = _rerun_of(chosen).ours
            ours(corpus, chosen.sibling)
            taken["ours"].append(_timed(partial(ours, corpus, chosen)))
        for way, ask in asks.items():
            if way != "ours":
                taken[way].append(_timed(partial(ask, chosen)))
    return {way: 1000 * statistics.median(times) for way, times in taken.items()}


def _timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _asks(held: Corpora, ways: tuple[str, ...], stack: ExitStack) -> dict[str, Ask]:
    corpus = stack.enter_context(held.fresh())
    asks: dict[str, Ask] = {"ours": lambda chosen: _rerun_of(chosen).ours(corpus, chosen)}
    if "SQL" in ways:
        asks["SQL"] = lambda chosen: by_hand.rerun(held.connection, chosen)
    if "pandas" in ways:
        frame = by_pandas.load(held.connection)
        asks["pandas"] = lambda chosen: by_pandas.rerun(frame, chosen)
    if "polars" in ways:
        from tests.bench import by_polars  # of the benchmark's own requirements

        table = by_polars.load(held.connection)
        asks["polars"] = lambda chosen: by_polars.rerun(table, chosen)
    if "Datasette" in ways:
        from tests.bench import by_datasette

        address = stack.enter_context(by_datasette.serving(by_datasette.write(held.connection, held.path.with_suffix(".db"))))
        asks["Datasette"] = lambda chosen: by_datasette.rerun(address, chosen)
    return asks


def _rerun_of(chosen: Filter) -> Question:
    return next(one for one in questions(lambda _: 1) if one.name == "whole rerun" and one.chosen is chosen)


def _forms() -> dict[str, Callable[[Any], Any]]:
    ours, sql, pandas = _rerun_of(FILTERS[0]).forms
    return {"ours": ours, "SQL": sql, "pandas": pandas, "polars": _plain, "Datasette": _plain}


def _plain(answer: Any) -> Any:
    """Answers of polars and Datasette in the form of ours."""
    (counts, numbers), (bins, n_past, undated), (n, rows) = answer
    return (numbers, {facet.parameter: counts[facet.column] for facet in FACETS}), (bins, undated, n_past), (n, tuple(rows))


if __name__ == "__main__":
    main()
