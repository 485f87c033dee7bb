"""When the ledger's place is full, read-only, damaged, newer, busy or something else: words, and nothing lost."""

from __future__ import annotations

import random
import resource
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.factory import statement
from tests.house_rules import ROOT
from tracker.core.errors import TrackerError
from tracker.store import ledger_engine, ledger_files
from tracker.store.ledger import Ledger, open_ledger
from tracker.store.ledger_errors import (
    LedgerBusy,
    LedgerDamaged,
    LedgerError,
    LedgerFull,
    LedgerNewer,
    LedgerRefused,
)

BY = {"who": "tester", "why": "to test"}
NOBODY = 65534


def filled(path: Path, n: int = 300) -> Path:
    with open_ledger(path) as ledger:
        ledger.append_import("one", [statement(f"t-{number}") for number in range(n)], **BY)
    return path


def n_held(path: Path) -> int:
    with open_ledger(path) as ledger:
        return sum(1 for _ in ledger.statements("one"))


@contextmanager
def little_room(n_bytes: int) -> Iterator[None]:
    """Files can grow no further than this, as on a disk that is full (SIGXFSZ is ignored by Python)."""
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, former[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)


def test_a_full_disk_refuses_the_import_and_keeps_the_rest(tmp_path: Path) -> None:
    path = filled(tmp_path / "ledger.sqlite")
    many = [statement(f"u-{number}", quote="x" * 1_000) for number in range(5_000)]
    with open_ledger(path) as ledger:
        with little_room(1_000_000), pytest.raises(LedgerFull, match=r"Cannot keep the import.*Make room.*repeat it"):
            ledger.append_import("one", many, **BY)
        assert sum(1 for _ in ledger.statements("one")) == 300 and len(ledger.revisions("one")) == 1
        assert ledger.append_import("one", many, **BY).n_in_force == 5_300
    assert n_held(path) == 5_300


def test_no_room_for_a_new_ledger_leaves_nothing(tmp_path: Path) -> None:
    with little_room(5_000), pytest.raises(LedgerFull, match="Make room or"):
        open_ledger(tmp_path / "ledger.sqlite")
    assert list(tmp_path.iterdir()) == []
    assert filled(tmp_path / "ledger.sqlite").exists()


def test_no_room_for_a_backup_leaves_nothing(tmp_path: Path) -> None:
    with open_ledger(filled(tmp_path / "ledger.sqlite")) as ledger:
        with little_room(20_000), pytest.raises(LedgerFull, match="back up"):
            ledger.back_up()
        assert not list(tmp_path.glob("*.backup*"))


_AS_A_READER = """
import os, sys
from pathlib import Path
from tests.factory import statement
from tracker.store.ledger import open_ledger
from tracker.store.ledger_errors import LedgerReadOnly
with open_ledger(Path(sys.argv[3])) as ledger:  # imports all there is: somebody else may not be allowed to read it
    list(ledger.statements("one"))
if os.getuid() == 0:  # to whom nothing is read-only
    os.setuid(int(sys.argv[2]))
with open_ledger(Path(sys.argv[1])) as ledger:
    print(ledger.why_read_only, "|", sum(1 for _ in ledger.statements("one")), "|", len(ledger.history("one", "t-1")), end=" | ")
    try:
        ledger.edit("one", statement("t-1", quote="Edited"), seen_revision=1, who="", why="")
    except LedgerReadOnly as refused:
        print(refused)
"""


@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "why"),
    [
        pytest.param(0o444, 0o777, "its file is read-only", id="file"),
        pytest.param(0o666, 0o555, "its folder is read-only", id="folder"),
        pytest.param(0o444, 0o555, "its file is read-only", id="both"),
    ],
)
def test_what_is_read_only_can_be_read(tmp_path: Path, file_mode: int, folder_mode: int, why: str) -> None:
    with tempfile.TemporaryDirectory() as held:  # the folders of tests are closed to other users
        folder = Path(held)
        path = filled(folder / "ledger.sqlite")
        path.chmod(file_mode)
        folder.chmod(folder_mode)
        command = [sys.executable, "-c", _AS_A_READER, str(path), str(NOBODY), str(filled(tmp_path / "another.sqlite", 1))]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
        folder.chmod(stat.S_IRWXU)
    reason, n_statements, n_changes, refusal = done.stdout.split(" | ")
    assert (reason, n_statements, n_changes) == (why, "300", "1"), done.stderr
    assert refusal.strip() == (
        f"Cannot keep the edit: {why}. Make both the ledger's file and its folder writable for the user who runs this, then open it again."
    )


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path) -> None:
    path.write_text("statement_id,stated_on\n" * 1_000, encoding="utf-8")


def _zeros_at_its_head(path: Path) -> None:
    path.write_bytes(bytes(4_096) + path.read_bytes()[4_096:])


@pytest.mark.parametrize("spoil", [_cut, _empty, _text, _zeros_at_its_head], ids=lambda spoil: spoil.__name__.strip("_"))
@pytest.mark.parametrize("n_backups", [0, 2])
def test_a_damaged_file_is_refused_and_never_replaced(tmp_path: Path, spoil: Callable[[Path], None], n_backups: int) -> None:
    path = filled(tmp_path / "ledger.sqlite")
    with open_ledger(path) as ledger:
        backups = [ledger.back_up() for _ in range(n_backups)]
    spoil(path)
    spoiled = path.read_bytes()
    remedy = f"newest backup, {backups[-1].name}" if backups else "no backup beside it"
    with pytest.raises(LedgerDamaged, match=f"it is damaged.*{remedy}"):
        open_ledger(path)
    assert path.read_bytes() == spoiled
    if backups:
        path.write_bytes(backups[-1].read_bytes())
        assert n_held(path) == 300


def test_a_file_that_is_gone_is_not_made_anew_over_its_traces(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.with_name("ledger.sqlite-wal").write_bytes(b"what was written last")
    with pytest.raises(LedgerDamaged, match="its file is gone"):
        open_ledger(path)
    assert not path.exists()


def test_any_flipped_byte_is_seen_or_harmless(tmp_path: Path) -> None:
    path, dice = filled(tmp_path / "ledger.sqlite"), random.Random(5)
    whole = path.read_bytes()
    with open_ledger(path) as ledger:
        expected = list(ledger.placed_statements("one")), ledger.revisions("one")
    n_seen = 0
    for _ in range(100):
        flipped = bytearray(whole)
        flipped[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
        path.write_bytes(flipped)
        try:
            with open_ledger(path) as ledger:
                assert (list(ledger.placed_statements("one")), ledger.revisions("one")) == expected
        except LedgerError as error:
            assert str(error).startswith("Cannot ")
            n_seen += 1
    assert n_seen > 50


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        pytest.param("DELETE FROM changes WHERE change_id = 7", "299 statements are found where 300 were in force", id="a-row-gone"),
        pytest.param("UPDATE changes SET content = NULL WHERE change_id = 7", "299 statements are found", id="a-row-blanked"),
        pytest.param("UPDATE changes SET place = 9 WHERE change_id = 7", "not as it was written", id="a-row-moved"),
        pytest.param("UPDATE revisions SET who = 'somebody else'", "revision 1 is not as it was written", id="who-it-was"),
        pytest.param("UPDATE revisions SET n_in_force = 299", "revision 1 is not as it was written", id="how-many"),
    ],
)
def test_what_was_changed_behind_our_back_is_seen(tmp_path: Path, sql: str, words: str) -> None:
    path = filled(tmp_path / "ledger.sqlite")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)
    with open_ledger(path) as ledger, pytest.raises(LedgerDamaged, match=words):
        list(ledger.statements("one"))


@pytest.mark.parametrize("is_flipped", [False, True])
def test_a_large_file_is_not_checked_to_its_end_but_its_rows_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_flipped: bool) -> None:
    path = filled(tmp_path / "ledger.sqlite", 3_000)
    whole = path.read_bytes()
    at = whole.index(b"made for tests", len(whole) // 2)
    path.write_bytes(whole[:at] + b"M" + whole[at + 1 :] if is_flipped else whole)
    monkeypatch.setattr(ledger_files, "CHECK_SECONDS", -1)
    monkeypatch.setattr(ledger_files, "_INSTRUCTIONS_BETWEEN_LOOKS", 1)
    with open_ledger(path) as ledger:
        if not is_flipped:
            assert sum(1 for _ in ledger.statements("one")) == 3_000
            return
        with pytest.raises(LedgerDamaged, match="not as it was written"):
            list(ledger.statements("one"))


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE ledger_about SET value = '99'")


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "kind", "words"),
    [
        pytest.param(_newer, LedgerNewer, "of number 99.*newer program", id="newer"),
        pytest.param(_foreign, LedgerRefused, "another program's", id="foreign"),
        pytest.param(_folder, LedgerRefused, "it is a folder", id="folder"),
    ],
)
def test_what_is_no_ledger_of_ours_is_refused(tmp_path: Path, spoil: Callable[[Path], None], kind: type[TrackerError], words: str) -> None:
    path = filled(tmp_path / "ledger.sqlite", 1)
    spoil(path)
    with pytest.raises(kind, match=words):
        open_ledger(path)


# The driver is optional: without it the ledger says so before it asks anybody.
_NOBODY_THERE = "does not answer" if find_spec("psycopg") else "driver for PostgreSQL is not installed"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        pytest.param("mysql://ann:secret@db/x", "file of SQLite or in PostgreSQL", id="another-database"),
        pytest.param("://ann:secret@", "not the URL of a database", id="no-url"),
        pytest.param("sqlite://", "file of SQLite or in PostgreSQL", id="in-memory"),
        pytest.param("postgresql://ann:secret@127.0.0.1:1/x", _NOBODY_THERE, id="nobody-there"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused_without_its_password(place: str, words: str) -> None:
    with pytest.raises(LedgerRefused, match=words) as caught:
        open_ledger(place)
    assert "secret" not in str(caught.value)


def test_a_url_of_a_file_is_its_path(tmp_path: Path) -> None:
    with open_ledger(f"sqlite:///{tmp_path}/ledger.sqlite") as ledger:
        assert ledger.path == tmp_path / "ledger.sqlite" and ledger.path.exists() and not ledger.why_read_only


def test_a_busy_ledger_says_so_and_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = filled(tmp_path / "ledger.sqlite")
    settings = [setting.replace("busy_timeout=5000", "busy_timeout=50") for setting in ledger_engine._SQLITE_SETTINGS]
    monkeypatch.setattr(ledger_engine, "_SQLITE_SETTINGS", settings)
    with open_ledger(path) as ledger, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerBusy, match=r"another process has been writing.*Repeat it in a moment"):
            ledger.withdraw("one", ["t-1"], seen_revision=1, **BY)
        assert sum(1 for _ in ledger.statements("one")) == 300, "reading waits for no lock: it would have been given up after 50 ms"
        other.execute("ROLLBACK")
        assert ledger.withdraw("one", ["t-1"], seen_revision=1, **BY).n_in_force == 299


def test_a_reader_sees_one_state_while_others_write(tmp_path: Path) -> None:
    with open_ledger(filled(tmp_path / "ledger.sqlite", 1_200)) as ledger:
        reading = ledger.statements("one")
        first = next(reading)
        ledger.append_import("one", [statement("u-1")], **BY)
        ledger.edit("one", statement("t-1199", quote="Edited"), seen_revision=1, **BY)
        rest = list(reading)
    assert len(rest) == 1_199 and first.statement_id == "t-0" and rest[-1].written["quote"] != "Edited"


_IMPORTS = """
import sys
from pathlib import Path
from tests.factory import statement
from tracker.store.ledger import open_ledger
with open_ledger(Path(sys.argv[1])) as ledger:
    for number in range(5):
        ledger.append_import("one", [statement(f"{sys.argv[2]}-{number}-{n}") for n in range(300)], who=sys.argv[2], why="")
"""


def test_processes_that_import_at_once_all_succeed(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"  # made by whichever comes first
    started = [subprocess.Popen([sys.executable, "-c", _IMPORTS, str(path), name], cwd=ROOT) for name in ("ann", "bob", "cyd")]
    assert [process.wait(timeout=120) for process in started] == [0, 0, 0]
    with open_ledger(path) as ledger:
        revisions = ledger.revisions("one")
        assert [revision.revision_id for revision in revisions] == list(range(15, 0, -1)) and revisions[0].n_in_force == 4_500
        assert len({revision.who for revision in revisions}) == 3 and sum(1 for _ in ledger.statements("one")) == 4_500


def test_threads_may_share_a_ledger(tmp_path: Path) -> None:
    failures: list[BaseException] = []

    def work(ledger: Ledger, name: int) -> None:
        try:
            for number in range(5):
                ledger.append_import(f"set-{name % 2}", [statement(f"{name}-{number}")], **BY)
                list(ledger.statements("set-0"))
        except BaseException as error:
            failures.append(error)

    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        threads = [threading.Thread(target=work, args=(ledger, name)) for name in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == [] and sum(1 for name in ledger.data_sets() for _ in ledger.statements(name)) == 40


def test_a_backup_is_the_whole_and_replaces_nothing(tmp_path: Path) -> None:
    with open_ledger(filled(tmp_path / "ledger.sqlite")) as ledger:
        ledger.edit("one", statement("t-1", quote="Edited"), seen_revision=1, **BY)
        backup = ledger.back_up()
        expected = list(ledger.statements("one")), ledger.revisions("one"), ledger.history("one", "t-1")
        with pytest.raises(LedgerRefused, match="a file of that name"):
            ledger.back_up(backup)
    with open_ledger(backup) as copy:
        assert (list(copy.statements("one")), copy.revisions("one"), copy.history("one", "t-1")) == expected
    assert {path.suffix for path in tmp_path.iterdir()} == {".sqlite", ".backup"}


def test_a_file_system_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(ledger_files.os, "link", refuse)
    assert n_held(filled(tmp_path / "ledger.sqlite")) == 300
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.sqlite"]
