"""Changes of position at scale: ours against the same question in DuckDB's SQL, written by hand; same answers asserted.

python -m tests.bench.shifts [--sizes 100k,1m] [--runs 5]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from tests.bench import synthetic
from tests.bench.measuring import machine
from tracker.analysis.corpus import Corpus
from tracker.analysis.sequences import SAME_WORDS
from tracker.analysis.shifts import LANES_A_PAGE, find_shifts
from tracker.core.selection import Selection
from tracker.store.engine import open_engine
from tracker.store.snapshot import READ_ONLY

_UNITS = {"k": 1_000, "m": 1_000_000}

SQL = f"""
WITH said AS (
  SELECT actor_id AS code, issue_id, stance_code AS stance, statement_id, row_number, stated_from AS f, stated_to AS t, date_precision AS p,
    substr(search_text, 1, {SAME_WORDS}) AS begins,
    hash(CASE WHEN spokesperson_id <> 'not-given' THEN spokesperson_id::VARCHAR ELSE organisation_id::VARCHAR END) AS voice,
    hash(CASE WHEN document_url <> '' THEN document_url ELSE document_title END) AS document
  FROM statements
  WHERE speaks_for_actor AND stance_code <> 'not-coded' AND issue_id <> 'not-given' AND actor_id <> 'not-given'),
able AS (
  SELECT *, hash(CASE WHEN contains(begins, '\u241e') THEN split_part(begins, '\u241e', 1) ELSE begins END) AS words FROM said),
told AS MATERIALIZED (
  SELECT code, issue_id, stance, f, t, p, row_number,
    statement_id = min(statement_id) OVER (PARTITION BY code, issue_id, stance, f, t, document)
    AND statement_id = min(statement_id) OVER (PARTITION BY code, issue_id, stance, f, t, voice)
    AND row_number() OVER (PARTITION BY code, issue_id, stance, words ORDER BY p, f, statement_id) = 1 AS is_evidence
  FROM able),
unsure AS (
  SELECT DISTINCT v.row_number FROM told v JOIN told d ON v.code = d.code AND v.issue_id = d.issue_id AND v.stance <> d.stance
    AND d.f >= v.f AND d.t <= v.t AND d.p <> v.p WHERE v.p <> 'day' AND d.p <> 'year'),
moments AS (
  SELECT code, issue_id, f, t, min(stance) AS stance, count(*) FILTER (is_evidence) AS n FROM told
  WHERE row_number NOT IN (FROM unsure) GROUP BY code, issue_id, f, t HAVING min(stance) = max(stance) AND n > 0),
changes AS (
  SELECT *, coalesce(lag(stance) OVER w <> stance, false)::INTEGER AS is_new FROM moments
  WINDOW w AS (PARTITION BY code, issue_id ORDER BY f, t)),
runs AS (
  SELECT code, issue_id, run, any_value(stance) AS stance, sum(n) AS n FROM (
    SELECT *, sum(is_new) OVER (PARTITION BY code, issue_id ORDER BY f, t) AS run FROM changes) GROUP BY ALL HAVING sum(n) >= 2),
held AS (
  SELECT *, coalesce(lag(stance) OVER (PARTITION BY code, issue_id ORDER BY run) <> stance, false)::INTEGER AS is_shift FROM runs),
lanes AS (SELECT code, issue_id, sum(is_shift) AS n FROM held GROUP BY ALL)
SELECT count(*), count(*) FILTER (n > 0), sum(n)::BIGINT FROM lanes
"""
"""How many lanes hold a position, how many changed it, and how often, with 2 statements on either side."""


def by_hand(connection: duckdb.DuckDBPyConnection) -> tuple[int, int, int]:
    """The three numbers by SQL."""
    return connection.execute(SQL).fetchall()[0]


def ours(corpus: Corpus) -> tuple[int, int, int]:
    """The three numbers of :func:`find_shifts`, which reads a page of lanes with their statements besides."""
    found = find_shifts(corpus, Selection(), size=LANES_A_PAGE)
    return found.n_settled, found.n_changed, found.n_shifts


def compared(path: Path, n_runs: int) -> tuple[list[float], list[float]]:
    """Seconds of each run, ours and by hand in turn; raises AssertionError when they answer otherwise."""
    engine = open_engine(path)
    corpus = Corpus(engine.statements, engine)
    times: tuple[list[float], list[float]] = ([], [])
    with duckdb.connect(str(path), read_only=True, config=READ_ONLY) as connection:
        assert ours(corpus) == by_hand(connection), "they answer otherwise"
        for _ in range(n_runs):
            for held, ask in zip(times, (lambda: ours(corpus), lambda: by_hand(connection)), strict=True):
                held.append(_timed(ask))
    engine.close()
    return times


def _timed(ask: Callable[[], object]) -> float:
    begins = time.perf_counter()
    ask()
    return time.perf_counter() - begins


def main() -> int:
    """Measure and print a row a size."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.shifts", description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="100k,1m")
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    print(f"Medians of {asked.runs} runs, s. {machine()}.\n\n| statements | ours | SQL by hand | ours ÷ SQL |\n|--:|--:|--:|--:|")
    for size in asked.sizes.split(","):
        n_rows = int(size[:-1]) * _UNITS[size[-1]] if size[-1] in _UNITS else int(size)
        mine, sql = (statistics.median(times) for times in compared(synthetic.snapshot(n_rows), asked.runs))
        print(f"| {n_rows:,} | {mine:.2f} | {sql:.2f} | {mine / sql:.2f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
