"""What a Discourse Network Analyzer project holds, version 2 or 3 alike; passwords of coders are never read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from tracker.io.refusals import FileRefused
from tracker.io.sqlite_guarded import Cell, SqliteTables

NEVER_READ = (("CODERS", "Password"),)

_NEEDED = ("STATEMENTS", "DOCUMENTS", "STATEMENTTYPES", "VARIABLES")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a statement type: its name and the type of its values ("short text", "boolean", …)."""

    variable_id: int
    name: str
    data_type: str
    type_id: int


@dataclass(frozen=True, slots=True)
class ProjectDocument:
    """What is known of a document beside its text; ``dated_at`` is ``None`` for a date that is none."""

    title: str
    author: str
    publisher: str
    section: str
    notes: str
    kind: str
    dated_at: datetime | None
    date_written: str

    def by_name(self) -> dict[str, str]:
        """What the project says of the document, under the names its event lists use."""
        return {
            "document_title": self.title,
            "document_author": self.author,
            "document_source": self.publisher,
            "document_section": self.section,
            "document_type": self.kind,
            "document_notes": self.notes,
        }

    @property
    def day(self) -> date | None:
        """The civil date, as the project shows it."""
        return self.dated_at.date() if self.dated_at else None


@dataclass(frozen=True, slots=True)
class Span:
    """A statement as marked in a document: where it begins and stops, in UTF-16 units, and who marked it.

    ``record`` counts the statements of the project from 1, in the order of their ids; ids that are no numbers are -1.
    """

    record: int
    statement_id: int
    type_id: int
    document_id: int
    start: int
    stop: int
    coder_id: int


@dataclass(frozen=True)
class Project:
    """A project without the texts of its documents, which are read one by one."""

    tables: SqliteTables
    version: str
    is_version_2: bool
    types: Mapping[int, str]
    variables: tuple[Variable, ...]
    spans: tuple[Span, ...]
    documents: Mapping[int, ProjectDocument] = field(repr=False)
    coders: Mapping[int, str] = field(repr=False)

    def texts(self) -> Iterator[tuple[int, str]]:
        """The id and text of every document; only one text is held at a time."""
        for document_id, text in self.tables.rows("DOCUMENTS", ("ID", "Text")):
            yield _whole(document_id), _text(text)

    def values(self, variables: Mapping[int, Variable]) -> dict[int, dict[str, str]]:
        """The values of those variables by statement id and name of the variable; missing ones are left out."""
        entities = self._entities()
        found: dict[int, dict[str, str]] = {}
        for table in ("DATASHORTTEXT", "DATALONGTEXT", "DATABOOLEAN", "DATAINTEGER"):
            if not self.tables.has(table, "StatementId", "VariableId"):
                continue
            is_entity = table == "DATASHORTTEXT" and not self.is_version_2
            for statement_id, variable_id, value in self.tables.rows(
                table, ("StatementId", "VariableId", "Entity" if is_entity else "Value")
            ):
                variable = variables.get(_whole(variable_id))
                written = entities.get(_whole(value), "") if is_entity else _text(value)
                if variable and written:
                    found.setdefault(_whole(statement_id), {})[variable.name] = written
        return found

    def entities_of(self, variable: Variable) -> list[str]:
        """Every value a variable may take, used or not, in the order of the project; empty ones mean missing."""
        table = "ATTRIBUTES" if self.is_version_2 else "ENTITIES"
        if not self.tables.has(table, "VariableId", "Value"):
            return []
        found = (
            _text(value) for variable_id, value in self.tables.rows(table, ("VariableId", "Value")) if variable_id == variable.variable_id
        )
        return [value for value in dict.fromkeys(found) if value.strip()]

    def _entities(self) -> dict[int, str]:
        if self.is_version_2:
            return {}
        return {_whole(entity): _text(value) for entity, value in _all(self.tables, "ENTITIES", ("ID", "Value"))}


def read_project(tables: SqliteTables) -> Project:
    """The project in the tables; raises FileRefused for an SQLite file that is none."""
    is_version_2 = tables.has("DATASHORTTEXT", "StatementId", "Value") or (tables.has("ATTRIBUTES") and not tables.has("ENTITIES"))
    is_project = all(tables.has(table) for table in _NEEDED) and (is_version_2 or tables.has("ENTITIES") or not tables.has("DATASHORTTEXT"))
    if not is_project:
        raise FileRefused(
            "file-not-a-table",
            "The file is an SQLite database, but no project of Discourse Network Analyzer, version 2 or 3. "
            "Save the table of statements as CSV (UTF-8) and load that.",
        )
    settings = {_text(key): _text(value) for key, value in _all(tables, "SETTINGS", ("Property", "Value"))}
    return Project(
        tables,
        version=settings.get("version", "")[:20] or ("2" if is_version_2 else "3"),
        is_version_2=is_version_2,
        types={_whole(type_id): _text(label) for type_id, label in _all(tables, "STATEMENTTYPES", ("ID", "Label"))},
        variables=tuple(_variables(tables)),
        spans=_spans(tables),
        documents=dict(_documents(tables, is_version_2)),
        coders={_whole(coder_id): _text(name) for coder_id, name in _all(tables, "CODERS", ("ID", "Name"))},
    )


def _all(tables: SqliteTables, table: str, columns: tuple[str, ...]) -> Iterator[tuple[Cell, ...]]:
    return tables.rows(table, columns) if tables.has(table) else iter(())


def _variables(tables: SqliteTables) -> Iterator[Variable]:
    for variable_id, name, data_type, type_id in _all(tables, "VARIABLES", ("ID", "Variable", "DataType", "StatementTypeId")):
        yield Variable(_whole(variable_id), _text(name), _text(data_type).casefold(), _whole(type_id))


def _spans(tables: SqliteTables) -> tuple[Span, ...]:
    columns = ("ID", "StatementTypeId", "DocumentId", "Start", "Stop", "Coder")
    found = sorted(tuple(map(_whole, row)) for row in tables.rows("STATEMENTS", columns))
    return tuple(Span(record, *numbers) for record, numbers in enumerate(found, 1))


def _documents(tables: SqliteTables, is_version_2: bool) -> Iterator[tuple[int, ProjectDocument]]:
    columns = ("ID", "Title", "Author", "Source", "Section", "Notes", "Type", "Date")
    for document_id, *texts, moment in tables.rows("DOCUMENTS", columns):
        yield _whole(document_id), ProjectDocument(*map(_text, texts), _moment(moment, is_version_2), _text(moment))


def _moment(value: Cell, is_in_milliseconds: bool) -> datetime | None:
    """The moment of an epoch number, milliseconds in version 2 and seconds in version 3."""
    if not isinstance(value, int):
        return None
    try:
        return _EPOCH + (timedelta(milliseconds=value) if is_in_milliseconds else timedelta(seconds=value))
    except OverflowError:
        return None


def _whole(value: Cell) -> int:
    return value if isinstance(value, int) else -1


def _text(value: Cell) -> str:
    if value is None:
        return ""
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else str(value)
