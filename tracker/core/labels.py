"""Labels that tell organisations apart: each is called by its name, and by its actor too where the name alone is not enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from tracker.core.identifiers import slug
from tracker.core.model import Organisation


def with_unique_labels(organisations: Iterable[Organisation], actor_names: Mapping[str, str]) -> tuple[Organisation, ...]:
    """The organisations, labelled by name; with the actor's name behind it where several actors have one of that name.

    Names count as equal when they differ in case, accents or punctuation only. An actor without a name is called by its id.

    >>> foreign = [Organisation(f"{code}-mfa", "Foreign Ministry", "", code) for code in ("FRA", "USA")]
    >>> [held.label for held in with_unique_labels(foreign, {"FRA": "France"})]
    ['Foreign Ministry (France)', 'Foreign Ministry (USA)']
    """
    held = tuple(organisations)
    actors_with: dict[str, set[str]] = defaultdict(set)
    for organisation in held:
        actors_with[slug(organisation.name)].add(organisation.actor_id)

    def label(organisation: Organisation) -> str:
        is_unique = len(actors_with[slug(organisation.name)]) == 1
        return organisation.name if is_unique else f"{organisation.name} ({actor_names.get(organisation.actor_id, organisation.actor_id)})"

    return tuple(replace(organisation, label=label(organisation)) for organisation in held)
