"""Persons named by one word beside a verb of speech, whom no office and no first name introduces: "Роу заявила, что …"."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from tracker.core.candidates import Span
from tracker.io.articles.languages import language as vocabulary
from tracker.io.articles.outlets import outlet_at
from tracker.io.articles.report_cues import cue_list, evened_words
from tracker.io.articles.word_lists import Word, role_words

_SHORTEST = 4
_OPENING = frozenset(',.:;!?«»"“”„—–-')
LANGUAGES = frozenset({"fr", "es", "it", "ru", "uk"})


def lone_names(text: str, words: Sequence[Word], language: str) -> list[Span]:
    """Where one capitalised word stands right before a verb of speech, or right behind one that closes words."""
    leads = evened_words(language, "preposition") | {word.split()[-1] for word in evened_words(language, "cue:according")}
    large = _written_large_within(words, leads)
    return [
        (words[_without_honorific(words, place, language)].start, word.end)
        for place, word in enumerate(words)
        if _can_be_name(text, words, place, language)
        and (_is_before_cue(words, place, language, large) or _is_behind_cue(words, place, language))
    ]


def _can_be_name(text: str, words: Sequence[Word], place: int, language: str) -> bool:
    word = words[place]
    written = text[word.start : word.end]
    is_compound = written.partition("-")[2][:1].islower()  # "Telegram-канале"
    if not word.is_capital or not word.is_letters or len(written) < _SHORTEST or written.isupper() or is_compound:
        return False
    listed = vocabulary(language)
    if written.lower() in listed.of("never a name") or written.lower() in listed.of("day") or outlet_at(words, place):
        return False
    beside = [words[other] for other in (place - 1, place + 1) if 0 <= other < len(words)]
    is_part = any(
        other.is_capital and not other.low.endswith(".") and text[min(word.end, other.end) : max(word.start, other.start)] == " "
        for other in beside
    )
    return not is_part and not cue_list(language).at(words, place)[0]


def _is_before_cue(words: Sequence[Word], place: int, language: str, large: set[str]) -> bool:
    """Whether a verb follows, and the word is a name: by its ending, within a sentence, or written large within another."""
    at = place + 1
    while at < len(words) and words[at].low in evened_words(language, "auxiliary"):
        at += 1
    if at >= len(words) or cue_list(language).at(words, at)[1] != "say":
        return False
    if place and words[place - 1].low in evened_words(language, "preposition"):
        return False  # "Посол в Риме заявил"
    ends = tuple(evened_words(language, "surname ending"))
    return words[place].low in large or (bool(ends) and words[place].low.endswith(ends))


def _is_behind_cue(words: Sequence[Word], place: int, language: str) -> bool:
    """Whether the word follows a verb that closes words: "…», заявил Рябов"."""
    known = cue_list(language)
    place = _over_initials(words, place)
    length = next((n for n in (1, 2, 3) if place >= n and known.at(words, place - n) == (n, "say")), 0)
    before = place - length - 1
    while before >= 0 and words[before].low in evened_words(language, "auxiliary"):
        before -= 1
    return length > 0 and before >= 0 and words[before].low in _OPENING


def _without_honorific(words: Sequence[Word], place: int, language: str) -> int:
    """The place of the initials before a surname that are no "M."."""
    first = _over_initials(words, place)
    return place if role_words(language, "honorific").at(words, first)[0] else first


def _over_initials(words: Sequence[Word], place: int) -> int:
    """The place of the initials before a surname, or the place itself: "І.Прикладний"."""
    before = words[place - 1] if place else None
    if before is None or not before.low.endswith("."):
        return place
    if len(before.low) > 1:
        return place - 1 if before.is_capital else place
    return place - 2 if place > 1 and words[place - 2].is_capital and words[place - 2].end - words[place - 2].start == 1 else place


def _written_large_within(words: Sequence[Word], leads: AbstractSet[str]) -> set[str]:
    """The words that are written with a capital behind a small one: no first words of sentences."""
    return {
        word.low
        for before, word in pairwise(words)
        if word.is_capital and before.is_letters and (not before.is_capital or before.low in leads) and 0 < word.start - before.end < 2
    }
