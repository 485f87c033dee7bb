"""Statements of running text: sentence by sentence, with the speakers and quotations that were open before."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.core.candidates import QuoteKind, Speaker
from tracker.io.articles.attribution import Attribution
from tracker.io.articles.clauses import Clauses
from tracker.io.articles.drafts import Draft
from tracker.io.articles.languages import Language
from tracker.io.articles.page_furniture import without_teasers
from tracker.io.articles.people import Mention
from tracker.io.articles.reported_on import reported_on
from tracker.io.articles.sentences import Paragraph, in_lower_case
from tracker.io.articles.speakers import Speakers
from tracker.io.articles.unclaimed import Place, Reading, label_of, label_within, unclaimed

_COLONS = (":", "：")
_LONGEST_PLACE = 12
_FEWEST_IN_BLOCK = 8
_ONESELF = ("i", "we", "you")
_OF_MARKUP = ("<", "@", "://", ".com/")
"""What stands in posts that a page shows with their markup, and not in words that somebody spoke."""


def read_prose(text: str, paragraphs: Sequence[Paragraph], vocabulary: Language) -> Reading:
    """The statements of running text: ``drafts`` in the order of the text, ``left_out`` what was seen and not taken."""
    own = without_teasers([text[paragraph.start : paragraph.end] for paragraph in paragraphs])
    paragraphs = [paragraph for paragraph, is_own in zip(paragraphs, own, strict=True) if is_own]
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph.sentences]
    in_lower_case(sentences, vocabulary)
    reading = Reading(text, vocabulary, Speakers(text, sentences, vocabulary))
    heads = (label_of(text, paragraph.sentences[0].tokens[0]) for paragraph in paragraphs)
    reading.n_labels = sum(head is not None and head["who"].isupper() for head in heads)
    reading.left_out["teaser of another article"] += len(own) - len(paragraphs)
    number = 0
    for at, paragraph in enumerate(paragraphs):
        reading.byline = _line_after(reading, paragraph, paragraphs[at + 1] if at + 1 < len(paragraphs) else None)
        reading.speakers.salience.paragraph = paragraph.number
        if reading.is_told and _is_words_of_announced(paragraph, text, vocabulary):
            number = _block(reading, paragraph, number)
            continue
        for sentence in paragraph.sentences:
            clauses = Clauses(sentence.tokens, vocabulary)
            subject = clauses.phrases.clause_subject(len(sentence.tokens), clauses.opening)
            _sentence(reading, Place(paragraph, sentence, number, clauses, subject))
            number += 1
        _leave(reading, paragraph)
    reading.drafts = sorted((draft for draft in reading.drafts if draft.spans), key=lambda draft: draft.spans[0])
    return reading


def _is_words_of_announced(paragraph: Paragraph, text: str, vocabulary: Language) -> bool:
    """Whether a paragraph behind a colon is what was said, though it has lost its marks: whole sentences in which somebody says "we"."""
    words = text[paragraph.start : paragraph.end].rstrip()
    if paragraph.quotations or not words.endswith((".", "!", "?", "…")) or any(mark in words for mark in _OF_MARKUP):
        return False
    lows = [token.low for sentence in paragraph.sentences for token in sentence.tokens]
    own = vocabulary.of("pronoun:i") | vocabulary.of("pronoun:we") | vocabulary.of("possessive of first person")
    return len(lows) >= _FEWEST_IN_BLOCK and any(low in own for low in lows)


def _block(reading: Reading, paragraph: Paragraph, number: int) -> int:
    """Take a paragraph as the words that were announced; the number of the sentence behind it."""
    speaker = reading.announced or Speaker()  # who goes on in the next paragraph, if that too has "we"
    draft = Draft([(paragraph.start, paragraph.end)], speaker, paragraph=paragraph.number, kind=QuoteKind.DIRECT)
    draft.sentence_span = (paragraph.start, paragraph.end)
    reading.drafts.append(draft.because("announced by a colon in the paragraph before, without quotation marks", 0.7))
    reading.holder, reading.spoken_of, reading.about = draft, None, None
    _leave(reading, paragraph)
    return number + len(paragraph.sentences)


def _line_after(reading: Reading, paragraph: Paragraph, following: Paragraph | None) -> Speaker | None:
    if following is None or not paragraph.quotations:
        return None
    return reading.speakers.byline(following, is_quoted=not paragraph.quotations[-1].is_closed)


def _sentence(reading: Reading, place: Place) -> None:
    attributions = [found for found in place.clauses.attributions() if not _only_announces(place, found)]
    announced, reading.announced, reading.is_told = reading.announced, None, False
    mentions = list(reading.speakers.people.mentions[place.number])
    made = [_draft(reading, place, attribution, mentions) for attribution in attributions]
    _mentioned(reading, place, mentions, len(place.tokens))
    if announced is not None and place.clauses.quoted and not any(draft.speaker.as_written for draft in made):
        spans = [(place.tokens[at].start, place.tokens[at].end) for at in place.clauses.quoted]
        speaker = label_within(reading, place) or announced
        reading.drafts.append(place.draft(spans, speaker).because("announced by a colon in the paragraph before", 0.9))
    elif not reported_on(reading, place, made):
        unclaimed(reading, place, made)
    if place.subject is not None and not made:
        reading.speakers.acted(place.subject, place.tokens, place.number, place.clauses.phrases)
    _announce(reading, place, made)
    _hold(reading, place, made)
    about = _spoken_of(reading, place, made)
    reading.spoken_of, reading.about = (None, about) if place.sentence.is_last else (about, None)
    for draft in made:
        reading.speakers.salience.speaker(draft.speaker.name, place.number)


def _only_announces(place: Place, attribution: Attribution) -> bool:
    """Whether a colon ends a sentence and only a day or a place stands between the cue and it: "said on Monday (8 Oct) in Berlin:"."""
    tokens, (first, end) = place.tokens, attribution.parts[0]
    leading = place.clauses.words.prepositions | place.clauses.vocabulary.of("only preposition")
    if tokens[-1].low in _COLONS and end <= attribution.cue.first and tokens[first].low in leading:
        return len(attribution.parts) == 1 and attribution.cue.last >= len(tokens) - 2  # "In response to a query, Roe said:"
    is_last = tokens[-1].low in _COLONS and len(attribution.parts) == 1 and first > attribution.cue.last and end >= len(tokens) - 1
    opens = tokens[first].low == "(" or tokens[first].low in place.clauses.words.prepositions
    return is_last and opens and end - first <= _LONGEST_PLACE and all(token.quotation is None for token in tokens[first:end])


def _draft(reading: Reading, place: Place, attribution: Attribution, mentions: list[Mention]) -> Draft:
    tokens, found = place.tokens, attribution.subject
    speaker = Speaker()
    if found is not None:
        _mentioned(reading, place, mentions, found.first)
        speaker = reading.speakers.of(found, tokens, place.number, place.clauses.phrases)
    elif attribution.is_shared and reading.drafts:
        speaker = reading.drafts[-1].speaker
    draft = place.draft([(tokens[first].start, tokens[end - 1].end) for first, end in attribution.parts], speaker)
    if found is not None:
        reading.speakers.acted(found, tokens, place.number, place.clauses.phrases)
    draft.cue_span = (tokens[attribution.cue.first].start, tokens[attribution.cue.last].end)
    draft.cue = reading.text[slice(*draft.cue_span)]
    if attribution.after_content:
        draft.spans = [*reading.waiting, *draft.spans]
    reading.waiting = []
    _explain(draft, attribution)
    reading.drafts.append(draft)
    return draft


def _explain(draft: Draft, attribution: Attribution) -> None:
    draft.because(f"the cue “{draft.cue}”")
    if attribution.subject is None:
        draft.because("nobody is named beside the cue", 0.6)
    elif attribution.is_shared:
        draft.because("the subject stands with an earlier verb", 0.8)
    if attribution.subject is not None and attribution.subject.kind in ("he", "she", "they", "it", "who"):
        named = draft.speaker.name or draft.speaker.organisation
        draft.because(
            f"“{draft.speaker.as_written}” was taken for {named}" if named else "a pronoun stands for nobody known", 0.85 if named else 0.6
        )


def _mentioned(reading: Reading, place: Place, mentions: list[Mention], before: int) -> None:
    """Keep the names of the sentence that stand before a place as those spoken of last."""
    while mentions and mentions[0].first < before:
        mention, subject = mentions.pop(0), place.subject
        is_subject = subject is not None and subject.first <= mention.last <= subject.last
        reading.speakers.salience.mention(mention, is_subject=is_subject)


def _announce(reading: Reading, place: Place, made: list[Draft]) -> None:
    """A paragraph that ends with a colon: what the next one quotes is its speaker's."""
    if not place.sentence.is_last or place.tokens[-1].low not in _COLONS:
        return
    announcing = place.clauses.announcing.subject if place.clauses.announcing else place.subject
    tells = place.clauses.announcing is not None or any(token.low in reading.vocabulary.of("cue:noun") for token in place.tokens)
    reading.is_told = tells and announcing is not None and announcing.kind not in _ONESELF
    if made and made[-1].speaker.as_written:
        reading.announced = made[-1].speaker
    elif announcing is not None:
        reading.announced = reading.speakers.of(announcing, place.tokens, place.number, place.clauses.phrases)
    elif reading.drafts:
        reading.announced = reading.drafts[-1].speaker


def _hold(reading: Reading, place: Place, made: list[Draft]) -> None:
    """Choose the statement that a quotation in the next sentence goes on with: one with marks, and not a relative clause's."""
    tokens, quoted = place.tokens, place.clauses.quoted
    quoting = [draft for draft in made if any(a <= tokens[at].start < b for at in quoted for a, b in draft.spans)]
    main = [draft for draft in quoting or made if draft.speaker.as_written.lower() not in reading.vocabulary.of("pronoun:who")]
    reading.holder = next(iter(main or quoting or made or reading.drafts[-1:]), None)


def _spoken_of(reading: Reading, place: Place, made: list[Draft]) -> Speaker | None:
    """Who a sentence without a statement or quotation is about: "Lee agreed." before a quotation."""
    subject, words = place.subject, place.clauses.words
    if made or place.clauses.quoted or subject is None:
        return None
    if subject.kind not in ("name", "he", "she") and not (subject.kind == "noun" and words.is_role(place.tokens[subject.last].low)):
        return None
    if words.is_verb_second and not place.clauses.is_somebody(subject):
        return None
    return reading.speakers.of(subject, place.tokens, place.number, place.clauses.phrases)


def _leave(reading: Reading, paragraph: Paragraph) -> None:
    reading.was_open = bool(paragraph.quotations) and not paragraph.quotations[-1].is_closed
    reading.label = reading.speakers.byline(paragraph, is_quoted=False)
    if reading.waiting:
        speaker = reading.byline or (reading.drafts[-1].speaker if reading.drafts else Speaker())
        draft = Draft(reading.waiting, speaker, paragraph=paragraph.number)
        draft.sentence_span = (paragraph.start, paragraph.end)
        reading.drafts.append(draft.because("no cue: the speaker before", 0.4))
        reading.waiting = []
