"""The app under a real browser: a server on a free port, a visitor who waits on state, and what the browser complains of."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebSocket
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).parents[2]
IDLE = "[data-testid='stApp'][data-test-script-state='notRunning']"
PATIENCE_S = 60
# The stories are about this app: Chromium's own services and every name but this machine's are switched off.
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@dataclass(frozen=True)
class Server:
    """A running dashboard; ``url`` has no slash at the end."""

    url: str
    process: subprocess.Popen[bytes]
    output_path: Path

    @property
    def output(self) -> str:
        """All it has printed so far."""
        return self.output_path.read_text(encoding="utf-8", errors="replace")


@contextmanager
def running_server(data_path: Path | None = None, *, script: Path | str = "dashboard.py", **environment: str) -> Iterator[Server]:
    """A dashboard on a free port, healthy, on another data set when ``data_path`` is given; ended on leaving.

    Raises RuntimeError with everything it printed when it ends or is not healthy within a minute.
    """
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port), "--server.address", "127.0.0.1"]
    command += ["--server.headless", "true", "--server.fileWatcherType", "none", "--browser.gatherUsageStats", "false"]
    settings = os.environ | ({"TRACKER_DATA": str(data_path)} if data_path else {}) | environment
    with tempfile.TemporaryDirectory() as folder:
        output_path = Path(folder) / "output.txt"
        with (
            output_path.open("wb") as output,
            subprocess.Popen(command, cwd=ROOT, env=settings, stdin=subprocess.DEVNULL, stdout=output, stderr=output) as process,
        ):
            server = Server(f"http://127.0.0.1:{port}", process, output_path)
            try:
                _wait_until_healthy(server, port)
                yield server
            finally:
                _end(process)


# The footer is the last a page draws; a chart is drawn when it has a canvas or a picture of shapes in it.
_IS_DRAWN = """() => document.querySelector(".trk-footer, .trk-title")
  && [...document.querySelectorAll("[data-testid=stVegaLiteChart]")].every(chart => chart.querySelector("svg .mark-group, canvas"))
  && !document.querySelector("[data-testid=stSkeleton]")"""


def wait_idle(page: Page) -> None:
    """Returns when the page shows no script running and has drawn what the last one sent, charts included."""
    page.locator(IDLE).wait_for(state="attached", timeout=PATIENCE_S * 1000)
    page.wait_for_function(_IS_DRAWN, timeout=PATIENCE_S * 1000)
    page.evaluate("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


@dataclass
class Visitor:
    """One window of a browser: opens links, and keeps what went wrong and what was asked of other hosts.

    ``expected_errors`` are parts of console messages that a story provokes on purpose.
    """

    page: Page
    server: Server
    console_errors: list[str] = field(default_factory=list)
    foreign_requests: list[str] = field(default_factory=list)
    expected_errors: list[str] = field(default_factory=list)

    n_runs: int = 0

    def open(self, link: str = "/") -> Page:
        """The page at a link of the app (path and query), run to its end and at rest."""
        with self.rerun():
            self.page.goto(self.server.url + link)
        return self.page

    @contextmanager
    def rerun(self) -> Iterator[None]:
        """Leaves the block when what was done in it has made the app run to the end and the page is at rest.

        For every click, key or step in history that asks the server for something. The attribute that ``wait_idle``
        reads is not enough: the page is still at rest when the click has not reached the server yet, and a quick run
        may never show in it (seen in about half of the clicks on a small page).
        """
        before, deadline = self.n_runs, time.monotonic() + PATIENCE_S
        yield
        while self.n_runs == before:  # the connection may be another one by now: a reload makes a new one
            assert time.monotonic() < deadline, f"the app did not run within {PATIENCE_S} s; it printed:\n{self.server.output}"
            self.page.wait_for_timeout(10)  # lets what has arrived be heard
        wait_idle(self.page)

    def hear_of_runs(self, websocket: WebSocket) -> None:
        """Counts the script runs that end on this connection of the page."""

        def count(payload: str | bytes) -> None:
            message = ForwardMsg.FromString(payload) if isinstance(payload, bytes) else ForwardMsg()
            is_end = message.WhichOneof("type") == "script_finished"
            self.n_runs += is_end and message.script_finished in _RAN_TO_THE_END

        websocket.on("framereceived", count)

    @property
    def link(self) -> str:
        """Path and query in the address bar."""
        parts = urlsplit(self.page.url)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    def arrive(self, *parts: str) -> None:
        """Returns when every part stands in the address and the page is at rest there."""
        self.page.wait_for_url(lambda url: all(part in unquote(url) for part in parts), timeout=PATIENCE_S * 1000)
        wait_idle(self.page)

    def choose(self, label: str, *options: str) -> None:
        """Picks options of the select box with this label by typing them, one after another."""
        for option in options:
            self.page.get_by_role("combobox", name=label).click()
            self.page.keyboard.type(option)
            with self.rerun():
                self.page.get_by_role("option", name=option, exact=True).click()
            self.page.keyboard.press("Escape")

    @property
    def sentence(self) -> str:
        """The line under the title."""
        return self.page.locator(".trk-sentence").inner_text()

    @property
    def n(self) -> int:
        """The first number of the sentence."""
        return int(self.sentence.split(" ")[0].replace(",", ""))

    @property
    def n_points(self) -> int:
        """Statements drawn as points in the lanes of the Timeline."""
        return self.page.locator("[data-testid=stVegaLiteChart]").nth(1).locator("svg .mark-symbol path").count()

    def check_clean(self) -> None:
        """Raises AssertionError when the console showed an error or another host was asked for something."""
        unexpected = [error for error in self.console_errors if not any(part in error for part in self.expected_errors)]
        assert not unexpected, "errors in the browser's console:\n" + "\n".join(unexpected)
        assert not self.foreign_requests, "requests to other hosts:\n" + "\n".join(self.foreign_requests)


def new_context(browser: Browser, **options: object) -> BrowserContext:
    """A fresh profile; ``options`` are those of Playwright (timezone_id, viewport, color_scheme, locale …)."""
    defaults = {"timezone_id": "UTC", "locale": "en-GB", "viewport": {"width": 1400, "height": 900}, "color_scheme": "light"}
    return browser.new_context(**defaults | options)


def new_visitor(context: BrowserContext, server: Server) -> Visitor:
    """A new window of a profile, with a session of its own on the server."""
    visitor = Visitor(context.new_page(), server)
    _record(visitor)
    return visitor


# Streamlit's page asks below its own path first where the server is, and takes the second answer.
_PROBE = re.compile(r"status of 404 .*/\w+/_stcore/(health|host-config)$")
_RAN_TO_THE_END = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


def _record(visitor: Visitor) -> None:
    here = urlsplit(visitor.server.url).netloc

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and not _PROBE.search(f"{message.text} {message.location.get('url', '')}"):
            visitor.console_errors.append(f"{message.text} ({message.location.get('url', '')})")

    def see(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != here:
            visitor.foreign_requests.append(request.url)

    visitor.page.on("websocket", visitor.hear_of_runs)
    visitor.page.on("console", hear)
    visitor.page.on("pageerror", lambda error: visitor.console_errors.append(str(error)))
    visitor.page.on("request", see)


def _wait_until_healthy(server: Server, port: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not _is_healthy(port):
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended with status {server.process.returncode}; it printed:\n{server.output}")
        if time.monotonic() > deadline:
            raise RuntimeError(f"the server was not healthy within {PATIENCE_S} s; it printed:\n{server.output}")
        time.sleep(0.05)  # between two questions; the wait itself ends on the answer


def _is_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
