"""Counts by facet: each under all filters except its own."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from tests.analysis.corpora import VARIED, chosen_of, code_of, corpus_of, is_selected
from tests.analysis.test_selecting import SELECTIONS
from tests.factory import statement
from tracker.analysis.corpus import Corpus
from tracker.analysis.facets import count_facets, count_selection, count_values
from tracker.analysis.results import FacetCount
from tracker.core.columns import FACETS
from tracker.core.selection import Selection
from tracker.store import snapshot


@pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS)
def test_each_facet_is_counted_without_its_own_filter(varied: Corpus, selection: Selection) -> None:
    varied.kept.clear()
    result = count_facets(varied, selection)
    varied.kept.clear()  # counted alone, not looked up
    assert result.count == count_selection(varied, selection)
    for facet in FACETS:
        counted = Counter(code_of(s, facet.column) for s in VARIED if is_selected(s, selection, but=facet.parameter))
        expected = tuple(FacetCount(code, n) for code, n in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
        assert result.facets[facet.parameter] == expected, facet.parameter


@pytest.mark.parametrize("parameters", [("actor",), ("stance", "actor"), ()], ids=["one", "two", "none"])
def test_only_the_facets_asked_for(varied: Corpus, parameters: tuple[str, ...]) -> None:
    chosen = SELECTIONS["across-facets"]
    result = count_facets(varied, chosen, parameters)
    whole = count_facets(varied, chosen)
    assert result.facets == {name: whole.facets[name] for name in parameters}
    assert result.count == whole.count


def test_values_are_counted_with_every_filter(varied: Corpus) -> None:
    chosen = SELECTIONS["two-actors"]
    counted = Counter(s.actor_id for s in chosen_of(VARIED, chosen))
    assert {c.code: c.n_statements for c in count_values(varied, chosen, "actor")["actor"]} == counted


def test_equal_counts_go_by_code_whatever_the_store_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "MAX_ENUM_VALUES", 1)
    with corpus_of(*(statement(f"t-{n}", actor_id=f"actor-{n * 37 % 100:02}") for n in range(100))) as corpus:
        counted = count_facets(corpus, Selection(), ["actor"]).facets["actor"]
    assert [count.code for count in counted] == [f"actor-{n:02}" for n in range(100)]


def test_missing_people_and_issues_add_none_to_their_numbers() -> None:
    with corpus_of(statement("t-1", "2016"), statement("t-2", "2016-07", spokesperson_id="", issue_id="")) as corpus:
        count = count_selection(corpus, Selection())
    assert (count.n_statements, count.n_actors, count.n_spokespersons, count.n_issues) == (2, 1, 1, 1)
    assert (count.first_on, count.last_on) == (date(2016, 1, 1), date(2016, 12, 31))


def test_nothing_selected_has_no_dates(varied: Corpus) -> None:
    count = count_selection(varied, SELECTIONS["unknown-code"])
    assert (count.n_statements, count.n_possibly, count.n_actors, count.first_on, count.last_on) == (0, 0, 0, None, None)
