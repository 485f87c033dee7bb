"""Workbooks: cells as people see them, the right sheet, and everything that may be wrong with the file."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.io.workbooks import HEADER, ods, rows, sheet, text, xlsx, zipped
from tracker.core.model import DataSet, Outcome
from tracker.core.problems import Severity
from tracker.io import limits
from tracker.io.inputs import InputFile, ReadOptions
from tracker.io.packages import load_bytes
from tracker.io.reports import report
from tracker.io.sheets import serial_as_text
from tracker.io.xlsx import offers

FRANCE = text("B2", "France") + text("C2", "Synthetic")


def load(data: bytes, **options: object) -> DataSet:
    data_set = load_bytes(data, "book.xlsx", ReadOptions(**options))
    found = report(data_set)
    assert found["rows"] + len(found["rejected"]) + len(found["ignored"]) == found["records"]
    return data_set


def codes(data_set: DataSet) -> list[str]:
    return [problem.code for problem in data_set.problems]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="A2" s="1"><v>42463</v></c>', "2016-04-03"),
        ('<c r="A2" s="3"><v>42463.75</v></c>', "2016-04-03"),
        ('<c r="A2" s="2"><v>42461</v></c>', "2016-04"),
        ('<c r="A2" s="2"><v>42463</v></c>', "2016-04-03"),
        ('<c r="A2" t="d"><v>2016-04-03T00:00:00</v></c>', "2016-04-03"),
        ('<c r="A2" t="str"><f>TEXT(1)</f><v>3 April 2016</v></c>', "2016-04-03"),
        ('<c r="A2" t="s"><v>1</v></c>', "2016-04-03"),
        ('<c r="A2"><v>2016</v></c>', "2016"),
        ('<c s="1"><v>42463</v></c>', "2016-04-03"),
    ],
)
def test_dates_are_those_people_see(cell: str, expected: str) -> None:
    shared = "<si><t>other</t></si><si><r><t>3 Ap</t></r><rPh><t>reading</t></rPh><r><t>ril 2016</t></r></si>"
    assert [str(s.stated_on) for s in load(xlsx(sheet(cell + FRANCE), texts=shared)).statements] == [expected]


def test_the_other_date_system_of_excel() -> None:
    data = xlsx(sheet('<c r="A2" s="1"><v>41001</v></c>' + FRANCE), book='<workbookPr date1904="1"/>')
    assert str(load(data).statements[0].stated_on) == "2016-04-03"


@pytest.mark.parametrize(
    ("book", "expected", "said"),
    [("", "2012-04-02", "from 1900"), ('<workbookPr date1904="1"/>', "2016-04-03", "from 1904")],
)
def test_days_that_nobody_formatted_are_counted_as_the_workbook_says(book: str, expected: str, said: str) -> None:
    lines = [f'<c r="A{n}"><v>4100{n - 1}</v></c>' + text(f"B{n}", "France") + text(f"C{n}", f"Synthetic {n}") for n in (2, 3)]
    data_set = load(xlsx(sheet(*lines), book=book))
    assert str(data_set.statements[0].stated_on) == expected
    assert codes(data_set) == ["date-serial"] * 2
    assert [guess for what, guess, _ in data_set.guesses if what == "dates"] == [f"days counted by a spreadsheet {said}"]


def test_a_number_among_dates_is_said_to_be_a_day_perhaps() -> None:
    data_set = load(xlsx(sheet('<c r="A2" s="1"><v>42463</v></c>' + FRANCE, '<c r="A3"><v>42464</v></c>' + FRANCE)))
    assert (len(data_set.statements), codes(data_set)) == (1, ["date-invalid"])
    assert "2016-04-04 from 1900" in data_set.problems[0].message


@pytest.mark.parametrize(("serial", "expected"), [(1.0, "1900-01-01"), (59.0, "1900-02-28"), (61.0, "1900-03-01"), (0.5, "12:00:00")])
def test_the_day_that_never_was_shifts_only_what_comes_before_it(serial: float, expected: str) -> None:
    assert serial_as_text(serial, counts_from_1904=False) == expected


def test_an_archive_of_too_many_members_is_not_even_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_: pytest.fail("listed"))
    assert codes(load(BOMBS["many members"])) == ["archive-too-large"]


@pytest.mark.parametrize("serial", ["60", "-1", "2958466", "1e300", "x", "nan"])
def test_a_number_that_is_no_day_is_no_date(serial: str) -> None:
    data_set = load(xlsx(sheet(f'<c r="A2" s="1"><v>{serial}</v></c>' + FRANCE)))
    assert (codes(data_set), data_set.outcome) == (["cell-error"], Outcome.REJECT)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<v>1.1000000000000001</v>", "1.1"),
        ("<v>5.0</v>", "5"),
        ("<v>12345678901234567890</v>", "12345678901234567890"),
        ("<v>1e-7</v>", "1e-07"),
    ],
)
def test_numbers_are_as_typed(cell: str, expected: str) -> None:
    data_set = load(xlsx(sheet(f'<c r="A2" s="1"><v>42463</v></c>{text("B2", "France")}<c r="C2" s="4">{cell}</c>')))
    assert data_set.statements[0].written["quote"] == expected


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ('<c r="C2" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="C2"><f>A1&amp;"x"</f></c>', "formula"),
        ('<c r="C2" t="str"><f>A1</f><v></v></c>', "formula"),
        ('<c r="C2" t="s"><v>99</v></c>', "reference"),
    ],
)
def test_errors_and_formulas_without_values_are_no_data(cell: str, says: str) -> None:
    data_set = load(xlsx(sheet(f'<c r="A2" s="1"><v>42463</v></c>{text("B2", "France")}{cell}')))
    assert [(p.code, p.severity, p.column) for p in data_set.problems] == [("cell-error", Severity.REJECTED, "quote")]
    assert says in data_set.problems[0].message


def test_an_error_where_it_does_not_matter_leaves_the_cell_empty() -> None:
    header = HEADER + text("D1", "Note")
    cells = f'<c r="A2" s="1"><v>42463</v></c>{FRANCE}<c r="D2" t="e"><v>#N/A</v></c>'
    data_set = load(xlsx(rows((1, header), (2, cells))))
    assert (codes(data_set), data_set.statements[0].written["note"]) == (["cell-error"], "")


def test_a_table_that_does_not_begin_at_a1_and_stops_short() -> None:
    header = text("C5", "Date") + text("D5", "Country") + text("E5", "Quote") + text("F5", "Note")
    cells = text("C7", "2016-04-03") + text("D7", "France") + text("E7", "Synthetic")
    data_set = load(xlsx(rows((2, text("B2", "A title")), (5, header), (7, cells))))
    assert [(s.line, s.record) for s in data_set.statements] == [(7, 1)]
    assert codes(data_set) == ["rows-above-header"]


def test_the_first_visible_sheet_with_a_header_is_read_and_the_others_named() -> None:
    data = xlsx(rows((1, text("A1", "A cover"))), ("hidden", sheet(text("A2", "2015") + FRANCE)), sheet(text("A2", "2016") + FRANCE))
    data_set = load(data)
    assert [str(s.stated_on) for s in data_set.statements] == ["2016"]
    assert codes(data_set) == ["sheet-left-aside", "sheet-left-aside"]
    assert "hidden" in data_set.problems[1].message
    assert [guess[:2] for guess in data_set.guesses] == [("sheet", "S3")]
    assert [str(s.stated_on) for s in load(data, sheet="s2").statements] == ["2015"]
    assert codes(load(data, sheet="nowhere")) == ["sheet-missing"]


def test_a_hidden_sheet_is_never_loaded_unasked() -> None:
    data_set = load(xlsx(rows((1, text("A1", "A cover"))), ("veryHidden", sheet(text("A2", "2016") + FRANCE))))
    assert (codes(data_set), "hidden" in data_set.refusal) == (["sheet-missing"], True)


def test_hidden_rows_and_columns_are_data_and_said() -> None:
    inner = '<cols><col min="2" max="2" hidden="1"/></cols>' + rows((1, HEADER), (2, text("A2", "2016") + FRANCE), attributes='hidden="1"')
    data_set = load(xlsx(inner))
    assert (len(data_set.statements), codes(data_set)) == (1, ["sheet-hidden-cells"])


def test_a_cell_merged_downwards_holds_for_its_rows() -> None:
    lines = [
        text("A2", "2016") + FRANCE,
        text("A3", "2015") + text("C3", "Other"),
        text("A4", "2014") + text("B4", "Italy") + text("C4", "Third"),
    ]
    data_set = load(xlsx(sheet(*lines, behind='<mergeCells><mergeCell ref="B2:B3"/><mergeCell ref="A1:C1"/></mergeCells>')))
    assert [s.written["country"] for s in data_set.statements] == ["France", "France", "Italy"]
    assert codes(data_set) == ["sheet-merged-cells"]


def test_remarks_beside_the_table_shift_nothing() -> None:
    data_set = load(xlsx(sheet(text("A2", "2016") + FRANCE + text("H2", "check this"))))
    assert (len(data_set.statements), codes(data_set)) == (1, ["column-unknown"])


def test_control_characters_of_workbooks_come_back() -> None:
    data_set = load(xlsx(sheet(text("A2", "2016") + text("B2", "France") + text("C2", "a_x000D_b_x005F_x000D_"))))
    assert data_set.statements[0].written["quote"] == "a\rb_x000D_"


BOMBS = {
    "the last cell": xlsx(sheet(text("A2", "2016") + FRANCE, text("XFD1048576", "x"), behind='<dimension ref="A1:XFD1048576"/>')),
    "many members": zipped({f"xl/{n}": b"" for n in range(limits.MAX_ARCHIVE_MEMBERS + 1)}),
    "a dense member": xlsx(sheet(text("A2", "2016") + FRANCE), extra={"xl/media/x": bytes(30_000_000)}),
}


@pytest.mark.parametrize("name", ["many members", "a dense member"])
def test_bombs_are_refused_before_they_are_unpacked(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_given, **_said: pytest.fail("a member was unpacked"))
    assert codes(load(BOMBS[name])) == ["archive-too-large"]


def test_one_far_cell_takes_no_memory_and_spoils_its_row_only() -> None:
    (grid,) = (offer.read(0) for offer in offers(InputFile.from_bytes(BOMBS["the last cell"], "t.xlsx")))
    assert max(len(record.fields) for record in grid.records) == limits.MAX_COLUMNS + 1
    data_set = load(BOMBS["the last cell"])
    assert (len(data_set.statements), [p.code for p in data_set.problems if p.severity is Severity.REJECTED]) == (1, ["fields-extra"])


@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/worksheets/s1.xml", "xl/sharedStrings.xml", "xl/styles.xml"])
def test_document_types_and_entities_are_refused(member: str) -> None:
    evil = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    assert codes(load(xlsx(sheet(text("A2", "2016") + FRANCE), extra={member: evil}))) == ["xml-entities"]


def test_a_member_without_a_name_is_no_member() -> None:
    data = bytearray(zipped({"a": b""}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 28], data[at + 30] = 0, 1  # the name is empty, and its letter something else
    assert load_bytes(bytes(data), "book.xlsx").outcome is Outcome.REJECT


def test_depth_is_limited() -> None:
    assert codes(load(xlsx("<a>" * 100 + "</a>" * 100))) == ["nested-too-deeply"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (xlsx(sheet())[:-200], "archive-damaged"),
        (zipped({"xl/workbook.xml": b"<workbook"}), "archive-damaged"),
        (zipped({"xl/workbook.bin": b""}), "file-not-a-table"),
        (zipped({"word/document.xml": b"<x/>"}), "file-not-a-table"),
        (xlsx(), "sheet-missing"),
        (b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "file-encrypted"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "file-not-a-table"),
        (xlsx("<sheetData>"), "archive-damaged"),
    ],
    ids=["cut off", "no end", "binary", "a letter", "no sheets", "password", "old", "broken sheet"],
)
def test_what_is_no_whole_workbook_is_refused_in_words(data: bytes, code: str) -> None:
    name = "book.xlsx" if code != "file-not-a-table" or b".bin" in data else "book.zip"
    assert codes(load_bytes(data, name)) == [code]


def table(*lines: str, attributes: str = "") -> str:
    head = "".join(f"<table:table-cell><text:p>{name}</text:p></table:table-cell>" for name in ("Date", "Country", "Quote"))
    return f'<table:table table:name="T" {attributes}><table:table-row>{head}</table:table-row>{"".join(lines)}</table:table>'


def ods_row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


DATE = '<table:table-cell office:value-type="date" office:date-value="2016-04-03T00:00:00"><text:p>03/04/16</text:p></table:table-cell>'
LAND = "<table:table-cell><text:p>France</text:p></table:table-cell>"
WORDS = (
    "<table:table-cell><office:annotation><text:p>a comment</text:p></office:annotation>"
    '<text:p>A<text:s text:c="2"/><text:span>B</text:span></text:p><text:p>C</text:p></table:table-cell>'
)
EMPTY_REST = (
    '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def test_an_open_document_is_read_as_people_see_it() -> None:
    data_set = load_bytes(ods(table(ods_row(DATE, LAND, WORDS), EMPTY_REST)), "t.ods")
    assert [(str(s.stated_on), s.written["quote"], s.line) for s in data_set.statements] == [("2016-04-03", "A  B\nC", 2)]
    assert (data_set.format, codes(data_set)) == ("OpenDocument spreadsheet", [])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (table(ods_row(DATE, LAND, '<table:table-cell table:formula="x"/>')), ["cell-error"]),
        (
            table(
                ods_row(
                    DATE, LAND, '<table:table-cell table:formula="x" office:value-type="string"><text:p>#REF!</text:p></table:table-cell>'
                )
            ),
            ["cell-error"],
        ),
        (table(ods_row(DATE, LAND, WORDS, attributes='table:visibility="filter"')), ["sheet-hidden-cells"]),
        (table(ods_row(DATE, LAND, WORDS), attributes='table:style-name="gone"'), ["sheet-missing"]),
        (table(ods_row(DATE, LAND, WORDS, attributes='table:number-rows-repeated="1000000"')), ["too-many-rows"]),
        (table(ods_row(DATE, LAND, WORDS, attributes='table:number-rows-repeated="900000000000"')), ["too-many-rows"]),
        (table(ods_row(DATE, LAND, WORDS, attributes='table:number-rows-repeated="3"')), ["row-repeated", "row-repeated"]),
    ],
    ids=["no value", "error", "filtered", "hidden", "repeated without end", "repeated more often than counts", "repeated"],
)
def test_what_is_said_of_an_open_document(content: str, expected: list[str]) -> None:
    assert codes(load_bytes(ods(content), "t.ods")) == expected


GOOD = xlsx(sheet('<c r="A2" s="1"><v>42463</v></c>' + FRANCE, text("A3", "2016-04") + text("B3", "Italy") + text("C3", "Other")))
with zipfile.ZipFile(io.BytesIO(GOOD)) as _packed:
    PLAIN = zipped({name: _packed.read(name) for name in _packed.namelist()}, zipfile.ZIP_STORED)


@settings(max_examples=300)
@given(
    st.sampled_from([GOOD, PLAIN]),
    st.lists(st.tuples(st.integers(0, len(PLAIN)), st.binary(min_size=1, max_size=4)), min_size=1, max_size=5),
)
def test_any_mutation_of_a_workbook_is_loaded_or_refused_in_words(data: bytes, changes: list[tuple[int, bytes]]) -> None:
    for place, put in changes:
        data = data[: place % len(data)] + put + data[place % len(data) + len(put) :]
    data_set = load(data)
    assert bool(data_set.refusal) == (not data_set.statements)


def test_a_sheet_that_leads_nowhere_is_no_sheet_even_where_a_part_has_no_name() -> None:
    found = xlsx(sheet(), extra={"": b"a part without a name", "xl/_rels/workbook.xml.rels": b"<Relationships/>"})
    data_set = load(found)
    assert (data_set.outcome, len(data_set.refusal) > 0) == (Outcome.REJECT, True)
