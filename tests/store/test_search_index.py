"""The index of words: built with a snapshot, kept right by changes without being built anew, whole or not there."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.factory import data_set, statement
from tests.house_rules import ROOT
from tests.store.test_derived import BY, change_at_random, odd
from tracker.analysis.corpus import Corpus
from tracker.analysis.facets import n_selected
from tracker.analysis.listing import list_statements
from tracker.analysis.searching import Lookup
from tracker.core.selection import Selection
from tracker.store import search_index, snapshot
from tracker.store.derived import snapshot_of
from tracker.store.engine import open_engine
from tracker.store.ledger import open_ledger
from tracker.store.publishing import _tables
from tracker.store.search_index import INDEX_TABLES
from tracker.store.snapshot import build_snapshot, is_whole
from tracker.workspace.opening import lookup_of

SEARCHES = ("quote", '"quote 1"', "NOT quote", "actor:aaa", "synthetic OR edited", "edited", '"synthetic position"')
SEARCHES += (
    '"quote 3"',
    "position:synthetic NOT quote",
)


@pytest.fixture(autouse=True)
def small_ones_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "N_INDEXED_FROM", 1)


def both_ways(path: Path) -> list[tuple[list[str], list[str]]]:
    """What each search finds in a snapshot: by its index, and by reading."""
    engine = open_engine(path)
    try:
        ways = [Corpus(engine.statements, engine, lookup=lookup) for lookup in (lookup_of(engine), Lookup(engine.table("names")))]
        assert ways[0].lookup.index is not None
        # The engine keeps what it compiled by selection alone: each way has its own.
        found = []
        for corpus in ways:
            engine._compiled.clear()
            pages = (list_statements(corpus, Selection().searching(search), page_size=500) for search in SEARCHES)
            found.append([[row.statement_id for row in page.rows] for page in pages])
        return list(zip(*found, strict=True))
    finally:
        engine.close()


def tables_of(path: Path) -> dict[str, int]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in INDEX_TABLES}


@pytest.mark.parametrize("seed", range(2))
def test_after_any_changes_the_index_finds_what_reading_finds(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        first = [odd(n, dice) for n in range(60)]
        ledger.append_import("one", first, **BY, beside=data_set(*first))
        snapshot_of(ledger, "one", tmp_path)
        for fresh in range(1, 4):
            change_at_random(ledger, dice, fresh)
            for by_index, by_reading in both_ways(snapshot_of(ledger, "one", tmp_path)):
                assert by_index == by_reading


def test_an_edit_does_not_build_the_index_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        some = [statement(f"t-{n}", quote=f"Quote {n}") for n in range(30)]
        ledger.append_import("one", some, **BY, beside=data_set(*some))
        old = tables_of(snapshot_of(ledger, "one", tmp_path))
        monkeypatch.setattr(search_index, "write_index", lambda _: pytest.fail("built anew"))
        for number, quote in ((1, "Edited"), (2, "Edited twice")):
            ledger.edit("one", statement("t-3", quote=quote), seen_revision=number, **BY)
            path = snapshot_of(ledger, "one", tmp_path)
        assert tables_of(path) == {**old, "unindexed": 1}
        found = dict(zip(SEARCHES, both_ways(path), strict=True))
        assert all(by_index == by_reading for by_index, by_reading in found.values())
        assert found["edited"][0] == ["t-3"] and found['"quote 3"'][0] == [], "what it says, not what it said"


def test_after_many_changes_it_is_built_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "N_READ_AT_MOST", 0)
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        some = [statement(f"t-{n}", quote=f"Quote {n}") for n in range(30)]
        ledger.append_import("one", some, **BY, beside=data_set(*some))
        snapshot_of(ledger, "one", tmp_path)
        ledger.edit("one", statement("t-3", quote="Edited"), seen_revision=1, **BY)
        assert tables_of(snapshot_of(ledger, "one", tmp_path))["unindexed"] == 0


def test_few_statements_have_none_and_other_engines_never(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_index = build_snapshot(data_set(statement("t-1")), tmp_path)
    assert {name for name, batches in _tables(with_index) if batches.read_all()}.isdisjoint(INDEX_TABLES)
    monkeypatch.setattr(search_index, "N_INDEXED_FROM", 20_000)
    engine = open_engine(build_snapshot(data_set(statement("t-2")), tmp_path))
    assert lookup_of(engine).index is None
    corpus = Corpus(engine.statements, engine, lookup=lookup_of(engine))
    assert n_selected(corpus, Selection().searching("synthetic")) == 1
    engine.close()


def test_an_error_while_it_is_built_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = data_set(statement("t-1"))
    with monkeypatch.context() as patch:
        patch.setattr(search_index, "_COUNTED", "SELECT no_such_column")
        with pytest.raises(duckdb.Error):
            build_snapshot(held, tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert both_ways(build_snapshot(held, tmp_path))


_BUILDS = """
import sys
from pathlib import Path
from tests.factory import data_set, statement
from tracker.store import search_index
from tracker.store.snapshot import build_snapshot
search_index.N_INDEXED_FROM = 1
held = data_set(*(statement(f"t-{n}", quote=f"Quote {n}") for n in range(300)))
write = search_index._pieces
def told(connection):
    print("half", flush=True)
    sys.stdin.read()
    return write(connection)
search_index._pieces = told
build_snapshot(held, Path(sys.argv[1]))
"""


def test_killed_while_it_is_built_nothing_has_the_name_of_a_snapshot(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _BUILDS, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as building:
        assert building.stdout is not None and building.stdout.readline() == b"half\n"
        building.send_signal(signal.SIGKILL)
    assert list(tmp_path.glob("*.duckdb")) == []
    held = data_set(*(statement(f"t-{n}", quote=f"Quote {n}") for n in range(300)))
    path = build_snapshot(held, tmp_path)
    assert is_whole(path, snapshot.data_version(held.content_hash)) and tables_of(path)["postings"] > 300
