"""Whose position a statement is: its own actor's, each signatory's, and a group's when its member said it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import ibis
import ibis.expr.types as ir

from tracker.analysis.corpus import Corpus
from tracker.analysis.selecting import by_facets, matching, with_doubt
from tracker.analysis.shapes import Ends
from tracker.core.groups import is_group
from tracker.core.selection import Selection

ELSEWHERE = "signed, but in the row of another signatory"
"""Why a statement that an actor signed does not count for it, where each counts for its own actor only."""


def is_several(corpus: Corpus, each: bool, codes: Sequence[str] = ()) -> bool:
    """Whether :func:`spoken` can have a statement more than once, so that different statements have to be counted."""
    return (each and "signatories" in corpus.beside) or any(map(is_group, codes))


def spoken(corpus: Corpus, selection: Selection, *, each: bool = True, codes: Sequence[str] = ()) -> ir.Table:
    """The selected statements once for each actor whose position they are, which stands in ``actor_id``.

    With ``each`` that is every signatory that the selection holds, else the actor whose row it is: then what was found for a
    signature only has ``is_elsewhere``, and places nothing. ``codes`` are the actors and groups that are told apart: a group
    has what its members said as of their dates, with the member in ``member_id``; nobody else is in the table then. Without
    them everybody stands alone, members of a group asked for too. ``is_signed`` says that it is another actor's row.
    ``is_possibly`` is as in :func:`matching`; membership that is only possible makes it true.
    """
    held = matching(corpus, selection)
    # Codes stay what the store holds them as where they can: as plain texts a million of them are grouped more slowly.
    own = held.actor_id.cast("string") if is_several(corpus, each, codes) else held.actor_id
    held = held.mutate(actor_id=own, member_id=own, is_signed=ibis.literal(False), is_elsewhere=ibis.literal(False))
    if "signatories" in corpus.beside:
        held = _each(corpus, held, selection) if each else _elsewhere(corpus, held, selection)
    return _told_apart(corpus, held, selection, codes) if codes else held


def _each(corpus: Corpus, held: ir.Table, selection: Selection) -> ir.Table:
    expanded = corpus.belonging.per_signatory(held)
    expanded = expanded.filter(_all(by_facets(expanded, selection, corpus.belonging.alone)))
    return expanded.mutate(is_signed=expanded.actor_id != expanded.member_id, member_id=expanded.actor_id)


def _elsewhere(corpus: Corpus, held: ir.Table, selection: Selection) -> ir.Table:
    return held.mutate(is_elsewhere=~_all(by_facets(held, selection, corpus.belonging.alone)))


def _told_apart(corpus: Corpus, held: ir.Table, selection: Selection, codes: Sequence[str]) -> ir.Table:
    alone = [code for code in codes if not is_group(code)]
    by_window = with_doubt(held, Ends.of(selection.window))
    parts = [held.filter(held.actor_id.isin(alone))] if alone else []
    belonging = corpus.belonging.alone
    for code in filter(is_group, codes):
        doubt = by_window.is_possibly | ~belonging.surely(by_window, [code])
        members = by_window.mutate(is_possibly=doubt).filter(belonging.possibly(by_window, [code]))
        parts.append(members.mutate(actor_id=ibis.literal(code)).select(*held.columns))
    return reduce(lambda one, other: one.union(other), parts)


def _all(predicates: Sequence[ir.BooleanValue]) -> ir.BooleanValue:
    return ibis.and_(*predicates) if len(predicates) > 1 else predicates[0] if predicates else ibis.literal(True)
