"""Statements of compared columns, cell by cell: which count, which carry the position in force, which may be later."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import attrgetter
from typing import Any

import ibis
import ibis.expr.types as ir

from tracker.analysis.corpus import Corpus
from tracker.analysis.lives import with_ended
from tracker.analysis.periods import period_number, period_of
from tracker.analysis.results import ComparedColumn
from tracker.analysis.selecting import matching
from tracker.analysis.shapes import Shape, placeholder
from tracker.core.columns import FACET_BY_PARAMETER
from tracker.core.dates import PartialDate
from tracker.core.groups import is_group
from tracker.core.selection import Selection
from tracker.core.vocabulary import NOT_CODED

COLUMN_PARAMETERS = ("actor", "organisation", "spokesperson")
MAX_OTHERS, MAX_CELL_IDS = 3, 200
"""Beside those that carry the position, so many statements of a cell come with their words, and so many at least by id."""

CellKey = tuple[str, str, bool]

_BREAK, _DIGITS, _DAYS = "\x1f", 4, 4_000_000
_CELL = ("parameter", "code", "member", "issue_id", "counts")
_FLAGS = ("is_first", "is_carrier", "may_be_later", "is_ended")

COMPARED: ir.Table = ibis.table(
    {
        "parameter": "string",
        "code": "string",
        "member": "string",
        "issue_id": "string",
        "stance_code": "string",
        "statement_id": "string",
        "row_number": "int32",
        "stated_from": "date",
        "stated_to": "date",
        "latest_day": "int32",
        "is_possibly": "boolean",
        "counts": "boolean",
        "is_ended": "boolean",
    },
    name="chosen",
)
"""One row for each statement and column it belongs to; ``member`` is who of a group, "" in other columns.

``latest_day`` is the last day it can mean inside the window.
"""


_OF_COLUMNS = ("parameter", "code", "member", "counts", "latest_day")
_HELD = ("actor_id", "organisation_id", "spokesperson_id", "speaks_for_actor", *(n for n in COMPARED.columns if n not in _OF_COLUMNS))


@dataclass(frozen=True, slots=True)
class CellRow:
    """One statement of one cell, narrow, with its ``place`` in the cell, the newest first."""

    parameter: str
    code: str
    member: str
    issue_id: str
    stance_code: str
    statement_id: str
    row_number: int
    stated_from: date
    stated_to: date
    counts: bool
    place: int
    is_first: bool
    is_carrier: bool
    may_be_later: bool
    is_ended: bool

    @property
    def cell(self) -> CellKey:
        """The column, the issue, and whether the statement counts there."""
        return f"{self.parameter}:{self.code}", self.issue_id, self.counts

    @property
    def stated_on(self) -> str:
        """The date as written, partial where it is."""
        return str(PartialDate.between(self.stated_from, self.stated_to))


@dataclass(frozen=True)
class CellRows:
    """The statements that make the cells: those a page shows or tells apart, and the mere ids of others, newest first."""

    rows: tuple[CellRow, ...]
    others: Mapping[CellKey, tuple[str, ...]]

    def ids(self, rows: Sequence[CellRow]) -> tuple[str, ...]:
        """The ids of a cell, newest first, when these are its rows; with rows of several members in their order."""
        ids = list(self.others.get(rows[0].cell, ())) if rows else []
        for row in rows:
            ids.insert(len(ids) if row.member else row.place, row.statement_id)
        return tuple(ids)


@dataclass(frozen=True)
class Cells:
    """Asks questions of the statements that belong to these columns and issues under a selection."""

    corpus: Corpus
    selection: Selection
    columns: tuple[ComparedColumn, ...]
    each: bool = True
    _shape: Shape = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_shape", Shape.of(self.selection))

    @classmethod
    def of(
        cls, corpus: Corpus, selection: Selection, columns: Sequence[ComparedColumn], issues: Sequence[str], *, each: bool = True
    ) -> Cells:
        """The cells under all filters of the selection but who speaks and on what, which columns and issues replace.

        With ``each`` a joint statement is in the cell of every signatory, else only in that of its own actor.
        """
        is_joint = each and "signatories" in corpus.beside
        return cls(corpus, compared_selection(selection, columns, issues), tuple(dict.fromkeys(columns)), is_joint)

    def ask(self, name: Hashable, build: Any) -> list[dict[str, Any]]:
        """The answer to a question about :data:`COMPARED`."""
        codes = {parameter: self._codes(parameter) for parameter in COLUMN_PARAMETERS if self._codes(parameter)}
        values = {**self._shape.values, **{placeholder(f"column-{name}"): held for name, held in codes.items()}}
        if last := self.selection.window.last:
            values[placeholder("last-number")] = (str(period_number("day", last)),)
        groups = tuple(column.code for column in self.columns if is_group(column.code))
        key = ("compared", self._shape.key, tuple(codes), groups, self.each)
        return self.corpus.run.rows(lambda: build(COMPARED), ("compared", name), chosen=self._compared, chosen_key=key, values=values)

    def rows(self) -> CellRows:
        """The newest ``MAX_CELL_IDS`` of each cell, the first, all carriers, all that may be later, all that were ended.

        Rows are newest first in their cell: the newest ``MAX_OTHERS`` beside the carriers and all that is told apart. The rest
        come as ids. Of members of groups every statement is a row.
        """
        # What is the same in all cells would be sorted by all the same.
        is_plain = len({column.parameter for column in self.columns}) == 1 and not any(is_group(column.code) for column in self.columns)
        told_by = tuple(name for name in _CELL if not is_plain or name not in ("parameter", "member"))
        found: list[CellRow] = []
        others: dict[CellKey, tuple[str, ...]] = {}
        for row in self.ask(("rows", MAX_OTHERS, MAX_CELL_IDS, told_by), lambda compared: _rows_question(compared, told_by)):
            if row["slot"] < 0:
                # Each begins with its place in as many digits.
                ids = tuple(part[_DIGITS:] for part in sorted(row["ids"].split(_BREAK)))
                others[f"{row['parameter']}:{row['code']}", row["issue_id"], row["counts"]] = ids
            else:
                found.append(_cell_row(row))
        return CellRows(tuple(sorted(found, key=attrgetter(*_CELL, "place"))), others)

    def counts(self, step: str) -> list[dict[str, Any]]:
        """``n`` and ``n_possibly`` by column, issue, whether they count, period number (-1 unknown) and stance."""
        return self.ask(("counts", step, self.each), lambda compared: _counts_question(compared, step, is_joint=self.each))

    def member_sizes(self) -> dict[tuple[str, str, str], int]:
        """How many statements count of each member of a group, by (code of the group, issue, member)."""
        rows = self.ask("members", _members_question)
        return {(row["code"], row["issue_id"], row["member"]): row["n"] for row in rows}

    def extent(self) -> tuple[date, date] | None:
        """First and last day of the window, open ends filled by the statements of the cells."""
        window = self.selection.window
        if window.first and window.last:
            return window.first, window.last
        (row,) = self.ask("extent", lambda c: c.aggregate(first=c.stated_from.min(), last=c.stated_to.max()))
        if row["first"] is None:
            return None
        return window.first or row["first"], window.last or row["last"]

    def size(self) -> tuple[int, int]:
        """Different statements that count in at least one cell, and how many of them are only possibly in the window."""
        row = self.ask("n", lambda c: _size_question(c.filter(c.counts)))[0]
        return row["n"], row["n_possibly"]

    def n_left_out(self) -> int:
        """Different statements that belong to a column and do not count there."""
        return self.ask("left out", lambda c: _size_question(c.filter(~c.counts)))[0]["n"]

    def _compared(self) -> ir.Table:
        ends = self._shape.ends
        held = with_ended(matching(self.corpus, self._shape.selection, ends), self.corpus, ends.last)
        day = period_of(held.stated_to, "day")
        latest = day if ends.last is None else ibis.least(day, ibis.literal(placeholder("last-number")).cast("int32"))
        held = held.select(*_HELD, latest_day=latest)
        parts = [self._belonging(self._by(held, parameter), parameter) for parameter in COLUMN_PARAMETERS if self._codes(parameter)]
        by_actor = self._by(held, "actor")
        parts += [self._of_members(by_actor, column.code) for column in self.columns if is_group(column.code)]
        return reduce(lambda one, other: one.union(other), parts)

    def _belonging(self, held: ir.Table, parameter: str) -> ir.Table:
        column = FACET_BY_PARAMETER[parameter].column
        values = {
            "parameter": ibis.literal(parameter),
            "code": held[column].cast("string"),
            "member": ibis.literal(""),
            "counts": held.speaks_for_actor if parameter == "actor" else ibis.literal(True),
        }
        return _as_compared(held.filter(held[column].isin([placeholder(f"column-{parameter}")])), values)

    def _of_members(self, held: ir.Table, group: str) -> ir.Table:
        """The statements of a group's members as of their dates; where membership is only possible, so is the statement."""
        belonging = self.corpus.belonging.alone
        values = {
            "parameter": ibis.literal("actor"),
            "code": ibis.literal(group),
            "member": held.actor_id.cast("string"),
            "is_possibly": held.is_possibly | ~belonging.surely(held, [group]),
            "counts": held.speaks_for_actor,
        }
        return _as_compared(held.filter(belonging.possibly(held, [group])), values)

    def _by(self, held: ir.Table, parameter: str) -> ir.Table:
        """The statements, in columns of actors once for each signatory."""
        return self.corpus.belonging.per_signatory(held) if self.each and parameter == "actor" else held

    def _codes(self, parameter: str) -> tuple[str, ...]:
        return tuple(column.code for column in self.columns if column.parameter == parameter and not is_group(column.code))


def _as_compared(held: ir.Table, values: dict[str, ir.Value]) -> ir.Table:
    return held.select(**{name: values[name] if name in values else held[name] for name in COMPARED.columns})


def compared_selection(selection: Selection, columns: Sequence[ComparedColumn], issues: Sequence[str]) -> Selection:
    """The selection with its filters on who speaks replaced by columns (applied later) and on what by issues.

    What is excluded stays excluded, except codes that are themselves columns or issues asked for.
    """
    asked = {parameter: {c.code for c in columns if c.parameter == parameter} for parameter in COLUMN_PARAMETERS} | {"issue": set(issues)}
    for parameter, codes in asked.items():
        selection = selection.including(parameter)
        selection = selection.excluding(parameter, *(code for code in selection.excluded_codes(parameter) if code not in codes))
    return selection.including("issue", *issues)


def _rows_question(compared: ir.Table, cell: Sequence[str]) -> ir.Table:
    """One row for each statement that is told apart by its place (``slot``), one for all others of a cell together (-1)."""
    coded = compared.stance_code != NOT_CODED
    began = period_of(compared.stated_from, "day").cast("int64") * _DAYS
    of_cell, newest = ibis.window(group_by=cell), [compared.stated_from, compared.stated_to, compared.row_number]
    ranked = compared.mutate(
        coded=coded,
        rank=(coded & ~compared.is_possibly & ~compared.is_ended).ifelse(began + period_of(compared.stated_to, "day"), -1),
        place=ibis.row_number().over(ibis.window(group_by=cell, order_by=[ibis.desc(key) for key in newest])).cast("int32"),
        n_cell=compared.count().over(of_cell),
    )
    flagged = ranked.mutate(top=ranked["rank"].max().over(of_cell))
    # A rank is the day it begins, then the day it ends: past the top only where it can be of a later day than the carriers begin.
    carries = (flagged["rank"] >= 0) & (flagged["rank"] == flagged.top)
    later = flagged.coded & ~flagged.is_ended & ~carries & (flagged.latest_day.cast("int64") * _DAYS > flagged.top)
    flagged = flagged.mutate(is_first=flagged.place == flagged.n_cell - 1, is_carrier=carries, may_be_later=later)
    apart = flagged.is_first | flagged.is_carrier | flagged.may_be_later | flagged.is_ended | (flagged.member != "")
    kept = flagged.mutate(is_apart=apart).filter((flagged.place < MAX_CELL_IDS) | apart)
    n_carriers = kept.is_carrier.cast("int32").sum().over(ibis.window(group_by=cell))
    shown = kept.mutate(slot=(kept.is_apart | (kept.place < MAX_OTHERS + n_carriers)).ifelse(kept.place, -1))
    return _in_slots(shown, [*_CELL, "slot"])


def _in_slots(shown: ir.Table, slot: list[str]) -> ir.Table:
    flags = [shown[flag].cast("int32") * (1 << place) for place, flag in enumerate(_FLAGS)]
    numbered = shown.place.cast("string").lpad(_DIGITS, "0").concat(shown.statement_id)
    return shown.group_by(slot).aggregate(
        ids=(shown.slot < 0).ifelse(numbered, shown.statement_id).group_concat(_BREAK),
        flags=reduce(lambda one, other: one + other, flags).max(),
        **{name: shown[name].max() for name in ("stance_code", "row_number", "stated_from", "stated_to")},
    )


def _cell_row(row: dict[str, Any]) -> CellRow:
    flags, place, statement_id = row.pop("flags"), row.pop("slot"), row.pop("ids")
    return CellRow(**row, place=place, statement_id=statement_id, **{flag: bool(flags >> bit & 1) for bit, flag in enumerate(_FLAGS)})


def _members_question(compared: ir.Table) -> ir.Table:
    counted = compared.filter(compared.counts & (compared.member != ""))
    return counted.group_by("code", "issue_id", "member").aggregate(n=counted.count())


def _counts_question(compared: ir.Table, step: str, *, is_joint: bool) -> ir.Table:
    begins, ends = period_of(compared.stated_from, step), period_of(compared.stated_to, step)
    # Two members of a group may have signed one statement: then it counts once. Counting different ones costs more.
    number, doubt = compared.row_number, compared.is_possibly
    n, n_possibly = (number.nunique(), number.nunique(where=doubt)) if is_joint else (compared.count(), doubt.cast("int32").sum())
    cell = ["parameter", "code", "issue_id", "counts", "stance_code"]
    return compared.group_by(*cell, begins=(begins == ends).ifelse(begins, -1)).aggregate(n=n, n_possibly=n_possibly)


def _size_question(counted: ir.Table) -> ir.Table:
    number = counted.row_number
    return counted.aggregate(n=number.nunique(), n_possibly=number.nunique(where=counted.is_possibly))
