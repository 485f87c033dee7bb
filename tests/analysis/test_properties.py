"""What holds for every selection: counts are rows, facets recount, bins add up, order and strangers change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.analysis.corpora import FEW, VARIED, chosen_of, code_of, corpus_of, ids_of
from tests.factory import statement
from tracker.analysis.compare import compare
from tracker.analysis.corpus import Corpus
from tracker.analysis.coverage import cover
from tracker.analysis.facets import count_facets, count_selection
from tracker.analysis.listing import export_rows, list_statements
from tracker.analysis.periods import STEPS
from tracker.analysis.results import ComparedColumn, Comparison
from tracker.analysis.timeline import timeline_bins, timeline_marks
from tracker.core.columns import FACETS
from tracker.core.dates import PartialDate, Window, Within
from tracker.core.selection import Selection

_SEARCHES = ["", "", "corridors", "ممرات", "走廊", '"open the"', "no such"]
_CODES = {facet.parameter: sorted({code_of(held, facet.column) for held in VARIED} | {"zzz"}) for facet in FACETS}


def partial_dates() -> st.SearchStrategy[PartialDate]:
    days = st.dates(date(2014, 12, 1), date(2017, 3, 1))
    return st.builds(lambda day, n: PartialDate(*(day.year, day.month, day.day)[:n]), days, st.integers(1, 3))


@st.composite
def windows(draw: st.DrawFn) -> Window:
    since, until = draw(st.none() | partial_dates()), draw(st.none() | partial_dates())
    if since and until and since.first > until.last:
        since, until = until, since
    return Window(since, until)


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    selection = Selection(window=draw(windows()), search=draw(st.sampled_from(_SEARCHES)))
    for parameter in draw(st.lists(st.sampled_from(list(_CODES)), max_size=3, unique=True)):
        codes = draw(st.lists(st.sampled_from(_CODES[parameter]), min_size=1, max_size=3))
        selection = selection.including(parameter, *codes) if draw(st.booleans()) else selection.excluding(parameter, *codes)
    return selection


@FEW
@given(selections())
@example(Selection())
@example(Selection().including("actor", "zzz"))
def test_counts_are_rows_are_ids(varied: Corpus, selection: Selection) -> None:
    expected = chosen_of(VARIED, selection)
    count = count_selection(varied, selection)
    page = list_statements(varied, selection, page_size=1_000)
    rows = export_rows(varied, selection)
    assert count.n_statements == page.n_statements == len(page.rows) == len(rows) == len(expected)
    assert {row.statement_id for row in page.rows} == {row["statement_id"] for row in rows} == set(ids_of(expected))
    assert count.n_possibly == sum(row.is_possibly for row in page.rows)


@FEW
@given(selections(), st.sampled_from(STEPS), st.sampled_from([None, "actor", "stance", "language"]))
def test_bins_and_left_out_add_up(varied: Corpus, selection: Selection, step: str, lane: str | None) -> None:
    result = timeline_bins(varied, selection, step, lane)
    left_out = sum(left.n_statements for left in result.left_out)
    assert sum(b.n_statements for b in result.bins) + left_out == result.n_statements == count_selection(varied, selection).n_statements
    assert all(left.n_statements == len(left.statement_ids) for left in result.left_out)
    assert {b.begins_on for b in result.bins} <= set(result.periods)
    marks = timeline_marks(varied, selection, lane or "actor")
    assert len(marks.rows) == marks.n_statements == result.n_statements
    coverage = cover(varied, selection)
    assert sum(c.n_statements for c in coverage.cells) + sum(left.n_statements for left in coverage.left_out) == coverage.n_statements


@FEW
@given(selections(), st.sampled_from(FACETS))
def test_a_facet_count_is_the_number_listed_when_it_is_chosen(varied: Corpus, selection: Selection, facet: object) -> None:
    parameter = facet.parameter
    alone = selection.excluding(parameter)
    for counted in count_facets(varied, alone, [parameter]).facets[parameter]:
        chosen = alone.including(parameter, counted.code)
        assert list_statements(varied, chosen, page_size=1).n_statements == counted.n_statements


@pytest.fixture(scope="module")
def dated() -> Iterator[Corpus]:
    """A statement for every partial date of three years that windows are cut from."""
    days = [date(2015, 1, 1) + timedelta(n) for n in range(0, 3 * 365, 5)]
    dates = {PartialDate(*(day.year, day.month, day.day)[:n]) for day in days for n in (1, 2, 3)}
    with corpus_of(*(statement(str(day), str(day)) for day in sorted(dates))) as corpus:
        yield corpus


@FEW
@given(windows())
@example(Window())
@example(Window.parse("2016-02-29", "2016-02-29"))
def test_the_store_agrees_with_partial_dates(dated: Corpus, window: Window) -> None:
    rows = {row["stated_on"]: row["is_possibly"] for row in export_rows(dated, Selection(window=window))}
    for row in export_rows(dated, Selection()):
        lies = PartialDate.parse(row["stated_on"]).within(window)
        assert rows.get(row["stated_on"]) == {Within.SURELY: False, Within.POSSIBLY: True, Within.NOT: None}[lies]


COLUMNS = [ComparedColumn("actor", "AAA"), ComparedColumn("actor", "BBB"), ComparedColumn("spokesperson", "two")]


def everything_about(corpus: Corpus, selection: Selection) -> tuple[object, ...]:
    """Every result whose parts have no order of the file in them."""
    count, bins, coverage = count_selection(corpus, selection), timeline_bins(corpus, selection, "month", "actor"), cover(corpus, selection)
    return (
        replace(count, n_total=0),
        count_facets(corpus, selection).facets,
        (bins.bins, bins.periods, {(left.reason, frozenset(left.statement_ids)) for left in bins.left_out}),
        (coverage.cells, coverage.months, coverage.languages, coverage.precisions),
        _unordered(compare(corpus, selection, COLUMNS, ["issue-one", "issue-two"])),
        frozenset(row.statement_id for row in list_statements(corpus, selection, page_size=1_000).rows),
    )


def _unordered(result: Comparison) -> tuple[object, ...]:
    cells = {
        place: (
            found.stance,
            found.is_contested,
            frozenset(row.statement_id for row in found.carriers),
            frozenset(found.statement_ids),
            frozenset(found.may_be_later),
            (found.n_statements, found.n_possibly, found.first_on, found.last_on, found.strip),
        )
        for place, found in result.positions.items()
    }
    return cells, result.n_statements, result.periods, [(left.reason, frozenset(left.statement_ids)) for left in result.left_out]


@pytest.fixture(scope="module")
def shuffled() -> Iterator[Corpus]:
    with corpus_of(*sorted(VARIED, key=lambda held: (held.statement_id[-1], held.statement_id), reverse=True)) as corpus:
        yield corpus


@settings(max_examples=8)
@given(selections())
@example(Selection())
def test_the_order_of_rows_changes_nothing(varied: Corpus, shuffled: Corpus, selection: Selection) -> None:
    assert everything_about(varied, selection) == everything_about(shuffled, selection)


@pytest.fixture(scope="module")
def joined() -> Iterator[Corpus]:
    strangers = [
        statement(f"x-{n}", "2016-07-28", actor_id="STRANGER", spokesperson_id="stranger", organisation_id="stranger", issue_id="issue-one")
        for n in range(9)
    ]
    with corpus_of(*strangers[:5], *VARIED, *strangers[5:]) as corpus:
        yield corpus


@settings(max_examples=8)
@given(selections())
@example(Selection().including("actor", "AAA", "BBB"))
def test_statements_outside_the_selection_change_nothing(varied: Corpus, joined: Corpus, selection: Selection) -> None:
    apart = selection.excluding("actor", *selection.excluded_codes("actor"), "STRANGER")
    mine, theirs = everything_about(varied, selection), everything_about(joined, apart)
    facets = {name: [c for c in counts if c.code != "STRANGER"] for name, counts in theirs[1].items()}
    assert {name: list(counts) for name, counts in mine[1].items()} == facets
    assert (mine[0], *mine[2:]) == (theirs[0], *theirs[2:])
