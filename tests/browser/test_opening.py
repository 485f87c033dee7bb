"""Every page opens without a complaint, and every answer of the running server carries the security headers."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.browser import Server, Visitor
from tracker.ui.registry import PAGES

Visit = Callable[..., Visitor]


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_a_page_opens_without_a_complaint(visit: Visit, path: str) -> None:
    visitor = visit(path + ("?id=aleppo-0047" if path == "/statement" else ""))
    (entry,) = [page for page in PAGES if page.path == path]
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(entry.question)
    expect(visitor.page.locator(".trk-footer")).to_be_visible()
    expect(visitor.page.get_by_test_id("stException")).to_have_count(0)
    expect(visitor.page.locator(".trk-notices")).to_have_count(0)
    assert "Traceback" not in visitor.page.locator("body").inner_text()
    visitor.check_clean()  # the policy refuses nothing that the page itself needs


def test_an_unknown_path_shows_the_overview(visit: Visit) -> None:
    visitor = visit(None)
    visitor.expected_errors.append("does not seem to exist")
    visitor.open("/nonsense?actor=USA")
    expect(visitor.page.get_by_role("heading", level=1, name="What is in here")).to_be_visible()
    assert "Traceback" not in visitor.page.locator("body").inner_text()


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/", "GET", 200),
        ("/timeline?actor=USA", "GET", 200),
        ("/healthz", "GET", 200),
        ("/api/timeline.json", "GET", 200),
        ("/download/statements.csv?actor=USA", "GET", 200),
        ("/api/nonsense.json", "GET", 404),
        ("/assets/links.js", "GET", 200),
        ("/static/no-such-file.js", "GET", 200),  # a file that is not there is the shell: the page says it does not exist
        ("/_stcore/host-config", "GET", 200),
        ("/_stcore/upload_file/session/file", "PUT", 403),
    ],
)
def test_every_answer_has_the_security_headers(server: Server, path: str, method: str, status: int) -> None:
    request = urllib.request.Request(server.url + path, method=method, headers={"accept": "text/html"})
    try:
        answer = urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        assert answer.status == status
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers.get_all("x-content-type-options") == ["nosniff"]
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert b"Traceback" not in answer.read()
