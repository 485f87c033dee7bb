"""The optional tables beside the statements as CSV, in the columns in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tracker.core.beside import SideRecord
from tracker.io.actors_read import is_country_code
from tracker.io.guarding import guarded_csv

_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "silences": {"actor": "actor_id", "issue": "issue_id", "looked_on": "looked_on", "where": "where", "by": "by"},
    "memberships": {
        "member": "member_id",
        "group": "group_id",
        "group_title": "group",
        "from": "from_on",
        "until": "until_on",
        "note": "note",
        "document": "document",
        "document_url": "document_url",
    },
    "offices": {
        "spokesperson": "spokesperson",
        "role": "role",
        "country": "actor_id",
        "organisation": "organisation",
        "from": "from_on",
        "until": "until_on",
        "note": "note",
        "document": "document",
        "document_url": "document_url",
    },
    "signatories": {
        "statement_id": "statement_id",
        "actor": "actor_id",
        "organisation": "organisation",
        "spokesperson": "spokesperson",
        "signed": "signed",
        "note": "note",
    },
    "relations": {name: name for name in ("statement_id", "relation", "other_statement_id", "on", "note")},
    "codings": {name: name for name in ("statement_id", "coder", "variable", "value", "coded_on")},
}
"""Of each table its columns, and the field each holds."""

_NAMES = {"actor_id": "actor", "member_id": "member"}


def beside_csv(name: str, records: Iterable[SideRecord]) -> bytes:
    """One of the tables of ``SIDE_TABLES``; cells that a spreadsheet would take for formulas are guarded. Read again it is the same."""
    columns = _COLUMNS[name]
    return guarded_csv(tuple(columns), ([_text(record, field) for field in columns.values()] for record in records))


def _text(record: SideRecord, field: str) -> str:
    """The text of a field: states by their code, other actors by name, for their codes are made from names."""
    text = getattr(record, field)
    if field in _NAMES and not is_country_code(text):
        return getattr(record, _NAMES[field]) or text
    return text
