"""A server on this machine that answers badly in every way known; one path, one fault. Everything it says is invented."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable

GOOD = b"date,country,quote\n2016-07-28,FRA,An invented sentence\n"
_CSV = b"Content-Type: text/csv; charset=utf-8\r\n"


def _answer(body: bytes, headers: bytes = _CSV, status: bytes = b"200 OK", *, length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    return b"HTTP/1.1 " + status + b"\r\n" + headers + b"Content-Length: %d\r\n\r\n" % size + body


def _redirect(to: str, status: bytes = b"302 Found") -> bytes:
    return _answer(b"", b"Location: " + to.encode() + b"\r\n", status)


def _chunked(*chunks: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    body = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    return b"HTTP/1.1 200 OK\r\n" + _CSV + b"Transfer-Encoding: chunked\r\n\r\n" + body + end


_GZIP = _CSV + b"Content-Encoding: gzip\r\n"
_BOMB = gzip.compress(b"\0" * 30_000_000)

ANSWERS: dict[str, bytes] = {
    "/good": _answer(GOOD, _CSV + b'ETag: "v1"\r\nLast-Modified: Thu, 28 Jul 2016 10:00:00 GMT\r\n'),
    "/good-gzip": _answer(gzip.compress(GOOD), _GZIP),
    "/good-deflate": _answer(zlib.compress(GOOD), _CSV + b"Content-Encoding: deflate\r\n"),
    "/good-chunked": _chunked(GOOD[:10], GOOD[10:]),
    "/good-until-the-end": b"HTTP/1.1 200 OK\r\n" + _CSV + b"\r\n" + GOOD,
    "/good-without-type": _answer(GOOD, b""),
    "/page": _answer(b"<!doctype html><title>Invented</title>", b"Content-Type: text/html\r\n"),
    "/unchanged": _answer(b"", b'ETag: "v1"\r\n', b"304 Not Modified", length=0),
    # --- bad ones
    "/sign-in": _answer(b"<!doctype html><form>Sign in</form>", b"Content-Type: text/html\r\n"),
    "/sign-in-named-csv": _answer(b" \n<HTML><form>Sign in</form>", _CSV),
    "/picture": _answer(b"\x89PNG", b"Content-Type: image/png\r\n"),
    "/type-with-two-lines": _answer(GOOD, b"Content-Type: text/csv, text/html\r\n"),
    "/not-found": _answer(b"no", status=b"404 Not Found"),
    "/forbidden": _answer(b"no", status=b"403 Forbidden"),
    "/password": _answer(b"no", b"WWW-Authenticate: Basic\r\n", b"401 Unauthorized"),
    "/too-often": _answer(b"no", b"Retry-After: 99999\r\n", b"429 Too Many Requests"),
    "/broken": _answer(b"no", status=b"500 Internal Server Error"),
    "/partial": _answer(GOOD[:20], status=b"206 Partial Content"),
    "/unasked-304": _answer(b"", b"", b"304 Not Modified", length=0),
    "/empty": _answer(b""),
    "/blank": _answer(b" \r\n "),
    "/no-content": _answer(b"", status=b"204 No Content"),
    "/cut": _answer(GOOD, length=len(GOOD) + 100),
    "/cut-chunk": _chunked(GOOD, end=b"ff\r\nonly this"),
    "/cut-before-last-chunk": _chunked(GOOD, end=b""),
    "/bad-chunk-size": b"HTTP/1.1 200 OK\r\n" + _CSV + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
    "/cut-gzip": _answer(gzip.compress(GOOD)[:-9], _GZIP),
    "/damaged-gzip": _answer(gzip.compress(GOOD)[:12] + b"\xff" * 20, _GZIP),
    "/not-gzip": _answer(GOOD, _GZIP),
    "/gzip-and-more": _answer(gzip.compress(GOOD) + b"more", _GZIP),
    "/gzip-bomb": _answer(_BOMB, _GZIP),
    "/unknown-packing": _answer(GOOD, _CSV + b"Content-Encoding: br\r\n"),
    "/packed-twice": _answer(gzip.compress(gzip.compress(GOOD)), _CSV + b"Content-Encoding: gzip, gzip\r\n"),
    "/said-too-large": _answer(GOOD, length=30_000_000),
    "/two-lengths": _answer(GOOD, _CSV + b"Content-Length: 03\r\n", length=3),
    "/negative-length": b"HTTP/1.1 200 OK\r\n" + _CSV + b"Content-Length: -5\r\n\r\n" + GOOD,
    "/length-of-letters": b"HTTP/1.1 200 OK\r\n" + _CSV + b"Content-Length: many\r\n\r\n" + GOOD,
    "/length-without-end": b"HTTP/1.1 200 OK\r\n" + _CSV + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n" + GOOD,
    "/no-http": b"SSH-2.0-OpenSSH_9.0\r\n",
    "/nothing": b"",
    "/bad-status": b"HTTP/1.1 two-hundred OK\r\n\r\n",
    "/long-header": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n" + GOOD,
    "/many-headers": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n" + GOOD,
    "/continue-and-end": b"HTTP/1.1 100 Continue\r\n\r\n" * 50,
    "/redirect-nowhere": _answer(b"", b"", b"302 Found"),
    "/redirect-loop": _redirect("/redirect-loop"),
    "/redirect-to-file": _redirect("file:///etc/hosts"),
    "/redirect-to-private": _redirect("http://10.0.0.1/", b"301 Moved Permanently"),
    "/redirect-to-metadata": _redirect("http://169.254.169.254/latest/meta-data/", b"307 Temporary Redirect"),
    "/redirect-to-loopback": _redirect("http://127.0.0.1:1/", b"308 Permanent Redirect"),
    "/redirect-to-localhost": _redirect("http://localhost/", b"303 See Other"),
    "/redirect-to-decimal": _redirect("http://2130706433/"),
    "/redirect-with-user": _redirect("http://user:pass@example.org/"),
    "/redirect-relative-scheme": _redirect("//[::1]/"),
    "/redirect-script": _redirect("javascript:alert(1)"),
    "/redirect-broken": _redirect("http://[bad"),
}
ANSWERS |= {f"/hop-{n}": _redirect(f"/hop-{n - 1}") for n in range(1, 60)} | {"/hop-0": ANSWERS["/good"]}

GOOD_PATHS = tuple(path for path in ANSWERS if path.startswith("/good"))
SLOW_PATHS = ("/silent", "/trickling-header", "/trickling-body", "/trickling-chunks", "/continuing")
ENDLESS_PATHS = ("/endless", "/endless-gzip", "/endless-chunks")
NOT_BAD = frozenset(["/page", "/unchanged", "/hop-0", *GOOD_PATHS, *(f"/hop-{n}" for n in range(1, 6))])
BAD_PATHS = (*(path for path in ANSWERS if path not in NOT_BAD and not path.startswith("/hop-")), "/hop-6", "/hop-50", "/reset")


class BadServer:
    """Serves the answers on a port of this machine until closed; ``asked`` holds the requests as they came."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.asked: list[bytes] = []
        self._closing = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def address(self, path: str) -> str:
        """The address of a path on this server."""
        return f"http://127.0.0.1:{self.port}{path}"

    def close(self) -> None:
        """Stops listening."""
        self._closing.set()
        self._listening.close()

    def _serve(self) -> None:
        while not self._closing.is_set():
            try:
                connected, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._speak, args=(connected,), daemon=True).start()

    def _speak(self, connected: socket.socket) -> None:
        with connected, contextlib.suppress(OSError):
            request = connected.recv(65536)
            if not request:
                return
            self.asked.append(request)
            path = request.split(b" ")[1].decode("ascii").partition("?")[0]
            special = _SPECIAL.get(path)
            if special:
                special(connected, self._closing)
            else:
                connected.sendall(ANSWERS[path])
                connected.shutdown(socket.SHUT_WR)
                connected.recv(1)


Special = Callable[[socket.socket, threading.Event], None]


def _trickle(beginning: bytes, piece: bytes) -> Special:
    def speak(connected: socket.socket, closing: threading.Event) -> None:
        connected.sendall(beginning)
        while not closing.wait(0.02):
            connected.sendall(piece)

    return speak


def _flood(beginning: bytes, piece: bytes) -> Special:
    def speak(connected: socket.socket, closing: threading.Event) -> None:
        connected.sendall(beginning)
        while not closing.is_set():
            connected.sendall(piece)

    return speak


def _reset(connected: socket.socket, _closing: threading.Event) -> None:
    connected.sendall(b"HTTP/1.1 200 OK\r\n" + _CSV + b"Content-Length: 500\r\n\r\n" + GOOD)
    time.sleep(0.05)
    connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")


_ZEROS = gzip.compress(b"\0" * 1_000_000)
_SPECIAL: dict[str, Special] = {
    "/silent": lambda _connected, closing: closing.wait(5) and None,
    "/trickling-header": _trickle(b"HTTP/1.1 200 OK\r\nX: ", b"x"),
    "/trickling-body": _trickle(b"HTTP/1.1 200 OK\r\n" + _CSV + b"\r\n", b"x"),
    "/trickling-chunks": _trickle(b"HTTP/1.1 200 OK\r\n" + _CSV + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "/continuing": _trickle(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "/endless": _flood(b"HTTP/1.1 200 OK\r\n" + _CSV + b"\r\n", b"x" * 65536),
    "/endless-chunks": _flood(b"HTTP/1.1 200 OK\r\n" + _CSV + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"x" * 65536 + b"\r\n"),
    "/endless-gzip": _flood(b"HTTP/1.1 200 OK\r\n" + _GZIP + b"\r\n" + _ZEROS[:-8], b"\0" * 65536),
    "/reset": _reset,
}
