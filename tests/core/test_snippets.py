"""What a search found, marked in the text as it was written; a text without its marks is the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_folding import TEXT
from tracker.core import snippets
from tracker.core.folding import fold
from tracker.core.snippets import snippet


def marked(text: str, search: str, limit: int = 1_000, field: str = "quote") -> str:
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in snippet(text, search, field, limit))


@pytest.mark.parametrize(
    ("text", "search", "shown"),
    [
        pytest.param("The convoys of the convoy.", "convoy", "The [convoys] of the [convoy].", id="every-hit"),
        pytest.param("The convoys of the convoy.", '"convoy"', "The convoys of the [convoy].", id="exact"),
        pytest.param("the open  corridor, now", '"open corridor"', "the [open  corridor], now", id="phrase-over-spaces"),
        pytest.param("l’Élysée dit", "elysee", "l’[Élysée] dit", id="accents"),
        pytest.param("İstanbul’da ısrar", "istanbul ISRAR", "[İstanbul]’da [ısrar]", id="turkish"),
        pytest.param("e\u0301tat", "etat", "[e\u0301tat]", id="accent-by-itself"),
        pytest.param("Λόγος", "λογος", "[Λόγος]", id="greek"),
        pytest.param("في والحَلَب", "حلب", "في [والحَلَب]", id="arabic-whole-word"),
        pytest.param("人道走廊必须", "走廊", "人道[走廊]必须", id="chinese"),
        pytest.param("ﬁne ½ way", "fine 1", "[ﬁne] [½] way", id="what-folds-into-more"),
        pytest.param("aid and convoy", "aid NOT convoy", "[aid] and convoy", id="what-must-not-be-there"),
        pytest.param("aid", "position:aid spokesperson:aid", "aid", id="other-fields"),
        pytest.param("<b>aid</b>", "b", "<[b]>aid</[b]>", id="markup-is-text"),
        pytest.param("a b a b", '"a b"', "[a b] [a b]", id="neighbours-stay-two"),
        pytest.param("nothing here", "", "nothing here", id="no-search"),
        pytest.param("", "aid", "", id="no-text"),
    ],
)
def test_hits_are_marked(text: str, search: str, shown: str) -> None:
    assert marked(text, search) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("aid " + "word " * 40, "[aid] word word word word word word word…", id="from-the-beginning"),
        pytest.param("word " * 40 + "aid " + "word " * 40, "…word [aid] word word word word word word…", id="later"),
        pytest.param("人" * 100 + "道" + "人" * 100, "…人人人人人人人人人人[道]" + "人" * 28 + "…", id="without-spaces"),
        pytest.param("word " * 40, "word word word word word word word word…", id="no-hit"),
    ],
)
def test_the_part_with_the_first_hit_is_shown(text: str, shown: str) -> None:
    assert marked(text, "aid OR 道", limit=40) == shown


@given(TEXT)
def test_words_are_those_of_the_folded_text(text: str) -> None:
    words = list(snippets._words(text))
    assert [word.folded for word in words] == fold(text).split()
    assert all(0 <= word.start < word.end <= len(text) for word in words)


@given(TEXT, st.sampled_from(["a", "人", "й OR か", "ي", '"a a"', "NOT a"]))
def test_without_its_marks_a_text_is_the_text(text: str, search: str) -> None:
    assert "".join(piece.text for piece in snippet(text, search, "quote", 100)) == text
