"""Snapshots of the history: built from all its statements, or from an older snapshot and what changed since."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import duckdb
import pyarrow as pa

from tracker.core.model import DataSet, Statement
from tracker.store.ledger import Ledger, Moment
from tracker.store.ledger_beside import with_tables_of
from tracker.store.ledger_errors import UnknownRevision
from tracker.store.ledger_reading import chunks
from tracker.store.ledger_values import Change, Revision
from tracker.store.rows import STATEMENT_SCHEMA, statement_table, tables_beside
from tracker.store.search_index import note_changes
from tracker.store.snapshot import (
    CODED_COLUMNS,
    MAX_ENUM_VALUES,
    READ_ONLY,
    SCHEMA_NUMBER,
    data_version,
    is_whole,
    put_in_place,
    write_snapshot,
)

MAX_REVISIONS_BACK = 200
"""So many revisions back an older snapshot is looked for."""

SHARE_REBUILT = 0.2
"""When more than this share of the statements changed, building anew is as quick and leaves them sorted."""

_BATCH = 5_000
_NAMED_BESIDE = ("actor_id", "target_id", "organisation_id", "spokesperson_id", "issue_id", "language_code")
_Placed = Iterable[tuple[int, Statement]]
Told = Callable[[str, int, int], None]


def _nobody(_step: str, _n_done: int, _n_all: int) -> None:
    """Hears how far a snapshot is and says it to nobody."""


def snapshot_of(ledger: Ledger, data_set: str, folder: Path, as_of: Moment = None, told: Told = _nobody) -> Path:
    """The path of the snapshot of a data set as of a moment, made when the folder has none.

    It is derived from the newest older snapshot in the folder when little changed since, else built from all statements;
    both hold the same rows, where ``row_number`` is the place a statement keeps in the history. Raises UnknownRevision
    when the data set had no revision at the moment. ``told`` hears the step in words, the rows done and all rows.
    """
    revision = ledger.revision(data_set, as_of)
    if revision is None:
        why = "the ledger has no revision of it at that moment"
        raise UnknownRevision.because(f"show the data set {data_set!r}", why, "Import something into it, or ask for a later moment.")
    path = folder / f"{revision.data_version}.duckdb"
    if not is_whole(path, revision.data_version):
        folder.mkdir(parents=True, exist_ok=True)
        beside = ledger.beside(data_set, revision.revision_id)
        older = _older_snapshot(ledger, revision, folder)
        if older and keeps_names(older[0], beside):
            told("reading what changed", 0, 0)
            changes = list(ledger.changes_between(data_set, older[1].revision_id, revision.revision_id))
            told("adding what changed", 0, len(changes))
            derive_snapshot(older[0], path, changes, beside)
        else:
            placed = ledger.placed_statements(data_set, revision.revision_id)
            build_from_statements(path, _counted(placed, revision.n_in_force, told), beside)
    return path


def _counted(placed: _Placed, n_all: int, told: Told) -> _Placed:
    for n_done, one in enumerate(placed):
        if not n_done % _BATCH:
            told("reading the history", n_done, n_all)
        yield one
    told("sorting and writing", n_all, n_all)


def build_from_statements(path: Path, placed: _Placed, beside: DataSet) -> None:
    """Write the snapshot of statements, each with its place, and of the tables beside as far as statements name them.

    Statements are taken in batches, so that memory does not grow with their number.
    """
    codes: dict[str, set[str]] = {name: set() for name in _NAMED_BESIDE}
    reader = pa.RecordBatchReader.from_batches(STATEMENT_SCHEMA, _batches(placed, beside, codes))
    write_snapshot(path, reader, lambda: _tables(beside, codes))


def derive_snapshot(older: Path, path: Path, changes: Iterable[Change], beside: DataSet) -> None:
    """Write the snapshot that has the rows of an older one after these changes, and the tables beside as given.

    The older file is copied and stays as it is. New rows stand at the end of the file, not sorted in; ``row_number`` says
    their place. The index of words is kept, not built anew, unless much changed. Names of actors in ``beside`` must be those
    of the older one (``keeps_names``): search looks through them.
    """
    known = list(changes)
    removed = [change.before.statement_id for change in known if change.before]
    added = _table([(change.place, change.after) for change in known if change.after], beside)
    with put_in_place(path) as unfinished:
        shutil.copyfile(older, unfinished)
        with duckdb.connect(str(unfinished)) as connection:
            connection.register("removed", pa.table({"statement_id": pa.array(removed, pa.string())}))
            connection.register("added", added)
            connection.execute("DELETE FROM statements WHERE statement_id IN (SELECT statement_id FROM removed)")
            for name in CODED_COLUMNS:
                _widen_enum(connection, name)
            connection.execute("INSERT INTO statements BY NAME SELECT * FROM added")
            for name, table in _tables(beside, _codes_in(connection)).items():
                connection.register("incoming_beside", table)
                connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM incoming_beside')
            note_changes(connection, [change.place for change in known])
            connection.execute("CHECKPOINT")


def keeps_names(older: Path, beside: DataSet) -> bool:
    """Whether actors that statements of the older snapshot are by have the same names now."""
    names = {actor.actor_id: actor.name for actor in beside.actors}
    with duckdb.connect(str(older), read_only=True, config=READ_ONLY) as connection:
        used = {code for (code,) in connection.execute("SELECT DISTINCT actor_id::VARCHAR FROM statements").fetchall()}
        former = dict(connection.execute("SELECT actor_id, name FROM actors").fetchall())
    return all(former.get(code, code) == names.get(code, code) for code in used)


def _older_snapshot(ledger: Ledger, revision: Revision, folder: Path) -> tuple[Path, Revision] | None:
    """The snapshot of the newest earlier revision that is in the folder, unless too much changed since."""
    n_changed = 0
    for later, held in pairwise(ledger.revisions(revision.data_set, MAX_REVISIONS_BACK, until=revision.revision_id)):
        n_changed += later.n_added + later.n_changed + later.n_withdrawn
        if n_changed > SHARE_REBUILT * revision.n_in_force:
            return None
        path = folder / f"{held.data_version}.duckdb"
        if held.n_in_force and is_whole(path, held.data_version):
            return path, held
    return None


def _batches(placed: _Placed, beside: DataSet, codes: Mapping[str, set[str]]) -> Iterator[pa.RecordBatch]:
    for chunk in chunks(placed, _BATCH):
        table = _table(chunk, beside)
        for name, found in codes.items():
            found.update(table[name].unique().to_pylist())
        yield from table.to_batches()


def _table(placed: Collection[tuple[int, Statement]], beside: DataSet) -> pa.Table:
    table = statement_table(replace(beside, statements=tuple(statement for _, statement in placed)))
    places = pa.array([place for place, _ in placed], pa.int32())
    return table.set_column(STATEMENT_SCHEMA.get_field_index("row_number"), STATEMENT_SCHEMA.field("row_number"), places)


def _tables(beside: DataSet, codes: Mapping[str, Collection[str]]) -> dict[str, pa.Table]:
    return tables_beside(with_tables_of(beside, codes), data_version(beside.content_hash), SCHEMA_NUMBER)


def _codes_in(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    return {
        name: {code for (code,) in connection.execute(f'SELECT DISTINCT "{name}"::VARCHAR FROM statements').fetchall()}
        for name in _NAMED_BESIDE
    }


def _widen_enum(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Makes room for new codes in a column, in alphabetical order as in a full build; too many make it plain text."""
    kind = dict(connection.execute("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'statements'").fetchall())[name]
    asked = f'SELECT DISTINCT "{name}" FROM added WHERE "{name}" NOT IN (SELECT DISTINCT "{name}"::VARCHAR FROM statements)'
    if not kind.startswith("ENUM") or not connection.execute(asked).fetchone():
        return
    codes = f'SELECT "{name}"::VARCHAR AS code FROM statements UNION SELECT "{name}" FROM added'
    (n_values,) = connection.execute(f"SELECT count(*) FROM ({codes})").fetchone() or (0,)
    wanted = "VARCHAR"
    if n_values <= MAX_ENUM_VALUES:
        taken = {held for (held,) in connection.execute("SELECT type_name FROM duckdb_types()").fetchall()}
        wanted = next(free for number in range(2, len(taken) + 3) if (free := f"{name}_values_{number}") not in taken)
        connection.execute(f"CREATE TYPE {wanted} AS ENUM (SELECT code FROM ({codes}) ORDER BY code)")
    connection.execute(f'ALTER TABLE statements ALTER "{name}" TYPE {wanted} USING "{name}"::VARCHAR::{wanted}')
