"""How passages stand in a text: cases by hand, any passage of any text, and texts made to take long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.documents import PARTS_BREAK, Passage, as_document_text, lie_in, parts_of, passage_at, spans_from_words, spans_in_words
from tracker.core.verifying import Standing, n_in_order, verify

TEXT = 'The minister said: "We shall not go. We stay," and later: "We shall not go, ever."'
WORDS = passage_at(TEXT, [(20, 35)])
SPLIT = passage_at(TEXT, [(20, 35), (62, 80)])


@pytest.mark.parametrize(
    ("text", "passage", "standing", "spans"),
    [
        pytest.param(TEXT, WORDS, "exact", ((20, 35),), id="at-its-place"),
        pytest.param(TEXT, SPLIT, "exact", ((20, 35), (62, 80)), id="both-parts-at-their-places"),
        pytest.param("Update. " + TEXT, WORDS, "moved", ((28, 43),), id="everything-moved-on"),
        pytest.param("Update. " + TEXT, SPLIT, "moved", ((28, 43), (70, 88)), id="both-parts-moved-on"),
        pytest.param("We shall not go? " + TEXT, WORDS, "moved", ((37, 52),), id="of-two-places-the-one-with-the-same-around"),
        pytest.param(
            "bb yes. aa yes.", Passage("", "", ((2, 5),), "yes", "aa ", "."), "moved", ((11, 14),), id="of-two-places-by-what-is-before"
        ),
        pytest.param(TEXT.replace("shall not", "shall\u00a0\n not"), WORDS, "normalised", ((20, 37),), id="other-spaces"),
        pytest.param("He: “It’s – well – so”", Passage("", "", ((0, 18),), "It's - well - so"), "normalised", ((5, 21),), id="other-marks"),
        pytest.param("shall\u200b we", Passage("", "", ((0, 8),), "shall we"), "normalised", ((0, 9),), id="something-unseen"),
        pytest.param("A minister said we shall never go away", WORDS, "drifted", ((16, 33),), id="a-word-changed"),
        pytest.param("Nothing of the kind was ever uttered", WORDS, "gone", (), id="other-words"),
        pytest.param("", WORDS, "gone", (), id="empty-text"),
        pytest.param(TEXT[:40], WORDS, "exact", ((20, 35),), id="cut-after-it"),
        pytest.param(TEXT[:32], WORDS, "drifted", ((20, 32),), id="cut-within-it"),
        pytest.param("one two", Passage("", "", ((4, 7), (0, 3)), "two […] one"), "gone", (), id="parts-the-other-way-round"),
        pytest.param("…", Passage("", "", ((0, 3),), "???"), "gone", (), id="no-words-at-all"),
    ],
)
def test_standing(text: str, passage: Passage, standing: str, spans: tuple) -> None:
    found = verify(text, passage)
    assert (found.standing.value, found.spans) == (standing, spans)
    assert found.is_verified == (standing in ("exact", "moved", "normalised"))


def test_what_is_nearest_and_how_near() -> None:
    found = verify("The minister said we may not go any more.", WORDS)
    assert (found.similarity, found.nearest) == (0.75, "we may not go")


texts = st.text("ab \n“”\"'…é̈Ω", min_size=1, max_size=60)


@st.composite
def passages(draw: st.DrawFn) -> tuple[str, Passage]:
    text = as_document_text(draw(texts))
    ends = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    ends = ends[: len(ends) // 2 * 2]
    return text, passage_at(text, list(zip(ends[::2], ends[1::2], strict=True)))


@given(passages())
def test_a_passage_stands_where_it_was_taken_from(held: tuple[str, Passage]) -> None:
    text, passage = held
    assert verify(text, passage).standing is Standing.EXACT
    assert passage.parts == tuple(text[start:end] for start, end in passage.spans)
    assert parts_of(passage.exact, passage.spans) == passage.parts
    assert spans_from_words(spans_in_words(passage.spans)) == passage.spans


@given(passages(), texts)
def test_what_is_verified_is_there(held: tuple[str, Passage], other: str) -> None:
    text, passage = held
    for changed in (other + text, other):
        found = verify(changed, passage)
        assert not found.spans or lie_in(found.spans, len(changed))
        if found.standing is Standing.MOVED:
            assert tuple(changed[start:end] for start, end in found.spans) == passage.parts
    assert verify(other + text, passage).is_verified


def _slowly(one: str, other: str) -> int:
    rows = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            rows[i + 1][j + 1] = rows[i][j] + 1 if a == b else max(rows[i][j + 1], rows[i + 1][j])
    return rows[-1][-1]


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
def test_words_in_order_agree_with_the_slow_way(one: str, other: str) -> None:
    assert n_in_order(one, other) == _slowly(one, other)


@pytest.mark.parametrize(
    ("unit", "passage"),
    [
        pytest.param("a ", Passage("", "", ((0, 3),), "a b"), id="one-word-again-and-again"),
        pytest.param("a", Passage("", "", ((0, 40),), "a" * 39 + "b"), id="one-letter-again-and-again"),
        pytest.param("x y ", Passage("", "", ((0, 1), (2, 3)), f"x{PARTS_BREAK}z"), id="a-first-part-everywhere"),
        pytest.param("“ ", Passage("", "", ((0, 2),), '"b'), id="marks"),
    ],
)
def test_texts_made_to_take_long_are_read_to_their_end(unit: str, passage: Passage) -> None:
    # No clock: steps that grow with the square of this text would run into the limit of a test that hangs.
    text = unit * (300_000 // len(unit))
    assert verify(text, passage).standing in (Standing.DRIFTED, Standing.GONE, Standing.NORMALISED, Standing.MOVED)
    assert verify(text + passage.parts[0] + unit, Passage("", "", ((0, 1),), passage.parts[0])).standing is not Standing.GONE
