"""The life of statements: what was withdrawn, corrected or superseded carries no position from then on, and stays to be cited."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from tests.analysis.corpora import corpus_of
from tests.analysis.test_shifts import FLIP, changes, said
from tests.factory import statement
from tracker.analysis.compare import compare
from tracker.analysis.corpus import Corpus
from tracker.analysis.listing import list_statements
from tracker.analysis.lives import MAX_STEPS, life_of
from tracker.analysis.results import ComparedColumn
from tracker.analysis.shifts import find_shifts
from tracker.core.beside import ENDINGS, Relation
from tracker.core.dates import Window
from tracker.core.model import Statement
from tracker.core.selection import Selection

COLUMN = ComparedColumn("actor", "AAA")


@contextmanager
def related(statements: list[Statement], *relations: Relation) -> Iterator[Corpus]:
    """A corpus of statements with relations between them."""
    with corpus_of(*statements, relations=relations) as corpus:
        yield corpus


def carriers(corpus: Corpus, until: str = "") -> list[str]:
    """The statements that carry the position at the end of a window."""
    position = compare(corpus, Selection(window=Window.parse("", until)), [COLUMN], ["issue-one"]).positions[COLUMN.key, "issue-one"]
    return [row.statement_id for row in position.carriers]


OLD, NEW = statement("old", "2016-07-01"), statement("new", "2016-07-05", stance_code="oppose")


@pytest.mark.parametrize("relation", ENDINGS)
@pytest.mark.parametrize(
    ("on", "until", "expected"),
    [
        pytest.param("2016-08-01", "2016-07-31", ["new"], id="the-day-before"),
        pytest.param("2016-08-01", "2016-08-01", ["old"], id="on-the-day"),
        pytest.param("2016-08-01", "", ["old"], id="ever-after"),
        pytest.param("2016-08", "2016-08-01", ["old"], id="some-day-of-the-month-no-longer-surely-in-force"),
        pytest.param("2016-08", "2016-07", ["new"], id="the-month-before"),
        pytest.param("2016", "2016-07-31", ["old"], id="some-day-of-the-year"),
        pytest.param("", "2016-07-09", ["new"], id="undated-since-it-was-said-before"),
        pytest.param("", "2016-07-10", ["old"], id="undated-since-it-was-said"),
    ],
)
def test_positions_in_force_on_a_day(relation: str, on: str, until: str, expected: list[str]) -> None:
    third = statement("third", "2016-07-10", stance_code="not-coded")
    with related([OLD, NEW, third], Relation("third", relation, "new", on)) as corpus:
        assert carriers(corpus, until) == expected


def test_a_reaffirmed_statement_stays_in_force() -> None:
    with related([OLD, NEW], Relation("new", "reaffirms", "old")) as corpus:
        assert carriers(corpus) == ["new"]
        assert list_statements(corpus, Selection()).rows[1].ended == ""


def test_what_was_withdrawn_stays_marked_in_its_cell_and_in_lists() -> None:
    with related([OLD, NEW], Relation("", "withdraws", "new", "2016-08-01", "in a letter")) as corpus:
        found = compare(corpus, Selection(), [COLUMN], ["issue-one"])
        position = found.positions[COLUMN.key, "issue-one"]
        listed = list_statements(corpus, Selection()).rows
    assert (position.stance, position.n_statements, position.may_be_later) == ("support", 2, ())
    assert [(row.statement_id, row.ended, row.ended_on) for row in position.others] == [("new", "withdraws", "2016-08-01")]
    assert [(left.n_statements, left.statement_ids) for left in found.left_out] == [(1, ("new",))]
    assert [row.ended for row in listed] == ["withdraws", ""]


def test_a_withdrawn_statement_makes_no_shift_a_superseded_one_does() -> None:
    statements = said(*FLIP)
    with related(statements, Relation("", "withdraws", "s-2", "2016-09-01")) as corpus:
        assert changes(find_shifts(corpus, Selection())) == []
        assert len(changes(find_shifts(corpus, Selection(window=Window.parse("", "2016-08-31"))))) == 1, "it stood until then"
        left = {left.reason: left.statement_ids for left in find_shifts(corpus, Selection()).left_out}
    assert left == {"withdrawn or corrected by then": ("s-2",)}
    with related(statements, Relation("s-2", "supersedes", "s-1")) as corpus:
        assert len(changes(find_shifts(corpus, Selection()))) == 1, "what was superseded was the position in its time"


def test_of_two_endings_the_earlier_is_told_and_a_circle_ends() -> None:
    relations = (Relation("old", "supersedes", "new", "2016-09"), Relation("new", "corrects", "old", "2016-08"))
    with related([OLD, NEW], *relations, Relation("old", "withdraws", "new", "2016-08-02")) as corpus:
        assert carriers(corpus) == []
        assert {key: (step.relation, step.on) for key, step in corpus.lives.items()} == {
            "new": ("withdraws", "2016-08-02"),
            "old": ("corrects", "2016-08"),
        }
        assert [step.relation for step in life_of(corpus, "old")] == ["corrects", "withdraws", "supersedes"]


def test_the_chain_is_seen_from_both_ends() -> None:
    many = [statement(f"s{number}", str(date(2016, 7, 1 + number))) for number in range(4)]
    chain = [Relation(f"s{number + 1}", "supersedes", f"s{number}") for number in range(3)]
    with related(many, *chain) as corpus:
        lives = [[(step.statement_id, step.other_statement_id, step.on) for step in life_of(corpus, s.statement_id)] for s in many]
        assert life_of(corpus, "nobody") == ()
    assert lives[0] == [("s1", "s0", "2016-07-02"), ("s2", "s1", "2016-07-03"), ("s3", "s2", "2016-07-04")]
    assert lives == [lives[0]] * 4


def test_a_long_chain_is_cut() -> None:
    many = [statement(f"s{number:03}", "2016-07-01") for number in range(MAX_STEPS + 20)]
    chain = [Relation(one.statement_id, "reaffirms", other.statement_id) for one, other in zip(many[1:], many, strict=False)]
    with related(many, *chain) as corpus:
        assert len(life_of(corpus, "s000")) == MAX_STEPS


def test_without_relations_nothing_is_asked() -> None:
    with related([OLD, NEW]) as corpus:
        assert (dict(corpus.lives), life_of(corpus, "old"), carriers(corpus)) == ({}, (), ["new"])
