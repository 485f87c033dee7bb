"""A data package as one zip file: the tables with their description, sizes and hashes; unpacked, it loads again."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tracker.core.beside import SideRecord
from tracker.core.documents import Document, Passage
from tracker.core.model import Actor, Issue
from tracker.io.beside_written import beside_csv
from tracker.io.exporters import to_csv
from tracker.io.guarding import guarded_csv
from tracker.io.passages import documents_csv, passages_csv

_EARLIEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class PackageTables:
    """What a package holds: rows of statements as ``exporters.to_csv`` takes them, and the tables beside them."""

    rows: Sequence[Mapping[str, object]]
    issues: Sequence[Issue] = ()
    actors: Sequence[Actor] = ()
    documents: Sequence[Document] = ()
    passages: Sequence[Passage] = ()
    sides: Mapping[str, Sequence[SideRecord]] = field(default_factory=dict)


def to_package(tables: PackageTables, *, name: str, title: str, description: str = "", licence: str = "") -> bytes:
    """The package; the same tables give the same bytes. Tables without rows are left out, but for the statements."""
    held = {"statements.csv": to_csv(tables.rows)}
    if tables.issues:
        held["issues.csv"] = guarded_csv(("issue", "title", "proposition"), ((i.issue_id, i.title, i.proposition) for i in tables.issues))
    if tables.actors:
        columns = ("actor_id", "name", "kind", "country")
        held["actors.csv"] = guarded_csv(columns, ([getattr(actor, column) for column in columns] for actor in tables.actors))
    if tables.passages:
        held |= {"documents.csv": documents_csv(tables.documents), "passages.csv": passages_csv(tables.passages)}
    held |= {f"{name}.csv": beside_csv(name, records) for name, records in tables.sides.items() if records}
    held["datapackage.json"] = _descriptor(held, name=name, title=title, description=description, licence=licence)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, data in held.items():
            entry = zipfile.ZipInfo(file, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return packed.getvalue()


def _descriptor(held: Mapping[str, bytes], *, name: str, title: str, description: str, licence: str) -> bytes:
    resources = [
        {
            "name": file.removesuffix(".csv"),
            "path": file,
            "type": "table",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": len(data),
            "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        }
        for file, data in held.items()
    ]
    whole = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "name": name, "title": title}
    whole |= {"description": description} if description else {}
    whole |= {"licenses": [{"name": licence}]} if licence else {}
    return (json.dumps(whole | {"resources": resources}, ensure_ascii=False, indent=2) + "\n").encode()
