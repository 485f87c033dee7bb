"""Folding for search, held against the rules written out letter by letter, for every character there is."""

from __future__ import annotations

import re
import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tracker.core import folding
from tracker.core.folding import fold

_VARIANTS = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "\u0640": ""}
_OF_INTEREST = "aZ_ -ıİŁøÆ\u0301\u0306\u3099\u0640йЙиЖ\u0438\u0306ةىکیم人道がか각ㄱᄀ\u0591"
TEXT = st.text(st.sampled_from(_OF_INTEREST) | st.characters(codec="utf-8"), max_size=12)


def slowly(text: str) -> str:
    """The rules one after another, with nothing left out for speed."""
    decomposed = unicodedata.normalize("NFKD", text).casefold().replace("и\u0306", "\ue000")
    bare = "".join(c for c in decomposed if not unicodedata.combining(c) or c in "\u3099\u309a").replace("\ue000", "й")
    plain = "".join(_VARIANTS.get(c, c) for c in unicodedata.normalize("NFC", bare))
    spaced = re.sub(r"([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])", r" \1 ", plain)
    return " ".join(re.sub(r"[^\w]+|_", " ", spaced).split())


def test_every_character_is_folded_by_the_rules() -> None:
    characters = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    assert [ascii(c) for c in characters if fold(f"a{c}b") != slowly(f"a{c}b")] == []


@given(TEXT)
def test_any_text_is_folded_by_the_rules(text: str) -> None:
    assert fold(text) == slowly(text)


def test_no_mark_lies_beyond_those_that_are_looked_for() -> None:
    assert max(code for code in range(sys.maxunicode + 1) if unicodedata.combining(chr(code))) <= folding._LAST_MARK
