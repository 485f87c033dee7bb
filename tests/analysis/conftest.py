"""One corpus of varied statements for all tests of analysis: it is never changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.analysis.corpora import VARIED, corpus_of
from tracker.analysis.corpus import Corpus


@pytest.fixture(scope="session")
def varied() -> Iterator[Corpus]:
    with corpus_of(*VARIED) as corpus:
        yield corpus
