"""A feed as read: what it says of itself, and its items in their order."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

from tracker.core.problems import Problem
from tracker.io.codes_read import web_address
from tracker.io.documents.document import one_line
from tracker.io.documents.html_text import html_text
from tracker.io.refusals import FileRefused

MAX_FEED_BYTES = 20_000_000
MAX_ITEMS = 20_000

_MARKUP = re.compile(r"<[a-zA-Z/!?]")
_RFC_822 = re.compile(r"\s*((?:[A-Za-z]{3,9},?\s+)?\d{1,2}[\s-]+[A-Za-z]{3,9}[\s-]+)(\d\d)(\s+\d{1,2}:\d\d.*)?", re.DOTALL)
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")
_FIRST_OF_LAST_CENTURY = 50


@dataclass(frozen=True)
class FeedItem:
    """One item: ``written_on`` is its date in the feed's own words, "" when it has none.

    ``text`` is plain, paragraphs apart by blank lines; ``link`` is as it was written, made whole by the address it is
    relative to. ``is_changed_date`` says that the date is that of its last change, because it has no other.
    """

    number: int
    guid: str = ""
    title: str = ""
    text: str = field(default="", repr=False)
    link: str = ""
    written_on: str = ""
    is_changed_date: bool = False
    language: str = ""
    author: str = ""

    @property
    def key(self) -> str:
        """What tells it from the other items of its feed: its guid, else its link, else its title and date, else its words."""
        return self.guid or self.link or f"{self.title} {self.written_on}".strip() or self.text[:500]


@dataclass(frozen=True)
class Feed:
    """What a feed says of itself, and its items. ``format`` is in words."""

    format: str
    items: tuple[FeedItem, ...]
    title: str = ""
    link: str = ""
    language: str = ""
    encoding: str = ""
    problems: tuple[Problem, ...] = ()


def text_of(written: str) -> str:
    """A field that may hold HTML as plain text; one without tags keeps its lines.

    >>> text_of("<p>Yes &amp; no</p><script>x</script>"), text_of("One &amp; two\\nlines")
    ('Yes & no', 'One & two\\nlines')
    """
    if _MARKUP.search(written):
        return html_text(written)
    return "\n".join(line.strip() for line in html.unescape(written).strip().splitlines())


def title_of(written: str) -> str:
    """A title that may hold HTML, on one line."""
    return one_line(text_of(written))


def date_in_feed(written: str) -> str:
    """A date with the year of four digits that RFC 2822 gives one of two, and without a remark behind it.

    >>> date_in_feed("Sun, 03 Apr 16 23:30:00 EST"), date_in_feed("Fri, 03 Apr 98 23:30:00 +0000 (UTC)")
    ('Sun, 03 Apr 2016 23:30:00 EST', 'Fri, 03 Apr 1998 23:30:00 +0000')
    """
    bare = _REMARK.sub("", written[:200].strip())
    found = _RFC_822.fullmatch(bare)
    if not found:
        return bare
    century = "20" if int(found[2]) < _FIRST_OF_LAST_CENTURY else "19"
    return f"{found[1]}{century}{found[2]}{found[3] or ''}"


def whole_address(base: str, written: str) -> str:
    """An address made whole by the one it is relative to; as written where that makes no http(s) address.

    >>> whole_address("https://mfa.example/feed", "news/1"), whole_address("", "news/1"), whole_address("https://a.b", "javascript:x")
    ('https://mfa.example/news/1', 'news/1', 'javascript:x')
    """
    written = written.strip()[:2000]
    try:
        joined = urljoin(base, written) if written else ""
    except ValueError:
        return written
    return web_address(joined) or written


def too_many_items() -> FileRefused:
    """Why a feed without end is not read."""
    return FileRefused("too-many-rows", f"The feed has more than {MAX_ITEMS:,} items; it was not read on. Give a part of it.")
