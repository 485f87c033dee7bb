"""The tables of ``SIDE_TABLES`` (silences.csv, memberships.csv, offices.csv …) to values; what cannot be used is said and left out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from tracker.core.beside import (
    DISSOCIATED,
    RELATIONS,
    SIDE_TABLES,
    SIGNED,
    Coding,
    Membership,
    Relation,
    SideRecord,
    Signatory,
    Silence,
    Tenure,
)
from tracker.core.dates import PartialDate
from tracker.core.identifiers import slug
from tracker.core.problems import Problem, Severity
from tracker.core.vocabulary import ACTS, CHANNELS, NOT_CODED, NOT_GIVEN, STANCES
from tracker.io.actors_read import country_name, find_country, find_organisation
from tracker.io.codes_read import find_code, web_address
from tracker.io.dates_read import read_dates
from tracker.io.declared import Declared
from tracker.io.matching import tight_key
from tracker.io.names_coded import code_of
from tracker.io.tables import read_side_table

Sides = Mapping[str, tuple[SideRecord, ...]]

_VOCABULARIES = {"stance": (STANCES, NOT_CODED), "act": (ACTS, NOT_CODED), "channel": (CHANNELS, NOT_GIVEN)}
_SIGNED = {"": SIGNED, "signed": SIGNED, "yes": SIGNED, "dissociated": DISSOCIATED, "dissociates": DISSOCIATED, "no": DISSOCIATED}


_NAMED = 5


class _LeftOut(ValueError):
    """Why a row cannot be used: the column, and the reason in words."""


@dataclass(frozen=True)
class _Format:
    """The columns of a table with the other names they may have, which are needed, and how a row is read."""

    columns: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]
    read: Callable[[Mapping[str, str], Declared], SideRecord]


def read_beside(files: Mapping[str, bytes], declared: Declared, problems: list[Problem]) -> Sides:
    """The rows of every table of ``SIDE_TABLES`` that is there, each key once; what is wrong is added, as warnings."""
    return {name: tuple(_table(name, files[f"{name}.csv"], declared, problems)) for name in SIDE_TABLES if f"{name}.csv" in files}


def of_kept(
    sides: Sides, statement_ids: Collection[str], issue_ids: Collection[str], problems: list[Problem], people: Collection[str] = ()
) -> Sides:
    """The rows that name statements, issues and spokespersons which were kept; for each of the others a problem is added."""
    kept: dict[str, tuple[SideRecord, ...]] = {}
    if "offices" in sides:
        sides = {**sides, "offices": tuple(_of_known_people(sides["offices"], people, problems))}
    for name, records in sides.items():
        kept[name] = tuple(record for record in records if not _names_nothing(name, record, statement_ids, issue_ids, problems))
    problems.extend(_circles(kept.get("relations", ())))
    return kept


def _of_known_people(offices: Iterable[SideRecord], people: Collection[str], problems: list[Problem]) -> Iterator[Tenure]:
    """The offices of spokespersons who have statements, by the ids these have where two actors have one of that name."""
    for held in offices:
        if not isinstance(held, Tenure):
            continue
        told_apart = f"{held.spokesperson_id}-{slug(held.actor_id)}"
        found = next((person for person in (held.spokesperson_id, told_apart) if person in people), "")
        if found:
            yield replace(held, spokesperson_id=found)
        else:
            message = f"no statement is by a spokesperson {held.spokesperson[:80]!r}"
            message += f" of {held.actor[:80]!r}" if held.actor else ""
            problems.append(
                Problem("side-row-left-out", f"{message}; the row was left out", Severity.WARNING, "offices.csv", column="spokesperson")
            )


def _circles(relations: Iterable[SideRecord]) -> Iterator[Problem]:
    """A warning for each circle of relations: of statements that are each earlier than the other, one row at least is wrong.

    The rows are kept: what to take out is for a person to say. Time grows with the number of rows.
    """
    earlier: dict[str, set[str]] = {}
    for held in relations:
        if isinstance(held, Relation) and held.statement_id:
            earlier.setdefault(held.statement_id, set()).add(held.other_statement_id)
    for _ in range(2):  # what leads to a circle and what one leads to is peeled away, the one after the other
        earlier = _turned(_without_ends(earlier))
    for circle in _together(earlier):
        named = ", ".join(circle[:_NAMED]) + (f" and {len(circle) - _NAMED} more" if len(circle) > _NAMED else "")
        message = f"the statements {named[:400]} stand in a circle: each would be earlier than itself; all of them count as ended"
        yield Problem("relation-circle", message, Severity.WARNING, "relations.csv", column="other_statement_id")


def _without_ends(ways: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """The ways without the statements from which nothing leads on, then those that led only there, and so on."""
    back = _turned(ways)
    n_on = {start: len(ends) for start, ends in ways.items()}
    waiting = [end for end in back if end not in ways]
    gone = set(waiting)
    while waiting:
        for start in back.get(waiting.pop(), ()):
            n_on[start] -= 1
            if not n_on[start]:
                gone.add(start)
                waiting.append(start)
    return {start: ends - gone for start, ends in ways.items() if start not in gone}


def _turned(ways: Mapping[str, set[str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for start, ends in ways.items():
        for end in ends:
            found.setdefault(end, set()).add(start)
    return found


def _together(ways: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """The statements that hang together, each part sorted."""
    back, seen = _turned(ways), set[str]()
    for first in sorted(ways):
        part, waiting = set[str](), [first]
        while waiting:
            this = waiting.pop()
            if this not in seen:
                seen.add(this)
                part.add(this)
                waiting += [*ways.get(this, ()), *back.get(this, ())]
        if part:
            yield sorted(part)


def _names_nothing(name: str, record: SideRecord, statements: Collection[str], issues: Collection[str], problems: list[Problem]) -> bool:
    for column, known in (("statement_id", statements), ("other_statement_id", statements), ("issue_id", issues)):
        code = getattr(record, column, None)
        if code is not None and code not in known and not (code == "" and isinstance(record, Relation)):
            what = column.removesuffix("_id").removeprefix("other_")
            message = f"there is no {what} {code[:80]!r}; the row was left out"
            problems.append(Problem("side-row-left-out", message, Severity.WARNING, f"{name}.csv", column=what))
            return True
    return False


def _table(name: str, data: bytes, declared: Declared, problems: list[Problem]) -> Iterator[SideRecord]:
    form, file = _FORMATS[name], f"{name}.csv"
    rows, wrong = read_side_table(data, form.columns, needed=form.needed, file=file)
    problems.extend(wrong)
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        try:
            record = form.read(row.values, declared)
            if first.setdefault(record.key, row.line) != row.line:
                raise _LeftOut("", f"the row says of the same thing what row {first[record.key]} said")
        except _LeftOut as why:
            column, reason = why.args
            problems.append(
                Problem("side-row-left-out", f"{reason}; the row was left out", Severity.WARNING, file, row.record, row.line, column)
            )
        else:
            yield record


def _silence(values: Mapping[str, str], declared: Declared) -> Silence:
    actor_id, actor = actor_called(values["actor"], declared)
    looked_on = _date("looked_on", values)
    return Silence(actor_id, _issue(values["issue"], declared), looked_on, values["where"], values["by"], actor)


def _membership(values: Mapping[str, str], declared: Declared) -> Membership:
    member_id, member = actor_called(values["member"], declared)
    group = slug(values["group"])
    if not group:
        raise _LeftOut("group", f"the group {values['group'][:80]!r} has no letter or digit")
    from_on, until_on = _from_until("membership", values)
    title = values["group_title"] or values["group"]
    address = web_address(values["document_url"])
    return Membership(member_id, group, from_on, until_on, values["note"], values["document"], address, member, title)


def _office(values: Mapping[str, str], declared: Declared) -> Tenure:
    actor_id, actor = actor_called(values["country"], declared) if values["country"] else ("", "")
    from_on, until_on = _from_until("office", values)
    checked = values["note"], values["document"], web_address(values["document_url"])
    person = code_of(values["spokesperson"])
    return Tenure(person, values["role"], actor_id, values["organisation"], from_on, until_on, *checked, values["spokesperson"], actor)


def _from_until(what: str, values: Mapping[str, str]) -> tuple[str, str]:
    """Both dates, the second not before the first."""
    from_on, until_on = _date("from", values), _date("until", values)
    if from_on and until_on and PartialDate.parse(until_on).last < PartialDate.parse(from_on).first:
        raise _LeftOut("until", f"the {what} ends ({until_on}) before it begins ({from_on})")
    return from_on, until_on


def _signatory(values: Mapping[str, str], declared: Declared) -> Signatory:
    actor_id, actor = actor_called(values["actor"], declared)
    signed = _SIGNED.get(values["signed"].casefold())
    if not signed:
        raise _LeftOut("signed", f"signed is {values['signed'][:80]!r}, neither signed nor dissociated")
    return Signatory(values["statement_id"], actor_id, values["organisation"], values["spokesperson"], signed, values["note"], actor)


def _coding(values: Mapping[str, str], declared: Declared) -> Coding:
    variable, value = slug(values["variable"]), values["value"]
    if variable in _VOCABULARIES:
        words, missing = _VOCABULARIES[variable]
        value, is_understood = find_code(value, tuple(words), missing)
        value = "" if value == missing else value
        if not is_understood:
            allowed = ", ".join(word for word in words if word != missing)
            raise _LeftOut("value", f"the {variable} {values['value'][:80]!r} is not one of {allowed}")
    elif variable == "issue" and value:
        value = _issue(value, declared)
    elif variable == "target" and value:
        value = actor_called(value, declared)[0]
    return Coding(values["statement_id"], values["coder"], variable, value, values["coded_on"])


def _relation(values: Mapping[str, str], declared: Declared) -> Relation:
    relation, this, other = slug(values["relation"]), values["statement_id"], values["other_statement_id"]
    if relation not in RELATIONS:
        raise _LeftOut("relation", f"the relation {values['relation'][:80]!r} is not one of {', '.join(RELATIONS)}")
    if this == other:
        raise _LeftOut("other_statement_id", "a statement cannot stand in a relation to itself")
    on = _date("on", values)
    if not this and (relation != "withdraws" or not on):
        raise _LeftOut("statement_id", "only a withdrawal with a date can do without the statement that makes it")
    return Relation(this, relation, other, on, values["note"])


def _date(column: str, values: Mapping[str, str]) -> str:
    """The date as ISO, as precise as written; "" for an empty cell."""
    if not values[column]:
        return ""
    (reading,) = read_dates([values[column]])
    if reading.date is None or any(code == "date-ambiguous" for code, _ in reading.warnings):
        raise _LeftOut(column, f"{column} is {values[column][:80]!r}, which is no date like 2016, 2016-07 or 2016-07-28")
    return str(reading.date)


def actor_called(name: str, declared: Declared) -> tuple[str, str]:
    """The id of the actor of that name, and what it is called: as declared, a state, a known organisation, or as written.

    >>> actor_called("Sweden", Declared()), actor_called("Test Front", Declared())
    (('SWE', 'Sweden'), ('test-front', 'Test Front'))
    """
    known = declared.actor_keys.get(tight_key(name))
    code = find_country(name)
    if not known and not code and (organisation := find_organisation(name)):
        known = declared.actor_keys.get(tight_key(organisation.actor_id))
        return (known.actor_id, known.name) if known else (organisation.actor_id, organisation.name)
    if known:
        return known.actor_id, known.name
    return (code, country_name(code)) if code else (code_of(name), name)


def _issue(name: str, declared: Declared) -> str:
    return declared.issue_keys.get(code_of(name), code_of(name))


_FORMATS: Mapping[str, _Format] = {
    "silences": _Format(
        {"actor": ("country", "actor_id"), "issue": ("issue_id",), "looked_on": ("date",), "where": ("place",), "by": ("coder", "by_whom")},
        ("actor", "issue", "looked_on"),
        _silence,
    ),
    "memberships": _Format(
        {
            "member": ("actor", "country", "member_id"),
            "group": ("group_id",),
            "group_title": (),
            "from": ("from_on", "since"),
            "until": ("until_on",),
            "note": (),
            "document": (),
            "document_url": ("url",),
        },
        ("member", "group"),
        _membership,
    ),
    "offices": _Format(
        {
            "spokesperson": ("person", "name"),
            "role": ("office",),
            "country": ("actor", "actor_id"),
            "organisation": (),
            "from": ("from_on", "since"),
            "until": ("until_on", "to"),
            "note": (),
            "document": (),
            "document_url": ("url",),
        },
        ("spokesperson", "role"),
        _office,
    ),
    "signatories": _Format(
        {"statement_id": ("id",), "actor": ("country", "actor_id"), "organisation": (), "spokesperson": (), "signed": (), "note": ()},
        ("statement_id", "actor"),
        _signatory,
    ),
    "codings": _Format(
        {"statement_id": ("id",), "coder": (), "variable": (), "value": (), "coded_on": ()},
        ("statement_id", "coder", "variable"),
        _coding,
    ),
    "relations": _Format(
        {"statement_id": ("id",), "relation": (), "other_statement_id": ("other", "other_id"), "on": ("date",), "note": ()},
        ("relation", "other_statement_id"),
        _relation,
    ),
}
