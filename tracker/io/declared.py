"""The tables beside the statements, as far as reading statements needs them: issues and actors by what people write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.core.beside import SideRecord
from tracker.core.documents import Document, Passage
from tracker.core.identifiers import slug
from tracker.core.model import Actor, Event, Issue
from tracker.io.actors_read import find_country
from tracker.io.matching import tight_key

NON_STATE = "non-state-organisation"


@dataclass(frozen=True)
class Declared:
    """What a data package says beside its statements; empty for a single file.

    ``issue_keys`` and ``actor_keys`` find an issue or an actor by the folded id or name.
    """

    issues: tuple[Issue, ...] = ()
    actors: tuple[Actor, ...] = ()
    events: tuple[Event, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    documents: tuple[Document, ...] = ()
    passages: tuple[Passage, ...] = ()
    sides: Mapping[str, tuple[SideRecord, ...]] = field(default_factory=dict)

    @property
    def issue_keys(self) -> dict[str, str]:
        """Every spelling of an issue's key and title, folded, with its id."""
        return {slug(name): issue.issue_id for issue in reversed(self.issues) for name in (issue.title, issue.issue_id)}

    @property
    def actor_keys(self) -> dict[str, Actor]:
        """Every spelling of an actor's id and name, folded; organisations that speak for no state are not among them."""
        return {tight_key(name): a for a in reversed(self.actors) if a.kind != NON_STATE or not a.country for name in (a.name, a.actor_id)}

    @property
    def not_of_their_state(self) -> frozenset[tuple[str, str]]:
        """(country code, folded name) of organisations of a country that do not speak for its state."""
        return frozenset(
            (find_country(a.country), tight_key(name))
            for a in self.actors
            if a.kind == NON_STATE and a.country
            for name in (a.name, a.actor_id)
        )
