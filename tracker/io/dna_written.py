"""Statements as a project of Discourse Network Analyzer (`.dna`, version 3) and as its event list."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, time

from tracker.core.dates import PartialDate
from tracker.core.vocabulary import CHANNELS
from tracker.io.dna_tables import CODER_PERMISSIONS, TABLES
from tracker.io.guarding import guarded
from tracker.io.utf16 import Utf16Text

PASSWORD = "tracker"
"""Of the coder Admin: the program asks for one when it opens a project. It protects nothing and is said in the documents."""

VERSION = "3.0.7"
MAX_SHORT = 190
STATEMENT_TYPE = "DNA Statement"
SHORT_TEXT = ("person", "organization", "concept", "stance", "country", "role", "act", "target", "language", "location")
"""Variables that DNA draws networks from; ``stance`` stands before ``agreement`` so that the word is read first."""

LONG_TEXT = ("position", "note", "original_id", "stated_on", "quote_kind", "quote_en", "translation_by", "document_url", "published_on")
AGREEMENT = "agreement"
AGREEMENTS = {"oppose": -1, "mixed": 0, "neutral": 0, "support": 1}
"""Our scale as DNA's integer: it knows no word for mixed and none for not coded, which has no value."""

_COLUMNS = {
    "person": "spokesperson",
    "organization": "organisation",
    "language": "quote_language",
    "location": "venue",
    "original_id": "statement_id",
}
_BETWEEN_QUOTES = "\n\n"


@dataclass(frozen=True)
class _Document:
    number: int
    title: str
    text: str
    publisher: str
    channel: str
    first_day: datetime


@dataclass(frozen=True)
class _Marked:
    number: int
    document: _Document
    start: int
    stop: int
    words: str
    coder: str
    texts: Mapping[str, str]
    agreement: int | None


def to_dna(rows: Iterable[Mapping[str, object]], concepts: Mapping[str, str]) -> bytes:
    """The statements as a version 3 project: an SQLite file with every table DNA has.

    ``rows`` are statements by column as written, with ``issue_id`` and ``stance_code``; ``concepts`` the words of each issue
    (its proposition). A document is the text of its quotes, one after the other, for one date of statement: DNA dates
    documents, not statements. Short texts are cut at ``MAX_SHORT`` characters. A partial date becomes its first day; as
    given it stands in the variable ``stated_on``. A statement without a quote is marked by its position.
    """
    marked = _marked(rows, concepts)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(TABLES)
        _fill(connection, marked)
        return bytes(connection.serialize())


def to_event_list(rows: Iterable[Mapping[str, object]], concepts: Mapping[str, str]) -> bytes:
    """The same statements as DNA's event list: UTF-8 CSV with semicolons, one statement a line.

    Quotation marks and semicolons stay in texts, quoted as CSV does. Cells a spreadsheet would take for a formula get an
    apostrophe in front.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    variables = [*SHORT_TEXT, AGREEMENT, *LONG_TEXT]
    document = ("id", "title", "author", "source", "section", "type")
    writer.writerow(
        ["statement_id", "time", *variables, "start_position", "stop_position", "text", "coder", *(f"document_{n}" for n in document)]
    )
    for one in _marked(rows, concepts):
        values = [one.agreement if name == AGREEMENT else guarded(one.texts[name]) for name in variables]
        at = one.document
        about = [at.number, guarded(at.title), "", guarded(at.publisher), "", at.channel]
        moment = f"{at.first_day:%Y-%m-%d} 00:00:00" if at.first_day.year > 999 else at.first_day.isoformat(" ")[:19]
        cells = [one.number, moment, *values, one.start, one.stop, guarded(one.words), guarded(one.coder), *about]
        writer.writerow(["" if cell is None else cell for cell in cells])
    return text.getvalue().encode("utf-8")


def _marked(rows: Iterable[Mapping[str, object]], concepts: Mapping[str, str]) -> list[_Marked]:
    """The statements in order, each with its place in the text of its document."""
    held = [{name: _clean(value) for name, value in row.items()} for row in rows]
    by_document: dict[tuple[str, ...], list[int]] = {}
    for place, row in enumerate(held):
        by_document.setdefault(_document_key(row, place), []).append(place)
    found: dict[int, _Marked] = {}
    for number, places in enumerate(by_document.values(), start=1):
        words = [held[place].get("quote") or held[place].get("position") or "…" for place in places]
        document = _document(number, held[places[0]], _BETWEEN_QUOTES.join(words))
        start = 0
        for place, quoted in zip(places, words, strict=True):
            stop = start + Utf16Text(quoted).length
            row = held[place]
            texts = {name: row.get(_COLUMNS.get(name, name), "") for name in (*SHORT_TEXT, *LONG_TEXT)}
            texts |= {"concept": concepts.get(row["issue_id"], row["issue"]) if row.get("issue") else "", "stance": row.get("stance", "")}
            coder = row.get("coder", "")
            found[place] = _Marked(place + 1, document, start, stop, quoted, coder, texts, AGREEMENTS.get(row["stance_code"]))
            start = stop + len(_BETWEEN_QUOTES)
    return [found[place] for place in sorted(found)]


def _document_key(row: Mapping[str, str], place: int) -> tuple[str, ...]:
    named = tuple(row.get(name, "") for name in ("document_url", "document_title", "publisher", "published_on"))
    alone = "" if any(named[:2]) else str(place)
    return (*named, row["stated_on"], row.get("channel", ""), alone)


def _document(number: int, row: Mapping[str, str], text: str) -> _Document:
    day = PartialDate.parse(row["stated_on"]).first
    channel = row.get("channel", "") if row.get("channel", "") in CHANNELS else ""
    title, publisher = _short(row.get("document_title", "")), _short(row.get("publisher", ""))
    return _Document(number, title, text, publisher, channel, datetime.combine(day, time(), UTC))


def _fill(connection: sqlite3.Connection, marked: Sequence[_Marked]) -> None:
    def insert(table: str, rows: Iterable[Sequence[object]]) -> None:
        held = list(rows)
        if held:
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(held[0]))})", held)

    connection.execute("BEGIN")
    coders = {"": 1} | {name: number for number, name in enumerate(sorted({one.coder for one in marked} - {""}), start=2)}
    documents = {one.document.number: one.document for one in marked}
    variables = {name: number for number, name in enumerate((*SHORT_TEXT, AGREEMENT, *LONG_TEXT), start=1)}
    insert("SETTINGS", [("version", VERSION), ("date", f"{max((d.first_day for d in documents.values()), default=_EPOCH):%Y-%m-%d}")])
    insert("CODERS", (_coder(number, name or "Admin") for name, number in coders.items()))
    insert("DOCUMENTS", ((d.number, d.title, d.text, 1, "", d.publisher, "", "", d.channel, _seconds(d)) for d in documents.values()))
    insert("STATEMENTTYPES", [(1, STATEMENT_TYPE, 239, 208, 51)])
    insert("VARIABLES", ((number, name, _data_type(name), 1) for name, number in variables.items()))
    insert("STATEMENTS", ((one.number, 1, one.document.number, one.start, one.stop, coders[one.coder]) for one in marked))
    entities = _entities(marked)
    insert("ENTITIES", ((number, variables[name], value, 0, 0, 0, None) for (name, value), number in entities.items()))
    numbered = [(one, name) for one in marked for name in SHORT_TEXT]
    insert(
        "DATASHORTTEXT",
        ((n, one.number, variables[name], entities[name, _short(one.texts[name])]) for n, (one, name) in enumerate(numbered, start=1)),
    )
    insert("DATAINTEGER", ((one.number, one.number, variables[AGREEMENT], one.agreement) for one in marked if one.agreement is not None))
    long = [(one, name) for one in marked for name in LONG_TEXT]
    insert("DATALONGTEXT", ((n, one.number, variables[name], one.texts[name]) for n, (one, name) in enumerate(long, start=1)))
    connection.execute("COMMIT")


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _entities(marked: Sequence[_Marked]) -> dict[tuple[str, str], int]:
    """Every value of every variable once, and the empty one, which means missing."""
    keys = dict.fromkeys((name, "") for name in SHORT_TEXT)
    keys |= dict.fromkeys((name, _short(one.texts[name])) for one in marked for name in SHORT_TEXT)
    return {key: number for number, key in enumerate(keys, start=1)}


def _coder(number: int, name: str) -> tuple[object, ...]:
    permissions = [1] * CODER_PERMISSIONS
    return (number, _short(name), 69, 212, 255, 0, 14, hashed(PASSWORD), 300, 0, 0, 1, *permissions)


def hashed(password: str) -> str:
    """A password as DNA keeps it: SHA-256 a hundred thousand times over a salt of 16 bytes and the word, in Base64.

    The salt is always the same, so that the same statements give the same file.
    """
    salt = hashlib.sha256(b"statement tracker").digest()[:16]
    digest = hashlib.sha256(salt + password.encode()).digest()
    for _ in range(99_999):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()


def _data_type(name: str) -> str:
    return "integer" if name == AGREEMENT else "short text" if name in SHORT_TEXT else "long text"


def _seconds(document: _Document) -> int:
    return int((document.first_day - _EPOCH).total_seconds())


def _short(text: str) -> str:
    return text if len(text) <= MAX_SHORT else text[: MAX_SHORT - 1] + "…"


def _clean(value: object) -> str:
    """The text without what SQLite or Java cannot hold: NUL, halves of characters."""
    text = "" if value is None else str(value)
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode("utf-8")
