"""The cell of a group: where each of its members stands, who is silent, and how far they agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tracker.analysis.positions import CellRow
from tracker.analysis.results import LookedFor, MemberStand
from tracker.core.dates import PartialDate
from tracker.core.vocabulary import NOT_CODED

Looks = Mapping[str, Sequence[LookedFor]]


def split_of(rows: Iterable[CellRow], sizes: Mapping[str, int], members: Sequence[str], looks: Looks) -> tuple[MemberStand, ...]:
    """Every member's stand: those who said something, most statements first, then the silent ones by code.

    ``rows`` are the counted statements of the cell, ``sizes`` their whole number by member, ``members`` who belongs to the
    group at the end of the window and ``looks`` the silences on record. Whoever spoke as a member and left since is in it
    too, not as a member.
    """
    by_member: defaultdict[str, list[CellRow]] = defaultdict(list)
    for row in rows:
        by_member[row.member].append(row)
    spoke = sorted(by_member, key=lambda member: (-sizes.get(member, 0), member))
    stands = [_stand(member, by_member[member], sizes.get(member, 0), member in members, tuple(looks.get(member, ()))) for member in spoke]
    silent = [member for member in members if member not in by_member]
    return (*stands, *(_silent(member, tuple(looks.get(member, ()))) for member in silent))


def stance_together(split: Sequence[MemberStand]) -> str:
    """The stance of all members of today whose stance is coded where they agree, "mixed" where not, else not coded.

    >>> stance_together([])
    'not-coded'
    """
    stances = {stand.stance for stand in split if stand.is_member and stand.state == "said"}
    return NOT_CODED if not stances else "mixed" if len(stances) > 1 else next(iter(stances))


def state_together(split: Sequence[MemberStand]) -> str:
    """What can be said of the group as a whole: "said" when one member's position is known, and so on down."""
    states = {stand.state for stand in split}
    return next((state for state in ("said", "not-coded", "silent", "filtered") if state in states), "not-looked")


def newest_first(rows: Iterable[CellRow]) -> list[CellRow]:
    """Statements of several members as in a cell of one actor, each once."""
    once = {row.statement_id: row for row in sorted(rows, key=lambda row: not row.is_carrier)}
    return sorted(once.values(), key=_newness, reverse=True)


def _newness(row: CellRow) -> tuple[object, ...]:
    said = PartialDate.parse(row.stated_on)
    return said.first, said.last, row.row_number


def _stand(member: str, rows: Sequence[CellRow], n: int, is_member: bool, looks: tuple[LookedFor, ...]) -> MemberStand:
    carriers = [row for row in rows if row.is_carrier]
    stances = {row.stance_code for row in carriers}
    stance = NOT_CODED if not stances else "mixed" if len(stances) > 1 else next(iter(stances))
    state = "said" if carriers else "not-coded"
    ids = tuple(row.statement_id for row in carriers or rows)
    return MemberStand(member, stance, len(stances) > 1, n, rows[0].stated_on, ids, is_member, state, looks)


def _silent(member: str, looks: tuple[LookedFor, ...]) -> MemberStand:
    return MemberStand(member, NOT_CODED, False, 0, "", (), True, "silent" if looks else "not-looked", looks)
