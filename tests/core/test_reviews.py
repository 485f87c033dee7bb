"""Reviews: whatever a person does, spans lie in the text, order is kept and no words are lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.candidates import Candidate, Extraction, QuoteKind, Speaker
from tracker.core.dates import PartialDate
from tracker.core.documents import Document, document_id_of, lie_in
from tracker.core.reviews import (
    Decision,
    Draft,
    Review,
    add,
    can_split,
    decide,
    edit,
    merge,
    next_waiting,
    review_of,
    split,
)

TEXT = "One said “yes and no”. Two said “never”, and later “ever”. Three spoke of the weather."


def draft(*spans: tuple[int, int], **written: str) -> Draft:
    return Draft(spans, written)


def some() -> Review:
    return Review(TEXT, Document("d"), (draft((10, 20), role="a"), draft((33, 38), role="b", issue="c"), draft((52, 56))))


def covered(review: Review) -> set[int]:
    places = {at for held in review.drafts for start, end in held.spans for at in range(start, end)}
    return {at for at in places if not review.text[at].isspace()}


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    text = draw(st.text("ab \n“", min_size=6, max_size=40))
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 12)).map(lambda pair: (pair[0], min(len(text), sum(pair))))
    made = (draft(span, role=str(n)) for n, span in enumerate(draw(st.lists(spans, min_size=1, max_size=6))))
    drafts = sorted(made, key=lambda held: held.spans)
    return Review(text, Document(document_id_of(text)), tuple(drafts))


steps = st.lists(
    st.tuples(st.sampled_from(["decide", "edit", "merge", "split", "split-at"]), st.integers(0, 9), st.integers(0, 40)), max_size=8
)


def taken(review: Review, step: tuple[str, int, int]) -> Review:
    what, which, value = step
    number = which % len(review.drafts)
    try:
        match what:
            case "decide":
                return decide(review, number, list(Decision)[value % 3])
            case "edit":
                return edit(review, number, {"issue": str(value)})
            case "merge":
                return merge(review, number)
            case "split":
                return split(review, number)
            case _:
                return split(review, number, value)
    except ValueError:
        return review


@given(reviews(), steps)
def test_whatever_is_done_nothing_is_lost(review: Review, history: list[tuple[str, int, int]]) -> None:
    for step in history:
        after = taken(review, step)
        assert covered(after) == covered(review)
        assert all(lie_in(held.spans, len(after.text)) for held in after.drafts)
        others = [held for held in after.drafts if held in review.drafts]
        assert others == [held for held in review.drafts if held in others], "those left alone stand in their order"
        review = after


@given(reviews(), st.integers(0, 9))
def test_what_was_merged_is_given_back_by_splitting(review: Review, which: int) -> None:
    number = which % len(review.drafts)
    if number < len(review.drafts) - 1:
        merged = merge(review, number)
        assert len(merged.drafts) == len(review.drafts) - 1 and can_split(merged, number)
        assert split(merged, number) == review


def test_merging_keeps_both_and_edits_reach_what_was_merged() -> None:
    merged = merge(some(), 0)
    assert merged.drafts[0].spans == ((10, 20), (33, 38)) and merged.drafts[0].written == {"role": "a", "issue": "c"}
    assert merged.drafts[0].quote(TEXT) == "yes and no […] never"
    apart = split(decide(edit(merged, 0, {"note": "n"}), 0, Decision.ACCEPTED), 0)
    assert [held.written for held in apart.drafts[:2]] == [{"role": "a", "note": "n"}, {"role": "b", "issue": "c", "note": "n"}]
    assert apart.n(Decision.ACCEPTED) == 2


@pytest.mark.parametrize(
    ("one", "other", "spans"),
    [
        pytest.param((0, 12), (3, 5), ((0, 12),), id="one-in-the-other"),
        pytest.param((0, 5), (3, 12), ((0, 12),), id="overlapping"),
        pytest.param((0, 5), (5, 12), ((0, 5), (5, 12)), id="touching"),
        pytest.param((0, 5), (0, 5), ((0, 5),), id="the-same"),
    ],
)
def test_merged_spans_lie_apart_and_cover_both(one: tuple[int, int], other: tuple[int, int], spans: tuple) -> None:
    review = Review(TEXT, Document("d"), (draft(one), draft(other)))
    assert merge(review, 0).drafts[0].spans == spans and split(merge(review, 0), 0) == review


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param(13, ["yes", "and no"], id="at-a-space"),
        pytest.param(14, ["yes", "and no"], id="after-a-space"),
        pytest.param(15, ["yes a", "nd no"], id="within-a-word"),
    ],
)
def test_splitting_at_a_place(at: int, expected: list[str]) -> None:
    after = split(decide(some(), 0, Decision.ACCEPTED), 0, at)
    assert [held.quote(TEXT) for held in after.drafts[:2]] == expected
    assert after.n(Decision.WAITING) == 4, "halves are looked at anew"
    assert all(held.written == {"role": "a"} for held in after.drafts[:2])


@pytest.mark.parametrize("at", [None, 0, 10, 20, 99], ids=["one-part", "before", "at-its-begin", "at-its-end", "after"])
def test_there_are_words_on_both_sides_or_it_is_refused(at: int | None) -> None:
    with pytest.raises(ValueError, match="both sides"):
        split(some(), 0, at)


def test_the_last_has_no_next_one_to_merge_with() -> None:
    with pytest.raises(ValueError, match="no next"):
        merge(some(), 2)


def test_words_a_person_marks_come_in_their_place_and_accepted() -> None:
    after, number = add(some(), [(23, 31)])
    assert number == 1 and after.drafts[1].quote(TEXT) == "Two said" and after.drafts[1].decision is Decision.ACCEPTED
    with pytest.raises(ValueError, match="do not lie"):
        add(some(), [(80, 800)])


PARTLY = "He called the plan “a new start”, and the talks “open, for now”."


def partly(kind: str) -> Review:
    return Review(PARTLY, Document("d"), (Draft(((10, 63),), kind=kind),))


def test_halves_of_what_is_partly_quoted_are_told_apart() -> None:
    halves = split(partly("mixed"), 0, PARTLY.index("“a new")).drafts
    assert [(held.given_as, held.quote(PARTLY)) for held in halves] == [
        ("indirect", "the plan"),
        ("mixed", "“a new start”, and the talks “open, for now”"),
    ]
    last = split(Review(PARTLY, Document("d"), halves[1:]), 0, PARTLY.index("“open")).drafts[1]
    assert (last.given_as, last.quote(PARTLY), last.written["quote_kind"]) == ("direct", "open, for now", "direct")
    assert {held.given_as for held in split(partly("direct"), 0, 20).drafts} == {"direct"}


@pytest.mark.parametrize(
    ("kinds", "merged"),
    [(("direct", "direct"), "direct"), (("direct", "indirect"), "mixed"), (("", ""), ""), (("indirect", "indirect"), "indirect")],
)
def test_what_was_given_in_two_ways_is_mixed_once_merged(kinds: tuple[str, str], merged: str) -> None:
    two = Review("ab", Document("d"), tuple(Draft(((n, n + 1),), kind=kind) for n, kind in enumerate(kinds)))
    assert merge(two, 0).drafts[0].given_as == merged
    said = merge(edit(two, 1, {"quote_kind": "indirect"}), 0).drafts[0].given_as
    assert said == ("indirect" if kinds[0] == "indirect" else "mixed"), "what a person said of the kind counts"


def test_the_next_one_that_waits() -> None:
    review = decide(decide(some(), 1, Decision.ACCEPTED), 2, Decision.REJECTED)
    assert [next_waiting(review, number) for number in range(3)] == [0, 0, 0]
    assert next_waiting(decide(review, 0, Decision.REJECTED), 2) == 2
    assert next_waiting(Review("", Document("d")), 0) == 0


def test_a_review_begins_with_what_was_found() -> None:
    speaker = Speaker("he", (0, 2), "Test Person", "Minister", "", "FRA", "the ministry")
    found = Candidate(((10, 20),), "yes and no", QuoteKind.INDIRECT, speaker, "said", None, PartialDate(2016, 7, 28), "Thursday", "en", 0.9)
    outside = Candidate(((0, 999),), "", QuoteKind.DIRECT, Speaker())
    extraction = Extraction((outside, found), "en", "A title", PartialDate(2016, 7, 29), (("scare quotes", 2),))
    review = review_of(TEXT, extraction, Document("", publisher="Test Press", title="Given"))
    assert review.document == Document(document_id_of(TEXT), "Given", "Test Press", "", "2016-07-29", "en", len(TEXT))
    assert review.left_out == (("scare quotes", 2), ("its place does not lie in the text", 1))
    assert [held.written for held in review.drafts] == [
        {
            "stated_on": "2016-07-28",
            "stated_on_given": "Thursday",
            "country": "FRA",
            "spokesperson": "Test Person",
            "role": "Minister",
            "quote_language": "en",
            "quote_kind": "indirect",
        }
    ]


@pytest.mark.parametrize(
    ("speaker", "spokesperson"),
    [
        pytest.param(Speaker("she", is_pronoun=True), None, id="a-pronoun-of-nobody-known-is-left-open"),
        pytest.param(Speaker("she", name="Ann Lee", is_pronoun=True), "Ann Lee", id="a-pronoun-of-somebody"),
        pytest.param(Speaker("the envoy"), "the envoy", id="words-that-name-an-office"),
    ],
)
def test_a_spokesperson_is_written_where_somebody_is_meant(speaker: Speaker, spokesperson: str | None) -> None:
    found = Extraction((Candidate(((0, 2),), "It", QuoteKind.DIRECT, speaker),))
    assert review_of("It is so.", found).drafts[0].written.get("spokesperson") == spokesperson
