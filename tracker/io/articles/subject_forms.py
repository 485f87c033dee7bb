"""Who of those named can be the subject of a verb: no adjective, nobody in brackets, nobody in another case than the first."""

from __future__ import annotations

from functools import cache

from tracker.io.articles.countries_named import capitals, countries
from tracker.io.articles.languages import language as vocabulary
from tracker.io.articles.letters import evened
from tracker.io.articles.nominatives import WITH_CASES, nominative_role

_SMALL_ADJECTIVES = frozenset({"fr", "es", "it", "ru", "uk"})
_ANY = (["un"], ["una"], ["une"], ["uno"])
_ARABIC_ADJECTIVES = tuple(map(evened, ("ي", "ية", "يين", "يون")))
_SUFFIX = ("'", "’")


def can_act(text: str, language: str, span: tuple[int, int], kind: str, name: str = "") -> bool:
    """Whether what is named between two places can be a subject by its form.

    >>> sentence = "Посол (Москва) выразил озабоченность действиями России, российских войск"
    >>> spans = [(sentence.find(word), sentence.find(word) + len(word)) for word in ("Москва", "России", "российских")]
    >>> [can_act(sentence, "ru", span, "state") for span in spans]
    [False, False, False]
    """
    written = text[slice(*span)]
    if text[max(0, span[0] - 1) : span[0]] in ("(", "[", "（"):
        return False
    if language == "tr":
        return not any(mark in written for mark in _SUFFIX) and not text[span[1] : span[1] + 1].startswith(_SUFFIX)
    if language == "ar" and kind == "state":
        return not (written.startswith("ال") and evened(written).endswith(_ARABIC_ADJECTIVES))
    if language not in _SMALL_ADJECTIVES:
        return True
    if kind == "institution" and evened(text[max(0, span[0] - 6) : span[0]]).split()[-1:] in _ANY:
        return False  # "una missione di pace"
    if kind == "state":
        return written[0].isupper() and not (language in WITH_CASES and _is_oblique_state(written, language))
    return language not in WITH_CASES or not _is_oblique(written, name, language)


def _is_oblique(written: str, name: str, language: str) -> bool:
    """Whether an office stands in the genitive, or a name ends otherwise than where it was met first."""
    last = written.split()[-1]
    differs = bool(name) and last != name.split()[-1] and last.endswith(tuple(vocabulary(language).of("oblique name ending")) or "\0")
    return differs or nominative_role(written, language) != written


def _is_oblique_state(written: str, language: str) -> bool:
    """Whether a state or a capital stands in another case: "России", "Ирана"; acronyms have none."""
    low = evened(written)
    known = _state_names(language)
    if written.isupper() or low in known:
        return False
    if low in _capital_names() and f"{low[:-1]}а" not in _capital_names():
        return False  # "Баку"
    stems = (low[:-1], f"{low[:-1]}ь", f"{low[:-1]}й")
    ends = tuple(map(evened, vocabulary(language).of("oblique state ending")))
    is_capital = low[-1] == "а" and low[:-1] in _capital_names()  # "Киева"
    return low.endswith(ends or "\0") or is_capital or (low[-1] in "ая" and any(stem in known for stem in stems))


@cache
def _state_names(language: str) -> frozenset[str]:
    """The names of states that are written without a star: those of the standard."""
    listed = countries(language).exact
    return frozenset(" ".join(parts) for entries in listed.values() for parts, _ in entries)


@cache
def _capital_names() -> frozenset[str]:
    listed = capitals()
    names = (parts for entries in (*listed.exact.values(), *listed.stems.values()) for parts, _ in entries)
    return frozenset(" ".join(parts).removesuffix("*") for parts in names)
