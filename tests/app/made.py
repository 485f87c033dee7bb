"""A small data set with every optional table, written for tests: nothing in it was ever said, looked for or signed. Synthetic."""

from __future__ import annotations

import csv
from pathlib import Path

STATEMENTS = [
    # id, date, country, issue, stance
    ("m-1", "2016-03-01", "FRA", "corridors", "support"),
    ("m-2", "2016-05-02", "GBR", "corridors", "oppose"),
    ("m-3", "2016-07-03", "DEU", "corridors", "support"),
    ("m-4", "2021-02-04", "GBR", "corridors", "support"),
    ("m-5", "2021-03-05", "FRA", "corridors", "oppose"),
    ("m-6", "2016-08", "USA", "corridors", "mixed"),
    ("m-7", "2016-07-07", "RUS", "access", "oppose"),
    ("m-8", "2016-07-08", "USA", "access", ""),
    ("m-9", "2016-09-09", "", "access", "support"),
    ("m-10", "2016-10-10", "FRA", "access", "support"),
]
BESIDE: dict[str, list[dict[str, str]]] = {
    "issues.csv": [
        {"issue": "corridors", "title": "Test corridors", "proposition": "They are legitimate."},
        {"issue": "access", "title": "Access of aid", "proposition": "Aid must pass."},
    ],
    "silences.csv": [
        {"actor": "NOR", "issue": "corridors", "looked_on": "2016-08-01", "where": "the test archive", "by": "T. Coder"},
        {"actor": "NOR", "issue": "corridors", "looked_on": "2016-06", "where": "", "by": ""},
        {"actor": "RUS", "issue": "corridors", "looked_on": "2016-09-30", "where": "the test archive", "by": "T. Coder"},
        {"actor": "DEU", "issue": "corridors", "looked_on": "2021-06-01", "where": "the test archive", "by": "T. Coder"},
        {"actor": "DEU", "issue": "access", "looked_on": "soon", "where": "", "by": ""},
    ],
}


def write_made(folder: Path, **changes: list[dict[str, str]]) -> Path:
    """The data set as a folder of CSV files; its path. ``changes`` are rows of tables by name, none to leave one out."""
    statements = [
        {
            "statement_id": statement_id,
            "stated_on": stated_on,
            "country": country,
            "organisation": "" if country else "EU",
            "spokesperson": f"Person {country or 'EU'}",
            "issue": issue,
            "stance": stance,
            "quote": f"Made words {statement_id}",
            "quote_language": "en",
        }
        for statement_id, stated_on, country, issue, stance in STATEMENTS
    ]
    tables = {"statements.csv": statements, **BESIDE, **{f"{name}.csv": rows for name, rows in changes.items()}}
    for name, rows in tables.items():
        if rows:
            with (folder / name).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
    return folder
