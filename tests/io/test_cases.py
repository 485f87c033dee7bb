"""Files as cases: what every table of tests/cases gives, and that nothing of it is lost."""

from __future__ import annotations

import csv
import shlex
from pathlib import Path

import pytest

from tracker.core.model import DataSet, Outcome
from tracker.io.inputs import ReadOptions
from tracker.io.packages import load_data_set
from tracker.io.reports import format_report, report

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases"
EXPECTED = list(csv.DictReader((CASES / "cases.csv").read_text(encoding="utf-8").splitlines()))


def told(data_set: DataSet) -> list[str]:
    """Every problem as ``record:code``, in the order reported."""
    return [f"{problem.record or '-'}:{problem.code}" for problem in data_set.problems]


def loaded(case: dict[str, str]) -> DataSet:
    """The case read with its options, which are those of ``python -m tracker check``."""
    said = shlex.split(case["options"])
    pairs = list(zip(said[::2], said[1::2], strict=True))
    mapping = dict(value.rsplit("=", 1) for option, value in pairs if option == "--map")
    order = next((value for option, value in pairs if option == "--date-order"), "")
    return load_data_set(CASES / case["file"], ReadOptions(mapping=mapping, date_order=order))


EACH = pytest.mark.parametrize("case", EXPECTED, ids=lambda case: f"{case['file']} {case['options']}".strip())


@EACH
def test_a_case_gives_what_is_expected(case: dict[str, str]) -> None:
    data_set = loaded(case)
    assert told(data_set) == case["problems"].split()
    assert len(data_set.statements) == int(case["kept"])
    assert not case["dates"] or [str(statement.stated_on) for statement in data_set.statements] == case["dates"].split()
    assert not case["actors"] or [statement.actor_id for statement in data_set.statements] == case["actors"].split()


@EACH
def test_rows_rejected_and_ignored_are_the_records(case: dict[str, str]) -> None:
    data_set = loaded(case)
    found = report(data_set, with_rows=True)
    assert found["rows"] + len(found["rejected"]) + len(found["ignored"]) == found["records"]
    assert len(found["kept"]) == found["rows"]
    assert all(problem["message"] and problem["code"] for problem in found["rejected"] + found["ignored"] + found["warnings"])
    assert format_report(data_set).splitlines()


def test_every_case_is_in_the_list() -> None:
    assert {path.name for path in CASES.iterdir()} - {"cases.csv", "policy.csv", "README.md"} == {case["file"] for case in EXPECTED}


POLICY = list(csv.DictReader((CASES / "policy.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("clause", POLICY, ids=lambda clause: clause["clause"])
def test_every_clause_of_the_policy_has_a_case_or_a_test_that_is_there(clause: dict[str, str]) -> None:
    assert clause["cases"] or clause["tests"]
    assert set(clause["cases"].split()) <= {case["file"] for case in EXPECTED}
    for test in clause["tests"].split():
        path, _, name = test.partition("::")
        assert f"def {name}" in (ROOT / path).read_text(encoding="utf-8") if name else (ROOT / path).is_file()


def test_every_case_stands_for_a_clause() -> None:
    assert {case["file"] for case in EXPECTED} - {file for clause in POLICY for file in clause["cases"].split()} == set()


def test_text_of_a_case_is_exactly_as_written() -> None:
    written = [(row["spokesperson"], row["quote"]) for row in one("text_as_written.csv")["kept"]]
    assert written == [
        ("  Test  Person ", "  spaces at both ends \u00a0"),
        ("Te\u0301st Person", "e\u0301 and é are two spellings"),
        ("TEST PERSON", "İSTANBUL, ıssız, ﬁne, ﷺ, a\u200db\u200b"),
        ("\"Test\" 'Person'", 'He said "no",\nthen\r\n"yes"\t<b>&amp;</b>'),
    ]


def test_quoted_fields_are_what_they_hold() -> None:
    assert [row["quote"] for row in one("quoting.csv")["kept"]] == [
        'He said "no", twice,\nover two lines',
        'A "quoted" word inside',
        "All quoted",
    ]


def test_names_are_matched_however_spelled_and_kept_as_written() -> None:
    kept = one("matching.csv")["kept"]
    assert [row["country"] for row in kept][:5] == ["fRANCE", "Türkiye", "TU\u0308RKI\u0307YE", "türkiye", "TÜRKİYE"]


def test_only_whole_web_addresses_become_links() -> None:
    assert {row["link_url"] for row in one("links.csv")["kept"]} == {"", "https://example.org/1", "http://example.org/2"}
    assert one("links.csv")["kept"][3]["document_url"] == "\tjavascript:alert(1)"


def one(file: str) -> dict[str, object]:
    return report(load_data_set(CASES / file), with_rows=True)


def test_the_date_as_it_stood_is_kept_beside() -> None:
    assert [row["stated_on_given"] for row in one("dates_month_first.csv")["kept"]] == ["03/04/2016", "12/25/2016"]
    assert [row["stated_on_given"] for row in one("plain.csv")["kept"]] == ["", ""]


def test_synonyms_and_names_in_other_languages_are_understood() -> None:
    row = one("header_synonyms.csv")["kept"][0]
    assert (row["country_code"], row["target_id"], row["language_code"], row["stated_on"]) == ("RUS", "un", "ru", "2016-04-03")
    assert (row["country"], row["role"], row["quote"]) == ("Россия", "Minister", "Synthetic quote")


def test_unknown_countries_are_kept_as_written_with_the_nearest_offered() -> None:
    found = one("countries.csv")
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
