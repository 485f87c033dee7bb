"""A text in pieces: nothing of it is lost or doubled, whatever lies over each other, and parts are of bounded size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_reviews import reviews
from tracker.core.reviews import Review, merge
from tracker.ui.highlights import part_at, pieces, text_parts


@given(reviews(), st.integers(0, 5), st.integers(1, 9), st.booleans())
def test_the_pieces_are_the_text_and_belong_to_who_covers_them(review: Review, which: int, size: int, is_merged: bool) -> None:
    review = merge(review, 0) if is_merged and len(review.drafts) > 1 else review
    chosen = which % len(review.drafts)
    begun: list[int] = []
    at = 0
    for part in text_parts(review.text, size):
        for piece in pieces(review.text, review.drafts, part, chosen):
            assert piece.text and review.text.startswith(piece.text, at)
            covering = [n for n, held in enumerate(review.drafts) if any(start <= at < end for start, end in held.spans)]
            assert piece.number == (chosen if chosen in covering else min(covering, default=-1))
            begun += piece.begins
            at += len(piece.text)
    assert at == len(review.text)
    assert sorted(begun) == list(range(len(review.drafts))), "each begins once, in one part"


@given(st.text("ab \n", max_size=60), st.integers(4, 20))
def test_parts_follow_each_other_and_are_not_too_long(text: str, size: int) -> None:
    parts = text_parts(text, size)
    assert [start for start, _ in parts] == [0, *(end for _, end in parts[:-1])] and parts[-1][1] == len(text)
    assert all(0 < end - start <= size for start, end in parts) or not text
    assert all(parts[part_at(parts, place)][0] <= place < parts[part_at(parts, place)][1] for place in range(len(text)))


@pytest.mark.parametrize(("place", "part"), [(0, 0), (7, 0), (8, 1), (12, 1), (99, 1)])
def test_the_part_of_a_place(place: int, part: int) -> None:
    assert part_at([(0, 8), (8, 13)], place) == part
