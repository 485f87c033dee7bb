"""SYNTHETIC statements for measuring: nobody said any of them, no actor, person or issue in them exists.

Seeded and repeatable: Zipf actors, issues and spokespersons; 50 years of dates with bursts; 2 % of the dates partial;
5 % of stances and acts not coded; quotes of 200 to 400 bytes in ten languages. Written as a snapshot or a data package.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from tests.bench import texts
from tracker.core.columns import COLUMN_NAMES
from tracker.core.folding import FIELD_BREAK, PART_BREAK
from tracker.core.model import DataSet
from tracker.core.vocabulary import ACTS, CHANNELS, NOT_CODED, NOT_GIVEN
from tracker.store.rows import STATEMENT_SCHEMA, names_table, tables_beside
from tracker.store.snapshot import SCHEMA_NUMBER, is_whole, write_snapshot

TITLE = "SYNTHETIC statements for measuring: nobody said any of them"
N_ACTORS, N_ORGANISATIONS, N_SPOKESPERSONS, N_ISSUES, N_BURSTS = 190, 3, 16, 300, 60
"""Organisations and spokespersons are so many for each actor."""

FIRST_DAY, N_DAYS = "1975-01-01", 18_262
CHUNK = 200_000
"""Rows made at a time: what bounds memory here is a chunk, not the whole."""

_SQL_PATH = Path(__file__).with_name("synthetic.sql")


def snapshot(n_rows: int, seed: int = 1, folder: Path | None = None, *, n_actors: int = N_ACTORS, n_issues: int = N_ISSUES) -> Path:
    """The path of a snapshot of so many synthetic statements; made only when the folder has none of this make.

    The folder is ``TRACKER_BENCH`` or lies in the system's folder for temporary files.
    """
    folder = folder or Path(os.environ.get("TRACKER_BENCH") or Path(tempfile.gettempdir()) / "statement-tracker-bench")
    version = data_version(n_rows, seed, n_actors, n_issues)
    path = folder / f"synthetic-{n_rows}-{version[:12]}.duckdb"
    if not is_whole(path, version):
        folder.mkdir(parents=True, exist_ok=True)
        with _generator(seed, n_actors, n_issues) as connection:
            reader = pa.RecordBatchReader.from_batches(STATEMENT_SCHEMA, _batches(connection, n_rows))
            write_snapshot(path, reader, _beside(connection, n_rows, version))
    return path


def data_version(n_rows: int, seed: int, n_actors: int = N_ACTORS, n_issues: int = N_ISSUES) -> str:
    """The name of what these numbers give with the generator as it is now."""
    parts = [f"{SCHEMA_NUMBER} {n_rows} {seed} {n_actors} {n_issues}", *(path.read_text(encoding="utf-8") for path in _made_of())]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def write_package(folder: Path, n_rows: int, seed: int = 1) -> Path:
    """The folder, now a small data package of synthetic statements, labelled so; states are declared in ``actors.csv``."""
    folder.mkdir(parents=True, exist_ok=True)
    with _generator(seed) as connection:
        tables = {
            "statements.csv": _table(connection, n_rows).select([*COLUMN_NAMES]),
            "actors.csv": connection.table("actors").to_arrow_table(),
            "issues.csv": connection.sql("SELECT issue_id AS issue, title, proposition FROM issues").to_arrow_table(),
        }
    for name, table in tables.items():
        _write_csv(folder / name, table)
    descriptor = {"name": "synthetic", "title": TITLE, "resources": [{"name": Path(n).stem, "path": n} for n in tables]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor, indent=2), encoding="utf-8")
    return folder


@contextmanager
def _generator(seed: int, n_actors: int = N_ACTORS, n_issues: int = N_ISSUES) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.register("fragments_made", texts.fragments(seed))
        connection.execute("CREATE TABLE fragments AS SELECT * FROM fragments_made")
        held = texts.languages()
        constants = {
            "seed": seed,
            "n_actors": n_actors,
            "n_organisations": N_ORGANISATIONS,
            "n_spokespersons": N_SPOKESPERSONS,
            "n_issues": n_issues,
            "n_bursts": N_BURSTS,
            "n_days": N_DAYS,
            "first_day": FIRST_DAY,
            "n_fragments": texts.N_FRAGMENTS,
            "field_break": FIELD_BREAK,
            "part_break": PART_BREAK,
            "not_given": NOT_GIVEN,
            "not_coded": NOT_CODED,
            "acts": [act for act in ACTS if act != NOT_CODED],
            "channels": [channel for channel in CHANNELS if channel != NOT_GIVEN],
            "tongues": [language.code for language in held for _ in range(language.share)],
        }
        for name, value in constants.items():
            connection.execute(f"SET VARIABLE {name} = ?", [value])
        connection.execute(_SQL_PATH.read_text(encoding="utf-8"))
        yield connection


def _batches(connection: duckdb.DuckDBPyConnection, n_rows: int) -> Iterator[pa.RecordBatch]:
    for start in range(0, n_rows, CHUNK):
        yield from _rows(connection, start, min(start + CHUNK, n_rows)).to_batches()


def _table(connection: duckdb.DuckDBPyConnection, n_rows: int) -> pa.Table:
    return pa.Table.from_batches(_batches(connection, n_rows), schema=STATEMENT_SCHEMA)


def _rows(connection: duckdb.DuckDBPyConnection, start: int, end: int) -> pa.Table:
    made = connection.sql("SELECT * FROM made(?, ?)", params=[start, end]).to_arrow_table()
    blank = pa.array([""] * made.num_rows, pa.string())
    held = {name: made[name] if name in made.column_names else blank for name in STATEMENT_SCHEMA.names}
    return pa.table(held).cast(STATEMENT_SCHEMA)


def _beside(connection: duckdb.DuckDBPyConnection, n_rows: int, version: str) -> dict[str, pa.Table]:
    about = DataSet("synthetic", TITLE, "Made by tests/bench/synthetic.py", "CC0-1.0", n_records=n_rows, content_hash=version)
    beside = tables_beside(about, version, SCHEMA_NUMBER)
    made = {name: connection.table(name).to_arrow_table() for name in ("actors", "organisations", "spokespersons", "issues")}
    codes = {language.code: language.name for language in texts.languages()}
    made["languages"] = pa.table({"language_code": list(codes), "name": list(codes.values())})
    return beside | made | {"names": names_table(beside | made)}


def _write_csv(path: Path, table: pa.Table) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(table.column_names)
        writer.writerows(zip(*(column.to_pylist() for column in table.columns), strict=True))


def _made_of() -> tuple[Path, ...]:
    here = Path(__file__)
    return here, _SQL_PATH, texts.VOCABULARY_PATH, here.with_name("texts.py")
