"""Groups of actors as of a date: who is a member surely, or only possibly, because dates are partial."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from tracker.core.beside import GROUP, Membership, Tenure
from tracker.core.dates import PartialDate, Within

_BEGINNING, _END = date.min, date.max


@dataclass(frozen=True, slots=True)
class Stay:
    """A membership or an office as days: possibly from ``first`` to ``last``, surely from ``sure_first`` to ``sure_last``, all inclusive.

    The two differ where a day is not known: "until 2011" is possibly until 31 December and surely until 1 January.
    """

    first: date
    sure_first: date
    sure_last: date
    last: date

    @classmethod
    def of(cls, membership: Membership | Tenure) -> Stay:
        """The days of a membership or an office; ends that are not given are open."""
        begins = PartialDate.parse(membership.from_on) if membership.from_on else None
        ends = PartialDate.parse(membership.until_on) if membership.until_on else None
        return cls(
            begins.first if begins else _BEGINNING,
            begins.last if begins else _BEGINNING,
            ends.first if ends else _END,
            ends.last if ends else _END,
        )

    def lies(self, first: date, last: date) -> Within:
        """How days from the first to the last lie to it: surely inside, possibly, or not.

        >>> stay = Stay.of(Tenure("one", "Envoy", from_on="2016-07"))
        >>> [stay.lies(day, day).name for day in (date(2016, 6, 30), date(2016, 7, 28), date(2016, 8, 1))]
        ['NOT', 'POSSIBLY', 'SURELY']
        """
        if self.sure_first <= first and last <= self.sure_last:
            return Within.SURELY
        return Within.POSSIBLY if first <= self.last and self.first <= last else Within.NOT

    def may_hold(self, day: date) -> bool:
        """Whether the day is possibly in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Groups:
    """Every group with its memberships; codes are those of links (``group:eu``).

    >>> held = Groups.of([Membership("GBR", "eu", "1973-01-01", "2020-01-31", group="EU members"), Membership("FRA", "eu")])
    >>> held.members_on("group:eu", date(2015, 1, 1)), held.members_on("group:eu", date(2021, 1, 1))
    (('FRA', 'GBR'), ('FRA',))
    >>> held.title("group:eu"), held.members_on("group:moon", date(2015, 1, 1))
    ('EU members', ())
    """

    memberships: Mapping[str, tuple[Membership, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, *tables: Iterable[Membership]) -> Groups:
        """The groups of several tables; a group that a later table has is taken from there alone."""
        found: dict[str, tuple[Membership, ...]] = {}
        for table in tables:
            by_group: dict[str, list[Membership]] = {}
            for membership in table:
                by_group.setdefault(GROUP + membership.group_id, []).append(membership)
            found |= {code: tuple(held) for code, held in by_group.items()}
        return cls(found)

    @cached_property
    def stays(self) -> Mapping[str, Mapping[Stay, tuple[str, ...]]]:
        """By group the members of each stay, so that members of one length are asked for at once."""
        found: dict[str, dict[Stay, tuple[str, ...]]] = {}
        for code, held in self.memberships.items():
            by_stay: dict[Stay, list[str]] = {}
            for membership in held:
                by_stay.setdefault(Stay.of(membership), []).append(membership.member_id)
            found[code] = {stay: tuple(sorted(members)) for stay, members in by_stay.items()}
        return found

    def title(self, code: str) -> str:
        """What people call the group; the code itself when it is not known."""
        return next((held.group for held in self.memberships.get(code, ()) if held.group), code)

    def names(self) -> dict[str, str]:
        """What each member of any group is called."""
        return {held.member_id: held.member for group in self.memberships.values() for held in group if held.member}

    def all_members(self, code: str) -> tuple[str, ...]:
        """Everybody who ever was a member, by code."""
        return tuple(sorted({held.member_id for held in self.memberships.get(code, ())}))

    def members_on(self, code: str, day: date) -> tuple[str, ...]:
        """Who is a member on the day, surely or possibly, by code; nobody for a group that is not known."""
        return tuple(sorted({member for stay, held in self.stays.get(code, {}).items() if stay.may_hold(day) for member in held}))


NO_GROUPS = Groups()


def is_group(code: str) -> bool:
    """Whether a code names a group and no actor.

    >>> is_group("group:eu"), is_group("eu"), is_group("FRA")
    (True, False, False)
    """
    return code.startswith(GROUP)
