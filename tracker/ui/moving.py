"""What the templates of Shifts draw: changes, positions held and the way to their statements, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from tracker.analysis.shifts import Lane, Shift, Shifts
from tracker.analysis.wording import STANDS_OUT, Term
from tracker.core.columns import FACET_BY_PARAMETER
from tracker.core.groups import is_group
from tracker.core.links import View
from tracker.core.selection import Catalogue
from tracker.ui import theme
from tracker.ui.wording import distinct_labels
from tracker.workspace import Answer, Workspace

NEUTRAL_WORDS = "Neutral is a stance of its own; statements without a coded stance move nothing."


def lane_labels(catalogue: Catalogue, found: Shifts) -> list[tuple[str, str]]:
    """Who and on which issue, for each lane shown; equal names are told apart by their code."""
    names = distinct_labels(catalogue, found.lane, list(dict.fromkeys(lane.code for lane in found.lanes)))
    return [(names[lane.code], catalogue.label("issue", lane.issue_id)) for lane in found.lanes]


def summary_context(workspace: Workspace, answered: Answer) -> dict[str, Any]:
    """How many changes among how many positions, and the ways out when there is none to show."""
    found, view = answered.body.shifts, answered.view
    ways = []
    if not found.lanes:
        if found.evidence > 1:
            ways.append({"title": "With 1 statement on either side", "link": view.choosing(evidence="1", page="1").link})
        if found.n_settled:
            ways.append({"title": f"All {found.n_settled:,} positions held", "link": view.choosing(show="all", page="1").link})
    return {
        "found": found,
        "pairs": f"{FACET_BY_PARAMETER[found.lane].title.lower()}–issue",
        "n_unsettled": found.n_lanes - found.n_settled,
        "ways": ways,
        "neutral": NEUTRAL_WORDS,
        "groups": [workspace.catalogue.label("actor", code) for code in view.selection.codes("actor") if is_group(code)],
    }


def shifts_context(workspace: Workspace, answered: Answer) -> dict[str, Any]:
    """The changes of the lanes shown, latest first."""
    found = answered.body.shifts
    return {
        "shifts": [
            _shift(workspace, answered.view, found, shift) | {"compared": compared}
            for shift, compared in zip(found.shifts, answered.body.redlines, strict=False)
        ],
        "n_shifts": len(found.shifts),
        "names": workspace.catalogue.label,
        "here": answered.view,
    }


def latest_context(workspace: Workspace, answered: Answer, n_shown: int) -> dict[str, Any]:
    """The latest changes of a selection, for the Overview; ``shifts`` is empty when there is none, or too much to look through.

    ``month`` says how many of them fall into the last month that the selection has.
    """
    found, view = answered.body.shifts, answered.view.on("/shifts")
    shown = found.shifts[:n_shown] if found else ()
    return {
        "month": _in_last_month(found, answered.count.last_on) if found else "",
        "shifts": [_shift(workspace, view, found, shift) for shift in shown],
        "n_shifts": found.n_shifts if found else None,
        "names": workspace.catalogue.label,
        "link": view.link,
    }


def _in_last_month(found: Shifts, last_on: date | None) -> str:
    """How many changes the last month has, in words: at least, when every lane looked at has one in it and there are more."""
    if not last_on:
        return ""
    month = last_on.replace(day=1)
    n = sum(shift.said_after.stated_from >= month for shift in found.shifts)
    is_cut = found.n_changed > len(found.lanes) and all(
        any(shift.said_after.stated_from >= month for shift in lane.shifts) for lane in found.lanes
    )
    words = theme.plural(n, "change") if n else "No change"
    return f"{'At least ' if is_cut else ''}{words} in {theme.period_words(month, 'month')}, the last month here."


def settled_context(workspace: Workspace, answered: Answer) -> dict[str, Any]:
    """Every position of the lanes shown: first said, last reaffirmed, with its statements."""
    found = answered.body.shifts
    labels = lane_labels(workspace.catalogue, found)
    rows = [
        {"who": who, "issue": issue, "lane": lane, "stretches": lane.stretches, "all": _statements(answered.view, found.lane, lane).link}
        for lane, (who, issue) in zip(found.lanes, labels, strict=True)
    ]
    return {"rows": rows, "here": answered.view, "is_all": answered.view.choice("show") == "all"}


def words_context(workspace: Workspace, answered: Answer) -> dict[str, Any]:
    """The words that came and went, with bars as long as they are sure and links to the statements that use them."""
    found = answered.body.wording
    most = max((abs(term.z) for term in (*found.entered, *found.left)), default=1.0)
    return {
        "found": found,
        "columns": [
            {"title": title, "rows": [_term(answered.view, term, most) for term in terms]}
            for title, terms in (("Came", found.entered), ("Went", found.left))
        ],
        "language": workspace.catalogue.label("language", found.language),
        "n_stand_out": sum(abs(term.z) >= STANDS_OUT for term in (*found.entered, *found.left)),
        "by_chance": round(found.n_terms * 0.05),
    }


def _term(view: View, term: Term, most: float) -> dict[str, Any]:
    link = view.on("/statements", sort="oldest").selecting(view.selection.searching(f'"{term.word}"')).link
    return {"term": term, "share": 100 * abs(term.z) / most if most else 0, "link": link, "stands_out": abs(term.z) >= STANDS_OUT}


def pages_of(answered: Answer) -> dict[str, str]:
    """Links to the page before and after."""
    found, view = answered.body.shifts, answered.view
    near = {"Later": found.page - 1, "Earlier": found.page + 1}
    return {title: view.choosing(page=str(n)).link for title, n in near.items() if 1 <= n <= found.n_pages}


def _statements(view: View, parameter: str, lane: Lane | Shift) -> View:
    chosen = view.selection.including(parameter, lane.code).including("issue", lane.issue_id)
    return view.on("/statements", sort="oldest").selecting(chosen)


def _shift(workspace: Workspace, view: View, found: Shifts, shift: Shift) -> dict[str, Any]:
    return {
        "shift": shift,
        "who": workspace.catalogue.label(found.lane, shift.code),
        "issue": workspace.catalogue.label("issue", shift.issue_id),
        "days": _days(shift),
        "voices": _voices(shift),
        "firm": [_firm("before", shift.before), _firm("since", shift.after)],
        "all": _statements(view, found.lane, shift).link,
        "sides": [("before", shift.said_before), ("after", shift.said_after)],
    }


def _days(shift: Shift) -> str:
    least, most = shift.days_least, shift.days_most
    return f"{theme.plural(most, 'day')} between" if least == most else f"{least:,} to {most:,} days between (a date is partial)"


def _firm(when: str, stretch: Any) -> str:
    """How firm one side is, in words."""
    parts = [f"{theme.plural(stretch.n_evidence, 'statement')} {when}"]
    parts += [f"{stretch.n_against} otherwise"] if stretch.n_against else []
    parts += [f"{stretch.n_may_be_against} otherwise with a date that may lie there"] if stretch.n_may_be_against else []
    return ", ".join(parts)


def _voices(shift: Shift) -> str:
    if shift.shared == "spokesperson":
        return "The same spokesperson is on both sides."
    if shift.shared == "organisation":
        return "Other spokespersons of the same organisation are on both sides."
    before, after = (_organisations(side) for side in ((shift.before.first, shift.said_before), (shift.said_after, shift.after.last)))
    if before and after and before != after:
        return f"Others spoke: before {before}, then {after}. It may be a difference between them rather than a change in time."
    return "Others spoke before than after. It may be a difference between them rather than a change in time."


def _organisations(rows: Iterable[Any]) -> str:
    return " and ".join(dict.fromkeys(row.organisation for row in rows if row.organisation))
