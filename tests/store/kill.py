"""Kills processes that import, edit, undo and make snapshots, in the midst of it, and holds what is left against what was said.

``python -m tests.store.kill 100`` kills a hundred and says what was found and in which phase each was hit; the test run
does eight. A phase is chosen for each kill, waited for, and killed after a random part of the time such a phase took before.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import event

from tests.factory import statement
from tracker.core.model import Statement
from tracker.store.derived import snapshot_of
from tracker.store.ledger import Ledger, open_ledger

ROUNDS_A_LEDGER = 5
"""A ledger is killed so often, then a new one is begun: its making is a moment like any other."""

LONGEST_OPENING = 5.0
MOST_TIMES = 5
"""The phase that is waited for may come so often before the process is killed in it."""

FIRST_GUESS = {"making": 0.05, "reading": 0.005, "writing": 0.02, "committing": 0.002, "snapshot": 0.05}
"""Seconds each phase may take, until it was measured: making the ledger, reading what is there, writing the revision, making
it last, making its snapshot."""

MOST_ROWS = 700
_DATA_SET = "killed"
_BY = {"who": "killed", "why": "to be killed"}


@dataclass
class Tally:
    """What was found after so many kills; ``faults`` says what must not be."""

    n_kills: int = 0
    n_acknowledged: int = 0
    n_unfinished_there: int = 0
    n_unfinished_not_there: int = 0
    phases: dict[str, int] = field(default_factory=dict)
    slowest_opening: float = 0.0
    faults: list[str] = field(default_factory=list)


@dataclass
class Expected:
    """What must be in the ledger: the quote of each statement, and what each revision would give back when undone."""

    quotes: dict[str, str] = field(default_factory=dict)
    before: dict[int, dict[str, str | None]] = field(default_factory=dict)

    def after(self, plan: dict[str, Any]) -> Expected:
        """What must be there once the plan was carried out."""
        changes = self.before[plan["undoes"]] if "undoes" in plan else dict(plan["quotes"])
        former = {statement_id: self.quotes.get(statement_id) for statement_id in changes}
        quotes = {statement_id: quote for statement_id, quote in (self.quotes | changes).items() if quote is not None}
        return Expected(quotes, self.before | {plan["revision_id"]: former})


def kill_often(n_kills: int, folder: Path, seed: int = 1) -> Tally:
    """The tally of so many kills of processes that write to ledgers in the folder."""
    tally, dice, pace = Tally(), random.Random(seed), Pace()
    for number in range(n_kills):
        if number % ROUNDS_A_LEDGER == 0:
            path, expected = folder / f"{number}.sqlite", Expected()
        told = _told_until_killed(path, dice, pace, is_new=number % (2 * ROUNDS_A_LEDGER) == 0)
        hit = pace.hit(told)
        tally.phases[hit] = tally.phases.get(hit, 0) + 1
        expected = _hold_against(path, expected, [line for line in told if "phase" not in line], tally)
        _note(tally, path, not _opens_as_snapshot(path, len(expected.quotes)), f"its snapshot does not open or differs, killed while {hit}")
        tally.n_kills += 1
    return tally


class Pace:
    """How long the phases took until now; seconds."""

    def __init__(self) -> None:
        self.seconds = dict(FIRST_GUESS)

    def took(self, phase: str, seconds: float) -> None:
        """Notes how long one took: a running mean."""
        if phase in self.seconds:
            self.seconds[phase] += (seconds - self.seconds[phase]) / 4

    def hit(self, told: list[dict[str, Any]]) -> str:
        """The phase the process was in when it was killed, by the last it said; "between" two when nothing was going on."""
        last = told[-1] if told else {"phase": "making"}
        return "between" if "kept" in last else str(last.get("phase", "reading"))


def _told_until_killed(path: Path, dice: random.Random, pace: Pace, *, is_new: bool) -> list[dict[str, Any]]:
    """What the process said before it was killed: each plan before it is carried out, each phase of it, each revision once kept."""
    phase = "making" if is_new else dice.choice(["reading", "writing", "writing", "committing", "snapshot"])
    n_times, share, seed = dice.randint(1, MOST_TIMES), dice.random(), dice.randrange(2**32)
    readable, writable = os.pipe()
    child = os.fork()
    if not child:
        os.close(readable)
        _write_for_ever(path, writable, random.Random(seed))
    os.close(writable)
    with os.fdopen(readable, "rb", buffering=0) as pipe:
        lines = [] if is_new else _lines_until(pipe, phase, n_times, pace)
        time.sleep(share * pace.seconds[phase])
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        lines += pipe.readlines()
    if not os.WIFSIGNALED(status):
        raise AssertionError(f"the process ended by itself after {lines[-2:]}")
    return [json.loads(line) for line in lines if line.endswith(b"\n")]  # another was not said to its end


def _lines_until(pipe: Any, phase: str, n_times: int, pace: Pace) -> list[bytes]:
    """The lines up to that phase for the so-manieth time; how long each phase took is noted on the way."""
    lines: list[bytes] = []
    now, said_at = "making", time.perf_counter()
    while n_times:
        line = pipe.readline()
        if not line:
            raise AssertionError(f"the process ended by itself after {lines[-2:]}")
        lines.append(line)
        told, at = json.loads(line), time.perf_counter()
        pace.took(now, at - said_at)
        now, said_at = ("" if "kept" in told else told.get("phase", "reading")), at
        n_times -= now == phase
    return lines


def _write_for_ever(path: Path, pipe: int, dice: random.Random) -> None:
    def say(**told: Any) -> None:
        os.write(pipe, json.dumps(told).encode() + b"\n")

    try:
        ledger = open_ledger(path)
        _tell_phases(ledger, say)
        while True:
            newest = ledger.revision(_DATA_SET)
            plan = _plan(ledger, newest, dice)
            say(**plan)
            revision = _carry_out(ledger, plan, newest.revision_id if newest else 0)
            say(kept=revision.revision_id, hash=revision.content_hash)
            say(phase="snapshot")
            snapshot_of(ledger, _DATA_SET, _snapshots_of(path))
    finally:
        os._exit(1)  # a process that is not killed has failed


def _tell_phases(ledger: Ledger, say: Callable[..., None]) -> None:
    """Says when a transaction first writes, and when it begins to commit what it wrote."""
    is_writing = False

    def hear_statement(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal is_writing
        if not is_writing and statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            is_writing = True
            say(phase="writing")

    def hear_commit(_connection: object) -> None:
        nonlocal is_writing
        if is_writing:
            is_writing = False
            say(phase="committing")

    event.listen(ledger._engine, "before_cursor_execute", hear_statement)
    event.listen(ledger._engine, "commit", hear_commit)


def _snapshots_of(path: Path) -> Path:
    return path.with_suffix(".snapshots")


def _opens_as_snapshot(path: Path, n_statements: int) -> bool:
    """Whether the snapshot of the newest revision opens, or is made, and has so many rows; in a process of its own, for its threads."""
    child = os.fork()
    if not child:
        status = 1
        try:
            with open_ledger(path) as ledger:
                found = ledger.revision(_DATA_SET)
                snapshot = snapshot_of(ledger, _DATA_SET, _snapshots_of(path)) if found else None
            n_found = 0
            if snapshot:
                with duckdb.connect(str(snapshot), read_only=True) as connection:
                    (n_found,) = connection.execute("SELECT count(*) FROM statements").fetchone() or (0,)
            status = int(n_found != n_statements)
        finally:
            os._exit(status)
    return os.waitpid(child, 0)[1] == 0


def _plan(ledger: Ledger, newest: Any, dice: random.Random) -> dict[str, Any]:
    number = newest.revision_id + 1 if newest else 1
    what = dice.choice(["import", "edit", "edit", "edit", "undo"])
    if newest and what == "undo" and newest.kind != "undo":
        return {"revision_id": number, "undoes": newest.revision_id}
    here = [c.statement_id for c in islice(ledger.changes(newest.revision_id), 50) if c.after] if newest and what == "edit" else []
    if here:
        return {"revision_id": number, "edit": True, "quotes": {dice.choice(here): f"edited {dice.random()}"}}
    return {"revision_id": number, "quotes": {f"{number}-{n}": f"imported {n}" for n in range(dice.randint(1, MOST_ROWS))}}


def _carry_out(ledger: Ledger, plan: dict[str, Any], seen_revision: int) -> Any:
    if "undoes" in plan:
        return ledger.undo(plan["undoes"], **_BY)
    statements = [_synthetic(*item) for item in plan["quotes"].items()]
    if "edit" in plan:
        return ledger.edit(_DATA_SET, statements[0], seen_revision=seen_revision, **_BY)
    return ledger.append_import(_DATA_SET, statements, **_BY)


def _synthetic(statement_id: str, quote: str) -> Statement:
    return statement(statement_id, quote=quote)


def _hold_against(path: Path, expected: Expected, told: list[dict[str, Any]], tally: Tally) -> Expected:
    """What the ledger holds, which must be what was kept, with or without the one that was being written."""
    hashes: dict[int, str] = {}
    waiting: dict[str, Any] | None = None
    for line in told:
        if "kept" in line:
            assert waiting is not None
            expected, waiting = expected.after(waiting), None
            hashes[line["kept"]] = line["hash"]
        else:
            waiting = line
    begun = time.perf_counter()
    with open_ledger(path) as ledger:
        tally.slowest_opening = max(tally.slowest_opening, time.perf_counter() - begun)
        found = {s.statement_id: s.written["quote"] for s in ledger.statements(_DATA_SET)}
        revisions = {revision.revision_id: revision for revision in ledger.revisions(_DATA_SET, None)}
        sums = [sum(1 for _ in ledger.changes(number)) for number in sorted(revisions)[-3:]]
        claims = [r.n_added + r.n_changed + r.n_withdrawn for _, r in sorted(revisions.items())[-3:]]
    tally.n_acknowledged += len(hashes)
    lost = [number for number, content_hash in hashes.items() if number not in revisions or revisions[number].content_hash != content_hash]
    is_there = waiting is not None and waiting["revision_id"] in revisions
    expected = expected.after(waiting) if waiting and is_there else expected
    tally.n_unfinished_there += is_there
    tally.n_unfinished_not_there += waiting is not None and not is_there
    _note(tally, path, bool(lost), f"kept revisions are missing: {lost}")
    _note(tally, path, found != expected.quotes, f"{len(found)} statements are there, {len(expected.quotes)} should be, or other ones")
    _note(
        tally,
        path,
        sorted(revisions) != sorted(expected.before),
        f"revisions {sorted(revisions)[-3:]}, told {sorted(expected.before)[-3:]}",
    )
    _note(tally, path, sums != claims, f"revisions have {sums} changes and say {claims}")
    _note(tally, path, not _is_sound(path), "SQLite finds the file damaged")
    _note(tally, path, tally.slowest_opening > LONGEST_OPENING, "it took too long to open")
    return expected


def _note(tally: Tally, path: Path, is_wrong: bool, what: str) -> None:
    if is_wrong:
        tally.faults.append(f"{path.name} after kill {tally.n_kills + 1}: {what}")


def _is_sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def main() -> int:
    """Kills as often as the first argument says, seeded by the second; prints what was found as JSON; 1 after a fault."""
    n_kills, seed = (int(text) for text in [*sys.argv[1:], *("100", "1")[len(sys.argv) - 1 :]])
    with tempfile.TemporaryDirectory() as folder:
        tally = kill_often(n_kills, Path(folder), seed)
    print(json.dumps(tally.__dict__, indent=1))
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
