"""Texts cut into words and sentences in any script, so that the pieces together are the text again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator


def _ranges(codes: Iterable[int]) -> str:
    """A character class of code points, as ranges."""
    found: list[list[int]] = []
    for code in codes:
        if found and code == found[-1][1] + 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in found)


_MARK = _ranges(code for code in range(0x300, 0xFE30) if unicodedata.category(chr(code)).startswith("M")) + r"\u200c\u200d"
# Scripts written without spaces: Thai, Lao, Burmese, Khmer, Tai; kana, Han and what stands among them.
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\W_{_UNSPACED}]"
_PIECE = re.compile(
    rf"[{_UNSPACED}][{_MARK}]*"  # one character a word
    rf"|{_LETTER}(?:{_LETTER}|[{_MARK}])*(?:['’.,\-](?:{_LETTER}|[{_MARK}])+)*"  # don't, 10,000, cease-fire, U.S
    r"|\s+|.",
    re.DOTALL,
)
_ENDS = re.compile(r"""(?<=[.!?…])["'”’»)\]]*\s+|(?<=[。！？؟۔।])[”’」』）]*\s*|\n+""")


def pieces(text: str) -> list[str]:
    """Words, single signs and runs of white space, which together are the text.

    >>> pieces("Don't stop: 10,000 left")
    ["Don't", ' ', 'stop', ':', ' ', '10,000', ' ', 'left']
    >>> pieces("人道走廊。"), pieces("وقف إطلاق النار")
    (['人', '道', '走', '廊', '。'], ['وقف', ' ', 'إطلاق', ' ', 'النار'])
    """
    return _PIECE.findall(text)


def words(text: str) -> list[str]:
    """The words of a text, without white space and punctuation, as written.

    >>> words("“Cease-fire”, now!")
    ['Cease-fire', 'now']
    """
    return [piece for piece in pieces(text) if is_word(piece)]


def is_word(piece: str) -> bool:
    """Whether a piece has a letter or digit."""
    return any(character.isalnum() for character in piece)


def sentences(text: str) -> list[str]:
    """The sentences of a text with what follows each, which together are the text; abbreviations may cut one in two.

    >>> sentences("It must stop. Now! 停火。开放走廊。")
    ['It must stop. ', 'Now! ', '停火。', '开放走廊。']
    """
    return list(_cut(text))


def _cut(text: str) -> Iterator[str]:
    begins = 0
    for found in _ENDS.finditer(text):
        if found.end() > begins:
            yield text[begins : found.end()]
            begins = found.end()
    if begins < len(text):
        yield text[begins:]
