"""documents.csv and passages.csv to values and back, and one passage as a W3C Web Annotation."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from tracker.core.columns import PASSAGE_CELLS
from tracker.core.documents import Document, Passage, lie_in, parts_of, spans_from_words, spans_in_words
from tracker.core.model import Statement
from tracker.core.problems import Problem, Severity
from tracker.io.codes_read import web_address
from tracker.io.guarding import guarded_csv
from tracker.io.tables import SideRow, read_side_table

DOCUMENTS, PASSAGES = "documents.csv", "passages.csv"
DOCUMENT_COLUMNS = ("document_id", "title", "publisher", "document_url", "published_on", "language", "n_characters", "retrieved_at")
PASSAGE_COLUMNS = ("statement_id", "document_id", "spans", "exact", "prefix", "suffix")


def read_documents(files: Mapping[str, bytes], problems: list[Problem]) -> tuple[Document, ...]:
    """The documents that ``documents.csv`` names, each id once; what is wrong is added to the problems, as warnings."""
    found: dict[str, Document] = {}
    for row in _rows(files, DOCUMENTS, DOCUMENT_COLUMNS, ("document_id",), problems):
        values = row.values
        if values["n_characters"] and not _is_count(values["n_characters"]):
            message = f"{values['n_characters'][:80]!r} is not a number of characters; the length counts as not known"
            problems.append(Problem("document-length-unknown", message, Severity.WARNING, DOCUMENTS, row.record, row.line, "n_characters"))
        n_characters = int(values["n_characters"]) if _is_count(values["n_characters"]) else 0
        known = {**values, "document_url": web_address(values["document_url"]), "n_characters": n_characters}
        if values["document_id"] in found:
            problems.append(_left_out(row, DOCUMENTS, f"the document {values['document_id'][:80]!r} was named before"))
        found.setdefault(values["document_id"], Document(**known))
    return tuple(found.values())


def read_passages(files: Mapping[str, bytes], documents: Iterable[Document], problems: list[Problem]) -> tuple[Passage, ...]:
    """The passages that ``passages.csv`` names, one a statement; those that cannot hold are left out, and said."""
    lengths = {document.document_id: document.n_characters for document in documents}
    found: dict[str, Passage] = {}
    for row in _rows(files, PASSAGES, PASSAGE_COLUMNS, ("statement_id", "document_id", "spans", "exact"), problems):
        read = _passage(row, lengths)
        if isinstance(read, str) or read.statement_id in found:
            why = read if isinstance(read, str) else f"the statement {read.statement_id[:80]!r} has a passage already"
            problems.append(_left_out(row, PASSAGES, why))
        else:
            found[read.statement_id] = read
    return tuple(found.values())


def beside_statements(
    found: Iterable[tuple[Statement, Mapping[str, str]]], file: str, problems: list[Problem]
) -> tuple[tuple[Document, ...], tuple[Passage, ...]]:
    """The documents and passages that stand in the rows of one table (``PASSAGE_CELLS``) beside their statements.

    Of a document that several rows name, what the first says of it is taken. Passages that cannot hold are left out, and said.
    """
    documents: dict[str, Document] = {}
    passages: list[Passage] = []
    for statement, cells in found:
        document = _document_beside(statement, cells)
        held = documents.setdefault(document.document_id, document)
        values = {name: cells.get(f"passage_{name}", "") for name in ("spans", "exact", "prefix", "suffix")}
        row = SideRow({**values, "statement_id": statement.statement_id, "document_id": held.document_id}, statement.record, statement.line)
        read = _passage(row, {held.document_id: held.n_characters}) if held.document_id else "no document is named beside the passage"
        if isinstance(read, Passage):
            passages.append(read)
        else:
            message = f"{read}; the statement was kept without its passage"
            problems.append(Problem("passage-left-out", message, Severity.WARNING, file, statement.record, statement.line, "passage_spans"))
    named = {passage.document_id for passage in passages}
    return tuple(document for document in documents.values() if document.document_id in named), tuple(passages)


def _document_beside(statement: Statement, cells: Mapping[str, str]) -> Document:
    written, length = statement.written, cells.get("document_characters", "").strip()
    return Document(
        cells.get("passage_document", "").strip(),
        title=written["document_title"],
        publisher=written["publisher"],
        document_url=statement.document_url,
        published_on=written["published_on"],
        language=cells.get("document_language", "").strip(),
        n_characters=int(length) if _is_count(length) else 0,
        retrieved_at=cells.get("document_read_at", "").strip(),
    )


def in_columns(passage: Passage, document: Document) -> dict[str, str]:
    """The passage and what is known of its document, in the cells of ``PASSAGE_CELLS``."""
    cells = (passage.document_id, spans_in_words(passage.spans), passage.exact, passage.prefix, passage.suffix)
    about = (document.language, str(document.n_characters or ""), document.retrieved_at)
    return dict(zip(PASSAGE_CELLS, (*cells, *about), strict=True))


def of_statements(passages: Iterable[Passage], statement_ids: Collection[str], problems: list[Problem]) -> tuple[Passage, ...]:
    """The passages of statements that were kept; for the others a problem is added."""
    kept = []
    for passage in passages:
        if passage.statement_id in statement_ids:
            kept.append(passage)
        else:
            message = f"the passage of {passage.statement_id[:80]!r} was left out: no such statement was kept"
            problems.append(Problem("passage-left-out", message, Severity.WARNING, PASSAGES, column="statement_id"))
    return tuple(kept)


def documents_csv(documents: Iterable[Document]) -> bytes:
    """``documents.csv``; cells that a spreadsheet would take for formulas are guarded as in ``exporters.to_csv``."""
    return guarded_csv(DOCUMENT_COLUMNS, ([str(getattr(held, name)) for name in DOCUMENT_COLUMNS] for held in documents))


def passages_csv(passages: Iterable[Passage]) -> bytes:
    """``passages.csv``, guarded alike; read again it is the same."""
    rows = ([held.statement_id, held.document_id, spans_in_words(held.spans), held.exact, held.prefix, held.suffix] for held in passages)
    return guarded_csv(PASSAGE_COLUMNS, rows)


def annotation(passage: Passage, document: Document, *, link: str) -> str:
    """The passage as JSON-LD of the W3C Web Annotation model: one target a part, each with both selectors.

    ``link`` is the address of the statement, the body of the annotation. Without an address the document is named by its
    hash. Positions are code points.
    """
    names = document.document_url or f"urn:sha256:{document.document_id}"
    parts = passage.parts if len(passage.parts) == len(passage.spans) else ("",) * len(passage.spans)
    targets = []
    for place, (part, (start, end)) in enumerate(zip(parts, passage.spans, strict=True)):
        quote = {"type": "TextQuoteSelector", "exact": part}
        quote |= {"prefix": passage.prefix} if place == 0 else {}
        quote |= {"suffix": passage.suffix} if place == len(parts) - 1 else {}
        selectors = [{"type": "TextPositionSelector", "start": start, "end": end}, *([quote] if part else [])]
        state = {"type": "TimeState", "sourceDate": document.retrieved_at} if document.retrieved_at else None
        targets.append({"source": names, "selector": selectors} | ({"state": state} if state else {}))
    whole = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "motivation": "identifying",
        "body": link,
        "target": targets if len(targets) > 1 else targets[0],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _rows(
    files: Mapping[str, bytes], file: str, columns: Sequence[str], needed: Sequence[str], problems: list[Problem]
) -> Iterator[SideRow]:
    if file not in files:
        return
    kept = ("exact", "prefix", "suffix")
    found, wrong = read_side_table(files[file], {name: () for name in columns}, needed=needed, file=file, keeps_spaces=kept)
    problems.extend(wrong)
    yield from found


def _passage(row: SideRow, lengths: Mapping[str, int]) -> Passage | str:
    """The passage in a row, or why it cannot hold."""
    values = row.values
    try:
        spans = spans_from_words(values["spans"])
    except ValueError as wrong:
        return str(wrong)
    if values["document_id"] not in lengths:
        return f"the document {values['document_id'][:80]!r} is not in {DOCUMENTS}"
    if not lie_in(spans, lengths[values["document_id"]] or spans[-1][1]):
        return f"the spans {values['spans'][:80]} do not lie in the document in order"
    if not parts_of(values["exact"], spans):
        return f"the words are not as long as the spans {values['spans'][:80]} say"
    return Passage(**{**values, "spans": spans})


def _left_out(row: SideRow, file: str, why: str) -> Problem:
    code = "passage-left-out" if file == PASSAGES else "side-row-left-out"
    return Problem(code, f"{why}; the row was left out", Severity.WARNING, file, row.record, row.line)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 12
