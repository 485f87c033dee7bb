"""A file or answer of the web to the document it is: by its first bytes, then by its type, then by its name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from tracker.io.archives import ZIP_BEGINNING
from tracker.io.documents.charset import decode_document
from tracker.io.documents.document import ReadDocument
from tracker.io.documents.html import read_page
from tracker.io.documents.pdf import BEGINNING, read_pdf
from tracker.io.documents.word import read_word
from tracker.io.refusals import FileRefused

MAX_DOCUMENT_BYTES = 50_000_000
PLAIN_TEXT = "plain text"

_PAGE = re.compile(rb"[\xef\xbb\xbf\s]*<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|meta|title)\b", re.IGNORECASE)
_PAGE_ENDINGS = frozenset({".html", ".htm", ".xhtml"})
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "an old Word or Office file (.doc). Save it as .docx, or paste its text."),
    (b"{\\rtf", "an RTF document. Save it as .docx, or paste its text."),
    (b"\x89PNG", "a picture. Paste the text that is on it."),
    (b"\xff\xd8\xff", "a picture. Paste the text that is on it."),
    (b"GIF8", "a picture. Paste the text that is on it."),
    (b"\x1f\x8b", "a packed file. Unpack it first."),
    (b"BZh", "a packed file. Unpack it first."),
    (b"7z\xbc\xaf", "a packed file. Unpack it first."),
    (b"Rar!", "a packed file. Unpack it first."),
    (b"\x80\x04", "a Python pickle; it was not opened. Paste the text."),
    (b"SQLite format 3\0", "a database. Load it on the Import page."),
)


def read_document(data: bytes, name: str = "", *, content_type: str = "", charset: str = "", url: str = "") -> ReadDocument:
    """The document in a file or answer: a web page, a Word file, a PDF, or plain text.

    ``content_type``, ``charset`` and ``url`` are what the server said, "" for a file. Raises FileRefused, in words, for what
    is empty, too large, damaged, protected or none of these. Nothing in it is fetched or run.

    >>> read_document(b"She said yes.", "note.txt").format
    'plain text'
    """
    if len(data) > MAX_DOCUMENT_BYTES:
        raise FileRefused("file-too-large", f"The document has {len(data):,} bytes; at most {MAX_DOCUMENT_BYTES:,} are read.")
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise FileRefused("document-empty", "There is no text in the document. Give another file, or paste the text.")
    if data[:1024].lstrip().startswith(BEGINNING):
        found = read_pdf(data)
    elif data.startswith(ZIP_BEGINNING):
        found = read_word(data, name)
    elif is_page(data, name, content_type):
        found = read_page(data, charset=charset, url=url)
    else:
        found = _read_text(data, charset)
    if not found.text.strip():
        raise FileRefused("document-empty", f"The {found.format} holds no text that people see. Give another file, or paste the text.")
    return found


def is_page(data: bytes, name: str = "", content_type: str = "") -> bool:
    """Whether it is a web page: by its beginning, else by the type the server said or the ending of its name."""
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    return bool(_PAGE.match(data[:1024])) or content_type in _PAGE_TYPES or (not content_type and ending in _PAGE_ENDINGS)


def _read_text(data: bytes, charset: str) -> ReadDocument:
    for beginning, what in _OTHERS:
        if data.startswith(beginning):
            raise FileRefused("document-unknown", f"The file is {what}")
    decoded = decode_document(data, charset)
    n_control = sum(c < " " and c not in "\t\n\r\f" for c in decoded.text[:4000])
    if n_control > 40:
        raise FileRefused(
            "document-unknown", "The file is no text, web page, Word file or PDF. Save it as one of these, or paste its text."
        )
    return ReadDocument(decoded.text, PLAIN_TEXT, encoding=decoded.encoding, problems=decoded.problems)
