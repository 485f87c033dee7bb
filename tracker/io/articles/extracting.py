"""From the text of a document to candidate statements.

The stages, in order:

1. the language, given or found (``language_of``);
2. **recognisers** of documents that are not prose: transcripts, verbatim records, pages that are one statement. Each is
   a function ``(Document) -> list[Draft] | None`` in ``RECOGNISERS``; the first that answers something else than ``None``
   decides, and the rules for prose are not tried;
3. **prose** (``read_prose``): paragraphs, quotation marks, cues, who spoke, what belongs to them;
4. **finishers**, for drafts of 2 and 3 alike: each is a function ``(Candidate, Draft, Document) -> Candidate`` in
   ``FINISHERS`` and fills what the rules leave open: role, organisation and country, the date, the suggested issue. A
   draft has ``sentence_span``, ``cue_span`` and ``speaker`` (words, span, name) to work from;
5. **nominals**: "the minister" is the person of that office named last (``Nominals``);
6. **known spokespersons**: who is in the data set already is told with the spelling and the state it has there (``recognised``).

Every stage takes time linear in the text, and none raises on any text.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from tracker.core.candidates import Candidate, Extraction, Span, Speaker
from tracker.core.dates import PartialDate
from tracker.core.model import Issue, Spokesperson
from tracker.io.articles.countries_named import publisher_of, state_of_domain
from tracker.io.articles.dates_heading import day_of_document
from tracker.io.articles.dates_stated import Dates
from tracker.io.articles.drafts import Draft
from tracker.io.articles.hansard import hansard
from tracker.io.articles.headings import Heading, heading_of
from tracker.io.articles.issues_suggested import IssueWords
from tracker.io.articles.joint_speakers import JointSpeakers
from tracker.io.articles.known_spokespersons import KnownSpokespersons, recognised, with_state_known_to_all
from tracker.io.articles.language_found import language_found
from tracker.io.articles.languages import Language, language
from tracker.io.articles.mentions import Mentions
from tracker.io.articles.nominals import Nominals
from tracker.io.articles.prose import read_prose
from tracker.io.articles.quotation_marks import Quotation
from tracker.io.articles.reports import LANGUAGES as REPORTED
from tracker.io.articles.reports import Reports
from tracker.io.articles.sentences import Paragraph, paragraphs
from tracker.io.articles.speakers_placed import Offices
from tracker.io.articles.transcripts import transcript
from tracker.io.articles.un_verbatim import un_verbatim
from tracker.io.articles.whole_pages import whole_page
from tracker.io.articles.words import words_of


@dataclass
class Document:
    """A text to be read, with what is known of it; the parts of it are made when first asked for."""

    text: str
    published_on: PartialDate | None
    language: str
    title: str
    url: str = ""
    issues: IssueWords = field(default_factory=lambda: IssueWords(()))
    left_out: Counter[str] = field(default_factory=Counter)

    @cached_property
    def vocabulary(self) -> Language:
        """The words of its language."""
        return language(self.language)

    @cached_property
    def dates(self) -> Dates:
        """Its own day, and the days of its statements."""
        return Dates(self.text, day_of_document(self.text, self.published_on, self.language, self.title), self.language)

    @cached_property
    def offices(self) -> Offices:
        """The offices it names."""
        return Offices.of(self.text, self.language, self.title, publisher_of(self.url), state_of_domain(self.url))

    @cached_property
    def joint_speakers(self) -> JointSpeakers:
        """Who speaks together in it."""
        return JointSpeakers(self.text, self.language, self.offices.found, self.offices.placed)

    @cached_property
    def heading(self) -> Heading:
        """Its heading: whose page it is, and what it calls itself."""
        return heading_of(self.text, self.title, self.language, publisher_of(self.url))

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """Its paragraphs, with their sentences and quotations."""
        return list(paragraphs(self.text, self.vocabulary))

    @cached_property
    def quotations(self) -> list[Quotation]:
        """Its quotations, in order."""
        return [quotation for paragraph in self.paragraphs for quotation in paragraph.quotations]

    def quotations_near(self, span: Span) -> list[Quotation]:
        """The quotations that lie in a span, or reach into it."""
        first = bisect_left(self.quotations, span[0], key=lambda quotation: quotation.end)
        last = bisect_left(self.quotations, span[1], key=lambda quotation: quotation.start)
        return self.quotations[first:last]


def with_office(candidate: Candidate, draft: Draft, document: Document) -> Candidate:
    """The candidate with role, organisation and country of its speaker."""
    speaker = candidate.speaker
    if speaker.as_written.lower() in _pronouns(document.language):
        return replace(candidate, speaker=_behind_pronoun(speaker, document))
    placed = document.joint_speakers.of(document.offices.placed(speaker), candidate.cue_span)
    if not placed.together:
        return replace(candidate, speaker=placed)
    each = "; ".join(", ".join(part for part in (one.name, one.role, one.country) if part) for one in placed.together)
    return replace(candidate, speaker=placed, reasons=(*candidate.reasons, f"several speak together: {each}"))


def _behind_pronoun(speaker: Speaker, document: Document) -> Speaker:
    """The pronoun with what is known of the person or body it stands for."""
    if speaker.name:
        return replace(document.offices.placed(replace(speaker, as_written=speaker.name)), as_written=speaker.as_written)
    if not speaker.organisation:
        return speaker
    body = document.offices.placed(Speaker(speaker.organisation))
    return replace(speaker, country=body.country, country_why=body.country_why)


def _pronouns(code: str) -> frozenset[str]:
    return frozenset(word for word, kind in words_of(code).pronouns.items() if kind in _PRONOUNS)


def with_day(candidate: Candidate, draft: Draft, document: Document) -> Candidate:
    """The candidate with the day it was stated on, if the document tells it."""
    said = [(q.start, q.end) for q in document.quotations_near(draft.sentence_span)]
    return document.dates.dated(candidate, draft.sentence_span, said)


def with_issue(candidate: Candidate, draft: Draft, document: Document) -> Candidate:
    """The candidate with the issue of the data set that it is plainly about."""
    return replace(candidate, issue_id=document.issues.suggested(candidate.quote)) if document.issues.weights else candidate


def _transcript(document: Document) -> list[Draft] | None:
    """The turns of a transcript; ``None`` for an article that quotes far more than it has turns."""
    left_out: Counter[str] = Counter()
    found = transcript(document.text, document.language, document.heading, left_out)
    if found is None or (not found and document.quotations) or len(document.quotations) > _MOST_QUOTED * (len(found) + 1):
        return None
    document.left_out.update(left_out)
    return found


_MOST_QUOTED = 4
_PRONOUNS = ("he", "she", "they", "it", "who", "i", "we", "you")
Recogniser = Callable[[Document], "list[Draft] | None"]
Finisher = Callable[[Candidate, Draft, Document], Candidate]


def _reports(document: Document) -> list[Draft] | None:
    """News in a language that has its own rules for who says what; ``None`` for the others."""
    if document.language not in REPORTED:
        return None
    mentions = Mentions(document.text, document.language, document.offices.found)
    reports = Reports(document.text, document.paragraphs, document.language, mentions)
    drafts = reports.read()
    document.left_out.update(reports.left_out)
    return drafts


RECOGNISERS: tuple[Recogniser, ...] = (
    lambda d: un_verbatim(d.text, d.language, d.heading, d.left_out),
    lambda d: hansard(d.text, d.language, d.left_out),
    lambda d: _transcript(d),
    lambda d: whole_page(d.text, d.title, d.language, d.heading, d.left_out),
    lambda d: _reports(d),
)
FINISHERS: tuple[Finisher, ...] = (with_office, with_day, with_issue)


def extract(
    text: str,
    *,
    published_on: PartialDate | date | None,
    language: str | None = None,
    title: str | None = None,
    url: str = "",
    issues: Iterable[Issue] = (),
    spokespersons: Iterable[Spokesperson] = (),
) -> Extraction:
    """The candidate statements of a document, in the order of the text.

    Offsets are code points of ``text`` as given. Candidates do not overlap; one may stand between the parts of another. A text
    without statements gives none; no text
    raises. ``published_on`` is the day relative words like "Thursday" count from; without it they stay words. ``url`` is
    where the document stands: pages of ministries we know say whose they are. ``issues`` are those to suggest from, ``spokespersons``
    those that the data set has: met again, they are told with its spelling, and with its state where the document tells none.

    >>> [(c.quote, c.speaker.name) for c in extract('"Not now," John Kirby said.', published_on=None).candidates]
    [('"Not now,"', 'John Kirby')]
    """
    day = PartialDate.of(published_on) if isinstance(published_on, date) else published_on
    document = Document(text, day, language_of(text, language), title or "", url, IssueWords.of(issues))
    drafts = next((found for recognise in RECOGNISERS if (found := recognise(document)) is not None), None)
    if drafts is None:
        reading = read_prose(text, document.paragraphs, document.vocabulary)
        drafts = reading.drafts
        document.left_out.update(reading.left_out)
    candidates = [candidate for draft in _apart(drafts) if (candidate := _finished(draft, document)).spans]
    nominals = Nominals(text, document.language, document.offices.found, document.offices.placed)
    known, states = KnownSpokespersons.of(spokespersons), document.offices.home.states_named
    return Extraction(
        tuple(with_state_known_to_all(recognised(one, known, states), states) for one in nominals.resolved(candidates)),
        document.language,
        document.title or document.heading.title(text),
        document.published_on or document.dates.day.date,
        tuple((+document.left_out).most_common()),
    )


def language_of(text: str, given: str | None) -> str:
    """The language to read a text in: the one given, else the one its words are of, else English.

    >>> language_of("Le ministre a dit que ce n'est pas le cas.", None), language_of("", None), language_of("x", "ru-RU")
    ('fr', 'en', 'ru')
    """
    return given.lower()[:2] if given else language_found(text) or "en"


def _finished(draft: Draft, document: Document) -> Candidate:
    quoted = document.quotations_near((draft.spans[0][0], draft.spans[-1][1])) if draft.spans else []
    candidate = draft.finished(document.text, quoted, document.language)
    for finish in FINISHERS:
        candidate = finish(candidate, draft, document)
    return candidate


def _apart(drafts: list[Draft]) -> list[Draft]:
    """The drafts in order, without those parts that reach into a part an earlier draft has already."""
    taken: list[Span] = []
    kept = []
    for draft in sorted((d for d in drafts if d.spans), key=lambda d: d.spans[0]):
        draft.spans = [span for span in sorted(draft.spans) if _is_free(span, taken)]
        for span in draft.spans:
            insort(taken, span)
        if draft.spans:
            kept.append(draft)
    return kept


def _is_free(span: Span, taken: list[Span]) -> bool:
    at = bisect_left(taken, span)
    return (at == 0 or taken[at - 1][1] <= span[0]) and (at == len(taken) or span[1] <= taken[at][0])
