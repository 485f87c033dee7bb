"""Texts of documents and reviews in the history, and a ledger of the first schema brought up to the second."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factory import data_set, statement
from tests.store.test_snapshot import asked
from tracker.core.documents import Document, document_id_of, passage_at
from tracker.core.reviews import Decision, Draft, Review, decide, merge
from tracker.store.derived import snapshot_of
from tracker.store.ledger import Ledger, open_ledger
from tracker.store.ledger_engine import parsed_url, postgres_engine, sqlite_engine
from tracker.store.ledger_errors import IdUsedAgain, LedgerDamaged, LedgerError, ReviewChanged
from tracker.store.ledger_tables import ABOUT, BESIDE, CHANGES, METADATA, REVISIONS
from tracker.store.snapshot import build_snapshot

BY = {"who": "tester", "why": "to test"}
TEXT = "He said “A synthetic sentence made for tests” today."
DOCUMENT = Document(document_id_of(TEXT), "A title", "Test Press", n_characters=len(TEXT))
PASSAGE = passage_at(TEXT, [(9, 44)], "t-1")
HELD = replace(data_set(statement()), documents=(DOCUMENT,), passages=(PASSAGE,))
REVIEW = Review(TEXT, DOCUMENT, (Draft(((9, 20),), {"role": "a"}), Draft(((21, 44),))), left_out=(("scare quotes", 1),))


@pytest.fixture
def ledger(place: Path | str) -> Iterator[Ledger]:
    with open_ledger(place) as opened:
        yield opened


def test_a_text_is_kept_with_its_statements_and_read_again(ledger: Ledger) -> None:
    ledger.append_import("one", HELD.statements, beside=HELD, texts=[TEXT, TEXT], **BY)
    ledger.append_import("two", HELD.statements, beside=HELD, texts=[TEXT], **BY)
    assert ledger.document_text(DOCUMENT.document_id) == TEXT
    assert ledger.document_text("no such") is None
    beside = ledger.beside("one")
    assert (beside.documents, beside.passages) == ((DOCUMENT,), (PASSAGE,))


@pytest.mark.parametrize("text", ["", "a\x00b", "\ud800", "שלום \u202e", "x" * 300_000], ids=["empty", "nul", "surrogate", "bidi", "long"])
def test_any_text_comes_back(ledger: Ledger, text: str) -> None:
    ledger.append_import("one", [statement()], texts=[text], **BY)
    assert ledger.document_text(document_id_of(text)) == text


def test_what_is_refused_stores_no_text_and_ends_no_review(ledger: Ledger) -> None:
    ledger.append_import("one", [statement()], **BY)
    ledger.save_review("one", REVIEW, seen=0)
    with pytest.raises(IdUsedAgain):
        ledger.append_import("one", [statement(quote="Other")], texts=[TEXT], reviewed=DOCUMENT.document_id, **BY)
    assert ledger.document_text(DOCUMENT.document_id) is None
    assert ledger.review("one", DOCUMENT.document_id) == (REVIEW, 1)


def test_undoing_an_import_takes_its_passages_and_leaves_the_text(ledger: Ledger) -> None:
    ledger.append_import("one", [statement("t-0")], **BY)
    kept = ledger.append_import("one", HELD.statements, beside=HELD, texts=[TEXT], **BY)
    ledger.undo(kept.revision_id, **BY)
    assert ledger.beside("one").passages == () and ledger.document_text(DOCUMENT.document_id) == TEXT


def test_a_review_is_saved_found_and_ended(ledger: Ledger) -> None:
    assert ledger.save_review("one", REVIEW, seen=0) == 1
    after = merge(decide(REVIEW, 0, Decision.ACCEPTED), 0)
    assert ledger.save_review("one", after, seen=1) == 2
    assert ledger.review("one", DOCUMENT.document_id) == (after, 2)
    (waiting,) = ledger.reviews("one")
    assert (waiting.title, waiting.n_drafts, waiting.n_waiting, waiting.n_saves) == ("A title", 1, 1, 2)
    assert waiting.begun_at <= waiting.saved_at and waiting.begun_at.tzinfo
    assert ledger.reviews("two") == () and ledger.data_sets() == (), "a review is no revision"
    ledger.append_import("one", HELD.statements, beside=HELD, reviewed=DOCUMENT.document_id, **BY)
    assert ledger.review("one", DOCUMENT.document_id) is None and ledger.reviews("one") == ()
    assert ledger.document_text(DOCUMENT.document_id) is None, "the text was not to be stored"


@pytest.mark.parametrize("seen", [0, 1, 3], ids=["never-read", "read-before", "not-yet-there"])
def test_two_who_review_at_once_do_not_undo_each_other(ledger: Ledger, seen: int) -> None:
    ledger.save_review("one", REVIEW, seen=0)
    theirs = decide(REVIEW, 1, Decision.REJECTED)
    ledger.save_review("one", theirs, seen=1)
    with pytest.raises(ReviewChanged, match="Open it again"):
        ledger.save_review("one", REVIEW, seen=seen)
    assert ledger.review("one", DOCUMENT.document_id) == (theirs, 2)


def test_a_review_that_was_ended_is_not_brought_back_by_saving(ledger: Ledger) -> None:
    ledger.save_review("one", REVIEW, seen=0)
    ledger.end_review("one", DOCUMENT.document_id)
    with pytest.raises(ReviewChanged, match="ended it"):
        ledger.save_review("one", REVIEW, seen=1)


def at_once(place: Path | str, work: Callable[[Ledger, int], object], n: int = 4) -> list[object]:
    """What ``work`` gave or raised for each of ``n`` programs that do it at the same moment."""
    gate, found = threading.Barrier(n), [None] * n

    def run(number: int) -> None:
        with open_ledger(place) as ledger:
            gate.wait()
            try:
                found[number] = work(ledger, number)
            except LedgerError as refused:
                found[number] = refused

    threads = [threading.Thread(target=run, args=(number,)) for number in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_those_who_decide_at_the_same_moment_one_is_taken_and_the_others_are_told(place: Path | str) -> None:
    with open_ledger(place) as ledger:
        for seen in range(5):
            found = at_once(place, lambda held, number, seen=seen: held.save_review("one", replace(REVIEW, origin=str(number)), seen=seen))
            assert found.count(seen + 1) == 1 and sum(isinstance(one, ReviewChanged) for one in found) == 3
            assert ledger.review("one", DOCUMENT.document_id)[0].origin == str(found.index(seen + 1))


texts = st.text(st.characters(codec=None), max_size=20)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts, st.dictionaries(texts, texts, max_size=3))
def test_any_review_comes_back_as_it_was(ledger: Ledger, text: str, written: dict[str, str]) -> None:
    draft = Draft(((0, 1), (2, 3)), written, Decision.REJECTED, "direct", text, 0.5, (text,), (Draft(((0, 1),), written),))
    review = Review(text, Document(document_id_of(text), text), (draft,), False, text, ((text, 1),))
    ledger.end_review("one", review.document.document_id)
    ledger.save_review("one", review, seen=0)
    assert ledger.review("one", review.document.document_id) == (review, 1)


# --- the second schema ---------------------------------------------------------------------------------------------


def of_the_first_schema(place: Path | str) -> None:
    """A ledger with one revision, as the program before these tables left it."""
    with open_ledger(place) as made:
        made.append_import("one", [statement()], **BY)
    engine = sqlite_engine(place) if isinstance(place, Path) else postgres_engine(parsed_url(place))
    METADATA.drop_all(engine, [table for table in METADATA.sorted_tables if table not in (ABOUT, REVISIONS, BESIDE, CHANGES)])
    with engine.begin() as connection:
        connection.execute(ABOUT.update().values(value="1"))
    engine.dispose()


def test_an_older_ledger_is_brought_up_with_all_it_holds(place: Path | str) -> None:
    of_the_first_schema(place)
    for _ in range(2):
        with open_ledger(place) as opened:
            assert [s.statement_id for s in opened.statements("one")] == ["t-1"]
            opened.append_import("one", [], texts=[TEXT], **BY)
            assert opened.document_text(DOCUMENT.document_id) == TEXT


def test_before_an_older_file_is_brought_up_a_copy_is_made(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    of_the_first_schema(path)
    for _ in range(2):
        open_ledger(path).close()
    (copy,) = tmp_path.glob("*.backup")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT value FROM ledger_about").fetchall() == [("1",)]
        assert connection.execute("SELECT count(*) FROM revisions").fetchall() == [(1,)]


def test_an_older_ledger_that_may_only_be_read_has_no_texts(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    of_the_first_schema(path)
    path.chmod(0o444)
    with open_ledger(path) as opened:
        if opened.why_read_only:  # whoever may do everything can write to it all the same
            assert opened.document_text(DOCUMENT.document_id) is None
            assert opened.review("one", DOCUMENT.document_id) is None and opened.reviews("one") == ()
        assert len(list(opened.statements("one"))) == 1


@pytest.mark.parametrize("sql", ["UPDATE documents SET content = '\"Other\"'", "UPDATE documents SET stored_at = 'x'"])
def test_a_text_changed_behind_our_back_is_seen(tmp_path: Path, sql: str) -> None:
    path = tmp_path / "ledger.sqlite"
    with open_ledger(path) as opened:
        opened.append_import("one", [statement()], texts=[TEXT], **BY)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql)
        connection.commit()
    with open_ledger(path) as opened, pytest.raises(LedgerDamaged, match="is not as it was written"):
        opened.document_text(DOCUMENT.document_id)


# --- snapshots -----------------------------------------------------------------------------------------------------


def test_a_snapshot_names_documents_and_passages_without_the_text(tmp_path: Path) -> None:
    path = build_snapshot(HELD, tmp_path)
    assert asked(path, "SELECT document_id, title, n_characters FROM documents") == [(DOCUMENT.document_id, "A title", len(TEXT))]
    assert asked(path, "SELECT statement_id, spans, exact, prefix FROM passages") == [("t-1", "9-44", PASSAGE.exact, "He said “")]


def test_a_derived_snapshot_has_the_new_passages(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.append_import("one", [statement(f"t-{n}") for n in range(10, 30)], **BY)
        snapshot_of(ledger, "one", tmp_path)
        ledger.append_import("one", HELD.statements, beside=HELD, texts=[TEXT], **BY)
        assert asked(snapshot_of(ledger, "one", tmp_path), "SELECT statement_id FROM passages") == [("t-1",)]
