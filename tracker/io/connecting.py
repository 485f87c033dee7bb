"""Connections that end in time, to an address that was looked up and checked before."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType

from tracker.io.public_addresses import WebAddress

_MAX_ADDRESSES_TRIED = 3
_AGENT = "StatementTracker (reads public documents)"


class Deadline:
    """The moment by which everything must be done."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """Seconds left; raises TimeoutError when there are none."""
        left = self._end - self._clock()
        if left <= 0:
            raise TimeoutError
        return left

    def check(self) -> None:
        """Raises TimeoutError when the time is over."""
        self.left()

    def is_over(self) -> bool:
        """Whether the time is over, or so nearly that a wait ended because of it."""
        return self._clock() >= self._end - 0.01


def _look_up(host: str, port: int, deadline: Deadline) -> list[str]:
    """Every address of a host, looked up once. The system's look-up knows no time limit, so it gets a thread of its own."""
    answers: list[list[str] | OSError] = []

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.append([str(entry[4][0]) for entry in found])
        except (OSError, UnicodeError) as failed:
            answers.append(OSError(str(failed)))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(deadline.left())
    if not answers:
        raise TimeoutError
    if isinstance(answers[0], OSError):
        raise answers[0]
    return list(dict.fromkeys(answers[0]))


def _connect(ip: str, port: int, seconds: float) -> socket.socket:
    """A socket connected to that very address; nothing is looked up again."""
    connected = socket.socket(socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM)
    try:
        connected.settimeout(seconds)
        connected.connect((ip, port))
    except BaseException:
        connected.close()
        raise
    return connected


@dataclass(frozen=True, slots=True)
class Network:
    """How hosts are looked up and addresses connected to; tests put recorders here."""

    resolve: Callable[[str, int, Deadline], Sequence[str]] = _look_up
    connect: Callable[[str, int, float], socket.socket] = _connect
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context


class TimedConnection:
    """A connection on which every wait ends with the deadline, however slowly bytes trickle in."""

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self.deadline = deadline
        self._socket = connected
        self._response: http.client.HTTPResponse | None = None

    @classmethod
    def to(cls, addresses: Sequence[str], address: WebAddress, network: Network, deadline: Deadline) -> TimedConnection:
        """Connected to the first of the addresses that answers, with TLS for the host's own name on https."""
        failed: OSError | None = None
        for ip in addresses[:_MAX_ADDRESSES_TRIED]:
            try:
                connected = network.connect(ip, address.port, deadline.left())
            except OSError as why:
                failed = why
                continue
            if address.scheme == "http":
                return cls(connected, deadline)
            try:
                connected.settimeout(deadline.left())
                return cls(network.tls().wrap_socket(connected, server_hostname=address.host, suppress_ragged_eofs=False), deadline)
            except BaseException:
                connected.close()
                raise
        raise failed or OSError

    def ask(self, address: WebAddress, conditions: dict[str, str]) -> http.client.HTTPResponse:
        """The beginning of the answer to a GET: status and headers; the body is yet to be read."""
        headers = {
            "Host": address.host_header,
            "User-Agent": _AGENT,
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        lines = [f"GET {address.target} HTTP/1.1", *(f"{name}: {value}" for name, value in (headers | conditions).items()), "", ""]
        self._socket.settimeout(self.deadline.left())
        self._socket.sendall("\r\n".join(lines).encode("ascii"))
        self._response = http.client.HTTPResponse(self, method="GET")  # type: ignore[arg-type]
        self._response.begin()
        return self._response

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What http.client reads the answer from."""
        return io.BufferedReader(_TimedReading(self._socket, self.deadline))

    def __enter__(self) -> TimedConnection:
        return self

    def __exit__(self, _type: type[BaseException] | None, _value: BaseException | None, _trace: TracebackType | None) -> None:
        if self._response:
            self._response.close()
        self._socket.close()


class _TimedReading(io.RawIOBase):
    """The bytes of a socket; each wait lasts until the deadline at most."""

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self._socket = connected
        self._deadline = deadline

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer) -> int:
        """Whatever has come, up to the size of the buffer."""
        self._socket.settimeout(self._deadline.left())
        return self._socket.recv_into(buffer)
