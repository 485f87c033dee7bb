"""The chart of positions: every statement is a mark, a position a bar that ends where its evidence does, doubt looks different."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import pytest

from tests.analysis.corpora import corpus_of
from tests.factory import person, statement
from tracker.analysis.shifts import Lane, find_shifts
from tracker.core.selection import Selection
from tracker.ui import theme
from tracker.ui.charts.shifts_chart import LANE_HEIGHT, build_shifts_chart
from tracker.ui.charts.specs import STANCE_COLOUR
from tracker.ui.charts.time_axis import Drawing

_SAID = (
    ("2016-07-01", "support"),
    ("2016-07-05", "support"),
    ("2016-07", "oppose"),
    ("2016-08-01", "oppose"),
    ("2016-08-03", "oppose"),
    ("2016-08-03", "support"),
    ("2016-08-09", "oppose"),
)


@pytest.fixture(scope="module")
def lanes() -> Sequence[Lane]:
    rows = [
        statement(str(n), on, stance_code=stance, quote=f"words {n}", document_url=f"https://example.org/{n}", **person(f"p{n}"))
        for n, (on, stance) in enumerate(_SAID)
    ]
    with corpus_of(*rows) as corpus:
        return find_shifts(corpus, Selection()).lanes


@pytest.fixture(scope="module")
def drawing(lanes: Sequence[Lane]) -> Drawing:
    return build_shifts_chart(lanes, [("Testland", "One")], lambda _, code: code, date(2016, 7, 1), date(2016, 8, 31))


def _of(drawing: Drawing, kind: str) -> pd.DataFrame:
    return drawing.rows[drawing.rows["kind"] == kind]


def test_every_statement_is_one_mark_and_says_what_it_counts_as(drawing: Drawing) -> None:
    marks = drawing.rows[drawing.rows["statement_id"].notna()]
    assert sorted(marks["statement_id"]) == [str(n) for n in range(len(_SAID))]
    assert dict(zip(marks["statement_id"], marks["kind"], strict=True)) == {
        "0": "point", "1": "point", "2": "span", "3": "point", "4": "open", "5": "open", "6": "point",
    }  # fmt: skip
    assert set(_of(drawing, "open")["state"]) == {"contradicted on the same day"}
    assert set(_of(drawing, "span")["state"]) == {"its date may be before or after another stance"}


def test_a_bar_ends_with_the_day_of_its_last_statement_and_dots_lead_on(drawing: Drawing) -> None:
    held, carried = _of(drawing, "held"), _of(drawing, "carried")
    assert [(row.stance, row.begins.date(), row.ends.date()) for row in held.itertuples()] == [
        ("support", date(2016, 7, 1), date(2016, 7, 6)),
        ("oppose", date(2016, 8, 1), date(2016, 8, 10)),
    ]
    assert [(row.begins.date(), row.ends.date()) for row in carried.itertuples()] == [
        (date(2016, 7, 6), date(2016, 8, 1)),
        (date(2016, 8, 10), date(2016, 9, 1)),
    ]


def test_colours_are_the_palette_of_stances_and_dashes_mark_doubt(drawing: Drawing) -> None:
    layers = {layer["transform"][0]["filter"]: layer for layer in drawing.spec["layer"] if layer.get("transform")}
    for kind in ("held", "carried", "span", "open", "point"):
        assert layers[f"datum.kind == '{kind}'"]["encoding"]["color"]["scale"]["range"] == list(STANCE_COLOUR.range)
    assert list(STANCE_COLOUR.range) == [theme.STANCE_COLOURS[code] for code in theme.STANCE_ORDER]
    assert "strokeDash" in layers["datum.kind == 'span'"]["mark"] and "strokeDash" not in layers["datum.kind == 'held'"]["mark"]
    assert layers["datum.kind == 'open'"]["mark"]["filled"] is False


def test_dashes_run_over_all_days_a_date_may_mean_and_say_the_stance_by_shape_too(drawing: Drawing) -> None:
    (span,) = _of(drawing, "span").itertuples()
    assert (span.begins.date(), span.middle.date(), span.ends.date()) == (date(2016, 7, 1), date(2016, 7, 16), date(2016, 8, 1))
    dashes, *both = [layer for layer in drawing.spec["layer"] if layer["transform"][0]["filter"].startswith("datum.kind == 'span'")]
    assert [layer["mark"]["filled"] for layer in both] == [True, False], "filled is evidence, open is not"
    shapes = both[0]
    assert (dashes["encoding"]["x"]["field"], dashes["encoding"]["x2"]["field"]) == ("begins", "ends")
    assert shapes["encoding"]["x"]["field"] == "middle" and shapes["encoding"]["shape"]["field"] == "stance"
    assert shapes["encoding"]["x"]["scale"] == dashes["encoding"]["x"]["scale"], "one axis"


def test_marks_stay_in_their_lane_and_on_the_axis(drawing: Drawing) -> None:
    marks = drawing.rows[drawing.rows["statement_id"].notna()]
    edges = _of(drawing, "edge")["y"]
    assert edges.min() < marks["y"].min() and marks["y"].max() < edges.max()
    assert "1 change of position" in drawing.description and "7 statements" in drawing.description


def test_no_cap_makes_a_bar_longer_than_its_time(drawing: Drawing) -> None:
    rules = [layer["mark"] for layer in drawing.spec["layer"] if layer["mark"]["type"] == "rule"]
    assert {mark.get("strokeCap", "butt") for mark in rules} == {"butt"}


ISSUES = {
    "one-line": ("No-fly zone", ["No-fly zone"]),
    "two-lines": ("Humanitarian access and aid deliveries", ["Humanitarian access and", "aid deliveries"]),
    "cut-only-after-two": ("one two three four five six seven eight nine ten eleven", ["one two three four five", "six seven eight nine…"]),
    "markup-is-words": ("<b>datum.y</b>\n'x", ["<b>datum.y</b> 'x"]),
    "empty": ("", []),
}


@pytest.mark.parametrize(("issue", "lines"), ISSUES.values(), ids=ISSUES)
def test_an_issue_takes_a_second_line_before_it_is_cut_and_stays_in_its_lane(lanes: Sequence[Lane], issue: str, lines: list[str]) -> None:
    drawing = build_shifts_chart(lanes, [("Testland", issue)], lambda _, code: code, date(2016, 7, 1), date(2016, 8, 31))
    labels = drawing.rows[drawing.rows["kind"].isin(["lane", "issue"])]
    assert labels["label"].tolist() == ["Testland", *lines]
    assert set(labels["issue"]) == {issue}, "hovering tells it whole"
    assert labels["y"].is_monotonic_increasing and labels["y"].is_unique
    assert labels["y"].min() - 6 >= 0 and labels["y"].max() + 6 <= LANE_HEIGHT
