"""JSON Feed (jsonfeed.org) to items."""

from __future__ import annotations

from tracker.io.documents.charset import decode_document
from tracker.io.documents.document import language_code, one_line
from tracker.io.documents.html_text import html_text
from tracker.io.feeds.items import MAX_ITEMS, Feed, FeedItem, date_in_feed, too_many_items, whole_address
from tracker.io.json_values import JsonObject, as_cell, parse
from tracker.io.refusals import FileRefused

FORMAT = "JSON Feed"
VERSION = "jsonfeed.org/version"


def read_json_feed(data: bytes, *, charset: str = "", url: str = "") -> Feed:
    """The feed in JSON, ``url`` being where it was found. Raises FileRefused for what is no such feed, or damaged."""
    decoded = decode_document(data, charset)
    try:
        whole = parse(decoded.text)
    except ValueError:
        raise FileRefused("feed-damaged", "The JSON of the feed is damaged or cut off; nothing of it was read. Get it again.") from None
    items = whole.values.get("items") if isinstance(whole, JsonObject) else None
    if not isinstance(items, list) or VERSION not in _text(whole, "version"):
        raise FileRefused("feed-unknown", "The JSON is no feed: it has no version of jsonfeed.org and no list of items.")
    if len(items) > MAX_ITEMS:
        raise too_many_items()
    base = url or _text(whole, "feed_url") or _text(whole, "home_page_url")
    return Feed(
        format=FORMAT,
        items=tuple(_item(item if isinstance(item, JsonObject) else JsonObject(), number, base) for number, item in enumerate(items, 1)),
        title=one_line(_text(whole, "title")),
        link=whole_address(base, _text(whole, "home_page_url")),
        language=language_code(_text(whole, "language")),
        encoding=decoded.encoding,
        problems=decoded.problems,
    )


def _item(item: JsonObject, number: int, base: str) -> FeedItem:
    plain, markup = _text(item, "content_text"), _text(item, "content_html")
    published = _text(item, "date_published")
    authors = item.values.get("authors")
    author = authors[0] if isinstance(authors, list) and authors else item.values.get("author")
    return FeedItem(
        number=number,
        guid=_text(item, "id")[:2000],
        title=one_line(_text(item, "title")),
        text=(html_text(markup) if markup.strip() else plain.strip()) or _text(item, "summary").strip(),
        link=whole_address(base, _text(item, "url") or _text(item, "external_url")),
        written_on=date_in_feed(published or _text(item, "date_modified")),
        is_changed_date=not published and bool(_text(item, "date_modified")),
        language=language_code(_text(item, "language")),
        author=one_line(_text(author, "name")) if isinstance(author, JsonObject) else "",
    )


def _text(held: JsonObject, name: str) -> str:
    return as_cell(held.values.get(name)) or ""
