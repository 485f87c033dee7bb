"""Bytes to core values and back: one module a format."""
