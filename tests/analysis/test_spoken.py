"""Whose position a statement is, on Shifts and Alignment: every signatory's, and a group's as of the day, volume counted once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest

from tests.analysis.corpora import VARIED, corpus_of
from tests.factory import statement
from tracker.analysis.alignment import Asked, align, aligned_windows, lone_pair, pair_issues, pair_of
from tracker.analysis.alignment_counts import Counting, tally
from tracker.analysis.corpus import Corpus
from tracker.analysis.shifts import find_shifts
from tracker.analysis.spoken import ELSEWHERE
from tracker.core.beside import Membership, Signatory
from tracker.core.groups import Groups
from tracker.core.selection import Selection

ALL = Selection()
PAIR = "group:pair"
GROUPS = Groups.of([Membership("AAA", "pair"), Membership("BBB", "pair", "2016-07-01"), Membership("CCC", "pair", "", "2015")])
SIGNED = (Signatory("j", "BBB"), Signatory("j", "DDD"), Signatory("j", "EEE", signed="dissociated"))
SAID = (
    statement("j", "2016-07-28", actor_id="AAA", issue_id="x", spokesperson_id="one"),
    statement("b", "2016-07-01", actor_id="BBB", issue_id="x", stance_code="oppose"),
    statement("before", "2016-06-30", actor_id="BBB", issue_id="y", stance_code="oppose"),
    statement("e", "2016-07-02", actor_id="EEE", issue_id="x", stance_code="oppose"),
    statement("f", "2016-07-03", actor_id="EEE", issue_id="y", stance_code="oppose"),
)


@contextmanager
def corpus(*said: object, signed: tuple[Signatory, ...] = SIGNED) -> Iterator[Corpus]:
    with corpus_of(*(said or SAID), signatories=signed) as held:
        yield replace(held, groups=GROUPS)


def counts(held: Corpus, counting: Counting, selection: Selection = ALL) -> dict[str, list[float]]:
    """Oppose, between and support on issue x by row."""
    found = tally(held, selection, counting)
    return {row: found.counts[place, found.columns.index("x"), :3].tolist() for place, row in enumerate(found.rows)}


def test_a_joint_statement_is_a_position_of_each_signatory_and_volume_once() -> None:
    with corpus() as held:
        each, once = (tally(held, ALL, Counting(each=flag)) for flag in (True, False))
        assert counts(held, Counting()) == {"AAA": [0, 0, 1], "BBB": [1, 0, 1], "DDD": [0, 0, 1], "EEE": [1, 0, 0]}
        assert counts(held, Counting(each=False)) == {"AAA": [0, 0, 1], "BBB": [1, 0, 0], "EEE": [1, 0, 0]}
    assert (each.n_statements, once.n_statements) == (5, 5)
    assert dict(zip(each.rows, each.n_by_row.tolist(), strict=True)) == {"AAA": 1, "BBB": 3, "DDD": 1, "EEE": 2}


def test_who_is_asked_for_has_what_it_signed_and_nobody_else_comes_along() -> None:
    of_b = ALL.including("actor", "BBB", "EEE")
    with corpus() as held:
        assert set(counts(held, Counting(), of_b)) == {"BBB", "EEE"}
        once = tally(held, of_b, Counting(each=False))
        assert once.rows == ("BBB", "EEE")
        assert [(left.reason, left.n_statements, left.statement_ids) for left in once.left_out] == [(ELSEWHERE, 1, ("j",))]
        assert tally(held, of_b, Counting()).left_out == ()


def test_every_signatory_has_its_lane_and_the_speaker_is_the_own_actors() -> None:
    with corpus() as held:
        each, once = (find_shifts(held, ALL, evidence=1, each=flag, only_changed=False) for flag in (True, False))
        asked = find_shifts(held, ALL.including("actor", "DDD"), evidence=1, only_changed=False)
        elsewhere = find_shifts(held, ALL.including("actor", "DDD"), evidence=1, each=False, only_changed=False)
    lanes = [{(lane.code, lane.issue_id) for lane in found.lanes} for found in (each, once)]
    assert lanes[0] - lanes[1] == {("DDD", "x")}
    assert (each.n_statements, once.n_statements) == (5, 5)
    (shift,) = each.shifts
    assert (shift.code, shift.said_before.statement_id, shift.said_after.statement_id, shift.shared) == ("BBB", "b", "j", "")
    assert once.shifts == ()
    assert [lane.code for lane in asked.lanes] == ["DDD"] and elsewhere.lanes == ()
    assert [(left.reason, left.n_statements) for left in elsewhere.left_out] == [(ELSEWHERE, 1)]


def test_what_one_person_said_on_both_sides_is_no_signatorys() -> None:
    said = (statement("j", "2016-07-28", spokesperson_id="one"), statement("k", "2016-08-28", spokesperson_id="one", stance_code="oppose"))
    with corpus(*said, signed=(Signatory("j", "DDD"), Signatory("k", "DDD"))) as held:
        shared = {shift.code: shift.shared for shift in find_shifts(held, ALL, evidence=1).shifts}
    assert shared == {"AAA": "spokesperson", "DDD": ""}


TOGETHER = ALL.including("actor", PAIR, "EEE")


def test_a_group_is_one_member_of_the_matrix_as_of_the_day() -> None:
    asked = Asked(minimum=1, together=(PAIR, "EEE"))
    with corpus() as held:
        found = align(held, TOGETHER, asked, 3)
        issues = pair_issues(held, TOGETHER, PAIR, "EEE", asked)
        alone = pair_issues(held, ALL, PAIR, "EEE", Asked(minimum=1))
        (window,) = aligned_windows(held, TOGETHER, asked, "quarter", (PAIR, "EEE"), found.members)
    assert {member.code: (member.n_statements, member.split) for member in found.members} == {
        PAIR: (2, (("BBB", 2), ("AAA", 1))),
        "EEE": (2, ()),
    }
    assert issues == alone, "a pair can be asked for without its filter"
    shared, _ = issues
    side = shared.one
    assert (side.n_oppose, side.n_between, side.n_support) == (1, 0, 2), "the stance of each member once"
    assert set(side.statement_ids) == {"b", "j"} and side.position == "support", "both signed it last"
    assert side.split == (("BBB", 1, 0, 1), ("AAA", 0, 0, 1))
    assert window.n_statements == 4 and window.pair.value == pair_of(found, PAIR, "EEE").value
    assert shared.value == pytest.approx(1 / 3 - 2 / 3, abs=1e-6), "two of three stances are opposed to theirs"


LATER = statement("later", "2016-08-01", actor_id="BBB", issue_id="x", stance_code="oppose")


@pytest.mark.parametrize(("said", "position"), [((), "support"), ((LATER,), "mixed")], ids=["agree", "differ"])
def test_the_position_of_a_group_is_what_all_its_members_hold(said: tuple, position: str) -> None:
    asked = Asked(minimum=1, measure="agreement")
    with corpus(*SAID[:1], *SAID[3:], *said) as held:
        issue = pair_issues(held, ALL, PAIR, "EEE", asked)[0]
        assert (issue.one.position, issue.other.position) == (position, "oppose")
        assert lone_pair(held, ALL, PAIR, "EEE", asked).value == 0


def test_where_membership_is_only_possible_it_carries_no_position() -> None:
    said = (statement("a", "2015", actor_id="CCC", issue_id="x"), statement("e", "2016-07-02", actor_id="EEE", issue_id="x"))
    groups = Groups.of([Membership("CCC", "pair", "", "2015-06")])
    with corpus_of(*said) as held:
        found = tally(replace(held, groups=groups), ALL, Counting(together=(PAIR,)))
    assert (found.rows, found.n_statements) == ((PAIR,), 1)
    assert found.positions[0, 0] != found.positions[0, 0], "not a number: none"


def test_a_group_of_one_is_its_member_and_order_changes_nothing() -> None:
    lone = Groups.of([Membership("AAA", "pair")])
    with corpus_of(*VARIED) as held, corpus_of(*VARIED[::-1]) as turned:
        plain = tally(held, ALL, Counting())
        found = [tally(replace(one, groups=lone), ALL, Counting(together=(PAIR, "BBB", "CCC"))) for one in (held, turned)]
    places = [place for row in found[0].rows for place in [plain.rows.index("AAA" if row == PAIR else row)]]
    for grouped in found:
        assert grouped.n_statements == plain.n_statements and grouped.columns == plain.columns
        assert (grouped.counts == plain.counts[places]).all() and (grouped.n_by_row == plain.n_by_row[places]).all()
        assert ((grouped.positions == plain.positions[places]) | (np.isnan(grouped.positions) & np.isnan(plain.positions[places]))).all()
