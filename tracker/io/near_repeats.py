"""Statements of one document that say nearly the same: likely entered twice, with a slip corrected or a word left out."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracker.core.folding import fold
from tracker.core.model import Statement
from tracker.core.problems import Problem, Severity

_WORDS_TOGETHER = 2
_FEWEST_WORDS = 5
_MOST_WORDS = 400
_SIGNS = 4
_MOST_LIKE_ONE = 20
"""So many that begin alike are compared with one; a document may have one phrase a thousand times."""
_ALIKE = 0.75


@dataclass(frozen=True, slots=True)
class HeldWords:
    """Words that a data set has already: those of the statement of that id, in that document."""

    statement_id: str
    document: str
    actor_id: str
    issue_id: str
    spokesperson_id: str
    words: str


def document_of(statement: Statement) -> str:
    """What the document of a statement is known by: its address, else its title; "" when it has neither."""
    return statement.document_url or statement.written["document_title"]


def near_repeats(statements: Iterable[Statement], file: str, known: frozenset[int] = frozenset()) -> Iterator[Problem]:
    """A warning for each statement whose words nearly repeat an earlier one of its document, actor and issue.

    Work grows with the number of statements: only those are compared of which one of the four least shingles (two
    words in a row) is equal. ``known`` are records that were told of already.
    """
    groups: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for s in statements:
        if document := document_of(s):
            groups[document, s.actor_id, s.issue_id, s.spokesperson_id].append(s)
    for group in groups.values():
        if len(group) > 1:
            yield from _within(group, file, known)


def repeats_of_held(statements: Iterable[Statement], held: Iterable[HeldWords], file: str) -> Iterator[Problem]:
    """A warning for each statement whose words nearly repeat, or repeat, those a data set has of its document, actor and issue."""
    signed: dict[tuple[object, ...], list[tuple[HeldWords, frozenset[int]]]] = defaultdict(list)
    for one in held:
        shingles = _shingles(one.words)
        for sign in sorted(shingles)[:_SIGNS]:
            signed[one.document, one.actor_id, one.issue_id, one.spokesperson_id, sign].append((one, shingles))
    for s in statements:
        shingles = _shingles(_words_of(s))
        about = document_of(s), s.actor_id, s.issue_id, s.spokesperson_id
        others = (pair for sign in sorted(shingles)[:_SIGNS] for pair in signed.get((*about, sign), ())[:_MOST_LIKE_ONE])
        twin = next((other for other, words in others if _are_alike(shingles, words)), None)
        if twin:
            message = (
                f"the row says nearly the same as statement {twin.statement_id[:80]!r} of this data set, in the same document; both are "
                "kept. Remove one if it was entered twice"
            )
            yield Problem("nearly-repeated", message, Severity.WARNING, file, s.record, s.line, "quote")


def _words_of(statement: Statement) -> str:
    return statement.written["quote"] or statement.written["position"]


def _within(group: Sequence[Statement], file: str, known: frozenset[int]) -> Iterator[Problem]:
    first_with: dict[int, tuple[Statement, frozenset[int]]] = {}
    for statement in group:
        shingles = _shingles(_words_of(statement))
        signs = sorted(shingles)[:_SIGNS]
        earlier = {id(pair): pair for sign in signs if (pair := first_with.get(sign))}
        twin = next((other for other, words in earlier.values() if _are_alike(shingles, words)), None)
        if twin and statement.record not in known:
            message = (
                f"the row says nearly the same as row {twin.line} of the same document, by its actor on its issue; both were kept. "
                "Remove one if it was entered twice"
            )
            yield Problem("nearly-repeated", message, Severity.WARNING, file, statement.record, statement.line, "quote")
        for sign in signs:
            first_with.setdefault(sign, (statement, shingles))


def _are_alike(one: frozenset[int], other: frozenset[int]) -> bool:
    return len(one & other) >= _ALIKE * max(len(one), len(other), 1)


def _shingles(text: str) -> frozenset[int]:
    """Every two words in a row of the folded text, as numbers; none for a text of a few words."""
    words = fold(text).split()[:_MOST_WORDS]
    if len(words) < _FEWEST_WORDS:
        return frozenset()
    return frozenset(zlib.crc32(" ".join(words[n : n + _WORDS_TOGETHER]).encode()) for n in range(len(words) - _WORDS_TOGETHER + 1))
