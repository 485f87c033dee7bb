"""What a selection holds: facets, partial dates, exclusions, search in every script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.analysis.corpora import VARIED, chosen_of, corpus_of, ids_of
from tests.factory import person, statement
from tracker.analysis.corpus import Corpus
from tracker.analysis.facets import count_selection
from tracker.analysis.listing import export_rows
from tracker.analysis.selecting import matching
from tracker.analysis.shapes import Shape
from tracker.core.dates import Window
from tracker.core.selection import Selection

ALL = Selection()

SELECTIONS = {
    "everything": ALL,
    "one-actor": ALL.including("actor", "AAA"),
    "two-actors": ALL.including("actor", "AAA", "BBB"),
    "across-facets": ALL.including("actor", "AAA").including("stance", "support", "oppose"),
    "missing-value": ALL.including("spokesperson", "not-given"),
    "not-coded": ALL.including("stance", "not-coded").including("act", "not-coded"),
    "excluded": ALL.excluding("actor", "AAA").excluding("language", "not-given"),
    "included-and-excluded": ALL.including("actor", "AAA").excluding("actor", "AAA"),
    "unknown-code": ALL.including("actor", "ZZZ"),
    "unknown-excluded": ALL.excluding("actor", "ZZZ"),
    "window": ALL.within(Window.parse("2016-07-28", "2016-07-29")),
    "window-open-end": ALL.within(Window.parse("2016-08")),
    "window-open-start": ALL.within(Window.parse("", "2015-06")),
    "window-without-any": ALL.within(Window.parse("1999", "1999")),
    "search": ALL.searching("corridors").excluding("stance", "mixed"),
    "nothing-to-search": ALL.searching("?!"),
}


@pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS)
def test_holds_what_plain_python_holds(varied: Corpus, selection: Selection) -> None:
    rows = export_rows(varied, selection)
    expected = chosen_of(VARIED, selection)
    assert [row["statement_id"] for row in rows] == ids_of(expected)
    doubtful = [held.statement_id for held in expected if held.stated_on.within(selection.window) == "possibly"]
    assert [row["statement_id"] for row in rows if row["is_possibly"]] == doubtful
    count = count_selection(varied, selection)
    assert (count.n_statements, count.n_possibly, count.n_total) == (len(expected), len(doubtful), len(VARIED))


@pytest.mark.parametrize(
    ("stated_on", "since", "until", "lies"),
    [
        ("2016-07-28", "2016-07-28", "2016-07-28", "surely"),
        ("2016-07-28", "2016-07-29", "", "not"),
        ("2016-07", "2016-07", "2016-07", "surely"),
        ("2016-07", "2016-07-31", "", "possibly"),
        ("2016-07", "", "2016-07-01", "possibly"),
        ("2016-07", "2016-08-01", "", "not"),
        ("2016", "2016-03", "2016-05", "possibly"),
        ("2016", "2016", "2016", "surely"),
        ("2016", "2017", "", "not"),
        ("2016-02", "2016-02-29", "2016-02-29", "possibly"),
    ],
)
def test_partial_dates_and_windows(stated_on: str, since: str, until: str, lies: str) -> None:
    with corpus_of(statement("t-1", stated_on)) as corpus:
        rows = export_rows(corpus, ALL.within(Window.parse(since, until)))
    assert ["possibly" if row["is_possibly"] else "surely" for row in rows] == ([] if lies == "not" else [lies])


@pytest.fixture(scope="module")
def spoken() -> Iterator[Corpus]:
    with corpus_of(
        statement("ru", quote="Открыть гуманитарные коридоры в Алеппо", **person("Сергей Тестов")),
        statement("ar", quote="فتح الممرات الإنسانية وللحلبيين", position=""),
        statement("zh", quote="呼吁开放人道走廊", position=""),
        statement("fr", quote="L’Élysée demande une trêve", quote_en="The Elysee demands a truce", **person("François Exemple")),
        statement("en", quote="A demand for the surrender", position="the last word", **person("Ünal Test")),
    ) as corpus:
        yield corpus


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("коридор", ["ru"]),
        ("КОРИДОРЫ", ["ru"]),
        ("тестов", ["ru"]),
        ("الممرات", ["ar"]),
        ("ممرات", ["ar"]),
        ("人道走廊", ["zh"]),
        ("走廊人道", []),
        ("elysee", ["fr"]),
        ("Élysée trêve", ["fr"]),
        ("francois", ["fr"]),
        ("unal", ["en"]),
        ("demand", ["fr", "en"]),
        ('"demand for the"', ["en"]),
        ('"the demand"', []),
        ('"surrender the last"', []),
        ("surrender last", ["en"]),
        ("emand", []),
        ("actor aaa", ["ru", "ar", "zh", "fr", "en"]),
        ("", ["ru", "ar", "zh", "fr", "en"]),
        ("%", ["ru", "ar", "zh", "fr", "en"]),
        ("' OR 1=1 --", []),
        ("\u241e", ["ru", "ar", "zh", "fr", "en"]),
    ],
)
def test_search_in_every_script(spoken: Corpus, query: str, found: list[str]) -> None:
    assert [row["statement_id"] for row in export_rows(spoken, ALL.searching(query))] == found


def test_matching_has_all_columns_and_the_doubt(varied: Corpus) -> None:
    assert {*varied.statements.columns, "is_possibly"} == set(matching(varied, ALL).columns)


SHAPES = {
    "codes": (ALL.including("actor", "AAA"), ALL.including("actor", "BBB", "it's"), True),
    "facets": (ALL.including("actor", "AAA"), ALL.including("issue", "AAA"), False),
    "left-out": (ALL.including("actor", "AAA"), ALL.excluding("actor", "AAA"), False),
    "days": (ALL.within(Window.parse("2016")), ALL.within(Window.parse("2015-03")), True),
    "ends": (ALL.within(Window.parse("2016")), ALL.within(Window.parse("", "2016")), False),
    "words": (ALL.searching("aid"), ALL.searching("convoy"), False),
    "group": (ALL.including("actor", "AAA", "group:union"), ALL.including("actor", "AAA", "group:pact"), False),
    "contested": (ALL, ALL.without_contested(), False),
}


@pytest.mark.parametrize(("one", "other", "is_same"), SHAPES.values(), ids=SHAPES)
def test_shapes(one: Selection, other: Selection, is_same: bool) -> None:
    """What differs in values alone is compiled once; what is asked otherwise is not."""
    assert (Shape.of(one).key == Shape.of(other).key) is is_same
    assert Shape.of(one).values.keys() == Shape.of(other).values.keys() or not is_same
