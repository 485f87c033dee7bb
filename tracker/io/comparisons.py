"""Ready-made comparisons that come with a data set: a title, the question, and the link that answers it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

_FILE = "comparisons.csv"


@dataclass(frozen=True, slots=True)
class ReadyComparison:
    """A comparison somebody prepared; ``link`` is a path and query of this dashboard."""

    title: str
    question: str
    link: str


def read_comparisons(path: Path) -> tuple[ReadyComparison, ...]:
    """The rows of ``comparisons.csv`` (title, question, link) in a data package folder; empty when there is none.

    Rows without a title or whose link does not begin with ``/compare?`` are not offered.
    """
    file = path / _FILE
    if not file.is_file():
        return ()
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [{key: value or "" for key, value in row.items() if key} for row in csv.DictReader(lines)]
    offered = (row for row in rows if row.get("title") and row.get("link", "").startswith("/compare?"))
    return tuple(ReadyComparison(row["title"], row.get("question", ""), row["link"]) for row in offered)
