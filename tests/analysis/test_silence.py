"""Silence as a record: four kinds of empty cells told apart, and who has not spoken since a day."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.analysis.corpora import FEW, corpus_of
from tests.factory import statement
from tracker.analysis import silence as silence_module
from tracker.analysis.compare import compare
from tracker.analysis.joint import actors_beside
from tracker.analysis.results import ComparedColumn, LookedFor
from tracker.analysis.silence import who_is_silent
from tracker.core.beside import Silence
from tracker.core.dates import Window
from tracker.core.selection import Selection

ALL = Selection()
JULY = Window.parse("2016-07", "2016-07")


def looked(looked_on: str, actor_id: str = "AAA", where: str = "") -> Silence:
    return Silence(actor_id, "issue-one", looked_on, where, actor=f"Actor {actor_id}")


STATES = {
    "said": ([statement("a", "2016-07-28")], [], Window(), "said", 0),
    "said-and-looked": ([statement("a", "2016-07-28")], [looked("2016-08-01")], Window(), "said", 1),
    "not-coded": ([statement("a", "2016-07-28", stance_code="")], [looked("2016-08-01")], Window(), "not-coded", 1),
    "only-possibly": ([statement("a", "2016")], [], JULY, "not-coded", 0),
    "silent": ([], [looked("2016-08-01"), looked("2016-09-01")], Window(), "silent", 2),
    "looked-before-the-window": ([], [looked("2016-06-30")], JULY, "not-looked", 0),
    "looked-perhaps-before": ([], [looked("2016")], JULY, "silent", 1),
    "looked-after-the-window": ([], [looked("2017-01-01")], JULY, "silent", 1),
    "another-was-looked-for": ([], [looked("2016-07-01", "BBB")], Window(), "not-looked", 0),
    "not-looked": ([], [], Window(), "not-looked", 0),
}


@pytest.mark.parametrize(("said", "looks", "window", "state", "n_looks"), STATES.values(), ids=STATES)
def test_four_kinds_of_cells(said: list, looks: list[Silence], window: Window, state: str, n_looks: int) -> None:
    filler = statement("z", "2016-07-01", actor_id="ZZZ", issue_id="issue-two")
    with corpus_of(filler, *said, silences=tuple(looks)) as corpus:
        column = ComparedColumn("actor", "AAA")
        held = compare(corpus, ALL.within(window), [column], ["issue-one"]).positions[column.key, "issue-one"]
    assert (held.state, len(held.silences)) == (state, n_looks)
    assert [look.looked_on for look in held.silences] == sorted((look.looked_on for look in held.silences), reverse=True)


def test_people_and_ministries_were_not_looked_for() -> None:
    columns = [ComparedColumn("organisation", "AAA"), ComparedColumn("spokesperson", "AAA")]
    with corpus_of(statement("z", actor_id="ZZZ"), silences=(looked("2016-08-01"),)) as corpus:
        result = compare(corpus, ALL, columns, ["issue-one"])
    assert {held.state for held in result.positions.values()} == {"not-looked"}


SINCE = {
    "said-on-the-day": (["2016-07-15"], [], "said"),
    "said-the-day-before": (["2016-07-14"], [], "not-looked"),
    "said-before-and-after": (["2016-07-14", "2016-07-16"], [], "said"),
    "only-the-month": (["2016-07"], [], "possibly"),
    "only-the-month-but-looked": (["2016-07"], ["2016-08-01"], "possibly"),
    "month-and-day": (["2016-07", "2016-07-20"], [], "said"),
    "before-and-looked": (["2016-07-01"], ["2016-07-15"], "silent"),
    "looked-the-day-before": ([], ["2016-07-14"], "not-looked"),
    "looked-in-the-month": ([], ["2016-07"], "silent"),
    "never": ([], [], "not-looked"),
}


@pytest.mark.parametrize(("said", "looks", "state"), SINCE.values(), ids=SINCE)
def test_since_a_day(said: list[str], looks: list[str], state: str) -> None:
    statements = [statement(f"s-{n}", day) for n, day in enumerate(said)]
    silences = tuple(looked(day) for day in looks)
    with corpus_of(statement("z", "2016-07-20", actor_id="ZZZ"), *statements, silences=silences) as corpus:
        found = who_is_silent(corpus, ALL.within(Window.parse("2016-07-15")), ["AAA"], ["issue-one"])
    (cell,) = found.cells
    assert (cell.state, cell.n_statements) == (state, len(said))
    assert found.n(state) == 1
    assert cell.last_on == (max(said, key=lambda day: (day + "-01", day)) if said else "")
    assert [look.looked_on for look in cell.looks] == looks, "looks before the day are shown too"


def test_ever() -> None:
    with corpus_of(statement("a", "2016"), silences=(looked("2001", "BBB", "Archive"),)) as corpus:
        found = who_is_silent(corpus, ALL, ["AAA", "BBB", "CCC"], ["issue-one"])
        assert actors_beside(corpus) == {"BBB": "Actor BBB"}
    assert [cell.state for cell in found.cells] == ["said", "silent", "not-looked"]
    assert found.cells[1].looks == (LookedFor("2001", "Archive"),)


def test_a_filter_on_words_makes_nobody_silent() -> None:
    looks = (looked("2016-08-01"), looked("2016-08-01", "BBB"))
    with corpus_of(statement("a", "2016-07-20"), silences=looks) as corpus:
        chosen = ALL.including("act", "demand")
        found = who_is_silent(corpus, chosen, ["AAA", "BBB"], ["issue-one"])
        columns = [ComparedColumn("actor", code) for code in ("AAA", "BBB")]
        held = compare(corpus, chosen, columns, ["issue-one"]).positions
    assert [cell.state for cell in found.cells] == ["said", "silent"], "the filter does not hold here"
    assert {position.state for position in held.values()} == {"filtered"}, "nothing can be said of what was filtered away"


def test_only_words_for_the_state_count() -> None:
    rebels = statement("r", "2016-07-20", speaks_for_actor=False)
    with corpus_of(rebels, statement("a", "2016-07-20", actor_id="BBB", act_code="demand")) as corpus:
        found = who_is_silent(corpus, ALL, ["AAA", "BBB"], ["issue-one"])
    assert [(cell.state, cell.n_statements) for cell in found.cells] == [("not-looked", 0), ("said", 1)]


def test_what_is_past_the_limits_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silence_module, "MAX_ACTORS", 2)
    with corpus_of(statement("a")) as corpus:
        found = who_is_silent(corpus, ALL, ["AAA", "BBB", "CCC"], ["issue-one"])
        nobody = who_is_silent(corpus, ALL, [], ["issue-one"])
    assert found.actors == ("AAA", "BBB") and [(left.n_statements, "actors" in left.reason) for left in found.left_out] == [(1, True)]
    assert nobody.cells == ()


DAYS = st.sampled_from(["2016-06-30", "2016-07-15", "2016-07", "2016", "2017-01-01"])
ROWS = st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(["issue-one", "issue-two"]), DAYS), max_size=6)


@FEW
@example(said=[], looks=[])
@example(said=[("A", "issue-one", "2016")], looks=[("A", "issue-one", "2016")])  # possibly said, possibly looked
@example(said=[("A", "issue-one", "2016-06-30")], looks=[("A", "issue-one", "2017-01-01")])  # said before, looked since
@example(said=[("B", "issue-two", "2016-07-15")] * 3, looks=[("B", "issue-two", "2016-07-15")] * 2)  # said thrice, looked once
@example(
    said=[("C", what, "2016-07") for what in ("issue-one", "issue-two")], looks=[("C", "issue-one", day) for day in ("2016-07", "2016")]
)
@given(said=ROWS, looks=ROWS)
def test_every_pair_is_in_one_count_and_numbers_are_those_of_statements(said: list, looks: list) -> None:
    statements = [statement(f"s-{n}", day, actor_id=who, issue_id=what) for n, (who, what, day) in enumerate(said)]
    silences = tuple(Silence(who, what, day) for who, what, day in dict.fromkeys(looks))
    with corpus_of(statement("z", actor_id="ZZZ"), *statements, silences=silences) as corpus:
        found = who_is_silent(corpus, ALL.within(Window.parse("2016-07-10")), list("ABC"), ["issue-one", "issue-two"])
    assert sum(found.n(state) for state in ("said", "possibly", "silent", "not-looked")) == len(found.cells) == 6
    counted = Counter((who, what) for who, what, _ in said)
    assert all(cell.n_statements == counted[cell.actor_id, cell.issue_id] for cell in found.cells)
    assert sum(len(cell.looks) for cell in found.cells) == len(silences)
