"""`make test-engines`: every analysis function on PostgreSQL, a Spark cluster and a Sail cluster, held against DuckDB.

python -m tests.engines [--only "Sail cluster"] [--rows 100k] [--without-suite]

First the tests of the analysis run on the engine, then each function is asked of synthetic statements and its answer
compared, value by value. The servers are started here, on the loopback address, and ended.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from tests.bench import synthetic
from tests.bench.__main__ import n_rows_of
from tests.engines.questions import Ask, asked
from tests.engines.servers import SERVERS, CannotStart
from tests.house_rules import ROOT
from tracker.analysis.corpus import Corpus
from tracker.core.errors import TrackerError
from tracker.core.selection import Selection
from tracker.store.engine_at import open_engine_at
from tracker.workspace.opening import lookup_of

TOLERANCE = 1e-9


def main() -> int:
    """0 when all answers are those of DuckDB; 1 when one is not, a test failed or a server did not start."""
    parser = argparse.ArgumentParser(prog="python -m tests.engines", description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=list(SERVERS), action="append", help="only this engine; may be given again")
    parser.add_argument("--rows", default="100k", help="synthetic statements to compare answers on (default: %(default)s)")
    parser.add_argument("--without-suite", action="store_true", help="only compare answers, without the tests of the analysis")
    options = parser.parse_args()
    n_wrong = sum(_held_against_duckdb(name, options) for name in options.only or SERVERS)
    print(f"{len(options.only or SERVERS)} engines, {n_wrong} failed")
    return 1 if n_wrong else 0


def _held_against_duckdb(name: str, options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as folder:
        # PostgreSQL runs as a user of its own, workers of Spark read files of ours.
        Path(folder).chmod(0o755)
        try:
            with SERVERS[name](Path(folder)) as url:
                failed = 0 if options.without_suite else _suite(url, name)
                return int(bool(_differences(url, name, n_rows_of(options.rows), Path(folder)) + failed))
        except CannotStart as missing:
            print(f"## {name}: {missing}")
            return 1


def _suite(url: str, name: str) -> int:
    print(f"## {name}: the tests of the analysis", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/analysis", "-k", "not bench"]
    command += ["-o", "faulthandler_timeout=0"]  # Spark takes seconds for a question, and a property test asks hundreds
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"TRACKER_TEST_ENGINE": url}, check=False).returncode


def _differences(url: str, name: str, n_rows: int, folder: Path) -> int:
    snapshot = synthetic.snapshot(n_rows)
    os.environ["TRACKER_ENGINE_FOLDER"] = str(folder / "published")
    print(f"## {name}: answers on {n_rows:,} synthetic statements\n\n| question | filter | equal | ms | ÷ DuckDB |\n|---|---|---|--:|--:|")
    n_wrong = 0
    with _corpus("", snapshot) as ours, _corpus(url, snapshot) as theirs:
        for question, chosen, ask, selection in asked():
            expected, n_expected = _timed(lambda ask=ask, selection=selection: ask(ours, selection))
            found, n_found = _timed(lambda ask=ask, selection=selection: _answer_or_refusal(ask, theirs, selection))
            where = difference(expected, found)
            n_wrong += bool(where)
            print(f"| {question} | {chosen} | {where or 'yes'} | {n_found:.0f} | {n_found / n_expected:.1f} |", flush=True)
    return n_wrong


def _answer_or_refusal(ask: Ask, corpus: Corpus, selection: Selection) -> Any:
    """What the engine answers, or its refusal in words, which equals no answer."""
    try:
        return ask(corpus, selection)
    except TrackerError as refused:
        return str(refused)


@contextmanager
def _corpus(url: str, snapshot: Path) -> Iterator[Corpus]:
    engine = open_engine_at(url, snapshot, is_shared=False)
    try:
        yield Corpus(engine.statements, engine, lookup=lookup_of(engine))
    finally:
        engine.close()


def _timed(work: Any) -> tuple[Any, float]:
    started = time.perf_counter()
    return work(), 1000 * (time.perf_counter() - started)


def difference(one: Any, other: Any, at: str = "") -> str:
    """Where two answers differ, as a path to the first value that is another; "" when they are equal.

    >>> difference({"n": 1, "rows": (1, 2.0)}, {"n": 1, "rows": (1, 2.0 + 1e-12)})
    ''
    >>> difference({"n": 1, "rows": (1, 2)}, {"n": 1, "rows": (1, 3)})
    '/rows/1: 2 is 3'
    """
    if isinstance(one, float) and isinstance(other, float):
        is_equal = math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE) or math.isnan(one) is math.isnan(other) is True
        return "" if is_equal else f"{at}: {one} is {other}"
    if is_dataclass(one) and type(one) is type(other):
        one, other = ({f.name: getattr(held, f.name) for f in fields(held)} for held in (one, other))
    if isinstance(one, dict) and isinstance(other, dict) and list(one) == list(other):
        return next((found for key in one if (found := difference(one[key], other[key], f"{at}/{key}"))), "")
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return next((found for place, (a, b) in pairs if (found := difference(a, b, f"{at}/{place}"))), "")
    return "" if one == other else f"{at}: {str(one)[:60]} is {str(other)[:160]}"


if __name__ == "__main__":
    sys.exit(main())
