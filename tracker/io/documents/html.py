"""Web pages: their article as text, and what they say of themselves."""

from __future__ import annotations

from tracker.io.documents.charset import decode_document
from tracker.io.documents.document import ReadDocument
from tracker.io.documents.html_about import about_page
from tracker.io.documents.html_text import article_text

FORMAT = "web page"


def read_page(data: bytes, *, charset: str = "", url: str = "") -> ReadDocument:
    """A web page as a document; ``charset`` and ``url`` are what fetching it told, "" for a file.

    Raises FileRefused for what is too long, nested too deeply or in no certain encoding. Nothing of it is fetched or run.

    >>> read_page(b"<title>T</title><p>One</p><p>Two</p>").text
    'One\\n\\nTwo'
    """
    decoded = decode_document(data, charset)
    text, left_out = article_text(decoded.text)
    about = about_page(decoded.text, url)
    return ReadDocument(
        text=text,
        format=FORMAT,
        title=about.title,
        publisher=about.publisher,
        url=about.url,
        published_on=about.published_on,
        language=about.language,
        encoding=decoded.encoding,
        left_out=left_out,
        problems=decoded.problems,
    )
