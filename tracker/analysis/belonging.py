"""Whose words a statement is, as Ibis expressions: an actor's own, those of who signed them, of a member of a group on their date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir

from tracker.core.beside import SIGNED
from tracker.core.groups import NO_GROUPS, Groups, Stay, is_group


@dataclass(frozen=True)
class Belonging:
    """Predicates on statements by codes of actors and of groups.

    A statement belongs to a group when its actor is a member on the day it was said. With partial dates, of the statement or
    of the membership, it belongs *possibly* when some day of both fits, *surely* when every day does. The group's own
    organisation is another actor and never among its members. A joint statement belongs to its own actor and to all in
    ``signatories`` that signed it, not to who dissociated itself.
    """

    groups: Groups = NO_GROUPS
    signatories: ir.Table | None = None

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
        return _any([self._by(statements, members) & within(statements, stay) for stay, members in stays.items()])

    @property
    def alone(self) -> Belonging:
        """The same where only a statement's own actor counts."""
        return replace(self, signatories=None)

    def per_signatory(self, statements: ir.Table) -> ir.Table:
        """The statements once for each whose words they are: ``actor_id`` is the own actor's, then that of each signatory."""
        if self.signatories is None:
            return statements
        signed = self._signed().select("statement_id", signed_by="actor_id").distinct()
        joined = statements.inner_join(signed, "statement_id")
        joined = joined.filter(joined.signed_by != joined.actor_id.cast("string"))
        others = joined.mutate(actor_id=joined.signed_by, speaks_for_actor=ibis.literal(True))
        own = statements.mutate(actor_id=statements.actor_id.cast("string"))
        return own.union(others.select(own.columns))

    def _of_actors(self, statements: ir.Table, codes: Sequence[str]) -> list[ir.BooleanValue]:
        actors = [code for code in codes if not is_group(code)]
        return [self._by(statements, actors)] if actors else []

    def _by(self, statements: ir.Table, actors: Sequence[str]) -> ir.BooleanValue:
        own = statements.actor_id.isin(actors)
        if self.signatories is None:
            return own
        signed = self._signed()
        return own | statements.statement_id.isin(signed.filter(signed.actor_id.isin(actors)).statement_id)

    def _signed(self) -> ir.Table:
        return self.signatories.filter(self.signatories.signed == SIGNED)


ALONE = Belonging()
"""Every actor stands for itself; codes of groups select nothing."""


def _any(predicates: list[ir.BooleanValue]) -> ir.BooleanValue:
    return ibis.or_(*predicates) if len(predicates) > 1 else predicates[0] if predicates else ibis.literal(False)


def _possibly_within(statements: ir.Table, stay: Stay) -> ir.BooleanValue:
    return (statements.stated_to >= ibis.literal(stay.first)) & (statements.stated_from <= ibis.literal(stay.last))


def _surely_within(statements: ir.Table, stay: Stay) -> ir.BooleanValue:
    return (statements.stated_from >= ibis.literal(stay.sure_first)) & (statements.stated_to <= ibis.literal(stay.sure_last))
