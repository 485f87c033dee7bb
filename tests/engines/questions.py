"""Every analysis function, as one question each of a corpus of synthetic statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from tests.bench.filters import COMMON_WORD, FILTERS
from tests.bench.questions import ISSUES, SIX
from tracker.analysis.alignment import Asked, align, aligned_windows, lone_pair, pair_issues, pair_values
from tracker.analysis.alignment_counts import Counting, counted_ids, volume
from tracker.analysis.coding import coder_agreement, n_contested
from tracker.analysis.compare import compare, exchange
from tracker.analysis.corpus import Corpus
from tracker.analysis.coverage import cover
from tracker.analysis.facets import count_facets, count_selection, count_values, n_selected
from tracker.analysis.joint import actors_beside, n_joint, signatories_of
from tracker.analysis.listing import export_rows, id_as_held, list_statements, rows_by_number, statement_record, statements_by_id
from tracker.analysis.lives import life_of
from tracker.analysis.neighbours import neighbours, previous_wording
from tracker.analysis.offices import offices_of, tenures_of
from tracker.analysis.overview import overview
from tracker.analysis.repeats import repeats
from tracker.analysis.results import ComparedColumn
from tracker.analysis.shifts import find_shifts
from tracker.analysis.silence import looked_for, who_is_silent
from tracker.analysis.timeline import extent_of, timeline_bins, timeline_marks
from tracker.analysis.wording import wording_through_time
from tracker.core.selection import Selection
from tracker.core.vocabulary import NOT_GIVEN

Ask = Callable[[Corpus, Selection], Any]
_COLUMNS = [ComparedColumn("actor", actor) for actor in SIX]

QUESTIONS: dict[str, Ask] = {
    "count": count_selection,
    "all facets": count_facets,
    "overview": overview,
    "timeline, to fit": timeline_bins,
    "timeline, week × actor": lambda corpus, held: timeline_bins(corpus, held, "week", "actor"),
    "timeline, quarter × issue": lambda corpus, held: timeline_bins(corpus, held, "quarter", "issue"),
    "timeline, marks": timeline_marks,
    "first page": lambda corpus, held: list_statements(corpus, held, page_size=50),
    "deep page": lambda corpus, held: list_statements(corpus, held, "oldest", 7, 20),
    "page by spokesperson": lambda corpus, held: list_statements(corpus, held, "spokesperson", 2, 50),
    "search": lambda corpus, held: list_statements(corpus, held.searching(COMMON_WORD), page_size=50),
    "search, everything a search can say": lambda corpus, held: list_statements(corpus, held.searching(COMPOUND), "best", 1, 50),
    "compare": lambda corpus, held: compare(corpus, held, _COLUMNS, ISSUES[:20]),
    "exchange": lambda corpus, held: exchange(corpus, held, _COLUMNS, ISSUES[0]),
    "coverage": cover,
    "shifts": find_shifts,
    "shifts of spokespersons, every lane": lambda corpus, held: find_shifts(corpus, held, "spokesperson", 1, only_changed=False),
    "alignment, net": align,
    "alignment, kappa by week": lambda corpus, held: align(corpus, held, Asked(measure="kappa", repeats="week", minimum=1)),
    "alignment, a pair": lambda corpus, held: pair_issues(corpus, held, *SIX[:2]),
    "alignment by quarter": lambda corpus, held: aligned_windows(corpus, held, Asked(), "quarter", SIX[:2], ()),
    "alignment, congruence by day": lambda corpus, held: align(corpus, held, Asked(measure="congruence", repeats="day", minimum=1)),
    "alignment, attention by document": lambda corpus, held: align(corpus, held, Asked(measure="attention", repeats="document")),
    "words before and after": wording_through_time,
    "words in the original": lambda corpus, held: wording_through_time(corpus, held, date(2016, 7, 1), original=True, of_actors=False),
    "silence": lambda corpus, held: who_is_silent(corpus, held, SIX, ISSUES[:10]),
    "codings": coder_agreement,
    "joint statements": n_joint,
    "life": lambda corpus, held: life_of(corpus, _first_id(corpus, held)),
    "wording before": lambda corpus, held: previous_wording(corpus, _first_id(corpus, held)),
    "neighbours": lambda corpus, held: neighbours(corpus, _first_id(corpus, held)),
    "one statement": lambda corpus, held: statement_record(corpus, _first_id(corpus, held)),
    "by id": lambda corpus, held: statements_by_id(corpus, [_first_id(corpus, held), "no-such-id"], held.window),
    "counts of one facet, for each signatory": lambda corpus, held: count_values(corpus, held, "actor", "issue", each=True),
    "how many": n_selected,
    "first and last day": extent_of,
    "by number": lambda corpus, held: rows_by_number(corpus, _numbers(corpus, held), held.window),
    "repeats": repeats,
    "contested": n_contested,
    "offices": lambda corpus, held: offices_of(corpus, _spokesperson(corpus, held)),
    "tenures": lambda corpus, held: tenures_of(corpus, _spokesperson(corpus, held)),
    "a pair alone": lambda corpus, held: lone_pair(corpus, held, *SIX[:2]),
    "all pairs": lambda corpus, held: [pair for pair in pair_values(corpus, held)[0] if {pair.one, pair.other} <= {*SIX}],
    "statements behind a pair": lambda corpus, held: sorted(counted_ids(corpus, held, Counting(), SIX[:2]).items()),
    "how much each said": lambda corpus, held: sorted(volume(corpus, held, Counting(), SIX[:2], "row").items()),
    "on record as silent": lambda corpus, held: looked_for(corpus, SIX, ISSUES[:10], held.window),
    "signatories": lambda corpus, held: signatories_of(corpus, _first_id(corpus, held)),
    "actors beside": lambda corpus, held: actors_beside(corpus),
    "id in capitals": lambda corpus, held: id_as_held(corpus, _first_id(corpus, held).upper()),
}
COMPOUND = 'quote:(convoy OR "the ceasefire" OR ممر) NOT position:"of state 7" NOT issue:"issue 12" synthetic'
WHOLE = {"export": export_rows}
"""Asked under the narrow filter only: its answer is every row."""


def _first_id(corpus: Corpus, held: Selection) -> str:
    return next((row.statement_id for row in list_statements(corpus, held, "oldest", page_size=1).rows), "")


def _numbers(corpus: Corpus, held: Selection) -> list[int]:
    ids = [row.statement_id for row in list_statements(corpus, held, "oldest", page_size=20).rows]
    return [record["row_number"] for one in ids if (record := statement_record(corpus, one))]


def _spokesperson(corpus: Corpus, held: Selection) -> str:
    return next((count.code for count in count_values(corpus, held, "spokesperson")["spokesperson"] if count.code != NOT_GIVEN), "")


def asked() -> Iterator[tuple[str, str, Ask, Selection]]:
    """Question, filter, function and selection, one after the other."""
    for chosen in FILTERS:
        for name, ask in QUESTIONS.items():
            yield name, chosen.name, ask, chosen.selection
    for name, ask in WHOLE.items():
        yield name, FILTERS[-1].name, ask, FILTERS[-1].selection
