"""Cold start on the bundled data: from the start of the process to its first answer, and to a page ready in Chromium.

    python -m tests.bench.opening [--runs 5]

Every run starts a new server and a browser profile that has nothing kept, once without a snapshot and once with one.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
import urllib.request
from pathlib import Path

import psutil
from playwright.sync_api import Browser, sync_playwright

from tests.bench.measuring import machine
from tests.browser.browser import CHROMIUM_ARGUMENTS, Server, new_visitor, running_server
from tests.browser.find_chromium import find_chromium

_LINK = "/timeline"
_CHART = "[data-testid='stVegaLiteChart'] :is(canvas, svg)"


def measure(browser: Browser, cache_path: Path) -> dict[str, float]:
    """Milliseconds by what was waited for."""
    started = time.perf_counter()
    with running_server(TRACKER_CACHE=str(cache_path)) as server:
        with urllib.request.urlopen(server.url + "/healthz", timeout=60) as answer:
            answer.read()
        healthy = 1000 * (time.perf_counter() - started)
        times = psutil.Process(server.process.pid).cpu_times()
        return {
            "process start to /healthz": healthy,
            "of which processor time": 1000 * (times.user + times.system),
            "first visitor, first chart": _visit(browser, server),
            "second visitor, first chart": _visit(browser, server),
        }


def _visit(browser: Browser, server: Server) -> float:
    visitor = new_visitor(browser, server)
    started = time.perf_counter()
    visitor.open(_LINK)
    visitor.page.locator(_CHART).first.wait_for(timeout=60_000)
    taken = 1000 * (time.perf_counter() - started)
    visitor.page.context.close()
    return taken


def main() -> None:
    """Print medians and every run."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.opening", description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    n_runs = parser.parse_args().runs
    print(machine())
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as kept:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_ARGUMENTS)
        cases: dict[str, list[dict[str, float]]] = {"no snapshot yet": [], "snapshot there": []}
        for _ in range(n_runs):
            with tempfile.TemporaryDirectory() as empty:
                cases["no snapshot yet"].append(measure(browser, Path(empty)))
            cases["snapshot there"].append(measure(browser, Path(kept)))
        browser.close()
    for name, runs in cases.items():
        # The first run with a kept folder has built the snapshot: it does not count as one that found it.
        counted = runs[1:] if name == "snapshot there" else runs
        for what in runs[0]:
            values = [run[what] for run in counted]
            print(f"{name:16} {what:28} {statistics.median(values):7.0f} ms   " + "  ".join(f"{value:.0f}" for value in values))
    print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
