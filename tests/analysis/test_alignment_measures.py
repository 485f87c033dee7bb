"""Measures of alignment: the published table, closed forms against slow sums, and what must not change them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.alignment_measures import NORMS, corrected, one_mode, per_issue, shares_of, two_mode

NAN = float("nan")
ALL_BUT_ONE = ([1.0] * 19 + [-1.0], [1.0] * 18 + [-1.0, 1.0])


def pair(x: list[float], y: list[float], measure: str) -> float:
    return float(corrected(np.array([x, y]), measure)[0, 1])


TABLE = {
    "mixed": (([-1, -1, 0, 1, 1, 0], [-1, 0, 0, 1, -1, 0]), 2 / 3, 0.5, 0.2857, 0.2771),
    "all-but-one-yes": (ALL_BUT_ONE, 0.9, 0.8, -0.0526, -0.0526),
    "identical-constant": (([1, 1, 1], [1, 1, 1]), 1.0, 1.0, None, None),
    "opposite": (([-1, 1, -1, 1], [1, -1, 1, -1]), 0.0, -1.0, -1.0, -1.0),
    "identical-varied": (([-1, 0, 1, -1], [-1, 0, 1, -1]), 1.0, 1.0, 1.0, 1.0),
    "nothing-shared": (([1, NAN], [NAN, 1]), None, None, None, None),
    "one-shared": (([1, NAN, 0], [1, 1, NAN]), 1.0, 1.0, None, None),
    "constant-but-different": (([1, 1], [-1, -1]), 0.0, -1.0, 0.0, -1.0),
}


@pytest.mark.parametrize(("vectors", "agreement", "s", "kappa", "pi"), TABLE.values(), ids=TABLE)
def test_the_published_table(vectors: tuple, agreement: float | None, s: float | None, kappa: float | None, pi: float | None) -> None:
    for measure, wanted in (("agreement", agreement), ("s", s), ("kappa", kappa), ("pi", pi)):
        found = pair(*vectors, measure)
        assert np.isnan(found) if wanted is None else found == pytest.approx(wanted, abs=5e-5), measure


def slow(x: list[float], y: list[float], measure: str) -> float | None:
    """The general form 1 − D_o / D_e, chance by every pair of draws; ``None`` where it is 0 / 0 or nothing is shared."""
    both = [(a, b) for a, b in zip(x, y, strict=True) if a == a and b == b]
    n = len(both)
    if not n:
        return None
    if measure == "agreement":
        return sum(a == b for a, b in both) / n
    if measure == "s":
        return 1 - sum(abs(a - b) for a, b in both) / (n * 2 / 2)
    ours, theirs = [a for a, _ in both], [b for _, b in both]
    if measure == "kappa":
        by_chance = sum((a - b) ** 2 for a in ours for b in theirs) / n
    else:
        by_chance = sum((a - b) ** 2 for a in ours + theirs for b in ours + theirs) / (4 * n)
    return 1 - sum((a - b) ** 2 for a, b in both) / by_chance if by_chance else None


POSITIONS = st.lists(st.tuples(*[st.sampled_from([-1.0, 0.0, 1.0, NAN])] * 2), min_size=1, max_size=30)


@pytest.mark.parametrize("measure", ["agreement", "s", "pi", "kappa"])
@given(POSITIONS)
def test_closed_forms_are_the_slow_sums(measure: str, both: list[tuple[float, float]]) -> None:
    x, y = [a for a, _ in both], [b for _, b in both]
    wanted, found = slow(x, y, measure), pair(x, y, measure)
    assert np.isnan(found) if wanted is None else found == pytest.approx(wanted, abs=1e-9)


@given(POSITIONS)
def test_no_order_of_issues_or_members_changes_a_value(both: list[tuple[float, float]]) -> None:
    positions = np.array(both).T
    for measure in ("agreement", "s", "pi", "kappa"):
        found = corrected(positions, measure)
        assert np.allclose(found, found.T, equal_nan=True)
        assert np.allclose(found, corrected(positions[:, ::-1], measure), equal_nan=True)


COUNTS = st.lists(st.lists(st.tuples(*[st.integers(0, 3)] * 4), min_size=3, max_size=3), min_size=2, max_size=4)


@given(COUNTS)
def test_net_and_its_kin_are_means_over_shared_issues(cells: list[list[tuple[int, ...]]]) -> None:
    counts = np.array(cells, float)
    shares = shares_of(counts)
    found = {measure: per_issue(shares, measure) for measure in ("net", "congruence", "conflict")}
    assert np.allclose(found["net"], found["congruence"] - found["conflict"], equal_nan=True)
    apart = []
    for issue in range(3):
        one, other = counts[0, issue, :3], counts[1, issue, :3]
        if one.sum() and other.sum():
            weights = np.outer(one / one.sum(), other / other.sum())
            apart.append(sum(weights[k, m] * abs(k - m) / 2 for k in range(3) for m in range(3)))
    assert np.isnan(found["conflict"][0, 1]) if not apart else found["conflict"][0, 1] == pytest.approx(np.mean(apart))
    doubled = per_issue(shares_of(counts * 2), "net")
    assert np.allclose(found["net"], doubled, equal_nan=True), "saying all of it twice changes nothing"


@given(COUNTS)
def test_sums_are_the_slow_sums(cells: list[list[tuple[int, ...]]]) -> None:
    counts = np.array(cells, float)
    one, other = counts[0], counts[1]
    congruence = sum(one[j, k] * other[j, m] * (1 - abs(k - m) / 2) for j in range(3) for k in range(3) for m in range(3))
    conflict = sum(one[j, k] * other[j, m] * abs(k - m) / 2 for j in range(3) for k in range(3) for m in range(3))
    attention = sum(one[j].sum() * other[j].sum() for j in range(3))
    for measure, wanted in (("congruence", congruence), ("conflict", conflict), ("net", congruence - conflict), ("attention", attention)):
        assert one_mode(counts, measure)[0, 1] == pytest.approx(wanted)
        for norm in NORMS:
            found = one_mode(counts, measure, norm)
            assert np.allclose(found, found.T)
            assert not found.diagonal().any()


def test_a_true_cosine_is_one_for_those_who_said_the_same() -> None:
    counts = np.zeros((2, 2, 4))
    counts[:, 0, 2] = 3
    counts[:, 1, 0] = 1
    assert one_mode(counts, "congruence", "cosine")[0, 1] == pytest.approx(1)
    assert one_mode(counts, "congruence", "product")[0, 1] == pytest.approx(10 / 16), "a product of sums is no cosine"


def test_two_mode_by_hand() -> None:
    counts = np.zeros((2, 2, 4))
    counts[0, 0] = [1, 0, 2, 0]
    counts[1, 0] = [1, 0, 0, 0]
    counts[1, 1] = [0, 0, 1, 0]
    assert two_mode(counts, "net").tolist() == [[1, 0], [-1, 1]]
    assert two_mode(counts, "combine").tolist() == [[3, 0], [2, 1]]
    assert two_mode(counts, "attention", "activity").tolist() == [[1, 0], [0.5, 0.5]]
    assert two_mode(counts, "attention", "prominence").tolist() == [[0.75, 0], [0.25, 1]]
    assert two_mode(counts, "combine", "prominence").tolist() == [[1.5, 0], [1, 1]]
