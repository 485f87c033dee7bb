"""What can go wrong between the pages and an engine, in words."""

from __future__ import annotations

from tracker.core.errors import TrackerError


class SnapshotRefused(TrackerError):
    """A snapshot cannot be opened."""


class EngineRefused(TrackerError):
    """An engine named by ``TRACKER_ENGINE`` cannot be used, or does not answer."""

    @classmethod
    def because(cls, engine: str, why: str, remedy: str) -> EngineRefused:
        """The error with its reason and what to do; ``engine`` is shown, so it must hold no password."""
        return cls(f"The engine {engine} cannot answer: {why}. {remedy}")
