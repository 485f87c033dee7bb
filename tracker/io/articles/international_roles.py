"""Offices that only an international organisation has: "High Representative", "Secretary-General"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from tracker.core.candidates import Speaker
from tracker.io.actors_read import find_organisation
from tracker.io.articles.letters import evened
from tracker.io.articles.states_of_words import ARTICLES
from tracker.io.articles.word_lists import table, words_of

_HEADING, _BEGINNING = 300, 6000
_LONGEST_NAME = 3
_OF = frozenset({"of", "for", "de", "des", "der", "von", "della", "delle"})


def of_organisation(speaker: Speaker, text: str) -> Speaker:
    """The speaker with the organisation that begins or ends the role, or the only one with such an office that the text names.

    A commissioner is the Union's only where the heading names it: cities have commissioners too.

    >>> role = Speaker("Jane Roe", name="Jane Roe", role="Secretary-General")
    >>> of_organisation(role, "NATO will wait.").organisation, of_organisation(role, "NATO and the UN will wait.").organisation
    ('NATO', '')
    >>> roles = ["EU envoy", "spokesman for the United Nations", "envoy to the United Nations"]
    >>> [of_organisation(Speaker("Jane Roe", role=role), "").organisation for role in roles]
    ['EU', 'UN', '']
    """
    if named := _named_in(speaker.role):
        return replace(speaker, organisation=named)
    role, found = evened(speaker.role), set()
    for organisation, roles, length, names in _offices():
        if roles.match(role) and names.search(text, 0, min(len(text), length)):
            found.add(organisation)
    return replace(speaker, organisation=found.pop()) if len(found) == 1 else speaker


def is_international(role: str) -> bool:
    """Whether the words of a role name an office that only an international organisation has.

    >>> is_international("Spokesman for the Secretary-General"), is_international("Spokesman")
    (True, False)
    """
    return any(roles.search(evened(role)) for _, roles, _, _ in _offices())


def _named_in(role: str) -> str:
    """The organisation whose name a role begins with, or ends with behind "of" or "for"; "" when there is none."""
    words = words_of(role)
    for n_words in range(min(_LONGEST_NAME, len(words) - 1), 0, -1):
        lead = [word.low for word in words[:-n_words] if word.low not in ARTICLES]
        ends = find_organisation(role[words[-n_words].start :]) if lead and lead[-1] in _OF else None
        known = find_organisation(role[: words[n_words - 1].end]) or ends
        if known:
            return known.name
    return ""


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
