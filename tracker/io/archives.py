"""Zip archives opened with care: what they would unpack to is known and limited before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from tracker.io.inputs import InputFile
from tracker.io.limits import MAX_ARCHIVE_MEMBERS, MAX_ARCHIVE_RATIO, MAX_UNPACKED_BYTES
from tracker.io.refusals import FileRefused

ZIP_BEGINNING = b"PK\x03\x04"
_RATIO_COUNTS_FROM = 1_000_000
_ENTRY_END = b"PK\x05\x06"
_DAMAGED = "The file is a zip archive or workbook that is damaged or incomplete and cannot be read; it may have been cut off. Get it again."


class Archive:
    """The members of a zip archive; raises FileRefused for what is damaged, encrypted or would unpack to too much.

    Names are never used as paths: members are read from the archive, not unpacked to disk.
    """

    def __init__(self, file: InputFile, most_members: int = MAX_ARCHIVE_MEMBERS) -> None:
        data = file.data()
        _refuse_too_many(data, most_members)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, EOFError):
            raise FileRefused("archive-damaged", _DAMAGED) from None
        members = self._zip.infolist()
        self.n_members = sum(not member.filename.endswith("/") for member in members)
        self.sizes = {member.filename: member.file_size for member in members if not member.filename.endswith("/")}
        _refuse_bombs(members, most_members)

    def __contains__(self, name: str) -> bool:
        return name in self.sizes

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """One member as a stream; damage found while reading is a FileRefused too."""
        try:
            with self._zip.open(name) as member:
                yield member
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, KeyError, ValueError, OSError):
            raise FileRefused("archive-damaged", _DAMAGED) from None

    def read(self, name: str) -> bytes:
        """All bytes of one member."""
        with self.open(name) as member:
            return member.read()


def _refuse_too_many(data: bytes, most_members: int) -> None:
    """Reads the count of members from the end of the archive, before an entry for each is made."""
    at = data.rfind(_ENTRY_END)
    n_stated = int.from_bytes(data[at + 10 : at + 12], "little") if at >= 0 else 0
    if n_stated > most_members:
        raise FileRefused(
            "archive-too-large",
            f"The archive has {n_stated:,} members or more; at most {most_members:,} are opened. Save it with what is needed only.",
        )


def _refuse_bombs(members: list[zipfile.ZipInfo], most_members: int) -> None:
    unpacked, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    too_dense = any(m.file_size > _RATIO_COUNTS_FROM and m.file_size > MAX_ARCHIVE_RATIO * m.compress_size for m in members)
    if len(members) > most_members or unpacked > MAX_UNPACKED_BYTES or too_dense:
        raise FileRefused(
            "archive-too-large",
            f"The archive has {len(members):,} members and would unpack from {packed:,} to {unpacked:,} bytes; it was not unpacked. "
            f"At most {most_members:,} members, {MAX_UNPACKED_BYTES:,} bytes and {MAX_ARCHIVE_RATIO} times the packed size are. "
            "Save the table as CSV.",
        )
    if any(m.flag_bits & 1 for m in members):
        raise FileRefused(
            "file-encrypted", "The archive is protected by a password. Remove the password, or save the table as CSV (UTF-8)."
        )
