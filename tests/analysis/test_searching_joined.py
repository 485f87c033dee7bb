"""A search joined with every other filter, for every question of a page: by the index, held from question to question, as by reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from tests.analysis.corpora import VARIED, corpus_of
from tracker.analysis.corpus import Corpus
from tracker.analysis.facets import count_facets, n_selected
from tracker.analysis.listing import export_rows, list_statements
from tracker.analysis.timeline import timeline_bins, timeline_marks
from tracker.core.dates import PartialDate, Window
from tracker.core.selection import Selection
from tracker.store import search_index

NOTHING = Selection()
SELECTIONS = {
    "nothing": NOTHING,
    "two-values": NOTHING.including("actor", "AAA", "BBB"),
    "an-excluded-value": NOTHING.excluding("stance", "support"),
    "a-value-nobody-has": NOTHING.including("actor", "ZZZ"),
    "a-window": NOTHING.within(Window(PartialDate.of(date(2016, 7, 15)), PartialDate.of(date(2016, 8, 30)))),
    "all-at-once": NOTHING.within(Window(PartialDate.of(date(2016, 1, 1)), None)).including("issue", "issue-one").excluding("actor", "CCC"),
}
SEARCHES = ("corridors", "коридоры OR 走廊", "(open OR couloirs) NOT actor:bbb", "couloirs issue:one", "zxqv", "")
QUESTIONS: dict[str, Callable[[Corpus, Selection], Any]] = {
    "how-many": n_selected,
    "facets": count_facets,
    "months-by-actor": lambda corpus, held: timeline_bins(corpus, held, "month", "actor"),
    "marks": timeline_marks,
    "a-page": lambda corpus, held: list_statements(corpus, held, "best", page_size=7),
    "export": export_rows,
}


def _corpus(n_indexed_from: int) -> Iterator[Corpus]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_index, "N_INDEXED_FROM", n_indexed_from)
        with corpus_of(*VARIED) as corpus:
            yield corpus


@pytest.fixture(scope="module")
def indexed() -> Iterator[Corpus]:
    yield from _corpus(1)


@pytest.fixture(scope="module")
def read() -> Iterator[Corpus]:
    yield from _corpus(1_000)


@pytest.mark.parametrize("chosen", SELECTIONS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_search_joins_every_other_filter_alike(indexed: Corpus, read: Corpus, question: str, chosen: str) -> None:
    answers = []
    for corpus in (indexed, read):
        corpus.kept.clear()
        answers.append([QUESTIONS[question](corpus, SELECTIONS[chosen].searching(search)) for search in SEARCHES])
    assert answers[0] == answers[1]


def test_some_of_these_searches_find_something_and_none_finds_all(read: Corpus) -> None:
    found = [n_selected(read, NOTHING.searching(search)) for search in SEARCHES]
    assert found[-2:] == [0, len(VARIED)] and all(0 < n < len(VARIED) for n in found[:-2])
