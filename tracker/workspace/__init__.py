"""Composition root: a path becomes a checked, stored, versioned workspace that answers views."""

from tracker.workspace.answers import Answer, answer
from tracker.workspace.library import Library, ledger_place, may_edit
from tracker.workspace.opening import Workspace, data_paths, default_data_path, open_workspace

__all__ = ["Answer", "Library", "Workspace", "answer", "data_paths", "default_data_path", "ledger_place", "may_edit", "open_workspace"]
