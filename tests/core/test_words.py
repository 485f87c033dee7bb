"""Words and sentences in any script: the pieces together are the text, always."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.core.words import pieces, sentences, words


@given(st.text())
@example("\u0301 lone mark")
@example("\x00\r\n\u2028")
@example("👩‍👩‍👧 🇫🇷")
def test_pieces_and_sentences_are_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text == "".join(sentences(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("cease-fire, don’t", ["cease-fire", "don’t"], id="english"),
        pytest.param("Ateşkes’in İHLALİ", ["Ateşkes’in", "İHLALİ"], id="turkish"),
        pytest.param("وَقْفُ إطلاق", ["وَقْفُ", "إطلاق"], id="arabic-with-vowels"),
        pytest.param("人道走廊", ["人", "道", "走", "廊"], id="chinese"),
        pytest.param("停戦をする", ["停", "戦", "を", "す", "る"], id="japanese"),
        pytest.param("정전 협정", ["정전", "협정"], id="korean"),
        pytest.param("หยุดยิง", ["ห", "ยุ", "ด", "ยิ", "ง"], id="thai-with-its-vowels"),
        pytest.param("युद्धविराम तुरंत", ["युद्धविराम", "तुरंत"], id="hindi"),
        pytest.param("10,000 of 3.5", ["10,000", "of", "3.5"], id="numbers"),
        pytest.param("…—!?", [], id="no-word"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_long_text_of_one_kind_is_cut_at_once() -> None:
    for text in ("a'" * 200_000, "." * 400_000, '."' * 200_000, "。”" * 200_000, " " * 400_000, "a" * 400_000):
        assert len("".join(pieces(text))) == len(text) == len("".join(sentences(text)))
