"""What the templates of coders draw: agreement by variable, disagreements, and what contested codings change."""

from __future__ import annotations

from typing import Any

from tracker.analysis.agreement import Alpha
from tracker.analysis.alignment_results import Pair
from tracker.analysis.coding import Disagreement
from tracker.core.columns import FACET_BY_PARAMETER
from tracker.core.views import View
from tracker.core.vocabulary import STANCES
from tracker.ui import theme
from tracker.ui.charts.alignment_chart import value_words
from tracker.workspace import Answer, Workspace

_LISTED = 40


def coders_context(workspace: Workspace, answered: Answer) -> dict[str, Any]:
    """Agreement on each variable, and the first disagreements with links to their statements."""
    found = answered.body.agreement
    return {
        "variables": [
            {
                "title": _title(one.variable),
                "found": one,
                "value": _number(one.alpha.value),
                "interval": _interval(one.alpha),
                "ordinal": _number(one.ordinal.value) if one.ordinal else "",
                "ordinal_interval": _interval(one.ordinal) if one.ordinal else "",
            }
            for one in found.variables
        ],
        "disagreements": [_disagreement(workspace, answered, one) for one in found.disagreements[:_LISTED]],
        "n_disagreements": found.n_disagreements,
    }


def contested_context(workspace: Workspace, answered: Answer) -> dict[str, Any]:
    """What contested codings change on a comparison, and the link to the comparison with them or without."""
    effect, view = answered.body.contested, answered.view
    is_out = view.selection.is_uncontested
    label = workspace.catalogue.label
    changes = [
        {
            "who": label(*change.column.split(":", 1)),
            "issue": label("issue", change.issue_id),
            "link": _statements(view, *change.column.split(":", 1), change.issue_id),
            "with": _stance(change.stance_with, change.n_with),
            "without": _stance(change.stance_without, change.n_without),
        }
        for change in effect.changes
    ]
    other = view.selecting(view.selection.without_contested(not is_out)).link
    return {"effect": effect, "changes": changes, "is_out": is_out, "other": other}


def contested_pairs_context(workspace: Workspace, answered: Answer, labels: dict[str, str]) -> dict[str, Any]:
    """What contested codings change in a matrix, pair by pair, and the link to the matrix with them or without."""
    effect, view = answered.body.contested, answered.view
    is_out = view.selection.is_uncontested
    changes = [
        {
            "who": f"{labels[change.held.one]} – {labels[change.held.other]}",
            "link": view.choosing(pair=f"{change.held.one}.{change.held.other}").link,
            "with": _pair(change.held, change.rank_with),
            "without": _pair(change.without, change.rank_without),
            "issues": [
                {
                    "title": workspace.catalogue.label("issue", issue),
                    "link": _statements(view, answered.body.asked.level, f"{change.held.one}.{change.held.other}", issue),
                }
                for issue in change.issues
            ],
        }
        for change in effect.changes[:_LISTED]
    ]
    other = view.selecting(view.selection.without_contested(not is_out)).link
    return {"effect": effect, "changes": changes, "is_out": is_out, "other": other}


def _statements(view: View, parameter: str, codes: str, issue: str) -> str:
    """The link to what they said on an issue, contested codings included."""
    chosen = view.selection.without_contested(False).including(parameter, *codes.split(".")).including("issue", issue)
    return view.on("/statements").selecting(chosen).link


def _pair(pair: Pair, rank: int | None) -> dict[str, str]:
    return {"value": value_words(pair), "n": theme.plural(pair.n_issues, "shared issue"), "rank": f"{rank:,}" if rank else "none"}


def _stance(stance: str, n_statements: int) -> str:
    return STANCES.get(stance, stance) if n_statements else "nothing said"


def _title(variable: str) -> str:
    return FACET_BY_PARAMETER[variable].title if variable in FACET_BY_PARAMETER else variable.replace("-", " ").capitalize()


def _number(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.3f}".replace("-", "\N{MINUS SIGN}")


def _interval(found: Alpha) -> str:
    return "" if found.low is None else f"{_number(found.low)} to {_number(found.high)}"


def _disagreement(workspace: Workspace, answered: Answer, one: Disagreement) -> dict[str, Any]:
    label = workspace.catalogue.label
    return {
        "variable": _title(one.variable),
        "link": answered.view.on("/statement", id=one.statement_id).link,
        "statement_id": one.statement_id,
        "values": [{"coder": coder, "value": label(one.variable, value)} for coder, value in one.values],
    }
