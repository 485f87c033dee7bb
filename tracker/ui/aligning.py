"""What the templates of Alignment draw: readings of the numbers, and the twins in words of its charts."""

from __future__ import annotations

from typing import Any

from tracker.analysis.alignment import MAX_EXAMINED, Asked
from tracker.analysis.alignment_measures import COUNTED
from tracker.analysis.alignment_results import REASONS, AlignedWindow, Pair, PairIssue, Polarisation, Side
from tracker.core.groups import is_group
from tracker.core.links import View
from tracker.core.selection import Selection
from tracker.ui import theme
from tracker.ui.charts.alignment_chart import FEW, MAX_DRAWN, UNDEFINED, interval_words, value_words
from tracker.ui.charts.network_chart import edges_from
from tracker.ui.wording import distinct_labels
from tracker.workspace import Answer, Workspace

MAX_LISTED = 400
_MEMBERS_NAMED = 12
WHO = ("actor", "organisation", "spokesperson")

TITLES = {
    "net": "net",
    "congruence": "congruence",
    "conflict": "conflict",
    "attention": "co-attention",
    "agreement": "raw agreement",
    "s": "S",
    "pi": "Scott’s π",
    "kappa": "Cohen’s κ",
}
READINGS = {
    "net": "Take one issue on which both spoke, and one stance of each on it. Net is 1 when they always hold the same, −1 when "
    "always the opposite, 0 when as often the one as the other; a mixed or neutral stance stands half way.",
    "congruence": "How near the stances of both are on the issues they share: 1 the same, 0 opposite, ½ where one is mixed or neutral.",
    "conflict": "How far apart the stances of both are on the issues they share: 0 the same, 1 opposite, ½ where one is mixed or neutral.",
    "attention": "The share of the issues that either spoke on that both did, whatever they said. It is not agreement.",
    "agreement": "The share of shared issues with the same position in force. It is high by chance alone where most positions are the "
    "same: choose a correction.",
    "s": "1 − the mean distance of the positions in force, from −1 to 1. The scale alone is the yardstick, so it is high where "
    "everybody says the same.",
    "pi": "Agreement of the positions in force beyond what chance gives when both draw from what the two said together: 1 the same, "
    "0 as chance, below 0 less than chance.",
    "kappa": "Agreement of the positions in force beyond what chance gives when each draws from what it said itself: 1 the same, 0 as "
    "chance, below 0 less than chance.",
}
NORMS = {
    "none": "the sum over all issues, divided by nothing",
    "average": "the sum over all issues, divided by the average activity of the two",
    "jaccard": "the sum over all issues, divided by the stances of either",
    "cosine": "the sum over all issues, divided by the lengths of the two vectors",
}


def measure_title(asked: Asked) -> str:
    """The measure in words."""
    if asked.measure in COUNTED and asked.per == "issue":
        return TITLES[asked.measure] + ("" if asked.measure == "attention" else " per shared issue")
    return TITLES[asked.measure]


def pair_title(pair: Pair | None, labels: dict[str, str]) -> str:
    """The two names; nothing when no pair is chosen."""
    return f"{labels[pair.one]} and {labels[pair.other]}" if pair else ""


def labels_of(workspace: Workspace, answered: Answer) -> dict[str, str]:
    """A name of its own for every member, and for the pair."""
    body = answered.body
    codes = [member.code for member in body.alignment.members] + list(body.alignment.apart)
    codes += [code for code in ((body.pair.one, body.pair.other) if body.pair else ())]
    codes += [code for change in (body.contested.changes if body.contested else ()) for code in (change.held.one, change.held.other)]
    codes = list(dict.fromkeys(codes))
    return distinct_labels(workspace.catalogue, body.asked.level, codes)


def summary_context(answered: Answer, labels: dict[str, str]) -> dict[str, Any]:
    """What the matrix is of, how to read it, the camps found and how they compare with chance."""
    found, asked = answered.body.alignment, answered.body.asked
    camps: dict[int, list[str]] = {}
    for member in found.members:
        camps.setdefault(member.camp, []).append(labels[member.code])
    return {
        "found": found,
        "asked": asked,
        "title": measure_title(asked),
        "reading": READINGS[asked.measure] + (f" Here: {NORMS[asked.per]}." if asked.measure in COUNTED and asked.per != "issue" else ""),
        "camps": [camps[camp] for camp in sorted(camps) if camp >= 0 and len(camps[camp]) > 1],
        "alone": [name for camp, names in camps.items() if camp >= 0 and len(names) == 1 for name in names],
        "apart": [labels[code] for code in found.apart[:40]],
        "n_more_apart": max(0, len(found.apart) - 40),
        "max_drawn": MAX_DRAWN,
        "max_examined": MAX_EXAMINED,
        "undefined": UNDEFINED,
        "few": FEW,
        "is_signed": asked.measure in ("net", "s", "pi", "kappa"),
        "is_position": asked.measure not in COUNTED,
        "polarisation": _polarisation_words(found.polarisation),
    }


def groups_context(workspace: Workspace, answered: Answer, labels: dict[str, str]) -> dict[str, Any]:
    """Each group of the matrix with its members' split: who spoke as a member, who did not, who left; the way to all alone."""
    view, corpus = answered.view, workspace.corpus
    day = view.selection.window.last or corpus.last_day
    groups = []
    for member in answered.body.alignment.members:
        if not is_group(member.code):
            continue
        now, spoke = corpus.groups.members_on(member.code, day), [code for code, _ in member.split]
        of_members = [
            {"title": workspace.catalogue.label("actor", code), "n": n, "link": _statements(view, "actor", code)}
            for code, n in member.split[:_MEMBERS_NAMED]
        ]
        groups.append(
            {
                "title": labels[member.code],
                "n": member.n_statements,
                "n_spoke": len(spoke),
                "members": of_members,
                "n_more": max(0, len(spoke) - _MEMBERS_NAMED),
                "n_members": len(now),
                "n_silent": len(set(now) - set(spoke)),
                "n_left": len(set(spoke) - set(now)),
            }
        )
    return {"groups": groups, "members": view.choosing(groups="members").link}


def _polarisation_words(found: Polarisation) -> list[str]:
    if found.frustration is None or found.modularity is None:
        return []
    best = "the least possible" if found.is_exact else "the least found"
    return [
        f"Two sides: {found.frustration:.0%} of what the pairs share is at odds with them ({best}: conflict within a side, congruence "
        f"across); by chance {found.frustration_by_chance:.0%}, p = {found.frustration_p:.2f}.",
        f"Camps: signed modularity {found.modularity:.2f}, by chance {found.modularity_by_chance:.2f}, p = {found.modularity_p:.2f}.",
        f"n = {found.n_members} members, {found.n_pairs} pairs. Chance: the stances on each issue dealt out anew among those who spoke on "
        f"it, {found.n_shuffles} times, seed {found.seed}; p is the share of networks at least as polarised, this one included.",
    ]


def pairs_context(answered: Answer, labels: dict[str, str]) -> dict[str, Any]:
    """All pairs in words, highest value first, those without a value last; each leads to its issues."""
    found, view = answered.body.alignment, answered.view
    ranked = sorted(found.pairs, key=lambda p: (p.value is None, -(p.value or 0), labels[p.one], labels[p.other]))
    return {
        "rows": [pair_row(pair, labels, view) for pair in ranked[:MAX_LISTED]],
        "n_pairs": len(ranked),
        "n_defined": sum(pair.value is not None for pair in ranked),
        "title": measure_title(answered.body.asked),
    }


def pair_row(pair: Pair, labels: dict[str, str], view: View) -> dict[str, Any]:
    """One pair in words."""
    return {
        "one": labels[pair.one],
        "other": labels[pair.other],
        "value": value_words(pair),
        "interval": interval_words(pair),
        "n": pair.n_issues,
        "link": view.choosing(pair=f"{pair.one}.{pair.other}").link,
    }


def network_context(answered: Answer, labels: dict[str, str]) -> dict[str, Any]:
    """Whom each member stands with and against, from the threshold on."""
    body = answered.body
    edges = edges_from(body.alignment, body.threshold)
    is_opposed = body.asked.measure == "conflict"
    rows = []
    for member in body.alignment.members:
        joined = [
            (pair.other if pair.one == member.code else pair.one, pair.value) for pair in edges if member.code in (pair.one, pair.other)
        ]
        rows.append(
            {
                "who": labels[member.code],
                "friends": [labels[code] for code, value in joined if (value > 0) != is_opposed],
                "foes": [labels[code] for code, value in joined if (value < 0) != is_opposed],
            }
        )
    return {"rows": rows, "n_edges": len(edges), "threshold": body.threshold}


def windows_context(answered: Answer, labels: dict[str, str]) -> dict[str, Any]:
    """Every window in words."""
    body = answered.body
    rows = [_window_row(window, body.step) for window in body.windows]
    return {"rows": rows, "step": body.step, "pair": pair_title(body.pair, labels), "title": measure_title(body.asked)}


def _window_row(window: AlignedWindow, step: str) -> dict[str, Any]:
    def mean(value: float | None, n: int) -> str:
        return "no pair" if value is None else f"{value:.2f} ({theme.plural(n, 'pair')})".replace("-", "−")

    pair = window.pair
    said = (
        ""
        if pair is None
        else f"{value_words(pair)} ({theme.plural(pair.n_issues, 'shared issue')})"
        if pair.value is not None
        else pair.reason
    )
    return {
        "period": theme.period_words(window.begins_on, step),
        "n": window.n_statements,
        "within": mean(window.within, window.n_within),
        "across": mean(window.across, window.n_across),
        "pair": said,
    }


def pair_context(workspace: Workspace, answered: Answer, labels: dict[str, str]) -> dict[str, Any]:
    """One pair issue by issue: what each said, what the issue adds, and the ways to the statements."""
    body, view = answered.body, answered.view
    pair, level = body.pair, body.asked.level
    both = _speaking(view.selection, level, pair.one, pair.other)
    sides = [{"code": code, "label": labels[code], "link": _statements(view, level, code)} for code in (pair.one, pair.other)]
    return {
        "pair": pair,
        "value": value_words(pair),
        "interval": interval_words(pair),
        "title": measure_title(body.asked),
        "sides": sides,
        "rows": [_issue_row(workspace, answered, row) for row in body.pair_issues],
        "compare": view.on("/compare").selecting(both).link,
        "all": view.on("/statements", sort="oldest").selecting(both).link,
        "reasons": REASONS,
        "adds": _adds(body.asked),
        "n_statements": sum(len(side.statement_ids) for row in body.pair_issues for side in (row.one, row.other)),
    }


def _adds(asked: Asked) -> str:
    if asked.measure in ("pi", "kappa"):
        return "apart (0 the same, 1 opposite)"
    if asked.measure == "attention":
        return "shared"
    return measure_title(asked) if asked.measure not in COUNTED or asked.per == "issue" else "adds to the sum"


def _issue_row(workspace: Workspace, answered: Answer, row: PairIssue) -> dict[str, Any]:
    body, view = answered.body, answered.view
    cells = [
        _side(workspace, side, view, body.asked, code, row.issue_id)
        for side, code in ((row.one, body.pair.one), (row.other, body.pair.other))
    ]
    both = _speaking(view.selection, body.asked.level, body.pair.one, body.pair.other).including("issue", row.issue_id)
    is_shared = row.value is not None
    value = "" if row.value is None else f"{row.value:.2f}".replace("-", "−")
    if is_shared and body.asked.measure == "attention":
        value = "yes"
    return {
        "issue": workspace.catalogue.label("issue", row.issue_id),
        "proposition": workspace.issues[row.issue_id].proposition if row.issue_id in workspace.issues else "",
        "cells": cells,
        "value": value or "not shared",
        "compare": view.on("/compare", exchange=row.issue_id).selecting(both).link if is_shared else "",
    }


def _side(workspace: Workspace, side: Side, view: View, asked: Asked, code: str, issue_id: str) -> dict[str, Any]:
    counted = _stances(side.n_oppose, side.n_between, side.n_support)
    chosen = _speaking(view.selection, asked.level, code).including("issue", issue_id)
    return {
        "stances": [(stance, n) for stance, n in counted if n],
        "position": side.position,
        "n": len(side.statement_ids),
        "link": view.on("/statements", sort="oldest").selecting(chosen).link,
        "split": [
            (workspace.catalogue.label("actor", code), [(stance, n) for stance, n in _stances(*numbers) if n])
            for code, *numbers in side.split
        ],
    }


def _stances(n_oppose: int, n_between: int, n_support: int) -> tuple[tuple[str, int], ...]:
    return ("support", n_support), ("mixed", n_between), ("oppose", n_oppose)


def _speaking(selection: Selection, level: str, *codes: str) -> Selection:
    for parameter in WHO:
        selection = selection.including(parameter)
    return selection.including(level, *codes)


def _statements(view: View, level: str, code: str) -> str:
    return view.on("/timeline").selecting(_speaking(view.selection, level, code)).link
