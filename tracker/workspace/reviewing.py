"""Reviewing a document: its candidates taken up, saved while a person decides, kept in the end as one revision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from tracker.analysis.listing import statements_by_id
from tracker.analysis.results import StatementRow
from tracker.core.candidates import Extraction
from tracker.core.dates import PartialDate
from tracker.core.documents import UNREADABLE, Document, Passage, as_document_text, passage_at
from tracker.core.errors import TrackerError
from tracker.core.problems import Problem, Severity
from tracker.core.reviews import Decision, Draft, Review, review_of
from tracker.core.verifying import find_parts, written_alike
from tracker.io.articles import extract
from tracker.io.declared import Declared
from tracker.io.documents.document import ReadDocument, civil_date
from tracker.io.documents.reading import read_document
from tracker.io.exporters import to_csv
from tracker.io.fetching import PAGE_TYPES, fetch
from tracker.io.inputs import InputFile
from tracker.store.ledger_documents import WaitingReview
from tracker.store.ledger_values import Revision
from tracker.workspace.importing import EditingOff, Rehearsal, keep, known_of, rehearse
from tracker.workspace.known import NOTHING_KNOWN, Known
from tracker.workspace.library import Library
from tracker.workspace.opening import Workspace
from tracker.workspace.signing import signed_by
from tracker.workspace.verifying import Proof, documents_of, passages_in, prove

MAX_CHARACTERS = 1_000_000
"""So long a text may be that is reviewed; a longer one is no article."""

_MOST_ASKED = 500
_UNREADABLE = f"characters that no text can hold or that were lost before; {UNREADABLE} stands for each"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DOCUMENT_TYPES = PAGE_TYPES | {"text/plain", "application/pdf", _WORD}


LeftOut = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Beginning:
    """A text to be reviewed, what is known of its document, and what of the document is not in the text."""

    text: str
    document: Document
    left_out: LeftOut = ()


class ReviewRefused(TrackerError):
    """A text cannot be reviewed, or a review cannot be kept as it is."""


@dataclass(frozen=True)
class Readiness:
    """What keeping a review would do: the rehearsal of its accepted drafts, and what stands against it.

    ``wrong`` has the problems of each draft by its number in the review; those that reject it forbid keeping.
    """

    rehearsal: Rehearsal | None
    wrong: Mapping[int, tuple[Problem, ...]]
    passages: tuple[Passage, ...] = ()

    @property
    def can_be_kept(self) -> bool:
        """Whether there is something to keep and nothing against it."""
        return self.rehearsal is not None and self.rehearsal.can_be_kept and not self.forbidding

    def why_not(self, number: int) -> str:
        """Why a draft cannot be kept, in words; "" when nothing stands against it. Warnings do not."""
        return next((problem.message for problem in self.wrong.get(number, ()) if problem.severity is not Severity.WARNING), "")

    @property
    def forbidding(self) -> tuple[int, ...]:
        """The numbers of accepted drafts that cannot be kept as they are."""
        return tuple(number for number in self.wrong if self.why_not(number))


def begin_review(
    text: str, given: Document | None = None, known: Known = NOTHING_KNOWN, *, left_out: LeftOut = (), origin: str = ""
) -> Review:
    """The review of a text with what is found in it; what the document does not say is taken from the text.

    ``known`` is what the data set has: of its issues one is suggested where it is plain. Raises ReviewRefused for a text
    without words, one of more than ``MAX_CHARACTERS``, and a date that is none.
    """
    held, document = as_document_text(text), _dated(given or Document(""))
    if not held.strip():
        raise ReviewRefused("There is no text. Paste the words of the article, or give its file.")
    if len(held) > MAX_CHARACTERS:
        raise ReviewRefused(f"The text has {len(held):,} characters; at most {MAX_CHARACTERS:,} can be reviewed. Give a part of it.")
    review = review_of(held, found_in(held, document, known), document, origin=origin)
    n_unreadable = held.count(UNREADABLE)
    unreadable = ((_UNREADABLE, n_unreadable),) if n_unreadable else ()
    return replace(review, left_out=(*left_out, *unreadable, *review.left_out))


def found_in(text: str, document: Document, known: Known = NOTHING_KNOWN) -> Extraction:
    """The candidates in a text whose date, language and title are as the document says, where it says them."""
    return extract(
        text,
        published_on=civil_date(document.published_on),
        language=document.language or None,
        title=document.title or None,
        url=document.document_url,
        issues=known.issues,
        spokespersons=known.spokespersons,
    )


def read_file(file: InputFile, given: Document) -> Beginning:
    """What a web page, Word file, PDF or plain text says, and of itself where nothing is given; raises FileRefused in words."""
    return _as_beginning(read_document(file.data(), file.name), given)


def read_address(address: str, given: Document, *, is_enabled: bool | None = None) -> Beginning:
    """The same for a public address, fetched under guard; raises FetchRefused and FileRefused in words."""
    answer = fetch(address, is_enabled=is_enabled, accepted=_DOCUMENT_TYPES)
    name = PurePosixPath(urlsplit(answer.final_url).path).name
    read = read_document(answer.data, name, content_type=answer.content_type, charset=answer.charset, url=answer.final_url)
    found = _as_beginning(read, given)
    return replace(found, document=replace(found.document, document_url=found.document.document_url or answer.final_url))


def _as_beginning(read: ReadDocument, given: Document) -> Beginning:
    document = replace(
        given,
        title=given.title or read.title,
        publisher=given.publisher or read.publisher,
        document_url=given.document_url or read.url,
        published_on=given.published_on or str(read.published_on or ""),
        language=given.language or read.language,
    )
    return Beginning(read.text, document, read.left_out)


def look_again(review: Review, document: Document, known: Known = NOTHING_KNOWN) -> Review:
    """The review after its document was described anew: candidates are looked for again when date or language changed.

    Drafts that were decided on, edited, merged or marked by hand stay; those that still wait as they were found give way to
    what is found now. Raises ReviewRefused for a date that is none.
    """
    now = replace(_dated(document), document_id=review.document.document_id, n_characters=len(review.text))
    if (now.published_on, now.language) == (review.document.published_on, review.document.language):
        return replace(review, document=now)
    before, found = (review_of(review.text, found_in(review.text, held, known), held) for held in (review.document, now))
    stay = [draft for draft in review.drafts if draft not in before.drafts]
    taken = {span for draft in stay for span in draft.spans}
    drafts = sorted((*stay, *(draft for draft in found.drafts if taken.isdisjoint(draft.spans))), key=lambda draft: draft.spans)
    left_out = tuple({**dict(review.left_out), **dict(found.left_out)}.items())
    return replace(review, document=found.document, drafts=tuple(drafts), left_out=left_out)


def find_words(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where words a person typed stand in the text, marks and spaces written alike; none when they do not."""
    wanted = words.strip()
    if not wanted:
        return ()
    exact = find_parts(text, [wanted])
    if exact:
        return exact
    folded, places = written_alike(text)
    found = find_parts(folded, [written_alike(wanted)[0].strip()])
    return tuple((places[start], places[end - 1] + 1) for start, end in found)


def place_to_split(review: Review, number: int, words: str) -> int | None:
    """Where in the text the words stand with which the second part of a draft is to begin; ``None`` where they do not.

    Words that end a part of the draft are meant there, others where they stand first after its beginning. Marks and spaces
    are written alike.

    >>> one = Review("No, no, and no.", Document("d"), (Draft(((0, 15),)),))
    >>> [place_to_split(one, 0, words) for words in ("no, and", "no.", "No, no", "yes", " ")]
    [4, 12, None, None, None]
    """
    wanted = written_alike(words)[0].strip()
    if not wanted:
        return None
    draft, places = review.drafts[number], []
    for start, end in draft.spans:
        folded, at = written_alike(review.text[start:end])
        if len(folded.rstrip()) > len(wanted) and folded.rstrip().endswith(wanted):
            return start + at[len(folded.rstrip()) - len(wanted)]
        first = folded.find(wanted, 1 if start == draft.start else 0)
        places += [start + at[first]] if first >= 0 else []
    return places[0] if places else None


# --- while it goes on ----------------------------------------------------------------------------------------------


def waiting(library: Library, code: str) -> tuple[WaitingReview, ...]:
    """The reviews that are going on in a data set, the one saved last first; none where there is no ledger."""
    return library.ledger.reviews(code) if library.ledger else ()


def opened(library: Library, code: str, document_id: str) -> tuple[Review, int] | None:
    """The review of a document (the first characters of its id will do) and the number to save it by; ``None`` when there is none."""
    if not library.ledger or not document_id:
        return None
    whole = next((held.document_id for held in waiting(library, code) if held.document_id.startswith(document_id)), document_id)
    return library.ledger.review(code, whole)


def save(library: Library, code: str, review: Review, *, seen: int) -> int:
    """The number to save it by next time. Raises EditingOff; ReviewChanged when somebody else saved it meanwhile."""
    if not library.may_edit or library.ledger is None:
        raise EditingOff.because_it_is_not_on("save the review")
    return library.ledger.save_review(code, review, seen=seen)


def leave(library: Library, code: str, document_id: str) -> None:
    """Forget a review, its text and decisions; the data set stays as it is. Raises EditingOff."""
    if not library.may_edit or library.ledger is None:
        raise EditingOff.because_it_is_not_on("leave the review")
    library.ledger.end_review(code, document_id)


# --- at its end ----------------------------------------------------------------------------------------------------


def rehearse_review(library: Library, code: str, review: Review, *, who: str = "", now: datetime | None = None) -> Readiness:
    """What keeping the accepted drafts would do; nothing is changed. ``who`` becomes the coder of what was coded."""
    numbers = [number for number, draft in enumerate(review.drafts) if draft.decision is Decision.ACCEPTED]
    if not numbers:
        return Readiness(None, {})
    rows = [_row(review, review.drafts[number], who, now) for number in numbers]
    rehearsal = rehearse(library, InputFile.from_bytes(to_csv(rows), f"{_name(review.document)}.csv"), code)
    passages = tuple(
        passage_at(review.text, review.drafts[numbers[statement.record - 1]].spans, statement.statement_id, review.document.document_id)
        for statement in rehearsal.read.statements
    )
    declared = _declared(library, code, rehearsal)
    signed = [signed_by(statement, review.drafts[numbers[statement.record - 1]], declared) for statement in rehearsal.read.statements]
    signatories = tuple(signatory for one in signed for signatory in one.signatories)
    read = replace(rehearsal.read, documents=(review.document,), passages=passages, signatories=signatories)
    by_number: dict[int, list[Problem]] = {}
    for problem in (*rehearsal.clashes, *read.problems, *(problem for one in signed for problem in one.problems)):
        if problem.record is not None:
            by_number.setdefault(numbers[problem.record - 1], []).append(problem)
    wrong = {number: tuple(found) for number, found in by_number.items()}
    return Readiness(replace(rehearsal, read=read, file_name=_name(review.document)), wrong, passages)


def keep_review(library: Library, code: str, review: Review, *, who: str, why: str, now: datetime | None = None) -> Revision:
    """The revision that adds the accepted drafts with their passages, and the text unless it is not to be stored.

    Drafts that wait for a decision go on being reviewed; when none does, the review ends. Raises ReviewRefused when
    an accepted draft cannot be kept, EditingOff and LedgerError in words; nothing is changed then.
    """
    ready = rehearse_review(library, code, review, who=who, now=now or datetime.now(UTC))
    if ready.rehearsal is None or not ready.can_be_kept:
        raise ReviewRefused(_why_not(ready))
    left = tuple(draft for draft in review.drafts if draft.decision is Decision.WAITING)
    return keep(
        library,
        ready.rehearsal,
        who=who,
        why=why,
        texts=(review.text,) if review.stores_text else (),
        reviewed=review.document.document_id,
        undecided=replace(review, drafts=left) if left else None,
    )


def already_there(workspace: Workspace, review: Review) -> dict[int, StatementRow]:
    """The statement of the data set that each draft repeats: of the same document and place, or with the same words."""
    held = {passage.statement_id: passage for passage in passages_in(workspace, review.document.document_id)}
    by_place = list(_overlapping(review, held.values()))
    quotes = {draft.quote(review.text).strip(): number for number, draft in reversed(list(enumerate(review.drafts[:_MOST_ASKED])))}
    table = workspace.corpus.statements
    asked = table.filter(table.quote.isin(list(quotes))).select("statement_id", "quote")
    by_words = [(quotes[row["quote"]], row["statement_id"]) for row in (workspace.engine.rows(asked) if quotes else ())]
    found: dict[int, str] = {}
    for number, statement_id in (*by_place, *by_words):
        found.setdefault(number, statement_id)
    rows = {row.statement_id: row for row in statements_by_id(workspace.corpus, tuple(found.values()))}
    return {number: rows[statement_id] for number, statement_id in sorted(found.items()) if statement_id in rows}


def drift(workspace: Workspace, review: Review) -> list[tuple[StatementRow, Proof]]:
    """How the statements of an earlier text at the same address stand in this one, in the order of the earlier text.

    None when the address is new, or the text is the one that is known.
    """
    address = review.document.document_url
    earlier = [held for held in documents_of(workspace).values() if address and held.document_url == address]
    found = []
    for document in earlier:
        if document.document_id != review.document.document_id:
            passages = passages_in(workspace, document.document_id)
            rows = {row.statement_id: row for row in statements_by_id(workspace.corpus, [p.statement_id for p in passages])}
            held = [(rows[passage.statement_id], passage) for passage in passages if passage.statement_id in rows]
            found += [(row, prove(passage, document, row.quote, review.text)) for row, passage in held]
    return found


def stored_document(workspace: Workspace, document_id: str) -> tuple[Document, str] | None:
    """A document of the data set and its stored text; ``None`` when either is not there."""
    document = documents_of(workspace).get(document_id) or next(
        (held for key, held in documents_of(workspace).items() if document_id and key.startswith(document_id)), None
    )
    text = workspace.text_of(document.document_id) if document else None
    return (document, text) if document and text is not None else None


def _declared(library: Library, code: str, rehearsal: Rehearsal) -> Declared:
    """The actors the data set knows, and those that are new with these statements."""
    held = library.open(code) if code in library.titles() else None
    known = known_of(held) if held else Declared()
    return replace(known, actors=tuple({actor.actor_id: actor for actor in (*rehearsal.read.actors, *known.actors)}.values()))


def _overlapping(review: Review, passages: Sequence[Passage] | Iterator[Passage]) -> Iterator[tuple[int, str]]:
    known = list(passages)
    for number, draft in enumerate(review.drafts):
        for passage in known:
            if draft.start < passage.spans[-1][1] and passage.spans[0][0] < draft.end:
                yield number, passage.statement_id
                break


def _row(review: Review, draft: Draft, who: str, now: datetime | None) -> dict[str, str]:
    document = review.document
    of_document = {
        "document_title": document.title,
        "publisher": document.publisher,
        "document_url": document.document_url,
        "published_on": document.published_on,
    }
    is_coded = draft.written.get("stance") or draft.written.get("act")
    coded = {"coder": who, "coded_on": str(PartialDate.of(now.date())) if now else ""} if is_coded and who else {}
    return {**of_document, **coded, **draft.written, "quote": draft.quote(review.text), "quote_kind": draft.given_as}


def _dated(document: Document) -> Document:
    """The document with its day of publication in ISO; raises ReviewRefused for a text that is no date for certain."""
    if not document.published_on:
        return document
    day = civil_date(document.published_on)
    if day is None:
        shown = document.published_on[:60]
        raise ReviewRefused(f"{shown!r} is no certain date of publication. Write it like 2016-07-28, 2016-07 or 28 July 2016.")
    return replace(document, published_on=str(day))


def _name(document: Document) -> str:
    return document.title or document.publisher or f"document {document.document_id[:12]}"


def _why_not(ready: Readiness) -> str:
    if ready.rehearsal is None:
        return "Nothing was accepted, so there is nothing to keep. Accept what is a statement."
    if ready.forbidding:
        number = ready.forbidding[0]
        return f"Number {number + 1} cannot be kept: {ready.why_not(number)}. Mend it or reject it."
    return "All of it is in the data set already, so nothing would change. Leave the review."
