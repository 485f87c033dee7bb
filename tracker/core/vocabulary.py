"""The coded values of a statement, each with its order and the word people read."""

from __future__ import annotations

NOT_CODED = "not-coded"
"""Nobody judged it: unlike neutral, unlike silence."""

NOT_GIVEN = "not-given"
"""The table has nothing in this column."""

STANCES: dict[str, str] = {
    "support": "support",
    "oppose": "oppose",
    "mixed": "mixed",
    "neutral": "neutral",
    NOT_CODED: "not coded",
}
"""What a statement holds of its issue's proposition, in the order of legends and tables."""

ACTS: dict[str, str] = {
    "comment": "comment",
    "agree": "agree",
    "support": "support",
    "request": "request",
    "demand": "demand",
    "accuse": "accuse",
    "reject": "reject",
    "threaten": "threaten",
    "protest": "protest",
    "promise": "promise",
    "announce": "announce",
    "deny": "deny",
    "condemn": "condemn",
    NOT_CODED: "not coded",
}
"""What a statement does."""

CHANNELS: dict[str, str] = {
    "meeting": "meeting",
    "press-briefing": "press briefing",
    "interview": "interview",
    "speech": "speech",
    "written-statement": "written statement",
    "joint-statement": "joint statement",
    "letter": "letter",
    "vote": "vote",
    "post": "post",
    NOT_GIVEN: "not given",
}
"""How it was said; ``venue`` keeps the words of the table."""

QUOTE_KINDS: dict[str, str] = {
    "direct": "word for word",
    "mixed": "partly quoted",
    "indirect": "reported, not quoted",
}
"""How the words of a quote are given; quotation marks are drawn around none but the first."""

ACTOR_KINDS: dict[str, str] = {
    "state": "state",
    "international-organisation": "international organisation",
    "non-state-organisation": "organisation that does not speak for a state",
}

COVERAGE_STATES: dict[str, str] = {
    "said": "said something since",
    "possibly": "may have since: only the month or year is known",
    "silent": "silent since: somebody looked and found nothing",
    "not-looked": "not looked since",
}
"""Whether an actor has spoken on an issue since a day; every pair is in exactly one of them."""

STATE_MARKS: dict[str, str] = {
    "said": "\u25cf",
    "possibly": "\u25d0",
    "not-coded": "\u25a1",
    "silent": "\u25cb",
    "not-looked": "\u2013",
    "filtered": "\u00b7",
}
"""The sign beside the words, so that colour never stands alone."""


def quote_kind_of(written: str) -> str:
    """The kind of quote a cell names, "" when it names none: nobody said how the words are given.

    >>> quote_kind_of(" Indirect"), quote_kind_of("hearsay")
    ('indirect', '')
    """
    kind = written.strip().casefold()
    return kind if kind in QUOTE_KINDS else ""
