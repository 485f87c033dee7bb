"""JSON of every usual shape: a list of objects, one object a line, a list inside an object, columns, our own export."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tracker.core.problems import Problem, Severity
from tracker.io.delimited import Record
from tracker.io.headers import DERIVED, Naming
from tracker.io.inputs import InputFile, Opened, ReadOptions
from tracker.io.json_shapes import listed, records_in, split_columns
from tracker.io.json_values import NOT_A_NUMBER, JsonObject, as_cell, next_value, parse
from tracker.io.limits import MAX_COLUMNS, MAX_JSON_BYTES, MAX_RECORDS
from tracker.io.named_records import read_named
from tracker.io.refusals import FileRefused

FORMAT = "JSON"
ENDINGS = (".json", ".jsonl", ".ndjson", ".geojson")

_LINE_ENDINGS = (".jsonl", ".ndjson")
_BEGINNING = re.compile(r"\s*(?:\{\s*(?:[\"}]|$)|\[\s*(?:[\[{\"\]\d]|$))")
_SPACE = re.compile(r"[\s,]*")
_OF_OUR_EXPORT = frozenset({"link", "data_version", "n_statements", "statements"})


def recognises(file: InputFile) -> bool:
    """Whether it begins as JSON does, or is called JSON."""
    return bool(_BEGINNING.match(_beginning(file.head))) or (file.ending in ENDINGS and b"\0" not in file.head[:1])


def read(file: InputFile, options: ReadOptions) -> Opened:
    """The rows of the records; raises FileRefused when the file holds none, is damaged, or is cut off.

    A line of JSON lines that cannot be read is rejected alone; a list that is cut off is not read at all.
    """
    data = file.data(MAX_JSON_BYTES)
    text = _decoded(data)
    if not text.strip():
        raise FileRefused("file-empty", "The file is empty. It needs a list of objects with the fields of statements.")
    start = _SPACE.match(text).end()
    if file.ending in _LINE_ENDINGS or _is_lines(text[:200_000].splitlines()):
        return _read_lines(file, options, text)
    if text[start : start + 1] == "[":
        return _read_items(file, options, list(_list_items(text, start)), FORMAT)
    values = list(_sequence(text, start))
    if len(values) == 1 and isinstance(values[0], JsonObject):
        return _read_whole(file, options, values[0])
    return _read_items(file, options, values, FORMAT)


def first_keys(file: InputFile) -> list[str]:
    """The names in the first record that has some, wherever it stands; none in what is no JSON. Raises FileRefused for too much."""
    text = _decoded(file.data(MAX_JSON_BYTES))
    start = text.find("{")
    try:
        value = next_value(text, start)[0] if start >= 0 else None
    except ValueError:
        return []
    if not isinstance(value, JsonObject):
        return []
    held = records_in(value.values, Naming())
    return list((held.items[0] if held and held.items else value).values)


def _beginning(head: bytes) -> str:
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if head.startswith(mark):
            codec = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}[mark]
            return head[len(mark) :][:200].decode(codec, "replace")
    return head[:200].decode("latin-1")


def _decoded(data: bytes) -> str:
    """UTF-8, or the Unicode encoding the first bytes tell; bytes that are no text stay recognisable."""
    codec = json.detect_encoding(data[:16])
    try:
        text = data.decode(codec, "surrogateescape" if codec.startswith("utf-8") else "strict")
    except UnicodeDecodeError:
        raise _damaged("its encoding cannot be read") from None
    return text.removeprefix("\ufeff")


def _damaged(why: str, line: int | None = None) -> FileRefused:
    return FileRefused(
        "json-damaged", f"The file is JSON that cannot be read: {why}. It may be cut off; nothing was loaded. Write it again.", line=line
    )


def _list_items(text: str, position: int) -> Iterator[object]:
    """The items of the list that begins at the position; raises FileRefused when it does not end as it should."""
    position += 1
    is_first = True
    while True:
        position = _space(text, position)
        if text[position : position + 1] == "]":
            break
        if not is_first:
            if text[position : position + 1] != ",":
                raise _damaged("the list of records breaks off", text.count("\n", 0, position) + 1)
            position = _space(text, position + 1)
        is_first = False
        try:
            item, position = next_value(text, position)
        except ValueError:
            raise _damaged("the list of records breaks off or a record is malformed", text.count("\n", 0, position) + 1) from None
        yield item
    if text[position + 1 :].strip():
        raise _damaged("something stands behind the end of the list", text.count("\n", 0, position) + 1)


def _space(text: str, position: int) -> int:
    while text[position : position + 1] in (" ", "\n", "\r", "\t") and position < len(text):
        position += 1
    return position


def _is_lines(lines: Sequence[str]) -> bool:
    """Whether every line is an object of its own, judged by the first ones: one of them may be broken."""
    first = [line.strip() for line in lines[:50] if line.strip()][:20]
    if len(first) < 2 or not first[0].startswith("{"):
        return False
    n_whole = sum(_is_whole_object(line) for line in first[1:])
    return _is_whole_object(first[0]) or n_whole * 2 > len(first) - 1


def _is_whole_object(line: str) -> bool:
    try:
        return isinstance(parse(line), JsonObject)
    except (ValueError, FileRefused):
        return False


def _sequence(text: str, position: int) -> Iterator[object]:
    """Values one behind the other, over any number of lines."""
    while position < len(text):
        try:
            value, position = next_value(text, position)
        except ValueError:
            raise _damaged("an object breaks off or is malformed", text.count("\n", 0, position) + 1) from None
        yield value
        position = _SPACE.match(text, position).end()


def _read_lines(file: InputFile, options: ReadOptions, text: str) -> Opened:
    items: list[object] = []
    lines: list[int] = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if line.strip():
            try:
                items.append(parse(line.strip()))
            except (ValueError, FileRefused):
                items.append(Malformed())
            lines.append(number)
    if all(isinstance(item, Malformed) for item in items):
        raise _damaged("no line of it is an object")
    return _read_items(file, options, items, "JSON lines", lines=lines)


class Malformed:
    """Stands for a line that is no JSON."""


def _read_whole(file: InputFile, options: ReadOptions, whole: JsonObject) -> Opened:
    """The records of one object: the list it holds, its columns, or itself as the only record."""
    if whole.contradicted:
        raise _damaged(f"the key {whole.contradicted[0][:80]!r} stands in it twice")
    values = whole.values
    columns = split_columns(values)
    if columns is not None:
        return _read_rows(file, options, *columns)
    records = records_in(values, Naming(options.mapping))
    if records is None and not any(isinstance(value, list | JsonObject) for value in values.values()):
        return _read_items(file, options, [whole], FORMAT)
    if records is None:
        raise FileRefused(
            "json-no-records",
            f"The JSON holds no list of objects that is certain to be the records; its keys are {listed(values)}. "
            'Write {"statements": [ … ]} or the list alone.',
        )
    opened = _read_items(file, options, records.items, FORMAT, quiet=DERIVED if values.keys() >= _OF_OUR_EXPORT else ())
    guesses = (*opened.guesses, *([records.guess] if records.guess else []))
    return replace(opened, problems=(*opened.problems, *_miscounted(values, file.name)), guesses=guesses)


def _miscounted(values: dict[str, object], file: str) -> Iterable[Problem]:
    stated = values.get("n_statements")
    if values.keys() >= _OF_OUR_EXPORT and isinstance(values["statements"], list) and str(stated) != str(len(values["statements"])):
        message = f"The export says it holds {str(stated)[:20]} statements, but there are {len(values['statements']):,}; it is not whole."
        yield Problem("count-differs", message, Severity.WARNING, file)


def _read_rows(file: InputFile, options: ReadOptions, names: list[str], rows: list[list[object]]) -> Opened:
    mapped = [bool(Naming(options.mapping).column_of(name)) for name in names]
    records = (_record(row, number, mapped, names) for number, row in enumerate(rows, 1))
    return read_named(file, options, names, records, format_name="JSON columns", n_expected=len(rows))


def _read_items(
    file: InputFile,
    options: ReadOptions,
    items: Sequence[object],
    format_name: str,
    *,
    lines: Sequence[int] = (),
    quiet: Sequence[str] = (),
) -> Opened:
    if len(items) > MAX_RECORDS:
        raise FileRefused("too-many-rows", f"The file has {len(items):,} records; at most {MAX_RECORDS:,} can be loaded. Split it.")
    names = _names_of(items)
    if not names and items and all(isinstance(item, list) for item in items):
        head = [cell if isinstance(cell, str) else "" for cell in items[0]]
        return _read_rows(file, options, head, list(items[1:]))
    if not names:
        raise FileRefused("json-no-records", "The JSON holds no objects with named fields. Write a list of objects, one a statement.")
    naming = Naming(options.mapping)
    mapped = [bool(naming.column_of(name) or naming.depends_on_the_rest(name)) for name in names]
    numbered = zip(items, lines or range(1, len(items) + 1), strict=True)
    records = (_record_of(item, line, mapped, names) for item, line in numbered)
    return read_named(file, options, names, records, format_name=format_name, n_expected=len(items), quiet=quiet)


def _names_of(items: Iterable[object]) -> list[str]:
    found: dict[str, None] = {}
    for item in items:
        if isinstance(item, JsonObject):
            found.update(dict.fromkeys(item.values))
            if len(found) > MAX_COLUMNS:
                raise FileRefused(
                    "too-many-columns",
                    f"The records have more than {MAX_COLUMNS} different keys, the most that can be loaded. Leave some out.",
                )
    return list(found)


def _record_of(item: object, line: int, mapped: Sequence[bool], names: Sequence[str]) -> Record:
    if isinstance(item, Malformed):
        return Record(
            [], line, "the line is no JSON that can be read; it may be cut off. Write the record again", fault_code="json-malformed"
        )
    if not isinstance(item, JsonObject):
        return Record([], line, "the record is JSON but no object with named fields; write an object", fault_code="json-malformed")
    twice = next((key for key in item.contradicted), "")
    if twice:
        fault = f"the key {twice[:80]!r} stands in the record twice, with different values; keep one of them"
        return Record([], line, fault, fault_code="json-key-repeated")
    return _record([item.values.get(name) for name in names], line, mapped, names)


def _record(cells: Sequence[object], line: int, mapped: Sequence[bool], names: Sequence[str]) -> Record:
    texts = [as_cell(cell) for cell in cells] if isinstance(cells, list) else []
    faults: dict[int, str] = {}
    for place, text in enumerate(texts):
        if text is None:
            if cells[place] is NOT_A_NUMBER:
                faults[place] = "NaN or Infinity"
            elif place < len(mapped) and mapped[place]:
                kind = "a list" if isinstance(cells[place], list) else "an object"
                fault = f"{names[place][:80]} holds {kind} where text is expected (wrong type); write text"
                return Record([], line, fault, fault_code="json-type")
    return Record([text or "" for text in texts], line, cell_faults=faults)
