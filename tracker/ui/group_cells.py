"""What the template of a group's cell draws: its members by stance, and the silent ones, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.analysis.results import MemberStand, Position
from tracker.core.beside import GROUP, Membership
from tracker.core.dates import PartialDate, Window
from tracker.core.groups import is_group
from tracker.core.views import View
from tracker.core.vocabulary import STANCES, STATE_MARKS
from tracker.ui import theme
from tracker.ui.silence import looked_words
from tracker.workspace import Workspace


def group_cell(workspace: Workspace, here: View, position: Position) -> dict[str, Any] | None:
    """The members of a group by stance, ``None`` for the cell of an actor; each leads to the statement that carries its stance."""
    if not is_group(position.column.partition(":")[2]):
        return None
    now = [stand for stand in position.split if stand.is_member]
    spoke = [stand for stand in now if stand.n_statements]
    names = member_names(workspace, [stand.member_id for stand in position.split])
    by_stance = [(stance, [stand for stand in spoke if stand.stance == stance]) for stance in STANCES]
    return {
        "parts": [{"stance": stance, "members": _members(held, names, here)} for stance, held in by_stance if held],
        "looked": [f"{names[stand.member_id]}, {looked_words(stand.silences)}" for stand in now if stand.state == "silent"],
        "not_looked": [names[stand.member_id] for stand in now if stand.state == "not-looked"],
        "filtered": [names[stand.member_id] for stand in now if stand.state == "filtered"],
        "former": _members([stand for stand in position.split if not stand.is_member], names, here),
        "n_members": len(now),
        "marks": STATE_MARKS,
    }


def groups_context(workspace: Workspace, here: View) -> dict[str, Any]:
    """Every group with its members by term and the document each term can be checked in."""
    groups, day = workspace.corpus.groups, here.selection.window.last or workspace.corpus.last_day
    own = {GROUP + row["group_id"] for row in workspace.engine.rows(workspace.engine.table("memberships"))}
    return {
        "day": f"on {PartialDate.of(day).words}",
        "groups": [
            {
                "code": code,
                "title": groups.title(code),
                "link": here.on("/compare").selecting(here.selection.including("actor", code)).link,
                "n_now": len(groups.members_on(code, day)),
                "stays": _stays(workspace, held),
                "is_of_data": code in own,
            }
            for code, held in groups.memberships.items()
        ],
    }


def _stays(workspace: Workspace, held: Sequence[Membership]) -> list[dict[str, Any]]:
    names = member_names(workspace, [membership.member_id for membership in held])
    terms: dict[tuple[str, ...], list[str]] = {}
    for m in held:
        terms.setdefault((m.from_on, m.until_on, m.document, m.document_url, m.note), []).append(names[m.member_id])
    return [
        {"words": _term_words(begins, ends), "members": members, "document": document, "url": url, "note": note}
        for (begins, ends, document, url, note), members in terms.items()
    ]


def _term_words(begins: str, ends: str) -> str:
    return Window.parse(begins, ends).words or "always"


def member_names(workspace: Workspace, codes: Sequence[str]) -> dict[str, str]:
    """What members are called: as the data calls them, else as the table of memberships does."""
    labels, known = workspace.catalogue.labels["actor"], workspace.corpus.groups.names()
    return {code: labels.get(code) or known.get(code, code) for code in codes}


def _members(stands: Sequence[MemberStand], names: dict[str, str], here: View) -> list[dict[str, Any]]:
    return [
        {
            "name": names[stand.member_id],
            "link": here.on("/statement", id=stand.carrier_ids[0]).link,
            "title": f"{theme.plural(stand.n_statements, 'statement')}, last {theme.date_words(stand.last_on)}",
            "is_contested": stand.is_contested,
        }
        for stand in stands
    ]
