"""What the data cover."""

from __future__ import annotations

from collections import Counter
from datetime import date

from tests.analysis.corpora import VARIED, code_of, corpus_of
from tests.analysis.test_selecting import SELECTIONS
from tests.factory import statement
from tracker.analysis.corpus import Corpus
from tracker.analysis.coverage import cover
from tracker.analysis.results import Coverage


def test_cells_languages_and_precisions(varied: Corpus) -> None:
    result = cover(varied)
    cells = Counter((held.stated_on.first.replace(day=1), held.actor_id) for held in VARIED if held.stated_on.month)
    assert {(cell.month, cell.actor_id): cell.n_statements for cell in result.cells} == cells
    assert {c.code: c.n_statements for c in result.languages} == Counter(code_of(held, "language_code") for held in VARIED)
    assert {c.code: c.n_statements for c in result.precisions} == Counter(held.stated_on.precision for held in VARIED)
    (undated,) = result.left_out
    assert undated.n_statements == len(undated.statement_ids) == sum(not held.stated_on.month for held in VARIED)
    assert sum(cell.n_statements for cell in result.cells) + undated.n_statements == result.n_statements == 60


def test_months_without_statements_are_kept() -> None:
    with corpus_of(statement("a", "2016-07"), statement("b", "2016-10-31")) as corpus:
        assert cover(corpus).months == tuple(date(2016, month, 1) for month in (7, 8, 9, 10))


def test_years_only(varied: Corpus) -> None:
    with corpus_of(statement("a", "2016")) as corpus:
        result = cover(corpus)
    assert (result.months, result.cells, result.n_statements) == ((), (), 1)
    assert result.left_out[0].statement_ids == ("a",)


def test_nothing_selected(varied: Corpus) -> None:
    result = cover(varied, SELECTIONS["unknown-code"])
    assert result == Coverage((), (), (), (), 0)
