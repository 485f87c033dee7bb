"""The memberships that come with the program: checked facts, every row with the document it can be checked in."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tracker.core.beside import Membership
from tracker.core.problems import Problem
from tracker.io.beside_read import read_beside
from tracker.io.declared import Declared

_TABLE = Path(__file__).with_name("memberships.csv")


@cache
def known_memberships() -> tuple[Membership, ...]:
    """Who belongs to which of the groups that are known everywhere, with dates; a wrong row is a fault of ours and raises."""
    problems: list[Problem] = []
    found = read_beside({_TABLE.name: _TABLE.read_bytes()}, Declared(), problems)["memberships"]
    if problems:
        raise ValueError(f"{_TABLE.name}: {problems[0].message}")
    return tuple(membership for membership in found if isinstance(membership, Membership))
