"""A server on this machine that answers as it is told, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tracker.io.fetching import fetch


@dataclass
class Answer:
    """What the server answers; one that is ``held`` back comes when the server is closed."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "application/rss+xml"})
    is_held: bool = False


class FeedServer:
    """Answers each path with what ``answers`` says; a request that names the ETag of the answer gets 304."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self._closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._server.server_address[1]

    @property
    def get(self) -> partial:
        """Fetches as the program does, with this one port of this machine let through."""
        return partial(fetch, is_enabled=True, loopback_port=self.port)

    def address(self, path: str) -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def close(self) -> None:
        """Ends it; answers that were held back are given up."""
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answers one request."""
        self.asked.append(handler.path)
        given = self.answers.get(handler.path, Answer(status=404))
        if given.is_held:
            self._closing.wait(10)
            return
        is_unchanged = "ETag" in given.headers and handler.headers.get("If-None-Match") == given.headers["ETag"]
        handler.send_response(304 if is_unchanged else given.status)
        for name, value in given.headers.items():
            handler.send_header(name, value)
        body = b"" if is_unchanged else given.body
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        with suppress(ConnectionError):  # whoever has seen enough hangs up
            handler.wfile.write(body)


def _handler(server: FeedServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
