"""Every problem code has its paragraph, every column and limit its place in the format."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.io.problem_examples import MADE, Entry, as_files, codes_of, entries, example_of
from tracker.core.columns import COLUMN_NAMES
from tracker.core.vocabulary import ACTOR_KINDS, ACTS, CHANNELS, NOT_CODED, NOT_GIVEN, STANCES
from tracker.io import limits
from tracker.io.documents import html_events
from tracker.io.documents.reading import read_document
from tracker.io.inputs import InputFile
from tracker.io.refusals import FileRefused
from tracker.io.sqlite_guarded import open_sqlite

ROOT = Path(__file__).parents[2]
PROBLEMS = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
FORMAT = (ROOT / "docs" / "data_format.md").read_text(encoding="utf-8")
ENTRIES = entries(PROBLEMS)
OF_THE_MACHINE = {"file-changed", "no-room-for-copy", "html-unreadable"}
ONLY_WORDS = OF_THE_MACHINE | {"address-refused"} | {entry.code for entry in ENTRIES if entry.code.startswith("fetch-")}
"""Their examples need a network or a moment; each has a test of its own, here or in test_fetching.py and test_packages.py."""
READ_FROM = (ROOT / "tracker" / "io", *(ROOT / "tracker" / "io" / folder for folder in ("documents", "feeds")))
DOCUMENTED = [entry.code for entry in ENTRIES]

# Closed on purpose: any other word-with-hyphens in tracker/io is a problem code and needs its paragraph.
_OF_SPREADSHEETS = {
    *("boolean-value", "covered-table-cell", "date-value", "line-break", "number-columns-repeated", "number-columns-spanned"),
    *("number-rows-repeated", "number-rows-spanned", "string-value", "style-name", "table-cell", "table-column", "table-properties"),
    *("table-row", "value-type"),
}
_OF_PAGES = {"application-name", "aria-hidden", "content-language", "http-equiv", "parsely-pub-date", "parsely-title", "publish-date"}
NO_CODES = (
    _OF_SPREADSHEETS
    | _OF_PAGES
    | {"day-first", "month-first"}
    | {
        "absolute-time",
        "date-parts",
        "event-title",
        "press-briefing",
        "stand-alone",
        NOT_CODED,
        NOT_GIVEN,
        *ACTOR_KINDS,
    }
)
MADE_OF_COLUMNS = {"stance-unknown", "act-unknown", "channel-unknown", "country-unknown", "organisation-unknown"}


def codes_in_the_code() -> set[str]:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for folder in READ_FROM for path in folder.glob("*.py")]
    constants = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in constants if re.fullmatch(r"[a-z]+(-[a-z]+)+", text)} - NO_CODES | MADE_OF_COLUMNS


def test_every_problem_code_is_documented_once_and_no_other() -> None:
    assert sorted(DOCUMENTED) == sorted(codes_in_the_code())


def test_codes_of_the_other_layers_are_documented_too() -> None:
    calls = [
        node
        for path in (ROOT / "tracker").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    made = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in ("Problem", "FileRefused") and call.args]
    named = {call.args[0].value for call in made if isinstance(call.args[0], ast.Constant)}
    assert len(named) > 50
    assert sorted(named - set(DOCUMENTED)) == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_every_code_says_what_it_means_shows_an_example_and_a_remedy(entry: Entry) -> None:
    assert len(entry.meaning.split()) >= 4
    assert "`" in entry.example or len(entry.example.split()) >= 5
    assert len(entry.remedy.split()) >= 2


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if entry.code not in ONLY_WORDS], ids=lambda entry: entry.code)
def test_the_example_of_a_code_gives_that_code(entry: Entry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example = example_of(entry)
    assert example, "the example is no file, and none is made for it in problem_examples.py"
    for name, limit in example.limits.items():
        monkeypatch.setattr(name, limit)
    assert entry.code in codes_of(example, tmp_path)


def test_no_file_is_made_for_an_example_that_the_page_writes_out() -> None:
    assert set(MADE) == {entry.code for entry in ENTRIES if not as_files(entry)} - ONLY_WORDS


def test_codes_without_a_file_are_those_of_addresses_and_of_the_machine() -> None:
    assert {code for code in ONLY_WORDS if not code.startswith("fetch-")} == {*OF_THE_MACHINE, "address-refused"}


def test_a_copy_for_which_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(FileRefused) as refused, open_sqlite(InputFile.from_bytes(b"SQLite format 3\0", "p.dna")):
        pass
    assert refused.value.problem.code == "no-room-for-copy"


def test_a_page_that_the_parser_gives_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def gives_up(*_given: object) -> None:
        raise ValueError

    monkeypatch.setattr(html_events.etree, "HTMLParser", lambda **_said: type("Parser", (), {"feed": gives_up, "close": gives_up})())
    with pytest.raises(FileRefused) as refused:
        read_document(b"<html><p>An invented page</p></html>", "a.html")
    assert refused.value.problem.code == "html-unreadable"


@pytest.mark.parametrize("name", COLUMN_NAMES)
def test_every_column_is_documented(name: str) -> None:
    assert f"`{name}`" in FORMAT


@pytest.mark.parametrize("word", sorted({*STANCES, *ACTS, *CHANNELS, *ACTOR_KINDS} - {NOT_CODED, NOT_GIVEN}))
def test_every_coded_word_is_documented(word: str) -> None:
    assert f"`{word}`" in FORMAT


@pytest.mark.parametrize(
    "limit",
    [f"{limits.MAX_FILE_BYTES // 1_000_000} MB", f"{limits.MAX_RECORDS:,}", f"| {limits.MAX_COLUMNS} |", f"{limits.MAX_CELL_CHARACTERS:,}"],
)
def test_every_limit_is_documented(limit: str) -> None:
    assert limit in FORMAT
