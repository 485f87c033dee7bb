"""Where ledgers of tests are kept: a file, and PostgreSQL too when ``TRACKER_TEST_POSTGRES`` is the URL of one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tracker.store.ledger_engine import parsed_url, postgres_engine
from tracker.store.ledger_tables import METADATA

POSTGRES = os.environ.get("TRACKER_TEST_POSTGRES", "")


@pytest.fixture(params=["sqlite", "postgres"] if POSTGRES else ["sqlite"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """A place for a ledger that has none yet; what is in the PostgreSQL database is dropped."""
    if request.param == "sqlite":
        return tmp_path / "ledger.sqlite"
    engine = postgres_engine(parsed_url(POSTGRES))
    METADATA.drop_all(engine)
    engine.dispose()
    return POSTGRES
