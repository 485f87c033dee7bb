"""What the templates of Compare draw: columns, cells and turns as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from tracker.analysis.results import ComparedColumn, Comparison, Position, StanceStep, StatementRow
from tracker.core.dates import PartialDate
from tracker.core.groups import is_group
from tracker.core.links import View
from tracker.core.selection import Selection
from tracker.core.vocabulary import STANCES, STATE_MARKS
from tracker.ui import theme
from tracker.ui.group_cells import group_cell
from tracker.ui.silence import looked_words
from tracker.ui.wording import distinct_labels, said_in_short
from tracker.workspace import Answer, Workspace


def grid_context(workspace: Workspace, answered: Answer) -> dict[str, Any]:
    """The grid of a comparison: one column an actor, one row an issue with its proposition."""
    comparison = answered.body.comparison
    columns = _columns(workspace, comparison.columns, answered.view)
    rows = [
        {
            "title": workspace.catalogue.label("issue", issue),
            "proposition": workspace.issues[issue].proposition if issue in workspace.issues else "",
            "cells": [_cell(workspace, answered, column, comparison.positions[column["key"], issue]) for column in columns],
        }
        for issue in comparison.issues
    ]
    return {
        "columns": columns,
        "rows": rows,
        "names": workspace.catalogue.label,
        "here": answered.view,
        "on": answered.view.choice("on"),
        "n_more_issues": answered.body.n_more_issues,
        "strip_words": _strip_words(comparison),
        "marks": STATE_MARKS,
        "memberships": f"{answered.view.alone('/data').link}#groups",
        "window_end": PartialDate.of(answered.view.selection.window.last or workspace.corpus.last_day).words,
        "has_groups": any(is_group(column["code"]) for column in columns),
    }


def exchange_context(workspace: Workspace, answered: Answer) -> dict[str, Any]:
    """The exchange: every turn with the columns it stands in."""
    found = answered.body.exchange
    columns = _columns(workspace, answered.body.comparison.columns, answered.view)
    place = {column["key"]: number for number, column in enumerate(columns)}
    turns = [{"place": min(place[key] for key in turn.columns), "row": turn.row} for turn in found.turns]
    return {
        "columns": columns,
        "turns": turns,
        "exchange": found,
        "proposition": workspace.issues[found.issue_id].proposition if found.issue_id in workspace.issues else "",
        "names": workspace.catalogue.label,
        "here": answered.view,
    }


def wording_label(row: StatementRow) -> str:
    """A statement in one line, for a list to choose from."""
    return f"{theme.short_date(row.stated_on)}, {row.spokesperson or row.organisation}: {said_in_short(row, 60)}"


def wordings_context(workspace: Workspace, answered: Answer) -> dict[str, Any]:
    """The redline of the two wordings that are compared."""
    before, after = answered.body.wordings
    return {
        "before": before,
        "after": after,
        "compared": answered.body.redline,
        "names": workspace.catalogue.label,
        "here": answered.view,
    }


def _columns(workspace: Workspace, columns: Sequence[ComparedColumn], here: View) -> list[dict[str, Any]]:
    found = []
    for column in columns:
        label = distinct_labels(workspace.catalogue, column.parameter, [column.code])[column.code]
        link = here.alone("/timeline").selecting(Selection().including(column.parameter, column.code)).link
        found.append({"key": column.key, "parameter": column.parameter, "code": column.code, "label": label, "link": link})
    return found


def _cell(workspace: Workspace, answered: Answer, column: dict[str, Any], position: Position) -> dict[str, Any]:
    chosen = answered.view.selection
    for parameter in ("actor", "organisation", "spokesperson"):
        chosen = chosen.including(parameter, *([column["code"]] if parameter == column["parameter"] else []))
    chosen = chosen.including("issue", position.issue_id)
    n_shown = len(position.carriers) + len(position.others)
    return {
        "label": column["label"],
        "position": position,
        "others": position.others,
        "n_unshown": position.n_statements - n_shown,
        "all": answered.view.on("/statements", sort="oldest").selecting(chosen).link,
        "strip": _strip(answered.body.comparison, position.strip),
        "looked": looked_words(position.silences),
        "group": group_cell(workspace, answered.view, position),
    }


def _strip(comparison: Comparison, steps: Sequence[StanceStep]) -> list[dict[str, Any]]:
    """One square a period, zero periods too; a period with several stances is divided among them."""
    by_period: dict[date, list[StanceStep]] = defaultdict(list)
    for step in steps:
        by_period[step.begins_on].append(step)
    return [
        {
            "title": f"{theme.period_words(period, comparison.step)}: {_step_words(by_period[period])}",
            "parts": [{"stance": s.stance, "n": s.n_statements} for s in sorted(by_period[period], key=_stance_rank)],
        }
        for period in comparison.periods
    ]


def _stance_rank(step: StanceStep) -> int:
    return theme.STANCE_ORDER.index(step.stance) if step.stance in theme.STANCE_ORDER else len(theme.STANCE_ORDER)


def _step_words(steps: Sequence[StanceStep]) -> str:
    return (
        ", ".join(f"{step.n_statements} {STANCES.get(step.stance, step.stance)}" for step in sorted(steps, key=_stance_rank))
        or "nothing said"
    )


def _strip_words(comparison: Comparison) -> str:
    if not comparison.periods:
        return ""
    first, last = (theme.period_words(period, comparison.step) for period in (comparison.periods[0], comparison.periods[-1]))
    return f"Squares: stance by {comparison.step}, {first} to {last}; an empty square is a {comparison.step} without a statement."
