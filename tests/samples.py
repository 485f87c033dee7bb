"""Sample files of other tools that lie beside the repository, not in it: where they are, and which tests need them.

``TRACKER_SAMPLES`` names the folder; otherwise it is looked for beside the repository. Without it the tests marked
``samples`` are not run, and the run says how many and why.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("TRACKER_SAMPLES") or Path(__file__).parents[2] / "shared" / "evaluation")
HOSTILE, DNA, FORMATS = FOLDER / "hostile", FOLDER / "dna", FOLDER / "formats"

needs_samples = pytest.mark.samples
"""Marks a test that reads them."""


def are_there() -> bool:
    """Whether the folder is there."""
    return FOLDER.is_dir()
