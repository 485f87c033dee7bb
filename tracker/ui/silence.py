"""What the template of silences draws: the matrix of actors and issues as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.analysis.results import LookedFor, SilenceCell
from tracker.core.dates import PartialDate, Window
from tracker.core.selection import Selection
from tracker.core.vocabulary import COVERAGE_STATES, STATE_MARKS
from tracker.ui import theme
from tracker.workspace import Answer, Workspace


def silence_context(workspace: Workspace, answered: Answer) -> dict[str, Any]:
    """The matrix: one row an actor, one column an issue, each cell with its mark, its words and the link to its statements."""
    found, label = answered.body.silence, workspace.catalogue.label
    cells = {(cell.actor_id, cell.issue_id): cell for cell in found.cells}
    rows = [
        {"title": label("actor", actor), "cells": [_cell(answered, cells[actor, issue]) for issue in found.issues]}
        for actor in found.actors
    ]
    looks = [
        {"actor": label("actor", cell.actor_id), "issue": label("issue", cell.issue_id), **_look(look)}
        for cell in found.cells
        for look in cell.looks
    ]
    here = answered.view
    issues = [
        {"title": label("issue", issue), "link": here.on("/data").selecting(here.selection.including("issue", issue)).link}
        for issue in found.issues
    ]
    return {
        "since": str(PartialDate.of(found.since)) if found.since else "",
        "n_cells": len(found.cells),
        "counts": [
            {"n": found.n(state), "words": words if found.since else words.partition(" since")[0], "mark": STATE_MARKS[state]}
            for state, words in COVERAGE_STATES.items()
            if found.since or state != "possibly"
        ],
        "issues": issues,
        "rows": rows,
        "marks": STATE_MARKS,
        "looks": looks,
        "is_filtered": here.selection.is_of_some_words,
        "has_silences": "silences" in workspace.corpus.beside,
        "left_out": found.left_out,
    }


def looked_words(looks: Sequence[LookedFor]) -> str:
    """Records of silence in words, the newest first.

    >>> looked_words([LookedFor("2016-08-03", "the ministry's site", "A. Coder"), LookedFor("2016-07")])
    "looked 3 August 2016 in the ministry's site (A. Coder); July 2016"
    """
    return "looked " + "; ".join(_words(look) for look in looks) if looks else ""


def _words(look: LookedFor) -> str:
    where, by = (f" in {look.where}" if look.where else ""), (f" ({look.by})" if look.by else "")
    return f"{theme.date_words(look.looked_on)}{where}{by}"


def _look(look: LookedFor) -> dict[str, str]:
    return {"looked_on": look.looked_on, "where": look.where, "by": look.by}


def _cell(answered: Answer, cell: SilenceCell) -> dict[str, Any]:
    selection = answered.view.selection
    all_of_it = Selection().including("actor", cell.actor_id).including("issue", cell.issue_id).within(Window(None, selection.window.until))
    words = COVERAGE_STATES[cell.state] if answered.body.silence.since else COVERAGE_STATES[cell.state].partition(" since")[0]
    return {
        "state": cell.state,
        "n": cell.n_statements,
        "last_on": cell.last_on,
        "title": f"{theme.plural(cell.n_statements, 'statement')}, last {theme.date_words(cell.last_on)}: {words}",
        "link": answered.view.on("/statements").selecting(all_of_it).link,
        "looks": cell.looks,
        "looks_title": looked_words(cell.looks),
    }
