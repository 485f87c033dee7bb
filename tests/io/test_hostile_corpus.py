"""Files of the kinds that will be tried: those of a corpus beside the project, named by TRACKER_HOSTILE_CORPUS, and our own.

Without that variable there is nothing of the corpus to run; ``test_the_corpus_is_named`` says so in its name of the case.
"""

from __future__ import annotations

import csv
import json
import os
import re
from pathlib import Path

import pytest

from tracker.io.packages import load_data_set
from tracker.io.reports import report

CASES = Path(__file__).parents[1] / "cases"
CORPUS = Path(os.environ.get("TRACKER_HOSTILE_CORPUS", "")) / "manifest.json"
IS_THERE = bool(os.environ.get("TRACKER_HOSTILE_CORPUS")) and CORPUS.is_file()
ENTRIES = [e for e in json.loads(CORPUS.read_text(encoding="utf-8"))["entries"] if e["kind"] == "table"] if IS_THERE else []
OURS = {"statement_date": "stated_on", "source_url": "document_url"}
EXCEPTION_TEXT = re.compile(r"Traceback|\b\w+(Error|Exception)\b\s*[:(]|codec can't|0x[0-9a-f]{2} in position|File \"", re.IGNORECASE)


def faults(found: dict, expected: dict, n_records: int | None) -> list[str]:
    """What a report lacks of what is expected of its file."""
    reported = found["rejected"] + found["ignored"]
    said = " | ".join([found["message"], *(entry["message"] for entry in reported + found["warnings"])])
    wrong = ["text of an exception"] if EXCEPTION_TEXT.search(said) else []
    if expected["outcome"] == "reject":
        wrong += ["something was loaded"] if found["kept"] else []
        wrong += [] if any(re.search(about, said, re.IGNORECASE) for about in expected["message_about"]) else [f"nothing of {expected}"]
        return wrong
    n_optional = len(expected.get("optional_records", []))
    if not found["kept"]:
        wrong.append(f"nothing loaded: {found['message']}")
    if expected.get("rows") is not None and not expected["rows"] <= len(found["kept"]) <= expected["rows"] + n_optional:
        wrong.append(f"{len(found['kept'])} rows")
    if n_records is not None and len(found["kept"]) + len(reported) != n_records:
        wrong.append("records are lost")
    for want in expected.get("rejected", []):
        hits = [entry["message"] for entry in reported if want["record"] == entry["record"] or want["line"] == entry["line"]]
        wrong += [] if any(re.search(want["about"], hit, re.IGNORECASE) for hit in hits) else [f"record {want['record']} not told"]
    if expected.get("warn_about"):
        wrong += [] if any(re.search(about, said, re.IGNORECASE) for about in expected["warn_about"]) else ["no warning"]
    for check in expected.get("checks", []):
        row = next((row for row in found["kept"] if row["record"] == check["record"]), None)
        if row is not None and row[OURS.get(check["column"], check["column"])] != check["equals"]:
            wrong.append(f"{check} is {row[OURS.get(check['column'], check['column'])]!r}")
    return wrong


def test_a_corpus_that_is_named_is_there() -> None:
    assert IS_THERE or not os.environ.get("TRACKER_HOSTILE_CORPUS"), f"{CORPUS} is not there"


@pytest.mark.parametrize("entry", ENTRIES or [None], ids=[e["file"] for e in ENTRIES] or ["none-as-TRACKER_HOSTILE_CORPUS-is-not-set"])
def test_a_file_of_the_corpus_gives_what_its_manifest_says(entry: dict | None) -> None:
    if entry is None:
        return
    found = report(load_data_set(CORPUS.parent / entry["file"]), with_rows=True)
    judged = [faults(found, expected, entry.get("records")) for expected in [entry["expected"], *entry.get("also_accept", [])]]
    assert any(not wrong for wrong in judged), judged[0]


EXPECTED = [case for case in csv.DictReader((CASES / "cases.csv").read_text(encoding="utf-8").splitlines()) if not case["options"]]


@pytest.mark.parametrize("case", EXPECTED, ids=lambda case: case["file"])
def test_the_scorer_agrees_with_our_own_cases_and_sees_what_is_wrong(case: dict[str, str]) -> None:
    found = report(load_data_set(CASES / case["file"]), with_rows=True)
    n_kept = int(case["kept"])
    expected = {"outcome": "load_ok", "rows": n_kept} if n_kept else {"outcome": "reject", "message_about": ["."]}
    n_records = found["records"] if n_kept else None
    assert faults(found, expected, n_records) == []
    other = {"outcome": "load_ok", "rows": n_kept + 1} if n_kept else {"outcome": "reject", "message_about": ["no such words"]}
    assert faults(found, other, n_records) != []
    assert faults(found | {"message": "ValueError: x"}, expected, n_records) != []
