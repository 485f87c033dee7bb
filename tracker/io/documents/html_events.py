"""HTML as events: nothing is fetched or run, and no tree is built, which strangers can make grow with the square of a page.

The parser is libxml2's, by lxml; one that builds the tree of HTML 5 took 100 seconds for a megabyte of <div>.
"""

from __future__ import annotations

from typing import Protocol

from lxml import etree

from tracker.io.refusals import FileRefused

MAX_HTML_CHARACTERS = 20_000_000
MAX_HTML_NESTING = 1_000
_CHUNK_BYTES = 1 << 16


class HtmlHandler(Protocol):
    """What is told of the elements and the text of a page, in their order; every element that begins ends."""

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins; names are in lower case."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text between tags; one run of it may come in pieces."""


class _Target:
    """What lxml calls; refuses a page before its depth costs time."""

    def __init__(self, handler: HtmlHandler) -> None:
        self._handler = handler
        self._depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_HTML_NESTING:
            raise FileRefused(
                "nested-too-deeply",
                f"The page nests its elements more than {MAX_HTML_NESTING:,} levels deep; it was not read on. Paste its text instead.",
            )
        self._handler.begin(tag.lower(), {name.lower(): value for name, value in attributes.items()})

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._handler.end(tag.lower())

    def data(self, text: str) -> None:
        self._handler.text(text)

    def close(self) -> None:
        return None


def read_html(markup: str, handler: HtmlHandler) -> None:
    """Tells the handler of every element and text of a page; comments are left out.

    Raises FileRefused for a page that is too long or nested too deeply. Time grows with the length of the page.
    """
    if len(markup) > MAX_HTML_CHARACTERS:
        raise FileRefused(
            "file-too-large", f"The page has {len(markup):,} characters; at most {MAX_HTML_CHARACTERS:,} are read. Paste the part you need."
        )
    if not markup.strip("\0 \t\r\n"):
        return
    parser = etree.HTMLParser(target=_Target(handler), encoding="utf-8", no_network=True, remove_pis=True, recover=True)
    data = memoryview(markup.replace("\0", "").encode("utf-8", "replace"))
    try:
        for start in range(0, len(data), _CHUNK_BYTES):
            parser.feed(bytes(data[start : start + _CHUNK_BYTES]))
        parser.close()
    except (etree.LxmlError, ValueError, AssertionError):
        raise FileRefused("html-unreadable", "The page is no HTML that can be read. Open it in a browser and paste its text.") from None
