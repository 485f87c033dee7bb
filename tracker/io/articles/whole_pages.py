"""Pages that are one statement whole: no marks, no cues, and in the heading who speaks."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from tracker.io.articles.date_words import date_words
from tracker.io.articles.drafts import Draft
from tracker.io.articles.headings import Heading
from tracker.io.articles.letters import evened
from tracker.io.articles.transcripts import draft_of_turn
from tracker.io.articles.turns import FEWEST_WORDS, pieces

_DATELINE = re.compile(
    r"\((?:Reuters|AP|AFP|TASS|Xinhua|dpa|EFE|ANSA|ST|UPI|RIA Novosti|SANA|IRNA)\)|/ТАСС/|新华社|РИА Новости|INTERFAX|Интерфакс"
)
_LOOKED_THROUGH, _FIRST_WORDS = 20_000, 3000
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
    body = text[heading.end : heading.end + _LOOKED_THROUGH]
    if _DATELINE.search(text[:600]) or _reports(body, language):
        return None
    found = pieces(text, heading.end, len(text))
    left_out["short paragraphs"] += sum(piece.n_words < FEWEST_WORDS for piece in found)
    whose = speaker.resolved or speaker.role
    drafts = [
        draft_of_turn(p.spans, speaker, f"the page is a statement of {whose}, by its heading") for p in found if p.n_words >= FEWEST_WORDS
    ]
    return drafts or None  # a heading with nothing under it is a sentence


def _reports(body: str, language: str) -> bool:
    """Whether a closing mark is followed by a word for saying, or such words come often, as in a report."""
    plain = evened(body)
    return bool(_attribution(language).search(plain)) or len(_said(language).findall(plain[:_FIRST_WORDS])) >= _OFTEN


@cache
def _said(language: str) -> re.Pattern[str]:
    words = date_words(language)
    listed = [word for word in words.listed.get("said", ()) if language != "en" or word in ("said", "says", "told", "added")]
    return re.compile(words.bounded(listed))


@cache
def _attribution(language: str) -> re.Pattern[str]:
    said = date_words(language).any_of("said")
    return re.compile(rf"[”»\"“’'][,.]?\s?[,–—-]?\s?(?:[^\s.!?\"“”«»]+\s){{0,4}}(?:{said})")
