"""The tables beside the statements to values; what cannot be used is said and left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tracker.core.model import Actor, Event, Issue
from tracker.core.problems import Problem, Severity
from tracker.core.vocabulary import ACTOR_KINDS
from tracker.io.actors_read import find_country
from tracker.io.beside_read import read_beside
from tracker.io.codes_read import web_address
from tracker.io.dates_read import read_dates
from tracker.io.declared import Declared
from tracker.io.names_coded import code_of
from tracker.io.passages import read_documents, read_passages
from tracker.io.tables import SideRow, read_side_table

_ISSUES = {"issue": ("issue_id", "key", "id"), "title": ("name",), "proposition": ()}
_ACTORS = {
    "actor_id": ("actor", "id"),
    "name": ("organisation", "title"),
    "kind": ("type",),
    "country": ("country_code",),
    "note": ("notes",),
}
_EVENTS = {"event_id": ("id",), "happened_on": ("date",), "title": ("name",), "description": (), "document_url": ("source_url", "url")}
_SPOKESPERSONS = {"spokesperson": ("name",), "role": ()}


def read_declared(files: Mapping[str, bytes]) -> tuple[Declared, list[Problem]]:
    """What the tables beside the statements say, and what is wrong in them (warnings, as they hold no statements)."""
    problems: list[Problem] = []

    def rows(file: str, columns: Mapping[str, tuple[str, ...]], *needed: str) -> list[SideRow]:
        if file not in files:
            return []
        found, wrong = read_side_table(files[file], columns, needed=needed, file=file)
        problems.extend(wrong)
        return found

    issues = tuple(_issues(rows("issues.csv", _ISSUES, "issue"), problems))
    actors = tuple(_actors(rows("actors.csv", _ACTORS, "name"), problems))
    events = tuple(_events(rows("events.csv", _EVENTS, "happened_on", "title"), problems))
    roles = {
        code_of(row.values["spokesperson"]): row.values["role"] for row in rows("spokespersons.csv", _SPOKESPERSONS, "spokesperson", "role")
    }
    documents = read_documents(files, problems)
    declared = Declared(issues, actors, events, roles, documents, read_passages(files, documents, problems))
    return replace(declared, sides=read_beside(files, declared, problems)), problems


def _issues(rows: Iterable[SideRow], problems: list[Problem]) -> Iterable[Issue]:
    for row in _unrepeated(rows, lambda row: code_of(row.values["issue"]), "issues.csv", problems):
        yield Issue(code_of(row.values["issue"]), row.values["title"] or row.values["issue"], row.values["proposition"])


def _actors(rows: Iterable[SideRow], problems: list[Problem]) -> Iterable[Actor]:
    for row in _unrepeated(rows, _actor_id, "actors.csv", problems):
        kind = row.values["kind"].casefold().replace(" ", "-")
        if kind not in ACTOR_KINDS:
            message = f"the kind {row.values['kind'][:80]!r} is not one of {', '.join(ACTOR_KINDS)}; taken as state"
            problems.append(Problem("actor-kind-unknown", message, Severity.WARNING, "actors.csv", row.record, row.line, "kind"))
            kind = "state"
        country = find_country(row.values["country"])
        if row.values["country"] and not country:
            message = f"the country {row.values['country'][:80]!r} is not known; write its ISO 3166 code"
            problems.append(Problem("country-unknown", message, Severity.WARNING, "actors.csv", row.record, row.line, "country"))
        yield Actor(_actor_id(row), row.values["name"], kind, country)


def _actor_id(row: SideRow) -> str:
    """Codes of states stay as they are; anything else becomes a code that links can carry."""
    written = row.values["actor_id"] or row.values["name"]
    return find_country(written) if len(written) == 3 and find_country(written) else code_of(written)


def _events(rows: Iterable[SideRow], problems: list[Problem]) -> Iterable[Event]:
    rows = list(_unrepeated(rows, _event_id, "events.csv", problems))
    for row, reading in zip(rows, read_dates([row.values["happened_on"] for row in rows]), strict=True):
        place = ("events.csv", row.record, row.line, "happened_on")
        problems.extend(Problem(code, message, Severity.WARNING, *place) for code, message in reading.warnings)
        if reading.date is None:
            problems.append(Problem(reading.code, f"{reading.reason}. The event was left out", Severity.WARNING, *place))
            continue
        values = row.values
        yield Event(_event_id(row), reading.date, values["title"], values["description"], web_address(values["document_url"]))


def _event_id(row: SideRow) -> str:
    return code_of(row.values["event_id"] or f"{row.values['happened_on']} {row.values['title']}")


def _unrepeated(rows: Iterable[SideRow], key, file: str, problems: list[Problem]) -> Iterable[SideRow]:
    first: dict[str, int] = {}
    for row in rows:
        if first.setdefault(key(row), row.line) == row.line:
            yield row
        else:
            message = f"{key(row)!r} was already named in row {first[key(row)]}; this row was left out"
            problems.append(Problem("side-row-left-out", message, Severity.WARNING, file, row.record, row.line))
