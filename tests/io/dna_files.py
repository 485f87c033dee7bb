"""Small Discourse Network Analyzer projects, versions 2 and 3, of the shape the program writes; all content is invented."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field

PASSWORD = "synthetic-password-nobody-may-read"

TEXT = 'Briefing (synthetic). 😀 The spokesperson said: "We welcome it; fully". Another said: no.'
"""With a character that counts twice in UTF-16 before everything that is quoted."""


def utf16(text: str) -> int:
    """How many UTF-16 units a text has."""
    return len(text.encode("utf-16-le")) // 2


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    """Where words stand in a text, counted as DNA counts."""
    start = utf16(text[: text.index(words)])
    return start, start + utf16(words)


@dataclass
class Marked:
    """A statement: its type, document, span, and values by the name of the variable."""

    values: dict[str, object]
    words: str = "We welcome it; fully"
    type_id: int = 1
    document: int = 1
    start: int | None = None
    stop: int | None = None


@dataclass
class ProjectMade:
    """What goes into a project file; ``variables`` are (name, data type, type id), ids count from 1 in each list."""

    marked: Sequence[Marked] = ()
    types: Sequence[str] = ("DNA Statement", "Annotation")
    variables: Sequence[tuple[str, str, int]] = (
        ("person", "short text", 1),
        ("organization", "short text", 1),
        ("concept", "short text", 1),
        ("agreement", "boolean", 1),
        ("mood", "short text", 1),
        ("note", "long text", 2),
    )
    seconds: object = 1469664000  # 2016-07-28
    text: object = TEXT
    titles: Sequence[str] = ("Synthetic briefing",)
    more_sql: Sequence[str] = field(default_factory=tuple)

    def v3(self) -> bytes:
        """The bytes of a version 3 project."""
        return self._made(3)

    def v2(self) -> bytes:
        """The bytes of a version 2 project."""
        return self._made(2)

    def _made(self, version: int) -> bytes:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            connection.executescript(_SHARED + (_V3 if version == 3 else _V2))
            _fill(connection, self, version)
            for statement in self.more_sql:
                connection.execute(statement)
            return bytes(connection.serialize())


def _fill(connection: sqlite3.Connection, made: ProjectMade, version: int) -> None:
    def insert(table: str, *rows: Sequence[object]) -> None:
        for row in rows:
            connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)

    insert("SETTINGS", ("version", "3.0.7" if version == 3 else "2.0 beta 19"), ("date", "2022-06-10"))
    insert("CODERS", (1, "Admin (synthetic)", PASSWORD), (2, "Coder (synthetic)", PASSWORD))
    insert("STATEMENTTYPES", *((number, label, 0, 0, 0) for number, label in enumerate(made.types, 1)))
    insert("VARIABLES", *((number, *variable) for number, variable in enumerate(made.variables, 1)))
    moment = made.seconds if version == 3 or not isinstance(made.seconds, int) else made.seconds * 1000
    for number, title in enumerate(made.titles, 1):
        insert("DOCUMENTS", (number, title, made.text, 1, "Doe, Jane (synthetic)", "Synthetic Press", "7", "", "letter", moment))
    entities = {number: {"": number} for number in range(1, len(made.variables) + 1)}
    if version == 3:
        insert("ENTITIES", *((number, number, "", 0, 0, 0, None) for number in entities))
    for number, marked in enumerate(made.marked, 1):
        start, stop = span(marked.words) if marked.start is None else (marked.start, marked.stop)
        insert("STATEMENTS", (number, marked.type_id, marked.document, start, stop, 2))
        for name, value in marked.values.items():
            _insert_value(insert, made, entities, version, number, marked.type_id, name, value)


def _insert_value(insert, made, entities, version, statement_id, type_id, name, value) -> None:
    at, data_type = next((i, v[1]) for i, v in enumerate(made.variables, 1) if v[0] == name and v[2] == type_id)
    beside = () if version == 3 else (type_id,)
    table = "DATA" + data_type.replace(" ", "").upper()
    row_id = statement_id * 100 + at
    if data_type == "short text" and version == 3:
        if value not in entities[at]:
            entities[at][value] = 1000 + row_id
            insert("ENTITIES", (1000 + row_id, at, value, 0, 0, 0, None))
        value = entities[at][value]
    elif data_type == "short text":
        insert("ATTRIBUTES", (row_id, at, value))
    insert(table, (row_id, statement_id, at, *beside, value))


_SHARED = """
CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT);
CREATE TABLE CODERS(ID INTEGER NOT NULL PRIMARY KEY, Name TEXT, Password TEXT);
CREATE TABLE DOCUMENTS(ID INTEGER NOT NULL PRIMARY KEY, Title TEXT, Text TEXT, Coder INTEGER, Author TEXT, Source TEXT, Section TEXT,
  Notes TEXT, Type TEXT, Date INTEGER);
CREATE TABLE STATEMENTTYPES(ID INTEGER NOT NULL PRIMARY KEY, Label TEXT, Red INTEGER, Green INTEGER, Blue INTEGER);
CREATE TABLE VARIABLES(ID INTEGER NOT NULL PRIMARY KEY, Variable TEXT, DataType TEXT, StatementTypeId INTEGER,
  UNIQUE (Variable, StatementTypeId));
CREATE TABLE STATEMENTS(ID INTEGER NOT NULL PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER, Start INTEGER, Stop INTEGER,
  Coder INTEGER);
"""
_V3 = """
CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER NOT NULL, Value TEXT NOT NULL DEFAULT '', Red INTEGER,
  Green INTEGER, Blue INTEGER, ChildOf INTEGER, UNIQUE (VariableId, Value));
CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER, VariableId INTEGER, Entity INTEGER NOT NULL);
CREATE TABLE DATALONGTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER, VariableId INTEGER, Value TEXT);
CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
"""
_V2 = """
CREATE TABLE ATTRIBUTES(ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER NOT NULL, Value TEXT NOT NULL);
CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER, VariableId INTEGER, StatementTypeId INTEGER, Value TEXT);
CREATE TABLE DATALONGTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER, VariableId INTEGER, StatementTypeId INTEGER, Value TEXT);
CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER, VariableId INTEGER, StatementTypeId INTEGER, Value INTEGER);
CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER, VariableId INTEGER, StatementTypeId INTEGER, Value INTEGER);
"""
