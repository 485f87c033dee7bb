"""The matrix of all pairs: what counts, what does not and why, and that every number can be counted again from its ids."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import numpy as np
import pytest

from tests.analysis.corpora import VARIED, corpus_of
from tests.factory import statement
from tracker.analysis.alignment import Asked, align, aligned_windows, lone_pair, pair_issues, pair_of
from tracker.analysis.alignment_counts import REPEATS, Counting, counted_ids, tally
from tracker.analysis.alignment_measures import COUNTED, per_issue, shares_of
from tracker.analysis.alignment_results import NO_SHARED, NO_VARIATION, TOO_FEW
from tracker.analysis.compare import compare
from tracker.analysis.corpus import Corpus
from tracker.analysis.results import ComparedColumn
from tracker.core.dates import Window
from tracker.core.model import Statement
from tracker.core.selection import Selection

ALL = Selection()


def said(number: int, actor: str, issue: str, stance: str, on: str = "2016-07-28", **changes: object) -> Statement:
    return statement(f"s-{number}", on, actor_id=actor, issue_id=issue, stance_code=stance, **changes)


TEN = (
    said(1, "AAA", "i1", "support"),
    said(2, "AAA", "i1", "support", "2016-07-29"),
    said(3, "AAA", "i2", "oppose"),
    said(4, "AAA", "i3", "mixed"),
    said(5, "BBB", "i1", "support"),
    said(6, "BBB", "i2", "support"),
    said(7, "BBB", "i2", "oppose", "2016-07-30"),
    said(8, "CCC", "i1", "oppose"),
    said(9, "CCC", "i2", "support"),
    said(10, "CCC", "i4", "support"),
)
"""The worked example of docs/measures.md."""

BY_HAND = {
    ("net", "once"): {"AAA BBB": (2, 0.5), "AAA CCC": (2, -1.0), "BBB CCC": (2, -0.5)},
    ("conflict", "once"): {"AAA BBB": (2, 0.25), "AAA CCC": (2, 1.0), "BBB CCC": (2, 0.75)},
    ("congruence", "once"): {"AAA BBB": (2, 0.75), "AAA CCC": (2, 0.0), "BBB CCC": (2, 0.25)},
    ("attention", "once"): {"AAA BBB": (2, 2 / 3), "AAA CCC": (2, 0.5), "BBB CCC": (2, 2 / 3)},
    ("agreement", "once"): {"AAA BBB": (2, 1.0), "AAA CCC": (2, 0.0), "BBB CCC": (2, 0.0)},
    ("s", "once"): {"AAA BBB": (2, 1.0), "AAA CCC": (2, -1.0), "BBB CCC": (2, -1.0)},
    ("pi", "once"): {"AAA BBB": (2, 1.0), "AAA CCC": (2, -1.0), "BBB CCC": (2, -1.0)},
    ("kappa", "once"): {"AAA BBB": (2, 1.0), "AAA CCC": (2, -1.0), "BBB CCC": (2, -1.0)},
}


@pytest.mark.parametrize(("measure", "repeats"), BY_HAND, ids=lambda part: part)
def test_ten_statements_by_hand(measure: str, repeats: str) -> None:
    with corpus_of(*TEN) as corpus:
        found = align(corpus, ALL, Asked(measure=measure, repeats=repeats, minimum=1), n_shuffles=3)
    pairs = {" ".join(sorted((p.one, p.other))): (p.n_issues, p.value) for p in found.pairs}
    wanted = {names: (n, round(value, 6)) for names, (n, value) in BY_HAND[measure, repeats].items()}
    assert pairs == wanted
    assert (found.n_statements, found.n_issues, found.left_out) == (10, 4, ())


@pytest.mark.parametrize(("per", "value"), [("none", 2.0), ("average", 2 / 3), ("jaccard", 2 / 4), ("cosine", 2 / 3)])
def test_sums_divided_by_hand(per: str, value: float) -> None:
    """A and B agree once on i1 and once on i2, and differ once on i2: congruence 2; each has 3 stances on record."""
    with corpus_of(*TEN) as corpus:
        found = align(corpus, ALL, Asked(measure="congruence", per=per, minimum=1), n_shuffles=3)
    pair = pair_of(found, "BBB", "AAA")
    assert pair is not None
    assert (round(pair.value, 6), pair.low, found.n_resamples) == (round(value, 6), None, 0)


UNITS = {"once": 1, "document": 2, "day": 3, "week": 3, "month": 3, "all": 5}
REPEATED = (
    said(1, "AAA", "i1", "support", "2005-01-10", document_url="https://example.org/a"),
    said(2, "AAA", "i1", "support", "2006-01-10", document_url="https://example.org/a"),
    said(3, "AAA", "i1", "support", "2006-02-10", document_url="https://example.org/b"),
    said(4, "AAA", "i1", "support", "2006-02-10", document_url="https://example.org/b"),
    said(5, "AAA", "i1", "support", "2006-02-10", document_url="https://example.org/b"),
)


@pytest.mark.parametrize("repeats", REPEATS)
def test_months_weeks_and_days_of_different_years_never_merge(repeats: str) -> None:
    with corpus_of(*REPEATED) as corpus:
        found = tally(corpus, ALL, Counting(repeats=repeats))
    assert found.counts[0, 0].tolist() == [0, 0, UNITS[repeats], 0]
    assert found.n_statements == 5, "the rule changes what repeats are worth, not how many statements there are"


def test_the_week_of_the_turn_of_the_year_is_one_week_in_every_country() -> None:
    """2005-03-16 and 2006-03-15 are two weeks; Saturday and Sunday after a Friday are in its week."""
    days = ("2005-03-16", "2006-03-15", "2016-12-31", "2017-01-01", "2017-01-02")
    with corpus_of(*(said(n, "AAA", "i1", "support", day) for n, day in enumerate(days))) as corpus:
        assert tally(corpus, ALL, Counting(repeats="week")).counts.sum() == 4


def test_statements_without_a_document_stand_alone() -> None:
    blank = {"document_url": "", "document_title": "", "publisher": ""}
    titled = {"document_url": "", "document_title": "One title"}
    held = [said(n, "AAA", "i1", "support", **(blank if n < 3 else titled)) for n in range(5)]
    with corpus_of(*held) as corpus:
        assert tally(corpus, ALL, Counting(repeats="document")).counts.sum() == 4


@pytest.mark.parametrize("repeats", ["once", "document", "day", "week", "month"])
@pytest.mark.parametrize("measure", ["net", "attention", "kappa"])
def test_repeats_under_their_rule_change_no_value(repeats: str, measure: str) -> None:
    again = tuple(statement(f"again-{held.statement_id}", str(held.stated_on), **_same(held)) for held in VARIED)
    asked = Asked(measure=measure, repeats=repeats, minimum=1)
    with corpus_of(*VARIED) as one, corpus_of(*VARIED, *again) as two:
        assert align(one, ALL, asked, 3).pairs == align(two, ALL, asked, 3).pairs


def _same(held: Statement) -> dict[str, object]:
    names = ("actor_id", "organisation_id", "spokesperson_id", "issue_id", "stance_code", "speaks_for_actor", "document_url")
    return {name: getattr(held, name) for name in names} | dict(held.written) | {name: getattr(held, name) for name in names}


@pytest.mark.parametrize("measure", ["net", "attention", "pi"])
def test_the_order_of_the_file_changes_nothing(measure: str) -> None:
    asked = Asked(measure=measure, minimum=1)
    with corpus_of(*TEN) as corpus:
        wanted = align(corpus, ALL, asked, 5)
    for order in ((9, 8, 7, 6, 5, 4, 3, 2, 1, 0), (5, 0, 7, 2, 9, 4, 1, 6, 3, 8)):
        with corpus_of(*(TEN[place] for place in order)) as corpus:
            assert align(corpus, ALL, asked, 5) == wanted


def test_why_a_pair_has_no_value() -> None:
    held = [said(1, "AAA", "i1", "support"), said(2, "AAA", "i2", "support"), said(3, "BBB", "i1", "support")]
    held += [
        said(4, "BBB", "i2", "support"),
        said(5, "CCC", "i2", "oppose"),
        said(6, "DDD", "i3", "oppose"),
        said(7, "CCC", "i3", "oppose"),
    ]
    with corpus_of(*held) as corpus:
        found = align(corpus, ALL, Asked(measure="kappa", minimum=1), 3)
        few = align(corpus, ALL, Asked(measure="kappa", minimum=2), 3)
    reasons = {" ".join(sorted((p.one, p.other))): (p.value, p.reason, p.low) for p in found.pairs}
    assert reasons["AAA BBB"] == (None, NO_VARIATION, None), "two of two the same is neither 1 nor 0"
    assert reasons["AAA DDD"] == (None, NO_SHARED, None)
    assert [member.code for member in few.members] == ["AAA", "BBB"]
    assert set(few.apart) == {"CCC", "DDD"}
    with corpus_of(*held, said(8, "CCC", "i1", "oppose")) as corpus:
        reasons = {" ".join(sorted((p.one, p.other))): p.reason for p in align(corpus, ALL, Asked(minimum=2), 3).pairs}
    assert reasons == {"AAA BBB": "", "AAA CCC": "", "BBB CCC": ""}
    with corpus_of(*held, said(8, "DDD", "i2", "oppose")) as corpus:
        reasons = {" ".join(sorted((p.one, p.other))): p.reason for p in align(corpus, ALL, Asked(minimum=2), 3).pairs}
    assert reasons["AAA CCC"] == TOO_FEW


def test_what_does_not_count_is_listed_with_its_reason() -> None:
    held = [*TEN, said(11, "AAA", "i1", "oppose", speaks_for_actor=False), said(12, "", "i1", "oppose"), said(13, "AAA", "", "oppose")]
    held += [said(14, "AAA", "i1", ""), said(15, "AAA", "i1", "oppose", "2016-07")]
    with corpus_of(*held) as corpus:
        by_day = tally(corpus, ALL, Counting(repeats="day"))
        attention = tally(corpus, ALL, Counting(is_attention=True))
    assert {item.reason: item.statement_ids for item in by_day.left_out} == {
        "by organisations that do not speak for the state": ("s-11",),
        "without an actor": ("s-12",),
        "without an issue": ("s-13",),
        "whose stance is not coded": ("s-14",),
        "dated less precisely than a day": ("s-15",),
    }
    assert by_day.n_statements + sum(item.n_statements for item in by_day.left_out) == len(held)
    assert attention.n_statements == 12, "attention counts what is not coded, too"


@pytest.mark.parametrize("repeats", REPEATS)
@pytest.mark.parametrize("is_attention", [False, True])
def test_every_count_recounts_from_its_ids(varied: Corpus, repeats: str, is_attention: bool) -> None:
    counting = Counting(repeats=repeats, is_attention=is_attention)
    found = tally(varied, ALL, counting)
    ids = counted_ids(varied, ALL, counting, found.rows)
    assert sum(len(rows) for rows in ids.values()) == found.n_statements
    for (row, column), held in ids.items():
        units: dict[int, set[str]] = defaultdict(set)
        seen: set[str] = set()
        for one in held:
            if not is_attention or one["unit"] not in seen:
                units[one["level"]].add(one["unit"])
            seen.add(one["unit"])
        wanted = [len(units[level]) for level in range(4)]
        assert found.counts[found.rows.index(row), found.columns.index(column)].tolist() == wanted


@pytest.mark.parametrize("measure", [*COUNTED, "agreement", "s"])
def test_the_issues_of_a_pair_make_its_number(varied: Corpus, measure: str) -> None:
    asked = Asked(measure=measure, minimum=1)
    whole = align(varied, ALL, asked, 3)
    for pair in whole.pairs:
        rows = pair_issues(varied, ALL, pair.one, pair.other, asked)
        values = [row.value for row in rows if row.value is not None]
        assert len(values) == pair.n_issues
        if measure == "attention":
            assert pair.value == pytest.approx(len(values) / len(rows), abs=1e-6)
        else:
            assert pair.value == pytest.approx(np.mean(values), abs=1e-5)
        assert all(row.one.statement_ids or row.other.statement_ids for row in rows)


def test_positions_are_those_of_compare(varied: Corpus) -> None:
    july = ALL.within(Window.parse("2016-07", "2016-08"))
    for selection in (ALL, july):
        found = tally(varied, selection, Counting())
        columns = [ComparedColumn("actor", row) for row in found.rows]
        compared = compare(varied, selection, columns, found.columns)
        for row, code in enumerate(found.rows):
            for column, issue in enumerate(found.columns):
                stance = compared.positions[f"actor:{code}", issue].stance
                wanted = {"support": 1, "oppose": -1, "mixed": 0, "neutral": 0}.get(stance)
                held = found.positions[row, column]
                assert np.isnan(held) if wanted is None else held == wanted


def test_windows_are_half_open_and_empty_ones_stay() -> None:
    held = [said(1, "AAA", "i1", "support", "2016-06-30"), said(2, "BBB", "i1", "support", "2016-06-01")]
    held += [
        said(3, "AAA", "i1", "support", "2016-07-01"),
        said(4, "BBB", "i1", "oppose", "2016-09-30"),
        said(5, "AAA", "i1", "oppose", "2016"),
    ]
    with corpus_of(*held) as corpus:
        members = align(corpus, ALL, Asked(minimum=1), 3).members
        quarters = aligned_windows(corpus, ALL, Asked(), "quarter", ("AAA", "BBB"), members)
        months = aligned_windows(corpus, ALL, Asked(), "month", ("AAA", "BBB"), members)
    assert [(w.begins_on, w.ends_on, w.pair.value) for w in quarters] == [
        (date(2016, 4, 1), date(2016, 7, 1), 1.0),
        (date(2016, 7, 1), date(2016, 10, 1), -1.0),
    ]
    assert [w.n_statements for w in quarters] == [2, 2], "a statement of some day in 2016 is in no quarter"
    assert [(w.begins_on.month, w.n_statements) for w in months] == [(6, 2), (7, 1), (8, 0), (9, 1)]
    assert months[2].pair is None
    assert months[1].pair.reason == NO_SHARED, "nothing is carried over from June"


def test_nothing_is_an_answer_too() -> None:
    with corpus_of(*TEN) as corpus:
        found = align(corpus, ALL.including("actor", "ZZZ"), Asked(), 3)
        assert (found.members, found.pairs, found.n_statements, found.polarisation.n_pairs) == ((), (), 0, 0)
        assert aligned_windows(corpus, ALL.including("actor", "ZZZ"), Asked(), "month", None, ()) == ()
        assert pair_issues(corpus, ALL, "ZZZ", "YYY", Asked()) == ()


def test_camps_stand_together() -> None:
    held, number = [], 0
    for place, actor in enumerate(("ONE", "TWO", "SIX", "TEN", "ALL", "ANY")):
        for issue in range(4):
            number += 1
            held.append(said(number, actor, f"i{issue}", "support" if (place % 2) == (issue % 2) else "oppose"))
    with corpus_of(*held) as corpus:
        found = align(corpus, ALL, Asked(), 9)
    camps = [member.camp for member in found.members]
    assert camps in ([0, 0, 0, 1, 1, 1], [1, 1, 1, 0, 0, 0])
    assert {frozenset((p.one, p.other)): p.value for p in found.pairs}[frozenset(("ONE", "SIX"))] == 1
    assert len(found.branches) == 5
    assert max(branch.heights[1] for branch in found.branches) == 1, "the two camps are as far apart as can be"


def test_shares_of_nothing_are_nothing() -> None:
    assert np.isnan(per_issue(shares_of(np.zeros((2, 1, 4))), "net")).all()


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="repeats must be one of"):
        Counting(repeats="fortnight")


def test_any_pair_has_the_interval_it_has_in_the_matrix(varied: Corpus) -> None:
    asked = Asked(measure="s", minimum=1)
    whole = align(varied, ALL, asked, 3)
    assert all(lone_pair(varied, ALL, pair.one, pair.other, asked) == pair for pair in whole.pairs)


def test_more_than_fit_are_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.analysis.alignment_counts.MAX_ROWS", 2)
    monkeypatch.setattr("tracker.analysis.alignment_counts.MAX_COLUMNS", 2)
    with corpus_of(*TEN) as corpus:
        found = tally(corpus, ALL, Counting())
        pair = lone_pair(corpus, ALL, "BBB", "CCC", Asked(minimum=1))
    assert (found.rows, found.columns) == (("AAA", "BBB"), ("i1", "i2"))
    assert [(item.reason, item.n_statements) for item in found.left_out] == [
        ("by others than the 2 who said most", 3),
        ("on others than the 2 issues most was said on", 1),
    ]
    assert found.n_statements + sum(item.n_statements for item in found.left_out) == len(TEN)
    assert pair.value == -0.5, "two who were asked for by name are never among the others"
