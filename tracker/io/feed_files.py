"""Feeds as files: every item a draft of a statement with its date as written; what it says has still to be read and coded."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.core.problems import Problem, Severity
from tracker.io.codes_read import web_address
from tracker.io.collecting import RowCollector
from tracker.io.dates_read import read_dates
from tracker.io.feeds.items import MAX_FEED_BYTES, Feed, FeedItem
from tracker.io.feeds.reading import looks_like_feed, read_feed
from tracker.io.found import Guess
from tracker.io.inputs import InputFile, Opened, ReadOptions
from tracker.io.refusals import FileRefused

FORMAT = "feed"
ENDINGS = (".rss", ".atom", ".xml")


def recognises(file: InputFile) -> bool:
    """Whether it begins as RSS, Atom or JSON Feed does."""
    return looks_like_feed(file.head)


def read(file: InputFile, options: ReadOptions) -> Opened:
    """The items as drafts: the text as quote, the feed's title as publisher and, where nothing else is said, as organisation.

    An item without a date is rejected, one whose guid came before is ignored. Raises FileRefused for a feed that is damaged
    or has no items.
    """
    feed = read_feed(file.data(MAX_FEED_BYTES))
    if not feed.items:
        raise FileRefused("feed-empty", "The feed has no items, so there is nothing to load. Look again when it has some.")
    collector = RowCollector(file.name, options, n_expected=len(feed.items))
    speaks_for_itself = not (collector.gives("country") or collector.gives("organisation"))
    seen: dict[str, int] = {}
    for item in feed.items:
        _collect(item, feed, seen, collector, speaks_for_itself)
    return Opened(
        collector.close(),
        feed.format,
        feed.encoding,
        problems=(*feed.problems, _drafts(file.name)),
        guesses=tuple(_guesses(feed, speaks_for_itself)),
    )


def _collect(item: FeedItem, feed: Feed, seen: dict[str, int], collector: RowCollector, speaks_for_itself: bool) -> None:
    first = seen.setdefault(item.guid, item.number) if item.guid else item.number
    if first != item.number:
        collector.ignore("guid-repeated", f"the item has the guid of item {first}, {item.guid[:80]!r}; it was ignored", item.number)
    elif not item.written_on:
        collector.reject("date-missing", "the item has no date, so it is no statement; write one into the feed, or leave it", item.number)
    else:
        changed = "the item has no day of publication; the day it was last changed was taken. Check it"
        warnings = [("date-of-change", changed)] if item.is_changed_date else []
        collector.keep(draft_row(item, feed, speaks_for_itself), item.number, fields=_fields(item, feed), warnings=warnings)


def draft_row(item: FeedItem, feed: Feed, speaks_for_itself: bool = True) -> dict[str, str]:
    """The columns of an item; without text its title is the position, because it is nobody's words for certain."""
    published = read_dates([item.written_on])[0].date
    return {
        "stated_on": item.written_on,
        "organisation": feed.title if speaks_for_itself else "",
        "quote": item.text,
        "position": "" if item.text else item.title,
        "quote_language": item.language or feed.language,
        "document_title": item.title,
        "publisher": feed.title,
        "document_url": item.link,
        "published_on": str(published or ""),
        "note": f"author: {item.author}" if item.author else "",
    }


def _fields(item: FeedItem, feed: Feed) -> dict[str, str]:
    """What a person can map: the fields of the item by their names in feeds."""
    held = {"title": item.title, "text": item.text, "link": item.link, "guid": item.guid, "date": item.written_on, "author": item.author}
    return held | {"feed title": feed.title}


def _drafts(file: str) -> Problem:
    message = (
        "The items of a feed are drafts: nobody has said whose words they are, nor coded issue and stance. "
        "To have the statements in them found and reviewed, follow the feed instead: python -m tracker watch --add."
    )
    return Problem("feed-drafts", message, Severity.WARNING, file)


def _guesses(feed: Feed, speaks_for_itself: bool) -> Iterator[Guess]:
    yield Guess("text of an item", "quote", "a feed does not say whose words are whose")
    if speaks_for_itself:
        why = "a feed does not say whose statements they are; map country or organisation to say it"
        yield Guess("title of the feed", f"organisation {feed.title[:80]!r}" if feed.title else "organisation", why)
    if any(item.link and not web_address(item.link) for item in feed.items):
        yield Guess("links", "kept as text", "some are no http(s) address, and never become a link")
