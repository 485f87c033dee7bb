"""Writing a revision: one transaction in which statements get new versions and nothing that is there is touched."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from tracker.core.model import DataSet
from tracker.core.problems import Problem
from tracker.store.ledger_json import beside_to_json, counts_to_json, problems_to_json, storable
from tracker.store.ledger_reading import Version, current, newest, written_at
from tracker.store.ledger_tables import ABOUT, BESIDE, CHANGES, CHUNK, REVISIONS, change_seal, row_seal
from tracker.store.ledger_values import Kind, Revision


def take_turn(connection: Connection) -> None:
    """Waits until no other writer is at work; for SQLite the transaction has seen to it already."""
    connection.execute(select(ABOUT.c.value).where(ABOUT.c.key == "schema_number").with_for_update()).first()


class Draft:
    """A revision being written inside a transaction; nothing of it is there before the transaction ends.

    Whoever has a draft is the only writer, so numbers follow each other without gaps.
    """

    def __init__(self, connection: Connection, data_set: str) -> None:
        take_turn(connection)
        before, last = newest(connection, data_set), newest(connection)
        self.connection, self.data_set, self.before = connection, data_set, before
        self._name = storable(data_set)
        self._revision_id = last.revision.revision_id + 1 if last else 1
        self._first = self._next = last.last + 1 if last else 1
        self._hash = hashlib.sha256((before.revision.content_hash if before else "").encode())
        self._counted = {"n_added": 0, "n_changed": 0, "n_withdrawn": 0}
        self._rows: list[dict[str, Any]] = []
        self._written: set[str] = set()
        highest = select(func.max(CHANGES.c.place)).where(CHANGES.c.data_set == self._name)
        self._next_place = (connection.execute(highest).scalar() or 0) + 1 if before else 1

    def write(self, statement_id: str, content: str | None, before: Version | None) -> Version:
        """The new version of a statement: its JSON, or None to withdraw it; ``before`` is the newest one so far."""
        if before is None:
            place, self._next_place = self._next_place, self._next_place + 1
        else:
            place = before.place
        was_there = before is not None and before.content is not None
        self._counted["n_withdrawn" if content is None else "n_changed" if was_there else "n_added"] += 1
        key = storable(statement_id)
        self._written.add(key)
        written = Version(self._next, key, place, before.change_id if before else None, content)
        seal = change_seal(written.statement_id, place, content)
        self._hash.update(seal.encode())
        self._rows.append({name: getattr(written, name) for name in Version.__slots__} | {"data_set": self._name, "seal": seal})
        self._next += 1
        if len(self._rows) >= CHUNK:
            self.flush()
        return written

    def flush(self) -> None:
        """Sends what was written so far, so that questions in the same transaction see it."""
        if self._rows:
            self.connection.execute(CHANGES.insert(), self._rows)
            self._rows = []

    def current(self, statement_ids: Sequence[str]) -> dict[str, Version]:
        """The newest version of each of the statements that has any, withdrawals included, by the id as stored."""
        self.flush()
        return current(self.connection, self.data_set, statement_ids)

    def held(self, statement_ids: Sequence[str]) -> dict[str, Version]:
        """As ``current``, without asking for ids that cannot be there: a data set's first revision asks for hardly any."""
        return self.current(statement_ids if self.before else [name for name in statement_ids if storable(name) in self._written])

    def is_of_this(self, version: Version) -> bool:
        """Whether the version was written by this very draft."""
        return version.change_id >= self._first

    def finish(
        self,
        kind: Kind,
        *,
        who: str,
        why: str,
        at: datetime,
        beside: DataSet | None = None,
        problems: Iterable[Problem] = (),
        n_unchanged: int = 0,
        undoes: Revision | None = None,
        file_name: str = "",
        file_hash: str = "",
        counts: Mapping[str, int] | None = None,
    ) -> Revision:
        """The revision, written to the end; it is there once the transaction is."""
        self.flush()
        extra = {"revision_id": self._revision_id, "tables": beside_to_json(beside), "problems": problems_to_json(problems)}
        self._hash.update(f"\n{undoes.content_hash if undoes else ''}\n{extra['tables']}\n{extra['problems']}".encode())
        n_before = self.before.revision.n_in_force if self.before else 0
        row = {
            "revision_id": self._revision_id,
            "data_set": self._name,
            "kind": kind.value,
            "who": storable(who),
            "why": storable(why),
            "at": written_at(at),
            "undoes": undoes.revision_id if undoes else None,
            "file_name": storable(file_name),
            "file_hash": storable(file_hash),
            "counts": counts_to_json(counts or {}),
            **self._counted,
            "n_unchanged": n_unchanged,
            "n_in_force": n_before + self._counted["n_added"] - self._counted["n_withdrawn"],
            "first_change": self._first,
            "last_change": self._next - 1,
            "content_hash": self._hash.hexdigest(),
        }
        self.connection.execute(REVISIONS.insert(), row | {"seal": row_seal(row | {"seal": ""}, REVISIONS)})
        if extra["tables"] or extra["problems"] != "[]":
            self.connection.execute(BESIDE.insert(), extra | {"seal": row_seal(extra | {"seal": ""}, BESIDE)})
        written = newest(self.connection, self.data_set)
        assert written is not None
        return written.revision
