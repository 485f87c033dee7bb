"""The files of a data set, as they lie on disk: a folder or one file, never anything outside of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path, PurePosixPath

from tracker.core.beside import SIDE_TABLES
from tracker.core.errors import DataSetRefused
from tracker.core.problems import Problem, Severity
from tracker.io.inputs import InputFile
from tracker.io.limits import MAX_FILE_BYTES, MAX_FOLDER_FILES
from tracker.io.passages import DOCUMENTS, PASSAGES
from tracker.io.refusals import FileRefused
from tracker.io.registry import knows_folder

DESCRIPTOR = "datapackage.json"
STATEMENTS = "statements.csv"
_DECLARED = ("issues.csv", "actors.csv", "events.csv", "spokespersons.csv", "comparisons.csv")
BESIDE = (*_DECLARED, DOCUMENTS, PASSAGES, *(f"{name}.csv" for name in SIDE_TABLES))
MAX_DESCRIPTOR_BYTES = 5_000_000


@dataclass
class PackageFiles:
    """What is known of a data set before its statements are read."""

    name: str
    title: str = ""
    description: str = ""
    licence: str = ""
    files: dict[str, InputFile] = field(default_factory=dict)
    is_corpus: bool = False
    """Whether the files are one corpus that only a reader of many files understands, and not tables by their names."""
    problems: list[Problem] = field(default_factory=list)
    archive: InputFile | None = None
    """The archive the files are members of; its bytes stand for theirs, also where a member turns out to be damaged."""


def open_folder(folder: Path) -> PackageFiles:
    """The tables of a folder, by its ``datapackage.json`` when it has one; raises DataSetRefused or FileRefused."""
    if (folder / DESCRIPTOR).is_file():
        descriptor = read_descriptor(folder / DESCRIPTOR)
        return described_package(folder.resolve().name, descriptor, lambda name: read_bytes(path_inside(folder, name)))
    if not (folder / STATEMENTS).is_file():
        return _open_corpus(folder)
    package = PackageFiles(folder.resolve().name, title=folder.resolve().name)
    for name in (STATEMENTS, *BESIDE):
        if (folder / name).is_file():
            package.files[name] = InputFile.from_bytes(read_bytes(path_inside(folder, name)), name)
    return package


def _open_corpus(folder: Path) -> PackageFiles:
    """All files of a folder that a reader of many files knows by their names; raises DataSetRefused when none does."""
    found = sorted(islice(_ordinary_files(folder), MAX_FOLDER_FILES + 1))
    names = [path.relative_to(folder).as_posix() for path in found]
    if len(found) > MAX_FOLDER_FILES or not knows_folder(names):
        raise DataSetRefused.because(
            folder.name, f"the folder has neither {DESCRIPTOR} nor {STATEMENTS}", "Give the path of a data package or a CSV file."
        )
    files = {name: replace(InputFile.from_path(path), name=name) for name, path in zip(names, found, strict=True)}
    return PackageFiles(folder.resolve().name, title=folder.resolve().name, files=files, is_corpus=True)


def _ordinary_files(folder: Path) -> Iterable[Path]:
    """Files in the folder and the folders in it, at any depth; links are not followed, and hidden folders not looked into."""
    waiting = [folder]
    while waiting:
        for path in waiting.pop().iterdir():
            if path.is_symlink():
                continue
            if path.is_dir():
                waiting += [] if path.name.startswith(".") else [path]
            elif path.is_file():
                yield path


def described_package(name: str, descriptor: Mapping, read: Callable[[str], bytes]) -> PackageFiles:
    """The tables that a descriptor names, each got by ``read`` from its path; raises FileRefused when statements are not among them.

    ``name`` is what the package is called when its descriptor does not say.
    """
    package = PackageFiles(
        name=_text(descriptor.get("name")) or name,
        title=_text(descriptor.get("title")) or name,
        description=_text(descriptor.get("description")),
        licence=_licence(descriptor.get("licenses")),
    )
    for resource in descriptor.get("resources", []):
        path = resource_path(resource)
        table = PurePosixPath(path.replace("\\", "/")).name
        if table not in (STATEMENTS, *BESIDE):
            message = f"The resource {path[:80]!r} is none of the tables known here; it was not read."
            package.problems.append(Problem("resource-unknown", message, Severity.WARNING, DESCRIPTOR))
            continue
        data = read(path)
        package.files[table] = InputFile.from_bytes(data, table)
        package.problems += _check_hash(resource, path, data)
    if STATEMENTS not in package.files:
        raise FileRefused("package-unreadable", f"{DESCRIPTOR} names no resource {STATEMENTS}. Add it to its resources.")
    return package


def read_descriptor(path: Path) -> dict:
    """The content of a ``datapackage.json``; raises FileRefused when it is no data package."""
    return parse_descriptor(read_bytes(path, MAX_DESCRIPTOR_BYTES))


def parse_descriptor(data: bytes) -> dict:
    """The descriptor in the bytes; raises FileRefused when it is no data package."""
    try:
        descriptor = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise FileRefused(
            "package-unreadable", f"{DESCRIPTOR} is not JSON that can be read. Mend it, or remove it to load {STATEMENTS} alone."
        ) from None
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources", []), list):
        raise FileRefused("package-unreadable", f"{DESCRIPTOR} is not a data package: it must be an object with a list of resources.")
    return descriptor


def resource_path(resource: object) -> str:
    """The path a resource of a data package names; raises FileRefused when it names none, or several."""
    path = resource.get("path") if isinstance(resource, dict) else None
    if isinstance(path, list) and len(path) == 1:
        path = path[0]
    if not isinstance(path, str) or not path:
        raise FileRefused("package-unreadable", f"A resource of {DESCRIPTOR} has no path of one file. Give each resource one.")
    return path


def path_inside(folder: Path, name: str) -> Path:
    """The file of that relative path, which must lie in the folder, symbolic links followed."""
    path = (folder / name_inside(name)).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise _leads_out(name)
    if not path.is_file():
        raise is_not_there(name)
    return path


def name_inside(name: str) -> str:
    """The relative path as it was given; raises FileRefused for one that could lead out of a package."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or ".." in parts or name.startswith(("/", "\\", "~")) or ":" in name or "\0" in name:
        raise _leads_out(name)
    return name


def is_not_there(name: str) -> FileRefused:
    """The refusal of a package of which a file is missing."""
    return FileRefused(
        "package-unreadable", f"The file {name[:80]!r} that {DESCRIPTOR} names is not there. Add it, or remove its resource."
    )


def _leads_out(name: str) -> FileRefused:
    return FileRefused(
        "path-outside", f"The path {name[:80]!r} leads out of the data package; nothing was read. Name files inside the folder."
    )


def read_bytes(path: Path, at_most: int = MAX_FILE_BYTES) -> bytes:
    """The bytes of an ordinary file; raises FileRefused, before reading, when it is larger than can be loaded."""
    if not path.is_file():
        raise FileRefused("file-not-a-table", "It is not an ordinary file, and was not read. Give the path of a CSV file.")
    size = path.stat().st_size
    if size > at_most:
        raise FileRefused(
            "file-too-large", f"{path.name} has {size:,} bytes; at most {at_most:,} can be loaded. Split it into smaller files."
        )
    return path.read_bytes()


def _check_hash(resource: Mapping, name: str, data: bytes) -> Iterable[Problem]:
    stated = _text(resource.get("hash"))
    kind, _, expected = stated.rpartition(":")
    if stated and kind.casefold() != "sha256":
        yield Problem("hash-not-checked", f"The hash of {name} is not of the form sha256:…, so it was not checked.", Severity.WARNING, name)
    elif stated and hashlib.sha256(data).hexdigest() != expected.casefold():
        message = f"{name} has changed since {DESCRIPTOR} was written: its hash differs. If the change is meant, seal the package again."
        yield Problem("hash-differs", message, Severity.WARNING, name)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _licence(licences: object) -> str:
    first = licences[0] if isinstance(licences, list) and licences else None
    return (_text(first.get("name")) or _text(first.get("title"))) if isinstance(first, dict) else ""
