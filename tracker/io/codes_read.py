"""Cells of a statement to codes: stance, act, channel, language, address; what is not known is said, never guessed."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from urllib.parse import urlsplit

from tracker.core.identifiers import slug
from tracker.core.vocabulary import NOT_GIVEN

_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/[\w./~%=&;,+-]*)?", re.ASCII)
"""What almost every address looks like; only others are taken apart."""

_NOT_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f<>\"\\\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


@lru_cache(maxsize=4096)
def find_code(text: str, words: tuple[str, ...], missing: str) -> tuple[str, bool]:
    """The code of a closed vocabulary a cell names, and whether the cell could be understood; empty cells are.

    >>> find_code("Press briefing", ("press-briefing", "letter"), "not-given"), find_code("hot", ("support",), "not-coded")
    (('press-briefing', True), ('not-coded', False))
    """
    code = slug(text)
    if not text.strip() or code == missing:
        return missing, True
    return (code, True) if code in words else (missing, False)


@lru_cache(maxsize=4096)
def find_language(text: str) -> tuple[str, bool]:
    """The ISO 639 code of a language given by code or English name, and whether the cell could be understood.

    >>> [find_language(text)[0] for text in ("en", "RU", "pt-BR", "Arabic", "deu", "Klingonese")]
    ['en', 'ru', 'pt', 'ar', 'de', 'not-given']
    """
    key = slug(text)
    if not key or key == NOT_GIVEN:
        return NOT_GIVEN, not text.strip() or key == NOT_GIVEN
    names, codes = _languages()
    first = key.split("-")[0]
    code = names.get(key) or _other_codes().get(first, first)
    return (code, True) if code in codes and (key in names or len(first) <= 3) else (NOT_GIVEN, False)


@lru_cache(maxsize=512)
def language_name(code: str) -> str:
    """What a language code means in English; the code itself when it is not known.

    >>> language_name("uk"), language_name("zz")
    ('Ukrainian', 'zz')
    """
    return _languages()[1].get(code, code)


@lru_cache(maxsize=4096)
def web_address(text: str) -> str:
    """The address when it is an http(s) address with a host; "" for anything else, which never becomes a link.

    >>> web_address(" https://www.un.org/a "), web_address("javascript:alert(1)"), web_address("www.un.org")
    ('https://www.un.org/a', '', '')
    """
    address = text.strip()
    if _PLAIN_ADDRESS.fullmatch(address):
        return address
    try:
        parts = urlsplit(address)
        is_usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return ""
    return address if is_usable and not _NOT_IN_ADDRESS.search(address) else ""


@cache
def _languages() -> tuple[dict[str, str], dict[str, str]]:
    """Codes by the slug of their English name, and English names by code."""
    from babel import Locale

    names = {
        code: name
        for code, name in Locale.parse("en").languages.items()
        if "_" not in code and 2 <= len(code) <= 3 and code not in ("und", "mul", "zxx", "mis")
    }
    return {slug(name): code for code, name in names.items()}, names


@cache
def _other_codes() -> dict[str, str]:
    from babel.core import get_global

    return {other: str(code) for other, code in get_global("language_aliases").items() if len(other) == 3 and len(str(code)) == 2}
