"""Quotations that no cue claims: they go on with a statement before, stand alone, or are no statement at all."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from tracker.core.candidates import Span, Speaker
from tracker.io.articles.clauses import Clauses
from tracker.io.articles.drafts import Draft
from tracker.io.articles.languages import Language
from tracker.io.articles.phrases import Phrase
from tracker.io.articles.sentences import ENDS, Paragraph, Sentence, Token
from tracker.io.articles.speakers import Speakers
from tracker.io.articles.titles import is_title

_LABEL = re.compile(r"(?P<who>[^\W\d_][\w.'’-]{1,20}(?: [^\W\d_a-z][\w.'’-]{1,20}){0,2}):\s")
_SUBJECTS = ("name", "noun", "he", "she", "they")


@dataclass
class Reading:
    """What is known while a document is read: its statements so far, and what may still go on.

    ``waiting`` are quotations at the head of a paragraph that no cue has claimed yet; ``holder`` is the statement that a
    quotation right after goes on with; ``announced`` is the speaker a colon announced, ``is_told`` that a verb of speech did it;
    ``label`` one named by the line before, ``byline`` by the line behind, ``has_headings`` whether lines of a name stand before what
    they sign, once that is known; ``spoken_of`` the subject of a sentence without a statement right before, ``about`` that of the
    paragraph before; ``n_labels`` the paragraphs whose quotation begins with a label in capitals.
    """

    text: str
    vocabulary: Language
    speakers: Speakers
    drafts: list[Draft] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    waiting: list[Span] = field(default_factory=list)
    holder: Draft | None = None
    announced: Speaker | None = None
    is_told: bool = False
    label: Speaker | None = None
    byline: Speaker | None = None
    has_headings: bool | None = None
    spoken_of: Speaker | None = None
    about: Speaker | None = None
    was_open: bool = False
    n_labels: int = 0

    @property
    def last(self) -> Draft | None:
        """The statement a quotation would go on with."""
        return self.holder or (self.drafts[-1] if self.drafts else None)


@dataclass
class Place:
    """A sentence being read, with its paragraph, its number in the document and its subject."""

    paragraph: Paragraph
    sentence: Sentence
    number: int
    clauses: Clauses
    subject: Phrase | None

    @property
    def tokens(self) -> list[Token]:
        """The tokens of the sentence."""
        return self.sentence.tokens

    @property
    def is_quotation_only(self) -> bool:
        """Whether it has no word outside quotations."""
        return all(not token.is_word for token in self.tokens)

    @property
    def whole(self) -> Span:
        """From its first word to its last, without the full stop."""
        last = len(self.tokens) - 1
        while last > 0 and self.tokens[last].text in ENDS:
            last -= 1
        return self.tokens[0].start, self.tokens[last].end

    def draft(self, spans: list[Span], speaker: Speaker) -> Draft:
        """A statement that stands in this sentence."""
        draft = Draft(spans, speaker, paragraph=self.sentence.paragraph, sentence=self.number)
        draft.sentence_span = (self.tokens[0].start, self.tokens[-1].end)
        return draft


def unclaimed(reading: Reading, place: Place, made: list[Draft]) -> None:
    """Take the quotations of a sentence that none of its cues took, or count them as left out."""
    tokens = place.tokens
    taken = [span for draft in made for span in draft.spans]
    speakers = [draft.speaker.span for draft in made if draft.speaker.span]
    left = [at for at in place.clauses.quoted if not any(a <= tokens[at].start < b for a, b in [*taken, *speakers])]
    if reading.waiting and not made and not left and not place.clauses.quoted:
        _signed_line(reading, place)
    if not left:
        return
    if place.tokens[0].text[0] == "<":
        reading.left_out["within markup"] += len(left)
    elif made:
        for at in left:
            _beside(reading, at, tokens, made)
    elif left[0] == 0 and _goes_on(reading, place, left):
        return
    elif place.is_quotation_only and not place.sentence.is_last:
        reading.waiting += [(tokens[at].start, tokens[at].end) for at in left]
    elif not _is_free(reading, place, left):
        for at in left:
            _alone(reading, place, at)


def _beside(reading: Reading, at: int, tokens: list[Token], made: list[Draft]) -> None:
    """A quotation beside a cue that took other words: it belongs to the nearest cue."""
    token = tokens[at]
    if is_title(tokens, at, reading.vocabulary):
        reading.left_out["title of a work or a name in quotation marks"] += 1
        return
    nearest = min(made, key=lambda draft: abs((draft.cue_span or (0, 0))[0] - token.start))
    nearest.spans = sorted([*nearest.spans, (token.start, token.end)])


def _goes_on(reading: Reading, place: Place, left: list[int]) -> bool:
    """Whether a quotation goes on with the statement before: in its paragraph, over an open end, or a paragraph alone."""
    last, tokens, sentence = reading.last, place.tokens, place.sentence
    if reading.waiting:
        return False
    if sentence.is_first and (labelled := label_within(reading, place)) is not None:
        spans = [(tokens[at].start, tokens[at].end) for at in left]
        reading.drafts.append(place.draft(spans, labelled).because("a label within the marks", 0.8))
        return True
    alone = place.is_quotation_only
    spans = [(tokens[at].start, tokens[at].end) for at in left] if alone else [place.whole]
    if reading.spoken_of is not None and not sentence.is_first:
        draft = place.draft(spans, reading.spoken_of)
        reading.drafts.append(draft.because("no cue: the subject of the sentence before", 0.7))
        return True
    if last is not None and (last.paragraph == sentence.paragraph or (reading.was_open and sentence.is_first)):
        for span in spans:
            last.extended(span)
        last.paragraph = sentence.paragraph
        last.because("goes on after the cue")
        return True
    if not (alone and sentence.is_first and _is_quotation_only(place.paragraph)):
        return False
    line = _line_of(reading)
    speaker = line or (last.speaker if last else reading.about)
    if speaker is None:
        return False
    why = ("named by a line of its own", 0.8) if line else ("a paragraph of quotation only: the speaker before", 0.7)
    reading.drafts.append(place.draft(spans, speaker).because(*why))
    return True


def label_of(text: str, token: Token) -> re.Match[str] | None:
    """What stands before a colon at the head of a quotation."""
    return _LABEL.match(text, token.quotation.inner_start, token.quotation.inner_end) if token.quotation else None


def label_within(reading: Reading, place: Place) -> Speaker | None:
    """Who a quotation that begins with a label says speaks: “LEE: Not now.”; ``None`` for a word that is nobody here."""
    found = label_of(reading.text, place.tokens[0])
    if found is None:
        return None
    words = [word.capitalize() if word.isupper() else word for word in found["who"].split()]
    if not reading.speakers.people.is_known(words) and not (found["who"].isupper() and reading.n_labels > 1):
        return None
    return Speaker(found["who"], found.span("who"), reading.speakers.people.resolve(words))


def _line_of(reading: Reading) -> Speaker | None:
    """Who the line of a name before or behind a paragraph of quotation signs it for: as the first such line of the document does."""
    if reading.has_headings is None and (reading.label or reading.byline):
        reading.has_headings = reading.label is not None
    return reading.label if reading.has_headings else reading.byline


def _is_free(reading: Reading, place: Place, left: list[int]) -> bool:
    """Whether a sentence goes on in the words of the speaker before, without a cue: “Any operation would be "unwise".”"""
    last, tokens = reading.last, place.tokens
    if last is None or last.paragraph != place.sentence.paragraph or last.sentence != place.number - 1 or left[0] == 0:
        return False
    subject, words = place.subject, place.clauses.words
    if subject is None or subject.kind not in ("noun", "it") or words.is_actor(tokens[subject.last].low):
        return False
    after = [tokens[at - 1].low for at in left]
    if not any(low in words.be or low in words.marking for low in after) or any(is_title(tokens, at, reading.vocabulary) for at in left):
        return False
    draft = place.draft([place.whole], last.speaker)
    reading.drafts.append(draft.because("no cue: goes on in the words of the speaker before", 0.5))
    return True


def _is_quotation_only(paragraph: Paragraph) -> bool:
    return all(not token.is_word for sentence in paragraph.sentences for token in sentence.tokens)


def _alone(reading: Reading, place: Place, at: int) -> None:
    """A quotation in a sentence without a cue: its subject's, if it is more than a word or two and no title."""
    tokens = place.tokens
    signed = _signature(reading, place, at)
    if signed is None and (is_title(tokens, at, reading.vocabulary) or _n_words(tokens[at]) < place.clauses.words.fewest_alone):
        reading.left_out["a word or two in quotation marks without a cue"] += 1
        return
    subject = place.subject if place.subject and place.subject.last < at and place.subject.kind in _SUBJECTS else None
    if subject is not None and place.clauses.words.is_verb_second and not place.clauses.is_somebody(subject):
        subject = None  # every noun has a capital
    named = reading.speakers.of(subject, tokens, place.number, place.clauses.phrases) if subject else None
    speaker = (
        signed
        or named
        or _line_of(reading)
        or reading.speakers.named_before(at, tokens, place.number)
        or (reading.last.speaker if reading.last else Speaker())
    )
    why = (
        ("signed with a name", 0.9)
        if signed
        else ("no cue: the subject of the sentence", 0.4)
        if named
        else ("no cue: the nearest name", 0.3)
    )
    spans = [(tokens[at].start, tokens[at].end)]
    if signed:
        spans, reading.waiting = [*reading.waiting, *spans], []
    reading.drafts.append(place.draft(spans, speaker).because(*why))


def _signature(reading: Reading, place: Place, at: int) -> Speaker | None:
    """The name that signs a quotation behind it: “Not now.” — Ann Lee, teacher."""
    found = place.clauses.phrases.behind(at)
    return reading.speakers.of(found, place.tokens, place.number, place.clauses.phrases) if found else None


def _signed_line(reading: Reading, place: Place) -> None:
    """The sentence behind a quotation, when it is a name and nothing else: “Not now.” Ann Lee, teacher."""
    found = place.clauses.phrases.line()
    if found is None:
        return
    speaker = reading.speakers.of(found, place.tokens, place.number, place.clauses.phrases)
    reading.drafts.append(place.draft(reading.waiting, speaker).because("signed with a name", 0.9))
    reading.waiting = []


def _n_words(token: Token) -> int:
    return len(token.text.split())
