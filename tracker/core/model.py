"""A data set as values: statements with what was written and what it was taken for, and the tables beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.core.beside import Coding, Membership, Relation, Signatory, Silence, Tenure
from tracker.core.dates import PartialDate
from tracker.core.documents import Document, Passage
from tracker.core.problems import Problem, Severity, count_records


@dataclass(frozen=True, slots=True)
class Statement:
    """Spokesperson X said Y for actor A on issue I on a date, published in a document.

    ``written`` holds every column of ``core.columns.STATEMENT_COLUMNS`` except ``statement_id`` and ``stated_on``
    exactly as written ("" when the table has nothing there). What was taken from it stands beside: codes that
    links use, "" (or NOT_CODED / NOT_GIVEN for facets with a closed vocabulary) when there is none.

    ``speaks_for_actor`` is False for organisations that are of a country but do not speak for its state
    (an opposition, an armed movement): their words are listed under the country but carry no position of it.
    """

    statement_id: str
    stated_on: PartialDate
    written: Mapping[str, str]
    country_code: str
    actor_id: str
    organisation_id: str
    spokesperson_id: str
    issue_id: str
    stance_code: str
    act_code: str
    target_id: str
    language_code: str
    channel_code: str
    document_url: str
    speaks_for_actor: bool = True
    record: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Actor:
    """A state or organisation whose position it is; ``kind`` is a key of ``vocabulary.ACTOR_KINDS``."""

    actor_id: str
    name: str
    kind: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A ministry, mission or organisation; its label names the country when the name alone is not unique."""

    organisation_id: str
    name: str
    label: str
    actor_id: str
    speaks_for_actor: bool = True


@dataclass(frozen=True, slots=True)
class Spokesperson:
    """A person (or account) who uttered statements, with the role held most recently in the data."""

    spokesperson_id: str
    name: str
    role: str
    actor_id: str


@dataclass(frozen=True, slots=True)
class Issue:
    """What positions are about; the proposition is what can be supported or opposed."""

    issue_id: str
    title: str
    proposition: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: context for timelines, not a statement."""

    event_id: str
    happened_on: PartialDate
    title: str
    description: str = ""
    document_url: str = ""


class Outcome(StrEnum):
    """How loading ended: all rows kept or accounted for, some rejected, or nothing loaded."""

    LOAD_OK = "load_ok"
    PARTIAL = "partial"
    REJECT = "reject"


@dataclass(frozen=True)
class DataSet:
    """A loaded data set with all that was wrong in it: kept + rejected + ignored = records, always.

    ``content_hash`` (sha-256, hex) changes when any byte of its tables does. When ``refusal`` is not empty nothing
    was loaded and it says why. ``languages`` names in English every language code that occurs. ``guesses`` are what
    reading could not know for certain: (what it is about, what was taken, why).
    """

    name: str
    title: str = ""
    description: str = ""
    licence: str = ""
    statements: tuple[Statement, ...] = ()
    actors: tuple[Actor, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    spokespersons: tuple[Spokesperson, ...] = ()
    issues: tuple[Issue, ...] = ()
    events: tuple[Event, ...] = ()
    documents: tuple[Document, ...] = ()
    passages: tuple[Passage, ...] = ()
    silences: tuple[Silence, ...] = ()
    memberships: tuple[Membership, ...] = ()
    offices: tuple[Tenure, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    codings: tuple[Coding, ...] = ()
    relations: tuple[Relation, ...] = ()
    problems: tuple[Problem, ...] = ()
    n_records: int = 0
    content_hash: str = ""
    refusal: str = ""
    languages: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    delimiter: str = ""
    format: str = ""
    guesses: tuple[tuple[str, str, str], ...] = ()

    @property
    def n_rejected(self) -> int:
        """Records left out because something in them cannot be used."""
        return count_records(self.problems, Severity.REJECTED)

    @property
    def n_ignored(self) -> int:
        """Records that are no statements or say the same again."""
        return count_records(self.problems, Severity.IGNORED)

    @property
    def outcome(self) -> Outcome:
        """How loading ended."""
        if self.refusal or not self.statements:
            return Outcome.REJECT
        return Outcome.PARTIAL if self.n_rejected else Outcome.LOAD_OK
