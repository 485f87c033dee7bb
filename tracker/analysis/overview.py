"""The first picture of a selection."""

from __future__ import annotations

from tracker.analysis.corpus import Corpus
from tracker.analysis.facets import count_selection, count_values
from tracker.analysis.listing import list_statements
from tracker.analysis.results import FacetCount, Overview
from tracker.analysis.timeline import timeline_bins
from tracker.core.selection import Selection
from tracker.core.vocabulary import NOT_GIVEN

N_LATEST = 5


def overview(corpus: Corpus, selection: Selection, top: int = 10) -> Overview:
    """Size, months by stance, the ``top`` actors and issues with most selected statements, and the latest statements.

    Statements without an issue count everywhere but among the issues.
    """
    values = count_values(corpus, selection, "actor", "issue")
    return Overview(
        count=count_selection(corpus, selection),
        months=timeline_bins(corpus, selection, "month"),
        actors=_given(values["actor"])[:top],
        issues=_given(values["issue"])[:top],
        latest=list_statements(corpus, selection, page_size=N_LATEST).rows,
    )


def _given(counts: tuple[FacetCount, ...]) -> tuple[FacetCount, ...]:
    return tuple(count for count in counts if count.code != NOT_GIVEN)
