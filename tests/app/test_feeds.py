"""Feeds on the Import page, from the real entry: followed, read, waiting for review, left; nothing of them in the table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.app import App
from tests.app.test_import import _labelled, _words
from tests.io.feeds.made_feeds import item, rss
from tracker.core.subscriptions import Subscription
from tracker.ui import cached
from tracker.workspace.subscribing import subscribe

TALK = "“We shall test the corridors,” Test Minister Jane Example said on Thursday."


@pytest.fixture(autouse=True)
def _editing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_EDIT", "on")
    monkeypatch.setenv("TRACKER_FETCH", "on")
    monkeypatch.setenv("TRACKER_LEDGER", str(tmp_path / "ledger.sqlite"))


def test_a_feed_is_asked_and_what_it_brings_waits_for_review(tmp_path: Path) -> None:
    path = tmp_path / "press.xml"
    path.write_bytes(rss(item(text=TALK), head="<title>Test &lt;b&gt;Press</title>"))
    subscribe(cached.library(), Subscription(0, "aleppo", str(path)), may_be_file=True)
    app = App("/import")
    assert "not asked yet" in app.html and "Nothing from feeds waits for review" in app.html
    app.test.button(key="feeds.ask").click()
    assert "1 new for review." in _words(app.run())
    assert "1 document from feeds waits for review" in _words(app)
    assert str(tmp_path) not in app.html, "where files lie is nobody's business"
    assert "Test Press" in _words(App("/review"))
    assert App("/").n == 278, "nothing enters the table unreviewed"
    _labelled(app.test.button, "Follow it no more").click()
    assert "No feed is followed yet" in app.run().html


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/feed", "/etc/passwd", "file:///etc/passwd"], ids=["this machine", "file", "file address"]
)
def test_what_cannot_be_followed_is_refused_in_words(address: str) -> None:
    app = App("/import")
    app.test.text_input(key="feeds.address").set_value(address)
    _labelled(app.test.button, "Follow it").click()
    assert app.run().by_class("trk-refused")[0].text.startswith("Nothing was changed. ")
    assert "No feed is followed yet" in app.html


def test_an_address_is_followed_and_not_asked_before_somebody_says_so() -> None:
    app = App("/import")
    app.test.text_input(key="feeds.address").set_value("https://mfa.example/feed")
    _labelled(app.test.button, "Follow it").click()
    assert "mfa.example" in app.run().html and "not asked yet" in app.html


def test_where_fetching_is_off_no_address_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRACKER_FETCH")
    app = App("/import")
    assert "This server asks no addresses" in app.html
    assert not [field for field in app.test.text_input if field.key == "feeds.address"]
