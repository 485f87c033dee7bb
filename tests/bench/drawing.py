"""Does drawing a picture delay somebody else? One visitor reruns the Timeline while another asks for its lanes as PNG, again and again.

    python -m tests.bench.drawing [--reruns 60] [--rounds 3]

Reruns with nothing beside them, with a picture being drawn, and with a process that has nothing to do with the server but is as busy,
are taken in turn, so that the load of the machine falls on all: what the last costs too, the processor does, not the server.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.bench.load import BOX, PAGE, warm_server
from tests.bench.sessions import Session, session

PICTURE = "/download/timeline-lanes.png?lane=spokesperson"
"""The largest picture of the bundled data: a lane for every spokesperson."""
_PATIENCE_S = 60


@dataclass
class Artist:
    """Asks for a picture again and again until it is told to end; how long each took, and how large the last was."""

    url: str
    seconds: list[float] = field(default_factory=list)
    n_bytes: int = 0
    is_done: threading.Event = field(default_factory=threading.Event)

    def ask(self) -> None:
        """One picture after the other."""
        while not self.is_done.is_set():
            began = time.perf_counter()
            with urllib.request.urlopen(self.url, timeout=_PATIENCE_S) as answer:
                self.n_bytes = len(answer.read())
            self.seconds.append(time.perf_counter() - began)


@contextmanager
def drawing(url: str) -> Iterator[Artist]:
    """Somebody for whom pictures are drawn all the while."""
    artist = Artist(url)
    thread = threading.Thread(target=artist.ask)
    thread.start()
    try:
        yield artist
    finally:
        artist.is_done.set()
        thread.join()


@contextmanager
def busy() -> Iterator[None]:
    """A process that only takes time from the processor."""
    process = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        process.kill()
        process.wait()


async def reruns(opened: Session, n: int) -> list[float]:
    """Milliseconds of so many reruns, each of another view whose answer is kept."""
    taken = []
    for option in itertools.islice(itertools.cycle(opened.boxes[BOX].options), n):
        rerun = await opened.choose(BOX, option)
        if not rerun.is_whole or not rerun.n_charts:
            raise RuntimeError(f"a rerun failed: whole {rerun.is_whole}, {rerun.n_charts} charts")
        taken.append(1000 * rerun.seconds)
    return taken


async def measure(url: str, n_reruns: int, n_rounds: int) -> tuple[dict[str, list[float]], list[Artist]]:
    """The reruns by what went on beside them, and who asked for pictures in each round."""
    taken: dict[str, list[float]] = {"nothing": [], "a picture": [], "a busy process": []}
    artists = []
    async with session(url, PAGE) as opened:
        await opened.open()
        await reruns(opened, len(opened.boxes[BOX].options))
        for _ in range(n_rounds):
            taken["nothing"] += await reruns(opened, n_reruns)
            with drawing(url + PICTURE) as artist:
                taken["a picture"] += await reruns(opened, n_reruns)
            artists.append(artist)
            with busy():
                taken["a busy process"] += await reruns(opened, n_reruns)
    return taken, artists


def percentile(taken: list[float], share: float) -> float:
    """The value below which such a share lies.

    >>> percentile([3.0, 1.0, 2.0, 4.0], 0.5)
    3.0
    """
    ordered = sorted(taken)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def main() -> None:
    """Print both and their ratio."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.drawing", description=__doc__.splitlines()[0])
    parser.add_argument("--reruns", type=int, default=60, help="reruns of a round, without and with a picture each (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with warm_server() as server:
        taken, artists = asyncio.run(measure(server.url, asked.reruns, asked.rounds))
    print(f"{asked.reruns * asked.rounds} reruns each; ms, and as a ratio to those with nothing beside them")
    for beside, held in taken.items():
        found = {share: (percentile(held, share), percentile(held, share) / percentile(taken["nothing"], share)) for share in (0.5, 0.95)}
        print(f"{beside:16}", *(f"p{100 * share:.0f} {value:6.1f} ({ratio:.2f})" for share, (value, ratio) in found.items()))
    pictures = [seconds for artist in artists for seconds in artist.seconds]
    print(f"{len(pictures)} pictures of {artists[-1].n_bytes:,} bytes, {statistics.median(pictures):.1f} s each; ", end="")
    print(f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
