"""The Import page and editing on the Statement page, from the real entry, with a ledger of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.app import App
from tracker.ui import cached

ROWS = (
    b"date,country,spokesperson,issue,stance,quote\n"
    b"2016-07-29,USA,Test Person,humanitarian-corridors,oppose,Synthetic <b>words</b> of a test\n"
    b"2016-13-01,USA,Test Person,humanitarian-corridors,,Synthetic words without a day\n"
)


@pytest.fixture
def _editing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_EDIT", "on")
    monkeypatch.setenv("TRACKER_LEDGER", str(tmp_path / "ledger.sqlite"))


def test_where_editing_is_off_nothing_can_be_brought_in_or_edited() -> None:
    app = App("/import")
    assert "Importing is off" in app.html
    assert not app.test.get("file_uploader")
    assert not [button for button in App("/statement?id=aleppo-0047").test.button if "Save" in button.label]


def _labelled(elements: object, label: str) -> object:
    return next(element for element in elements if element.label == label)


def _words(app: App) -> str:
    return " ".join(app.html.split())


@pytest.mark.usefixtures("_editing")
def test_a_file_is_rehearsed_kept_and_undone() -> None:
    app = App("/import")
    app.test.file_uploader(key="import.file").upload("mine.csv", ROWS)
    app.run()
    assert "2 records in mine.csv = 1 to keep + 1 rejected + 0 ignored" in _words(app)
    assert App("/").n == 278, "nothing is kept before somebody said so"
    _labelled(app.test.button, "Keep 1 statement").click()
    assert "Say who you are" in app.run().test.warning[0].value
    assert App("/").n == 278, "nobody did it, so it was not done"
    _labelled(app.test.text_input, "Who").set_value("tester")
    _labelled(app.test.button, "Keep 1 statement").click()
    assert "279 statements are in force now" in _words(app.run())
    shown = App("/statements?q=synthetic")
    assert shown.n == 1
    assert "Synthetic &lt;b&gt;words&lt;/b&gt; of a test" in shown.html
    after = App("/import")
    after.test.text_input(key="history.who").set_value("tester")
    _labelled(after.test.button, "Undo it, by a new revision").click()
    assert "278 statements are in force now" in _words(after.run())
    assert App("/").n == 278


@pytest.mark.usefixtures("_editing")
def test_leaving_a_file_changes_nothing_and_forgets_it() -> None:
    app = App("/import")
    app.test.file_uploader(key="import.file").upload("mine.csv", ROWS)
    app.run().test.button(key="import.leave").click()
    assert "mine.csv" not in app.run().html
    assert not app.test.session_state["import.file.1"]
    assert App("/").n == 278


@pytest.mark.usefixtures("_editing")
def test_a_file_that_is_no_table_is_refused_in_words() -> None:
    app = App("/import")
    app.test.file_uploader(key="import.file").upload("mine.csv", b"\x89PNG\r\n\x1a\n" + bytes(64))
    assert "This file cannot be used as it is" in _words(app.run())
    assert not [button for button in app.test.button if button.label.startswith("Keep")]


@pytest.mark.usefixtures("_editing")
def test_an_edit_is_saved_and_stands_in_the_history() -> None:
    app = App("/statement?id=aleppo-0047")
    app.test.text_area(key="edit.field.note").set_value("A synthetic note")
    app.test.text_input(key="edit.who").set_value("tester")
    _labelled(app.test.button, "Save as a new revision").click()
    assert "Done: revision 2" in _words(app.run())
    again = App("/statement?id=aleppo-0047")
    assert "<ins>A synthetic note</ins>" in again.html
    assert App("/statement?id=aleppo-0047&asof=2001-01-01").html.count("A synthetic note") == 1, "only in the history, not in the card"


@pytest.mark.usefixtures("_editing")
def test_an_edit_with_an_impossible_date_saves_nothing() -> None:
    app = App("/statement?id=aleppo-0047")
    app.test.text_input(key="edit.field.stated_on").set_value("31/02/2016")
    app.test.text_input(key="edit.who").set_value("tester")
    _labelled(app.test.button, "Save as a new revision").click()
    assert "Nothing was saved" in app.run().test.error[0].value
    assert "31/02/2016" not in App("/statement?id=aleppo-0047").html


@pytest.mark.usefixtures("_editing")
def test_the_data_page_says_what_changed_since_a_version() -> None:
    app = App("/statement?id=aleppo-0047")
    app.test.text_area(key="edit.field.note").set_value("A synthetic note")
    app.test.text_input(key="edit.who").set_value("tester")
    _labelled(app.test.button, "Save as a new revision").click()
    app.run()
    first, second = (held.data_version[:12] for held in reversed(cached.library().ledger.revisions("aleppo")))
    assert "changed (note)" in _words(App(f"/data?changes={first}"))
    assert "Nothing: the statements are the same" in _words(App(f"/data?changes={second}"))
    assert "is not among the last" in _words(App("/data?changes=000000000000"))
