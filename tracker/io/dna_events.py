"""Event lists that Discourse Network Analyzer exports: one statement a line, variables under their own names."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from tracker.core.problems import Problem, Severity
from tracker.io.collecting import RowCollector
from tracker.io.declared import Declared
from tracker.io.decoding import decode
from tracker.io.delimited import DELIMITERS, Record, likely_delimiters, read_records
from tracker.io.dna_variables import VariableMap, as_spelled, document_columns, guesses_of, issues_of, joined, map_variables, told_aside
from tracker.io.inputs import InputFile, Opened, ReadOptions
from tracker.io.limits import MAX_COLUMNS
from tracker.io.no_data import lost_cells, why_no_data
from tracker.io.refusals import FileRefused
from tracker.io.tables import record_fault

FORMAT = "Discourse Network Analyzer event list"
ENDINGS = (".csv", ".txt")

_MARKS = {"statement_id", "time", "start_position", "stop_position", "text"}
_OF_PROJECT = _MARKS | {"coder", "document_id", "document_title", "document_author", "document_source", "document_section", "document_type"}
_FILLS = {"statement_id": "statement_id", "time": "stated_on", "text": "quote", "coder": "coder"}
_FILLS |= {"document_title": "document_title", "document_source": "publisher", "document_type": "channel"}
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]\d{2}:\d{2}(?::\d{2})?", re.ASCII)


def recognises(file: InputFile) -> bool:
    """Whether the first line is the header of an event list, whatever the delimiter it was saved with."""
    first = file.head.removeprefix(codecs.BOM_UTF8).split(b"\n", 1)[0].decode("utf-8", "replace")
    return set(re.split("[;,\t|]", first.strip().replace('"', ""))) >= _MARKS


def read(file: InputFile, options: ReadOptions) -> Opened:
    """The statements of the list; raises FileRefused when nobody is spoken for or a quotation mark is never closed."""
    decoded = decode(file.data())
    delimiter = likely_delimiters(decoded.text)[0]
    records = read_records(decoded.text, delimiter)
    header = [name.strip() for name in next(records, Record([], 1)).fields]
    variables, options = _variables(header), as_spelled(options, header)
    used = _used_values(records, header, variables)
    mapped = map_variables(variables, options, used)
    collector = RowCollector(file.name, options)
    for record in islice(read_records(decoded.text, delimiter), 1, None):
        _collect(record, header, mapped, collector)
    return Opened(
        collector.close(),
        FORMAT,
        decoded.encoding,
        DELIMITERS[delimiter],
        problems=(_altered(file.name), *told_aside(mapped, {name: len(values) for name, values in used.items()}, file.name)),
        declared=Declared(issues=issues_of(concept for concept in used.get(mapped.name_of("issue"), ()) if not why_no_data(concept))),
        guesses=tuple(guesses_of(mapped, options)),
    )


def _used_values(records: Iterable[Record], header: Sequence[str], variables: Sequence[str]) -> dict[str, dict[str, None]]:
    """The different values of each variable, in the order in which they come."""
    used: dict[str, dict[str, None]] = {name: {} for name in variables}
    places = [(place, used[name]) for place, name in enumerate(header) if name in used]
    for record in records:
        for place, values in places:
            if place < len(record.fields) and record.fields[place]:
                values[record.fields[place]] = None
    return used


def _variables(header: Sequence[str]) -> list[str]:
    if len(header) > MAX_COLUMNS:
        message = f"The table has {len(header):,} columns; at most {MAX_COLUMNS} can be loaded. Leave some out."
        raise FileRefused("too-many-columns", message)
    missing = sorted(_MARKS - set(header))
    if missing:
        message = f"The columns {', '.join(missing)} of an event list are missing; the header may be damaged. Export the list again."
        raise FileRefused("columns-missing", message, line=1)
    repeated = [name for name, number in Counter(header).items() if number > 1]
    if repeated:
        message = f"The columns are not told apart: {repeated[0]!r} stands in the header more than once. Rename or remove one of them."
        raise FileRefused("columns-same-meaning", message, line=1, column=repeated[0])
    return [name for name in header if name and name not in _OF_PROJECT]


def _collect(record: Record, header: Sequence[str], mapped: VariableMap, collector: RowCollector) -> None:
    fault = record_fault(record, len(header))
    if fault:
        collector.reject(*fault, record.line)
        return
    held, lost = lost_cells(dict(zip(header, record.fields, strict=False)), _FILLS | mapped.columns)
    by_column = mapped.by_column(held)
    moment = _MOMENT.fullmatch(held["time"].strip())
    values = joined(by_column, document_columns(held)) | {
        "statement_id": held["statement_id"],
        "stated_on": moment[1] if moment else held["time"],
        "quote": held["text"],
        "coder": held.get("coder", ""),
    }
    told = {name: by_column.get(column, "") for name, column in mapped.columns.items() if name in collector.options.mapping}
    collector.keep(values, record.line, fields=held | told, lost=lost)


def _altered(file: str) -> Problem:
    message = (
        "Discourse Network Analyzer writes event lists with commas for semicolons and ' for quotation marks in every text. "
        "Load the project (.dna) itself to have the words as they were."
    )
    return Problem("words-altered", message, Severity.WARNING, file)
