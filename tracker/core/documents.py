"""Documents and passages: where in which text the words of a statement stand, so that anybody can look again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.core.candidates import Span

PARTS_BREAK = " […] "
"""Stands between the parts of a quotation that was split in the document."""

N_AROUND = 32
"""Characters before and after a passage that are kept with it, to tell it from others of the same words."""


@dataclass(frozen=True, slots=True)
class Document:
    """The text a statement stands in, without the text itself.

    ``document_id`` is the hash of the text (``document_id_of``): equal texts are one document, a changed text is
    another. ``published_on`` and ``retrieved_at`` are ISO, "" when not known; ``n_characters`` counts code points.
    """

    document_id: str
    title: str = ""
    publisher: str = ""
    document_url: str = ""
    published_on: str = ""
    language: str = ""
    n_characters: int = 0
    retrieved_at: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Where the words of a statement stand in a document, in the selectors of the W3C Web Annotation model.

    ``spans`` are code points of the text, in order and apart (TextPositionSelector), several for a split quotation;
    ``exact`` its parts as they stand there, joined by ``PARTS_BREAK``; ``prefix`` and ``suffix`` the text just before
    and after (TextQuoteSelector).
    """

    statement_id: str
    document_id: str
    spans: tuple[Span, ...]
    exact: str
    prefix: str = ""
    suffix: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """The words of each span; all of ``exact`` as one part where it is not as long as its spans say.

        >>> Passage("t-1", "d", ((0, 3), (9, 12)), "one […] two").parts
        ('one', 'two')
        """
        return parts_of(self.exact, self.spans) or (self.exact,)


UNREADABLE = "\N{REPLACEMENT CHARACTER}"
"""Stands for a character that no text can hold."""

_BREAKS = dict.fromkeys(map(ord, "\r\v\f\x85"), "\n")
_CONTROLS = {code: UNREADABLE for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"} | _BREAKS


def document_id_of(text: str) -> str:
    """The id of the document that says this, sha-256 (hex) of its text.

    >>> document_id_of("")[:8], document_id_of("a") == document_id_of("b"), len(document_id_of("\\ud800"))
    ('e3b0c442', False, 64)
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def as_document_text(written: str) -> str:
    """A text as it is kept and counted in: lines and pages end with one line feed; what no text can hold becomes ``UNREADABLE``.

    That are control characters and lone surrogates.

    >>> as_document_text("one\\r\\ntwo\\rthree\\x00\\x07\\x0c")
    'one\\ntwo\\nthree\\ufffd\\ufffd\\n'
    """
    unified = written.replace("\r\n", "\n").removeprefix("\ufeff").translate(_CONTROLS)
    return unified.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if not unified.isascii() else unified


def passage_at(text: str, spans: Sequence[Span], statement_id: str = "", document_id: str = "") -> Passage:
    """The passage of these spans of a text; raises ValueError when they do not lie in it in order.

    >>> passage_at("He said yes.", [(8, 11)], document_id="d")
    Passage(statement_id='', document_id='d', spans=((8, 11),), exact='yes', prefix='He said ', suffix='.')
    """
    held = tuple((int(start), int(end)) for start, end in spans)
    if not lie_in(held, len(text)):
        raise ValueError(f"spans {held} do not lie in a text of {len(text):,} characters in order")
    exact = PARTS_BREAK.join(text[start:end] for start, end in held)
    first, last = held[0][0], held[-1][1]
    return Passage(
        statement_id,
        document_id or document_id_of(text),
        held,
        exact,
        text[max(0, first - N_AROUND) : first],
        text[last : last + N_AROUND],
    )


def lie_in(spans: Sequence[Span], n_characters: int) -> bool:
    """Whether there are spans, none is empty, and they follow each other without overlap inside a text of that length.

    >>> lie_in([(0, 2), (2, 4)], 4), lie_in([(0, 3), (2, 4)], 4), lie_in([(3, 5)], 4), lie_in([], 4)
    (True, False, False, False)
    """
    end = 0
    for start, until in spans:
        if not end <= start < until:
            return False
        end = until
    return bool(spans) and end <= n_characters


def parts_of(exact: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """The words of each span in the words joined by ``PARTS_BREAK``; none when the lengths do not agree."""
    found, at = [], 0
    for start, end in spans:
        if found:
            if not exact.startswith(PARTS_BREAK, at):
                return ()
            at += len(PARTS_BREAK)
        found.append(exact[at : at + end - start])
        at += end - start
    return tuple(found) if at == len(exact) and all(found) else ()


def spans_in_words(spans: Sequence[Span]) -> str:
    """Spans as people write them: first to after-last character, parts apart by a semicolon.

    >>> spans_in_words([(0, 3), (9, 12)])
    '0-3;9-12'
    """
    return ";".join(f"{start}-{end}" for start, end in spans)


def spans_from_words(text: str) -> tuple[Span, ...]:
    """The spans that ``spans_in_words`` wrote; raises ValueError for anything else.

    >>> spans_from_words(" 0-3; 9-12 ")
    ((0, 3), (9, 12))
    """
    pairs = [part.strip().split("-") for part in text.split(";")]
    if not all(len(pair) == 2 and all(_is_count(number) for number in pair) for pair in pairs):
        raise ValueError(f"{text[:80]!r} is not spans like 0-3;9-12")
    return tuple((int(first), int(last)) for first, last in pairs)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
