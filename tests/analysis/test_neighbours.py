"""What stands around a statement."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.analysis.corpora import corpus_of
from tests.factory import statement
from tracker.analysis.corpus import Corpus
from tracker.analysis.neighbours import neighbours
from tracker.analysis.results import Neighbours, StatementRow


@pytest.fixture(scope="module")
def corpus() -> Iterator[Corpus]:
    alone = {"spokesperson_id": "", "issue_id": ""}
    with corpus_of(
        *(statement(f"s-{n}", f"2016-07-{n:02}") for n in range(1, 10)),
        statement("same-day", "2016-07-05"),
        statement("month", "2016-07", spokesperson_id="two"),
        statement("far", "2016-12-01", spokesperson_id="two"),
        statement("other-issue", "2016-07-05", spokesperson_id="two", issue_id="issue-two"),
        statement("alone", "2016-07-05", **alone),
        statement("alone-too", "2016-07-06", **alone),
        statement("first-year", "0001", spokesperson_id="old", issue_id="old"),
        statement("last-year", "9999", spokesperson_id="old", issue_id="new"),
    ) as built:
        yield built


def ids(rows: tuple[StatementRow, ...]) -> list[str]:
    return [row.statement_id for row in rows]


def test_before_and_after_by_the_same_person(corpus: Corpus) -> None:
    found = neighbours(corpus, "s-5", limit=3)
    assert (ids(found.before), found.n_before) == (["s-2", "s-3", "s-4"], 4)
    assert (ids(found.after), found.n_after) == (["same-day", "s-6", "s-7"], 5)
    crowded = neighbours(corpus, "s-6", limit=1)
    assert ids(crowded.before) == ["same-day"]
    later = neighbours(corpus, "same-day", limit=2)
    assert (ids(later.before), ids(later.after)) == (["s-4", "s-5"], ["s-6", "s-7"])


@pytest.mark.parametrize(
    ("statement_id", "days", "expected"),
    [
        ("s-5", 0, ["month", "same-day"]),
        ("s-5", 1, ["month", "s-4", "same-day", "s-6"]),
        ("month", 0, [*(f"s-{n}" for n in range(1, 6)), "same-day", *(f"s-{n}" for n in range(6, 10))]),
        ("far", 14, []),
        ("far", 123, ["month"]),
    ],
)
def test_same_issue_within_days(corpus: Corpus, statement_id: str, days: int, expected: list[str]) -> None:
    found = neighbours(corpus, statement_id, days, limit=50)
    assert (ids(found.same_issue), found.n_same_issue, found.days) == (expected, len(expected), days)


def test_the_nearest_are_kept_and_all_counted(corpus: Corpus) -> None:
    found = neighbours(corpus, "s-1", limit=2)
    assert ids(found.same_issue) == ["month", "s-2"] and found.n_same_issue == 10


@pytest.mark.parametrize("statement_id", ["no-such-id", "alone", "alone-too"])
def test_nobody_and_nothing_have_no_neighbours(corpus: Corpus, statement_id: str) -> None:
    assert neighbours(corpus, statement_id) == Neighbours((), (), (), 0, 0, 0, 14)


@pytest.mark.parametrize(("statement_id", "before", "after"), [("first-year", [], ["last-year"]), ("last-year", ["first-year"], [])])
def test_the_ends_of_time(corpus: Corpus, statement_id: str, before: list[str], after: list[str]) -> None:
    found = neighbours(corpus, statement_id)
    assert (ids(found.before), ids(found.after), found.same_issue) == (before, after, ())
