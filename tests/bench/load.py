"""Many visitors at once: sessions over the websocket on the bundled data, server CPU per rerun, waiting time, memory.

    python -m tests.bench.load [--sessions 50] [--seconds 20] [--runs 3] [--mix lanes|links|both]

The server is started on a free loopback port and ended. Think time is exponential around 5 seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode

import psutil

from tests.bench.sessions import Rerun, Session, session
from tests.browser.browser import Server, running_server
from tracker.core.links import PAGES
from tracker.workspace import open_workspace

PAGE, BOX = "timeline", "Lanes"
THINK_S = 5.0
MIXES = ("both", "lanes", "links")
"""What a rerun changes: the lane select box, a link to other actors or issues, or one of the two."""


@dataclass
class Seen:
    """What all visitors of one run saw together; ``first`` are reruns of views that nobody had opened before."""

    again: list[Rerun] = field(default_factory=list)
    first: list[Rerun] = field(default_factory=list)
    opening: list[Rerun] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    views: set[str] = field(default_factory=set)

    def add(self, query: str, rerun: Rerun) -> None:
        """Keep a rerun of a view; one without its charts or with an error in the script is an error."""
        (self.again if query in self.views else self.first).append(rerun)
        self.views.add(query)
        self.check(query, rerun)

    def check(self, query: str, rerun: Rerun) -> None:
        """Note what is wrong with a rerun."""
        if not rerun.is_whole or not rerun.n_charts:
            self.errors.append(f"{query!r}: whole {rerun.is_whole}, {rerun.n_charts} charts")

    @property
    def reruns(self) -> list[Rerun]:
        """All but the opening ones."""
        return self.again + self.first


def links(n: int, seed: int = 1) -> list[str]:
    """Queries of views that hold statements: one to three actors, half of them on one issue, all in the bundled data."""
    labels, random = open_workspace().catalogue.labels, Random(seed)
    actors, issues, lanes = list(labels["actor"])[:20], list(labels["issue"]), [lane for lane, _ in PAGES["/timeline"].choices[0].values]
    found: dict[str, None] = {}
    while len(found) < n:
        asked = {"actor": ".".join(random.sample(actors[:12], random.randint(2, 4)))}
        asked |= {"issue": ".".join(random.sample(issues[:6], 3))} if random.random() < 0.5 else {}
        asked |= {"lane": random.choice(lanes[1:])} if random.random() < 0.3 else {}
        found[urlencode(asked)] = None
    return list(found)


async def visit(server: Server, mix: str, queries: list[str], random: Random, seen: Seen, until: asyncio.Event, go: asyncio.Event) -> None:
    """One visitor: opens the page, waits for all others, then changes something every few seconds until the end."""
    try:
        async with session(server.url, PAGE) as opened:
            rerun = await opened.open()
            seen.opening.append(rerun)
            seen.check("opening", rerun)
            await go.wait()
            async for _ in _thinking(random, until):
                rerun = await _change(opened, mix, queries, random)
                seen.add(opened.query, rerun)
    except (OSError, TimeoutError, KeyError, ConnectionError) as problem:
        seen.errors.append(f"{type(problem).__name__}: {problem}")


async def _thinking(random: Random, until: asyncio.Event) -> AsyncIterator[None]:
    while True:
        try:
            await asyncio.wait_for(until.wait(), random.expovariate(1 / THINK_S))
            return
        except TimeoutError:
            yield


async def _change(opened: Session, mix: str, queries: list[str], random: Random) -> Rerun:
    if mix == "lanes" or (mix == "both" and random.random() < 0.5):
        box = opened.boxes[BOX]
        return await opened.choose(BOX, random.choice(box.options))
    return await opened.follow(random.choice(queries))


async def measure(
    server: Server, n_sessions: int, seconds: float, mix: str, queries: list[str], seed: int, beside: Sequence[Server] = ()
) -> dict[str, float]:
    """One run: figures by name, milliseconds, KiB and MB; those ``beside`` share the work of the server."""
    servers = (server, *beside)
    seen, until, go = Seen(), asyncio.Event(), asyncio.Event()
    memory = _memory(servers)
    visitors = [asyncio.create_task(visit(server, mix, queries, Random(seed * 1000 + n), seen, until, go)) for n in range(n_sessions)]
    while len(seen.opening) + len(seen.errors) < n_sessions:
        await asyncio.sleep(0.05)
    cpu, started = _cpu_seconds(servers), time.perf_counter()
    go.set()
    await asyncio.sleep(seconds)
    cpu, seconds, load = _cpu_seconds(servers) - cpu, time.perf_counter() - started, os.getloadavg()[0]
    held = list(seen.reruns)
    memory = _memory(servers) - memory
    until.set()
    await asyncio.gather(*visitors)
    for error in seen.errors[:5]:
        print("  error:", error)
    return {
        "reruns": len(held),
        "reruns/s": len(held) / seconds,
        "p50 ms": _percentile(held, 0.5),
        "p95 ms": _percentile(held, 0.95),
        "p50 first views ms": _percentile(seen.first, 0.5),
        "first views %": 100 * len(seen.first) / max(1, len(seen.reruns)),
        "CPU ms/rerun": 1000 * cpu / max(1, len(held)),
        "KiB/rerun": sum(rerun.n_bytes for rerun in held) / 1024 / max(1, len(held)),
        "charts/rerun": sum(rerun.n_charts for rerun in held) / max(1, len(held)),
        "opening p50 ms": _percentile(seen.opening, 0.5),
        "MB/session": memory / n_sessions,
        "errors": len(seen.errors),
        "load average": load,
    }


def _percentile(reruns: list[Rerun], share: float) -> float:
    ordered = sorted(rerun.seconds for rerun in reruns)
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def _processes(servers: Sequence[Server]) -> Iterator[psutil.Process]:
    for process in (psutil.Process(server.process.pid) for server in servers):
        yield process
        yield from process.children(recursive=True)


def _cpu_seconds(servers: Sequence[Server]) -> float:
    return sum(times.user + times.system for times in (process.cpu_times() for process in _processes(servers)))


def _memory(servers: Sequence[Server]) -> float:
    return sum(process.memory_info().rss for process in _processes(servers)) / 2**20


@contextmanager
def warm_server() -> Iterator[Server]:
    """A server whose first visitor has been and gone."""

    async def look(server: Server) -> None:
        async with session(server.url, PAGE) as opened:
            await opened.open()

    with running_server() as server:
        asyncio.run(look(server))
        yield server


def main() -> None:
    """Run it, several times, and print every run and the medians."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load", description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--mix", choices=MIXES, action="append")
    asked = parser.parse_args()
    queries = links(60)
    for mix in asked.mix or MIXES[:1]:
        print(f"{asked.sessions} sessions, think time {THINK_S:g} s, {asked.seconds:g} s a run, mix {mix}")
        figures = []
        for run in range(asked.runs):
            with warm_server() as server:
                figures.append(asyncio.run(measure(server, asked.sessions, asked.seconds, mix, queries, run)))
        for name in figures[0]:
            values = [figure[name] for figure in figures]
            print(f"  {name:20} {statistics.median(values):9.1f}   " + "  ".join(f"{value:.1f}" for value in values))


if __name__ == "__main__":
    main()
