"""Text made comparable letter by letter: every place of the text is the same place of what comes out."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import resources


def evened(text: str) -> str:
    """The text in lower case, without accents, with western digits and plain apostrophes and spaces; as long as before.

    Letters that people write in more than one way (ё, Arabic alef, Turkish ı) come out as one, so that a word of a list
    is found however it is written. Joined accents (a letter and a mark of its own) stay.

    >>> evened("L’ÉLYSÉE ٢٨ Іран їв, İstanbul"), evened("الأربعاء") == evened("الاربعاء")
    ("l'elysee 28 іран їв, istanbul", True)
    """
    if text.isascii():
        return text.lower()
    return text.translate(_letters()).lower()


@cache
def _letters() -> dict[int, str]:
    latin = {code: base for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if (base := _base_of(code))}
    digits = {code: str(unicodedata.decimal(chr(code))) for start in (0x660, 0x6F0, 0xFF10) for code in range(start, start + 10)}
    pairs = "ёе Ёе أا إا آا ٱا ىي ةه کك یي ıi İi ’' ‘' ʼ' ´' `'"
    one_way = {ord(pair[0]): pair[1] for pair in (*pairs.split(), *_traditional())}
    spaces = dict.fromkeys((0xA0, 0x202F, 0x2007, 0x2009, 0x3000, 0x200B, 0xFEFF), " ")
    return {**latin, **digits, **one_way, **spaces}


def _traditional() -> list[str]:
    """Chinese characters as written in Taiwan and Hong Kong, each with the one of the mainland."""
    text = resources.files(__package__).joinpath("traditional_characters.csv").read_text(encoding="utf-8")
    return [line.replace(",", "") for line in text.splitlines()[1:]]


def _base_of(code: int) -> str:
    base = unicodedata.normalize("NFD", chr(code))[0]
    return base if base != chr(code) else ""
