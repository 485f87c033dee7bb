"""Charts of alignment: every pair is a cell twice, nothing without a value looks like a value, and what is cut is said."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.analysis.alignment_results import NO_SHARED, TOO_FEW, AlignedWindow, Alignment, Branch, Member, Pair, Polarisation
from tracker.analysis.name_places import SIDES, name_sides
from tracker.ui.charts.alignment_chart import FEW, MAX_DRAWN, UNDEFINED, build_matrix_chart
from tracker.ui.charts.network_chart import build_network_chart
from tracker.ui.charts.windows_chart import ACROSS, WITHIN, build_windows_chart

NO_POLES = Polarisation(None, None, None, None, None, None, 0, 0, 0, 1, False)
PAIRS = (Pair("A", "B", 4, 0.5, "", -0.1, 0.9), Pair("A", "C", 3, -1.0), Pair("B", "C", 0, None, NO_SHARED))
LABELS = {"A": "datum.one", "B": "<b>Bee</b>", "C": "Cee"}


def alignment(pairs: tuple[Pair, ...] = PAIRS, n_more: int = 0) -> Alignment:
    members = (Member("A", 9, 4, 0, 0.0, 0.5), Member("B", 5, 4, 0, 0.5, 0.5), Member("C", 3, 3, 1, 1.0, 0.5))
    branches = (Branch((0.0, 0.0, 1.0, 1.0), (0.0, 0.25, 0.25, 0.0)), Branch((0.5, 0.5, 2.0, 2.0), (0.25, 1.0, 1.0, 0.0)))
    return Alignment(members, pairs, branches, (), n_more, 4, 17, 999, 1, NO_POLES)


def kinds(rows: list[dict]) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for row in rows:
        found.setdefault(row["kind"], []).append(row)
    return found


def test_pairs_in_are_cells_out_both_ways() -> None:
    found = kinds(build_matrix_chart(alignment(), LABELS).rows.to_dict("records"))
    assert {(cell["pair"], cell["x"] + 0.5, cell["y"] + 0.5, cell["value"]) for cell in found["cell"]} == {
        ("A.B", 1, 0, 0.5),
        ("A.B", 0, 1, 0.5),
        ("A.C", 2, 0, -1.0),
        ("A.C", 0, 2, -1.0),
    }
    assert {cell["sign"] for cell in found["cell"] if cell["value"] < 0} == {"opposed"}
    assert {cell["n"] for cell in found["cell"]} == {4, 3}
    assert found["cell"][0]["interval"] == "−0.10 to 0.90"


@pytest.mark.parametrize(("reason", "mark"), [(NO_SHARED, UNDEFINED), (TOO_FEW, FEW), ("no variation", UNDEFINED)])
def test_no_value_is_an_empty_cell_with_a_word_and_never_a_colour(reason: str, mark: str) -> None:
    found = kinds(build_matrix_chart(alignment((Pair("A", "B", 2, None, reason),)), LABELS).rows.to_dict("records"))
    assert "cell" not in found
    assert [row["mark"] for row in found["mark"]] == [mark, mark]
    assert all("undefined" in row["said"] or "not shown" in row["said"] for row in found["blank"])


def test_conflict_is_the_colour_of_opposition() -> None:
    rows = build_matrix_chart(alignment((Pair("A", "B", 4, 0.5),)), LABELS, is_opposed=True).rows
    assert set(rows[rows["kind"] == "cell"]["sign"]) == {"opposed"}


def test_camps_side_by_side_are_framed_and_the_tree_stands_above() -> None:
    found = kinds(build_matrix_chart(alignment(), LABELS).rows.to_dict("records"))
    assert [(row["x"], row["x2"]) for row in found["camp"]] == [(-0.5, 1.5)], "one member alone needs no frame"
    assert len(found["tree"]) == 6
    assert all(row["y"] < -0.5 for row in found["tree"]), "no branch runs through the cells"


def test_sums_are_coloured_as_shares_of_the_largest() -> None:
    rows = build_matrix_chart(alignment((Pair("A", "B", 4, 8.0), Pair("A", "C", 4, -2.0))), LABELS).rows
    assert rows[rows["kind"] == "cell"]["size"].tolist() == [1, 1, 0.25, 0.25]


def test_more_members_than_fit_are_said() -> None:
    members = tuple(Member(f"M{n:03}", n, 3, 0) for n in range(MAX_DRAWN + 20))
    pairs = tuple(Pair("M000", member.code, 3, 1.0) for member in members[1:])
    held = Alignment(members, pairs, (), (), 0, 4, 17, 99, 1, NO_POLES)
    drawing = build_matrix_chart(held, {member.code: member.code for member in members})
    assert f"{MAX_DRAWN} of {MAX_DRAWN + 20} members" in drawing.description
    assert set(drawing.rows[drawing.rows["kind"] == "name"]["one"]) == {member.code for member in members[20:]}


def test_the_network_has_lines_from_the_threshold_on() -> None:
    for threshold, n in ((0.0, 2), (0.5, 2), (0.75, 1)):
        drawing = build_network_chart(alignment(), LABELS, threshold)
        found = kinds(drawing.rows.to_dict("records"))
        assert len(found["edge"]) == n
        assert len(found["node"]) == 3
        assert f"{n} lines" in drawing.description
    assert found["edge"][0]["sign"] == "opposed"


def test_windows_without_a_value_leave_a_gap() -> None:
    windows = [
        AlignedWindow(date(2016, 7, 1), date(2016, 10, 1), 5, Pair("A", "B", 2, 0.5), 1.0, 3, None, 0),
        AlignedWindow(date(2016, 10, 1), date(2017, 1, 1), 0, None, None, 0, None, 0),
    ]
    drawing = build_windows_chart(windows, "quarter", "A and B", is_signed=True)
    assert [(row["series"], row["value"], row["n"]) for row in drawing.rows.to_dict("records")] == [
        (WITHIN, 1.0, "3 pairs"),
        ("A and B", 0.5, "2 shared issues"),
    ]
    assert drawing.spec["encoding"]["color"]["scale"]["domain"] == [WITHIN, ACROSS, "A and B"]
    assert drawing.spec["encoding"]["y"]["scale"] == {"domain": [-1, 1]}


def test_bars_of_windows_end_where_the_window_does() -> None:
    windows = [AlignedWindow(date(2016, 7, 1), date(2016, 10, 1), 5, None, 1.0, 3, None, 0)]
    drawing = build_windows_chart(windows, "quarter", "", is_signed=True)
    assert drawing.spec["mark"].get("strokeCap", "butt") == "butt"
    assert [(f"{row.begins:%Y-%m-%d}", f"{row.ends:%Y-%m-%d}") for row in drawing.rows.itertuples()] == [("2016-07-01", "2016-10-01")]


def test_room_at_the_foot_is_for_names_that_are_drawn_on_every_screen() -> None:
    drawing = build_matrix_chart(alignment(), LABELS)
    (feet,) = [layer for layer in drawing.spec["layer"] if layer.get("transform", [{}])[0].get("filter") == "datum.kind == 'foot'"]
    assert feet["encoding"]["y"]["scale"]["domain"][1] > 3 and kinds(drawing.rows.to_dict("records"))["foot"]


def test_names_of_the_network_stand_beside_their_points_on_the_free_side() -> None:
    drawing = build_network_chart(alignment(), LABELS | {"C": "Cee of the long name"}, 0.5)
    (last,) = [row for row in kinds(drawing.rows.to_dict("records"))["node"] if row["label"].startswith("Cee")]
    assert "right" not in (last["side"], last["side_if_narrow"]), "there it would leave the chart"
    texts = [layer["mark"] for layer in drawing.spec["layer"] if layer["mark"]["type"] == "text"]
    assert len(texts) == len(SIDES)
    assert all(abs(mark.get("dx", 0)) + abs(mark.get("dy", 0)) > 11 for mark in texts), "clear of the largest point"


PLACES = {
    "alone": ([(100, 100)], ["A"], [], ["right"]),
    "at-the-right-edge": ([(395, 100)], ["A"], [], ["left"]),
    "point-at-its-right": ([(100, 100), (125, 100)], ["A", "B"], [], ["left", "right"]),
    "line-at-its-right": ([(100, 100), (300, 100)], ["Alpha", "Beta"], [(0, 1)], ["left", "right"]),
    "name-at-its-right": ([(200, 100), (130, 104)], ["A", "a long name"], [], ["right", "left"]),
    "at-one-place": ([(100, 100), (100, 100)], ["A", "B"], [], ["right", "left"]),
    "none": ([], [], [], []),
}


@pytest.mark.parametrize(("points", "names", "lines", "sides"), PLACES.values(), ids=PLACES)
def test_a_name_stands_where_it_covers_least(points: list, names: list[str], lines: list, sides: list[str]) -> None:
    assert name_sides(points, names, lines, (400, 200), 130) == sides
