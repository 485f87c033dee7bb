"""Silence as a dated record: where somebody looked and found nothing, and who has not spoken on what since a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import Any

import ibis
import ibis.expr.types as ir

from tracker.analysis.corpus import Corpus
from tracker.analysis.results import LeftOut, LookedFor, SilenceCell, SilenceCoverage
from tracker.core.beside import Silence
from tracker.core.dates import PartialDate, Window
from tracker.core.groups import is_group
from tracker.core.selection import Selection
from tracker.core.vocabulary import NOT_GIVEN

MAX_ACTORS = 60
MAX_ISSUES = 20

_Cell = tuple[str, str]


def looked_for(
    corpus: Corpus, actors: Sequence[str], issues: Sequence[str], window: Window = Window()
) -> dict[_Cell, tuple[LookedFor, ...]]:
    """The silences on record by actor and issue, newest first, without those surely looked for before the window begins.

    A look after the window's end counts: what was searched then includes it.
    """
    if "silences" not in corpus.beside or not actors or not issues:
        return {}
    held = corpus.beside["silences"]
    name = ("silences", tuple(actors), tuple(issues))
    rows = corpus.ask(name, lambda: held.filter(held.actor_id.isin(actors), held.issue_id.isin(issues)))
    found: dict[_Cell, list[LookedFor]] = {}
    for silence in (Silence(**row) for row in rows):
        looked_on = PartialDate.parse(silence.looked_on)
        if not window.first or looked_on.last >= window.first:
            found.setdefault((silence.actor_id, silence.issue_id), []).append(LookedFor(str(looked_on), silence.where, silence.by))
    return {cell: tuple(sorted(looks, key=attrgetter("looked_on", "where"), reverse=True)) for cell, looks in found.items()}


def who_is_silent(corpus: Corpus, selection: Selection, actors: Sequence[str], issues: Sequence[str]) -> SilenceCoverage:
    """When each actor last spoke on each issue, or where somebody looked and found nothing, or that nobody looked.

    The day asked about is the beginning of the selection's window; what was said before it is shown too, so that of the
    selection only the window's end holds: a filter on words would make silent who is not. Groups stand for their members
    at the window's end; only statements that speak for the actor count. Every cell is in exactly one of the four counts.
    Actors after ``MAX_ACTORS`` and issues after ``MAX_ISSUES`` are left out, and said.
    """
    since = selection.window.first
    actors = _members_for_groups(corpus, selection, actors)
    shown, on = tuple(actors)[:MAX_ACTORS], tuple(issues)[:MAX_ISSUES]
    asked = Selection().including("actor", *shown).including("issue", *on).within(Window(None, selection.window.until))
    said = {(row["actor_id"], row["issue_id"]): row for row in _last_said(corpus, asked, since)} if shown and on else {}
    looks = looked_for(corpus, shown, on)
    cells = tuple(_cell(actor, issue, said.get((actor, issue)), looks.get((actor, issue), ()), since) for actor in shown for issue in on)
    return SilenceCoverage(since, shown, on, cells, _past(actors, issues))


def _last_said(corpus: Corpus, selection: Selection, since: date | None) -> list[dict[str, Any]]:
    def question(narrow: ir.Table) -> ir.Table:
        held = narrow.filter(narrow.speaks_for_actor, narrow.actor_id != NOT_GIVEN)
        day = ibis.literal(since) if since else held.stated_from
        newest = ibis.row_number().over(
            ibis.window(
                group_by=["actor_id", "issue_id"], order_by=[held.stated_from.desc(), held.stated_to.desc(), held.row_number.desc()]
            )
        )
        marked = held.mutate(place=newest, is_since=held.stated_from >= day, may_be_since=held.stated_to >= day)
        return marked.group_by("actor_id", "issue_id").aggregate(
            n=marked.count(),
            n_since=marked.is_since.cast("int32").sum(),
            n_may_be_since=marked.may_be_since.cast("int32").sum(),
            last_from=marked.stated_from.max(where=marked.place == 0),
            last_precision=marked.date_precision.cast("string").max(where=marked.place == 0),
            last_id=marked.statement_id.max(where=marked.place == 0),
        )

    return corpus.ask_chosen(("last said", since), question, selection)


def _cell(actor: str, issue: str, row: Mapping[str, Any] | None, looks: tuple[LookedFor, ...], since: date | None) -> SilenceCell:
    relevant = tuple(look for look in looks if not since or PartialDate.parse(look.looked_on).last >= since)
    empty = SilenceCell(actor, issue, "silent" if relevant else "not-looked", looks=looks)
    if row is None:
        return empty
    last_on = str(row["last_from"])[: {"day": 10, "month": 7, "year": 4}[row["last_precision"]]]
    found = replace(empty, n_statements=row["n"], last_on=last_on, last_id=row["last_id"])
    if row["n_since"]:
        return replace(found, state="said", n_since=int(row["n_since"]))
    return replace(found, state="possibly") if row["n_may_be_since"] else found


def _members_for_groups(corpus: Corpus, selection: Selection, actors: Sequence[str]) -> tuple[str, ...]:
    day = selection.window.last or corpus.last_day
    found = [corpus.groups.members_on(code, day) if is_group(code) else (code,) for code in actors]
    return tuple(dict.fromkeys(chain.from_iterable(found)))


def _past(actors: Sequence[str], issues: Sequence[str]) -> tuple[LeftOut, ...]:
    n_actors, n_issues = max(0, len(actors) - MAX_ACTORS), max(0, len(issues) - MAX_ISSUES)
    found = (LeftOut(f"actors after the first {MAX_ACTORS}", n_actors), LeftOut(f"issues after the first {MAX_ISSUES}", n_issues))
    return tuple(left for left in found if left.n_statements)
