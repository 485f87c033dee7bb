"""Persons who say something together: the first of them is the spokesperson, the others sign beside."""

from __future__ import annotations

from dataclasses import replace

from tracker.core.beside import Signatory
from tracker.core.candidates import Speaker


def first_and_others(speaker: Speaker) -> tuple[Speaker, tuple[Signatory, ...]]:
    """Who a statement is kept under, and who says it beside them, each with the actor as written ("" where nothing tells it).

    Persons of one actor are one, named together: a position is the actor's. Those of whom nothing tells more than one actor
    stay the one speaker they are written as. The role of a signatory is its note.

    >>> both = Speaker("Jane Roe and Ann Lee", together=(Speaker(name="Jane Roe", country="NOR"), Speaker(name="Ann Lee", country="SWE")))
    >>> first, (other,) = first_and_others(both)
    >>> first.name, first.country, other.spokesperson, other.actor
    ('Jane Roe', 'NOR', 'Ann Lee', 'SWE')
    """
    by_actor: dict[str, list[Speaker]] = {}
    for person in speaker.together:
        by_actor.setdefault(person.country or person.organisation, []).append(person)
    if len(by_actor) < 2:
        return speaker, ()
    first, *others = (_as_one(persons, speaker.role) for persons in by_actor.values())
    return first, tuple(map(_signatory, others))


def _as_one(persons: list[Speaker], role: str) -> Speaker:
    names = ", ".join(person.name or person.as_written for person in persons)
    roles = dict.fromkeys(person.role for person in persons if person.role)
    return replace(persons[0], name=names, role=", ".join(roles) or role)


def _signatory(person: Speaker) -> Signatory:
    organisation = person.organisation if person.country else ""
    actor = person.country or person.organisation
    return Signatory("", "", organisation, person.name, note=person.role, actor=actor)
