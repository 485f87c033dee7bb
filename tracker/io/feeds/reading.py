"""A file or answer to the feed in it, of whatever kind."""

from __future__ import annotations

import codecs
import re

from tracker.io.documents.reading import is_page
from tracker.io.feeds.items import MAX_FEED_BYTES, Feed
from tracker.io.feeds.json_feed import VERSION, read_json_feed
from tracker.io.feeds.xml_feed import read_xml_feed
from tracker.io.refusals import FileRefused

_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(?:rss|rdf|feed)\b(?![^<>]*\bhtml\b)", re.IGNORECASE)
_PROLOGUE = re.compile(r"\s*(?:<\?xml|<!--|<!doctype\s+rss|<(?:[\w.-]{1,40}:)?(?:rss|rdf|feed)\b)", re.IGNORECASE)


def looks_like_feed(head: bytes) -> bool:
    """Whether a file begins as a feed does; XML of other kinds does not."""
    text = beginning(head)
    if text.lstrip().startswith("{"):
        return VERSION in text.replace("\\/", "/")
    return bool(_PROLOGUE.match(text) and _ROOT.search(text))


def beginning(head: bytes) -> str:
    """The first bytes of a file as text, good enough to know it by."""
    for mark, codec in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return head[len(mark) :].decode(codec, "replace")
    return head.replace(b"\0", b"").decode("latin-1")


def read_feed(data: bytes, *, charset: str = "", url: str = "") -> Feed:
    """The feed in a file or answer; ``charset`` and ``url`` are what fetching it told.

    Raises FileRefused, in words, for a web page, for anything else that is no feed, and for one that is damaged or too large.
    A feed without items is one.
    """
    if len(data) > MAX_FEED_BYTES:
        raise FileRefused("file-too-large", f"The feed has {len(data):,} bytes; at most {MAX_FEED_BYTES:,} are read. Give a part of it.")
    head = beginning(data[:4096])
    if head.lstrip().startswith(("{", "[")):
        return read_json_feed(data, charset=charset, url=url)
    if is_page(data):
        raise FileRefused("feed-unknown", "It is a web page, not a feed. Give the address of the feed itself, which the page may link to.")
    if not head.lstrip().startswith("<"):
        raise FileRefused("feed-unknown", "It is no feed: neither XML nor JSON. Give the address or file of an RSS, Atom or JSON feed.")
    return read_xml_feed(data, charset=charset, url=url)
