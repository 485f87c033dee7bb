"""The Review page from the real entry: nothing is kept before somebody says so, and hostile texts are only text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.app import App
from tests.app.test_import import _labelled, _words
from tracker.core.documents import Document, document_id_of
from tracker.ui import cached
from tracker.workspace.reviewing import begin_review

TEXT = (
    "Synthetic talks go on\n\n"
    "“We shall test the corridors,” Test Minister Jane Example said on Thursday.\n\n"
    "Spokesman John Sample said the plan “looks like a test”. “We are looking into it,” he added.\n"
)
LINK = f"/review?document={document_id_of(TEXT)[:12]}"


@pytest.fixture
def _editing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_EDIT", "on")
    monkeypatch.setenv("TRACKER_LEDGER", str(tmp_path / "ledger.sqlite"))


def begun(text: str = TEXT, **given: str) -> App:
    """The page after a text was pasted and read."""
    app = App("/review")
    app.test.text_area(key="review.text").set_value(text)
    for name, value in ({"title": "Synthetic talks", "publisher": "Test Press", "published_on": "2016-07-29"} | given).items():
        app.test.text_input(key=f"review.given.{name}").set_value(value)
    _labelled(app.test.button, "Find the statements").click()
    return app.run()


def filled(app: App, **columns: str) -> App:
    """The chosen candidate with columns filled in."""
    number = int(app.parameters.get("candidate", "1")) - 1
    for name, value in columns.items():
        app.test.text_input(key=f"review.field.{name}.{number}").set_value(value)
        app.run()
    return app


def press(app: App, name: str) -> App:
    app.test.button(key=f"review.{name}").click()
    return app.run()


def test_where_editing_is_off_nothing_can_be_reviewed() -> None:
    app = App("/review")
    assert "Reviewing is off" in app.html and not app.test.text_area and not app.test.get("file_uploader")
    assert "/review" not in app.links


@pytest.mark.usefixtures("_editing")
def test_two_of_three_are_accepted_and_kept_with_their_passages_and_undone() -> None:
    app = begun()
    assert app.parameters["document"] == LINK[-12:]
    assert [mark.text.split(",")[0] for mark in app.by_class("trk-candidate")] == ["1", "2", "3"]
    press(filled(app, country="FRA", stated_on="2016-07-28"), "accept")
    assert app.parameters["candidate"] == "2"
    assert "Jane Example, France, 28 Jul 2016" in app.by_class("trk-accepted")[-1].text, "no code where a name can stand"
    press(app, "reject")
    press(filled(app, country="USA", stated_on="2016-07-28"), "accept")
    assert "2 accepted, 1 rejected, 0 to decide" in _words(app)
    assert App("/").n == 278, "nothing is kept before somebody said so"
    _labelled(app.test.button, "Keep 2 statements").click()
    assert "Say who you are" in app.run().test.warning[0].value
    app.test.text_input(key="review.who").set_value("tester")
    _labelled(app.test.button, "Keep 2 statements").click()
    assert "280 statements are in force now" in _words(app.run())
    workspace = cached.library().open("aleppo")
    assert workspace.n_passages == 2 and workspace.text_of(document_id_of(TEXT)) == TEXT
    listed = App("/statements?q=%22test+the+corridors%22")
    assert listed.n == 1 and [mark.text for mark in listed.by_class("trk-verified")] == ["✓ verified"]
    shown = App(next(link for link in listed.links if link.startswith("/statement?q=") and "id=s-" in link))
    assert "word for word at its place, characters" in _words(shown)
    assert [mark.text for mark in shown.by_tag("mark")][-1] == "We shall test the corridors,", "after what was searched for"
    assert "Synthetic talks go on" in shown.by_class("trk-context")[0].text
    assert App("/statements?q=%22looks+like+a+test%22").n == 0, "what was rejected is not there"
    after = App("/import")
    after.test.text_input(key="history.who").set_value("tester")
    _labelled(after.test.button, "Undo it, by a new revision").click()
    assert "278 statements are in force now" in _words(after.run())
    assert cached.library().open("aleppo").n_passages == 0


@pytest.mark.usefixtures("_editing")
def test_a_review_survives_a_reload_and_is_found_again() -> None:
    press(begun(), "reject")
    again = App(LINK)
    assert "0 accepted, 1 rejected, 2 to decide" in _words(again)
    assert LINK in App("/review").links
    press(again, "leave")
    assert "No review of this document" in App(LINK).html and App("/").n == 278


@pytest.mark.usefixtures("_editing")
def test_merging_splitting_and_marking_by_hand() -> None:
    app = press(begun(), "merge")
    assert "2 candidates" in _words(app)
    assert "3 candidates" in _words(press(app, "split")), "what was merged falls apart again"
    assert "Say where" in press(app, "split").by_class("trk-refused")[0].text and "3 candidates" in _words(app), "nothing is guessed"
    for words, n in (("never said", 3), ("We", 3), ("shall  test", 4)):
        _labelled(app.test.text_input, "The second part begins with").set_value(words)
        assert f"{n} candidates" in _words(press(app, "split"))
    assert [mark.text.partition(": ")[2] for mark in app.by_class("trk-candidate")][:2] == ["We", "shall test the corridors,"]
    press(press(app, "merge"), "split")
    press(app, "merge")
    app.test.text_input(key="review.words").set_value("Synthetic talks go on")
    _labelled(app.test.button, "Mark it").click()
    assert "4 candidates: 1 accepted" in _words(app.run()) and app.parameters.get("candidate", "1") == "1"
    app.test.text_input(key="review.words").set_value("never said")
    _labelled(app.test.button, "Mark it").click()
    assert "not in the text" in app.run().test.warning[0].value


@pytest.mark.usefixtures("_editing")
def test_what_cannot_be_kept_says_why_and_is_not() -> None:
    app = press(filled(begun(), country="", stated_on="31/02/2016"), "accept")
    assert "not to be kept as they are" in _words(app) and "date" in app.by_class("trk-notices")[-1].text
    assert _labelled(app.test.button, "Keep 0 statements").disabled
    assert App("/").n == 278


@pytest.mark.usefixtures("_editing")
def test_a_field_that_is_left_by_pressing_a_button_is_changed_too() -> None:
    app = begun()
    app.test.text_input(key="review.field.country.0").set_value("FRA")
    press(app, "accept")
    assert not app.test.warning and "1 accepted, 0 rejected, 2 to decide" in _words(app)
    ledger = cached.library().ledger
    review, _ = ledger.review("aleppo", document_id_of(TEXT))
    assert review.drafts[0].written["country"] == "FRA"


@pytest.mark.usefixtures("_editing")
def test_what_another_window_decided_is_not_undone() -> None:
    here = begun()
    press(App(LINK), "reject")
    press(here, "accept")
    assert "Nothing was changed" in here.by_class("trk-refused")[0].text
    assert "0 accepted, 1 rejected, 2 to decide" in _words(here)


@pytest.mark.usefixtures("_editing")
def test_a_document_that_comes_again_with_other_words_is_said() -> None:
    app = press(filled(begun(document_url="https://example.org/talks"), country="FRA", stated_on="2016-07-28"), "accept")
    app.test.text_input(key="review.who").set_value("tester")
    _labelled(app.test.button, "Keep 1 statement").click()
    assert "279 statements" in _words(app.run())
    again = begun(TEXT.replace("test the corridors", "test no corridors"), document_url="https://example.org/talks")
    assert "Statements kept from it: 1; still in this text: 0." in _words(again)
    assert "not verified" in _words(again)
    again.test.checkbox(key="review.stores").uncheck()
    press(filled(again, country="FRA", stated_on="2016-07-28"), "accept")
    again.test.text_input(key="review.who").set_value("tester")
    _labelled(again.test.button, "Keep 1 statement").click()
    assert "280 statements" in _words(again.run())
    assert cached.library().open("aleppo").text_of(document_id_of(TEXT.replace("test the corridors", "test no corridors"))) is None


PAGE = (
    b"<html lang='en'><head><title>Synthetic talks</title></head>"
    b"<body><p>&ldquo;We shall test it,&rdquo; Jane Example said.</p></body></html>"
)


@pytest.mark.usefixtures("_editing")
def test_a_file_brings_what_it_says_of_itself() -> None:
    app = App("/review")
    app.test.get("button_group")[0].set_value("file")
    app.run()
    app.test.file_uploader(key="review.file").upload("talks.html", PAGE)
    _labelled(app.test.button, "Find the statements").click()
    app.run()
    assert "We shall test it," in app.by_class("trk-candidate")[0].text
    ledger = cached.library().ledger
    review, _ = ledger.review("aleppo", ledger.reviews("aleppo")[0].document_id)
    assert (review.document.title, review.document.language) == ("Synthetic talks", "en") and review.document.retrieved_at


HOSTILE = {
    "script": "<script>alert(1)</script> “<img src=http://example.org/x onerror=alert(1)>,” Test Person said.",
    "markdown": "“![](http://example.org/x.png) [a](javascript:alert(1)) **b** $x$ :red[c],” Test Person said.",
    "bidi": "“\u202eabc\u2066 def,” Test Person said. \u05e9\u05dc\u05d5\u05dd",
    "marks": "“" * 3_000 + "said" + "”" * 3_000,
    "nul": "“a\x00b,” Test Person said.",
}


@pytest.mark.usefixtures("_editing")
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_only_text(text: str) -> None:
    app = begun(text)
    assert not app.test.exception
    assert not app.by_tag("script") and not app.by_tag("img")
    assert "\u202e" not in app.html, "nothing is drawn the other way round than it is kept"
    assert not [link for link in app.links if link.startswith(("javascript", "http://example.org"))]
    labels = [element.label for kind in ("button", "text_input", "selectbox", "text_area") for element in app.test.get(kind)]
    assert not [label for label in labels if "example.org" in label]


@pytest.mark.usefixtures("_editing")
def test_a_very_long_text_is_drawn_part_by_part() -> None:
    app = begun("“We shall test it,” Jane Example said. Nothing else is in this line.\n" * 4_400)
    drawn = sum(len(element.text) for element in app.by_class("trk-text"))
    assert 0 < drawn < 20_000
    assert "of 299,200" in _words(app) or "of 303,600" in _words(app)
    link = f"/review?document={app.parameters['document']}&candidate=900"
    assert "Part 6 of" in _words(App(link)), "the one in which the chosen candidate stands"
    for asked, shown in (("1", "Part 1 of"), ("5", "Part 5 of"), ("999999", "Part 26 of 26"), ("soon", "Part 6 of")):
        assert shown in _words(App(f"{link}&part={asked}"))


@pytest.mark.usefixtures("_editing")
def test_what_a_feed_brought_waits_and_opens_here() -> None:
    review = begin_review(TEXT, Document("", "Synthetic talks"), origin="Test Ministry")
    cached.library().ledger.save_review("aleppo", review, seen=0)
    (queue,) = App("/review").by_class("trk-queue")
    assert "Synthetic talks 3 of 3 candidates to decide; from Test Ministry" in " ".join(queue.text.split())
    assert "3 candidates" in _words(App(LINK)) and App("/").n == 278, "nothing enters the data unreviewed"


@pytest.mark.usefixtures("_editing")
def test_links_that_lead_nowhere_say_so() -> None:
    assert "No review of this document" in App("/review?document=zzz").html
    begun()
    assert App(f"{LINK}&candidate=99").by_class("trk-candidate"), "the last one is shown"


TOGETHER = "“We shall test the corridors,” Foreign Ministers Jane Example of Norway and Ann Sample of Sweden said on Thursday.\n"


@pytest.mark.usefixtures("_editing")
def test_those_who_speak_together_are_signatories_to_be_changed_and_kept() -> None:
    app = begun(TOGETHER)
    assert app.test.text_input(key="review.field.spokesperson.0").value == "Jane Example"
    assert "Jane Example, Norway; with Ann Sample, Sweden" in " ".join(app.by_class("trk-drafts")[0].text.split())
    press(app, "sign")
    assert "neither a state nor an organisation" in _words(press(app, "accept")), "a signatory of nobody is not kept unsaid"
    app.test.text_input(key="review.signed.actor.0.1").set_value("Iceland")
    app.run()
    app.test.text_input(key="review.signed.spokesperson.0.0").set_value("<i>Ann</i> Sample")
    app.run()
    assert not app.by_tag("i") and "with <i>Ann</i> Sample, Sweden; Iceland" in " ".join(app.by_class("trk-drafts")[0].text.split())
    press(app, "unsign.1")
    app.test.text_input(key="review.who").set_value("tester")
    _labelled(app.test.button, "Keep 1 statement").click()
    assert "279 statements are in force now" in _words(app.run())
    shown = App(next(link for link in App("/statements?actor=SWE&q=%22test+the+corridors%22").links if "id=s-" in link))
    assert "Norway, Sweden (<i>Ann</i> Sample)" in " ".join(shown.by_class("trk-facts")[0].text.split()) and "Iceland" not in _words(shown)


@pytest.mark.usefixtures("_editing")
def test_a_signatory_that_another_window_removed_is_changed_by_nobody() -> None:
    here = begun(TOGETHER)
    press(App(f"/review?document={here.parameters['document']}"), "unsign.0")
    here.test.text_input(key="review.signed.actor.0.0").set_value("Iceland")
    here.run()
    assert not here.test.exception and "Nothing was changed" in here.by_class("trk-refused")[0].text


@pytest.mark.usefixtures("_editing")
def test_control_characters_are_said_and_kept_by_nobody() -> None:
    app = begun("“We shall \0test\x07 it,” Jane Example said.\f“And again,” John Sample said.\x9b\n")
    assert "� stands for each (3)" in _words(app)
    assert "Of these words 2 characters could not be read (�)" in _words(app)
    assert not set("\0\x07\f\x9b") & set(app.html)
    assert "could not be read" not in _words(press(app, "next")), "it is said where it is"
    (waiting,) = cached.library().ledger.reviews("aleppo")
    review, _ = cached.library().ledger.review("aleppo", waiting.document_id)
    assert [draft.quote(review.text) for draft in review.drafts] == ["We shall �test� it,", "And again,"]
    assert review.text.splitlines()[0].endswith("said."), "a page break is a line break"
