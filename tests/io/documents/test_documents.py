"""Files of every kind to the document in them, and why others are refused."""

from __future__ import annotations

import io
import zipfile

import pytest
from pypdf import PdfReader, PdfWriter

from tests.io.documents.made_documents import paragraph, pdf_file, word_file
from tracker.io.documents.pdf import paragraphs_of
from tracker.io.documents.reading import read_document
from tracker.io.refusals import FileRefused

LINE = "The minister welcomed the proposal of the commission and asked all"


def test_a_word_file() -> None:
    body = paragraph("Statement") + paragraph("We ", "support", " it.") + "<w:p/>"
    body += "<w:p><w:del><w:r><w:t>never</w:t></w:r></w:del><w:r><w:t>Kept</w:t><w:br/><w:t>here</w:t></w:r></w:p>"
    body += "<w:p><w:r><w:instrText>PAGE</w:instrText><w:tab/><w:t>end</w:t></w:r></w:p>"
    found = read_document(word_file(body, title="A  title", created="2016-04-03T23:30:00Z"), "a.docx")
    assert found.text == "Statement\n\nWe support it.\n\nKept\nhere\n\nend"
    assert (found.title, str(found.created_on), found.published_on) == ("A title", "2016-04-03", None)
    assert found.left_out == (("deletion", 1),)


def test_text_written_twice_for_old_programs_comes_once() -> None:
    body = "<w:p><w:r><w:t>a</w:t><Fallback><Fallback><w:t>b</w:t></Fallback><w:t>b</w:t></Fallback><w:t>c</w:t></w:r></w:p>"
    assert read_document(word_file(body)).text == "ac"


def test_a_pdf() -> None:
    pages = [
        [f"Ministry, page {n}", f"{word}: {LINE}", f"sides to come {word} times to the ta-", f"ble. He “agreed” {word}."]
        for n, word in enumerate(["once", "twice", "thrice"], 1)
    ]
    found = read_document(pdf_file(pages, title="On talks", created="D:20160403233000-05'00'"), "a.pdf")
    assert found.text.split("\n\n")[0] == f"once: {LINE} sides to come once times to the table. He “agreed” once."
    assert "Ministry" not in found.text
    assert found.left_out == (("head or foot of a page", 3),)
    assert (found.title, str(found.created_on), found.published_on) == ("On talks", "2016-04-03", None)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([LINE, "sides."], [f"{LINE} sides."], id="a full line goes on"),
        pytest.param([LINE, "It ended.", LINE], [f"{LINE} It ended.", LINE], id="a short line ends a paragraph"),
        pytest.param([LINE, "", LINE], [LINE, LINE], id="a blank line"),
        pytest.param([LINE, "- first", "- second"], [LINE, "- first", "- second"], id="a list"),
        pytest.param([LINE, "QUESTION: Why?", "MR KIRBY: So."], [LINE, "QUESTION: Why?", "MR KIRBY: So."], id="a transcript"),
        pytest.param(
            ["a cease-fire is", LINE, "long cease-", "fire held."], ["a cease-fire is", f"{LINE} long cease-fire held."], id="hyphen stays"
        ),
        pytest.param([LINE + " of Nor-", "Korea"], [LINE + " of Nor- Korea"], id="no word is made of two names"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_lines_to_paragraphs(lines: list[str], expected: list[str]) -> None:
    assert paragraphs_of(lines) == expected


@pytest.mark.parametrize(
    ("data", "name", "format_name"),
    [
        pytest.param("Déjà vu".encode(), "a.txt", "plain text", id="utf-8"),
        pytest.param("Déjà vu".encode("utf-8-sig"), "a.txt", "plain text", id="utf-8 with mark"),
        pytest.param("Déjà vu".encode("utf-16"), "a.txt", "plain text", id="utf-16"),
        pytest.param("Déjà vu, Déjà vu".encode("utf-16-le"), "a.txt", "plain text", id="utf-16 without mark"),
        pytest.param("Déjà vu, voilà l'été à Genève".encode("cp1252"), "a.txt", "plain text", id="windows"),
        pytest.param("<p>Déjà vu".encode(), "a", "web page", id="a page without a name"),
        pytest.param("<b>Déjà vu".encode(), "a.html", "web page", id="a page by its name"),
    ],
)
def test_text_in_any_encoding(data: bytes, name: str, format_name: str) -> None:
    found = read_document(data, name)
    assert (found.text[:7], found.format) == ("Déjà vu", format_name)


def _protected() -> bytes:
    writer, made = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_file([["secret"]])))), io.BytesIO()
    writer.encrypt("word")
    writer.write(made)
    return made.getvalue()


def _other_archive() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "a")
    return made.getvalue()


_ENTITIES = b'<!DOCTYPE d [<!ENTITY a "aaaa">]><w:document xmlns:w="w"><w:body/></w:document>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b" \r\n\0", "document-empty", id="empty"),
        pytest.param(b"<html><script>x</script></html>", "document-empty", id="a page of scripts"),
        pytest.param(word_file(""), "document-empty", id="an empty Word file"),
        pytest.param(_other_archive(), "document-unknown", id="an archive"),
        pytest.param(b"PK\x03\x04broken", "archive-damaged", id="half an archive"),
        pytest.param(word_file("<w:p>")[:-60], "archive-damaged", id="a Word file cut off"),
        pytest.param(word_file("</w:p>"), "archive-damaged", id="XML that is broken"),
        pytest.param(word_file("<a>" * 100 + "</a>" * 100), "nested-too-deeply", id="nested"),
        pytest.param(word_file("", members={"z": b"0" * 210_000_000}), "archive-too-large", id="a bomb"),
        pytest.param(word_file("<w:p/>").replace(b"word/document.xml", b"word/document.xmm"), "document-unknown", id="no body"),
        pytest.param(_protected(), "file-encrypted", id="a protected PDF"),
        pytest.param(pdf_file([[], []]), "pdf-scanned", id="a scanned PDF"),
        pytest.param(b"%PDF-1.4 nothing", "pdf-unreadable", id="half a PDF"),
        pytest.param(pdf_file([["x"]] * 501), "file-too-large", id="too many pages"),
        pytest.param(b"\xd0\xcf\x11\xe0 old", "document-unknown", id="an old Word file"),
        pytest.param(b"\x89PNG....", "document-unknown", id="a picture"),
        pytest.param(bytes(range(1, 32)) * 50, "document-unknown", id="bytes"),
        pytest.param(b"\x80\x04\x95pickle", "document-unknown", id="a pickle"),
    ],
)
def test_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_document(data, "a")
    assert refused.value.problem.code == code
    assert refused.value.problem.message.endswith((".", "it."))


def test_entities_in_a_word_file_are_never_resolved() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", _ENTITIES)
    with pytest.raises(FileRefused) as refused:
        read_document(made.getvalue())
    assert refused.value.problem.code == "xml-entities"


def test_a_pdf_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    program = tmp_path / "endless.py"
    program.write_text("while True: pass")
    monkeypatch.setattr("tracker.io.documents.pdf._PROGRAM", program)
    monkeypatch.setattr("tracker.io.documents.pdf._PATIENCE_SECONDS", 0.5)
    with pytest.raises(FileRefused, match="seconds"):
        read_document(pdf_file([["x"]]))
