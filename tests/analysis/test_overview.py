"""The first picture."""

from __future__ import annotations

import pytest

from tests.analysis.test_selecting import SELECTIONS
from tracker.analysis.corpus import Corpus
from tracker.analysis.facets import count_selection, count_values
from tracker.analysis.listing import list_statements
from tracker.analysis.overview import overview
from tracker.analysis.timeline import timeline_bins


@pytest.mark.parametrize("name", ["everything", "across-facets", "window", "unknown-code"])
def test_parts_agree_with_the_pages_they_lead_to(varied: Corpus, name: str) -> None:
    chosen = SELECTIONS[name]
    result = overview(varied, chosen, top=2)
    assert result.count == count_selection(varied, chosen)
    assert result.months == timeline_bins(varied, chosen, "month")
    assert result.latest == list_statements(varied, chosen, page_size=5).rows
    assert result.actors == count_values(varied, chosen, "actor")["actor"][:2]
    assert len(result.actors) == min(2, result.count.n_actors)
    assert "not-given" not in {count.code for count in result.issues}
    assert len(result.issues) == min(2, result.count.n_issues)
