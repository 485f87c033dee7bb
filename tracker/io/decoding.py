"""Bytes to text: what kind of file it is, in which encoding; what cannot be read stays recognisable, row by row."""

from __future__ import annotations

import codecs
import io
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TextIO

from tracker.core.problems import Problem, Severity
from tracker.io.encodings import guess_encoding
from tracker.io.found import Guess
from tracker.io.limits import MAX_TEXT_BYTES
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
_HEAD_CHARACTERS = 200_000
_PIECE_BYTES = 1 << 20
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
_UNREADABLE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Decoded:
    """The text of a file and the name of its encoding; unreadable bytes are lone surrogates (``is_readable``).

    When the encoding is only likely, ``guesses`` and ``problems`` say so.
    """

    data: bytes = field(repr=False)
    codec: str
    encoding: str
    errors: str = "strict"
    skip: int = 0
    problems: tuple[Problem, ...] = ()
    guesses: tuple[Guess, ...] = ()

    @property
    def text(self) -> str:
        """All of the text at once."""
        return self.data[self.skip :].decode(self.codec, self.errors)

    @property
    def head(self) -> str:
        """The beginning of the text, enough to see what kind of table it is."""
        return self.lines().read(_HEAD_CHARACTERS)

    def lines(self) -> TextIO:
        """The text line by line, with the line endings as they stand; the text is never held whole."""
        held = io.BytesIO(self.data)
        held.seek(self.skip)
        return io.TextIOWrapper(held, self.codec, self.errors, newline="")


def is_readable(text: str) -> bool:
    """Whether every byte of the text could be read in the encoding of its file.

    >>> is_readable("Müller"), is_readable(b"M\\xfcller".decode("utf-8", "surrogateescape"))
    (True, False)
    """
    return text.isascii() or _UNREADABLE.search(text) is None


def decode(data: bytes) -> Decoded:
    """The text of a file: UTF-8, UTF-16 or UTF-32, else the legacy encoding it is plainly in, as a guess that is said.

    Single rows that are not UTF-8 keep their place and are told by :func:`is_readable`; they are never taken for a sign
    that the whole file is in another encoding. Raises FileRefused, saying what to do, for files that are too large,
    empty, binary or mark-up, or in an encoding that is not certain.
    """
    _refuse_what_is_no_table(data)
    for mark, codec, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_marked(data, len(mark), codec, name)
    if data.count(0, 0, 4000) > len(data[:4000]) // 20:
        return _decode_wide(data)
    return Decoded(data, "utf-8", "UTF-8") if _is_valid(data, "utf-8") else _decode_with_bad_rows(data)


def _is_valid(data: bytes, codec: str, skip: int = 0) -> bool:
    """Whether all bytes are text in the encoding; looked at piece by piece."""
    decoder = codecs.getincrementaldecoder(codec)("strict" if codec == "utf-8" else "surrogatepass")
    view = memoryview(data)
    try:
        for start in range(skip, len(data), _PIECE_BYTES):
            decoder.decode(view[start : start + _PIECE_BYTES])
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _decode_wide(data: bytes) -> Decoded:
    """UTF-16 or UTF-32 without a byte order mark, if the text is plain in exactly one of their forms."""
    forms = (("utf-32-le", "UTF-32"), ("utf-32-be", "UTF-32"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"))
    found = [(codec, name) for codec, name in forms if _reads_plainly(data[:8000].decode(codec, "replace")) and _is_valid(data, codec)]
    if len(found) != 1:
        raise FileRefused(
            "encoding-unreadable",
            "The file holds so many zero bytes that it is no text, or UTF-16 or UTF-32 text of an uncertain kind. Save it as UTF-8.",
        )
    codec, name = found[0]
    reason = "every character of its beginning is text in it, and in no other form"
    return _guessed(data, codec, "surrogatepass", f"{name} without byte order mark", reason)


def _reads_plainly(head: str) -> bool:
    head = head[:1900]
    n_odd = sum(unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and c not in "\t\r\n" for c in head)
    return any(c in head for c in "\n\r,;\t|") and n_odd == 0 and sum(c.isascii() for c in head) * 20 > len(head)


def _guessed(data: bytes, codec: str, errors: str, name: str, reason: str) -> Decoded:
    message = f"The encoding of the file was taken to be {name}; check that names are right, or save the file as UTF-8."
    problem = Problem("encoding-guessed", message, Severity.WARNING)
    return Decoded(data, codec, name, errors, problems=(problem,), guesses=(Guess("encoding", name, reason),))


def _refuse_what_is_no_table(data: bytes) -> None:
    if len(data) > MAX_TEXT_BYTES:
        raise FileRefused(
            "file-too-large", f"The file has {len(data):,} bytes; at most {MAX_TEXT_BYTES:,} can be loaded. Split it into smaller files."
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


def _decode_marked(data: bytes, skip: int, codec: str, name: str) -> Decoded:
    if codec != "utf-8" and not _is_valid(data, codec, skip):
        raise FileRefused(
            "encoding-unreadable",
            f"The file begins as {name} but cannot be read in this encoding to its end; it was cut off or damaged. "
            "Get it again, or save it as UTF-8.",
        )
    return Decoded(data, codec, f"{name} with byte order mark", "surrogateescape" if codec == "utf-8" else "surrogatepass", skip)


def _decode_with_bad_rows(data: bytes) -> Decoded:
    """UTF-8 in which a few rows are broken; a file with hardly a line of UTF-8 is in another encoding."""
    n_filled = n_broken = n_whole = 0
    is_header_broken = False
    for line in io.BytesIO(data):
        n_filled += not line.isspace()
        if not line.isascii():
            is_broken = not is_readable(line.decode("utf-8", "surrogateescape"))
            n_broken, n_whole = n_broken + is_broken, n_whole + (not is_broken)
            is_header_broken = is_header_broken or (is_broken and n_filled == 1)
    if is_header_broken or (n_broken > n_whole * 4 and (n_broken > 1 or n_filled <= 2)):
        found = guess_encoding(data)
        if found:
            return _guessed(data, found.codec, _KEEPING_BAD_ROWS, found.name, "the text reads as language in it, and in no other")
        raise FileRefused(
            "encoding-unreadable",
            f"The file is not UTF-8 text: {n_broken:,} of its lines cannot be read{', the header is one' if is_header_broken else ''}; "
            "its encoding is not certain. Save it as UTF-8 (in Excel: CSV UTF-8).",
        )
    return Decoded(data, "utf-8", "UTF-8 with unreadable rows", "surrogateescape")


def _as_lone_surrogates(error: UnicodeError) -> tuple[str, int]:
    """Keeps the bytes that no character stands for as lone surrogates, so that their row is known."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) if byte > 127 else chr(byte) for byte in bad) or "\udcff", error.end


_KEEPING_BAD_ROWS = "tracker.keeping-bad-rows"
codecs.register_error(_KEEPING_BAD_ROWS, _as_lone_surrogates)
