"""Holds statements and answers questions: an immutable snapshot, and an engine that reads it."""
