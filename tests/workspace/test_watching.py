"""Feeds that are followed: asked when they may be, each item read once and queued for review, nothing kept unseen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.io.feeds.made_feeds import item, rss
from tests.workspace.feed_server import Answer, FeedServer
from tracker import cli
from tracker.core.candidates import Candidate, Extraction, QuoteKind, Speaker
from tracker.core.documents import Document
from tracker.core.subscriptions import Subscription
from tracker.io.fetching import FetchLimits, FetchRefused
from tracker.store.ledger import open_ledger
from tracker.store.ledger_errors import LedgerRefused
from tracker.workspace import Library, reviewing, watching
from tracker.workspace.importing import EditingOff
from tracker.workspace.subscribing import SubscriptionRefused, subscribe, subscriptions, unsubscribe
from tracker.workspace.watching import FROM_SUBSCRIPTION, Watched, in_words, watch_once

BASE = "statement_id,date,country,quote\nt-1,2016-07-28,FRA,Synthetic words one\n"
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
TALK = "“We shall test,” Test Person said."
HTML = {"Content-Type": "text/html"}


def _quoted(text: str, document: Document, *_: object) -> Extraction:
    """Each text between quotation marks, said by nobody known."""
    starts = [place for place, sign in enumerate(text) if sign == "“"]
    spans = [(start + 1, text.index("”", start)) for start in starts]
    return Extraction(tuple(Candidate((span,), text[slice(*span)], QuoteKind.DIRECT, Speaker()) for span in spans))


@pytest.fixture(autouse=True)
def _extraction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewing, "found_in", _quoted)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    path = tmp_path / "base.csv"
    path.write_text(BASE, encoding="utf-8")
    monkeypatch.setenv("TRACKER_DATA", str(path))
    monkeypatch.setenv("TRACKER_LEDGER", str(tmp_path / "ledger.sqlite"))
    with open_ledger(tmp_path / "ledger.sqlite", clock=lambda: NOON) as ledger:
        yield Library((path,), ledger, is_mine=True)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    opened = FeedServer()
    yield opened
    opened.close()


def follow(library: Library, server: FeedServer, path: str = "/feed", **said: object) -> Subscription:
    """A subscription to a path of the server: the guard lets no such address in by the usual way."""
    return library.ledger.subscribe(Subscription(0, "base", server.address(path), **said))


def watch(library: Library, server: FeedServer, now: datetime = NOON) -> list[Watched]:
    return list(watch_once(library, now=now, is_enabled=True, get=server.get))


def titles(library: Library) -> list[str]:
    return sorted(waiting.title for waiting in library.ledger.reviews("base"))


def test_what_a_feed_brings_waits_for_review_and_is_in_no_table(library: Library, server: FeedServer) -> None:
    server.answers["/feed"] = Answer(rss(item("a", text=TALK, title="A"), item("b", text="Nobody says anything.", title="B")))
    follow(library, server, actor="France")
    (watched,) = watch(library, server)
    assert watched.subscription.result.startswith("1 new for review; 1 new in which no statement was found")
    (waiting,) = library.ledger.reviews("base")
    review, _ = library.ledger.review("base", waiting.document_id)
    assert (waiting.origin, review.document.publisher, review.document.published_on) == (
        "MFA press releases",
        "MFA press releases",
        "2016-04-03",
    )
    assert review.document.document_url == "https://mfa.example/1"
    assert review.drafts[0].quote(review.text) == "We shall test,"
    assert review.drafts[0].written["country"] == "France" and FROM_SUBSCRIPTION in review.drafts[0].reasons
    assert library.open("base").corpus.n_statements == 1, "nothing enters the table unreviewed"


def test_the_same_feed_again_brings_nothing(library: Library, server: FeedServer) -> None:
    server.answers["/feed"] = Answer(rss(item("a", text=TALK)), headers={"Content-Type": "text/xml", "ETag": '"1"'})
    follow(library, server)
    watch(library, server)
    (watched,) = watch(library, server, NOON + timedelta(hours=1))
    assert watched.subscription.result == "Nothing new." and watched.subscription.etag == '"1"'
    server.answers["/feed"] = Answer(rss(item("a", text=TALK)), headers={"Content-Type": "text/xml"})
    (watched,) = watch(library, server, NOON + timedelta(hours=2))
    assert watched.subscription.result == "Nothing new." and len(titles(library)) == 1


def test_a_changed_text_under_the_same_guid_is_said_and_takes_the_place_of_the_old_one(library: Library, server: FeedServer) -> None:
    server.answers["/feed"] = Answer(rss(item("a", text=TALK)))
    follow(library, server)
    watch(library, server)
    server.answers["/feed"] = Answer(rss(item("a", text=TALK + " “No.”"), item("a", text="“Again”")))
    (watched,) = watch(library, server)
    assert watched.subscription.result == "1 changed since read, to be reviewed anew; 1 with a guid or link that came before, left aside."
    (waiting,) = library.ledger.reviews("base")
    assert waiting.n_drafts == 2


def test_items_without_a_name_are_told_apart_by_their_words(library: Library, server: FeedServer) -> None:
    bare = [item("", text=f"“{words},” Test Person said.", link="", title="", day="") for words in ("We shall", "We shall not", "We shall")]
    server.answers["/feed"] = Answer(rss(*bare, item("", text="", link="", title="", day="")))
    follow(library, server)
    (watched,) = watch(library, server)
    assert (watched.kept.n_queued, len(library.ledger.reviews("base"))) == (2, 2), "the third says the same, the last nothing"
    assert watched.subscription.result == "2 new for review; 1 with a guid or link that came before, left aside."


FAILURES = {
    "nothing there": (Answer(status=404), "404"),
    "server fails": (Answer(status=500), "500"),
    "web page": (Answer(b"<html>Sign in</html>", headers=HTML), "not a file that is wanted"),
    "web page called a feed": (Answer(b"<!doctype html><p>Sign in"), "web page"),
    "malformed": (Answer(b"<rss><channel>"), "damaged or cut off"),
    "entities": (Answer(b'<!DOCTYPE a [<!ENTITY b "c">]><rss/>'), "never resolved"),
    "empty": (Answer(b""), "nothing"),
    "huge": (Answer(b"<rss>" + b" " * 20_000_001), "20 MB"),
    "too slow": (Answer(is_held=True), "seconds"),
    "loop": (Answer(status=301, headers={"Location": "/feed"}), "leads on"),
    "into this machine": (Answer(status=302, headers={"Location": "http://127.0.0.1:1/"}), "not fetched|port|public"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_feed_that_fails_says_why_and_is_left_alone(
    library: Library, server: FeedServer, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "_FEED_LIMITS", FetchLimits(seconds=0.5 if name == "too slow" else 20))
    server.answers["/feed"], words = FAILURES[name]
    server.answers["/good"] = Answer(rss(item(text=TALK)))
    follow(library, server)
    follow(library, server, "/good")
    bad, good = watch(library, server)
    assert bad.has_failed and bad.subscription.wait_until == NOON + timedelta(minutes=15)
    assert any(word in bad.subscription.result for word in words.split("|")), bad.subscription.result
    assert not good.has_failed, "one feed that fails stops no other"
    server.asked.clear()
    watch(library, server, NOON + timedelta(minutes=14))
    assert "/feed" not in server.asked, "it is left alone"
    watch(library, server, NOON + timedelta(minutes=15))
    assert "/feed" in server.asked, "and asked again after that"


def test_a_server_that_asks_to_be_left_alone_is(library: Library, server: FeedServer) -> None:
    server.answers["/feed"] = Answer(status=429, headers={"Retry-After": "7200"})
    follow(library, server)
    assert watch(library, server)[0].subscription.wait_until == NOON + timedelta(hours=2)


def test_what_is_gone_for_good_is_not_asked_again(library: Library, server: FeedServer) -> None:
    server.answers["/feed"] = Answer(status=410)
    follow(library, server)
    assert not watch(library, server)[0].subscription.is_active
    assert watch(library, server, NOON + timedelta(days=400)) == []


def test_links_are_followed_only_where_that_was_asked(library: Library, server: FeedServer) -> None:
    page = f"<nav>Menu “no”</nav><article><h1>Talks</h1><p>{TALK} “Whole page.”</p></article>".encode()
    server.answers["/page"] = Answer(page, headers=HTML)
    there, gone = (
        item("a", text="Short", link=server.address("/page"), title="A"),
        item("b", text=TALK, link=server.address("/gone"), title="B"),
    )
    server.answers["/feed"] = Answer(rss(there, gone))
    plain = follow(library, server)
    watch(library, server)
    assert server.asked == ["/feed"] and titles(library) == ["B"]
    unsubscribe(library, plain.subscription_id)
    follow(library, server, follows=True)
    (watched,) = watch(library, server)
    assert "1 whose page could not be had" in watched.subscription.result
    assert titles(library) == ["A", "B"]
    review = next(held for held in library.ledger.reviews("base") if held.title == "A")
    assert review.n_drafts == 2, "the article of the page, not its navigation"


def test_very_many_items_come_a_part_at_a_time(library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "MAX_ITEMS_AT_ONCE", 2)
    body = rss(*(item(f"g{n}", text=f"{TALK} {n}", title=str(n)) for n in range(3)))
    server.answers["/feed"] = Answer(body, headers={"Content-Type": "text/xml", "ETag": '"1"'})
    follow(library, server)
    assert "1 more to be read next time" in watch(library, server)[0].subscription.result
    assert "1 new for review" in watch(library, server)[0].subscription.result
    assert titles(library) == ["0", "1", "2"]


def test_a_file_is_followed_without_any_network(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(rss(item(text=TALK)))
    held = subscribe(library, Subscription(0, "", str(path)), may_be_file=True)
    assert held.data_set == "base"
    (watched,) = watch_once(library, now=NOON, is_enabled=False)
    assert watched.kept.n_queued == 1
    assert [w.subscription.result for w in watch_once(library, now=NOON, is_enabled=False)] == ["Nothing new."]
    path.unlink()
    assert "cannot be read" in next(iter(watch_once(library, now=NOON, is_enabled=False))).subscription.result


def test_where_fetching_is_off_no_address_is_asked(library: Library, server: FeedServer) -> None:
    follow(library, server)
    (watched,) = watch_once(library, now=NOON, is_enabled=False, get=server.get)
    assert "fetching addresses is off" in watched.subscription.result and server.asked == []


@pytest.mark.parametrize(
    ("address", "error"),
    [
        pytest.param("http://127.0.0.1/feed", FetchRefused, id="this machine"),
        pytest.param("http://169.254.169.254/", FetchRefused, id="its network"),
        pytest.param("/etc/passwd", SubscriptionRefused, id="a file, from a page"),
        pytest.param("file:///etc/passwd", SubscriptionRefused, id="a file as address"),
        pytest.param("", SubscriptionRefused, id="nothing"),
    ],
)
def test_what_cannot_be_followed(library: Library, address: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        subscribe(library, Subscription(0, "base", address))
    assert subscriptions(library) == ()


def test_who_may_not_edit_may_not_subscribe(library: Library) -> None:
    library.may_edit = False
    wanted = Subscription(0, "base", "https://mfa.example/feed")
    with pytest.raises(EditingOff):
        subscribe(library, wanted)
    library.may_edit = True
    subscribe(library, wanted)
    with pytest.raises(LedgerRefused, match="follows that address already"):
        subscribe(library, wanted)
    with pytest.raises(SubscriptionRefused, match="no data set"):
        subscribe(library, replace(wanted, data_set="other"))
    with pytest.raises(SubscriptionRefused, match="language"):
        subscribe(library, replace(wanted, language="Klingonese"))


def test_the_command_line(library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(rss(item(text=TALK)))
    assert cli.main(["watch", "--add", str(path), "--title", "My feed", "--actor", "FRA"]) == 0
    assert cli.main(["watch", "--list"]) == 0
    assert "1  My feed" in capsys.readouterr().out
    assert cli.main(["watch", "--once"]) == 0
    assert "1 new for review." in capsys.readouterr().out
    assert [waiting.title for waiting in library.ledger.reviews("base")] == ["Title"]
    path.unlink()
    assert cli.main(["watch", "--once"]) == 1
    assert cli.main(["watch", "--once"]) == 0
    assert capsys.readouterr().out.endswith("No feed is due.\n")
    assert cli.main(["watch", "--remove", "1"]) == 0
    assert cli.main(["watch", "--remove", "1"]) == 1
    assert "no subscription 1" in capsys.readouterr().err
    assert cli.main(["watch", "--list"]) == 0
    assert "No feed is followed yet" in capsys.readouterr().out


def test_a_subscription_in_words_says_until_when_it_is_left_alone() -> None:
    held = Subscription(3, "base", "https://mfa.example/f", failed_at=NOON, n_failures=1, wait_until=NOON, result="It fails.")
    assert in_words(held).endswith("for base; 2026-01-01 12:00 UTC: It fails. Left alone until 2026-01-01 12:00 UTC.")


def moved(to: str, status: int = 301) -> Answer:
    return Answer(status=status, headers={"Location": to})


def test_a_feed_that_moved_for_good_is_asked_at_its_new_address_and_the_former_one_stays_said(library: Library, server: FeedServer) -> None:
    server.answers |= {"/feed": moved("/new"), "/new": Answer(rss(item("a", text=TALK)))}
    held = follow(library, server)
    (watched,) = watch(library, server)
    assert watched.subscription.address == server.address("/new") and watched.subscription.subscription_id == held.subscription_id
    assert watched.subscription.result.startswith(f"1 new for review. Its address was {held.address}. It moved for good")
    server.asked.clear()
    (watched,) = watch(library, server, NOON + timedelta(hours=1))
    assert server.asked == ["/new"] and watched.subscription.result == f"Nothing new. Its address was {held.address}."
    (watched,) = watch(library, server, NOON + timedelta(hours=2))
    assert watched.subscription.result == f"Nothing new. Its address was {held.address}."


@pytest.mark.parametrize(
    ("first", "second"),
    [pytest.param(302, 301, id="for now"), pytest.param(307, 308, id="for now, then for good")],
)
def test_a_feed_that_answers_elsewhere_for_now_keeps_its_address(library: Library, server: FeedServer, first: int, second: int) -> None:
    server.answers |= {"/feed": moved("/there", first), "/there": moved("/new", second), "/new": Answer(rss(item("a", text=TALK)))}
    held = follow(library, server)
    (watched,) = watch(library, server)
    assert watched.subscription.address == held.address
    assert watched.subscription.result == f"1 new for review. It answers from {server.address('/new')} now."


def test_a_feed_that_moved_for_good_and_on_for_now_is_asked_where_it_moved(library: Library, server: FeedServer) -> None:
    server.answers |= {"/feed": moved("/new", 308), "/new": moved("/today", 302), "/today": Answer(rss(item("a", text=TALK)))}
    follow(library, server)
    (watched,) = watch(library, server)
    assert watched.subscription.address == server.address("/new")


def test_a_feed_that_moved_to_one_that_is_followed_keeps_its_address(library: Library, server: FeedServer) -> None:
    server.answers |= {"/feed": moved("/new"), "/new": Answer(rss(item("a", text=TALK)))}
    held, other = follow(library, server), follow(library, server, "/new")
    assert [watched.subscription.address for watched in watch(library, server)] == [held.address, other.address]
