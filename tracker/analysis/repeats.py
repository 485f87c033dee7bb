"""Statements that stand in a data set twice: another id, the same actor, spokesperson, issue, date and words."""

from __future__ import annotations

from collections import defaultdict

import ibis
import ibis.expr.types as ir

from tracker.analysis.corpus import Corpus
from tracker.analysis.results import Repeats
from tracker.core.selection import Selection

MOST_LISTED = 50
_SAME = ("actor_id", "spokesperson_id", "issue_id", "stance_code", "stated_from", "stated_to")
_BEGINNING = 60
"""Texts are grouped by how they begin, end and how long they are, and compared whole only when they are listed."""


def repeats(corpus: Corpus, selection: Selection = Selection()) -> Repeats:
    """The selected statements that say the same in the same document on the same day under several ids, the first in the table first.

    At most ``MOST_LISTED`` groups are looked through; ``has_more`` says whether there may be others. Words that differ in a
    letter are no repeat here.
    """
    found = corpus.ask_chosen("repeats", lambda narrow: _question(corpus.statements, narrow), selection)
    words: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for row in found:
        words[row["first"], row["quote"], row["position"]].append(row["statement_id"])
    groups = tuple(tuple(ids) for ids in words.values() if len(ids) > 1)
    return Repeats(groups, sum(map(len, groups)), has_more=len({row["first"] for row in found}) >= MOST_LISTED)


def _question(statements: ir.Table, narrow: ir.Table) -> ir.Table:
    held = _alike(statements, narrow)
    about = {f"{name}_{part}": cut for name in ("quote", "position") for part, cut in _parts(held[name]).items()}
    held = held.mutate(**about)
    held = held.filter((held.quote_length > 0) | (held.position_length > 0))
    keys = [*_SAME, "document_url", *about]
    groups = held.group_by(keys).aggregate(n=held.count(), first=held.row_number.min())
    groups = groups.filter(groups.n > 1).order_by("first").limit(MOST_LISTED)
    joined = held.inner_join(groups, keys)
    return joined.select("first", "row_number", "statement_id", "quote", "position").order_by([ibis.asc("first"), ibis.asc("row_number")])


def _alike(statements: ir.Table, narrow: ir.Table) -> ir.Table:
    """The statements of which another has the same codes and dates: only their texts need be looked at."""
    several = narrow.group_by(_SAME).aggregate(n=narrow.count())
    rows = narrow.inner_join(several.filter(several.n > 1), _SAME).select("row_number")
    held = statements.select("row_number", "statement_id", *_SAME, "document_url", "quote", "position")
    return held.semi_join(rows, "row_number")


def _parts(text: ir.StringValue) -> dict[str, ir.Value]:
    return {"length": text.length(), "begins": text.left(_BEGINNING), "ends": text.right(_BEGINNING)}
