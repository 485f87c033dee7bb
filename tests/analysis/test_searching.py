"""Searches of statements in several scripts, held against the same tree followed in plain Python."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.analysis.corpora import corpus_of, ids_of, is_found
from tests.factory import statement
from tracker.analysis.corpus import Corpus
from tracker.analysis.listing import list_statements
from tracker.core.searching import read_search
from tracker.core.selection import Selection
from tracker.store import search_index

SAID = (
    ("s-1", "İstanbul’da ısrar ediyoruz", "We insist in Istanbul"),
    ("s-2", "Самолёт не поднимется; ещё раз: нет", ""),
    ("s-3", "أعلنت الحكومةُ عن الإنســانية في والحلب", "The government announced it"),
    ("s-4", "Ο λόγος του Άρη· ΛΟΓΟΣ", ""),
    ("s-5", "人道走廊必须开放", "The humanitarian corridor must be opened"),
    ("s-6", "Le cœur de l’Élysée, ça suffit", "Enough, says the palace"),
    ("s-7", "The corridor and the convoy: the convoys move on", ""),
    ("s-8", "", ""),
)
STATEMENTS = tuple(
    statement(
        name,
        quote=quote,
        quote_en=english,
        position="Opens corridors" if number % 2 else "",
        stance_code=("support", "oppose")[number % 2],
    )
    for number, (name, quote, english) in enumerate(SAID)
)


@pytest.fixture(scope="module", params=["by index", "by reading"])
def held(request: pytest.FixtureRequest) -> Iterator[Corpus]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_index, "N_INDEXED_FROM", 1 if request.param == "by index" else 1_000)
        with corpus_of(*STATEMENTS) as corpus:
            if not os.environ.get("TRACKER_TEST_ENGINE"):
                assert bool(corpus.lookup.index) == (request.param == "by index")
            yield corpus


def found(corpus: Corpus, search: str) -> list[str]:
    page = list_statements(corpus, Selection().searching(search), "oldest", page_size=100)
    return sorted(row.statement_id for row in page.rows)


@pytest.mark.parametrize(
    ("search", "ids"),
    [
        pytest.param("istanbul", ["s-1"], id="turkish-capital-i-with-dot"),
        pytest.param("ISRAR", ["s-1"], id="turkish-i-without-dot"),
        pytest.param("самолет еще", ["s-2"], id="russian-yo"),
        pytest.param("حلب", ["s-3"], id="arabic-word-within-a-word"),
        pytest.param("الانسانيه", ["s-3"], id="arabic-hamza-stretching-and-final-letter"),
        pytest.param("الحكومة اعلنت", ["s-3"], id="arabic-vowel-marks"),
        pytest.param("ΛΌΓΟΣ άρη", ["s-4"], id="greek-final-sigma-and-accents"),
        pytest.param("走廊", ["s-5"], id="chinese-within-a-run"),
        pytest.param("coeur elysee ca", ["s-6"], id="french-ligature-accents-cedilla"),
        pytest.param('"the convoy"', ["s-7"], id="phrase-is-exact"),
        pytest.param('"the convoys move*"', ["s-7"], id="phrase-goes-on"),
        pytest.param("convoy NOT corridor", [], id="not"),
        pytest.param("istanbul OR 走廊", ["s-1", "s-5"], id="or"),
        pytest.param("(insist OR enough) NOT elysee", ["s-1"], id="group"),
        pytest.param("quote:corridor", ["s-5", "s-7"], id="in-the-words-themselves"),
        pytest.param("position:corridor", ["s-2", "s-4", "s-6", "s-8"], id="in-our-paraphrase"),
        pytest.param("stance:oppose position:corridor NOT quote:palace", ["s-2", "s-4", "s-8"], id="facet-by-its-code"),
        pytest.param("country:actor issue:one spokesperson:test convoy", ["s-7"], id="facets-by-their-names"),
        pytest.param("country:aaa", [f"s-{n}" for n in range(1, 9)], id="facet-by-code-in-small-letters"),
        pytest.param("issue:nowhere", [], id="no-such-name"),
        pytest.param("corridor AND", ["s-7"], id="misread-looks-for-the-word-and"),
    ],
)
def test_what_is_found(held: Corpus, search: str, ids: list[str]) -> None:
    assert found(held, search) == ids


ANYWHERE = ("the", "convoy", "corrid*", "istanbul", "ısrar", "самолет", "не", "حلب", "الح", "λογος", "走廊", "人", "elysee", "100%", "a_b")
PHRASES = ('"the convoy"', '"move on"', '"the corridor and"', '"corridor and the convo*"', '"the corridor and the convoy"')
RUNS = ("人道走廊必须", "道走廊", '"الحكومه عن"', '"في والحلب"')
KEPT = ("quote:the", "position:corridors", "position:the", "stance:support", "actor:aaa", 'issue:"issue one"', "spokesperson:person")


def _compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    shapes = (st.builds(shape.format, inner, inner) for shape in ("({} OR {})", "{} {}"))
    return st.one_of(*shapes, st.builds("NOT ({})".format, inner))


SEARCHES = st.recursive(st.sampled_from(ANYWHERE + PHRASES + RUNS + KEPT), _compound, max_leaves=5)


@given(SEARCHES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_search_finds_what_reading_finds(held: Corpus, search: str) -> None:
    assert found(held, search) == ids_of(one for one in STATEMENTS if is_found(one, read_search(search).root))
