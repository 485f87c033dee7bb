"""Offices that only an international organisation has: "High Representative", "Secretary-General"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from tracker.core.candidates import Speaker
from tracker.io.actors_read import find_organisation
from tracker.io.articles.letters import evened
from tracker.io.articles.word_lists import table, words_of

_HEADING, _BEGINNING = 300, 6000
_LONGEST_NAME = 3


def of_organisation(speaker: Speaker, text: str) -> Speaker:
    """The speaker with the organisation that begins the role, or the only one with such an office that the text names.

    A commissioner is the Union's only where the heading names it: cities have commissioners too.

    >>> role = Speaker("Jane Roe", name="Jane Roe", role="Secretary-General")
    >>> of_organisation(role, "NATO will wait.").organisation, of_organisation(role, "NATO and the UN will wait.").organisation
    ('NATO', '')
    >>> of_organisation(Speaker("Jane Roe", role="EU envoy"), "").organisation
    'EU'
    """
    words = words_of(speaker.role)
    for n_words in range(_LONGEST_NAME, 0, -1):
        known = find_organisation(speaker.role[: words[n_words - 1].end]) if len(words) > n_words else None
        if known:
            return replace(speaker, organisation=known.name)
    role, found = evened(speaker.role), set()
    for organisation, roles, length, names in _offices():
        if roles.match(role) and names.search(text, 0, min(len(text), length)):
            found.add(organisation)
    return replace(speaker, organisation=found.pop()) if len(found) == 1 else speaker


@cache
def _offices() -> tuple[tuple[str, re.Pattern[str], int, re.Pattern[str]], ...]:
    return tuple(
        (
            row["organisation"],
            re.compile(rf"(?:{_any_of(evened(row['role']))})(?!\w)(?!\s(?:for|of|in|de|für)\s)"),
            _HEADING if row["within"] == "heading" else _BEGINNING,
            re.compile(rf"(?<!\w)(?:{_any_of(row['names'])})(?!\w)"),
        )
        for row in table("international_roles.csv")
    )


def _any_of(cell: str) -> str:
    return "|".join(re.escape(word) for word in cell.split("|"))
