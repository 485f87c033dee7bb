"""What stands around the pages: headers on every answer, uploads refused, our own files and nothing else, settings in force."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from tests.house_rules import ROOT
from tests.ui.asgi import Application, ask
from tracker.ui import headers, server

SHELL = "<html><head><title>x</title></head><body></head></body></html>"
WANTED = {
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "permissions-policy",
    "cross-origin-opener-policy",
    "x-frame-options",
}


async def _shell(request: Request) -> Response:
    encoding = request.headers.get("accept-encoding", "none")
    return HTMLResponse(SHELL, headers={"etag": "1", "x-asked-encoding": encoding, "X-Frame-Options": "ALLOWALL"})


async def _packed(_: Request) -> Response:
    return HTMLResponse(b"\x1f\x8b", headers={"content-encoding": "gzip"})


async def _upload(_: Request) -> Response:
    return PlainTextResponse("taken", status_code=204)


@pytest.fixture(scope="module")
def application() -> Application:
    settings = server.settings()
    routes = [
        Route("/", _shell),
        Route("/packed", _packed),
        Route("/_stcore/upload_file/{session}/{file}", _upload, methods=["GET", "PUT", "POST", "DELETE", "OPTIONS"]),
    ]
    return Starlette(routes=[*settings["routes"], *routes], middleware=settings["middleware"])


@pytest.mark.parametrize(
    ("link", "method", "status"),
    [
        pytest.param("/", "GET", 200, id="shell"),
        pytest.param("/packed", "GET", 200, id="compressed-by-somebody-else"),
        pytest.param("/healthz", "GET", 200, id="health"),
        pytest.param("/api/timeline.json", "GET", 200, id="numbers"),
        pytest.param("/download/statements.csv", "GET", 200, id="table"),
        pytest.param("/api/nonsense.json", "GET", 404, id="numbers-of-no-page"),
        pytest.param("/assets/tracker.css", "GET", 200, id="style"),
        pytest.param("/assets/nothing.css", "GET", 404, id="no-such-file"),
        pytest.param("/nowhere", "GET", 404, id="no-such-path"),
        pytest.param("/healthz", "POST", 405, id="method"),
        pytest.param("/_stcore/upload_file/s/f", "PUT", 403, id="upload"),
        pytest.param("/_stcore/upload_file/s/f", "POST", 403, id="upload-by-post"),
        pytest.param("/_stcore/upload_file/s/f", "DELETE", 403, id="take-back-an-upload"),
    ],
)
def test_every_answer_has_every_header_once(application: Application, link: str, method: str, status: int) -> None:
    reply = ask(application, link, method)
    assert reply.status == status
    assert set(reply.headers) >= WANTED
    for name in WANTED:
        assert reply.headers[name] == server.SECURITY_HEADERS[name], "a header that is there twice counts for neither"


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    directives = dict(part.split(" ", 1) for part in server.SECURITY_HEADERS["content-security-policy"].split("; "))
    assert directives["default-src"] == "'self'"
    assert directives["object-src"] == directives["frame-src"] == directives["frame-ancestors"] == "'none'"
    for name, allowed in directives.items():
        assert "http:" not in allowed
        assert "https:" not in allowed
        assert "*" not in allowed
        assert "'unsafe-eval'" not in allowed
        assert name == "style-src" or "'unsafe-inline'" not in allowed


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param("", "'none'", id="nobody"),
        pytest.param("https://ministry.example http://localhost:3000", "https://ministry.example http://localhost:3000", id="two"),
        pytest.param("javascript:x * 'self' https://good.example", "https://good.example", id="only-origins"),
        pytest.param("https://a.example;script-src *", "'none'", id="a-directive-slipped-in"),
    ],
)
def test_frames(monkeypatch: pytest.MonkeyPatch, asked: str, expected: str) -> None:
    monkeypatch.setenv("TRACKER_FRAME_ANCESTORS", asked)
    found = headers.security_headers()
    policy = found["content-security-policy"].split("; ")
    assert f"frame-ancestors {expected}" in policy
    assert ("x-frame-options" in found) == (expected == "'none'"), "the older header would forbid what the policy allows"


def test_the_shell_gets_our_style_and_script_once_and_has_its_true_length(application: Application) -> None:
    reply = ask(application, "/", accept="text/html", accept_encoding="gzip")
    assert reply.body.count(b'href="/assets/tracker.css"') == 1
    assert reply.body.index(b"/assets/links.js") < reply.body.index(b"</head>")
    assert int(reply.headers["content-length"]) == len(reply.body)
    assert "etag" not in reply.headers, "the tag was that of another body"
    assert reply.headers["x-asked-encoding"] == "none", "a compressed shell could not be added to"


def test_a_compressed_page_passes_untouched(application: Application) -> None:
    assert ask(application, "/packed").body == b"\x1f\x8b"


@pytest.mark.parametrize("name", ["..%2f..%2fdashboard.py", "%2e%2e/theme.py", "..%5ctheme.py", "tracker.css%00.js", "", ".", "tracker"])
def test_only_our_own_files_are_given_out(application: Application, name: str) -> None:
    reply = ask(application, f"/assets/{name}")
    assert reply.status == 404
    assert b"import" not in reply.body


def test_health_tells_the_data_version(application: Application) -> None:
    assert b'"status":"ok"' in ask(application, "/healthz").body


def test_uploads_are_refused_in_words_and_may_be_asked_about(application: Application) -> None:
    assert b"Uploads are off" in ask(application, "/_stcore/upload_file/s/f", "PUT").body
    assert ask(application, "/_stcore/upload_file/s/f", "OPTIONS").status == 204


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("runner.postScriptGC", False),
        ("client.showErrorDetails", "none"),
        ("client.showErrorLinks", False),
        ("browser.gatherUsageStats", False),
        ("server.fileWatcherType", "none"),
        ("server.enableStaticServing", False),
        ("server.enableXsrfProtection", True),
        ("server.enableCORS", True),
    ],
)
def test_settings_are_in_force(settings_in_force: dict[str, object], option: str, expected: object) -> None:
    assert settings_in_force[option] == expected


@pytest.fixture(scope="module")
def settings_in_force() -> dict[str, object]:
    """What Streamlit reads from the repository's own settings, in a fresh process."""
    program = "import json, streamlit.config as c; print(json.dumps({k: o.value for k, o in c.get_config_options().items()}, default=str))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)
