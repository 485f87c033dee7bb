"""Files as other tools and strangers write them, read as their manifest says; they lie beside the repository."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from tests import samples
from tracker.core.errors import DataSetRefused
from tracker.core.model import Outcome
from tracker.io.packages import load_data_set
from tracker.io.reports import report

_OURS = {"stated_on": "statement_date", "document_url": "source_url"}


def _manifest() -> list[dict[str, object]]:
    path = samples.HOSTILE / "manifest.json"
    entries = json.loads(path.read_text(encoding="utf-8"))["entries"] if path.is_file() else [{"file": "none", "kind": "table"}]
    return [entry for entry in entries if entry["kind"] == "table"]


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    """The scorer that lies with the files."""
    spec = importlib.util.spec_from_file_location("check", samples.HOSTILE / "check.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _read(path: Path) -> dict[str, object]:
    """The report of a file in the form of the scorer."""
    try:
        told = report(load_data_set(path), with_rows=True)
    except DataSetRefused as refused:
        return {"rows": [], "rejected": [], "ignored": [], "warnings": [], "error": str(refused)}
    rows = [{_OURS.get(k, k): v for k, v in row.items() if k != "record"} | {"_record": row["record"]} for row in told["kept"]]
    return {
        "rows": rows,
        "rejected": told["rejected"],
        "ignored": told["ignored"],
        "warnings": [warning["message"] for warning in told["warnings"]],
        "error": told["message"] if told["outcome"] == Outcome.REJECT.value else None,
    }


@samples.needs_samples
@pytest.mark.parametrize("entry", _manifest(), ids=lambda entry: Path(entry["file"]).name)
def test_a_hostile_table_is_read_as_its_manifest_says(entry: dict[str, object], scorer: ModuleType) -> None:
    told = _read(samples.HOSTILE / entry["file"])
    wrong = scorer.raw(told) or scorer.match(entry["expected"], told, entry.get("records"))
    others = entry.get("also_accept") or []
    assert not wrong or any(scorer.match(other, told, entry.get("records")) is None for other in others), wrong


@samples.needs_samples
@pytest.mark.parametrize(("name", "n_kept"), [("ungdc_mini", 5), ("unsc2020_mini", 3)])
def test_a_folder_of_speeches_is_read_with_nothing_unexplained(name: str, n_kept: int) -> None:
    found = load_data_set(samples.FORMATS / name)
    assert len(found.statements) == n_kept
    assert len(found.statements) + found.n_rejected + found.n_ignored == found.n_records
