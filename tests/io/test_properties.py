"""Properties of importing: exports come back, order means nothing, progress is told and an import can be stopped."""

from __future__ import annotations

import csv
import gc
import io
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.io.workbooks import rows as sheet_rows
from tests.io.workbooks import text, xlsx
from tracker.core.columns import COLUMN_NAMES
from tracker.core.model import DataSet
from tracker.io.exporters import to_csv, to_json, to_parquet, to_xlsx
from tracker.io.inputs import ImportCancelled, ReadOptions
from tracker.io.packages import load_bytes
from tracker.io.reports import kept_row

EXPORTS: dict[str, Callable[[Iterable[Mapping[str, object]]], bytes]] = {
    "t.csv": to_csv,
    "t.json": lambda rows: to_json(rows, link="/statements", data_version="v"),
    "t.parquet": to_parquet,
    "t.xlsx": to_xlsx,
}
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
ROW = st.fixed_dictionaries(
    {name: TEXT for name in COLUMN_NAMES if name not in ("statement_id", "stated_on")}
    | {
        "stated_on": st.dates(date(1600, 1, 1), date(2100, 12, 31)).map(str) | st.sampled_from(["2016", "2016-07"]),
        "country": st.sampled_from(["FRA", "Россия", "Nowhere land"]),
        "quote": TEXT.map(lambda words: f"q{words}")
        | st.sampled_from(["=1+1", "#REF!", "-2", "@x", "'=1", "+a", " q", "_x000D_", "q\r", "q\n\t"]),
    }
)


def written(data_set: DataSet) -> list[dict[str, str]]:
    """Every statement as its cells were written, by its id."""
    return sorted(({name: kept_row(s)[name] for name in COLUMN_NAMES} for s in data_set.statements), key=lambda row: row["statement_id"])


@pytest.mark.parametrize("name", EXPORTS)
@given(st.lists(ROW, min_size=1, max_size=4))
def test_an_export_comes_back_cell_by_cell(name: str, rows: list[dict[str, str]]) -> None:
    first = [{**row, "statement_id": f"t-{n}"} for n, row in enumerate(rows)]
    data_set = load_bytes(EXPORTS[name](first), name)
    assert len(data_set.statements) == len(rows), data_set.problems
    expected = [{column: row[column] for column in COLUMN_NAMES} for row in first]
    assert written(data_set) == expected
    again = load_bytes(EXPORTS[name](written(data_set)), name)
    assert written(again) == written(data_set)


@given(st.lists(ROW, min_size=2, max_size=4, unique_by=lambda row: row["quote"]), st.randoms(use_true_random=False))
def test_the_order_of_columns_and_rows_means_nothing(rows: list[dict[str, str]], random) -> None:
    names = [name for name in COLUMN_NAMES if name != "statement_id"]
    turned_names, turned_rows = random.sample(names, len(names)), random.sample(rows, len(rows))
    straight, turned = load_bytes(_csv(names, rows), "t.csv"), load_bytes(_csv(turned_names, turned_rows), "t.csv")
    assert written(straight) == written(turned)
    of_json = load_bytes(json.dumps([{name: row[name] for name in turned_names} for row in turned_rows]).encode(), "t.json")
    assert written(of_json) == written(straight)


def _csv(names: list[str], rows: list[dict[str, str]]) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, quoting=csv.QUOTE_ALL).writerows([names, *([row[name] for name in names] for row in rows)])
    return target.getvalue().encode()


def test_a_table_is_the_same_in_every_format() -> None:
    row = {"stated_on": "2016-07-28", "country": "FRA", "quote": "Synthetic", "note": "a"}
    names = list(row)
    cells = "".join(text(f"{letter}{line}", value) for line, values in ((1, names),) for letter, value in zip("ABCD", values, strict=True))
    below = "".join(text(f"{letter}2", value) for letter, value in zip("ABCD", row.values(), strict=True))
    files = {
        "t.csv": _csv(names, [row]),
        "t.json": json.dumps([row]).encode(),
        "t.jsonl": (json.dumps(row) + "\n" + json.dumps({**row, "quote": "Other"})).encode(),
        "t.xlsx": xlsx(sheet_rows((1, cells), (2, below))),
        "t.parquet": to_parquet([row]),
    }
    found = {name: written(load_bytes(data, name)) for name, data in files.items()}
    assert all(found["t.csv"][0] in rows for rows in found.values())


def table(n_rows: int) -> bytes:
    return ("date,country,quote\n" + "".join(f"2016-07-01,FRA,Synthetic {n}\n" for n in range(n_rows))).encode()


def test_progress_is_told_at_least_every_five_thousand_rows() -> None:
    told: list[tuple[int, int]] = []
    load_bytes(table(30_000), "t.csv", ReadOptions(progress=lambda n, of: told.append((n, of))))
    steps = [n for n, _ in told]
    assert max(later - earlier for earlier, later in zip([0, *steps], steps, strict=False)) <= 5_000
    assert steps == sorted(steps)
    assert told[-1] == (30_000, 30_000)


@pytest.mark.parametrize("after", [0, 10_000, 20_000])
def test_an_import_can_be_stopped(after: int) -> None:
    def stop(n_records: int, _: int) -> None:
        if n_records >= after:
            raise ImportCancelled("stopped")

    with pytest.raises(ImportCancelled):
        load_bytes(table(20_000), "t.csv", ReadOptions(progress=stop))
    assert gc.isenabled()


def test_a_workbook_says_that_a_cell_was_cut() -> None:
    rows = [{"statement_id": "t-1", "stated_on": "2016", "country": "FRA", "quote": "x" * 40_000}]
    quote = load_bytes(to_xlsx(rows), "t.xlsx").statements[0].written["quote"]
    assert len(quote) == 32_767
    assert quote.endswith("[cut: 40,000 characters; the other forms of export hold them all]")
