"""JSON and Parquet: every usual shape, values as written, and what is refused before it costs anything."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth import grows_with_its_length
from tracker.core.model import DataSet, Outcome
from tracker.io import limits
from tracker.io import parquet as parquet_reader
from tracker.io.exporters import to_json
from tracker.io.inputs import ReadOptions
from tracker.io.packages import load_bytes
from tracker.io.reports import format_report, report

ONE = {"date": "2016-04-03", "country": "France", "quote": "Synthetic"}
OTHER = {"date": "2016-04-04", "country": "Italy", "quote": "Other"}


def load(data: bytes | str, name: str = "records.json") -> DataSet:
    data_set = load_bytes(data.encode() if isinstance(data, str) else data, name)
    found = report(data_set)
    assert found["rows"] + len(found["rejected"]) + len(found["ignored"]) == found["records"]
    return data_set


def told(data_set: DataSet) -> list[str]:
    return [f"{problem.record or '-'}:{problem.code}" for problem in data_set.problems]


def lines(*items: object) -> str:
    return "\n".join(item if isinstance(item, str) else json.dumps(item) for item in items)


SHAPES = {
    "a list": json.dumps([ONE, OTHER]),
    "lines": lines(ONE, OTHER) + "\n",
    "lines with blank ones and CR LF": lines(ONE, "", OTHER).replace("\n", "\r\n"),
    "our own wrapping": json.dumps({"statements": [ONE, OTHER]}),
    "another wrapping": json.dumps({"meta": {"n": 2}, "results": [ONE, OTHER]}),
    "two objects deep": json.dumps({"data": {"items": [ONE, OTHER]}}),
    "three objects deep": json.dumps({"status": "ok", "answer": {"meta": {"n": 2}, "result": {"list": [ONE, OTHER]}}}),
    "deep beside other lists": json.dumps({"users": [{"name": "Test"}], "data": {"tags": [{"tag": "x"}], "items": [ONE, OTHER], "n": 2}}),
    "beside an empty list": json.dumps({"errors": [], "data": {"items": [ONE, OTHER]}, "links": {"next": None}}),
    "columns": json.dumps({key: [ONE[key], OTHER[key]] for key in ONE}),
    "columns by index": json.dumps({key: {"0": ONE[key], "1": OTHER[key]} for key in ONE}),
    "names and rows": json.dumps({"columns": list(ONE), "index": [0, 1], "data": [list(ONE.values()), list(OTHER.values())]}),
    "rows below names": json.dumps([list(ONE), list(ONE.values()), list(OTHER.values())]),
    "objects one behind the other": json.dumps(ONE, indent=1) + "\n" + json.dumps(OTHER, indent=1),
    "byte order mark": "\ufeff" + json.dumps([ONE, OTHER]),
    "in another order": json.dumps([dict(reversed(ONE.items())), OTHER]),
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_every_usual_shape_is_read(text: str) -> None:
    data_set = load(text)
    assert [(str(s.stated_on), s.actor_id, s.written["quote"]) for s in data_set.statements] == [
        ("2016-04-03", "FRA", "Synthetic"),
        ("2016-04-04", "ITA", "Other"),
    ]
    assert told(data_set) == []


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-32"])
def test_json_in_other_unicode_encodings(codec: str) -> None:
    assert len(load(json.dumps([ONE, OTHER]).encode(codec)).statements) == 2


def test_a_single_object_is_a_single_record() -> None:
    assert len(load(json.dumps(ONE)).statements) == 1


@pytest.mark.parametrize(
    ("written", "expected"),
    [("1.50", "1.50"), ("12345678901234567890123", "12345678901234567890123"), ("true", "true"), ("1E5", "1E5"), ('"\\u00e9"', "é")],
)
def test_values_are_kept_as_written(written: str, expected: str) -> None:
    data_set = load(f'[{{"date": "2016", "country": "FRA", "quote": {written}}}]')
    assert data_set.statements[0].written["quote"] == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ('{"date": "2016", "country": "FRA", "quote": ["a", "b"]}', ["2:json-type"]),
        ('{"date": "2016", "country": "FRA", "quote": "x", "target": {"name": "EU"}}', ["2:json-type"]),
        ('{"date": "2016", "country": "FRA", "quote": "x", "extra": {"a": 1}}', ["-:column-unknown"]),
        ('{"date": null, "country": "FRA", "quote": "x"}', ["2:date-missing"]),
        ('{"country": "FRA", "quote": "x"}', ["2:date-missing"]),
        ('{"date": "2016", "country": "FRA", "quote": NaN}', ["2:cell-error"]),
        ('{"date": "2016", "country": "FRA", "quote": "x", "quote": "y"}', ["2:json-key-repeated"]),
        ('{"date": "2016", "country": "FRA", "quote": "x", "quote": "x"}', []),
        ('{"date": "2016", "country": "FRA", "quote": "\\ud83d"}', ["2:row-encoding"]),
        ('{"date": "2016", "country": "FRA", "quote": "\\ud83d\\ude00"}', []),
        ('{"date": "2016", "country": "FRA", "quote": "a\\u0000b"}', ["2:text-nul"]),
        ("17", ["2:json-malformed"]),
        ("null", ["2:json-malformed"]),
        ("[1]", ["2:json-malformed"]),
    ],
)
def test_a_record_is_judged_alone(item: str, expected: list[str]) -> None:
    for text in (f"[{json.dumps(ONE)}, {item}]", lines(ONE, item)):
        data_set = load(text)
        assert told(data_set) == expected
        assert str(data_set.statements[0].stated_on) == "2016-04-03"


@pytest.mark.parametrize("bad", ['{"date": "2016", "coun', "{,}", "{'date': 1}", '{"date" "2016"}'])
@pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "second", "last"])
def test_a_bad_line_is_rejected_alone(bad: str, place: int) -> None:
    whole = [json.dumps(ONE), json.dumps(OTHER)]
    data_set = load(lines(*whole[:place], bad, *whole[place:]))
    assert (len(data_set.statements), told(data_set), data_set.problems[0].line) == (2, [f"{place + 1}:json-malformed"], place + 1)


def test_of_two_lines_a_broken_one_is_rejected_alone_when_the_name_says_lines() -> None:
    assert told(load(lines('{"date"', ONE), "t.jsonl")) == ["1:json-malformed"]


def test_bytes_that_are_no_text_spoil_their_record_only() -> None:
    data = json.dumps([ONE, OTHER]).encode().replace(b"Other", b"M\xfcller")
    assert told(load(data)) == ["2:row-encoding"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (json.dumps([ONE, OTHER])[:-20], "json-damaged"),
        (json.dumps([ONE, OTHER])[:-1], "json-damaged"),
        (json.dumps([ONE, OTHER]) + "x", "json-damaged"),
        ("[1 2]", "json-damaged"),
        ('[{"a": 1},]', "json-damaged"),
        ("[" * 100_000, "nested-too-deeply"),
        ('{"a":' * 100_000, "nested-too-deeply"),
        ("[]", "json-no-records"),
        ("{}", "json-no-records"),
        ("[[]]", "header-missing"),
        ("[1, 2]", "json-no-records"),
        ('{"a": [{"x": 1}], "b": [{"x": 1}]}', "json-no-records"),
        ('{"a": {"b": [{"x": 1}], "c": {"d": [{"x": 1}]}}}', "json-no-records"),
        ('{"a": {"b": {"c": {"d": [{"date": "2016", "country": "FRA", "quote": "x"}]}}}}', "json-no-records"),
        ('{"a": {"items": [{"date": "2016", "country": "FRA"}]}}', "columns-missing"),
        ('{"date": ["2016"], "country": ["FRA", "ITA"], "quote": ["x"]}', "json-no-records"),
        ('[{"x": 1}]', "header-missing"),
        ('{"statements": [], "statements": [1]}', "json-damaged"),
        ("\ufeff  ", "file-empty"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else None,
)
def test_what_is_not_certain_is_refused_whole(text: str, code: str) -> None:
    data_set = load(text)
    assert ([problem.code for problem in data_set.problems], data_set.outcome) == ([code], Outcome.REJECT)


def test_where_the_records_stood_is_said() -> None:
    assert load(SHAPES["two objects deep"]).guesses == (("records", "data.items", "the only list of objects in the file"),)
    deep = load(SHAPES["deep beside other lists"]).guesses
    assert deep == (("records", "data.items", "the list of objects that names what a statement needs"),)
    assert load(SHAPES["our own wrapping"]).guesses == ()
    assert "Guessed records: data.items" in format_report(load(SHAPES["two objects deep"]))


def test_lists_that_may_all_be_meant_are_named() -> None:
    refusal = load(json.dumps({"data": {"first": [ONE], "second": [OTHER]}})).refusal
    assert "data.first, data.second" in refusal


def test_a_list_deep_in_objects_can_be_mapped() -> None:
    whole = {"data": {"items": [{"day": "2016", "land": "FRA", "words": "x"}], "users": [{"name": "Test"}]}}
    mapping = {"day": "stated_on", "land": "country", "words": "quote"}
    found = load_bytes(json.dumps(whole).encode(), "t.json", ReadOptions(mapping=mapping))
    assert [s.written["quote"] for s in found.statements] == ["x"]


def test_too_many_keys_are_refused() -> None:
    assert told(load(json.dumps([{f"k{n}": n for n in range(limits.MAX_COLUMNS + 1)}]))) == ["-:too-many-columns"]


@pytest.mark.parametrize("made", [lambda n: "[" * n, lambda n: "[" + "[],[]," * (n // 6) + "[]]"], ids=["open", "lists"])
def test_brackets_without_end_are_refused_in_time_with_their_number(made: Callable[[int], str]) -> None:
    assert load(made(600_000)).outcome is Outcome.REJECT
    assert grows_with_its_length(lambda n: load(made(n)), 40_000)


def test_our_export_comes_back_and_one_that_was_cut_is_said() -> None:
    row = {"statement_id": "t-1", "stated_on": "2016", "country": "FRA", "quote": "x", "actor_id": "FRA", "speaks_for_actor": True}
    whole = to_json([row], link="/statements", data_version="v")
    assert told(load(whole)) == []
    assert told(load(whole.replace(b'"n_statements": 1', b'"n_statements": 2'))) == ["-:count-differs"]


def parquet(table: pa.Table, **options: object) -> bytes:
    written = io.BytesIO()
    pq.write_table(table, written, **options)
    return written.getvalue()


def columns(**changed: object) -> pa.Table:
    return pa.table({"date": ["2016-04-03", "2016-04-04"], "country": ["FRA", "ITA"], "quote": ["x", "y"]} | changed)


LATE = [datetime(2016, 4, 3, 23, 30), None]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array([date(2016, 4, 3), None]), "2016-04-03"),
        (pa.array([date(2016, 4, 3), None], pa.date64()), "2016-04-03"),
        (pa.array(LATE, pa.timestamp("us")), "2016-04-03 23:30:00"),
        (pa.array(LATE, pa.timestamp("ns")), "2016-04-03 23:30:00"),
        (pa.array(LATE, pa.timestamp("s", "UTC")), "2016-04-03 23:30:00"),
        (pa.array([datetime(2016, 4, 3), None], pa.timestamp("ms")), "2016-04-03"),
        (pa.array([1.5, None]), "1.5"),
        (pa.array([float("nan"), None]), ""),
        (pa.array([2016, None]), "2016"),
        (pa.array([True, None]), "true"),
        (pa.array([Decimal("1.50"), None]), "1.50"),
        (pa.array(["a", None]).dictionary_encode(), "a"),
        (pa.array(["a", None], pa.large_string()), "a"),
        (pa.array([b"\xc3\xa9", None]), "é"),
        (pa.nulls(2), ""),
    ],
    ids=lambda value: str(value.type) if isinstance(value, pa.Array) else None,
)
def test_columns_of_parquet_are_text_as_stored(column: pa.Array, expected: str) -> None:
    data_set = load(parquet(columns(note=column)), "t.parquet")
    assert [s.written["note"] for s in data_set.statements] == [expected, ""]
    assert told(data_set) == []


def test_dates_of_parquet_are_those_stored() -> None:
    for unit in (pa.date32(), pa.timestamp("us"), pa.timestamp("us", "UTC"), pa.timestamp("us", "America/Los_Angeles")):
        zone = timezone(timedelta(hours=-7)) if getattr(unit, "tz", None) == "America/Los_Angeles" else UTC
        days = [datetime(2016, 4, day, 23, 30, tzinfo=zone if getattr(unit, "tz", None) else None) for day in (3, 4)]
        stored = pa.array(days, pa.timestamp("us", getattr(unit, "tz", None)))
        stored = stored if pa.types.is_timestamp(unit) else stored.cast(unit, safe=False)
        assert [str(s.stated_on) for s in load(parquet(columns(date=stored)), "t.parquet").statements] == ["2016-04-03", "2016-04-04"]


def test_bytes_that_are_no_text_and_nested_columns() -> None:
    table = columns(quote=pa.array([b"\xff\xfe", b"y"]), note=pa.array([["a"], []]), extra=pa.array([{"a": 1}, None]))
    data_set = load(parquet(table), "t.parquet")
    assert told(data_set) == ["-:column-nested", "-:column-nested", "1:row-encoding"]


def test_a_bomb_of_rows_is_refused_by_its_footer(monkeypatch: pytest.MonkeyPatch) -> None:
    big = pa.table({"date": pa.array(["2016"]).dictionary_encode().take(pa.array([0] * (limits.MAX_RECORDS + 1)))})
    monkeypatch.setattr(pq.ParquetFile, "iter_batches", lambda *_given, **_said: pytest.fail("values were read"))
    assert told(load(parquet(big), "t.parquet")) == ["-:too-many-rows"]


def test_a_bomb_of_repeated_text_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    quote = pa.array(["x" * 900_000]).dictionary_encode().take(pa.array([0] * 5_000))
    table = pa.table({"date": ["2016"] * 5_000, "country": ["FRA"] * 5_000, "quote": quote})
    made: list[int] = []
    monkeypatch.setattr(parquet_reader, "_texts", lambda column: made.append(len(column)) or [""] * len(column))
    assert told(load(parquet(table), "t.parquet")) == ["-:archive-too-large"]
    assert len(made) == 2, "the first batch of date and country only: the quotes were measured, and never made into texts"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x80\x04\x95abc", "file-not-a-table"),
        (b"PARE" + bytes(100), "file-not-a-table"),
        (parquet(columns())[:-30], "parquet-damaged"),
        (parquet(columns())[:-8] + b"\xff\xff\xff\x7fPAR1", "too-many-columns"),
        (b"PAR1PAR1", "parquet-damaged"),
        (b"PAR1" + bytes(50) + b"\x20\0\0\0PAR1", "parquet-damaged"),
    ],
    ids=["pickle", "encrypted", "cut off", "endless footer", "nothing", "zeros"],
)
def test_what_is_no_whole_parquet_is_refused(data: bytes, code: str) -> None:
    assert told(load(data, "t.parquet")) == [f"-:{code}"]


GOOD_JSON, GOOD_LINES, GOOD_PARQUET = json.dumps([ONE, OTHER]).encode(), lines(ONE, OTHER).encode(), parquet(columns())


@settings(max_examples=400)
@given(
    st.sampled_from([GOOD_JSON, GOOD_LINES, GOOD_PARQUET]),
    st.lists(st.tuples(st.integers(0, 3000), st.binary(min_size=1, max_size=3)), min_size=1, max_size=4),
)
def test_any_mutation_is_loaded_or_refused_in_words(data: bytes, changes: list[tuple[int, bytes]]) -> None:
    for place, put in changes:
        data = data[: place % len(data)] + put + data[place % len(data) + len(put) :]
    data_set = load(data, "t.parquet" if data[:4] == b"PAR1" else "t.json")
    assert bool(data_set.refusal) == (not data_set.statements)
