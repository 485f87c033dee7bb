"""Signatories of reviewed statements as they are kept: each an actor of its own, told by its name as written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tracker.core.beside import Signatory
from tracker.core.model import Statement
from tracker.core.problems import Problem
from tracker.core.reviews import Draft
from tracker.io.beside_read import actor_called
from tracker.io.declared import Declared


@dataclass(frozen=True, slots=True)
class Signed:
    """The signatories of one statement, and what stands against keeping them."""

    signatories: tuple[Signatory, ...] = ()
    problems: tuple[Problem, ...] = ()


def signed_by(statement: Statement, draft: Draft, declared: Declared) -> Signed:
    """Who signs a statement beside its own actor, with the ids by which the data set knows them.

    Refused in words are a signatory without a state or organisation, and one whose position the statement is already.
    """
    known = [_known(statement.statement_id, one, declared) for one in draft.signatories]
    return Signed(tuple(known), tuple(_problems(statement, known)))


def _known(statement_id: str, written: Signatory, declared: Declared) -> Signatory:
    actor_id, actor = actor_called(written.actor, declared) if written.actor.strip() else ("", "")
    return replace(written, statement_id=statement_id, actor_id=actor_id, actor=actor)


def _problems(statement: Statement, signatories: Iterable[Signatory]) -> Iterator[Problem]:
    taken = {statement.actor_id}
    for one in signatories:
        who = (one.spokesperson or one.organisation or one.actor or "without a name")[:80]
        if not one.actor_id:
            message = f"the signatory {who} has neither a state nor an organisation; write whose position it is, or remove the signatory"
            yield Problem("actor-missing", message, record=statement.record)
        elif one.actor_id in taken:
            message = f"it is a position of {one.actor[:80]} already; remove the signatory {who}, or write another actor"
            yield Problem("row-repeated", message, record=statement.record)
        taken.add(one.actor_id)
