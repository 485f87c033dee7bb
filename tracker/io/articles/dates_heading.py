"""The day a document gives itself: in its heading, or in the dateline of an agency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tracker.core.candidates import Span
from tracker.core.dates import PartialDate, Precision
from tracker.io.articles.date_words import date_words
from tracker.io.articles.dates_found import TimeExpression, time_expressions
from tracker.io.articles.letters import evened

HEAD = 2000
"""How much of a document is looked through for its heading, in characters."""
_LONGEST_LINE = 300
_AFTER_DATELINE = 2
_LONGEST_PLACE = 48
"""Behind so many characters of a line that ends as a sentence a day is the topic's: "… the attack in Salisbury, on 4 March 2018."."""
_AFTER_HEADING = 31
_BEFORE_IT = re.compile(r"(?:^|[,،(|–—/:\[;·•-]|\.\s)\s*$")
_BEHIND_IT = re.compile(r"\s*(?:$|[),،|·•–—/:\].;-]|\d{1,2}[:.]\d\d|года?\b|г\.|року\b|р\.)")
_OF_THE_PAGE = re.compile(
    r"(?i)\b(?:published|posted|updated|last modified|retrieved|accessed|publié|mis à jour|publicado|actualizado|veröffentlicht|"
    r"aktualisiert|опубликован\w*|обновлен\w*|размещено|дата публикации|pubblicato|aggiornato|yayın\w*|güncelle\w*|опубліковано)"
    r"|نشر في|آخر تحديث|发布时间|来源"
)
_CREDIT = re.compile(r"[.,]?\s*(?:\(|\[|©|Photo\b|AP\b|AFP\b|EPA\b|Reuters\b|REUTERS\b|Getty\b|Xinhua\b|TASS\b|Sputnik\b)")
"""What follows the day in the line under a photograph: "… in Luxembourg, April 3 2017. (AFP/John Doe)"."""
_PLACED = re.compile(r"[,(–—]\s*[^\W\d_][\w’'-]{1,24},?\s(?:le|den|il|el)\s*$")
"""A place and an article before a day: "…, Paris le 29 septembre 2016"."""
_DELIVERED = re.compile(r"(?:delivered on|delivered|prononcee? le|gehalten am|pronunciado el|pronunciato il)\s?:?\s*$")
_SEVERAL = 2
_PLACE = re.compile(r"[^\d.!?\n]{0,40}[,.(/\s]*$")
_AGENCY = re.compile(
    r"\s*(?:/|\(|,|\.)?\s*[^\s()/.,]*(?:\s[^\s()/.,]+)?\s*(?:\)|/|\.)?\s*[-–—:]|\s*\([^()\n]{2,30}\)|电|[.]?\s*/[^/\n]{2,20}/"
)


@dataclass(frozen=True, slots=True)
class DayOfDocument:
    """A document's own day, or that of publication; ``span`` is where it stands, ``None`` when it was only given.

    ``published_on`` is the day of publication as given, which may be another.
    """

    date: PartialDate | None = None
    span: Span | None = None
    why: str = ""
    published_on: PartialDate | None = None

    @property
    def is_certain(self) -> bool:
        """Whether the document and what is known of its publication name one day, or only one of them names any."""
        return self.published_on in (None, self.date)

    def words(self, text: str) -> str:
        """The words of the document that say it; "" when it was only given."""
        return text[self.span[0] : self.span[1]].strip() if self.span else ""


def day_of_document(text: str, published_on: PartialDate | None, language: str, title: str = "") -> DayOfDocument:
    """The day in the heading or dateline when it agrees with what is known of publication; else ``published_on``.

    A day in the heading that belongs to the topic ("on the attack of 26 July 2016") is none; of several that differ, none
    is taken but the day of publication. ``title`` is looked at where the text has nothing.

    >>> day_of_document("Daily Press Briefing - July 6, 2016\\n\\nMS ROE: Good morning.", None, "en").date.words
    '6 July 2016'
    >>> day_of_document("MOSCOW, Oct 24 (Reuters) - Russia said", PartialDate(2016, 10, 25), "en").date.words
    '24 October 2016'
    """
    dated = list(_of_heading(text[:HEAD], published_on, language))
    if published_on not in {found.date for found in dated}:
        dated = _plainest(dated, text)
    dates = {found.date for found in dated}
    if published_on in dates or len(dates) == 1:
        found = next(found for found in dated if found.date == published_on or len(dates) == 1)
        return DayOfDocument(found.date, (found.start, found.end), "the day in the heading", published_on)
    found = _of_dateline(text[:HEAD], published_on, language)
    if found:
        return DayOfDocument(found.date, (found.start, found.end), "the day in the dateline", published_on)
    titled = {found.date for found in _of_heading(title[:_LONGEST_LINE], published_on, language)}
    if len(titled) == 1 and not dates:
        return DayOfDocument(next(iter(titled)), None, "the day in the title", published_on)
    return DayOfDocument(published_on, None, "the day of publication" if published_on else "", published_on)


def _plainest(dated: list[TimeExpression], text: str) -> list[TimeExpression]:
    """Of several days in a heading those that plainly are its own: alone on a line, "Delivered on …", "…, Paris le …"."""
    if len({found.date for found in dated}) < _SEVERAL:
        return dated
    plain = [found for found in dated if _is_plain(found, text)]
    return plain if len({found.date for found in plain}) == 1 else dated


def _is_plain(found: TimeExpression, text: str) -> bool:
    start = text.rfind("\n", 0, found.start) + 1
    end = text.find("\n", found.end)
    before, behind = evened(text[start : found.start]), text[found.end : len(text) if end < 0 else end]
    return (not before.strip() and not behind.strip(" .")) or _is_placed(before, found.words(text))


def _is_placed(before: str, words: str) -> bool:
    """Whether a place with an article, or "Delivered on", stands before a day; the article may be counted to the day."""
    article = words.partition(" ")[0].lower() + " "
    return bool(_PLACED.search(before) or _PLACED.search(before + article) or _DELIVERED.search(before))


def heading_lines(text: str) -> Iterator[Span]:
    """Where the lines of the heading stand: those before the first long paragraph, at most sixteen."""
    position, n_lines = 0, 0
    for line in text[:HEAD].splitlines(keepends=True):
        start, position = position, position + len(line)
        if len(line) > _LONGEST_LINE or n_lines == 16:
            return
        if line.strip():
            n_lines += 1
            yield start, start + len(line.rstrip())


def _of_heading(text: str, published_on: PartialDate | None, language: str) -> Iterator[TimeExpression]:
    for start, end in heading_lines(text):
        line = text[start:end]
        if not any(c.isdigit() for c in line) or _OF_THE_PAGE.search(line):
            continue
        for found in time_expressions(line, published_on, language):
            if _is_own_day(found, line, published_on, language):
                yield TimeExpression(found.start + start, found.end + start, found.date, found.why)


def _is_own_day(found: TimeExpression, line: str, published_on: PartialDate | None, language: str) -> bool:
    if not found.date or found.date.precision is not Precision.DAY or not re.search(r"[0-9]{4}", evened(found.words(line))):
        return False
    is_line = not line[: found.start].strip() and not line[found.end :].strip(" .")
    n_days = (published_on.first - found.date.first).days if published_on and published_on.day else 0
    before, behind = evened(line[: found.start]), line[found.end :]
    is_spoken = bool(_of_speech(language).search(before))
    if n_days < -int(is_line) or (n_days > _AFTER_HEADING and not (is_line or is_spoken)):
        return False  # the clock of the page may be ahead of that of who read it; a page may be read years later
    in_sentence = found.start > _LONGEST_PLACE and (line.rstrip().endswith((".", "!", "?", "…")) or bool(_CREDIT.match(behind)))
    stands_alone = not in_sentence and bool(_BEFORE_IT.search(before)) and (bool(_BEHIND_IT.match(behind)) or not before.strip())
    return stands_alone or is_spoken or _is_placed(before, found.words(line))


@cache
def _of_speech(language: str) -> re.Pattern[str]:
    """The word for a briefing or statement right before a day: "press conference on 3 August 2016".

    "Conférence" alone is what the page is about; "conférence de presse" is the page.
    """
    words = date_words(language)
    listed = words.listed.get("speech", ())
    plain = [word for word in listed if not any(other.startswith(f"{word} ") for other in listed)]
    return re.compile(rf"{words.bounded(plain)}[^.,;!?]{{0,12}}$")


def _of_dateline(text: str, published_on: PartialDate | None, language: str) -> TimeExpression | None:
    if not published_on or not published_on.day:
        return None
    for start in _paragraph_starts(text):
        line = text[start : start + 120].partition("\n")[0]
        for found in time_expressions(line, published_on, language)[:1]:
            day = found.date
            if not day or not day.day or not _PLACE.match(line[: found.start]) or not _AGENCY.match(line, found.end):
                continue
            head = line[: found.start]
            is_place = head[:1].isupper() or not head.isascii()
            if found.start <= 48 and is_place and 0 <= (published_on.first - day.first).days <= _AFTER_DATELINE:
                return TimeExpression(found.start + start, found.end + start, day, found.why)
    return None


def _paragraph_starts(text: str) -> Iterator[int]:
    yield 0
    yield from (found.end() for found in re.finditer(r"\n\s*", text))
