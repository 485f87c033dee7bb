"""Every problem code has its paragraph, every column and limit its place in the format."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tracker.core.columns import COLUMN_NAMES
from tracker.core.vocabulary import ACTOR_KINDS, ACTS, CHANNELS, NOT_CODED, NOT_GIVEN, STANCES
from tracker.io import limits

ROOT = Path(__file__).parents[2]
PROBLEMS = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
FORMAT = (ROOT / "docs" / "data_format.md").read_text(encoding="utf-8")
READ_FROM = (ROOT / "tracker" / "io", *(ROOT / "tracker" / "io" / folder for folder in ("documents", "feeds")))
DOCUMENTED = re.findall(r"^### `([a-z-]+)`$", PROBLEMS, re.MULTILINE)

# Closed on purpose: any other word-with-hyphens in tracker/io is a problem code and needs its paragraph.
_OF_SPREADSHEETS = {
    *("boolean-value", "covered-table-cell", "date-value", "line-break", "number-columns-repeated", "number-columns-spanned"),
    *("number-rows-repeated", "number-rows-spanned", "string-value", "style-name", "table-cell", "table-column", "table-properties"),
    *("table-row", "value-type"),
}
_OF_PAGES = {"application-name", "aria-hidden", "content-language", "http-equiv", "parsely-pub-date", "parsely-title", "publish-date"}
NO_CODES = (
    _OF_SPREADSHEETS
    | _OF_PAGES
    | {"day-first", "month-first"}
    | {
        "absolute-time",
        "date-parts",
        "event-title",
        "press-briefing",
        "stand-alone",
        NOT_CODED,
        NOT_GIVEN,
        *ACTOR_KINDS,
    }
)
MADE_OF_COLUMNS = {"stance-unknown", "act-unknown", "channel-unknown"}


def codes_in_the_code() -> set[str]:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for folder in READ_FROM for path in folder.glob("*.py")]
    constants = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in constants if re.fullmatch(r"[a-z]+(-[a-z]+)+", text)} - NO_CODES | MADE_OF_COLUMNS


def test_every_problem_code_is_documented_once_and_no_other() -> None:
    assert sorted(DOCUMENTED) == sorted(codes_in_the_code())


def test_every_code_has_a_paragraph() -> None:
    paragraphs = re.split(r"^### ", PROBLEMS, flags=re.MULTILINE)[1:]
    assert all(len(paragraph.split("\n", 1)[1].split()) >= 5 for paragraph in paragraphs)


@pytest.mark.parametrize("name", COLUMN_NAMES)
def test_every_column_is_documented(name: str) -> None:
    assert f"`{name}`" in FORMAT


@pytest.mark.parametrize("word", sorted({*STANCES, *ACTS, *CHANNELS, *ACTOR_KINDS} - {NOT_CODED, NOT_GIVEN}))
def test_every_coded_word_is_documented(word: str) -> None:
    assert f"`{word}`" in FORMAT


@pytest.mark.parametrize(
    "limit",
    [f"{limits.MAX_FILE_BYTES // 1_000_000} MB", f"{limits.MAX_RECORDS:,}", f"| {limits.MAX_COLUMNS} |", f"{limits.MAX_CELL_CHARACTERS:,}"],
)
def test_every_limit_is_documented(limit: str) -> None:
    assert limit in FORMAT
