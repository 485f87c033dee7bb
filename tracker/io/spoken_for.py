"""Whose position a row states: its country and organisation to an actor that is declared, known, or kept as written."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.core.vocabulary import NOT_GIVEN
from tracker.io.actors_read import find_country, find_organisation, nearest_names
from tracker.io.declared import Declared
from tracker.io.matching import match_key, tight_key
from tracker.io.names_coded import code_of

_LOOKED_UP = 2000
"""Names for which near ones are looked for: each takes a tenth of a millisecond."""


_NOBODY = frozenset({"n/a", "n.a.", "n. a.", "nan", "null", "nil", "none", "unknown", "not known", "not given", "tbd"})
"""Marks people and programs write where they know of nobody; NA alone is the code of Namibia."""


def names_somebody(cell: str) -> bool:
    """Whether a cell may name an actor: it has a letter, and is no mark for what is not known.

    >>> names_somebody("N/A"), names_somebody("?"), names_somebody("NA")
    (False, False, True)
    """
    return bool(match_key(cell)) and cell.strip().casefold() not in _NOBODY


@dataclass(frozen=True, slots=True)
class SpokenFor:
    """Whose position a row states: codes of the country, the actor and the organisation.

    ``unknown`` is the column whose name is not known, "" when there is none, or when an organisation is like none that is;
    ``meant`` are the known names of which it may be a slip of the pen.
    """

    country_code: str
    actor_id: str
    organisation_id: str
    speaks_for_actor: bool = True
    unknown: str = ""
    meant: tuple[str, ...] = ()


class ActorFinder:
    """Finds actors by name: among those declared beside the table first, then among what is known of the world."""

    def __init__(self, declared: Declared) -> None:
        self._actors = declared.actor_keys
        self._not_of_their_state = declared.not_of_their_state
        self._found: dict[tuple[str, str], SpokenFor] = {}

    def spoken_for(self, country: str, organisation: str) -> SpokenFor:
        """Whose position it is; the names as written, at least one of them with a letter."""
        key = (country.strip(), organisation.strip())
        found = self._found.get(key)
        if not found:
            found = self._found[key] = self._of_country(*key) if names_somebody(key[0]) else self._of_organisation(key[1])
        return found

    def actor_id(self, name: str) -> str:
        """The id of a known actor of that name: declared, a state, or an international organisation; "" otherwise."""
        declared = self._actors.get(tight_key(name))
        code = find_country(name)
        if declared or code:
            return declared.actor_id if declared else self._declared_id(code)
        organisation = find_organisation(name)
        return self._declared_id(organisation.actor_id) if organisation else ""

    def _of_country(self, country: str, organisation: str) -> SpokenFor:
        known = self.actor_id(country)
        code = known if known and find_country(known) == known else find_country(country)
        actor_id = known or code or code_of(country)
        organisation_id = code_of(actor_id, organisation) if names_somebody(organisation) else NOT_GIVEN
        speaks = (code, tight_key(organisation)) not in self._not_of_their_state
        if known:
            return SpokenFor(code, actor_id, organisation_id, speaks)
        return SpokenFor(code, actor_id, organisation_id, speaks, "country", self._meant(country))

    def _of_organisation(self, organisation: str) -> SpokenFor:
        code, known = find_country(organisation), self.actor_id(organisation)
        actor_id = known or code_of(organisation)
        meant = () if known else self._meant(organisation)
        return SpokenFor(code, actor_id, code_of(organisation) if code else actor_id, unknown="organisation" if meant else "", meant=meant)

    def _meant(self, name: str) -> tuple[str, ...]:
        return tuple(nearest_names(name)) if len(self._found) < _LOOKED_UP else ()

    def _declared_id(self, actor_id: str) -> str:
        declared = self._actors.get(tight_key(actor_id))
        return declared.actor_id if declared else actor_id
