"""Many visitors of several processes behind nginx, set up as docs/scale.md says: processor time of all a rerun, waiting time.

    python -m tests.bench.proxied [--sessions 100] [--processes 2] [--seconds 20] [--runs 3] [--mix lanes|links|both]

Visitors come in turn to one process and the next, where the configuration sends them by address: here all have the same.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import shutil
import socket
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from tests.bench.load import MIXES, PAGE, links, measure
from tests.bench.measuring import machine
from tests.bench.sessions import session
from tests.browser.browser import Server, running_server
from tests.house_rules import ROOT

_CONFIGURATION = re.compile(r"^    upstream tracker \{.*?^    \}\n    server \{.*?^    \}\n", re.MULTILINE | re.DOTALL)
_SERVERS = re.compile(r"^ *server 127\.0\.0\.1:\d+;\n", re.MULTILINE)
_STICKY = re.compile(r"^ *ip_hash;.*\n", re.MULTILINE)


def configuration(documented: str, ports: Sequence[int], port: int, folder: Path) -> str:
    """The configuration of docs/scale.md for these processes, as a whole file for a server of nobody in particular."""
    found = _CONFIGURATION.search(documented)
    if found is None:
        raise ValueError("docs/scale.md has no configuration of nginx any more")
    listed = "".join(f"        server 127.0.0.1:{one};\n" for one in ports)
    held = _SERVERS.sub("", _STICKY.sub("", found[0])).replace("upstream tracker {\n", "upstream tracker {\n" + listed)
    held = held.replace("listen 80;", f"listen 127.0.0.1:{port};")
    places = "".join(f"    {name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    logs = f"pid {folder}/pid;\nerror_log {folder}/errors.txt;\ndaemon off;\n"
    return f"{logs}events {{ worker_connections 1024; }}\nhttp {{\n    access_log off;\n{places}{held}}}\n"


@contextmanager
def proxied(servers: Sequence[Server]) -> Iterator[Server]:
    """The address in front of these servers; raises RuntimeError in words when nginx is not there or does not start."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")
    if program is None:
        raise RuntimeError("nginx is not installed (Debian: apt install nginx-light)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "nginx.conf"
        documented = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
        path.write_text(configuration(documented, [_port(server) for server in servers], port, path.parent), encoding="utf-8")
        with subprocess.Popen([program, "-e", str(path.parent / "errors.txt"), "-c", str(path)], stderr=subprocess.PIPE) as process:
            try:
                _wait_for(process, port)
                yield replace(servers[0], url=f"http://127.0.0.1:{port}")
            finally:
                process.terminate()


def _port(server: Server) -> int:
    return int(server.url.rpartition(":")[2])


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise RuntimeError(f"nginx ended: {process.stderr.read().decode() if process.stderr else ''}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("nginx does not answer")


async def _look(servers: Sequence[Server]) -> None:
    for server in servers:
        async with session(server.url, PAGE) as opened:
            await opened.open()


def run(n_processes: int, n_sessions: int, seconds: float, mix: str, seed: int) -> dict[str, float]:
    """The figures of one run, of all processes together but for nginx."""
    with ExitStack() as stack:
        cache = stack.enter_context(tempfile.TemporaryDirectory())
        servers = [stack.enter_context(running_server(TRACKER_CACHE=cache)) for _ in range(n_processes)]
        asyncio.run(_look(servers))
        front = stack.enter_context(proxied(servers))
        return asyncio.run(measure(front, n_sessions, seconds, mix, links(60), seed, beside=servers[1:]))


def main() -> None:
    """Run it, several times, and print every run and the medians."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.proxied", description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--mix", choices=MIXES, action="append")
    asked = parser.parse_args()
    print(machine())
    for mix in asked.mix or MIXES[:1]:
        print(f"{asked.sessions} sessions, {asked.processes} processes behind nginx, {asked.seconds:g} s a run, mix {mix}")
        figures = [run(asked.processes, asked.sessions, asked.seconds, mix, number) for number in range(asked.runs)]
        for name in figures[0]:
            values = [figure[name] for figure in figures]
            print(f"  {name:20} {statistics.median(values):9.1f}   " + "  ".join(f"{value:.1f}" for value in values), flush=True)


if __name__ == "__main__":
    main()
