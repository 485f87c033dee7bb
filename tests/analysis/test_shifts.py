"""Shifts: a planted one is found; repeats, contradictions, partial dates and outliers make none; a slow oracle agrees."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.analysis.corpora import corpus_of
from tests.factory import person, statement
from tracker.analysis.corpus import Corpus
from tracker.analysis.shifts import Shifts, find_shifts
from tracker.core.dates import Precision, Window
from tracker.core.folding import fold
from tracker.core.model import Statement
from tracker.core.selection import Selection
from tracker.core.vocabulary import NOT_CODED
from tracker.workspace import open_workspace


def said(*lines: str) -> list[Statement]:
    """Statements from lines of date, stance, and what is not as usual: ``by=`` who, ``in=`` document, ``words=``."""
    found = []
    for number, line in enumerate(lines):
        on, stance, *more = line.split(" ", 2)
        given = dict(part.split("=") for part in more[0].split(" ")) if more else {}
        document = f"https://example.org/{given.get('in', number)}"
        words = given.get("words", f"words number {number}")
        who = person(given.get("by", f"person {number}"))
        found.append(statement(f"s-{number}", on, stance_code=stance, quote=words, document_url=document, **who))
    return found


def changes(found: Shifts) -> list[str]:
    """The changes in one line each, oldest first."""
    return [f"{s.before.stance} > {s.after.stance} {s.said_before.stated_on} {s.said_after.stated_on}" for s in reversed(found.shifts)]


FLIP = ("2016-07-01 support", "2016-07-05 support", "2016-08-01 oppose", "2016-08-09 oppose")
FOUND = ["support > oppose 2016-07-05 2016-08-01"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(FLIP, FOUND, id="planted"),
        pytest.param((*FLIP, "2016-09-01 support"), FOUND, id="one-outlier-later"),
        pytest.param((*FLIP[:3], "2016-08-03 support", *FLIP[3:]), [], id="interrupted"),
        pytest.param((*FLIP, "2016-08-05 neutral"), [], id="interrupted-by-neutral"),
        pytest.param((*FLIP, f"2016-08-05 {NOT_CODED}"), FOUND, id="not-coded-interrupts-nothing"),
        pytest.param(FLIP[:3], [], id="single-outlier"),
        pytest.param((FLIP[0], *FLIP[2:]), [], id="too-few-before"),
        pytest.param(("2016-07-01 support", "2016-07-05 support", "2016-08-01 neutral", "2016-08-02 neutral"),
                     ["support > neutral 2016-07-05 2016-08-01"], id="to-neutral"),
        pytest.param((*FLIP[:2], "2016-08-01 oppose in=x by=a", "2016-08-01 oppose in=x by=b"), [], id="one-document-of-one-day"),
        pytest.param((*FLIP[:2], "2016-08-01 oppose by=a", "2016-08-01 oppose by=a"), [], id="one-spokesperson-on-one-day"),
        pytest.param((*FLIP[:2], "2016-08-01 oppose by=a", "2016-08-01 oppose by=b"), FOUND, id="two-spokespersons-on-one-day"),
        pytest.param((*FLIP[:2], "2016-08-01 oppose words=No", "2016-08-09 oppose words=NO!"), [], id="same-words-later"),
        pytest.param((*FLIP, "2016-08-01 support"), [], id="contradiction-on-the-day"),
        pytest.param((*FLIP, "2016-08-05 support", "2016-08-05 oppose"), FOUND, id="contradiction-in-between"),
        pytest.param((*FLIP[:2], "2016-07 oppose", "2016-07 oppose"), [], id="month-that-may-be-before"),
        pytest.param((*FLIP[:2], "2016-08 oppose", "2016-08 oppose"), ["support > oppose 2016-07-05 2016-08"], id="month-surely-after"),
        pytest.param((*FLIP[:2], "2016 oppose", "2016 oppose"), [], id="year-that-may-be-before"),
        pytest.param((*FLIP[:2], "2017 oppose", "2017 oppose"), ["support > oppose 2016-07-05 2017"], id="year-surely-after"),
        pytest.param(("2015 support", "2015 support", "2016 oppose", "2016 oppose"), ["support > oppose 2015 2016"], id="years"),
        pytest.param((*FLIP, "2016 support"), FOUND, id="year-that-contradicts-nothing-surely"),
        pytest.param((*FLIP[:2], "2016-08 oppose", "2016-08-09 oppose"), ["support > oppose 2016-07-05 2016-08"], id="month-and-day-agree"),
        pytest.param(
            (*FLIP, "2016-10-01 support", "2016-10-02 support"), [*FOUND, "oppose > support 2016-08-09 2016-10-01"], id="and-back"
        ),
    ],
)  # fmt: skip
def test_changes(lines: Sequence[str], expected: list[str]) -> None:
    with corpus_of(*said(*lines)) as corpus:
        assert changes(find_shifts(corpus, Selection())) == expected


def test_one_statement_is_enough_when_the_reader_says_so() -> None:
    with corpus_of(*said("2016-07-01 support", "2016-08-01 mixed", "2016-08-02 oppose")) as corpus:
        found = find_shifts(corpus, Selection(), evidence=1)
    assert [(s.kind, s.days_least, s.days_most) for s in found.shifts] == [("movement", 1, 1), ("movement", 31, 31)]
    assert found.lanes[0].first_said.stated_on == "2016-07-01"


def test_days_between_are_a_range_where_a_date_is_partial() -> None:
    with corpus_of(*said("2016-07-01 support", "2016-07-31 support", "2016-08 oppose", "2016-08 oppose")) as corpus:
        (shift,) = find_shifts(corpus, Selection()).shifts
    assert (shift.days_least, shift.days_most, shift.kind) == (1, 31, "reversal")


def test_a_change_says_how_firm_it_is_and_who_spoke() -> None:
    lines = (*FLIP[:2], "2016-08-01 oppose by=a", "2016-08-09 oppose by=a", "2016-08-10 oppose by=a words=words~number~0",
             "2016-08-20 support", "2016-08 support")  # fmt: skip
    with corpus_of(*said(*lines)) as corpus:
        (shift,) = find_shifts(corpus, Selection()).shifts
    after = shift.after
    assert (shift.before.n_evidence, after.n_evidence, after.n_against, after.n_may_be_against) == (2, 3, 1, 1)
    assert set(after.against_ids) == {"s-5", "s-6"} and after.evidence_ids == ("s-2", "s-3", "s-4")
    assert shift.shared == "organisation", "one ministry, other people"
    assert after.last.stated_on == "2016-08-10"


def test_lanes_are_kept_apart_and_strangers_to_the_state_left_out() -> None:
    rebels = [replace(s, speaks_for_actor=False, organisation_id="rebels", statement_id=f"r-{s.statement_id}") for s in said(*FLIP)]
    elsewhere = [replace(s, issue_id="other", statement_id=f"o-{s.statement_id}") for s in said(*FLIP[:2])]
    uncoded = statement("u", "2016-07-01", stance_code=NOT_CODED)
    with corpus_of(*rebels, *elsewhere, uncoded) as corpus:
        of_states = find_shifts(corpus, Selection(), only_changed=False)
        of_organisations = find_shifts(corpus, Selection(), "organisation")
    assert (of_states.n_lanes, of_states.n_settled, of_states.n_shifts, of_states.n_statements) == (1, 1, 0, 2)
    assert {left.reason: left.n_statements for left in of_states.left_out} == {
        "whose stance nobody coded": 1,
        "by organisations that do not speak for the state": 4,
    }
    assert [(shift.code, shift.issue_id) for shift in of_organisations.shifts] == [("rebels", "issue-one")]


def test_only_what_is_surely_in_the_window_counts() -> None:
    with corpus_of(*said(*FLIP, "2016 oppose")) as corpus:
        found = find_shifts(corpus, Selection(window=Window.parse("2016-07-01", "2016-08-05")), evidence=1)
    assert changes(found) == FOUND
    assert [(left.reason, left.statement_ids) for left in found.left_out] == [("only possibly in this window", ("s-4",))]


@pytest.mark.parametrize("page", [1, 2, 3, 9])
def test_pages(page: int) -> None:
    many = [replace(s, issue_id=f"i-{n}", statement_id=f"{n}-{s.statement_id}") for n in range(5) for s in said(*FLIP)]
    with corpus_of(*many) as corpus:
        found = find_shifts(corpus, Selection(), page=page, size=2)
    assert (found.page, found.n_pages, found.n_shifts) == (min(page, 3), 3, 5)
    assert len(found.lanes) == (1 if page >= 3 else 2)


def test_nothing_said_nothing_found() -> None:
    with corpus_of(statement()) as corpus:
        found = find_shifts(corpus, Selection().including("actor", "zzz"))
    assert (found.lanes, found.n_lanes, found.n_shifts, found.left_out, found.n_pages) == ((), 0, 0, (), 1)


def test_lavrov_moved_against_rudskois_windows() -> None:
    """By the rule for everybody: two statements for unhindered aid, then two that are mixed."""
    workspace = open_workspace()
    found = find_shifts(workspace.corpus, Selection().including("actor", "RUS").including("issue", "humanitarian-access"))
    (shift,) = found.shifts
    assert (shift.said_before.spokesperson, shift.said_after.spokesperson) == ("Sergei Rudskoi", "Sergei Lavrov")
    assert shift.said_after.quote == "Three-hour pauses a day are insufficient"
    assert (shift.kind, shift.before.stance, shift.after.stance, shift.days_least) == ("movement", "support", "mixed", 5)
    assert shift.shared == "", "the Ministry of Defence, then the Ministry of Foreign Affairs: the page has to say so"


# --- a slow oracle ----------------------------------------------------------------------------------------------


def _evidence(able: Sequence[Statement]) -> set[str]:
    """The ids of statements that none before them in precision, date and id says the same as."""
    rank = {"day": 0, "month": 1, "year": 2}
    order = sorted(able, key=lambda s: (rank[s.stated_on.precision.value], s.stated_on.first, s.statement_id))
    kept = set()
    for place, one in enumerate(order):
        same = [other for other in able if other.stance_code == one.stance_code and other is not one]
        same_day = [o for o in same if o.stated_on == one.stated_on and o.statement_id < one.statement_id]
        is_repeat = any(o.document_url == one.document_url or o.spokesperson_id == one.spokesperson_id for o in same_day)
        words = fold(one.written["quote"])
        is_repeat |= any(o.stance_code == one.stance_code and fold(o.written["quote"]) == words for o in order[:place])
        if not is_repeat:
            kept.add(one.statement_id)
    return kept


def oracle(statements: Sequence[Statement], evidence: int) -> list[tuple[str, int, str]]:
    """Stance, evidence and first date of each stretch of one lane."""
    able = [s for s in statements if s.stance_code != NOT_CODED]
    kept = _evidence(able)

    def is_unsure(one: Statement) -> bool:
        finer = [o for o in able if list(Precision).index(o.stated_on.precision) != list(Precision).index(one.stated_on.precision)]
        inside = [o for o in finer if one.stated_on.first <= o.stated_on.first and o.stated_on.last <= one.stated_on.last]
        return any(o.stance_code != one.stance_code for o in inside)

    sure = sorted((s for s in able if not is_unsure(s)), key=lambda s: (s.stated_on.first, s.stated_on.last))
    days = [list(group) for _, group in groupby(sure, key=lambda s: s.stated_on)]
    clear = [day for day in days if len({s.stance_code for s in day}) == 1]
    clear = [[s for s in day if s.statement_id in kept] for day in clear]
    runs = [[s for day in group for s in day] for _, group in groupby((d for d in clear if d), key=lambda day: day[0].stance_code)]
    held = [run for run in runs if len(run) >= evidence]
    starts = [next(group)[0] for _, group in groupby(held, key=lambda run: run[0].stance_code)]
    ends = [*(start.stated_on.first for start in starts[1:]), date.max][: len(starts)]
    found = []
    for start, end in zip(starts, ends, strict=True):
        during = [s for day in clear for s in day if start.stated_on.first <= s.stated_on.first < end]
        n = sum(s.stance_code == start.stance_code for s in during)
        found.append((start.stance_code, n, str(start.stated_on)))
    return found


_DATES = ["2016", "2017", "2016-07", "2016-08", "2016-09"] + [f"2016-{m:02}-{d:02}" for m in (7, 8, 9) for d in (1, 2, 3, 30)]


def _stance(chance: random.Random, on: str) -> str:
    """Any stance, but half of the time the one of the season, so that there are changes to be found."""
    if chance.random() < 0.5:
        return "support" if on < "2016-08-02" else "oppose"
    return chance.choice(("support", "oppose", "mixed", "neutral", NOT_CODED))


def _drawn(chance: random.Random, lane: str, n: int) -> list[Statement]:
    return [
        statement(
            f"{lane}-{number}",
            on,
            issue_id=lane,
            stance_code=_stance(chance, on),
            quote=f"words {chance.randrange(n * 3)}",
            document_url=f"https://example.org/{chance.randrange(n * 2)}",
            **person(f"person {chance.randrange(3)}"),
        )
        for number in range(n)
        for on in [chance.choice(_DATES)]
    ]


def _random_lanes() -> dict[str, list[Statement]]:
    chance = random.Random(20160815)
    return {lane: _drawn(chance, lane, 1 + number % 14) for number in range(300) for lane in [f"lane-{number}"]}


LANES = _random_lanes()


@pytest.fixture(scope="module")
def many_lanes() -> Iterator[Corpus]:
    with corpus_of(*(s for lane in LANES.values() for s in lane)) as corpus:
        yield corpus


def _as_oracle(found: Shifts) -> dict[str, list[tuple[str, int, str]]]:
    return {lane.issue_id: [(s.stance, s.n_evidence, s.first.stated_on) for s in lane.stretches] for lane in found.lanes}


@pytest.mark.parametrize("evidence", [1, 2, 3])
def test_the_oracle_agrees(many_lanes: Corpus, evidence: int) -> None:
    found = find_shifts(many_lanes, Selection(), evidence=evidence, only_changed=False, size=1_000)
    expected = {lane: held for lane, rows in LANES.items() if (held := oracle(rows, evidence))}
    assert _as_oracle(found) == expected
    assert found.n_settled == len(expected)
    assert found.n_shifts == sum(len(held) - 1 for held in expected.values()) > 0
    assert found.n_changed == sum(len(held) > 1 for held in expected.values())


@pytest.mark.parametrize("evidence", [1, 2, 3])
def test_every_number_recounts_from_its_ids(many_lanes: Corpus, evidence: int) -> None:
    found = find_shifts(many_lanes, Selection(), evidence=evidence, only_changed=False, size=1_000)
    by_id = {s.statement_id: s for lane in LANES.values() for s in lane}
    for lane in found.lanes:
        for stretch in lane.stretches:
            assert len(stretch.evidence_ids) == stretch.n_evidence
            assert len(stretch.against_ids) == stretch.n_against + stretch.n_may_be_against
            assert {by_id[one].stance_code for one in stretch.evidence_ids} == {stretch.stance}
            assert stretch.stance not in {by_id[one].stance_code for one in stretch.against_ids}
        assert lane.n_marks == len(LANES[lane.issue_id]) and lane.n_statements == sum(
            s.stance_code != NOT_CODED for s in LANES[lane.issue_id]
        )
        for shift in lane.shifts:
            assert shift.said_before.stated_to < shift.said_after.stated_from, "surely after"
            assert 1 <= shift.days_least <= shift.days_most
    assert found.n_statements == sum(s.stance_code != NOT_CODED for s in by_id.values())


def _numbers(found: Shifts) -> object:
    lanes = [
        (
            lane.issue_id,
            lane.n_statements,
            [(s.stance, s.n_evidence, s.n_against, s.n_may_be_against, s.first.stated_on, s.last.stated_on) for s in lane.stretches],
            [(s.kind, s.days_least, s.days_most, s.shared) for s in lane.shifts],
        )
        for lane in found.lanes
    ]
    return lanes, found.n_shifts, found.n_settled, found.n_changed


@settings(max_examples=5)
@given(st.randoms(use_true_random=False), st.integers(1, 3))
@example(random.Random(7), 2)
def test_order_and_copies_change_nothing(chance: random.Random, evidence: int) -> None:
    lanes = [_drawn(chance, f"lane-{number}", 9) for number in range(12)]
    rows = [row for lane in lanes for row in lane]
    shuffled = chance.sample(rows, len(rows))
    copies = [replace(row, statement_id=f"{row.statement_id}-again") for row in chance.sample(rows, 30)]
    with corpus_of(*rows) as corpus, corpus_of(*shuffled) as other, corpus_of(*rows, *copies) as doubled:
        mine, theirs, twice = (find_shifts(c, Selection(), evidence=evidence, only_changed=False) for c in (corpus, other, doubled))
    assert _numbers(mine) == _numbers(theirs)
    by_lane = defaultdict(list)
    for lane in twice.lanes:
        by_lane[lane.issue_id] = [(s.stance, s.n_evidence, s.first.stated_on) for s in lane.stretches]
    assert by_lane == _as_oracle(mine)
