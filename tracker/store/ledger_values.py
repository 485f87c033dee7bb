"""What the history hands out: revisions, changes of statements, and ids that were used before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tracker.core.model import Statement
from tracker.store.snapshot import data_version


class Kind(StrEnum):
    """What somebody did."""

    IMPORT = "import"
    EDIT = "edit"
    WITHDRAWAL = "withdrawal"
    UNDO = "undo"


@dataclass(frozen=True)
class Revision:
    """One thing somebody did to a data set, wholly there or not at all.

    ``revision_id`` rises by one with each revision of the ledger and orders them; ``at`` (UTC) is what the clock said.
    ``content_hash`` (sha-256, hex) stands for the whole history of the data set up to here: equal histories, equal
    hashes, whoever made them and when. ``n_unchanged`` counts statements of an import that were in force already,
    ``n_in_force`` the statements of the data set afterwards. ``undoes`` is the revision an undo takes back.
    """

    revision_id: int
    data_set: str
    kind: Kind
    who: str
    why: str
    at: datetime
    content_hash: str
    n_added: int = 0
    n_changed: int = 0
    n_withdrawn: int = 0
    n_unchanged: int = 0
    n_in_force: int = 0
    undoes: int | None = None
    file_name: str = ""
    file_hash: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def data_version(self) -> str:
        """The data version of the snapshot of this state."""
        return data_version(self.content_hash)


@dataclass(frozen=True)
class Change:
    """What a revision did to one statement; before is None when it is new, after is None when it is withdrawn.

    ``place`` (from 1) is the place of the statement in its data set: given once, never given to another.
    """

    statement_id: str
    place: int
    before: Statement | None
    after: Statement | None
    revision: Revision


@dataclass(frozen=True, slots=True)
class DryRun:
    """What an import would do: statements in force already just so, and those it would be refused for, the first of them named."""

    n_unchanged: int = 0
    n_clashes: int = 0
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True)
class Clash:
    """An id that an import gives to a statement although it has been another's since ``revision_id``.

    ``revision_id`` is None when both stand in the import itself.
    """

    statement_id: str
    revision_id: int | None
    wanted: Statement
    held: Statement | None

    def __str__(self) -> str:
        where = f"revision {self.revision_id}" if self.revision_id is not None else "this import"
        return f"{self.statement_id!r} (used in {where})"
