"""Runs the tests of the ledger on a PostgreSQL of their own: ``python -m tests.store.postgres``.

Starts a throw-away server on this machine (Debian: ``apt install postgresql``; the driver: ``pip install psycopg[binary]``)
and stops it at the end. Not part of the test run, because most who run it have no PostgreSQL.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.factory import statement
from tests.house_rules import ROOT
from tracker.store.ledger import open_ledger
from tracker.store.ledger_errors import LedgerRefused

PORT = 54_329
URL = f"postgresql://postgres@127.0.0.1:{PORT}/postgres"
_TESTS = (
    "tests/store/test_ledger.py",
    "tests/store/test_ledger_properties.py",
    "tests/store/test_ledger_documents.py",
    "tests/store/test_ledger_feeds.py",
)


class Server:
    """A PostgreSQL server in a folder, which must belong to the user it runs as."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [Path(shutil.which("pg_ctl") or sys.exit(__doc__)).parent]
        self.programs = found[-1]

    def run(self, program: str, *arguments: str) -> None:
        """Runs one of PostgreSQL's programs; as its own user when we are root, which the server refuses to be."""
        user = "postgres" if os.getuid() == 0 else None
        command = [str(self.programs / program), "-D", str(self.folder / "data"), *arguments]
        subprocess.run(command, check=True, user=user, cwd=self.folder, stdout=subprocess.DEVNULL)

    def start(self) -> None:
        """Starts it on the loopback address."""
        options = f"-p {PORT} -c listen_addresses=127.0.0.1 -k {self.folder}"
        self.run("pg_ctl", "-o", options, "-l", str(self.folder / "log"), "-w", "start")

    def stop(self) -> None:
        """Ends it as a crash would."""
        self.run("pg_ctl", "-m", "immediate", "-w", "stop")


@contextmanager
def server() -> Iterator[Server]:
    """A running server with an empty database."""
    with tempfile.TemporaryDirectory() as folder:
        held = Server(Path(folder))
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        held.run("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C")
        held.start()
        try:
            yield held
        finally:
            held.stop()


def survives_a_crash(held: Server) -> bool:
    """Whether an open ledger says in words that its server is gone, and goes on once it is back, with nothing lost."""
    with open_ledger(URL) as ledger:
        ledger.append_import("after a crash", [statement()], who="tester", why="to test")
        before = [ledger.revisions(name, None) for name in ledger.data_sets()]
        held.stop()
        try:
            ledger.data_sets()
            return False
        except LedgerRefused as refused:
            print(refused)
        held.start()
        return before == [ledger.revisions(name, None) for name in ledger.data_sets()]


def main() -> int:
    """The exit code of pytest, or 1 when the ledger did not survive a crash of the server."""
    with server() as held:
        command = [sys.executable, "-m", "pytest", "-q", *_TESTS, *sys.argv[1:]]
        done = subprocess.run(command, cwd=ROOT, check=False, env=os.environ | {"TRACKER_TEST_POSTGRES": URL})
        is_well = survives_a_crash(held)
    print(f"After a crash of the server the ledger {'goes on' if is_well else 'DOES NOT GO ON'}.")
    return done.returncode or (not is_well)


if __name__ == "__main__":
    sys.exit(main())
