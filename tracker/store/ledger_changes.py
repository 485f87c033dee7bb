"""What an import, an edit and an undo do to statements, and what changed between two states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from sqlalchemy import Connection, select

from tracker.core.model import Statement
from tracker.store.ledger_beside import in_effect
from tracker.store.ledger_errors import IdUsedAgain, StaleEdit, UndoRefused, UnknownRevision
from tracker.store.ledger_json import says_the_same, statement_to_json, storable
from tracker.store.ledger_reading import Span, Version, chunks, current, spans, spans_of_changes, statement_of, versions, versions_in_span
from tracker.store.ledger_tables import CHANGES
from tracker.store.ledger_values import Change, Clash, Kind
from tracker.store.ledger_writing import Draft

MAX_CLASHES = 100
"""So many ids used again are named; an import that has more has a reason in common."""

_NAMED = 5


def import_statements(draft: Draft, statements: Iterable[Statement]) -> int:
    """How many of the statements were in force already; the others are written. Raises IdUsedAgain when any clashes."""
    n_unchanged = 0
    clashes: list[Clash] = []
    for chunk in chunks(statements):
        held = draft.held([statement.statement_id for statement in chunk])
        last_words = _last_words(draft.connection, held.values())
        for statement in chunk:
            key, content = storable(statement.statement_id), statement_to_json(statement)
            version = held.get(key)
            if version is None or (version.content is None and _is_same(content, statement, last_words[key])):
                held[key] = draft.write(statement.statement_id, content, version)
                last_words[key] = content
            elif version.content is not None and _is_same(content, statement, version.content):
                n_unchanged += 1
            else:
                clashes.append(_clash(draft, statement, version, last_words[key]))
        if len(clashes) >= MAX_CLASHES:
            break
    if clashes:
        raise _used_again(clashes)
    return n_unchanged


def verdicts(connection: Connection, data_set: str, statements: Sequence[Statement]) -> Iterator[Clash | bool]:
    """What an import would do with each statement: True when it is in force just so, False when it is new, or the clash.

    Clashes of the statements among themselves are left out. One that was withdrawn just so is new: it would be in force again.
    """
    held = current(connection, data_set, [statement.statement_id for statement in statements])
    last_words = _last_words(connection, held.values())
    for statement in statements:
        key = storable(statement.statement_id)
        if key not in held:
            yield False
        elif _is_same(statement_to_json(statement), statement, last_words[key]):
            yield held[key].content is not None
        else:
            (span,) = spans_of_changes(connection, [held[key].change_id]).values()
            yield Clash(statement.statement_id, span.revision.revision_id, statement, statement_of(last_words[key]))


def edit_statements(draft: Draft, wanted: Mapping[str, Statement | None], seen_revision: int) -> int:
    """How many statements were given what is wanted (None: withdrawn); those that have it already are left alone.

    Raises StaleEdit when one changed after the revision seen, UnknownRevision when there never was one of an id.
    """
    held = draft.current(list(wanted))
    n_written = 0
    for statement_id, after in wanted.items():
        version = held.get(storable(statement_id))
        if version is None:
            why = f"the data set {draft.data_set!r} never had it"
            raise UnknownRevision.because(f"change statement {statement_id!r}", why, "Look for its id on the Statements page.")
        _refuse_stale(draft, version, after, seen_revision)
        content = None if after is None else statement_to_json(after)
        if content != version.content:
            draft.write(statement_id, content, version)
            n_written += 1
    return n_written


def undo_changes(draft: Draft, undone: Span) -> None:
    """Gives every statement a revision changed what it had before; raises UndoRefused when it cannot be."""
    revision_id = undone.revision.revision_id
    what = f"undo revision {revision_id}"
    effective = {r.revision_id: r for r in in_effect(span.revision for span in spans(draft.connection, draft.data_set))}
    if revision_id not in effective:
        raise UndoRefused.because(what, "it was undone already", "To have it again, undo the revision that undid it.")
    later = [number for number in _later_revisions(draft, undone) if number in effective and effective[number].kind is not Kind.UNDO]
    if later:
        why = f"later revisions changed the same statements: {', '.join(map(str, later))}"
        raise UndoRefused(str(UndoRefused.because(what, why, "Undo those first, the newest before the others.")), tuple(later))
    for written in versions_in_span(draft.connection, undone):
        before = versions(draft.connection, [v.before_change for v in written if v.before_change is not None])
        held = draft.current([version.statement_id for version in written])
        for version in written:
            former = before[version.before_change].content if version.before_change is not None else None
            draft.write(version.statement_id, former, held[version.statement_id])


def statement_history(connection: Connection, data_set: str, statement_id: str) -> tuple[Change, ...]:
    """Every change of a statement in order."""
    mine = (CHANGES.c.data_set == storable(data_set), CHANGES.c.statement_id == storable(statement_id))
    numbers = list(connection.execute(select(CHANGES.c.change_id).where(*mine).order_by(CHANGES.c.change_id)).scalars())
    held, of = versions(connection, numbers), spans_of_changes(connection, numbers)
    return tuple(
        _change(held[number], held[before].content if (before := held[number].before_change) is not None else None, of[number])
        for number in numbers
    )


def changes_between(connection: Connection, older: Span, newer: Span) -> Iterator[Change]:
    """How the state after one revision differs from that after another, each statement once."""
    low, high = sorted((older.last, newer.last))
    mine = (CHANGES.c.data_set == storable(newer.revision.data_set), CHANGES.c.change_id > low, CHANGES.c.change_id <= high)
    touched = connection.execute(select(CHANGES.c.statement_id, CHANGES.c.place).where(*mine).distinct().order_by(CHANGES.c.place)).all()
    for chunk in chunks(statement_id for statement_id, _ in touched):
        before = current(connection, newer.revision.data_set, chunk, older.last)
        after = current(connection, newer.revision.data_set, chunk, newer.last)
        latest = after if newer.last >= older.last else before
        of = spans_of_changes(connection, [version.change_id for version in latest.values()])
        for statement_id in chunk:
            was, is_now = (held[statement_id].content if statement_id in held else None for held in (before, after))
            if was != is_now:
                version = latest[statement_id]
                yield _between(version, was, is_now, of[version.change_id])


def _later_revisions(draft: Draft, undone: Span) -> list[int]:
    """The revisions after one that touched the same statements; what undoes one of these counts among them."""
    later: set[int] = set()
    mine = (CHANGES.c.data_set == storable(draft.data_set), CHANGES.c.change_id > undone.last)
    for written in versions_in_span(draft.connection, undone):
        touched = CHANGES.c.statement_id.in_([version.statement_id for version in written])
        numbers = draft.connection.execute(select(CHANGES.c.change_id).where(*mine, touched)).scalars()
        later |= {span.revision.revision_id for span in spans_of_changes(draft.connection, numbers).values()}
    return sorted(later)


def _refuse_stale(draft: Draft, version: Version, after: Statement | None, seen_revision: int) -> None:
    (span,) = spans_of_changes(draft.connection, [version.change_id]).values()
    found, revision = version.statement, span.revision
    if revision.revision_id > seen_revision:
        (seen_span, *_) = spans(draft.connection, draft.data_set, until=seen_revision, limit=1) or [None]
        seen = current(draft.connection, draft.data_set, [version.statement_id], seen_span.last) if seen_span else {}
        did = "withdrew" if found is None else "changed"
        why = f"{revision.who} {did} it in revision {revision.revision_id}, after you had read it"
        message = str(StaleEdit.because(f"change statement {version.statement_id!r}", why, "Compare both versions and save again."))
        raise StaleEdit(message, seen[version.statement_id].statement if seen else None, found, after, revision)
    if found is None:
        why = f"it was withdrawn in revision {revision.revision_id}"
        raise UnknownRevision.because(f"change statement {version.statement_id!r}", why, f"Undo revision {revision.revision_id} first.")


def _last_words(connection: Connection, held: Iterable[Version]) -> dict[str, str]:
    """What each statement says, or said when it was withdrawn: a withdrawal always follows a version with content."""
    found = list(held)
    before = versions(connection, [v.before_change for v in found if v.content is None and v.before_change is not None])
    return {v.statement_id: v.content if v.content is not None else before[v.before_change].content for v in found}


def _is_same(content: str, statement: Statement, held: str) -> bool:
    return content == held or says_the_same(statement, statement_of(held))


def _clash(draft: Draft, wanted: Statement, version: Version, held: str) -> Clash:
    if draft.is_of_this(version):
        return Clash(wanted.statement_id, None, wanted, statement_of(held))
    (span,) = spans_of_changes(draft.connection, [version.change_id]).values()
    return Clash(wanted.statement_id, span.revision.revision_id, wanted, statement_of(held))


def _used_again(clashes: list[Clash]) -> IdUsedAgain:
    more = f" and {len(clashes) - _NAMED} more" if len(clashes) > _NAMED else ""
    named = ", ".join(str(clash) for clash in islice(clashes, _NAMED)) + more
    why = f"ids that have been other statements' are given again: {named}"
    error = IdUsedAgain.because("keep the import", why, "Give these statements ids of their own, or edit the ones that are there.")
    return IdUsedAgain(str(error), tuple(clashes[:MAX_CLASHES]))


def _change(version: Version, before: str | None, span: Span) -> Change:
    return _between(version, before, version.content, span)


def _between(version: Version, before: str | None, after: str | None, span: Span) -> Change:
    was, is_now = (None if content is None else statement_of(content) for content in (before, after))
    statement_id = (is_now or was).statement_id if is_now or was else version.statement_id
    return Change(statement_id, version.place, was, is_now, span.revision)
