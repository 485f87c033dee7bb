"""How many statements each filter would give, and how much a selection holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from tracker.analysis.corpus import Corpus
from tracker.analysis.periods import period_of, period_start
from tracker.analysis.results import FacetCount, FacetsResult, SelectionCount
from tracker.core.columns import FACETS, Facet
from tracker.core.selection import Selection
from tracker.core.vocabulary import NOT_GIVEN

_NUMBERED = ("actor", "spokesperson", "issue")
"""The facets of which a count says how many different values there are."""

_PLACES = {facet.parameter: place for place, facet in enumerate(FACETS, start=1)}


def count_selection(corpus: Corpus, selection: Selection) -> SelectionCount:
    """How much the selection holds; possible statements count, and ``n_possibly`` says how many they are.

    ``first_on`` and ``last_on`` are the earliest and latest day that any date can mean, ``None`` for nothing.
    Statements without a spokesperson or issue add none to their numbers.
    """
    key = ("count", selection)
    if held := corpus.kept.get(key):
        return held
    (row,) = corpus.ask_chosen("count", count_question, selection)
    return corpus.kept.put(key, read_count(row, corpus.n_statements))


def count_facets(corpus: Corpus, selection: Selection, parameters: Sequence[str] | None = None) -> FacetsResult:
    """The values of each facet (or only these) with the statements each would give.

    Each facet is counted under all filters except its own, so that its other values stay to be chosen. Values
    without any statement are not listed; *not given* and *not coded* are values like others.
    """
    asked = [facet.parameter for facet in FACETS if parameters is None or facet.parameter in parameters]
    # One pass for all that are not filtered, one narrow pass for each that is: a relation for both at once, of what
    # at most one facet keeps out, is so much larger that it took twice the time at a million statements.
    filtered = [name for name in asked if selection.codes(name) or selection.excluded_codes(name)]
    count, counted = _count_at_once(corpus, selection, [name for name in asked if name not in filtered])
    for name in filtered:
        counted |= count_values(corpus, selection.including(name).excluding(name), name)
    return FacetsResult(count, {name: counted[name] for name in asked})


def count_values(corpus: Corpus, selection: Selection, *parameters: str, each: bool = False) -> dict[str, tuple[FacetCount, ...]]:
    """The values that the selected statements have in these facets, most statements first, equal counts by code.

    With ``each`` a joint statement counts once for each signatory.
    """
    kept = {name: corpus.kept.get(("values", selection, name, each)) for name in parameters}
    found = {name: counts for name, counts in kept.items() if counts is not None}
    facets = tuple(facet for facet in FACETS if facet.parameter in parameters and facet.parameter not in found)
    if not facets:
        return found
    name = ("facets", tuple(facet.parameter for facet in facets))
    rows = corpus.ask_chosen(name, lambda narrow: _facet_question(narrow, facets), selection, each=each)
    return found | _kept_values(corpus, selection, facets, rows, each=each)


def _count_at_once(
    corpus: Corpus, selection: Selection, parameters: Sequence[str]
) -> tuple[SelectionCount, dict[str, tuple[FacetCount, ...]]]:
    """:func:`count_selection` and :func:`count_values` in one pass: how many actors there are is how many values that facet has."""
    if held := corpus.kept.get(("count", selection)):
        return held, count_values(corpus, selection, *parameters)
    facets = tuple(facet for facet in FACETS if facet.parameter in {*parameters, *_NUMBERED})
    name = ("count and facets", tuple(facet.parameter for facet in facets))
    rows = corpus.ask_chosen(name, lambda narrow: _count_and_facets(narrow, facets), selection)
    counted = _kept_values(corpus, selection, facets, [row for row in rows if row["place"]])
    n_statements = sum(count.n_statements for count in counted[_NUMBERED[0]])
    numbers = (sum(count.code != NOT_GIVEN for count in counted[name]) for name in _NUMBERED)
    (whole,) = (row for row in rows if not row["place"])
    days = (period_start("day", whole[end]) if n_statements else None for end in ("first", "last"))
    count = SelectionCount(n_statements, int(whole["n"]), corpus.n_statements, *numbers, *days)
    return corpus.kept.put(("count", selection), count), counted


def _kept_values(
    corpus: Corpus, selection: Selection, facets: Sequence[Facet], rows: Iterable[Mapping[str, Any]], *, each: bool = False
) -> dict[str, tuple[FacetCount, ...]]:
    by_place: dict[int, list[FacetCount]] = {_PLACES[facet.parameter]: [] for facet in facets}
    for row in rows:
        by_place[row["place"]].append(FacetCount(row["code"], row["n"]))
    found = {FACETS[place - 1].parameter: tuple(sorted(counts, key=_most_first)) for place, counts in by_place.items()}
    return {name: corpus.kept.put(("values", selection, name, each), counts) for name, counts in found.items()}


def count_question(narrow: ir.Table) -> ir.Table:
    """The numbers of :class:`SelectionCount` but the total, as one row."""
    return narrow.aggregate(
        n=narrow.count(),
        n_possibly=narrow.is_possibly.cast("int32").sum().coalesce(0),
        n_actors=narrow.actor_id.nunique(where=narrow.actor_id != NOT_GIVEN),
        n_spokespersons=narrow.spokesperson_id.nunique(where=narrow.spokesperson_id != NOT_GIVEN),
        n_issues=narrow.issue_id.nunique(where=narrow.issue_id != NOT_GIVEN),
        first_on=narrow.stated_from.min(),
        last_on=narrow.stated_to.max(),
    )


def read_count(row: Mapping[str, Any], total: int) -> SelectionCount:
    """The one row of :func:`count_question` as a result."""
    return SelectionCount(
        row["n"], int(row["n_possibly"]), total, row["n_actors"], row["n_spokespersons"], row["n_issues"], row["first_on"], row["last_on"]
    )


def n_selected(corpus: Corpus, selection: Selection) -> int:
    """How many statements the selection holds, possible ones too."""
    if held := corpus.kept.get(("count", selection)):
        return held.n_statements
    return corpus.ask_chosen("n", lambda narrow: narrow.aggregate(n=narrow.count()), selection)[0]["n"]


def _most_first(count: FacetCount) -> tuple[int, str]:
    return -count.n_statements, count.code


def _facet_question(narrow: ir.Table, facets: Sequence[Facet]) -> ir.Table:
    parts = [_one_facet(narrow, facet) for facet in facets]
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def _count_and_facets(narrow: ir.Table, facets: Sequence[Facet]) -> ir.Table:
    """One row of place 0 with the statements in doubt and the ends of their dates as whole numbers, which travel to every engine."""
    first, last = period_of(narrow.stated_from.min(), "day"), period_of(narrow.stated_to.max(), "day")
    whole = narrow.aggregate(n=narrow.is_possibly.cast("int32").sum().coalesce(0), first=first.coalesce(0), last=last.coalesce(0))
    whole = whole.select(ibis.literal(0, "int8").name("place"), ibis.literal("").name("code"), "n", "first", "last")
    nothing = ibis.literal(0, "int32")
    return ibis.union(whole, *(_one_facet(narrow, facet).mutate(first=nothing, last=nothing) for facet in facets))


def _one_facet(narrow: ir.Table, facet: Facet) -> ir.Table:
    counted = narrow.group_by(code=narrow[facet.column]).aggregate(n=narrow.count())
    place = ibis.literal(_PLACES[facet.parameter], "int8")
    return counted.select(place.name("place"), counted.code.cast("string").name("code"), "n")
