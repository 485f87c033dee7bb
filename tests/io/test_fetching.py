"""Addresses: hostile ones are never connected to, bad answers never used, good ones come whole."""

from __future__ import annotations

import os
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.io.bad_answers import BAD_PATHS, ENDLESS_PATHS, GOOD, GOOD_PATHS, SLOW_PATHS, BadServer
from tracker.io.connecting import Deadline, Network
from tracker.io.fetching import DATA_TYPES, PAGE_TYPES, FetchLimits, FetchRefused, fetch, is_fetching_on
from tracker.io.public_addresses import is_literal, is_public, read_address

LEAKS = re.compile(r"Traceback|\b\w+(Error|Exception)\b\s*[:(]|codec can't|0x[0-9a-f]{2} in position|File \"")
SHORT = FetchLimits(seconds=0.4, max_bytes=2_000_000)

# fmt: off
HOSTILE = [
    # not http(s), or not an address at all
    "file:///etc/passwd", "ftp://example.org/x", "gopher://example.org:70/_x", "dict://example.org:11211/", "ldap://example.org/",
    "javascript:alert(1)", "data:text/csv,date", "jar:http://example.org!/", "unix:///var/run/docker.sock", "//example.org/", "example.org",
    "http://", "http:///x", "http:example.org", "http://[bad", "", " ", "http://exa mple.org/", "http://example.org/\r\nX: y",
    "http://example.org\t.evil.test/", "http://example.org\\@127.0.0.1/", "http://example.org/" + "x" * 3000, "http://..", "http://.example.org",
    "http://-bad.example.org/", "http://" + "a" * 64 + ".org/", "http://exam%70le.org/", "http://example.org\u202egpj/", "http://exa\u200bmple.org/",
    # user names
    "http://user@example.org/", "http://user:pass@example.org/", "http://example.org@127.0.0.1/", "http://@example.org/", "http://example.org%40x@y.org/",
    # ports
    "http://example.org:22/", "http://example.org:8080/", "http://example.org:0/", "http://example.org:6379/", "https://example.org:8443/",
    "http://example.org:99999/", "http://example.org:-80/", "http://example.org:80:80/",
    # this machine and its network, by name
    "http://localhost/", "http://LOCALHOST./", "http://a.localhost/", "http://printer/", "http://printer.local/", "http://intranet/",
    "http://metadata.google.internal/", "http://router.lan/", "http://nas.home/", "http://1.0.0.127.in-addr.arpa/",
    # by number
    "http://127.0.0.1/", "http://127.1.2.3/", "http://0.0.0.0/", "http://10.0.0.1/", "http://172.16.0.1/", "http://172.31.255.255/",
    "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/", "http://100.100.100.200/", "http://192.0.0.192/",
    "http://168.63.129.16/", "http://198.18.0.1/", "http://224.0.0.1/", "http://239.255.255.250/", "http://240.0.0.1/", "http://255.255.255.255/",
    "http://192.0.2.1/", "http://198.51.100.7/", "http://203.0.113.9/", "http://192.88.99.1/",
    # in disguise
    "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://017700000001/", "http://127.1/", "http://127.0.1/",
    "http://127.0.0.1./", "http://127.0.0.01/", "http://127.0.0.1.0x0/", "http://0/", "http://0x/", "http://3232235777/", "http://425.510.425.510/",
    "http://①②⑦.⓪.⓪.①/", "http://１２７.０.０.１/", "http://127。0。0。1/", "http://127．0．0．1/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "http://١٢٧.٠.٠.١/",
    # IPv6
    "http://[::1]/", "http://[::]/", "http://[0:0:0:0:0:0:0:1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/",
    "http://[::ffff:8.8.8.8]/", "http://[64:ff9b::7f00:1]/", "http://[64:ff9b:1::a00:1]/", "http://[2002:7f00:1::]/", "http://[2001:0:7f00:1::]/",
    "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[fc00::1]/", "http://[fd00:ec2::254]/", "http://[ff02::1]/", "http://[2001:db8::1]/",
    "http://[fec0::1]/", "http://[2a00::5efe:127.0.0.1]/", "http://[100::1]/", "http://[2a00::1]evil/", "http://[2a00::1%251]/",
]
NOT_PUBLIC = [
    "127.0.0.1", "10.1.2.3", "172.20.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.251", "255.255.255.255",
    "168.63.129.16", "::1", "::", "fe80::1", "fc00::1", "ff02::fb", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "2001:db8::1",
    "fe80::1%eth0", "nonsense",
]
# fmt: on


class Recorder:
    """A network that records what was looked up and connected to, and connects to nothing."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.looked_up: list[str] = []
        self.connected: list[str] = []

    def resolve(self, host: str, _port: int, _deadline: Deadline) -> list[str]:
        self.looked_up.append(host)
        return self.answers.pop(0) if self.answers else []

    def connect(self, ip: str, _port: int, _seconds: float) -> socket.socket:
        self.connected.append(ip)
        raise ConnectionRefusedError

    @property
    def network(self) -> Network:
        return Network(resolve=self.resolve, connect=self.connect)


@pytest.fixture(scope="module")
def server() -> Iterator[BadServer]:
    opened = BadServer()
    yield opened
    opened.close()


def ask(server: BadServer, path: str, **options):
    return fetch(server.address(path), is_enabled=True, loopback_port=server.port, **options)


def refusal(address: str, **options) -> FetchRefused:
    with pytest.raises(FetchRefused) as refused:
        fetch(address, is_enabled=True, **options)
    assert not LEAKS.search(str(refused.value))
    assert str(refused.value).endswith(".")
    return refused.value


def test_there_are_enough_hostile_addresses() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 67


@pytest.mark.parametrize("address", HOSTILE, ids=lambda address: ascii(address[:40]))
def test_a_hostile_address_is_not_connected_to(address: str) -> None:
    recorder = Recorder(*[["93.184.215.14"]] * 10)
    assert refusal(address, network=recorder.network).problem.code == "address-refused"
    assert (recorder.looked_up, recorder.connected) == ([], [])
    with pytest.raises(FetchRefused):
        read_address(address)


@pytest.mark.parametrize("ip", NOT_PUBLIC)
def test_a_name_that_leads_to_a_private_address_is_not_connected_to(ip: str) -> None:
    recorder = Recorder(["93.184.215.14", ip])
    assert refusal("https://example.org/", network=recorder.network).problem.code == "address-refused"
    assert (recorder.looked_up, recorder.connected) == (["example.org"], [])
    assert not is_public(ip)


def test_a_name_is_looked_up_once_and_that_answer_connected_to() -> None:
    recorder = Recorder(["93.184.215.14"], ["127.0.0.1"])
    assert refusal("http://example.org/", network=recorder.network).problem.code == "fetch-incomplete"
    assert (recorder.looked_up, recorder.connected) == (["example.org"], ["93.184.215.14"])


def test_the_systems_look_up_is_asked_once_too(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [[(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80))] for ip in ("93.184.215.14", "127.0.0.1")]
    asked: list[object] = []
    connected: list[object] = []

    def look_up(host: object, *_args: object, **_options: object) -> object:
        asked.append(host)
        return answers[min(len(asked), 2) - 1]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    def connect(_self: socket.socket, address: object) -> None:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    refusal("http://example.org/")
    assert (len(asked), connected) == (1, [("93.184.215.14", 80)])


def test_a_look_up_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    may_answer, answered = threading.Event(), []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: answered.append(may_answer.wait(20)) or [])
    refusal("http://example.org/", limits=SHORT)
    assert answered == []
    may_answer.set()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://example.org", "http://example.org/"),
        ("HTTPS://EXAMPLE.org:443/a?b=c#d", "https://example.org/a?b=c"),
        ("http://example.org.:80/ä", "http://example.org/%C3%A4"),
        ("http://bücher.example.org/", "http://xn--bcher-kva.example.org/"),
        ("http://1.1.1.1/", "http://1.1.1.1/"),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
        ("http://a-b_c.example.org/%20?q=1|2", "http://a-b_c.example.org/%20?q=1%7C2"),
        ("https://example.org:80/", "https://example.org:80/"),
    ],
)
def test_public_addresses_are_read(address: str, expected: str) -> None:
    assert str(read_address(address)) == expected


@given(st.text(max_size=60) | st.text(alphabet="htps:/[]@.0127x%#?\\ ⓪localhost", max_size=40))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for address in (text, f"http://{text}"):
        try:
            read = read_address(address)
        except FetchRefused as refused:
            assert not LEAKS.search(str(refused))
        else:
            assert read.scheme in ("http", "https")
            assert read.port in (80, 443)
            assert re.fullmatch(r"[a-z0-9._:-]+/[!-~]*", read.host + read.target)
            assert not is_literal(read.host) or is_public(read.host)


@pytest.mark.parametrize(("value", "is_on"), [("on", True), (" ON ", True), ("", False), ("1", False), ("true", False), ("off", False)])
def test_off_unless_switched_on(monkeypatch: pytest.MonkeyPatch, value: str, is_on: bool) -> None:
    monkeypatch.setenv("TRACKER_FETCH", value)
    assert is_fetching_on() is is_on
    recorder = Recorder(["93.184.215.14"])
    with pytest.raises(FetchRefused) as refused:
        fetch("http://example.org/", network=recorder.network)
    assert (refused.value.problem.code == "fetch-off", bool(recorder.looked_up)) == (not is_on, is_on)


def test_off_without_the_switch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRACKER_FETCH", raising=False)
    assert "TRACKER_FETCH" not in os.environ
    assert not is_fetching_on()


@pytest.mark.parametrize("path", GOOD_PATHS)
def test_a_good_answer_comes_whole(server: BadServer, path: str) -> None:
    fetched = ask(server, path)
    assert (fetched.data, fetched.n_redirects, fetched.is_unchanged) == (GOOD, 0, False)


def test_what_is_told_of_an_answer(server: BadServer) -> None:
    fetched = ask(server, "/good")
    assert (fetched.content_type, fetched.charset, fetched.etag) == ("text/csv", "utf-8", '"v1"')
    assert fetched.last_modified == "Thu, 28 Jul 2016 10:00:00 GMT"


def test_five_redirects_are_followed(server: BadServer) -> None:
    fetched = ask(server, "/hop-5")
    assert (fetched.data, fetched.n_redirects) == (GOOD, 5)
    assert fetched.final_url == server.address("/hop-0") != fetched.url


def test_what_was_not_changed_is_not_sent_again(server: BadServer) -> None:
    fetched = ask(server, "/unchanged", etag='"v1"', last_modified="Thu, 28 Jul 2016 10:00:00 GMT")
    assert (fetched.is_unchanged, fetched.data) == (True, b"")
    assert b'If-None-Match: "v1"\r\nIf-Modified-Since: Thu' in server.asked[-1]


def test_nothing_slips_into_the_request(server: BadServer) -> None:
    ask(server, "/good", etag='"v1"\r\nX-Evil: yes', last_modified="\x00")
    assert b"Evil" not in server.asked[-1] and b"If-" not in server.asked[-1]
    assert f"Host: 127.0.0.1:{server.port}\r\n".encode() in server.asked[-1]
    assert not re.search(rb"(?i)cookie|authorization|referer", server.asked[-1])


def test_a_page_is_fetched_where_pages_are_wanted(server: BadServer) -> None:
    assert b"Invented" in ask(server, "/page", accepted=DATA_TYPES | PAGE_TYPES).data
    assert refusal(server.address("/page"), loopback_port=server.port).problem.code == "fetch-wrong-type"


@pytest.mark.parametrize("path", BAD_PATHS)
def test_a_bad_answer_is_refused(server: BadServer, path: str) -> None:
    refused = refusal(server.address(path), loopback_port=server.port)
    assert re.match(r"fetch-(?!too-slow)|address-", refused.problem.code)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/cut", "fetch-incomplete"),
        ("/cut-gzip", "fetch-incomplete"),
        ("/cut-before-last-chunk", "fetch-incomplete"),
        ("/gzip-bomb", "fetch-too-large"),
        ("/said-too-large", "fetch-too-large"),
        ("/sign-in", "fetch-wrong-type"),
        ("/sign-in-named-csv", "fetch-wrong-type"),
        ("/too-often", "fetch-status"),
        ("/unasked-304", "fetch-status"),
        ("/hop-6", "fetch-redirects"),
        ("/redirect-loop", "fetch-redirects"),
        ("/redirect-to-private", "address-refused"),
        ("/redirect-to-metadata", "address-refused"),
        ("/redirect-to-loopback", "address-refused"),
        ("/redirect-to-decimal", "address-refused"),
    ],
)
def test_the_reason_of_a_refusal(server: BadServer, path: str, code: str) -> None:
    assert refusal(server.address(path), loopback_port=server.port).problem.code == code


@pytest.mark.parametrize("path", SLOW_PATHS)
def test_a_slow_answer_is_given_up_in_time(server: BadServer, path: str) -> None:
    begun = time.monotonic()
    assert refusal(server.address(path), loopback_port=server.port, limits=SHORT).problem.code == "fetch-too-slow"
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize("path", ENDLESS_PATHS)
def test_an_endless_answer_is_given_up(server: BadServer, path: str) -> None:
    limits = FetchLimits(seconds=5, max_bytes=500_000)
    assert refusal(server.address(path), loopback_port=server.port, limits=limits).problem.code in ("fetch-too-large", "fetch-incomplete")


def test_only_the_named_port_of_this_machine_is_open_to_tests(server: BadServer) -> None:
    assert refusal(server.address("/good"), loopback_port=server.port + 1).problem.code == "address-refused"
    assert refusal(server.address("/good")).problem.code == "address-refused"
    recorder = Recorder(["127.0.0.1"])
    refusal(f"http://example.org:{server.port}/", loopback_port=server.port, network=recorder.network)
    assert recorder.connected == []


def test_tls_names_the_host_and_connects_to_the_address_looked_up(server: BadServer) -> None:
    names: list[str] = []

    class Context:
        def wrap_socket(self, connected: socket.socket, *, server_hostname: str, suppress_ragged_eofs: bool) -> socket.socket:
            names.append(server_hostname)
            assert not suppress_ragged_eofs
            raise ssl.SSLCertVerificationError("the certificate is invented")

    def connect(ip: str, port: int, _seconds: float) -> socket.socket:
        names.append(f"{ip} {port}")
        return socket.create_connection(("127.0.0.1", server.port))

    network = Network(resolve=Recorder(["93.184.215.14"]).resolve, connect=connect, tls=Context)
    assert refusal("https://example.org/", network=network).problem.code == "fetch-incomplete"
    assert names == ["93.184.215.14 443", "example.org"]


def test_certificates_are_checked() -> None:
    context = Network().tls()
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


def test_https_does_not_lead_to_http() -> None:
    ours, theirs = socket.socketpair()
    theirs.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://example.org/\r\nContent-Length: 0\r\n\r\n")

    class Plain:
        def wrap_socket(self, connected: socket.socket, **_options: object) -> socket.socket:
            return connected

    recorder = Recorder(["93.184.215.14"])
    network = Network(resolve=recorder.resolve, connect=lambda *_place: ours, tls=Plain)
    assert "leads from https to http" in str(refusal("https://example.org/", network=network))
    theirs.close()
    assert recorder.looked_up == ["example.org"]
