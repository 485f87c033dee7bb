"""Cards: only web addresses become links, every value is escaped, a missing one is an error."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import UndefinedError

from tests.app.drawn import elements_of
from tracker.ui import markup

TEMPLATES = sorted((Path(markup.__file__).parent / "templates").glob("*.html"))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("https://un.org/a?b=c#d", "https://un.org/a?b=c#d", id="https"),
        pytest.param("http://example.org", "http://example.org", id="http"),
        pytest.param("  https://example.org/ ", "https://example.org/", id="spaces-around"),
        pytest.param("HTTPS://EXAMPLE.ORG/", "HTTPS://EXAMPLE.ORG/", id="capitals"),
        pytest.param("http://[::1]:8080/a", "http://[::1]:8080/a", id="ipv6"),
        pytest.param("https://пример.рф/а", "https://пример.рф/а", id="cyrillic"),
        pytest.param("", "", id="empty"),
        pytest.param("un.org/a", "", id="no-scheme"),
        pytest.param("//evil.example/a", "", id="no-scheme-with-host"),
        pytest.param("https://", "", id="no-host"),
        pytest.param("https:///path", "", id="no-host-with-path"),
        pytest.param("https:evil.example", "", id="no-slashes"),
        pytest.param("javascript:alert(1)", "", id="javascript"),
        pytest.param("JaVaScRiPt:alert(1)", "", id="javascript-mixed-case"),
        pytest.param("java\nscript:alert(1)", "", id="javascript-with-newline"),
        pytest.param("\tjavascript:alert(1)", "", id="javascript-after-tab"),
        pytest.param("javascript://un.org/%0aalert(1)", "", id="javascript-with-host"),
        pytest.param("data:text/html,<script>", "", id="data"),
        pytest.param("vbscript:x", "", id="vbscript"),
        pytest.param("file:///etc/passwd", "", id="file"),
        pytest.param("ftp://example.org/a", "", id="ftp"),
        pytest.param("blob:https://example.org/1", "", id="blob"),
        pytest.param("http://[::1", "", id="not-an-address"),
    ],
)
def test_only_web_addresses_become_links(address: str, expected: str) -> None:
    assert markup.web_url(address) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("https://www.un.org/a", "un.org", id="www"),
        pytest.param("https://user:secret@evil.example/un.org", "evil.example", id="name-and-password-before-the-host"),
        pytest.param("https://un.org.evil.example/", "un.org.evil.example", id="longer-name"),
        pytest.param("https://UN.org:8443/", "un.org", id="port-and-capitals"),
        pytest.param("javascript://un.org/", "", id="not-a-web-address"),
    ],
)
def test_the_host_shown_is_where_a_link_leads(address: str, expected: str) -> None:
    assert markup.host(address) == expected


@pytest.mark.parametrize(
    ("address", "quote", "expected"),
    [
        pytest.param("https://un.org/a", "safe zones", "https://un.org/a#:~:text=safe%20zones", id="quote"),
        pytest.param("https://un.org/a", "", "https://un.org/a", id="no-quote"),
        pytest.param("javascript:alert(1)", "safe zones", "", id="javascript"),
    ],
)
def test_passages(address: str, quote: str, expected: str) -> None:
    assert markup.quoted_passage_url(address, quote) == expected


def test_a_passage_cannot_get_out_of_its_link() -> None:
    assert not set(markup.quoted_passage_url("https://un.org/a", '"><script> a, b-c & d')) & set("\"<> '")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ar", "rtl"), ("he", "rtl"), ("fa-IR", "rtl"), ("ru", "ltr"), ("zh", "ltr"), ("", "auto"), ("not-given", "auto")],
)
def test_direction(language: str, expected: str) -> None:
    assert markup.direction(language) == expected


@pytest.mark.parametrize(
    ("n", "expected"),
    [pytest.param(5, "abcde", id="fits"), pytest.param(4, "abc…", id="one-too-long"), pytest.param(1, "…", id="only-room-for-the-sign")],
)
def test_cut(n: int, expected: str) -> None:
    assert markup.cut("abcde", n) == expected
    assert len(markup.cut("abcde", n)) <= n


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        pytest.param("", "", id="not-said"),
        pytest.param("direct", "", id="word-for-word"),
        pytest.param("mixed", "Partly quoted: only what stands between marks was said so", id="partly-quoted"),
        pytest.param("indirect", "Reported, not quoted: the words are the document’s", id="reported"),
    ],
)
def test_reported_words_are_drawn_without_marks_and_said_to_be_reported(kind: str, label: str) -> None:
    row = {"quote": "the talks go on", "quote_en": "", "quote_kind": kind, "language_code": "en", "document_url": ""}
    elements = elements_of(markup._TEMPLATES.from_string("{% import 'macros.html' as m %}{{ m.words(row) }}").render(row=row))
    (quote,) = [e for e in elements if e.tag == "blockquote"]
    assert ("trk-unmarked" in quote.attributes["class"], quote.text) == (bool(label), "the talks go on")
    assert [e.text for e in elements if e.attributes.get("class") == "trk-kind"] == ([label] if label else [])


@pytest.mark.parametrize(
    ("kinds", "begins"),
    [
        pytest.param(("", "direct"), None, id="both-quoted"),
        pytest.param(("direct", "indirect"), "One side is not", id="one-reported"),
        pytest.param(("mixed", "indirect"), "Neither side is", id="neither-quoted"),
    ],
)
def test_a_redline_says_when_it_compares_words_of_the_document(kinds: tuple[str, str], begins: str | None) -> None:
    before, after = ({"quote_kind": kind} for kind in kinds)
    html = markup._TEMPLATES.from_string("{% import 'redline.html' as m %}{{ m.kinds(before, after) }}").render(before=before, after=after)
    said = [f"{begins} a quotation word for word: words of the document are compared."] if begins else []
    assert [e.text for e in elements_of(html) if e.tag == "p"] == said


def test_every_value_is_escaped() -> None:
    html = markup.render("heading.html", title='<script>alert("1")</script>')
    assert [e.tag for e in elements_of(html)] == ["h1"]
    assert elements_of(html)[0].text == '<script>alert("1")</script>'


def test_an_attribute_cannot_be_left() -> None:
    html = markup.render("opening.html", link='/statement?id="onclick="alert(1)')
    (link,) = [e for e in elements_of(html) if e.tag == "a"]
    assert set(link.attributes) == {"href", "data-open-now"}


def test_a_missing_value_is_an_error_and_never_a_blank() -> None:
    with pytest.raises(UndefinedError):
        markup.render("heading.html")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_marks_a_value_as_safe(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not [word for word in ("|safe", "| safe", "Markup", "autoescape", "<script", "<style", "onclick", "javascript:") if word in text]
    assert not [e.tag for e in elements_of(text) if e.tag in ("img", "iframe", "object", "form", "base", "meta")]


def test_what_a_search_found_is_marked_and_everything_is_escaped() -> None:
    macros = markup._TEMPLATES.get_template("macros.html").module
    drawn = str(macros.marked("<b>Corridor</b> & <mark>not ours</mark>", 100, "corridor OR mark", "quote"))
    assert drawn == ("&lt;b&gt;<mark>Corridor</mark>&lt;/b&gt; &amp; &lt;<mark>mark</mark>&gt;not ours&lt;/<mark>mark</mark>&gt;")
