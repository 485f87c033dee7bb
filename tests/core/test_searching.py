"""What was typed, read as a tree: operators, fields, phrases, and whatever else people paste into a search box."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.folding import fold
from tracker.core.searching import MAX_DEPTH, All, Node, Not, Search, Some, Term, read_search


def shown(node: Node | None) -> str:
    """A tree in short: ``field:needle``, ``&`` for all, ``|`` for some, ``-`` for not."""
    if node is None:
        return ""
    if isinstance(node, Term):
        return f"{node.field and node.field + ':'}{node.needle.replace(' ', '_')}"
    if isinstance(node, Not):
        return f"-{shown(node.part)}"
    return f"({' & '.join(map(shown, node.parts))})" if isinstance(node, All) else f"({' | '.join(map(shown, node.parts))})"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param(" — … ", "", id="no-word"),
        pytest.param("convoy", "_convoy", id="word-begins-words"),
        pytest.param("corrid*", "_corrid", id="star-says-the-same"),
        pytest.param("aid convoy", "(_aid & _convoy)", id="and-is-left-out"),
        pytest.param("aid and convoy", "(_aid & _and & _convoy)", id="small-letters-are-words"),
        pytest.param("aid AND convoy OR truce", "((_aid & _convoy) | _truce)", id="and-binds-closer"),
        pytest.param("a OR b c", "(_a | (_b & _c))", id="and-left-out-binds-closer-too"),
        pytest.param("aid NOT convoy", "(_aid & -_convoy)", id="not"),
        pytest.param("NOT NOT aid", "_aid", id="not-twice"),
        pytest.param("NOT (a OR b)", "-(_a | _b)", id="not-of-a-group"),
        pytest.param("(a (b)) c c", "(_a & _b & _c)", id="needless-parentheses-and-repeats"),
        pytest.param('"the surrender"', "_the_surrender_", id="phrase"),
        pytest.param("«the surrender»", "_the_surrender_", id="other-marks"),
        pytest.param('"open corrid*"', "_open_corrid", id="phrase-that-goes-on"),
        pytest.param('aid "the surr', "(_aid & _the_surr_)", id="unclosed-mark-quotes-to-the-end"),
        pytest.param('say"the word"now', "(_say & _the_word_ & _now)", id="marks-within"),
        pytest.param("quote:aid", "quote:_aid", id="field"),
        pytest.param('spokesperson:"Sergei Lavrov"', "spokesperson:_sergei_lavrov_", id="field-of-a-phrase"),
        pytest.param("Country:USA", "actor:_usa", id="other-name-of-a-field"),
        pytest.param("position:(a OR quote:b)", "(position:_a | quote:_b)", id="field-of-a-group"),
        pytest.param("quote: aid", "(_quote & _aid)", id="colon-and-space-is-no-field"),
        pytest.param("https://un.org/a", "_https_un_org_a", id="unknown-field-is-a-word"),
        pytest.param("1) aid", "(_1 & _aid)", id="closed-without-opening"),
        pytest.param("Council(UN) aid", "(_council_un & _aid)", id="parenthesis-within-a-word"),
        pytest.param("(Council(UN)) aid", "(_council_un & _aid)", id="both"),
        pytest.param("l’Élysée", "_l_elysee", id="apostrophe-and-accents"),
        pytest.param("人道走廊", "_人_道_走_廊", id="chinese-run-is-a-phrase"),
        pytest.param("حلب", "حلب", id="arabic-within-words"),
        pytest.param('"حلب"', "_حلب_", id="arabic-phrase-is-exact"),
        pytest.param("İSTANBUL ısrar", "(_istanbul & _israr)", id="turkish"),
        pytest.param("Λόγος", "_λογοσ", id="greek"),
    ],
)
def test_a_search_is_read(typed: str, read: str) -> None:
    assert (shown(read_search(typed).root), read_search(typed).misread) == (read, "")


@pytest.mark.parametrize(
    ("typed", "read", "why"),
    [
        pytest.param("aid AND", "(_aid & _and)", "AND joins nothing", id="nothing-after"),
        pytest.param("OR aid", "(_or & _aid)", "OR joins nothing", id="nothing-before"),
        pytest.param("aid OR AND b", "(_aid & _or & _and & _b)", "AND joins nothing", id="two-operators"),
        pytest.param("NOT", "_not", "NOT joins nothing", id="alone"),
        pytest.param("(aid", "_aid", "a parenthesis is not closed", id="open"),
        pytest.param("()", "", "() joins nothing", id="empty-group"),
        pytest.param("quote:—", "_quote", "quote joins nothing", id="field-of-nothing"),
        pytest.param("(" * (MAX_DEPTH + 1) + "a", "_a", "parentheses lie too deep in one another", id="deep"),
    ],
)
def test_what_cannot_be_followed_is_read_as_plain_words(typed: str, read: str, why: str) -> None:
    assert (shown(read_search(typed).root), read_search(typed).misread) == (read, why)


def test_what_is_looked_for_leaves_out_what_must_not_be_there() -> None:
    terms = read_search("a (b OR NOT c) NOT (d OR NOT e)").terms
    assert [term.needle for term in terms] == [" a", " b", " e"]


def test_very_long_searches_are_read() -> None:
    for part in ("(", "NOT ", "a OR ", '"', "quote:", "(a NOT ", ") "):
        assert isinstance(read_search(part * 20_000), Search)


PIECES = st.sampled_from(
    ["(", ")", " ", " AND ", " OR ", " NOT ", '"', "“", "quote:", "actor:", "x:", "*", "-", "aid", "Élysée", "حلب", "人道", "İ"]
)


@given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=30))
def test_any_text_is_read_and_every_word_of_a_tree_is_folded(typed: str) -> None:
    def terms(node: Node | None) -> list[Term]:
        if isinstance(node, Term):
            return [node]
        return [term for part in ((node.part,) if isinstance(node, Not) else node.parts if node else ()) for term in terms(part)]

    found = read_search(typed)
    assert all(term.words and all(fold(word) == word for word in term.words) for term in terms(found.root))
    if not fold(typed):
        assert found.root is None


@given(st.lists(st.sampled_from(["aid", "convoy", '"the word"', "Élysée", "حلب"]), min_size=1, max_size=5, unique=True))
def test_without_operators_all_must_be_found(words: list[str]) -> None:
    """Links made before there were operators keep their meaning."""
    root = read_search(" ".join(words)).root
    assert isinstance(root, Term if len(words) == 1 else All)
    assert len(read_search(" ".join(words)).terms) == len(words)
    assert not isinstance(root, Some)
