"""Mistakes of the installation or the caller: exceptions that say what cannot be done, why, and what to do."""

from __future__ import annotations


class TrackerError(Exception):
    """Something cannot be done; the message says what, why, and what to do about it."""


class DataSetRefused(TrackerError):
    """A data set cannot be opened at all (missing, unreadable, no statements in it)."""

    @classmethod
    def because(cls, path: object, why: str, remedy: str) -> DataSetRefused:
        """The error in its three parts.

        >>> str(DataSetRefused.because("data/x", "the folder does not exist", "Give the path of a data package."))
        "Cannot open the data set 'data/x': the folder does not exist. Give the path of a data package."
        """
        return cls(f"Cannot open the data set {str(path)!r}: {why}. {remedy}")


class SnapshotNotWritten(TrackerError):
    """The disk refuses a snapshot: it is full, or may not be written to. What is in the ledger and on disk is whole."""

    @classmethod
    def because(cls, folder: object, why: str) -> SnapshotNotWritten:
        """The error in its three parts.

        >>> str(SnapshotNotWritten.because("cache", "no space left on device"))
        "Cannot write the snapshot in 'cache': no space left on device. Make room there, or set TRACKER_CACHE to another folder."
        """
        return cls(f"Cannot write the snapshot in {str(folder)!r}: {why}. Make room there, or set TRACKER_CACHE to another folder.")


class LinkRefused(TrackerError):
    """A link names no page of this dashboard (only the command line raises this; pages show a notice)."""
