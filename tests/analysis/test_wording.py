"""Wording through time: a planted word enters, languages stay apart, counts recount, the formula is the published one."""

from __future__ import annotations

import math
import random
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.corpora import VARIED, corpus_of
from tests.factory import statement
from tracker.analysis.corpus import Corpus
from tracker.analysis.wording import PRIOR_SIZE, Wording, log_odds, wording_through_time
from tracker.core.dates import Window
from tracker.core.folding import fold
from tracker.core.selection import Selection

SPLIT = date(2016, 8, 1)


def _said(n: int, on: str, quote: str, **changes: str) -> list:
    return [statement(f"{on}-{quote[:9]}-{number}", on, quote=quote, **changes) for number in range(n)]


def _words(found: Wording) -> tuple[list[str], list[str]]:
    return [term.word for term in found.entered], [term.word for term in found.left]


def test_a_planted_word_enters_and_another_leaves() -> None:
    with corpus_of(*_said(6, "2016-07-01", "The pause is long"), *_said(6, "2016-09-01", "The corridor is long")) as corpus:
        found = wording_through_time(corpus, Selection(), SPLIT)
    assert _words(found) == (["corridor"], ["pause"]), "words that are everywhere neither come nor go"
    (came,) = found.entered
    assert (came.n_before, came.n_after, len(came.statement_ids)) == (0, 6, 6)
    assert (found.n_before, found.n_after, found.n_terms) == (6, 6, 5)


def test_a_word_counts_once_a_statement_and_one_statement_is_not_enough() -> None:
    with corpus_of(*_said(3, "2016-07-01", "stop stop stop"), *_said(1, "2016-09-01", "go go"), *_said(1, "2016-09-02", "on")) as corpus:
        found = wording_through_time(corpus, Selection(), SPLIT)
    assert [(term.word, term.n_before) for term in found.left] == [("stop", 3)]
    assert found.entered == ()


def test_languages_are_kept_apart() -> None:
    rows = [
        *_said(3, "2016-07-01", "стоп", language_code="ru", quote_en="halt"),
        *_said(3, "2016-09-01", "вперёд", language_code="ru", quote_en="onward"),
        *_said(2, "2016-09-01", "onward", language_code="en"),
        *_said(2, "2016-09-02", "قف", language_code="ar"),
    ]
    with corpus_of(*rows) as corpus:
        english = wording_through_time(corpus, Selection(), SPLIT)
        original = wording_through_time(corpus, Selection(), SPLIT, original=True)
    assert _words(english) == (["onward"], ["halt"])
    assert english.entered[0].n_after == 5
    assert {left.reason: left.n_statements for left in english.left_out} == {"without words in this language": 2}
    assert (original.language, _words(original)) == ("ru", (["вперед"], ["стоп"]))
    assert {left.reason: left.n_statements for left in original.left_out} == {"without words in this language": 4}


def test_characters_are_words_in_chinese() -> None:
    rows = _said(3, "2016-07-01", "停火", language_code="zh") + _said(3, "2016-09-01", "停走", language_code="zh")
    with corpus_of(*rows) as corpus:
        assert _words(wording_through_time(corpus, Selection(), SPLIT, original=True)) == (["走"], ["火"])


def test_dates_on_either_side_and_strangers_to_the_state_are_left_out_and_counted() -> None:
    rows = [*_said(2, "2016-07", "stop"), *_said(2, "2016-09", "go"), *_said(1, "2016", "stop go")]
    rows += [statement("rebel", "2016-07-01", quote="stop", speaks_for_actor=False)]
    with corpus_of(*rows) as corpus:
        found = wording_through_time(corpus, Selection(), SPLIT)
        all_of_them = wording_through_time(corpus, Selection(), SPLIT, of_actors=False)
    assert {left.reason: left.n_statements for left in found.left_out} == {
        "whose date may lie on either side": 1,
        "by organisations that do not speak for the state": 1,
    }
    assert (found.n_before, found.n_after, all_of_them.n_before) == (2, 2, 3)


@pytest.mark.parametrize(
    "selection",
    [
        pytest.param(Selection().including("actor", "zzz"), id="nothing"),
        pytest.param(Selection(window=Window.parse("2016-07-28", "2016-07-28")), id="one-day"),
    ],
)
def test_nothing_to_compare(varied: Corpus, selection: Selection) -> None:
    found = wording_through_time(varied, selection)
    assert (found.entered, found.left, found.n_terms) == ((), (), 0)


def test_the_median_day_makes_halves() -> None:
    with corpus_of(*(statement(str(n), f"2016-07-{n:02}", quote="stop") for n in range(1, 11))) as corpus:
        found = wording_through_time(corpus, Selection())
    assert (found.split_on, found.n_before, found.n_after) == (date(2016, 7, 6), 5, 5)


@pytest.mark.parametrize("split", [date(2016, 7, 28), date(2016, 8, 1), date(2017, 1, 1)])
def test_counts_are_those_of_a_slow_count(varied: Corpus, split: date) -> None:
    found = wording_through_time(varied, Selection(), split, original=True, of_actors=False)
    before, after = Counter(), Counter()
    for held in VARIED:
        words = set(fold(held.written["quote"]).split()) if held.language_code == found.language else set()
        if held.stated_on.last < split:
            before.update(words)
        elif held.stated_on.first >= split:
            after.update(words)
    assert found.entered + found.left or not (before and after)
    for term in (*found.entered, *found.left):
        assert (term.n_before, term.n_after) == (before[term.word], after[term.word])
        assert len(term.statement_ids) == len(set(term.statement_ids)) == term.n_before + term.n_after
        expected = log_odds(before[term.word], after[term.word], before.total(), after.total())
        assert (term.log_odds, term.z) == pytest.approx(expected)
    assert found.n_terms == sum(before[word] + after[word] >= 2 for word in before | after) * bool(before and after)


def test_the_order_of_rows_and_statements_outside_change_nothing() -> None:
    rows = [*_said(4, "2016-07-01", "pause long"), *_said(4, "2016-09-01", "corridor long")]
    shuffled = [*random.Random(1).sample(rows, len(rows)), statement("x", actor_id="BBB", quote="pause corridor")]
    mine = Selection().including("actor", "AAA")
    with corpus_of(*rows) as corpus, corpus_of(*shuffled) as other:
        assert wording_through_time(corpus, mine, SPLIT) == wording_through_time(other, mine, SPLIT)


def test_the_example_by_hand() -> None:
    """docs/measures.md: ten statements, five a side; "pause" in four then in one, of 20 words each."""
    prior = PRIOR_SIZE * 5 / 40
    assert prior == 12.5
    delta, z = log_odds(4, 1, 20, 20)
    assert delta == pytest.approx(math.log((13.5 / 106.5) / (16.5 / 103.5))) == pytest.approx(-0.2292, abs=1e-4)
    assert z == pytest.approx(-0.2292 / math.sqrt(1 / 16.5 + 1 / 13.5), abs=1e-3) == pytest.approx(-0.625, abs=1e-3)


def test_a_word_that_is_all_there_is_neither_came_nor_went() -> None:
    assert log_odds(3, 5, 3, 5) == (0.0, 0.0)


counts = st.integers(0, 50)


@given(counts, counts, st.integers(51, 500), st.integers(51, 500))
def test_log_odds_are_antisymmetric_and_finite(before: int, after: int, total_before: int, total_after: int) -> None:
    if before + after == 0:
        return
    there, back = log_odds(before, after, total_before, total_after), log_odds(after, before, total_after, total_before)
    assert all(math.isfinite(number) for number in there)
    assert there == pytest.approx([-number for number in back], abs=1e-9)
    same = log_odds(before + 1, before + 1, total_before, total_before)
    assert same == pytest.approx((0.0, 0.0), abs=1e-9)
