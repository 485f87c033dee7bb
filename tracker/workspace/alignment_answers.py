"""What the Alignment page shows for a view: the matrix, one pair issue by issue, and both through time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracker.analysis.alignment import Asked, align, aligned_windows, lone_pair, pair_issues
from tracker.analysis.alignment_results import AlignedWindow, Alignment, Pair, PairIssue
from tracker.core.links import Notice, View
from tracker.workspace.opening import Workspace


@dataclass(frozen=True)
class AlignmentBody:
    """Alignment: what was asked, the matrix, the pair chosen (``None`` when none is) with its issues, and the windows."""

    asked: Asked
    alignment: Alignment
    pair: Pair | None
    pair_issues: tuple[PairIssue, ...]
    windows: tuple[AlignedWindow, ...]
    step: str
    threshold: float


def asked_by(view: View) -> Asked:
    """What the choices of a view ask for; a correction belongs to agreement, a divisor to what was said."""
    measure, correction = view.choice("measure"), view.choice("correction")
    if measure == "agreement" and correction != "raw":
        measure = correction
    return Asked(view.choice("level"), measure, view.choice("per"), view.choice("repeats"), int(view.choice("min")))


def alignment_body(workspace: Workspace, view: View) -> tuple[AlignmentBody, tuple[Notice, ...]]:
    """The body of the answer, and a notice when the pair of the link does not belong to the level asked for."""
    asked, corpus, selection = asked_by(view), workspace.corpus, view.selection
    pair, notices = _pair_asked(workspace, view, asked)
    matrix = align(corpus, selection, asked)
    body = AlignmentBody(
        asked=asked,
        alignment=matrix,
        pair=lone_pair(corpus, selection, *pair, asked) if pair else None,
        pair_issues=pair_issues(corpus, selection, *pair, asked) if pair else (),
        windows=aligned_windows(corpus, selection, replace(asked, minimum=1), view.choice("by"), pair, matrix.members),
        step=view.choice("by"),
        threshold=float(view.choice("edge")),
    )
    return body, notices


def _pair_asked(workspace: Workspace, view: View, asked: Asked) -> tuple[tuple[str, str] | None, tuple[Notice, ...]]:
    one, _, other = view.choice("pair").partition(".")
    if not other:
        return None, ()
    if {one, other} <= set(workspace.catalogue.labels[asked.level]):
        return (one, other), ()
    named = f"{one}.{other}"
    return None, (Notice("pair", named, f"The pair ‘{named}’ are not {asked.level}s; choose the level they belong to, or another pair."),)
