"""Composition root: a path becomes a checked, stored, versioned workspace that answers views."""

from tracker.workspace.answers import Answer, answer
from tracker.workspace.opening import Workspace, default_data_path, open_workspace

__all__ = ["Answer", "Workspace", "answer", "default_data_path", "open_workspace"]
