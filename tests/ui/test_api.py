"""The JSON and CSV interface: what the command line prints for a link, nothing else, and every refusal in words."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from starlette.applications import Starlette

from tests.house_rules import ROOT
from tests.ui.asgi import ask
from tracker import cli
from tracker.core.columns import COLUMN_NAMES
from tracker.ui import server

DATA = ROOT / "data" / "aleppo"
LINKS = [
    "/",
    "/timeline?actor=USA.RUS&issue=humanitarian-corridors&since=2016-07&by=week",
    "/timeline?lane=issue&not-stance=neutral",
    "/compare?actor=USA.RUS&issue=humanitarian-corridors&since=2016-07-28&until=2016-07-29",
    "/compare?actor=USA.RUS.FRA.GBR.DEU.IRN.TUR",
    "/shifts?issue=humanitarian-access",
    "/shifts?actor=RUS&on=2016-09-10&split=2016-08-10&text=original",
    "/compare?actor=RUS.USA&on=2016-08-10",
    "/compare?actor=VAT&before=aleppo-0082&after=nobody",
    "/shifts?lane=organisation&evidence=1&show=all&page=99",
    "/statements?q=%22demand%20for%20the%20surrender%22&sort=oldest",
    "/statements?q=country:russia+(corridor+OR+truce)+NOT+aid&sort=best",
    "/statements?page=99&stance=angry&nonsense=1",
    "/statements?q=%D1%85%D1%83%D0%BC%D0%B0%D0%BD%D1%96%D1%82",
    "/statement?id=aleppo-0047",
    "/statement?id=nothing",
    "/data?language=ru.ar",
]

APPLICATION = Starlette(routes=server.settings()["routes"], middleware=server.settings()["middleware"])


def _numbers(link: str) -> str:
    path, _, query = link.partition("?")
    return f"/api/{path.strip('/') or 'overview'}.json?{query}"


@pytest.mark.parametrize("link", LINKS)
def test_pages_and_command_line_give_the_same_numbers(link: str, capsys: pytest.CaptureFixture[str]) -> None:
    reply = ask(APPLICATION, _numbers(link))
    assert reply.status == 200
    assert cli.main(["query", link, "--data", str(DATA), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert json.loads(reply.body) == printed
    assert printed["sentence"]
    assert len(printed["data_version"]) == 64


def test_values_left_out_are_in_the_answer() -> None:
    found = json.loads(ask(APPLICATION, "/api/timeline.json?actor=ZZZ").body)
    assert [notice["value"] for notice in found["notices"]] == ["ZZZ"]
    assert found["n_statements"] == 278


@pytest.mark.parametrize("query", ["", "?actor=USA&stance=oppose", "?q=%D0%BE%D0%BF%D0%B5%D1%80%D0%B0%D1%86%D0%B8", "?q=zxqvwk"])
def test_a_download_has_as_many_rows_as_the_page_says(query: str, tmp_path: Path) -> None:
    n = json.loads(ask(APPLICATION, f"/api/timeline.json{query}").body)["n_statements"]
    reply = ask(APPLICATION, f"/download/statements.csv{query}")
    rows = list(csv.DictReader(io.StringIO(reply.body.decode("utf-8-sig"), newline="")))
    assert len(rows) == n
    assert set(COLUMN_NAMES) <= set(csv.DictReader(io.StringIO(reply.body.decode("utf-8-sig"))).fieldnames)
    assert reply.headers["content-disposition"].startswith('attachment; filename="statements-')


def test_a_download_is_what_the_command_line_exports(tmp_path: Path) -> None:
    for form in ("csv", "json"):
        file = tmp_path / f"out.{form}"
        assert cli.main(["export", "/statements?actor=USA&page=2", "--data", str(DATA), "-o", str(file)]) == 0
        served = ask(APPLICATION, f"/download/statements.{form}?actor=USA&page=2").body
        assert file.read_bytes() == served


@pytest.mark.parametrize("page", ["nonsense", "..%2ftimeline", "TIMELINE%20", "%00"])
def test_an_unknown_page_is_refused_in_words(page: str) -> None:
    reply = ask(APPLICATION, f"/api/{page}.json")
    assert reply.status == 404
    assert b"Traceback" not in reply.body


def test_a_data_set_that_cannot_be_opened_is_said_and_tells_nothing_of_the_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRACKER_DATA", str(tmp_path / "nothing.csv"))
    reply = ask(APPLICATION, "/api/timeline.json")
    assert reply.status == 503
    assert "nothing.csv" in json.loads(reply.body)["error"]
    assert str(tmp_path) not in reply.body.decode(), "a stranger need not know where files lie"


def test_health_without_data_is_an_answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRACKER_DATA", str(tmp_path / "nothing.csv"))
    assert ask(APPLICATION, "/healthz").status == 503
