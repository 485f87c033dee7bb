"""Damages good files of every format for as long as asked, loads each as ``check`` does, and says what must not have happened.

``python -m tests.io.fuzz --minutes 60 [--seed N]``: files a second, how each format ended, and every fault with the file that
brought it about, kept in a folder it names. A damaged file may load or be refused in words; it may not raise, take over ten
seconds, lose a record, show the text of an exception, or make the process grow.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from tests.io.fuzz_changes import changed
from tests.io.fuzz_files import GoodFile, good_files
from tests.io.readings import EXCEPTION_TEXT
from tracker.core.errors import DataSetRefused
from tracker.core.model import DataSet
from tracker.io.inputs import ReadOptions
from tracker.io.packages import load_data_set
from tracker.io.reports import format_report, report

MOST_SECONDS, MOST_GROWTH_OF_ONE, MOST_GROWTH = 10, 500_000_000, 300_000_000
_SAID_EVERY_SECONDS, _MOST_KEPT_OF_A_KIND = 60, 20


class TooSlow(BaseException):
    """A file took over ten seconds; no Exception, so that no reader takes it for damage."""


@dataclass
class Tally:
    """How the files of each format ended, the slowest of each, and every fault as (what, format, seed)."""

    folder: Path
    ended: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    slowest: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    faults: list[tuple[str, str, int]] = field(default_factory=list)

    @property
    def n_files(self) -> int:
        """How many files were loaded."""
        return sum(sum(counted.values()) for counted in self.ended.values())

    def fault(self, what: str, good: GoodFile, seed: int, data: bytes, told: str = "") -> None:
        """Keep a fault with its file, and say it at once."""
        self.faults.append((what, good.form, seed))
        if sum(fault[:2] == (what, good.form) for fault in self.faults) > _MOST_KEPT_OF_A_KIND:
            return
        (self.folder / f"{seed}-{good.name}").write_bytes(data)
        print(f"FAULT {what} · {good.form} · seed {seed} · {good.name}\n{told}", flush=True)


def try_one(good: GoodFile, seed: int, tally: Tally) -> None:
    """Load one damaged file and count how it ended; a fault is kept with its file."""
    data = changed(good, random.Random(seed))
    path = tally.folder / "now" / good.name
    path.write_bytes(data)
    size, began = _peak(), time.perf_counter()
    try:
        with _stopped_after(3 * MOST_SECONDS):
            data_set = load_data_set(path, ReadOptions(mapping=good.mapping))
            ended, wrong = data_set.outcome.value, fault_of(data_set)
    except DataSetRefused:
        ended, wrong = "not opened", ""
    except (Exception, TooSlow) as error:  # whatever comes is the find
        tally.fault(type(error).__name__, good, seed, data, traceback.format_exc())
        ended, wrong = "fault", ""
    took = time.perf_counter() - began
    tally.slowest[good.form] = max(tally.slowest[good.form], took)
    wrong = wrong or (f"took {took:.0f} s" if took > MOST_SECONDS else "")
    wrong = wrong or (f"took {(_peak() - size) >> 20} MB" if _peak() - size > MOST_GROWTH_OF_ONE else "")
    if wrong:
        tally.fault(wrong, good, seed, data)
    tally.ended[good.form][ended] += 1


def fault_of(data_set: DataSet) -> str:
    """What is wrong with what was loaded, "" when nothing is."""
    n_told = len(data_set.statements) + data_set.n_rejected + data_set.n_ignored
    if n_told != data_set.n_records:
        return f"{n_told} of {data_set.n_records} records accounted for"
    if data_set.statements and data_set.refusal:
        return "refused with statements"
    said = [data_set.refusal, *(problem.message for problem in data_set.problems)]
    if leaked := next((text for text in said if EXCEPTION_TEXT.search(text)), ""):
        return f"said {leaked[:200]!r}"
    if not data_set.statements and not data_set.refusal:
        return "nothing kept and nothing said"
    json.dumps(report(data_set, with_rows=True))
    format_report(data_set)
    return ""


def fuzz(seconds: float, seed: int, folder: Path) -> Tally:
    """Damage files for so many seconds; the n-th file of a run is the same for the same seed."""
    (folder / "now").mkdir(exist_ok=True)
    goods, tally, began = good_files(), Tally(folder), time.monotonic()
    for good in goods:
        path = folder / "now" / good.name
        path.write_bytes(good.data)
        load_data_set(path, ReadOptions(mapping=good.mapping))
    gc.collect()
    at_first, next_said = _resident(), began + _SAID_EVERY_SECONDS
    for number in _numbers(began + seconds):
        try_one(goods[number % len(goods)], seed * 1_000_000_000 + number, tally)
        if time.monotonic() > next_said:
            next_said += _SAID_EVERY_SECONDS
            gc.collect()
            grown = _resident() - at_first
            print(
                f"{time.monotonic() - began:6.0f} s  {tally.n_files:9,} files  {grown >> 20:5} MB grown  {len(tally.faults)} faults",
                flush=True,
            )
    gc.collect()
    if _resident() - at_first > MOST_GROWTH:
        tally.faults.append((f"grew by {(_resident() - at_first) >> 20} MB", "all", seed))
    return tally


def _numbers(until: float) -> Iterator[int]:
    number = 0
    while time.monotonic() < until:
        yield number
        number += 1


@contextmanager
def _stopped_after(seconds: float) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main() -> int:
    """Fuzz and say what was found; 1 when there was a fault."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=60)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="tracker-fuzz-"))
    began = time.monotonic()
    tally = fuzz(given.minutes * 60, given.seed, folder)
    took = time.monotonic() - began
    for form, counted in tally.ended.items():
        print(f"{form:16}{sum(counted.values()):9,}  slowest {tally.slowest[form]:5.2f} s  {dict(counted)}")
    print(f"{tally.n_files:,} files in {took:.0f} s, {tally.n_files / took:.0f} a second; {len(tally.faults)} faults, in {folder}")
    for what, n_times in Counter((what, form) for what, form, _ in tally.faults).most_common():
        print(f"{n_times:6,} × {what[0]} · {what[1]}")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
