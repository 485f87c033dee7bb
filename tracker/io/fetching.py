"""An address to the bytes behind it: off unless switched on, public hosts only, small, quick and whole or not at all."""

from __future__ import annotations

import http.client
import os
import re
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from email.message import Message
from urllib.parse import urljoin

from tracker.io.connecting import Deadline, Network, TimedConnection
from tracker.io.public_addresses import FetchRefused, WebAddress, is_literal, is_loopback, is_public, read_address
from tracker.io.refusals import FileRefused
from tracker.io.unpacking import BodyUnpacker

__all__ = ["DATA_TYPES", "FEED_TYPES", "PAGE_TYPES", "FetchLimits", "FetchRefused", "Fetched", "fetch", "is_fetching_on"]

_SWITCH = "TRACKER_FETCH"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_CHUNK_BYTES = 1 << 16
_VALIDATOR = re.compile(r"[\x20-\x7e]{1,300}")
_MARKUP_START = re.compile(rb"[\xef\xbb\xbf\s]*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/xml", "text/xml", "application/feed+json", "application/json"}
)
DATA_TYPES = FEED_TYPES | frozenset(
    {"text/csv", "text/plain", "text/tab-separated-values", "application/csv", "application/vnd.ms-excel", "application/x-ndjson"}
    | {"application/jsonl", "application/x-jsonlines", "application/ld+json", "application/geo+json", "application/octet-stream"}
    | {"binary/octet-stream", "application/zip", "application/x-zip-compressed", "application/gzip", "application/x-gzip"}
    | {"application/x-bzip2", "application/bzip2", "application/x-bzip", "application/vnd.apache.parquet", "application/x-sqlite3"}
    | {"application/vnd.sqlite3", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    | {"application/vnd.oasis.opendocument.spreadsheet"}
)


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much an answer may take: seconds in all, bytes when unpacked, redirects followed."""

    seconds: float = 10.0
    max_bytes: int = 20_000_000
    max_redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """The whole answer: its bytes, where they were found after redirects, and what to ask with next time.

    ``is_unchanged`` says that the server has nothing newer than ``etag`` or ``last_modified``; ``data`` is empty then.
    ``moved_to`` is where the address moved for good (301 or 308, before any redirect for now), "" where it did not.
    """

    url: str
    final_url: str
    data: bytes = field(repr=False)
    content_type: str = ""
    charset: str = ""
    etag: str = ""
    last_modified: str = ""
    is_unchanged: bool = False
    n_redirects: int = 0
    moved_to: str = ""


def is_fetching_on() -> bool:
    """Whether whoever runs the dashboard allowed it to fetch addresses (TRACKER_FETCH=on)."""
    return os.environ.get(_SWITCH, "").strip().lower() == "on"


def fetch(
    address: str,
    *,
    is_enabled: bool | None = None,
    accepted: Collection[str] = DATA_TYPES,
    etag: str = "",
    last_modified: str = "",
    limits: FetchLimits = FetchLimits(),
    network: Network = Network(),  # noqa: B008
    loopback_port: int | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Fetched:
    """The whole answer of a public http(s) address, or FetchRefused that says why there is none; nothing else is raised.

    Each host, that of every redirect too, is looked up once, all its addresses must be public, and the connection goes
    to one of those looked up. Time, size, completeness and type are checked; ``accepted`` are the types wanted. With
    ``etag`` or ``last_modified`` of an earlier answer the server may say that nothing changed.
    ``loopback_port`` is for tests only: that port of this machine may be asked.
    """
    if not (is_fetching_on() if is_enabled is None else is_enabled):
        raise FetchRefused("fetch-off", f"Fetching addresses is off. Download the file and load that, or start with {_SWITCH}=on.")
    deadline = Deadline(limits.seconds, clock)
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    conditions = {name: value for name, value in headers.items() if _VALIDATOR.fullmatch(value)}
    asked = here = moved_to = read_address(address, loopback_port=loopback_port)
    for n_redirects in range(limits.max_redirects + 1):
        with _connection(here, network, deadline, loopback_port) as connection:
            response = _answer(connection, here, conditions)
            if response.status in _REDIRECTS:
                there = _redirected(here, response.headers, loopback_port)
                moved_to = there if response.status in _FOR_GOOD and moved_to == here else moved_to
                here = there
                continue
            whole = _whole(response, asked, here, n_redirects, conditions, accepted, limits, deadline)
            return replace(whole, moved_to="" if moved_to == asked else str(moved_to))
    raise FetchRefused(
        "fetch-redirects", f"{_shown(asked)} leads on more than {limits.max_redirects} times. Give the address at which it ends."
    )


def _connection(here: WebAddress, network: Network, deadline: Deadline, loopback_port: int | None) -> TimedConnection:
    """A connection to an address that was checked; a name with one address that is not public is not asked at all."""
    try:
        found = [here.host] if is_literal(here.host) else network.resolve(here.host, here.port, deadline)
    except (OSError, UnicodeError):
        raise FetchRefused(
            "fetch-failed", f"The host {here.host[:80]!r} was not found. Check the address, or the connection of this machine."
        ) from None
    is_test = loopback_port is not None and here.port == loopback_port and is_loopback(here.host)
    if not is_test and not (found and all(map(is_public, found))):
        raise FetchRefused(
            "address-refused", f"The host {here.host[:80]!r} is none of the public web and was not asked. Give a public address."
        )
    try:
        return TimedConnection.to(found, here, network, deadline)
    except (OSError, ValueError):
        raise _failed(here, deadline, "could not be reached, or does not prove who it is") from None


def _answer(connection: TimedConnection, here: WebAddress, conditions: dict[str, str]) -> http.client.HTTPResponse:
    try:
        return connection.ask(here, conditions)
    except (OSError, http.client.HTTPException, ValueError):
        raise _failed(here, connection.deadline, "gave no answer that can be understood") from None


def _redirected(here: WebAddress, headers: Message, loopback_port: int | None) -> WebAddress:
    try:
        location = urljoin(str(here), headers.get("Location") or "")
    except ValueError:
        location = ""
    there = read_address(location, loopback_port=loopback_port)
    if here.scheme == "https" and there.scheme == "http":
        raise FetchRefused(
            "address-refused", f"{_shown(here)} leads from https to http, where anybody could change it. It was not followed."
        )
    return there


def _whole(
    response: http.client.HTTPResponse,
    asked: WebAddress,
    here: WebAddress,
    n_redirects: int,
    conditions: dict[str, str],
    accepted: Collection[str],
    limits: FetchLimits,
    deadline: Deadline,
) -> Fetched:
    headers = response.headers
    told = {
        "url": str(asked),
        "final_url": str(here),
        "etag": _validator(headers, "ETag"),
        "last_modified": _validator(headers, "Last-Modified"),
        "n_redirects": n_redirects,
    }
    if response.status == 304 and conditions:
        return Fetched(data=b"", is_unchanged=True, **told)
    if response.status != 200:
        raise _status_refused(response, here)
    content_type = _content_type(headers, here, accepted)
    try:
        data = _body(response, limits.max_bytes, deadline)
    except (OSError, http.client.HTTPException, ValueError):
        raise _failed(here, deadline, "broke off its answer") from None
    if not data.strip():
        raise FetchRefused("fetch-incomplete", f"{_shown(here)} answered with nothing. Look at the address in a browser.")
    if not PAGE_TYPES & set(accepted) and _MARKUP_START.match(data):
        raise _wrong_type(here, "a web page, perhaps one to sign in on")
    return Fetched(data=data, content_type=content_type, charset=headers.get_content_charset("") or "", **told)


def _validator(headers: Message, name: str) -> str:
    value = headers.get(name) or ""
    return value if _VALIDATOR.fullmatch(value) else ""


def _content_type(headers: Message, here: WebAddress, accepted: Collection[str]) -> str:
    """The type of the answer; an answer without one is taken for plain bytes."""
    content_type = (headers.get("Content-Type") or "application/octet-stream").partition(";")[0].strip().lower()
    if content_type not in accepted:
        raise _wrong_type(here, f"{content_type[:60]!r}" + (", perhaps a page to sign in on" if content_type in PAGE_TYPES else ""))
    return content_type


def _wrong_type(here: WebAddress, what: str) -> FetchRefused:
    return FetchRefused(
        "fetch-wrong-type", f"{_shown(here)} is {what}, not a file that is wanted here. Give the address of the file itself."
    )


def _body(response: http.client.HTTPResponse, max_bytes: int, deadline: Deadline) -> bytes:
    """All bytes, unpacked; raises FetchRefused for too many, and ValueError or HTTPException for an answer that is not whole."""
    lengths = set(response.headers.get_all("Content-Length") or ())
    if len(lengths) > 1 or not all(length.strip().isascii() and length.strip().isdigit() for length in lengths):
        raise ValueError("the length is given in several ways")
    length = int(lengths.pop()[:20]) if lengths and not response.chunked else None
    if (length or 0) > max_bytes:
        raise _too_large(max_bytes)
    unpacker = BodyUnpacker(response.headers.get("Content-Encoding") or "", max_bytes)
    n_read = 0
    while chunk := response.read1(_CHUNK_BYTES) if not response.chunked else response.read(_CHUNK_BYTES):
        deadline.check()
        n_read += len(chunk)
        unpacker.add(chunk)
        if n_read > max_bytes or unpacker.is_too_large:
            raise _too_large(max_bytes)
    if length is not None and n_read < length:
        raise ValueError("the answer is shorter than it said")
    return unpacker.whole()


def _too_large(max_bytes: int) -> FetchRefused:
    return FetchRefused(
        "fetch-too-large", f"The answer has more than {max_bytes // 1_000_000} MB. Download the file and load that, or a part of it."
    )


def _status_refused(response: http.client.HTTPResponse, here: WebAddress) -> FetchRefused:
    remedies = {
        401: "It wants a password; download the file yourself",
        403: "It does not let this program in; download the file yourself",
        404: "There is nothing at this address; check it",
        410: "There is nothing at this address any more",
        429: "It was asked too often; try again later",
    }
    remedy = remedies.get(response.status, "Try again later" if response.status >= 500 else "Look at the address in a browser")
    refused = FetchRefused("fetch-status", f"{_shown(here)} answered with status {response.status} instead of a file. {remedy}.")
    refused.status, refused.retry_after = response.status, _validator(response.headers, "Retry-After")
    return refused


def _failed(here: WebAddress, deadline: Deadline, what: str) -> FileRefused:
    if deadline.is_over():
        return FetchRefused(
            "fetch-too-slow", f"{_shown(here)} took more than {deadline.seconds:g} seconds. Try again later, or download the file yourself."
        )
    return FetchRefused(
        "fetch-incomplete", f"{_shown(here)} {what}; nothing of it was kept. Try again later, or download the file yourself."
    )


def _shown(address: WebAddress) -> str:
    return repr(str(address)[:80])
