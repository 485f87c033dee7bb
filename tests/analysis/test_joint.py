"""Joint statements: volume counted once, positions once for each signatory, and both the other way when asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.analysis.corpora import FEW, corpus_of, ids_of
from tests.factory import statement
from tracker.analysis.compare import compare, exchange
from tracker.analysis.corpus import Corpus
from tracker.analysis.facets import count_facets, count_selection
from tracker.analysis.joint import actors_beside, n_joint, signatories_of
from tracker.analysis.listing import list_statements
from tracker.analysis.results import ComparedColumn
from tracker.analysis.timeline import timeline_bins, timeline_marks
from tracker.core.beside import Membership, Signatory
from tracker.core.groups import Groups
from tracker.core.selection import Selection

ALL = Selection()
GROUPS = Groups.of([Membership("AAA", "pair"), Membership("BBB", "pair", "2016-07"), Membership("CCC", "pair", "", "2015")])
SIGNED = (Signatory("j", "BBB", actor="Testland B"), Signatory("j", "CCC", actor="Testland C"), Signatory("j", "DDD", signed="dissociated"))
SAID = (
    statement("j", "2016-07-28", actor_id="AAA"),
    statement("b", "2016-07-01", actor_id="BBB", stance_code="oppose"),
    statement("e", "2016-07-02", actor_id="EEE", stance_code="oppose"),
)


@contextmanager
def joint(*statements: object, signed: tuple[Signatory, ...] = SIGNED) -> Iterator[Corpus]:
    with corpus_of(*(statements or SAID), signatories=signed) as corpus:
        yield replace(corpus, groups=GROUPS)


def columns(*codes: str) -> list[ComparedColumn]:
    return [ComparedColumn("actor", code) for code in codes]


FILTERS = {
    "own": (ALL.including("actor", "AAA"), ["j"]),
    "signatory": (ALL.including("actor", "BBB"), ["b", "j"]),
    "only-signed": (ALL.including("actor", "CCC"), ["j"]),
    "dissociated": (ALL.including("actor", "DDD"), []),
    "left-out": (ALL.excluding("actor", "CCC"), ["b", "e"]),
    "group-by-signatory": (ALL.including("actor", "group:pair"), ["b", "j"]),
    "all": (ALL, ["b", "e", "j"]),
}


@pytest.mark.parametrize(("selection", "ids"), FILTERS.values(), ids=FILTERS)
def test_a_filter_finds_what_an_actor_signed_once(selection: Selection, ids: list[str]) -> None:
    with joint() as corpus:
        assert sorted(ids_of(list_statements(corpus, selection).rows)) == ids
        assert count_selection(corpus, selection).n_statements == len(ids)


def test_volume_is_counted_once_unless_asked() -> None:
    with joint() as corpus:
        once, each = (timeline_bins(corpus, ALL, "day", "actor", each=each) for each in (False, True))
        marks, every = (timeline_marks(corpus, ALL, "actor", each=each) for each in (False, True))
        facets = count_facets(corpus, ALL, ("actor",)).facets["actor"]
        assert n_joint(corpus, ALL) == 1 and n_joint(corpus, ALL.including("actor", "EEE")) == 0
    assert (once.n_statements, each.n_statements) == (3, 5)
    assert Counter(held.lane for held in once.bins) == {"AAA": 1, "BBB": 1, "EEE": 1}
    assert Counter(held.lane for held in each.bins) == {"AAA": 1, "BBB": 2, "CCC": 1, "EEE": 1}
    assert len(marks.rows) == marks.n_statements == 3 and len(every.rows) == every.n_statements == 5
    assert sorted(row.actor_id for row in every.rows if row.statement_id == "j") == ["AAA", "BBB", "CCC"]
    assert sum(count.n_statements for count in facets) == 3


@pytest.mark.parametrize("lane", ["spokesperson", "organisation", "issue", "stance"])
def test_no_lane_but_an_actors_holds_a_joint_statement_twice(lane: str) -> None:
    with joint() as corpus:
        bins = timeline_bins(corpus, ALL, "day", lane, each=True)
        marks = timeline_marks(corpus, ALL, lane, each=True)
    assert bins.n_statements == marks.n_statements == sum(held.n_statements for held in bins.bins) == 3
    assert sorted(row.statement_id for row in marks.rows) == ["b", "e", "j"]
    assert sum(count.n_statements for count in marks.lanes) == 3


def test_once_for_each_of_those_asked_for() -> None:
    with joint() as corpus:
        bins = timeline_bins(corpus, ALL.including("actor", "BBB", "CCC"), "day", "actor", each=True)
    assert Counter(held.lane for held in bins.bins) == {"BBB": 2, "CCC": 1}, "no lane for an actor that was not asked for"


def test_positions_of_each_signatory_or_of_the_first_only() -> None:
    with joint() as corpus:
        each = compare(corpus, ALL, columns("AAA", "BBB", "CCC", "DDD"), ["issue-one"])
        once = compare(corpus, ALL, columns("AAA", "BBB", "CCC", "DDD"), ["issue-one"], each=False)
        turns = exchange(corpus, ALL, columns("AAA", "BBB"), "issue-one").turns
    stances = {key: (held.stance, held.n_statements) for (key, _), held in each.positions.items()}
    assert stances == {"actor:AAA": ("support", 1), "actor:BBB": ("support", 2), "actor:CCC": ("support", 1), "actor:DDD": ("not-coded", 0)}
    assert {key: held.stance for (key, _), held in once.positions.items()} == {
        "actor:AAA": "support",
        "actor:BBB": "oppose",
        "actor:CCC": "not-coded",
        "actor:DDD": "not-coded",
    }
    assert each.n_statements == once.n_statements == 2, "counted once whatever the positions"
    assert [turn.columns for turn in turns if turn.row.statement_id == "j"] == [("actor:AAA", "actor:BBB")]


def test_a_group_counts_what_its_members_signed_once() -> None:
    with joint() as corpus:
        held = compare(corpus, ALL, columns("group:pair"), ["issue-one"]).positions["actor:group:pair", "issue-one"]
    assert held.n_statements == 2 == len(held.statement_ids)
    assert {stand.member_id: stand.n_statements for stand in held.split} == {"AAA": 1, "BBB": 2}, "CCC signed after it had left"
    assert sum(square.n_statements for square in held.strip) == 2


def test_words_that_speak_for_no_state_speak_for_who_signed_them() -> None:
    with joint(statement("j", "2016-07-28", speaks_for_actor=False)) as corpus:
        result = compare(corpus, ALL, columns("AAA", "BBB", "group:pair"), ["issue-one"])
    assert {key: held.n_statements for (key, _), held in result.positions.items()} == {
        "actor:AAA": 0,
        "actor:BBB": 1,
        "actor:group:pair": 1,
    }
    assert [(left.n_statements, left.statement_ids) for left in result.left_out] == [(1, ("j",))], "in two columns, left out once"


def test_who_signed() -> None:
    with joint() as corpus:
        assert [(one.actor_id, one.signed) for one in signatories_of(corpus, "j")] == [
            ("BBB", "signed"),
            ("CCC", "signed"),
            ("DDD", "dissociated"),
        ]
        assert signatories_of(corpus, "b") == ()
        assert actors_beside(corpus)["CCC"] == "Testland C"
    with corpus_of(*SAID) as corpus:
        assert (signatories_of(corpus, "j"), n_joint(corpus, ALL), actors_beside(corpus)) == ((), 0, {})


def test_an_actor_named_as_signatory_of_its_own_row_is_one() -> None:
    with joint(signed=(Signatory("j", "AAA"),)) as corpus:
        assert timeline_bins(corpus, ALL, "day", "actor", each=True).n_statements == 3
        assert compare(corpus, ALL, columns("AAA"), ["issue-one"]).positions["actor:AAA", "issue-one"].n_statements == 1


CODES = st.sampled_from(["AAA", "BBB", "CCC", "DDD"])


@FEW
@example(rows=["AAA"], signed=[])
@example(rows=["AAA"], signed=[(0, "AAA", True)])  # its own row
@example(rows=["AAA"], signed=[(0, "AAA", False), (0, "BBB", False)])  # nobody but who said it
@example(rows=["AAA", "AAA"], signed=[(0, "BBB", True), (1, "BBB", True), (1, "CCC", False)])
@example(rows=["AAA", "BBB"], signed=[(0, "BBB", True), (1, "AAA", True)])  # each the other's
@example(rows=["DDD", "DDD", "AAA", "BBB", "CCC"], signed=[(n, code, True) for n in range(2) for code in ("AAA", "BBB", "CCC", "DDD")])
@given(
    rows=st.lists(CODES, min_size=1, max_size=5),
    signed=st.lists(st.tuples(st.integers(0, 4), CODES, st.booleans()), max_size=8, unique_by=lambda row: row[:2]),
)
def test_totals_under_both_rules_are_those_counted_by_hand(rows: list[str], signed: list[tuple[int, str, bool]]) -> None:
    statements = [statement(f"s-{n}", "2016-07-28", actor_id=actor) for n, actor in enumerate(rows)]
    held = tuple(Signatory(f"s-{n}", actor, signed="signed" if yes else "dissociated") for n, actor, yes in signed if n < len(rows))
    by_hand = [
        {actor} | {one.actor_id for one in held if one.statement_id == f"s-{n}" and one.signed == "signed"} for n, actor in enumerate(rows)
    ]
    with joint(*statements, signed=held) as corpus:
        once, each = (timeline_bins(corpus, ALL, "day", "actor", each=each) for each in (False, True))
        result = compare(corpus, ALL, columns("AAA", "BBB", "CCC", "DDD"), ["issue-one"])
    assert once.n_statements == len(rows) and each.n_statements == sum(map(len, by_hand))
    positions = {key.removeprefix("actor:"): found.n_statements for (key, _), found in result.positions.items()}
    assert Counter(positions) == Counter(actor for actors in by_hand for actor in actors) + Counter()
    assert result.n_statements == len(rows)
