"""A new version is made in the background: readers keep the one before, are told how far it is, and why when it failed."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house_rules import ROOT
from tracker.io.inputs import InputFile
from tracker.store.derived import snapshot_of
from tracker.store.ledger import open_ledger
from tracker.workspace import Library, library, preparing
from tracker.workspace.importing import keep, rehearse

ROW = "date,country,quote\n2016-07-{:02},FRA,Synthetic words {}\n"


class Delayed:
    """Stands in for the making of snapshots: waits until it may go on, counts, and fails when told to."""

    def __init__(self) -> None:
        self.may_go_on, self.has_told, self.n_made, self.error = threading.Event(), threading.Event(), 0, ""

    def __call__(self, ledger, code, folder, as_of=None, told=None) -> Path:
        if told is None:
            return snapshot_of(ledger, code, folder, as_of)
        told("reading the history", 1, 2)
        self.has_told.set()
        assert self.may_go_on.wait(60)
        self.n_made += 1
        if self.error:
            raise OSError(28, self.error)
        return snapshot_of(ledger, code, folder, as_of, told)


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.setenv("TRACKER_CACHE", str(tmp_path / "cache"))
    (tmp_path / "base.csv").write_text(ROW.format(1, 0), encoding="utf-8")
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        yield Library((tmp_path / "base.csv",), ledger, is_mine=True)


@pytest.fixture
def delayed(held: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[Delayed]:
    made = Delayed()
    assert held.open().count.n_statements == 1
    monkeypatch.setattr(library, "snapshot_of", made)
    monkeypatch.setattr(preparing, "WAITED_SECONDS", 0.0)
    yield made
    made.may_go_on.set()
    while left := held.preparation(held.open()):  # no thread outlives the test
        assert left.wait(60)
        if left.error:
            break


def add(held: Library, number: int) -> None:
    keep(held, rehearse(held, InputFile.from_bytes(ROW.format(number, number).encode(), "more.csv"), "base"), who="tester", why="")


def finished(held: Library) -> preparing.Preparation:
    preparation = held.preparation(held.open())
    assert preparation.wait(60)
    return preparation


def test_readers_keep_the_version_before_until_the_new_one_is_there(held: Library, delayed: Delayed) -> None:
    add(held, 2)
    held.prepare("base")
    before = held.open()
    assert (before.count.n_statements, before.revision_id) == (1, 0)
    preparation = held.preparation(before)
    assert delayed.has_told.wait(60)
    assert (preparation.step, preparation.n_done, preparation.n_all, preparation.error) == ("reading the history", 1, 2, "")
    delayed.may_go_on.set()
    finished(held)
    assert held.open().count.n_statements == 2
    assert held.preparation(held.open()) is None
    assert delayed.n_made == 1, "it was made once, however often it was asked for"


def test_what_is_asked_as_of_a_moment_is_never_an_older_version(held: Library, delayed: Delayed) -> None:
    add(held, 2)
    assert held.open().count.n_statements == 1
    assert held.open("base", "2100-01-01").count.n_statements == 2


def test_nobody_waits_for_what_another_reader_opens(held: Library, delayed: Delayed, monkeypatch: pytest.MonkeyPatch) -> None:
    add(held, 2)
    is_asked, may_go_on = threading.Event(), threading.Event()

    def slowly(ledger, code, folder, as_of=None, told=None) -> Path:
        is_asked.set()
        assert may_go_on.wait(60)
        return snapshot_of(ledger, code, folder, as_of)

    monkeypatch.setattr(library, "snapshot_of", slowly)
    found: list[int] = []
    reader = threading.Thread(target=lambda: found.append(held.open("base", "2100-01-01").count.n_statements))
    reader.start()
    assert is_asked.wait(60)
    assert held.open().count.n_statements == 1, "answered while the other is still being opened"
    assert found == []
    may_go_on.set()
    reader.join(60)
    assert found == [2]


def test_an_error_is_said_and_can_be_tried_again(held: Library, delayed: Delayed) -> None:
    delayed.error = "No space left on device"
    delayed.may_go_on.set()
    add(held, 2)
    held.open()
    failed = finished(held)
    assert "no space left on device" in failed.error
    assert held.open().count.n_statements == 1, "the version before is whole"
    assert delayed.n_made == 1, "it is not tried again unasked"
    delayed.error = ""
    held.retry(failed)
    finished(held)
    assert held.open().count.n_statements == 2


def test_a_second_change_waits_for_the_first_and_both_are_there_in_the_end(held: Library, delayed: Delayed) -> None:
    for number in (2, 3):
        add(held, number)
        held.prepare("base")
    assert held.open().count.n_statements == 1
    delayed.may_go_on.set()
    finished(held)
    assert held.open().count.n_statements == 3
    assert held.preparation(held.open()) is None


def test_a_small_change_is_there_at_once(held: Library) -> None:
    assert held.open().count.n_statements == 1
    add(held, 2)
    assert held.open().count.n_statements == 2


def test_files_changed_on_disk_after_the_history_began_are_noticed(held: Library, tmp_path: Path) -> None:
    assert held.began_otherwise("base") is None, "there is no history yet"
    add(held, 2)
    assert held.began_otherwise("base") is None
    (tmp_path / "base.csv").write_text(ROW.format(1, 0) + "2016-08-01,USA,Synthetic words on disk\n", encoding="utf-8")
    assert held.began_otherwise("base").revision_id == 1
    assert held.open().count.n_statements == 2, "the history stays what it was"
    (tmp_path / "base.csv").write_text(ROW.format(1, 0), encoding="utf-8")
    assert held.began_otherwise("base") is None


def test_a_program_that_ends_leaves_the_work_and_nothing_of_it(tmp_path: Path) -> None:
    script = (
        "import time\n"
        "from pathlib import Path\n"
        "from tracker.store.snapshot import put_in_place\n"
        "from tracker.workspace.preparing import Preparations\n"
        "def make(told):\n"
        f"    with put_in_place(Path({str(tmp_path / 'made')!r})) as unfinished:\n"
        "        unfinished.write_text('half')\n"
        "        while True:\n"
        "            told('reading', 1, 2)\n"
        "            time.sleep(0.01)\n"
        "Preparations().begin('base', 1, make)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, timeout=120, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert not list(tmp_path.iterdir())
