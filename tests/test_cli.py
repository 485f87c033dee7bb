"""The command line: what it prints, what it changes, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tracker.cli import USAGE, main

TABLE = "When,Land,Said\n2016-07-28,France,Synthetic words\n2016-13-01,France,More synthetic words\n"
MAPPED = ["--map", "When=stated_on", "--map", "Land=country", "--map", "Said=quote"]


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A table whose headers say nothing to us, and a ledger of its own."""
    monkeypatch.setenv("TRACKER_LEDGER", str(tmp_path / "ledger.sqlite"))
    path = tmp_path / "theirs.csv"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


def test_check_counts_every_record(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", table, "--json", "--rows", *MAPPED]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["outcome"], told["records"], told["rows"], len(told["rejected"]), len(told["ignored"])) == ("partial", 2, 1, 1, 0)
    assert told["kept"][0]["quote"] == "Synthetic words"
    assert told["kept"][0]["country_code"] == "FRA"


def test_what_cannot_be_mapped_is_refused_with_the_names_found(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", table]) == 1
    printed = capsys.readouterr().out
    assert "'Land'" in printed
    assert "--map" in printed


@pytest.mark.parametrize("wrong", ["Land=nation", "=country", "country"])
def test_a_mapping_to_nothing_of_ours_is_wrong_usage(table: str, wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["check", table, "--map", wrong])
    assert status == USAGE or (wrong == "=country" and status in (0, 1))
    assert "Traceback" not in capsys.readouterr().err


def test_rehearsing_changes_nothing_and_importing_can_be_undone(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", table, "--into", "mine", "--rehearse", *MAPPED]) == 0
    assert main(["history", "--of", "mine"]) == 0
    assert "no history yet" in capsys.readouterr().out
    assert main(["import", table, "--into", "mine", "--who", "tester", "--why", "trial", *MAPPED]) == 0
    capsys.readouterr()
    assert main(["query", "/statements?data=mine"]) == 0
    assert capsys.readouterr().out.startswith("1 statement by 1 actor")
    assert main(["undo", "1", "--who", "tester"]) == 0
    capsys.readouterr()
    assert main(["query", "/statements?data=mine"]) == 0
    assert capsys.readouterr().out.startswith("0 statements")


def test_a_revision_that_is_none_is_refused_in_words(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["undo", "7"]) == 1
    assert "7" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["query", "/nonsense"], USAGE),
        (["query", "http://[::1/timeline"], USAGE),
        (["query", "/", "--data", "nowhere.csv"], 1),
        (["export", "/", "-o", "/nonexistent-folder/out.csv"], 1),
        (["check", "nowhere.csv"], 1),
        (["export", "/statements", "--format", "graphml", "-o", "out.graphml"], USAGE),
    ],
    ids=["page", "address", "data", "folder", "file", "network"],
)
def test_what_cannot_be_done_is_said(arguments: list[str], status: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == status
    captured = capsys.readouterr()
    assert captured.err
    assert "Traceback" not in captured.err + captured.out


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["check"], ["query"]])
def test_wrong_usage_ends_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == USAGE
