"""The bundled data set holds together: keys, codes, dates, words, links, hashes, and the counts its README states.

Every check stands beside deliberate faults that it must see.
"""

from __future__ import annotations

import copy
import csv
import io
from collections.abc import Callable

import pytest

from tests.data.aleppo_checks import (
    FOLDER,
    FOUNDING,
    Check,
    Package,
    Row,
    actors_are_those_that_occur,
    coded_values_are_of_the_vocabulary,
    codes_are_iso,
    comparisons_ask_for_what_is_there,
    counts_are_as_stated,
    dates_are_real_and_in_range,
    foreign_keys_resolve,
    hashes_and_sizes_match,
    headers_match_schemas,
    keys_are_unique_and_well_formed,
    links_are_http,
    needed_cells_are_filled,
    notes_name_real_rows_and_the_reported_office,
    nothing_is_said_after_it_was_published,
    nothing_is_there_twice,
    quotes_are_in_the_script_of_their_language,
    quotes_are_short,
    quotes_are_translated_unless_english,
    read_package,
    rows_are_as_wide_as_the_header,
    spokespersons_hold_the_office_of_their_statements,
    tables_are_what_the_descriptor_says,
    text_is_clean,
)
from tracker.core.model import Outcome
from tracker.io.packages import load_data_set


def _cell(table: str, column: str, text: str, where: Callable[[Row], bool] = lambda row: True) -> Callable[[Package], None]:
    """A fault: another text in one cell, in the first row that fits."""

    def spoil(package: Package) -> None:
        rows, header = package.table(table), package.header(table)
        next(row for row in rows if where(row))[column] = text
        written = io.StringIO(newline="")
        writer = csv.DictWriter(written, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        package.content[table] = written.getvalue().encode()

    return spoil


def _bytes(table: str, old: bytes, new: bytes) -> Callable[[Package], None]:
    """A fault: other bytes in a file, once."""

    def spoil(package: Package) -> None:
        assert old in package.content[table]
        package.content[table] = package.content[table].replace(old, new, 1)

    return spoil


def _founding(row: Row) -> bool:
    return row["publisher"] == FOUNDING and row["spokesperson"] == "Sergei Shoigu"


def _russian(row: Row) -> bool:
    return row["quote_language"] == "ru"


FAULTS: list[tuple[Check, str, Callable[[Package], None]]] = [
    (tables_are_what_the_descriptor_says, "file-of-no-resource", lambda p: p.content.update(extra=b"a\n1\n")),
    (tables_are_what_the_descriptor_says, "version-1", lambda p: p.descriptor.pop("$schema")),
    (hashes_and_sizes_match, "one-byte-changed", _bytes("issues", b"Air strikes", b"Air-strikes")),
    (hashes_and_sizes_match, "one-byte-more", _bytes("events", b"Vienna", b"Viennas")),
    (headers_match_schemas, "column-renamed", _bytes("events", b"happened_on", b"date")),
    (headers_match_schemas, "columns-swapped", _bytes("statements", b"country,organisation", b"organisation,country")),
    (rows_are_as_wide_as_the_header, "cell-too-many", _bytes("issues", b"\nair-strikes,", b"\nair-strikes,,")),
    (rows_are_as_wide_as_the_header, "cell-missing", _bytes("actors", b"AUS,Australia,", b"AUS,")),
    (keys_are_unique_and_well_formed, "id-twice", _cell("statements", "statement_id", "aleppo-0002")),
    (keys_are_unique_and_well_formed, "id-malformed", _cell("statements", "statement_id", "aleppo-1")),
    (keys_are_unique_and_well_formed, "event-renamed", _cell("events", "event_id", "event-1")),
    (foreign_keys_resolve, "unknown-issue", _cell("statements", "issue", "no-such-issue")),
    (foreign_keys_resolve, "unknown-target", _cell("statements", "target", "PRK")),
    (foreign_keys_resolve, "undeclared", lambda p: p.schema("statements").pop("foreignKeys")),
    (codes_are_iso, "no-country", _cell("statements", "country", "XXX")),
    (codes_are_iso, "no-language", _cell("statements", "quote_language", "xx")),
    (codes_are_iso, "three-letter-language", _cell("statements", "quote_language", "eng")),
    (dates_are_real_and_in_range, "30-february", _cell("statements", "stated_on", "2016-02-30")),
    (dates_are_real_and_in_range, "after-the-range", _cell("statements", "stated_on", "2017-02-01")),
    (dates_are_real_and_in_range, "only-possibly-in-range", _cell("events", "happened_on", "2015")),
    (nothing_is_said_after_it_was_published, "a-day-late", _cell("statements", "published_on", "2015-09-27")),
    (nothing_is_said_after_it_was_published, "month-before", _cell("statements", "published_on", "2015-08")),
    (needed_cells_are_filled, "no-position", _cell("statements", "position", "")),
    (quotes_are_short, "61-words", _cell("statements", "quote", "word " * 60 + "word")),
    (quotes_are_translated_unless_english, "not-translated", _cell("statements", "quote_en", "", _russian)),
    (quotes_are_translated_unless_english, "no-translator", _cell("statements", "translation_by", "", _russian)),
    (quotes_are_translated_unless_english, "english-translated", _cell("statements", "quote_en", "There cannot be")),
    (quotes_are_in_the_script_of_their_language, "latin-as-russian", _cell("statements", "quote", "Eto", _russian)),
    (quotes_are_in_the_script_of_their_language, "russian-as-english", _cell("statements", "quote_language", "en", _russian)),
    (nothing_is_there_twice, "same-again", lambda p: p.content.update(statements=p.content["statements"] * 2)),
    (links_are_http, "javascript", _cell("statements", "document_url", "javascript:alert(1)")),
    (links_are_http, "no-host", _cell("events", "document_url", "https:///page")),
    (links_are_http, "address-missing", _cell("statements", "document_url", "")),
    (links_are_http, "address-invented", _cell("statements", "document_url", "https://example.org", _founding)),
    (coded_values_are_of_the_vocabulary, "stance", _cell("statements", "stance", "Support")),
    (coded_values_are_of_the_vocabulary, "stance-empty", _cell("statements", "stance", "")),
    (coded_values_are_of_the_vocabulary, "act", _cell("statements", "act", "shout")),
    (coded_values_are_of_the_vocabulary, "channel", _cell("statements", "channel", "tweet")),
    (coded_values_are_of_the_vocabulary, "kind", _cell("actors", "kind", "party")),
    (coded_values_are_of_the_vocabulary, "enum", lambda p: p.schema("statements")["fields"][8]["constraints"]["enum"].pop()),
    (spokespersons_hold_the_office_of_their_statements, "unlisted", _cell("statements", "spokesperson", "Nobody")),
    (spokespersons_hold_the_office_of_their_statements, "other-office", _cell("spokespersons", "role", "Clerk")),
    (actors_are_those_that_occur, "opposition-as-state", _cell("actors", "name", "HNC", lambda row: "high-neg" in row["actor_id"])),
    (actors_are_those_that_occur, "unused-state", _cell("actors", "actor_id", "PRK")),
    (actors_are_those_that_occur, "other-country", _cell("actors", "country", "RUS")),
    (notes_name_real_rows_and_the_reported_office, "dangling", _cell("statements", "note", "See aleppo-9999.")),
    (notes_name_real_rows_and_the_reported_office, "office-unsaid", _cell("statements", "note", "", _founding)),
    (comparisons_ask_for_what_is_there, "elsewhere", _bytes("comparisons", b"/compare?", b"https://example.org/compare?")),
    (comparisons_ask_for_what_is_there, "unknown-issue", _bytes("comparisons", b"issue=humanitarian-corridors", b"issue=corridors")),
    (comparisons_ask_for_what_is_there, "unknown-parameter", _bytes("comparisons", b"spokesperson=", b"speaker=")),
    (comparisons_ask_for_what_is_there, "no-date", _bytes("comparisons", b"2016-07-28", b"2016-07-32")),
    (text_is_clean, "trailing-space", _cell("statements", "quote", "words ")),
    (text_is_clean, "line-feed", _cell("issues", "title", "two\nlines")),
    (text_is_clean, "decomposed", _cell("issues", "title", "e\u0301")),
    (text_is_clean, "carriage-return", _bytes("events", b"\n", b"\r\n")),
    (counts_are_as_stated, "statement-lost", lambda p: p.content.update(statements=p.content["statements"].rsplit(b"\n", 2)[0] + b"\n")),
    (counts_are_as_stated, "readme-stale", lambda p: setattr(p, "readme", p.readme.replace("| events | 41 |", "| events | 40 |"))),
    (counts_are_as_stated, "description-stale", lambda p: p.descriptor.update(description="278 statements")),
]

CHECKS = list(dict.fromkeys(check for check, _, _ in FAULTS))


@pytest.fixture(scope="module")
def package() -> Package:
    """The bundled package, read once; checks do not change it."""
    return read_package()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_data_set_passes(check: Check, package: Package) -> None:
    assert list(check(package)) == []


@pytest.mark.parametrize(("check", "spoil"), [pytest.param(c, s, id=f"{c.__name__}-{name}") for c, name, s in FAULTS])
def test_check_sees_fault(check: Check, spoil: Callable[[Package], None], package: Package) -> None:
    spoiled = copy.deepcopy(package)
    spoil(spoiled)
    assert list(check(spoiled))


def test_loader_keeps_every_row() -> None:
    loaded = load_data_set(FOLDER)
    assert (loaded.outcome, len(loaded.statements), loaded.n_rejected, loaded.n_ignored) == (Outcome.LOAD_OK, 278, 0, 0)
    assert [str(problem) for problem in loaded.problems] == []
    assert sum(not statement.speaks_for_actor for statement in loaded.statements) == 9
