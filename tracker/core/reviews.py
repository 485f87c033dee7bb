"""A review: the candidates of one document on their way to statements, decided on by a person one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from tracker.core.beside import Signatory
from tracker.core.candidates import Candidate, Extraction, QuoteKind, Span
from tracker.core.documents import PARTS_BREAK, Document, document_id_of, lie_in
from tracker.core.signing import first_and_others

_OF_A_PERSON = ("role", "country", "organisation")


_CLOSING = {"“": "”“", "„": "“”", "«": "»", "»": "«", '"': '"', "「": "」", "『": "』", "‘": "’", "‹": "›", "”": "”"}


class Decision(StrEnum):
    """What the person decided about a candidate."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Draft:
    """One candidate under review: where its words stand, and the columns of ``statements.csv`` as they would be kept.

    ``written`` holds only columns that have something, never the quote, which is always read from the text. ``parts``
    are the two drafts this one was merged from, so that splitting gives them back. ``signatories`` say it together with who
    stands in ``written``: their ``actor`` is as written, their ids are given when it is kept.
    """

    spans: tuple[Span, ...]
    written: Mapping[str, str] = field(default_factory=dict)
    decision: Decision = Decision.WAITING
    kind: str = ""
    cue: str = ""
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()
    parts: tuple[Draft, ...] = ()
    signatories: tuple[Signatory, ...] = ()

    @property
    def start(self) -> int:
        """Where its first part begins."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where its last part ends."""
        return self.spans[-1][1]

    @property
    def given_as(self) -> str:
        """The kind of quote it would be kept as: what a person said, else what was found; "" when neither tells it."""
        return self.written.get("quote_kind", self.kind)

    def quote(self, text: str) -> str:
        """Its words, exactly as they stand in the text; the parts joined by ``PARTS_BREAK``."""
        return PARTS_BREAK.join(text[start:end] for start, end in self.spans)


@dataclass(frozen=True)
class Review:
    """The text, its document and the drafts in the order of the text.

    ``origin`` names the feed that brought the document, "" when a person did. ``left_out`` says what the extraction saw
    and did not take, and how often. With ``stores_text`` False the text is forgotten when the review ends.
    """

    text: str
    document: Document
    drafts: tuple[Draft, ...] = ()
    stores_text: bool = True
    origin: str = ""
    left_out: tuple[tuple[str, int], ...] = ()

    def n(self, decision: Decision) -> int:
        """How many drafts were decided so."""
        return sum(draft.decision is decision for draft in self.drafts)

    @property
    def accepted(self) -> tuple[Draft, ...]:
        """The drafts that would become statements."""
        return tuple(draft for draft in self.drafts if draft.decision is Decision.ACCEPTED)


def review_of(text: str, extraction: Extraction, document: Document | None = None, *, origin: str = "") -> Review:
    """The review that begins with an extraction; what the document does not say is taken from the extraction.

    Candidates whose spans do not lie in the text are left out and counted; quotation marks around words are no part of
    them. The id and length are those of the text.
    """
    given = document or Document("")
    known = replace(
        given,
        document_id=document_id_of(text),
        n_characters=len(text),
        title=given.title or extraction.title,
        language=given.language or extraction.language,
        published_on=given.published_on or str(extraction.published_on or ""),
    )
    sound = [candidate for candidate in extraction.candidates if lie_in(candidate.spans, len(text))]
    n_lost = len(extraction.candidates) - len(sound)
    left_out = (*extraction.left_out, *([("its place does not lie in the text", n_lost)] if n_lost else []))
    drafts = sorted((_draft_of(text, candidate, known.language) for candidate in sound), key=lambda draft: draft.spans)
    return Review(text, known, tuple(drafts), origin=origin, left_out=left_out)


def without_marks(text: str, span: Span) -> Span:
    """The span without the quotation marks around all of it; as it is when they are only around some of its words.

    A mark that is opened and not closed within the span (a paragraph that goes on) is left out too.

    >>> [slice(*without_marks(text, (0, len(text)))) for text in ("“Yes.”", "“Yes” and “no”", "“Yes,", "the “no”", "“”")]
    [slice(1, 5, None), slice(0, 14, None), slice(1, 5, None), slice(0, 8, None), slice(0, 2, None)]
    """
    start, end = span
    closing = _CLOSING.get(text[start], "")
    inner = text[start + 1 : end]
    is_closed = bool(inner) and inner[-1] in closing
    inner = inner[:-1] if is_closed else inner
    if not closing or not inner.strip() or any(mark in inner for mark in (text[start], *closing)):
        return span
    return (start + 1, start + 1 + len(inner))


def decide(review: Review, number: int, decision: Decision) -> Review:
    """The review with a decision on one draft (counted from 0) and on the drafts it was merged from."""
    return _changed(review, number, lambda draft: replace(draft, decision=decision))


def edit(review: Review, number: int, changes: Mapping[str, str]) -> Review:
    """The review with other texts in columns of one draft, "" to empty one; the quote cannot be changed.

    >>> one = Review("Yes.", Document("d"), (Draft(((0, 3),), {"role": "Minister"}),))
    >>> edit(one, 0, {"role": "", "issue": "peace", "quote": "No"}).drafts[0].written
    {'issue': 'peace'}
    """

    def edited(draft: Draft) -> Draft:
        held = {**draft.written, **changes}
        return replace(draft, written={name: text for name, text in held.items() if text and name != "quote"})

    return _changed(review, number, edited)


def edit_alike(review: Review, number: int, changes: Mapping[str, str]) -> Review:
    """``edit``, and the same role, country or organisation for every draft of that spokesperson that has nothing there.

    >>> held = [Draft(((0, 1),), {"spokesperson": "A"}), Draft(((1, 2),), {"spokesperson": "A"}), Draft(((2, 3),))]
    >>> [draft.written.get("country") for draft in edit_alike(Review("abc", Document("d"), tuple(held)), 0, {"country": "FRA"}).drafts]
    ['FRA', 'FRA', None]
    """
    after = edit(review, number, changes)
    name = after.drafts[number].written.get("spokesperson")
    for place, draft in enumerate(after.drafts):
        given = {column: text for column, text in changes.items() if column in _OF_A_PERSON and text and column not in draft.written}
        if name and given and draft.written.get("spokesperson") == name:
            after = edit(after, place, given)
    return after


def sign(review: Review, number: int, signatories: Sequence[Signatory]) -> Review:
    """The review in which these say the words of one draft together with who stands in its columns; none for nobody else.

    >>> one = Review("Yes.", Document("d"), (Draft(((0, 3),)),))
    >>> sign(one, 0, [Signatory("", "", actor="SWE")]).drafts[0].signatories[0].actor
    'SWE'
    """
    return _changed(review, number, lambda draft: replace(draft, signatories=tuple(signatories)))


def merge(review: Review, number: int) -> Review:
    """The review in which a draft and the next one are one of several parts; where both fill a column the first one's text stays.

    It waits for a decision unless both were decided alike. Raises ValueError for the last draft.
    """
    if not 0 <= number < len(review.drafts) - 1:
        raise ValueError(f"draft {number} has no next one")
    first, second = review.drafts[number : number + 2]
    kind = first.given_as if first.given_as == second.given_as else QuoteKind.MIXED.value
    merged = Draft(
        spans=_joined((*first.spans, *second.spans)),
        written={**second.written, **first.written, **({"quote_kind": kind} if kind else {})},
        decision=first.decision if first.decision is second.decision else Decision.WAITING,
        kind=kind,
        cue=first.cue or second.cue,
        confidence=min(first.confidence, second.confidence),
        reasons=tuple(dict.fromkeys((*first.reasons, *second.reasons))),
        parts=(first, second),
        signatories=first.signatories or second.signatories,
    )
    return _with(review, number, 2, merged)


def split(review: Review, number: int, at: int | None = None) -> Review:
    """The review in which a draft is two: the words before and from the place ``at`` of the text, spaces at the cut left out.

    Without a place a merged draft falls into what it was merged from, another one after its first part. Both halves keep
    the columns and wait for a decision. Raises ValueError where there is nothing on one side.
    """
    draft = review.drafts[number]
    if at is None:
        if draft.parts:
            return _with(review, number, 1, *draft.parts)
        at = draft.spans[0][1]
    halves = [_trimmed(review.text, spans) for spans in _cut(draft.spans, at)]
    if not all(halves):
        raise ValueError(f"draft {number} has no words on both sides of {at}")
    return _with(review, number, 1, *(_half(review.text, draft, half) for half in halves))


def _half(text: str, draft: Draft, spans: tuple[Span, ...]) -> Draft:
    """A draft of these words of another one; of one that is partly quoted a half may be all quoted, or not at all."""
    half = replace(draft, spans=spans, decision=Decision.WAITING, parts=())
    if draft.given_as != QuoteKind.MIXED.value:
        return half
    bare = tuple(without_marks(text, span) for span in spans)
    kind = kind_by_marks(text, bare) or QuoteKind.INDIRECT.value
    return replace(half, spans=bare, kind=kind, written={**half.written, "quote_kind": kind})


def kind_by_marks(text: str, spans: Sequence[Span]) -> str:
    """Direct when all parts stand between quotation marks, mixed when marks stand in or around some, "" without marks.

    >>> [kind_by_marks("He said the “new” plan. “Yes,” he", [span]) for span in ((25, 29), (8, 22), (3, 11))]
    ['direct', 'mixed', '']
    """
    around = [text[end : end + 1] in tuple(_CLOSING.get(text[start - 1 : start], "")) for start, end in spans]
    if all(around):
        return QuoteKind.DIRECT.value
    inside = any(mark in text[start:end] for start, end in spans for mark in _CLOSING if mark != "’")
    return QuoteKind.MIXED.value if any(around) or inside else ""


def can_split(review: Review, number: int) -> bool:
    """Whether a draft falls into parts without saying where."""
    draft = review.drafts[number]
    return bool(draft.parts) or len(draft.spans) > 1


def add(review: Review, spans: Sequence[Span]) -> tuple[Review, int]:
    """The review with one more draft, accepted, that a person found, and its number; raises ValueError for spans outside the text."""
    if not lie_in(spans, len(review.text)):
        raise ValueError("the words do not lie in the text")
    told = {"quote_kind": kind_by_marks(review.text, spans), "quote_language": review.document.language}
    written = {name: value for name, value in told.items() if value}
    found = Draft(tuple(spans), written, Decision.ACCEPTED, written.get("quote_kind", ""), reasons=("marked by hand",))
    drafts = sorted((*review.drafts, found), key=lambda draft: draft.spans)
    return replace(review, drafts=tuple(drafts)), next(place for place, draft in enumerate(drafts) if draft is found)


def next_waiting(review: Review, number: int) -> int:
    """The next draft after this one that waits for a decision, from the beginning after the last; this one when none does.

    >>> two = Review("ab", Document("d"), (Draft(((0, 1),)), Draft(((1, 2),), decision=Decision.REJECTED)))
    >>> next_waiting(two, 1), next_waiting(two, 0)
    (0, 0)
    """
    n = len(review.drafts)
    order = ((number + step) % n for step in range(1, n + 1)) if n else iter(())
    return next((place for place in order if review.drafts[place].decision is Decision.WAITING), number)


def _draft_of(text: str, candidate: Candidate, language: str) -> Draft:
    speaker, signatories = first_and_others(candidate.speaker)
    written = {
        "stated_on": str(candidate.stated_on or ""),
        "stated_on_given": candidate.date_as_written,
        "country": speaker.country,
        "organisation": speaker.organisation,
        "spokesperson": speaker.known_as or speaker.name or ("" if speaker.organisation or speaker.is_pronoun else speaker.as_written),
        "role": speaker.role,
        "issue": candidate.issue_id,
        "quote_language": candidate.language or language,
        "quote_kind": candidate.kind.value,
    }
    return Draft(
        spans=tuple(without_marks(text, span) for span in candidate.spans),
        written={name: value for name, value in written.items() if value},
        kind=candidate.kind.value,
        cue=candidate.cue,
        confidence=candidate.confidence,
        reasons=candidate.reasons,
        signatories=signatories,
    )


def _changed(review: Review, number: int, change: Callable[[Draft], Draft]) -> Review:
    def deep(draft: Draft) -> Draft:
        return replace(change(draft), parts=tuple(map(deep, draft.parts)))

    return _with(review, number, 1, deep(review.drafts[number]))


def _with(review: Review, number: int, n_replaced: int, *drafts: Draft) -> Review:
    if not 0 <= number < len(review.drafts):
        raise ValueError(f"there is no draft {number}")
    return replace(review, drafts=(*review.drafts[:number], *drafts, *review.drafts[number + n_replaced :]))


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order; those that overlap are one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _cut(spans: Sequence[Span], at: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    before = tuple((start, min(end, at)) for start, end in spans if start < at)
    after = tuple((max(start, at), end) for start, end in spans if end > at)
    return before, after


def _trimmed(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans without spaces at the ends of each; none is left of a span of spaces."""
    found = []
    for start, end in spans:
        words = text[start:end]
        start, end = end - len(words.lstrip()), start + len(words.rstrip())
        if start < end:
            found.append((start, end))
    return tuple(found)
