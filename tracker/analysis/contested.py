"""Does a comparison hold without the contested codings? The same cells with and without them."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.analysis.results import Comparison, Position


@dataclass(frozen=True, slots=True)
class ContestedChange:
    """One cell that says something else without the contested codings."""

    column: str
    issue_id: str
    stance_with: str
    stance_without: str
    n_with: int
    n_without: int


@dataclass(frozen=True, slots=True)
class ContestedEffect:
    """How many contested statements a comparison rests on, and the cells whose position they change, of ``n_cells``."""

    n_contested: int
    n_cells: int
    changes: tuple[ContestedChange, ...]


def effect_of_contested(whole: Comparison, uncontested: Comparison) -> ContestedEffect | None:
    """What contested codings change; ``None`` where both comparisons rest on the same statements.

    Both must have the same columns and issues. A cell changes when its stance does, or whether it has one; for a group when
    that of one of its members does.
    """
    n_contested = whole.n_statements - uncontested.n_statements
    if not n_contested:
        return None
    changes = tuple(
        ContestedChange(*cell, found.stance, other.stance, found.n_statements, other.n_statements)
        for cell, found in whole.positions.items()
        if _said(found) != _said(other := uncontested.positions[cell])
    )
    return ContestedEffect(n_contested, len(whole.positions), changes)


def _said(position: Position) -> tuple[object, ...]:
    members = tuple(sorted((stand.member_id, stand.stance) for stand in position.split))
    return position.stance, bool(position.n_statements), members
