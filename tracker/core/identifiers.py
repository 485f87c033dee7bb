"""Stable codes made from names: readable in links, without dots (dots join lists)."""

from __future__ import annotations

import re
import unicodedata

_ODD = re.compile(r"[^\w]+|_")


def slug(*names: str) -> str:
    """A code for the names: lower case, no accents, words joined by hyphens; any script is kept.

    Equal names up to case and accents have equal codes; empty for names without a letter or digit.

    >>> slug("RUS", "Ministry of Defence"), slug("François Hollande"), slug("Лавров")
    ('rus-ministry-of-defence', 'francois-hollande', 'лавров')
    >>> slug("Binali Yıldırım") == slug("BİNALİ YILDIRIM")
    True
    """
    # Dotless ı is the one lower-case letter whose capital, I, folds to another letter.
    decomposed = unicodedata.normalize("NFKD", " ".join(names)).casefold().replace("ı", "i")
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return "-".join(_ODD.sub(" ", unicodedata.normalize("NFC", bare)).split())
