"""Statements and the tables beside them as JSON, and back: how the history writes what was imported."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from functools import lru_cache
from typing import Any

import orjson

from tracker.core.beside import SIDE_TABLES
from tracker.core.candidates import Span
from tracker.core.columns import COLUMN_NAMES
from tracker.core.dates import PartialDate
from tracker.core.documents import Document, Passage
from tracker.core.model import Actor, DataSet, Event, Issue, Organisation, Spokesperson, Statement
from tracker.core.problems import Problem, Severity

_BLANK = {name: "" for name in COLUMN_NAMES if name not in ("statement_id", "stated_on")}
_COLUMNS = tuple(sorted(_BLANK))
_DEFAULTS = {"speaks_for_actor": True, "record": 0, "line": 0}
_CODES = tuple(f.name for f in fields(Statement) if f.name not in ("statement_id", "stated_on", "written", *_DEFAULTS))
_BESIDE = {"actors": Actor, "organisations": Organisation, "spokespersons": Spokesperson, "issues": Issue}
_PLAIN = ("name", "title", "description", "licence", "n_records", "encoding", "delimiter")


def statement_to_json(statement: Statement) -> str:
    """The statement as one line of JSON, columns and codes that are empty left out; equal statements, equal lines.

    Text is kept character by character, characters that no encoding has (lone surrogates) and NUL included.
    """
    held: dict[str, Any] = {"statement_id": statement.statement_id, "stated_on": str(statement.stated_on)}
    written = statement.written
    held["written"] = {
        name: text for name in (_COLUMNS if written.keys() <= _BLANK.keys() else sorted(written)) if (text := written.get(name))
    }
    held |= {name: code for name in _CODES if (code := getattr(statement, name))}
    held |= {name: value for name, default in _DEFAULTS.items() if (value := getattr(statement, name)) != default}
    return as_text(held)


def statement_from_json(text: str) -> Statement:
    """The statement that was written; columns that had nothing, or were not known yet, are "".

    Raises ValueError, KeyError or TypeError for text that ``statement_to_json`` never wrote.
    """
    held = _loaded(text)
    got = held.get  # by place and not by name: a snapshot of a million statements is made of a million of these
    codes = [got(name, "") for name in _CODES]
    return Statement(
        held["statement_id"], _date(held["stated_on"]), _BLANK | held["written"], *codes, *[got(*default) for default in _DEFAULTS.items()]
    )


def says_the_same(one: Statement, other: Statement) -> bool:
    """Whether two statements are equal wherever in a file they stood."""
    return replace(one, record=0, line=0) == replace(other, record=0, line=0)


def beside_to_json(held: DataSet | None) -> str:
    """All of a data set but its statements and problems as JSON; "" for None."""
    if held is None:
        return ""
    parts: dict[str, Any] = {name: value for name in _PLAIN if (value := getattr(held, name))}
    parts |= {name: [asdict(record) for record in getattr(held, name)] for name in _BESIDE}
    parts["events"] = [asdict(event) | {"happened_on": str(event.happened_on)} for event in held.events]
    parts["languages"] = dict(held.languages)
    # Left out where there are none, so that histories written before there were any keep their hashes.
    parts |= {
        name: [asdict(record) for record in found] for name in ("documents", "passages", *SIDE_TABLES) if (found := getattr(held, name))
    }
    return as_text(parts)


def beside_from_json(text: str) -> DataSet:
    """The data set without statements that was written; an empty one for ""."""
    parts = json.loads(text) if text else {"name": ""}
    return DataSet(
        **{"name": ""} | {name: parts[name] for name in _PLAIN if name in parts},
        **{name: tuple(kind(**record) for record in parts.get(name, ())) for name, kind in _BESIDE.items()},
        events=tuple(Event(**event | {"happened_on": PartialDate.parse(event["happened_on"])}) for event in parts.get("events", ())),
        languages=parts.get("languages", {}),
        documents=tuple(Document(**record) for record in parts.get("documents", ())),
        passages=tuple(Passage(**record | {"spans": as_spans(record["spans"])}) for record in parts.get("passages", ())),
        **{name: tuple(kind(**record) for record in parts.get(name, ())) for name, kind in SIDE_TABLES.items()},
    )


def as_spans(pairs: Iterable[Iterable[int]]) -> tuple[Span, ...]:
    """Spans as JSON holds them, lists, as values."""
    return tuple((start, end) for start, end in pairs)


def problems_to_json(problems: Iterable[Problem]) -> str:
    """Problems as JSON, in their order."""
    return as_text([asdict(problem) for problem in problems])


def problems_from_json(text: str) -> tuple[Problem, ...]:
    """The problems that were written."""
    return tuple(Problem(**record | {"severity": Severity(record["severity"])}) for record in json.loads(text))


def counts_to_json(counts: Mapping[str, int]) -> str:
    """Counts of an import by name as JSON."""
    return as_text(dict(counts))


def storable(text: str) -> str:
    r"""The text for a column of its own: what no database can hold (NUL, lone surrogates) is spelled out.

    >>> storable("a\x00b\ud800"), storable("Лавров")
    ('a\\x00b\\ud800', 'Лавров')
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")


def as_text(value: Any) -> str:
    """The value as one line of JSON; characters that no encoding has are spelled out."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:  # half a character, which UTF-8 cannot hold
        return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _loaded(text: str) -> Any:
    try:
        return orjson.loads(text)
    except ValueError:  # half a character, spelled out; anything else fails again
        return json.loads(text)


_date = lru_cache(maxsize=65536)(PartialDate.parse)
