"""How well statements match a search: BM25, from an index of words where there is one and by reading where there is none."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from tracker.analysis.searching import Lookup, Rows, in_text, part_of
from tracker.core.columns import FACET_BY_PARAMETER
from tracker.core.searching import Term, read_search

SATURATION, LENGTH_SHARE = 1.2, 0.75
"""BM25's k₁ and b: how soon repeating a word stops to matter, and how much long texts are held back."""

DIGITS = 6
"""Scores are rounded to so many digits, so that equal ones are equal whatever the order of adding."""


def ranked_by(search: str) -> tuple[Term, ...]:
    """The terms of a search that rank what it finds: those looked for in texts."""
    return tuple(term for term in read_search(search).terms if term.field not in FACET_BY_PARAMETER)


def scores(statements: ir.Table, search: str, lookup: Lookup) -> ir.Table:
    """``row_number`` and ``score`` of every statement with a term of the search; higher is better, always above 0.

    BM25 (Robertson and Walker 1994) with ``ln(1 + (N - n + 0.5) / (n + 0.5))`` for a term in n of N statements, summed over
    the terms that are not after NOT. Words count as often as they stand there; phrases, exact words and Arabic words once.
    Lengths are in words of the search text. The search must have a term that ranks.
    """
    lengths = lookup.index.lengths if lookup.index else _lengths(statements)
    whole = lengths.aggregate(n_all=lengths.count(), mean_words=lengths.n_words.mean())
    parts = [_score(_times(statements, term, lookup), lengths, whole) for term in ranked_by(search)]
    both = ibis.union(*parts) if len(parts) > 1 else parts[0]
    summed = both.group_by("row_number").aggregate(score=both.score.sum())
    return summed.mutate(score=summed.score.round(DIGITS))


def _score(times: ir.Table, lengths: ir.Table, whole: ir.Table) -> ir.Table:
    """The part of one term: ``times`` has how often it stands in each statement that has it."""
    having = times.aggregate(n_having=times.count())
    held = times.inner_join(lengths, "row_number").select("row_number", "n_times", "n_words").cross_join(whole).cross_join(having)
    # As floats before any number is written beside them: Spark takes 2.2 for a decimal, and rounds what it does with whole numbers.
    counts = {name: held[name].cast("float64") for name in ("n_times", "n_words", "n_all", "mean_words", "n_having")}
    held = held.select("row_number", **counts)
    rarity = ((held.n_all - held.n_having + 0.5) / (held.n_having + 0.5) + 1.0).ln()
    longer = 1 - LENGTH_SHARE + LENGTH_SHARE * held.n_words / held.mean_words
    share = held.n_times * (SATURATION + 1) / (held.n_times + SATURATION * longer)
    return held.select("row_number", score=rarity * share)


def _times(statements: ir.Table, term: Term, lookup: Lookup) -> ir.Table:
    """``row_number`` and ``n_times`` of every statement that has the term."""
    if lookup.index is None:
        return _read_times(statements.filter(in_text(statements.search_text, term)), term)
    rows = Rows(statements, lookup, lookup.index)
    if not term.is_repeatable:
        return rows.of_term(term).distinct().mutate(n_times=ibis.literal(1, "int64"))
    places, unindexed = rows.places(term), lookup.index.unindexed
    indexed = places.group_by("row_number").aggregate(n_times=places.count())
    if unindexed is None:
        return indexed
    return ibis.union(indexed.anti_join(unindexed, "row_number"), _read_times(unindexed.filter(in_text(unindexed.search_text, term)), term))


def _read_times(having: ir.Table, term: Term) -> ir.Table:
    if not term.is_repeatable:
        return having.select("row_number", n_times=ibis.literal(1, "int64"))
    text = part_of(having.search_text, term)
    n_letters = text.length() - text.replace(term.needle, "").length()
    return having.select("row_number", n_times=(n_letters / len(term.needle)).round().cast("int64"))


def _lengths(statements: ir.Table) -> ir.Table:
    text = statements.search_text
    return statements.select("row_number", n_words=(text.length() - text.replace(" ", "").length()).cast("int32"))
