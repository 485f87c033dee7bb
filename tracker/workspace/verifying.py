"""Whether the quotes of statements stand in their documents: proved from the stored text whenever it is asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any

from tracker.analysis.listing import statements_by_id
from tracker.core.documents import Document, Passage, as_document_text, spans_from_words
from tracker.core.errors import DataSetRefused
from tracker.core.verifying import Standing, Verification, verify
from tracker.io.documents.reading import read_document
from tracker.io.package_files import read_bytes
from tracker.workspace.opening import Workspace

_AT_A_TIME = 500
_SENTENCES_AROUND = 2
_MOST_AROUND = 600
_STOP = re.compile(r"(?:[!?…。！？؟।]|(?<![.\s(][A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)\.)[”\"'»’]?(?=\s|$)|\n")


class Mark(StrEnum):
    """What can be said of a quote that has a passage."""

    VERIFIED = "verified"
    NOT_VERIFIED = "not verified"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Proof:
    """A statement's passage, its document, and how its words stand there; ``verification`` is None when that was not looked at.

    ``before`` and ``after`` are sentences of the text around the passage, ``pieces`` the passage's own parts and the text
    between them in turn, all "" or empty when the text is not stored or the words are not there.
    """

    passage: Passage
    document: Document
    mark: Mark
    why: str
    verification: Verification | None = None
    before: str = ""
    pieces: tuple[str, ...] = ()
    after: str = ""


def passages_of(workspace: Workspace, statement_ids: Sequence[str]) -> dict[str, tuple[Passage, Document]]:
    """The passage and document of each of the statements that has one, by id."""
    if not workspace.n_passages or not statement_ids:
        return {}
    held = workspace.engine.table("passages")
    wanted = set(statement_ids)
    asked = held.filter(held.statement_id.isin(list(statement_ids))) if len(wanted) <= _AT_A_TIME else held
    rows = [row for row in workspace.engine.rows(asked) if row["statement_id"] in wanted]
    documents = documents_of(workspace, {row["document_id"] for row in rows})
    return {row["statement_id"]: (_passage(row), documents.get(row["document_id"], Document(row["document_id"]))) for row in rows}


def documents_of(workspace: Workspace, document_ids: set[str] | None = None) -> dict[str, Document]:
    """Documents by id; all that the data set names without ids."""
    if not workspace.n_passages:
        return {}
    held = workspace.engine.table("documents")
    chosen = held if document_ids is None else held.filter(held.document_id.isin(sorted(document_ids)))
    return {row["document_id"]: Document(**row) for row in workspace.engine.rows(chosen)}


def passages_in(workspace: Workspace, document_id: str) -> tuple[Passage, ...]:
    """Every passage of a document, in the order of the text."""
    if not workspace.n_passages:
        return ()
    held = workspace.engine.table("passages")
    found = map(_passage, workspace.engine.rows(held.filter(held.document_id == document_id)))
    return tuple(sorted(found, key=lambda passage: (passage.spans, passage.statement_id)))


def prove(passage: Passage, document: Document, quote: str, text: str | None) -> Proof:
    """How the quote of a statement stands in a text, ``None`` for one that was not stored.

    Verified only when the words of the passage stand in the text and the quote is still those words.
    """
    if quote.strip() != passage.exact.strip():
        return Proof(passage, document, Mark.NOT_VERIFIED, "the quote was changed after it was marked in the document")
    if text is None:
        return Proof(passage, document, Mark.NOT_CHECKED, "the text of the document is not stored here")
    found = verify(text, passage)
    before, pieces, after = _in_context(text, found) if found.spans else ("", (), "")
    mark = Mark.VERIFIED if found.is_verified else Mark.NOT_VERIFIED
    return Proof(passage, document, mark, standing_in_words(found), found, before, pieces, after)


def proof_of(workspace: Workspace, statement_id: str, quote: str) -> Proof | None:
    """The proof for one statement; ``None`` when it has no passage."""
    held = passages_of(workspace, [statement_id]).get(statement_id)
    return prove(*held, quote, workspace.text_of(held[1].document_id)) if held else None


def marks_of(workspace: Workspace, quotes: Mapping[str, str]) -> dict[str, Proof]:
    """The proof of each statement that has a passage, for lists; ``quotes`` are the statements' own, by id."""
    texts: dict[str, str | None] = {}
    found = {}
    for statement_id, (passage, document) in passages_of(workspace, list(quotes)).items():
        if document.document_id not in texts:
            texts[document.document_id] = workspace.text_of(document.document_id)
        found[statement_id] = prove(passage, document, quotes[statement_id], texts[document.document_id])
    return found


def prove_all(workspace: Workspace, wanted: Sequence[str] = (), text: str | None = None) -> Iterator[tuple[str, Proof]]:
    """Every statement that has a passage with its proof, document by document.

    ``wanted`` are ids of statements or of documents (beginnings of six characters will do); with a ``text`` the words are
    looked for in that one instead of the stored texts.
    """
    for document in documents_of(workspace).values():
        is_whole = not wanted or any(document.document_id.startswith(asked) for asked in wanted if len(asked) > 5)
        passages = [held for held in passages_in(workspace, document.document_id) if is_whole or held.statement_id in wanted]
        there = (text if text is not None else workspace.text_of(document.document_id)) if passages else None
        for start in range(0, len(passages), _AT_A_TIME):
            chunk = {held.statement_id: held for held in passages[start : start + _AT_A_TIME]}
            for row in statements_by_id(workspace.corpus, tuple(chunk)):
                yield row.statement_id, prove(chunk[row.statement_id], document, row.quote, there)


def standing_in_words(found: Verification) -> str:
    """How words stand in a text, as people read it."""
    where = ", ".join(f"{start:,}–{end:,}" for start, end in found.spans)
    match found.standing:
        case Standing.EXACT:
            return f"word for word at its place, characters {where}"
        case Standing.MOVED:
            return f"word for word, but elsewhere than when it was marked: characters {where}"
        case Standing.NORMALISED:
            return f"the same words with other quotation marks, dashes or spaces, characters {where}"
        case Standing.DRIFTED:
            return f"the text says it in other words now: {found.similarity:.0%} of the words stand there in order, characters {where}"
    return "the words are not in the text"


def proofs_in_words(proofs: Mapping[str, Proof]) -> str:
    """Proofs in lines of text: the counts, then each that is not verified with the nearest words of the text."""
    if not proofs:
        return "No statement asked for has a passage, so there is nothing to prove."
    counts = Counter(proof.mark for proof in proofs.values())
    lines = [f"{len(proofs):,} passages: " + ", ".join(f"{counts[mark]:,} {mark.value}" for mark in Mark) + "."]
    for statement_id, proof in proofs.items():
        if proof.mark is not Mark.VERIFIED:
            found = proof.verification
            nearest = f" Nearest: {found.nearest!r}" if found and found.nearest else ""
            lines.append(f"{statement_id}: {proof.mark.value}, {proof.why}.{nearest}")
    return "\n".join(lines)


def text_of_file(path: Path) -> str:
    """The text of a document on disk; raises DataSetRefused when there is none, FileRefused when it cannot be read."""
    if not path.is_file():
        raise DataSetRefused.because(path.name, "it does not exist", "Give the path of a text.")
    return as_document_text(read_document(read_bytes(path), path.name).text)


def as_json(proofs: Mapping[str, Proof]) -> dict[str, Any]:
    """Proofs as ``verify --json`` prints them: counts, then each."""
    counts = Counter(proof.mark.value for proof in proofs.values())
    return {
        "n_passages": len(proofs),
        **{f"n_{mark.value.replace(' ', '_')}": counts[mark.value] for mark in Mark},
        "passages": [_row(statement_id, proof) for statement_id, proof in proofs.items()],
    }


def _row(statement_id: str, proof: Proof) -> dict[str, Any]:
    found = proof.verification
    return {
        "statement_id": statement_id,
        "document_id": proof.passage.document_id,
        "mark": proof.mark.value,
        "standing": found.standing.value if found else "",
        "why": proof.why,
        "spans": [list(span) for span in found.spans] if found else [],
        "similarity": round(found.similarity, 3) if found else None,
        "nearest": found.nearest if found else "",
    }


def _passage(row: Mapping[str, Any]) -> Passage:
    return Passage(**{**row, "spans": spans_from_words(row["spans"])})


def _in_context(text: str, found: Verification) -> tuple[str, tuple[str, ...], str]:
    first, last = found.spans[0][0], found.spans[-1][1]
    edges = [edge for span in found.spans for edge in span]
    pieces = tuple(text[start:end] for start, end in pairwise(edges))
    return _sentences_before(text, first), pieces, _sentences_after(text, last)


def _sentences_before(text: str, at: int) -> str:
    begin = max(0, at - _MOST_AROUND)
    stops = _stops(text[begin:at])
    wanted = begin + stops[-1 - _SENTENCES_AROUND] if len(stops) > _SENTENCES_AROUND else begin
    return ("…" if wanted == begin and begin else "") + text[wanted:at].lstrip()


def _sentences_after(text: str, at: int) -> str:
    end = min(len(text), at + _MOST_AROUND)
    stops = _stops(text[at:end])
    wanted = at + stops[_SENTENCES_AROUND] if len(stops) > _SENTENCES_AROUND else end
    return text[at:wanted].rstrip() + ("…" if wanted == end and end < len(text) else "")


def _stops(text: str) -> list[int]:
    """Where sentences end: after a stop, question or exclamation mark with its quotation mark, and after a line.

    >>> _stops("He left the U.S. on Monday. “Why?” Nobody knew."), _stops("one\\ntwo")
    ([27, 34, 47], [4])
    """
    return [match.end() for match in _STOP.finditer(text)]
