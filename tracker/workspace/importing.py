"""Imports: rehearsed first, kept only when somebody says so, and undone by a revision that stands in the history too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from tracker.core.errors import DataSetRefused, TrackerError
from tracker.core.identifiers import slug
from tracker.core.model import DataSet, Statement
from tracker.core.problems import Problem, Severity
from tracker.core.reviews import Review
from tracker.core.vocabulary import NOT_GIVEN
from tracker.io.declared import Declared
from tracker.io.fetching import FetchRefused, fetch, is_fetching_on
from tracker.io.found import Row
from tracker.io.inputs import AS_FOUND, InputFile, ReadOptions
from tracker.io.limits import MAX_WARNINGS_OF_A_KIND
from tracker.io.near_repeats import HeldWords, document_of, repeats_of_held
from tracker.io.packages import load_data_set, load_input
from tracker.store.ledger_json import says_the_same
from tracker.store.ledger_values import Clash, DryRun, Revision
from tracker.workspace.library import ON_DISK, Library
from tracker.workspace.opening import Workspace, actors_of

__all__ = [
    "EditingOff",
    "FetchRefused",
    "JoinedName",
    "Rehearsal",
    "Revision",
    "begin_history",
    "fetched",
    "is_fetching_on",
    "keep",
    "known_of",
    "rehearse",
    "rehearse_path",
    "undo",
]

_MOST_NAMED = 200
_MOST_DOCUMENTS, _MOST_HELD = 2_000, 50_000
"""An import of more documents is compared with itself only, and of those of a data set so many statements are looked at."""


class EditingOff(TrackerError):
    """Somebody asked for a change where only reading is allowed."""

    @classmethod
    def because_it_is_not_on(cls, what: str) -> EditingOff:
        """The error for a change that was asked for."""
        return cls(f"Cannot {what}: imports and edits are off here. Start the dashboard with TRACKER_EDIT=on to allow them.")


@dataclass(frozen=True, slots=True)
class JoinedName:
    """Spellings that are taken for one actor or spokesperson, with the label they get and the number of rows."""

    facet: str
    label: str
    spellings: tuple[str, ...]
    n_statements: int


@dataclass(frozen=True)
class Rehearsal:
    """What an import would do, before anything is changed.

    ``read`` is the file as it was understood, with every problem; of its statements ``n_new`` would be added,
    ``n_unchanged`` are there already just so, and for ``n_clashes`` the import would be refused (``clashes`` names the first).
    ``rejected`` has the rejected rows by our columns, each with its record, its line and what is wrong in ``problem``; rows that could
    not be told apart into columns are not among them. ``n_mended`` of the records were read as a person mended them.
    """

    target: str
    file_name: str
    file_hash: str
    read: DataSet
    n_new: int
    n_unchanged: int
    n_clashes: int
    clashes: tuple[Problem, ...]
    joined: tuple[JoinedName, ...]
    n_held: int
    rejected: tuple[Mapping[str, object], ...]
    n_mended: int = 0

    @property
    def can_be_kept(self) -> bool:
        """Whether keeping it would change anything and nothing stands against it."""
        return bool(self.n_new) and not self.n_clashes


def rehearse_path(library: Library, path: Path, target: str = "", options: ReadOptions = AS_FOUND) -> Rehearsal:
    """The rehearsal of a file or folder on disk; raises DataSetRefused when there is nothing to read at the path."""
    if path.is_file():
        try:
            file = InputFile.from_path(path)
        except OSError as error:
            why = f"it cannot be read ({error.strerror or 'the system refuses'})"
            raise DataSetRefused.because(path.name, why, "Check the path and its permissions.") from None
        return rehearse(library, file, target, options)
    return _rehearsed(library, path.name, lambda found: load_data_set(path, found), target, options)


def fetched(address: str, *, is_enabled: bool | None = None) -> InputFile:
    """The file at an address, fetched under guard; on only with ``TRACKER_FETCH=on`` unless ``is_enabled`` says so.

    Raises FetchRefused in words for anything but a whole answer from a public http(s) address.
    """
    answer = fetch(address, is_enabled=is_enabled)
    name = PurePosixPath(urlsplit(answer.final_url).path).name or "fetched"
    return InputFile.from_bytes(answer.data, name)


def rehearse(library: Library, file: InputFile, target: str = "", options: ReadOptions = AS_FOUND) -> Rehearsal:
    """Read a file for a data set (a new one when there is none of that code) and say what keeping it would do.

    Issues and actors of the data set are known while reading, so that names are understood as there. Nothing is
    changed; nothing in the file's content raises.
    """
    return _rehearsed(library, file.name, lambda found: load_input(file, found), target, options)


def _rehearsed(library: Library, name: str, load: Callable[[ReadOptions], DataSet], target: str, options: ReadOptions) -> Rehearsal:
    code = slug(target) or next(iter(library.titles()))
    held = library.open(code) if code in library.titles() else None
    left_over: list[Row] = []
    read = load(replace(options, known=options.known or (known_of(held) if held else None), left_over=left_over.append))
    found = _dry_run(library, held, code, read) if held else DryRun()
    if held:
        read = replace(read, problems=(*read.problems, *islice(_repeats_of_held(held, read, name), MAX_WARNINGS_OF_A_KIND)))
    return Rehearsal(
        target=code,
        file_name=name,
        file_hash=read.content_hash,
        read=read,
        n_new=len(read.statements) - found.n_unchanged - found.n_clashes,
        n_unchanged=found.n_unchanged,
        n_clashes=found.n_clashes,
        clashes=tuple(_clash(clash.wanted, name) for clash in found.clashes),
        joined=tuple(islice(_joined(read), _MOST_NAMED)),
        n_held=_n_held(library, held),
        rejected=tuple(_rejected_rows(read, left_over)),
        n_mended=len(options.mended),
    )


def keep(
    library: Library,
    rehearsal: Rehearsal,
    *,
    who: str,
    why: str,
    texts: Iterable[str] = (),
    reviewed: str = "",
    undecided: Review | None = None,
) -> Revision:
    """Write a rehearsed import into the history, in one transaction; what is on disk is written before it as its beginning.

    ``texts``, ``reviewed`` and ``undecided`` come from a review, see ``Ledger.append_import``.

    Raises EditingOff, and LedgerError in words when the history refuses (an id used for another statement, a full disk).
    """
    if not library.may_edit or library.ledger is None:
        raise EditingOff.because_it_is_not_on("keep the import")
    begin_history(library, rehearsal.target)
    read = rehearsal.read
    counts = {"n_records": read.n_records, "n_rejected": read.n_rejected, "n_ignored": read.n_ignored}
    counts |= {"n_mended": rehearsal.n_mended} if rehearsal.n_mended else {}
    return library.ledger.append_import(
        rehearsal.target,
        read.statements,
        who=who,
        why=why,
        beside=read,
        problems=read.problems,
        file_name=rehearsal.file_name,
        file_hash=rehearsal.file_hash,
        counts=counts,
        texts=texts,
        reviewed=reviewed,
        undecided=undecided,
    )


def undo(library: Library, revision_id: int, *, who: str, why: str) -> Revision:
    """The revision that takes another one back. Raises EditingOff and LedgerError in words."""
    if not library.may_edit or library.ledger is None:
        raise EditingOff.because_it_is_not_on("undo a revision")
    return library.ledger.undo(revision_id, who=who, why=why)


def begin_history(library: Library, code: str) -> None:
    """Write what is on disk as the first revision of a data set that has no history yet."""
    path = library.paths.get(code)
    if path is None or library.ledger.revision(code) is not None:
        return
    found = load_data_set(path)
    library.ledger.append_import(
        code,
        found.statements,
        who=ON_DISK,
        why="the data set as it is on disk",
        beside=found,
        problems=found.problems,
        file_name=path.name,
        file_hash=found.content_hash,
        counts={"n_records": found.n_records},
    )


def _rejected_rows(read: DataSet, rows: Iterable[Row]) -> Iterator[dict[str, object]]:
    wrong: dict[int, list[str]] = defaultdict(list)
    for problem in read.problems:
        if problem.severity is Severity.REJECTED and problem.record is not None:
            wrong[problem.record].append(problem.message)
    for row in sorted(rows, key=lambda row: row.record):
        if row.record in wrong:
            yield {"record": row.record, "line": row.line, "problem": "; ".join(wrong[row.record]), **row.values}


def _n_held(library: Library, held: Workspace | None) -> int:
    """How many statements are in force; an older version may be open while the newest is being prepared."""
    revision = library.revision(held.code) if held else None
    return revision.n_in_force if revision else held.count.n_statements if held else 0


def known_of(held: Workspace) -> Declared:
    """The issues and actors of an open data set, so that rows that join it are understood as there."""
    return Declared(issues=tuple(held.issues.values()), actors=actors_of(held))


def _dry_run(library: Library, held: Workspace, code: str, read: DataSet) -> DryRun:
    """What keeping the statements would do: the history is asked where there is one, else what it would begin with."""
    if library.ledger and library.ledger.revision(code):
        return library.ledger.dry_run(code, read.statements)
    ids = {row["statement_id"] for row in held.engine.rows(held.engine.table("statements").select("statement_id"))}
    again = [statement for statement in read.statements if statement.statement_id in ids]
    if not again:
        return DryRun()
    there = {statement.statement_id: statement for statement in load_data_set(library.paths[code]).statements}
    other = [s for s in again if not says_the_same(s, there[s.statement_id])]
    named = (Clash(s.statement_id, None, s, there[s.statement_id]) for s in islice(other, _MOST_NAMED))
    return DryRun(len(again) - len(other), len(other), tuple(named))


def _repeats_of_held(held: Workspace, read: DataSet, file: str) -> Iterator[Problem]:
    """Warnings about statements that another statement of the data set says nearly, in the same document."""
    documents = {document for statement in read.statements if (document := document_of(statement))}
    if not documents or len(documents) > _MOST_DOCUMENTS:
        return
    table = held.engine.table("statements")
    document = (table.document_url == "").ifelse(table.document_title, table.document_url)
    words = (table.quote == "").ifelse(table.position, table.quote)
    found = table.select("statement_id", "actor_id", "issue_id", "spokesperson_id", document=document, words=words)
    rows = held.engine.rows(found.filter(found.document.isin(sorted(documents))).limit(_MOST_HELD))
    ids = {statement.statement_id for statement in read.statements}
    yield from repeats_of_held(read.statements, (HeldWords(**row) for row in rows if row["statement_id"] not in ids), file)


def _clash(statement: Statement, file: str) -> Problem:
    message = f"the id {statement.statement_id!r} belongs to another statement of this data set; give this one an id of its own"
    return Problem("statement-id-repeated", message, Severity.REJECTED, file, statement.record, statement.line, "statement_id")


def _joined(read: DataSet) -> Iterator[JoinedName]:
    """Names of which several spellings, or another spelling than the label, were taken for one."""
    labels = {"actor": {a.actor_id: a.name for a in read.actors}, "spokesperson": {s.spokesperson_id: s.name for s in read.spokespersons}}
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for s in read.statements:
        found["actor", s.actor_id][(s.written["country"] or s.written["organisation"]).strip()] += 1
        if s.spokesperson_id != NOT_GIVEN:
            found["spokesperson", s.spokesperson_id][s.written["spokesperson"].strip()] += 1
    for (facet, code), spellings in sorted(found.items()):
        label = labels[facet].get(code, code)
        if len(spellings) > 1 or (label not in spellings and code not in spellings):
            yield JoinedName(facet, label, tuple(sorted(spellings)), sum(spellings.values()))
