"""The tables of a data set as the snapshot holds them: what was written, the codes, and folded text for search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any

import pyarrow as pa

from tracker.core.beside import SIDE_TABLES
from tracker.core.columns import COLUMN_NAMES, FACETS
from tracker.core.dates import PartialDate
from tracker.core.documents import Document, spans_in_words
from tracker.core.folding import FIELD_BREAK, PART_BREAK, fold
from tracker.core.model import Actor, DataSet, Issue, Organisation, Spokesperson, Statement
from tracker.core.vocabulary import NOT_CODED, NOT_GIVEN

_OF_DATE = ("stated_on", "stated_from", "stated_to", "date_precision")
WRITTEN = tuple(name for name in COLUMN_NAMES if name not in ("statement_id", "stated_on", "document_url"))
_WHEN_MISSING = {
    "country_code": "",
    "actor_id": NOT_GIVEN,
    "organisation_id": NOT_GIVEN,
    "spokesperson_id": NOT_GIVEN,
    "issue_id": NOT_GIVEN,
    "target_id": NOT_GIVEN,
    "stance_code": NOT_CODED,
    "act_code": NOT_CODED,
    "language_code": NOT_GIVEN,
    "channel_code": NOT_GIVEN,
}

STATEMENT_SCHEMA = pa.schema(
    [
        ("statement_id", pa.string()),
        ("row_number", pa.int32()),
        ("stated_on", pa.string()),
        ("stated_from", pa.date32()),
        ("stated_to", pa.date32()),
        ("date_precision", pa.string()),
        *((name, pa.string()) for name in WRITTEN),
        ("document_url", pa.string()),
        *((name, pa.string()) for name in _WHEN_MISSING),
        ("speaks_for_actor", pa.bool_()),
        ("search_text", pa.string()),
    ]
)
_EVENT_SCHEMA = pa.schema(
    [
        ("event_id", pa.string()),
        ("happened_on", pa.string()),
        ("happened_from", pa.date32()),
        ("happened_to", pa.date32()),
        ("title", pa.string()),
        ("description", pa.string()),
        ("document_url", pa.string()),
    ]
)
_PROBLEM_SCHEMA = pa.schema(
    [
        ("code", pa.string()),
        ("message", pa.string()),
        ("severity", pa.string()),
        ("file", pa.string()),
        ("record", pa.int32()),
        ("line", pa.int32()),
        ("column", pa.string()),
    ]
)


_NAMED_IN = {
    "actor": ("actors", ("actor_id", "name")),
    "target": ("actors", ("actor_id", "name")),
    "organisation": ("organisations", ("organisation_id", "label")),
    "spokesperson": ("spokespersons", ("spokesperson_id", "name")),
    "issue": ("issues", ("issue_id", "title")),
    "language": ("languages", ("language_code", "name")),
}
"""The table beside the statements that has the names of a facet's codes, and its columns of codes and names."""

_KINDS = {"speaks": pa.bool_(), "n": pa.int64()}
_PASSAGE_SCHEMA = pa.schema([(name, pa.string()) for name in ("statement_id", "document_id", "spans", "exact", "prefix", "suffix")])


def statement_table(data_set: DataSet) -> pa.Table:
    """The statements in the columns of ``STATEMENT_SCHEMA``; missing codes become *not given* or *not coded*."""
    names = {actor.actor_id: actor.name for actor in data_set.actors}
    held = data_set.statements
    columns: dict[str, Sequence[Any]] = {
        "statement_id": [s.statement_id for s in held],
        "row_number": range(1, len(held) + 1),
        **dict(zip(_OF_DATE, zip(*(_date_cells(s.stated_on) for s in held), strict=True) if held else [[]] * len(_OF_DATE), strict=True)),
        **{name: [s.written.get(name, "") for s in held] for name in WRITTEN},
        "document_url": [s.document_url for s in held],
        **{name: [code or missing for code in map(attrgetter(name), held)] for name, missing in _WHEN_MISSING.items()},
        "speaks_for_actor": [s.speaks_for_actor for s in held],
        "search_text": [search_text(s, names.get(s.actor_id, s.actor_id)) for s in held],
    }
    return pa.table({name: pa.array(columns[name], STATEMENT_SCHEMA.field(name).type) for name in STATEMENT_SCHEMA.names}, STATEMENT_SCHEMA)


def tables_beside(data_set: DataSet, version: str, schema_number: int) -> dict[str, pa.Table]:
    """The small tables beside the statements, by name."""
    about = {
        "name": data_set.name,
        "title": data_set.title,
        "description": data_set.description,
        "licence": data_set.licence,
        "content_hash": data_set.content_hash,
        "data_version": version,
        "n_records": str(data_set.n_records),
        "schema_number": str(schema_number),
    }
    events = [
        {
            "event_id": event.event_id,
            "happened_on": str(event.happened_on),
            "happened_from": event.happened_on.first,
            "happened_to": event.happened_on.last,
            "title": event.title,
            "description": event.description,
            "document_url": event.document_url,
        }
        for event in data_set.events
    ]
    passages = [
        {name: getattr(passage, name) for name in _PASSAGE_SCHEMA.names} | {"spans": spans_in_words(passage.spans)}
        for passage in data_set.passages
    ]
    problems = [{name: getattr(problem, name) for name in _PROBLEM_SCHEMA.names} for problem in data_set.problems]
    tables = {
        "actors": _plain_table(Actor, data_set.actors),
        "organisations": _plain_table(Organisation, data_set.organisations),
        "spokespersons": _plain_table(Spokesperson, data_set.spokespersons),
        "issues": _plain_table(Issue, data_set.issues).append_column("position", pa.array(range(1, len(data_set.issues) + 1), pa.int32())),
        "events": pa.Table.from_pylist(events, schema=_EVENT_SCHEMA),
        "documents": _plain_table(Document, data_set.documents),
        "passages": pa.Table.from_pylist(passages, schema=_PASSAGE_SCHEMA),
        **{name: _plain_table(kind, getattr(data_set, name)) for name, kind in SIDE_TABLES.items()},
        "languages": _pairs("language_code", "name", data_set.languages.items()),
        "problems": pa.Table.from_pylist(problems, schema=_PROBLEM_SCHEMA),
        "about": _pairs("key", "value", about.items()),
    }
    return tables | {"names": names_table(tables)}


def names_table(tables: Mapping[str, pa.Table]) -> pa.Table:
    """The names under which a search finds the codes of each facet: ``parameter``, ``code``, and the folded name and code.

    ``tables`` are those beside the statements, by name; the words of closed vocabularies are there too.
    """
    named = [(facet.parameter, *pair) for facet in FACETS for pair in facet.words or _named_in(tables, *_NAMED_IN[facet.parameter])]
    return pa.Table.from_pylist(
        [{"parameter": parameter, "code": code, "words": f" {fold(name)}{FIELD_BREAK}{fold(code)} "} for parameter, code, name in named],
        schema=pa.schema([(name, pa.string()) for name in ("parameter", "code", "words")]),
    )


def _named_in(tables: Mapping[str, pa.Table], name: str, columns: tuple[str, str]) -> Iterator[tuple[str, str]]:
    return zip(*(tables[name][column].to_pylist() for column in columns), strict=True)


def search_text(statement: Statement, actor_name: str) -> str:
    """What search looks through: quote, translation, position and names, folded, with a space at either end.

    ``PART_BREAK`` stands before the position and before the names, even where there are none.
    """
    written = statement.written
    quotes = [fold(text) for name in ("quote", "quote_en") if (text := written.get(name, ""))]
    names = [_folded_name(name) for name in (written.get("spokesperson", ""), actor_name, written.get("organisation", "")) if name]
    folded = (*quotes, f"{PART_BREAK} {fold(written.get('position', ''))}", f"{PART_BREAK} {FIELD_BREAK.join(names)}")
    return f" {FIELD_BREAK.join(part.strip() for part in folded if part)} "


_folded_name = lru_cache(maxsize=16384)(fold)


@lru_cache(maxsize=65536)
def _date_cells(stated_on: PartialDate) -> tuple[str, date, date, str]:
    """The cells of a date in the order of ``_OF_DATE``."""
    return str(stated_on), stated_on.first, stated_on.last, stated_on.precision.value


def _plain_table(kind: type, records: Sequence[Any]) -> pa.Table:
    names = [field.name for field in fields(kind)]
    schema = pa.schema([(name, _KINDS.get(name.partition("_")[0], pa.string())) for name in names])
    return pa.Table.from_pylist([{name: getattr(record, name) for name in names} for record in records], schema=schema)


def _pairs(first: str, second: str, pairs: Any) -> pa.Table:
    schema = pa.schema([(first, pa.string()), (second, pa.string())])
    return pa.Table.from_pylist([{first: key, second: value} for key, value in pairs], schema=schema)
