"""Word files (.docx) to text: paragraphs in their order, without deletions, field codes and what is written twice."""

from __future__ import annotations

import re
from collections import Counter

from tracker.core.dates import PartialDate
from tracker.io.archives import Archive
from tracker.io.documents.document import ReadDocument, civil_date, one_line
from tracker.io.inputs import InputFile
from tracker.io.refusals import FileRefused
from tracker.io.xml_events import read_events

FORMAT = "Word document"
BODY = "word/document.xml"
MAX_CHARACTERS = 5_000_000

_ABOUT = "docProps/core.xml"
_LEFT_OUT = {"del": "deletion", "moveFrom": "deletion", "Fallback": "", "txbxContent": "text box"}
_SPACES = re.compile(r"[^\S\n]+")


class _Paragraphs:
    """Gathers the text of each paragraph."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.left_out: Counter[str] = Counter()
        self._pieces: list[str] = []
        self._silent = ""
        self._depth = 0
        self._in_text = False
        self._n_characters = 0

    def start(self, name: str, attributes: object) -> None:
        if self._silent:
            self._depth += name == self._silent
        elif name in _LEFT_OUT:
            self._silent, self._depth = name, 1
            if _LEFT_OUT[name]:
                self.left_out[_LEFT_OUT[name]] += 1
        elif name == "t":
            self._in_text = True
        elif name in ("br", "cr"):
            self._pieces.append("\n")
        elif name in ("tab", "ptab"):
            self._pieces.append(" ")
        elif name == "noBreakHyphen":
            self._pieces.append("-")

    def end(self, name: str) -> None:
        if self._silent:
            self._depth -= name == self._silent
            self._silent = self._silent if self._depth else ""
        elif name == "t":
            self._in_text = False
        elif name == "p":
            paragraph = "\n".join(line.strip() for line in _SPACES.sub(" ", "".join(self._pieces)).split("\n") if line.strip())
            self.found += [paragraph] if paragraph else []
            self._pieces.clear()

    def text(self, text: str) -> None:
        if self._in_text and not self._silent:
            self._pieces.append(text)
            self._n_characters += len(text)
            if self._n_characters > MAX_CHARACTERS:
                message = f"The document has more than {MAX_CHARACTERS:,} characters; it was not read on. Give the part you need."
                raise FileRefused("file-too-large", message)


def read_word(data: bytes, name: str = "") -> ReadDocument:
    """A Word file as a document. Raises FileRefused when it is none, damaged, protected, or would unpack to too much.

    Text boxes and footnotes are left out and counted. ``created_on`` is when the file was made, which says nothing certain
    of its publication.
    """
    archive = Archive(InputFile.from_bytes(data, name))
    if BODY not in archive:
        raise FileRefused(
            "document-unknown", "The file is an archive but no Word document that can be read. Save it as .docx, or paste its text."
        )
    paragraphs = _Paragraphs()
    with archive.open(BODY) as stream:
        read_events(stream, start=paragraphs.start, end=paragraphs.end, text=paragraphs.text)
    title, created_on = _about(archive)
    left_out = tuple(sorted(paragraphs.left_out.items()))
    return ReadDocument("\n\n".join(paragraphs.found), FORMAT, title=title, created_on=created_on, left_out=left_out)


def _about(archive: Archive) -> tuple[str, PartialDate | None]:
    """The title and the day of making of the document's properties; "" and ``None`` where there are none."""
    found = {"title": "", "created": ""}
    open_name = ""

    def start(name: str, attributes: object) -> None:
        nonlocal open_name
        open_name = name

    def text(piece: str) -> None:
        if open_name in found and len(found[open_name]) < 2000:
            found[open_name] += piece

    if _ABOUT in archive:
        with archive.open(_ABOUT) as stream:
            read_events(stream, start=start, text=text)
    return one_line(found["title"]), civil_date(found["created"])
