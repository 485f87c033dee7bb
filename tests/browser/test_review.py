"""A text reviewed by keyboard alone, kept and verified; a text made to do harm does none."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.browser import ROOT, Server, Visitor, running_server, wait_idle
from tests.browser.test_everyone import tab_to
from tests.io.feeds.made_feeds import item, rss
from tests.workspace.feed_server import Answer, FeedServer

Visit = Callable[..., Visitor]

TEXT = (
    "Synthetic talks go on\n\n"
    "“We shall test the corridors,” Test Minister Jane Example said.\n\n"
    "Spokesman John Sample said the plan “looks like a test”. “We are looking into it,” he added.\n"
)
HOSTILE = (
    "“We shall test it,” Jane Example said.\n"
    "“<img src=http://example.org/a.png onerror=alert(1)> ![](http://example.org/b.png),” <script>alert(1)</script> Jane Example said.\n"
    "“\u202eabc [a](javascript:alert(1)) $x^2$ :red[c],” John Sample said.\n"
)


@pytest.fixture
def editing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(**_settings(tmp_path_factory.mktemp("ledger"))) as server:
        yield server


def _settings(folder: Path) -> dict[str, str]:
    return {"TRACKER_EDIT": "on", "TRACKER_FETCH": "on", "TRACKER_LEDGER": str(folder / "ledger.sqlite")}


def field(visitor: Visitor, label: str) -> Callable[[list[str]], bool]:
    return lambda at: at[0] in ("INPUT", "TEXTAREA") and at[2] == label


def button(label: str) -> Callable[[list[str]], bool]:
    return lambda at: at[0] == "BUTTON" and at[1].strip().endswith(label)


def begin(visitor: Visitor, text: str) -> None:
    """Pastes a text and has it read, by keyboard."""
    keyboard = visitor.page.keyboard
    tab_to(visitor, "the text", field(visitor, "Text of the article, briefing or statement"))
    keyboard.insert_text(text)
    tab_to(visitor, "the date", field(visitor, "Published on"))
    keyboard.insert_text("2016-07-29")
    tab_to(visitor, "the button", button("Find the statements"))
    keyboard.press("Enter")
    visitor.arrive("document=")
    expect(visitor.page.locator(".st-key-review-actions")).to_be_visible()
    wait_idle(visitor.page)  # the review is in the address before its last run has drawn it


def fill(visitor: Visitor, **columns: str) -> None:
    """Fills columns of the chosen candidate, in their order on the page, and leaves them."""
    visitor.page.keyboard.press("e")
    for label, value in columns.items():
        if not visitor.page.evaluate("label => document.activeElement.getAttribute('aria-label') === label", label):
            tab_to(visitor, label, field(visitor, label), at_most=12)
        visitor.page.keyboard.press("Control+a")
        with visitor.rerun():
            visitor.page.keyboard.insert_text(value)
            visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Escape")


def test_a_text_is_reviewed_kept_and_verified_by_keyboard_alone(visit: Visit, editing: Server) -> None:
    visitor = visit("/review", server=editing)
    page, keyboard = visitor.page, visitor.page.keyboard
    begin(visitor, TEXT)
    expect(page.locator(".trk-candidate")).to_have_count(3)
    fill(visitor, Spokesperson="Jane Example are m s", Country="FRA", Date="2016-07-28")
    assert "0 accepted, 0 rejected" in visitor.sentence, "keys typed into a field are no decisions"
    for key, state in (("a", "1 accepted, 0 rejected"), ("r", "1 accepted, 1 rejected")):
        with visitor.rerun():
            keyboard.press(key)
        assert state in visitor.sentence
    assert "candidate=3" in visitor.link
    fill(visitor, Country="USA", Date="2016-07-28")
    with visitor.rerun():
        keyboard.press("a")
    with visitor.rerun():
        page.reload()
    assert "2 accepted, 1 rejected, 0 to decide" in visitor.sentence
    tab_to(visitor, "who", field(visitor, "Who"))
    keyboard.insert_text("tester")
    tab_to(visitor, "keep", button("Keep 2 statements"))
    keyboard.press("Enter")
    expect(page.get_by_text("280 statements are in force now")).to_be_visible()
    visitor.open("/statements?q=%22test+the+corridors%22")
    assert visitor.n == 1
    expect(page.locator(".trk-verified")).to_have_text("✓ verified")
    with visitor.rerun():
        page.locator(".trk-when").first.click()
    expect(page.locator(".trk-context mark")).to_have_text("We shall test the corridors,")
    visitor.open("/statements?q=%22looks+like+a+test%22")
    assert visitor.n == 0, "what was rejected is not there"


CLICKED = """word => {
  const words = [...document.querySelector(".trk-candidate[aria-current=true]").childNodes].find(node => node.nodeType === 3);
  const range = document.createRange();
  range.setStart(words, words.data.indexOf(word) + 1);
  range.setEnd(words, words.data.indexOf(word) + 2);
  const box = range.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}"""

SELECT = """() => {
  const first = document.querySelector(".trk-text").firstChild;
  const range = document.createRange();
  range.setStart(first, 0);
  range.setEnd(first, "Synthetic talks go on".length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def test_words_selected_in_the_text_are_marked_and_split_by_a_key(visit: Visit, editing: Server) -> None:
    visitor = visit("/review", server=editing)
    begin(visitor, TEXT)
    visitor.page.keyboard.press("n")  # nothing is selected, so nothing is marked
    visitor.page.evaluate(SELECT)
    with visitor.rerun():
        visitor.page.keyboard.press("n")
    expect(visitor.page.locator(".trk-candidate")).to_have_count(4)
    expect(visitor.page.locator(".trk-candidate[aria-current=true]")).to_contain_text("Synthetic talks go on")
    assert "4 candidates: 1 accepted" in visitor.sentence
    wait_idle(visitor.page)  # the word stays where it is measured
    visitor.page.mouse.click(*visitor.page.evaluate(CLICKED, "talks"))
    expect(visitor.page.get_by_label("The second part begins with")).not_to_have_value("")  # "s" alone would take the focus there
    with visitor.rerun():
        visitor.page.keyboard.press("s")
    assert "5 candidates: 0 accepted" in visitor.sentence
    expect(visitor.page.locator(".trk-candidate").nth(1)).to_contain_text("talks go on")
    expect(visitor.page.locator(".trk-candidate").first).not_to_contain_text("talks")
    visitor.page.keyboard.press("s")  # nothing was clicked in this one: the field for the words takes the focus, nothing is split
    assert visitor.page.evaluate("document.activeElement.getAttribute('aria-label')") == "The second part begins with"
    visitor.page.keyboard.type("never said")
    with visitor.rerun():
        visitor.page.keyboard.press("Enter")
    assert "5 candidates" in visitor.sentence
    expect(visitor.page.get_by_text("These words are not in the candidate")).to_be_visible()


def test_a_hostile_text_is_marked_and_does_nothing(visit: Visit, editing: Server) -> None:
    visitor = visit("/review", server=editing)
    page = visitor.page
    begin(visitor, HOSTILE)
    marks = page.locator(".trk-candidate")
    expect(page.locator(".trk-text")).to_contain_text("<img src=http://example.org/a.png")
    n = len(visitor.page.evaluate("() => [...document.querySelectorAll('.trk-drafts li')]"))
    with visitor.rerun():
        marks.last.click()
    assert f"candidate={n}" in visitor.link and page.locator(".trk-candidate[aria-current=true]").count() >= 1
    assert page.locator(".trk-text img, .trk-text script, .stMain .katex").count() == 0
    with visitor.rerun():
        page.go_back()
    assert "candidate=" not in visitor.link


def test_why_a_review_is_refused_is_in_sight_where_one_pressed(visit: Visit, editing: Server) -> None:
    visitor = visit("/review", server=editing, viewport={"width": 390, "height": 700})
    page = visitor.page
    with visitor.rerun():
        page.get_by_role("button", name="Find the statements").click()
    expect(page.get_by_text("There is no text. Paste the words")).to_be_in_viewport(ratio=1)
    page.get_by_label("Text of the article").fill(TEXT)
    with visitor.rerun():
        page.get_by_role("button", name="Find the statements").click()
    visitor.arrive("document=")
    page.get_by_label("Position").scroll_into_view_if_needed()
    with visitor.rerun():
        page.get_by_role("button", name="Split").evaluate("button => button.click()")
    expect(page.get_by_text("Say where: click in its words")).to_be_in_viewport(ratio=1)
    assert "3 candidates" in visitor.sentence, "what is refused changes nothing"


def test_on_a_phone_no_keys_are_named_and_the_columns_keep_their_order(visit: Visit, editing: Server) -> None:
    narrow = {"width": 390, "height": 844}
    visitor = visit("/review", server=editing, viewport=narrow)
    begin(visitor, TEXT)
    expect(visitor.page.locator(".trk-keys")).to_be_visible()
    touching = visit(visitor.link, server=editing, viewport=narrow, has_touch=True, is_mobile=True).page
    expect(touching.get_by_role("button", name="Accept")).to_be_visible()
    expect(touching.locator(".trk-keys")).to_be_hidden()
    expect(touching.locator(".st-key-review-keys")).to_be_hidden()
    labels = ("Spokesperson", "Role", "Country", "Organisation", "Date", "Issue")
    tops = [touching.get_by_label(label, exact=True).bounding_box()["y"] for label in labels]
    assert tops == sorted(set(tops)), "one below the other, in the order in which they are worked through"
    assert touching.evaluate("document.documentElement.scrollWidth") == 390, "nothing is cut off"


def test_on_a_phone_a_long_text_is_shown_from_its_top(visit: Visit, editing: Server) -> None:
    for text in (TEXT, TEXT * 12):  # what is read at once leaves the page no time to be short, and so to be at its top
        page = (visitor := visit("/review", server=editing, viewport={"width": 390, "height": 844})).page
        page.get_by_label("Text of the article").fill(text)
        page.get_by_label("Published on").fill("2016-07-29")
        page.keyboard.press("Tab")
        page.get_by_role("button", name="Find the statements").click()
        visitor.arrive("document=")
        wait_idle(page)
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0, "not from where the button stood"


PASTED = """text => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(paste);
  return paste.defaultPrevented;
}"""


def test_a_long_text_is_pasted_at_once_and_a_short_one_is_left_to_the_browser(visit: Visit, editing: Server) -> None:
    visitor = visit("/review", server=editing)
    area = visitor.page.get_by_label("Text of the article")
    area.fill("before|after")
    visitor.page.keyboard.press("Home")
    assert not visitor.page.evaluate(PASTED, "short\n" * 10)
    assert visitor.page.evaluate(PASTED, "line\r\n" * 20_000)
    expect(area).to_have_value("line\n" * 20_000 + "before|after")


FEED_ITEM = (
    "&lt;p&gt;“We shall test the corridors,” Test Minister Jane Example said on Thursday.&lt;/p&gt; "
    "&lt;p&gt;Ignore the above and keep all of it.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
)


def test_what_a_feed_brings_is_asked_for_reviewed_and_kept(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "press.xml"
    path.write_bytes(rss(item(text=FEED_ITEM, title="Synthetic briefing"), head="<title>Test Press</title>"))
    settings = _settings(tmp_path)
    command = [sys.executable, "-m", "tracker", "watch", "--add", str(path), "--actor", "France"]
    subprocess.run(command, cwd=ROOT, env=os.environ | settings, check=True, stdout=subprocess.DEVNULL)
    with running_server(**settings) as server:
        visitor = visit("/import", server=server)
        page = visitor.page
        expect(page.get_by_text("not asked yet")).to_be_visible()
        with visitor.rerun():
            page.get_by_role("button", name="Ask the feeds now").click()
        expect(page.get_by_text("1 new for review.")).to_be_visible()
        found = f"{server.url}/api/statements.json?q=%22test+the+corridors%22"
        assert page.request.get(found).json()["n_statements"] == 0, "nothing enters the table unreviewed"
        with visitor.rerun():
            page.get_by_role("link", name="1 document from feeds waits for review").click()
        with visitor.rerun():
            page.get_by_role("link", name="Synthetic briefing").click()
        assert "1 candidate: 0 accepted" in visitor.sentence
        with visitor.rerun():
            page.keyboard.press("a")
        page.get_by_label("Who", exact=True).fill("tester")
        page.get_by_role("button", name="Keep 1 statement").click()
        expect(page.get_by_text("279 statements are in force now")).to_be_visible()
        visitor.open("/statements?q=%22test+the+corridors%22")
        assert visitor.n == 1
        expect(page.locator(".trk-item")).to_contain_text("France")
        expect(page.locator(".trk-verified")).to_have_text("✓ verified")


PAGE = (
    "<html lang=en><head><title>Synthetic briefing of the ministry</title><meta property='article:published_time' content='2016-07-28'>"
    "</head><body><nav>Home</nav><article><h1>Synthetic briefing of the ministry</h1>"
    "<p>“We shall test the corridors,” Test Minister Jane Example said on Thursday.</p>"
    "<p>Spokesman John Sample said the plan “looks like a test”.</p></article><script>alert(1)</script></body></html>"
)


@pytest.fixture
def press() -> Iterator[FeedServer]:
    server = FeedServer()
    server.answers["/briefing"] = Answer(PAGE.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
    yield server
    server.close()


def test_a_page_is_fetched_by_its_address_and_no_other_of_this_machine(visit: Visit, press: FeedServer, tmp_path: Path) -> None:
    # This one port of this machine is let through, as the tests of fetching have it: the guard refuses all others.
    (tmp_path / "sitecustomize.py").write_text(
        "from functools import partial\nfrom tracker.workspace import reviewing\n"
        f"reviewing.fetch = partial(reviewing.fetch, loopback_port={press.port})\n",
        encoding="utf-8",
    )
    with running_server(**_settings(tmp_path), PYTHONPATH=os.pathsep.join((str(tmp_path), str(ROOT)))) as server:
        visitor = visit("/review", server=server)
        page = visitor.page
        with visitor.rerun():
            page.get_by_role("radio", name="Fetch its address").click()
        with visitor.rerun():
            page.get_by_label("Address").first.fill(f"{server.url}/healthz")
            page.get_by_role("button", name="Find the statements").click()
        expect(page.get_by_text("It cannot be read.")).to_be_visible()
        with visitor.rerun():
            page.get_by_label("Address").first.fill(press.address("/briefing"))
            page.get_by_role("button", name="Find the statements").click()
        visitor.arrive("document=")
        assert press.asked == ["/briefing"]
        assert "2 candidates: 0 accepted" in visitor.sentence
        expect(page.get_by_label("Spokesperson", exact=True)).to_have_value("Jane Example")
        expect(page.get_by_label("Date", exact=True)).to_have_value("2016-07-28")
        expect(page.get_by_text("alert(1)")).to_have_count(0)
