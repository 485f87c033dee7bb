"""Watching feeds: asked when they may be, new items read once, what is said in them queued for review; nothing is kept unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from tracker.core.documents import Document
from tracker.core.reviews import Draft, Review
from tracker.core.subscriptions import Subscription, answered, failed
from tracker.io.actors_read import find_country
from tracker.io.documents.document import civil_date
from tracker.io.documents.reading import read_document
from tracker.io.feeds.items import MAX_FEED_BYTES, Feed, FeedItem
from tracker.io.feeds.reading import read_feed
from tracker.io.fetching import FEED_TYPES, PAGE_TYPES, Fetched, FetchLimits, FetchRefused, fetch, is_fetching_on
from tracker.io.refusals import FileRefused
from tracker.store.ledger_feeds import ItemRead, ItemsKept, hash_of
from tracker.workspace.known import NOTHING_KNOWN, Known, known_in
from tracker.workspace.library import Library
from tracker.workspace.reviewing import ReviewRefused, begin_review
from tracker.workspace.subscribing import ledger_of

Getter = Callable[..., Fetched]
"""Asks an address, as ``tracker.io.fetching.fetch`` does."""

MAX_ITEMS_AT_ONCE = 100
"""New items read in one go; the others come next time."""
MAX_PAGES_AT_ONCE = 20
"""Pages of items fetched in one go, where a subscription follows links."""

FROM_SUBSCRIPTION = "whose it is: as the subscription says"
_FEED_LIMITS = FetchLimits(seconds=20, max_bytes=MAX_FEED_BYTES)
_GONE = 410
_FORMERLY = " Its address was "


NOTHING_KEPT = ItemsKept()


@dataclass(frozen=True)
class Watched:
    """What came of asking one feed: the subscription as it is now, and what became of its items."""

    subscription: Subscription
    kept: ItemsKept = NOTHING_KEPT
    has_failed: bool = False


def watch_once(
    library: Library, *, now: datetime, numbers: Sequence[int] = (), is_enabled: bool | None = None, get: Getter = fetch
) -> Iterator[Watched]:
    """Asks every feed that may be asked now, one after the other; those of these ``numbers`` only, and at once, when given.

    Where fetching is off only files are read, and addresses say so. Nothing is raised for a feed that fails: it says why and
    is left alone for a while. Raises EditingOff and LedgerError.
    """
    ledger = ledger_of(library, "watch feeds")
    may_fetch = is_fetching_on() if is_enabled is None else is_enabled
    for held in ledger.subscriptions():
        is_asked = held.subscription_id in numbers if numbers else held.is_due(now)
        if is_asked and not held.is_file and not may_fetch:
            yield Watched(replace(held, result="Not asked: fetching addresses is off (TRACKER_FETCH=on)."), has_failed=True)
        elif is_asked:
            yield _watched(library, held, now, get)


def _watched(library: Library, held: Subscription, now: datetime, get: Getter) -> Watched:
    ledger = ledger_of(library, "watch feeds")
    try:
        answer = _answer(held, get)
        moved = _moved(held, answer, ledger.subscriptions())
        if answer.is_unchanged:
            after = answered(moved, now, f"Nothing new.{_where(held, moved, answer)}", etag=held.etag, last_modified=held.last_modified)
            return Watched(after, ledger.keep_answer(after))
        feed = read_feed(answer.data, charset=answer.charset, url="" if held.is_file else answer.final_url)
    except FileRefused as refused:
        is_gone = isinstance(refused, FetchRefused) and refused.status == _GONE
        after = failed(held, now, refused.problem.message, retry_after=getattr(refused, "retry_after", ""), is_gone=is_gone)
        ledger.keep_answer(after)
        return Watched(after, has_failed=True)
    known = ledger.known_items(held.subscription_id)
    fresh, n_repeated = _fresh([item for item in feed.items if item.key], known)
    named = replace(held, title=held.title or feed.title, publisher=held.publisher or feed.title)
    reader = _ItemReader(named, feed, known_in(library.open(held.data_set)) if fresh else NOTHING_KNOWN, now, get)
    read = [reader.read(item) for item in fresh[:MAX_ITEMS_AT_ONCE]]
    n_left = len(fresh) - len(read)
    after = answered(moved, now, "", etag=answer.etag, last_modified=answer.last_modified, title=feed.title)
    if n_left:  # or the server would say that nothing changed
        after = replace(after, etag="", last_modified="")
    kept = ledger.keep_answer(after, read)
    after = replace(after, result=_in_words(kept, feed, n_repeated, n_left, reader) + _where(held, moved, answer))
    ledger.keep_answer(after)
    return Watched(after, kept)


def _answer(held: Subscription, get: Getter) -> Fetched:
    """What the address or file of the feed holds; raises FileRefused."""
    if not held.is_file:
        accepted = FEED_TYPES | {"text/plain"}
        return get(held.address, accepted=accepted, etag=held.etag, last_modified=held.last_modified, limits=_FEED_LIMITS)
    path = Path(held.address)
    try:
        if path.stat().st_size > MAX_FEED_BYTES:
            raise FileRefused("file-too-large", f"The file has more than {MAX_FEED_BYTES:,} bytes; it was not read.")
        data = path.read_bytes()
    except OSError as why:
        message = (
            f"The file {path.name!r} cannot be read: {(why.strerror or 'the system refuses').lower()}. Put it back or remove this feed."
        )
        raise FileRefused("feed-damaged", message) from None
    stamp = hashlib.sha256(data).hexdigest()
    return Fetched(held.address, held.address, data, etag=stamp, is_unchanged=stamp == held.etag)


def _fresh(items: Sequence[FeedItem], known: dict[str, str]) -> tuple[list[FeedItem], int]:
    """The items that are new or changed, and how many had the guid (or link) of an earlier one in the feed."""
    first: dict[str, FeedItem] = {}
    for item in items:
        first.setdefault(item.key, item)
    fresh = [item for item in first.values() if known.get(hash_of(item.key)) != hash_of(_said(item))]
    return fresh, len(items) - len(first)


def _said(item: FeedItem) -> str:
    """What an item says, by which a change is seen."""
    return f"{item.title}\n{item.text}"


class _ItemReader:
    """Makes reviews of items; counts the pages it fetched and those that could not be had."""

    def __init__(self, held: Subscription, feed: Feed, known: Known, now: datetime, get: Getter) -> None:
        self._held, self._feed, self._known, self._now, self._get = held, feed, known, now, get
        self.n_pages = self.n_pages_failed = 0

    def read(self, item: FeedItem) -> ItemRead:
        """The item with the review it brings, ``None`` when it has no words."""
        published = civil_date(item.written_on)
        given = Document(
            "",
            title=item.title,
            publisher=self._held.publisher,
            document_url=item.link if item.link.startswith(("http://", "https://")) else "",
            published_on=str(published or ""),
            language=item.language or self._held.language or self._feed.language,
            retrieved_at=self._now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
        text = (self._page(given.document_url) if self._held.follows else "") or item.text or item.title
        try:
            review = begin_review(text, given, self._known, origin=self._held.name)
        except ReviewRefused:
            return ItemRead(item.key, _said(item))
        return ItemRead(item.key, _said(item), with_actor(review, self._held.actor))

    def _page(self, url: str) -> str:
        """The text of the page an item links to; "" when it cannot be had."""
        if not url or self.n_pages >= MAX_PAGES_AT_ONCE:
            return ""
        self.n_pages += 1
        try:
            answer = self._get(url, accepted=PAGE_TYPES)
            return read_document(answer.data, content_type=answer.content_type, charset=answer.charset, url=answer.final_url).text
        except FileRefused:
            self.n_pages_failed += 1
            return ""


def with_actor(review: Review, actor: str) -> Review:
    """The review whose drafts speak for the actor of the subscription where they do not say for whom."""
    if not actor.strip():
        return review
    column = "country" if find_country(actor) else "organisation"

    def spoken(draft: Draft) -> Draft:
        if draft.written.get("country") or draft.written.get("organisation"):
            return draft
        return replace(draft, written={**draft.written, column: actor.strip()}, reasons=(*draft.reasons, FROM_SUBSCRIPTION))

    return replace(review, drafts=tuple(map(spoken, review.drafts)))


def _moved(held: Subscription, answer: Fetched, followed: Sequence[Subscription]) -> Subscription:
    """The subscription at the address to which its feed moved for good; as it was where another one follows that already."""
    is_free = all((other.data_set, other.address) != (held.data_set, answer.moved_to) for other in followed)
    return replace(held, address=answer.moved_to) if answer.moved_to and is_free else held


def _where(held: Subscription, moved: Subscription, answer: Fetched) -> str:
    """Where the feed answers from, and the address it had before it moved for good: that stays said from then on."""
    if moved.address != held.address:
        return f"{_FORMERLY}{held.address[:200]}. It moved for good, and is asked at its new address from now on."
    if answer.n_redirects:
        return f" It answers from {answer.final_url[:200]} now."
    place = held.result.find(_FORMERLY)
    return held.result[place:].split(". ")[0].rstrip(".") + "." if place >= 0 else ""


def _in_words(kept: ItemsKept, feed: Feed, n_repeated: int, n_left: int, reader: _ItemReader) -> str:
    parts = [
        (kept.n_queued, "new for review"),
        (kept.n_without, "new in which no statement was found, or that waits already"),
        (kept.n_changed, "changed since read, to be reviewed anew"),
        (n_repeated, "with a guid or link that came before, left aside"),
        (n_left, "more to be read next time"),
        (reader.n_pages_failed, "whose page could not be had, so that the item itself was read"),
    ]
    told = "; ".join(f"{n:,} {what}" for n, what in parts if n)
    said = f"{told}." if told else ("Nothing new." if feed.items else "The feed has no items.")
    return said[:1].upper() + said[1:]


def in_words(held: Subscription) -> str:
    """A subscription in a line or two: its number, name, address, what came of it last and until when it is left alone.

    >>> print(in_words(Subscription(1, "d", "https://mfa.example/f", title="MFA")))
    1  MFA  https://mfa.example/f
       for d; not asked yet
    """
    result = held.result or "not asked yet"
    at = held.failed_at if held.n_failures else held.fetched_at
    asked = f"{at:%Y-%m-%d %H:%M} UTC: " if at else ""
    wait = f" Left alone until {held.wait_until:%Y-%m-%d %H:%M} UTC." if held.wait_until and held.is_active else ""
    off = "" if held.is_active else " It is not asked any more."
    return f"{held.subscription_id}  {held.name}  {held.address}\n   for {held.data_set}; {asked}{result}{wait}{off}"
