"""Feeds of every kind to items, and feed files to drafts of statements; nothing outside the file is ever asked for."""

from __future__ import annotations

import pytest

from tests.growth import grows_with_its_length
from tests.io.feeds.made_feeds import ATOM, DAY, JSON_FEED, RDF, item, rss
from tracker.core.problems import Severity
from tracker.io.feeds.reading import looks_like_feed, read_feed
from tracker.io.inputs import InputFile, ReadOptions
from tracker.io.packages import load_input
from tracker.io.refusals import FileRefused
from tracker.io.registry import open_input


def _rows(data: bytes, name: str = "feed.xml", **options: object) -> list[dict[str, str]]:
    return [row.values for row in open_input(InputFile.from_bytes(data, name), ReadOptions(**options)).found.rows]


def test_rss_2() -> None:
    (row,) = _rows(rss(item(text="&lt;p&gt;One &amp;amp; two&lt;/p&gt;&lt;p&gt;Three&lt;/p&gt;")))
    assert row["quote"] == "One & two\n\nThree"
    assert (row["stated_on"], row["published_on"], row["document_url"]) == (DAY, "2016-04-03", "https://mfa.example/1")
    assert (row["document_title"], row["publisher"], row["organisation"]) == ("Title", "MFA press releases", "MFA press releases")


def test_rss_1_takes_the_whole_text_and_no_title_of_a_picture() -> None:
    feed = read_feed(RDF)
    (one,) = feed.items
    assert (feed.title, feed.link, feed.language) == ("MFA", "https://mfa.example/", "en")
    assert (one.guid, one.text, one.author) == ("https://mfa.example/1", "Whole text", "Spokesman")


def test_atom() -> None:
    feed = read_feed(ATOM)
    first, second = feed.items
    assert (feed.format, feed.title, feed.link) == ("Atom feed", "Ministère", "https://mfa.example/")
    assert (first.guid, first.title, first.text, first.link) == (
        "urn:1",
        "A <b> is plain",
        "Un & deux\n\n3 < 5",
        "https://mfa.example/2016/d/1",
    )
    assert (first.written_on, first.is_changed_date, first.language, first.author) == (
        "2016-04-03T23:30:00-05:00",
        False,
        "fr",
        "Porte-parole",
    )
    assert (second.text, second.is_changed_date, second.language) == ("Yes", True, "en")


def test_atom_03() -> None:
    old = b'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>T</title><entry><title>E</title><issued>2004-04-03</issued></entry></feed>'
    assert [entry.written_on for entry in read_feed(old).items] == ["2004-04-03"]


def test_json_feed() -> None:
    feed = read_feed(JSON_FEED)
    assert [(i.guid, i.text, i.link, i.written_on[:10]) for i in feed.items] == [
        ("7", "Yes", "https://mfa.example/1", "2016-04-03"),
        ("b", "No", "", "2016-04-04"),
        ("c", "", "", ""),
        ("", "", "", ""),
    ]
    assert [row["stated_on"][:10] for row in _rows(JSON_FEED, "feed.json")] == ["2016-04-03", "2016-04-04"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param("Sun, 03 Apr 2016 23:30:00 -0500", "2016-04-03", id="late in the west"),
        pytest.param("Mon, 04 Apr 2016 00:30:00 +1400", "2016-04-04", id="early in the east"),
        pytest.param("Sun, 03 Apr 16 23:30:00 EST", "2016-04-03", id="a year of two digits, as RFC 822 has it"),
        pytest.param("Sun, 03 Apr 2016 23:30:00 +0000 (UTC)", "2016-04-03", id="a remark"),
        pytest.param("3 Apr 2016", "2016-04-03", id="no time"),
        pytest.param("2016-04-03T23:30:00.123-05:00", "2016-04-03", id="ISO"),
        pytest.param("2016-04", "2016-04", id="a month"),
    ],
)
def test_the_day_is_the_one_written(day: str, expected: str) -> None:
    data_set = load_input(InputFile.from_bytes(rss(item(day=day)), "feed.xml"))
    assert [str(statement.stated_on) for statement in data_set.statements] == [expected]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        pytest.param([item(day="")], [(1, "date-missing", Severity.REJECTED)], id="no date, no row"),
        pytest.param([item(day="yesterday")], [(1, "date-invalid", Severity.REJECTED)], id="no date that can be read"),
        pytest.param([item(), item()], [(2, "guid-repeated", Severity.IGNORED)], id="the same item again"),
        pytest.param([item(), item(text="No.")], [(2, "guid-repeated", Severity.IGNORED)], id="the same guid with another text"),
        pytest.param([item("a", link="javascript:alert(1)")], [(1, "address-not-web", Severity.WARNING)], id="a script as link"),
        pytest.param([item("", text="", title="")], [(1, "words-missing", Severity.REJECTED)], id="no words"),
    ],
)
def test_what_becomes_of_items(items: list[str], expected: list[tuple[int, str, Severity]]) -> None:
    data_set = load_input(InputFile.from_bytes(rss(*items), "feed.xml"))
    found = [(p.record, p.code, p.severity) for p in data_set.problems if p.record is not None]
    assert found[: len(expected)] == expected
    assert len(data_set.statements) + data_set.n_rejected + data_set.n_ignored == data_set.n_records == len(items)


def test_whose_statements_they_are_can_be_said() -> None:
    (row,) = _rows(rss(item()), mapping={"=France": "country"})
    assert (row["country"], row["organisation"]) == ("France", "")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("1", "https://mfa.example/1", id="relative to the channel"),
        pytest.param("//other.example/1", "https://other.example/1", id="of the same scheme"),
        pytest.param("https://mfa.example/?a=1&amp;copy=2", "https://mfa.example/?a=1&copy=2", id="a parameter like an entity"),
        pytest.param("http://[broken", "http://[broken", id="no address"),
    ],
)
def test_links(written: str, expected: str) -> None:
    assert read_feed(rss(item(link=written))).items[0].link == expected


def test_a_guid_that_is_an_address_is_the_link_unless_it_says_not() -> None:
    asked = [
        rss(item("https://mfa.example/7", link="")),
        rss(item(link="").replace("<guid>g1", '<guid isPermaLink="false">https://m.example')),
    ]
    assert [read_feed(data).items[0].link for data in asked] == ["https://mfa.example/7", ""]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(rss(item(text="caf&eacute;&nbsp;a")), "café\xa0a", id="characters HTML has names for"),
        pytest.param(rss(item(text="&#233;")), "é", id="numbered"),
        pytest.param(rss(item(text="a\n\nb")), "a\n\nb", id="plain lines"),
        pytest.param(rss(item(text="<p>a</p><p>b</p>")), "a\n\nb", id="tags that are not escaped"),
        pytest.param(rss(item(text="<![CDATA[a & b <i>c</i>]]>")), "a & b c", id="CDATA"),
        pytest.param(rss(item(text="1 &lt; 2")), "1 < 2", id="a sign that is no tag"),
        pytest.param(rss(item(text="Déclaration")).decode().encode("utf-16"), "Déclaration", id="UTF-16"),
        pytest.param(rss(item(text="Россия")).decode().replace("UTF-8", "windows-1251").encode("cp1251"), "Россия", id="as declared"),
        pytest.param(rss(item(text="Déclaration de la porte-parole")).decode().encode("cp1252"), "Déclaration", id="says UTF-8, is not"),
    ],
)
def test_texts(data: bytes, text: str) -> None:
    assert read_feed(data).items[0].text.startswith(text)


_DOCTYPE = b'<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'


def test_rss_091_with_its_document_type_is_read_and_the_type_not_fetched() -> None:
    assert len(read_feed(_DOCTYPE + rss(item(), version="0.91").split(b"?>", 1)[1]).items) == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b'<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel/></rss>', "xml-entities", id="entity"),
        pytest.param(b'<!DOCTYPE rss SYSTEM "http://evil.test/x.dtd"><rss><channel/></rss>', "xml-entities", id="external type"),
        pytest.param(_DOCTYPE[:-1] + b'[<!ENTITY a SYSTEM "file:///etc/passwd">]><rss/>', "xml-entities", id="entity in a known type"),
        pytest.param(b"<!doctype html><p>Sign in</p>", "feed-unknown", id="web page"),
        pytest.param(b"<opml/>", "feed-unknown", id="other XML"),
        pytest.param(b'{"items": []}', "feed-unknown", id="other JSON"),
        pytest.param(b"[1]", "feed-unknown", id="a list"),
        pytest.param(b"hello", "feed-unknown", id="text"),
        pytest.param(b"", "feed-unknown", id="nothing"),
        pytest.param(rss(item())[:-30], "feed-damaged", id="cut off"),
        pytest.param(rss("<item><title>AT&T</title></item>"), "feed-damaged", id="not well-formed"),
        pytest.param(JSON_FEED[:-5], "feed-damaged", id="JSON cut off"),
        pytest.param(b"<rss>" + b"<a>" * 100 + b"</a>" * 100 + b"</rss>", "nested-too-deeply", id="nested"),
        pytest.param(rss("<item/>" * 20_001), "too-many-rows", id="items without end"),
        pytest.param(b" " * 20_000_001, "file-too-large", id="too large"),
    ],
)
def test_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_feed(data)
    assert refused.value.problem.code == code


def test_a_feed_without_items_is_a_feed_but_no_table() -> None:
    assert read_feed(rss()).items == ()
    with pytest.raises(FileRefused, match="no items"):
        _rows(rss())


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param(b"\xef\xbb\xbf <?xml version='1.0'?><rss>", True, id="RSS"),
        pytest.param(b"<!-- made by x --><r:RDF xmlns:r='x'>", True, id="RDF"),
        pytest.param(b'{"version":"https:\\/\\/jsonfeed.org\\/version\\/1"', True, id="JSON Feed"),
        pytest.param(b'{"statements": []}', False, id="JSON"),
        pytest.param(b"<?xml version='1.0'?><html>", False, id="page"),
        pytest.param(b"date,rss\n<rss>", False, id="table"),
    ],
)
def test_feeds_are_known_by_their_beginning(head: bytes, expected: bool) -> None:
    assert looks_like_feed(head) is expected


@pytest.mark.parametrize("piece", ["&lt;", "&amp;", "<b>x</b>"])
def test_feeds_made_to_hurt_take_time_with_their_length(piece: str) -> None:
    assert grows_with_its_length(lambda n: read_feed(rss(item(text=piece * n))), 5_000)


def test_feeds_of_many_items_take_time_with_their_number() -> None:
    assert grows_with_its_length(lambda n: read_feed(rss("<item/>" * n)), 1_000)
