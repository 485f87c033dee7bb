"""Subscriptions and the items they brought, in the ledger's file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.test_ledger_documents import at_once, of_the_first_schema
from tracker.core.documents import Document, document_id_of
from tracker.core.reviews import Decision, Draft, Review, decide
from tracker.core.subscriptions import LONGEST_ASKED_WAIT, LONGEST_WAIT, Subscription, answered, failed
from tracker.store.ledger import Ledger, open_ledger
from tracker.store.ledger_errors import LedgerRefused
from tracker.store.ledger_feeds import ItemRead, ItemsKept

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
WANTED = Subscription(0, "one", "https://mfa.example/feed", title="MFA")


@pytest.fixture
def ledger(place: Path | str) -> Iterator[Ledger]:
    with open_ledger(place, clock=lambda: NOON) as opened:
        yield opened


def read(key: str, text: str, n_drafts: int = 1) -> ItemRead:
    document = Document(document_id_of(text), key)
    return ItemRead(key, text, Review(text, document, (Draft(((0, 1),)),) * n_drafts, origin="MFA"))


def test_a_subscription_is_made_changed_and_removed(ledger: Ledger) -> None:
    held = ledger.subscribe(WANTED)
    assert (held.subscription_id, held.added_at) == (1, NOON)
    assert ledger.subscribe(replace(WANTED, data_set="two")).subscription_id == 2
    with pytest.raises(LedgerRefused, match="subscription 1 follows"):
        ledger.subscribe(WANTED)
    after = answered(held, NOON, "1 new", etag='"x"')
    ledger.keep_answer(after)
    assert ledger.subscriptions("one") == (after,) and len(ledger.subscriptions()) == 2
    assert ledger.unsubscribe(1) and not ledger.unsubscribe(1)
    assert ledger.subscriptions("one") == ()


def test_each_item_is_queued_once_whatever_feed_brings_it_again(ledger: Ledger) -> None:
    held, other = ledger.subscribe(WANTED), ledger.subscribe(replace(WANTED, address="https://other.example/feed"))
    assert ledger.keep_answer(held, [read("a", "Yes."), read("b", "No.", 0)]) == ItemsKept(n_queued=1, n_without=1)
    assert ledger.keep_answer(held, [read("a", "Yes."), read("b", "No.", 0)]) == ItemsKept(n_known=2)
    assert ledger.keep_answer(other, [read("z", "Yes.")]) == ItemsKept(n_without=1)
    assert [waiting.origin for waiting in ledger.reviews("one")] == ["MFA"] and ledger.reviews("two") == ()


def test_a_review_that_was_ended_does_not_come_back(ledger: Ledger) -> None:
    held = ledger.subscribe(WANTED)
    ledger.keep_answer(held, [read("a", "Yes.")])
    ledger.end_review("one", document_id_of("Yes."))
    assert ledger.keep_answer(held, [read("a", "Yes.")]).n_known == 1
    assert ledger.reviews("one") == ()


@pytest.mark.parametrize(("is_begun", "titles"), [(False, ["a"]), (True, ["a", "a"])], ids=["untouched", "review begun"])
def test_a_changed_item_takes_the_place_of_what_nobody_reviewed(ledger: Ledger, is_begun: bool, titles: list[str]) -> None:
    held = ledger.subscribe(WANTED)
    ledger.keep_answer(held, [read("a", "Yes.")])
    if is_begun:
        ledger.save_review("one", decide(read("a", "Yes.").review, 0, Decision.ACCEPTED), seen=1)
    assert ledger.keep_answer(held, [read("a", "Yes, but.")]) == ItemsKept(n_changed=1)
    assert [waiting.title for waiting in ledger.reviews("one")] == titles


def test_what_a_removed_subscription_brings_is_not_kept(ledger: Ledger) -> None:
    held = ledger.subscribe(WANTED)
    ledger.keep_answer(held, [read("a", "Yes.")])
    ledger.unsubscribe(held.subscription_id)
    assert ledger.keep_answer(held, [read("b", "No.")]) == ItemsKept()
    assert [waiting.title for waiting in ledger.reviews("one")] == ["a"], "what was queued stays"


def test_an_older_ledger_has_no_subscriptions_until_it_is_written_to(place: Path | str) -> None:
    of_the_first_schema(place)
    with open_ledger(place) as opened:
        assert opened.subscriptions() == ()
        assert opened.subscribe(WANTED).subscription_id == 1


def test_programs_that_watch_at_the_same_moment_queue_each_item_once(place: Path | str) -> None:
    made = at_once(place, lambda held, number: held.subscribe(replace(WANTED, data_set=f"{number}")).subscription_id)
    assert sorted(made) == [1, 2, 3, 4], "each has a number of its own"
    with open_ledger(place) as ledger:
        held = ledger.subscribe(WANTED)
        for name in "abc":
            found = at_once(place, lambda ledger, _, name=name: ledger.keep_answer(held, [read(name, name)]))
            assert sorted(found, key=str) == [ItemsKept(n_known=1)] * 3 + [ItemsKept(n_queued=1)]
        assert len(ledger.reviews("one")) == 3


texts = st.text(st.characters(codec=None), max_size=20)
moments = st.none() | st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts.filter(lambda text: "\0" not in text and text.isprintable()), moments, st.booleans())
def test_any_subscription_comes_back_as_it_was(ledger: Ledger, text: str, moment: datetime | None, is_on: bool) -> None:
    held = ledger.subscribe(Subscription(0, text, text, text, text, text, text, follows=is_on, is_active=is_on))
    after = replace(held, fetched_at=moment, wait_until=moment, result=text, n_failures=3)
    ledger.keep_answer(after)
    assert ledger.subscriptions(text) == (after,)
    ledger.unsubscribe(held.subscription_id)


@pytest.mark.parametrize(
    ("retry_after", "wait"),
    [
        pytest.param("", timedelta(minutes=15), id="not asked"),
        pytest.param("60", timedelta(minutes=15), id="less than our own"),
        pytest.param("3600", timedelta(hours=1), id="seconds"),
        pytest.param("Thu, 01 Jan 2026 14:00:00 GMT", timedelta(hours=2), id="a moment"),
        pytest.param("Thu, 01 Jan 2015 14:00:00 GMT", timedelta(minutes=15), id="a moment gone by"),
        pytest.param("9" * 40, LONGEST_ASKED_WAIT, id="for ever"),
        pytest.param("soon", timedelta(minutes=15), id="words"),
        pytest.param("-5", timedelta(minutes=15), id="negative"),
    ],
)
def test_how_long_a_feed_is_left_alone(retry_after: str, wait: timedelta) -> None:
    assert failed(WANTED, NOON, "no", retry_after=retry_after).wait_until == NOON + wait


def test_waiting_doubles_to_a_day_and_ends_with_an_answer() -> None:
    held = WANTED
    for _ in range(60):
        held = failed(held, NOON, "no")
    assert held.wait_until == NOON + LONGEST_WAIT and not held.is_due(NOON)
    assert answered(held, NOON, "ok").is_due(NOON)
    assert not failed(WANTED, NOON, "gone", is_gone=True).is_due(NOON + LONGEST_WAIT)
