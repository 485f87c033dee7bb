"""Silence on the pages: what is on record is told apart from what nobody looked for, in words, marks and JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.app.app import App
from tests.app.made import write_made
from tracker.workspace import open_workspace
from tracker.workspace.answers import answer, answer_as_json

DataAt = Callable[[Path], None]


@pytest.fixture
def made(tmp_path: Path, data_at: DataAt) -> Iterator[Path]:
    data_at(write_made(tmp_path))
    yield tmp_path


def _cells(app: App) -> dict[tuple[str, int], str]:
    """The words of each cell of the matrix by actor and place of the issue."""
    (card,) = [card.proto.body for card in app.test.get("html") if "trk-silences" in card.proto.body]
    found: dict[tuple[str, int], str] = {}
    for row in card.partition("<tbody>")[2].split("<tr>")[1:]:
        actor = row.partition("</th>")[0].rpartition(">")[2].strip()
        for place, cell in enumerate(row.split("<td")[1:]):
            found[actor, place] = " ".join(cell.split())
    return found


def test_the_bundled_data_claims_no_silence() -> None:
    app = App("/data?since=2016-10-01")
    assert "No silence is on record in this data" in app.html and "silences.csv" in app.html
    assert not app.by_class("trk-state-silent")
    assert "0 silent since" in app.html


def test_who_has_not_spoken_since_a_day(made: Path) -> None:
    app = App("/data?since=2016-07-05&until=2016-12-31")
    cells = _cells(app)
    assert "looked 1 Aug 2016" in cells["Norway", 0] and "trk-state-silent" in cells["Norway", 0]
    assert "last 3 Jul 2016" in cells["Germany", 0] and "trk-state-silent" in cells["Germany", 0]
    assert "trk-state-not-looked" in cells["Norway", 1] and "not looked" in cells["Norway", 1]
    assert "trk-state-said" in cells["United States", 0]
    assert "/statements?actor=DEU&amp;issue=corridors&amp;until=2016-12-31" in cells["Germany", 0]
    assert "T. Coder" in app.html and "neutral" not in cells["Norway", 0]
    assert app.notices == []


def test_a_cell_leads_to_the_statements_it_counts(made: Path) -> None:
    assert App("/statements?actor=DEU&issue=corridors&until=2016-12-31").n == 1


def test_the_choice_of_actors_and_issues_holds_and_an_actor_without_words_can_be_asked_for(made: Path) -> None:
    app = App("/data?actor=NOR&issue=corridors")
    assert list(_cells(app)) == [("Norway", 0)]
    assert app.notices == [] and app.n == 0


def test_a_link_that_cannot_be_followed_is_named_and_the_matrix_stands(made: Path) -> None:
    app = App("/data?actor=ZZZ&since=yesterday")
    assert "ZZZ" in " ".join(app.notices) and "yesterday" in " ".join(app.notices)
    assert len(_cells(app)) == 14


def test_compare_tells_the_four_kinds_apart(made: Path) -> None:
    app = App("/compare?actor=NOR.USA.RUS.DEU")
    cells = {(cell.attributes["data-column"], n // 4): cell.text for n, cell in enumerate(app.by_tag("td"))}
    assert "silent: nothing found, looked 1 August 2016 in the test archive (T. Coder); June 2016" in cells["Norway", 1]
    assert "not looked: nothing in this data" in cells["Norway", 0] and "silent" not in cells["Norway", 0]
    assert "not coded" in cells["United States", 0]
    assert "support" in cells["Germany", 1] and "and found nothing" in cells["Germany", 1]


def test_the_states_are_in_json(made: Path) -> None:
    workspace = open_workspace(made)
    view, _ = workspace.read_link("/compare?actor=NOR.USA.RUS.DEU")
    positions = answer_as_json(answer(workspace, view))["answer"]["comparison"]["positions"]
    states = {key: (held["state"], [look["looked_on"] for look in held["silences"]]) for key, held in positions.items()}
    assert states["actor:NOR corridors"] == ("silent", ["2016-08-01", "2016-06"])
    assert states["actor:NOR access"] == ("not-looked", [])
    assert states["actor:USA access"] == ("not-coded", [])
    assert states["actor:DEU corridors"] == ("said", ["2021-06-01"])
