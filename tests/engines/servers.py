"""Servers of their own on the loopback address: PostgreSQL, a Spark cluster of two workers, a Sail cluster."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.store import postgres

PATIENCE_SECONDS = 120
_SPARK = "org.apache.spark.deploy"


class CannotStart(Exception):
    """A server cannot be started here; says what is missing."""


@contextmanager
def postgresql(_folder: Path) -> Iterator[str]:
    """The URL of an empty PostgreSQL."""
    with postgres.server():
        yield postgres.URL


@contextmanager
def sail(folder: Path) -> Iterator[str]:
    """The URL of a Sail server that gives its work to a cluster of workers of its own."""
    program = Path(sys.executable).with_name("sail")
    if not program.exists():
        raise CannotStart("Sail is not installed: pip install -r tests/engines/requirements.txt")
    port = _free_port()
    command = [str(program), "spark", "server", "--ip", "127.0.0.1", "--port", str(port)]
    with _running(command, folder / "sail.log", SAIL_MODE="local-cluster", SAIL_CLUSTER__WORKER_INITIAL_COUNT="2") as is_alive:
        _wait_for(port, is_alive, "Sail", folder / "sail.log")
        yield f"sc://127.0.0.1:{port}"


@contextmanager
def sail_over_iceberg(folder: Path) -> Iterator[str]:
    """The URL of the same, with the tables read as Iceberg."""
    former = os.environ.get("TRACKER_ENGINE_FORMAT")
    os.environ["TRACKER_ENGINE_FORMAT"] = "iceberg"
    try:
        with sail(folder) as url:
            yield url
    finally:
        if former is None:
            del os.environ["TRACKER_ENGINE_FORMAT"]
        else:
            os.environ["TRACKER_ENGINE_FORMAT"] = former


@contextmanager
def spark(folder: Path) -> Iterator[str]:
    """The URL of a Spark Connect server before a standalone master with two workers."""
    if not shutil.which("java"):
        raise CannotStart("Spark needs Java 17 or newer (Debian: apt install default-jre-headless)")
    home, master, port = _spark_home(), _free_port(), _free_port()
    run = [str(home / "bin" / "spark-class")]
    local = ["--conf", "spark.driver.host=127.0.0.1", "--conf", "spark.driver.bindAddress=127.0.0.1"]
    small = ["--conf", "spark.sql.shuffle.partitions=4", "--conf", "spark.ui.enabled=false", "--conf", "spark.driver.memory=1g"]
    with ExitStack() as started:
        env = {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1", "SPARK_WORKER_DIR": str(folder / "work")}
        at = ["--host", "127.0.0.1", "--port", str(master), "--webui-port", str(_free_port())]
        is_alive = started.enter_context(_running([*run, f"{_SPARK}.master.Master", *at], folder / "master.log", **env))
        _wait_for(master, is_alive, "the Spark master", folder / "master.log")
        for number in (1, 2):
            worker = [f"{_SPARK}.worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port", str(_free_port())]
            started.enter_context(_running([*run, *worker, f"spark://127.0.0.1:{master}"], folder / f"worker-{number}.log", **env))
        connect = [*_submit(home), "--master", f"spark://127.0.0.1:{master}", *local, *small, "--conf", "spark.executor.memory=800m"]
        connect += ["--conf", f"spark.connect.grpc.binding.port={port}", "--conf", "spark.connect.grpc.binding.address=127.0.0.1"]
        connect += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "spark-internal"]
        is_alive = started.enter_context(_running(connect, folder / "connect.log", **env))
        _wait_for(port, is_alive, "Spark Connect", folder / "connect.log")
        yield f"sc://127.0.0.1:{port}"


SERVERS: dict[str, Callable[[Path], object]] = {
    "PostgreSQL": postgresql,
    "Sail cluster": sail,
    "Sail over Iceberg": sail_over_iceberg,
    "Spark cluster": spark,
}


def _spark_home() -> Path:
    try:
        import pyspark
    except ImportError:
        raise CannotStart("PySpark is not installed: pip install -r tests/engines/requirements.txt") from None
    return Path(pyspark.__file__).parent


def _submit(home: Path) -> list[str]:
    return [str(home / "bin" / "spark-submit")]


@contextmanager
def _running(command: list[str], log: Path, **env: str) -> Iterator[Callable[[], bool]]:
    with log.open("wb") as written:
        process = subprocess.Popen(
            command, stdout=written, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=os.environ | env, start_new_session=True
        )
        try:
            yield lambda: process.poll() is None
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends it and what it started: the scripts of Spark start Java, Sail its workers."""
    for signal in (15, 9):
        try:
            os.killpg(process.pid, signal)
            process.wait(10)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def _wait_for(port: int, is_alive: Callable[[], bool], name: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if not is_alive():
            break
        time.sleep(0.2)
    last = log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:]
    raise CannotStart(f"{name} did not start:\n" + "\n".join(last))


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]
