"""Words that several pages use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from tracker.analysis.results import StatementRow
from tracker.core.selection import Catalogue
from tracker.core.views import View
from tracker.core.vocabulary import QUOTE_KINDS, quote_kind_of


def distinct_labels(catalogue: Catalogue, parameter: str, codes: Sequence[str]) -> dict[str, str]:
    """A label for every code that no other code of the list has: equal names are told apart by their code.

    >>> distinct_labels(Catalogue(labels={"actor": {"a": "Same", "b": "Same"}}), "actor", ["a", "b", "c"])
    {'a': 'Same (a)', 'b': 'Same (b)', 'c': 'c'}
    """
    labels = {code: catalogue.label(parameter, code) for code in codes}
    n_by_label = Counter(labels.values())
    return {code: label if n_by_label[label] == 1 else f"{label} ({code})" for code, label in labels.items()}


_OVERRIDES = re.compile("([\u202d\u202e])")


def apart(text: str) -> list[str]:
    """A text in pieces, each second one a character that turns the letters after it around (an override).

    No language needs one, and letters that read the other way round than they are kept mislead whoever reviews them.

    >>> apart("a\u202eb"), apart("ab")
    (['a', '\\u202e', 'b'], ['ab'])
    """
    return _OVERRIDES.split(text)


def given_as(kind: str) -> str:
    """What stands above words that are not, or not all, the speaker's own; "" above a quotation.

    >>> given_as("indirect"), given_as("direct")
    ('Reported, not quoted: the words are the document’s', '')
    """
    why = {"mixed": "only what stands between marks was said so", "indirect": "the words are the document’s"}.get(kind, "")
    return f"{QUOTE_KINDS[kind].capitalize()}: {why}" if why else ""


def said_in_short(row: StatementRow, n_characters: int = 180) -> str:
    """The words of a statement for a line or a tooltip: in English where there is a translation, and how they are given.

    Without a quote the position, our paraphrase; without marks around any of them.
    """
    words = row.quote_en or row.quote or row.position
    kind = quote_kind_of(row.quote_kind) if row.quote else ""
    before = {"mixed": "Partly quoted: ", "indirect": "Reported: "}.get(kind, "")
    return f"{before}{words[:n_characters]}{'…' if len(words) > n_characters else ''}"


def joint_words(n_joint: int, view: View) -> str:
    """How the joint statements of a page are counted, in a sentence.

    >>> joint_words(1, View("/timeline"))
    '1 joint statement: counted once, in the lane of the actor whose row it is.'
    >>> joint_words(2, View("/timeline", choices={"lane": "issue", "joint": "each"}))
    '2 joint statements: each counted once, in its own lane.'
    """
    subject = f"{n_joint:,} joint statement{'' if n_joint == 1 else 's'}"
    whose = "the actor whose row it is" if n_joint == 1 else "the actors whose rows they are"
    each = view.choice("joint") == "each"
    if view.path == "/timeline" and view.choice("lane") != "actor":
        return f"{subject}: {'' if n_joint == 1 else 'each '}counted once, in its own lane."
    if view.path == "/timeline":
        how = "counted once for each signatory, so that bars and lanes add up to more than there are statements"
        return f"{subject}: {how if each else 'counted once, in the lane of ' + whose}."
    how = f"a position of each signatory; the number of statements counts {'it' if n_joint == 1 else 'each'} once"
    return f"{subject}: {how if each else 'a position only of ' + whose}."
