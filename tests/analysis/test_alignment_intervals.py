"""Intervals: wide where little is known, the same whatever else is in the data, and right about as often as they say."""

from __future__ import annotations

import numpy as np
import pytest

from tracker.analysis.alignment_intervals import exact, intervals, issue_weights, shares_for
from tracker.analysis.alignment_measures import Prepared, shared

ISSUES = [f"issue-{number}" for number in range(40)]


def interval(positions: np.ndarray, measure: str, issues: list[str] | None = None, n_resamples: int = 199) -> tuple[float, float]:
    """The interval of the first two rows."""
    n = shared((~np.isnan(positions)).astype(float))
    prepared = Prepared.of_positions(positions, measure)
    low, high = intervals(prepared, issues or ISSUES[: positions.shape[1]], n, shares_for(measure, positions), n_resamples)
    return float(low[0, 1]), float(high[0, 1])


@pytest.mark.parametrize("measure", ["agreement", "s", "pi", "kappa"])
def test_three_of_three_are_not_certain(measure: str) -> None:
    low, high = interval(np.array([[1.0, -1, 0]] * 2), measure)
    assert high == 1
    assert low < 0.5, "every resample says 1; three issues do not"


@pytest.mark.parametrize("measure", ["agreement", "s", "pi", "kappa"])
def test_more_issues_make_it_surer(measure: str) -> None:
    five, widths = np.array([[1.0, -1, 1, -1, 1], [1, -1, 1, -1, -1]]), []
    for n_times in (1, 2, 8):
        held = np.tile(five, n_times)
        low, high = interval(held, measure)
        assert low <= Prepared.of_positions(held, measure).values()[0, 1] <= high
        widths.append(high - low)
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("measure", ["s", "kappa"])
def test_other_issues_other_members_and_any_order_change_nothing(measure: str) -> None:
    both = np.random.default_rng(2).choice([-1.0, 0.0, 1.0], (2, 8))
    alone = interval(both, measure)
    beside = np.full((3, 10), np.nan)
    beside[:2, 2:] = both[:, ::-1]
    beside[2] = 1
    assert interval(beside, measure, ["other-1", "other-2", *reversed(ISSUES[:8])]) == pytest.approx(alone, abs=1e-6)


def test_an_issue_is_drawn_by_its_own_name() -> None:
    drawn = issue_weights(["a", "b", "c"], 500)
    assert (drawn == issue_weights(["c", "b", "a"], 500)[:, ::-1]).all(), "whatever the order"
    assert len({tuple(column) for column in drawn.T}) == 3, "not all alike"
    assert np.allclose(drawn.mean(0), 1, atol=0.15), "once on average"
    assert not (drawn == issue_weights(["a", "b", "c"], 500, seed=2)).all()


@pytest.mark.parametrize("measure", ["agreement", "s", "pi", "kappa", "net", "congruence", "conflict"])
def test_an_issue_that_counts_twice_is_the_issue_said_twice(measure: str) -> None:
    positions = np.random.default_rng(3).choice([-1.0, 0.0, 1.0, np.nan], (3, 6))
    weights = np.array([[1, 1, 1, 1, 1, 1], [2, 0, 3, 1, 0, 1], [0, 0, 0, 0, 0, 0]], float)
    one, other = np.triu_indices(3, 1)

    def prepared(places: np.ndarray) -> Prepared:
        if measure in ("agreement", "s", "pi", "kappa"):
            return Prepared.of_positions(positions[:, places], measure)
        shares = np.stack([(positions == place).astype(float) for place in (-1, 0, 1)], axis=2)
        return Prepared.of_shares(shares[:, places], measure)

    found = prepared(np.arange(6)).redrawn(one, other, weights)
    for row, counts in enumerate(weights):
        wanted = prepared(np.repeat(np.arange(6), counts.astype(int))).values()[one, other]
        assert np.allclose(found[row], wanted, equal_nan=True)


def test_undefined_has_no_interval() -> None:
    assert np.isnan(interval(np.array([[1.0, 1, 1]] * 2), "kappa")).all()
    assert np.isnan(interval(np.array([[1.0, np.nan], [np.nan, 1.0]]), "s")).all()


def test_the_exact_interval_of_the_books() -> None:
    assert np.round(exact(np.array(0.5), np.array(10.0)), 4).tolist() == [0.1871, 0.8129]
    assert np.round(exact(np.array(0.0), np.array(10.0)), 4).tolist() == [0.0, 0.3085]


@pytest.mark.parametrize(("n", "share"), [(4, 0.9), (4, 0.5), (8, 0.8), (20, 0.7)])
def test_intervals_of_few_issues_hold_the_truth_as_often_as_they_say(n: int, share: float) -> None:
    rng, n_trials = np.random.default_rng(n), 300
    positions = np.vstack([np.ones(n), np.where(rng.random((n_trials, n)) < share, 1.0, -1.0)])
    n_shared = np.full((n_trials + 1,) * 2, float(n))
    prepared = Prepared.of_positions(positions, "agreement")
    low, high = intervals(prepared, ISSUES[:n], n_shared, shares_for("agreement"), 99)
    held = int(((low[0, 1:] <= share) & (share <= high[0, 1:])).sum())
    assert held / n_trials >= 0.92, f"{held} of {n_trials} at a level of 95 %"
