"""Subscriptions: the feeds a data set follows, when each may be asked again, and what asking it last brought."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

FIRST_WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(days=1)
LONGEST_ASKED_WAIT = timedelta(days=7)
"""The most a server may ask us to wait; one that asks for more is asked again after that."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed a data set follows: an http(s) ``address``, or the path of a file on this machine.

    ``title`` is the feed's own unless a person gave one; ``actor`` and ``language`` stand in for what a candidate does not
    say itself. With ``follows`` the page an item links to is read instead of the item. ``etag`` and ``last_modified`` are
    what to ask with next time. ``result`` says in words what came of asking last. Moments are UTC, ``None`` for never.
    """

    subscription_id: int
    data_set: str
    address: str
    title: str = ""
    publisher: str = ""
    actor: str = ""
    language: str = ""
    follows: bool = False
    is_active: bool = True
    etag: str = ""
    last_modified: str = ""
    fetched_at: datetime | None = None
    failed_at: datetime | None = None
    n_failures: int = 0
    wait_until: datetime | None = None
    result: str = ""
    added_at: datetime | None = None
    added_by: str = ""

    @property
    def name(self) -> str:
        """What people call it: its title, else its address."""
        return self.title or self.address

    @property
    def is_file(self) -> bool:
        """Whether it is a file on this machine."""
        return not self.address.lower().startswith(("http://", "https://"))

    def is_due(self, now: datetime) -> bool:
        """Whether it may be asked at that moment.

        >>> waiting = Subscription(1, "d", "https://a.example/f", wait_until=datetime(2026, 1, 1, 12, tzinfo=UTC))
        >>> waiting.is_due(datetime(2026, 1, 1, 11, tzinfo=UTC)), waiting.is_due(datetime(2026, 1, 1, 12, tzinfo=UTC))
        (False, True)
        """
        return self.is_active and (self.wait_until is None or now >= self.wait_until)


def answered(held: Subscription, now: datetime, result: str, *, etag: str = "", last_modified: str = "", title: str = "") -> Subscription:
    """The subscription after an answer that could be used: failures are forgotten, a title given by a person stays."""
    return replace(
        held,
        fetched_at=now,
        n_failures=0,
        wait_until=None,
        result=result,
        etag=etag,
        last_modified=last_modified,
        title=held.title or title,
        publisher=held.publisher or title,
    )


def failed(held: Subscription, now: datetime, result: str, *, retry_after: str = "", is_gone: bool = False) -> Subscription:
    """The subscription after a failure: it waits twice as long each time, up to a day, or as long as the server asked.

    One whose address is gone for good is not asked any more.

    >>> noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    >>> once = failed(Subscription(1, "d", "https://a.example/f"), noon, "no answer")
    >>> str(once.wait_until - noon), str(failed(once, noon, "no answer").wait_until - noon)
    ('0:15:00', '0:30:00')
    >>> str(failed(once, noon, "asked too often", retry_after="7200").wait_until - noon)
    '2:00:00'
    """
    n_failures = held.n_failures + 1
    own = min(FIRST_WAIT * 2 ** min(n_failures - 1, 20), LONGEST_WAIT)
    asked = min(_asked_wait(retry_after, now), LONGEST_ASKED_WAIT)
    until = now + max(own, asked) if asked > timedelta() else now + own
    return replace(held, failed_at=now, n_failures=n_failures, wait_until=until, result=result, is_active=held.is_active and not is_gone)


def _asked_wait(retry_after: str, now: datetime) -> timedelta:
    """How long a server asked to be left alone, in seconds or until a moment; nothing when it did not say so plainly."""
    written = retry_after.strip()
    if written.isascii() and written.isdigit():
        return timedelta(seconds=int(written[:9]))
    try:
        until = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return timedelta()
    return max(until if until.tzinfo else until.replace(tzinfo=UTC), now) - now
