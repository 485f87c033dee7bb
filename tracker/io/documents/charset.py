"""Bytes of pages, feeds and texts to text: what a mark says, else what the document says, else what it reads as."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tracker.core.problems import Problem, Severity
from tracker.io.encodings import guess_encoding
from tracker.io.refusals import FileRefused

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})|<meta[^>]{0,300}?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)
_HEAD_BYTES = 4096
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "euc_kr": "cp949"}
_NOT_TEXT = frozenset({"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode", "unicode_escape", "raw_unicode_escape"})


@dataclass(frozen=True)
class DecodedText:
    """The text of a document, the name of its encoding, and a warning when that is not the one it declares or only likely."""

    text: str = field(repr=False)
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode_document(data: bytes, charset: str = "") -> DecodedText:
    """The text of a document's bytes; ``charset`` is what the server said, "" for a file.

    The order is that of browsers: byte order mark, server, declaration in the document, UTF-8. Where bytes contradict all
    of these, the encoding the text reads as is taken, with a warning. Raises FileRefused when none is certain.

    >>> decode_document("<?xml version='1.0' encoding='utf-8'?>Déclaration".encode("cp1252")).problems[0].code
    'encoding-guessed'
    """
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return DecodedText(_strict(data[len(mark) :], codec) or data[len(mark) :].decode(codec, "replace"), name)
    declared = _declared(data)
    for codec in filter(None, (_codec(charset), _codec(declared), "utf-8", _wide(data))):
        text = _strict(data, codec)
        if text is not None:
            return DecodedText(text, _shown(codec), tuple(_contradiction(charset or declared, codec)))
    found = guess_encoding(data)
    if not found:
        raise FileRefused(
            "encoding-unreadable", "The text is in no encoding that is certain, nor in the one it declares. Save it as UTF-8, or paste it."
        )
    message = f"The encoding of the document was taken to be {found.name}; check that names are right, or save it as UTF-8."
    problem = Problem("encoding-guessed", message, Severity.WARNING)
    return DecodedText(data.decode(found.codec, "replace"), found.name, (problem,))


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:_HEAD_BYTES])
    return (found[1] or found[2]).decode("ascii") if found else ""


def _codec(name: str) -> str:
    """The codec of a declared name, as browsers read it; "" for what is none of text, or cannot be as it was read."""
    try:
        codec = codecs.lookup(name.strip()).name.lower() if name.strip() else ""
    except (LookupError, ValueError):
        return ""
    plain = codec.replace("-", "_")
    if plain in _NOT_TEXT or plain.removesuffix("_codec") in _NOT_TEXT or codec.startswith(("utf-16", "utf-32", "utf-7")):
        return ""
    return _READ_AS.get(codec, codec)


def _wide(data: bytes) -> str:
    """UTF-16 without a mark, told by where its zero bytes stand; "" when it is not."""
    head = data[:200]
    if len(head) < 8 or b"\0" not in head:
        return ""
    return "utf-16-le" if head[1::2].count(0) * 2 > len(head) // 2 else "utf-16-be" if head[::2].count(0) * 2 > len(head) // 2 else ""


def _strict(data: bytes, codec: str) -> str | None:
    try:
        text = data.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None
    return None if codec == "utf-8" and text[:200].count("\0") * 4 > len(text[:200]) else text


def _shown(codec: str) -> str:
    return {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}.get(codec) or codec.replace("cp125", "Windows-125")


def _contradiction(declared: str, codec: str) -> Iterator[Problem]:
    said = _codec(declared)
    if said and said != codec:
        message = f"The document says it is {declared[:40]} but is {_shown(codec)}, in which it was read. Check that names are right."
        yield Problem("encoding-guessed", message, Severity.WARNING)
