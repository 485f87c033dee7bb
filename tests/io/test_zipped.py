"""A zip archive is the data package or corpus in it; nothing outside of it is read, and nothing in it counts twice."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.io.fuzz_files import GoodFile, good_files
from tests.io.test_packages import TABLES
from tests.io.workbooks import zipped
from tracker.core.model import DataSet
from tracker.io.inputs import ReadOptions
from tracker.io.packages import load_bytes, load_data_set
from tracker.io.reports import kept_row

FILES = {name: text.encode() for name, text in TABLES.items()}
SPEECHES = {"TXT/Session 77 - 2022/USA_77_2022.txt": b"An invented speech.", "TXT/._USA_77_2022.txt": b"\0\5"}


def descriptor(*paths: str) -> bytes:
    return json.dumps({"name": "synthetic", "title": "Synthetic", "resources": [{"path": path} for path in paths or TABLES]}).encode()


def rows(data_set: DataSet) -> list[dict[str, object]]:
    return [kept_row(statement) for statement in data_set.statements]


@pytest.mark.parametrize("folder", ["", "synthetic-main/", "a/b/"], ids=["bare", "in-a-folder", "deeper"])
def test_a_zipped_package_is_the_package(folder: str, tmp_path: Path) -> None:
    held = {folder + name: data for name, data in (FILES | {"datapackage.json": descriptor()}).items()}
    held["__MACOSX/datapackage.json"] = b"left over"
    path = tmp_path / "download.zip"
    path.write_bytes(zipped(held))
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "datapackage.json").write_bytes(descriptor())
    found, unpacked = load_data_set(path), load_data_set(tmp_path)
    assert (found.name, found.title, rows(found)) == ("synthetic", "Synthetic", rows(unpacked))
    assert (found.issues, found.events, found.n_records) == (unpacked.issues, unpacked.events, 3)


def test_statements_beside_their_tables_need_no_descriptor() -> None:
    found = load_bytes(zipped({f"mine/{name}": data for name, data in FILES.items()}), "mine.zip")
    assert (found.name, len(found.statements), [issue.issue_id for issue in found.issues]) == ("mine", 3, ["corridors", "access"])


def test_a_zipped_corpus_is_read_as_its_folder_is() -> None:
    found = load_bytes(zipped(SPEECHES), "ungdc.zip")
    assert (found.format, len(found.statements), found.n_ignored, found.n_records) == ("UN General Debate Corpus", 1, 1, 2)


def twice() -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        for quote in ("One", "Two"):
            archive.writestr("statements.csv", f"date,country,quote\n2016,FRA,{quote}\n")
    return target.getvalue()


@pytest.mark.parametrize(
    ("held", "code"),
    [
        pytest.param({"a.txt": b"x", "b.txt": b"y"}, "file-not-a-table", id="nothing-known"),
        pytest.param({"datapackage.json": descriptor("../statements.csv"), **FILES}, "path-outside", id="path-outside"),
        pytest.param({"datapackage.json": descriptor("/statements.csv"), **FILES}, "path-outside", id="path-from-the-root"),
        pytest.param({"x/datapackage.json": descriptor(), **FILES}, "package-unreadable", id="table-not-beside"),
        pytest.param({"datapackage.json": b"[1]", **FILES}, "package-unreadable", id="no-descriptor"),
    ],
)
def test_what_is_refused(held: dict[str, bytes], code: str) -> None:
    found = load_bytes(zipped(held), "a.zip")
    assert ([p.code for p in found.problems], found.statements, bool(found.refusal)) == ([code], (), True)


def test_two_members_of_one_name_are_refused_because_either_may_count() -> None:
    assert [p.code for p in load_bytes(twice(), "a.zip").problems] == ["archive-damaged"]


@pytest.mark.parametrize("held", [SPEECHES, FILES, FILES | {"datapackage.json": descriptor()}], ids=["corpus", "tables", "package"])
def test_a_member_that_is_damaged_refuses_the_archive_in_words(held: dict[str, bytes]) -> None:
    data = zipped(held, zipfile.ZIP_STORED)
    at = data.index(next(iter(held.values()))) + 5
    found = load_bytes(data[:at] + b"\xff" + data[at + 1 :], "a.zip")
    assert ([p.code for p in found.problems if p.code == "archive-damaged"], found.statements) == (["archive-damaged"], ())
    assert found.refusal
    assert len(found.content_hash) == 64


@pytest.mark.parametrize("good", good_files(), ids=lambda good: good.name)
def test_files_the_fuzzer_starts_from_are_good(good: GoodFile) -> None:
    found = load_bytes(good.data, good.name, ReadOptions(mapping=good.mapping))
    assert found.format
    assert found.statements or good.form == "QDC"
