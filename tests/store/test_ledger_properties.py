"""What holds of any history: undo gives back what was, a state is its changes replayed, and nobody's edit is lost."""

from __future__ import annotations

import random
import tempfile
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factory import data_set, statement
from tracker.core.columns import COLUMN_NAMES
from tracker.core.dates import PartialDate
from tracker.core.model import Event, Issue, Statement
from tracker.core.problems import Problem, Severity
from tracker.store.ledger import Ledger, open_ledger
from tracker.store.ledger_errors import StaleEdit, UndoRefused, UnknownRevision
from tracker.store.ledger_json import (
    beside_from_json,
    beside_to_json,
    problems_from_json,
    problems_to_json,
    says_the_same,
    statement_from_json,
    statement_to_json,
)

BY = {"who": "tester", "why": "to test"}
WRITTEN = [name for name in COLUMN_NAMES if name not in ("statement_id", "stated_on")]
CODES = [name for name in Statement.__slots__ if name.endswith(("_code", "_id", "_url")) and name != "statement_id"]
any_text = st.text(st.characters(exclude_categories=()), max_size=8)  # lone surrogates too
any_date = st.dates().map(PartialDate.of) | st.builds(PartialDate, st.integers(1, 9999), st.integers(0, 12))
any_statement = st.builds(
    Statement,
    statement_id=any_text,
    stated_on=any_date,
    written=st.fixed_dictionaries({name: any_text for name in WRITTEN}),
    **{name: any_text for name in CODES},
    speaks_for_actor=st.booleans(),
    record=st.integers(0, 2**31 - 1),
    line=st.integers(0, 2**31 - 1),
)


@given(any_statement)
def test_a_statement_survives_json(one: Statement) -> None:
    text = statement_to_json(one)
    assert statement_from_json(text) == one and statement_to_json(statement_from_json(text)) == text
    text.encode("utf-8")
    assert "\0" not in text and "\n" not in text


EDGES = {
    "plain": statement(),
    "blank": replace(statement(), written={name: "" for name in WRITTEN}, **{name: "" for name in CODES}),
    "nul": statement(quote="a\x00b"),
    "lone-surrogate": statement(quote="\ud800", statement_id="\udfff"),
    "line-ends": statement(quote="a\r\nb\rc\u2028d\x85"),
    "year-1": statement(stated_on="0001"),
    "not-of-the-state": statement(speaks_for_actor=False, record=3, line=4),
    "another-column": replace(statement(), written=statement().written | {"of another time": "kept"}),
}


@pytest.mark.parametrize("one", EDGES.values(), ids=EDGES)
def test_an_odd_statement_survives_json(one: Statement) -> None:
    assert statement_from_json(statement_to_json(one)) == one


def test_where_it_stood_is_not_what_it_says() -> None:
    assert says_the_same(statement(record=1, line=2), statement(record=8, line=9))
    assert not says_the_same(statement(), statement(note="x")) and not says_the_same(statement(), statement(act_code="deny"))


def test_a_column_that_was_not_known_then_is_empty() -> None:
    written = dict(statement().written)
    del written["note"]
    assert statement_from_json(statement_to_json(replace(statement(), written=written))) == statement()


@given(st.lists(st.builds(Problem, any_text, any_text, st.sampled_from(Severity), any_text, st.none() | st.integers(1, 9))))
def test_problems_survive_json(problems: list[Problem]) -> None:
    assert problems_from_json(problems_to_json(problems)) == tuple(problems)


@given(any_text, any_date)
def test_tables_beside_survive_json(text: str, on: PartialDate) -> None:
    held = data_set(statement(), title=text, issues=(Issue(text, text),), events=(Event(text, on, text),), content_hash="", name=text)
    assert beside_from_json(beside_to_json(held)) == replace(held, statements=())


# --- any history ---------------------------------------------------------------------------------------------------

steps = st.lists(
    st.tuples(st.sampled_from(["import", "edit", "withdraw", "undo"]), st.integers(0, 5), st.integers(0, 9)), min_size=1, max_size=10
)


def take(ledger: Ledger, step: tuple[str, int, int], number: int) -> bool:
    """Does one thing to the history; whether anything was written."""
    what, which, value = step
    n_before = len(ledger.revisions("one", None))
    now = n_before
    try:
        if what == "import":
            ledger.append_import("one", [statement(f"{number}-{n}", quote=str(value)) for n in range(which)], **BY)
        elif what == "undo":
            ledger.undo(max(1, now - which), **BY)
        else:
            ids = sorted({c.statement_id for c in ledger.changes_between("one", None, now)}) if now else []
            chosen = ids[value % len(ids)] if ids else "none"
            if what == "edit":
                ledger.edit("one", statement(chosen, quote=f"edited {value}"), seen_revision=now, **BY)
            else:
                ledger.withdraw("one", [chosen], seen_revision=now, **BY)
    except (UndoRefused, UnknownRevision):
        assert len(ledger.revisions("one", None)) == n_before
    return len(ledger.revisions("one", None)) > n_before


@settings(max_examples=15)
@given(steps)
def test_any_history_can_be_replayed_and_undone(history: list[tuple[str, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "ledger.sqlite") as ledger:
        states: dict[int, list[Statement]] = {0: []}
        for number, step in enumerate(history):
            if take(ledger, step, number):
                states[len(states)] = list(ledger.statements("one"))
        for revision_id, expected in states.items():
            if revision_id:
                assert list(ledger.statements("one", revision_id)) == expected  # what came later changed nothing of it
        assert _replayed(ledger, len(states) - 1) == [{s.statement_id: s for s in state} for state in states.values()]
        for older in states:
            for newer in states:
                if newer:
                    assert _after(ledger, states[older], older, newer) == {s.statement_id: s for s in states[newer]}
        _check_undo(ledger, states)


def _replayed(ledger: Ledger, n_revisions: int) -> list[dict[str, Statement]]:
    held: dict[str, Statement] = {}
    found = [dict(held)]
    for revision_id in range(1, n_revisions + 1):
        for change in ledger.changes(revision_id):
            assert held.get(change.statement_id) == change.before
            held.pop(change.statement_id, None)
            if change.after:
                held[change.statement_id] = change.after
        found.append(dict(held))
    return found


def _after(ledger: Ledger, state: list[Statement], older: int, newer: int) -> dict[str, Statement]:
    held = {s.statement_id: s for s in state}
    for change in ledger.changes_between("one", older or None, newer):
        assert held.pop(change.statement_id, None) == change.before
        if change.after:
            held[change.statement_id] = change.after
    return held


def _check_undo(ledger: Ledger, states: dict[int, list[Statement]]) -> None:
    last = len(states) - 1
    if not last:
        return
    try:
        ledger.undo(last, **BY)
    except UndoRefused:
        raise AssertionError("the newest revision can always be undone") from None
    assert list(ledger.statements("one")) == states[last - 1]
    ledger.undo(last + 1, **BY)
    assert list(ledger.statements("one")) == states[last]


@pytest.mark.parametrize("seed", range(3))
def test_edits_from_two_sides_lose_nothing(place: Path | str, seed: int) -> None:
    # Each side reads, waits for the other to act or not, and saves: what is kept is exactly what was acknowledged.
    dice = random.Random(seed)
    with open_ledger(place) as ann, open_ledger(place) as bob:
        ann.append_import("one", [statement(f"t-{n}") for n in range(4)], **BY)
        seen: dict[str, int] = {"ann": 1, "bob": 1}
        kept: dict[str, list[str]] = {f"t-{n}": [] for n in range(4)}
        n_refused = 0
        for number in range(200):
            who, mine = dice.choice([("ann", ann), ("bob", bob)])
            if dice.random() < 0.5:
                seen[who] = mine.revision("one").revision_id
                continue
            wanted = statement(f"t-{dice.randrange(4)}", quote=f"{who} {number}")
            try:
                mine.edit("one", wanted, seen_revision=seen[who], who=who, why="")
                kept[wanted.statement_id].append(wanted.written["quote"])
            except StaleEdit as stale:
                n_refused += 1
                assert stale.wanted == wanted and stale.found.written["quote"] == kept[wanted.statement_id][-1]
                assert stale.seen == bob.statement("one", wanted.statement_id, seen[who]) and stale.revision.revision_id > seen[who]
        told = {name: [c.after.written["quote"] for c in ann.history("one", name)][1:] for name in kept}
    assert told == kept and n_refused > 10


def test_edits_at_the_same_time_lose_nothing(place: Path | str) -> None:
    kept: list[tuple[str, str]] = []
    stale: list[StaleEdit] = []
    failures: list[BaseException] = []

    def work(name: str) -> None:
        try:
            with open_ledger(place) as ledger:
                for number in range(25):
                    wanted = statement(f"t-{number % 2}", quote=f"{name} {number}")
                    try:
                        seen = ledger.revision("one").revision_id
                        ledger.edit("one", wanted, seen_revision=seen, who=name, why="")
                        kept.append((wanted.statement_id, wanted.written["quote"]))
                    except StaleEdit as refused:
                        stale.append(refused)
        except BaseException as error:
            failures.append(error)

    with open_ledger(place) as ledger:
        ledger.append_import("one", [statement("t-0"), statement("t-1")], **BY)
        threads: list[Any] = [threading.Thread(target=work, args=(f"editor-{n}",)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        told = [(c.statement_id, c.after.written["quote"]) for n in range(2) for c in ledger.history("one", f"t-{n}")[1:]]
    assert failures == [] and sorted(told) == sorted(kept) and len(kept) + len(stale) == 100
    assert all(refused.found and refused.seen and refused.wanted for refused in stale)
