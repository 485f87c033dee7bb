"""Candidates: statements that were found in a document and that nobody has reviewed yet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.core.dates import PartialDate

Span = tuple[int, int]
"""Code points of a text from (inclusive) to (exclusive)."""


class QuoteKind(StrEnum):
    """How words are given: all between quotation marks, some of them, or none."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a statement is attributed to: the words of the document, and what they were taken for.

    ``as_written`` are the words beside the cue ("he", "Kirby", "the ministry"), ``span`` where they stand (``None``
    when they stand nowhere near, as in a transcript's heading), ``described`` the same words with what is set beside them
    ("Kirby, the spokesman"), "" when nothing is. ``name`` is the person's fullest name in the document,
    "" when the speaker is a state or an organisation. ``country`` is ISO 3166-1 alpha-3, "" when nothing tells it, and
    ``country_why`` what tells it. Of several persons who speak as one, ``together`` has each, in order; then there is no
    ``name``, and ``role`` and ``country`` are those they share. ``is_pronoun`` says that the words are only "he", "they", "who".
    ``known_as`` is how the data set spells a person it has already, "" when it has none.
    """

    as_written: str = ""
    span: Span | None = None
    name: str = ""
    role: str = ""
    organisation: str = ""
    country: str = ""
    country_why: str = ""
    described: str = ""
    together: tuple[Speaker, ...] = ()
    is_pronoun: bool = False
    known_as: str = ""

    @property
    def resolved(self) -> str:
        """The name people read: the person, the organisation or the words of the document; "" for a pronoun nobody is known for.

        A pronoun for somebody of whom only the office is known is read as that office.

        >>> known, unknown = Speaker("she", name="Ann Lee", is_pronoun=True), Speaker("she", is_pronoun=True)
        >>> Speaker("the ministry").resolved, known.resolved, unknown.resolved
        ('the ministry', 'Ann Lee', '')
        """
        return self.name or (self.role if self.is_pronoun else "") or self.organisation or ("" if self.is_pronoun else self.as_written)

    @property
    def in_full(self) -> str:
        """The words of the document with what is set beside them.

        >>> Speaker("Kirby", described="Kirby, the spokesman").in_full, Speaker("he").in_full
        ('Kirby, the spokesman', 'he')
        """
        return self.described or self.as_written


@dataclass(frozen=True, slots=True)
class Candidate:
    """One statement found in a document.

    ``spans`` are the parts of it, in order (several for a split quotation); ``quote`` is the text of the parts exactly as
    it stands there, joined by " […] ". ``stated_on`` is ``None`` when the document does not tell it; ``date_as_written``
    are the words it came from, "" when it is only the day of publication. ``confidence`` lies in 0–1 and ``reasons`` say
    in words what raised or lowered it. ``issue_id`` is a suggestion, "" when none is plain.
    """

    spans: tuple[Span, ...]
    quote: str
    kind: QuoteKind
    speaker: Speaker
    cue: str = ""
    cue_span: Span | None = None
    stated_on: PartialDate | None = None
    date_as_written: str = ""
    language: str = ""
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()
    issue_id: str = ""
    is_headline: bool = False

    @property
    def start(self) -> int:
        """Where its first part begins."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where its last part ends."""
        return self.spans[-1][1]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in one document, in the order of the text.

    ``language`` is ISO 639-1; ``published_on`` and ``title`` as given or, where not given, as the text itself says them.
    ``left_out`` says in words what was seen and not taken, and why: each reason with how often.
    """

    candidates: tuple[Candidate, ...]
    language: str = ""
    title: str = ""
    published_on: PartialDate | None = None
    left_out: tuple[tuple[str, int], ...] = ()
