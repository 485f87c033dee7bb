"""RSS 0.9x, 1.0 and 2.0 and Atom 0.3 and 1.0 to items; by the namespaces of their elements, so that extensions never mix in."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Mapping
from html.entities import html5

from tracker.io.documents.charset import decode_document
from tracker.io.documents.document import language_code, one_line
from tracker.io.feeds.items import MAX_ITEMS, Feed, FeedItem, date_in_feed, text_of, title_of, too_many_items, whole_address
from tracker.io.refusals import FileRefused
from tracker.io.xml_events import read_events

_XML = "http://www.w3.org/XML/1998/namespace}"
_NAMESPACES = {
    "": "rss",
    "http://purl.org/rss/1.0/": "rss",
    "http://my.netscape.com/rdf/simple/0.9/": "rss",
    "http://channel.netscape.com/rdf/simple/0.9/": "rss",
    "http://backend.userland.com/rss2": "rss",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
}
_ROOTS = {"rss:rss": "RSS feed", "rdf:RDF": "RSS feed", "atom:feed": "Atom feed"}
_FEEDS = frozenset({"rss:channel", "atom:feed"})
_ITEMS = frozenset({"rss:item", "atom:entry"})
_AUTHORS = frozenset({"atom:author"})
_OF_FEED = frozenset({"rss:title", "rss:link", "rss:language", "dc:language", "atom:title"})
_OF_ITEM = frozenset(
    [
        *("rss:title", "rss:link", "rss:description", "rss:guid", "rss:pubDate", "rss:author"),
        *("content:encoded", "dc:date", "dc:creator", "dc:language", "dcterms:issued", "dcterms:created", "dcterms:modified"),
        *("atom:title", "atom:id", "atom:published", "atom:issued", "atom:created", "atom:updated", "atom:modified"),
        *("atom:summary", "atom:content"),
    ]
)
_DATES = ("rss:pubDate", "atom:published", "atom:issued", "dcterms:issued", "dc:date", "dcterms:created", "atom:created")
_CHANGED_DATES = ("atom:updated", "atom:modified", "dcterms:modified")
_TEXTS = ("content:encoded", "atom:content", "rss:description", "atom:summary")
_MAY_BE_PLAIN = frozenset({"atom:title", "atom:summary", "atom:content", "atom:name"})
_RSS_091 = "-//Netscape Communications//DTD RSS 0.91//EN"
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})


def read_xml_feed(data: bytes, *, charset: str = "", url: str = "") -> Feed:
    """The feed in XML, ``charset`` and ``url`` being what fetching it told.

    Raises FileRefused for what is no feed, damaged, cut off, nested without end, or declares a document type or entities,
    which are never resolved (names of characters that HTML has, like &nbsp;, are those characters).
    """
    decoded = decode_document(data, charset)
    handler = _Handler(url)
    stream = io.BytesIO(_with_characters(decoded.text).encode("utf-8", "replace"))
    try:
        read_events(
            stream,
            start=handler.start,
            end=handler.end,
            text=handler.text,
            encoding="utf-8",
            whole_names=True,
            known_type=_RSS_091,
        )
    except FileRefused as refused:
        if refused.problem.code != "archive-damaged":
            raise
        raise FileRefused("feed-damaged", "The XML of the feed is damaged or cut off; nothing of it was read. Get it again.") from None
    return Feed(
        format=handler.format,
        items=tuple(handler.items),
        title=title_of(handler.of_feed.get("title", "")),
        link=handler.home,
        language=language_code(handler.of_feed.get("language", "") or handler.language),
        encoding=decoded.encoding,
        problems=decoded.problems,
    )


def _with_characters(text: str) -> str:
    """The text with the characters HTML has names for, which XML does not know."""

    def named(found: re.Match[str]) -> str:
        return found[0] if found[1] in _OF_XML else html5.get(f"{found[1]};", found[0])

    return _ENTITY.sub(named, text)


class _Handler:
    """Gathers fields of the feed and of its items; where it stands is told by the names of the open elements."""

    def __init__(self, url: str) -> None:
        self.items: list[FeedItem] = []
        self.of_feed: dict[str, str] = {}
        self.format = self.home = self.language = self._own = ""
        self._open: list[str] = []
        self._bases: list[str] = [url]
        self._languages: list[str] = [""]
        self._item: dict[str, str] | None = None
        self._capturing = ""
        self._depth = 0
        self._is_html = self._has_tags = False
        self._pieces: list[tuple[bool, str]] = []

    def start(self, whole_name: str, attributes: Mapping[str, str]) -> None:
        name = _short(whole_name)
        if not self._open:
            if name not in _ROOTS:
                raise FileRefused("feed-unknown", "The XML is no feed: it is neither RSS nor Atom. Give the address or file of a feed.")
            self.format = _ROOTS[name]
            self.language = attributes.get(f"{_XML}lang", "")
        parent = self._open[-1] if self._open else ""
        self._open.append(name)
        self._bases.append(whole_address(self._bases[-1], attributes.get(f"{_XML}base", "")) or self._bases[-1])
        self._languages.append(attributes.get(f"{_XML}lang", "") or self._languages[-1])
        if self._capturing:
            self._has_tags = True
            self._pieces.append((True, f"<{name.partition(':')[2]}>"))
        elif name in _ITEMS:
            self._begin_item(attributes)
        elif name == "atom:link":
            self._take_link(parent, attributes)
        elif (parent in _ITEMS and name in _OF_ITEM) or (parent in _FEEDS and name in _OF_FEED) or self._is_author(parent, name):
            self._capture(name, attributes)

    def end(self, whole_name: str) -> None:
        if self._capturing and len(self._open) > self._depth:
            self._pieces.append((True, f"</{_short(whole_name).partition(':')[2]}>"))
        elif self._capturing:
            self._take(self._capturing, self._captured())
            self._capturing = ""
        elif self._open[-1] in _ITEMS and self._item is not None:
            self.items.append(_item(self._item, len(self.items) + 1))
            self._item = None
        self._open.pop()
        self._bases.pop()
        self._languages.pop()

    def text(self, text: str) -> None:
        if self._capturing:
            self._pieces.append((False, text))

    def _begin_item(self, attributes: Mapping[str, str]) -> None:
        if len(self.items) >= MAX_ITEMS:
            raise too_many_items()
        self._item = {"about": next((value for key, value in attributes.items() if key.endswith("}about")), "")}
        self._item["language"] = self._languages[-1]

    def _is_author(self, parent: str, name: str) -> bool:
        return parent in _AUTHORS and name == "atom:name" and len(self._open) > 2 and self._open[-3] in _ITEMS

    def _take_link(self, parent: str, attributes: Mapping[str, str]) -> None:
        address, relation = self._whole(attributes.get("href", "")), attributes.get("rel", "alternate")
        if parent == "atom:feed" and relation == "self":
            self._own = self._own or address
        if relation != "alternate" or not address:
            return
        if parent in _ITEMS and self._item is not None:
            self._item.setdefault("atom:link", address)
        elif parent == "atom:feed":
            self.home = self.home or address

    def _whole(self, written: str) -> str:
        return whole_address(self._bases[-1] or self._own or self.home, written)

    def _capture(self, name: str, attributes: Mapping[str, str]) -> None:
        self._capturing, self._depth, self._pieces, self._has_tags = name, len(self._open), [], False
        kind = attributes.get("type", "text" if name.startswith("atom:") else "html").lower()
        self._is_html = "html" in kind or name not in _MAY_BE_PLAIN
        if self._item is not None and name == "rss:guid":
            self._item["is_link"] = attributes.get("isPermaLink", "true")

    def _captured(self) -> str:
        """The text of the field: with the tags in it when it is HTML; what Atom says is plain is written as HTML has it."""
        if self._has_tags:
            return "".join(piece if is_tag else html.escape(piece, quote=False) for is_tag, piece in self._pieces)
        whole = "".join(piece for _, piece in self._pieces)
        return whole if self._is_html else html.escape(whole, quote=False)

    def _take(self, name: str, value: str) -> None:
        if self._open[-1] in ("rss:link", "rss:guid"):
            value = value.strip() if name == "rss:guid" else self._whole(value)
        if self._item is not None:
            if value.strip():
                self._item.setdefault(name, value)
        elif name == "rss:link":
            self.home = self.home or value
        else:
            self.of_feed.setdefault(name.partition(":")[2], value)


def _short(whole_name: str) -> str:
    """The name with the short name of its namespace; "?" for one that means nothing here."""
    namespace, _, name = whole_name.rpartition("}")
    return f"{_NAMESPACES.get(namespace, '?')}:{name}"


def _item(found: Mapping[str, str], number: int) -> FeedItem:
    def first(*names: str) -> str:
        return next((found[name] for name in names if found.get(name, "").strip()), "")

    guid = first("rss:guid", "atom:id", "about").strip()
    link = first("rss:link", "atom:link") or (guid if found.get("is_link", "").lower() == "true" and guid.startswith("http") else "")
    written_on, changed_on = first(*_DATES), first(*_CHANGED_DATES)
    return FeedItem(
        number=number,
        guid=guid[:2000],
        title=title_of(first("rss:title", "atom:title")),
        text=text_of(first(*_TEXTS)),
        link=link or (found.get("about", "") if found.get("about", "").startswith("http") else ""),
        written_on=date_in_feed(written_on or changed_on),
        is_changed_date=not written_on and bool(changed_on),
        language=language_code(first("dc:language", "language")),
        author=one_line(text_of(first("dc:creator", "rss:author", "atom:name"))),
    )
