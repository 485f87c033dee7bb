"""How long a large CSV file takes from rehearsal to a version that can be read, and 100 rows more after that.

``python -m tests.bench.importing [--rows 1000000]``: seconds, CPU, rows a second and memory of each step, and how many times as
long reading takes as DuckDB's own CSV reader does, which checks nothing. All statements are synthetic.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from tests.bench import synthetic
from tracker.io.inputs import ReadOptions
from tracker.store.derived import snapshot_of
from tracker.store.ledger import open_ledger
from tracker.workspace import Library
from tracker.workspace.importing import keep, rehearse_path

_CODE = "large"
_LONGEST = "quote_en, document_url, document_title, position"
_BY = {"who": "benchmark", "why": "to measure"}


class Progress:
    """Hears how far reading is and remembers the longest silence."""

    def __init__(self) -> None:
        self.n_told, self.longest, self._last = 0, 0.0, time.perf_counter()

    def __call__(self, _n_records: int, _n_expected: int) -> None:
        now = time.perf_counter()
        self.n_told, self.longest, self._last = self.n_told + 1, max(self.longest, now - self._last), now


@contextmanager
def _measured(step: str, n_rows: int, rates: dict[str, float]) -> Iterator[Callable[[], float]]:
    began, began_cpu = time.perf_counter(), time.process_time()
    yield lambda: time.perf_counter() - began
    wall, cpu = time.perf_counter() - began, time.process_time() - began_cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    rates[step] = n_rows / wall
    print(f"{step:36}{wall:8.1f} s {cpu:8.1f} s CPU {n_rows / wall:10,.0f} rows/s  peak {peak:6,} MB", file=sys.stderr, flush=True)


def _by_duckdb(path: Path) -> float:
    began = time.perf_counter()
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE held AS SELECT * FROM read_csv(?, all_varchar = true, header = true)", [str(path)])
    return time.perf_counter() - began


def _shorter(path: Path) -> Path:
    """The table without its longest columns but the quote, so that a million rows stay below the limit of size."""
    short = path.with_name("short.csv")
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT * EXCLUDE ({_LONGEST}) FROM read_csv(?, all_varchar = true, header = true)) TO '{short}' (HEADER)", [str(path)]
        )
    return short


def measure(n_rows: int, folder: Path) -> dict[str, float]:
    """Rows a second of each step, which are printed with all else to the error stream."""
    rates: dict[str, float] = {}
    table = _shorter(synthetic.write_package(folder / f"synthetic-{n_rows}", n_rows) / "statements.csv")
    more = synthetic.write_package(folder / "synthetic-100", 100, seed=2) / "statements.csv"
    more.write_text(more.read_text(encoding="utf-8").replace("synthetic-000", "more-000"), encoding="utf-8")
    (base := folder / "base.csv").write_text("date,country,quote\n2016,FRA,Synthetic\n", encoding="utf-8")
    os.environ["TRACKER_CACHE"] = str(folder / "cache")
    print(f"{n_rows:,} rows, {table.stat().st_size >> 20:,} MB; load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    alone, progress = _by_duckdb(table), Progress()
    with open_ledger(folder / "ledger.sqlite") as ledger:
        library = Library((base,), ledger, is_mine=True)
        library.open()
        with _measured("rehearse", n_rows, rates) as took:
            found = rehearse_path(library, table, _CODE, ReadOptions(progress=progress))
            seconds = took()
        print(f"  {seconds / alone:.0f} × DuckDB's reader alone ({alone:.1f} s)", file=sys.stderr)
        print(
            f"  progress told {progress.n_told:,} times, {progress.longest:.1f} s apart at most; refused: {found.read.refusal or 'no'}",
            file=sys.stderr,
        )
        with _measured("keep", n_rows, rates):
            keep(library, found, **_BY)
        del found
        with _measured("first snapshot", n_rows, rates):
            snapshot_of(ledger, _CODE, folder / "cache")
        library.open(_CODE)
        with _measured("rehearse 100 more", 100, rates):
            found = rehearse_path(library, more, _CODE)
        with _measured("keep 100 more", 100, rates):
            keep(library, found, **_BY)
        with _measured("their snapshot", 100, rates):
            snapshot_of(ledger, _CODE, folder / "cache")
        with _measured("rehearse what is there already", n_rows, rates):
            found = rehearse_path(library, table, _CODE)
        print(f"  {found.n_unchanged:,} unchanged, {found.n_new:,} new, {found.n_clashes:,} clashes", file=sys.stderr)
    return rates


def main() -> None:
    """Measure in a folder that is removed afterwards."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    n_rows = asked.parse_args().rows
    with tempfile.TemporaryDirectory(prefix="tracker-importing-") as folder:
        measure(n_rows, Path(folder))


if __name__ == "__main__":
    main()
