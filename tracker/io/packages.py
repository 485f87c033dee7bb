"""A data set from disk: a folder that is a data package, a folder with statements.csv, or a single file."""

from __future__ import annotations

import gc
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from tracker.core.errors import DataSetRefused
from tracker.core.model import DataSet, Statement
from tracker.core.problems import Problem, Severity
from tracker.core.vocabulary import NOT_GIVEN
from tracker.io.beside_read import of_kept
from tracker.io.codes_read import language_name
from tracker.io.declared import Declared
from tracker.io.declared_read import read_declared
from tracker.io.gathering import gather_actors, gather_issues, gather_organisations, gather_spokespersons, with_spokespersons_told_apart
from tracker.io.inputs import AS_FOUND, InputFile, Opened, ReadOptions
from tracker.io.limits import MAX_WARNINGS_OF_A_KIND
from tracker.io.mending import mend
from tracker.io.package_files import (
    DESCRIPTOR,
    STATEMENTS,
    PackageFiles,
    open_folder,
    path_inside,
    read_bytes,
    read_descriptor,
    resource_path,
)
from tracker.io.passages import beside_statements, of_statements
from tracker.io.refusals import FileRefused
from tracker.io.registry import open_input, open_many
from tracker.io.statements_read import StatementReader
from tracker.io.zipped import open_upload


def load_data_set(path: str | Path, options: ReadOptions = AS_FOUND) -> DataSet:
    """The data set at a path, with every problem in it; nothing in a file's content raises.

    A folder with ``datapackage.json`` (Frictionless Data Package v2), a folder with ``statements.csv``, or one
    file of a format of ``io.registry``. A file that cannot be used at all gives a data set without statements whose ``refusal`` says why.
    Raises DataSetRefused when there is nothing to read at the path.
    """
    path = Path(path)
    if not path.exists():
        raise DataSetRefused.because(path.name, "it does not exist", "Give the path of a data package folder or a CSV file.")
    try:
        package = open_folder(path) if path.is_dir() else open_upload(InputFile.from_path(path))
    except OSError as error:
        raise DataSetRefused.because(
            path.name, f"it cannot be read ({error.strerror or 'the system refuses'})", "Check the path and its permissions."
        ) from None
    except FileRefused as refused:
        return _refused(PackageFiles(path.stem), refused, DESCRIPTOR if path.is_dir() else path.name)
    return _load(package, options)


def load_bytes(data: bytes, name: str, options: ReadOptions = AS_FOUND) -> DataSet:
    """The data set in the bytes of one file; ``name`` is its file name.

    >>> load_bytes(b"date,country,quote\\n2016-07-28,France,Yes", "one.csv").statements[0].actor_id
    'FRA'
    """
    return load_input(InputFile.from_bytes(data, name), options)


def load_input(file: InputFile, options: ReadOptions = AS_FOUND) -> DataSet:
    """The data set in one file of any format that can be read, or in a zip archive of a package or corpus; nothing in it raises."""
    try:
        package = open_upload(file)
    except FileRefused as refused:
        stem = PurePosixPath(file.name).stem
        return _refused(PackageFiles(stem, files={file.name: file}), refused, file.name)
    return _load(package, options)


def _load(package: PackageFiles, options: ReadOptions) -> DataSet:
    statements_file = STATEMENTS if STATEMENTS in package.files else package.name if package.is_corpus else next(iter(package.files))
    try:
        with _without_collecting():
            return _load_statements(package, statements_file, options)
    except FileRefused as refused:
        return _refused(package, refused, statements_file)
    except OSError as error:
        why = (error.strerror or "the system refuses").lower()
        message = f"{statements_file} cannot be read to its end ({why}). Load it again when it is whole and can be read."
        return _refused(package, FileRefused("file-changed", message), statements_file)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """No garbage collection meanwhile: what is made here is kept, and walking over a million new objects again and again
    takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _load_statements(package: PackageFiles, file: str, options: ReadOptions) -> DataSet:
    halfway = replace(options, progress=options.progress and (lambda n_records, n_expected: options.told(n_records // 2, n_expected)))
    if package.is_corpus:
        opened, beside, problems = open_many(list(package.files.values()), halfway), Declared(), []
    else:
        opened = open_input(package.files[file], halfway)
        beside, problems = read_declared({name: held.data() for name, held in package.files.items() if name != file})
    if options.mended:
        mend(opened.found, options.mended, file)
    declared = opened.declared or (beside if beside != Declared() or not options.known else options.known)
    reader = StatementReader(declared, file, options.date_order)
    n_records = opened.found.n_records
    statements = with_spokespersons_told_apart(reader.read(opened.found, lambda n_rows: options.told((n_records + n_rows) // 2, n_records)))
    options.told(n_records, n_records)
    if reader.beside and not declared.passages:
        documents, passages = beside_statements(reader.beside, file, reader.problems)
        declared = replace(declared, documents=(*declared.documents, *documents), passages=passages)
    if options.left_over:
        for row in (*opened.found.rows, *opened.found.unread):
            if "statement_id" in row.values:  # what became a statement gave it away
                options.left_over(row)
    of_rows = sorted([*opened.found.problems, *reader.problems], key=lambda p: p.record or 0)
    _refuse_what_changed(package)
    opened = replace(opened, guesses=(*opened.guesses, *reader.guesses))
    return _assembled(package, opened, statements, declared, [*package.problems, *problems, *opened.problems, *of_rows])


def _refuse_what_changed(package: PackageFiles) -> None:
    """A file that was written while it was read is half of two files."""
    changed = next((name for name, file in package.files.items() if file.has_changed()), "")
    if changed:
        raise FileRefused("file-changed", f"{changed} was changed while it was read. Load it again when it is finished.")


def _assembled(
    package: PackageFiles, opened: Opened, statements: tuple[Statement, ...], declared: Declared, problems: list[Problem]
) -> DataSet:
    actors, issues = gather_actors(statements, declared), gather_issues(statements, declared)
    ids = {statement.statement_id for statement in statements} if declared.passages or declared.sides else ()
    passages = of_statements(declared.passages, ids, problems)
    people = {statement.spokesperson_id for statement in statements} if "offices" in declared.sides else ()
    sides = of_kept(declared.sides, ids, {issue.issue_id for issue in issues}, problems, people)
    return DataSet(
        name=package.name,
        title=package.title,
        description=package.description,
        licence=package.licence,
        statements=statements,
        actors=actors,
        organisations=gather_organisations(statements, actors),
        spokespersons=gather_spokespersons(statements, dict(declared.roles)),
        issues=issues,
        events=declared.events,
        documents=declared.documents,
        passages=passages,
        **sides,
        problems=tuple(_capped(problems)),
        n_records=opened.found.n_records,
        content_hash=_content_hash(package),
        refusal="" if statements else _nothing_kept(opened.found.n_records, problems),
        languages={code: language_name(code) for code in sorted({s.language_code for s in statements} - {NOT_GIVEN})},
        encoding=opened.encoding,
        delimiter=opened.delimiter,
        format=opened.format,
        guesses=tuple((guess.what, guess.guess, guess.reason) for guess in opened.guesses),
    )


def _nothing_kept(n_records: int, problems: Iterable[Problem]) -> str:
    first = next((p for p in problems if p.severity is Severity.REJECTED), None)
    if not n_records or not first:
        return "The table has a header but no rows below it."
    return f"None of the {n_records:,} rows could be kept; each is listed with its reason. The first, row {first.line}: {first.message}."


def _refused(package: PackageFiles, refused: FileRefused, file: str) -> DataSet:
    p = refused.problem
    problem = Problem(p.code, p.message, p.severity, file, None, p.line, p.column)
    return DataSet(
        name=package.name,
        title=package.title,
        problems=(*package.problems, problem),
        content_hash=_content_hash(package, reads=p.code not in ("file-too-large", "file-changed")),
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


def _content_hash(package: PackageFiles, *, reads: bool = True) -> str:
    """Of everything that a page may show: the bytes of the tables, and what the package says of itself.

    Of files that are too large to be read at all, only names and sizes.
    """
    files = {package.archive.name: package.archive} if package.archive else package.files
    digest = hashlib.sha256("\0".join((package.title, package.description, package.licence)).encode())
    for name, file in sorted(files.items()):
        digest.update(f"{name}\0{file.size}\0".encode())
        for chunk in file.chunks() if reads else ():
            digest.update(chunk)
    return digest.hexdigest()


def content_hash(path: Path) -> str:
    """The content hash that the data set at a path would have, without reading its rows; "" when it cannot be read."""
    try:
        return _content_hash(open_folder(path) if path.is_dir() else open_upload(InputFile.from_path(path)))
    except (OSError, FileRefused, DataSetRefused):
        return ""


def stamp_of(path: Path) -> tuple[object, ...]:
    """What changes when the file, or any file in the folder, is written: names, sizes and times of change."""
    try:
        found = sorted(path.iterdir()) if path.is_dir() else [path]
        return tuple((held.name, about.st_size, about.st_mtime_ns) for held in found for about in (held.stat(),))
    except OSError:
        return ()


def seal_package(folder: str | Path) -> list[str]:
    """Writes the size and hash of every resource's file into ``datapackage.json``; the paths whose entry changed.

    For maintainers, after a change that is meant. Everything else in the file is kept, in its order.
    """
    folder = Path(folder)
    descriptor, changed = read_descriptor(folder / DESCRIPTOR), []
    for resource in descriptor.get("resources", []):
        name = resource_path(resource)
        data = read_bytes(path_inside(folder, name))
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
