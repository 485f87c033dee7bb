"""Ready-made comparisons that come with a data set: a title, the question, and the link that answers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tracker.core.problems import Problem, Severity
from tracker.io.tables import SideRow, read_side_table

_FILE = "comparisons.csv"
_COLUMNS: Mapping[str, Sequence[str]] = {"title": (), "question": (), "link": ()}


@dataclass(frozen=True, slots=True)
class ReadyComparison:
    """A comparison somebody prepared; ``link`` is a path and query of this dashboard."""

    title: str
    question: str
    link: str


def read_comparisons(path: Path) -> tuple[tuple[ReadyComparison, ...], tuple[Problem, ...]]:
    """The rows of ``comparisons.csv`` (title, question, link) in a data package folder, and what is wrong in it.

    None of either when there is no such file. A row without a title, or whose link does not begin with ``/compare?``,
    is not offered and said.
    """
    file = path / _FILE
    if not file.is_file():
        return (), ()
    rows, problems = read_side_table(file.read_bytes(), _COLUMNS, needed=("title", "link"), file=_FILE)
    offered = [row for row in rows if row.values["link"].startswith("/compare?")]
    problems += [_not_offered(row) for row in rows if row not in offered]
    found = (ReadyComparison(row.values["title"], row.values["question"], row.values["link"]) for row in offered)
    return tuple(found), tuple(problems)


def _not_offered(row: SideRow) -> Problem:
    message = f"the link {row.values['link'][:80]!r} does not begin with /compare?; the comparison is not offered"
    return Problem("side-row-left-out", message, Severity.WARNING, _FILE, row.record, row.line, "link")
