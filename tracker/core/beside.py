"""Optional tables beside the statements (silences, memberships, offices, signatories …), each row a record of plain texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

GROUP = "group:"
"""Begins the code of a group where an actor's code can stand; no actor's code has a colon."""

RELATIONS: dict[str, str] = {
    "withdraws": "withdrawn",
    "corrects": "corrected",
    "supersedes": "superseded",
    "reaffirms": "reaffirmed",
}
"""What one statement can do to another, and what the other then is."""

ENDINGS = ("withdraws", "corrects", "supersedes")
"""After these the other statement is no longer in force."""

RETRACTIONS = ("withdraws", "corrects")
"""After these it is taken never to have been a position."""

SIGNED, DISSOCIATED = "signed", "dissociated"


@dataclass(frozen=True, slots=True)
class SideRecord:
    """One row of a table beside the statements. All fields are texts, dates as ``PartialDate`` writes them, "" unknown."""

    keyed_by: ClassVar[tuple[str, ...]] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """What no two rows of a table share."""
        return tuple(getattr(self, name) for name in self.keyed_by)


@dataclass(frozen=True, slots=True)
class Silence(SideRecord):
    """Somebody looked for words of an actor on an issue, somewhere, on a date, and found nothing."""

    keyed_by: ClassVar[tuple[str, ...]] = ("actor_id", "issue_id", "looked_on", "where")

    actor_id: str
    issue_id: str
    looked_on: str
    where: str = ""
    by: str = ""
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Membership(SideRecord):
    """A member of a group from one day until another, both inclusive, "" where there is no such end.

    ``group_id`` is the code without ``GROUP`` before it; ``document`` names where the dates can be checked.
    """

    keyed_by: ClassVar[tuple[str, ...]] = ("member_id", "group_id", "from_on", "until_on")

    member_id: str
    group_id: str
    from_on: str = ""
    until_on: str = ""
    note: str = ""
    document: str = ""
    document_url: str = ""
    member: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Tenure(SideRecord):
    """An office that a spokesperson held from one day until another, both inclusive, "" where no such end is on record.

    ``actor_id`` is whose office it is, "" where the row does not say; ``document`` names where the dates can be checked.
    """

    keyed_by: ClassVar[tuple[str, ...]] = ("spokesperson_id", "role", "organisation", "from_on", "until_on")

    spokesperson_id: str
    role: str
    actor_id: str = ""
    organisation: str = ""
    from_on: str = ""
    until_on: str = ""
    note: str = ""
    document: str = ""
    document_url: str = ""
    spokesperson: str = ""
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Signatory(SideRecord):
    """An actor that signed a joint statement beside the one whose row it is, or dissociated itself from it."""

    keyed_by: ClassVar[tuple[str, ...]] = ("statement_id", "actor_id")

    statement_id: str
    actor_id: str
    organisation: str = ""
    spokesperson: str = ""
    signed: str = SIGNED
    note: str = ""
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Coding(SideRecord):
    """What one coder judged of one variable of a statement; ``value`` is a code, "" where the coder left it open."""

    keyed_by: ClassVar[tuple[str, ...]] = ("statement_id", "coder", "variable")

    statement_id: str
    coder: str
    variable: str
    value: str = ""
    coded_on: str = ""


@dataclass(frozen=True, slots=True)
class Relation(SideRecord):
    """What one statement does to an earlier one: a key of ``RELATIONS``, since ``on`` ("" since it was said).

    ``statement_id`` is "" for a withdrawal that is no statement of the data.
    """

    keyed_by: ClassVar[tuple[str, ...]] = ("statement_id", "relation", "other_statement_id")

    statement_id: str
    relation: str
    other_statement_id: str
    on: str = ""
    note: str = ""


SIDE_TABLES: dict[str, type[SideRecord]] = {
    "silences": Silence,
    "memberships": Membership,
    "offices": Tenure,
    "signatories": Signatory,
    "codings": Coding,
    "relations": Relation,
}
"""The name of each table (its file is ``<name>.csv``, its field in a data set and its table in the snapshot the name) and its rows."""
