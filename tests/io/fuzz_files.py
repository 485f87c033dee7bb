"""One or more good files of every format that is read, for the fuzzer to damage; all content is invented."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.io import test_json_corpora as lines
from tests.io import test_packages as packages
from tests.io import test_qda as qda
from tests.io import test_timelinejs as timelines
from tests.io.dna_files import Marked, ProjectMade
from tests.io.workbooks import ods_of, xlsx_of, zipped
from tracker.io.exporters import to_parquet

NAMES = ("Date", "Country", "Ministry", "Speaker", "Topic", "Stance", "Addressee", "Statement", "Link", "Note")
TABLE: tuple[tuple[str, ...], ...] = (
    NAMES,
    (
        "2016-07-28",
        "France",
        "Ministry of Tests",
        "Jane Example",
        "corridors",
        "support",
        "RUS",
        "An invented sentence",
        "https://e.org/1",
        "",
    ),
    ("28 July 2016", "Россия", "", "Иван Пример", "corridors", "oppose", "United States", 'Said "so", and\nmore', "javascript:x", "a"),
    ("07/2016", "TUR", "", "", "Access of aid", "mixed", "", "İkinci cümle", "", "b"),
    ("42579", "", "United Nations", "Test Person", "", "", "", "A third one", "", "الأولى"),
)


@dataclass(frozen=True, slots=True)
class GoodFile:
    """A file that loads: the format it stands for, its name, its bytes, and how its inside is packed.

    ``mapping`` is what a person has to say for its rows to be kept; ``kind`` is what can be changed in it besides bytes,
    one of those of ``fuzz_changes`` or "".
    """

    form: str
    name: str
    data: bytes
    kind: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)


_OF_ONE_STATE = {"=France": "country"}


def as_csv(table: Sequence[Sequence[str]], delimiter: str = ",") -> bytes:
    """The table as delimited text in UTF-8."""
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter).writerows(table)
    return target.getvalue().encode("utf-8", "surrogatepass")


def as_lines(*entries: object) -> bytes:
    """The entries as lines of JSON."""
    return b"".join(json.dumps(entry).encode() + b"\n" for entry in entries)


def good_files() -> tuple[GoodFile, ...]:
    """All of them, in the order of :func:`tracker.io.registry.readers`."""
    return (*_of_tools(), *_of_corpora(), *_tables(), *_of_json())


def _tables() -> tuple[GoodFile, ...]:
    records = [dict(zip(NAMES, row, strict=True)) for row in TABLE[1:]]
    own = [
        {"statement_id": f"t-{n}", "stated_on": "2016-07-28", "country": "FRA", "quote": row["Statement"]} for n, row in enumerate(records)
    ]
    return (
        GoodFile("CSV", "t.csv", as_csv(TABLE), "table"),
        GoodFile("CSV", "latin.csv", as_csv(TABLE[:2], ";").decode().encode("cp1252")),
        GoodFile("CSV", "wide.csv", as_csv(TABLE).decode().encode("utf-16")),
        GoodFile("TSV", "t.tsv", as_csv(TABLE, "\t")),
        GoodFile("XLSX", "t.xlsx", xlsx_of(TABLE), "zip"),
        GoodFile("ODS", "t.ods", ods_of(TABLE), "zip"),
        GoodFile("Parquet", "t.parquet", to_parquet(own)),
    )


def _of_json() -> tuple[GoodFile, ...]:
    records = [dict(zip(NAMES, row, strict=True)) for row in TABLE[1:]]
    item = {"id": "1", "content_text": "An invented sentence", "date_published": "2016-07-28T10:00:00Z", "url": "https://e.org/1"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Test", "items": [item, item | {"id": "2"}]}
    shapes = {
        "array.json": records,
        "wrapped.json": {"meta": {"n": 1}, "statements": records},
        "columns.json": {name: [row[name] for row in records] for name in NAMES},
    }
    return (
        GoodFile(
            "JSON", "feed.json", json.dumps(feed).encode(), "json", _OF_ONE_STATE | {"content_text": "quote", "date_published": "stated_on"}
        ),
        *(GoodFile("JSON", name, json.dumps(shape).encode(), "json") for name, shape in shapes.items()),
        GoodFile("JSON lines", "t.jsonl", as_lines(*records), "json"),
    )


def _of_tools() -> tuple[GoodFile, ...]:
    said = {"person": "Doe (synthetic)", "organization": "Synthetic Ministry", "concept": "It should open.", "agreement": 1}
    project = ProjectMade([Marked(said), Marked(said | {"agreement": 0, "organization": "France"}), Marked({"note": "n"}, type_id=2)])
    names = "statement_id;time;person;organization;concept;agreement;start_position;stop_position;text;coder;document_id;document_title"
    event = (
        names
        + "\n"
        + "".join(f'{n};2016-07-28 00:00:00;"Doe";"France";"It should open.";1;0;9;"We said {n}";2;1;"Briefing"\n' for n in (1, 2))
    )
    slides = timelines.table(
        *({"Year": "2016", "Month": "7", "Text": timelines.SAID, "Group": "France", "Headline": f"H{n}"} for n in range(3))
    )
    selected = qda.selection("c-corridors", "c-support", "c-fra", "c-doe")
    of_qda = qda.project_xml(qda.text_document(selected), cases=qda.case("France", qda.variable("v-date", "DateValue", "2016-07-28")))
    return (
        GoodFile("DNA v3", "v3.dna", project.v3(), "sqlite"),
        GoodFile("DNA v2", "v2.dna", project.v2(), "sqlite"),
        GoodFile("DNA event list", "events.csv", event.encode()),
        GoodFile("TimelineJS", "timeline.csv", slides, "table"),
        GoodFile("QDPX", "p.qdpx", qda.archive(of_qda), "zip"),
        GoodFile("QDC", "p.qdc", qda.CODEBOOK.encode()),
    )


def _of_corpora() -> tuple[GoodFile, ...]:
    speech = b"An invented speech.\nIts second line."
    sheet = b"Year,Session,ISO Code,Country,Name of Person Speaking,Post\n2022,77,USA,United States,Test Person,President\n"
    meeting = "UNSC_2020_SPV.8698"
    council = {
        f"{meeting}_spch001.txt": b"The President: Invented.",
        f"{meeting}_spch002.txt": b"Ms. Test (France): Invented.",
        "meta.tsv": f"basename\tdate\ttopic\n{meeting}\t8 January 2020\tAn invented topic\n".encode(),
    }
    quotes, named, article = lines.ARTICLE, lines.QUOTATION, lines.BY_ARTICLE
    debate = {"TXT/Session 77 - 2022/USA_77_2022.txt": speech, "TXT/Session 29 - 1974/DDR_29_1974.txt": speech, "Speakers.csv": sheet}
    tables = {name: content.encode() for name, content in packages.TABLES.items()}
    descriptor = {"name": "synthetic", "title": "Synthetic", "resources": [{"name": name[:-4], "path": name} for name in tables]}
    return (
        GoodFile("GDELT GQG", "gqg.json", as_lines(quotes, quotes), "json", _OF_ONE_STATE),
        GoodFile("GDELT GQG", "gqg.json.gz", gzip.compress(as_lines(quotes, quotes), mtime=0), "gzip", _OF_ONE_STATE),
        GoodFile("Quotebank", "quotes.json", as_lines(named, named | {"quoteID": "2"}), "json", _OF_ONE_STATE),
        GoodFile("Quotebank", "articles.json.bz2", bz2.compress(as_lines(article, article)), "bzip2", _OF_ONE_STATE),
        GoodFile("PLOVER", "events.jsonl", as_lines(lines.EVENT, lines.EVENT | {"id": "e2"}), "json"),
        GoodFile("UNGDC zip", "ungdc.zip", zipped(debate), "zip"),
        GoodFile("UNSC zip", "unsc.zip", zipped(council), "zip"),
        GoodFile("package zip", "package.zip", zipped(tables | {"datapackage.json": json.dumps(descriptor).encode()}), "zip"),
    )
