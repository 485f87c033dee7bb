"""Groups as of a date: which days are in a membership surely and possibly, and which table says who belongs."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.core.beside import GROUP, Membership
from tracker.core.dates import Window
from tracker.core.groups import Groups, Stay, is_group
from tracker.core.identifiers import slug
from tracker.core.selection import Catalogue, Selection

D = date
ENDS = {
    "days": ("2016-07-28", "2016-07-29", D(2016, 7, 28), D(2016, 7, 28), D(2016, 7, 29), D(2016, 7, 29)),
    "months": ("2016-07", "2016-08", D(2016, 7, 1), D(2016, 7, 31), D(2016, 8, 1), D(2016, 8, 31)),
    "years": ("2015", "2016", D(2015, 1, 1), D(2015, 12, 31), D(2016, 1, 1), D(2016, 12, 31)),
    "open": ("", "", D.min, D.min, D.max, D.max),
    "one-month": ("2016-07", "2016-07", D(2016, 7, 1), D(2016, 7, 31), D(2016, 7, 1), D(2016, 7, 31)),
}


@pytest.mark.parametrize(("begins", "ends", "first", "sure_first", "sure_last", "last"), ENDS.values(), ids=ENDS)
def test_days_of_a_membership(begins: str, ends: str, first: date, sure_first: date, sure_last: date, last: date) -> None:
    assert Stay.of(Membership("AAA", "g", begins, ends)) == Stay(first, sure_first, sure_last, last)


def test_a_later_table_says_all_of_its_groups() -> None:
    shipped = [Membership("AAA", "one"), Membership("BBB", "one"), Membership("AAA", "two")]
    groups = Groups.of(shipped, [Membership("CCC", "one", member="Testland", group="First")])
    assert groups.members_on("group:one", D(2016, 1, 1)) == ("CCC",) and groups.title("group:one") == "First"
    assert groups.members_on("group:two", D(2016, 1, 1)) == ("AAA",) and groups.names() == {"CCC": "Testland"}


def test_leaving_and_coming_back() -> None:
    groups = Groups.of([Membership("SYR", "g", "1994-01-01", "2011-11-15"), Membership("SYR", "g", "2023-05-07")])
    days = [D(2011, 11, 15), D(2011, 11, 16), D(2023, 5, 6), D(2023, 5, 7)]
    assert [bool(groups.members_on("group:g", day)) for day in days] == [True, False, False, True]
    assert groups.all_members("group:g") == ("SYR",)


@pytest.mark.parametrize("name", ["group:eu", "Group: EU", "group EU", "GROUP:"])
def test_no_name_of_an_actor_becomes_the_code_of_a_group(name: str) -> None:
    assert not is_group(slug(name)) and ":" not in slug(name)


def test_the_sentence_names_the_group_and_what_may_be_doubted() -> None:
    catalogue = Catalogue(labels={"actor": {f"{GROUP}eu": "EU members"}}, n_statements=9)
    chosen = Selection().including("actor", "group:eu").within(Window.parse("2016", "2016"))
    assert chosen.sentence(catalogue, 3, 1) == "3 of 9 statements by EU members, 2016; 1 only possibly in this window or group"
    assert chosen.parameters()["actor"] == "group:eu"
