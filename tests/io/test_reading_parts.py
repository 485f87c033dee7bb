"""Bytes, records, headers, names and codes: the parts that reading a table is made of."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.columns import COLUMN_NAMES
from tracker.io.actors_read import country_name, find_country, find_organisation
from tracker.io.codes_read import find_language, web_address
from tracker.io.decoding import decode, is_readable
from tracker.io.delimited import read_records
from tracker.io.headers import map_header
from tracker.io.limits import MAX_CELL_CHARACTERS, MAX_COLUMNS
from tracker.io.refusals import FileRefused
from tracker.io.tables import open_table, record_fault


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_their_marks(codec: str) -> None:
    assert decode("Дата;العربية;日付\n".encode(codec)).text == "Дата;العربية;日付\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b"\xef\xbb\xbf\r\n", "file-empty"),
        (b"PK\x03\x04rest", "file-not-a-table"),
        (b"%PDF-1.7", "file-not-a-table"),
        (b"<!DOCTYPE html><p>", "file-not-a-table"),
        (b"\x80\x04\x95abc", "file-not-a-table"),
        (b"ARROW1", "file-not-a-table"),
        (b"date,\0country\n2\0016,x\0", "encoding-unreadable"),
        (b"\xff\xfea", "encoding-unreadable"),
        (bytes(range(128, 256)), "encoding-unreadable"),
        (b"d\xe9;c\xe8\n", "encoding-unreadable"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        decode(data)
    assert refused.value.problem.code == code
    assert "\\x" not in str(refused.value)


def test_one_bad_row_leaves_the_others_readable() -> None:
    lines = decode("a,é\nb,M".encode() + b"\xfc\nc,d\n").text.split("\n")
    assert [is_readable(line) for line in lines[:3]] == [True, False, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\r\nc,d\r\n", [(["a", "b"], 1), (["c", "d"], 2)]),
        ("a,b\rc,d", [(["a", "b"], 1), (["c", "d"], 2)]),
        ('a,"b\r\nc"\r\nd,e', [(["a", "b\r\nc"], 1), (["d", "e"], 3)]),
        ('"a ""b""",', [(['a "b"', ""], 1)]),
        ('5" gun,b', [(['5" gun', "b"], 1)]),
        ("\n\n , \na,b", [(["a", "b"], 4)]),
        ("a\u2028b,c\x0bd\x85", [(["a\u2028b", "c\x0bd\x85"], 1)]),
        ('"",x', [(["", "x"], 1)]),
    ],
)
def test_records_and_their_lines(text: str, expected: list[tuple[list[str], int]]) -> None:
    assert [(record.fields, record.line) for record in read_records(text, ",")] == expected


@pytest.mark.parametrize(
    "text",
    ['a,b\n"c,d\n', 'a\n"c\nd"e,f\n', '"', 'x\n"' + "y\n" * 10],
    ids=["never closed", "closed in the middle of a later row", "nothing else", "to the end"],
)
def test_an_unclosed_quotation_mark_is_named_with_its_line(text: str) -> None:
    with pytest.raises(FileRefused) as refused:
        list(read_records(text, ","))
    assert refused.value.problem.line == (1 if text == '"' else 2)


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


@given(st.lists(st.lists(cells, min_size=2, max_size=4).filter(lambda row: any(cell.strip() for cell in row)), max_size=5))
def test_what_the_standard_library_writes_is_read_back(rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    assert [record.fields for record in read_records(text.getvalue(), ",")] == rows


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_the_header_reads_best_in(delimiter: str) -> None:
    rows = [["Date", "Country", "Quote"], ["2016", "FRA", "one, two; three"]]
    table = open_table("\n".join(f'"{delimiter}"'.join(row).join('""') for row in rows).encode())
    assert [record.fields for record in table.records] == rows[1:]


def test_a_header_in_any_order_and_case() -> None:
    header = map_header(["QUOTE", "Country ", "\ufeffstated on"])
    assert header.places == {"quote": 0, "country": 1, "stated_on": 2}


def test_our_own_names_are_all_known() -> None:
    assert list(map_header(COLUMN_NAMES).places) == list(COLUMN_NAMES)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Date", "Country", "Speaker", "Title", "Quote"], "role"),
        (["Date", "Country", "Speaker", "Role", "Title", "Quote"], "document_title"),
        (["Date", "Country", "Title", "Quote"], "document_title"),
    ],
)
def test_title_is_the_speakers_when_nothing_else_is(names: list[str], expected: str) -> None:
    assert map_header(names).places[expected] == names.index("Title")


def test_two_columns_of_one_meaning_are_named() -> None:
    with pytest.raises(FileRefused, match=r"'Nation' .* and 'Country' .*'country'"):
        map_header(["Date", "Nation", "Country", "Quote"])


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(FileRefused, match="at most 500"):
        map_header([f"c{n}" for n in range(MAX_COLUMNS + 1)])


def test_a_cell_that_is_too_long_is_a_fault_of_its_row() -> None:
    record = next(read_records("x" * (MAX_CELL_CHARACTERS + 1) + ",b", ","))
    assert record_fault(record, 2)[0] == "cell-too-long"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("FRA", "FRA"),
        ("fr", "FRA"),
        ("La France", ""),
        ("Frankreich", "FRA"),
        ("Francia", "FRA"),
        ("Франция", "FRA"),
        ("فرنسا", "FRA"),
        ("法国", "FRA"),
        ("Fransa", "FRA"),
        ("C\u00f4te d'Ivoire", "CIV"),
        ("Co\u0302te d\u2019Ivoire", "CIV"),
        ("Cote d’Ivoire", "CIV"),
        ("TÜRKİYE", "TUR"),
        ("türkiye", "TUR"),
        ("Fran\u200bce", "FRA"),
        ("the United States", "USA"),
        ("U.S.", "USA"),
        ("Soviet Union", "SUN"),
        ("Yugoslavia", "YUG"),
        ("GDR", "DDR"),
        ("Czechoslovakia", "CSK"),
        ("Holy See", "VAT"),
        ("N/A", ""),
        ("NA", ""),
        ("f.r", ""),
        ("Congo", ""),
        ("Korea", ""),
        ("Moscow", ""),
        ("French", "FRA"),
        ("BRITISH", "GBR"),
        ("the Americans", "USA"),
        ("East German", "DDR"),
        ("Soviet", "SUN"),
        ("Government of the United Kingdom", "GBR"),
        ("US government", "USA"),
        ("government", ""),
        ("Korean", ""),
        ("Ankara", ""),
        ("ABD", "USA"),
        ("УССР", ""),
        ("КНР", "CHN"),
        ("ГДР", "DDR"),
        ("URSS", "SUN"),
        ("Washington", ""),
        ("6", ""),
        ("", ""),
    ],
)
def test_countries(name: str, code: str) -> None:
    assert find_country(name) == code


@pytest.mark.parametrize("name", ["EU", "European Union", "Европейский союз", "欧盟"])
def test_organisations_by_alias(name: str) -> None:
    assert find_organisation(name).actor_id == "eu"
    assert find_country(name) == ""


def test_old_states_have_their_names() -> None:
    assert [country_name(code) for code in ("SUN", "YUG", "RUS")] == ["USSR", "Yugoslavia", "Russia"]


@pytest.mark.parametrize(
    ("text", "code"), [("ENG", "en"), ("zh-Hans", "zh"), ("Русский", "not-given"), ("French", "fr"), ("", "not-given")]
)
def test_languages(text: str, code: str) -> None:
    assert find_language(text)[0] == code


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        "data:text/html,x",
        "//un.org",
        "http://",
        "https://[bad",
        "http://a b",
        "http://x:99999/",
        "ftp://x/",
        "http://a\n.b",
    ],
)
def test_what_is_no_web_address(text: str) -> None:
    assert web_address(text) == ""
