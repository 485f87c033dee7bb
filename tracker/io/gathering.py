"""Tables of actors, organisations, spokespersons and issues gathered from statements and what the package declares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracker.core.identifiers import slug
from tracker.core.labels import with_unique_labels
from tracker.core.model import Actor, Issue, Organisation, Spokesperson, Statement
from tracker.core.vocabulary import NOT_GIVEN
from tracker.io.actors_read import country_name, find_organisation, is_country_code
from tracker.io.declared import NON_STATE, Declared


def with_spokespersons_told_apart(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with ids of spokespersons that name the actor too where two actors have one of that name."""
    actors_of: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        actors_of[statement.spokesperson_id].add(statement.actor_id)
    shared = {person for person, actors in actors_of.items() if len(actors) > 1} - {NOT_GIVEN}
    told: dict[tuple[str, str], str] = {}
    for statement in statements:
        if statement.spokesperson_id in shared:
            key = (statement.spokesperson_id, statement.actor_id)
            told_apart = told.get(key) or told.setdefault(key, f"{key[0]}-{slug(key[1])}")
            # They were made just now and nobody else holds them; a million copies would take as long as reading them.
            object.__setattr__(statement, "spokesperson_id", told_apart)
    return tuple(statements)


def gather_actors(statements: Sequence[Statement], declared: Declared) -> tuple[Actor, ...]:
    """Everyone statements are by or about, by id: declared ones as declared, others by their usual English name."""
    found: dict[str, Actor] = {}
    known = {actor.actor_id: actor for actor in declared.actors}
    for s in statements:
        if s.actor_id in found:
            continue
        is_of_state = bool(s.written["country"].strip())
        name = s.written["country" if is_of_state else "organisation"].strip()
        found[s.actor_id] = known.get(s.actor_id) or _actor(s.actor_id, name, s.country_code, is_of_state=is_of_state)
    for s in statements:
        if s.target_id != NOT_GIVEN and s.target_id not in found:
            name = s.written["target"].strip()
            found[s.target_id] = known.get(s.target_id) or _actor(s.target_id, name, "", is_of_state=False)
    return tuple(found[actor_id] for actor_id in sorted(found))


def _actor(actor_id: str, name: str, country_code: str, *, is_of_state: bool) -> Actor:
    if is_country_code(actor_id):
        return Actor(actor_id, country_name(actor_id), "state", actor_id)
    organisation = find_organisation(name)
    if organisation:
        return Actor(actor_id, organisation.name, "international-organisation")
    return Actor(actor_id, name, "state" if is_of_state else NON_STATE, country_code)


def gather_organisations(statements: Sequence[Statement], actors: Iterable[Actor]) -> tuple[Organisation, ...]:
    """Every organisation by id; the label names the actor where several have an organisation of that name."""
    names = {actor.actor_id: actor.name for actor in actors}
    first = {s.organisation_id: s for s in reversed(statements) if s.organisation_id != NOT_GIVEN}
    found = (Organisation(code, s.written["organisation"].strip(), "", s.actor_id, s.speaks_for_actor) for code, s in sorted(first.items()))
    return with_unique_labels(found, names)


def gather_spokespersons(statements: Sequence[Statement], roles: dict[str, str]) -> tuple[Spokesperson, ...]:
    """Every spokesperson by id, named as first written, with the role held most recently."""
    found: dict[str, Spokesperson] = {}
    for s in statements:
        if s.spokesperson_id != NOT_GIVEN and s.spokesperson_id not in found:
            found[s.spokesperson_id] = Spokesperson(
                s.spokesperson_id, s.written["spokesperson"].strip(), roles.get(s.spokesperson_id, ""), s.actor_id
            )
    latest: dict[str, tuple[tuple[int, int, int], str]] = {}
    for s in statements:
        if s.written["role"] and s.spokesperson_id not in roles:
            held_on = (s.stated_on.year, s.stated_on.month or 1, s.stated_on.day or 1)
            role = s.written["role"].strip()
            if role and held_on >= latest.get(s.spokesperson_id, (held_on, ""))[0]:
                latest[s.spokesperson_id] = (held_on, role)
    found |= {person: replace(found[person], role=role) for person, (_, role) in latest.items() if person in found}
    return tuple(found[person] for person in sorted(found))


def gather_issues(statements: Sequence[Statement], declared: Declared) -> tuple[Issue, ...]:
    """The declared issues in their order, then those only statements name, by id."""
    known = {issue.issue_id: issue for issue in declared.issues}
    other: dict[str, Issue] = {}
    for s in statements:
        if s.issue_id != NOT_GIVEN and s.issue_id not in known and s.issue_id not in other:
            other[s.issue_id] = Issue(s.issue_id, s.written["issue"].strip())
    return (*declared.issues, *(other[issue_id] for issue_id in sorted(other)))
