"""Offices as of a date: only what statements name, from the first to the last of them, and nothing on other days."""

from __future__ import annotations

from datetime import date

import pytest

from tests.analysis.corpora import corpus_of
from tests.factory import statement
from tracker.analysis.offices import held_on, lies_in, offices_of, tenures_of
from tracker.core.beside import Tenure

SAID = (
    statement("a", "2016-01-10", spokesperson_id="one", role="Envoy", organisation="Ministry"),
    statement("b", "2016-02", spokesperson_id="one", role="", organisation="Ministry"),
    statement("c", "2016-03-10", spokesperson_id="one", role="Envoy", organisation="Ministry"),
    statement("d", "2016-06-01", spokesperson_id="one", role="Minister", organisation="Ministry"),
    statement("e", "2016-06-01", spokesperson_id="two", role="Envoy", organisation="Ministry"),
    statement("f", "2016-06-01", spokesperson_id="", role="Envoy", organisation="Ministry"),
)
DAYS = {
    "first": ("2016-01-10", ["Envoy"]),
    "between": ("2016-02-29", ["Envoy"]),
    "after-the-last": ("2016-03-11", []),
    "before-the-first": ("2016-01-09", []),
    "the-next": ("2016-06-01", ["Minister"]),
}


def test_offices_are_those_that_rows_name() -> None:
    with corpus_of(*SAID) as corpus:
        found, nobody = offices_of(corpus, "one"), (offices_of(corpus, ""), offices_of(corpus, "not-given"), offices_of(corpus, "nobody"))
    assert [(o.role, str(o.first_from), str(o.last_to), o.n_statements, o.first_id) for o in found] == [
        ("Envoy", "2016-01-10", "2016-03-10", 2, "a"),
        ("Minister", "2016-06-01", "2016-06-01", 1, "d"),
    ]
    assert nobody == ((), (), ())


@pytest.mark.parametrize(("day", "roles"), DAYS.values(), ids=DAYS)
def test_an_office_is_held_on_a_day_only_between_statements_that_name_it(day: str, roles: list[str]) -> None:
    with corpus_of(*SAID) as corpus:
        offices = offices_of(corpus, "one")
    on = date.fromisoformat(day)
    assert [office.role for office in held_on(offices, on, on)] == roles


def test_a_month_that_is_not_all_between_is_not_known() -> None:
    with corpus_of(*SAID) as corpus:
        offices = offices_of(corpus, "one")
    assert [o.role for o in held_on(offices, date(2016, 2, 1), date(2016, 2, 29))] == ["Envoy"]
    assert held_on(offices, date(2016, 3, 1), date(2016, 3, 31)) == ()
    assert held_on(offices, date(2016, 1, 1), date(2016, 1, 31)) == ()


HELD = (
    Tenure("one", "Minister", from_on="2016-07", until_on="2017"),
    Tenure("one", "Envoy", until_on="2016-06-30"),
    Tenure("two", "Envoy"),
    Tenure("not-given", "Envoy"),
)
ON = {
    "before": ("2016-06-30", "2016-06-30", ["surely", "not"]),
    "in-the-month-of-the-beginning": ("2016-07-14", "2016-07-14", ["not", "possibly"]),
    "after-it": ("2016-08-01", "2016-08-01", ["not", "surely"]),
    "a-month-around-the-end": ("2016-06-01", "2016-07-31", ["possibly", "possibly"]),
    "in-the-year-of-the-end": ("2017-03-01", "2017-03-01", ["not", "possibly"]),
    "long-after": ("2018-01-01", "2018-01-01", ["not", "not"]),
}


@pytest.mark.parametrize(("first", "last", "lies"), ON.values(), ids=ON)
def test_the_table_of_offices_says_who_held_what_on_a_day(first: str, last: str, lies: list[str]) -> None:
    with corpus_of(*SAID, offices=HELD) as corpus:
        found, nobody = tenures_of(corpus, "one"), (tenures_of(corpus, "not-given"), tenures_of(corpus, "nobody"))
    assert [held.role for held in found] == ["Envoy", "Minister"] and nobody == ((), ())
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert [lies_in(held, *days).value for held in found] == lies


def test_without_the_table_there_is_none() -> None:
    with corpus_of(*SAID) as corpus:
        assert tenures_of(corpus, "one") == ()


def test_the_earliest_comes_first_and_an_office_lasts_as_long_as_the_date_of_its_last_statement() -> None:
    said = (
        statement("a", "2016-03", spokesperson_id="three", role="Envoy"),
        statement("b", "2016-01", spokesperson_id="three", role="Minister"),
        statement("c", "2016-04-02", spokesperson_id="three", role="Envoy", organisation="Mission"),
    )
    held = (Tenure("three", "Envoy", from_on="2016"), Tenure("three", "Minister", from_on="2015"))
    with corpus_of(*said, offices=held) as corpus:
        found, tenures = offices_of(corpus, "three"), tenures_of(corpus, "three")
    assert [(office.role, str(office.first_from), str(office.last_to)) for office in found] == [
        ("Minister", "2016-01-01", "2016-01-31"),
        ("Envoy", "2016-03-01", "2016-03-31"),
        ("Envoy", "2016-04-02", "2016-04-02"),
    ]
    assert [tenure.role for tenure in tenures] == ["Minister", "Envoy"]
