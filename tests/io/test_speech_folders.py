"""UN corpora: one speech a file, sheets beside them, leftovers of other programs. All speeches here are invented."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.problems import Severity, count_records
from tracker.io import un_general_debate, un_security_council
from tracker.io.declared import Declared
from tracker.io.inputs import AS_FOUND, ImportCancelled, InputFile, Opened, ReadOptions
from tracker.io.limits import MAX_CELL_CHARACTERS
from tracker.io.refusals import FileRefused
from tracker.io.statements_read import StatementReader

APPLE_DOUBLE = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + b"\0" * 200
SHEET = "Year,Session,ISO Code,Country,Name of Person Speaking,Post\n"


def files_of(held: Mapping[str, bytes | str]) -> list[InputFile]:
    return [InputFile.from_bytes(data.encode() if isinstance(data, str) else data, name) for name, data in held.items()]


def debate(held: Mapping[str, bytes | str], options: ReadOptions = AS_FOUND) -> Opened:
    return un_general_debate.read_many(files_of(held), options)


def council(held: Mapping[str, bytes | str]) -> Opened:
    return un_security_council.read_many(files_of(held), AS_FOUND)


def codes(opened: Opened) -> list[str]:
    return [problem.code for problem in (*opened.found.problems, *opened.problems)]


def conserved(opened: Opened) -> bool:
    found = opened.found
    n_left = sum(count_records(found.problems, severity) for severity in (Severity.REJECTED, Severity.IGNORED))
    return len(found.rows) + n_left == found.n_records


def first(opened: Opened) -> dict[str, str]:
    return {name: text for name, text in opened.found.rows[0].values.items() if text}


def workbook(rows: list[list[str]]) -> bytes:
    """A workbook with one sheet of texts in cells, the least that is one."""
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>' for text in row) + "</row>" for row in rows
    )
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        archive.writestr(
            "xl/workbook.xml", f'<workbook {main} xmlns:r="{kind}"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>'
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships {relations}><Relationship Id="r1" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>")
    return held.getvalue()


# --- General Debate -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["USA", "CSK", "YUG", "YMD", "DDR", "SUN"])
def test_a_speech_of_a_state(code: str) -> None:
    opened = debate({f"TXT/Session 29 - 1974/{code}_29_1974.txt": "An invented speech.\nIts second line."})
    assert first(opened) == {
        "statement_id": f"ungdc-{code}-29-1974",
        "stated_on": "1974",
        "country": code,
        "quote": "An invented speech.\nIts second line.",
        "quote_language": "en",
        "channel": "meeting",
        "venue": "United Nations General Assembly",
        "document_title": "General Debate, session 29",
        "publisher": "United Nations",
    }
    statement = StatementReader(Declared(), "folder").read(opened.found)[0]
    assert (statement.country_code, str(statement.stated_on)) == (code, "1974")


def test_the_european_union_is_an_organisation() -> None:
    opened = debate({"EU_66_2011.txt": "An invented speech."})
    assert (first(opened)["organisation"], "country" in first(opened)) == ("EU", False)


LEFTOVERS = ["._USA_77_2022.txt", "TXT/._FRA_01_1946.txt", ".DS_Store", ".Rhistory", ".DS_Store-to-UTF-8.txt", "__MACOSX/USA_77_2022.txt"]


@pytest.mark.parametrize("name", LEFTOVERS)
def test_leftovers_are_ignored_and_said(name: str) -> None:
    opened = debate({name: APPLE_DOUBLE, "USA_77_2022.txt": "An invented speech."})
    assert (codes(opened), len(opened.found.rows), opened.found.n_records) == (["file-left-over"], 1, 2)
    assert (opened.found.problems[0].severity, opened.found.problems[0].file) == (Severity.IGNORED, name)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        pytest.param("README.txt", b"About this corpus", "file-no-speech", id="another-name"),
        pytest.param("USA_77_2022.pdf", b"%PDF-1.7", "file-no-speech", id="another-ending"),
        pytest.param("FRA_77_2022.txt", b"", "words-missing", id="empty"),
        pytest.param("FRA_77_2022.txt", b" \r\n\xef\xbb\xbf", "words-missing", id="blank"),
        pytest.param("FRA_77_2022.txt", b"a\0b\0c", "row-encoding", id="no-text"),
        pytest.param("FRA_77_2022.txt", b"caf\xe9 \x81", "row-encoding", id="no-encoding"),
        pytest.param("FRA_77_2022.txt", b"x" * (MAX_CELL_CHARACTERS + 1), "cell-too-long", id="long"),
        pytest.param("FRA_77_2022.txt", b"x" * (MAX_CELL_CHARACTERS * 4 + 1), "cell-too-long", id="longer"),
    ],
)
def test_every_other_file_has_its_reason(name: str, data: bytes, code: str) -> None:
    opened = debate({name: data, "USA_77_2022.txt": "An invented speech."})
    assert (codes(opened), len(opened.found.rows), conserved(opened)) == ([code], 1, True)


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("Côte d’Ivoire".encode(), "Côte d’Ivoire", "UTF-8"),
        ("Côte d’Ivoire".encode("utf-8-sig"), "Côte d’Ivoire", "UTF-8"),
        ("Côte d’Ivoire".encode("cp1252"), "Côte d’Ivoire", "Windows-1252"),
        ("Côte d’Ivoire".encode("utf-16"), "Côte d’Ivoire", "UTF-16"),
    ],
)
def test_encodings_of_speeches(data: bytes, text: str, encoding: str) -> None:
    opened = debate({"USA_77_2022.txt": data})
    assert (first(opened)["quote"], opened.encoding) == (text, encoding)
    assert ("encoding" in {guess.what for guess in opened.guesses}) == (encoding == "Windows-1252")


SPEAKERS = [["2022", "77", "USA", "United States", "Test Person", "President "], ["2022", "77", "FRA", "France", "Other Person", ""]]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Speakers_by_session.csv", (SHEET + "\n".join(map(",".join, SPEAKERS))).encode()),
        ("Speakers_by_session.xlsx", workbook([SHEET.strip().split(","), *SPEAKERS])),
    ],
    ids=["csv", "xlsx"],
)
def test_the_sheet_of_speakers(name: str, data: bytes) -> None:
    opened = debate({"USA_77_2022.txt": "One", "DEU_77_2022.txt": "Two", f"UNGDC/{name}": data})
    by_country = {row.values["country"]: row.values for row in opened.found.rows}
    assert (by_country["USA"]["spokesperson"], by_country["USA"]["role"].strip()) == ("Test Person", "President")
    assert sorted(codes(opened)) == ["speaker-not-in-sheet", "speech-not-there"]
    assert "FRA in session 77" in opened.problems[0].message
    assert (opened.found.n_records, conserved(opened)) == (2, True)


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 broken", b"Mood,Colour\nblue,red\n", APPLE_DOUBLE], ids=["empty", "broken", "other", "binary"]
)
@pytest.mark.parametrize("name", ["s.csv", "s.xlsx"])
def test_a_sheet_that_cannot_be_read_is_said_and_the_speeches_load(name: str, data: bytes) -> None:
    opened = debate({"USA_77_2022.txt": "One", name: data})
    assert (len(opened.found.rows), set(codes(opened))) == (1, {"table-unreadable"})


def test_files_come_in_the_order_of_their_names_whatever_order_they_are_given_in() -> None:
    held = {f"{code}_77_2022.txt": f"Speech of {code}" for code in ("USA", "DEU", "FRA")}
    forwards, backwards = debate(held), debate(dict(reversed(held.items())))
    assert [row.values for row in forwards.found.rows] == [row.values for row in backwards.found.rows]
    assert [row.line for row in forwards.found.rows] == [1, 2, 3]


def test_reading_a_folder_can_be_cancelled() -> None:
    def cancel(n_records: int, n_expected: int) -> None:
        assert n_expected == 1_001
        raise ImportCancelled

    held = {f"USA_77_{year}.txt": "x" for year in range(1000, 2001)}
    with pytest.raises(ImportCancelled):
        debate(held, ReadOptions(progress=cancel))


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["USA_77_2022.txt"], True),
        (["a/USA_77_2022.txt", "a/._USA_77_2022.txt", "a/.DS_Store", "Speakers.xlsx"], True),
        (["README.txt", "USA_77_2022.txt", "FRA_77_2022.txt"], True),
        (["statements.csv", "issues.csv"], False),
        (["a.txt", "b.txt", "USA_77_2022.txt"], False),
        ([], False),
    ],
    ids=str,
)
def test_which_folders_are_the_general_debate(names: list[str], expected: bool) -> None:
    assert un_general_debate.recognises_folder(names) is expected
    assert not un_security_council.recognises_folder(names)


def test_a_file_that_breaks_while_it_is_read_is_rejected_alone() -> None:
    def broken() -> io.BytesIO:
        raise FileRefused("archive-damaged", "Invented.")

    files = [InputFile("FRA_77_2022.txt", 5, b"hello", broken), *files_of({"USA_77_2022.txt": "One"})]
    opened = un_general_debate.read_many(files, AS_FOUND)
    assert (codes(opened), len(opened.found.rows), conserved(opened)) == (["file-damaged"], 1, True)


# --- Security Council ---------------------------------------------------------------------------------------------

NAME = "UNSC_2020_SPV.8698_spch001.txt"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        (NAME, "S/PV.8698"),
        ("UNSC_2020_SPV.8699Resumption1_spch001.txt", "S/PV.8699 (Resumption 1)"),
        ("UNSC_2020_SPV.8699Resumption_spch012.txt", "S/PV.8699 (Resumption 1)"),
        ("unsc/2020/UNSC_2020_SPV.8699(Resumption2)_spch001.txt", "S/PV.8699 (Resumption 2)"),
        ("UNSC_1992_SPV.3046_spch001.txt", "S/PV.3046"),
    ],
)
def test_names_of_meetings(name: str, title: str) -> None:
    assert un_security_council.recognises(InputFile.from_bytes(b"", name))
    assert first(council({name: "Mr. Test (France): Invented."}))["document_title"] == title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The President: Invented.", {"organisation": "United Nations Security Council", "spokesperson": "The President"}),
        (
            "The President (spoke in French): Invented.",
            {"organisation": "United Nations Security Council", "spokesperson": "The President"},
        ),
        ("Mr. Test (Russian Federation): Invented.", {"country": "Russian Federation", "spokesperson": "Mr. Test"}),
        ("Ms. Test Example (Viet Nam) (spoke in French): Invented.", {"country": "Viet Nam", "spokesperson": "Ms. Test Example"}),
        ("Mrs. Test (European Union): Invented.", {"organisation": "European Union", "spokesperson": "Mrs. Test"}),
        ("The Secretary-General: Invented.", {"organisation": "United Nations", "spokesperson": "The Secretary-General"}),
        ("Mr. Test: Invented.", {"spokesperson": "Mr. Test"}),
        ("We meet today: an invented beginning.", {}),
    ],
    ids=lambda value: value[:25] if isinstance(value, str) else "",
)
def test_who_speaks_by_the_first_words(text: str, expected: dict[str, str]) -> None:
    row = first(council({NAME: text}))
    assert {name: cell for name, cell in row.items() if name in ("country", "organisation", "spokesperson")} == expected
    assert (row["quote"], row["stated_on"], row["statement_id"]) == (text, "2020", NAME[:-4])
    assert ("Spoke in French" in row.get("note", "")) == ("spoke in" in text)


META = "basename\tdate\ttopic\nUNSC_2020_SPV.8698\t8 January 2020\tAn invented topic\n"
SPEAKERS_OF_COUNCIL = (
    "spv\tspeech\tspeaker\tcountry\tparticipanttype\n"
    "8698\t0\tTest President\tViet Nam\tThe President\n8698\t1\tTest Guest\tUnited States of America\tGuest\n"
)
TWO = {NAME: "The President: Invented.", NAME.replace("001", "002"): "Ms. Test: Invented."}


def test_the_tables_of_meetings_and_speakers() -> None:
    opened = council(TWO | {"meta.tsv": META, "speaker.tsv": SPEAKERS_OF_COUNCIL})
    rows = [row.values for row in opened.found.rows]
    assert [(row["stated_on"], row["issue"]) for row in rows] == [("8 January 2020", "An invented topic")] * 2
    assert [(row["spokesperson"], row["country"]) for row in rows] == [
        ("Test President", "Viet Nam"),
        ("Test Guest", "United States of America"),
    ]
    assert rows[0]["role"] == "President of the Security Council" and not rows[1]["role"]
    assert (codes(opened), rows[0]["document_title"]) == ([], "S/PV.8698: An invented topic")
    statements = StatementReader(Declared(), "folder").read(opened.found)
    assert [(s.country_code, str(s.stated_on)) for s in statements] == [("VNM", "2020-01-08"), ("USA", "2020-01-08")]


@pytest.mark.parametrize(
    ("table", "date"),
    [
        pytest.param("filename,year,month,day\nUNSC_2020_SPV.8698_spch001.txt,2020,1,8\n", "2020-01-08", id="by-file"),
        pytest.param("File Name,Date\nUNSC_2020_SPV.8698_spch001,2020-01-08\n", "2020-01-08", id="by-file-without-ending"),
        pytest.param("spv,speech,date\nS/PV.8698,1,2020-01-08\n", "2020-01-08", id="counted-from-1"),
        pytest.param("meeting;speech number;date\nS/PV.8698;0;2020-01-08\n", "2020-01-08", id="counted-from-0"),
        pytest.param("Meeting,Meeting Date\nS/PV.8698,2020-01-08\n", "2020-01-08", id="by-meeting"),
        pytest.param(
            "spv,speech,date\nS/PV.8698 (Resumption 1),1,2020-01-09\nS/PV.8698,1,2020-01-08\n", "2020-01-08", id="resumption-apart"
        ),
        pytest.param("spv,date\n8699,2020-01-09\n", "2020", id="another-meeting"),
        pytest.param("spv,speech,date\n8698,two,2020-01-08\n", "2020-01-08", id="no-number"),
    ],
)
def test_tables_are_read_by_their_headers(table: str, date: str) -> None:
    opened = council({NAME: "The President: Invented.", "speaker.csv": table})
    assert first(opened)["stated_on"] == date
    assert codes(opened) == (["speaker-not-in-sheet"] if date == "2020" else [])


def test_a_table_of_speakers_as_a_workbook() -> None:
    rows = [["spv", "speech", "date", "speaker", "country"], ["8698", "1", "2020-01-08", "Test Person", "Viet Nam"]]
    opened = council({NAME: "The President: Invented.", "speaker.xlsx": workbook(rows)})
    assert (first(opened)["stated_on"], first(opened)["spokesperson"], first(opened)["country"]) == (
        "2020-01-08",
        "Test Person",
        "Viet Nam",
    )


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_any_bytes_are_read_or_have_their_reason(speech: bytes, table: bytes) -> None:
    for read, name in ((debate, "USA_77_2022.txt"), (council, NAME)):
        opened = read({name: speech, "._x.txt": speech, "table.tsv": table})
        assert (opened.found.n_records, conserved(opened)) == (2, True)
        StatementReader(Declared(), "folder").read(opened.found)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_table_beside_a_speech_is_read_or_said(header: str, cells: str) -> None:
    opened = council({NAME: "The President: Invented.", "t.csv": f"spv,speech,date,{header}\n8698,0,{cells}\n8698,{cells}\n"})
    assert (len(opened.found.rows), conserved(opened)) == (1, True)


def test_problem_codes_of_a_good_folder_are_none() -> None:
    assert Counter(codes(council(TWO))) == Counter()
