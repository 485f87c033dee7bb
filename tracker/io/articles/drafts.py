"""A statement while its document is being read, and what makes a candidate of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.core.candidates import Candidate, QuoteKind, Span, Speaker
from tracker.io.articles.quotation_marks import Quotation

_JOINT = " […] "
_ALL_BUT_FEW = 0.95
_SURE = {QuoteKind.DIRECT: 0.95, QuoteKind.MIXED: 0.8, QuoteKind.INDIRECT: 0.7}
_GAP = 12
_EDGES = " \t\u00a0,;:—–-"


@dataclass(slots=True)
class Draft:
    """Spans of one statement with its speaker; recognisers and rules fill it, ``finished`` makes the candidate.

    ``confidence`` starts at 1 and is multiplied by what lowers it; each factor has its reason in words.
    """

    spans: list[Span]
    speaker: Speaker
    cue: str = ""
    cue_span: Span | None = None
    paragraph: int = 0
    sentence: int = 0
    confidence: float = 1.0
    reasons: list[str] = field(default_factory=list)
    is_headline: bool = False
    kind: QuoteKind | None = None
    sentence_span: Span = (0, 0)

    def because(self, reason: str, factor: float = 1.0) -> Draft:
        """The draft with one more reason, and its confidence lowered by a factor in 0–1."""
        if reason not in self.reasons:
            self.reasons.append(reason)
            self.confidence *= factor
        return self

    def extended(self, span: Span) -> None:
        """Keep one more part; parts that touch become one."""
        if self.spans and span[0] <= self.spans[-1][1] + 1:
            self.spans[-1] = (self.spans[-1][0], max(span[1], self.spans[-1][1]))
        else:
            self.spans.append(span)

    def finished(self, text: str, quotations: list[Quotation], language: str) -> Candidate:
        """The candidate: spans trimmed, quote and kind read off the text."""
        kind = self._judged(text, quotations)
        spans = tuple(trimmed for span in self.spans if (trimmed := _trimmed(text, span)))
        return Candidate(
            spans=spans,
            quote=_JOINT.join(text[a:b] for a, b in spans),
            kind=kind,
            speaker=self.speaker,
            cue=self.cue,
            cue_span=self.cue_span,
            language=language,
            confidence=round(self.confidence, 2),
            reasons=tuple(self.reasons),
            is_headline=self.is_headline,
        )

    def _judged(self, text: str, quotations: list[Quotation]) -> QuoteKind:
        """Its kind; and how sure a statement of that kind is, as measured on English news (docs/extraction.md)."""
        kind = self.kind or kind_of(text, tuple(self.spans), quotations)
        self.confidence *= _SURE[kind]
        if kind is not QuoteKind.DIRECT:
            self.because("in part without quotation marks" if kind is QuoteKind.MIXED else "without quotation marks")
        if any(not q.is_closed and not _goes_on(text, q) for q in quotations):
            self.because("a quotation mark that never closes", 0.5)
        return kind


def _goes_on(text: str, quotation: Quotation) -> bool:
    """Whether the next paragraph opens with the mark again, as a quotation over several paragraphs does."""
    behind = text[quotation.end : quotation.end + _GAP].lstrip()
    return behind.startswith(text[quotation.start])


def kind_of(text: str, spans: tuple[Span, ...], quotations: list[Quotation]) -> QuoteKind:
    """Direct when all but few of its letters stand between marks, mixed when some do."""
    n_letters = sum(sum(map(str.isalnum, text[a:b])) for a, b in spans)
    n_quoted, first = 0, 0
    for a, b in spans:
        while first < len(quotations) and quotations[first].inner_end <= a:
            first += 1
        for at in range(first, len(quotations)):
            if quotations[at].inner_start >= b:
                break
            n_quoted += sum(map(str.isalnum, text[max(a, quotations[at].inner_start) : min(b, quotations[at].inner_end)]))
    if not n_quoted:
        return QuoteKind.INDIRECT
    return QuoteKind.DIRECT if n_quoted >= _ALL_BUT_FEW * n_letters else QuoteKind.MIXED


def _trimmed(text: str, span: Span) -> Span | None:
    first, last = span
    while first < last and text[first] in _EDGES:
        first += 1
    while last > first and text[last - 1] in _EDGES:
        last -= 1
    return (first, last) if any(map(str.isalnum, text[first:last])) else None
