"""Asks an ASGI application without a network: one request in, status, headers and body out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

Application = Callable[[dict[str, Any], Callable[..., Awaitable[Any]], Callable[..., Awaitable[None]]], Awaitable[None]]


@dataclass
class Reply:
    """What came back; names of headers are in small letters, of repeated ones all values, comma between."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def ask(application: Application, link: str, method: str = "GET", **headers: str) -> Reply:
    """The application's reply to one request without a body; ``accept_encoding="gzip"`` gives the header accept-encoding."""
    parts, reply = urlsplit(link), Reply()
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost"), *((name.replace("_", "-").encode(), value.encode()) for name, value in headers.items())],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
    }

    waiting = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> dict[str, Any]:
        if not waiting:  # the client stays until it has its answer
            await asyncio.get_running_loop().create_future()
        return waiting.pop()

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            reply.status = message["status"]
            for name, value in message["headers"]:
                key = name.decode().lower()
                reply.headers[key] = f"{reply.headers[key]}, {value.decode()}" if key in reply.headers else value.decode()
        else:
            reply.body += message.get("body", b"")

    asyncio.run(application(scope, receive, send))
    return reply
