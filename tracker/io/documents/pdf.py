"""PDF files to text: read in a process that may take only so much, lines of a column put together where that is plain."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tracker.io.documents.document import ReadDocument, civil_date, one_line
from tracker.io.documents.pdf_pages import MAX_CHARACTERS, MAX_PAGES, MAX_SECONDS
from tracker.io.refusals import FileRefused

FORMAT = "PDF document"
BEGINNING = b"%PDF-"
MAX_PDF_BYTES = 50_000_000

_PROGRAM = Path(__file__).with_name("pdf_pages.py")
_CREATED = re.compile(r"D?:?(\d{4})(\d\d)(\d\d)")
_DIGITS = re.compile(r"\d+")
_ENDS_SENTENCE = re.compile(r"[.!?:;…。！？][\"'”’»)\]]*$")
_BROKEN_WORD = re.compile(r"[^\W\d_]{2,}[-\u2010\u00ad]$")
_NEW_PARAGRAPH = re.compile(r"(?:[-•–—*▪]|\(?\d{1,3}[.)]|[QA]:|[A-Z][A-Z .'-]{2,40}:)\s")
_FULL_LINE = 0.75
_FEW_CHARACTERS_A_PAGE = 10
_EDGE_LINES = 2
_PATIENCE_SECONDS = MAX_SECONDS + 5
_WHY = {
    "encrypted": ("file-encrypted", "The PDF is protected by a password. Remove the password, or copy its text and paste it."),
    "pages": (
        "file-too-large",
        f"The PDF has {{n:,}} pages; at most {MAX_PAGES:,} are read. Give the pages you need as a file of their own.",
    ),
    "long": ("file-too-large", f"The PDF has more than {MAX_CHARACTERS:,} characters; it was not read on. Give the pages you need."),
    "memory": ("pdf-unreadable", "Reading the PDF takes more memory than it may. Copy its text and paste it."),
    "damaged": ("pdf-unreadable", "The PDF is damaged or incomplete and cannot be read. Get it again, or copy its text and paste it."),
    "slow": ("pdf-unreadable", f"Reading the PDF takes more than {MAX_SECONDS} seconds. Copy its text and paste it."),
}


def read_pdf(data: bytes) -> ReadDocument:
    """A PDF as a document. Raises FileRefused, in words, for one that is protected, scanned, damaged, too long or too slow.

    Lines that repeat at the head or foot of pages are left out and counted. ``created_on`` is when the file was made.
    """
    if len(data) > MAX_PDF_BYTES:
        raise FileRefused(
            "file-too-large", f"The PDF has {len(data):,} bytes; at most {MAX_PDF_BYTES:,} are read. Give the pages you need."
        )
    told = _told(data)
    if "why" in told:
        code, message = _WHY[told["why"]]
        raise FileRefused(code, message.format(n=told.get("n", 0)))
    pages = [[line.strip() for line in page.splitlines()] for page in told["pages"]]
    n_characters = sum(len(line) for page in pages for line in page)
    if n_characters < _FEW_CHARACTERS_A_PAGE * max(1, len(pages)):
        raise FileRefused(
            "pdf-scanned", "The PDF holds pictures of pages and no text. Have the text recognised by another program first, or type it."
        )
    bare, n_repeated = _without_repeated_edges(pages)
    created = _CREATED.match(told["created"])
    return ReadDocument(
        text="\n\n".join(paragraphs_of([line for page in bare for line in page])),
        format=FORMAT,
        title=one_line(told["title"]),
        created_on=civil_date("-".join(created.groups())) if created else None,
        left_out=(("head or foot of a page", n_repeated),) if n_repeated else (),
    )


def _told(data: bytes) -> dict:
    """What the process of its own says; a process that dies or does not end says nothing."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(_PROGRAM)], input=data, capture_output=True, timeout=_PATIENCE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return {"why": "slow"}
    try:
        return json.loads(done.stdout) if done.returncode == 0 else {"why": "memory" if b"MemoryError" in done.stderr else "slow"}
    except ValueError:
        return {"why": "damaged"}


def _without_repeated_edges(pages: Sequence[list[str]]) -> tuple[list[list[str]], int]:
    """The pages without lines at their head and foot that half of the pages have, but for numbers; and how many those were."""
    edges = [Counter({_edge(line) for line in (*page[:_EDGE_LINES], *page[-_EDGE_LINES:]) if line}) for page in pages]
    repeated = {text for text, n in sum(edges, Counter()).items() if len(pages) > 2 and n * 2 > len(pages)}
    kept, n_left_out = [], 0
    for page in pages:
        inner = range(_EDGE_LINES, len(page) - _EDGE_LINES)
        lines = [line for place, line in enumerate(page) if place in inner or _edge(line) not in repeated]
        n_left_out += len(page) - len(lines)
        kept.append(lines)
    return kept, n_left_out


def _edge(line: str) -> str:
    return _DIGITS.sub("0", line)


def paragraphs_of(lines: Sequence[str]) -> list[str]:
    """Lines put together to paragraphs: one ends at a blank line, at a short line, and before what begins like a list.

    A word broken at the end of a line is joined; its hyphen stays when the same word has one elsewhere in a line.

    >>> paragraphs_of(["The minister wel-", "comed the proposal", "of the commission.", "", "Next."])
    ['The minister welcomed the proposal of the commission.', 'Next.']
    """
    lengths = [len(line) for line in lines if line]
    usual = median(sorted(lengths)[len(lengths) // 2 :]) if lengths else 0
    whole_words = frozenset(word.strip(".,;:!?()\"'") for line in lines for word in line.split() if "-" in word[1:-1])
    found: list[str] = []
    is_open = False
    for line in lines:
        if not line:
            is_open = False
        elif is_open and not _NEW_PARAGRAPH.match(line):
            found[-1] = _joined(found[-1], line, whole_words)
        else:
            found.append(line)
        if line:
            is_short = len(line) < usual * _FULL_LINE
            is_open = bool(_BROKEN_WORD.search(line)) or not (is_short and (_ENDS_SENTENCE.search(line) or line[-1:].isalnum()))
    return found


def _joined(before: str, line: str, whole_words: frozenset[str]) -> str:
    if not _BROKEN_WORD.search(before) or not line[:1].islower():
        return f"{before} {line}"
    first, rest = before.rpartition(" ")[2], line.partition(" ")[0]
    keeps_hyphen = f"{first}{rest}".strip(".,;:!?()\"'") in whole_words
    return before + line if keeps_hyphen else before[:-1] + line
