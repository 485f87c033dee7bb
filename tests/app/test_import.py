"""The Import page and editing on the Statement page, from the real entry, with a ledger of the test's own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.app import App
from tests.samples import FORMATS, needs_samples
from tracker.io.inputs import InputFile
from tracker.store.derived import snapshot_of
from tracker.ui import cached
from tracker.ui.components import mending
from tracker.workspace import Library, library, preparing
from tracker.workspace.importing import Rehearsal, rehearse

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
    assert "&lt;b&gt;words&lt;/b&gt; of a test" in shown.html
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
    assert "would not be one any more. '31/02/2016'" in app.run().by_class("trk-refused")[0].text, "why stands in the same box"
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


@pytest.mark.usefixtures("_editing")
def test_a_stale_edit_shows_both_versions_and_saves_nothing() -> None:
    mine, theirs = App("/statement?id=aleppo-0047"), App("/statement?id=aleppo-0047")
    for app, note in ((theirs, "A synthetic note of theirs"), (mine, "A synthetic note of mine")):
        app.test.text_area(key="edit.field.note").set_value(note)
        app.test.text_input(key="edit.who").set_value("tester")
        _labelled(app.test.button, "Save as a new revision").click()
        app.run()
    assert "Done: revision 2" in _words(theirs)
    assert "somebody changed this statement while you were editing" in mine.by_class("trk-refused")[0].text
    both = next(table.value for table in mine.test.dataframe if "yours" in table.value.columns)
    assert both.to_dict("records") == [{"column": "Note", "yours": "A synthetic note of mine", "there now": "A synthetic note of theirs"}]
    assert len(cached.library().ledger.revisions("aleppo")) == 2, "the later edit was not saved"


@pytest.mark.usefixtures("_editing")
def test_cells_are_mended_in_place_and_what_was_mended_stands_in_the_history(monkeypatch: pytest.MonkeyPatch) -> None:
    days = {"2016-13-01": "2016-12-01"}
    monkeypatch.setattr(mending.st, "data_editor", lambda table, **_: table.replace(days))
    app = App("/import")
    app.test.file_uploader(key="import.file").upload("mine.csv", ROWS)
    assert "2 records in mine.csv = 2 to keep + 0 rejected + 0 ignored. 1 row read as mended below" in _words(app.run())
    _labelled(app.test.text_input, "Who").set_value("tester")
    _labelled(app.test.button, "Keep 2 statements").click()
    assert "import of mine.csv (1 row mended by hand): 2 added" in _words(app.run())
    days.clear()
    assert "1 to keep + 1 rejected" in _words(app.run()), "what is not mended any more is rejected again"


@pytest.mark.usefixtures("_editing")
def test_what_was_said_of_one_file_is_not_taken_for_the_next() -> None:
    app = App("/import")
    app.test.file_uploader(key="import.file").upload("timeline.csv", TIMELINE)
    app.run().test.text_input(key="import.every.text").set_value("United States")
    app.test.selectbox(key="import.date_order").set_value("month-first")
    assert "= 1 to keep" in _words(app.run())
    app.test.file_uploader(key="import.file").upload("other.csv", TIMELINE.replace(b"words", b"other words"))
    assert "None of the 1 rows could be kept" in _words(app.run())
    assert app.test.selectbox(key="import.date_order").value == ""


TIMELINE = b"Year,Month,Day,Headline,Text,Media,Media Credit\n2016,7,28,A headline,Synthetic words,https://example.org/a,Test Press\n"


@pytest.mark.usefixtures("_editing")
def test_what_holds_for_every_row_can_be_said_on_the_page() -> None:
    app = App("/import")
    app.test.file_uploader(key="import.file").upload("timeline.csv", TIMELINE)
    assert "None of the 1 rows could be kept" in _words(app.run())
    app.test.text_input(key="import.every.text").set_value("United States")
    assert "1 record in timeline.csv = 1 to keep + 0 rejected + 0 ignored" in _words(app.run())
    app.test.text_input(key="import.every.text").set_value("")
    assert "None of the 1 rows could be kept" in _words(app.run()), "it holds only as long as it is said"


@needs_samples
@pytest.mark.usefixtures("_editing")
@pytest.mark.parametrize(("name", "n_kept"), [("timelinejs_women_in_computing.csv", 10), ("qc_demo.qdpx", 205)])
def test_samples_of_other_tools_load_once_it_is_said_whose_they_are(name: str, n_kept: int) -> None:
    app = App("/import")
    app.test.file_uploader(key="import.file").upload(name, (FORMATS / name).read_bytes())
    app.run().test.text_input(key="import.every.text").set_value("United States")
    assert f"{n_kept} new statements" in _words(app.run())


@pytest.mark.usefixtures("_editing")
def test_a_file_is_read_once_however_often_the_page_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(library: Library, file: InputFile, *given: object) -> Rehearsal:
        read.append(file.name)
        return rehearse(library, file, *given)

    monkeypatch.setattr(cached, "rehearse", counted)
    rows = ROWS.replace(b"of a test", b"of a test that counts")
    app = App("/import")
    app.test.file_uploader(key="import.file").upload("counted.csv", rows)
    for _ in range(3):
        assert "2 records in counted.csv" in _words(app.run())
    again = App("/import")
    again.test.file_uploader(key="import.file").upload("counted.csv", rows)
    again.run()
    assert read == ["counted.csv"]
    again.test.selectbox(key="import.date_order").set_value("month-first")
    again.run()
    assert read == ["counted.csv", "counted.csv"], "what is read another way is read anew"


@pytest.mark.usefixtures("_editing")
def test_while_a_new_version_is_prepared_the_page_says_so_and_shows_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    may_go_on = threading.Event()

    def slowly(*given: object) -> Path:
        told = given[4] if len(given) > 4 else None
        if told:
            told("reading the history", 100, 279)
            assert may_go_on.wait(60)
        return snapshot_of(*given)

    monkeypatch.setattr(library, "snapshot_of", slowly)
    monkeypatch.setattr(preparing, "WAITED_SECONDS", 0.0)
    app = App("/import")
    app.test.file_uploader(key="import.file").upload("mine.csv", ROWS)
    app.run()
    _labelled(app.test.text_input, "Who").set_value("tester")
    _labelled(app.test.button, "Keep 1 statement").click()
    assert "279 statements are in force now" in _words(app.run()), "keeping is answered at once"
    reader = App("/")
    assert reader.n == 278
    assert "You are looking at the version before" in reader.test.get("progress")[0].proto.text
    may_go_on.set()
    preparation = cached.library().preparation(cached.workspace())
    assert preparation is None or preparation.wait(60)
    assert reader.run().n == 279
    assert not reader.test.get("progress")


@pytest.mark.usefixtures("_editing")
def test_files_changed_on_disk_are_said_on_the_data_page(tmp_path: Path, data_at: Callable[[Path], None]) -> None:
    base = tmp_path / "base.csv"
    base.write_bytes(ROWS)
    data_at(base)
    app = App("/import")
    app.test.file_uploader(key="import.file").upload("more.csv", ROWS.replace(b"07-29", b"07-30"))
    app.run()
    _labelled(app.test.text_input, "Who").set_value("tester")
    _labelled(app.test.button, "Keep 1 statement").click()
    app.run()
    said = "The files on disk are not what is shown"
    assert said not in App("/data").html
    base.write_bytes(ROWS.replace(b"oppose", b"support"))
    assert said in App("/data").html
