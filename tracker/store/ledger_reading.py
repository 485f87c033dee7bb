"""Reading the history: revisions, versions of statements, the state after a revision; every row is checked by its seal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, func, select

from tracker.core.model import Statement
from tracker.store.ledger_engine import reading
from tracker.store.ledger_errors import LedgerDamaged, UnknownRevision
from tracker.store.ledger_json import statement_from_json, storable
from tracker.store.ledger_tables import BESIDE, CHANGES, CHUNK, REVISIONS, change_seal, row_seal
from tracker.store.ledger_values import Kind, Revision

_T = TypeVar("_T")
_OF_VERSION = (CHANGES.c.change_id, CHANGES.c.statement_id, CHANGES.c.place, CHANGES.c.before_change, CHANGES.c.content, CHANGES.c.seal)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a statement as stored; ``content`` is None where the statement is withdrawn."""

    change_id: int
    statement_id: str
    place: int
    before_change: int | None
    content: str | None

    @property
    def statement(self) -> Statement | None:
        """The statement in words and codes; None when it is withdrawn."""
        return None if self.content is None else statement_of(self.content)


@dataclass(frozen=True, slots=True)
class Span:
    """A revision and the numbers of its changes; ``last`` lies before ``first`` when it has none."""

    revision: Revision
    first: int
    last: int


def chunks(things: Iterable[_T], size: int = CHUNK) -> Iterator[list[_T]]:
    """The things in lists of at most so many.

    >>> list(chunks("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    left = iter(things)
    while chunk := list(islice(left, size)):
        yield chunk


def statement_of(content: str) -> Statement:
    """The statement in JSON that was stored; raises LedgerDamaged for any other text."""
    try:
        return statement_from_json(content)
    except (ValueError, KeyError, TypeError):
        raise damaged("a statement in it cannot be read") from None


def damaged(why: str) -> LedgerDamaged:
    """The error of a row that is not what was written."""
    return LedgerDamaged.because(
        "read the history", f"it is damaged: {why}", "Put the newest backup in its place; keep the damaged one for repair."
    )


def newest(connection: Connection, data_set: str | None = None) -> Span | None:
    """The newest revision of a data set, or of the whole ledger; None when there is none."""
    asked = select(REVISIONS).order_by(REVISIONS.c.revision_id.desc()).limit(1)
    if data_set is not None:
        asked = asked.where(REVISIONS.c.data_set == storable(data_set))
    row = connection.execute(asked).first()
    return span_of(row) if row else None


def oldest(connection: Connection, data_set: str) -> Span | None:
    """The first revision of a data set; None when there is none."""
    asked = select(REVISIONS).where(REVISIONS.c.data_set == storable(data_set)).order_by(REVISIONS.c.revision_id).limit(1)
    row = connection.execute(asked).first()
    return span_of(row) if row else None


def newest_until(connection: Connection, data_set: str, moment: datetime | int | None) -> Span | None:
    """The revision whose state was in force at a moment (UTC), or the one of that number; None when there was none.

    That is the last in order whose time is not after the moment: numbers order revisions, clocks may go back.
    Raises UnknownRevision for a number that is none of the data set's.
    """
    if moment is None:
        return newest(connection, data_set)
    if isinstance(moment, int):
        return span_numbered(connection, moment, data_set)
    asked = select(REVISIONS).where(REVISIONS.c.data_set == storable(data_set), REVISIONS.c.at <= written_at(moment))
    row = connection.execute(asked.order_by(REVISIONS.c.revision_id.desc()).limit(1)).first()
    return span_of(row) if row else None


def span_numbered(connection: Connection, revision_id: int, data_set: str | None = None) -> Span:
    """The revision of that number; raises UnknownRevision when there is none (in the data set)."""
    row = connection.execute(select(REVISIONS).where(REVISIONS.c.revision_id == revision_id)).first()
    if row is None or (data_set is not None and row.data_set != storable(data_set)):
        where = f"the data set {data_set!r}" if data_set is not None else "this ledger"
        raise UnknownRevision.because(f"find revision {revision_id}", f"{where} has none of this number", "Look at the list of revisions.")
    return span_of(row)


def spans(connection: Connection, data_set: str, *, until: int | None = None, limit: int | None = None) -> list[Span]:
    """Revisions of a data set, the newest first; at most so many, none after the one numbered ``until``."""
    asked = select(REVISIONS).where(REVISIONS.c.data_set == storable(data_set)).order_by(REVISIONS.c.revision_id.desc())
    if until is not None:
        asked = asked.where(REVISIONS.c.revision_id <= until)
    return [span_of(row) for row in connection.execute(asked.limit(limit) if limit is not None else asked)]


def spans_of_changes(connection: Connection, change_ids: Iterable[int]) -> dict[int, Span]:
    """The revision each of the changes belongs to."""
    found: dict[int, Span] = {}
    for change_id in sorted(set(change_ids)):
        held = next(reversed(found.values()), None)
        if held is None or change_id > held.last:
            asked = select(REVISIONS).where(REVISIONS.c.first_change <= change_id, REVISIONS.c.last_change >= change_id)
            row = connection.execute(asked).first()
            if row is None:
                raise damaged(f"change {change_id} belongs to no revision")
            held = span_of(row)
        found[change_id] = held
    return found


def span_of(row: Row[Any]) -> Span:
    """The revision in a row of the table; raises LedgerDamaged when the row is not as it was written."""
    held = row._mapping
    if row_seal(held, REVISIONS) != held["seal"]:
        raise damaged(f"revision {held['revision_id']} is not as it was written")
    plain = ("revision_id", "data_set", "who", "why", "content_hash", "undoes", "file_name", "file_hash")
    counted = ("n_added", "n_changed", "n_withdrawn", "n_unchanged", "n_in_force")
    revision = Revision(
        **{name: held[name] for name in (*plain, *counted)},
        kind=Kind(held["kind"]),
        at=datetime.fromisoformat(held["at"]),
        counts=json.loads(held["counts"]),
    )
    return Span(revision, held["first_change"], held["last_change"])


def written_at(moment: datetime) -> str:
    """A moment as the table holds it: text in UTC whose order is that of time; raises ValueError without a time zone.

    >>> written_at(datetime.fromisoformat("2026-11-23T05:00:00+01:00"))
    '2026-11-23T04:00:00.000000+00:00'
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone: the same clock time is another moment elsewhere")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def heads(connection: Connection, data_set: str, statement_ids: Sequence[str], last: int | None = None) -> dict[str, int]:
    """The number of the newest change of each statement that has any, by the id as stored; up to the change ``last``."""
    asked = select(CHANGES.c.statement_id, func.max(CHANGES.c.change_id))
    asked = asked.where(CHANGES.c.data_set == storable(data_set), CHANGES.c.statement_id.in_([storable(i) for i in statement_ids]))
    if last is not None:
        asked = asked.where(CHANGES.c.change_id <= last)
    return {statement_id: change_id for statement_id, change_id in connection.execute(asked.group_by(CHANGES.c.statement_id))}


def versions(connection: Connection, change_ids: Sequence[int]) -> dict[int, Version]:
    """Versions by the number of their change; raises LedgerDamaged when one is missing or not as it was written."""
    if not change_ids:
        return {}
    wanted, low, high = set(change_ids), min(change_ids), max(change_ids)
    is_run = high - low < 2 * len(change_ids)
    chosen = CHANGES.c.change_id.between(low, high) if is_run else CHANGES.c.change_id.in_(change_ids)
    rows = connection.execute(select(*_OF_VERSION).where(chosen))
    found = {row[0]: _sound(*row) for row in rows if row[0] in wanted}
    if len(found) != len(wanted):
        raise damaged(f"{len(wanted) - len(found)} versions of statements are missing")
    return found


def current(connection: Connection, data_set: str, statement_ids: Sequence[str], last: int | None = None) -> dict[str, Version]:
    """The newest version (up to the change ``last``) of each of the statements that has any, by the id as stored."""
    found: dict[str, Version] = {}
    for chunk in chunks(statement_ids):
        numbers = heads(connection, data_set, chunk, last)
        held = versions(connection, list(numbers.values()))
        found |= {statement_id: held[change_id] for statement_id, change_id in numbers.items()}
    return found


def versions_in_span(connection: Connection, span: Span) -> Iterator[list[Version]]:
    """The versions a revision wrote, in their order, in lists."""
    for numbers in chunks(range(span.first, span.last + 1)):
        found = versions(connection, numbers)
        yield [found[number] for number in numbers]


def in_force(connection: Connection, span: Span) -> list[tuple[int, int]]:
    """Place and change of every statement in force after a revision, by place.

    Raises LedgerDamaged when they are not as many as there were then.
    """
    mine = (CHANGES.c.data_set == storable(span.revision.data_set), CHANGES.c.change_id <= span.last)
    withdrawals = set(connection.execute(select(CHANGES.c.change_id).where(*mine, CHANGES.c.content.is_(None))).scalars())
    asked = select(func.min(CHANGES.c.place), func.max(CHANGES.c.change_id)).where(*mine).group_by(CHANGES.c.statement_id)
    found = sorted((place, change_id) for place, change_id in connection.execute(asked) if change_id not in withdrawals)
    if len(found) != span.revision.n_in_force:
        raise damaged(f"{len(found):,} statements are found where {span.revision.n_in_force:,} were in force")
    return found


def placed_statements(engine: Engine, span: Span | None) -> Iterator[tuple[int, Statement]]:
    """Place and statement of all that was in force after a revision, by place.

    Versions never change, so each list of them is read by itself: nobody waits for a slow reader.
    """
    if span is None:
        return
    with reading(engine) as connection:
        found = in_force(connection, span)
    for chunk in chunks(found):
        with reading(engine) as connection:
            held = versions(connection, [change_id for _, change_id in chunk])
        for place, change_id in chunk:
            version = held[change_id]
            if version.place != place or version.content is None:
                raise damaged(f"the place of statement {version.statement_id!r} is not what was written")
            yield place, statement_of(version.content)


def beside_row(connection: Connection, revision_id: int) -> Mapping[str, Any]:
    """What a revision said beside statements, as stored; empty texts when it said nothing."""
    row = connection.execute(select(BESIDE).where(BESIDE.c.revision_id == revision_id)).first()
    if row is None:
        return {"tables": "", "problems": "[]"}
    if row_seal(row._mapping, BESIDE) != row.seal:
        raise damaged(f"what revision {revision_id} says beside statements is not as it was written")
    return row._mapping


def _sound(change_id: int, statement_id: str, place: int, before_change: int | None, content: str | None, seal: str) -> Version:
    if change_seal(statement_id, place, content) != seal:
        raise damaged(f"a version of statement {statement_id!r} is not as it was written")
    return Version(change_id, statement_id, place, before_change, content)
