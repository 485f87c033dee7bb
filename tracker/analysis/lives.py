"""The life of statements: withdrawn, corrected, superseded or reaffirmed, by which other statement and from which day on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir

from tracker.analysis.marking import marked
from tracker.core.beside import ENDINGS, RETRACTIONS

if TYPE_CHECKING:
    from tracker.analysis.corpus import Corpus

MAX_STEPS = 50


@dataclass(frozen=True, slots=True)
class LifeStep:
    """One relation of two statements: ``statement_id`` withdraws, corrects, supersedes or reaffirms the other since ``on``.

    ``statement_id`` is "" for a withdrawal that is no statement of the data; ``on`` is a partial date.
    """

    statement_id: str
    relation: str
    other_statement_id: str
    on: str
    note: str


def with_ended(statements: ir.Table, corpus: Corpus, until: date | ir.DateValue | None, relations: tuple[str, ...] = ENDINGS) -> ir.Table:
    """The statements with ``is_ended``: whether each was withdrawn, corrected or superseded (``relations``) by a day; without one, ever.

    A relation holds from the first day its date can mean, as then the statement is no longer surely in force. Where the
    relation gives no date, that of the statement that ends the other is meant.
    """
    if "relations" not in corpus.beside:
        return statements.mutate(is_ended=ibis.literal(False))
    held = _dated(corpus).filter(lambda t: t.relation.isin(relations))
    if until is not None:
        held = held.filter(held.from_on <= (ibis.literal(until) if isinstance(until, date) else until))
    return marked(statements, "is_ended", held.other_statement_id)


def with_retracted(statements: ir.Table, corpus: Corpus, until: date | None) -> ir.Table:
    """The same for statements withdrawn or corrected: those that were superseded were the position in their time."""
    return with_ended(statements, corpus, until, RETRACTIONS)


def lives(corpus: Corpus) -> Mapping[str, LifeStep]:
    """For each statement that was ended the earliest relation that did it; of one day withdrawn before corrected before superseded."""
    found: dict[str, tuple[date, int, LifeStep]] = {}
    for from_on, step in _steps(corpus):
        if step.relation in ENDINGS:
            rank = (from_on, ENDINGS.index(step.relation), step)
            held = found.get(step.other_statement_id)
            if held is None or rank[:2] < held[:2]:
                found[step.other_statement_id] = rank
    return {statement_id: step for statement_id, (_, _, step) in found.items()}


def life_of(corpus: Corpus, statement_id: str) -> tuple[LifeStep, ...]:
    """Every relation that leads to the statement or from it, however many steps away, oldest first, at most ``MAX_STEPS``."""
    by_statement: defaultdict[str, list[tuple[date, LifeStep]]] = defaultdict(list)
    for dated in _steps(corpus):
        for end in {dated[1].statement_id, dated[1].other_statement_id} - {""}:
            by_statement[end].append(dated)
    seen: set[str] = set()
    waiting, steps = [statement_id], {}
    while waiting and len(steps) < MAX_STEPS:
        this = waiting.pop()
        seen.add(this)
        for from_on, step in by_statement[this]:
            steps[step] = from_on
            waiting += [end for end in (step.statement_id, step.other_statement_id) if end and end not in seen]
    order = sorted(steps, key=lambda step: (steps[step], step.other_statement_id, step.statement_id))
    return tuple(order[:MAX_STEPS])


def _steps(corpus: Corpus) -> list[tuple[date, LifeStep]]:
    if "relations" not in corpus.beside:
        return []
    rows = corpus.ask("relations", lambda: _dated(corpus))
    return [
        (row["from_on"], LifeStep(row["statement_id"], row["relation"], row["other_statement_id"], row["on"], row["note"])) for row in rows
    ]


def _dated(corpus: Corpus) -> ir.Table:
    """The relations with the first day from which they hold, and ``on`` filled from the statement that makes them."""
    held = corpus.beside["relations"].view()
    said = corpus.statements.select(by_id="statement_id", said_on="stated_on")
    both = held.left_join(said, held.statement_id == said.by_id)
    on = (both.on != "").ifelse(both.on, both.said_on.fill_null(""))
    whole = on.length().cases((4, on + "-01-01"), (7, on + "-01"), else_=on)
    return both.select(
        "statement_id", "relation", "other_statement_id", "note", on=on, from_on=(whole != "").ifelse(whole, "0001-01-01").cast("date")
    )
