"""Statements marked by another table: one row each, whatever the table repeats or names besides."""

from __future__ import annotations

import pytest

from tests.analysis.corpora import corpus_of
from tests.factory import statement
from tracker.analysis.marking import marked
from tracker.core.beside import Relation

STATEMENTS = (statement("one", "2016-07-01"), statement("two", "2016-07-02"), statement("three", "2016-07-03"))


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        pytest.param(["two"], ["two"], id="one"),
        pytest.param(["two", "two", "one"], ["one", "two"], id="repeated"),
        pytest.param(["elsewhere"], [], id="no-statement-of-the-data"),
        pytest.param(["one", "two", "three"], ["one", "three", "two"], id="all"),
    ],
)
def test_marked_once_and_only_what_is_named(others: list[str], expected: list[str]) -> None:
    relations = tuple(Relation(f"by-{number}", "withdraws", other) for number, other in enumerate(others))
    with corpus_of(*STATEMENTS, relations=relations) as corpus:
        held = marked(corpus.statements, "is_ended", corpus.beside["relations"].other_statement_id)
        rows = corpus.ask(("marked", *others), lambda: held.select("statement_id", "is_ended"))
    assert sorted(row["statement_id"] for row in rows) == ["one", "three", "two"]
    assert sorted(row["statement_id"] for row in rows if row["is_ended"]) == expected
    assert {row["is_ended"] for row in rows} <= {True, False}  # never missing
