"""A file of which nothing can be loaded: caught where files are opened, shown as the data set's refusal."""

from __future__ import annotations

from tracker.core.errors import TrackerError
from tracker.core.problems import Problem


class FileRefused(TrackerError):
    """Nothing of a file can be used; ``problem`` says why, where, and what to do."""

    def __init__(self, code: str, message: str, *, line: int | None = None, column: str = "") -> None:
        super().__init__(message)
        self.problem = Problem(code, message, line=line, column=column)
