"""Whose words a statement is, as Ibis expressions: an actor's own, or those of a member of a group on the statement's date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from tracker.core.groups import NO_GROUPS, Groups, Stay, is_group


@dataclass(frozen=True)
class Belonging:
    """Predicates on statements by codes of actors and of groups.

    A statement belongs to a group when its actor is a member on the day it was said. With partial dates, of the statement or
    of the membership, it belongs *possibly* when some day of both fits, *surely* when every day does. The group's own
    organisation is another actor and never among its members.
    """

    groups: Groups = NO_GROUPS

    def possibly(self, statements: ir.Table, codes: Sequence[str]) -> ir.BooleanValue:
        """Whether a statement surely or possibly belongs to one of the codes; to unknown codes none does."""
        return _any([*self._of_actors(statements, codes), *(self.in_group(statements, code) for code in codes if is_group(code))])

    def surely(self, statements: ir.Table, codes: Sequence[str]) -> ir.BooleanValue:
        """Whether a statement surely belongs to one of the codes."""
        in_groups = (self.in_group(statements, code, surely=True) for code in codes if is_group(code))
        return _any([*self._of_actors(statements, codes), *in_groups])

    def may_doubt(self, codes: Iterable[str]) -> bool:
        """Whether belonging to one of the codes can be only possible."""
        return any(map(is_group, codes))

    def in_group(self, statements: ir.Table, code: str, *, surely: bool = False) -> ir.BooleanValue:
        """Whether the statement's actor is a member on its date, possibly or surely."""
        within = _surely_within if surely else _possibly_within
        stays = self.groups.stays.get(code, {})
        return _any([statements.actor_id.isin(members) & within(statements, stay) for stay, members in stays.items()])

    def _of_actors(self, statements: ir.Table, codes: Sequence[str]) -> list[ir.BooleanValue]:
        actors = [code for code in codes if not is_group(code)]
        return [statements.actor_id.isin(actors)] if actors else []


ALONE = Belonging()
"""Every actor stands for itself; codes of groups select nothing."""


def _any(predicates: list[ir.BooleanValue]) -> ir.BooleanValue:
    return ibis.or_(*predicates) if len(predicates) > 1 else predicates[0] if predicates else ibis.literal(False)


def _possibly_within(statements: ir.Table, stay: Stay) -> ir.BooleanValue:
    return (statements.stated_to >= ibis.literal(stay.first)) & (statements.stated_from <= ibis.literal(stay.last))


def _surely_within(statements: ir.Table, stay: Stay) -> ir.BooleanValue:
    return (statements.stated_from >= ibis.literal(stay.sure_first)) & (statements.stated_to <= ibis.literal(stay.sure_last))
