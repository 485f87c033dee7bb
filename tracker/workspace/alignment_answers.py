"""What the Alignment page shows for a view: the matrix, one pair issue by issue, and both through time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracker.analysis.alignment import Asked, align, aligned_windows, lone_pair, pair_issues, pair_values
from tracker.analysis.alignment_results import AlignedWindow, Alignment, Pair, PairIssue
from tracker.analysis.contested import ContestedIssues, PairsEffect, effect_on_pairs
from tracker.analysis.joint import n_joint
from tracker.core.groups import is_group
from tracker.core.links import Notice, View
from tracker.core.selection import Selection
from tracker.workspace.opening import Workspace


@dataclass(frozen=True)
class AlignmentBody:
    """Alignment: what was asked, the matrix, the pair chosen (``None`` when none is) with its issues, and the windows.

    ``contested`` says what contested codings change in the matrix, where there are any.
    """

    asked: Asked
    alignment: Alignment
    pair: Pair | None
    pair_issues: tuple[PairIssue, ...]
    windows: tuple[AlignedWindow, ...]
    step: str
    threshold: float
    n_joint: int = 0
    contested: PairsEffect | None = None


def asked_by(view: View) -> Asked:
    """What the choices of a view ask for; a correction belongs to agreement, a divisor to what was said.

    A group asked for beside others is one actor among them; alone it has nobody to be compared with, so its members are.
    """
    measure, correction = view.choice("measure"), view.choice("correction")
    if measure == "agreement" and correction != "raw":
        measure = correction
    level, codes = view.choice("level"), view.selection.codes("actor")
    is_one = level == "actor" and view.choice("groups") == "one" and len(codes) > 1 and any(map(is_group, codes))
    counted = view.choice("per"), view.choice("repeats"), int(view.choice("min"))
    return Asked(level, measure, *counted, each=view.choice("joint") == "each", together=codes if is_one else ())


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
        n_joint=n_joint(corpus, selection) if asked.level == "actor" else 0,
        contested=_effect_of_contested(workspace, selection, asked, matrix) if workspace.catalogue.n_contested else None,
    )
    return body, notices


def _effect_of_contested(workspace: Workspace, selection: Selection, asked: Asked, shown: Alignment) -> PairsEffect | None:
    """What the matrix says with contested codings and without: one of the two is shown. Both are of the members of either."""
    members = {member.code for member in shown.members}
    without, kept = pair_values(workspace.corpus, selection.without_contested(), asked, members)
    members |= {code for pair in without for code in (pair.one, pair.other)}
    whole, held = pair_values(workspace.corpus, selection.without_contested(False), asked, members)
    return effect_on_pairs(whole, without, held.n_statements - kept.n_statements, ContestedIssues.between(held, kept))


def _pair_asked(workspace: Workspace, view: View, asked: Asked) -> tuple[tuple[str, str] | None, tuple[Notice, ...]]:
    one, _, other = view.choice("pair").partition(".")
    if not other:
        return None, ()
    if {one, other} <= set(workspace.catalogue.labels[asked.level]):
        return (one, other), ()
    named = f"{one}.{other}"
    return None, (Notice("pair", named, f"The pair ‘{named}’ are not {asked.level}s; choose the level they belong to, or another pair."),)
