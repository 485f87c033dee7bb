"""What is measured: each question asked of our functions, of SQL written by hand and of pandas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.bench import by_hand, by_pandas, forms
from tests.bench.filters import COMMON_WORD, FILTERS, Filter
from tracker.analysis.compare import compare
from tracker.analysis.corpus import Corpus
from tracker.analysis.facets import count_facets
from tracker.analysis.listing import list_statements
from tracker.analysis.results import ComparedColumn
from tracker.analysis.timeline import timeline_bins

PAGE_SIZE = 50
ISSUES = tuple(f"issue-{number:03}" for number in range(1, 301))
TWO, SIX = ("xaa", "xab"), ("xaa", "xab", "xac", "xad", "xae", "xaj")
Form = Callable[[Any], Any]


Ask = Callable[[Any, Filter], Any]


@dataclass(frozen=True)
class Question:
    """One question under one filter: asked of a corpus, a connection or a frame; ``forms`` bring the answers into one form."""

    name: str
    chosen: Filter
    ours: Ask
    by_hand: Ask
    by_pandas: Ask
    forms: tuple[Form, Form, Form]


def questions(n_selected: Callable[[Filter], int]) -> Iterator[Question]:
    """Every question under every filter; a deep page begins after three statements in five."""
    for chosen in FILTERS:
        deep = max(1, int(n_selected(chosen) / PAGE_SIZE * 0.6))
        yield Question("all facets", chosen, _facets, by_hand.facets, by_pandas.facets, _FACETS)
        yield Question("timeline, month × actor", chosen, _bins, by_hand.bins, by_pandas.bins, _BINS)
        yield _page(chosen, "first page of 50", 1)
        yield _page(chosen, "deep page of 50", deep)
        yield _compare(chosen, "compare 2 actors × 300 issues", TWO, ISSUES)
        yield _compare(chosen, "compare 6 actors × 20 issues", SIX, ISSUES[:20])
        yield _page(chosen.searching(COMMON_WORD), "search one word, first page", 1)
        yield Question("whole rerun", chosen, _rerun, by_hand.rerun, by_pandas.rerun, _RERUN)


def _facets(corpus: Corpus, chosen: Filter) -> Any:
    return count_facets(corpus, chosen.selection)


def _bins(corpus: Corpus, chosen: Filter) -> Any:
    return timeline_bins(corpus, chosen.selection, "month", "actor")


def _rerun(corpus: Corpus, chosen: Filter) -> Any:
    return _facets(corpus, chosen), _bins(corpus, chosen), list_statements(corpus, chosen.selection, page_size=PAGE_SIZE)


def _page(chosen: Filter, name: str, number: int) -> Question:
    before = (number - 1) * PAGE_SIZE
    return Question(
        name,
        chosen,
        lambda corpus, held: list_statements(corpus, held.selection, page=number, page_size=PAGE_SIZE),
        lambda connection, held: by_hand.page(connection, held, before, PAGE_SIZE),
        lambda frame, held: by_pandas.page(frame, held, before, PAGE_SIZE),
        _PAGE,
    )


def _compare(chosen: Filter, name: str, actors: tuple[str, ...], issues: tuple[str, ...]) -> Question:
    columns = [ComparedColumn("actor", actor) for actor in actors]
    return Question(
        name,
        chosen,
        lambda corpus, held: compare(corpus, held.selection, columns, issues),
        lambda connection, held: by_hand.compare(connection, held, actors, issues),
        lambda frame, held: by_pandas.compare(frame, held, actors, issues),
        (forms.compare_ours, forms.compare_by_hand, forms.compare_by_pandas),
    )


def _rerun_by_hand(answer: tuple[Any, Any, Any]) -> Any:
    counted, undated, page = answer
    return forms.facets_by_hand(counted), forms.bins_by_hand((by_hand.binned_of(counted), undated)), forms.page_by_hand(page)


def _each(*held: Form) -> Form:
    return lambda answer: tuple(form(part) for form, part in zip(held, answer, strict=True))


_FACETS = (forms.facets_ours, forms.facets_by_hand, forms.facets_by_pandas)
_BINS = (forms.bins_ours, forms.bins_by_hand, forms.bins_by_pandas)
_PAGE = (forms.page_ours, forms.page_by_hand, forms.page_by_pandas)
_RERUN = (
    _each(forms.facets_ours, forms.bins_ours, forms.page_ours),
    _rerun_by_hand,
    _each(forms.facets_by_pandas, forms.bins_by_pandas, forms.page_by_pandas),
)
