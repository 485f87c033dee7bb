"""What can go wrong with the history, in words: what cannot be done, why, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.core.errors import TrackerError

if TYPE_CHECKING:
    from tracker.core.model import Statement
    from tracker.store.ledger_values import Clash, Revision


class LedgerError(TrackerError):
    """Something cannot be done with the history; nothing of it was written."""

    @classmethod
    def because(cls, what: str, why: str, remedy: str) -> LedgerError:
        """The error in its three parts.

        >>> str(LedgerFull.because("keep the import", "the disk is full", "Make room and repeat it."))
        'Cannot keep the import: the disk is full. Make room and repeat it.'
        """
        return cls(f"Cannot {what}: {why}. {remedy}")


class LedgerBusy(LedgerError):
    """Another process has been writing all the time one is willing to wait."""


class LedgerFull(LedgerError):
    """There is no room left to write."""


class LedgerReadOnly(LedgerError):
    """The history can be read but not written."""


class LedgerDamaged(LedgerError):
    """What is stored is not what was written."""


class LedgerNewer(LedgerError):
    """The history was written by a newer version of this program."""


class LedgerRefused(LedgerError):
    """The place cannot hold a history, cannot be reached, or holds something else."""


class UnknownRevision(LedgerError):
    """No revision of that number, or no statement of that id, is in the data set."""


class UndoRefused(LedgerError):
    """A revision cannot be undone; ``later`` are the revisions that stand in the way."""

    def __init__(self, message: str, later: tuple[int, ...] = ()) -> None:
        super().__init__(message)
        self.later = later


class IdUsedAgain(LedgerError):
    """An import gives ids to statements that have long been those of others; ``clashes`` are the first of them."""

    def __init__(self, message: str, clashes: tuple[Clash, ...] = ()) -> None:
        super().__init__(message)
        self.clashes = clashes


class ReviewChanged(LedgerError):
    """A review was saved, or ended, by somebody else since it was read."""


class StaleEdit(LedgerError):
    """A statement changed since it was read for editing.

    ``seen`` is what the editor saw, ``found`` what is there now (None when it was withdrawn), ``wanted`` what the
    editor would have written (None for a withdrawal), ``revision`` the one that changed it.
    """

    def __init__(
        self,
        message: str,
        seen: Statement | None = None,
        found: Statement | None = None,
        wanted: Statement | None = None,
        revision: Revision | None = None,
    ) -> None:
        super().__init__(message)
        self.seen, self.found, self.wanted, self.revision = seen, found, wanted, revision
