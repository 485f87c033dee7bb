"""What stands under a label, cut into pieces: paragraphs without page numbers, stage directions and furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.core.candidates import Span
from tracker.io.articles.page_furniture import is_thanks

FEWEST_WORDS = 5
"""A turn of fewer words ("Thank you very much.") is no statement."""
_SHORT_LINE = 8
"""Of fewer words a paragraph is furniture when no mark ends it, else it is joined to the one beside it."""
_SENTENCE_END = re.compile(r"[.!?…。！？؟][\s\"'”»)\]*]*$")
_CJK_LETTERS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"\w[\w'’-]*")
_PAGE_NUMBER = re.compile(r"\s*(?:\d{1,3}/\d{1,3}\s*)?(?:\d{2}-\d{5})?\s*(?:\d{1,3}/\d{1,3})?\s*|\s*\d{1,3}\s*|\s*-\s*\d{1,3}\s*-\s*")
_RUNNING_HEAD = re.compile(r"(?=.{0,160}$)(?=.*\b[SA]/(?:\d+/)?PV\.\d+)(?!.*[.!?]\s*$).*")
_DIRECTION = re.compile(r"\s*[(\[（][^()\[\]]{0,200}[)\]）][.\s]*")
_RULE = re.compile(r"\s*(?:#\s*){2,}|\s*[-_*=•]{3,}\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """One statement of a turn: its parts (several where a page number stood between them), and how many words it has."""

    spans: tuple[Span, ...]
    n_words: int


def n_words(text: str) -> int:
    """How many words a text has; three Chinese characters count as two.

    >>> n_words("Good afternoon, everybody."), n_words("我们注意到有关报道")
    (3, 6)
    """
    n_characters = len(_CJK_LETTERS.findall(text))
    return -(-2 * n_characters // 3) + len(_WORD.findall(_CJK_LETTERS.sub(" ", text)))


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """The paragraphs of a turn between two offsets; short ones go with the one before or behind.

    A line goes on in the next one unless it ends as a sentence does, so that columns of a printed record are put together
    again; page numbers and running heads between the lines are left out. Linear in the text.

    >>> text = "We reject this text, and we shall vote\\nagainst it.\\n\\n(Laughter)\\n\\nThat is what we have to say about it today."
    >>> [text[a:b] for piece in pieces(text, 0, len(text)) for a, b in piece.spans]
    ['We reject this text, and we shall vote\\nagainst it.', 'That is what we have to say about it today.']
    """
    found: list[list[Span]] = []
    for paragraph in _paragraphs(text, start, end):
        if is_thanks(text[paragraph[0][0] : paragraph[-1][1]]):
            continue
        size = sum(n_words(text[a:b]) for a, b in paragraph)
        is_furniture = size < _SHORT_LINE and not _SENTENCE_END.search(text[paragraph[-1][0] : paragraph[-1][1]])
        if is_furniture:
            continue
        if found and (size < _SHORT_LINE or _size(text, found[-1]) < _SHORT_LINE):
            found[-1] = _joined(text, found[-1], paragraph)
        else:
            found.append(paragraph)
    return [Piece(tuple(spans), _size(text, spans)) for spans in found]


def _size(text: str, spans: list[Span]) -> int:
    return sum(n_words(text[a:b]) for a, b in spans)


def _joined(text: str, before: list[Span], behind: list[Span]) -> list[Span]:
    """Two paragraphs as one, with the blank between them when nothing else is there."""
    if text[before[-1][1] : behind[0][0]].strip():
        return before + behind
    return [*before[:-1], (before[-1][0], behind[0][1]), *behind[1:]]


def _paragraphs(text: str, start: int, end: int) -> Iterator[list[Span]]:
    paragraph: list[Span] = []
    is_open = False
    for line_start, line_end in _lines(text, start, end):
        line = text[line_start:line_end]
        if (_PAGE_NUMBER.fullmatch(line) and line.strip()) or _RUNNING_HEAD.fullmatch(line):
            is_open = False  # the paragraph goes on behind it, in a part of its own
            continue
        if not line.strip() or _DIRECTION.fullmatch(line) or _RULE.fullmatch(line):
            if paragraph and _SENTENCE_END.search(text[paragraph[-1][0] : paragraph[-1][1]][-12:]):
                yield paragraph
                paragraph = []
            is_open = False
            continue
        if paragraph and _SENTENCE_END.search(text[max(paragraph[-1][0], paragraph[-1][1] - 12) : paragraph[-1][1]]):
            yield paragraph
            paragraph, is_open = [], False
        first, last = line_start + len(line) - len(line.lstrip()), line_start + len(line.rstrip())
        if paragraph and not is_open and _is_subheading(text, paragraph, first):
            yield paragraph
            paragraph = []
        if paragraph and is_open:
            paragraph[-1] = (paragraph[-1][0], last)
        else:
            paragraph.append((first, last))
        is_open = True
    if paragraph:
        yield paragraph


def _is_subheading(text: str, paragraph: list[Span], following: int) -> bool:
    """Whether a short line between blank ones is a heading inside a turn, and not a line that goes on."""
    is_short = len(paragraph) == 1 and n_words(text[slice(*paragraph[0])]) < _SHORT_LINE
    return is_short and "\n" not in text[slice(*paragraph[0])] and not text[following].islower()


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    position = start
    while position < end:
        line_end = text.find("\n", position, end)
        line_end = end if line_end < 0 else line_end
        yield position, line_end
        position = line_end + 1
