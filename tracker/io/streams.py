"""Lines of plain, gzip and bzip2 files as they come: nothing is held whole, and what would never end is refused."""

from __future__ import annotations

import bz2
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from tracker.io.inputs import InputFile
from tracker.io.refusals import FileRefused

MAX_LINE_BYTES = 8_000_000
MAX_UNPACKED_BYTES = 40_000_000_000
MAX_RATIO = 200
"""How many bytes one packed byte may become; text never reaches this, files made to fill a memory do."""

_RATIO_COUNTS_FROM = 20_000_000
_CHUNK_BYTES = 1 << 18
_PEEK_BYTES = 1 << 16
_PACKED = {b"\x1f\x8b": "gzip", b"BZh": "bzip2"}


class _Inflater(Protocol):
    """What zlib's and bz2's decompressors share, once zlib's is wrapped."""

    eof: bool
    needs_input: bool
    unused_data: bytes

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """At most so many bytes more."""


class _GzipInflater:
    """zlib's decompressor with the manners of bz2's."""

    def __init__(self) -> None:
        self._inflating = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        """Whether the stream came to its proper end."""
        return self._inflating.eof

    @property
    def needs_input(self) -> bool:
        """Whether there is nothing left to unpack of what was given."""
        return not self._inflating.unconsumed_tail and not self._inflating.eof

    @property
    def unused_data(self) -> bytes:
        """What stood behind the end."""
        return self._inflating.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """At most so many bytes more."""
        return self._inflating.decompress(self._inflating.unconsumed_tail + data, max_length)


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its ending; ``data`` is empty and ``is_too_long`` true for more than MAX_LINE_BYTES."""

    number: int
    data: bytes
    is_too_long: bool = False


class LineStream:
    """The lines of a file, unpacked on the way; ``n_packed`` bytes of ``size`` were read so far."""

    def __init__(self, file: InputFile) -> None:
        self.file = file
        self.size = file.size
        self.n_packed = 0
        self.n_unpacked = 0

    def __iter__(self) -> Iterator[Line]:
        """The lines; raises FileRefused for a file that was cut off, is damaged, or unpacks to far more than it holds."""
        held: list[bytes] = []
        n_held, number = 0, 1
        for chunk in unpacked(self.file, self):
            first, *rest = chunk.split(b"\n")
            n_held += len(first)
            if n_held <= MAX_LINE_BYTES:
                held.append(first)
            else:
                held.clear()
            for piece in rest:
                yield _line(number, held, n_held)
                number += 1
                held, n_held = [piece], len(piece)
        if n_held:
            yield _line(number, held, n_held)


def _line(number: int, held: list[bytes], n_held: int) -> Line:
    return Line(number, b"", is_too_long=True) if n_held > MAX_LINE_BYTES else Line(number, b"".join(held).removesuffix(b"\r"))


def packing_of(file: InputFile) -> str:
    """ "gzip", "bzip2" or "" for a file that is not packed, by its first bytes.

    >>> packing_of(InputFile.from_bytes(b"BZh9", "a.json"))
    'bzip2'
    """
    return next((name for magic, name in _PACKED.items() if file.head.startswith(magic)), "")


def peek(file: InputFile) -> bytes:
    """The first bytes of a file as they are when unpacked, up to 64 KB; nothing when it cannot be unpacked."""
    try:
        for chunk in unpacked(file, LineStream(file)):
            if chunk:
                return chunk[:_PEEK_BYTES]
    except FileRefused:
        pass
    return b""


def unpacked(file: InputFile, counted: LineStream) -> Iterator[bytes]:
    """The bytes of a file, unpacked, in pieces of at most 256 KB; several streams in one file follow one another.

    Raises FileRefused when the file is cut off, damaged, or a bomb.
    """
    packing = packing_of(file)
    with file.open() as opened:
        if not packing:
            while chunk := opened.read(_CHUNK_BYTES):
                counted.n_packed += len(chunk)
                counted.n_unpacked += len(chunk)
                yield chunk
            return
        inflater, left = _inflater(packing), b""
        while True:
            data = left or (opened.read(_CHUNK_BYTES) if inflater.needs_input else b"")
            counted.n_packed += 0 if left else len(data)
            is_at_end = not data and inflater.needs_input
            piece = _counted_piece(inflater, data, packing, counted)
            if is_at_end and not piece and not inflater.eof:
                raise _cut_off(packing)
            yield piece
            left = b""
            if inflater.eof:
                left = inflater.unused_data.lstrip(b"\0") or _rest(opened, counted)
                if not left:
                    return
                inflater = _inflater(packing)


def _rest(opened, counted: LineStream) -> bytes:
    """What follows the end of a stream: the next one, or nothing but padding."""
    while chunk := opened.read(_CHUNK_BYTES):
        counted.n_packed += len(chunk)
        if bare := chunk.lstrip(b"\0"):
            return bare
    return b""


def _inflater(packing: str) -> _Inflater:
    return _GzipInflater() if packing == "gzip" else bz2.BZ2Decompressor()


def _counted_piece(inflater: _Inflater, data: bytes, packing: str, counted: LineStream) -> bytes:
    try:
        piece = inflater.decompress(data, _CHUNK_BYTES)
    except (OSError, ValueError, EOFError, zlib.error):
        raise FileRefused(
            "file-damaged", f"The {packing} file is damaged and cannot be unpacked to its end; nothing of it was kept. Get it again."
        ) from None
    counted.n_unpacked += len(piece)
    is_bomb = counted.n_unpacked > max(_RATIO_COUNTS_FROM, MAX_RATIO * counted.n_packed)
    if is_bomb or counted.n_unpacked > MAX_UNPACKED_BYTES:
        raise FileRefused(
            "file-too-large",
            f"The {packing} file unpacks to more than {counted.n_unpacked // 1_000_000:,} MB from {counted.n_packed:,} bytes, "
            "which no text does; it was not read further. Unpack and look at it yourself.",
        )
    return piece


def _cut_off(packing: str) -> FileRefused:
    return FileRefused("file-cut-off", f"The {packing} file ends before its end: it was cut off. Nothing of it was kept; get it again.")
