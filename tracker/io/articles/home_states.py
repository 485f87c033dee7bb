"""Whose state a text takes for granted: that of the ministry on whose pages it stands, or of the capital it is written in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from tracker.core.candidates import Speaker
from tracker.io.articles.countries_named import capitals, countries, institutions, official_languages
from tracker.io.articles.word_lists import Word, role_words, words_of

_DATELINE = re.compile(
    r"^[ \t]*(?P<place>[^\W\d_][^\n,/(:.«“\"]{1,30})(?:[,/][^\n«“\":]{0,30})?(?:\s?\([^()\n]{2,30}\))?\s?[-–—]\s", re.MULTILINE
)
"""How an agency begins a report: "MOSCOW, Aug 10 (Reuters) - "."""
_SAID_IN = re.compile(
    r"(?:\b(?:in|à|en|a)\s(?P<place>[^\W\d_][\w-]{2,20}):\s*$)|(?:[,(–—-]\s?(?:(?:à|a|en|in)\s)?(?P<city>[^\W\d_][\w-]{2,20}),?\s(?:le|den|il|el)?\s?\d)",
    re.MULTILINE,
)
"""Where words were said: "said in Berlin today:" at the end of a line, "Paris, le 29 septembre 2016"."""
_HEAD, _BEGINNING, _LONGEST_LINE = 1500, 6000, 300


@dataclass
class Home:
    """The beginning of a document, its language, and the institution that published it with its state."""

    text: str
    language: str
    publisher: tuple[str, str] = ("", "")

    def given_to(self, speaker: Speaker) -> Speaker:
        """The speaker of a government without its name, with the state that the page takes for granted.

        That is the state of the ministry whose page it is; of the capital in which the words were said, when the page names
        that state; of a capital from which is reported in the language of its state ("Berlin (dpa) - … Außenminister Beispiel").
        In a transcript a guest may have the same office, so that none is given there.
        """
        words = words_of(speaker.role)
        is_label = bool(speaker.span) and self.text[speaker.span[1] : speaker.span[1] + 2].lstrip()[:1] in (":", "：")
        if is_label or not words or not role_words(self.language, "government").at(words, 0)[0]:
            return speaker
        code, why = (self.publisher[1], f"the page is one of {self.publisher[0]}") if self.publisher[1] else self._of_place
        return replace(speaker, country=code, country_why=why)

    @cached_property
    def of_dateline(self) -> tuple[str, str]:
        """The state whose capital the report comes from, if the report names that state too; and why.

        Agencies leave out whose ministry it is at home; from Beirut they write of the ministries of Damascus as well.
        """
        for place, code in self._datelines():
            if code in self._states_named:
                return code, f"the report comes from {place!r}"
        return "", ""

    @cached_property
    def _of_place(self) -> tuple[str, str]:
        for found in _SAID_IN.finditer(self.text, 0, min(len(self.text), _HEAD)):
            place, code = _capital(found["place"] or found["city"])
            if code and code in self._states_named | self._institutions_named:
                return code, f"the words were said in {place!r}"
        for place, code in self._datelines():
            if code and self.language in official_languages(code):
                return code, f"the report comes from {place!r}, in the language of that state"
        named = self._of_heading
        is_one = len({code for code, _ in named}) == 1 and self.language in official_languages(named[0][0])
        return (named[0][0], f"the heading names {named[0][1]!r}") if is_one else ("", "")

    @cached_property
    def _of_heading(self) -> list[tuple[str, str]]:
        """The states of institutions that the first line names, and their words."""
        line = self.text[:_LONGEST_LINE].lstrip().partition("\n")[0]
        words = words_of(line)
        found = institutions().found_in(words)
        return [(value.partition("|")[0], line[words[at].start : words[at + n_words - 1].end]) for at, n_words, value in found]

    def _datelines(self) -> list[tuple[str, str]]:
        return [_capital(found["place"]) for found in _DATELINE.finditer(self.text, 0, min(len(self.text), _HEAD))]

    @cached_property
    def _states_named(self) -> frozenset[str]:
        return frozenset(code for _, _, code in countries(self.language).found_in(self._words))

    @cached_property
    def _institutions_named(self) -> frozenset[str]:
        return frozenset(value.partition("|")[0] for _, _, value in institutions().found_in(self._words))

    @cached_property
    def _words(self) -> list[Word]:
        return words_of(self.text[:_BEGINNING])


def _capital(written: str) -> tuple[str, str]:
    """A place and the state whose capital it is; "" when it is none."""
    words = words_of(written)
    n_words, code = capitals().at(words, 0) if words else (0, "")
    return written.strip(), code if n_words and n_words == len(words) else ""
