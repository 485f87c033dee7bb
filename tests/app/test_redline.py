"""Redlines on pages: two wordings named by the link, what a spokesperson said before, and what cannot be compared."""

from __future__ import annotations

from tests.app.app import App


def _texts(app: App, tag: str) -> list[str]:
    return [element.text for element in app.by_tag(tag)]


def test_the_link_names_two_wordings() -> None:
    app = App("/compare?actor=VAT&before=aleppo-0082&after=aleppo-0157")
    assert app.notices == []
    assert app.test.selectbox(key="compare.before").value == "aleppo-0082"
    assert any("I appeal" in text and "inserted:" in text for text in _texts(app, "ins")), "said, not only coloured"
    assert any("unacceptable" in text and "deleted:" in text for text in _texts(app, "del"))
    assert "in English translation" in app.html
    app.test.selectbox(key="compare.before").select("aleppo-0157")
    app.run()
    assert app.parameters == {"actor": "VAT", "before": "aleppo-0157", "after": "aleppo-0157"}
    assert not app.by_class("trk-redline"), "a wording is not compared with itself"


def test_unknown_wordings_are_named_and_the_page_stands() -> None:
    app = App("/compare?actor=USA.RUS&before=nobody-said-this")
    assert [notice for notice in app.notices if "not in this data (before)" in notice]
    assert len(app.by_class("trk-redline")) == 1, "the first and the last of the exchange instead"


def test_a_statement_shows_what_became_of_the_words_before() -> None:
    app = App("/statement?id=aleppo-0157")
    assert "What became of the words of 7 August 2016?" in app.html
    assert "/compare?spokesperson=pope-francis&issue=air-strikes&before=aleppo-0082&after=aleppo-0157" in app.links
    assert "What became of the words" not in App("/statement?id=aleppo-0102").html


def test_every_shift_has_its_redline() -> None:
    app = App("/shifts")
    assert len(app.by_class("trk-redline")) == 3
