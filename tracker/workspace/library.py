"""The data sets one can choose from: packages and tables on disk, and what the ledger holds, as of any moment."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from tracker.core.identifiers import slug
from tracker.core.links import end_of
from tracker.store.derived import snapshot_of
from tracker.store.engine import open_engine
from tracker.store.ledger import Ledger, open_ledger
from tracker.store.ledger_values import Revision
from tracker.workspace.opening import Workspace, cache_folder, data_paths, described, open_workspace

_MOST_OPEN = 8


def may_edit() -> bool:
    """Whether imports and edits are on: ``TRACKER_EDIT=on``. Off by default, so that showing a dashboard never opens it."""
    return os.environ.get("TRACKER_EDIT", "").strip().casefold() in ("on", "1", "yes", "true")


def ledger_place() -> str:
    """Where the history is kept: ``TRACKER_LEDGER`` (a path or a URL), else a file in the user's data folder."""
    asked = os.environ.get("TRACKER_LEDGER")
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return asked or str(home / "statement-tracker" / "ledger.sqlite")


@dataclass(frozen=True)
class Opening:
    """One state of one data set, exactly: its code, the revision of the ledger (0: as it is on disk), its content."""

    code: str
    revision_id: int = 0


class Library:
    """Opens data sets and keeps the most recently used ones open; safe to use from many threads.

    Codes are folder or file names made fit for links; the first is the data set that opens unasked. A data set that
    is both on disk and in the ledger is the ledger's, which began with what is on disk. ``is_mine`` is for the command
    line, where whoever calls may edit.
    """

    def __init__(self, paths: tuple[Path, ...] | None = None, ledger: Ledger | None = None, *, is_mine: bool = False) -> None:
        self.paths: Mapping[str, Path] = MappingProxyType({slug(path.stem) or "data": path for path in paths or data_paths()})
        self._given_ledger, self.may_edit = ledger, is_mine or may_edit()
        self._open: dict[Opening, Workspace] = {}
        self._lock = threading.Lock()

    @cached_property
    def ledger(self) -> Ledger | None:
        """The history; ``None`` when there is none yet and nothing may be edited."""
        if self._given_ledger:
            return self._given_ledger
        place = ledger_place()
        is_there = "://" in place or Path(place).exists()
        if not is_there and not self.may_edit:
            return None
        if "://" not in place:
            Path(place).parent.mkdir(parents=True, exist_ok=True)
        return open_ledger(place)

    def titles(self) -> dict[str, str]:
        """The code and title of every data set, the one that opens unasked first."""
        held = self.ledger.data_sets() if self.ledger else ()
        return {code: code.replace("-", " ").capitalize() for code in (*self.paths, *(code for code in held if code not in self.paths))}

    def revision(self, code: str, as_of: str = "") -> Revision | None:
        """The revision of the ledger in force at a moment, now by default; ``None`` when the ledger does not hold it then."""
        moment: datetime | None = end_of(as_of) if as_of else None
        return self.ledger.revision(code, moment) if self.ledger else None

    def open(self, asked: str = "", as_of: str = "") -> Workspace:
        """The workspace of a data set (the first when ``asked`` is not known) as of a moment; opened once a state.

        Where the ledger has no revision yet at that moment, what is on disk is opened. Raises DataSetRefused and
        LedgerError with the reason in words.
        """
        titles = self.titles()
        code = {known.casefold(): known for known in titles}.get(asked.casefold()) or next(iter(titles))
        revision = self.revision(code, as_of) or (self.revision(code) if code not in self.paths else None)
        opening = Opening(code, revision.revision_id if revision else 0)
        with self._lock:
            if opening not in self._open:
                self._open[opening] = self._opened(opening, revision)
                self._close_oldest()
            workspace = self._open[opening] = self._open.pop(opening)
        return replace(workspace, catalogue=replace(workspace.catalogue, data_sets=MappingProxyType(titles)))

    def open_path(self, path: Path) -> Workspace:
        """What is on disk at a path, whatever the ledger holds; texts of its documents are looked up in the ledger all the same.

        Raises DataSetRefused with the reason in words.
        """
        return replace(open_workspace(path), **self._texts())

    def _opened(self, opening: Opening, revision: Revision | None) -> Workspace:
        path = self.paths.get(opening.code)
        if revision is None:
            return replace(open_workspace(path), code=opening.code, **self._texts())
        found = open_engine(snapshot_of(self.ledger, opening.code, cache_folder(), revision.revision_id))
        return replace(described(found, path, keeps_history=True), code=opening.code, revision_id=revision.revision_id, **self._texts())

    def _texts(self) -> dict[str, Callable[[str], str | None]]:
        return {"text_of": self.ledger.document_text} if self.ledger else {}

    def _close_oldest(self) -> None:
        while len(self._open) > _MOST_OPEN:
            oldest = next(iter(self._open))
            self._open.pop(oldest)  # readers that still hold it finish; its engine closes with the last of them
