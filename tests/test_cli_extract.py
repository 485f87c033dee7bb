"""``python -m tracker extract``: the fields it prints, what it takes, and how it refuses."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tracker.cli import USAGE, main

ARTICLE = (
    'GENEVA, July 28 (Wire) - Foreign Ministry spokeswoman Ann Lee said on Thursday that the talks "have not failed."\n\n'
    '"Come back later," she added.\n'
)
FIELDS = ["start", "end", "spans", "quote", "kind", "cue", "speaker", "resolved", "role", "organisation", "country", "together"]
FIELDS += ["date", "date_as_written", "confidence", "reasons"]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """An article made up for the test."""
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8", newline="")
    return path


def lines_of(printed: str) -> list[dict]:
    """The objects of a JSON Lines answer."""
    return [json.loads(line) for line in printed.splitlines()]


def test_every_statement_is_one_object_with_the_documented_fields(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(article), "--published", "2016-07-28", "--language", "en", "--format", "jsonl"]) == 0
    found = lines_of(capsys.readouterr().out)
    assert [list(row) for row in found] == [FIELDS, FIELDS]
    first, second = found
    assert (first["resolved"], first["cue"], first["kind"], first["date"]) == ("Ann Lee", "said", "mixed", "2016-07-28")
    assert (second["speaker"], second["resolved"], second["kind"]) == ("she", "Ann Lee", "direct")
    for row in found:
        assert " […] ".join(ARTICLE[a:b] for a, b in row["spans"]) == row["quote"]
        assert (row["start"], row["end"]) == (row["spans"][0][0], row["spans"][-1][1])
        assert 0 < row["confidence"] <= 1


def test_standard_input_and_words_for_reading(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
    assert main(["extract", "-", "--published", "2016-07-28"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("2 candidate statements")
    assert "Ann Lee" in printed
    assert "28 July 2016" in printed


def test_a_text_without_statements_prints_no_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "quiet.txt"
    path.write_text("The river rose by two metres. The bridge is closed.", encoding="utf-8")
    assert main(["extract", str(path), "--format", "jsonl"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--published", "2016-02-30"], USAGE, "is not a date"),
        (["--language", "xx"], USAGE, "no rules for the language 'xx'"),
    ],
    ids=["no date", "no language"],
)
def test_wrong_options_are_refused_in_words(
    article: Path, arguments: list[str], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", str(article), *arguments]) == status
    told = capsys.readouterr()
    assert said in told.err
    assert "Traceback" not in told.err
    assert told.out == ""


@pytest.mark.parametrize("content", [None, b"", b"\0\0\0", b"\x89PNG\r\n"], ids=["missing", "empty", "nothing but NUL", "picture"])
def test_what_holds_no_text_is_refused_in_words(tmp_path: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "file.txt"
    if content is not None:
        path.write_bytes(content)
    assert main(["extract", str(path)]) == 1
    assert capsys.readouterr().err.strip().endswith(".")


def test_whoever_the_data_set_has_is_told_with_the_state_it_knows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article, table = tmp_path / "article.txt", tmp_path / "table.csv"
    article.write_text('"Not now," Jon Testov said.', encoding="utf-8")
    table.write_text("date,country,spokesperson,quote\n2016-07-28,FRA,Jon Testov,Synthetic words\n", encoding="utf-8")
    assert main(["extract", str(article), "--format", "jsonl", "--data", str(table)]) == 0
    (row,) = lines_of(capsys.readouterr().out)
    assert (row["resolved"], row["country"]) == ("Jon Testov", "FRA")
    assert "the data set has Jon Testov for France" in row["reasons"]
    assert main(["extract", str(article), "--format", "jsonl"]) == 0
    assert lines_of(capsys.readouterr().out)[0]["country"] == ""


def test_a_data_set_that_cannot_be_opened_is_said_and_the_article_is_read(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRACKER_DATA", str(tmp_path / "nowhere.csv"))
    assert main(["extract", str(article), "--format", "jsonl"]) == 0
    printed = capsys.readouterr()
    assert len(lines_of(printed.out)) == 2
    assert "nowhere" in printed.err and "recognised" in printed.err
    assert main(["extract", str(article), "--data", str(tmp_path / "nowhere.csv")]) != 0
