"""Positions side by side: what is in force, what carries it, what may be later, what does not count."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from tests.analysis.corpora import VARIED, chosen_of, corpus_of, ids_of
from tests.factory import statement
from tracker.analysis import compare as compare_module
from tracker.analysis import positions as positions_module
from tracker.analysis.compare import compare, exchange
from tracker.analysis.corpus import Corpus
from tracker.analysis.results import ComparedColumn, Position
from tracker.core.dates import Window, Within
from tracker.core.model import Statement
from tracker.core.selection import Selection

ALL = Selection()
AAA = ComparedColumn("actor", "AAA")
CELL = (AAA.key, "issue-one")


def position_of(*statements: Statement, selection: Selection = ALL) -> Position:
    """The position of AAA on issue-one."""
    with corpus_of(*statements) as corpus:
        return compare(corpus, selection, [AAA], ["issue-one"]).positions[CELL]


def said(statement_id: str, stated_on: str, stance: str, **changes: Any) -> Statement:
    return statement(statement_id, stated_on, stance_code=stance, **changes)


JULY = Window.parse("2016-07", "2016-07")

ALWAYS = Window()
CASES: dict[str, tuple[list[Statement], Window, str, bool, list[str], list[str]]] = {
    "latest-day": ([said("a", "2016-07-01", "support"), said("b", "2016-07-02", "oppose")], ALWAYS, "oppose", False, ["b"], []),
    "order-in-file": ([said("b", "2016-07-02", "oppose"), said("a", "2016-07-01", "support")], ALWAYS, "oppose", False, ["b"], []),
    "same-day-agrees": ([said("a", "2016-07-02", "oppose"), said("b", "2016-07-02", "oppose")], ALWAYS, "oppose", False, ["b", "a"], []),
    "same-day-disagrees": ([said("a", "2016-07-02", "oppose"), said("b", "2016-07-02", "support")], ALWAYS, "mixed", True, ["b", "a"], []),
    "mixed-itself": ([said("a", "2016-07-02", "mixed")], ALWAYS, "mixed", False, ["a"], []),
    "latest-not-coded": ([said("a", "2016-07-01", "support"), said("b", "2016-07-02", "")], ALWAYS, "support", False, ["a"], []),
    "none-coded": ([said("a", "2016-07-01", ""), said("b", "2016-07-02", "")], ALWAYS, "not-coded", False, [], []),
    "after-the-window": ([said("a", "2016-07-31", "support"), said("b", "2016-08-01", "oppose")], JULY, "support", False, ["a"], []),
    "before-the-window": ([said("a", "2016-06-30", "support")], JULY, "not-coded", False, [], []),
    "only-possibly": ([said("a", "2016", "support")], JULY, "not-coded", False, [], ["a"]),
    "possibly-does-not-carry": ([said("a", "2016-07-05", "support"), said("b", "2016", "oppose")], JULY, "support", False, ["a"], ["b"]),
    "partial-may-be-later": ([said("a", "2016-07-28", "support"), said("b", "2016-07", "oppose")], ALWAYS, "support", False, ["a"], ["b"]),
    "partial-agrees": ([said("a", "2016-07-28", "support"), said("b", "2016-07", "support")], ALWAYS, "support", False, ["a"], []),
    "partial-is-over": ([said("a", "2016-08-01", "support"), said("b", "2016-07", "oppose")], ALWAYS, "support", False, ["a"], []),
    "only-later-outside": ([said("a", "2016-07-31", "support"), said("b", "2016", "oppose")], JULY, "support", False, ["a"], []),
    "partial-not-coded": ([said("a", "2016-07-28", "support"), said("b", "2016-07", "")], ALWAYS, "support", False, ["a"], []),
    "same-first-day": ([said("a", "2016-07-01", "support"), said("b", "2016-07", "oppose")], ALWAYS, "oppose", False, ["b"], []),
    "same-month": ([said("a", "2016-07", "support"), said("b", "2016-07", "oppose")], ALWAYS, "mixed", True, ["b", "a"], []),
    "month-carries-year-later": ([said("a", "2016-07", "support"), said("b", "2016", "oppose")], ALWAYS, "support", False, ["a"], ["b"]),
}


@pytest.mark.parametrize(("statements", "window", "stance", "is_contested", "carriers", "may_be_later"), CASES.values(), ids=CASES)
def test_position_in_force(
    statements: list[Statement], window: Window, stance: str, is_contested: bool, carriers: list[str], may_be_later: list[str]
) -> None:
    found = position_of(*statements, selection=ALL.within(window))
    assert (found.stance, found.is_contested) == (stance, is_contested)
    assert [row.statement_id for row in found.carriers] == carriers
    assert list(found.may_be_later) == may_be_later
    inside = [held for held in statements if held.stated_on.within(window) is not Within.NOT]
    assert found.n_statements == len(inside) == len(found.carriers) + len(found.others)
    assert set(found.statement_ids) == {held.statement_id for held in inside}
    assert found.n_possibly == sum(held.stated_on.within(window) is Within.POSSIBLY for held in inside)


def test_silence() -> None:
    found = position_of(statement("a", issue_id="issue-two"), statement("b", actor_id="BBB"))
    assert found == Position(AAA.key, "issue-one", "not-coded", False, (), (), 0, 0, "", "", (), (), ())


def test_first_and_last_keep_their_precision() -> None:
    found = position_of(said("a", "2016-07-28", "support"), said("b", "2016", ""), said("c", "2016-12", "oppose"))
    assert (found.first_on, found.last_on) == ("2016", "2016-12")


def test_only_those_who_speak_for_the_state_count_for_it() -> None:
    rebels = said("r", "2016-07-30", "oppose", organisation_id="aaa-rebels", speaks_for_actor=False)
    with corpus_of(said("a", "2016-07-28", "support"), rebels) as corpus:
        result = compare(corpus, ALL, [AAA, ComparedColumn("organisation", "aaa-rebels")], ["issue-one"])
        turns = exchange(corpus, ALL, [AAA], "issue-one").turns
    assert result.positions[CELL].stance == "support" and result.positions[CELL].n_statements == 1
    assert result.positions["organisation:aaa-rebels", "issue-one"].stance == "oppose"
    assert [(left.n_statements, left.statement_ids) for left in result.left_out] == [(1, ("r",))]
    assert "do not speak for the state" in result.left_out[0].reason
    assert result.n_statements == 2
    assert [turn.row.statement_id for turn in turns] == ["a"]


def test_a_statement_in_several_columns_counts_once() -> None:
    columns = [AAA, ComparedColumn("spokesperson", "test-person-one"), AAA]
    with corpus_of(said("a", "2016-07-28", "support"), said("b", "2016-07-29", "oppose", spokesperson_id="two")) as corpus:
        result = compare(corpus, ALL, columns, ["issue-one"])
        turns = exchange(corpus, ALL, columns, "issue-one").turns
    assert result.columns == (AAA, columns[1]) and result.n_statements == 2
    assert sum(found.n_statements for found in result.positions.values()) == 3
    assert [turn.row.statement_id for turn in turns] == ["a", "b"]
    assert [turn.columns for turn in turns] == [(AAA.key, "spokesperson:test-person-one"), (AAA.key,)]


@pytest.mark.parametrize("columns", [[AAA], [AAA, ComparedColumn("spokesperson", "test-person-one")]], ids=["one-kind", "overlapping"])
def test_what_is_only_possible_is_counted_once(columns: list[ComparedColumn]) -> None:
    with corpus_of(said("a", "2016-07-28", "support"), said("b", "2016", "oppose"), said("c", "2015", "oppose")) as corpus:
        result = compare(corpus, ALL.within(JULY), columns, ["issue-one"])
    assert (result.n_statements, result.n_possibly) == (2, 1)


@pytest.mark.parametrize(
    ("selection", "n_statements"),
    [
        (ALL, 3),
        (ALL.including("actor", "BBB"), 3),
        (ALL.including("spokesperson", "nobody").including("organisation", "nothing").including("issue", "issue-two"), 3),
        (ALL.excluding("actor", "AAA").excluding("issue", "issue-one"), 3),
        (ALL.excluding("organisation", "aaa-mission"), 2),
        (ALL.including("act", "demand"), 1),
        (ALL.searching("nowhere"), 0),
        (ALL.within(Window.parse("2016-07-29", "")), 1),
    ],
    ids=["all", "other-actor", "other-people", "excluded-but-asked-for", "excluded", "act", "search", "window"],
)
def test_columns_replace_who_speaks_and_everything_else_holds(selection: Selection, n_statements: int) -> None:
    found = position_of(
        said("a", "2016-07-28", "support"),
        said("b", "2016-07-28", "support", organisation_id="aaa-mission"),
        said("c", "2016-07-29", "support", act_code="demand"),
        selection=selection,
    )
    assert found.n_statements == n_statements


def test_others_are_the_newest_and_the_number_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare_module, "MAX_OTHERS", 2)
    found = position_of(*(said(f"s-{n}", f"2016-07-0{n}", "support") for n in range(1, 7)))
    assert [row.statement_id for row in found.carriers] == ["s-6"]
    assert [row.statement_id for row in found.others] == ["s-5", "s-4"]
    assert (found.n_statements, found.first_on, found.last_on) == (6, "2016-07-01", "2016-07-06")


MANY = [
    said(f"{day}-{n}-{stance}", day, stance)
    for n, (day, stance) in enumerate(
        [
            ("2016", "oppose"),
            ("2016-03-01", "support"),
            ("2016-03-01", "oppose"),
            *[("2016-02-01", "support")] * 4,
            *[("2016-03-02", "not-coded")] * 3,
            ("2015-12-01", "mixed"),
            ("2016-03", "support"),
        ]
    )
]


@pytest.mark.parametrize(("n_ids", "n_others"), [(1, 1), (4, 2), (6, 3), (200, 3), (200, 20)])
@pytest.mark.parametrize("window", [ALWAYS, Window.parse("2016-01", "2016-03-01")], ids=["open", "closed"])
def test_a_full_cell_lists_its_newest_and_all_that_is_told_apart(
    monkeypatch: pytest.MonkeyPatch, window: Window, n_ids: int, n_others: int
) -> None:
    """Against the slow way: sort all, keep the newest, the first, the carriers and what may be later."""
    monkeypatch.setattr(positions_module, "MAX_CELL_IDS", n_ids)
    for module in (positions_module, compare_module):
        monkeypatch.setattr(module, "MAX_OTHERS", n_others)
    found = position_of(*MANY, selection=ALL.within(window))
    held = [one for one in MANY if one.stated_on.within(window) is not Within.NOT]
    rows = {one.statement_id: n for n, one in enumerate(MANY)}
    held.sort(key=lambda one: (one.stated_on.first, one.stated_on.last, rows[one.statement_id]), reverse=True)
    sure = [one for one in held if one.stance_code != "not-coded" and one.stated_on.within(window) is Within.SURELY]
    carriers = [one for one in sure if one.stated_on == sure[0].stated_on]
    last = window.last or date.max
    later = [one for one in held if one.stance_code != "not-coded" and one not in carriers]
    later = [one for one in later if min(one.stated_on.last, last) > carriers[0].stated_on.first]
    kept = [one for n, one in enumerate(held) if n < n_ids or one in (*carriers, *later, held[-1])]
    assert found.statement_ids == tuple(ids_of(kept))
    assert [row.statement_id for row in found.carriers] == ids_of(carriers)
    assert [row.statement_id for row in found.others] == [one for one in ids_of(kept) if one not in ids_of(carriers)][:n_others]
    assert found.n_statements == len(held) and set(found.may_be_later) <= set(ids_of(later))
    assert (found.first_on, found.last_on) == (str(held[-1].stated_on), str(held[0].stated_on))


@pytest.mark.parametrize(("columns", "issues"), [([], ["issue-one"]), ([AAA], []), ([], [])])
def test_nothing_to_compare(varied: Corpus, columns: list[ComparedColumn], issues: list[str]) -> None:
    result = compare(varied, ALL, columns, issues)
    assert (result.positions, result.n_statements, result.periods) == ({}, 0, ())
    assert exchange(varied, ALL, [], "issue-one").n_statements == 0


COLUMNS = (AAA, ComparedColumn("actor", "BBB"), ComparedColumn("spokesperson", "three"), ComparedColumn("organisation", "not-given"))


WINDOWS = {"open": ALWAYS, "closed": Window.parse("2016-07-15", "2016-08-01"), "half": Window.parse("2016")}


@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
def test_strips_and_numbers_are_those_of_the_statements(varied: Corpus, window: Window) -> None:
    selection = ALL.within(window)
    result = compare(varied, selection, COLUMNS, ["issue-one", "issue-two", "not-given"])
    assert len(result.positions) == 12 and len(result.periods) <= 24
    seen: set[str] = set()
    for (key, issue), found in result.positions.items():
        parameter, code = key.split(":")
        held = chosen_of(VARIED, selection.including(parameter, code).including("issue", issue))
        held = [one for one in held if one.speaks_for_actor or parameter != "actor"]
        seen |= set(ids_of(held))
        assert set(found.statement_ids) == set(ids_of(held)) and found.n_statements == len(held)
        assert {square.begins_on for square in found.strip} <= set(result.periods)
        to_the_day = Counter(one.stance_code for one in held if one.stated_on.day)
        squares: Counter[str] = Counter()
        for square in found.strip:
            squares[square.stance] += square.n_statements
        assert to_the_day <= squares and squares.total() <= len(held)
    assert result.n_statements == len(seen)
    in_strips = sum(square.n_statements for found in result.positions.values() for square in found.strip)
    n_partial = sum(left.n_statements for left in result.left_out if "strips" in left.reason)
    assert in_strips + n_partial == sum(found.n_statements for found in result.positions.values())


def test_an_exchange_is_oldest_first_and_cut_to_the_latest(varied: Corpus) -> None:
    whole = exchange(varied, ALL, COLUMNS, "issue-one")
    expected = [
        held
        for held in chosen_of(VARIED, ALL.including("issue", "issue-one"))
        if (held.actor_id in ("AAA", "BBB") and held.speaks_for_actor) or held.spokesperson_id == "three" or not held.organisation_id
    ]
    expected.sort(key=lambda held: (held.stated_on.first, held.statement_id))
    assert [turn.row.statement_id for turn in whole.turns] == ids_of(expected)
    assert (whole.n_statements, whole.n_shown) == (len(expected), len(expected))
    cut = exchange(varied, ALL, COLUMNS, "issue-one", limit=3)
    assert cut.turns == whole.turns[-3:] and (cut.n_statements, cut.n_shown) == (len(expected), 3)


def test_an_exchange_says_which_turns_are_only_possible(varied: Corpus) -> None:
    window = Window.parse("2016-07-28", "2016-12-15")
    rows = [turn.row for turn in exchange(varied, ALL.within(window), COLUMNS, "issue-one").turns]
    doubtful = {held.statement_id for held in VARIED if held.stated_on.within(window) is Within.POSSIBLY}
    assert {row.is_possibly for row in rows} == {True, False}
    assert all(row.is_possibly == (row.statement_id in doubtful) for row in rows)
