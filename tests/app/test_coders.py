"""Coders on the pages: alpha with what it rests on, where they differ, and whether a comparison holds without contested codings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.app.app import App
from tests.app.made import write_made

DataAt = Callable[[Path], None]
JUDGED = {
    # statement: stance by coder A, by coder B
    "m-1": ("support", "support"),
    "m-2": ("oppose", "oppose"),
    "m-3": ("support", "oppose"),
    "m-4": ("support", "support"),
    "m-5": ("oppose", "oppose"),
    "m-7": ("oppose", ""),
    "m-8": ("neutral", "neutral"),
}
CODINGS = [
    {"statement_id": statement_id, "coder": coder, "variable": "stance", "value": value, "coded_on": ""}
    for statement_id, values in JUDGED.items()
    for coder, value in zip(("A. Coder", "B. <b>Coder</b>"), values, strict=True)
] + [{"statement_id": "m-1", "coder": "A. Coder", "variable": "act", "value": "demand", "coded_on": ""}]


@pytest.fixture
def made(tmp_path: Path, data_at: DataAt) -> Iterator[Path]:
    data_at(write_made(tmp_path, codings=CODINGS))
    yield tmp_path


def _rows(app: App) -> dict[str, str]:
    (card,) = [card.proto.body for card in app.test.get("html") if 'id="coders"' in card.proto.body]
    rows = card.partition("<tbody>")[2].partition("</tbody>")[0].split("<tr>")[1:]
    return {row.partition("</th>")[0].rpartition(">")[2]: " ".join(row.split()) for row in rows}


def test_the_bundled_data_states_no_agreement() -> None:
    app = App("/data")
    assert "no agreement can be stated" in app.html and "trk-alpha" not in app.html
    assert "filter.contested" not in [box.key for box in app.test.checkbox]


def test_alpha_with_what_it_rests_on(made: Path) -> None:
    app = App("/data")
    rows = _rows(app)
    assert "0.756" in rows["Stance"] and "ordinal 0.633" in rows["Stance"], "counted by hand"
    assert "<td>6</td><td>12</td><td>2</td><td>1 statement</td>" in rows["Stance"]
    assert "1 coded once, 1 coding left open" in rows["Stance"]
    assert "undefined" in rows["Act"] and "no statement was coded by two" in rows["Act"] and "1.000" not in rows["Act"]
    differ = [item.text for item in app.by_tag("li") if "Coder" in item.text and "Stance" in item.text]
    assert len(differ) == 1 and "m-3" in differ[0] and "oppose" in differ[0]
    assert "/statement?id=m-3" in app.links
    assert "<b>Coder</b>" not in app.html


def test_agreement_is_that_of_the_selection(made: Path) -> None:
    app = App("/data?actor=GBR")
    assert "1.000" in _rows(app)["Stance"] and "<td>2</td>" in _rows(app)["Stance"]


@pytest.mark.parametrize("path", ["/", "/timeline", "/statements", "/shifts", "/alignment", "/data"])
def test_contested_codings_can_be_left_out_everywhere(made: Path, path: str) -> None:
    app = App(f"{path}?contested=out")
    assert "without contested codings" in app.sentence and app.notices == []
    assert app.parameters["contested"] == "out"
    assert app.test.checkbox(key="filter.contested").value is True


def test_one_statement_is_left_out(made: Path) -> None:
    assert App("/statements?contested=out").n == 9
    assert App("/statements?contested=in").n == 10


def test_does_the_comparison_hold(made: Path) -> None:
    link = "/compare?actor=DEU.FRA&issue=corridors"
    app = App(link)
    assert "1 statement of this comparison has contested codings. Without it 1 of 2 cells would say something else" in " ".join(
        app.html.split()
    )
    assert "Germany on Test corridors</a>: support → nothing said" in app.html
    assert "/statements?actor=DEU&issue=corridors" in app.links
    assert f"{link}&contested=out" in app.links
    out = App(f"{link}&contested=out")
    assert "Without 1 contested statement 1 of 2 cells says something else" in " ".join(out.html.split())
    cells = {cell.attributes["data-column"]: cell.text for cell in out.by_tag("td")}
    assert "nothing here fits the filters" in cells["Germany"] and "oppose" in cells["France"]
    assert "contested statement" not in App("/compare?actor=GBR.FRA&issue=corridors").html


def test_does_the_matrix_hold(made: Path) -> None:
    link = "/alignment?actor=DEU.FRA.GBR&min=1"
    app = App(link)
    words = " ".join(app.html.split())
    assert "1 statement of this matrix has contested codings. Without it 2 of 3 pairs would rest on other numbers" in words
    row = words.partition("Germany – France")[2].partition("</tr>")[0]
    assert "/statements?actor=DEU.FRA&amp;issue=corridors" in row and "Test corridors</a>" in row, "the issue, and the statements behind"
    assert "1 shared issue, rank" in row and "0 shared issues, rank none" in row
    assert link.replace("&min", "&contested=out&min") in app.links
    out = App(f"{link}&contested=out")
    assert "Without 1 contested statement 2 of 3 pairs rest on other numbers" in " ".join(out.html.split())
    assert "contested codings" not in App("/alignment?actor=GBR.FRA&min=1").html


@pytest.mark.parametrize(
    ("query", "words"),
    [("contested=maybe", "contested ‘maybe’ is neither out nor in"), ("contested=out&contested=in", "more than once")],
    ids=["other-word", "twice"],
)
def test_a_link_that_cannot_be_followed_is_named(made: Path, query: str, words: str) -> None:
    app = App(f"/statements?{query}")
    assert words in " ".join(app.notices)


def test_where_nothing_is_contested_the_link_says_so() -> None:
    app = App("/statements?contested=out")
    assert "No coding in this data is contested" in " ".join(app.notices) and app.n == 278
