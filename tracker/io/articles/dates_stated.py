"""The day a statement was made: which expression of time beside its cue tells it, or the day of the document, or neither.

A date beside the topic ("said of Monday's meeting") or inside the statement is not its date. Where an expression may or
may not be the statement's, the date is left open, unless it says the day of the document anyhow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from tracker.core.candidates import Candidate, Span
from tracker.core.dates import PartialDate
from tracker.io.articles.date_words import date_words
from tracker.io.articles.dates_found import TimeExpression, time_expressions
from tracker.io.articles.dates_heading import DayOfDocument
from tracker.io.articles.headings import announces
from tracker.io.articles.letters import evened

_BEFORE, _BEHIND = 240, 160
"""How far from the cue an expression of time is looked for, in characters."""
_STORY = 600
_HOLE = "\ufffc"
_SHORT = 48
_SENTENCE_END = re.compile(r"[.!?]\s")
_ANNOUNCED, _OPENING = 300, ' \t\n"“„«'
_THAT = re.compile(r",?\s+(?:that\s+|dass\s+|,\s*)?")


@dataclass(frozen=True, slots=True)
class StatedOn:
    """A day or none, the words it came from ("" when it is only the day of the document), and why."""

    date: PartialDate | None
    as_written: str = ""
    why: str = ""


_TOLD_OUTLET = {
    code: re.compile(rf"\b(?:{words})\s{_HOLE}{{1,40}}")
    for code, words in {
        "de": "der|dem|den",
        "fr": "(?:au|a|aux)(?: (?:journal|magazine|quotidien|la chaine))?",
        "es": "(?:al|a)(?: (?:diario|periodico|la revista|la cadena))?",
        "it": "(?:al|alla|a)(?: (?:quotidiano|giornale|rivista))?",
    }.items()
}
"""A newspaper in marks: sagte Roe der "Bild" am Mittwoch."""
_GERMAN_ARTICLE = re.compile(r"(?<!,)(?<!,\s)\b(?:der|die|das)\b")
"""No relative clause: those stand behind a comma ("sagte Roe der Zeitung am Mittwoch", but "Roe, der am Mittwoch")."""


@dataclass(frozen=True, slots=True)
class CueSentence:
    """Where a statement is attributed: the sentence, the words for who said it, the cue, and what was said or is quoted."""

    sentence: Span
    speaker: Span | None = None
    cue: Span | None = None
    said: Sequence[Span] = ()


def stated_on(text: str, place: CueSentence, base: PartialDate | None, language: str) -> StatedOn:
    """The day a statement was made, when it was published on ``base``; never a day after that.

    Taken are expressions between speaker and cue, right behind them, and at the head of the sentence; "last week" and the
    like name no day, and then there is none. Without any expression it is ``base`` with ``as_written`` "", unless the
    words say that it was said before. Only some hundred characters are looked at.

    >>> text = "“It is too late,” the envoy said late Wednesday."
    >>> stated_on(text, CueSentence((0, 48), (18, 27), (28, 32), [(0, 17)]), PartialDate(2016, 7, 28), "en").date.words
    '27 July 2016'
    """
    marks = [span for span in (place.speaker, place.cue) if span and place.sentence[0] <= span[0] <= place.sentence[1]]
    if not marks:
        return _default(base)
    window = _Window.around(text, place, marks)
    verdicts = [(_verdict(found, window, language), found) for found in time_expressions(window.text, base, language)]
    for wanted in ("its", "head", "other-cue"):
        for verdict, found in verdicts:
            if verdict == wanted:
                return _told(found, text, window, base, language)
    for verdict, found in verdicts:
        if verdict == "unsure" and (found.date is None or found.date != base):
            return StatedOn(None, "", f"{found.words(window.text).strip()!r} may be the day of something else")
    if _said_before(window, language):
        return StatedOn(None, "", "the words say that it was said before")
    return _default(base)


@dataclass
class Dates:
    """The days of the statements of one document, read in its order."""

    text: str
    day: DayOfDocument
    language: str
    _earlier: dict[str, str] = field(default_factory=dict)

    def dated(self, candidate: Candidate, sentence: Span, quoted: Sequence[Span]) -> Candidate:
        """The candidate with its day; the day of the document where it is a transcript's, or nothing else is said.

        Who was said to have spoken on another day is taken to go on speaking of then: what follows has no date until
        one is written.
        """
        if candidate.cue_span is None and (told := self._announced(candidate)):
            return replace(candidate, stated_on=told.date, date_as_written=told.as_written, reasons=(*candidate.reasons, told.why))
        if candidate.cue_span is None and (sentence == (0, 0) or candidate.speaker.span is None):
            return self._of_document(candidate)
        candidate = self._behind_its_date(candidate)
        found = self._found(candidate, sentence, quoted)
        who = candidate.speaker.resolved.casefold()
        if found.as_written:
            self._earlier[who] = found.as_written if found.date != self.day.date else ""
        elif found.date and self._earlier.get(who):
            found = StatedOn(None, "", f"said after what the same speaker said {self._earlier[who]}: it may be of that day")
        reasons = (*candidate.reasons, *([found.why] if found.as_written or found.date is None else []))
        return replace(candidate, stated_on=found.date, date_as_written=found.as_written, reasons=reasons)

    def _behind_its_date(self, candidate: Candidate) -> Candidate:
        """The candidate without a date that reaches into its words: "said on October 20 that it was so"."""
        start = candidate.spans[0][0] if candidate.spans else 0
        if candidate.cue_span is None or not 0 < start - candidate.cue_span[1] <= _SHORT:
            return candidate
        around = self.text[candidate.cue_span[1] : start + _SHORT]
        offset = candidate.cue_span[1]
        for found in time_expressions(around, self.day.date, self.language):
            first, last = found.start + offset, found.end + offset
            that = _THAT.match(self.text, last)
            if first < start < last and that and that.end() < candidate.spans[0][1]:
                spans = ((that.end(), candidate.spans[0][1]), *candidate.spans[1:])
                return replace(candidate, spans=spans, quote=" […] ".join(self.text[a:b] for a, b in spans))
        return candidate

    def _of_document(self, candidate: Candidate) -> Candidate:
        return replace(candidate, stated_on=self.day.date, date_as_written=self.day.words(self.text))

    def _announced(self, candidate: Candidate) -> StatedOn | None:
        """The day in the line that announces the words: "The Foreign Secretary made the following statement yesterday:"."""
        start, base = candidate.spans[0][0] if candidate.spans else 0, self.day.published_on or self.day.date
        line = self.text[max(0, start - _ANNOUNCED) : start].rstrip(_OPENING).rpartition("\n")[2]
        line = _SENTENCE_END.split(line)[-1]
        found = time_expressions(line, base, self.language) if announces(line, self.language) else []
        if len(found) != 1 or found[0].is_story or _patterns(self.language)["adjacent"].search(evened(line[: found[0].start])):
            return None
        day, words = found[0].date, found[0].words(line).strip()
        is_later = bool(day and base and day.first > base.last)
        return StatedOn(None if is_later else day, words, f"{words!r} in the line that announces it")

    def _found(self, candidate: Candidate, sentence: Span, quoted: Sequence[Span]) -> StatedOn:
        marks = [span for span in (candidate.cue_span, candidate.speaker.span) if span]
        cue = candidate.cue_span or marks[0]
        around = sentence if sentence[0] <= cue[0] < sentence[1] else (min(s[0] for s in marks), max(s[1] for s in marks))
        place = CueSentence(around, candidate.speaker.span, candidate.cue_span, [*candidate.spans, *quoted])
        told = stated_on(self.text, place, self.day.date, self.language)
        if self.day.is_certain or told.date is None:
            return told
        published = stated_on(self.text, place, self.day.published_on, self.language)
        if told.date == published.date:
            return told
        return StatedOn(None, told.as_written, f"it is another day by {self.day.why} than by that of publication")


def _default(base: PartialDate | None) -> StatedOn:
    return StatedOn(base, "", "the day of the document" if base else "no date is written beside it, and the document has none")


@dataclass(frozen=True, slots=True)
class _Window:
    """The words around speaker and cue, with holes where something is said or quoted."""

    text: str
    offset: int
    first: Span
    second: Span

    @classmethod
    def around(cls, text: str, place: CueSentence, marks: list[Span]) -> _Window:
        first, second = min(marks), max(marks)
        start = max(place.sentence[0], first[0] - _BEFORE)
        end = min(max(place.sentence[1], second[1]), second[1] + _BEHIND)
        characters = list(text[start:end])
        for said_from, said_to in place.said:
            low, high = max(said_from, start), min(said_to, end)
            if low < high:
                characters[low - start : high - start] = _HOLE * (high - low)
        return cls("".join(characters), start, (first[0] - start, first[1] - start), (second[0] - start, second[1] - start))


def _told(found: TimeExpression, text: str, window: _Window, base: PartialDate | None, language: str) -> StatedOn:
    words = found.words(window.text).strip()
    day = found.date
    if found.is_story and day and base:
        day = _counted_from_story(found, text, window, base, language)
        if day is None:
            return StatedOn(None, words, f"{words!r} is counted from a day that is not plain")
    if day is None:
        return StatedOn(None, words, f"{words!r} {found.why}")
    if base and day.first > base.last:
        return StatedOn(None, words, f"{words!r} would be after the day of the document")
    return StatedOn(day, words, f"{words!r}: {found.why}")


def _counted_from_story(found: TimeExpression, text: str, window: _Window, base: PartialDate, language: str) -> PartialDate | None:
    """The day before or after the last day the text named; of publication, when it named none."""
    if found.date is None:
        return None
    until = window.offset + found.start
    told = [e for e in time_expressions(text[max(0, until - _STORY) : until], base, language) if not e.is_story]
    if not told:
        return found.date
    anchor = told[-1].date
    if anchor is None or not anchor.day or not base.day:
        return None
    shift = found.date.first - base.first
    return PartialDate.of(anchor.first + shift)


def _verdict(found: TimeExpression, window: _Window, language: str) -> str:
    """Whether the expression is the statement's ("its", "head", "other-cue"), its topic's, or "unsure"."""
    plain = evened(window.text)
    if _is_eve_of_something(found, window, plain, language):
        return "unsure"
    if found.start >= window.second[1]:
        gap, wanted = plain[window.second[1] : found.start], "its"
    elif found.start >= window.first[1] and found.end <= window.second[0]:
        gap, wanted = plain[window.first[1] : found.start], "its"
    elif found.end <= window.first[0]:
        return _before(found, window, plain, language)
    else:
        return "topic"
    return _of_gap(gap, plain[found.end :], wanted, language)


def _is_eve_of_something(found: TimeExpression, window: _Window, plain: str, language: str) -> bool:
    """Whether "on the eve" goes on with what it is the eve of (накануне саммита), and is not the day before."""
    patterns = _patterns(language)
    if not found.is_story or not patterns["eve"].search(plain, found.start, found.end):
        return False
    is_by_speaker = any(0 <= mark[0] - found.end <= 2 for mark in (window.first, window.second))
    return not is_by_speaker and not patterns["not_of"].match(plain, found.end)


def _before(found: TimeExpression, window: _Window, plain: str, language: str) -> str:
    gap = plain[: found.start].rpartition(_HOLE)[2].lstrip(" \"'“”«».,;:!?–—-\n")
    patterns = _patterns(language)
    said = [match for match in patterns["said"].finditer(gap)]
    if said and len(gap) - said[-1].end() < _SHORT:
        return _of_gap(gap[said[-1].end() :], plain[found.end :], "other-cue", language)
    between = plain[found.end : window.first[0]]
    if patterns["speech"].search(gap):
        return _of_gap(gap, plain[found.end :], "head", language)
    is_head = len(gap.split()) <= 3 and len(gap) <= _SHORT and _HOLE not in between and len(between) <= 2 * _SHORT
    return _of_gap(gap, plain[found.end :], "head", language) if is_head else "topic"


def _of_gap(gap: str, behind: str, wanted: str, language: str) -> str:
    """What the words between cue and expression, and those behind it, make of it."""
    patterns = _patterns(language)
    gap = _TOLD_OUTLET[language].sub(" ", gap) if language in _TOLD_OUTLET else gap
    if _HOLE in gap:
        tail = gap.rpartition(_HOLE)[2].strip(" \"'“”«»„.,;")
        return "topic" if tail else "unsure"
    if re.search(r"[.!?;。！？؛]\s", gap) or patterns["stop"].search(_GERMAN_ARTICLE.sub(" ", gap) if language == "de" else gap):
        return "topic"
    if behind.startswith(("'s ", "s' ")) and not patterns["speech"].search(behind[:40]):
        return "topic"
    speech = [match.end() for match in patterns["speech"].finditer(gap)]
    rest = gap[speech[-1] :] if speech else gap
    if patterns["adjacent"].search(rest):
        return "topic" if not speech or rest.strip() not in _of_speech(language) else wanted
    if patterns["topic"].search(rest) or patterns["event"].search(rest):
        return "unsure"
    return wanted


def _of_speech(language: str) -> frozenset[str]:
    """Prepositions that may join a day to a word for speech: "the statement of Monday", заявление от 28 июля."""
    return frozenset(evened(word) for word in date_words(language).listed.get("topic", ()))


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    words = date_words(language)
    found = {kind: re.compile(words.any_of(kind)) for kind in ("stop", "speech", "topic", "event", "earlier", "said")}
    beside = "|".join(words.any_of(kind) for kind in ("adjacent", "topic"))
    found["adjacent"] = re.compile(rf"(?:{beside})\s*$")
    beyond = "|".join(words.any_of(kind) for kind in ("stop", "speech", "lead"))
    found["not_of"] = re.compile(rf"\s*(?:$|[^\w\s]|{beyond})")
    found["eve"] = re.compile(words.any_of("eve"))
    return found


def _said_before(window: _Window, language: str) -> bool:
    plain = evened(window.text)
    between = plain[window.first[1] : window.second[0]]
    near = plain[max(0, window.first[0] - 14) : window.first[0]].rpartition(_HOLE)[2] + " | " + between
    behind = plain[window.second[1] : window.second[1] + 14].partition(_HOLE)[0]
    return bool(_patterns(language)["earlier"].search(f"{near} | {behind}"))
