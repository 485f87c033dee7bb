"""The coverage chart: every cell counted is drawn, months without a statement stay, and a cut is said."""

from __future__ import annotations

from datetime import date

from tracker.analysis.results import Coverage, CoverageCell
from tracker.core.selection import Catalogue
from tracker.ui.charts.coverage_chart import build_coverage_chart

MONTHS = (date(2016, 6, 1), date(2016, 7, 1), date(2016, 8, 1))


def coverage(*cells: CoverageCell) -> Coverage:
    return Coverage(MONTHS, cells, (), (), sum(cell.n_statements for cell in cells))


def test_cells_in_are_cells_out_most_statements_at_the_top() -> None:
    names = Catalogue(labels={"actor": {"A": "First", "B": "Second"}})
    drawing = build_coverage_chart(coverage(CoverageCell(MONTHS[0], "A", 1), CoverageCell(MONTHS[2], "B", 5)), names)
    assert drawing.rows.to_dict("records") == [
        {"month": "Jun 2016", "actor": "First", "n": 1},
        {"month": "Aug 2016", "actor": "Second", "n": 5},
    ]
    assert drawing.spec["encoding"]["y"]["sort"] == ["Second", "First"]


def test_a_month_without_a_statement_stays_on_the_axis() -> None:
    drawing = build_coverage_chart(coverage(CoverageCell(MONTHS[0], "A", 1)), Catalogue())
    assert drawing.spec["encoding"]["x"]["scale"]["domain"] == ["Jun 2016", "Jul 2016", "Aug 2016"]


def test_actors_of_one_name_are_two_rows() -> None:
    names = Catalogue(labels={"actor": {"A": "Same", "B": "Same"}})
    drawing = build_coverage_chart(coverage(CoverageCell(MONTHS[0], "A", 1), CoverageCell(MONTHS[0], "B", 1)), names)
    assert set(drawing.rows["actor"]) == {"Same (A)", "Same (B)"}


def test_more_actors_than_fit_are_said() -> None:
    drawing = build_coverage_chart(coverage(*(CoverageCell(MONTHS[0], f"A{n}", 1 + n) for n in range(50))), Catalogue())
    assert len(drawing.rows) == 40
    assert "40 of 50 actors" in drawing.description
    assert drawing.rows["n"].min() == 11, "those with fewest statements are the ones without room"
