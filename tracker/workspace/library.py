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
from tracker.io.packages import content_hash, stamp_of
from tracker.store.derived import snapshot_of
from tracker.store.engine_at import engine_url, open_engine_at
from tracker.store.ledger import Ledger, open_ledger
from tracker.store.ledger_values import Revision
from tracker.workspace.opening import Workspace, cache_folder, data_paths, described, open_workspace
from tracker.workspace.preparing import Preparation, Preparations

_MOST_OPEN = 8

ON_DISK = "data package"
"""Who wrote the first revision of a data set that was on disk before there was a history."""


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
    line, where whoever calls may edit. A new version that takes long is prepared in the background: whoever has the one
    before open goes on reading it, and ``preparation`` says how far the new one is.
    """

    def __init__(self, paths: tuple[Path, ...] | None = None, ledger: Ledger | None = None, *, is_mine: bool = False) -> None:
        self.paths: Mapping[str, Path] = MappingProxyType({slug(path.stem) or "data": path for path in paths or data_paths()})
        self._given_ledger, self.may_edit = ledger, is_mine or may_edit()
        self._open: dict[Opening, Workspace] = {}
        self._opening: dict[Opening, threading.Lock] = {}
        self._preparations = Preparations()
        self._on_disk: dict[str, tuple[tuple[object, ...], str]] = {}
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
        workspace = self._version(opening, revision, may_be_older=not as_of)
        return replace(workspace, catalogue=replace(workspace.catalogue, data_sets=MappingProxyType(titles)))

    def open_path(self, path: Path) -> Workspace:
        """What is on disk at a path, whatever the ledger holds; texts of its documents are looked up in the ledger all the same.

        Raises DataSetRefused with the reason in words.
        """
        return replace(open_workspace(path), **self._texts())

    def prepare(self, code: str) -> None:
        """Begin to make the newest version of a data set in the background; at once back."""
        revision = self.revision(code)
        if revision is not None and Opening(code, revision.revision_id) not in self._open:
            self._begin(Opening(code, revision.revision_id))

    def preparation(self, workspace: Workspace) -> Preparation | None:
        """How far the version is that will take the place of this one; ``None`` when this is the newest.

        The preparation of a version that failed has its ``error``; ``retry`` begins it anew.
        """
        newest = self._preparations.newest(workspace.code)
        return newest if newest and newest.revision_id > workspace.revision_id else None

    def retry(self, failed: Preparation) -> None:
        """Begin a preparation that failed once more."""
        self._preparations.forget(failed.code, failed.revision_id)
        self.prepare(failed.code)

    def began_otherwise(self, code: str) -> Revision | None:
        """The revision with which the history of a data set began, when its files on disk are not what they were then.

        ``None`` when they are, when there is no history, and when the history did not begin with what is on disk. Files are
        read only when the size or the time of change of one is another than when they were read last.
        """
        path = self.paths.get(code)
        first = self.ledger.first_revision(code) if path is not None and self.ledger else None
        if first is None or (first.who, first.file_name) != (ON_DISK, path.name):
            return None
        stamp = stamp_of(path)
        if code not in self._on_disk or self._on_disk[code][0] != stamp:
            self._on_disk[code] = stamp, content_hash(path)
        return first if self._on_disk[code][1] not in ("", first.file_hash) else None

    def _version(self, opening: Opening, revision: Revision | None, *, may_be_older: bool) -> Workspace:
        """The workspace of that state, or the newest older one that is open while that state is being prepared."""
        with self._lock:
            older = self._newest_open(opening) if may_be_older and revision is not None else None
            has_other = opening not in self._open and older is not None
        if has_other:
            preparation = self._begin(opening)
            if not preparation.wait() or preparation.error:
                return older
        return self._used(opening, revision)

    def _used(self, opening: Opening, revision: Revision | None) -> Workspace:
        """The workspace of that state, opened by whoever asks first; only those who ask for the same state wait for it."""
        with self._lock:
            turn = self._opening.setdefault(opening, threading.Lock())
        with turn:
            with self._lock:
                workspace = self._open.pop(opening, None)
                if workspace is not None:
                    self._open[opening] = workspace
                    return workspace
            workspace = self._opened(opening, revision)
            with self._lock:
                self._open[opening] = workspace
                self._opening.pop(opening, None)
                self._close_oldest()
                self._preparations.forget(opening.code, opening.revision_id)
        return workspace

    def _begin(self, opening: Opening) -> Preparation:
        """Makes the snapshot in the background; opening it afterwards is quick."""
        code, number = opening.code, opening.revision_id
        return self._preparations.begin(code, number, lambda told: snapshot_of(self.ledger, code, cache_folder(), number, told))

    def _newest_open(self, opening: Opening) -> Workspace | None:
        """The newest earlier state of the data set that is open, what is on disk included."""
        held = [at for at in self._open if at.code == opening.code and at.revision_id < opening.revision_id]
        return self._open[max(held, key=lambda at: at.revision_id)] if held else None

    def _opened(self, opening: Opening, revision: Revision | None) -> Workspace:
        path = self.paths.get(opening.code)
        if revision is None:
            return replace(open_workspace(path), code=opening.code, **self._texts())
        found = open_engine_at(engine_url(), snapshot_of(self.ledger, opening.code, cache_folder(), revision.revision_id))
        return replace(described(found, path, keeps_history=True), code=opening.code, revision_id=revision.revision_id, **self._texts())

    def _texts(self) -> dict[str, Callable[[str], str | None]]:
        return {"text_of": self.ledger.document_text} if self.ledger else {}

    def _close_oldest(self) -> None:
        while len(self._open) > _MOST_OPEN:
            oldest = next(iter(self._open))
            self._open.pop(oldest)  # readers that still hold it finish; its engine closes with the last of them
