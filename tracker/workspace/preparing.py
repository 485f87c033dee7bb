"""New versions of a data set, prepared in the background while everybody goes on reading the version before."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tracker.core.errors import TrackerError

WAITED_SECONDS = 2.0
"""So long after a preparation began its readers wait for it; then they are shown the version before."""

Told = Callable[[str, int, int], None]
_LOG = logging.getLogger(__name__)


@dataclass
class Preparation:
    """How far the snapshot of one revision is: the step in words, the rows done and all of them (0: not known).

    ``error`` is "" unless it failed, and then says why in words; ``is_over`` once there is nothing left to wait for.
    """

    code: str
    revision_id: int
    step: str = "beginning"
    n_done: int = 0
    n_all: int = 0
    error: str = ""
    began_at: float = field(default_factory=time.monotonic)
    _over: threading.Event = field(default_factory=threading.Event)

    @property
    def is_over(self) -> bool:
        """Whether it has ended, well or not."""
        return self._over.is_set()

    def wait(self, seconds: float | None = None) -> bool:
        """Whether it has ended; waits until so many seconds (``WAITED_SECONDS``) after its beginning."""
        return self._over.wait(max(0.0, self.began_at + (WAITED_SECONDS if seconds is None else seconds) - time.monotonic()))

    def tell(self, step: str, n_done: int = 0, n_all: int = 0) -> None:
        """Notes how far it is; when the program is ending, leaves the work so that nothing of it is left behind."""
        if not threading.main_thread().is_alive():
            raise InterruptedError("the program is ending")
        self.step, self.n_done, self.n_all = step, n_done, n_all

    def run(self, make: Callable[[Told], Path], turn: threading.Lock) -> None:
        """Makes the snapshot when it has its turn; an error is kept in words for the pages, its trace only in the log."""
        try:
            with turn:
                make(self.tell)
        except (TrackerError, InterruptedError) as error:
            self.error = str(error)
        except Exception as error:
            _LOG.exception("revision %s of %s could not be prepared", self.revision_id, self.code)
            self.error = f"The new version could not be written ({_reason(error)}). What was kept is in the history; try again."
        finally:
            self._over.set()


class Preparations:
    """At most one preparation of each revision; those of one data set come one after the other, each in its own thread.

    A revision that waits for the one before is then made of that one's snapshot, which is quick.
    """

    def __init__(self) -> None:
        self._held: dict[tuple[str, int], Preparation] = {}
        self._turns: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def begin(self, code: str, revision_id: int, make: Callable[[Told], Path]) -> Preparation:
        """The preparation of that revision; begun when there is none yet, and not again after an error."""
        with self._lock:
            held = self._held.get((code, revision_id))
            if held is None:
                held = self._held[code, revision_id] = Preparation(code, revision_id)
                turn = self._turns.setdefault(code, threading.Lock())
                threading.Thread(target=held.run, args=(make, turn), name=f"prepare {code} {revision_id}").start()
            return held

    def newest(self, code: str) -> Preparation | None:
        """The preparation of the newest revision of a data set; ``None`` when none is held."""
        with self._lock:
            return max((held for held in self._held.values() if held.code == code), key=lambda held: held.revision_id, default=None)

    def forget(self, code: str, revision_id: int) -> None:
        """Lets a revision be prepared anew, once it was used or failed; earlier ones are forgotten with it."""
        with self._lock:
            self._held = {key: held for key, held in self._held.items() if key[0] != code or key[1] > revision_id}


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return "the disk may be full" if "space" in str(error).casefold() else "the system refuses"
