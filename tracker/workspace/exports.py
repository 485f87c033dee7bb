"""The statements of a view as a file: which view, which data version and how many come with them."""

from __future__ import annotations

from tracker.analysis.listing import export_rows
from tracker.core.links import View
from tracker.io import exporters
from tracker.workspace.opening import Workspace

EXPORTS: dict[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}
"""The forms of export with their media types."""


def export(workspace: Workspace, view: View, form: str) -> tuple[str, bytes]:
    """The media type and bytes of all statements of the view's selection, in the order of the data set.

    ``form`` is a key of EXPORTS. A page of a list is not cut: the whole selection is exported.
    """
    rows = export_rows(workspace.corpus, view.selection)
    if form == "json":
        return EXPORTS[form], exporters.to_json(rows, link=view.link, data_version=workspace.data_version)
    write = {"csv": exporters.to_csv, "xlsx": exporters.to_xlsx, "parquet": exporters.to_parquet}[form]
    return EXPORTS[form], write(rows)
