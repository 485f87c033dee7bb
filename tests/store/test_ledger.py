"""The history: what is written stays, what is undone comes back, and what cannot be done is refused in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.factory import data_set, statement
from tracker.core.model import Issue, Statement
from tracker.core.problems import Problem, Severity
from tracker.store.ledger import Ledger, open_ledger
from tracker.store.ledger_errors import IdUsedAgain, StaleEdit, UndoRefused, UnknownRevision
from tracker.store.ledger_values import Kind

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
BY = {"who": "tester", "why": "to test"}


class Clock:
    """Says a minute later each time it is asked."""

    def __init__(self) -> None:
        self.now = BEGIN

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def ledger(place: Path | str) -> Iterator[Ledger]:
    with open_ledger(place, clock=Clock()) as opened:
        yield opened


def some(n: int, start: int = 1) -> list[Statement]:
    return [statement(f"t-{number}", record=number, line=number + 1) for number in range(start, start + n)]


def held(ledger: Ledger, name: str = "one", as_of: datetime | int | None = None) -> dict[str, str]:
    return {s.statement_id: s.written["quote"] for s in ledger.statements(name, as_of)}


def test_what_is_imported_is_there_in_its_order(ledger: Ledger) -> None:
    statements = some(1_201)
    revision = ledger.append_import("one", iter(statements), **BY, file_name="a.csv", file_hash="ab", counts={"n_records": 1_300})
    assert list(ledger.statements("one")) == statements
    assert [place for place, _ in ledger.placed_statements("one")] == list(range(1, 1_202))
    assert (revision.kind, revision.n_added, revision.n_in_force, revision.n_unchanged) == (Kind.IMPORT, 1_201, 1_201, 0)
    assert (revision.who, revision.why, revision.file_name, revision.file_hash) == ("tester", "to test", "a.csv", "ab")
    assert revision.at == BEGIN + timedelta(minutes=1) and revision.counts == {"n_records": 1_300}
    assert ledger.revisions("one") == (revision,) and ledger.revision("one") == revision


def test_data_sets_stand_beside_each_other(ledger: Ledger) -> None:
    ledger.append_import("two", some(2), **BY)
    ledger.append_import("one", [statement("t-1", quote="another data set's")], **BY)
    assert ledger.data_sets() == ("one", "two")
    assert held(ledger) == {"t-1": "another data set's"} and len(held(ledger, "two")) == 2
    assert ledger.revisions("three") == () and held(ledger, "three") == {} and ledger.revision("three") is None
    assert ledger.statement("two", "t-1") == some(1)[0] and ledger.statement("two", "t-9") is None


def test_the_same_again_is_left_alone_and_counted(ledger: Ledger) -> None:
    ledger.append_import("one", some(3), **BY)
    elsewhere = [statement("t-2", record=77, line=78), *some(2, 4)]
    revision = ledger.append_import("one", [*elsewhere, elsewhere[-1]], **BY)
    assert (revision.n_added, revision.n_unchanged, revision.n_in_force) == (2, 2, 5)
    assert ledger.statement("one", "t-2") == some(3)[1]


@pytest.mark.parametrize(
    ("second", "where"),
    [
        pytest.param([statement("t-2", quote="Other")], "revision 1", id="in-force"),
        pytest.param([statement("t-3", quote="Other")], "revision 2", id="withdrawn"),
        pytest.param([statement("t-9"), statement("t-9", quote="Other")], "this import", id="in-one-import"),
        pytest.param([statement("t-1")], "revision 3", id="as-it-was-before-an-edit"),
    ],
)
def test_an_id_is_never_anothers(ledger: Ledger, second: list[Statement], where: str) -> None:
    ledger.append_import("one", some(3), **BY)
    ledger.withdraw("one", ["t-3"], seen_revision=1, **BY)
    ledger.edit("one", statement("t-1", quote="Edited"), seen_revision=2, **BY)
    before = list(ledger.statements("one"))
    with pytest.raises(IdUsedAgain, match=rf"{second[-1].statement_id}.*{where}") as caught:
        ledger.append_import("one", [*some(1, 50), *second], **BY)
    assert [clash.wanted for clash in caught.value.clashes] == second[-1:]
    assert list(ledger.statements("one")) == before and len(ledger.revisions("one")) == 3


def test_clashes_are_known_before(ledger: Ledger) -> None:
    ledger.append_import("one", some(3), **BY)
    ledger.withdraw("one", ["t-3"], seen_revision=1, **BY)
    asked = [statement("t-1", quote="Other"), *some(1, 2), statement("t-3", quote="Other"), *some(1, 4)]
    assert [(clash.statement_id, clash.revision_id) for clash in ledger.clashes("one", asked)] == [("t-1", 1), ("t-3", 2)]
    assert list(ledger.clashes("one", some(3))) == [] and len(ledger.revisions("one")) == 2


def test_what_was_withdrawn_may_come_again_as_it_was(ledger: Ledger) -> None:
    ledger.append_import("one", some(2), **BY)
    ledger.withdraw("one", ["t-1"], seen_revision=1, **BY)
    assert list(held(ledger)) == ["t-2"]
    revision = ledger.append_import("one", some(1), **BY)
    assert revision.n_added == 1 and list(held(ledger)) == ["t-1", "t-2"]


def test_an_edit_says_before_after_who_when_and_why(ledger: Ledger) -> None:
    (first,) = some(1)
    ledger.append_import("one", [first], **BY)
    edited = statement("t-1", quote="Edited", record=1, line=2)
    revision = ledger.edit("one", edited, seen_revision=1, who="editor", why="a slip")
    made, changed = ledger.history("one", "t-1")
    assert (made.before, made.after, made.revision.kind) == (None, first, Kind.IMPORT)
    assert (changed.before, changed.after, changed.revision) == (first, edited, revision)
    assert (revision.kind, revision.who, revision.why, revision.n_changed) == (Kind.EDIT, "editor", "a slip", 1)
    assert ledger.history("one", "t-9") == ()


def test_an_edit_that_changes_nothing_writes_nothing(ledger: Ledger) -> None:
    first = ledger.append_import("one", some(1), **BY)
    assert ledger.edit("one", some(1)[0], seen_revision=1, **BY) == first
    assert ledger.revisions("one") == (first,)


def test_a_stale_edit_is_refused_with_both_versions(ledger: Ledger) -> None:
    ledger.append_import("one", some(2), **BY)
    ledger.edit("one", statement("t-1", quote="Theirs"), seen_revision=1, who="ann", why="")
    ledger.edit("one", statement("t-2", quote="Of another statement"), seen_revision=1, **BY)
    with pytest.raises(StaleEdit, match="ann changed it in revision 2, after you had read it") as caught:
        ledger.edit("one", statement("t-1", quote="Mine"), seen_revision=1, **BY)
    told = caught.value
    assert [version and version.written["quote"] for version in (told.found, told.wanted)] == ["Theirs", "Mine"]
    assert told.seen == some(1)[0] and told.revision == ledger.revisions("one")[1]
    assert held(ledger)["t-1"] == "Theirs" and len(ledger.revisions("one")) == 3


def test_an_edit_of_what_is_gone_is_refused(ledger: Ledger) -> None:
    ledger.append_import("one", some(1), **BY)
    ledger.withdraw("one", ["t-1"], seen_revision=1, who="ann", why="")
    with pytest.raises(StaleEdit, match="ann withdrew it") as caught:
        ledger.edit("one", statement("t-1", quote="Mine"), seen_revision=1, **BY)
    assert caught.value.found is None and caught.value.seen == some(1)[0]
    with pytest.raises(UnknownRevision, match=r"withdrawn in revision 2.*Undo revision 2"):
        ledger.edit("one", statement("t-1", quote="Mine"), seen_revision=2, **BY)
    with pytest.raises(UnknownRevision, match="never had it"):
        ledger.edit("one", statement("t-9"), seen_revision=2, **BY)
    assert len(ledger.revisions("one")) == 2


def test_a_withdrawal_is_whole_or_not(ledger: Ledger) -> None:
    ledger.append_import("one", some(3), **BY)
    with pytest.raises(UnknownRevision):
        ledger.withdraw("one", ["t-1", "t-9"], seen_revision=1, **BY)
    assert len(held(ledger)) == 3
    assert ledger.withdraw("one", ["t-1", "t-3"], seen_revision=1, **BY).n_withdrawn == 2
    assert list(held(ledger)) == ["t-2"]


def test_undo_of_an_import_of_an_edit_and_of_an_undo(ledger: Ledger) -> None:
    ledger.append_import("one", some(2), **BY)
    ledger.edit("one", statement("t-1", quote="Edited"), seen_revision=1, **BY)
    states = [list(ledger.statements("one", number)) for number in (1, 2)]
    undone = ledger.undo(2, who="ann", why="wrong")
    assert list(ledger.statements("one")) == states[0] and (undone.kind, undone.undoes, undone.n_changed) == (Kind.UNDO, 2, 1)
    ledger.undo(3, **BY)
    assert list(ledger.statements("one")) == states[1]
    ledger.undo(4, **BY)
    assert ledger.undo(1, **BY).n_withdrawn == 2 and held(ledger) == {}
    ledger.undo(6, **BY)
    assert list(ledger.statements("one")) == states[0]


def test_undo_is_refused_when_later_revisions_stand_on_it(ledger: Ledger) -> None:
    ledger.append_import("one", some(2), **BY)
    ledger.append_import("one", some(1, 3), **BY)
    ledger.edit("one", statement("t-1", quote="Edited"), seen_revision=1, **BY)
    ledger.withdraw("one", ["t-2"], seen_revision=1, **BY)
    with pytest.raises(UndoRefused, match="later revisions changed the same statements: 3, 4") as caught:
        ledger.undo(1, **BY)
    assert caught.value.later == (3, 4)
    ledger.undo(2, **BY)
    with pytest.raises(UndoRefused, match="undone already"):
        ledger.undo(2, **BY)
    with pytest.raises(UnknownRevision, match="none of this number"):
        ledger.undo(99, **BY)
    assert len(ledger.revisions("one")) == 5


def test_as_of_a_moment_and_a_revision(ledger: Ledger) -> None:
    ledger.append_import("one", some(1), **BY)
    ledger.append_import("two", some(5), **BY)
    ledger.edit("one", statement("t-1", quote="Edited"), seen_revision=1, **BY)
    before, first, last = BEGIN, BEGIN + timedelta(minutes=1), BEGIN + timedelta(days=1)
    assert [list(held(ledger, as_of=moment).values()) for moment in (before, first, last)] == [
        [],
        [some(1)[0].written["quote"]],
        ["Edited"],
    ]
    assert held(ledger, as_of=1) == held(ledger, as_of=first) and held(ledger, as_of=3) == held(ledger)
    with pytest.raises(UnknownRevision):
        held(ledger, as_of=2)
    elsewhere = timezone(timedelta(hours=9))
    assert held(ledger, as_of=first.astimezone(elsewhere)) == held(ledger, as_of=first)
    with pytest.raises(ValueError, match="time zone"):
        held(ledger, as_of=datetime(2026, 1, 2))
    assert ledger.statement("one", "t-1", first) == some(1)[0] and ledger.statement("one", "t-1", before) is None


def test_numbers_order_revisions_when_the_clock_goes_back(ledger: Ledger) -> None:
    ledger.append_import("one", some(1), **BY, at=BEGIN + timedelta(hours=3))
    ledger.append_import("one", some(1, 2), **BY, at=BEGIN + timedelta(hours=1))
    assert [revision.revision_id for revision in ledger.revisions("one")] == [2, 1]
    assert [len(held(ledger, as_of=BEGIN + timedelta(hours=hours))) for hours in (0, 2, 4)] == [0, 2, 2]
    with pytest.raises(ValueError, match="time zone"):
        ledger.append_import("one", some(1, 3), **BY, at=datetime(2026, 1, 1))
    assert ledger.revisions("one", limit=1)[0].revision_id == 2


def test_what_changed_since(ledger: Ledger) -> None:
    ledger.append_import("one", some(3), **BY)
    ledger.edit("one", statement("t-1", quote="Once"), seen_revision=1, **BY)
    ledger.edit("one", statement("t-1", quote="Twice"), seen_revision=2, **BY)
    ledger.edit("one", statement("t-2", quote="For a while"), seen_revision=1, **BY)
    ledger.undo(4, **BY)
    ledger.withdraw("one", ["t-3"], seen_revision=1, **BY)
    ledger.append_import("one", some(1, 4), **BY)

    def quotes(older: int | None, newer: int) -> list[tuple[str, str | None, str | None]]:
        changes = ledger.changes_between("one", older, newer)
        return [(c.statement_id, *(s and s.written["quote"] for s in (c.before, c.after))) for c in changes]

    plain = some(1)[0].written["quote"]
    assert quotes(1, 7) == [("t-1", plain, "Twice"), ("t-3", plain, None), ("t-4", None, plain)]
    assert quotes(7, 1) == [("t-1", "Twice", plain), ("t-3", None, plain), ("t-4", plain, None)]
    assert quotes(None, 1) == [(f"t-{n}", None, plain) for n in (1, 2, 3)]
    assert quotes(3, 5) == [] and quotes(2, 2) == []
    assert [(c.statement_id, c.place, c.revision.revision_id) for c in ledger.changes(7)] == [("t-4", 4, 7)]


def test_problems_and_tables_beside_are_kept_with_the_import(ledger: Ledger) -> None:
    problems = (Problem("date-invalid", "no date", Severity.REJECTED, "s.csv", 3, 4, "stated_on"), Problem("x", "whole file"))
    beside = data_set(*some(1), issues=(Issue("i", "Title", "Proposition."),), title="First", licence="CC0")
    ledger.append_import("one", some(1), **BY, beside=beside, problems=problems, counts={"n_records": 3})
    ledger.append_import("one", [statement("t-2", actor_id="BBB")], **BY, beside=data_set(statement(actor_id="BBB"), title="Second"))
    assert ledger.problems(1) == problems and ledger.problems(2) == ()
    found = ledger.beside("one")
    assert [actor.actor_id for actor in found.actors] == ["AAA", "BBB"] and found.title == "First" and found.licence == "CC0"
    assert found.problems == problems and found.n_records == 4 and found.statements == ()
    ledger.undo(1, **BY)
    found = ledger.beside("one")
    assert [actor.actor_id for actor in found.actors] == ["AAA", "BBB"][1:] and found.title == "Second" and found.problems == ()
    assert ledger.beside("one", 2).title == "First"


def test_a_poorer_record_does_not_replace_a_richer_one(ledger: Ledger) -> None:
    for issue in (Issue("i", "Old", "Old proposition."), Issue("i", "New", "New proposition."), Issue("i", "i")):
        ledger.append_import("one", [], **BY, beside=data_set(issues=(issue,)))
    assert ledger.beside("one").issues == (Issue("i", "New", "New proposition."),)


def test_equal_histories_have_equal_versions(tmp_path: Path) -> None:
    hashes = []
    for name, who, n_before in (("a", "ann", 0), ("b", "bob", 1)):
        with open_ledger(tmp_path / name) as ledger:
            for _ in range(n_before):
                ledger.append_import("another", some(1), **BY)
            made = ledger.append_import("one", some(3), who=who, why=name)
            edited = ledger.edit("one", statement("t-1", quote="Edited"), seen_revision=made.revision_id, who=who, why="")
            undone = ledger.undo(edited.revision_id, who=who, why="")
            hashes.append([revision.content_hash for revision in (made, edited, undone)])
    assert hashes[0] == hashes[1] and len(set(hashes[0])) == 3
    with open_ledger(tmp_path / "c") as ledger:
        other = ledger.append_import("one", [statement("t-1", quote="Other"), *some(2, 2)], **BY)
        later = ledger.append_import("one", some(1, 4), **BY)
    assert other.content_hash != hashes[0][0]
    with open_ledger(tmp_path / "d") as ledger:
        ledger.append_import("one", some(3), **BY)
        assert ledger.append_import("one", some(1, 4), **BY).content_hash != later.content_hash  # same step, another past


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "'; DROP TABLE changes; --", "\u202e", "Лавров", "x" * 100_000])
def test_hostile_text_comes_back_as_it_was(ledger: Ledger, text: str) -> None:
    odd = statement(text, quote=text)
    ledger.append_import("one", [odd], who=text, why=text, file_name=text)
    ledger.edit("one", statement(text, quote=text + "!"), seen_revision=1, who=text, why=text)
    ledger.undo(2, who=text, why=text)
    assert list(ledger.statements("one")) == [odd] and len(ledger.history("one", text)) == 3
    assert ledger.append_import(text, [odd], **BY).n_added == 1


def test_a_dry_run_says_what_an_import_would_do_however_many_there_are(ledger: Ledger) -> None:
    held = [statement(f"t-{n}") for n in range(6_000)]
    ledger.append_import("one", held, **BY)
    ledger.withdraw("one", ["t-0"], seen_revision=1, **BY)
    asked = [*held, *(statement(f"u-{n}") for n in range(3)), *(replace(s, written={**s.written, "quote": "Other"}) for s in held[1:201])]
    found = ledger.dry_run("one", asked)
    assert (found.n_unchanged, found.n_clashes, len(found.clashes)) == (5_999, 200, 100)
    assert ledger.append_import("one", asked[:6_003], **BY).n_unchanged == 5_999
