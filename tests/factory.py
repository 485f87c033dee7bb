"""Synthetic values for tests: valid by default, every part can be changed; nothing here was ever said by anyone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tracker.core.columns import COLUMN_NAMES
from tracker.core.dates import PartialDate
from tracker.core.identifiers import slug
from tracker.core.model import Actor, DataSet, Issue, Organisation, Spokesperson, Statement

_CODES = {
    "country_code": "AAA",
    "actor_id": "AAA",
    "organisation_id": "aaa-ministry",
    "spokesperson_id": "test-person-one",
    "issue_id": "issue-one",
    "stance_code": "support",
    "act_code": "comment",
    "target_id": "",
    "language_code": "en",
    "channel_code": "press-briefing",
    "document_url": "https://example.org/document",
}
_WRITTEN = {
    "country": "Testland",
    "organisation": "Ministry of Tests",
    "spokesperson": "Test Person One",
    "role": "Spokesperson of tests",
    "issue": "issue-one",
    "stance": "support",
    "act": "comment",
    "position": "Synthetic position",
    "quote": "A synthetic sentence made for tests",
    "quote_language": "en",
    "channel": "press-briefing",
    "document_title": "Synthetic document",
    "publisher": "Test Press",
    "document_url": "https://example.org/document",
}


def statement(statement_id: str = "t-1", stated_on: str = "2016-07-28", **changes: Any) -> Statement:
    """A statement; ``changes`` are fields of Statement, or columns as written."""
    written = {name: _WRITTEN.get(name, "") for name in COLUMN_NAMES if name not in ("statement_id", "stated_on")}
    fields = dict(_CODES)
    for name, value in changes.items():
        (written if name in written and name not in fields else fields)[name] = value
    return Statement(statement_id=statement_id, stated_on=PartialDate.parse(stated_on), written=written, **fields)


def data_set(*statements: Statement, **changes: Any) -> DataSet:
    """A data set of these statements with the actors, organisations, spokespersons and issues they name."""
    numbered = tuple(replace(s, record=n, line=n + 1) for n, s in enumerate(statements, start=1))
    held = DataSet(
        name="synthetic",
        title="Synthetic statements for tests",
        statements=numbered,
        actors=tuple(Actor(code, f"Actor {code}", "state", code) for code in _codes(numbered, "actor_id")),
        organisations=tuple(_organisation(code, numbered) for code in _codes(numbered, "organisation_id")),
        spokespersons=tuple(Spokesperson(code, code.title(), "", "AAA") for code in _codes(numbered, "spokesperson_id")),
        issues=tuple(Issue(code, code.title(), f"Proposition of {code}.") for code in _codes(numbered, "issue_id")),
        languages={code: code.upper() for code in _codes(numbered, "language_code")},
        n_records=len(numbered),
        content_hash=hashlib.sha256(repr((numbered, changes)).encode()).hexdigest(),  # another data version with other tables beside
    )
    return replace(held, **changes)


def person(name: str) -> dict[str, str]:
    """The changes that make a statement somebody else's."""
    return {"spokesperson": name, "spokesperson_id": slug(name)}


def _codes(statements: Iterable[Statement], column: str) -> list[str]:
    return [code for code in dict.fromkeys(getattr(s, column) for s in statements) if code]


def _organisation(code: str, statements: Iterable[Statement]) -> Organisation:
    first = next(s for s in statements if s.organisation_id == code)
    return Organisation(code, first.written["organisation"], first.written["organisation"], first.actor_id, first.speaks_for_actor)
