"""Groups as actors: in every filter by the statement's date, surely or possibly, and side by side with their members' split."""

from __future__ import annotations

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
from tracker.analysis.facets import count_selection
from tracker.analysis.listing import list_statements
from tracker.analysis.results import ComparedColumn, MemberStand
from tracker.analysis.silence import who_is_silent
from tracker.analysis.timeline import timeline_marks
from tracker.core.beside import Membership, Silence
from tracker.core.dates import PartialDate, Window, Within
from tracker.core.groups import Groups
from tracker.core.model import Statement
from tracker.core.selection import Selection

ALL = Selection()
UNION = Groups.of(
    [
        Membership("AAA", "union", "1973-01-01", member="Testland A"),
        Membership("BBB", "union", "1973-01-01", "2020-01-31", member="Testland B"),
        Membership("CCC", "union", "2016-07", "2018", member="Testland C"),
        Membership("DDD", "union", member="Testland D"),
    ]
)
COLUMN = ComparedColumn("actor", "group:union")
CELL = (COLUMN.key, "issue-one")


@contextmanager
def grouped(*statements: Statement, groups: Groups = UNION, silences: tuple[Silence, ...] = ()) -> Iterator[Corpus]:
    with corpus_of(*statements, silences=silences) as corpus:
        yield replace(corpus, groups=groups)


def by(actor_id: str, stated_on: str, **changes: str) -> Statement:
    return statement(f"{actor_id}-{stated_on}", stated_on, actor_id=actor_id, **changes)


BELONGING = {
    "member": ("AAA", "2016-07-28", "surely"),
    "first-day": ("AAA", "1973-01-01", "surely"),
    "day-before": ("AAA", "1972-12-31", "not"),
    "last-day": ("BBB", "2020-01-31", "surely"),
    "day-after": ("BBB", "2020-02-01", "not"),
    "month-around-the-end": ("BBB", "2020", "possibly"),
    "month-within": ("BBB", "2020-01", "surely"),
    "month-after": ("BBB", "2020-02", "not"),
    "partial-beginning": ("CCC", "2016-07-28", "possibly"),
    "same-partial-month": ("CCC", "2016-07", "possibly"),
    "after-partial-beginning": ("CCC", "2016-08-01", "surely"),
    "partial-end": ("CCC", "2018-05-05", "possibly"),
    "after-partial-end": ("CCC", "2019-01-01", "not"),
    "open-ends": ("DDD", "1900", "surely"),
    "another": ("EEE", "2016-07-28", "not"),
    "its-own-organisation": ("union", "2016-07-28", "not"),
}


@pytest.mark.parametrize(("actor_id", "stated_on", "within"), BELONGING.values(), ids=BELONGING)
def test_a_filter_holds_as_of_the_date(actor_id: str, stated_on: str, within: str) -> None:
    with grouped(by(actor_id, stated_on)) as corpus:
        count = count_selection(corpus, ALL.including("actor", "group:union"))
        left = count_selection(corpus, ALL.excluding("actor", "group:union"))
        rows = list_statements(corpus, ALL.including("actor", "group:union")).rows
    assert (count.n_statements, count.n_possibly) == {"surely": (1, 0), "possibly": (1, 1), "not": (0, 0)}[within]
    assert (left.n_statements, left.n_possibly) == {"surely": (0, 0), "possibly": (1, 1), "not": (1, 0)}[within]
    assert [row.is_possibly for row in rows] == [within == "possibly"] * count.n_statements


def test_beside_an_actor_and_unknown() -> None:
    with grouped(by("BBB", "2021-01-01"), by("AAA", "2021-01-02"), by("EEE", "2021-01-03")) as corpus:
        both = list_statements(corpus, ALL.including("actor", "EEE", "group:union"), "oldest").rows
        twice = count_selection(corpus, ALL.including("actor", "CCC", "AAA", "group:union"))
        unknown = count_selection(corpus, ALL.including("actor", "group:moon"))
        not_unknown = count_selection(corpus, ALL.excluding("actor", "group:moon"))
        lanes = timeline_marks(corpus, ALL.including("actor", "group:union", "EEE")).lanes
    assert ids_of(both) == ["AAA-2021-01-02", "EEE-2021-01-03"]
    assert (twice.n_statements, unknown.n_statements, not_unknown.n_statements) == (1, 0, 3)
    assert {lane.code for lane in lanes} == {"AAA", "EEE"}, "lanes are members, not the group"


DAYS = st.sampled_from(["2014", "2016-07", "2016-07-15", "2017-06-30", "2018", "2020-01-31", "2020-02-01", "2020", "2021-05"])
WHO = st.sampled_from(["AAA", "BBB", "CCC", "DDD", "EEE"])
TERMS = st.tuples(WHO, st.sampled_from(["", "2015", "2016-07", "2017-06-30"]), st.sampled_from(["", "2018", "2019-12", "2020-01-31"]))


def _held(said: PartialDate, begins: str, ends: str) -> Within:
    """The same question asked of every day that either end can mean."""
    first = PartialDate.parse(begins) if begins else None
    last = PartialDate.parse(ends) if ends else None
    found = {
        said.within(Window(PartialDate.of(one) if one else None, PartialDate.of(other) if other else None))
        for one in ({first.first, first.last} if first else {None})
        for other in ({last.first, last.last} if last else {None})
    }
    return Within.SURELY if found == {Within.SURELY} else Within.NOT if found == {Within.NOT} else Within.POSSIBLY


@FEW
@example(said=[], terms=[("AAA", "", "")])
@example(said=[("AAA", "2016-07")], terms=[])
@example(said=[("AAA", "2016-07"), ("BBB", "2016-07")], terms=[("AAA", "2016-07", "")])  # a month that begins within itself
@example(said=[("AAA", "2020")], terms=[("AAA", "", "2018"), ("AAA", "2017-06-30", "2020-01-31")])  # two terms that overlap
@example(said=[("AAA", "2018"), ("AAA", "2016-07-15")], terms=[("AAA", "", "2018"), ("AAA", "2016-07", "")])  # possibly twice
@example(said=[("AAA", "2017-06-30"), ("AAA", "2020-01-31")], terms=[("AAA", "2017-06-30", "2020-01-31")])  # first and last day
@example(said=[("AAA", "2020-02-01"), ("AAA", "2014")], terms=[("AAA", "2015", "2020-01-31")])  # the day after, the year before
@example(said=[(who, "2020") for who in ("AAA", "BBB", "CCC")], terms=[("BBB", "", ""), ("CCC", "", "2020-01-31")])
@given(said=st.lists(st.tuples(WHO, DAYS), max_size=5, unique=True), terms=st.lists(TERMS, max_size=4, unique=True))
def test_filters_are_those_of_every_day_by_hand(said: list, terms: list) -> None:
    groups = Groups.of([Membership(who, "union", begins, ends) for who, begins, ends in terms])
    statements = [by(who, day) for who, day in said]
    with grouped(*statements, by("ZZZ", "2016"), groups=groups) as corpus:
        count = count_selection(corpus, ALL.including("actor", "group:union"))
        left = count_selection(corpus, ALL.excluding("actor", "group:union"))
    held = [{_held(one.stated_on, begins, ends) for who, begins, ends in terms if who == one.actor_id} for one in statements]
    n_surely = sum(Within.SURELY in found for found in held)
    n_in = sum(bool(found - {Within.NOT}) for found in held)
    assert (count.n_statements, count.n_possibly) == (n_in, n_in - n_surely)
    assert (left.n_statements, left.n_possibly) == (len(statements) + 1 - n_surely, n_in - n_surely)


def stands(split: tuple[MemberStand, ...]) -> dict[str, tuple[str, str, int, bool]]:
    return {stand.member_id: (stand.stance, stand.state, stand.n_statements, stand.is_member) for stand in split}


SAID = (
    by("AAA", "2016-07-01"),
    by("AAA", "2016-08-01", stance_code="oppose"),
    by("BBB", "2015-05-05"),
    by("BBB", "2021-05-05", stance_code="oppose"),
    by("CCC", "2017-01-01", stance_code=""),
    by("EEE", "2017-01-01", stance_code="oppose"),
)


def test_the_split_of_the_members() -> None:
    looked = (Silence("DDD", "issue-one", "2016-09-01", "Archive"),)
    with grouped(*SAID, silences=looked) as corpus:
        window = ALL.within(Window.parse("", "2017-12-31"))
        held = compare(corpus, window, [COLUMN], ["issue-one", "issue-two"]).positions
    assert stands(held[CELL].split) == {
        "AAA": ("oppose", "said", 2, True),
        "BBB": ("support", "said", 1, True),
        "CCC": ("not-coded", "not-coded", 1, True),
        "DDD": ("not-coded", "silent", 0, True),
    }
    assert [stand.member_id for stand in held[CELL].split] == ["AAA", "BBB", "CCC", "DDD"], "who said most first, the silent last"
    assert (held[CELL].stance, held[CELL].state, held[CELL].n_statements, held[CELL].is_contested) == ("mixed", "said", 4, False)
    assert set(held[CELL].statement_ids) == {"AAA-2016-07-01", "AAA-2016-08-01", "BBB-2015-05-05", "CCC-2017-01-01"}
    assert held[CELL].split[0].carrier_ids == ("AAA-2016-08-01",)
    assert held[CELL].split[3].silences[0].where == "Archive"
    assert held[COLUMN.key, "issue-two"].state == "not-looked"
    assert {stand.state for stand in held[COLUMN.key, "issue-two"].split} == {"not-looked"}


def test_who_left_is_listed_and_not_counted() -> None:
    with grouped(*SAID) as corpus:
        held = compare(corpus, ALL, [COLUMN], ["issue-one"]).positions[CELL]
    found = stands(held.split)
    assert found["BBB"] == ("support", "said", 1, False), "what it said as a member, not what it said since"
    assert held.stance == "oppose" and held.n_statements == 4, "of today's members only one has a coded position"
    assert "BBB-2021-05-05" not in held.statement_ids


def test_a_group_a_member_and_the_organisation_side_by_side() -> None:
    columns = [COLUMN, ComparedColumn("actor", "AAA"), ComparedColumn("actor", "union")]
    with grouped(*SAID, by("union", "2016-01-01", stance_code="neutral")) as corpus:
        result = compare(corpus, ALL, columns, ["issue-one"])
        turns = exchange(corpus, ALL, columns, "issue-one").turns
    sizes = [result.positions[column.key, "issue-one"].n_statements for column in columns]
    assert sizes == [4, 2, 1] and result.n_statements == 5, "in two columns, counted once"
    assert turns[0].columns == (COLUMN.key,) and {turn.columns for turn in turns if turn.row.actor_id == "AAA"} == {
        (COLUMN.key, "actor:AAA")
    }
    assert not result.positions["actor:union", "issue-one"].split


def test_what_is_only_possibly_a_members_carries_nothing() -> None:
    with grouped(by("CCC", "2016-07-15"), by("AAA", "2016-01-01")) as corpus:
        held = compare(corpus, ALL.within(Window.parse("", "2016-12")), [COLUMN], ["issue-one"]).positions[CELL]
    assert stands(held.split)["CCC"] == ("not-coded", "not-coded", 1, True)
    assert (held.n_statements, held.n_possibly) == (2, 1)


def test_only_words_for_the_state_count() -> None:
    with grouped(statement("r", "2016-07-01", speaks_for_actor=False)) as corpus:
        result = compare(corpus, ALL, [COLUMN], ["issue-one"])
    assert result.positions[CELL].n_statements == 0 and result.left_out[0].statement_ids == ("r",)


@FEW
@example(said=[("EEE", "2020", "support")])  # no member's
@example(said=[("BBB", "2020", "support"), ("BBB", "2020-02-01", "oppose")])  # possibly and no longer a member's
@example(said=[("CCC", "2016-07", "support"), ("CCC", "2018", "oppose")])  # possibly at either end
@example(said=[("AAA", "2016-07", "support"), ("AAA", "2016-07-15", "oppose"), ("DDD", "2016-07-15", "")])
@example(
    said=[
        (who, "2017-06-30", stance)
        for who, stance in zip(("AAA", "BBB", "CCC", "DDD", "EEE"), ("support", "oppose", "", "support", ""), strict=True)
    ]
)
@given(said=st.lists(st.tuples(WHO, DAYS, st.sampled_from(["support", "oppose", ""])), min_size=1, max_size=6, unique_by=lambda s: s[:2]))
def test_a_cell_holds_each_members_own_statements(said: list) -> None:
    statements = [by(who, day, stance_code=stance) for who, day, stance in said]
    with grouped(*statements) as corpus:
        held = compare(corpus, ALL, [COLUMN], ["issue-one"]).positions[CELL]
        n = count_selection(corpus, ALL.including("actor", "group:union")).n_statements
    assert held.n_statements == n == len(held.statement_ids) == sum(stand.n_statements for stand in held.split)
    assert sum(square.n_statements for square in held.strip) <= n
    assert len({stand.member_id for stand in held.split}) == len(held.split)


def test_silence_of_a_group_is_asked_of_its_members() -> None:
    with grouped(by("AAA", "2020-06-01"), by("BBB", "2019-01-01")) as corpus:
        found = who_is_silent(corpus, ALL.within(Window.parse("2019-06", "2021")), ["group:union", "EEE"], ["issue-one"])
    assert found.actors == ("AAA", "DDD", "EEE"), "members at the end of the window"
    assert [cell.state for cell in found.cells] == ["said", "not-looked", "not-looked"]
