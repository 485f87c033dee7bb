"""Codings of several coders over a selection: agreement by variable, disagreements, and what is left out as contested."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.analysis.corpora import FEW, corpus_of, ids_of
from tests.factory import statement
from tracker.analysis import coding
from tracker.analysis.agreement import NO_PAIRS, alpha
from tracker.analysis.alignment import Asked, pair_values
from tracker.analysis.alignment_results import NO_SHARED, Pair
from tracker.analysis.coding import coder_agreement, n_contested
from tracker.analysis.compare import compare
from tracker.analysis.contested import ContestedChange, ContestedIssues, PairChange, effect_of_contested, effect_on_pairs
from tracker.analysis.facets import count_selection
from tracker.analysis.listing import list_statements
from tracker.analysis.results import ComparedColumn
from tracker.core.beside import Coding
from tracker.core.selection import Catalogue, Selection

ALL = Selection()
OUT = ALL.without_contested()
SAID = tuple(statement(name, f"2016-07-0{place}") for place, name in enumerate("abcde", start=1))


def coded(*rows: tuple[str, str, str, str]) -> tuple[Coding, ...]:
    return tuple(Coding(*row) for row in rows)


CONTESTED = {
    "agree": (coded(("a", "A", "stance", "support"), ("a", "B", "stance", "support")), []),
    "differ": (coded(("a", "A", "stance", "support"), ("a", "B", "stance", "oppose")), ["a"]),
    "left-open": (coded(("a", "A", "stance", "support"), ("a", "B", "stance", "")), []),
    "one-coder": (coded(("a", "A", "stance", "support")), []),
    "differ-on-issue": (coded(("a", "A", "issue", "issue-one"), ("a", "B", "issue", "issue-two")), ["a"]),
    "differ-on-act-only": (coded(("a", "A", "act", "demand"), ("a", "B", "act", "comment")), []),
    "other-variables-are-apart": (coded(("a", "A", "stance", "support"), ("a", "B", "issue", "issue-two")), []),
    "two-of-three": (coded(("a", "A", "stance", "support"), ("a", "B", "stance", "support"), ("a", "C", "stance", "mixed")), ["a"]),
    "both-variables": (
        coded(*(("a", who, what, value) for who, value in (("A", "x"), ("B", "y")) for what in ("stance", "issue"))),
        ["a"],
    ),
}


@pytest.mark.parametrize(("codings", "ids"), CONTESTED.values(), ids=CONTESTED)
def test_which_statements_are_contested(codings: tuple[Coding, ...], ids: list[str]) -> None:
    with corpus_of(*SAID, codings=codings) as corpus:
        left = ids_of(list_statements(corpus, OUT, "oldest").rows)
        assert n_contested(corpus, ALL) == len(ids)
        assert count_selection(corpus, OUT).n_statements == len(left)
        assert n_contested(corpus, OUT) == 0
    assert left == [name for name in "abcde" if name not in ids]


def test_without_codings_nothing_is_contested() -> None:
    with corpus_of(*SAID) as corpus:
        assert (n_contested(corpus, ALL), count_selection(corpus, OUT).n_statements) == (0, 5)
        assert coder_agreement(corpus, ALL).variables == ()


ROWS = coded(
    *((name, coder, "stance", "support") for name in "ab" for coder in "AB"),
    ("c", "A", "stance", "support"),
    ("c", "B", "stance", "oppose"),
    ("d", "A", "stance", "oppose"),
    ("e", "A", "stance", ""),
    ("e", "B", "stance", "oppose"),
    ("a", "A", "act", "demand"),
    ("b", "B", "act", "comment"),
    ("c", "A", "frame", "law, \u2018order\u2019"),
    ("c", "B", "frame", "aid"),
)


def test_agreement_by_variable() -> None:
    with corpus_of(*SAID, codings=ROWS) as corpus:
        found = coder_agreement(corpus, ALL)
        of_one = coder_agreement(corpus, ALL.including("spokesperson", "nobody"))
    stance, act, frame = found.variables
    assert (stance.variable, act.variable, frame.variable) == ("stance", "act", "frame"), "what positions rest on comes first"
    assert stance.alpha == alpha([({"support": 2}, 2), ({"support": 1, "oppose": 1}, 1), ({"oppose": 1}, 2)])
    assert stance.ordinal == alpha([({"3": 2}, 2), ({"3": 1, "1": 1}, 1), ({"1": 1}, 2)], ("1", "2", "3"))
    assert (stance.n_coders, stance.n_once, stance.n_left_open, stance.n_contested) == (2, 2, 1, 1)
    assert act.alpha.reason == NO_PAIRS and act.ordinal is None and act.n_once == 2
    assert found.n_disagreements == 2
    assert [(one.variable, one.statement_id, one.values) for one in found.disagreements] == [
        ("frame", "c", (("A", "law, ‘order’"), ("B", "aid"))),
        ("stance", "c", (("A", "support"), ("B", "oppose"))),
    ]
    assert of_one.variables == () and of_one.n_disagreements == 0


def test_mixed_and_neutral_stand_between() -> None:
    codings = coded(*((name, coder, "stance", value) for name in "ab" for coder, value in (("A", "mixed"), ("B", "neutral"))))
    with corpus_of(*SAID, codings=codings) as corpus:
        (stance,) = coder_agreement(corpus, ALL).variables
    assert stance.alpha.value is not None and stance.alpha.value < 0
    assert stance.ordinal is not None and stance.ordinal.value is None, "one rank only: undefined, not 1"


AAA = ComparedColumn("actor", "AAA")
BBB = ComparedColumn("actor", "BBB")


def test_what_contested_codings_change() -> None:
    said = (
        statement("a", "2016-07-01"),
        statement("b", "2016-07-02", stance_code="oppose"),
        statement("c", "2016-07-03", actor_id="BBB"),
        statement("d", "2016-07-04", issue_id="issue-two"),
    )
    codings = coded(*((name, coder, "stance", value) for name in "bd" for coder, value in (("A", "oppose"), ("B", "support"))))
    with corpus_of(*said, codings=codings) as corpus:
        both = [compare(corpus, asked, [AAA, BBB], ["issue-one", "issue-two"]) for asked in (ALL, OUT)]
    effect = effect_of_contested(*both)
    assert effect is not None and (effect.n_contested, effect.n_cells) == (2, 4)
    assert set(effect.changes) == {
        ContestedChange(AAA.key, "issue-one", "oppose", "support", 2, 1),
        ContestedChange(AAA.key, "issue-two", "support", "not-coded", 1, 0),
    }
    assert effect_of_contested(both[0], both[0]) is None


def test_what_contested_codings_change_in_a_matrix() -> None:
    actors = {"a": "AAA", "b": "AAA", "c": "BBB", "d": "BBB", "e": "CCC"}
    said = tuple(
        statement(name, f"2016-07-0{place}", actor_id=actors[name], issue_id="y" if name in "bd" else "x")
        for place, name in enumerate("abcde", start=1)
    )
    codings = coded(*(("b", coder, "stance", value) for coder, value in (("A", "oppose"), ("B", "support"))))
    with corpus_of(*said, codings=codings) as corpus:
        (whole, held), (without, kept) = (pair_values(corpus, asked, Asked(minimum=1)) for asked in (ALL, OUT))
    effect = effect_on_pairs(whole, without, held.n_statements - kept.n_statements, ContestedIssues.between(held, kept))
    assert effect is not None and (effect.n_contested, effect.n_pairs, effect.n_only_rank) == (1, 3, 0)
    assert effect.changes == (PairChange(Pair("AAA", "BBB", 2, 1.0), Pair("AAA", "BBB", 1, 1.0), 1, 1, ("y",)),), (
        "the value holds, its n does not"
    )
    assert effect_on_pairs(whole, whole, 0) is None


def test_a_pair_that_loses_its_value_comes_first_and_ranks_move() -> None:
    whole = [Pair("A", "B", 3, 0.5), Pair("A", "C", 3, 0.9), Pair("B", "C", 3, 0.1), Pair("B", "D", 2, 0.2)]
    without = [Pair("A", "B", 3, 0.5), Pair("C", "A", 2, 0.2), Pair("B", "C", 0, None, NO_SHARED)]
    effect = effect_on_pairs(whole, without, 4)
    assert effect is not None and (effect.n_pairs, effect.n_only_rank) == (4, 1), "A and B only move up"
    assert [(c.held.one, c.held.other, c.rank_with, c.rank_without) for c in effect.changes] == [
        ("B", "C", 4, None),
        ("B", "D", 3, None),
        ("A", "C", 1, 2),
    ]


def test_the_selection_says_so_in_link_and_sentence() -> None:
    assert OUT.parameters() == {"contested": "out"} and not OUT.is_everything
    assert OUT.sentence(Catalogue(n_statements=9), 7) == "7 of 9 statements, without contested codings"
    assert OUT.without_contested(False) == ALL


def test_disagreements_come_newest_first_and_those_cut_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    codings = coded(*((name, coder, "stance", value) for name in "bea" for coder, value in (("A", "support"), ("B", "oppose"))))
    monkeypatch.setattr(coding, "MAX_DISAGREEMENTS", 2)
    with corpus_of(*SAID, codings=codings + coded(("a", "C", "stance", ""))) as corpus:
        found = coder_agreement(corpus, ALL)
    assert ([one.statement_id for one in found.disagreements], found.n_disagreements) == (["e", "b"], 3)
    assert found.variables[0].n_coders == 2, "who left all open coded nothing"


def test_a_cell_without_a_stance_that_loses_its_statement_changes() -> None:
    said = (statement("a", "2016-07-01", stance_code="not-coded"), statement("b", "2016-07-02", actor_id="BBB"))
    codings = coded(("a", "A", "issue", "issue-one"), ("a", "B", "issue", "issue-two"))
    with corpus_of(*said, codings=codings) as corpus:
        effect = effect_of_contested(*(compare(corpus, asked, [AAA, BBB], ["issue-one"]) for asked in (ALL, OUT)))
    assert effect is not None
    assert effect.changes == (ContestedChange(AAA.key, "issue-one", "not-coded", "not-coded", 1, 0),)


CHANGED = {
    "of-the-one": ({"A": "x"}, ("x",)),
    "of-the-other": ({"B": "y"}, ("y",)),
    "of-both-in-order": ({"A": "y", "B": "x"}, ("x", "y")),
    "on-what-only-one-spoke-on": ({"A": "z"}, ()),
    "of-nobody": ({}, ()),
}


@pytest.mark.parametrize(("changed", "issues"), CHANGED.values(), ids=CHANGED)
def test_issues_of_a_pair_are_those_both_spoke_on_and_either_changed(changed: dict[str, str], issues: tuple[str, ...]) -> None:
    spoken = {"A": frozenset("xyz"), "B": frozenset("xy")}
    found = ContestedIssues(spoken, {who: frozenset(what) for who, what in changed.items()})
    assert found.of("A", "B") == found.of("B", "A") == issues


def test_equal_values_share_the_best_rank() -> None:
    whole = [Pair("A", "B", 3, 0.5), Pair("A", "C", 3, 0.5), Pair("B", "C", 3, 0.1)]
    without = [Pair("A", "B", 3, 0.5), Pair("A", "C", 3, 0.9), Pair("B", "C", 3, 0.1)]
    effect = effect_on_pairs(whole, without, 1)
    assert effect is not None and effect.n_only_rank == 1
    assert [(change.held.other, change.rank_with, change.rank_without) for change in effect.changes] == [("C", 1, 1)]


CODES = st.tuples(
    st.sampled_from("abc"), st.sampled_from("XYZ"), st.sampled_from(["stance", "act"]), st.sampled_from(["support", "oppose", ""])
)


@FEW
@example(rows=[])
@example(rows=[("a", "X", "stance", ""), ("a", "Y", "stance", "")])
@example(rows=[("a", "X", "stance", "support"), ("a", "Y", "stance", ""), ("b", "X", "stance", "oppose")])  # no two in one unit
@example(rows=[("a", coder, "stance", "support") for coder in "XYZ"])  # one value only
@example(rows=[("a", "X", "stance", "support"), ("a", "Y", "stance", "support"), ("a", "Z", "stance", "oppose")])
@example(rows=[(unit, coder, "stance", value) for unit in "abc" for coder, value in (("X", "support"), ("Y", "oppose"))])
@example(rows=[(unit, coder, "act", value) for unit in "ab" for coder, value in (("X", "support"), ("Y", "oppose"))])  # not contested
@example(rows=[("a", "X", "stance", "support"), ("a", "Y", "act", "oppose"), ("b", "X", "act", "oppose"), ("b", "Y", "act", "oppose")])
@given(rows=st.lists(CODES, max_size=12, unique_by=lambda row: row[:3]))
def test_patterns_and_contested_statements_are_those_counted_by_hand(rows: list[tuple[str, str, str, str]]) -> None:
    with corpus_of(*SAID, codings=coded(*rows) or coded(("e", "X", "note", "x"))) as corpus:
        found = {one.variable: one for one in coder_agreement(corpus, ALL).variables}
        n_left = count_selection(corpus, OUT).n_statements
    for variable in {row[2] for row in rows}:
        units = [Counter(row[3] for row in rows if row[0] == unit and row[2] == variable and row[3]) for unit in "abc"]
        assert found[variable].alpha.value == alpha([(unit, 1) for unit in units], n_resamples=0).value
        assert found[variable].n_contested == sum(len(unit) > 1 for unit in units)
    contested = {unit for unit in "abc" if len({row[3] for row in rows if row[0] == unit and row[2] == "stance" and row[3]}) > 1}
    assert n_left == 5 - len(contested)
