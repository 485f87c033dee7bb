"""Answers of three makers in one form, so that they can be compared: plain dicts and tuples, dates as dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from tracker.analysis.listing import ROW_COLUMNS
from tracker.analysis.periods import period_start
from tracker.analysis.positions import MAX_OTHERS
from tracker.analysis.results import Comparison, FacetsResult, StatementPage, TimelineBins
from tracker.core.columns import FACETS
from tracker.core.dates import PartialDate
from tracker.core.vocabulary import NOT_CODED

Form = Any
_WIDE = tuple(name for name in ROW_COLUMNS if name != "is_possibly")


def facets_ours(result: FacetsResult) -> Form:
    """Numbers of the selection, and counts by facet and code."""
    count = result.count
    numbers = (count.n_statements, count.n_possibly, count.n_actors, count.n_spokespersons, count.n_issues, count.first_on, count.last_on)
    return numbers, {name: {value.code: value.n_statements for value in values} for name, values in result.facets.items()}


def facets_by_hand(rows: Iterable[tuple[Any, ...]]) -> Form:
    """The same of :func:`by_hand.facets`."""
    counts: dict[str, dict[str, int]] = {facet.parameter: {} for facet in FACETS}
    numbers: tuple[Any, ...] = ()
    for row in rows:
        if row[0] == 0:
            numbers = row[2:9]
        elif row[0] <= len(FACETS):
            counts[FACETS[row[0] - 1].parameter][row[1]] = row[2]
    return numbers, counts


def facets_by_pandas(result: tuple[Mapping[str, pd.Series], tuple[Any, ...]]) -> Form:
    """The same of :func:`by_pandas.facets`."""
    counts, numbers = result
    by_name = {facet.parameter: counts[facet.column].to_dict() for facet in FACETS}
    return (*numbers[:5], *(None if pd.isna(day) else day.date() for day in numbers[5:])), by_name


def bins_ours(result: TimelineBins) -> Form:
    """Counts by month, lane and stance, ids without a month, number past the lanes."""
    undated = next((left for left in result.left_out if left.statement_ids), None)
    n_past = sum(left.n_statements for left in result.left_out if not left.statement_ids)
    counted = {(b.begins_on, b.lane, b.stance): b.n_statements for b in result.bins}
    return counted, undated.statement_ids if undated else (), n_past


def bins_by_hand(result: tuple[list[tuple[Any, ...]], list[tuple[str]]]) -> Form:
    """The same of :func:`by_hand.bins`."""
    counted, undated = result
    dated = {(period_start("month", row[3]), row[1], row[2]): row[4] for row in counted if row[5] and row[3] >= 0}
    return dated, tuple(row[0] for row in undated), sum(int(row[4] or 0) for row in counted if not row[5])


def bins_by_pandas(result: tuple[pd.Series, int, pd.Series]) -> Form:
    """The same of :func:`by_pandas.bins`."""
    counted, n_past, undated = result
    dated = {(month.start_time.date(), lane, stance): int(n) for (month, lane, stance), n in counted.items()}
    return dated, tuple(undated[:1000]), n_past


def page_ours(result: StatementPage) -> Form:
    """The number of all, and the rows of the page."""
    return result.n_statements, tuple(tuple(getattr(row, name) for name in ROW_COLUMNS) for row in result.rows)


def page_by_hand(rows: list[tuple[Any, ...]]) -> Form:
    """The same of :func:`by_hand.page`; an empty page does not know the number."""
    return rows[0][0] if rows else 0, tuple(row[1:] for row in rows)


def page_by_pandas(result: tuple[int, pd.DataFrame]) -> Form:
    """The same of :func:`by_pandas.page`."""
    n, rows = result
    return n, tuple(tuple(_plain(value) for value in row) for row in rows[list(ROW_COLUMNS)].itertuples(index=False, name=None))


def compare_ours(result: Comparison) -> Form:
    """By actor and issue: sizes, stance, ids of all kinds, strip; words of every statement shown; ids left out."""
    cells = {
        (key.removeprefix("actor:"), issue): (
            (held.n_statements, held.n_possibly),
            (held.stance, held.is_contested, held.first_on, held.last_on),
            tuple(row.statement_id for row in held.carriers),
            tuple(row.statement_id for row in held.others),
            held.may_be_later,
            held.statement_ids,
            tuple((step.begins_on, step.stance, step.n_statements) for step in held.strip),
        )
        for (key, issue), held in result.positions.items()
        if held.n_statements
    }
    rows = [row for held in result.positions.values() for row in (*held.carriers, *held.others)]
    words = {row.statement_id: tuple(getattr(row, name) for name in _WIDE) for row in rows}
    n_left = sum(left.n_statements for left in result.left_out if left.statement_ids)
    return result.step, cells, words, n_left


def compare_by_hand(result: tuple[str, list[Any], list[Any], list[Any]]) -> Form:
    """The same of :func:`by_hand.compare`."""
    step, counts, rows, wide = result
    held = [(r[0], r[1], r[2], r[3], None if r[4] < 0 else period_start(step, r[4]), r[5], int(r[6])) for r in counts]
    words = {row[0]: row for row in wide}
    kept = [
        (*row[:4], part[4:], str(PartialDate.between(row[5], row[11])), *row[8:11], part[:4]) for row in rows for part in row[4].split("|")
    ]
    return _comparison(step, held, sorted(kept, key=lambda row: (row[:3], row[9])), words)


def compare_by_pandas(result: tuple[str, pd.DataFrame, pd.DataFrame, pd.DataFrame]) -> Form:
    """The same of :func:`by_pandas.compare`."""
    step, counts, rows, wide = result
    held = [(*key[:4], None if pd.isna(key[4]) else key[4].date(), int(n), int(m)) for key, n, m in counts.itertuples(name=None)]
    narrow = rows[[*_ROW, "is_carrier", "may_be_later", "is_first"]]
    words = {row[0]: tuple(_plain(value) for value in row) for row in wide[list(_WIDE)].itertuples(index=False, name=None)}
    return _comparison(step, held, list(narrow.itertuples(index=False, name=None)), words)


_ROW = ["actor_id", "issue_id", "speaks_for_actor", "stance_code", "statement_id", "stated_on"]


def _comparison(step: str, counts: list[tuple[Any, ...]], rows: list[tuple[Any, ...]], words: dict[str, Any]) -> Form:
    sizes: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
    strips: dict[Any, list[tuple[date, str, int]]] = defaultdict(list)
    for actor, issue, speaks, stance, begins, n, n_possibly in counts:
        if speaks:
            sizes[actor, issue][0] += n
            sizes[actor, issue][1] += n_possibly
            strips[actor, issue] += [(begins, stance, n)] if begins else []
    by_cell: dict[Any, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        if row[2]:
            by_cell[row[:2]].append(row)
    cells = {cell: (tuple(sizes[cell]), *_cell(held), tuple(sorted(strips[cell]))) for cell, held in by_cell.items()}
    return step, cells, words, sum(row[5] for row in counts if not row[2])


def _cell(rows: list[tuple[Any, ...]]) -> tuple[Any, ...]:
    carriers = [row for row in rows if row[6]]
    stances = {row[3] for row in carriers}
    stance = NOT_CODED if not stances else "mixed" if len(stances) > 1 else next(iter(stances))
    others = tuple(row[4] for row in rows if not row[6])[:MAX_OTHERS]
    later = tuple(row[4] for row in rows if row[7] and row[3] != stance)
    first = next(row[5] for row in rows if row[8])
    ids = tuple(row[4] for row in rows)
    return (stance, len(stances) > 1, first, rows[0][5]), tuple(row[4] for row in carriers), others, later, ids


def _plain(value: Any) -> Any:
    return value.date() if isinstance(value, pd.Timestamp) else value
