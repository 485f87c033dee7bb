"""Who changed position, when, in which words: stretches of one stance in the statements of an actor on an issue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir

from tracker.analysis.corpus import Corpus
from tracker.analysis.listing import MAX_LISTED_IDS, rows_by_number
from tracker.analysis.results import LeftOut, StatementRow
from tracker.analysis.sequences import (
    NO_ISSUE,
    NOT_CODED_WHY,
    NOT_SPEAKING,
    POSSIBLY,
    RETRACTED,
    SIGNED_ELSEWHERE,
    Sequences,
    moments,
    placed,
    stretches,
    with_evidence,
)
from tracker.analysis.spoken import ELSEWHERE
from tracker.core.selection import Selection
from tracker.core.vocabulary import NOT_GIVEN

LANES_A_PAGE = 20
MAX_LANE_MARKS = 120
MAX_STRETCH_IDS = 200
SIDES = frozenset(["support", "oppose"])

_REASONS = {
    NOT_CODED_WHY: "whose stance nobody coded",
    POSSIBLY: "only possibly in this window",
    NOT_SPEAKING: "by organisations that do not speak for the state",
    RETRACTED: "withdrawn or corrected by then",
    SIGNED_ELSEWHERE: ELSEWHERE,
    NO_ISSUE: "without an issue, or without anybody to whom it belongs",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One statement of a lane; ``state`` is evidence, repeat, contested or unplaced, or says why it places nothing."""

    row: StatementRow
    state: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A position held: one stance, from ``first`` to ``last``, with so much evidence, outliers of other stances between it.

    ``n_repeats`` say the same again without being evidence. ``n_against`` say something else between ``first`` and the next
    stretch, ``n_may_be_against`` may, by their partial date. The ids are those of evidence and of what speaks against it, at
    most ``MAX_STRETCH_IDS`` each.
    """

    stance: str
    first: StatementRow
    last: StatementRow
    n_evidence: int
    n_repeats: int
    n_against: int
    n_may_be_against: int
    evidence_ids: tuple[str, ...]
    against_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """A change of position: the last statement of the stretch before and the first of the one after.

    ``kind`` is reversal (support to oppose or back) or movement (to or from mixed or neutral). The days between lie between
    ``days_least`` and ``days_most``, which differ when a date is partial. ``shared`` is spokesperson or organisation when one
    of them is evidence on both sides, "" when others spoke before than after.
    """

    code: str
    issue_id: str
    kind: str
    before: Stretch
    after: Stretch
    said_before: StatementRow
    said_after: StatementRow
    days_least: int
    days_most: int
    shared: str


@dataclass(frozen=True, slots=True)
class Lane:
    """The statements of one code on one issue in time: positions held, changes between them, and the marks to draw.

    ``n_statements`` counts what can place a position; ``marks`` are the newest of all, at most ``MAX_LANE_MARKS``.
    """

    code: str
    issue_id: str
    stretches: tuple[Stretch, ...]
    shifts: tuple[Shift, ...]
    first_said: StatementRow
    marks: tuple[Mark, ...]
    n_statements: int
    n_marks: int


@dataclass(frozen=True, slots=True)
class Shifts:
    """One page of lanes, the latest change first, lanes without one after them.

    Of ``n_lanes`` lanes with a statement that can place a position, ``n_settled`` hold one with enough evidence and
    ``n_changed`` of these changed it, ``n_shifts`` times in all. ``n_statements`` can place a position; the rest is left out.
    """

    lane: str
    evidence: int
    lanes: tuple[Lane, ...]
    n_lanes: int
    n_settled: int
    n_changed: int
    n_shifts: int
    n_statements: int
    page: int
    n_pages: int
    left_out: tuple[LeftOut, ...] = ()

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """The changes of the lanes shown, latest first."""
        found = [shift for lane in self.lanes for shift in lane.shifts]
        return tuple(sorted(found, key=lambda shift: (shift.said_after.stated_from, shift.code, shift.issue_id), reverse=True))


def find_shifts(
    corpus: Corpus,
    selection: Selection,
    lane: str = "actor",
    evidence: int = 2,
    *,
    each: bool = True,
    only_changed: bool = True,
    page: int = 1,
    size: int = LANES_A_PAGE,
) -> Shifts:
    """Every change of position of every code of the facet ``lane`` on every issue, latest first, ``size`` lanes a page.

    A position is held when at least ``evidence`` statements in a row carry one stance; a change is a held position after
    another one, surely later. What counts as evidence, and what is done with repeats, contradictions of one day and partial
    dates, is defined in docs/measures.md and in :mod:`tracker.analysis.sequences`. Statements only possibly in the window,
    not coded or (in lanes of actors) not speaking for the actor place nothing: they are left out and counted. The order of
    the statements and copies of them change nothing. With ``each`` a joint statement is a position of every signatory (in
    lanes of actors), and counts once in ``n_statements`` and in what is left out. A page past the end is the last one.
    """
    held = Sequences(corpus, selection, lane, each)
    counted = {row["why_not"]: row for row in held.ask("counts", lambda said: _counts_question(said, held.is_several))}
    size_of = counted.get("", {"n": 0, "n_lanes": 0})
    rows = _page_of(held, evidence, page, size) if size_of["n"] else []
    if page > 1 and not any(row["n_shifts"] or not only_changed for row in rows):
        n_shown = _shown(_page_of(held, evidence, 1, size), only_changed)
        page = max(1, -(-n_shown // size))
        rows = _page_of(held, evidence, page, size)
    totals = rows[0] if rows else {"n_settled": 0, "n_changed": 0, "n_all_shifts": 0}
    kept = [row for row in rows if row["n_shifts"] or not only_changed]
    return Shifts(
        lane=lane,
        evidence=evidence,
        lanes=_lanes(held, kept),
        n_lanes=size_of["n_lanes"],
        n_settled=totals["n_settled"],
        n_changed=totals["n_changed"],
        n_shifts=totals["n_all_shifts"],
        n_statements=size_of["n"],
        page=page,
        n_pages=max(1, -(-_shown(rows, only_changed) // size)),
        left_out=_left_out(held, counted),
    )


def _shown(rows: Sequence[Mapping[str, Any]], only_changed: bool) -> int:
    return rows[0]["n_changed" if only_changed else "n_settled"] if rows else 0


def _page_of(held: Sequences, evidence: int, page: int, size: int) -> list[dict[str, Any]]:
    """The stretches of the lanes of one page, each with the totals of all lanes."""
    rows = held.ask(("stretches", evidence, page, size), lambda said: _stretches_question(said, evidence, page, size))
    return sorted(rows, key=lambda row: (row["nth"], row["place"]))


def _stretches_question(said: ir.Table, evidence: int, page: int, size: int) -> ir.Table:
    found = stretches(moments(placed(with_evidence(said))), evidence)
    by_lane = found.group_by("code", "issue_id").aggregate(
        n_shifts=found.place.max(),
        n_held=found.n_evidence.sum(),
        latest=found.first_from.max(where=found.place > 0),
    )
    everywhere = ibis.window()
    order = [by_lane.latest.desc(nulls_first=False), by_lane.n_held.desc(), by_lane.code, by_lane.issue_id]
    numbered = by_lane.mutate(
        n_settled=by_lane.count().over(everywhere),
        n_changed=(by_lane.n_shifts > 0).cast("int32").sum().over(everywhere).cast("int64"),
        n_all_shifts=by_lane.n_shifts.sum().over(everywhere).cast("int64"),
        nth=ibis.row_number().over(ibis.window(order_by=order)),
    )
    top = numbered.filter((numbered.nth >= (page - 1) * size) & (numbered.nth < page * size)).drop("latest", "n_held")
    return found.inner_join(top, ["code", "issue_id"])


def _counts_question(said: ir.Table, is_several: bool) -> ir.Table:
    lane = said.code.cast("string").concat(" ", said.issue_id.cast("string"))
    n = said.row_number.nunique() if is_several else said.count()
    return said.group_by("why_not").aggregate(n=n, n_lanes=lane.nunique())


def _left_out(held: Sequences, counted: Mapping[str, Mapping[str, Any]]) -> tuple[LeftOut, ...]:
    if not counted.keys() - {""}:
        return ()

    def question(said: ir.Table) -> ir.Table:
        out = said.filter(said.why_not != "")
        place = ibis.row_number().over(ibis.window(group_by="why_not", order_by=[out.stated_from, out.statement_id]))
        numbered = out.mutate(place=place)
        return numbered.filter(numbered.place < MAX_LISTED_IDS).order_by("why_not", "place").select("why_not", "statement_id")

    ids: defaultdict[str, list[str]] = defaultdict(list)
    for row in held.ask("left out", question):
        ids[row["why_not"]].append(row["statement_id"])
    return tuple(LeftOut(words, counted[why]["n"], tuple(dict.fromkeys(ids[why]))) for why, words in _REASONS.items() if why in counted)


# --- the lanes of one page: single statements ------------------------------------------------------------------


def _lanes(held: Sequences, rows: Sequence[Mapping[str, Any]]) -> tuple[Lane, ...]:
    by_lane: defaultdict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        by_lane[row["code"], row["issue_id"]].append(row)
    if not by_lane:
        return ()
    codes, issues = (tuple(sorted({key[part] for key in by_lane})) for part in (0, 1))
    said: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in held.ask(("rows", codes, issues), lambda table: _rows_question(table, codes, issues)):
        said[row["code"], row["issue_id"]].append(row)
    drafts = {key: _Draft(found, said[key]) for key, found in by_lane.items()}
    numbers = {number for draft in drafts.values() for number in draft.numbers()}
    wide = {row.statement_id: row for row in rows_by_number(held.corpus, numbers, held.selection.window)}
    return tuple(draft.lane(code, issue, wide) for (code, issue), draft in drafts.items())


def _rows_question(said: ir.Table, codes: Sequence[str], issues: Sequence[str]) -> ir.Table:
    inside = said.filter(said.code.isin(codes) & said.issue_id.isin(issues))
    able = with_evidence(inside)
    key = ["code", "row_number"]
    sure = placed(able).select(*key).mutate(is_placed=True)
    marked = able.select(*key, "is_evidence").left_join(sure, key).drop("code_right", "row_number_right")
    found = inside.left_join(marked, key).drop("code_right", "row_number_right", "voice", "document", "words")
    return found.order_by("code", "issue_id", "stated_from", "stated_to", "statement_id")


class _Draft:
    """One lane while its statements are told apart; rows come in the order of their dates."""

    def __init__(self, held: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> None:
        self.held, self.rows = held, rows
        self.able = [row for row in rows if not row["why_not"]]
        self.in_order = [row for row in self.able if row["is_placed"]]
        stances: defaultdict[tuple[date, date], set[str]] = defaultdict(set)
        for row in self.in_order:
            stances[_moment(row)].add(row["stance_code"])
        self.contested = {moment for moment, found in stances.items() if len(found) > 1}
        self.spans = [self._span(place) for place in range(len(held))]
        self.firsts = [self._clear(place)[0] for place in range(len(held))]
        self.lasts = [self._clear(place)[-1] for place in range(len(held))]
        self.marked = [row for row in rows if row["why_not"] != NO_ISSUE][-MAX_LANE_MARKS:]

    def numbers(self) -> set[int]:
        """The places of all statements that have to be read whole."""
        return {row["row_number"] for row in (self.able[0], *self.firsts, *self.lasts, *self.marked)}

    def lane(self, code: str, issue: str, wide: Mapping[str, StatementRow]) -> Lane:
        """The lane with its statements read."""
        found = tuple(self._stretch(place, wide) for place in range(len(self.held)))
        changes = tuple(self._shift(place, found, wide) for place in range(1, len(found)))
        marks = tuple(Mark(wide[row["statement_id"]], self._state(row)) for row in self.marked)
        n_marks = sum(row["why_not"] != NO_ISSUE for row in self.rows)
        return Lane(code, issue, found, changes, wide[self.able[0]["statement_id"]], marks, len(self.able), n_marks)

    def _span(self, place: int) -> tuple[date, date]:
        """From the first day of a stretch to the first of the next one, which is not in it."""
        until = self.held[place + 1]["first_from"] if place + 1 < len(self.held) else date.max
        return self.held[place]["first_from"], until

    def _during(self, place: int) -> Iterable[Mapping[str, Any]]:
        begins, until = self.spans[place]
        return (row for row in self.in_order if begins <= row["stated_from"] < until)

    def _clear(self, place: int) -> list[Mapping[str, Any]]:
        """Statements of a stretch with its stance, on dates that do not contradict themselves; evidence first on its first day."""
        stance = self.held[place]["stance"]
        found = [row for row in self._during(place) if row["stance_code"] == stance and _moment(row) not in self.contested]
        first = next(row for row in found if row["is_evidence"])
        return [first, *(row for row in found if row is not first and row["stated_from"] >= first["stated_from"])]

    def _stretch(self, place: int, wide: Mapping[str, StatementRow]) -> Stretch:
        held, (begins, until) = self.held[place], self.spans[place]
        same = self._clear(place)
        against = [row for row in self._during(place) if row["stance_code"] != held["stance"]]
        unsure = [row for row in self.able if not row["is_placed"] and row["stance_code"] != held["stance"]]
        may_be = [row for row in unsure if row["stated_to"] >= begins and row["stated_from"] < until]
        evidence = [row["statement_id"] for row in same if row["is_evidence"]]
        return Stretch(
            stance=held["stance"],
            first=wide[self.firsts[place]["statement_id"]],
            last=wide[self.lasts[place]["statement_id"]],
            n_evidence=len(evidence),
            n_repeats=len(same) - len(evidence),
            n_against=len(against),
            n_may_be_against=len(may_be),
            evidence_ids=tuple(evidence[:MAX_STRETCH_IDS]),
            against_ids=tuple(row["statement_id"] for row in (*against, *may_be))[:MAX_STRETCH_IDS],
        )

    def _shift(self, place: int, found: Sequence[Stretch], wide: Mapping[str, StatementRow]) -> Shift:
        before, after = self.lasts[place - 1], self.firsts[place]
        sides = [[row for row in self._clear(side) if row["is_evidence"]] for side in (place - 1, place)]
        return Shift(
            code=after["code"],
            issue_id=after["issue_id"],
            kind="reversal" if {found[place - 1].stance, found[place].stance} == SIDES else "movement",
            before=found[place - 1],
            after=found[place],
            said_before=wide[before["statement_id"]],
            said_after=wide[after["statement_id"]],
            days_least=(after["stated_from"] - before["stated_to"]).days,
            days_most=(after["stated_to"] - before["stated_from"]).days,
            shared=next((name for name in ("spokesperson", "organisation") if _shared(name, *sides)), ""),
        )

    def _state(self, row: Mapping[str, Any]) -> str:
        if row["why_not"]:
            return row["why_not"]
        if not row["is_placed"]:
            return "unplaced"
        if _moment(row) in self.contested:
            return "contested"
        return "evidence" if row["is_evidence"] else "repeat"


def _moment(row: Mapping[str, Any]) -> tuple[date, date]:
    return row["stated_from"], row["stated_to"]


def _shared(name: str, before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]) -> bool:
    """Whether one spokesperson (or organisation) is on both sides."""
    first, second = ({row[f"{name}_id"] for row in side} - {NOT_GIVEN} for side in (before, after))
    return bool(first & second)
