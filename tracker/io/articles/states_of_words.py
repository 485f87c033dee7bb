"""The state that a row of words is, or whose institution it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.core.candidates import Span, Speaker
from tracker.io.articles.countries_named import OF_OTHERS_TOO, capitals, countries, institutions
from tracker.io.articles.home_states import Home
from tracker.io.articles.languages import language as vocabulary
from tracker.io.articles.offices import Office
from tracker.io.articles.states_together import states_together
from tracker.io.articles.word_lists import Word, words_of

_ARTICLES_WORDS = "the a an le la les l' el los las il lo i gli der die das den dem"
ARTICLES = frozenset(_ARTICLES_WORDS.split())
ITSELF = "the state itself is named"
"""Why somebody is of a state: the speaker is that state."""
_OPENING, _BEFORE_SPEAKER, _LONGEST_BEFORE = 60, 60, 400
_BEGINNINGS = ("\n", ". ", " - ", " – ", " — ")
_IN_A_PLACE = re.compile(r"(?:^|(?<=[\n.!?”\"»] )|(?<=\n))(?:In|À|A|En) (?P<place>[^\W\d_][\w’' -]{2,20}), (?:[a-zà-ý']{1,3}[ ’'])?$")
"""Where somebody spoke, at the head of a sentence, right before who it was."""


def state_of(words: Sequence[Word], language: str, is_institution: bool) -> tuple[str, str]:
    """The state that the words are, or whose institution they name; a capital only when it speaks for its state."""
    for place, n_words, code in countries(language).found_in(words):
        if states_together(words, place, language):
            return "", ""
        return code, ITSELF if n_words == len(words) else "its state is named"
    for _, _, value in institutions().found_in(words):
        code, _, what = value.partition("|")
        return code, f"it is {what}"
    n_words, code = capitals().at(words, 0)
    if n_words == len(words) or (n_words and is_institution):
        return code, "its capital speaks for a state"
    return "", ""


def state_that_answers(text: str, answers: Sequence[Span], language: str) -> Speaker:
    """The state with whose name answers begin, where nobody else is named: "R - La France est préoccupée"; nobody when several do.

    >>> speaker = state_that_answers("La France est préoccupée.", [(0, 25)], "fr")
    >>> speaker.as_written, speaker.country
    ('France', 'FRA')
    """
    begun = []
    for start, end in answers:
        words = words_of(text, start, min(end, start + _OPENING))
        first = int(bool(words) and words[0].low in ARTICLES)
        n_words, code = countries(language).at(words, first) if len(words) > first else (0, "")
        begun += [(words[first].start, words[first + n_words - 1].end, code)] if n_words else []
    if len({code for _, _, code in begun}) != 1:
        return Speaker()
    return Speaker(text[begun[0][0] : begun[0][1]], country=begun[0][2], country_why="an answer begins with the state itself")


def place_before(text: str, span: Span | None) -> tuple[str, str]:
    """The state of the capital that opens the sentence of a speaker, and why; "" without one.

    >>> place_before("In Athens, the foreign ministry said so.", (15, 31))
    ('GRC', "it spoke in 'Athens'")
    """
    before = _IN_A_PLACE.search(text, max(0, span[0] - _BEFORE_SPEAKER), span[0]) if span else None
    words = words_of(before["place"]) if before else []
    n_words, code = capitals().at(words, 0) if words else (0, "")
    return (code, f"it spoke in {before['place']!r}") if before and n_words == len(words) else ("", "")


def owner_of_its(text: str, span: Span | None, language: str) -> tuple[str, str]:
    """The state whose "its foreign minister" is, which opens the sentence with a verb behind it, and why; "" without one.

    >>> text = "OSLO - Norway is worried, its foreign minister said."
    >>> owner_of_its(text, (26, 46), "en")
    ('NOR', "'Norway' opens the sentence")
    """
    if not span or text[slice(*span)].partition(" ")[0].lower() not in vocabulary(language).of("possessive of states"):
        return "", ""
    line = max(text.rfind(mark, max(0, span[0] - _LONGEST_BEFORE), span[0]) + len(mark) for mark in _BEGINNINGS)
    words = words_of(text, line, span[0])
    first = int(bool(words) and words[0].low in ARTICLES)
    n_words, code = countries(language).at(words, first) if len(words) > first else (0, "")
    acts = n_words and first + n_words < len(words) and words[first + n_words].is_letters and not words[first + n_words].is_capital
    return (code, f"{text[words[first].start : words[first + n_words - 1].end]!r} opens the sentence") if acts else ("", "")


def is_within(organisation: str, fuller: str) -> bool:
    """Whether every word of an institution begins a word of its fuller name alike, so that one ministry is not another."""
    beginnings = {word.low.removeprefix("ال")[:4] for word in words_of(fuller)}
    return all(word.low.removeprefix("ال")[:4] in beginnings for word in words_of(organisation) if word.low not in ARTICLES)


def names_institution(words: Sequence[Word]) -> bool:
    """Whether words name an institution that only one state has."""
    return any(institutions().found_in(words))


def at_home(office: Office, home: Home) -> Office:
    """An office with the state whose capital a report begins with right before it; without one that only most of that name have, when
    the page is of another."""
    if not office.country and (opened := home.of_opening(office.span, office.role))[0]:
        return replace(office, country=opened[0], why=opened[1])
    is_default = office.why.endswith(OF_OTHERS_TOO) and home.is_elsewhere(office.country)
    return replace(office, country="", why="") if is_default else office
