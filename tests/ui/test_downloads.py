"""Charts and networks as files: they say what they are, hostile text stays text, and nobody waits behind a picture."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import struct
import subprocess
import sys
import time
from xml.etree import ElementTree

import pytest
from starlette.applications import Starlette

from tests.ui.asgi import ask
from tracker.ui import api
from tracker.ui.charts import pictures
from tracker.ui.drawings import CHARTS
from tracker.ui.server import settings

APPLICATION = Starlette(routes=settings()["routes"])
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_a_picture_that_says_what_it_shows(name: str) -> None:
    reply = ask(APPLICATION, f"/download/{name}.svg?actor=USA.RUS.FRA&until=2016-12")
    assert (reply.status, reply.headers["content-type"]) == (200, "image/svg+xml")
    drawn = ElementTree.fromstring(reply.body)
    words = " ".join(drawn.itertext())
    assert CHARTS[name].title in words
    assert "of 278 statements by United States or Russia or France" in words
    assert "data version" in words
    assert not [e for e in drawn.iter() if e.tag.rpartition("}")[2] in ("script", "foreignObject", "image")]


def test_a_png_is_one_and_twice_as_fine() -> None:
    reply = ask(APPLICATION, "/download/overview-months.png")
    assert reply.body.startswith(b"\x89PNG")
    assert struct.unpack(">I", reply.body[16:20]) == (2_000,)
    assert reply.headers["content-disposition"].startswith('attachment; filename="overview-months-')


@pytest.mark.parametrize(
    ("link", "status", "words"),
    [
        ("/download/timeline-lanes.gif", 404, b"There is no such chart"),
        ("/download/..%2fnope.svg", 404, b""),
        ("/download/nope.svg", 404, b"There is no such chart"),
        ("/download/timeline-lanes.svg?q=zxqvwk", 422, b"nothing to draw"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(link: str, status: int, words: bytes) -> None:
    reply = ask(APPLICATION, link)
    assert reply.status == status
    assert words in reply.body


def test_one_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_SECONDS", 0.01)
    reply = ask(APPLICATION, "/download/overview-months.svg")
    assert reply.status == 422
    assert b"took longer" in reply.body


def test_others_are_answered_while_charts_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, may_end = [], asyncio.Event()

    def slow(*_: object, **__: object) -> bytes:
        begun.append(time.monotonic())
        while not may_end.is_set():
            time.sleep(0.01)  # until the others have their answers
        return b"<svg/>"

    monkeypatch.setattr(api, "picture", slow)

    async def scene() -> list[str]:
        ended: list[str] = []

        async def get(link: str) -> None:
            reply = await asyncio.to_thread(ask, APPLICATION, link)
            assert reply.status == 200
            ended.append(link)

        drawing = [asyncio.create_task(get(f"/download/overview-months.svg?since=201{n}")) for n in range(2)]
        while len(begun) < 2:
            await asyncio.sleep(0.01)
        await get("/healthz")
        await get("/api/overview.json")
        may_end.set()
        await asyncio.gather(*drawing)
        return ended

    assert asyncio.run(scene())[:2] == ["/healthz", "/api/overview.json"]


def test_too_many_at_once_are_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "_WAITING", api.BoundedSemaphore(1))
    assert api._WAITING.acquire(blocking=False)
    assert ask(APPLICATION, "/download/overview-months.svg").status == 503


def test_the_graph_has_the_numbers_of_the_page() -> None:
    found = ElementTree.fromstring(ask(APPLICATION, "/download/alignment.graphml?min=2&measure=conflict").body)
    page = ask(APPLICATION, "/api/alignment.json?min=2&measure=conflict").body
    answer = json.loads(page)["answer"]["alignment"]
    keys = {key.get("id"): (key.get("for"), key.get("attr.name"), key.get("attr.type")) for key in found.iter(f"{GRAPHML}key")}
    assert ("edge", "value", "double") in keys.values()
    assert ("node", "label", "string") in keys.values()
    assert len(list(found.iter(f"{GRAPHML}node"))) == len(answer["members"])
    edges = {}
    for edge in found.iter(f"{GRAPHML}edge"):
        told = {keys[data.get("key")][1]: data.text for data in edge}
        edges[edge.get("source"), edge.get("target")] = (float(told["value"]), int(told["shared_issues"]), told["sign"])
    wanted = {(p["one"], p["other"]): (p["value"], p["n_issues"], "opposed") for p in answer["pairs"] if p["value"] is not None}
    assert {pair: held for pair, held in edges.items() if held[0]} == {pair: held for pair, held in wanted.items() if held[0]}
    assert edges.keys() == wanted.keys()
    about = {keys[data.get("key")][1]: data.text for data in found.find(f"{GRAPHML}graph").findall(f"{GRAPHML}data")}
    assert about["data version"] == json.loads(page)["data_version"]


def test_the_edge_list_has_the_columns_gephi_looks_for() -> None:
    text = ask(APPLICATION, "/download/alignment.edges.csv?min=3").body.decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert list(rows[0])[:4] == ["Source", "Target", "Type", "Weight"]
    assert {row["Type"] for row in rows} == {"Undirected"}
    assert all(row["value"] and float(row["Weight"]) >= 0 for row in rows), "an edge without a value would weigh 1 in Gephi"


def test_the_matrix_says_what_it_is_and_is_symmetric() -> None:
    text = ask(APPLICATION, "/download/alignment.matrix.csv?measure=agreement&correction=kappa&actor=USA.RUS.FRA.GBR").body.decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    about = {row[0].removeprefix("# "): row[1] for row in rows if row[0].startswith("# ")}
    assert about["measure"] == "kappa"
    assert about["filter"].startswith("108 of 278 statements by 4 actors")
    head, *body = [row for row in rows if not row[0].startswith("# ")]
    assert [row[0] for row in body] == head[1:]
    held = [row[1:] for row in body]
    assert held == [list(column) for column in zip(*held, strict=True)]
    assert all(held[n][n] == "" for n in range(len(held)))


def test_whoever_waits_for_a_page_comes_before_a_picture() -> None:
    program = "import os; from tracker.ui.charts.picture_program import limit_this_process as limit; limit(); print(os.nice(0))"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert int(said.stdout) > os.nice(0)
