"""Imports and edits through the workspace: nothing changes before it is kept, and whatever was kept can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker.analysis.listing import statement_record
from tracker.core.errors import DataSetRefused
from tracker.io.inputs import InputFile, ReadOptions
from tracker.store.ledger import open_ledger
from tracker.workspace import Library, open_workspace
from tracker.workspace.editing import StaleEdit, changed_columns, history_of, read_edit, save_edit, withdraw
from tracker.workspace.importing import EditingOff, keep, rehearse, rehearse_path, undo
from tracker.workspace.told import rehearsal_as_json, rehearsal_in_words, what_was_done

BASE = "statement_id,date,country,spokesperson,issue,stance,quote\nt-1,2016-07-28,FRA,Test Person,Test issue,support,Synthetic words one\n"
MORE = (
    "date,country,spokesperson,issue,stance,quote\n"
    "2016-07-29,Frankreich,test person,test ISSUE,oppose,Synthetic words two\n"
    "2016-13-01,USA,Nobody,Test issue,,Synthetic words three\n"
    "2016-07-29,Frankreich,test person,test ISSUE,oppose,Synthetic words two\n"
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library of one small data set on disk, with an empty ledger that may be written to."""
    path = tmp_path / "base.csv"
    path.write_text(BASE, encoding="utf-8")
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        yield Library((path,), ledger, is_mine=True)


def more(text: str = MORE) -> InputFile:
    return InputFile.from_bytes(text.encode(), "more.csv")


def test_a_rehearsal_changes_nothing_and_accounts_for_every_record(library: Library) -> None:
    found = rehearse(library, more(), "base")
    assert (found.n_new, found.n_unchanged, found.clashes, found.n_held) == (1, 0, (), 1)
    assert found.read.n_records == len(found.read.statements) + found.read.n_rejected + found.read.n_ignored == 3
    assert library.ledger.data_sets() == ()
    assert library.open("base").count.n_statements == 1


def test_names_are_understood_as_in_the_data_set_they_join(library: Library) -> None:
    found = rehearse(library, more(), "base")
    (statement,) = found.read.statements
    assert (statement.issue_id, statement.actor_id, statement.spokesperson_id) == ("test-issue", "FRA", "test-person")
    assert {(joined.label, joined.spellings) for joined in found.joined} >= {("France", ("Frankreich",))}


def test_keeping_undoing_and_undoing_the_undoing(library: Library) -> None:
    revision = keep(library, rehearse(library, more(), "base"), who="tester", why="trial")
    opened = library.open("base")
    assert (opened.count.n_statements, opened.revision_id) == (2, revision.revision_id)
    assert opened.catalogue.keeps_history
    taken_back = undo(library, revision.revision_id, who="tester", why="mistake")
    assert library.open("base").count.n_statements == 1
    undo(library, taken_back.revision_id, who="tester", why="not a mistake")
    assert library.open("base").count.n_statements == 2
    kinds = [held.kind.value for held in library.ledger.revisions("base")]
    assert kinds == ["undo", "undo", "import", "import"], "the first import is what is on disk"


def test_the_same_file_twice_adds_nothing(library: Library) -> None:
    keep(library, rehearse(library, more(), "base"), who="tester", why="")
    again = rehearse(library, more(), "base")
    assert (again.n_new, again.n_unchanged, again.can_be_kept) == (0, 1, False)


def test_as_of_a_moment_shows_what_was_in_force_then(library: Library) -> None:
    keep(library, rehearse(library, more(), "base"), who="tester", why="")
    second, first = library.ledger.revisions("base")
    assert library.open("base", first.at.isoformat().replace("+00:00", "Z")).count.n_statements == 1
    assert library.open("base", second.at.isoformat().replace("+00:00", "Z")).count.n_statements == 2
    assert library.open("base", "2001-01-01").count.n_statements == 1, "before there was a history, what is on disk"


def test_an_id_of_another_statement_stands_against_keeping(library: Library) -> None:
    text = BASE.replace("Synthetic words one", "Other synthetic words")
    found = rehearse(library, more(text), "base")
    assert [problem.code for problem in found.clashes] == ["statement-id-repeated"]
    assert not found.can_be_kept
    assert found.n_new == 0


def test_nothing_is_kept_where_editing_is_off(library: Library, tmp_path: Path) -> None:
    readers = Library((tmp_path / "base.csv",), library.ledger)
    with pytest.raises(EditingOff, match="TRACKER_EDIT=on"):
        keep(readers, rehearse(readers, more(), "base"), who="stranger", why="")
    with pytest.raises(EditingOff):
        undo(readers, 1, who="stranger", why="")
    assert library.ledger.data_sets() == ()


def test_a_new_data_set_begins_with_its_first_import(library: Library) -> None:
    keep(library, rehearse(library, more(), "My own"), who="tester", why="")
    assert list(library.titles()) == ["base", "my-own"]
    assert library.open("MY-OWN").count.n_statements == 1
    assert library.open("base").count.n_statements == 1, "the other data set is as it was"


def test_rejected_rows_can_be_mended_and_read_again(library: Library) -> None:
    wrong = rehearse(library, more(), "base").rejected
    assert [(row["record"], row["line"], row["stated_on"]) for row in wrong] == [(2, 3, "2016-13-01")]
    assert "no such day" in wrong[0]["problem"]
    again = rehearse(library, more(), "base", ReadOptions(mended={2: {"stated_on": "2016-12-01"}}))
    assert (again.n_new, again.read.n_rejected, again.read.n_ignored, again.read.n_records) == (2, 0, 1, 3)
    revision = keep(library, again, who="tester", why="")
    assert "(1 row mended by hand)" in what_was_done(revision)


RAGGED = """date,country,quote
03/04/2016,France,Synthetic words one
04/25/2016,France,Synthetic words two
03/05/2016,France,Synthetic words, with a comma
03/06/2016,France
03/07/2016,,Synthetic words three
2016-07-08,France,Synthetic \x00 words
Total,3,
"""


@pytest.mark.parametrize(
    ("mended", "n_kept", "dates"),
    [
        pytest.param({}, 3, {"2016-03-04"}, id="nothing"),
        pytest.param({5: {"country": "Germany"}}, 4, {"2016-03-04", "2016-03-07"}, id="a-cell"),
        pytest.param({4: {"quote": "Synthetic words four"}}, 4, {"2016-03-06"}, id="a-row-that-was-too-short"),
        pytest.param({3: {"note": "looked at"}}, 4, {"2016-03-05"}, id="a-row-that-was-too-long"),
        pytest.param({5: {"country": "Germany", "quote": "#REF!"}}, 3, {"2016-03-04"}, id="with-what-is-no-data"),
        pytest.param({1: {"stated_on": "2016-13-40"}}, 2, {"2016-04-25"}, id="worse-than-before"),
        pytest.param({99: {"country": "Germany"}}, 3, {"2016-03-04"}, id="a-record-that-is-not-there"),
    ],
)
def test_what_is_mended_changes_nothing_else(library: Library, mended: dict[int, dict[str, str]], n_kept: int, dates: set[str]) -> None:
    read = rehearse(library, more(RAGGED), "base", ReadOptions(mended=mended)).read
    assert (len(read.statements), read.n_records, read.n_ignored) == (n_kept, 7, 1)
    assert len(read.statements) + read.n_rejected + read.n_ignored == read.n_records
    assert dates <= {str(s.stated_on) for s in read.statements}, "the order of day and month is still that of the whole column"
    assert [p.code for p in read.problems if p.record == 6] == ["text-nul"], "what was said of other rows is still said"


def test_every_rejected_row_that_has_columns_can_be_shown(library: Library) -> None:
    wrong = rehearse(library, more(RAGGED), "base").rejected
    assert [(row["record"], row["quote"]) for row in wrong] == [
        (3, "Synthetic words,  with a comma"),
        (4, ""),
        (5, "Synthetic words three"),
    ]


def test_an_edit_is_read_as_a_row_is_and_stands_in_the_history(library: Library) -> None:
    record = statement_record(library.open("base").corpus, "t-1")
    edited = read_edit(library, "base", {**record, "country": "Frankreich", "note": "=SUM(1)"})
    save_edit(library, "base", edited, seen_revision=0, who="tester", why="note")
    now = statement_record(library.open("base").corpus, "t-1")
    assert (now["actor_id"], now["note"]) == ("FRA", "=SUM(1)")
    first, second = history_of(library, "base", "t-1")
    assert first.before is None
    assert changed_columns(second) == [("country", "FRA", "Frankreich"), ("note", "", "=SUM(1)")]


def test_an_edit_that_makes_no_statement_is_refused_with_its_reason(library: Library) -> None:
    record = statement_record(library.open("base").corpus, "t-1")
    edited = read_edit(library, "base", {**record, "stated_on": "31/02/2016"})
    assert edited.statement is None
    assert edited.problems[0].code == "date-invalid"
    with pytest.raises(EditingOff):
        save_edit(library, "base", edited, seen_revision=0, who="tester", why="")
    assert library.ledger.data_sets() == ()


def test_a_stale_edit_saves_nothing_and_shows_both_versions(library: Library) -> None:
    record = statement_record(library.open("base").corpus, "t-1")
    save_edit(library, "base", read_edit(library, "base", {**record, "note": "one"}), seen_revision=0, who="first", why="")
    with pytest.raises(StaleEdit) as caught:
        save_edit(library, "base", read_edit(library, "base", {**record, "note": "two"}), seen_revision=0, who="second", why="")
    assert (caught.value.found.written["note"], caught.value.wanted.written["note"]) == ("one", "two")
    assert statement_record(library.open("base").corpus, "t-1")["note"] == "one"


def test_a_withdrawn_statement_is_not_in_force_and_comes_back(library: Library) -> None:
    revision = withdraw(library, "base", "t-1", seen_revision=0, who="tester", why="not said")
    assert library.ledger.statement("base", "t-1") is None
    undo(library, revision.revision_id, who="tester", why="it was said")
    assert library.open("base").count.n_statements == 1


def test_what_is_printed_adds_up(library: Library) -> None:
    found = rehearse(library, more(), "base")
    told = rehearsal_as_json(found)
    assert told["records"] == told["rows"] + len(told["rejected"]) + len(told["ignored"]) == 3
    assert told["new"] == 1
    assert "3 records = 1 to keep + 1 rejected + 1 ignored" in rehearsal_in_words(found)


def test_what_a_package_says_of_itself_is_in_its_version(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "statements.csv").write_text(BASE, encoding="utf-8")
    descriptor = folder / "datapackage.json"
    descriptor.write_text('{"name": "package", "title": "First", "resources": [{"name": "statements", "path": "statements.csv"}]}')
    first = open_workspace(folder)
    descriptor.write_text(descriptor.read_text().replace("First", "Second"))
    second = open_workspace(folder)
    assert (first.title, second.title) == ("First", "Second")
    assert first.data_version != second.data_version


def test_a_file_that_goes_away_or_may_not_be_read_is_refused_in_words(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise FileNotFoundError(2, "No such file or directory")

    gone = rehearse(library, InputFile("gone.csv", 100, MORE.encode(), refuse), "base")
    assert not gone.can_be_kept
    assert "gone.csv cannot be read to its end (no such file or directory)" in rehearsal_in_words(gone)
    path = tmp_path / "locked.csv"
    path.write_text(MORE, encoding="utf-8")
    monkeypatch.setattr(InputFile, "from_path", lambda _: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    with pytest.raises(DataSetRefused, match="it cannot be read"):
        rehearse_path(library, path, "base")


NEARLY = "date,country,spokesperson,issue,quote,document_title\n2016-07-28,FRA,Test Person,Test issue,{},Briefing\n"
WORDS = "Synthetic words that are long enough to be told apart from others"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param(NEARLY.format(WORDS.replace("told", "kept")), ["nearly-repeated"], id="nearly"),
        pytest.param(NEARLY.format(WORDS), [], id="the-same-is-there-already"),
        pytest.param("statement_id," + NEARLY.format(WORDS).replace("\n2016", "\nt-9,2016"), ["nearly-repeated"], id="another-id"),
        pytest.param(NEARLY.format("Other words about another matter that nobody said before"), [], id="other-words"),
        pytest.param(NEARLY.format(WORDS.replace("told", "kept")).replace("Briefing", "Letter"), [], id="another-document"),
    ],
)
def test_what_a_data_set_has_nearly_is_warned_about(library: Library, text: str, codes: list[str]) -> None:
    keep(library, rehearse(library, more(NEARLY.format(WORDS)), "base"), who="tester", why="")
    assert [problem.code for problem in rehearse(library, more(text), "base").read.problems] == codes
