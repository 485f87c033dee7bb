"""A data set from disk: a folder that is a data package, a folder with statements.csv, or a single file."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from tracker.core.errors import DataSetRefused
from tracker.core.model import DataSet, Statement
from tracker.core.problems import Problem, Severity
from tracker.core.vocabulary import NOT_GIVEN
from tracker.io.codes_read import language_name
from tracker.io.declared import Declared
from tracker.io.declared_read import read_declared
from tracker.io.gathering import gather_actors, gather_issues, gather_organisations, gather_spokespersons, with_spokespersons_told_apart
from tracker.io.limits import MAX_FILE_BYTES, MAX_WARNINGS_OF_A_KIND
from tracker.io.refusals import FileRefused
from tracker.io.rows_read import read_rows
from tracker.io.statements_read import StatementReader
from tracker.io.tables import open_table

DESCRIPTOR = "datapackage.json"
STATEMENTS = "statements.csv"
_BESIDE = ("issues.csv", "actors.csv", "events.csv", "spokespersons.csv", "comparisons.csv")
_MAX_DESCRIPTOR_BYTES = 5_000_000


@dataclass
class _Package:
    """What is known of a data set before its statements are read."""

    name: str
    title: str = ""
    description: str = ""
    licence: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def load_data_set(path: str | Path) -> DataSet:
    """The data set at a path, with every problem in it; nothing in a file's content raises.

    A folder with ``datapackage.json`` (Frictionless Data Package v2), a folder with ``statements.csv``, or one
    delimited file. A file that cannot be used at all gives a data set without statements whose ``refusal`` says why.
    Raises DataSetRefused when there is nothing to read at the path.
    """
    path = Path(path)
    try:
        package = _open_folder(path) if path.is_dir() else _open_file(path)
    except OSError as error:
        raise DataSetRefused.because(path, f"it cannot be read ({error.strerror or 'the system refuses'})", "Check the path and its permissions.") from None
    except FileRefused as refused:
        return _refused(_Package(path.stem), refused, DESCRIPTOR)
    return _load(package)


def load_bytes(data: bytes, name: str) -> DataSet:
    """The data set in the bytes of one delimited file; ``name`` is its file name.

    >>> load_bytes(b"date,country,quote\\n2016-07-28,France,Yes", "one.csv").statements[0].actor_id
    'FRA'
    """
    return _load(_Package(PurePosixPath(name).stem, title=PurePosixPath(name).stem, files={name: data}))


def _open_file(path: Path) -> _Package:
    if not path.exists():
        raise DataSetRefused.because(path, "it does not exist", "Give the path of a data package folder or a CSV file.")
    return _Package(path.stem, title=path.stem, files={path.name: _read_bytes(path)})


def _open_folder(folder: Path) -> _Package:
    if (folder / DESCRIPTOR).is_file():
        return _open_package(folder)
    if not (folder / STATEMENTS).is_file():
        raise DataSetRefused.because(folder, f"the folder has neither {DESCRIPTOR} nor {STATEMENTS}", "Give the path of a data package or a CSV file.")
    package = _Package(folder.resolve().name, title=folder.resolve().name)
    for name in (STATEMENTS, *_BESIDE):
        if (folder / name).is_file():
            package.files[name] = _read_bytes(_inside(folder, name))
    return package


def _open_package(folder: Path) -> _Package:
    descriptor = _read_descriptor(folder / DESCRIPTOR)
    package = _Package(
        name=_text(descriptor.get("name")) or folder.resolve().name,
        title=_text(descriptor.get("title")) or folder.resolve().name,
        description=_text(descriptor.get("description")),
        licence=_licence(descriptor.get("licenses")),
    )
    for resource in descriptor.get("resources", []):
        name = _resource_path(resource)
        if PurePosixPath(name).name not in (STATEMENTS, *_BESIDE):
            continue
        data = _read_bytes(_inside(folder, name))
        package.files[PurePosixPath(name).name] = data
        package.problems += _check_hash(resource, name, data)
    if STATEMENTS not in package.files:
        raise FileRefused("package-unreadable", f"{DESCRIPTOR} names no resource {STATEMENTS}. Add it to its resources.")
    return package


def _read_descriptor(path: Path) -> dict:
    try:
        data = _read_bytes(path, _MAX_DESCRIPTOR_BYTES)
        descriptor = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise FileRefused("package-unreadable", f"{DESCRIPTOR} is not JSON that can be read. Mend it, or remove it to load {STATEMENTS} alone.") from None
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources", []), list):
        raise FileRefused("package-unreadable", f"{DESCRIPTOR} is not a data package: it must be an object with a list of resources.")
    return descriptor


def _resource_path(resource: object) -> str:
    path = resource.get("path") if isinstance(resource, dict) else None
    if isinstance(path, list) and len(path) == 1:
        path = path[0]
    if not isinstance(path, str) or not path:
        raise FileRefused("package-unreadable", f"A resource of {DESCRIPTOR} has no path of one file. Give each resource one.")
    return path


def _inside(folder: Path, name: str) -> Path:
    """The file of that relative path, which must lie in the folder, symbolic links followed."""
    refused = FileRefused("path-outside", f"The path {name[:80]!r} leads out of the data package; nothing was read. Name files inside the folder.")
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or ".." in parts or name.startswith(("/", "\\", "~")) or ":" in name or "\0" in name:
        raise refused
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise refused
    if not path.is_file():
        raise FileRefused("package-unreadable", f"The file {name[:80]!r} that {DESCRIPTOR} names is not there. Add it, or remove its resource.")
    return path


def _read_bytes(path: Path, at_most: int = MAX_FILE_BYTES) -> bytes:
    if not path.is_file():
        raise FileRefused("file-not-a-table", "It is not an ordinary file, and was not read. Give the path of a CSV file.")
    size = path.stat().st_size
    if size > at_most:
        raise FileRefused("file-too-large", f"{path.name} has {size:,} bytes; at most {at_most:,} can be loaded. Split it into smaller files.")
    return path.read_bytes()


def _check_hash(resource: Mapping, name: str, data: bytes) -> Iterable[Problem]:
    stated = _text(resource.get("hash"))
    kind, _, expected = stated.rpartition(":")
    if stated and kind.casefold() != "sha256":
        yield Problem("hash-not-checked", f"The hash of {name} is not of the form sha256:…, so it was not checked.", Severity.WARNING, name)
    elif stated and hashlib.sha256(data).hexdigest() != expected.casefold():
        message = f"{name} has changed since {DESCRIPTOR} was written: its hash differs. If the change is meant, seal the package again."
        yield Problem("hash-differs", message, Severity.WARNING, name)


def _load(package: _Package) -> DataSet:
    statements_file = STATEMENTS if STATEMENTS in package.files else next(iter(package.files))
    try:
        return _load_statements(package, statements_file)
    except FileRefused as refused:
        return _refused(package, refused, statements_file)


def _load_statements(package: _Package, file: str) -> DataSet:
    declared, problems = read_declared({name: data for name, data in package.files.items() if name != file})
    table = open_table(package.files[file])
    found = read_rows(table, file)
    reader = StatementReader(declared, file)
    statements = with_spokespersons_told_apart(reader.read(found))
    file_problems = [Problem(p.code, p.message, p.severity, file, p.record, p.line, p.column) for p in table.problems]
    problems = [*package.problems, *problems, *file_problems, *sorted([*found.problems, *reader.problems], key=lambda p: p.record or 0)]
    return _assembled(package, statements, declared, problems, n_records=found.n_records, encoding=table.encoding, delimiter=table.delimiter)


def _assembled(package: _Package, statements: tuple[Statement, ...], declared: Declared, problems: list[Problem], **told: object) -> DataSet:
    actors = gather_actors(statements, declared)
    n_records = told["n_records"]
    return DataSet(
        name=package.name,
        title=package.title,
        description=package.description,
        licence=package.licence,
        statements=statements,
        actors=actors,
        organisations=gather_organisations(statements, actors),
        spokespersons=gather_spokespersons(statements, dict(declared.roles)),
        issues=gather_issues(statements, declared),
        events=declared.events,
        problems=tuple(_capped(problems)),
        content_hash=_content_hash(package.files),
        refusal="" if statements else _nothing_kept(n_records),
        languages={code: language_name(code) for code in sorted({s.language_code for s in statements} - {NOT_GIVEN})},
        **told,
    )


def _nothing_kept(n_records: object) -> str:
    return f"None of the {n_records:,} rows could be kept; each is listed with its reason." if n_records else "The table has a header but no rows below it."


def _refused(package: _Package, refused: FileRefused, file: str) -> DataSet:
    p = refused.problem
    problem = Problem(p.code, p.message, p.severity, file, None, p.line, p.column)
    return DataSet(
        name=package.name,
        title=package.title,
        problems=(*package.problems, problem),
        content_hash=_content_hash(package.files),
        refusal=str(refused),
    )


def _capped(problems: list[Problem]) -> Iterable[Problem]:
    """All that was rejected or ignored; of warnings the first of each code, then one that counts the others."""
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.code] += problem.severity is Severity.WARNING
        if problem.severity is not Severity.WARNING or seen[problem.code] <= MAX_WARNINGS_OF_A_KIND:
            yield problem
    for code, n_warnings in seen.items():
        if n_warnings > MAX_WARNINGS_OF_A_KIND:
            message = f"{n_warnings - MAX_WARNINGS_OF_A_KIND:,} more warnings of this kind are not listed one by one."
            yield Problem(code, message, Severity.WARNING)


def _content_hash(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, data in sorted(files.items()):
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _licence(licences: object) -> str:
    first = licences[0] if isinstance(licences, list) and licences else None
    return (_text(first.get("name")) or _text(first.get("title"))) if isinstance(first, dict) else ""


def seal_package(folder: str | Path) -> list[str]:
    """Writes the size and hash of every resource's file into ``datapackage.json``; the paths whose entry changed.

    For maintainers, after a change that is meant. Everything else in the file is kept, in its order.
    """
    folder = Path(folder)
    descriptor, changed = _read_descriptor(folder / DESCRIPTOR), []
    for resource in descriptor.get("resources", []):
        name = _resource_path(resource)
        data = _read_bytes(_inside(folder, name))
        sealed = {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
        if any(resource.get(key) != value for key, value in sealed.items()):
            resource.update(sealed)
            changed.append(name)
    if changed:
        written = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
        beside = folder / f"{DESCRIPTOR}.part"
        beside.write_text(written, encoding="utf-8")
        beside.replace(folder / DESCRIPTOR)
    return changed
