"""Each question: our functions against SQL written by hand and against pandas, on synthetic statements; same answers asserted.

python -m tests.bench [--sizes 100k,1m] [--runs 7] [--only "whole rerun"] [--write docs/benchmarks.md]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench import synthetic
from tests.bench.measuring import HEAD, disagreements, machine, medians, opened, table_row
from tests.bench.questions import questions

_UNITS = {"k": 1_000, "m": 1_000_000}
_MARKS = "<!-- bench: begin -->", "<!-- bench: end -->"
TABLE_MARKS = "<!-- one table: begin -->", "<!-- one table: end -->"


def main() -> int:
    """Measure and print one table a size; 1 when an answer differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="100k,1m", help="statements, joined by commas (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=7, help="runs of each, taken in turn (default: %(default)s)")
    parser.add_argument("--only", default="", help="only questions with these words in their name")
    parser.add_argument("--write", type=Path, help="put the tables between the marks of this file too")
    asked = parser.parse_args()
    lines, n_wrong = [], 0
    for size in asked.sizes.split(","):
        for line in _measured(n_rows_of(size), asked.runs, asked.only):
            print(line, flush=True)
            n_wrong += line.startswith("!")
            lines.append(line)
    if asked.write:
        put(asked.write, "\n".join(lines), _MARKS)
    return 1 if n_wrong else 0


def _measured(n_rows: int, n_runs: int, only: str) -> Iterator[str]:
    yield f"\n### {n_rows:,} statements\n\nMedians of {n_runs} runs, ms. {machine()}.\n\n{HEAD}"
    with opened(synthetic.snapshot(n_rows)) as held:
        for question in questions(held.n_selected):
            if only not in question.name:
                continue
            wrong = disagreements(question, held)
            if wrong:
                yield f"! {question.name}, {question.chosen.name}: {' and '.join(wrong)} answer otherwise"
            yield table_row(question, medians(question, held, n_runs))
    yield f"\nAfterwards: {machine().rpartition('; ')[2]}."


def n_rows_of(size: str) -> int:
    """The number written as 2000, 100k or 1m."""
    unit = _UNITS.get(size[-1:].lower(), 1)
    return int(size[:-1] if unit > 1 else size) * unit


def put(path: Path, text: str, marks: tuple[str, str]) -> None:
    """Put the text between the marks of the file, instead of what stands there."""
    begin, end = marks
    before, _, rest = path.read_text(encoding="utf-8").partition(begin)
    after = rest.partition(end)[2]
    path.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
