"""The tables beside the statements after a revision: put together from what all revisions in effect said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Connection

from tracker.core.beside import SIDE_TABLES
from tracker.core.labels import with_unique_labels
from tracker.core.model import DataSet
from tracker.core.problems import Problem
from tracker.store.ledger_json import beside_from_json, problems_from_json
from tracker.store.ledger_reading import Span, beside_row, spans
from tracker.store.ledger_values import Kind, Revision

_KEYED = {
    "actors": ("actor_id", True),
    "organisations": ("organisation_id", True),
    "spokespersons": ("spokesperson_id", True),
    "issues": ("issue_id", False),
    "events": ("event_id", False),
    "documents": ("document_id", False),
    "passages": ("statement_id", False),
    **dict.fromkeys(SIDE_TABLES, ("key", False)),
}
"""The key of each table, and whether it is ordered by it; else the order is that in which records were first said."""


def in_effect(newest_first: Iterable[Revision]) -> list[Revision]:
    """The revisions that were not undone, the oldest first; an undo that was itself undone counts for nothing."""
    undone: set[int] = set()
    kept: list[Revision] = []
    for revision in newest_first:
        if revision.revision_id in undone:
            continue
        if revision.undoes is not None:
            undone.add(revision.undoes)
        kept.append(revision)
    return kept[::-1]


def data_set_beside(connection: Connection, span: Span) -> DataSet:
    """The data set after a revision without its statements: tables beside, problems of its imports, its content hash.

    Of two records with one key the later is taken, unless it has fewer fields filled. Title, description and licence
    are the first given. ``n_records`` adds up the records of the imports. Records that no statement names are in it too
    (``with_tables_of`` leaves them out).
    """
    revision = span.revision
    held: dict[str, dict[str, Any]] = {name: {} for name in _KEYED}
    told: dict[str, Any] = {"title": "", "description": "", "licence": ""}
    languages: dict[str, str] = {}
    problems: list[Problem] = []
    n_records = 0
    for earlier in in_effect(found.revision for found in spans(connection, revision.data_set, until=revision.revision_id)):
        row = beside_row(connection, earlier.revision_id)
        said = beside_from_json(row["tables"])
        problems += problems_from_json(row["problems"])
        n_records += earlier.counts.get("n_records", earlier.n_added + earlier.n_unchanged) if earlier.kind is Kind.IMPORT else 0
        told = {name: text or getattr(said, name) for name, text in told.items()}
        languages |= said.languages
        for name, (key, _) in _KEYED.items():
            _add(held[name], key, getattr(said, name))
    tables = {name: tuple(_ordered(records, is_sorted=_KEYED[name][1])) for name, records in held.items()}
    return DataSet(
        name=revision.data_set,
        **told,
        **tables,
        problems=tuple(problems),
        n_records=n_records,
        content_hash=revision.content_hash,
        languages=dict(sorted(languages.items())),
    )


def with_tables_of(beside: DataSet, codes: Mapping[str, Collection[str]]) -> DataSet:
    """The tables beside with only those actors, organisations, spokespersons and languages that statements name.

    ``codes`` holds the values that occur in the statements, by column. Issues stay when statements name them or when
    they have a proposition, because those were declared; events stay. Labels of organisations are made anew: two imports may
    each have had an organisation of one name.
    """
    actors = {*codes["actor_id"], *codes["target_id"]}
    organisations = (held for held in beside.organisations if held.organisation_id in codes["organisation_id"])
    return replace(
        beside,
        actors=tuple(actor for actor in beside.actors if actor.actor_id in actors),
        organisations=with_unique_labels(organisations, {actor.actor_id: actor.name for actor in beside.actors}),
        spokespersons=tuple(held for held in beside.spokespersons if held.spokesperson_id in codes["spokesperson_id"]),
        issues=tuple(issue for issue in beside.issues if issue.proposition or issue.issue_id in codes["issue_id"]),
        languages={code: name for code, name in beside.languages.items() if code in codes["language_code"]},
    )


def _add(held: dict[str, Any], key: str, records: Sequence[Any]) -> None:
    for record in records:
        code = getattr(record, key)
        if code not in held or _n_filled(record) >= _n_filled(held[code]):
            held[code] = record


def _n_filled(record: Any) -> int:
    return sum(getattr(record, field.name) != "" for field in fields(record))


def _ordered(records: Mapping[str, Any], *, is_sorted: bool) -> list[Any]:
    return [records[code] for code in (sorted(records) if is_sorted else records)]
