"""The tables of the history: rows are added and never changed, so that what was once read stays true."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint, text

SCHEMA_NUMBER = 2
"""Raised whenever the tables change, so that an older program refuses a newer ledger instead of misreading it."""

CHUNK = 500
"""Rows written or asked for at a time."""

METADATA = MetaData()

ABOUT = Table(
    "ledger_about",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""One row: the schema number. Whoever writes locks it first, so that writers come one after the other."""

REVISIONS = Table(
    "revisions",
    METADATA,
    Column("revision_id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("data_set", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("undoes", BigInteger, ForeignKey("revisions.revision_id")),
    Column("file_name", Text, nullable=False),
    Column("file_hash", Text, nullable=False),
    Column("counts", Text, nullable=False),
    Column("n_added", Integer, nullable=False),
    Column("n_changed", Integer, nullable=False),
    Column("n_withdrawn", Integer, nullable=False),
    Column("n_unchanged", Integer, nullable=False),
    Column("n_in_force", Integer, nullable=False),
    Column("first_change", BigInteger, nullable=False),
    Column("last_change", BigInteger, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("seal", Text, nullable=False),
)
"""Changes of a revision are those from ``first_change`` to ``last_change`` (none when the last lies before the first)."""

BESIDE = Table(
    "beside",
    METADATA,
    Column("revision_id", BigInteger, ForeignKey("revisions.revision_id"), primary_key=True, autoincrement=False),
    Column("tables", Text, nullable=False),
    Column("problems", Text, nullable=False),
    Column("seal", Text, nullable=False),
)
"""What a revision said beside statements: actors, issues, events … and the problems of an import, both as JSON."""

CHANGES = Table(
    "changes",
    METADATA,
    Column("change_id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("data_set", Text, nullable=False),
    Column("statement_id", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("before_change", BigInteger, ForeignKey("changes.change_id")),
    Column("content", Text),
    Column("seal", Text, nullable=False),
    Index("changes_of_a_statement", "data_set", "statement_id", "change_id", "place"),
    Index("changes_that_withdraw", "data_set", "change_id", sqlite_where=text("content IS NULL"), postgresql_where=text("content IS NULL")),
)
"""One version of one statement; ``content`` is JSON, NULL where the statement is withdrawn."""


DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("content", Text, nullable=False),
    Column("stored_at", Text, nullable=False),
    Column("seal", Text, nullable=False),
)
"""Texts of documents as JSON, named by their hash: a text is written once, whatever data sets and revisions name it."""

REVIEWS = Table(
    "reviews",
    METADATA,
    Column("data_set", Text, primary_key=True),
    Column("document_id", Text, primary_key=True),
    Column("origin", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("n_drafts", Integer, nullable=False),
    Column("n_waiting", Integer, nullable=False),
    Column("n_saves", Integer, nullable=False),
    Column("begun_at", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
    Column("content", Text, nullable=False),
)
"""Documents under review, text and decisions as JSON: work that is going on, no history. A row is replaced at each decision
and gone when the review ends."""

SUBSCRIPTIONS = Table(
    "subscriptions",
    METADATA,
    Column("subscription_id", Integer, primary_key=True, autoincrement=False),
    Column("data_set", Text, nullable=False),
    Column("address", Text, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("title", "publisher", "actor", "language")),
    *(Column(name, Integer, nullable=False) for name in ("follows", "is_active", "n_failures")),
    *(Column(name, Text, nullable=False) for name in ("etag", "last_modified", "fetched_at", "failed_at", "wait_until")),
    *(Column(name, Text, nullable=False) for name in ("result", "added_at", "added_by")),
    UniqueConstraint("data_set", "address"),
)
"""Feeds that data sets follow; a row is replaced whenever its feed was asked. Moments are ISO in UTC, "" for never."""

FEED_ITEMS = Table(
    "feed_items",
    METADATA,
    Column("subscription_id", Integer, primary_key=True, autoincrement=False),
    Column("item_hash", Text, primary_key=True),
    Column("text_hash", Text, nullable=False),
    Column("document_id", Text, nullable=False),
    Column("read_at", Text, nullable=False),
)
"""Items of feeds that were read, so that each is queued once: the hash of its guid, and of its text, to see when it changes."""


def change_seal(statement_id: str, place: int, content: str | None) -> str:
    """The check sum (hex) of one version of a statement: a reader sees when a byte of it is not what was written."""
    version = f"{statement_id}\0{place}\0{'-' if content is None else '+' + content}"
    return hashlib.blake2b(version.encode(), digest_size=16).hexdigest()


def row_seal(row: Mapping[str, Any], table: Table) -> str:
    """The check sum (sha-256, hex) of a row: of all its columns but the seal itself."""
    parts = [f"{column.name}={row[column.name]!r}" for column in table.columns if column.name != "seal"]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
