"""The feeds a data set follows: subscribed to, listed, removed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tracker.core.errors import TrackerError
from tracker.core.subscriptions import Subscription
from tracker.io.codes_read import find_language
from tracker.io.public_addresses import read_address
from tracker.store.ledger import Ledger
from tracker.workspace.importing import EditingOff
from tracker.workspace.library import Library


class SubscriptionRefused(TrackerError):
    """A feed cannot be subscribed to, or no subscription has that number."""


def subscribe(library: Library, wanted: Subscription, *, may_be_file: bool = False) -> Subscription:
    """The subscription, with its number; the feed is not asked yet.

    A file of this machine only where ``may_be_file`` allows it: who sees a page must not read what lies beside it. Raises
    EditingOff, SubscriptionRefused, FetchRefused for an address that may not be asked, and LedgerError, in words.
    """
    ledger = ledger_of(library, "subscribe")
    address = wanted.address.strip()
    is_file = replace(wanted, address=address).is_file
    address = _path(address, may_be_file) if is_file else str(read_address(address))
    language, is_known = find_language(wanted.language) if wanted.language.strip() else ("", True)
    if not is_known:
        raise SubscriptionRefused(f"The language {wanted.language[:40]!r} is not known. Write its ISO 639-1 code (en, ru).")
    code = wanted.data_set or next(iter(library.titles()))
    if code not in library.titles():
        raise SubscriptionRefused(f"There is no data set {code[:80]!r}. There are: {', '.join(library.titles())}.")
    return ledger.subscribe(replace(wanted, data_set=code, address=address, language=language))


def subscriptions(library: Library, code: str | None = None) -> tuple[Subscription, ...]:
    """The feeds that a data set, or all of them, follow; none where there is no ledger."""
    return library.ledger.subscriptions(code) if library.ledger else ()


def unsubscribe(library: Library, subscription_id: int) -> None:
    """Forget a subscription; what it queued for review stays. Raises EditingOff, and SubscriptionRefused when there is none."""
    if not ledger_of(library, "remove the subscription").unsubscribe(subscription_id):
        raise SubscriptionRefused(f"There is no subscription {subscription_id}. See which there are: python -m tracker watch --list.")


def ledger_of(library: Library, what: str) -> Ledger:
    """The ledger, to be written to; raises EditingOff where that is not allowed."""
    if not library.may_edit or library.ledger is None:
        raise EditingOff.because_it_is_not_on(what)
    return library.ledger


def _path(written: str, may_be_file: bool) -> str:
    if not may_be_file:
        raise SubscriptionRefused("Give an address that begins with https://. Files are subscribed to by python -m tracker watch --add.")
    path = Path(written).expanduser()
    if not path.is_file():
        raise SubscriptionRefused(f"There is no file {written[:200]!r}. Give the address or the file of a feed.")
    return str(path.resolve())
