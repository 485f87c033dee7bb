"""Names as written to the stable codes they get when nobody has given them one."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from tracker.core.identifiers import slug
from tracker.core.vocabulary import NOT_CODED, NOT_GIVEN

_RESERVED = frozenset({NOT_CODED, NOT_GIVEN})


@lru_cache(maxsize=65536)
def code_of(*names: str) -> str:
    """The stable code of a name; NOT_GIVEN when it is blank, a hash for names without letters, never a reserved word.

    >>> code_of("Sergey Lavrov"), code_of(" "), code_of("???").startswith("x-"), code_of("not given")
    ('sergey-lavrov', 'not-given', True, 'not-given-1')
    """
    written = " ".join(names)
    if not written.strip():
        return NOT_GIVEN
    code = slug(*names)
    if not code:
        return f"x-{hashlib.sha256(written.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
    return f"{code}-1" if code in _RESERVED else code
