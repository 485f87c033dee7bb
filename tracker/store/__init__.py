"""Holds statements and answers selections: immutable, versioned DuckDB snapshots behind Ibis."""
