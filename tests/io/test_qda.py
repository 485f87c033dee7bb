"""REFI-QDA projects and codebooks: codes to columns, positions however counted, archives and XML of strangers."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests import samples
from tests.io.readings import loads_or_refuses, mutations, opened, statements, told
from tracker.io import qda, qda_project
from tracker.io.inputs import InputFile
from tracker.io.qda_project import Selection
from tracker.io.qda_text import find_counting
from tracker.io.refusals import FileRefused

TEXT = "Briefing (synthetic). 😀 They said: we welcome it. Others said: no."
WELCOME = TEXT.index("we welcome it")
CODES = """
<Code guid="c-country" name="Country" isCodable="false"><Code guid="c-fra" name="France"/><Code guid="c-deu" name="Germany"/></Code>
<Code guid="c-speaker" name="Speaker"><Code guid="c-doe" name="Doe (synthetic)"/></Code>
<Code guid="c-support" name="Support"/><Code guid="c-oppose" name="oppose"/>
<Code guid="c-corridors" name="corridors"><Description>Corridors should open.</Description></Code>
<Code guid="c-a" name="a"><Code guid="c-a-aid" name="aid"/></Code><Code guid="c-b" name="b"><Code guid="c-b-aid" name="Aid"/></Code>
"""


def coding(code: str, user: str = "u1", created: str = "2020-02-03T10:00:00Z") -> str:
    return f'<Coding guid="k-{code}-{user}" creatingUser="{user}" creationDateTime="{created}"><CodeRef targetGUID="{code}"/></Coding>'


def selection(*codes: str, start: int = WELCOME, stop: int = WELCOME + 13, name: str = "", guid: str = "s1", inside: str = "") -> str:
    codings = inside + "".join(code if code.startswith("<") else coding(code) for code in codes)
    return f'<PlainTextSelection guid="{guid}" name="{name}" startPosition="{start}" endPosition="{stop}">{codings}</PlainTextSelection>'


def text_document(*inside: str, name: str = "briefing 2016-07-28", path: str = "internal://d1.txt") -> str:
    return f'<TextSource guid="d1" name="{name}" plainTextPath="{path}">{"".join(inside)}</TextSource>'


def project_xml(*documents: str, cases: str = "", codes: str = CODES) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" origin="Synthetic 1.0">'
        '<Users><User guid="u1" name="Coder (synthetic)"/><User guid="u2" name="Other (synthetic)"/></Users>'
        f"<CodeBook><Codes>{codes}</Codes></CodeBook>"
        '<Variables><Variable guid="v-date" name="Date" typeOfVariable="DateTime"/><Variable guid="v-mood" name="Mood"/></Variables>'
        f"{cases}<Sources>{''.join(documents)}</Sources></Project>"
    )


def archive(xml: str, files: dict[str, bytes] | None = None) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("project.qde", xml)
        for name, data in ({"Sources/d1.txt": TEXT.encode()} if files is None else files).items():
            written.writestr(name, data)
    return held.getvalue()


def rows(*documents: str, cases: str = "", **options: object) -> list[dict[str, str]]:
    return [row.values for row in opened(qda, archive(project_xml(*documents, cases=cases)), "p.qdpx", **options).found.rows]


def case(name: str, values: str = "", about: str = '<SourceRef targetGUID="d1"/>') -> str:
    return f'<Cases><Case guid="case1" name="{name}">{values}{about}</Case></Cases>'


def variable(guid: str, element: str, text: str) -> str:
    return f'<VariableValue><VariableRef targetGUID="{guid}"/><{element}>{text}</{element}></VariableValue>'


def test_a_coded_span_becomes_a_row() -> None:
    (row,) = rows(text_document(selection("c-corridors", "c-support", "c-fra", "c-doe", inside="<Description>a memo</Description>")))
    assert {column: text for column, text in row.items() if text} == {
        "statement_id": "k-c-corridors-u1",
        "stated_on": "2016-07-28",
        "country": "France",
        "spokesperson": "Doe (synthetic)",
        "issue": "corridors",
        "stance": "Support",
        "quote": "we welcome it",
        "document_title": "briefing 2016-07-28",
        "coder": "Coder (synthetic)",
        "coded_on": "2020-02-03",
        "note": "a memo",
    }


def test_it_is_a_statement_with_its_issue_declared() -> None:
    found = opened(qda, archive(project_xml(text_document(selection("c-corridors", "c-support", "c-fra")))), "p.qdpx")
    (statement,), problems = statements(found, "p.qdpx")
    assert (statement.actor_id, statement.stance_code, statement.issue_id) == ("FRA", "support", "corridors")
    assert [problem.code for problem in problems] == []
    assert told(found) == ["1:date-from-name"]
    assert [(issue.title, issue.proposition) for issue in found.declared.issues] == [
        ("corridors", "Corridors should open."),
        *(("a", ""), ("a / aid", ""), ("b", ""), ("b / Aid", "")),
    ]


def test_every_issue_of_a_span_is_a_record_and_a_span_without_one_is_one_too() -> None:
    found = rows(text_document(selection("c-a-aid", "c-b-aid", "c-fra"), selection("c-fra", guid="s2"), selection(guid="s3")))
    assert [(row["statement_id"], row["issue"], row["country"]) for row in found] == [
        ("k-c-a-aid-u1", "a / aid", "France"),
        ("k-c-b-aid-u1", "b / Aid", "France"),
        ("s2", "", "France"),
        ("s3", "", ""),
    ]


def test_each_coder_says_their_own_and_contradictions_are_left_out() -> None:
    two = selection("c-corridors", "c-support", coding("c-corridors", "u2"), coding("c-oppose", "u2"))
    assert [(row["coder"], row["stance"]) for row in rows(text_document(two))] == [
        ("Coder (synthetic)", "Support"),
        ("Other (synthetic)", "oppose"),
    ]
    found = opened(qda, archive(project_xml(text_document(selection("c-corridors", "c-support", "c-oppose")))), "p.qdpx")
    assert (told(found), found.found.rows[0].values["stance"]) == (["1:codes-contradict", "1:date-from-name"], "")


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        pytest.param(case("Germany"), {"country": "Germany"}, id="a-case-called-like-a-state"),
        pytest.param(case("United Nations"), {"organisation": "United Nations", "country": ""}, id="like-an-organisation"),
        pytest.param(case("Germany", about='<SelectionRef targetGUID="s1"/>'), {"country": "Germany"}, id="about-the-selection"),
        pytest.param(case("Germany", about='<SourceRef targetGUID="d2"/>'), {"country": ""}, id="about-another-document"),
        pytest.param(case("Doe (synthetic)"), {"country": "", "organisation": "", "spokesperson": ""}, id="like-nobody-known"),
        pytest.param(case("x", variable("v-date", "DateValue", "2016-07-29")), {"stated_on": "2016-07-29"}, id="date-of-a-case"),
        pytest.param(
            case("x", variable("v-date", "DateTimeValue", "2016-07-29T23:30:00-05:00")), {"stated_on": "2016-07-29"}, id="and-time"
        ),
        pytest.param(case("x", '<CodeRef targetGUID="c-fra"/>'), {"country": "France"}, id="code-of-a-case"),
    ],
)
def test_cases_say_who_and_when(cases: str, expected: dict[str, str]) -> None:
    (row,) = rows(text_document(selection("c-corridors")), cases=cases)
    assert {column: row[column] for column in expected} == expected


def test_variables_and_branches_can_be_mapped() -> None:
    document = text_document(selection("c-corridors", "c-a-aid"), variable("v-mood", "TextValue", "Synthetic Ministry"))
    (row,) = rows(document, mapping={"mood": "organisation", "A": "target"})
    assert (row["organisation"], row["target"], row["issue"]) == ("Synthetic Ministry", "aid", "corridors")


@pytest.mark.parametrize(
    ("name", "date"),
    [
        pytest.param("briefing 2016-07-28.txt", "2016-07-28", id="day"),
        pytest.param("a_2016-07_b", "2016-07", id="month"),
        pytest.param("board_2017.txt", "2017", id="year"),
        pytest.param("20160728-a", "2016-07-28", id="written-together"),
        pytest.param("2016-07-28 to 2016-08-01", "", id="two-dates"),
        pytest.param("S_PV_7654", "", id="a-number-that-is-no-year"),
        pytest.param("case 120163", "", id="a-longer-number"),
        pytest.param("interview", "", id="none"),
    ],
)
def test_dates_in_names_of_documents(name: str, date: str) -> None:
    assert rows(text_document(selection("c-corridors"), name=name))[0]["stated_on"] == date


@pytest.mark.parametrize(
    ("path", "files"),
    [
        pytest.param("internal://d1.txt", {"Sources/d1.txt": TEXT.encode()}, id="internal"),
        pytest.param("d1.txt", {"sources/d1.txt": TEXT.encode()}, id="bare"),
        pytest.param("internal://D1.txt", {"sources/d1.TXT": b"\xef\xbb\xbf" + TEXT.encode()}, id="case-and-byte-order-mark"),
        pytest.param("../../sources/d1.txt", {"sources/d1.txt": TEXT.encode()}, id="by-its-last-name-only"),
    ],
)
def test_texts_are_found_in_the_archive(path: str, files: dict[str, bytes]) -> None:
    found = opened(qda, archive(project_xml(text_document(selection("c-corridors"), path=path)), files), "p.qdpx")
    assert found.found.rows[0].values["quote"] == "we welcome it"


@pytest.mark.parametrize(
    ("document", "code"),
    [
        pytest.param(text_document(selection("c-corridors"), path="internal://gone.txt"), "document-missing", id="text-not-there"),
        pytest.param(text_document(selection("c-corridors"), path="absolute:///etc/passwd"), "document-missing", id="text-elsewhere"),
        pytest.param(text_document(selection("c-corridors"), path=""), "document-missing", id="no-path"),
        pytest.param(text_document(selection("c-corridors", stop=9_999)), "span-outside", id="beyond-the-end"),
        pytest.param(text_document('<PlainTextSelection guid="s" startPosition="x" endPosition="3"/>'), "span-outside", id="no-number"),
        pytest.param(text_document(coding("c-corridors")), "document-coded-whole", id="the-whole-document"),
        pytest.param(
            '<PictureSource guid="p" name="n"><PictureSelection guid="q"/></PictureSource>', "selection-without-text", id="picture"
        ),
    ],
)
def test_what_gives_no_words_is_accounted_for(document: str, code: str) -> None:
    found = opened(qda, archive(project_xml(document)), "p.qdpx")
    assert (told(found), found.found.rows) == ([f"1:{code}"], [])


def test_a_text_beside_a_pdf_and_a_text_inside_the_xml_are_read() -> None:
    pdf = f'<PDFSource guid="d9" name="n"><Representation guid="r" plainTextPath="internal://d1.txt">{selection("c-corridors")}</Representation></PDFSource>'
    inline = text_document(f"<PlainTextContent>{TEXT}</PlainTextContent>", selection("c-corridors", guid="s2"), path="")
    assert [row["quote"] for row in rows(pdf, inline)] == ["we welcome it"] * 2
    raw = opened(qda, project_xml(inline).encode(), "p.qde")
    assert len(raw.found.rows) == 1


def test_a_code_that_is_not_in_the_book_is_said() -> None:
    found = opened(qda, archive(project_xml(text_document(selection("c-gone"), name="2016"))), "p.qdpx")
    assert told(found) == ["1:date-from-name", "1:code-missing"]


@pytest.mark.parametrize(
    ("text", "start", "way"),
    [
        pytest.param("a😀\nbcdef", 3, "characters", id="characters"),
        pytest.param("a😀\nbcdef", 4, "UTF-16 units", id="java"),
        pytest.param("ab\r\n\r\nbcdef", 4, "characters, line ends as one", id="line-ends-as-one"),
        pytest.param("ab\n\nbcdef", 6, "characters, line ends as two", id="line-ends-as-two"),
        pytest.param("😀😀\r\nbcdef", 5, "UTF-16 units, line ends as one", id="both"),
    ],
)
def test_names_of_selections_tell_how_positions_are_counted(text: str, start: int, way: str) -> None:
    named = Selection("s", "bcdef...", start, start + 5)
    found = find_counting(text, [named, Selection("t", "line:6", start, start + 5)])
    assert (found.counting.name, found.counting.cut(start, start + 5), found.is_certain) == (way, "bcdef", True)


def test_without_names_characters_are_counted_and_the_guess_is_said() -> None:
    found = opened(qda, archive(project_xml(text_document(selection("c-corridors")))), "p.qdpx")
    assert [guess.guess for guess in found.guesses if guess.what == "positions in texts"] == ["characters"]
    assert found.found.rows[0].values["quote"] == "we welcome it"


CODEBOOK = f'<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Synthetic"><Codes>{CODES}</Codes></CodeBook>'


def test_a_codebook_gives_issues_and_says_that_it_has_no_statements() -> None:
    found = opened(qda, CODEBOOK.encode(), "book.qdc")
    assert (told(found), found.format, found.found.n_records) == (["codebook-only"], "REFI-QDA codebook", 0)
    assert [issue.issue_id for issue in found.declared.issues] == ["corridors", "a", "a-aid", "b", "b-aid"]


# --- files of strangers ---------------------------------------------------------------------------------------------

ENTITIES = '<!DOCTYPE a [<!ENTITY b "bomb"><!ENTITY c "&b;&b;">]>'
PLAIN = project_xml(text_document(selection("c-corridors", "c-fra")))


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        pytest.param(archive(PLAIN.replace("<Project", ENTITIES + "<Project", 1)), "p.qdpx", "xml-entities", id="entities-in-a-project"),
        pytest.param(
            CODEBOOK.replace("<CodeBook", ENTITIES + "<CodeBook", 1).encode(), "b.qdc", "xml-entities", id="entities-in-a-codebook"
        ),
        pytest.param(archive(PLAIN[:-40]), "p.qdpx", "archive-damaged", id="xml-cut-off"),
        pytest.param(archive(PLAIN)[:200], "p.qdpx", "archive-damaged", id="archive-cut-off"),
        pytest.param(archive(project_xml(codes="<Code>" * 500 + "</Code>" * 500)), "p.qdpx", "nested-too-deeply", id="nested"),
        pytest.param(archive(PLAIN, {"sources/d1.txt": b"a" * 60_000_000}), "p.qdpx", "archive-too-large", id="ratio"),
        pytest.param(archive(PLAIN).replace(b"project.qde", b"another.qde"), "p.qdpx", "file-not-a-table", id="no-project-in-it"),
        pytest.param(b"", "b.qdc", "archive-damaged", id="empty"),
        pytest.param(b"codes", "b.qdc", "archive-damaged", id="no-xml"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, name: str, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        opened(qda, data, name)
    assert refused.value.problem.code == code


def test_selections_over_each_other_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qda, "MAX_FILE_BYTES", 30)
    with pytest.raises(FileRefused) as refused:
        rows(text_document(*(selection("c-corridors", guid=f"s{n}") for n in range(3))))
    assert refused.value.problem.code == "file-too-large"


def test_more_elements_than_any_project_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qda_project, "_MAX_ELEMENTS", 20)
    with pytest.raises(FileRefused) as refused:
        opened(qda, CODEBOOK.replace("</Codes>", "<Code/>" * 20 + "</Codes>").encode(), "b.qdc")
    assert refused.value.problem.code == "file-too-large"


def test_a_tag_that_never_ends_is_refused_at_once() -> None:
    with pytest.raises(FileRefused) as refused:
        opened(qda, CODEBOOK.replace('name="Country"', f'name="{"x" * 30_000_000}"').encode(), "b.qdc")
    assert refused.value.problem.code == "file-too-large"


@pytest.mark.parametrize(
    ("data", "name", "is_one"),
    [
        pytest.param(archive(PLAIN), "p.zip", True, id="by-what-is-in-it"),
        pytest.param(CODEBOOK.encode(), "b.xml", True, id="by-its-namespace"),
        pytest.param(b"x", "B.QDC", True, id="by-its-ending"),
        pytest.param(b"date,country,quote", "t.csv", False, id="another-file"),
    ],
)
def test_projects_and_codebooks_are_known(data: bytes, name: str, is_one: bool) -> None:
    assert qda.recognises(InputFile.from_bytes(data, name)) is is_one


@settings(max_examples=100, deadline=None)
@given(broken=mutations(archive(PLAIN)))
def test_a_broken_archive_loads_what_is_whole_or_is_refused(broken: bytes) -> None:
    loads_or_refuses(qda, broken, "p.qdpx")


@settings(max_examples=100, deadline=None)
@given(broken=mutations(PLAIN.encode()))
def test_a_broken_project_loads_what_is_whole_or_is_refused(broken: bytes) -> None:
    loads_or_refuses(qda, broken, "p.qde")


@samples.needs_samples
def test_of_the_sample_nothing_is_unexplained() -> None:
    sample = Path(samples.FORMATS, "qc_demo.qdpx")
    found = opened(qda, sample.read_bytes(), sample.name)
    kept, problems = statements(found, sample.name)
    assert (found.found.n_records, len(found.found.rows), kept) == (205, 205, ())
    assert Counter(problem.code for problem in problems) == {"actor-missing": 205}
    assert found.found.rows[0].values["quote"].startswith("This district goal is engage every student")
    by_all = opened(qda, sample.read_bytes(), sample.name, mapping={"=United States": "country"})
    assert len(statements(by_all, sample.name)[0]) == 205
