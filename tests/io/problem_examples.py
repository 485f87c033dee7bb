"""The examples of docs/problems.md as files, and files for the codes whose example is words."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.io import test_json_corpora as corpora
from tests.io import test_qda as qda
from tests.io.dna_files import Marked, ProjectMade
from tests.io.documents.made_documents import pdf_file
from tests.io.workbooks import HEADER, rows, sheet, text, xlsx, zipped
from tracker.core.errors import DataSetRefused
from tracker.io.documents.reading import read_document
from tracker.io.feeds.reading import read_feed
from tracker.io.inputs import ReadOptions
from tracker.io.packages import load_data_set
from tracker.io.refusals import FileRefused

_FILE = re.compile(r"`([\w.-]+)` = `([^`]+)`")
_MAPPED = re.compile(r'`--map "([^"=]*|=[^"=]+)=(\w*)"`')
_BYTE = re.compile(rb"\\x([0-9a-f]{2})")


@dataclass(frozen=True)
class Entry:
    """What docs/problems.md says of a code."""

    code: str
    meaning: str
    example: str
    remedy: str


@dataclass(frozen=True)
class Example:
    """Files of one folder, what is said of them, and limits made small, by the name of the module's constant."""

    files: Mapping[str, bytes]
    options: ReadOptions = field(default_factory=ReadOptions)
    limits: Mapping[str, int] = field(default_factory=dict)


def entries(markdown: str) -> list[Entry]:
    """Every entry of the page; a part that is missing is ""."""
    found = []
    for part in re.split(r"^### ", markdown, flags=re.MULTILINE)[1:]:
        code, _, rest = part.split("\n## ")[0].partition("\n")
        lines = rest.strip().splitlines()
        told = {
            name: next((line for line in lines if line.startswith(f"- {name}: ")), "").removeprefix(f"- {name}: ")
            for name in ("Example", "Remedy")
        }
        meaning = " ".join(line for line in lines if not line.startswith("- "))
        found.append(Entry(code.strip().strip("`"), meaning, told["Example"], told["Remedy"]))
    return found


def as_files(entry: Entry) -> dict[str, bytes]:
    """The files an entry writes out, by name."""
    return {name: as_bytes(content) for name, content in _FILE.findall(entry.example)}


def example_of(entry: Entry) -> Example | None:
    """The files an entry writes out, or those made here for its code; ``None`` when its example is only words."""
    files = as_files(entry)
    if not files:
        return MADE[entry.code]() if entry.code in MADE else None
    return Example(files, ReadOptions(mapping=dict(_MAPPED.findall(entry.example))))


def as_bytes(content: str) -> bytes:
    r"""The content of a file as the page writes it.

    >>> as_bytes(r"a⇥\xff⏎")
    b'a\t\xff\n'
    """
    data = content.replace("⏎", "\n").replace("⇥", "\t").encode()
    return _BYTE.sub(lambda found: bytes.fromhex(found[1].decode()), data)


def codes_of(example: Example, folder: Path) -> set[str]:
    """Every code said of the files, loaded as a data set, as a document, and as a feed."""
    for name, data in example.files.items():
        (folder / name).write_bytes(data)
    only = folder / next(iter(example.files)) if len(example.files) == 1 else folder
    try:
        found = {problem.code for problem in load_data_set(only, example.options).problems}
    except DataSetRefused:
        found = set()
    for data in example.files.values() if len(example.files) == 1 else ():
        for read in (lambda data: read_document(data, only.name), read_feed):
            try:
                found |= {problem.code for problem in read(data).problems}
            except FileRefused as refused:
                found.add(refused.problem.code)
    return found


# --- what cannot be written in a line ---------------------------------------------------------------------------------


def _one(name: str, data: bytes, limits: Mapping[str, int] | None = None, **options: str) -> Callable[[], Example]:
    return lambda: Example({name: data}, ReadOptions(**options), limits or {})


def _coded(document: str) -> Callable[[], Example]:
    return _one("p.qdpx", qda.archive(qda.project_xml(document)))


def _protected() -> bytes:
    held = io.BytesIO(zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}))
    data = bytearray(held.getvalue())
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def _nested_column() -> bytes:
    target = io.BytesIO()
    table = {"date": ["2016"], "country": ["FRA"], "quote": ["No"], "tags": [["a", "b"]]}
    pq.write_table(pa.table(table), target)
    return target.getvalue()


_SAID = {"person": "Doe (synthetic)", "organization": "France", "concept": "It should open.", "agreement": 1}
_TABLE = b"date,country,quote\n2016-07-28,France,No\n2016-07-29,France,Yes\n"
_FRANCE = text("A2", "2016") + text("B2", "France") + text("C2", "Synthetic")
_HIDDEN_ROW = rows((1, HEADER), (2, _FRANCE)).replace('<row r="2" ', '<row r="2" hidden="1" ')

MADE: Mapping[str, Callable[[], Example]] = {
    "file-too-large": _one("t.csv", _TABLE, {"tracker.io.delimited_text.MAX_TEXT_BYTES": 10}),
    "too-many-rows": _one("t.csv", _TABLE, {"tracker.io.rows_read.MAX_RECORDS": 1}),
    "line-too-long": _one("t.csv", _TABLE, {"tracker.io.delimited.MAX_LINE_CHARACTERS": 20}),
    "cell-too-long": _one("t.csv", b"date,country,quote\n2016,France," + b"x" * 1_000_001),
    "too-many-columns": _one("t.csv", b"date,country,quote" + b",x" * 600 + b"\n"),
    "file-encrypted": lambda: Example({"t.xlsx": _protected()}),
    "archive-too-large": lambda: Example({"t.zip": zipped({"statements.csv": _TABLE + b" " * 2_000_000})}),
    "nested-too-deeply": _one("t.json", b"[" * 10_000),
    "sheet-missing": lambda: Example({"t.xlsx": xlsx(("hidden", sheet(_FRANCE)))}),
    "sheet-left-aside": lambda: Example({"t.xlsx": xlsx(sheet(_FRANCE), sheet(_FRANCE))}),
    "sheet-hidden-cells": lambda: Example({"t.xlsx": xlsx(_HIDDEN_ROW)}),
    "sheet-merged-cells": lambda: Example(
        {
            "t.xlsx": xlsx(
                sheet(_FRANCE, text("A3", "2016-07-29") + text("C3", "Yes"), behind='<mergeCells><mergeCell ref="B2:B3"/></mergeCells>')
            )
        }
    ),
    "json-no-lines": _one("20200719.gqg.json", json.dumps(corpora.ARTICLE, indent=1).encode()),
    "column-nested": lambda: Example({"t.parquet": _nested_column()}),
    "statement-type-unknown": lambda: Example({"p.dna": ProjectMade([Marked(_SAID)]).v3()}, ReadOptions(statement_type="Claims")),
    "statement-of-other-type": lambda: Example({"p.dna": ProjectMade([Marked(_SAID), Marked({"note": "n"}, type_id=2)]).v3()}),
    "date-shifted": lambda: Example({"p.dna": ProjectMade([Marked(_SAID)], seconds=1469656800).v2()}),
    "document-missing": _coded(qda.text_document(qda.selection("c-corridors"), path="absolute:///briefing.txt")),
    "span-outside": _coded(qda.text_document(qda.selection("c-corridors", stop=9_999))),
    "document-coded-whole": _coded(qda.text_document(qda.coding("c-corridors"))),
    "selection-without-text": _coded('<PictureSource guid="p" name="n"><PictureSelection guid="q"/></PictureSource>'),
    "codes-contradict": _coded(qda.text_document(qda.selection("c-corridors", "c-support", "c-oppose", "c-fra"))),
    "code-missing": _coded(qda.text_document(qda.selection("c-gone", "c-fra"))),
    "date-from-name": _coded(qda.text_document(qda.selection("c-corridors", "c-fra"), name="board_2017.txt")),
    "pdf-scanned": lambda: Example({"letter.pdf": pdf_file([[], []])}),
}
"""Small files for codes whose example on the page is words, because their files are bytes, or long."""
