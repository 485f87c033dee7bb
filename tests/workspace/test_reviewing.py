"""Reviews through the workspace: nothing is kept before its end, what is kept can be proved, and everything can be undone."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tracker import cli
from tracker.core.beside import DISSOCIATED, Signatory
from tracker.core.candidates import Candidate, Extraction, QuoteKind, Speaker
from tracker.core.dates import PartialDate
from tracker.core.documents import Document, document_id_of
from tracker.core.problems import Problem, Severity
from tracker.core.reviews import Decision, Review, add, decide, edit, merge, sign
from tracker.core.selection import Selection
from tracker.core.views import View
from tracker.io.packages import load_bytes, load_data_set
from tracker.store.ledger import open_ledger
from tracker.store.ledger_errors import ReviewChanged
from tracker.workspace import Library, answer, reviewing
from tracker.workspace.exports import export
from tracker.workspace.importing import EditingOff, undo
from tracker.workspace.reviewing import (
    Readiness,
    ReviewRefused,
    already_there,
    begin_review,
    drift,
    find_words,
    keep_review,
    look_again,
    rehearse_review,
)
from tracker.workspace.verifying import Mark, documents_of, marks_of, passages_in, proof_of

BASE = "statement_id,date,country,spokesperson,issue,stance,quote\nt-1,2016-07-28,FRA,Test Person,Test issue,support,Synthetic words one\n"
TEXT = (
    "The first sentence. The second sentence. “We shall test,” Test Person said on Thursday, “and test again.”\n"
    "“Synthetic words one,” Other Person said. The last sentence. And one more."
)
DOCUMENT = Document("", "Synthetic talks", "Test Press", "https://example.org/talks", "2016-07-29", "en")
NOW = datetime(2026, 11, 25, tzinfo=UTC)
BY = {"who": "tester", "why": "to test", "now": NOW}


def found(*words: str, **written: object) -> Candidate:
    spans = tuple((TEXT.index(part), TEXT.index(part) + len(part)) for part in words)
    speaker = Speaker(name=str(written.get("name", "Test Person")), country=str(written.get("country", "FRA")))
    return Candidate(spans, " […] ".join(words), QuoteKind.DIRECT, speaker, stated_on=PartialDate(2016, 7, 28), issue_id="test-issue")


EXTRACTION = Extraction((found("We shall test,", "and test again."), found("Synthetic words one,", name="Other Person", country="")), "en")


@pytest.fixture(autouse=True)
def _extraction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewing, "found_in", lambda text, document, issues=(): EXTRACTION if text == TEXT else Extraction(()))


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    path = tmp_path / "base.csv"
    path.write_text(BASE, encoding="utf-8")
    monkeypatch.setenv("TRACKER_DATA", str(path))
    monkeypatch.setenv("TRACKER_LEDGER", str(tmp_path / "ledger.sqlite"))
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        yield Library((path,), ledger, is_mine=True)


def accepted(review: Review | None = None) -> Review:
    return decide(review or begin_review(TEXT, DOCUMENT), 0, Decision.ACCEPTED)


def kept(library: Library) -> str:
    review = decide(accepted(), 1, Decision.REJECTED)
    reviewing.save(library, "base", review, seen=0)
    keep_review(library, "base", review, **BY)
    (passage,) = passages_in(library.open("base"), document_id_of(TEXT))
    return passage.statement_id


def test_nothing_is_in_the_data_before_it_is_kept(library: Library) -> None:
    review = accepted()
    reviewing.save(library, "base", review, seen=0)
    ready = rehearse_review(library, "base", review)
    assert ready.can_be_kept and ready.rehearsal.n_new == 1
    assert library.ledger.data_sets() == () and library.open("base").count.n_statements == 1


def test_what_was_accepted_is_kept_with_its_passage_and_proved(library: Library) -> None:
    statement_id = kept(library)
    opened = library.open("base")
    assert opened.count.n_statements == 2
    (row,) = [r for r in answer(opened, View("/statements")).body.page.rows if r.statement_id == statement_id]
    assert (row.quote, row.document_title, row.publisher) == ("We shall test, […] and test again.", "Synthetic talks", "Test Press")
    proof = answer(opened, View("/statement", choices={"id": statement_id})).body.proof
    assert proof.mark is Mark.VERIFIED and proof.why == "word for word at its place, characters 42–56, 89–104"
    assert proof.pieces == ("We shall test,", "” Test Person said on Thursday, “", "and test again.")
    assert proof.before == "The first sentence. The second sentence. “" and proof.after.startswith("”\n“Synthetic")
    assert proof.document.retrieved_at == "" and proof.document.n_characters == len(TEXT)
    assert proof_of(opened, "t-1", "Synthetic words one") is None
    assert set(marks_of(opened, {statement_id: row.quote, "t-1": ""})) == {statement_id}


def test_each_statement_has_the_passage_of_its_own_draft(library: Library) -> None:
    review = decide(edit(begin_review(TEXT, DOCUMENT), 1, {"country": "FRA"}), 1, Decision.ACCEPTED)
    keep_review(library, "base", review, **BY)
    (passage,) = passages_in(library.open("base"), document_id_of(TEXT))
    assert passage.exact == "Synthetic words one,"
    assert proof_of(library.open("base"), passage.statement_id, "Synthetic words one,").mark is Mark.VERIFIED


def test_undoing_takes_statements_and_passages(library: Library) -> None:
    kept(library)
    undo(library, 2, who="tester", why="mistake")
    assert library.open("base").count.n_statements == 1 and library.open("base").n_passages == 0


def test_what_waits_goes_on_and_the_rest_ends(library: Library) -> None:
    review = accepted()
    reviewing.save(library, "base", review, seen=0)
    keep_review(library, "base", review, **BY)
    (left,) = reviewing.waiting(library, "base")
    assert (left.n_drafts, left.n_waiting) == (1, 1)
    going_on, seen = reviewing.opened(library, "base", left.document_id[:12])
    assert going_on.drafts == review.drafts[1:] and seen == 1
    reviewing.leave(library, "base", left.document_id)
    assert reviewing.waiting(library, "base") == () and library.open("base").count.n_statements == 2


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param(lambda review: decide(review, 0, Decision.REJECTED), "Nothing was accepted", id="nothing-accepted"),
        pytest.param(lambda review: edit(review, 0, {"stated_on": ""}), "Number 1 cannot be kept", id="no-date"),
        pytest.param(lambda review: edit(review, 0, {"stated_on": "31/02/2016"}), "Number 1 cannot be kept", id="impossible-date"),
        pytest.param(lambda review: decide(review, 1, Decision.ACCEPTED), "Number 2 cannot be kept: country and", id="nobodys"),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(library: Library, change: Callable[[Review], Review], why: str) -> None:
    with pytest.raises(ReviewRefused, match=why):
        keep_review(library, "base", change(accepted()), **BY)
    assert library.ledger.data_sets() in ((), ("base",)) and library.open("base").count.n_statements == 1


def test_the_same_again_changes_nothing(library: Library) -> None:
    kept(library)
    with pytest.raises(ReviewRefused, match="in the data set already"):
        keep_review(library, "base", accepted(), **BY)


def test_repeats_are_known_by_place_and_by_words(library: Library) -> None:
    statement_id = kept(library)
    review, number = add(begin_review(TEXT, DOCUMENT), [(TEXT.index("Synthetic"), TEXT.index(",” Other"))])
    there = already_there(library.open("base"), review)
    assert {key: row.statement_id for key, row in there.items()} == {0: statement_id, number: "t-1"}


@pytest.mark.parametrize(
    ("text", "mark", "why"),
    [
        pytest.param("Corrected. " + TEXT, Mark.VERIFIED, "but elsewhere", id="moved"),
        pytest.param(TEXT.replace("test again", "rest again"), Mark.NOT_VERIFIED, "83% of the words", id="drifted"),
        pytest.param("Withdrawn.", Mark.NOT_VERIFIED, "are not in the text", id="gone"),
    ],
)
def test_drift_is_said_when_the_document_comes_again(library: Library, text: str, mark: Mark, why: str) -> None:
    statement_id = kept(library)
    ((row, proof),) = drift(library.open("base"), begin_review(text, DOCUMENT))
    assert (row.statement_id, proof.mark) == (statement_id, mark) and why in proof.why
    assert drift(library.open("base"), begin_review(text, replace(DOCUMENT, document_url="https://example.org/other"))) == []
    assert drift(library.open("base"), begin_review(TEXT, DOCUMENT)) == []


def test_a_text_that_is_not_to_be_stored_is_not_and_cannot_be_checked(library: Library) -> None:
    review = replace(decide(accepted(), 1, Decision.REJECTED), stores_text=False)
    reviewing.save(library, "base", review, seen=0)
    keep_review(library, "base", review, **BY)
    opened = library.open("base")
    (passage,) = passages_in(opened, document_id_of(TEXT))
    proof = proof_of(opened, passage.statement_id, passage.exact)
    assert proof.mark is Mark.NOT_CHECKED and not proof.before
    library.ledger.close()  # what was written last is moved into the file then
    assert b"The first sentence" not in library.ledger.path.read_bytes(), "nor in pages that are free"
    assert not list(library.ledger.path.parent.glob("*-wal"))


def test_a_quote_edited_later_is_not_verified(library: Library) -> None:
    statement_id = kept(library)
    assert proof_of(library.open("base"), statement_id, "We shall not test").mark is Mark.NOT_VERIFIED


def test_describing_the_document_anew_keeps_what_was_decided() -> None:
    review = decide(begin_review(TEXT, DOCUMENT), 1, Decision.REJECTED)
    titled = look_again(review, replace(DOCUMENT, title="Other"))
    assert titled.drafts == review.drafts and titled.document.title == "Other"
    dated = look_again(merge(review, 0), replace(DOCUMENT, published_on="2016-07-30"))
    assert [draft.parts != () for draft in dated.drafts] == [True], "what was found again is in the merged one"
    edited = look_again(edit(begin_review(TEXT, DOCUMENT), 0, {"role": "Minister"}), replace(DOCUMENT, published_on="2016-07-30"))
    assert [draft.written.get("role", "") for draft in edited.drafts] == ["Minister", ""]
    untouched = begin_review(TEXT, DOCUMENT, left_out=(("lists of links", 2),))
    assert look_again(untouched, replace(DOCUMENT, published_on="2016-07-30")).left_out == (("lists of links", 2),)
    assert dated.document.document_id == document_id_of(TEXT)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("We shall test,”", "We shall test,”", id="as-they-stand"),
        pytest.param('test," Test', "test,” Test", id="other-marks"),
        pytest.param("words  one", "words one", id="other-spaces"),
        pytest.param("again.”\n“Syn", "again.”\n“Syn", id="over-a-line"),
        pytest.param("never said", "", id="not-there"),
        pytest.param("  ", "", id="nothing"),
    ],
)
def test_words_typed_are_found(words: str, expected: str) -> None:
    spans = find_words(TEXT, words)
    assert "".join(TEXT[start:end] for start, end in spans) == expected


@pytest.mark.parametrize("text", ["", " \n ", "x" * (reviewing.MAX_CHARACTERS + 1)], ids=["empty", "spaces", "too-long"])
def test_what_is_no_text_is_refused(text: str) -> None:
    with pytest.raises(ReviewRefused):
        begin_review(text)


def test_a_day_of_publication_is_understood_or_refused() -> None:
    assert begin_review(TEXT, replace(DOCUMENT, published_on="29 July 2016")).document.published_on == "2016-07-29"
    for attempt in (
        lambda: begin_review(TEXT, replace(DOCUMENT, published_on="03/04/2016")),
        lambda: look_again(begin_review(TEXT, DOCUMENT), replace(DOCUMENT, published_on="soon")),
    ):
        with pytest.raises(ReviewRefused, match="no certain date"):
            attempt()


def test_where_nothing_may_be_edited_nothing_is_saved(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = Library(tuple(library.paths.values()), library.ledger)
    for attempt in (
        lambda: reviewing.save(reading, "base", accepted(), seen=0),
        lambda: reviewing.leave(reading, "base", "x"),
        lambda: keep_review(reading, "base", accepted(), **BY),
    ):
        with pytest.raises(EditingOff):
            attempt()
    assert library.ledger.reviews("base") == ()


def test_two_windows_do_not_undo_each_other(library: Library) -> None:
    seen = reviewing.save(library, "base", begin_review(TEXT, DOCUMENT), seen=0)
    reviewing.save(library, "base", accepted(), seen=seen)
    with pytest.raises(ReviewChanged):
        reviewing.save(library, "base", begin_review(TEXT, DOCUMENT), seen=seen)


def test_a_package_of_what_was_kept_has_the_passages(library: Library, tmp_path: Path) -> None:
    statement_id = kept(library)
    opened = library.open("base")
    with zipfile.ZipFile(io.BytesIO(export(opened, View("/statements"), "zip")[1])) as archive:
        archive.extractall(tmp_path / "unpacked")
    again = load_data_set(tmp_path / "unpacked")
    assert again.passages == passages_in(opened, document_id_of(TEXT)) and again.passages[0].statement_id == statement_id
    assert again.documents[0].title == "Synthetic talks" and not again.problems


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "parquet"])
def test_a_table_of_what_was_kept_has_the_passages_and_gives_them_back(library: Library, form: str) -> None:
    kept(library)
    opened = library.open("base")
    _, data = export(opened, View("/statements"), form)
    again = load_bytes(data, f"again.{form}")
    assert again.problems == ()
    assert again.passages == passages_in(opened, document_id_of(TEXT)) and len(again.passages) == 1
    assert again.documents == tuple(documents_of(opened).values())
    assert not again.problems and len(again.statements) == 2
    bare = load_bytes(data.replace(b"42-56", b"42-99"), "again.csv") if form == "csv" else None
    assert bare is None or ([p.code for p in bare.problems], bare.passages, len(bare.statements)) == (["passage-left-out"], (), 2)


def test_the_command_line_proves_and_says_what_drifted(library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    statement_id = kept(library)
    assert cli.main(["verify"]) == 0
    assert capsys.readouterr().out == "1 passages: 1 verified, 0 not verified, 0 not checked.\n"
    other = tmp_path / "other.txt"
    other.write_text(TEXT.replace("test again", "rest again"), encoding="utf-8")
    assert cli.main(["verify", "base", "--document", str(other), "--id", statement_id, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["n_passages"], told["n_verified"], told["n_not_verified"]) == (1, 0, 1)
    assert told["passages"][0]["standing"] == "drifted" and told["passages"][0]["similarity"] == 0.833
    assert cli.main(["verify", "--document", str(other)]) == cli.USAGE
    with zipfile.ZipFile(io.BytesIO(export(library.open("base"), View("/statements"), "zip")[1])) as archive:
        archive.extractall(tmp_path / "unpacked")
    capsys.readouterr()
    assert cli.main(["verify", str(tmp_path / "unpacked")]) == 0 and "1 verified" in capsys.readouterr().out
    assert cli.main(["verify", "--document", str(tmp_path / "none.txt"), "--id", "x"]) == 1
    capsys.readouterr()
    assert cli.main(["verify", "--id", "t-1"]) == 0 and "nothing to prove" in capsys.readouterr().out


def test_a_warning_is_no_reason_why_something_cannot_be_kept() -> None:
    warned, refused = Problem("country-unknown", "a warning", Severity.WARNING), Problem("date-invalid", "no date")
    ready = Readiness(None, {0: (warned, refused), 1: (warned,)})
    assert (ready.forbidding, ready.why_not(0), ready.why_not(1), ready.why_not(2)) == ((0,), "no date", "", "")


def signed(*signatories: Signatory) -> Review:
    return sign(accepted(), 0, signatories)


def test_those_who_speak_together_are_kept_and_exported_as_signatories(library: Library) -> None:
    review = signed(
        Signatory("", "", "Test Ministry", "Ann Lee", actor="Sweden"), Signatory("", "", signed=DISSOCIATED, actor="Test Council")
    )
    reviewing.save(library, "base", review, seen=0)
    saved, _ = reviewing.opened(library, "base", document_id_of(TEXT))
    keep_review(library, "base", saved, **BY)
    opened = library.open("base")
    (row,) = answer(opened, View("/statements", Selection().including("actor", "SWE"))).body.page.rows
    assert row.spokesperson == "Test Person", "one statement, found for each who signed it"
    held = answer(opened, View("/statement", choices={"id": row.statement_id})).body.signatories
    assert [(one.actor_id, one.actor, one.spokesperson, one.signed) for one in held] == [
        ("SWE", "Sweden", "Ann Lee", "signed"),
        ("test-council", "Test Council", "", "dissociated"),
    ]
    with zipfile.ZipFile(io.BytesIO(export(opened, View("/statements"), "zip")[1])) as archive:
        lines = archive.read("signatories.csv").decode("utf-8-sig").splitlines()
    assert lines[1:] == [f"{row.statement_id},SWE,Test Ministry,Ann Lee,signed,", f"{row.statement_id},Test Council,,,dissociated,"]
    undo(library, 2, who="tester", why="mistake")
    assert answer(library.open("base"), View("/statements", Selection().including("actor", "SWE"))).body.page.rows == ()


@pytest.mark.parametrize(
    ("signatories", "why"),
    [
        pytest.param([Signatory("", "", spokesperson="Ann Lee")], "Ann Lee has neither a state nor an organisation", id="of-nobody"),
        pytest.param([Signatory("", "", actor="French Republic")], "a position of France already", id="the-actor-of-the-row"),
        pytest.param([Signatory("", "", actor="SWE"), Signatory("", "", actor="Sweden")], "a position of Sweden already", id="twice"),
    ],
)
def test_a_signatory_that_cannot_be_kept_keeps_all_of_it_back(library: Library, signatories: list[Signatory], why: str) -> None:
    review = signed(*signatories)
    assert rehearse_review(library, "base", review).forbidding == (0,)
    with pytest.raises(ReviewRefused, match=why):
        keep_review(library, "base", review, **BY)
    assert library.open("base").count.n_statements == 1
