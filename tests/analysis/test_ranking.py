"""Best matches first: scores by hand, and the same by index and by reading."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest

from tests.analysis.corpora import corpus_of
from tests.analysis.test_searching import STATEMENTS
from tests.factory import statement
from tracker.analysis.corpus import Corpus
from tracker.analysis.listing import list_statements
from tracker.analysis.ranking import LENGTH_SHARE, SATURATION, scores
from tracker.core.selection import Selection
from tracker.store import search_index

SAID = (
    ("r-1", "The convoy waits", "2016-07-01"),
    ("r-2", "The convoy and the convoy", "2016-07-02"),
    ("r-3", "Nothing about it, in very many words that say little of what there would have been to say", "2016-07-03"),
    ("r-4", "A convoy, in very many words that say little of what there would have been to say", "2016-07-04"),
    ("r-5", "The truce", "2016-07-05"),
    ("r-6", "The convoy waits", "2016-07-06"),
)
RANKED = tuple(statement(name, day, quote=quote, position="") for name, quote, day in SAID)


@pytest.fixture(scope="module", params=["by index", "by reading"])
def held(request: pytest.FixtureRequest) -> Iterator[Corpus]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_index, "N_INDEXED_FROM", 1 if request.param == "by index" else 1_000)
        with corpus_of(*RANKED) as corpus:
            yield corpus


@pytest.mark.parametrize(
    ("search", "order"),
    [
        pytest.param("convoy", ["r-2", "r-6", "r-1", "r-4"], id="more-often-then-shorter-then-newer"),
        pytest.param("convoy OR truce", ["r-5", "r-2", "r-6", "r-1", "r-4"], id="the-rarer-word-weighs-more"),
        pytest.param("convoy NOT truce", ["r-2", "r-6", "r-1", "r-4"], id="what-must-not-be-there-ranks-nothing"),
        pytest.param('"the convoy"', ["r-6", "r-1", "r-2"], id="a-phrase-counts-once"),
        pytest.param("actor:aaa NOT convoy", ["r-5", "r-3"], id="nothing-to-rank-by-is-newest-first"),
        pytest.param("", ["r-6", "r-5", "r-4", "r-3", "r-2", "r-1"], id="no-search-is-newest-first"),
    ],
)
def test_best_first(held: Corpus, search: str, order: list[str]) -> None:
    chosen = Selection().searching(search)
    assert [row.statement_id for row in list_statements(held, chosen, "best").rows] == order
    pages = [list_statements(held, chosen, "best", number, 2).rows for number in range(1, len(order) // 2 + 1)]
    assert [row.statement_id for page in pages for row in page] == order[: len(pages) * 2]


def test_the_score_is_bm25(held: Corpus) -> None:
    found = {row["row_number"]: row["score"] for row in held.run.rows(scores(held.statements, "convoy", held.lookup))}
    lengths = [len(s.split()) + 1 for s in (row["search_text"] for row in held.run.rows(held.statements.select("search_text")))]
    longer = 1 - LENGTH_SHARE + LENGTH_SHARE * lengths[1] / (sum(lengths) / len(lengths))
    expected = math.log(1 + (6 - 4 + 0.5) / (4 + 0.5)) * 2 * (SATURATION + 1) / (2 + SATURATION * longer)
    assert found[2] == pytest.approx(expected, abs=1e-6)
    assert sorted(found) == [1, 2, 4, 6] and min(found.values()) > 0


def test_both_ways_score_alike() -> None:
    searches = [
        "the convoy",
        "istanbul OR 走廊 OR حلب",
        '"the convoy" OR quote:corridor OR position:corridors',
        "λογος NOT the",
        "l’Élysée OR не",
    ]
    found = []
    for n_from in (1, 1_000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(search_index, "N_INDEXED_FROM", n_from)
            with corpus_of(*STATEMENTS) as corpus:
                asked = [scores(corpus.statements, search, corpus.lookup).order_by("row_number") for search in searches]
                found.append([corpus.run.rows(question) for question in asked])
    assert found[0] == found[1]
    assert all(found[0])
