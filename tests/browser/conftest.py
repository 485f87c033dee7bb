"""Fixtures of the browser stories: one server and one Chromium for all, a fresh visitor for each."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.browser import CHROMIUM_ARGUMENTS, ROOT, Server, Visitor, new_context, new_visitor, running_server
from tests.browser.find_chromium import NoChromium, find_chromium
from tests.conftest import REPORTS

_RESULTS = ROOT / "test-results"


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRACKER_CACHE", str(tmp_path_factory.mktemp("snapshots")))
        patch.delenv("TRACKER_DATA", raising=False)
        yield


@pytest.fixture(scope="session")
def table() -> list[dict[str, str]]:
    """The rows of the bundled statements.csv, read without the code under test."""
    with (ROOT / "data" / "aleppo" / "statements.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The dashboard on the bundled data."""
    with running_server() as running:
        yield running


@pytest.fixture(scope="session")
def server_on() -> Iterator[Callable[[Path], Server]]:
    """Starts the dashboard on another data set; one server for each path, all ended after the last story."""
    running: dict[Path, Server] = {}
    with ExitStack() as stack:

        def start(data_path: Path) -> Server:
            if data_path not in running:
                running[data_path] = stack.enter_context(running_server(data_path))
            return running[data_path]

        yield start


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window; fails, never skips, when there is none."""
    try:
        executable = find_chromium()
    except NoChromium as problem:
        pytest.fail(str(problem), pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def profile(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """The profile with these options, the same one for every story: what it has fetched once it need not fetch again."""
    contexts: dict[str, BrowserContext] = {}

    def get(**options: object) -> BrowserContext:
        key = repr(sorted(options.items()))
        if key not in contexts:
            contexts[key] = new_context(browser, **options)
            contexts[key].tracing.start(snapshots=True, screenshots=False)
        return contexts[key]

    yield get
    for context in contexts.values():
        context.close()


@pytest.fixture
def visit(
    browser: Browser, profile: Callable[..., BrowserContext], server: Server, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Visitor]]:
    """``visit(link, server=…, is_new=…, timezone_id=…, viewport=…, color_scheme=…)``: a visitor at that link, at rest.

    Each call is a window and a session of its own; with ``is_new`` in a browser that was never here before. At the
    end every visitor must have a clean console and have asked no other host; a story that failed leaves a trace and
    a picture of each in test-results/.
    """
    visitors: list[Visitor] = []
    chunks: dict[BrowserContext, None] = {}
    strangers: list[BrowserContext] = []

    def come(link: str | None = "/", *, server: Server = server, is_new: bool = False, **options: object) -> Visitor:
        context = new_context(browser, **options) if is_new else profile(**options)
        if is_new:
            context.tracing.start(snapshots=True, screenshots=False)
            strangers.append(context)
        if context not in chunks:
            context.tracing.start_chunk()
            chunks[context] = None
        visitor = new_visitor(context, server)
        visitors.append(visitor)
        if link is not None:
            visitor.open(link)
        return visitor

    yield come
    has_failed = _has_failed(request.node)
    try:
        if not has_failed:
            for visitor in visitors:
                visitor.check_clean()
    except AssertionError:
        has_failed = True
        raise
    finally:
        _leave(request.node.name, visitors, list(chunks), has_failed=has_failed)
        for context in strangers:
            context.close()


@pytest.fixture
def visitor(visit: Callable[..., Visitor]) -> Visitor:
    """A visitor on the start page."""
    return visit()


def _has_failed(item: pytest.Item) -> bool:
    return any(report.failed for report in item.stash.get(REPORTS, {}).values())


def _leave(story: str, visitors: list[Visitor], contexts: list[BrowserContext], *, has_failed: bool) -> None:
    folder = _RESULTS / re.sub(r"[^\w-]+", "-", story)
    for number, visitor in enumerate(visitors, start=1):
        if has_failed:
            visitor.page.screenshot(path=folder / f"visitor-{number}.png", full_page=True)
        visitor.page.close()
    for number, context in enumerate(contexts, start=1):
        context.tracing.stop_chunk(path=folder / f"trace-{number}.zip" if has_failed else None)
