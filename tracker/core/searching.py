"""What a search asks for, as a tree of terms: read from what was typed, never refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from tracker.core.columns import FACET_BY_PARAMETER
from tracker.core.folding import fold

FACET_ALIASES = MappingProxyType(
    {"country": "actor", "organization": "organisation", "org": "organisation", "speaker": "spokesperson", "person": "spokesperson"}
)
"""Other names of facets, in links and before the colon of a search."""

TEXT_FIELDS = ("quote", "position")
"""Texts that a search can be kept to: the quote with its translation, and our paraphrase."""

MAX_DEPTH = 12
"""So deep parentheses may lie in one another."""

_MARKS = '"“”„«»'
_CHUNK = re.compile(rf"[^\s{_MARKS}]+")
_FIELD = re.compile(r"([^\W\d_]+):(?=\S)")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_OPERATORS = ("AND", "OR", "NOT")


@dataclass(frozen=True)
class Term:
    """Folded words that stand next to each other in this order.

    ``is_open`` says that the last may go on, ``is_inside`` that the first may begin within a word. ``field`` is "" for
    all that search looks through, one of ``TEXT_FIELDS``, or the parameter of a facet, whose names and codes are meant.
    """

    words: tuple[str, ...]
    is_open: bool = True
    is_inside: bool = False
    field: str = ""

    @property
    def needle(self) -> str:
        """What folded text with a space at either end must contain."""
        return f"{'' if self.is_inside else ' '}{' '.join(self.words)}{'' if self.is_open else ' '}"

    @property
    def is_repeatable(self) -> bool:
        """Whether finding it twice in a text says more than finding it once: one word that begins words."""
        return self.is_open and not self.is_inside and len(self.words) == 1


@dataclass(frozen=True)
class All:
    """Every part is found."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Some:
    """At least one part is found."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Not:
    """The part is not found."""

    part: Node


Node = Term | All | Some | Not


@dataclass(frozen=True)
class Search:
    """A search as it was read: its tree (``None`` finds everything) and, when it was read as plain words only, why."""

    root: Node | None = None
    misread: str = ""

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms that are looked for, those after NOT left out, each once."""
        return tuple(dict.fromkeys(_looked_for(self.root, is_wanted=True))) if self.root else ()


@lru_cache(maxsize=1024)
def read_search(text: str) -> Search:
    """The search that somebody typed. Never raises.

    Words are joined by *and*; each finds words that begin with it, Arabic ones also within words, because articles and
    prepositions are written on to them. ``"a phrase"`` stands there exactly, unless it ends in ``*``. ``AND``, ``OR`` and
    ``NOT`` in capitals, parentheses and ``field:`` are understood; with an operator that joins nothing or a parenthesis
    never closed, all is read as plain words and phrases.

    >>> [term.needle for term in read_search('demand "the surrender" حلب').terms]
    [' demand', ' the surrender ', 'حلب']
    >>> read_search("(corridor OR convoy) NOT quote:aid").root.parts[1]
    Not(part=Term(words=('aid',), is_open=True, is_inside=False, field='quote'))
    >>> read_search("convoy AND").misread
    'AND joins nothing'
    """
    try:
        return Search(_Reader(tuple(_lexemes(text))).read())
    except _Misread as why:
        plain = tuple(_plain_lexemes(text))
        return Search(_Reader(plain).read(), str(why))


class _Misread(ValueError):
    """Why a search cannot be followed."""


@dataclass(frozen=True)
class _Lexeme:
    kind: str
    text: str = ""


def _plain_lexemes(text: str) -> Iterator[_Lexeme]:
    """The words and phrases alone: the rules of a search without operators."""
    for position, part in enumerate(re.split(f"[{_MARKS}]", text)):
        yield from (_Lexeme("phrase", part),) if position % 2 else (_Lexeme("word", raw) for raw in part.split())


def _lexemes(text: str) -> Iterator[_Lexeme]:
    place, depth = 0, 0
    while place < len(text):
        character = text[place]
        if character in _MARKS:
            end = next((at for at in range(place + 1, len(text)) if text[at] in _MARKS), len(text))
            yield _Lexeme("phrase", text[place + 1 : end])
            place = end + 1
        elif character == "(":
            depth += 1
            if depth > MAX_DEPTH:
                raise _Misread("parentheses lie too deep in one another")
            yield _Lexeme("(")
            place += 1
        elif character.isspace():
            place += 1
        elif field := _field_at(text, place):
            yield _Lexeme("field", field)
            place = text.index(":", place) + 1
        else:
            chunk = _CHUNK.match(text, place)[0]
            word, n_closed = _without_closing(chunk, depth)
            depth -= n_closed
            if word:
                yield _Lexeme("operator" if word in _OPERATORS else "word", word)
            yield from (_Lexeme(")") for _ in range(n_closed))
            place += len(chunk)
    if depth:
        raise _Misread("a parenthesis is not closed")


def _field_at(text: str, place: int) -> str:
    """The field named just there, "" for none; an unknown name before a colon is a word like another."""
    found = _FIELD.match(text, place)
    name = FACET_ALIASES.get(found[1].lower(), found[1].lower()) if found else ""
    return name if name in TEXT_FIELDS or name in FACET_BY_PARAMETER else ""


def _without_closing(chunk: str, depth: int) -> tuple[str, int]:
    """A chunk without the parentheses at its end that close one opened before, and how many those are."""
    n_closed, spare = 0, chunk.count(")") - chunk.count("(")
    while n_closed < min(depth, spare) and chunk.endswith(")"):
        chunk, n_closed = chunk[:-1], n_closed + 1
    return chunk, n_closed


class _Reader:
    """Reads lexemes into a tree: NOT binds closest, then AND, which may be left out, then OR."""

    def __init__(self, lexemes: tuple[_Lexeme, ...]) -> None:
        self._lexemes, self._place = tuple(one for one in lexemes if _says_something(one)), 0

    def read(self) -> Node | None:
        root = self._some("") if self._lexemes else None
        if self._place < len(self._lexemes):
            raise _Misread(f"{self._next.text or self._next.kind} joins nothing")
        return root

    @property
    def _next(self) -> _Lexeme:
        return self._lexemes[self._place] if self._place < len(self._lexemes) else _Lexeme("end")

    def _took(self, kind: str, text: str = "") -> bool:
        is_it = self._next == _Lexeme(kind, text)
        self._place += is_it
        return is_it

    def _some(self, field: str) -> Node:
        return _joined(Some, self._many("OR", lambda: self._all(field)))

    def _all(self, field: str) -> Node:
        parts = self._many("AND", lambda: self._one(field))
        while self._next.kind not in (")", "end") and self._next != _Lexeme("operator", "OR"):
            parts += self._many("AND", lambda: self._one(field))
        return _joined(All, parts)

    def _many(self, operator: str, part: Callable[[], Node]) -> list[Node]:
        parts = [part()]
        while self._took("operator", operator):
            parts.append(part())
        return parts

    def _one(self, field: str) -> Node:
        is_wanted = True
        while self._took("operator", "NOT"):
            is_wanted = not is_wanted
        part = self._found(field)
        if is_wanted:
            return part
        return part.part if isinstance(part, Not) else Not(part)

    def _found(self, field: str) -> Node:
        if self._next.kind == "field":
            field, self._place = self._next.text, self._place + 1
        if self._took("("):
            inner = self._some(field)
            if not self._took(")"):
                raise _Misread("a parenthesis is not closed")
            return inner
        return self._term(field)

    def _term(self, field: str) -> Term:
        lexeme = self._next
        if lexeme.kind not in ("word", "phrase"):
            before = self._lexemes[self._place - 1] if self._place else lexeme
            culprit = lexeme if lexeme.kind == "operator" else before
            raise _Misread(f"{culprit.text or '()'} joins nothing")
        self._place += 1
        words = tuple(fold(lexeme.text).split())
        is_word = lexeme.kind == "word"
        is_open = is_word or lexeme.text.rstrip().endswith("*")
        return Term(words, is_open, is_word and bool(_ARABIC.search("".join(words))), field)


def _says_something(lexeme: _Lexeme) -> bool:
    return lexeme.kind not in ("word", "phrase") or bool(fold(lexeme.text))


def _joined(kind: type[All] | type[Some], parts: list[Node]) -> Node:
    """The parts as one node, each once, those of the same kind among them taken apart."""
    flat = (inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,)))
    unique = tuple(dict.fromkeys(flat))
    return unique[0] if len(unique) == 1 else kind(unique)


def _looked_for(node: Node, *, is_wanted: bool) -> Iterator[Term]:
    if isinstance(node, Term):
        yield from (node,) if is_wanted else ()
    elif isinstance(node, Not):
        yield from _looked_for(node.part, is_wanted=not is_wanted)
    else:
        for part in node.parts:
            yield from _looked_for(part, is_wanted=is_wanted)
