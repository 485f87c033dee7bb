"""What stands around the pages: routes, security headers, warm-up, memory housekeeping and errors without secrets."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import secrets
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tracker.core.errors import TrackerError
from tracker.ui import api, cached
from tracker.ui.headers import security_headers
from tracker.workspace import may_edit

_ASSETS = Path(__file__).parent / "assets"
_ASSET_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_SWEEP_SECONDS = 60
_MAX_PARTS, _KEPT_PARTS = 500, 100
_LOG = logging.getLogger("tracker")

SECURITY_HEADERS = security_headers()

_Scope = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
_Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Guard:
    """Adds the security headers to every answer, refuses uploads, and gives the page shell our style and scripts."""

    def __init__(self, app: Callable[[_Scope, _Receive, _Send], Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: _Scope, receive: _Receive, send: _Send) -> None:
        """Pass one request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif _is_upload(scope) and not may_edit():
            answer = JSONResponse({"error": "Uploads are off: this dashboard is read-only."}, status_code=403, headers=SECURITY_HEADERS)
            await answer(scope, receive, send)
        elif shorter := _shorter(scope):
            await RedirectResponse(shorter, status_code=302, headers=SECURITY_HEADERS)(scope, receive, send)
        else:
            await self.app(_uncompressed_shell(scope), receive, _Finishing(send).send)


def _is_upload(scope: _Scope) -> bool:
    return scope["path"].startswith("/_stcore/upload_file") and scope["method"] not in ("GET", "HEAD", "OPTIONS")


def _shorter(scope: _Scope) -> str:
    """Where a page link of too many parts leads instead: Streamlit would drop all of them without a word."""
    parts = scope["query_string"].split(b"&")
    if len(parts) <= _MAX_PARTS or not _wants_a_page(scope):
        return ""
    kept = b"&".join(part for part in parts[:_KEPT_PARTS] if not part.startswith(b"cut="))
    path = "/" + scope["path"].lstrip("/\\")  # never the address of another host
    return f"{path}?{kept.decode('latin-1')}&cut={len(parts) - _KEPT_PARTS}"


def _wants_a_page(scope: _Scope) -> bool:
    return b"text/html" in dict(scope["headers"]).get(b"accept", b"")


def _uncompressed_shell(scope: _Scope) -> _Scope:
    """The request without compression where it asks for a page shell, which is small and gets our lines put in."""
    if not _wants_a_page(scope):
        return scope
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}


class _Finishing:
    """Holds back an HTML shell until it is whole, to put our style and script into it; streams everything else."""

    _SHELL_END = b"</head>"
    _OURS = (
        b'<link rel="stylesheet" href="/assets/tracker.css">'
        b'<script defer src="/assets/links.js"></script><script defer src="/assets/keys.js"></script></head>'
    )

    def __init__(self, send: _Send) -> None:
        self._send, self._start, self._body = send, None, b""

    async def send(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish()

    async def _begin(self, message: MutableMapping[str, Any]) -> None:
        ours = {name.encode() for name in SECURITY_HEADERS}
        headers = [pair for pair in message["headers"] if pair[0].lower() not in ours]
        message["headers"] = headers + [(name.encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]
        plain = {name.lower(): value for name, value in headers}
        if plain.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in plain:
            self._start = message
        else:
            await self._send(message)

    async def _finish(self) -> None:
        body = self._body.replace(self._SHELL_END, self._OURS, 1)
        headers = [(n, v) for n, v in self._start["headers"] if n.lower() not in (b"content-length", b"etag", b"last-modified")]
        await self._send({**self._start, "headers": [*headers, (b"content-length", str(len(body)).encode())]})
        await self._send({"type": "http.response.body", "body": body})


async def _health(_: Request) -> Response:
    try:
        opened = await asyncio.to_thread(cached.workspace)
    except TrackerError as refused:
        return JSONResponse({"status": "refused", "error": str(refused)}, status_code=503)
    return JSONResponse({"status": "ok", "data_version": opened.data_version})


async def _asset(request: Request) -> Response:
    path = _ASSETS / request.path_params["name"]
    if path.parent != _ASSETS or path.suffix not in _ASSET_TYPES or not path.is_file():
        return JSONResponse({"error": "no such file"}, status_code=404)
    return FileResponse(path, media_type=_ASSET_TYPES[path.suffix], headers={"cache-control": "no-cache"})


@contextlib.asynccontextmanager
async def _lifespan(_: object) -> AsyncIterator[None]:
    """Open the data before the first visitor, then keep what lives forever out of the collector's way."""
    with contextlib.suppress(TrackerError):  # the pages say what is wrong with the data set
        await asyncio.to_thread(cached.warm_up)
    gc.collect()
    gc.freeze()
    sweeping = asyncio.create_task(_sweep())
    yield
    sweeping.cancel()


async def _sweep() -> None:
    while True:
        await asyncio.sleep(_SWEEP_SECONDS)
        await asyncio.to_thread(gc.collect)


def _show_error(error: Exception) -> bool:
    reference = secrets.token_hex(4)
    if isinstance(error, TrackerError):
        st.error("This page cannot be shown.", icon=":material/error:")
        st.text(str(error))
    else:
        _LOG.error("page failed, reference %s: %s at %s", reference, type(error).__name__, _places(error))
        st.error("This page failed to draw.", icon=":material/error:")
        st.text("Nothing in the data was changed. Reload the page, or open the start page and choose again.")
        st.text(f"Reference for a report: {reference}")
    return True


def _places(error: Exception) -> str:
    """Where it went wrong, innermost last; without the message, which may hold what a stranger wrote or a secret."""
    return " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-6:])


async def _failed(_: Request, error: Exception) -> Response:
    """What a route that failed answers: a reference for the log, never the error's own words."""
    reference = secrets.token_hex(4)
    _LOG.error("request failed, reference %s: %s at %s", reference, type(error).__name__, _places(error))
    return JSONResponse({"error": "This could not be answered.", "reference": reference}, status_code=500, headers=SECURITY_HEADERS)


def settings() -> dict[str, Any]:
    """What `st.App` needs beside the script: routes, headers, warm-up, and errors in words."""
    return {
        "routes": [Route("/healthz", _health), Route("/assets/{name}", _asset), *api.ROUTES],
        "middleware": [Middleware(Guard)],
        "lifespan": _lifespan,
        "on_script_error": _show_error,
        "exception_handlers": {Exception: _failed},
    }
