"""Edits of single statements: checked as an import is, refused when somebody else was quicker, kept in the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tracker.core.columns import COLUMN_NAMES
from tracker.core.model import DataSet, Statement
from tracker.core.problems import Problem, Severity
from tracker.io.exporters import to_csv
from tracker.io.inputs import InputFile, ReadOptions
from tracker.io.packages import load_input
from tracker.store.ledger_errors import StaleEdit
from tracker.store.ledger_values import Change, Revision
from tracker.workspace.importing import EditingOff, begin_history, known_of
from tracker.workspace.library import Library

__all__ = [
    "EDITABLE",
    "Change",
    "Edited",
    "StaleEdit",
    "changed_columns",
    "differing_columns",
    "history_of",
    "read_edit",
    "save_edit",
    "withdraw",
]

EDITABLE: tuple[str, ...] = tuple(name for name in COLUMN_NAMES if name != "statement_id")


@dataclass(frozen=True)
class Edited:
    """An edit as it would be understood: the statement, or what is wrong with it."""

    statement: Statement | None
    read: DataSet

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything to be said about the edited row, what forbids it first."""
        return tuple(sorted(self.read.problems, key=lambda p: p.severity is not Severity.REJECTED))


def read_edit(library: Library, code: str, written: Mapping[str, str]) -> Edited:
    """The statement that the text of its columns makes; read as a row of a file is, so that the same rules hold.

    ``written`` has every column of ``core.columns``; the id must be there.
    """
    data = to_csv([{name: written.get(name, "") for name in COLUMN_NAMES}])
    options = ReadOptions(known=known_of(library.open(code)))
    read = load_input(InputFile.from_bytes(data, "edit.csv"), options)
    return Edited(read.statements[0] if read.statements else None, read)


def save_edit(library: Library, code: str, edited: Edited, *, seen_revision: int, who: str, why: str) -> Revision:
    """Write an edit into the history. Raises EditingOff; StaleEdit with both versions when the statement changed meanwhile.

    ``seen_revision`` is the revision that was shown to the editor (0: what is on disk, before there was a history).
    """
    if not library.may_edit or library.ledger is None or edited.statement is None:
        raise EditingOff.because_it_is_not_on("save the edit")
    begin_history(library, code)
    seen = seen_revision or library.ledger.first_revision(code).revision_id
    return library.ledger.edit(code, edited.statement, seen_revision=seen, who=who, why=why, beside=replace(edited.read, problems=()))


def withdraw(library: Library, code: str, statement_id: str, *, seen_revision: int, who: str, why: str) -> Revision:
    """Take a statement out of force; its history stays. Raises as :func:`save_edit` does."""
    if not library.may_edit or library.ledger is None:
        raise EditingOff.because_it_is_not_on("withdraw the statement")
    begin_history(library, code)
    seen = seen_revision or library.ledger.first_revision(code).revision_id
    return library.ledger.withdraw(code, [statement_id], seen_revision=seen, who=who, why=why)


def history_of(library: Library, code: str, statement_id: str) -> tuple[Change, ...]:
    """Every change of a statement, the first first; none when there is no history."""
    return library.ledger.history(code, statement_id) if library.ledger else ()


def changed_columns(change: Change) -> list[tuple[str, str, str]]:
    """Column, text before and text after, for every column that a change changed.

    A statement that came or went has "" on the other side.
    """
    return differing_columns(change.before, change.after)


def differing_columns(one: Statement | None, other: Statement | None) -> list[tuple[str, str, str]]:
    """Column and both texts, for every column in which two statements differ; ``None`` has "" everywhere."""
    before, after = (_as_text(statement) for statement in (one, other))
    return [(name, before.get(name, ""), after.get(name, "")) for name in EDITABLE if before.get(name, "") != after.get(name, "")]


def _as_text(statement: Statement | None) -> dict[str, str]:
    return {**statement.written, "stated_on": str(statement.stated_on)} if statement else {}
