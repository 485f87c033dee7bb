"""The questions of a timeline too large to draw one by one: few, and the same answers whichever was asked before."""

from __future__ import annotations

import pytest

from tests.analysis.corpora import VARIED, corpus_of
from tests.analysis.test_selecting import SELECTIONS
from tracker.analysis.corpus import Corpus
from tracker.analysis.facets import count_facets
from tracker.analysis.timeline import timeline_bins, timeline_marks
from tracker.core.selection import Selection

LANES = ("actor", "issue", "target", "stance")


@pytest.mark.parametrize("max_lanes", [2, 40], ids=["two-lanes", "all-lanes"])
@pytest.mark.parametrize("step", ["week", "month"])
@pytest.mark.parametrize("name", ["everything", "excluded", "window", "search"])
def test_bins_are_the_same_whichever_lanes_were_counted_before(varied: Corpus, name: str, step: str, max_lanes: int) -> None:
    expected = {}
    for lane in (None, *LANES):
        varied.kept.clear()
        expected[lane] = timeline_bins(varied, SELECTIONS[name], step, lane, max_lanes)
    varied.kept.clear()
    for lane in (*LANES, None, *LANES, None):
        assert timeline_bins(varied, SELECTIONS[name], step, lane, max_lanes) == expected[lane], lane


@pytest.mark.parametrize(
    ("max_lanes", "max_cells", "n_asked"),
    [
        pytest.param(40, 0, [1, 0], id="all-lanes-and-what-is-dated-too-loosely"),
        pytest.param(2, 0, [1, 1], id="lanes-left-out"),
        pytest.param(40, 1, [1, 1], id="lanes-by-longer-steps"),
    ],
)
def test_lanes_are_one_pass_and_periods_another_only_where_sums_cannot_give_them(
    monkeypatch: pytest.MonkeyPatch, max_lanes: int, max_cells: int, n_asked: list[int]
) -> None:
    with corpus_of(*VARIED) as corpus:
        asked: list[object] = []
        frame = type(corpus).frame_chosen
        monkeypatch.setattr(Corpus, "frame_chosen", lambda *given, **named: (asked.append(given[1]), frame(*given, **named))[1])
        count_facets(corpus, Selection())
        n_counted = []
        assert timeline_marks(corpus, Selection(), "actor", 0, max_lanes).is_density
        for lane in ("actor", None):
            timeline_bins(corpus, Selection(), "month", lane, max_lanes, max_cells=max_cells)
            n_counted.append(len(asked))
            asked.clear()
    assert n_counted == n_asked
