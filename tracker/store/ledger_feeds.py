"""Subscriptions in the ledger's file and the items they brought, so that each item is read once: no history, kept beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, inspect, select

from tracker.core.reviews import Review
from tracker.core.subscriptions import Subscription
from tracker.store.ledger_documents import end_review, save_review, waiting_review
from tracker.store.ledger_errors import LedgerRefused
from tracker.store.ledger_json import storable
from tracker.store.ledger_reading import written_at
from tracker.store.ledger_tables import FEED_ITEMS, SUBSCRIPTIONS

_NAMES = tuple(field.name for field in fields(Subscription))
_MOMENTS = tuple(name for name in _NAMES if name.endswith("_at") or name == "wait_until")
_SWITCHES = ("follows", "is_active")


@dataclass(frozen=True)
class ItemRead:
    """An item of a feed that was read: what tells it from others, its text, and the review it brings (``None``: none)."""

    key: str
    text: str
    review: Review | None = None


@dataclass(frozen=True)
class ItemsKept:
    """What became of the items: new and queued, new without anything to review, changed since they were read, known."""

    n_queued: int = 0
    n_without: int = 0
    n_changed: int = 0
    n_known: int = 0


def hash_of(text: str) -> str:
    """A short name for a text: the first half of its sha-256, hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def held_subscriptions(connection: Connection, data_set: str | None) -> tuple[Subscription, ...]:
    """The subscriptions of a data set, or of all, in the order in which they were made."""
    if not inspect(connection).has_table(SUBSCRIPTIONS.name):  # an older ledger that may only be read
        return ()
    asked = select(SUBSCRIPTIONS).order_by(SUBSCRIPTIONS.c.subscription_id)
    rows = connection.execute(asked if data_set is None else asked.where(SUBSCRIPTIONS.c.data_set == storable(data_set)))
    return tuple(_subscription(row._mapping) for row in rows)


def add_subscription(connection: Connection, wanted: Subscription) -> Subscription:
    """The subscription with its number. Raises LedgerRefused when the data set follows that address already."""
    same = (SUBSCRIPTIONS.c.data_set == storable(wanted.data_set), SUBSCRIPTIONS.c.address == storable(wanted.address))
    number = connection.execute(select(SUBSCRIPTIONS.c.subscription_id).where(*same)).scalar()
    if number is not None:
        raise LedgerRefused.because("subscribe", f"subscription {number} follows that address already", "Remove it first to change it.")
    newest = connection.execute(select(func.max(SUBSCRIPTIONS.c.subscription_id))).scalar() or 0
    last_used = connection.execute(select(func.max(FEED_ITEMS.c.subscription_id))).scalar() or 0
    values = _values(wanted) | {"subscription_id": max(newest, last_used) + 1}
    connection.execute(SUBSCRIPTIONS.insert(), values)
    return _subscription(values)


def remove_subscription(connection: Connection, subscription_id: int) -> bool:
    """Whether there was such a subscription; it is gone with what is known of its items. What it queued stays."""
    connection.execute(FEED_ITEMS.delete().where(FEED_ITEMS.c.subscription_id == subscription_id))
    return connection.execute(SUBSCRIPTIONS.delete().where(SUBSCRIPTIONS.c.subscription_id == subscription_id)).rowcount > 0


def update_subscription(connection: Connection, held: Subscription) -> bool:
    """Whether the subscription is still there; what is known of it is then what ``held`` says."""
    values = {name: value for name, value in _values(held).items() if name != "subscription_id"}
    update = SUBSCRIPTIONS.update().where(SUBSCRIPTIONS.c.subscription_id == held.subscription_id)
    return connection.execute(update.values(**values)).rowcount > 0


def known_items(connection: Connection, subscription_id: int) -> dict[str, str]:
    """The hash of the text of each item that was read, by the hash of its key."""
    if not inspect(connection).has_table(FEED_ITEMS.name):
        return {}
    rows = connection.execute(select(FEED_ITEMS.c.item_hash, FEED_ITEMS.c.text_hash).where(FEED_ITEMS.c.subscription_id == subscription_id))
    return {row.item_hash: row.text_hash for row in rows}


def keep_items(connection: Connection, held: Subscription, items: Iterable[ItemRead], at: datetime) -> ItemsKept:
    """What became of the items; each is remembered, and what it brings waits for review.

    An item that another process kept meanwhile counts as known. A changed item takes the place of its earlier text where
    nobody began to review that.
    """
    known = known_items(connection, held.subscription_id)
    counts = dict.fromkeys(("n_queued", "n_without", "n_changed", "n_known"), 0)
    for item in items:
        key, text = hash_of(item.key), hash_of(item.text)
        if known.get(key) == text:
            counts["n_known"] += 1
            continue
        if key in known:
            counts["n_changed"] += 1
            _forget_untouched(connection, held, key)
        counts["n_queued" if _queue(connection, held, item.review, at) else "n_without"] += key not in known
        _remember(connection, held, item, key in known, at)
        known[key] = text
    return ItemsKept(**counts)


def _queue(connection: Connection, held: Subscription, review: Review | None, at: datetime) -> bool:
    """Whether something waits for review now that did not before."""
    if review is None or not review.drafts or waiting_review(connection, held.data_set, review.document.document_id):
        return False
    save_review(connection, held.data_set, review, 0, at)
    return True


def _forget_untouched(connection: Connection, held: Subscription, key: str) -> None:
    asked = select(FEED_ITEMS.c.document_id).where(FEED_ITEMS.c.subscription_id == held.subscription_id, FEED_ITEMS.c.item_hash == key)
    document_id = connection.execute(asked).scalar() or ""
    waiting = waiting_review(connection, held.data_set, document_id)
    if waiting and waiting.n_saves == 1 and waiting.origin == held.name:
        end_review(connection, held.data_set, document_id)


def _remember(connection: Connection, held: Subscription, item: ItemRead, is_known: bool, at: datetime) -> None:
    values = {
        "text_hash": hash_of(item.text),
        "document_id": item.review.document.document_id if item.review else "",
        "read_at": written_at(at),
    }
    mine = (FEED_ITEMS.c.subscription_id == held.subscription_id, FEED_ITEMS.c.item_hash == hash_of(item.key))
    if is_known:
        connection.execute(FEED_ITEMS.update().where(*mine).values(**values))
    else:
        key = {"subscription_id": held.subscription_id, "item_hash": hash_of(item.key)}
        connection.execute(FEED_ITEMS.insert(), key | values)


def _values(held: Subscription) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in asdict(held).items():
        if name in _MOMENTS:
            found[name] = written_at(value) if value else ""
        elif name in _SWITCHES:
            found[name] = int(value)
        else:
            found[name] = storable(value) if isinstance(value, str) else value
    return found


def _subscription(row: Mapping[str, Any]) -> Subscription:
    values = {name: row[name] for name in _NAMES}
    moments = {name: datetime.fromisoformat(row[name]) if row[name] else None for name in _MOMENTS}
    return Subscription(**{**values, **moments, **{name: bool(row[name]) for name in _SWITCHES}})
