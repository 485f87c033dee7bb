"""A file of one's own as a data set: a zip archive by the package or corpus in it, any other as the one table it is."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from tracker.io.archives import ZIP_BEGINNING, Archive
from tracker.io.inputs import HEAD_BYTES, InputFile
from tracker.io.limits import MAX_FOLDER_FILES
from tracker.io.package_files import (
    BESIDE,
    DESCRIPTOR,
    MAX_DESCRIPTOR_BYTES,
    STATEMENTS,
    PackageFiles,
    described_package,
    is_not_there,
    name_inside,
    parse_descriptor,
)
from tracker.io.refusals import FileRefused
from tracker.io.registry import knows_folder, readers


def open_upload(file: InputFile) -> PackageFiles:
    """The files of a data set that came as one file; raises FileRefused for an archive in which none is known."""
    stem = PurePosixPath(file.name).stem
    if not is_archive_of_files(file):
        return PackageFiles(stem, title=stem, files={file.name: file})
    return replace(_of_members(stem, _members(file)), archive=file)


def _of_members(stem: str, members: Mapping[str, InputFile]) -> PackageFiles:
    at = _folder_of(members, DESCRIPTOR)
    if at is not None:
        descriptor = parse_descriptor(members[at + DESCRIPTOR].data(MAX_DESCRIPTOR_BYTES))
        return described_package(stem, descriptor, lambda name: _inside(members, at, name))
    at = _folder_of(members, STATEMENTS)
    if at is not None:
        files = {name: members[at + name] for name in (STATEMENTS, *BESIDE) if at + name in members}
        return PackageFiles(stem, title=stem, files=files)
    if knows_folder(list(members)):
        return PackageFiles(stem, title=stem, files=dict(members), is_corpus=True)
    raise FileRefused(
        "file-not-a-table",
        f"The file is a zip archive with neither {DESCRIPTOR} nor {STATEMENTS} nor a corpus that is known. "
        "Unpack it and load the table inside.",
    )


def is_archive_of_files(file: InputFile) -> bool:
    """Whether it is a zip archive that no reader of one file knows as its own, as a workbook is.

    >>> is_archive_of_files(InputFile.from_bytes(ZIP_BEGINNING + b"x" * 26 + b"[Content_Types].xml", "a.xlsx"))
    False
    """
    *of_one_file, _any_text = readers()
    return file.head.startswith(ZIP_BEGINNING) and not any(reader.recognises(file) for reader in of_one_file)


def _members(file: InputFile) -> dict[str, InputFile]:
    """The members by name, each read when it is wanted; raises FileRefused when two have one name."""
    archive = Archive(file, most_members=MAX_FOLDER_FILES)
    if archive.n_members != len(archive.sizes):
        raise FileRefused(
            "archive-damaged", "The archive has two members of one name, and which of them counts cannot be known. Pack it again."
        )
    return {name: _member(archive, name, size, file) for name, size in archive.sizes.items()}


def _member(archive: Archive, name: str, size: int, file: InputFile) -> InputFile:
    with archive.open(name) as opened:
        head = opened.read(HEAD_BYTES)
    return InputFile(name, size, head, lambda: io.BytesIO(archive.read(name)), file.has_changed)


def _folder_of(members: Mapping[str, InputFile], wanted: str) -> str | None:
    """The folder, "" or ending in a slash, of the file of that name that lies least deep; None when there is none."""
    found = (name.removesuffix(wanted) for name in members if name == wanted or name.endswith("/" + wanted))
    kept = (folder for folder in found if not folder.startswith("__MACOSX/"))
    return min(kept, key=lambda folder: (folder.count("/"), folder), default=None)


def _inside(members: Mapping[str, InputFile], folder: str, name: str) -> bytes:
    path = folder + PurePosixPath(name_inside(name).replace("\\", "/")).as_posix()
    if path not in members:
        raise is_not_there(name)
    return members[path].data()
