"""`make bench`: everything that is measured, in one table: reruns of every way, searches, visitors, imports, articles, start, memory.

python -m tests.bench.together [--sizes 100k,1m,10m] [--runs 5] [--write docs/benchmarks.md]
"""

from __future__ import annotations

import argparse
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from tests.bench import importing, others, searching, synthetic
from tests.bench.__main__ import TABLE_MARKS, n_rows_of, put
from tests.bench.extraction import HOSTILE, extract
from tests.bench.filters import FILTERS
from tests.bench.measuring import Corpora, machine
from tests.house_rules import ROOT
from tracker.core.selection import Selection

_HEAD = f"| what | statements | {' | '.join(others.WAYS)} | SQL ÷ ours |\n|---|--:|{'--:|' * (len(others.WAYS) + 1)}"
N_MOST = {"pandas": 1_000_000, "polars": 1_000_000, "Datasette": 1_000_000}
"""Of more statements pandas and polars take more memory than most machines have (2 GB of one million), and Datasette minutes an answer."""

_SEARCHES = {"common word": "convoy", "phrase": '"the ceasefire"', "rare word": "25773"}
N_SEARCHED, N_IMPORTED = 1_000_000, 100_000
N_CHARACTERS = 5_000


def main() -> int:
    """Measure and print the table; 1 when an answer differs or a part cannot be measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.together", description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="100k,1m,10m", help="statements, joined by commas (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each, taken in turn (default: %(default)s)")
    parser.add_argument("--write", type=Path, help="put the table between the marks of this file too")
    asked = parser.parse_args()
    sizes, lines, n_wrong = [n_rows_of(size) for size in asked.sizes.split(",")], [], 0
    parts: list[Callable[[], Iterator[str]]] = [partial(_reruns, n_rows, asked.runs) for n_rows in sizes]
    parts += [partial(_memory, n_rows) for n_rows in sizes]
    parts += [partial(_searches, asked.runs)] if N_SEARCHED in sizes else []
    for part in (_said, *parts, _visitors, _imports, _articles, _start):
        try:
            for line in part():
                print(line, flush=True)
                lines.append(line)
        except (AssertionError, OSError, RuntimeError, subprocess.SubprocessError) as problem:
            n_wrong += 1
            print(f"! {type(problem).__name__}: {problem}", file=sys.stderr)
    lines.append(f"\nAfterwards: {machine().rpartition('; ')[2]}.")
    print(lines[-1])
    if asked.write:
        put(asked.write, "\n".join(lines), TABLE_MARKS)
    return 1 if n_wrong else 0


def _said() -> Iterator[str]:
    yield f"{time.strftime('%Y-%m-%d')}, {machine()}. Milliseconds of wall time, medians, where nothing else is said.\n\n{_HEAD}"


def _row(what: str, n_rows: int | str, taken: Mapping[str, float], *, digits: int = 0) -> str:
    cells = [f"{taken[way]:,.{digits}f}" if way in taken else "–" for way in others.WAYS]
    ratio = f"{taken['SQL'] / taken['ours']:.2f}" if {"SQL", "ours"} <= taken.keys() else "–"
    return f"| {what} | {n_rows if isinstance(n_rows, str) else f'{n_rows:,}'} | {' | '.join(cells)} | {ratio} |"


def _reruns(n_rows: int, n_runs: int) -> Iterator[str]:
    ways = tuple(way for way in others.WAYS if n_rows <= N_MOST.get(way, n_rows))
    for _, chosen, taken in others.medians(synthetic.snapshot(n_rows), ways, n_runs):
        yield _row(f"facets, months and page of 50, filter {chosen.name}", n_rows, taken)


def _memory(n_rows: int) -> Iterator[str]:
    """What one process of ours, and of each way that keeps all in memory, holds at most; each in a process of its own."""
    found = {}
    for way in ("ours", "polars", "pandas"):
        if n_rows > N_MOST.get(way, n_rows):
            continue
        command = [sys.executable, "-c", f"from tests.bench import together; together.print_peak({n_rows}, {way!r})"]
        said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=900)
        found[way] = float(said.stdout.split()[-1])
    yield _row("the same, memory at most, MB", n_rows, found)


def print_peak(n_rows: int, way: str) -> None:
    """Print the megabytes this process held at most after one rerun under each filter."""
    with others.asking(synthetic.snapshot(n_rows), (way,)) as asks:
        for chosen in FILTERS:
            asks[way](chosen)
    status = Path("/proc/self/status")
    # What getrusage says begins, on Linux, with the memory of the process that started this one.
    found = re.search(r"VmHWM:\s*(\d+)", status.read_text(encoding="ascii")) if status.exists() else None
    print(int(found[1]) / 1024 if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _searches(n_runs: int) -> Iterator[str]:
    held = Corpora(synthetic.snapshot(N_SEARCHED), None, None)
    for name, search in _SEARCHES.items():
        taken = []
        for _ in range(n_runs):
            with held.fresh() as corpus:  # each time anew, for what a search found is held
                searching.facets_and_months(corpus, Selection().searching(searching.WARM_UP))
                began = time.perf_counter()
                searching.facets_and_months(corpus, Selection().searching(search))
                taken.append(1000 * (time.perf_counter() - began))
        yield _row(f"search, {name}: hits, facets and months", N_SEARCHED, {"ours": statistics.median(taken)})


def _visitors() -> Iterator[str]:
    import asyncio

    from tests.bench import load

    for n_sessions, mix in ((50, "lanes"), (100, "both")):
        with load.warm_server() as server:
            found = asyncio.run(load.measure(server, n_sessions, 20, mix, load.links(60), 1))
        for name in ("CPU ms/rerun", "p50 ms", "p95 ms", "MB/session", "errors"):
            yield _row(f"Timeline, {n_sessions} sessions ({mix}): {name}", "bundled", {"ours": found[name]}, digits=1)


def _imports() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="tracker-importing-") as folder:
        rates = importing.measure(N_IMPORTED, Path(folder))
    for step in ("rehearse", "keep", "first snapshot"):
        yield _row(f"import, {step}: rows a second", N_IMPORTED, {"ours": rates[step]})


def _articles() -> Iterator[str]:
    text = HOSTILE["an article again and again"]
    article, taken = (text * (N_CHARACTERS // len(text) + 1))[:N_CHARACTERS], []
    for _ in range(11):
        began = time.process_time()
        list(extract(article, {"language": "en", "date": "2016-07-28"}))
        taken.append(1000 * (time.process_time() - began))
    yield _row(f"article of {N_CHARACTERS:,} characters, ms of processor", "1 article", {"ours": statistics.median(taken[1:])}, digits=1)


def _start() -> Iterator[str]:
    from tests.browser.browser import running_server

    for name, n_runs in (("no snapshot yet", 3), ("snapshot there", 3)):
        taken = []
        with tempfile.TemporaryDirectory() as kept:
            for number in range(n_runs + 1):
                with tempfile.TemporaryDirectory() as empty:
                    began = time.perf_counter()
                    with running_server(TRACKER_CACHE=empty if name == "no snapshot yet" else kept):
                        taken.append(1000 * (time.perf_counter() - began) if number else 0.0)
        yield _row(f"start of the process to healthy, {name}", "bundled", {"ours": statistics.median(taken[1:])})


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main())
