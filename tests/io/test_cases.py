"""Files as cases: what every table of tests/cases gives, and that nothing of it is lost."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tracker.core.model import DataSet, Outcome
from tracker.io.packages import load_data_set
from tracker.io.reports import format_report, report

CASES = Path(__file__).parents[1] / "cases"
EXPECTED = list(csv.DictReader((CASES / "cases.csv").read_text(encoding="utf-8").splitlines()))


def told(data_set: DataSet) -> list[str]:
    """Every problem as ``record:code``, in the order reported."""
    return [f"{problem.record or '-'}:{problem.code}" for problem in data_set.problems]


@pytest.mark.parametrize("case", EXPECTED, ids=lambda case: case["file"])
def test_a_case_gives_what_is_expected(case: dict[str, str]) -> None:
    data_set = load_data_set(CASES / case["file"])
    assert told(data_set) == case["problems"].split()
    assert len(data_set.statements) == int(case["kept"])


@pytest.mark.parametrize("case", EXPECTED, ids=lambda case: case["file"])
def test_rows_rejected_and_ignored_are_the_records(case: dict[str, str]) -> None:
    data_set = load_data_set(CASES / case["file"])
    found = report(data_set, with_rows=True)
    assert found["rows"] + len(found["rejected"]) + len(found["ignored"]) == found["records"]
    assert len(found["kept"]) == found["rows"]
    assert all(problem["message"] and problem["code"] for problem in found["rejected"] + found["ignored"] + found["warnings"])
    assert format_report(data_set).splitlines()


def test_every_case_is_in_the_list() -> None:
    assert {path.name for path in CASES.iterdir()} - {"cases.csv", "README.md"} == {case["file"] for case in EXPECTED}


def one(file: str) -> dict[str, object]:
    return report(load_data_set(CASES / file), with_rows=True)


@pytest.mark.parametrize(
    ("file", "dates"),
    [
        ("dates_day_first.csv", ["2016-04-03", "2016-04-25"]),
        ("dates_month_first.csv", ["2016-03-04", "2016-12-25"]),
        ("dates_undecided.csv", ["2016-04-03", "2016-05-05"]),
        ("dates_bad.csv", ["2016-04-03", "2016-04-03"]),
    ],
)
def test_dates_are_the_civil_dates_written(file: str, dates: list[str]) -> None:
    assert [row["stated_on"] for row in one(file)["kept"]] == dates


def test_the_date_as_it_stood_is_kept_beside() -> None:
    assert [row["stated_on_given"] for row in one("dates_month_first.csv")["kept"]] == ["03/04/2016", "12/25/2016"]
    assert [row["stated_on_given"] for row in one("plain.csv")["kept"]] == ["", ""]


def test_synonyms_and_names_in_other_languages_are_understood() -> None:
    row = one("header_synonyms.csv")["kept"][0]
    assert (row["country_code"], row["target_id"], row["language_code"], row["stated_on"]) == ("RUS", "un", "ru", "2016-04-03")
    assert (row["country"], row["role"], row["quote"]) == ("Россия", "Minister", "Synthetic quote")


def test_unknown_countries_are_kept_as_written_with_the_nearest_offered() -> None:
    found = one("countries.csv")
    assert [row["actor_id"] for row in found["kept"]] == ["FRA", "untied-kingdom", "moscow", "CSK"]
    assert "'United Kingdom'" in found["warnings"][0]["message"]


def test_an_organisation_without_a_country_is_the_actor() -> None:
    row = one("needs.csv")["kept"][0]
    assert (row["country_code"], row["actor_id"], row["organisation_id"]) == ("", "eu", "eu")


def test_what_is_no_web_address_stays_text_and_is_no_link() -> None:
    row = one("codes.csv")["kept"][0]
    assert (row["document_url"], row["link_url"], row["stance_code"], row["stance"]) == ("javascript:alert(1)", "", "not-coded", "hot")


def test_nul_never_reaches_the_store_and_nothing_after_it_is_lost() -> None:
    assert one("characters.csv")["kept"][0]["spokesperson"] == "Test\N{REPLACEMENT CHARACTER}Person"


def test_a_refused_file_says_why_and_has_no_records() -> None:
    found = one("quote_unclosed.csv")
    assert (found["outcome"], found["records"], found["rows"]) == (Outcome.REJECT, 0, 0)
    assert "line 3" in found["message"]


def test_messages_name_the_line() -> None:
    assert [entry["line"] for entry in one("ragged.csv")["rejected"]] == [3, 4]
    assert one("ids.csv")["rejected"][0]["message"].startswith("the id 'a' was already used in row 2")
