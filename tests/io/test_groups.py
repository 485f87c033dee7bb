"""The memberships that come with the program: counts of every year, and a document for every row."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from tracker.core.beside import Membership
from tracker.core.groups import Groups
from tracker.io import groups as groups_module
from tracker.io.actors_read import country_name, is_country_code
from tracker.io.groups import known_memberships
from tracker.store.snapshot import SCHEMA_NUMBER

GROUPS = Groups.of(known_memberships())
COUNTS = [
    *(("eu", day, n) for day, n in {"1958-01-01": 6, "1973-01-01": 9, "1981-01-01": 10, "1986-01-01": 12, "1995-01-01": 15}.items()),
    *(("eu", day, n) for day, n in {"2004-04-30": 15, "2004-05-01": 25, "2007-01-01": 27, "2013-06-30": 27, "2013-07-01": 28}.items()),
    *(("eu", day, n) for day, n in {"2015-01-01": 28, "2020-01-31": 28, "2020-02-01": 27, "2021-01-01": 27}.items()),
    *(("nato", day, n) for day, n in {"1949-08-24": 12, "1952-02-18": 14, "1982-05-30": 16, "1999-03-12": 19, "2004-03-29": 26}.items()),
    *(("nato", day, n) for day, n in {"2016-07-01": 28, "2017-06-04": 28, "2017-06-05": 29, "2020-03-26": 29, "2021-01-01": 30}.items()),
    *(("nato", day, n) for day, n in {"2023-04-03": 30, "2023-04-04": 31, "2024-03-07": 32, "2025-01-01": 32}.items()),
    *(("e10", f"{year}-{day}", 10) for year in range(2000, 2027) for day in ("01-01", "12-31")),
    *(("p5", f"{year}-12-25", 5) for year in range(1971, 2027)),
    *(("g7", f"{year}-07-01", 7) for year in range(1977, 2027)),
    *(("g8", day, n) for day, n in {"1998-05-14": 0, "2013-06-17": 8, "2014-03-24": 8, "2014-03-25": 0}.items()),
    *(
        ("arab-league", day, n)
        for day, n in {"2011-02-20": 22, "2011-03-01": 21, "2011-09-01": 22, "2011-11-16": 21, "2023-05-07": 22}.items()
    ),
    *(("brics", day, n) for day, n in {"2009-06-16": 4, "2011-04-14": 5, "2023-12-31": 5, "2024-01-01": 9, "2025-01-06": 10}.items()),
    *(("oic", day, n) for day, n in {"2012-08-01": 57, "2012-08-16": 56, "2016-01-01": 56, "2025-03-07": 57}.items()),
]


@pytest.mark.parametrize(("group", "day", "n"), COUNTS, ids=[f"{group}-{day}" for group, day, _ in COUNTS])
def test_how_many_belong_on_a_day(group: str, day: str, n: int) -> None:
    assert len(GROUPS.members_on(f"group:{group}", date.fromisoformat(day))) == n


WHO = [
    ("eu", "2015-01-01", "GBR", True),
    ("eu", "2021-01-01", "GBR", False),
    ("e10", "2017-01-01", "VEN", False),
    ("e10", "2016-12-31", "ESP", True),
    ("e10", "2017-06-01", "ITA", True),
    ("e10", "2018-06-01", "ITA", False),
    ("e10", "2018-06-01", "NLD", True),
    ("p5", "1991-12-23", "RUS", False),
    ("p5", "1991-12-24", "SUN", False),
    ("g7", "2016-01-01", "RUS", False),
    ("g8", "2014-03-01", "RUS", True),
    ("arab-league", "2016-07-28", "SYR", False),
    ("oic", "2016-07-28", "SYR", False),
    ("brics", "2016-07-28", "ZAF", True),
]


@pytest.mark.parametrize(("group", "day", "member", "belongs"), WHO, ids=[f"{row[0]}-{row[2]}-{row[1]}" for row in WHO])
def test_who_belongs_on_a_day(group: str, day: str, member: str, belongs: bool) -> None:
    assert (member in GROUPS.members_on(f"group:{group}", date.fromisoformat(day))) is belongs


@pytest.mark.parametrize("membership", known_memberships(), ids=lambda held: f"{held.group_id}-{held.member_id}-{held.from_on}")
def test_every_row_can_be_checked(membership: Membership) -> None:
    assert membership.document and membership.from_on and membership.group
    assert is_country_code(membership.member_id) and membership.member == country_name(membership.member_id)
    assert not membership.document_url or membership.document_url.startswith("https://")


def test_terms_of_one_member_do_not_overlap() -> None:
    for code in GROUPS.memberships:
        for member in GROUPS.all_members(code):
            held = sorted(stay.first for stay, members in GROUPS.stays[code].items() if member in members)
            ends = sorted(stay.last for stay, members in GROUPS.stays[code].items() if member in members)
            assert all(end < begins for end, begins in zip(ends, held[1:], strict=False)), f"{member} in {code}"


def test_a_change_of_memberships_is_another_data_version() -> None:
    """When this fails: raise SCHEMA_NUMBER in tracker/store/snapshot.py, so that links made before say so; then mend both here."""
    hash_when_raised, schema_number_then = "12627bc51dd7", 3
    table = Path(groups_module.__file__).with_name("memberships.csv").read_bytes()
    assert hashlib.sha256(table).hexdigest()[:12] == hash_when_raised and schema_number_then <= SCHEMA_NUMBER
