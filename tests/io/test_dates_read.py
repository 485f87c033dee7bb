"""Dates: what is read, what is refused with what to write instead, and never another day in silence."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.dates import PartialDate
from tracker.io import date_forms, dates_named
from tracker.io.date_reading import FIRST_YEAR, LAST_YEAR
from tracker.io.dates_read import read_dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2016", "2016"),
        ("2016-07", "2016-07"),
        ("2016-7-8", "2016-07-08"),
        ("2016/07/28", "2016-07-28"),
        ("20160728", "2016-07-28"),
        ("07/2016", "2016-07"),
        ("28.07.2016", "2016-07-28"),
        ("28/07/2016 14:30", "2016-07-28"),
        ("07/28/2016 2:30 PM", "2016-07-28"),
        ("2016-07-28T23:30:00-05:00", "2016-07-28"),
        ("2016-07-28T00:30:00+14:00", "2016-07-28"),
        ("2016-07-28 23:30:00.123Z", "2016-07-28"),
        ("28 July 2016", "2016-07-28"),
        ("July 28th, 2016", "2016-07-28"),
        ("Thursday, 28 July 2016", "2016-07-28"),
        ("28-Jul-2016", "2016-07-28"),
        ("July 2016", "2016-07"),
        ("28 июля 2016 г.", "2016-07-28"),
        ("четверг, 28 июля 2016 года", "2016-07-28"),
        ("1er août 2016", "2016-08-01"),
        ("28. Juli 2016", "2016-07-28"),
        ("28 de julio de 2016", "2016-07-28"),
        ("28 luglio 2016", "2016-07-28"),
        ("28 Temmuz 2016", "2016-07-28"),
        ("28 липня 2016 року", "2016-07-28"),
        ("٢٨ يوليو ٢٠١٦", "2016-07-28"),
        ("28 تموز 2016", "2016-07-28"),
        ("2016年7月28日", "2016-07-28"),
        ("2016년 7월 28일", "2016-07-28"),
        ("２０１６／０７／２８", "2016-07-28"),
        ("\u200e2016-07-28\u200f", "2016-07-28"),
        ("2016-02-29", "2016-02-29"),
        ("Sun Apr  3 23:30:00 2016", "2016-04-03"),
        ("20160403T120000Z", "2016-04-03"),
        ("3.IV.2016", "2016-04-03"),
        ("3 kwietnia 2016", "2016-04-03"),
        ("2016. április 3.", "2016-04-03"),
        ("3 באפריל 2016", "2016-04-03"),
        ("3 अप्रैल 2016", "2016-04-03"),
        ("ngày 3 tháng 4 năm 2016", "2016-04-03"),
        ("۳ آوریل ۲۰۱۶", "2016-04-03"),
        ("2016年4月3日 星期日", "2016-04-03"),
        ("2016年4月3日(日)", "2016-04-03"),
        ("2016년 4월 3일 일요일", "2016-04-03"),
        ("二〇一六年十二月二十五日", "2016-12-25"),
    ],
)
def test_forms_that_are_read_without_a_word(text: str, expected: str) -> None:
    reading = read_dates([text])[0]
    assert (str(reading.date), reading.warnings) == (expected, ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "date-missing"),
        ("2016-02-30", "date-invalid"),
        ("2015-02-29", "date-invalid"),
        ("31/04/2016", "date-invalid"),
        ("2016-00-00", "date-invalid"),
        ("2016-13-01", "date-invalid"),
        ("yesterday", "date-invalid"),
        ("two days ago", "date-invalid"),
        ("Thursday", "date-invalid"),
        ("28 July", "date-invalid"),
        ("28 July, 20:16", "date-invalid"),
        ("2016 10.11", "date-invalid"),
        ("May", "date-invalid"),
        ("42463", "date-invalid"),
        ("Total", "date-invalid"),
        ("44 BC", "date-invalid"),
        ("-0044-03-15", "date-invalid"),
        ("平成28年4月3日", "date-invalid"),
        ("24 Adar II 5776", "date-invalid"),
        ("03/04/16", "date-two-digit-year"),
        ("3 April 16", "date-two-digit-year"),
        ("3-5 April 2016", "date-range"),
        ("April–May 2016", "date-range"),
        ("2016-04-03/2016-04-05", "date-range"),
        ("2015-2016", "date-range"),
        ("1395-01-15", "date-calendar"),
        ("2559-04-03", "date-calendar"),
        ("3 listopad 2016", "date-invalid"),
        ("x" * 500, "date-invalid"),
    ],
)
def test_forms_that_are_refused_with_what_to_write(text: str, code: str) -> None:
    reading = read_dates([text])[0]
    assert (reading.date, reading.code) == (None, code)
    assert "YYYY" in reading.reason
    assert "date" in reading.reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("early April 2016", "2016-04"),
        ("c. 2016", "2016"),
        ("circa 3 April 2016", "2016-04"),
        ("mid-April 2016", "2016-04"),
        ("mid-2016", "2016"),
        ("Anfang April 2016", "2016-04"),
        ("начало апреля 2016", "2016-04"),
        ("à définir", ""),
        ("2016?", "2016"),
        ("2016-04-??", "2016-04"),
        ("2016-??-??", "2016"),
        ("spring 2016", "2016"),
        ("2016年4月初", "2016-04"),
        ("c. 3-5 April 2016", ""),
        ("circa yesterday", ""),
    ],
)
def test_inexact_dates_are_as_precise_as_they_say(text: str, expected: str) -> None:
    reading = read_dates([text])[0]
    assert str(reading.date or "") == expected
    assert [code for code, _ in reading.warnings] == (["date-approximate"] if expected else [])


@pytest.mark.parametrize(
    ("column", "dates"),
    [
        (["42463", "42465"], ["2016-04-03", "2016-04-05"]),
        (["42463.75", "", "42465"], ["2016-04-03", "None", "2016-04-05"]),
        (["42463", "2016-04-05"], ["None", "2016-04-05"]),
        (["42463"], ["None"]),
        (["1459641600", "1459641601"], ["None", "None"]),
    ],
    ids=["all", "with a time and a gap", "not all", "one alone", "seconds"],
)
def test_numbers_are_days_of_a_spreadsheet_only_when_all_are(column: list[str], dates: list[str]) -> None:
    readings = read_dates(column)
    assert [str(reading.date) for reading in readings] == dates
    assert all(reading.warnings[0][0] == "date-serial" for reading in readings if reading.date and len(dates) > 1 and column[-1].isdigit())


@pytest.mark.parametrize(("order", "expected"), [("day-first", "2016-04-03"), ("month-first", "2016-03-04")])
def test_the_order_can_be_said(order: str, expected: str) -> None:
    assert [(str(reading.date), reading.warnings) for reading in read_dates(["03/04/2016"], order)] == [(expected, ())]


@pytest.mark.parametrize("text", ["Monday 3 April 2016", "2016年4月3日 星期一", "2016년 4월 3일 월요일"])
def test_a_weekday_in_any_script_is_compared(text: str) -> None:
    assert [code for code, _ in read_dates([text])[0].warnings] == ["date-weekday"]


@pytest.mark.parametrize(
    ("column", "dates", "n_warnings"),
    [
        (["03/04/2016", "25/04/2016"], ["2016-04-03", "2016-04-25"], 0),
        (["03/04/2016", "04/25/2016"], ["2016-03-04", "2016-04-25"], 0),
        (["03/04/2016", "05/05/2016"], ["2016-04-03", "2016-05-05"], 1),
        (["03/04/2016", "25/04/2016", "04/25/2016"], ["2016-04-03", "2016-04-25", "2016-04-25"], 1),
        (["03/04/2016", "2016-12-25"], ["2016-04-03", "2016-12-25"], 1),
    ],
    ids=["day first", "month first", "undecided", "contradicted", "other forms decide nothing"],
)
def test_the_column_decides_the_order(column: list[str], dates: list[str], n_warnings: int) -> None:
    readings = read_dates(column)
    assert [str(reading.date) for reading in readings] == dates
    assert sum(len(reading.warnings) for reading in readings) == n_warnings


def test_a_weekday_that_contradicts_is_said() -> None:
    assert [code for code, _ in read_dates(["Friday, 28 July 2016"])[0].warnings] == ["date-weekday"]


def test_what_dateparser_finds_is_marked_as_guessed() -> None:
    reading = read_dates(["28 Julai 2016"])[0]
    assert (str(reading.date), [code for code, _ in reading.warnings]) == ("2016-07-28", ["date-guessed"])


@pytest.mark.parametrize("found", [datetime(2016, 7, 27), datetime(2015, 7, 28)], ids=["another day", "another year"])
def test_a_guess_whose_numbers_do_not_stand_in_the_text_is_refused(found: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = SimpleNamespace(date_obj=found, period="day")
    monkeypatch.setattr(dates_named, "_dateparser", lambda: SimpleNamespace(get_date_data=lambda text: answer))
    date_forms.read_date.cache_clear()
    reading = read_dates(["28 Unknownmonth 2016"])[0]
    date_forms.read_date.cache_clear()
    assert (reading.date, reading.code) == (None, "date-invalid")


def test_nonsense_never_reaches_the_slow_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dates_named, "_dateparser", lambda: pytest.fail("asked dateparser"))
    nonsense = [f"{n} monthly whereas noise {n % 28} words {2000 + n % 20}" for n in range(1500)]
    assert not any(reading.date for reading in read_dates(nonsense))


@given(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%A, %d %B %Y"]))
def test_a_written_day_is_read_as_that_day(day: date, form: str) -> None:
    reading = read_dates([day.strftime(form)])[0]
    assert (reading.date, reading.warnings) == (PartialDate.of(day), ())


@given(st.text(max_size=80) | st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}", fullmatch=True))
def test_no_text_raises_and_every_text_has_a_date_or_a_reason(text: str) -> None:
    reading = read_dates([text])[0]
    assert bool(reading.date) != bool(reading.reason)
