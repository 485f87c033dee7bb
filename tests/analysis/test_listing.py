"""Lists: total orders, pages that exist, rows by id, whole exports."""

from __future__ import annotations

import pytest

from tests.analysis.corpora import VARIED, chosen_of, code_of, corpus_of, ids_of
from tests.analysis.test_selecting import SELECTIONS
from tests.factory import statement
from tracker.analysis.corpus import Corpus
from tracker.analysis.listing import CODE_COLUMNS, SORTS, export_rows, list_statements, statement_record, statements_by_id
from tracker.core.columns import COLUMN_NAMES
from tracker.core.dates import Window
from tracker.core.selection import Selection

ALL = Selection()


def ordered(selection: Selection, sort: str) -> list[str]:
    """The ids a list should have, in plain Python."""
    chosen = sorted(chosen_of(VARIED, selection), key=lambda held: (held.stated_on.first, held.statement_id), reverse=sort != "oldest")
    column = {"spokesperson": "spokesperson_id", "actor": "actor_id", "issue": "issue_id"}.get(sort)
    if column:
        chosen.sort(key=lambda held: (not getattr(held, column), code_of(held, column)))
    return ids_of(chosen)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("name", ["everything", "two-actors", "window", "excluded"])
@pytest.mark.parametrize("page_size", [7, 100])
def test_pages_put_together_are_the_whole_list(varied: Corpus, name: str, sort: str, page_size: int) -> None:
    selection = SELECTIONS[name]
    first = list_statements(varied, selection, sort, 1, page_size)
    pages = [first, *(list_statements(varied, selection, sort, page, page_size) for page in range(2, first.n_pages + 1))]
    assert [row.statement_id for page in pages for row in page.rows] == ordered(selection, sort)
    assert all(page.n_statements == len(ordered(selection, sort)) for page in pages)
    assert all(len(page.rows) == page_size for page in pages[:-1])
    doubtful = {held.statement_id for held in VARIED if held.stated_on.within(selection.window) == "possibly"}
    assert all(row.is_possibly == (row.statement_id in doubtful) for page in pages for row in page.rows)


@pytest.mark.parametrize(("asked", "given"), [(-5, 1), (0, 1), (1, 1), (3, 3), (4, 3), (100_000, 3)])
def test_pages_past_either_end_are_the_first_or_last(varied: Corpus, asked: int, given: int) -> None:
    result = list_statements(varied, ALL, page=asked)
    assert (result.page, result.n_pages, result.n_statements) == (given, 3, 60)
    assert result == list_statements(varied, ALL, page=given)


def test_an_empty_list_has_one_empty_page(varied: Corpus) -> None:
    result = list_statements(varied, SELECTIONS["unknown-code"], page=3)
    assert (result.rows, result.n_statements, result.page, result.n_pages) == ((), 0, 1, 1)


def test_rows_hold_what_was_written(varied: Corpus) -> None:
    (row,) = statements_by_id(varied, ["v-05"])
    held = VARIED[5]
    assert (row.quote, row.role, row.document_url) == (held.written["quote"], held.written["role"], held.document_url)
    assert (row.stated_on, row.date_precision, row.stated_to.isoformat()) == ("2016-12", "month", "2016-12-31")
    assert row.is_possibly is False


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        (["v-03", "v-01"], ["v-03", "v-01"]),
        (["v-01", "v-01", "no-such", "v-00"], ["v-01", "v-00"]),
        (["'; DROP TABLE statements"], []),
        ([], []),
    ],
)
def test_statements_in_the_order_asked(varied: Corpus, ids: list[str], found: list[str]) -> None:
    assert [row.statement_id for row in statements_by_id(varied, ids)] == found


def test_doubt_depends_on_the_window_given(varied: Corpus) -> None:
    rows = statements_by_id(varied, ["v-00", "v-01"], Window.parse("2016-07-28", "2016-07-28"))
    assert [row.is_possibly for row in rows] == [False, True]


def test_a_record_is_everything_known(varied: Corpus) -> None:
    record = statement_record(varied, "v-03")
    assert record is not None and set(COLUMN_NAMES) <= set(record) and set(CODE_COLUMNS) <= set(record)
    assert record["quote"] == VARIED[3].written["quote"] and record["row_number"] == 4
    assert statement_record(varied, "no-such") is None


@pytest.mark.parametrize("name", SELECTIONS)
def test_exports_are_whole_and_in_the_order_of_the_file(varied: Corpus, name: str) -> None:
    rows = export_rows(varied, SELECTIONS[name])
    assert [row["statement_id"] for row in rows] == ids_of(chosen_of(VARIED, SELECTIONS[name]))
    assert all(list(row)[: len(COLUMN_NAMES)] == list(COLUMN_NAMES) for row in rows)


def test_exports_hold_texts_as_written() -> None:
    odd = statement("t-1", "2016-07", quote=' "a,b"\n=1+1 ', note="\u202e", country="Testland ")
    with corpus_of(odd) as corpus:
        (row,) = export_rows(corpus, ALL)
    assert {name: row[name] for name in ("quote", "note", "country")} == {name: odd.written[name] for name in ("quote", "note", "country")}
    assert row["stated_on"] == "2016-07"
