"""docs/import.md has an example for every format that can be read, and each gives what it says."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.io.dna_files import Marked, ProjectMade, span
from tests.io.workbooks import ods_of, xlsx_of, zipped
from tracker.io.inputs import InputFile, ReadOptions
from tracker.io.packages import load_data_set
from tracker.io.registry import readers

PAGE = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^`([\w.-]+)`([^\n]*):\n\n```\n(.*?)\n```\n(?:\nGives: ([^\n]*)\n)?", re.MULTILINE | re.DOTALL)
_MAPPED = re.compile(r'--map "([^"=]*|=[^"=]+)=(\w+)"')
_MEMBER = re.compile(r"with one file, `([^`]+)`")


@dataclass
class Shown:
    """One example of the page: the files of it by name, how they are read, what it is said to give."""

    files: dict[str, bytes] = field(default_factory=dict)
    mapping: dict[str, str] = field(default_factory=dict)
    gives: str = ""


def examples(page: str) -> list[Shown]:
    """Every example; blocks that follow each other without a result are files of one."""
    found = [Shown()]
    for name, said, content, gives in _BLOCK.findall(page):
        found[-1].files[name] = _made(name, said, content)
        found[-1].mapping |= dict(_MAPPED.findall(said))
        if gives:
            found[-1].gives = gives
            found.append(Shown())
    return found[:-1] if not found[-1].files else found


def _made(name: str, said: str, content: str) -> bytes:
    """The file of a block: as it stands, or built from the cells it shows."""
    ending = Path(name).suffix
    if ending in _BUILT:
        return _BUILT[ending]([[cell.strip() for cell in line.split("|")] for line in content.split("\n")])
    if ending == ".qdpx":
        return zipped({"project.qde": content.encode(), "sources/d1.txt": ("." * 22 + "A synthetic quote").encode()})
    member = _MEMBER.search(said)
    return zipped({member[1]: content.encode()}) if member else f"{content}\n".encode()


def _parquet(cells: Sequence[Sequence[str]]) -> bytes:
    target = io.BytesIO()
    columns = zip(*cells[1:], strict=True)
    pq.write_table(pa.table({name: list(column) for name, column in zip(cells[0], columns, strict=True)}), target)
    return target.getvalue()


def _project(cells: Sequence[Sequence[str]]) -> bytes:
    held = [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]
    document = " ".join(row["quote"] for row in held)
    marked = []
    for row in held:
        start, stop = span(row["quote"], document)
        marked.append(Marked({name: cell for name, cell in row.items() if name != "quote"}, start=start, stop=stop))
    return ProjectMade(marked, text=document).v3()


_BUILT: Mapping[str, Callable[[Sequence[Sequence[str]]], bytes]] = {
    ".xlsx": xlsx_of,
    ".ods": ods_of,
    ".parquet": _parquet,
    ".dna": _project,
}
EXAMPLES = examples(PAGE)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: next(iter(example.files)))
def test_an_example_gives_what_the_page_says(example: Shown, tmp_path: Path) -> None:
    for name, data in example.files.items():
        (tmp_path / name).write_bytes(data)
    path = tmp_path if len(example.files) > 1 else tmp_path / next(iter(example.files))
    found = load_data_set(path, ReadOptions(mapping=example.mapping))
    assert found.refusal == ""
    first = found.statements[0]
    assert f"{first.stated_on} · {first.actor_id} · {first.written['quote'] or first.written['position']}" == example.gives
    assert found.n_rejected == 0


def reader_of(name: str, data: bytes) -> str:
    """The format of the reader that takes a file, or a zip archive of a corpus."""
    if name.endswith(".zip"):
        held = zipfile.ZipFile(io.BytesIO(data)).namelist()
        return next(reader for reader in readers() if hasattr(reader, "recognises_folder") and reader.recognises_folder(held)).FORMAT
    return next(reader for reader in readers() if reader.recognises(InputFile.from_bytes(data, name))).FORMAT


def test_every_format_that_is_read_has_an_example_and_a_heading() -> None:
    shown = {reader_of(name, data) for example in EXAMPLES for name, data in example.files.items() if name != "datapackage.json"}
    assert shown == {reader.FORMAT for reader in readers()}
    sections = re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]
    assert [section.split("\n")[0] for section in sections if not _BLOCK.search(section)] == []


def test_endings_named_on_the_page_are_read() -> None:
    known = {ending for reader in readers() for ending in reader.ENDINGS}
    example_endings = {Path(name).suffix for example in EXAMPLES for name in example.files} - {".zip"}
    assert example_endings <= known | {".json"}
