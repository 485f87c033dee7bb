"""Timeline charts: what is drawn is what was counted, days are days in UTC, and a month is never a point."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from streamlit.dataframe_util import convert_arrow_table_to_arrow_bytes

from tracker.analysis.periods import MAX_PERIODS
from tracker.analysis.results import Bin, FacetCount, StatementRow, TimelineBins, TimelineMarks
from tracker.analysis.timeline import MAX_CELLS, MAX_LANES
from tracker.core.dates import PartialDate
from tracker.core.model import Event
from tracker.core.vocabulary import STANCES
from tracker.ui import theme
from tracker.ui.charts.density_chart import build_density_chart
from tracker.ui.charts.lanes_chart import EVENT_BANDS, build_lanes_chart
from tracker.ui.charts.overview_chart import build_months_chart
from tracker.ui.charts.time_axis import BRUSH, CLICK, Drawing, ends_of
from tracker.ui.charts.timeline_chart import build_periods_chart

MONTHS = (date(2016, 6, 1), date(2016, 7, 1), date(2016, 8, 1))
DAYS = tuple(date(2016, 7, day) for day in range(1, 32))


def bins(*cells: Bin, periods: Sequence[date] = MONTHS, step: str = "month") -> TimelineBins:
    return TimelineBins(step, tuple(periods), cells, sum(cell.n_statements for cell in cells))


def row(statement_id: str = "t-1", stated_on: str = "2016-07-28", **changes: Any) -> StatementRow:
    at = PartialDate.parse(stated_on)
    precision = {4: "year", 7: "month", 10: "day"}[len(stated_on)]
    given = {f.name: "" for f in fields(StatementRow) if f.type == "str"}
    given |= {"spokesperson": "Test Person", "actor_id": "AAA", "issue_id": "issue-one", "stance_code": "support"} | changes
    given |= {"statement_id": statement_id, "stated_on": stated_on, "date_precision": precision}
    return StatementRow(stated_from=at.first, stated_to=at.last, is_possibly=False, speaks_for_actor=True, **given)


def lanes(*rows: StatementRow, events: Sequence[Event] = (), periods: Sequence[date] = DAYS, step: str = "day") -> Drawing:
    actors = list(dict.fromkeys(r.actor_id for r in rows))
    counted = tuple(FacetCount(code, sum(r.actor_id == code for r in rows)) for code in actors)
    marks = TimelineMarks(counted, tuple(rows), len(rows), False)
    return build_lanes_chart(
        marks, events, periods, step, lane_of=lambda r: r.actor_id, lane_labels=actors, names=lambda parameter, code: f"{parameter} {code}"
    )


def drawn(drawing: Drawing, kind: str) -> pd.DataFrame:
    return drawing.rows[drawing.rows["kind"] == kind]


def parameters(spec: Any) -> list[str]:
    """The names of all selections anywhere in a specification."""
    if isinstance(spec, dict):
        own = [p["name"] for p in spec.get("params", []) if "select" in p]
        return own + [name for value in spec.values() for name in parameters(value)]
    return [name for value in spec for name in parameters(value)] if isinstance(spec, list) else []


def time_scales(spec: Any) -> list[dict[str, Any]]:
    """The scale of every time axis anywhere in a specification."""
    if not isinstance(spec, dict):
        return [scale for value in spec for scale in time_scales(value)] if isinstance(spec, list) else []
    x = spec.get("encoding", {}).get("x", {})
    own = [x.get("scale", {})] if x.get("type") == "temporal" else []
    return own + [scale for value in spec.values() for scale in time_scales(value)]


ALL_KINDS = [
    pytest.param(lambda: build_periods_chart(bins(Bin(MONTHS[0], "", "support", 2))), "2016, 5, 1", "2016, 8, 1", id="periods"),
    pytest.param(lambda: build_months_chart(bins(Bin(MONTHS[0], "", "support", 2))), "2016, 5, 1", "2016, 8, 1", id="overview"),
    pytest.param(lambda: lanes(row()), "2016, 6, 1", "2016, 7, 1", id="lanes"),
    pytest.param(
        lambda: build_density_chart(bins(Bin(MONTHS[1], "AAA", "support", 2)), {"AAA": "A"}), "2016, 5, 1", "2016, 8, 1", id="density"
    ),
]


@pytest.mark.parametrize(("build", "first", "end"), ALL_KINDS)
def test_time_axes_are_utc_and_reach_over_every_period(build: Any, first: str, end: str) -> None:
    drawing = build()
    scales = time_scales(drawing.spec)
    assert scales
    for scale in scales:
        assert scale["type"] == "utc"
        assert scale["domain"] == [{"signal": f"utc({first})"}, {"signal": f"utc({end})"}]
    for column in ("begins", "ends"):
        filled = drawing.rows[column].dropna()
        assert str(filled.dtype).endswith("UTC]"), f"{column} without a time zone is read in the browser's"


@pytest.mark.parametrize(("build", "first", "end"), ALL_KINDS)
def test_every_field_a_chart_asks_for_is_in_its_rows(build: Any, first: str, end: str) -> None:
    drawing = build()
    asked = set(re.findall(r"'field': '([^']+)'", str(drawing.spec))) | set(re.findall(r"datum\.(\w+)", str(drawing.spec)))
    assert asked
    assert asked <= set(drawing.rows.columns)
    assert "data" not in drawing.spec, "rows are handed over beside the specification"
    assert "url" not in str(drawing.spec), "a chart fetches nothing"
    assert "image" not in drawing.rows.columns, "a tooltip field of this name makes browsers fetch its value"


@pytest.mark.parametrize(("build", "first", "end"), ALL_KINDS)
def test_titles_are_words_and_never_names_of_columns(build: Any, first: str, end: str) -> None:
    spec = build().spec
    titles = {title for title in re.findall(r"'title': '([^']*)'", str(spec))}
    assert not [title for title in titles if "_" in title or ":" in title]
    encodings = [spec["encoding"]] if "encoding" in spec else [layer["encoding"] for layer in spec["layer"]]
    for channel in ("x", "y"):  # layers share their axes: one that says there is no title says it for all
        said = [encoding[channel]["title"] for encoding in encodings if "title" in encoding.get(channel, {})]
        assert said
        assert set(said) == {None}, "dates and names need no title"


# --- bars by period --------------------------------------------------------------------------------------------------


def test_bars_hold_all_that_was_counted() -> None:
    counted = bins(
        Bin(MONTHS[0], "", "oppose", 3), Bin(MONTHS[0], "", "support", 2), Bin(MONTHS[2], "", "not-coded", 1), Bin(MONTHS[2], "", "new", 4)
    )
    drawing = build_periods_chart(counted)
    assert drawing.rows["n"].sum() == counted.n_statements == 10
    assert list(zip(drawing.rows["stance"], drawing.rows["below"], drawing.rows["above"], strict=True)) == [
        ("support", 0, 2),
        ("oppose", 2, 5),
        ("not-coded", 0, 1),
        ("new", 1, 5),
    ]


def test_bars_stand_on_one_another_without_gap_or_overlap() -> None:
    counted = bins(*(Bin(month, "", stance, n) for n, month in enumerate(MONTHS, 1) for stance in reversed(theme.STANCE_ORDER)))
    for _, bars in build_periods_chart(counted).rows.groupby("begins"):
        assert list(bars["below"]) == [0, *bars["above"][:-1]]


def test_zero_periods_stay_on_the_axis_but_draw_nothing() -> None:
    drawing = build_periods_chart(bins(Bin(MONTHS[2], "", "support", 1)))
    assert len(drawing.rows) == 1
    assert time_scales(drawing.spec)[0]["domain"][0] == {"signal": "utc(2016, 5, 1)"}
    assert "from June 2016 to August 2016" in drawing.description


@pytest.mark.parametrize(
    ("step", "begins", "ends"),
    [
        pytest.param("day", date(2016, 12, 31), date(2017, 1, 1), id="last-day-of-the-year"),
        pytest.param("week", date(2016, 12, 26), date(2017, 1, 2), id="week-over-new-year"),
        pytest.param("month", date(2016, 12, 1), date(2017, 1, 1), id="december"),
        pytest.param("month", date(2016, 2, 1), date(2016, 3, 1), id="leap-february"),
        pytest.param("quarter", date(2016, 10, 1), date(2017, 1, 1), id="last-quarter"),
    ],
)
def test_a_bar_ends_where_the_next_period_begins(step: str, begins: date, ends: date) -> None:
    drawing = build_periods_chart(bins(Bin(begins, "", "support", 1), periods=(begins,), step=step))
    assert drawing.rows["ends"][0] == datetime(ends.year, ends.month, ends.day, tzinfo=UTC)
    assert drawing.rows["begins"][0] == datetime(begins.year, begins.month, begins.day, tzinfo=UTC)


def test_the_description_says_how_many_and_when_most() -> None:
    words = build_periods_chart(
        bins(Bin(MONTHS[0], "", "support", 2), Bin(MONTHS[1], "", "oppose", 3), Bin(MONTHS[0], "", "oppose", 2))
    ).description
    assert words == "Bar chart: 7 statements by month from June 2016 to August 2016; most, 4, in June 2016."
    assert build_periods_chart(bins()).description == "No statement in any period."


def test_nothing_counted_draws_an_empty_chart() -> None:
    assert build_periods_chart(bins(periods=())).rows.empty


def test_brush_and_click_are_asked_for_only_where_they_do_something() -> None:
    assert parameters(build_periods_chart(bins()).spec) == [BRUSH]
    assert parameters(build_months_chart(bins()).spec) == []
    assert sorted(parameters(lanes(row()).spec)) == sorted([BRUSH, CLICK])
    assert parameters(build_density_chart(bins(), {}).spec) == [BRUSH]


def test_building_one_chart_leaves_the_next_untouched() -> None:
    before = build_periods_chart(bins()).spec
    build_months_chart(bins(Bin(MONTHS[0], "", "support", 1)))
    build_periods_chart(bins(periods=DAYS, step="day"))
    assert build_periods_chart(bins()).spec == before


# --- lanes ------------------------------------------------------------------------------------------------------------


def test_every_statement_is_one_mark() -> None:
    rows = [row(f"t-{n}", f"2016-07-{1 + n % 28:02}", actor_id="AB"[n % 2] * 3) for n in range(200)] + [row("m-1", "2016-07")]
    drawing = lanes(*rows)
    marks = drawing.rows[drawing.rows["kind"].isin(["point", "span"])]
    assert sorted(marks["statement_id"]) == sorted(r.statement_id for r in rows)
    assert drawing.description.startswith("201 statements as marks in 2 lanes, 0 events")


@pytest.mark.parametrize(
    ("stated_on", "kind", "begins", "ends"),
    [
        pytest.param("2016-07-28", "point", "2016-07-28", "2016-07-29", id="day"),
        pytest.param("2016-07", "span", "2016-07-01", "2016-08-01", id="month"),
        pytest.param("2016", "span", "2016-07-01", "2016-08-01", id="year-cut-to-the-window"),
    ],
)
def test_only_a_known_day_is_a_point(stated_on: str, kind: str, begins: str, ends: str) -> None:
    (mark,) = lanes(row(stated_on=stated_on)).rows.query("statement_id == 't-1'").to_dict("records")
    assert mark["kind"] == kind
    assert (f"{mark['begins']:%Y-%m-%d}", f"{mark['ends']:%Y-%m-%d}") == (begins, ends)


def test_what_a_span_says_is_not_cut_to_the_window() -> None:
    (mark,) = drawn(lanes(row(stated_on="2016")), "span").to_dict("records")
    assert mark["when"] == "2016"


def test_spans_and_points_are_drawn_by_different_layers() -> None:
    layers = {re.search(r"datum\.kind == '(\w+)'", str(layer["transform"])).group(1): layer for layer in lanes(row()).spec["layer"]}
    assert layers["span"]["mark"]["type"] == "rule"
    assert "x2" in layers["span"]["encoding"]
    assert layers["point"]["mark"]["type"] == "point"
    assert "x2" not in layers["point"]["encoding"]


def test_marks_of_the_same_day_do_not_hide_each_other() -> None:
    marks = drawn(lanes(*(row(f"t-{n}") for n in range(5))), "point")
    assert marks["y"].nunique() == 5


def test_lanes_do_not_overlap() -> None:
    drawing = lanes(*(row(f"t-{n}", actor_id="AB"[n % 2] * 3) for n in range(8)))
    edge = drawn(drawing, "edge")["y"].min()
    points = drawn(drawing, "point")
    assert (points.query("lane == 'AAA'")["y"] < edge).all()
    assert (points.query("lane == 'BBB'")["y"] > edge).all()
    (domain,) = {
        tuple(layer["encoding"]["y"]["scale"]["domain"]) for layer in drawing.spec["layer"] if "scale" in layer["encoding"].get("y", {})
    }
    assert domain == (0, drawn(drawing, "edge")["y"].max())


def test_lanes_stand_in_the_order_given_each_with_its_n() -> None:
    drawing = lanes(row("t-1", actor_id="ZZZ"), row("t-2", actor_id="AAA"), row("t-3", actor_id="ZZZ"))
    labels = drawn(drawing, "lane").sort_values("y")
    assert list(zip(labels["lane"], labels["n"], strict=True)) == [("ZZZ", 2), ("AAA", 1)]


def test_a_mark_says_who_when_and_in_which_words() -> None:
    (mark,) = drawn(lanes(row(quote="слова", quote_en="words " * 60)), "point").to_dict("records")
    assert mark["who"] == "Test Person (actor AAA)"
    assert mark["when"] == "28 July 2016"
    assert mark["issue"] == "issue issue-one"
    assert mark["label"] == "support"
    assert mark["words"] == ("words " * 60)[:180] + "…"


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        pytest.param({"quote": "original", "quote_en": "english", "position": "short"}, "english", id="translation"),
        pytest.param({"quote": "original", "position": "short"}, "original", id="original"),
        pytest.param({"position": "short"}, "short", id="paraphrase"),
        pytest.param({"quote": "original", "quote_kind": "direct"}, "original", id="word-for-word"),
        pytest.param({"quote": "original", "quote_kind": "mixed"}, "Partly quoted: original", id="partly-quoted"),
        pytest.param({"quote": "original", "quote_en": "english", "quote_kind": "indirect"}, "Reported: english", id="reported"),
        pytest.param({"position": "short", "quote_kind": "indirect"}, "short", id="nothing-to-report"),
    ],
)
def test_the_words_of_a_mark(texts: dict[str, str], shown: str) -> None:
    assert drawn(lanes(row(**texts)), "point")["words"].iloc[0] == shown


def test_every_event_is_a_rule_even_where_its_label_has_no_room() -> None:
    events = [Event(f"e-{n}", PartialDate.parse("2016-07-15"), f"A long synthetic event number {n}", "", "") for n in range(10)]
    found = drawn(lanes(row(), events=events), "event")
    assert len(found) == 10
    assert set(found["band"]) <= {-1, *range(EVENT_BANDS)}
    assert (found["band"] >= 0).sum() == EVENT_BANDS, "one label a line at one place"


@pytest.mark.parametrize(("happened_on", "n"), [("2016-07-28", 1), ("2015-01-01", 0), ("2017-01-24", 0), ("2016", 0)])
def test_an_event_beside_the_axis_has_no_rule(happened_on: str, n: int) -> None:
    """It would push the axis aside, and the two charts would show one day at two places."""
    drawing = lanes(row(), events=[Event("e-1", PartialDate.parse(happened_on), "A synthetic event", "", "")])
    assert len(drawn(drawing, "event")) == n
    assert f"{n} events as dashed rules" in drawing.description


def test_names_that_look_like_paths_stay_values() -> None:
    """Vega-Lite reads ``a.b[0]`` in a field name as a path: names of lanes are values of a column, never fields."""
    drawing = lanes(row(actor_id="a.b[0]"))
    assert "a.b[0]" in set(drawing.rows["lane"].dropna())
    assert "a.b[0]" not in str(drawing.spec)


# --- density ----------------------------------------------------------------------------------------------------------


def test_density_counts_every_statement_of_the_lanes_shown() -> None:
    counted = bins(
        Bin(MONTHS[0], "A", "support", 2),
        Bin(MONTHS[0], "A", "oppose", 3),
        Bin(MONTHS[1], "B", "mixed", 4),
        Bin(MONTHS[1], "C", "mixed", 9),
    )
    drawing = build_density_chart(counted, {"B": "Second", "A": "First"})
    assert dict(zip(drawing.rows["lane"], drawing.rows["n"], strict=True)) == {"First": 5, "Second": 4}
    assert drawing.spec["encoding"]["y"]["sort"] == ["Second", "First"]


def test_stances_have_colour_and_shape_in_the_order_of_the_vocabulary() -> None:
    (points,) = [layer for layer in lanes(row()).spec["layer"] if layer["mark"]["type"] == "point"]
    assert points["encoding"]["color"]["scale"]["domain"] == list(STANCES)
    assert points["encoding"]["color"]["scale"]["range"] == [theme.STANCE_COLOURS[code] for code in STANCES]
    assert points["encoding"]["shape"]["scale"]["range"] == [theme.STANCE_SHAPES[code] for code in STANCES]
    assert len(set(theme.STANCE_SHAPES.values())) == len(STANCES), "colour alone does not tell stances apart"


@pytest.mark.parametrize(
    ("step", "begins", "after"),
    [
        ("month", date(2016, 12, 1), date(2017, 1, 1)),
        ("quarter", date(2016, 10, 1), date(2017, 1, 1)),
        ("year", date(2016, 1, 1), date(2017, 1, 1)),
        ("decade", date(2010, 1, 1), date(2020, 1, 1)),
        ("decade", date(1, 1, 1), date(10, 1, 1)),
        ("decade", date(9990, 1, 1), date.max),
    ],
)
def test_a_period_ends_where_the_next_begins(step: str, begins: date, after: date) -> None:
    assert ends_of((begins,), step) == {begins: after}


def test_rows_travel_small_and_say_the_same() -> None:
    """Texts that come again go by number; every value is the one that was drawn."""
    rows = [Bin(month, f"lane {n % 3}", "support", n) for month in MONTHS for n in range(1, 9)]
    drawing = build_density_chart(bins(*rows), {f"lane {n}": f"The lane {n}" for n in range(3)})
    assert drawing.table.to_pylist() == pa.Table.from_pandas(drawing.rows, preserve_index=False).to_pylist()
    assert pa.types.is_dictionary(drawing.table.schema.field("lane").type) and drawing.table.schema.field("n").type == pa.int32()
    large = Drawing(pd.DataFrame({"n": [2**40, 1]}), {}, "")
    assert large.table["n"].to_pylist() == [2**40, 1]


def test_the_largest_timeline_stays_under_300_kilobytes() -> None:
    """As many periods of every stance, and as many cells of lanes, as a page ever has, in the bytes that are sent."""
    days = [date(2016, 1, 1) + timedelta(n) for n in range(MAX_PERIODS)]
    every = build_periods_chart(bins(*(Bin(day, "", stance, 9_999) for day in days for stance in STANCES), periods=days, step="day"))
    lanes = {f"lane-{n}": f"A rather long name of a lane, {n}" for n in range(MAX_LANES)}
    cells = [Bin(day, lane, "support", 9_999) for day in days[: MAX_CELLS // MAX_LANES] for lane in lanes]
    density = build_density_chart(bins(*cells, periods=days, step="day"), lanes)
    assert (len(every.rows), len(density.rows)) == (MAX_PERIODS * len(STANCES), MAX_CELLS)
    sent = [convert_arrow_table_to_arrow_bytes(drawing.table) + json.dumps(drawing.spec).encode() for drawing in (every, density)]
    assert sum(map(len, sent)) < 300_000
