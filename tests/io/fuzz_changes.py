"""Damage done to a good file: to its bytes, its cells, its JSON, the members of its archive, the tables of its database."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import random
import sqlite3
import warnings
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress

from tests.io.fuzz_files import GoodFile, as_csv

TEXTS = (
    *("", " ", "\0", "\ufeff", "\u202e", "\u200b", "\ud800", "İ", "ﷺ", "￾", "=1+1", "#REF!", "None", "nan", "-0", "1e999", "9" * 40),
    *("0", "-1", "60", "2958465", "2958466", "13/13/2016", "03/04/2016", "44 BC", "31.02.2016", "2016-W05", "16", "٢٠١٦", "平成28年"),
    *("javascript:alert(1)", "http://[", "https://e.org/%", "<script>", "&#0;", "]]>", "<!DOCTYPE a>", '"', '""', "'", ",", ";", "\t"),
    *("\r", "\n", "\r\n", "\x1a", "Country", "Date", "Statement", "USSR", "Paris", "x" * 5_000, "a\u0301" * 200, "([" * 50, "../../x", "~"),
)
VALUES: tuple[object, ...] = (*TEXTS, None, True, 0, -1, 1.5, 1e308, 2**63, 10**30, [], {}, [[[]]], {"a": {"b": []}}, b"\xff\xfe")
_PIECES = (
    b"\0",
    b"\xff",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b'"',
    b"'",
    b",",
    b";",
    b"\n",
    b"\r",
    b"<",
    b">",
    b"&",
    b"{",
    b"[",
    b"]",
    b"PK\x03\x04",
    b"sep=;\n",
)


def changed(good: GoodFile, rng: random.Random) -> bytes:
    """The bytes of the file with one to four things changed in it; never fails on what earlier changes left."""
    of_kind = _OF_KIND.get(good.kind)
    if of_kind is None or rng.random() < 0.45:
        return change_bytes(good.data, rng)
    data = of_kind(good.data, rng)
    return change_bytes(data, rng) if rng.random() < 0.1 else data


def change_bytes(data: bytes, rng: random.Random) -> bytes:
    """Bytes set, flipped, cut out, inserted, doubled, moved, or the end cut off."""
    for _ in range(rng.randint(1, 4)):
        at, length = rng.randrange(len(data) + 1), rng.choice((1, 1, 2, 4, 16, 64, 1024))
        piece = rng.choice(_PIECES) if rng.random() < 0.5 else rng.randbytes(rng.randint(1, 8))
        data = rng.choice(
            (
                data[:at] + piece + data[at + len(piece) :],
                data[:at] + bytes(byte ^ 1 << rng.randrange(8) for byte in data[at : at + 1]) + data[at + 1 :],
                data[:at] + data[at + length :],
                data[:at] + piece + data[at:],
                data[:at] + data[at : at + length] * rng.choice((2, 2, 50)) + data[at + length :],
                data[at : at + length] + data[:at] + data[at + length :],
                data[: max(at, 1)],
            )
        )
    return data or b"\0"


def change_table(data: bytes, rng: random.Random) -> bytes:
    """Cells, rows and columns of delimited text set, doubled, moved, left out."""
    table = [list(row) for row in csv.reader(io.StringIO(data.decode(), newline=""))]
    for _ in range(rng.randint(1, 4)):
        row = rng.choice(table)
        what = rng.randrange(7)
        if what <= 1 and row:
            row[rng.randrange(len(row))] = rng.choice(TEXTS)
        elif what == 2:
            table.insert(rng.randrange(len(table) + 1), list(row))
        elif what == 3 and len(table) > 1:
            table.remove(row)
        elif what == 4:
            rng.shuffle(row)
        elif what == 5:
            at = rng.randrange(len(table[0]) + 1)
            for line in table:
                line.insert(at, rng.choice(TEXTS))
        else:
            row[rng.randrange(len(row) + 1) :] = [rng.choice(TEXTS)] * rng.choice((0, 1, 300))
    written = as_csv(table, rng.choice(",,;\t|"))
    return written if rng.random() < 0.7 else written.decode("utf-8", "replace").encode(rng.choice(("utf-16", "gb18030", "utf-8-sig")))


def change_json(data: bytes, rng: random.Random) -> bytes:
    """Values, names and lists of JSON replaced, doubled, nested, left out; lines stay lines."""
    with suppress(ValueError):
        return _dumped(_tree_changed(json.loads(data), rng))
    entries = [_tree_changed(json.loads(line), rng) if rng.random() < 0.6 else json.loads(line) for line in data.splitlines()]
    return b"\n".join(_dumped(entry) for entry in entries)


def _tree_changed(tree: object, rng: random.Random) -> object:
    for _ in range(rng.randint(1, 3)):
        holders = [held for held in _walked(tree) if held]
        if not holders:
            return rng.choice(VALUES)
        holder = rng.choice(holders)
        key = rng.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        what = rng.randrange(5)
        if what <= 1:
            holder[key] = rng.choice(VALUES)
        elif what == 2:
            del holder[key]
        elif what == 3:
            holder[key] = [holder[key]] * rng.choice((1, 2, 40))
        elif isinstance(holder, dict):
            holder[rng.choice(TEXTS)] = holder.pop(key)
        else:
            holder.append(rng.choice(VALUES))
    return tree


def _walked(tree: object) -> list[dict | list]:
    found, waiting = [], [tree]
    while waiting and len(found) < 500:
        held = waiting.pop()
        if isinstance(held, dict | list):
            found.append(held)
            waiting += held.values() if isinstance(held, dict) else held
    return found


def _dumped(tree: object) -> bytes:
    return json.dumps(tree, default=repr).encode()


def change_zip(data: bytes, rng: random.Random) -> bytes:
    """Members of an archive changed inside, left out, doubled, renamed, or packed another way."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    at = rng.randrange(len(members))
    name, content = members[at]
    what = rng.randrange(8)
    if what <= 3:
        members[at] = name, _inside(name, content, rng)
    elif what == 4:
        del members[at]
    elif what == 5:
        members.append((name, content))
    elif what == 6:
        members[at] = rng.choice(("../" + name, name.upper(), "/" + name, name + "/", "x/" + name, name[:-1], "a\\" + name)), content
    else:
        members[at] = name, rng.choice((b"", b"\0" * 100_000, content * 40, b"<" * 20_000))
    target = io.BytesIO()
    with (
        warnings.catch_warnings(action="ignore"),
        zipfile.ZipFile(target, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2))) as archive,
    ):
        for member, inside in members:
            archive.writestr(zipfile.ZipInfo(member), inside)
    return target.getvalue()


def _inside(name: str, content: bytes, rng: random.Random) -> bytes:
    if name.endswith((".xml", ".qde")) and rng.random() < 0.6:
        return _change_markup(content, rng)
    if name.endswith(".csv") and rng.random() < 0.6:
        return change_table(content, rng)
    return change_json(content, rng) if name.endswith(".json") and rng.random() < 0.7 else change_bytes(content, rng)


def _change_markup(content: bytes, rng: random.Random) -> bytes:
    """Attribute values and texts replaced, whole elements cut or doubled."""
    pieces = content.decode("utf-8", "replace").replace("<", "\0<").replace(">", ">\0").split("\0")
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(pieces))
        piece = pieces[at]
        safe = rng.choice(TEXTS).replace("<", "&lt;").replace('"', "&quot;")
        if piece.startswith("<") and '="' in piece:
            parts = piece.split('"')
            parts[rng.randrange(1, len(parts), 2)] = safe
            pieces[at] = '"'.join(parts)
        elif rng.random() < 0.5:
            pieces[at] = safe if not piece.startswith("<") else piece * rng.choice((0, 2, 200))
        else:
            other = rng.randrange(len(pieces))
            pieces[at : at + 1] = pieces[min(at, other) : max(at, other)][:200]
        if not pieces:
            break
    return "".join(pieces).encode("utf-8", "replace")


def change_sqlite(data: bytes, rng: random.Random) -> bytes:
    """Values of a database set to any kind, rows and tables left out, columns renamed."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(data)
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for _ in range(rng.randint(1, 4)):
            table = rng.choice(tables)
            with suppress(sqlite3.Error, UnicodeError, OverflowError, IndexError):
                _change_one(connection, table, rng)
        return bytes(connection.serialize())


def _change_one(connection: sqlite3.Connection, table: str, rng: random.Random) -> None:
    column = rng.choice([row[1] for row in connection.execute(f"PRAGMA table_info({table})")])
    what = rng.randrange(8)
    if what <= 4:
        value = rng.choice([value for value in VALUES if isinstance(value, str | int | float | bytes) or value is None])
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid % 3 = ?", (value, rng.randrange(3)))
    elif what == 5:
        connection.execute(f"DELETE FROM {table} WHERE rowid % 2 = ?", (rng.randrange(2),))
    elif what == 6:
        connection.execute(rng.choice((f"DROP TABLE {table}", f"ALTER TABLE {table} RENAME TO {table}2")))
    else:
        connection.execute(f"ALTER TABLE {table} RENAME COLUMN {column} TO {column}x")


def change_gzip(data: bytes, rng: random.Random) -> bytes:
    """The lines inside changed, whole or in bytes, and packed again."""
    return gzip.compress(_lines_changed(gzip.decompress(data), rng), 1, mtime=0)


def change_bzip2(data: bytes, rng: random.Random) -> bytes:
    """The lines inside changed, whole or in bytes, and packed again."""
    return bz2.compress(_lines_changed(bz2.decompress(data), rng), 1)


def _lines_changed(data: bytes, rng: random.Random) -> bytes:
    return rng.choice((change_json, change_bytes))(data, rng)


_OF_KIND: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "table": change_table,
    "json": change_json,
    "zip": change_zip,
    "sqlite": change_sqlite,
    "gzip": change_gzip,
    "bzip2": change_bzip2,
}
