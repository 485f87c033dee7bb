"""Which addresses may be fetched: public http(s) hosts on the usual ports, in whatever form they are written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

from tracker.io.refusals import FileRefused

MAX_ADDRESS_CHARACTERS = 2000
PORTS = {"http": 80, "https": 443}

_NOT_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f-\xa0<>\"\\\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\uffff]")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_LIKE_A_NUMBER = re.compile(r"(?:0x[0-9a-f]*|\d+)")
_OF_THIS_PLACE = frozenset(["localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "arpa", "onion"])
_NOT_PUBLIC_4 = tuple(
    IPv4Network(network)
    for network in """
        0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24
        192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32
    """.split()  # noqa: SIM905
)
"""Special ranges of RFC 6890, and 168.63.129.16, a public number at which one cloud answers its own machines."""

_PUBLIC_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2620:4f:8000::/48")))
"""Tunnels into IPv4, documentation and special uses; mapped, NAT64, local and multicast lie outside of 2000::/3."""

_TUNNEL_ENDS = frozenset({0x00005EFE, 0x02005EFE})


class FetchRefused(FileRefused):
    """An address was not fetched, or its answer not used; ``problem`` says why and what to do.

    ``status`` is that of the answer where that was why, else 0; ``retry_after`` what the server said about asking again.
    """

    status: int = 0
    retry_after: str = ""


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address in its parts; ``host`` is ASCII and lower case, ``target`` the path and query as they are asked for."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def host_header(self) -> str:
        """The host as the server is asked for it, with the port when that is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host_header}{self.target}"


def read_address(text: str, *, loopback_port: int | None = None) -> WebAddress:
    """The address in its parts, when it may be asked at all; raises FetchRefused for any other, before any connection.

    Only http and https on ports 80 and 443, without user names; hosts are public names of two parts or more, or
    addresses in their usual form. ``loopback_port`` is for tests: that port of this machine is let through.

    >>> str(read_address("https://www.un.org/en?q=a b".replace(" ", "%20")))
    'https://www.un.org/en?q=a%20b'
    """
    text = text.strip(" ")
    if len(text) > MAX_ADDRESS_CHARACTERS:
        raise _refused(text, f"it has more than {MAX_ADDRESS_CHARACTERS:,} characters")
    if _NOT_IN_ADDRESS.search(text):
        raise _refused(text, "it holds spaces, control characters or others that belong in no address")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _refused(text, "it is not a web address") from None
    if parts.scheme not in PORTS:
        raise _refused(text, "only http:// and https:// are fetched")
    if "@" in parts.netloc:
        raise _refused(text, "it holds a user name or password")
    host = _host(text, parts.netloc, parts.hostname or "")
    port = PORTS[parts.scheme] if port is None else port
    is_test = loopback_port is not None and port == loopback_port and is_loopback(host)
    if port not in PORTS.values() and not is_test:
        raise _refused(text, f"port {port} is none of 80 and 443")
    if is_literal(host) and not is_public(host) and not is_test:
        raise _refused(text, "its host is no public one")
    path = quote(parts.path or "/", safe="/%:=&?~#+!$,;'@()*[]-._")
    query = f"?{quote(parts.query, safe='/%:=&?~#+!$,;@()*[]-._')}" if parts.query else ""
    return WebAddress(parts.scheme, host, port, path + query)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet: not private, loopback, link-local, shared, multicast,
    reserved, for documentation, of a cloud's own services, nor another address in disguise.

    >>> [is_public(a) for a in ("93.184.215.14", "10.0.0.1", "169.254.169.254", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "2a00:1450::1")]
    [True, False, False, False, False, True]
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return not any(found in network for network in _NOT_PUBLIC_4)
    is_tunnel = (int(found) >> 32) & 0xFFFFFFFF in _TUNNEL_ENDS
    return found in _PUBLIC_6 and not is_tunnel and found.scope_id is None and not any(found in network for network in _NOT_PUBLIC_6)


def is_loopback(address: str) -> bool:
    """Whether an IP address, in its usual form, is this machine itself.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("localhost")
    (True, True, False)
    """
    try:
        return (ip_address(address).is_loopback and "." in address) or address == "::1"
    except ValueError:
        return False


def _host(text: str, netloc: str, host: str) -> str:
    """The host in ASCII and lower case; full-width and circled digits and dots are what they stand for."""
    if netloc.startswith("["):
        return _bracketed(text, netloc)
    folded = unicodedata.normalize("NFKC", host).replace("\N{IDEOGRAPHIC FULL STOP}", ".").casefold()
    plain = "".join(str(unicodedata.decimal(character)) if character.isdecimal() else character for character in folded)
    try:
        name = plain.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        raise _refused(text, "its host is no name that can be looked up") from None
    labels = name.split(".")
    if not all(map(_LABEL.fullmatch, labels)):
        raise _refused(text, "its host is no name that can be looked up")
    if _LIKE_A_NUMBER.fullmatch(labels[-1]):
        return _dotted(text, name)
    if len(labels) < 2 or labels[-1] in _OF_THIS_PLACE:
        raise _refused(text, "its host is a name of this machine or its network, not of the public web")
    return name


def _bracketed(text: str, netloc: str) -> str:
    inside, _, rest = netloc[1:].partition("]")
    if "%" in inside:
        raise _refused(text, "its host names a network card of this machine")
    try:
        host = str(IPv6Address(inside))
    except AddressValueError:
        host = ""
    if not host or (rest and not re.fullmatch(r":\d*", rest, re.ASCII)):
        raise _refused(text, "its host is no address")
    return host


def _dotted(text: str, name: str) -> str:
    """An IPv4 address in its usual form only: 2130706433, 0x7f.1 and 0177.0.0.1 are ways to hide one."""
    try:
        return str(IPv4Address(name))
    except AddressValueError:
        raise _refused(text, "its host is a number in an unusual form") from None


def is_literal(host: str) -> bool:
    """Whether a host that was read is an IP address, which needs no look-up."""
    return ":" in host or bool(_LIKE_A_NUMBER.fullmatch(host.rpartition(".")[2]))


def _refused(text: str, why: str) -> FetchRefused:
    # The address may be hostile text; it is shown short and by repr, so that it can do nothing where it is shown.
    return FetchRefused("address-refused", f"The address {text[:80]!r} was not fetched: {why}. Give the public http(s) address of a file.")
