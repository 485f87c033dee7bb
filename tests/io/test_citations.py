"""Citations hold what is known, nothing invented, and break in no format; links lead to the quote."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.io.citations import bibtex, csl_json, plain, ris, text_fragment_url

RECORD = {
    "statement_id": "t-1",
    "stated_on": "2016-07-28",
    "country": "TST",
    "organisation": "Test Ministry",
    "spokesperson": "Tést Person",
    "role": "Minister",
    "quote": "A synthetic quote",
    "quote_language": "en",
    "channel": "interview",
    "document_title": "Talks & 100% {of} $them_#1~^\\",
    "publisher": "Test Press",
    "document_url": "https://example.org/a_b%20c",
    "published_on": "2016-07-29",
}
FORMS = [plain, bibtex, ris, csl_json]


@pytest.mark.parametrize("form", FORMS)
def test_what_a_citation_needs_is_in_it(form) -> None:
    cited = form(RECORD)
    for part in ("Tést Person", "2016", "A synthetic quote", "Test Press", "https://example.org/a_b%20c"):
        assert part in cited


@pytest.mark.parametrize(
    ("stated_on", "csl", "ris_date", "bibtex_dates"),
    [
        ("2016", [[2016]], "2016///", ["year = {2016}"]),
        ("2016-07", [[2016, 7]], "2016/07//", ["year = {2016}", "month = jul"]),
        ("2016-07-08", [[2016, 7, 8]], "2016/07/08/", ["year = {2016}", "month = jul", "day = {8}"]),
    ],
)
def test_dates_are_as_precise_as_known(stated_on: str, csl: list, ris_date: str, bibtex_dates: list[str]) -> None:
    record = RECORD | {"stated_on": stated_on}
    assert json.loads(csl_json(record))[0]["issued"]["date-parts"] == csl
    assert f"DA  - {ris_date}\n" in ris(record)
    assert re.findall(r"(?:year|month|day) = [^,\n]+", bibtex(record)) == bibtex_dates


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        pytest.param("", "“A synthetic quote”", id="not-said"),
        pytest.param("direct", "“A synthetic quote”", id="word-for-word"),
        pytest.param("mixed", "[partly quoted] A synthetic quote", id="partly-quoted"),
        pytest.param("Indirect", "[reported] A synthetic quote", id="reported"),
    ],
)
def test_marks_stand_only_around_words_that_were_said_so(kind: str, said: str) -> None:
    record = RECORD | {"quote_kind": kind}
    assert f": {said} In: " in plain(record)
    for form in (bibtex, ris, csl_json):
        assert said.strip("“”") in form(record) and "“" not in form(record)


def test_no_date_of_access_is_invented() -> None:
    assert "accessed" not in " ".join(form(RECORD) for form in FORMS).casefold()


def test_bibtex_is_escaped() -> None:
    assert r"title = {{Talks \& 100\% \{of\} \$them\_\#1\textasciitilde{}\textasciicircum{}\textbackslash{}}}" in bibtex(RECORD)


@pytest.mark.parametrize("form", FORMS)
def test_an_unsafe_address_is_not_cited_as_one(form) -> None:
    assert "javascript" not in form(RECORD | {"document_url": "javascript:alert(1)"})


@given(st.dictionaries(st.sampled_from(sorted(RECORD)), st.text(max_size=30)))
def test_no_text_breaks_a_citation(changes: dict[str, str]) -> None:
    record = RECORD | changes
    assert "\n" not in plain(record)
    entry = re.sub(r"\\[{}]|\\text\w+\{\}", "", bibtex(record))
    depth = 0
    for character in entry:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in ris(record).removesuffix("\n").split("\n"))
    assert len(json.loads(csl_json(record))) == 1


@pytest.mark.parametrize(
    ("quote", "fragment"),
    [
        ("safe-zones, now & then", "safe%2Dzones%2C%20now%20%26%20then"),
        ("“Quoted”", "Quoted"),
        ("два слова", "%D0%B4%D0%B2%D0%B0%20%D1%81%D0%BB%D0%BE%D0%B2%D0%B0"),
        ("one two … three four", "one%20two,three%20four"),
        ("two\n  lines", "two%20lines"),
    ],
)
def test_text_fragments(quote: str, fragment: str) -> None:
    assert text_fragment_url("https://example.org/a", quote) == f"https://example.org/a#:~:text={fragment}"


@pytest.mark.parametrize("quote", ["word " * 100, "字" * 400, "x" * 400, "a b " + "c" * 400])
def test_long_quotes_are_found_by_their_ends(quote: str) -> None:
    start, _, end = text_fragment_url("https://example.org/a", quote).partition("text=")[2].partition(",")
    assert quote.strip().startswith(unquote(start))
    assert quote.strip().endswith(unquote(end))
    assert len(unquote(start)) < 420
    assert end


def test_an_anchor_is_kept_and_an_old_fragment_replaced() -> None:
    assert text_fragment_url("https://example.org/a#top:~:text=old", "new") == "https://example.org/a#top:~:text=new"
    assert text_fragment_url("https://example.org/a", " … ") == "https://example.org/a"


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "www.example.org", "ftp://example.org/a"])
def test_without_a_web_address_there_is_no_link(url: str) -> None:
    assert text_fragment_url(url, "quote") == ""


@given(st.text(max_size=400))
def test_a_fragment_never_leaves_its_place(quote: str) -> None:
    assert re.fullmatch(
        r"https://example\.org/a(?:#:~:text=[A-Za-z0-9%._~]+(?:,[A-Za-z0-9%._~]+)?)?", text_fragment_url("https://example.org/a", quote)
    )
