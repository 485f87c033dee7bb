"""Lines of direct speech that begin with a dash, as novels and newspapers print dialogue: "— Это так, — сказал он. — Но не сейчас." """

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from tracker.core.candidates import Span
from tracker.io.articles.report_sentences import ReportCue, ReportSentence, ReportSentences
from tracker.io.articles.sentences import Paragraph

_OPENING_DASH = re.compile(r"\s*(?P<dash>[—–-])\s*(?=\S)")
_BEFORE_CUE = re.compile(r"(?P<dash>\s[—–-]\s?(?=\w))|[,!?…]\s(?=\w)")
_GOES_ON = re.compile(r"(?<=[.,!?…])\s[—–-]\s(?=\w)|[—–][.,]?\s(?=\w)")
_COMMA_BEFORE_CUE = frozenset({"fr", "tr", "it", "es"})
_MOST_PLACES = 20
_LONGEST_LINE = 4000
_LONGEST_INSERTION = 300
_WORDS_BEFORE_CUE = 6


@dataclass(frozen=True, slots=True)
class DashSpeech:
    """What is said in such a line, part by part, and what the reporter says between or behind, with its cue."""

    spans: list[Span]
    inserted: ReportSentence
    cue: ReportCue


def dash_speech(text: str, paragraph: Paragraph, sentences: ReportSentences) -> DashSpeech | None:
    """The paragraph as a line of speech: a dash, words, and behind another dash a cue; ``None`` when it is none.

    Where dialogue is printed with one dash only (French, Turkish, Italian, Spanish) a comma before the cue is enough, unless
    the line begins with a hyphen, as lists do. Only the first 4,000 characters are looked at, and twenty places in them.
    """
    end = min(paragraph.end, paragraph.start + _LONGEST_LINE)
    opening = _OPENING_DASH.match(text, paragraph.start, end)
    if not opening:
        return None
    has_commas = sentences.language in _COMMA_BEFORE_CUE and opening["dash"] != "-"
    for found in islice(_BEFORE_CUE.finditer(text, opening.end(), end), _MOST_PLACES):
        inserted = _inserted(text, paragraph, sentences, found.end())
        cue = _cue(sentences, inserted, _WORDS_BEFORE_CUE if found["dash"] else 0) if found["dash"] or has_commas else None
        if cue is not None:
            behind = [(inserted.end, paragraph.end)] if text[inserted.end : paragraph.end].strip() else []
            return DashSpeech([(opening.end(), found.start()), *behind], inserted, cue)
    return None


def _inserted(text: str, paragraph: Paragraph, sentences: ReportSentences, start: int) -> ReportSentence:
    """The reporter's words from a place to where the speech goes on behind another dash."""
    latest = min(paragraph.end, start + _LONGEST_INSERTION)
    goes_on = _GOES_ON.search(text, start, latest)
    return sentences.made(start, goes_on.end() if goes_on else latest, paragraph)


def _cue(sentences: ReportSentences, inserted: ReportSentence, most: int) -> ReportCue | None:
    """The cue with at most so many words before it, and nothing but words."""
    cue = next((cue for cue in sentences.cues(inserted) if cue.kind == "say"), None)
    if cue is None or cue.first > most or not all(word.is_letters for word in inserted.words[: cue.first]):
        return None
    return cue
