"""Snapshots of the history: one derived from an older one holds what a full build holds."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.factory import data_set, statement
from tracker.core.model import Statement
from tracker.store import derived
from tracker.store.derived import build_from_statements, snapshot_of
from tracker.store.engine import open_engine
from tracker.store.ledger import Ledger, open_ledger
from tracker.store.ledger_errors import UnknownRevision
from tracker.store.snapshot import READ_ONLY

BY = {"who": "tester", "why": "to test"}
TABLES = {
    "statements": "row_number",
    "actors": "actor_id",
    "organisations": "organisation_id",
    "spokespersons": "spokesperson_id",
    "issues": "position",
    "events": "event_id",
    "languages": "language_code",
    "problems": "message",
    "about": "key",
}


def rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table as text, statements by their place."""
    with duckdb.connect(str(path), read_only=True, config=READ_ONLY) as connection:
        return {
            name: connection.execute(f"SELECT COLUMNS(*)::VARCHAR FROM {name} ORDER BY {key}").fetchall() for name, key in TABLES.items()
        }


def odd(number: int, dice: random.Random) -> Statement:
    """A statement with codes, dates and words drawn from a few."""
    return statement(
        f"t-{number}",
        dice.choice(["2016", "2016-07", "2016-07-28", "1999-12-31"]),
        actor_id=dice.choice(["AAA", "BBB", "CCC"]),
        target_id=dice.choice(["", "DDD", "AAA"]),
        issue_id=dice.choice(["", "issue-one", "issue-two", f"issue-{number % 9}"]),
        spokesperson_id=dice.choice(["", f"person-{number % 5}"]),
        organisation_id=dice.choice(["", "aaa-ministry", f"body-{number % 4}"]),
        stance_code=dice.choice(["support", "oppose", ""]),
        language_code=dice.choice(["", "en", "ru", "ar"]),
        quote=dice.choice(["One", "Ещё", "مرة", ""]) + str(dice.random()),
    )


def change_at_random(ledger: Ledger, dice: random.Random, fresh: int) -> None:
    """One import, edit, withdrawal or undo, whichever the dice say and the history allows."""
    now = ledger.revision("one")
    here = list(ledger.statements("one"))
    what = dice.choice(["import", "edit", "edit", "withdraw", "undo"]) if here else "import"
    if what == "import":
        some = [odd(fresh * 100 + n, dice) for n in range(dice.randint(1, 30))]
        ledger.append_import("one", some, **BY, beside=data_set(*some))
    elif what == "edit":
        after = replace(odd(0, dice), statement_id=dice.choice(here).statement_id)
        ledger.edit("one", after, seen_revision=now.revision_id, **BY, beside=data_set(after))
    elif what == "withdraw":
        gone = {s.statement_id for s in dice.sample(here, dice.randint(1, min(3, len(here))))}
        ledger.withdraw("one", gone, seen_revision=now.revision_id, **BY)
    elif now.kind != "undo" or dice.random() < 0.5:
        ledger.undo(now.revision_id, **BY)


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How snapshots came about, in order."""
    ways: list[str] = []
    for name in ("build_from_statements", "derive_snapshot"):
        held = getattr(derived, name)
        monkeypatch.setattr(derived, name, lambda *a, held=held, name=name: (ways.append(name), held(*a)))
    return ways


@pytest.mark.parametrize("seed", range(6))
def test_any_changes_lead_to_the_rows_of_a_full_build(tmp_path: Path, seed: int, built: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derived, "SHARE_REBUILT", 10)
    dice = random.Random(seed)
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        first = [odd(n, dice) for n in range(60)]
        ledger.append_import("one", first, **BY, beside=data_set(*first))
        snapshot_of(ledger, "one", tmp_path / "derived")
        for fresh in range(1, 8):
            for again in range(dice.randint(1, 3)):
                change_at_random(ledger, dice, 10 * fresh + again)
            path = snapshot_of(ledger, "one", tmp_path / "derived")
            full = tmp_path / f"{fresh}.duckdb"
            build_from_statements(full, ledger.placed_statements("one"), ledger.beside("one"))
            assert rows(path) == rows(full)
    assert built.count("derive_snapshot") > 4


def test_a_snapshot_is_made_once_and_as_of_any_revision(tmp_path: Path, built: list[str]) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        some = [statement(f"t-{n}") for n in range(20)]
        first = ledger.append_import("one", some, **BY, beside=data_set(*some))
        old = snapshot_of(ledger, "one", tmp_path)
        edited = ledger.edit("one", statement("t-3", quote="Edited", issue_id="issue-two"), seen_revision=1, **BY)
        new = snapshot_of(ledger, "one", tmp_path)
        assert snapshot_of(ledger, "one", tmp_path, as_of=1) == old and snapshot_of(ledger, "one", tmp_path) == new
        with pytest.raises(UnknownRevision, match="no revision"):
            snapshot_of(ledger, "two", tmp_path)
    assert [old.stem, new.stem] == [first.data_version, edited.data_version]
    assert built == ["build_from_statements", "derive_snapshot"]
    engine = open_engine(new)
    found = engine.rows(engine.statements.filter(engine.statements.issue_id == "issue-two").select("statement_id", "quote"))
    engine.close()
    assert found == [{"statement_id": "t-3", "quote": "Edited"}]
    assert not [row for row in rows(old)["statements"] if "Edited" in row]


@pytest.mark.parametrize(
    ("change", "way"),
    [
        pytest.param("one", "derive_snapshot", id="one-row"),
        pytest.param("many", "build_from_statements", id="a-third-of-the-rows"),
        pytest.param("rename", "build_from_statements", id="an-actor-renamed"),
    ],
)
def test_it_is_built_anew_when_that_is_better(tmp_path: Path, built: list[str], change: str, way: str) -> None:
    some = [statement(f"t-{n}") for n in range(30)]
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.append_import("one", some, **BY, beside=data_set(*some))
        snapshot_of(ledger, "one", tmp_path)
        more = [statement(f"u-{n}") for n in range(10 if change == "many" else 1)]
        held = data_set(*more)
        if change == "rename":
            held = replace(held, actors=tuple(replace(actor, name="New name") for actor in held.actors))
        ledger.append_import("one", more, **BY, beside=held)
        path = snapshot_of(ledger, "one", tmp_path)
    assert built[-1] == way
    assert all(("new name" in row[-1]) is (change == "rename") for row in rows(path)["statements"])


def test_a_failure_leaves_the_older_snapshot_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    some = [statement(f"t-{n}") for n in range(10)]
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.append_import("one", some, **BY, beside=data_set(*some))
        old = snapshot_of(ledger, "one", tmp_path / "snapshots")
        before = rows(old)
        ledger.withdraw("one", ["t-3"], seen_revision=1, **BY)
        monkeypatch.setattr(derived, "_widen_enum", fail)
        with pytest.raises(OSError, match="disk full"):
            snapshot_of(ledger, "one", tmp_path / "snapshots")
    assert list((tmp_path / "snapshots").iterdir()) == [old] and rows(old) == before


def test_more_codes_than_an_enum_holds_become_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derived, "MAX_ENUM_VALUES", 2)
    some = [statement(f"t-{n}") for n in range(30)]
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.append_import("one", some, **BY, beside=data_set(*some))
        snapshot_of(ledger, "one", tmp_path)
        more = [statement(f"u-{n}", issue_id=f"issue-{n}") for n in range(3)]
        ledger.append_import("one", more, **BY, beside=data_set(*more))
        path = snapshot_of(ledger, "one", tmp_path)
    with duckdb.connect(str(path), read_only=True, config=READ_ONLY) as connection:
        kinds = {name: kind for name, kind, *_ in connection.execute("DESCRIBE statements").fetchall()}
    assert kinds["issue_id"] == "VARCHAR" and kinds["stance_code"].startswith("ENUM")


@pytest.mark.parametrize("way", ["derived", "full"])
def test_tables_beside_name_only_what_statements_name(tmp_path: Path, way: str) -> None:
    gone = statement("u-1", actor_id="BBB", organisation_id="body", spokesperson_id="person", issue_id="loose", language_code="ru")
    some = [*(statement(f"t-{n}", target_id="CCC") for n in range(30)), gone]
    held = data_set(*some)
    held = replace(held, issues=tuple(replace(issue, proposition="" if issue.issue_id == "loose" else "P.") for issue in held.issues))
    held = replace(held, actors=(*held.actors, replace(held.actors[0], actor_id="CCC")))
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.append_import("one", some, **BY, beside=held)
        before = rows(snapshot_of(ledger, "one", tmp_path))
        ledger.withdraw("one", ["u-1"], seen_revision=1, **BY)
        after = rows(snapshot_of(ledger, "one", tmp_path if way == "derived" else tmp_path / "another"))
    names = ("actors", "organisations", "spokespersons", "issues", "languages")
    first = {name: ([row[0] for row in before[name]], [row[0] for row in after[name]]) for name in names}
    assert first["actors"] == (["AAA", "BBB", "CCC"], ["AAA", "CCC"])
    assert first["issues"] == (["issue-one", "loose"], ["issue-one"])
    assert all(len(then) == 2 and len(now) == 1 for name, (then, now) in first.items() if name != "actors")


@pytest.mark.parametrize("way", ["derived", "full"])
def test_organisations_of_one_name_are_told_apart_though_they_came_in_two_imports(tmp_path: Path, way: str) -> None:
    one = [statement(f"t-{n}", organisation="Foreign Ministry", organisation_id="aaa-mfa") for n in range(30)]
    other = [statement("u-1", organisation="Foreign ministry", organisation_id="bbb-mfa", actor_id="BBB")]
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.append_import("one", one, **BY, beside=data_set(*one))
        first = rows(snapshot_of(ledger, "one", tmp_path))["organisations"]
        ledger.append_import("one", other, **BY, beside=data_set(*other))
        both = rows(snapshot_of(ledger, "one", tmp_path if way == "derived" else tmp_path / "another"))["organisations"]
    assert [label for _, _, label, *_ in first] == ["Foreign Ministry"]
    assert [label for _, _, label, *_ in both] == ["Foreign Ministry (Actor AAA)", "Foreign ministry (Actor BBB)"]
