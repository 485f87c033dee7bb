"""The history of statements, the system of record: imports, edits and their undoing as revisions that are only added."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine, select

from tracker.core.model import DataSet, Statement
from tracker.core.problems import Problem
from tracker.core.reviews import Review
from tracker.core.subscriptions import Subscription
from tracker.store.ledger_beside import data_set_beside
from tracker.store.ledger_changes import (
    MAX_CLASHES,
    changes_between,
    edit_statements,
    import_statements,
    statement_history,
    undo_changes,
    verdicts,
)
from tracker.store.ledger_documents import WaitingReview, end_review, save_review, saved_review, store_texts, stored_text, waiting_reviews
from tracker.store.ledger_engine import parsed_url, postgres_engine, reading, shown, writing
from tracker.store.ledger_errors import LedgerReadOnly, LedgerRefused
from tracker.store.ledger_feeds import (
    ItemRead,
    ItemsKept,
    add_subscription,
    held_subscriptions,
    keep_items,
    known_items,
    remove_subscription,
    update_subscription,
)
from tracker.store.ledger_files import back_up, backup_path, check_schema, create_tables, open_file
from tracker.store.ledger_json import problems_from_json, storable
from tracker.store.ledger_reading import Span, beside_row, chunks, current, newest_until, oldest, placed_statements, span_numbered, spans
from tracker.store.ledger_tables import REVISIONS
from tracker.store.ledger_values import Change, Clash, DryRun, Kind, Revision
from tracker.store.ledger_writing import Draft, take_turn

Moment = datetime | int | None
"""A state: the one in force at an instant (UTC), the one after the revision of a number, or the newest (None)."""


def utc_now() -> datetime:
    """What the clock of the system says, in UTC."""
    return datetime.now(UTC)


def open_ledger(place: str | Path, *, clock: Callable[[], datetime] = utc_now) -> Ledger:
    """The ledger at a path (SQLite, made when there is none) or a URL (``sqlite:///path``, ``postgresql://…``).

    The file is checked first: a damaged one is refused, naming the newest backup, and never replaced. One that cannot be
    written to is opened for reading. Raises the children of LedgerError, in words.
    """
    if isinstance(place, Path) or "://" not in place:
        return _open_path(Path(place), clock)
    url = parsed_url(place)
    kind = url.get_backend_name()
    if kind == "sqlite" and url.database and url.database != ":memory:":
        return _open_path(Path(url.database), clock)
    if kind != "postgresql":
        why = "a ledger is kept in a file of SQLite or in PostgreSQL"
        raise LedgerRefused.because(f"open the ledger at {shown(url)}", why, "Give a path or a URL that begins with postgresql://.")
    engine = postgres_engine(url)
    create_tables(engine)
    check_schema(engine, shown(url))
    return Ledger(engine, shown(url), clock=clock)


def _open_path(path: Path, clock: Callable[[], datetime]) -> Ledger:
    engine, why = open_file(path)
    return Ledger(engine, path.name, path=path, why_read_only=why, clock=clock)


class Ledger:
    """Revisions of any number of data sets. May be used by many threads and processes at once: readers never wait.

    ``why_read_only`` is "" when it can be written to. Every method that writes is one transaction: wholly there once it
    returns, wholly not when it raises. ``who`` and ``why`` are kept as given; ``at`` is the clock's when not given.
    """

    def __init__(
        self, engine: Engine, name: str, *, path: Path | None = None, why_read_only: str = "", clock: Callable[[], datetime] = utc_now
    ) -> None:
        self.name, self.path, self.why_read_only = name, path, why_read_only
        self._engine, self._clock = engine, clock

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the database; the ledger cannot be asked any more."""
        self._engine.dispose()

    # --- writing ---------------------------------------------------------------------------------------------------

    def append_import(
        self,
        data_set: str,
        statements: Iterable[Statement],
        *,
        who: str,
        why: str,
        beside: DataSet | None = None,
        problems: Iterable[Problem] = (),
        file_name: str = "",
        file_hash: str = "",
        counts: Mapping[str, int] | None = None,
        texts: Iterable[str] = (),
        reviewed: str = "",
        undecided: Review | None = None,
        at: datetime | None = None,
    ) -> Revision:
        """The revision that adds the statements, in their order, to the data set; it is made when there is none.

        Statements already in force just so are counted as unchanged; one that was withdrawn just so is in force again.
        ``beside`` carries the actors, organisations, spokespersons, issues, events, languages and title that belong to
        them; ``counts`` what to remember of the file (``n_records``), ``texts`` documents to store. With ``reviewed``, the id of a
        document, its review ends; what of it is ``undecided`` goes on. Raises IdUsedAgain when an id has been another's.
        """
        with self._writing("keep the import") as connection:
            draft, moment = Draft(connection, data_set), at or self._clock()
            n_unchanged = import_statements(draft, statements)
            store_texts(connection, texts, moment)
            if reviewed:
                end_review(connection, data_set, reviewed)
            if undecided:
                save_review(connection, data_set, undecided, 0, moment)
            return draft.finish(
                Kind.IMPORT,
                who=who,
                why=why,
                at=moment,
                beside=beside,
                problems=problems,
                n_unchanged=n_unchanged,
                file_name=file_name,
                file_hash=file_hash,
                counts=counts,
            )

    def edit(
        self,
        data_set: str,
        after: Statement,
        *,
        seen_revision: int,
        who: str,
        why: str,
        beside: DataSet | None = None,
        at: datetime | None = None,
    ) -> Revision:
        """The revision that gives the statement of that id what ``after`` says; the newest one when that changes nothing.

        ``seen_revision`` is the newest revision the editor knew of. Raises StaleEdit, with what was seen, found and
        wanted, when the statement changed after it; UnknownRevision when the data set never had the statement.
        """
        return self._edit(data_set, {after.statement_id: after}, Kind.EDIT, seen_revision, who=who, why=why, beside=beside, at=at)

    def withdraw(
        self, data_set: str, statement_ids: Iterable[str], *, seen_revision: int, who: str, why: str, at: datetime | None = None
    ) -> Revision:
        """The revision after which the statements are not in force; their history stays, and undoing it brings them back.

        Raises as ``edit`` does.
        """
        wanted: dict[str, Statement | None] = dict.fromkeys(statement_ids)
        return self._edit(data_set, wanted, Kind.WITHDRAWAL, seen_revision, who=who, why=why, beside=None, at=at)

    def undo(self, revision_id: int, *, who: str, why: str, at: datetime | None = None) -> Revision:
        """The revision that puts back what was in force before another one, which may itself be an undo.

        Raises UndoRefused, naming them, when later revisions touched the same statements; UnknownRevision for a number
        that is none.
        """
        with self._writing(f"undo revision {revision_id}") as connection:
            undone = span_numbered(connection, revision_id)
            draft = Draft(connection, undone.revision.data_set)
            undo_changes(draft, undone)
            return draft.finish(Kind.UNDO, who=who, why=why, at=at or self._clock(), undoes=undone.revision)

    def save_review(self, data_set: str, review: Review, *, seen: int) -> int:
        """See ``ledger_documents.save_review``: what to name as ``seen`` next time."""
        with self._writing("save the review") as connection:
            return save_review(connection, data_set, review, seen, self._clock())

    def end_review(self, data_set: str, document_id: str) -> None:
        """Forgets a review that is going on, with its text."""
        with self._writing("leave the review") as connection:
            end_review(connection, data_set, document_id)

    def subscribe(self, wanted: Subscription) -> Subscription:
        """The subscription with its number and moment; raises LedgerRefused when the data set has it already."""
        with self._writing("subscribe") as connection:
            return add_subscription(connection, replace(wanted, added_at=self._clock()))

    def unsubscribe(self, subscription_id: int) -> bool:
        """Whether there was such a subscription; it is forgotten. What it queued stays."""
        with self._writing("remove the subscription") as connection:
            return remove_subscription(connection, subscription_id)

    def keep_answer(self, held: Subscription, items: Iterable[ItemRead] = ()) -> ItemsKept:
        """What became of the items of an answer; the subscription is then as ``held`` says. Nothing when it was removed."""
        with self._writing("keep what a feed brought") as connection:
            is_there = update_subscription(connection, held)
            return keep_items(connection, held, items, self._clock()) if is_there else ItemsKept()

    # --- reading ---------------------------------------------------------------------------------------------------

    def data_sets(self) -> tuple[str, ...]:
        """The names of the data sets, in alphabetical order."""
        with reading(self._engine) as connection:
            return tuple(sorted(connection.execute(select(REVISIONS.c.data_set).distinct()).scalars()))

    def revisions(self, data_set: str, limit: int | None = 100, *, until: int | None = None) -> tuple[Revision, ...]:
        """The newest revisions of a data set, the newest first: at most so many, none after the one numbered ``until``.

        None when the data set is not there; all of them when the limit is None.
        """
        with reading(self._engine) as connection:
            return tuple(span.revision for span in spans(connection, data_set, limit=limit, until=until))

    def revision(self, data_set: str, moment: Moment = None) -> Revision | None:
        """The revision whose state was in force at the moment; None when there was none yet."""
        with reading(self._engine) as connection:
            span = newest_until(connection, data_set, moment)
        return span.revision if span else None

    def first_revision(self, data_set: str) -> Revision | None:
        """The revision with which the data set began; None when it is not there."""
        with reading(self._engine) as connection:
            span = oldest(connection, data_set)
        return span.revision if span else None

    def statements(self, data_set: str, as_of: Moment = None) -> Iterator[Statement]:
        """The statements in force at the moment, in the order in which they first came."""
        return (statement for _, statement in self.placed_statements(data_set, as_of))

    def placed_statements(self, data_set: str, as_of: Moment = None) -> Iterator[tuple[int, Statement]]:
        """The same, each with its place: the number (from 1) it got when it first came and keeps."""
        with reading(self._engine) as connection:
            span = newest_until(connection, data_set, as_of)
        yield from placed_statements(self._engine, span)

    def statement(self, data_set: str, statement_id: str, as_of: Moment = None) -> Statement | None:
        """The statement of that id as it was in force at the moment; None when it was not."""
        with reading(self._engine) as connection:
            span = newest_until(connection, data_set, as_of)
            found = current(connection, data_set, [statement_id], span.last) if span else {}
        return found[storable(statement_id)].statement if found else None

    def beside(self, data_set: str, as_of: Moment = None) -> DataSet:
        """The data set without its statements at the moment; see ``ledger_beside.data_set_beside``."""
        with reading(self._engine) as connection:
            span = newest_until(connection, data_set, as_of)
            return data_set_beside(connection, span) if span else DataSet(data_set)

    def document_text(self, document_id: str) -> str | None:
        """The text of a document, None when it was not stored; raises LedgerDamaged when it is not what was written."""
        with reading(self._engine) as connection:
            return stored_text(connection, document_id)

    def review(self, data_set: str, document_id: str) -> tuple[Review, int] | None:
        """The review of a document that is going on, and how often it was saved; None when there is none."""
        with reading(self._engine) as connection:
            return saved_review(connection, data_set, document_id)

    def reviews(self, data_set: str, limit: int = 100) -> tuple[WaitingReview, ...]:
        """The reviews that are going on in a data set, the one saved last first."""
        with reading(self._engine) as connection:
            return waiting_reviews(connection, data_set, limit)

    def subscriptions(self, data_set: str | None = None) -> tuple[Subscription, ...]:
        """The feeds that a data set, or all of them, follow, in the order in which they were subscribed to."""
        with reading(self._engine) as connection:
            return held_subscriptions(connection, data_set)

    def known_items(self, subscription_id: int) -> dict[str, str]:
        """See ``ledger_feeds.known_items``."""
        with reading(self._engine) as connection:
            return known_items(connection, subscription_id)

    def problems(self, revision_id: int) -> tuple[Problem, ...]:
        """The problems of an import, as it was given them."""
        with reading(self._engine) as connection:
            span_numbered(connection, revision_id)
            return problems_from_json(beside_row(connection, revision_id)["problems"])

    def history(self, data_set: str, statement_id: str) -> tuple[Change, ...]:
        """Every change of a statement, the first first; none when the data set never had it."""
        with reading(self._engine) as connection:
            return statement_history(connection, data_set, statement_id)

    def changes(self, revision_id: int) -> Iterator[Change]:
        """What a revision did, statement by statement."""
        with reading(self._engine) as connection:
            span = span_numbered(connection, revision_id)
            before = Span(span.revision, span.first, span.first - 1)
            yield from changes_between(connection, before, span)

    def changes_between(self, data_set: str, older: int | None, newer: int) -> Iterator[Change]:
        """What is different after revision ``newer`` from what was after ``older`` (None: before the first), by place.

        Each statement comes once, with what it was and what it is; one that is again as it was does not come. ``newer``
        may lie before ``older``: the changes then lead back.
        """
        with reading(self._engine) as connection:
            first = span_numbered(connection, older, data_set) if older is not None else None
            last = span_numbered(connection, newer, data_set)
            yield from changes_between(connection, first or Span(last.revision, 1, 0), last)

    def clashes(self, data_set: str, statements: Iterable[Statement]) -> Iterator[Clash]:
        """The statements that an import would be refused for: their ids have been others'. Nothing is written."""
        return (verdict for verdict in self._verdicts(data_set, statements) if isinstance(verdict, Clash))

    def dry_run(self, data_set: str, statements: Iterable[Statement]) -> DryRun:
        """What an import of the statements would do; nothing is written. The first ``MAX_CLASHES`` clashes are named."""
        n_unchanged = n_clashes = 0
        clashes: list[Clash] = []
        for verdict in self._verdicts(data_set, statements):
            if isinstance(verdict, Clash):
                n_clashes += 1
                clashes += [verdict] if len(clashes) < MAX_CLASHES else []
            else:
                n_unchanged += verdict
        return DryRun(n_unchanged, n_clashes, tuple(clashes))

    def _verdicts(self, data_set: str, statements: Iterable[Statement]) -> Iterator[Clash | bool]:
        for chunk in chunks(statements):
            with reading(self._engine) as connection:
                yield from verdicts(connection, data_set, chunk)

    def back_up(self, target: Path | None = None) -> Path:
        """The path of a checked copy of the whole ledger; by default beside it, the time in its name.

        Raises LedgerRefused for PostgreSQL, which has its own tools, and when there is a file at the target.
        """
        if self.path is None:
            raise LedgerRefused.because("back up the ledger", "it is kept in PostgreSQL", "Use pg_dump.")
        return back_up(self.path, target or backup_path(self.path, self._clock()))

    def _edit(
        self,
        data_set: str,
        wanted: Mapping[str, Statement | None],
        kind: Kind,
        seen_revision: int,
        *,
        who: str,
        why: str,
        beside: DataSet | None,
        at: datetime | None,
    ) -> Revision:
        with self._writing("keep the edit" if kind is Kind.EDIT else "withdraw the statements") as connection:
            draft = Draft(connection, data_set)
            if not edit_statements(draft, wanted, seen_revision) and draft.before:
                return draft.before.revision
            return draft.finish(kind, who=who, why=why, at=at or self._clock(), beside=beside)

    @contextmanager
    def _writing(self, what: str) -> Iterator[Connection]:
        if self.why_read_only:
            remedy = "Make both the ledger's file and its folder writable for the user who runs this, then open it again."
            raise LedgerReadOnly.because(what, self.why_read_only, remedy)
        with writing(self._engine, what) as connection:
            take_turn(connection)
            yield connection
