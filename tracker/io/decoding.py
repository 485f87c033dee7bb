"""Bytes to text: what kind of file it is, in which encoding; what cannot be read stays recognisable, row by row."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from tracker.core.problems import Problem
from tracker.io.found import Guess
from tracker.io.limits import MAX_FILE_BYTES
from tracker.io.refusals import FileRefused

_BINARY_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "a zip archive that is no workbook", "Unpack it and load the table inside."),
    (b"PK\x05\x06", "an empty zip archive", "Unpack it and load a CSV file."),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.xls)", "Save the sheet as .xlsx or CSV (UTF-8) and load that."),
    (b"\x09\x08\x10\x00", "an old Excel file (.xls)", "Save the sheet as .xlsx or CSV (UTF-8) and load that."),
    (b"\x89PNG", "a PNG picture", "Load the table itself, saved as CSV (UTF-8)."),
    (b"\xff\xd8\xff", "a JPEG picture", "Load the table itself, saved as CSV (UTF-8)."),
    (b"GIF8", "a GIF picture", "Load the table itself, saved as CSV (UTF-8)."),
    (b"%PDF", "a PDF document", "Copy the table into a spreadsheet and save it as CSV (UTF-8)."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it and load the CSV file inside."),
    (b"BZh", "a bzip2 archive", "Unpack it and load the CSV file inside."),
    (b"7z\xbc\xaf", "a 7z archive", "Unpack it and load the CSV file inside."),
    (b"Rar!", "a RAR archive", "Unpack it and load the CSV file inside."),
    (b"ARROW1", "an Arrow file", "Save the table as Parquet or CSV (UTF-8) and load that."),
    (b"SQLite format 3\x00", "an SQLite database", "Save the table as CSV (UTF-8) and load that."),
    (b"{\\rtf", "an RTF document", "Save the table as CSV (UTF-8) and load that."),
)
_BYTE_ORDER_MARKS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|\?xml|rss|feed|svg|head|body|table)\b", re.IGNORECASE)
_JSON_BEGINNING = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*(?:[\[{\"\]\d]|$))")
_UNREADABLE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Decoded:
    """The text of a file and the name of its encoding; unreadable bytes are lone surrogates (``is_readable``).

    When the encoding is only likely, ``guesses`` and ``problems`` say so.
    """

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()
    guesses: tuple[Guess, ...] = ()


def is_readable(text: str) -> bool:
    """Whether every byte of the text could be read in the encoding of its file.

    >>> is_readable("Müller"), is_readable(b"M\\xfcller".decode("utf-8", "surrogateescape"))
    (True, False)
    """
    return text.isascii() or _UNREADABLE.search(text) is None


def decode(data: bytes) -> Decoded:
    """The text of a file: UTF-8, or UTF-16 or UTF-32 with a byte order mark.

    Single rows that are not UTF-8 keep their place and are told by :func:`is_readable`. Raises FileRefused, saying
    what to do, for files that are too large, empty, binary, mark-up or JSON, or in another encoding throughout.
    """
    _refuse_what_is_no_table(data)
    for mark, codec, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return Decoded(_decode_marked(data[len(mark) :], codec, name), f"{name} with byte order mark")
    if data[:4000].count(0) > len(data[:4000]) // 5:
        raise FileRefused(
            "encoding-unreadable",
            "The file looks like UTF-16 or UTF-32 text without a byte order mark; its encoding is not certain. Save it as UTF-8.",
        )
    try:
        return Decoded(data.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        return Decoded(_decode_with_bad_rows(data), "UTF-8 with unreadable rows")


def _refuse_what_is_no_table(data: bytes) -> None:
    if len(data) > MAX_FILE_BYTES:
        raise FileRefused(
            "file-too-large", f"The file has {len(data):,} bytes; at most {MAX_FILE_BYTES:,} can be loaded. Split it into smaller files."
        )
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise FileRefused("file-empty", "The file is empty. It needs a header row with the names of the columns, and statements below it.")
    if data.startswith(_OLD_OFFICE) and _ENCRYPTED in data[:100_000]:
        raise FileRefused("file-encrypted", "The workbook is protected by a password. Remove the password, and save it as .xlsx again.")
    for beginning, kind, remedy in _BINARY_BEGINNINGS:
        if data.startswith(beginning):
            raise FileRefused("file-not-a-table", f"The file is {kind}, not a CSV table that can be read here. {remedy}")
    if data[:2] == b"\x80\x04" or data[:2] in (b"\x80\x03", b"\x80\x05", b"\x80\x02"):
        raise FileRefused(
            "file-not-a-table", "The file is a Python pickle, not a CSV table; it was not opened. Save the table as CSV (UTF-8)."
        )
    head = data[:2000].removeprefix(codecs.BOM_UTF8)
    if _MARKUP.match(head):
        raise FileRefused(
            "file-not-a-table", "The file is a web page or XML document, not a CSV table. Save the table itself as CSV (UTF-8)."
        )
    if _JSON_BEGINNING.match(head):
        raise FileRefused("file-not-a-table", "The file is JSON, not a CSV table that can be read here. Save the records as CSV (UTF-8).")


def _decode_marked(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec, "surrogateescape" if codec == "utf-8" else "surrogatepass")
    except UnicodeDecodeError:
        raise FileRefused(
            "encoding-unreadable",
            f"The file begins as {name} but cannot be read in this encoding to its end; it was cut off or damaged. "
            "Get it again, or save it as UTF-8.",
        ) from None


def _decode_with_bad_rows(data: bytes) -> str:
    """UTF-8 in which a few rows are broken; a file with more broken lines than whole ones is in another encoding."""
    text = data.decode("utf-8", "surrogateescape")
    lines = [line for line in text.split("\n") if not line.isascii()]
    n_broken = sum(not is_readable(line) for line in lines)
    n_whole = len(lines) - n_broken
    header = next((line for line in text.split("\n") if line.strip()), "")
    if not is_readable(header):
        raise FileRefused(
            "encoding-unreadable",
            "The file is not UTF-8 text: the header row with the names of the columns cannot be read, so the encoding is another one. "
            "Save it as UTF-8 (in Excel: CSV UTF-8).",
        )
    if n_broken > 1 and n_broken > n_whole:
        raise FileRefused(
            "encoding-unreadable",
            f"The file is not UTF-8 text: {n_broken:,} of its lines cannot be read, so the encoding is another one. "
            "Save it as UTF-8 (in Excel: CSV UTF-8).",
        )
    return text
