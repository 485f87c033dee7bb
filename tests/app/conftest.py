"""Fixtures of the app tests: snapshots in a folder of their own, and the bundled table for counting by hand."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house_rules import ROOT


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRACKER_CACHE", str(tmp_path_factory.mktemp("snapshots")))
        patch.delenv("TRACKER_DATA", raising=False)
        yield


@pytest.fixture
def data_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Opens another data set from now on, for this test only."""
    return lambda path: monkeypatch.setenv("TRACKER_DATA", str(path))


@pytest.fixture(scope="session")
def table() -> list[dict[str, str]]:
    """The rows of the bundled statements.csv, read without the code under test."""
    with (ROOT / "data" / "aleppo" / "statements.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
