"""Killed hard at random moments: what was kept is there, what was not is not, and the ledger opens by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house_rules import ROOT
from tests.store import kill
from tests.store.kill import Expected, Tally

N_KILLS = int(os.environ.get("TRACKER_KILLS", "8"))


def test_nothing_kept_is_lost_and_nothing_is_half_there() -> None:
    # In a process of its own: it forks, which a process with the threads of other tests had better not.
    command = [sys.executable, "-W", "error", "-m", "tests.store.kill", str(N_KILLS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60 + 10 * N_KILLS)
    assert done.returncode == 0, done.stdout + done.stderr
    tally = json.loads(done.stdout)
    assert tally["n_kills"] == N_KILLS and tally["faults"] == []
    assert sum(tally["phases"].values()) == N_KILLS and tally["phases"].get("between", 0) <= N_KILLS // 4, "most hit work"
    assert tally["n_acknowledged"] > N_KILLS and tally["n_unfinished_there"] + tally["n_unfinished_not_there"] > 0


@pytest.mark.parametrize(
    ("told", "faults"),
    [
        pytest.param([], ["statements are there", "revisions"], id="a-revision-nobody-began"),
        pytest.param([{"revision_id": 1, "quotes": {"1-0": "a"}}, {"kept": 1, "hash": "x"}], ["missing"], id="another-hash"),
        pytest.param([{"revision_id": 1, "quotes": {"1-0": "a", "1-1": "b"}}], ["statements are there"], id="half-an-import"),
        pytest.param([{"revision_id": 1, "quotes": {"1-0": "a"}}], [], id="whole-but-not-acknowledged"),
        pytest.param([{"revision_id": 2, "quotes": {"2-0": "a"}}], ["statements are there", "revisions"], id="another-revision"),
    ],
)
def test_faults_are_seen(tmp_path: Path, told: list[dict[str, object]], faults: list[str]) -> None:
    path, tally = tmp_path / "ledger.sqlite", Tally()
    with kill.open_ledger(path) as ledger:
        kill._carry_out(ledger, {"quotes": {"1-0": "a"}}, 0)
    kill._hold_against(path, Expected(), told, tally)
    assert len(tally.faults) == len(faults) and all(part in fault for part, fault in zip(faults, tally.faults, strict=True))
