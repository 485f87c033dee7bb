"""The tables of a version 3 project of Discourse Network Analyzer, with the constraints that program gives them."""

from __future__ import annotations

_PERMISSIONS = [
    "AddDocuments",
    "EditDocuments",
    "DeleteDocuments",
    "ImportDocuments",
    "AddStatements",
    "EditStatements",
    "DeleteStatements",
    "EditAttributes",
    "EditRegex",
    "EditStatementTypes",
    "EditCoders",
    "EditCoderRelations",
    "ViewOthersDocuments",
    "EditOthersDocuments",
    "ViewOthersStatements",
    "EditOthersStatements",
]
CODER_PERMISSIONS = len(_PERMISSIONS)


def _flag(name: str, default: int = 1) -> str:
    return f"{name} INTEGER NOT NULL CHECK ({name} BETWEEN 0 AND 1) DEFAULT {default}"


def _label(name: str, more: str = "") -> str:
    return f"{name} TEXT NOT NULL {more} CHECK (LENGTH({name}) < 191)"


def _refers(column: str, table: str) -> str:
    return f"FOREIGN KEY({column}) REFERENCES {table}(ID) ON DELETE CASCADE"


_KEY = "ID INTEGER NOT NULL PRIMARY KEY"
_COLOUR = ", ".join(f"{name} INTEGER NOT NULL DEFAULT 0 CHECK ({name} BETWEEN 0 AND 255)" for name in ("Red", "Green", "Blue"))
_ENTITY_COLOUR = ", ".join(f"{name} INTEGER CHECK ({name} BETWEEN 0 AND 255)" for name in ("Red", "Green", "Blue"))
_OF_STATEMENT = f"""StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL, {{value}},
  {_refers("StatementId", "STATEMENTS")}, {_refers("VariableId", "VARIABLES")}, UNIQUE (StatementId, VariableId)"""

TABLES = f"""
CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT NOT NULL);
CREATE TABLE CODERS({_KEY}, {_label("Name")}, {_COLOUR},
  Refresh INTEGER NOT NULL CHECK (Refresh BETWEEN 0 AND 9999) DEFAULT 0,
  FontSize INTEGER NOT NULL CHECK (FontSize BETWEEN 1 AND 99) DEFAULT 14, {_label("Password")},
  PopupWidth INTEGER CHECK (PopupWidth BETWEEN 100 AND 9999) DEFAULT 300,
  {_flag("ColorByCoder", 0)}, {_flag("PopupDecoration", 0)}, {_flag("PopupAutoComplete")},
  {", ".join(_flag(f"Permission{name}") for name in _PERMISSIONS)});
CREATE TABLE DOCUMENTS({_KEY}, {_label("Title")}, Text TEXT NOT NULL, Coder INTEGER,
  {", ".join(_label(name, "DEFAULT ''") for name in ("Author", "Source", "Section"))}, Notes TEXT NOT NULL DEFAULT '',
  {_label("Type", "DEFAULT ''")}, Date INTEGER NOT NULL, {_refers("Coder", "CODERS")});
CREATE TABLE STATEMENTTYPES({_KEY}, {_label("Label")}, {_COLOUR});
CREATE TABLE VARIABLES({_KEY}, {_label("Variable")}, DataType TEXT NOT NULL
  CHECK (DataType = 'boolean' OR DataType = 'integer' OR DataType = 'long text' OR DataType = 'short text') DEFAULT 'short text',
  StatementTypeId INTEGER, {_refers("StatementTypeId", "STATEMENTTYPES")}, UNIQUE (Variable, StatementTypeId));
CREATE TABLE VARIABLELINKS({_KEY}, SourceVariableId INTEGER, TargetVariableId INTEGER, CHECK (TargetVariableId != SourceVariableId),
  {_refers("SourceVariableId", "VARIABLES")}, {_refers("TargetVariableId", "VARIABLES")});
CREATE TABLE REGEXES(Label TEXT PRIMARY KEY CHECK (LENGTH(Label) < 191), {_COLOUR});
CREATE TABLE CODERRELATIONS({_KEY}, Coder INTEGER CHECK(Coder > 0), OtherCoder INTEGER CHECK(OtherCoder > 0),
  {", ".join(_flag(name) for name in ("viewStatements", "editStatements", "viewDocuments", "editDocuments"))},
  CHECK (Coder != OtherCoder), {_refers("Coder", "CODERS")}, {_refers("OtherCoder", "CODERS")});
CREATE TABLE STATEMENTS({_KEY}, StatementTypeId INTEGER, DocumentId INTEGER, Start INTEGER NOT NULL CHECK(Start >= 0),
  Stop INTEGER NOT NULL CHECK(Stop >= 0), Coder INTEGER, CHECK (Start < Stop), {_refers("StatementTypeId", "STATEMENTTYPES")},
  {_refers("Coder", "CODERS")}, {_refers("DocumentId", "DOCUMENTS")});
CREATE TABLE DATABOOLEAN({_KEY}, {_OF_STATEMENT.format(value="Value INTEGER NOT NULL DEFAULT 1")});
CREATE TABLE DATAINTEGER({_KEY}, {_OF_STATEMENT.format(value="Value INTEGER NOT NULL DEFAULT 0")});
CREATE TABLE ENTITIES({_KEY}, VariableId INTEGER NOT NULL, {_label("Value", "DEFAULT ''")}, {_ENTITY_COLOUR},
  ChildOf INTEGER CHECK(ChildOf > 0), UNIQUE (VariableId, Value), {_refers("ChildOf", "ENTITIES")}, {_refers("VariableId", "VARIABLES")});
CREATE TABLE DATASHORTTEXT({_KEY}, {_OF_STATEMENT.format(value="Entity INTEGER NOT NULL")}, {_refers("Entity", "ENTITIES")});
CREATE TABLE DATALONGTEXT({_KEY}, {_OF_STATEMENT.format(value="Value TEXT DEFAULT ''")});
CREATE TABLE ATTRIBUTEVARIABLES({_KEY}, VariableId INTEGER NOT NULL, {_label("AttributeVariable")},
  UNIQUE(VariableId, AttributeVariable), {_refers("VariableId", "VARIABLES")});
CREATE TABLE ATTRIBUTEVALUES({_KEY}, EntityId INTEGER NOT NULL, AttributeVariableId INTEGER NOT NULL,
  {_label("AttributeValue", "DEFAULT ''")}, UNIQUE (EntityId, AttributeVariableId), {_refers("EntityId", "ENTITIES")},
  {_refers("AttributeVariableId", "ATTRIBUTEVARIABLES")});
"""
"""The statements that make an empty project."""
