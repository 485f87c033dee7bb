"""Texts of documents in the history, named by their hash and never changed, and the reviews that are going on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, inspect, select

from tracker.core.beside import Signatory
from tracker.core.documents import Document, document_id_of
from tracker.core.reviews import Decision, Draft, Review
from tracker.store.ledger_errors import ReviewChanged
from tracker.store.ledger_json import as_spans, as_text, storable
from tracker.store.ledger_reading import damaged, written_at
from tracker.store.ledger_tables import DOCUMENTS, REVIEWS, row_seal

_TITLE_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class WaitingReview:
    """A review that is going on, without its text: which document, where from, how much is left to decide, since when.

    ``title`` is the document's, else the first words of its text.
    ``n_saves`` counts how often it was saved; whoever saves names the number read, so that two do not undo each other.
    """

    data_set: str
    document_id: str
    title: str
    origin: str
    n_drafts: int
    n_waiting: int
    n_saves: int
    begun_at: datetime
    saved_at: datetime


def store_texts(connection: Connection, texts: Iterable[str], at: datetime) -> None:
    """Writes the texts that are not there yet."""
    for text in texts:
        document_id = document_id_of(text)
        if not connection.execute(select(DOCUMENTS.c.document_id).where(DOCUMENTS.c.document_id == document_id)).scalar():
            row = {"document_id": document_id, "content": as_text(text), "stored_at": written_at(at), "seal": ""}
            connection.execute(DOCUMENTS.insert(), row | {"seal": row_seal(row, DOCUMENTS)})


def stored_text(connection: Connection, document_id: str) -> str | None:
    """The text of a document; None when it was not stored. Raises LedgerDamaged when it is not what was written."""
    if not _has_tables(connection):
        return None
    row = connection.execute(select(DOCUMENTS).where(DOCUMENTS.c.document_id == storable(document_id))).first()
    if row is None:
        return None
    text = json.loads(row.content) if row_seal(row._mapping, DOCUMENTS) == row.seal else None
    if not isinstance(text, str) or document_id_of(text) != document_id:
        raise damaged(f"the text of document {document_id[:12]} is not as it was written")
    return text


def save_review(connection: Connection, data_set: str, review: Review, seen: int, at: datetime) -> int:
    """How often the review was saved, this time included; ``seen`` is that number when it was read, 0 for a new one.

    Raises ReviewChanged when somebody else saved or ended it meanwhile.
    """
    mine = _mine(data_set, review.document.document_id)
    held = connection.execute(select(REVIEWS.c.n_saves).where(*mine)).scalar()
    if (held or 0) != seen:
        why = "somebody else decided something in it meanwhile" if held else "somebody else ended it meanwhile"
        raise ReviewChanged.because("save the review", why, "Open it again: what they decided is there.")
    values = {
        "origin": storable(review.origin),
        "title": storable(review.document.title or _first_words(review.text)),
        "n_drafts": len(review.drafts),
        "n_waiting": review.n(Decision.WAITING),
        "n_saves": seen + 1,
        "saved_at": written_at(at),
        "content": _review_to_json(review),
    }
    if held:
        connection.execute(REVIEWS.update().where(*mine).values(**values))
    else:
        key = {"data_set": storable(data_set), "document_id": review.document.document_id, "begun_at": written_at(at)}
        connection.execute(REVIEWS.insert(), key | values)
    return seen + 1


def end_review(connection: Connection, data_set: str, document_id: str) -> None:
    """Forgets a review with its text; nothing when there is none."""
    connection.execute(REVIEWS.delete().where(*_mine(data_set, document_id)))


def saved_review(connection: Connection, data_set: str, document_id: str) -> tuple[Review, int] | None:
    """A review and how often it was saved; None when there is none. Raises LedgerDamaged when it cannot be read."""
    if not _has_tables(connection):
        return None
    row = connection.execute(select(REVIEWS.c.content, REVIEWS.c.n_saves).where(*_mine(data_set, document_id))).first()
    if row is None:
        return None
    try:
        return _review_from_json(row.content), row.n_saves
    except (ValueError, KeyError, TypeError):
        raise damaged("a review in it cannot be read") from None


def waiting_review(connection: Connection, data_set: str, document_id: str) -> WaitingReview | None:
    """The review of one document without its text and decisions; None when there is none."""
    columns = [column for column in REVIEWS.columns if column.name != "content"]
    row = connection.execute(select(*columns).where(*_mine(data_set, document_id))).first()
    return WaitingReview(**_with_moments(row._mapping)) if row else None


def waiting_reviews(connection: Connection, data_set: str, limit: int) -> tuple[WaitingReview, ...]:
    """The reviews that are going on in a data set, the one saved last first."""
    if not _has_tables(connection):
        return ()
    columns = [column for column in REVIEWS.columns if column.name != "content"]
    asked = select(*columns).where(REVIEWS.c.data_set == storable(data_set))
    rows = connection.execute(asked.order_by(REVIEWS.c.saved_at.desc(), REVIEWS.c.document_id).limit(limit))
    return tuple(WaitingReview(**_with_moments(row._mapping)) for row in rows)


def _with_moments(held: Mapping[str, Any]) -> dict[str, Any]:
    return {name: datetime.fromisoformat(value) if name.endswith("_at") else value for name, value in held.items()}


def _first_words(text: str) -> str:
    line = text.lstrip()[:_TITLE_CHARACTERS].partition("\n")[0].rstrip()
    return f"{line}…" if len(line) == _TITLE_CHARACTERS else line


def _mine(data_set: str, document_id: str) -> tuple[Any, ...]:
    return REVIEWS.c.data_set == storable(data_set), REVIEWS.c.document_id == storable(document_id)


def _has_tables(connection: Connection) -> bool:
    # A ledger of the first schema that may only be read has none of these tables.
    return inspect(connection).has_table(DOCUMENTS.name)


def _review_to_json(review: Review) -> str:
    return as_text(asdict(review))


def _review_from_json(content: str) -> Review:
    held = json.loads(content)
    return Review(
        text=held["text"],
        document=Document(**held["document"]),
        drafts=tuple(map(_draft, held["drafts"])),
        stores_text=held["stores_text"],
        origin=held["origin"],
        left_out=tuple((reason, n) for reason, n in held["left_out"]),
    )


def _draft(held: Mapping[str, Any]) -> Draft:
    changed = {
        "spans": as_spans(held["spans"]),
        "decision": Decision(held["decision"]),
        "reasons": tuple(held["reasons"]),
        "parts": tuple(map(_draft, held["parts"])),
        # Reviews that were saved before persons could speak together have none.
        "signatories": tuple(Signatory(**one) for one in held.get("signatories", ())),
    }
    return Draft(**{**held, **changed})
