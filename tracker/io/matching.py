"""Text as it is compared when names are looked up: no case, accents, punctuation or invisible characters."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from tracker.core.folding import fold

_INVISIBLE = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})


@lru_cache(maxsize=65536)
def match_key(name: str) -> str:
    """The name as lookups compare it; text itself is always kept as written.

    >>> match_key("Côte d’Ivoire\\u200b") == match_key("COTE D'IVOIRE"), match_key("U.S.A.")
    (True, 'u s a')
    """
    return fold("".join(c for c in name if unicodedata.category(c) not in _INVISIBLE or c in "\t\n\r"))


def has_text(cell: str) -> bool:
    """Whether there is anything in a cell that can be seen.

    >>> has_text("…"), has_text(" \u200b ")
    (True, False)
    """
    return cell[:1].isalnum() or any(not c.isspace() and unicodedata.category(c) not in _INVISIBLE for c in cell)


@lru_cache(maxsize=65536)
def tight_key(name: str) -> str:
    """The same without spaces, for names that are written together or apart.

    >>> tight_key("Source URL") == tight_key("source_url") == tight_key("SourceUrl")
    True
    """
    return match_key(name).replace(" ", "")
