"""The statements of a view as a file: which view, which data version and how many come with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from tracker.analysis.listing import export_rows
from tracker.core.beside import SIDE_TABLES, SideRecord
from tracker.core.columns import PASSAGE_CELLS
from tracker.core.links import View
from tracker.io import exporters
from tracker.io.dna_written import to_dna, to_event_list
from tracker.io.packages_written import PackageTables, to_package
from tracker.io.passages import in_columns
from tracker.workspace.opening import Workspace, actors_of, non_state_organisations
from tracker.workspace.verifying import passages_of

EXPORTS: dict[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "zip": "application/zip",
    "dna": "application/vnd.sqlite3",
    "events.csv": "text/csv; charset=utf-8",
}
"""The forms of export with their media types."""


def export(workspace: Workspace, view: View, form: str) -> tuple[str, bytes]:
    """The media type and bytes of all statements of the view's selection, in the order of the data set.

    ``form`` is a key of EXPORTS. A page of a list is not cut: the whole selection is exported.
    """
    rows = export_rows(workspace.corpus, view.selection)
    if form == "zip":
        return EXPORTS[form], _package(workspace, rows)
    if form in ("dna", "events.csv"):
        write_project = to_dna if form == "dna" else to_event_list
        return EXPORTS[form], write_project(rows, {issue.issue_id: issue.proposition or issue.title for issue in workspace.issues.values()})
    rows = _with_passages(workspace, rows)
    if form == "json":
        return EXPORTS[form], exporters.to_json(rows, link=view.link, data_version=workspace.data_version)
    write = {"csv": exporters.to_csv, "xlsx": exporters.to_xlsx, "parquet": exporters.to_parquet}[form]
    return EXPORTS[form], write(rows)


def _with_passages(workspace: Workspace, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with the columns of passages behind the others; as they are where none of them has a passage."""
    held = passages_of(workspace, [row["statement_id"] for row in rows])
    none = dict.fromkeys(PASSAGE_CELLS, "")
    return [{**row, **(in_columns(*held[row["statement_id"]]) if row["statement_id"] in held else none)} for row in rows] if held else rows


def _package(workspace: Workspace, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The rows as a data package with the issues and actors they name, and the passages that were marked."""
    held = passages_of(workspace, [row["statement_id"] for row in rows])
    named = {code for row in rows for code in (row["actor_id"], row["target_id"], row["organisation_id"])}
    issues = {row["issue_id"] for row in rows}
    documents = {document.document_id: document for _, document in held.values()}
    tables = PackageTables(
        rows,
        [issue for issue in workspace.issues.values() if issue.issue_id in issues],
        [actor for actor in (*actors_of(workspace), *non_state_organisations(workspace)) if actor.actor_id in named],
        list(documents.values()),
        [passage for passage, _ in held.values()],
        _sides(workspace, {row["statement_id"] for row in rows}, issues, {row["spokesperson_id"] for row in rows}),
    )
    name = workspace.code or "statements"
    return to_package(tables, name=name, title=workspace.title, description=workspace.description, licence=workspace.licence)


def _sides(
    workspace: Workspace, statement_ids: Collection[str], issue_ids: Collection[str], people: Collection[str]
) -> dict[str, list[SideRecord]]:
    """The rows of the optional tables that are about these statements, issues and spokespersons; of groups all."""
    known = {
        "statement_id": {*statement_ids, ""},
        "other_statement_id": statement_ids,
        "issue_id": issue_ids,
        "spokesperson_id": people,
    }
    found = {}
    for name, kind in SIDE_TABLES.items():
        records = [kind(**row) for row in workspace.engine.rows(workspace.engine.table(name))]
        found[name] = [r for r in records if all(getattr(r, column) in codes for column, codes in known.items() if hasattr(r, column))]
    return found
