"""What holds for every test: one time zone, no network beyond this machine, nothing skipped in silence, browsers last."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import settings

from tests import samples

os.environ["TZ"] = "UTC"
# No test reads or writes what belongs to the person who runs it, nor is told by their settings.
_OF_THE_TESTS = Path(tempfile.mkdtemp(prefix="tracker-tests-"))
atexit.register(shutil.rmtree, _OF_THE_TESTS, ignore_errors=True)
os.environ["TRACKER_LEDGER"] = str(_OF_THE_TESTS / "ledger.sqlite")
os.environ["TRACKER_CACHE"] = str(_OF_THE_TESTS / "snapshots")
for setting in ("TRACKER_DATA", "TRACKER_EDIT", "TRACKER_FETCH", "TRACKER_FRAME_ANCESTORS"):
    os.environ.pop(setting, None)
if hasattr(time, "tzset"):  # not on Windows
    time.tzset()

# Derandomised: the same examples every run, so that a red run is about the change and not about luck. No deadline:
# a busy machine is not a fault of the code.
settings.register_profile("house", derandomize=True, deadline=None, database=None)
settings.load_profile("house")

_BROWSER_STORIES = Path(__file__).parent / "browser"
_LONGEST_FIRST = ("test_review.py", "test_everyone.py", "test_importing.py", "test_links.py", "test_hostile_rows.py")
"""Files of stories that take longest: begun last, one process would wait for the other to end them."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks the browser stories and runs them last: quick faults first, and their event loop disturbs nobody.

    Tests of sample files that are not there are taken out; the end of the run says so.
    """
    if not samples.are_there():
        without = [item for item in items if item.get_closest_marker("samples")]
        items[:] = [item for item in items if not item.get_closest_marker("samples")]
        config.hook.pytest_deselected(items=without)
        config.stash[NOT_RUN] = len(without)
    for item in items:
        if item.path.is_relative_to(_BROWSER_STORIES):
            item.add_marker("browser")
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> tuple[bool, int]:
    """When a test is run: stories behind all others, the longest files of them first."""
    is_story, name = "browser" in item.keywords, item.path.name
    return is_story, _LONGEST_FIRST.index(name) if is_story and name in _LONGEST_FIRST else len(_LONGEST_FIRST)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Turns a skipped test into a failed one: what did not run has shown nothing."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"Skipped tests count as failed here: {report.longrepr}"
    item.stash.setdefault(REPORTS, {})[report.when] = report
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """The same for a whole file that skips itself while it is collected."""
    report = yield
    if report.skipped:
        report.outcome, report.longrepr = "failed", f"Skipped files count as failed here: {report.longrepr}"
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hands what a process of several has left out to the one that writes the summary."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["n_not_run"] = session.config.stash.get(NOT_RUN, 0)


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist
def pytest_testnodedown(node: object) -> None:
    """Takes it: every process collects the same tests, so that one number holds for all."""
    node.config.stash[NOT_RUN] = getattr(node, "workeroutput", {}).get("n_not_run", node.config.stash.get(NOT_RUN, 0))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Says how many tests of sample files were not run, and what to do."""
    n = config.stash.get(NOT_RUN, 0)
    if n:
        terminalreporter.write_line(f"{n} tests of sample files of other tools were not run: set TRACKER_SAMPLES to their folder.")


NOT_RUN: pytest.StashKey[int] = pytest.StashKey()
REPORTS: pytest.StashKey[dict[str, pytest.TestReport]] = pytest.StashKey()


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Any connection that would leave this machine raises, whichever library makes it."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
            self.close()
            raise AssertionError(f"a test tried to reach {address[0]!r}; tests use no network")
        return connect(self, address)

    socket.socket.connect = connect_here
    yield
    socket.socket.connect = connect


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
