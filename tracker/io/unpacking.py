"""The body of an answer as it is unpacked piece by piece, never beyond its limit."""

from __future__ import annotations

import zlib


class BodyUnpacker:
    """Bytes as sent to bytes as meant; understands what servers send: as it is, gzip and deflate.

    >>> body = BodyUnpacker("gzip", 100)
    >>> body.add(zlib.compress(b"text", wbits=31))
    >>> body.whole()
    b'text'
    """

    def __init__(self, encoding: str, max_bytes: int) -> None:
        kinds = {"": None, "identity": None, "gzip": 31, "deflate": 15}
        name = encoding.strip().lower()
        if name not in kinds:
            raise ValueError("the answer is packed in a way that was not asked for")
        self._inflating = zlib.decompressobj(wbits=kinds[name]) if kinds[name] else None
        self._pieces: list[bytes] = []
        self._max_bytes = max_bytes
        self._n_bytes = 0

    @property
    def is_too_large(self) -> bool:
        """Whether there is more than may be kept; nothing further should be added."""
        return self._n_bytes > self._max_bytes

    def add(self, chunk: bytes) -> None:
        """Takes a piece as sent; raises ValueError when it cannot be unpacked or something follows the end."""
        if self._inflating is None:
            piece = chunk
        elif self._inflating.eof:
            raise ValueError("something follows the end of the packed answer")
        else:
            try:
                piece = self._inflating.decompress(chunk, self._max_bytes + 1 - self._n_bytes)
            except zlib.error:
                raise ValueError("the packed answer is damaged") from None
            if self._inflating.unused_data:
                raise ValueError("something follows the end of the packed answer")
        self._n_bytes += len(piece)
        self._pieces.append(piece)

    def whole(self) -> bytes:
        """All of it; raises ValueError when the packed answer did not come to its end."""
        if self._inflating is not None and not self._inflating.eof:
            raise ValueError("the packed answer is not whole")
        return b"".join(self._pieces)
