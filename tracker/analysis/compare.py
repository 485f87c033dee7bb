"""Where they stand, side by side: N columns by M issues, and their statements on one issue interleaved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

import ibis.expr.types as ir

from tracker.analysis.corpus import Corpus
from tracker.analysis.group_positions import newest_first, split_of, stance_together, state_together
from tracker.analysis.listing import MAX_LISTED_IDS, rows_by_number
from tracker.analysis.periods import fit_step, fit_step_at_most, period_start, periods
from tracker.analysis.positions import MAX_OTHERS, CellRow, CellRows, Cells
from tracker.analysis.results import ComparedColumn, Comparison, Exchange, ExchangeTurn, LeftOut, Position, StanceStep, StatementRow
from tracker.analysis.silence import looked_for
from tracker.core.dates import Window
from tracker.core.groups import is_group
from tracker.core.selection import Selection
from tracker.core.vocabulary import NOT_CODED

MAX_SQUARES = 24
NOT_SPEAKING = "by organisations that do not speak for the state"

_Cell = tuple[str, str]


def compare(
    corpus: Corpus, selection: Selection, columns: Sequence[ComparedColumn], issues: Sequence[str], *, each: bool = True
) -> Comparison:
    """The position of every column on every issue, in force at the end of the selection's window.

    Columns and issues replace the selection's own filters on who speaks and on what; all others hold. A statement can
    belong to several columns; ``n_statements`` counts it once. In columns of actors only statements that speak for
    the actor count; the others are left out and listed. The column of a group has what its members said as of their
    membership (``Position.split``). With ``each`` a joint statement is a position of every signatory, else of its own actor
    only; ``n_statements`` counts it once all the same. ``others`` holds the newest ``MAX_OTHERS`` of a cell,
    ``statement_ids`` the newest ``positions.MAX_CELL_IDS``; ``n_statements`` of a cell is always whole.
    """
    columns, issues = tuple(dict.fromkeys(columns)), tuple(dict.fromkeys(issues))
    if not columns or not issues:
        return Comparison(columns, issues, {}, "day", (), 0)
    cells = Cells.of(corpus, selection, columns, issues, each=each)
    extent = cells.extent()
    step = fit_step_at_most(*extent, MAX_SQUARES) if extent else fit_step(date.min, date.min)
    counted, held = cells.counts(step), cells.rows()
    of_members = _by_cell(row for row in held.rows if row.counts)
    by_cell = defaultdict(list, {cell: newest_first(rows) if rows[0].member else rows for cell, rows in of_members.items()})
    wide = _wide_rows(corpus, selection, by_cell.values())
    strips, sizes = _strips(counted, step), _sizes(counted)
    places = [(column.key, issue) for column in columns for issue in issues]
    positions = {cell: _position(cell, by_cell[cell], held, wide, sizes.get(cell, (0, 0)), strips.get(cell, ())) for cell in places}
    positions |= _with_silences(corpus, positions, columns, issues, selection.window)
    if cells.selection.is_of_some_words:
        positions = {cell: found if found.n_statements else replace(found, state="filtered") for cell, found in positions.items()}
    has_groups = any(is_group(column.code) for column in columns)
    sizes_of_members = cells.member_sizes() if has_groups else {}
    for column in columns:
        if is_group(column.code):
            positions |= _of_group(corpus, selection, column, issues, positions, of_members, sizes_of_members)
    is_overlapping = cells.each or has_groups or len({column.parameter for column in columns}) > 1
    n_statements, n_possibly = cells.size() if is_overlapping else (sum(n for n, _ in sizes.values()), sum(n for _, n in sizes.values()))
    n_aside = cells.n_left_out() if is_overlapping else sum(row["n"] for row in counted if not row["counts"])
    return Comparison(
        columns,
        issues,
        positions,
        step,
        periods(step, *extent) if extent else (),
        n_statements,
        _left_out(counted, held, step, n_aside),
        n_possibly,
    )


def exchange(
    corpus: Corpus, selection: Selection, columns: Sequence[ComparedColumn], issue_id: str, limit: int = 200, *, each: bool = True
) -> Exchange:
    """The columns' statements on one issue, oldest first; when there are more than ``limit``, the latest of them.

    The same statements count as in :func:`compare`: for an actor only those that speak for it.
    """
    if not columns:
        return Exchange(issue_id, (), 0, 0)
    columns = tuple(dict.fromkeys(columns))
    cells = Cells.of(corpus, selection, columns, [issue_id], each=each)
    held = cells.ask(("turns", limit), lambda compared: _turns_question(compared, limit * len(columns)))
    keys: dict[str, list[str]] = defaultdict(list)
    for row in held:
        key = f"{row['parameter']}:{row['code']}"
        keys[row["statement_id"]] += [key] if key not in keys[row["statement_id"]] else []
    shown = set(list(keys)[:limit])
    order = {column.key: place for place, column in enumerate(columns)}
    rows = rows_by_number(corpus, (row["row_number"] for row in held if row["statement_id"] in shown), selection.window)
    turns = tuple(ExchangeTurn(tuple(sorted(keys[row.statement_id], key=order.__getitem__)), row) for row in rows)
    return Exchange(issue_id, turns, cells.size()[0], len(turns))


def _position(
    cell: _Cell,
    rows: Sequence[CellRow],
    found: CellRows,
    wide: Mapping[str, StatementRow],
    size: tuple[int, int],
    strip: tuple[StanceStep, ...],
) -> Position:
    carriers = [row for row in rows if row.is_carrier]
    stances = {row.stance_code for row in carriers}
    stance = NOT_CODED if not stances else "mixed" if len(stances) > 1 else next(iter(stances))
    return Position(
        column=cell[0],
        issue_id=cell[1],
        stance=stance,
        is_contested=len(stances) > 1,
        carriers=tuple(wide[row.statement_id] for row in carriers),
        others=tuple(wide[row.statement_id] for row in _others(rows)),
        n_statements=size[0],
        n_possibly=size[1],
        first_on=next((row.stated_on for row in rows if row.is_first), ""),
        last_on=rows[0].stated_on if rows else "",
        may_be_later=tuple(row.statement_id for row in rows if row.may_be_later and row.stance_code != stance),
        strip=strip,
        statement_ids=found.ids(rows),
        state=_state(size[0], carriers),
    )


def _of_group(
    corpus: Corpus,
    selection: Selection,
    column: ComparedColumn,
    issues: Sequence[str],
    positions: Mapping[_Cell, Position],
    rows: Mapping[_Cell, Sequence[CellRow]],
    sizes: Mapping[tuple[str, str, str], int],
) -> dict[_Cell, Position]:
    """The cells of a group's column with its members told apart."""
    members = corpus.groups.members_on(column.code, selection.window.last or corpus.last_day)
    looks = looked_for(corpus, members, issues, selection.window)
    found = {}
    for issue in issues:
        cell = (column.key, issue)
        n_of = {member: n for (code, on, member), n in sizes.items() if (code, on) == (column.code, issue)}
        of_issue = {actor: seen for (actor, on), seen in looks.items() if on == issue}
        split = split_of(rows.get(cell, ()), n_of, members, of_issue)
        if selection.is_of_some_words:
            split = tuple(stand if stand.n_statements else replace(stand, state="filtered") for stand in split)
        stance = stance_together(split)
        found[cell] = replace(positions[cell], stance=stance, is_contested=False, split=split, state=state_together(split))
    return found


def _with_silences(
    corpus: Corpus, positions: Mapping[_Cell, Position], columns: Sequence[ComparedColumn], issues: Sequence[str], window: Window
) -> dict[_Cell, Position]:
    """The positions with what is on record as silence: of actors only, for only they were looked for."""
    actors = [column.code for column in columns if column.parameter == "actor" and not is_group(column.code)]
    looks = looked_for(corpus, actors, issues, window)
    found = {}
    for (actor, issue), seen in looks.items():
        held = positions[f"actor:{actor}", issue]
        found[f"actor:{actor}", issue] = replace(held, silences=seen, state=held.state if held.n_statements else "silent")
    return found


def _state(n_statements: int, carriers: Sequence[CellRow]) -> str:
    return "said" if carriers else "not-coded" if n_statements else "not-looked"


def _others(rows: Sequence[CellRow]) -> list[CellRow]:
    return [row for row in rows if not row.is_carrier][:MAX_OTHERS]


def _by_cell(rows: Iterable[CellRow]) -> defaultdict[_Cell, list[CellRow]]:
    found: defaultdict[_Cell, list[CellRow]] = defaultdict(list)
    for row in rows:
        found[f"{row.parameter}:{row.code}", row.issue_id].append(row)
    return found


def _wide_rows(corpus: Corpus, selection: Selection, cells: Iterable[Sequence[CellRow]]) -> dict[str, StatementRow]:
    numbers = {row.row_number for rows in cells for row in [*(r for r in rows if r.is_carrier), *_others(rows)]}
    return {row.statement_id: row for row in rows_by_number(corpus, numbers, selection.window)}


def _cell_of(row: Mapping[str, Any]) -> _Cell:
    return f"{row['parameter']}:{row['code']}", row["issue_id"]


def _sizes(counted: Iterable[Mapping[str, Any]]) -> dict[_Cell, tuple[int, int]]:
    sizes: dict[_Cell, tuple[int, int]] = {}
    for row in counted:
        if row["counts"]:
            n, n_possibly = sizes.get(_cell_of(row), (0, 0))
            sizes[_cell_of(row)] = n + row["n"], n_possibly + int(row["n_possibly"])
    return sizes


def _strips(counted: Iterable[Mapping[str, Any]], step: str) -> dict[_Cell, tuple[StanceStep, ...]]:
    found: defaultdict[_Cell, list[StanceStep]] = defaultdict(list)
    for row in counted:
        if row["counts"] and row["begins"] >= 0:
            found[_cell_of(row)].append(StanceStep(period_start(step, row["begins"]), row["stance_code"], row["n"]))
    return {cell: tuple(sorted(squares, key=lambda s: (s.begins_on, s.stance))) for cell, squares in found.items()}


def _left_out(counted: Sequence[Mapping[str, Any]], found: CellRows, step: str, n_not_speaking: int) -> tuple[LeftOut, ...]:
    n_not_in_strips = sum(row["n"] for row in counted if row["counts"] and row["begins"] < 0)
    aside = groupby((row for row in found.rows if not row.counts), attrgetter("cell"))
    ids = tuple(dict.fromkeys(statement_id for _, rows in aside for statement_id in found.ids(tuple(rows))))[:MAX_LISTED_IDS]
    ended = tuple(dict.fromkeys(row.statement_id for row in found.rows if row.counts and row.is_ended))
    left_out = (
        LeftOut("withdrawn, corrected or superseded by then: in the cells, but carrying no position", len(ended), ended[:MAX_LISTED_IDS]),
        LeftOut(NOT_SPEAKING, n_not_speaking, ids),
        LeftOut(f"dated less precisely than a {step}: in the cells, but not in their strips", n_not_in_strips),
    )
    return tuple(one for one in left_out if one.n_statements)


def _turns_question(compared: ir.Table, limit: int) -> ir.Table:
    held = compared.filter(compared.counts)
    newest = held.order_by([held.stated_from.desc(), held.row_number.desc(), held.parameter, held.code]).limit(limit)
    return newest.select("statement_id", "row_number", "parameter", "code")
