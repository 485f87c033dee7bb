"""A data package written, unpacked and loaded again is the same; no spreadsheet takes a cell of it for a formula."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from tracker.core.model import Actor, Issue
from tracker.io.packages import load_data_set
from tracker.io.packages_written import PackageTables, to_package

ROW = {"statement_id": "t-1", "stated_on": "2016-07-28", "country": "FRA", "issue": "peace", "quote": "=1+1", "position": "- said"}
ISSUE = Issue("peace", "=HYPERLINK(1)", "+ It must be kept.")
ACTOR = Actor("FRA", "@Republic of Tests", "state", "FRA")


def written(**changes: object) -> bytes:
    return to_package(PackageTables([ROW], [ISSUE], [ACTOR]), name="one", title="One", licence="CC0", **changes)


def test_what_is_written_is_loaded_again(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(written(description="Made for tests"))) as archive:
        archive.extractall(tmp_path)
    held = load_data_set(tmp_path)
    assert (held.name, held.title, held.licence, held.description) == ("one", "One", "CC0", "Made for tests")
    assert held.issues == (ISSUE,) and held.actors == (ACTOR,) and not held.problems
    assert [s.written["quote"] for s in held.statements] == ["=1+1"]


def test_no_cell_begins_as_a_formula_does() -> None:
    with zipfile.ZipFile(io.BytesIO(written())) as archive:
        tables = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".csv")}
    cells = [cell for text in tables.values() for line in text.splitlines() for cell in line.split(",")]
    assert len(tables) == 3 and not [cell for cell in cells if cell[:1] in "=+-@" and cell]


def test_the_same_tables_give_the_same_bytes() -> None:
    assert written() == written() != written(description="Other")
