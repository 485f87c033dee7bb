"""Joint statements: who signed beside the actor whose row it is, who dissociated itself, and how many there are."""

from __future__ import annotations

from dataclasses import fields

import ibis

from tracker.analysis.corpus import Corpus
from tracker.core.beside import SIGNED, Signatory
from tracker.core.selection import Selection


def signatories_of(corpus: Corpus, statement_id: str) -> tuple[Signatory, ...]:
    """Everybody on record for a statement beside its own actor: those who signed first, then by name."""
    if "signatories" not in corpus.beside:
        return ()
    held = corpus.beside["signatories"]
    names = [field.name for field in fields(Signatory)]
    rows = corpus.ask(("signatories", statement_id), lambda: held.filter(held.statement_id == statement_id).select(*names))
    return tuple(sorted((Signatory(**row) for row in rows), key=lambda one: (one.signed != SIGNED, one.actor, one.actor_id)))


def n_joint(corpus: Corpus, selection: Selection) -> int:
    """How many of the selected statements somebody signed beside the actor whose row it is."""
    if "signatories" not in corpus.beside:
        return 0
    held = corpus.beside["signatories"]
    signed = held.filter(held.signed == SIGNED)
    (row,) = corpus.ask_chosen("joint", lambda narrow: narrow.semi_join(signed, "statement_id").aggregate(n=ibis._.count()), selection)
    return row["n"]


def actors_beside(corpus: Corpus) -> dict[str, str]:
    """The actors that only tables beside the statements name, as signatories or looked for, with what they are called."""
    found: dict[str, str] = {}
    for name in ("signatories", "silences"):
        if name in corpus.beside:
            held = corpus.beside[name]
            rows = corpus.ask(
                ("actors beside", name), lambda held=held: held.select("actor_id", "actor").distinct().order_by("actor_id", "actor")
            )
            found |= {row["actor_id"]: row["actor"] or row["actor_id"] for row in rows}
    return found
