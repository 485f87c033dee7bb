"""GDELT, Quotebank and PLOVER lines: what each can give, what it cannot, and that no line is lost. All rows are invented."""

from __future__ import annotations

import bz2
import gzip
import json
import re
from collections import Counter
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.problems import Severity, count_records
from tracker.io import gdelt, plover, quotebank
from tracker.io.declared import Declared
from tracker.io.inputs import AS_FOUND, ImportCancelled, InputFile, Opened, ReadOptions
from tracker.io.refusals import FileRefused
from tracker.io.statements_read import StatementReader

LEAKS = re.compile(r"Traceback|\b\w+(Error|Exception)\b\s*[:(]|codec can't|0x[0-9a-f]{2} in position|File \"")

ARTICLE = {
    "date": "2020-07-19T23:30:00Z",
    "url": "https://example.org/invented",
    "title": "An invented article",
    "lang": "ENGLISH",
    "quotes": [{"pre": "the invented spokesman said", "quote": "An invented sentence", "post": "on Sunday"}, {"quote": "Another one"}],
}
QUOTATION = {
    "quoteID": "2020-01-16-000001",
    "quotation": "An invented sentence",
    "speaker": "Jane Example",
    "qids": ["Q0"],
    "date": "2020-01-16 12:00:13",
    "numOccurrences": 3,
    "probas": [["Jane Example", "0.8867"], ["None", "0.1133"]],
    "urls": ["https://example.org/1", "https://example.org/2"],
    "phase": "E",
}
BY_ARTICLE = {
    "articleID": "A1",
    "articleLength": 100,
    "date": "2020-01-17 08:00:00",
    "phase": "E",
    "title": "An invented article",
    "url": "https://example.org/a1",
    "names": [],
    "quotations": [
        {
            "quoteID": "q1",
            "quotation": "One",
            "localTopSpeaker": "Jane Example",
            "globalTopSpeaker": "None",
            "localProbas": [["Jane Example", "0.4"]],
        },
        {"quoteID": "q2", "quotation": "Two", "localTopSpeaker": "None", "globalTopSpeaker": "John Example", "globalProbas": []},
        {"quoteID": "q3", "quotation": "Three", "localTopSpeaker": "None", "globalTopSpeaker": "None"},
    ],
}
EVENT = {
    "id": "e1",
    "date": "2020-02-03",
    "actor": [{"code": "FRA", "sector": "GOV", "entity_text": "Jane Example", "office": "Minister of Tests", "identifier_id": "Q0"}],
    "recipient": [{"code": "DEU", "entity_text": "Germany"}],
    "event": ["ACCUSE"],
    "mode": ["disapprove"],
    "context": ["human_rights", "diplomatic"],
    "text": "Before. An invented sentence. After.",
    "text_info": {"start": 8, "end": 29},
    "cite_info": {
        "url": "https://example.org/e1",
        "title": "Invented news",
        "language": "en",
        "publication": "Test Press",
        "license": "CC0",
    },
    "coder": "coder-1",
    "coded_date": "2020-03-01",
    "comment": "Invented.",
}
AS_TESTLAND = ReadOptions(mapping={"=Testland": "country"})


def file_of(*entries: object, name: str = "a.json", pack=bytes) -> InputFile:
    lines = [entry if isinstance(entry, bytes) else json.dumps(entry).encode() for entry in entries]
    return InputFile.from_bytes(pack(b"\n".join(lines) + b"\n"), name)


def codes(opened: Opened) -> Counter[str]:
    return Counter(problem.code for problem in opened.found.problems)


def conserved(opened: Opened) -> bool:
    found = opened.found
    n_left = sum(count_records(found.problems, severity) for severity in (Severity.REJECTED, Severity.IGNORED))
    return len(found.rows) + n_left == found.n_records


def filled(opened: Opened, n: int = 0) -> dict[str, str]:
    return {name: text for name, text in opened.found.rows[n].values.items() if text}


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress], ids=["plain", "gzip", "bzip2"])
@pytest.mark.parametrize(
    ("entry", "reader"),
    [(ARTICLE, gdelt), (QUOTATION, quotebank), (BY_ARTICLE, quotebank), (EVENT, plover)],
    ids=["gdelt", "quotebank", "quotebank-by-article", "plover"],
)
def test_each_reader_knows_its_own_lines_only(entry: dict[str, object], reader: ModuleType, pack) -> None:
    file = file_of(entry, entry, pack=pack)
    assert [module for module in (gdelt, quotebank, plover) if module.recognises(file)] == [reader]


@pytest.mark.parametrize("entry", [{"date": "2016", "country": "FRA", "quote": "x"}, ["a"], {}, {"quotes": 1}], ids=str)
def test_other_lines_are_nobodys(entry: object) -> None:
    assert not any(module.recognises(file_of(entry)) for module in (gdelt, quotebank, plover))


# --- GDELT --------------------------------------------------------------------------------------------------------


def test_gdelt_names_nobody_so_every_quotation_is_rejected_and_counted() -> None:
    opened = gdelt.read(file_of(*[ARTICLE] * 500, ARTICLE | {"quotes": []}), AS_FOUND)
    assert (opened.found.rows, opened.found.n_records, conserved(opened)) == ([], 1_001, True)
    assert count_records(opened.found.problems, Severity.REJECTED) == 1_000
    assert len(opened.found.problems) == 202
    assert codes(opened).keys() == {"speaker-not-in-format", "article-without-quotes"}


def test_gdelt_with_an_actor_given() -> None:
    opened = gdelt.read(file_of(ARTICLE, pack=gzip.compress), AS_TESTLAND)
    assert filled(opened) == {
        "stated_on": "2020-07-19",
        "stated_on_given": "2020-07-19T23:30:00Z",
        "country": "Testland",
        "quote": "An invented sentence",
        "quote_language": "ENGLISH",
        "document_title": "An invented article",
        "document_url": "https://example.org/invented",
        "published_on": "2020-07-19",
        "note": "The date is when GDELT saw the article. In the article: the invented spokesman said […] on Sunday",
    }
    assert (len(opened.found.rows), opened.delimiter, opened.guesses[0].what) == (2, "gzip", "stated_on")


# --- Quotebank ----------------------------------------------------------------------------------------------------


def test_quotebank_by_quotation() -> None:
    opened = quotebank.read(file_of(QUOTATION, pack=bz2.compress), AS_TESTLAND)
    assert filled(opened) == {
        "statement_id": "quotebank-2020-01-16-000001",
        "stated_on": "2020-01-16",
        "stated_on_given": "2020-01-16 12:00:13",
        "country": "Testland",
        "spokesperson": "Jane Example",
        "quote": "An invented sentence",
        "quote_language": "en",
        "document_url": "https://example.org/1",
        "note": "Quotebank counts 3 occurrences, the earliest on this date. Likelihood of the speaker 0.8867. Wikidata Q0. "
        "Also at https://example.org/2.",
    }
    assert not opened.found.problems


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"speaker": "None"}, "speaker-not-found", id="speaker-none"),
        pytest.param({"speaker": None}, "speaker-not-found", id="speaker-null"),
        pytest.param({"speaker": " "}, "speaker-not-found", id="speaker-blank"),
        pytest.param({"qids": ["Q1", "Q2"]}, "person-ambiguous", id="two-persons"),
        pytest.param({"probas": [["Jane Example", "0.31"]]}, "attribution-unlikely", id="unlikely"),
        pytest.param({"phase": "B"}, "text-lowered", id="lowered"),
        pytest.param({"quotation": "half \ud800"}, "row-encoding", id="half-a-character"),
    ],
)
def test_quotebank_says_what_is_doubtful(changes: dict[str, object], code: str) -> None:
    opened = quotebank.read(file_of(QUOTATION | changes), AS_TESTLAND)
    assert (list(codes(opened)), conserved(opened)) == ([code], True)


@pytest.mark.parametrize("likelihood", ["0.5", "nonsense", None, [1], "nan"], ids=str)
def test_a_likelihood_that_is_none_is_no_fault(likelihood: object) -> None:
    assert not codes(quotebank.read(file_of(QUOTATION | {"probas": [["Jane Example", likelihood]]}), AS_TESTLAND))


def test_quotebank_names_no_actor() -> None:
    opened = quotebank.read(file_of(QUOTATION), AS_FOUND)
    assert (codes(opened), conserved(opened)) == ({"actor-not-in-format": 1}, True)
    opened = quotebank.read(file_of(QUOTATION), ReadOptions(mapping={"speaker": "organisation"}))
    assert filled(opened)["organisation"] == filled(opened)["spokesperson"] == "Jane Example"


def test_quotebank_by_article() -> None:
    opened = quotebank.read(file_of(BY_ARTICLE, BY_ARTICLE | {"quotations": []}), AS_TESTLAND)
    assert [row.values["spokesperson"] for row in opened.found.rows] == ["Jane Example", "John Example"]
    assert filled(opened)["statement_id"] == "quotebank-q1-A1"
    assert (filled(opened)["document_title"], filled(opened)["document_url"]) == ("An invented article", "https://example.org/a1")
    assert codes(opened) == {"speaker-not-found": 1, "attribution-unlikely": 1, "article-without-quotes": 1}
    assert conserved(opened)


# --- PLOVER -------------------------------------------------------------------------------------------------------


def test_plover_event_in_words() -> None:
    opened = plover.read(file_of(EVENT), AS_FOUND)
    assert filled(opened) == {
        "statement_id": "plover-e1",
        "stated_on": "2020-02-03",
        "country": "FRA",
        "spokesperson": "Jane Example",
        "role": "Minister of Tests",
        "issue": "human_rights",
        "act": "condemn",
        "target": "DEU",
        "quote": "An invented sentence.",
        "quote_language": "en",
        "document_title": "Invented news",
        "publisher": "Test Press",
        "document_url": "https://example.org/e1",
        "coder": "coder-1",
        "coded_on": "2020-03-01",
        "note": "PLOVER ACCUSE disapprove. Contexts: human_rights, diplomatic. Sector GOV. Wikidata Q0. Licence CC0. Invented.",
    }


@pytest.mark.parametrize(
    ("event", "mode", "act"),
    [
        ("AGREE", [], "agree"),
        ("SUPPORT", [], "support"),
        ("REQUEST", [], "request"),
        ("REQUEST", ["change"], "demand"),
        ("request", ["meet"], "request"),
        ("ACCUSE", ["allege"], "accuse"),
        ("REJECT", ["assist"], "reject"),
        ("THREATEN", ["violence"], "threaten"),
        ("PROTEST", [], "protest"),
        ("010", [], "comment"),
        ("016", [], "deny"),
        ("10", [], "demand"),
        ("1122", [], "accuse"),
        ("111", [], "condemn"),
        ("NEWCLASS", [], "NEWCLASS"),
        (["ASSAULT", "THREATEN"], [], "threaten"),
        ({"code": "DENOUNCE"}, [], "DENOUNCE"),
    ],
)
def test_classes_of_events_become_acts(event: object, mode: list[str], act: str) -> None:
    assert filled(plover.read(file_of(EVENT | {"event": event, "mode": mode}), AS_FOUND))["act"] == act


@pytest.mark.parametrize("event", ["ASSAULT", "SANCTION", "AID", "CONSULT", "190", "08"])
def test_deeds_are_no_statements(event: str) -> None:
    opened = plover.read(file_of(EVENT | {"event": [event]}), AS_FOUND)
    assert (codes(opened), conserved(opened)) == ({"event-no-words": 1}, True)


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        ({"code": "FRA"}, {"country": "FRA"}),
        ({"code": "FRA", "entity_text": "France"}, {"country": "FRA"}),
        ({"code": "FRA", "entity_text": "Ministry of Tests"}, {"country": "FRA", "organisation": "Ministry of Tests"}),
        ({"code": "IGOUNO", "entity_text": "United Nations"}, {"organisation": "United Nations"}),
        ({"code": "IGOTST"}, {"organisation": "IGOTST"}),
        ({"entity_text": "Testland"}, {"organisation": "Testland"}),
        ({"entity_text": "France"}, {"country": "France"}),
        ({"code": "JAP"}, {"organisation": "JAP"}),
    ],
    ids=str,
)
def test_who_acts(actor: dict[str, str], expected: dict[str, str]) -> None:
    row = filled(plover.read(file_of(EVENT | {"actor": [actor]}), AS_FOUND))
    assert {name: text for name, text in row.items() if name in ("country", "organisation", "spokesperson", "role")} == expected


def test_every_actor_of_an_event_is_a_record() -> None:
    opened = plover.read(file_of(EVENT | {"actor": [{"code": "FRA"}, {"code": "DEU"}]}), AS_FOUND)
    assert [row.values["statement_id"] for row in opened.found.rows] == ["plover-e1-FRA", "plover-e1-DEU"]
    assert (opened.found.n_records, conserved(opened)) == (2, True)
    assert "One of 2 actors of this event." in filled(opened)["note"]


@pytest.mark.parametrize(
    ("offsets", "quote"),
    [
        ({"start": 8, "end": 14}, "An inv"),
        ({"start": 5, "end": 5}, EVENT["text"]),
        ({"start": -1, "end": 5}, EVENT["text"]),
        ({"start": 0, "end": 9_999}, EVENT["text"]),
        ({"start": "8", "end": 14}, EVENT["text"]),
        (None, EVENT["text"]),
    ],
    ids=str,
)
def test_the_quote_is_what_the_offsets_mark(offsets: object, quote: str) -> None:
    assert filled(plover.read(file_of(EVENT | {"text_info": offsets}), AS_FOUND))["quote"] == quote


def test_older_names_and_unknown_fields_of_plover() -> None:
    older = {("source" if key == "actor" else "target" if key == "recipient" else key): value for key, value in EVENT.items()}
    opened = plover.read(file_of(older | {"mood": 1}), AS_FOUND)
    assert (filled(opened)["country"], filled(opened)["target"]) == ("FRA", "DEU")
    assert [guess.guess for guess in opened.guesses if guess.what == "fields left aside"] == ["mood"]
    assert codes(plover.read(file_of(EVENT | {"actor": []}), AS_FOUND)) == {"actor-missing": 1}


# --- all ----------------------------------------------------------------------------------------------------------

EACH = pytest.mark.parametrize(
    ("reader", "entry"), [(gdelt, ARTICLE), (quotebank, QUOTATION), (plover, EVENT)], ids=["gdelt", "quotebank", "plover"]
)


@EACH
@pytest.mark.parametrize(
    ("line", "code"),
    [
        pytest.param(b'{"cut": "o', "json-malformed", id="cut"),
        pytest.param(b"[1, 2]", "json-malformed", id="no-object"),
        pytest.param(b"[" * 100_000, "json-malformed", id="nested"),
        pytest.param(b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "json-malformed", id="nested-objects"),
        pytest.param(b'{"n": ' + b"9" * 10_000 + b"}", "json-malformed", id="long-number"),
        pytest.param(b'{"a": "\xff\xfe"}', "row-encoding", id="no-utf-8"),
        pytest.param(b"\0" * 100, "json-malformed", id="nul"),
        pytest.param(b'{"a": "' + b"x" * 8_000_001 + b'"}', "json-malformed", id="too-long"),
    ],
)
def test_a_bad_line_is_rejected_alone(reader: ModuleType, entry: dict[str, object], line: bytes, code: str) -> None:
    opened = reader.read(file_of(entry, line, entry), AS_TESTLAND)
    bad = [problem for problem in opened.found.problems if problem.line == 2]
    assert ([problem.code for problem in bad], conserved(opened)) == ([code], True)
    assert {row.line for row in opened.found.rows} == {1, 3}


@EACH
@pytest.mark.parametrize("n_lines", [1, 5_000])
def test_a_file_without_a_single_object_is_refused(reader: ModuleType, entry: dict[str, object], n_lines: int) -> None:
    with pytest.raises(FileRefused) as refused:
        reader.read(file_of(*[b"not json"] * n_lines), AS_FOUND)
    assert refused.value.problem.code == "json-no-lines"


@EACH
def test_a_byte_order_mark_and_blank_lines_are_nothing(reader: ModuleType, entry: dict[str, object]) -> None:
    opened = reader.read(file_of(b"\xef\xbb\xbf" + json.dumps(entry).encode(), b"", b"  ", entry), AS_TESTLAND)
    assert {row.line for row in opened.found.rows} == {1, 4}


@EACH
def test_reading_can_be_cancelled(reader: ModuleType, entry: dict[str, object]) -> None:
    def cancel(_n_records: int, _n_expected: int) -> None:
        raise ImportCancelled

    with pytest.raises(ImportCancelled):
        reader.read(file_of(*[entry] * 1_500), ReadOptions(mapping=AS_TESTLAND.mapping, progress=cancel))


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


@EACH
@given(data=st.data())
def test_values_of_any_kind_are_kept_or_rejected(reader: ModuleType, entry: dict[str, object], data: st.DataObject) -> None:
    keys = data.draw(st.lists(st.sampled_from(sorted(entry)), max_size=4))
    changed = entry | {key: data.draw(_VALUES | st.dictionaries(st.sampled_from(["code", "quote", "start"]), _VALUES)) for key in keys}
    opened = reader.read(file_of(changed, entry), AS_TESTLAND)
    assert conserved(opened)
    statements = StatementReader(Declared(), "a.json")
    kept = statements.read(opened.found)
    n_left = sum(count_records(statements.problems, severity) for severity in (Severity.REJECTED, Severity.IGNORED))
    assert len(kept) + n_left == len(opened.found.rows)
    for problem in (*opened.found.problems, *statements.problems):
        assert not LEAKS.search(problem.message)


@EACH
@given(changes=st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 255)), min_size=1, max_size=5))
def test_changed_bytes_are_read_or_refused(reader: ModuleType, entry: dict[str, object], changes: list[tuple[int, int]]) -> None:
    data = bytearray(json.dumps(entry).encode() + b"\n") * 3
    for place, value in changes:
        data[place % len(data)] = value
    try:
        opened = reader.read(InputFile.from_bytes(bytes(data), "a.json"), AS_TESTLAND)
    except FileRefused as refused:
        assert not LEAKS.search(str(refused))
    else:
        assert conserved(opened)
