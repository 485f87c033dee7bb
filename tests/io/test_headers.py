"""Headers: below titles and groups, in other languages, as the person says; totals and notes are no statements."""

from __future__ import annotations

import pytest

from tracker.core.model import DataSet
from tracker.io.inputs import ReadOptions
from tracker.io.packages import load_bytes

ROW = "2016-04-03,France,Synthetic"


def load(text: str, **options: object) -> DataSet:
    return load_bytes(text.encode(), "t.csv", ReadOptions(**options))


def codes(data_set: DataSet) -> list[str]:
    return [problem.code for problem in data_set.problems]


@pytest.mark.parametrize(
    "header",
    [
        "Дата,Страна,Заявление",
        "Date,Pays,Déclaration",
        "Datum,Land,Zitat",
        "Fecha,País,Cita",
        "التاريخ,الدولة,الاقتباس",
        "日期,国家,引语",
        "Tarih,Ülke,Alıntı",
        "Data,Paese,Citazione",
        "Дата,Країна,Цитата",
        "日付,国,発言",
    ],
)
def test_headers_in_other_languages_are_taken_and_said(header: str) -> None:
    data_set = load(f"{header}\n{ROW}")
    assert data_set.statements[0].written["quote"] == "Synthetic"
    assert set(codes(data_set)) == {"column-guessed"}
    assert {what for what, _, _ in data_set.guesses} == {"column"}


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Date,Country,Citation", "columns-missing"),
        ("Date,Country,Цитатка", "columns-missing"),
        ("Nation,Country,Quote", "columns-missing"),
    ],
)
def test_one_foreign_word_alone_is_no_proof(header: str, code: str) -> None:
    data_set = load(f"{header}\n{ROW}")
    assert codes(data_set) == [code] or codes(data_set) == ["columns-same-meaning"]
    assert "--map" in data_set.refusal


def test_a_certain_name_wins_over_a_word_of_another_language() -> None:
    data_set = load("Date,Data,Country,Nota,Quote\n2016,x,France,y,Synthetic")
    assert data_set.statements[0].written["note"] == "y"
    assert "Data" in {problem.column for problem in data_set.problems if problem.code == "column-unknown"}


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [({"When was it": "stated_on", "W": "quote"}, "Synthetic"), ({"when was it": "stated_on", "w ": "position"}, "")],
)
def test_what_the_person_says_counts(mapping: dict[str, str], expected: str) -> None:
    data_set = load(f"When was it,Nation,W\n{ROW}", mapping=mapping)
    assert data_set.statements[0].written["quote"] == expected
    assert codes(data_set) == []


def test_a_text_can_be_said_for_every_row() -> None:
    data_set = load("Date,Quote\n2016,Synthetic\n2015,Other", mapping={"=France": "country", "=Test Person": "spokesperson"})
    assert [(s.actor_id, s.written["spokesperson"]) for s in data_set.statements] == [("FRA", "Test Person")] * 2


def test_a_column_can_be_left_aside() -> None:
    text = f"Date,Nation,Quote,Country\n{ROW},FRA"
    assert codes(load(text)) == ["columns-same-meaning"]
    assert codes(load(text, mapping={"Country": ""})) == ["column-unknown"]


@pytest.mark.parametrize("mapping", [{"Nowhere": "quote"}, {"Date": "no_such_column"}])
def test_a_mapping_that_cannot_hold_is_refused(mapping: dict[str, str]) -> None:
    data_set = load(f"Date,Country,Quote\n{ROW}", mapping=mapping)
    assert codes(data_set) == ["mapping-unknown"]


@pytest.mark.parametrize(
    "above",
    ["A title\n", "When,Who,What\n", ",,\n", "Title,,\nSubtitle,,\n\n"],
)
def test_the_header_below_titles_and_groups(above: str) -> None:
    data_set = load(f"{above}Date,Country,Quote\n{ROW}")
    assert len(data_set.statements) == 1
    assert set(codes(data_set)) <= {"rows-above-header"}


def test_names_that_mean_something_only_with_their_group() -> None:
    data_set = load(f"Statement,,Quote\nDate,Country,Full\n{ROW}", mapping={"Quote Full": "quote"})
    assert data_set.statements[0].written["quote"] == "Synthetic"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Total,2,", "row-total"),
        ("Total:,,", "row-total"),
        ("Итого,2,", "row-total"),
        ("合计,2,", "row-total"),
        ("Note: these are synthetic,,", "row-note"),
        ("* synthetic for tests", "row-note"),
        (",,Synthetic words that lost their date and country", "date-missing"),
        ("2016-04-05;France;Synthetic words with another delimiter", "fields-missing"),
        ("DATE,country,Quote", "header-repeated"),
        ("\ufeffDate,Country,Quote", "header-repeated"),
        ("2016-04-05,,", "actor-missing"),
        ("2016-04-05,N/A,Synthetic", "actor-missing"),
        ("2016-04-05, None ,Synthetic", "actor-missing"),
        ("Total,France,Synthetic quote of somebody", "date-invalid"),
        (",France,", "date-missing"),
    ],
)
def test_what_is_no_statement_is_told_from_what_is_a_bad_one(row: str, code: str) -> None:
    data_set = load(f"Date,Country,Quote\n{ROW}\n{row}\n")
    assert (len(data_set.statements), codes(data_set)) == (1, [code])


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("2016-04-0", ["file-cut-off"]),
        ("2016-04-04,Ita", ["file-cut-off"]),
        ("4 April 2016,Ita", ["file-cut-off"]),
        ("2016-04-04,Ita\n", ["fields-missing"]),
        ("2016-04-04,Italy,Ye", []),
        ("Compiled by hand, from briefings", ["fields-missing"]),
        ("Compiled by hand", ["row-note"]),
    ],
)
def test_a_table_that_breaks_off_in_a_row_is_refused_whole(end: str, expected: list[str]) -> None:
    data_set = load_bytes(f"date,country,quote\n2016-04-03,FRA,No\n{end}".encode(), "t.csv")
    assert [problem.code for problem in data_set.problems] == expected
    assert bool(data_set.statements) == ("file-cut-off" not in expected)
    assert "file-cut-off" not in expected or "line 3" in data_set.refusal


def test_a_mark_for_nobody_is_no_actor_beside_one_that_is() -> None:
    data_set = load("Date,Country,Ministry,Quote\n2016-04-05,n/a,NATO,Synthetic one\n2016-04-06,France,n/a,Synthetic two\n")
    assert [(s.actor_id.lower(), s.organisation_id.lower()) for s in data_set.statements] == [("nato", "nato"), ("fra", "not-given")]
    assert codes(data_set) == []
