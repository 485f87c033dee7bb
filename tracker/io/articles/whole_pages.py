"""Pages that are one statement whole: no marks, no cues, and in the heading who speaks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache

from tracker.core.candidates import Speaker
from tracker.io.articles.date_words import date_words
from tracker.io.articles.drafts import Draft
from tracker.io.articles.headings import Heading, announces
from tracker.io.articles.letters import evened
from tracker.io.articles.offices import offices, same_person
from tracker.io.articles.page_furniture import end_of_words
from tracker.io.articles.transcripts import draft_of_turn
from tracker.io.articles.turns import FEWEST_WORDS, pieces

_DATELINE = re.compile(
    r"\((?:Reuters|AP|AFP|TASS|Xinhua|dpa|EFE|ANSA|ST|UPI|RIA Novosti|SANA|IRNA)\)|/ТАСС/|新华社|РИА Новости|INTERFAX|Интерфакс"
)
_LOOKED_THROUGH, _FIRST_WORDS = 20_000, 3000
_FIRST_LINE = re.compile(r"\s*(?P<line>[^\n]{1,600})\n")
_FIRST_LINES = 5
_QUOTED = re.compile(r"\s*[„“«\"'‘]")
_LABEL = re.compile(r"\s*(?:joint )?(?:statement|declaration|remarks)\b|\s*declaraci|\s*dichiarazion|\s*erklarung|\s*заявлени|\s*заява")
_BEHIND = 40
_FIRST_SENTENCES = 400
_OFTEN = 3
"""A page with so many words for saying in its first characters is a report."""


def whole_page(text: str, title: str, language: str, heading: Heading, left_out: Counter[str]) -> list[Draft] | None:
    """The paragraphs of a page that is one statement, as statements of the person or institution of its heading.

    ``None`` when the heading does not call it a statement, names nobody or has nothing under it, or when the text
    attributes words as reports do: then it is prose.
    """
    speaker = heading.speaker
    if not heading.is_statement or heading.is_interview or not (speaker.name or speaker.organisation or speaker.role):
        return None
    start, announcer = _announced(text, heading, language)
    body = text[start : start + _LOOKED_THROUGH]
    if _DATELINE.search(text[:600]) or (announcer and _QUOTED.match(body)):
        return None
    if _reports(body, language, speaker.name if _is_by(text, heading) else ""):
        return None
    speaker = _fuller(speaker, announcer, language)
    label = re.compile(rf"\s*{re.escape(speaker.name)}\s?[:：]\s*").match(text, start) if speaker.name else None
    start = label.end() if label else start  # "Jane Roe: Good morning!" of a briefing that nobody else speaks in
    found = pieces(text, start, end_of_words(text, start, len(text), with_notes=True))
    left_out["short paragraphs"] += sum(piece.n_words < FEWEST_WORDS for piece in found)
    whose = speaker.resolved or speaker.role
    drafts = [
        draft_of_turn(p.spans, speaker, f"the page is a statement of {whose}, by its heading") for p in found if p.n_words >= FEWEST_WORDS
    ]
    return drafts or None  # a heading with nothing under it is a sentence


def _announced(text: str, heading: Heading, language: str) -> tuple[int, str]:
    """Where the words begin, behind a line like "Minister Roe said in Berlin today:", and all up to there ("" without one).

    What stands before is the page's own summary; the line is one of the first, and names whose page it is unless it is the very first.
    """
    at = heading.end
    for number in range(_FIRST_LINES):
        found = _FIRST_LINE.match(text, at)
        if found is None:
            break
        if announces(found["line"], language) and (not number or _names(found["line"], heading.speaker)):
            return found.end(), text[heading.end : found.end()]
        at = found.end()
    return heading.end, ""


def _names(line: str, speaker: Speaker) -> bool:
    """Whether a line has the role or the surname of a speaker."""
    told = (evened(speaker.role), evened(speaker.name.split()[-1]) if speaker.name else "")
    return any(one and one in evened(line) for one in told)


def _fuller(speaker: Speaker, announcer: str, language: str) -> Speaker:
    """The speaker with the full name and the role that the announcing line has."""
    announcing = offices(announcer, language)
    if speaker.role and not speaker.name:
        named = next((one for one in announcing if one.name and evened(one.role) == evened(speaker.role)), None)
        return replace(speaker, as_written=named.name, name=named.name) if named else speaker
    if announcing and not speaker.name:
        first = announcing[0]
        return replace(
            speaker,
            as_written=first.name or first.role,
            name=first.name,
            role=first.role,
            organisation=first.organisation or speaker.organisation,
            country=first.country or speaker.country,
            country_why=first.why or speaker.country_why,
        )
    same = [o for o in announcing if o.name and speaker.name and same_person(o.name, speaker.name, language)]
    if not same or len(same[0].name.split()) <= len(speaker.name.split()):
        return speaker
    return replace(speaker, name=same[0].name, role=speaker.role or same[0].role)


def _is_by(text: str, heading: Heading) -> bool:
    """Whether a line of the heading calls the page a statement of the person named in it, and not a release about one."""
    lines = [evened(text[a:b]) for a, b in heading.lines]
    surname = evened(heading.speaker.name.split()[-1]) if heading.speaker.name else ""
    return bool(surname) and any(surname in line and _LABEL.match(line) for line in lines)


def _reports(body: str, language: str, own: str = "") -> bool:
    """Whether a closing mark is followed by a word for saying, or such words come often, as in a report.

    In a statement by somebody the sentence or two in which a page says of him that he said it do not count.
    """
    if _said(language).match(evened(body).lstrip()) or _quotes_after(language).search(evened(body[:_FIRST_SENTENCES])):
        return True
    plain, surname = evened(body), evened(own.split()[-1]) if own else ""
    attributed = [match[0] + plain[match.end() : match.end() + _BEHIND] for match in _attribution(language).finditer(plain)]
    if surname and len(attributed) < _OFTEN:
        attributed = [words for words in attributed if surname not in words]
    return bool(attributed) or len(_said(language).findall(plain[:_FIRST_WORDS])) >= _OFTEN


@cache
def _said(language: str) -> re.Pattern[str]:
    words = date_words(language)
    listed = [word for word in words.listed.get("said", ()) if language != "en" or word in ("said", "says", "told", "added")]
    return re.compile(words.bounded(listed))


@cache
def _quotes_after(language: str) -> re.Pattern[str]:
    """A word for saying with a colon and an opening mark behind it."""
    return re.compile(rf"(?:{date_words(language).any_of('said')})(?:\s[^\s.:]+){{0,4}}\s?:\s?[\"“«„]")


@cache
def _attribution(language: str) -> re.Pattern[str]:
    said = date_words(language).any_of("said")
    return re.compile(rf"[”»\"“’'][,.]?\s?[,–—-]?\s?(?:[^\s.!?\"“”«»]+\s){{0,10}}(?:{said})")
