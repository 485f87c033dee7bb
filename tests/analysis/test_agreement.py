"""Krippendorff's alpha: the published examples, the pairs counted one by one, and where it is undefined."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.agreement import NO_PAIRS, NO_VARIATION, Alpha, alpha

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", example C: 4 observers, 12 units, missing data.
KRIPPENDORFF_2011 = [
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
]
# Example B of the same paper: 2 observers, 12 articles, 5 categories; example A: 2 observers, 10 articles, 2 categories.
TWO_NOMINAL = ["a a b b d c c c e d d a", "b a b b b c c c e d d d"]
TWO_BINARY = ["0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"]
# The worked example of the encyclopaedia article: 3 coders, 15 units, missing data.
THREE_CODERS = [
    ". . . . . 3 4 1 2 1 1 3 3 . 3",
    "1 . 2 1 3 3 4 3 . . . . . . .",
    ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
]


def units_of(coders: list[str]) -> list[tuple[dict[str, int], int]]:
    """The table of a publication, one text a coder, as patterns of units."""
    return [(dict(Counter(value for value in unit if value != ".")), 1) for unit in zip(*(row.split() for row in coders), strict=True)]


PUBLISHED = {
    "2011-binary": (TWO_BINARY, "", 0.095, 10, 20),
    "2011-nominal": (TWO_NOMINAL, "", 0.692, 12, 24),
    "2011-missing-nominal": (KRIPPENDORFF_2011, "", 0.743, 11, 40),
    "2011-missing-ordinal": (KRIPPENDORFF_2011, "12345", 0.815, 11, 40),
    "three-coders-nominal": (THREE_CODERS, "", 0.691, 12, 26),
}


@pytest.mark.parametrize(("coders", "order", "value", "n_units", "n_codings"), PUBLISHED.values(), ids=PUBLISHED)
def test_published_examples(coders: list[str], order: str, value: float, n_units: int, n_codings: int) -> None:
    found = alpha(units_of(coders), tuple(order))
    assert round(found.value or 0, 3) == value
    assert (found.n_units, found.n_codings) == (n_units, n_codings)
    assert found.low is not None and found.low <= found.value <= found.high <= 1


UNDEFINED = {
    "nothing": ([], NO_PAIRS, 0),
    "coded-once-each": ([({"a": 1}, 7), ({"b": 1}, 3)], NO_PAIRS, 0),
    "one-value": ([({"a": 2}, 9), ({"a": 3}, 2)], NO_VARIATION, 11),
    "other-value-unpaired": ([({"a": 2}, 9), ({"b": 1}, 5)], NO_VARIATION, 9),
    "no-unit-like-it": ([({"a": 1, "b": 1}, 0)], NO_PAIRS, 0),
}


@pytest.mark.parametrize("order", [(), ("a", "b")], ids=["nominal", "ordinal"])
@pytest.mark.parametrize(("patterns", "reason", "n_units"), UNDEFINED.values(), ids=UNDEFINED)
def test_undefined_is_said_as_such(patterns: list, reason: str, n_units: int, order: tuple[str, ...]) -> None:
    found = alpha(patterns, order)
    assert (found.value, found.reason, found.low, found.high, found.n_units) == (None, reason, None, None, n_units)


def test_systematic_disagreement_is_below_chance() -> None:
    assert (alpha([({"a": 1, "b": 1}, 10)]).value or 0) < 0


def test_the_interval_is_the_same_every_time_and_narrows_with_units() -> None:
    few = [({"a": 2}, 4), ({"b": 2}, 4), ({"a": 1, "b": 1}, 2)]
    many = [(pattern, n * 50) for pattern, n in few]
    one, again, wide = alpha(few), alpha(few), alpha(many)
    assert one == again and isinstance(one, Alpha)
    assert wide.high - wide.low < (one.high - one.low) / 3


def test_resamples_without_a_value_are_counted() -> None:
    rare = alpha([({"a": 2}, 3), ({"b": 2}, 1)])
    assert 0 < rare.n_undefined < rare.n_resamples / 2 and rare.low is not None
    pair = alpha([({"a": 2}, 1), ({"b": 2}, 1)])
    assert pair.value == 1 and pair.n_undefined > 0


def by_hand(units: list[list[int]], *, ordinal: bool) -> Fraction | None:
    """Alpha by its definition: every ordered pair of codings within units, and of all codings of such units."""
    paired = [unit for unit in units if len(unit) > 1]
    pooled = [value for unit in paired for value in unit]
    n = Counter(pooled)

    def apart(one: int, other: int) -> Fraction:
        if not ordinal:
            return Fraction(one != other)
        low, high = sorted((one, other))
        return (sum(n[value] for value in range(low, high + 1)) - Fraction(n[low] + n[high], 2)) ** 2

    observed = sum(
        (apart(*pair) / (len(unit) - 1) for unit in paired for pair in permutations(unit, 2)),
        Fraction(0),
    )
    expected = sum((apart(*pair) for pair in permutations(pooled, 2)), Fraction(0))
    return None if not expected else 1 - observed * (len(pooled) - 1) / expected


@given(units=st.lists(st.lists(st.integers(0, 3), max_size=4), max_size=12))
@pytest.mark.parametrize("ordinal", [False, True], ids=["nominal", "ordinal"])
def test_closed_forms_are_the_pairs_counted_one_by_one(units: list[list[int]], ordinal: bool) -> None:
    patterns = [({str(value): n for value, n in Counter(unit).items()}, 1) for unit in units]
    found, expected = alpha(patterns, tuple("0123") if ordinal else (), n_resamples=20), by_hand(units, ordinal=ordinal)
    if expected is None:
        assert found.value is None
    else:
        assert found.value == pytest.approx(float(expected), abs=1e-6)


@given(units=st.lists(st.lists(st.sampled_from("ab"), max_size=3), max_size=8), data=st.data())
def test_neither_the_order_nor_the_names_matter(units: list[list[str]], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(units))
    one = alpha([(Counter(unit), 1) for unit in units], n_resamples=0)
    other = alpha([(Counter("xy"["ab".index(value)] for value in unit), 1) for unit in shuffled], n_resamples=0)
    assert one == other
