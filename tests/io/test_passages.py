"""documents.csv and passages.csv: what is written comes back, what cannot hold is said, and annotations are W3C's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.io.test_packages import codes, package
from tracker.core.documents import Document, Passage, as_document_text, document_id_of, passage_at
from tracker.io.packages import load_data_set
from tracker.io.passages import annotation, documents_csv, passages_csv, read_documents, read_passages

TEXT = " - He said: “Quote one” and then, “=two”.\n"
ID = document_id_of(TEXT)
DOCUMENT = Document(ID, "=A title", "Test Press", "https://example.org/1", "2016-07-29", "en", len(TEXT), "2026-11-25T12:00:00+00:00")
PASSAGES = (passage_at(TEXT, [(13, 22)], "t-1"), passage_at(TEXT, [(0, 3), (35, 39)], "t-2"))


def read(documents: bytes, passages: bytes) -> tuple[tuple[Document, ...], tuple[Passage, ...], list[str]]:
    problems = []
    files = {"documents.csv": documents, "passages.csv": passages}
    found = read_documents(files, problems)
    return found, read_passages(files, found, problems), [problem.message for problem in problems]


def test_what_is_written_comes_back_spaces_and_formulas_too() -> None:
    assert read(documents_csv([DOCUMENT]), passages_csv(PASSAGES)) == ((DOCUMENT,), PASSAGES, [])
    assert b"'=A title" in documents_csv([DOCUMENT]), "no spreadsheet takes it for a formula"


def test_tabs_and_lines_within_a_cell_are_no_columns() -> None:
    text = as_document_text("=\t\n\t")
    passage = passage_at(text, [(0, 1)], "t-1")
    document = Document(document_id_of(text), n_characters=len(text))
    assert read(documents_csv([document]), passages_csv([passage])) == ((document,), (passage,), [])


@given(st.text("ab =-'\n\t“”é\u202e", min_size=3, max_size=50), st.data())
def test_any_passage_comes_back(written: str, data: st.DataObject) -> None:
    text = as_document_text(written)
    start = data.draw(st.integers(0, len(text) - 1))
    passage = passage_at(text, [(start, data.draw(st.integers(start + 1, len(text))))], "t-1")
    document = Document(document_id_of(text), n_characters=len(text))
    _, found, problems = read(documents_csv([document]), passages_csv([passage]))
    # A cell of nothing but spaces cannot be told from an empty one, and says nothing.
    assert (found, problems) == ((passage,), []) or not passage.exact.strip()


def test_a_package_has_them_and_they_survive(tmp_path: Path) -> None:
    folder = package(tmp_path)
    (folder / "documents.csv").write_bytes(documents_csv([DOCUMENT]))
    (folder / "passages.csv").write_bytes(passages_csv(PASSAGES))
    descriptor = json.loads((folder / "datapackage.json").read_text())
    descriptor["resources"] += [{"name": name, "path": f"{name}.csv"} for name in ("documents", "passages")]
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    held = load_data_set(folder)
    assert (held.documents, held.passages) == ((DOCUMENT,), PASSAGES)
    assert codes(held) == ["date-invalid"]
    assert load_data_set(folder / "statements.csv").passages == ()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        pytest.param(f"t-1,{ID},13-23,Quote one,,", "not as long as the spans", id="length"),
        pytest.param(f"t-1,{ID},13-999,Quote one,,", "do not lie in the document", id="outside"),
        pytest.param(f"t-1,{ID},22-13,Quote one,,", "do not lie in the document", id="backwards"),
        pytest.param(f"t-1,{ID},somewhere,Quote one,,", "is not spans like", id="no-spans"),
        pytest.param("t-1,other,13-22,Quote one,,", "is not in documents.csv", id="no-document"),
        pytest.param(f"t-1,{ID},13-22,,,", "exact is empty", id="no-words"),
        pytest.param(f"t-1,{ID},13-22,Quote one,,\nt-1,{ID},13-22,Quote one,,", "has a passage already", id="twice"),
    ],
)
def test_what_cannot_hold_is_left_out_and_said(row: str, message: str) -> None:
    table = f"statement_id,document_id,spans,exact,prefix,suffix\n{row}\n".encode()
    _, found, problems = read(documents_csv([DOCUMENT]), table)
    assert len(problems) == 1 and message in problems[0]
    assert len(found) == row.count("\n")


def test_documents_named_twice_or_without_a_length_are_said() -> None:
    table = f"document_id,n_characters,document_url\n{ID},many,javascript:x\n{ID},3,\n".encode()
    (held,), _, problems = read(table, passages_csv([]))
    assert (held.n_characters, held.document_url) == (0, "")
    assert "is not a number of characters" in problems[0] and "was named before" in problems[1]


def test_passages_of_statements_that_were_not_kept_are_said(tmp_path: Path) -> None:
    folder = package(tmp_path)
    (folder / "datapackage.json").unlink()
    (folder / "documents.csv").write_bytes(documents_csv([DOCUMENT]))
    (folder / "passages.csv").write_bytes(passages_csv([*PASSAGES, passage_at(TEXT, [(4, 6)], "nobody")]))
    held = load_data_set(folder)
    assert held.passages == PASSAGES and codes(held).count("passage-left-out") == 1


def test_an_annotation_has_both_selectors_of_each_part() -> None:
    whole = json.loads(annotation(PASSAGES[1], DOCUMENT, link="https://here.example/statement?id=t-2"))
    assert (whole["@context"], whole["type"]) == ("http://www.w3.org/ns/anno.jsonld", "Annotation")
    first, second = whole["target"]
    assert first["source"] == second["source"] == "https://example.org/1"
    assert first["selector"] == [
        {"type": "TextPositionSelector", "start": 0, "end": 3},
        {"type": "TextQuoteSelector", "exact": " - ", "prefix": ""},
    ]
    assert second["selector"][1] == {"type": "TextQuoteSelector", "exact": "=two", "suffix": "”.\n"}
    assert first["state"] == {"type": "TimeState", "sourceDate": DOCUMENT.retrieved_at}
    alone = json.loads(annotation(PASSAGES[0], Document(ID), link="x"))
    assert alone["target"]["source"] == f"urn:sha256:{ID}" and "state" not in alone["target"]
