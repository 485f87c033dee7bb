"""Whose state a text takes for granted: that of the ministry on whose pages it stands, or of the capital it is written in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

from tracker.core.candidates import Span, Speaker
from tracker.io.articles.countries_named import OF_OTHERS_TOO, capitals, countries, institutions, official_languages
from tracker.io.articles.cues import NOUNS
from tracker.io.articles.languages import language
from tracker.io.articles.names_beside import agencies
from tracker.io.articles.word_lists import Word, role_words, words_of

_DATELINE = re.compile(
    r"^[ \t]*(?P<place>[^\W\d_][^\n,/(:.«“\"]{1,30}?)(?:[,/][^\n«“\":]{0,30})?(?:\s?\([^()\n]{2,30}\))?"
    r"(?:\s?(?:--|[-–—])\s|\.?\s?/[^/\n]{2,20}/\.?\s)",
    re.MULTILINE,
)
"""How an agency begins a report: "MOSCOW, Aug 10 (Reuters) - ", "MOSCOW, August 10. /TASS/."."""
_TIGHT_DATELINE = re.compile(r"^[ \t]*(?P<place>[^\W\d_][^\n,/(:.«“\"]{1,30}?), [^\n«“\":]{1,30}[-–—](?=[^\W\d_])", re.MULTILINE)
"""The same written without a blank: "Damascus, SANA-The ministry"."""
_COLON_DATELINE = re.compile(r"^[ \t]*(?P<place>[A-Z][A-Z .'-]{2,20}):\s(?=[^\n]{60})", re.MULTILINE)
"""The same in capitals before a colon: "BEIJING: China opposes it"."""
_MINISTRY_SAID = re.compile(
    r",[”\"]? (?:the|a|its) (?:[Ff]oreign |[Dd]efen[cs]e |[Ii]nterior )?(?:[Mm]inistry|government)\b[^,.\n]{0,40} said\b"
)
_AGENCY_OPENS = re.compile(r"^[ \t]*[(\[]?(?P<agency>[^\W\d_][\w ]{1,20}?)[)\]]?\s?(?:--|[-–—])\s", re.MULTILINE)
"""How a paper begins what an agency wrote: "IRNA – "."""
_SAID_IN = re.compile(
    r"(?:\b(?:in|à|en|a)\s(?P<place>[^\W\d_][\w-]{2,20}):\s*$)|(?:[,(–—-]\s?(?:(?:à|a|en|in)\s)?(?P<city>[^\W\d_][\w-]{2,20}),?\s(?:le|den|il|el)?\s?\d)",
    re.MULTILINE,
)
"""Where words were said: "said in Berlin today:" at the end of a line, "Paris, le 29 septembre 2016"."""
_GOVERNMENT_OF = re.compile(r"\b[Tt]he Government of (?P<state>[^\W\d_][\w ]{2,30})")
_CITY = re.compile(r"\b(?:in|à|en|a)\s(?P<place>[^\W\d_][\w-]{2,20})")
"""A place in running text of a language that few states share: "sagte am Mittwoch in Berlin"."""
_HEAD, _BEGINNING, _LONGEST_LINE, _SHORT_LINE = 1500, 6000, 300, 120
_VERB_WITHIN = 3
_RIGHT_BEHIND = 6
_AGAIN, _OFTEN = 2, 3
_OF_DOMAIN = "the page lies under the domain"
_WITH_OWN_WORD = frozenset({"DEU", "AUT"})
"""States whose "Präsident" is a "Bundespräsident"."""
_NO_MINISTERS = frozenset({"USA"})
"""States without ministers: their pages and reports speak of the ministers of others."""


_TAKEN_FOR_GRANTED = ("the page ", "the report ", "the words were said", "the heading ", "the text ")


def is_taken_for_granted(why: str) -> bool:
    """Whether a state was only what a page takes for granted, and not told of the person.

    >>> is_taken_for_granted("the page is one of the State Department"), is_taken_for_granted("its state is named")
    (True, False)
    """
    return why.startswith(_TAKEN_FOR_GRANTED) or why.endswith("is that state's agency")


@dataclass
class Home:
    """The beginning of a document, its language, and the institution that published it with its state."""

    text: str
    language: str
    publisher: tuple[str, str] = ("", "")
    domain: str = ""

    def given_to(self, speaker: Speaker, leads_name: bool = False) -> Speaker:
        """The speaker of a government without its name, with the state that the page takes for granted.

        That is the state of the ministry whose page it is; of the capital in which the words were said, when the page names
        that state; of a capital from which is reported in the language of its state ("Berlin (dpa) - … Außenminister Beispiel");
        of the state a report begins with, or comes from, when it names no other more often. A president at home ("President Roe",
        the office right before the name) has it too; in English, where that may be the American one, only from the page's own state.
        In a transcript a guest may have the same office, so that none is given there but the state whose government the person
        of the heading speaks of.
        """
        is_label = bool(speaker.span) and self.text[speaker.span[1] : speaker.span[1] + 2].lstrip()[:1] in (":", "：")
        is_head = leads_name and self._is_wholly("head of state", speaker.role)
        is_head = is_head or self._is_wholly("party member", speaker.role)
        is_minister = self._is_of_government(speaker.role)
        if is_label and is_minister and speaker.name and speaker.name.split()[-1] in self.text[:_LONGEST_LINE]:
            return replace(speaker, country=self._of_own_government[0], country_why=self._of_own_government[1])
        is_own_official = is_label and self.publisher[1] in _NO_MINISTERS and bool(speaker.role) and not (is_head or is_minister)
        if is_own_official and not self._is_of_others(speaker.role):
            return replace(speaker, country=self.publisher[1], country_why=f"the page is one of {self.publisher[0]}")
        is_of_one_named = role_words(self.language, "said before").before(words_of(speaker.role), len(words_of(speaker.role)))[0] > 0
        if is_label or not (is_head or is_minister) or self._has_unknown_adjective(speaker.role):
            return speaker
        code, why = self._of_page if is_head and self.language == "en" else self._of_report
        is_other = self.language == "de" and speaker.role.lower().startswith("präsident") and code in _WITH_OWN_WORD
        if is_other:
            return speaker
        is_elsewhere = is_of_one_named and why.startswith(_OF_DOMAIN)  # "the minister of the republic", which the text has named
        return speaker if is_elsewhere or (code in _NO_MINISTERS and not is_head) else replace(speaker, country=code, country_why=why)

    def is_elsewhere(self, code: str) -> bool:
        """Whether an office that some states have, as "Bundeskanzler", is here not that of the state it mostly is of.

        So it is where the page or the report comes from another state of the text's language, or names such states and not that one.
        """
        reported_from = [one for _, one in self._datelines() if one and (self.language == "en" or self.language in official_languages(one))]
        at_home = [one for one in (self.publisher[1], self.domain) if one and (one == code or self.language in official_languages(one))]
        comes_from = [*([self.publisher[1]] if self.publisher[1] else reported_from), *at_home]
        if comes_from:
            return comes_from[0] != code
        named = {one for one in self.states_named if self.language in official_languages(one)}
        return bool(named) and code not in named

    def _is_wholly(self, kind: str, role: str) -> bool:
        """Whether a role is one of a list and nothing else: "president", not "president of the bank"."""
        words = words_of(role)
        return bool(words) and role_words(self.language, kind).at(words, 0)[0] == len(words)

    def of_opening(self, span: Span, role: str) -> tuple[str, str]:
        """The state of the capital right before the office of a government that opens a report: "CAIRO: Foreign Minister Jan Roe said"."""
        is_own = self._is_of_government(role) and not self._has_unknown_adjective(role)
        matches = self._dateline_matches if is_own else []
        found = next((one for one in matches if 0 <= span[0] - one.end() <= _RIGHT_BEHIND), None)
        place, code = _capital(found["place"]) if found else ("", "")
        if code in _NO_MINISTERS:
            return "", ""
        return (code, f"the report opens with the office in {place!r}") if code in self.states_named else ("", "")

    def _is_of_others(self, role: str) -> bool:
        """Whether an office is one of envoys, who are guests in a briefing."""
        return any(role_words(self.language, "accredited").found_in(words_of(role)))

    @cached_property
    def _of_report(self) -> tuple[str, str]:
        own = (self._of_page, self._of_agency, self._of_own_government)
        found = (*own, self._of_place, self._of_language) if not self._is_from_abroad else ()
        named = self._of_most_named if not (self._is_from_abroad and self.domain in self.states_named) else ("", "")
        return next((one for one in (*found, named) if one[0]), ("", ""))

    @cached_property
    def _of_page(self) -> tuple[str, str]:
        """The state of the publisher; or of the national domain, when the text is in its language or names it."""
        if self.publisher[1]:
            return self.publisher[1], f"the page is one of {self.publisher[0]}"
        is_own = self.domain and (self.language in official_languages(self.domain) or self.domain in self.states_named)
        return (self.domain, f"{_OF_DOMAIN} of that state, or is its outlet's") if is_own and not self._is_from_abroad else ("", "")

    @cached_property
    def _of_agency(self) -> tuple[str, str]:
        """The state whose own agency reports from its capital ("Tehran, Nov 2, IRNA - …"), or with its name alone ("IRNA – …")."""
        for found in _AGENCY_OPENS.finditer(self.text, 0, min(len(self.text), _HEAD)):
            code = agencies().at(words_of(found["agency"]), 0)[1]
            if code in self.states_named:
                return code, f"{found['agency']!r} is that state's agency"
        head = words_of(self.text[:_LONGEST_LINE])
        of = {code for _, _, code in agencies().found_in(head)}
        return next(((code, f"that state's agency reports from {place!r}") for place, code in self._datelines() if code in of), ("", ""))

    @cached_property
    def _of_lead(self) -> tuple[str, str]:
        """The state that a line says did something, as its own ministry told: "China has urged calm, the foreign ministry said"."""
        for line in self.text[:_HEAD].splitlines():
            words = words_of(line[:_SHORT_LINE]) if _MINISTRY_SAID.search(line) else []
            n_words, code = countries(self.language).at(words, 0) if words else (0, "")
            if n_words and n_words < len(words) and words[n_words].low != "'s":
                return code, f"the report says of {line[: words[n_words - 1].end]!r} what its ministry said"
        return "", ""

    @cached_property
    def _of_own_government(self) -> tuple[str, str]:
        """The only state of whose government the text speaks by its full name, as those of a government do: "The Government of Japan"."""
        named = {}
        for found in _GOVERNMENT_OF.finditer(self.text, 0, min(len(self.text), _BEGINNING)):
            n_words, code = countries("en").at(words_of(found["state"]), 0)
            named |= {code: found["state"]} if n_words else {}
        code, state = next(iter(named.items())) if len(named) == 1 and self.language == "en" else ("", "")
        return (code, f"the text speaks of the Government of {state}") if code else ("", "")

    @cached_property
    def _is_from_abroad(self) -> bool:
        """Whether a page under a national domain reports from another state's capital: whose bare offices are meant is then open."""
        comes_from = {code for _, code in self._datelines() if code}
        return bool(self.domain) and not self.publisher[1] and bool(comes_from - {self.domain})

    def _has_unknown_adjective(self, role: str) -> bool:
        """Whether a word with a capital that we do not know stands before a role in small letters: "the Ruritanian minister"."""
        words = words_of(role)
        if len(words) < 2 or self.language != "en" or not words[0].is_capital or words[1].is_capital:
            return False
        return not any(role_words("en", kind).at(words, 0)[0] for kind in ("role", "government", "domain", "modifier", "institution"))

    def _is_of_government(self, role: str) -> bool:
        """Whether a role is one of a government: "Minister of Trade", "Interior Minister"; not "aide to the minister"."""
        words, listed, domain = words_of(role), role_words(self.language, "government"), role_words(self.language, "domain")
        found = [place for place, _, _ in listed.found_in(words)]
        return any(place == 0 or words[place - 1].is_capital or domain.before(words, place)[0] for place in found)

    @cached_property
    def of_dateline(self) -> tuple[str, str]:
        """The state whose capital the report comes from, if the report names that state too; and why.

        Agencies leave out whose ministry it is at home; from Beirut they write of the ministries of Damascus as well.
        """
        for place, code in self._datelines():
            if code in self.states_named:
                return code, f"the report comes from {place!r}"
        return "", ""

    @cached_property
    def of_institution(self) -> tuple[str, str]:
        """The state of "a Foreign Ministry spokesman": as of "the ministry", or the one the report begins with and names most."""
        return self.of_bare_institution if self.of_bare_institution[0] else self._of_most_named

    @cached_property
    def of_bare_institution(self) -> tuple[str, str]:
        """The state of "the ministry": that of the dateline, of the page, or of the agency whose report it is."""
        told = (self.of_dateline, self._of_lead, self._of_page, self._of_agency)
        told = told if self.language == "en" else told[:1]  # a Kazakh page in Russian speaks of the ministry in Moscow too
        return next((one for one in told if one[0]), ("", ""))

    @cached_property
    def _of_place(self) -> tuple[str, str]:
        for found in _SAID_IN.finditer(self.text, 0, min(len(self.text), _HEAD)):
            place, code = _capital(found["place"] or found["city"])
            if code and code in self.states_named | self._institutions_named:
                return code, f"the words were said in {place!r}"
        for place, code in self._datelines():
            if code and self.language in official_languages(code):
                return code, f"the report comes from {place!r}, in the language of that state"
        named = self._of_heading
        if len({code for code, _ in named}) == 1 and self.language in official_languages(named[0][0]):
            return named[0][0], f"the heading names {named[0][1]!r}"
        return "", ""

    @cached_property
    def _of_language(self) -> tuple[str, str]:
        """The only state that speaks the language of the text and of which the text names an institution, or where it says words were said.

        English is left out: reports of every state are written in it.
        """
        if self.language == "en":
            return "", ""
        named = {code: "an institution of that state" for code in self._institutions_named}
        places = (_capital(found["place"]) for found in _CITY.finditer(self.text, 0, min(len(self.text), _BEGINNING)))
        named |= {code: repr(place) for place, code in places if code}
        own = [(code, why) for code, why in named.items() if self.language in official_languages(code)]
        if len(own) == 1:
            return own[0][0], f"the text names {own[0][1]}, in the language of that state"
        spoken = {code: n for code, n in self._often_named.items() if self.language in official_languages(code)}
        if own or len(spoken) != 1 or min(spoken.values()) < _AGAIN:
            return "", ""
        return next(iter(spoken)), "the text names that state again and again, in its language, and no other of that language"

    @cached_property
    def _of_most_named(self) -> tuple[str, str]:
        """The state a report begins with ("Norway condemns …"), named most or with its capital; or the state of the dateline.

        No state may be named more often than that of the dateline, or as often as one whose capital the text does not name.
        """
        often = self._often_named
        most = max(often.values(), default=0)
        begins = self._begins_with_state
        is_most = [code for code, times in often.items() if times == most] == [begins] or _OFTEN <= often[begins] >= most / 2
        if begins and (is_most or any(code == begins for _, _, code in capitals().found_in(self._words))):
            return begins, "the report begins with that state"
        place, code = next(((place, code) for place, code in self._datelines() if code and often[code] == most), ("", ""))
        return (code, f"the report comes from {place!r}, and names no other state more often") if code else ("", "")

    @property
    def _begins_with_state(self) -> str:
        """The state that does or says something in the first words: "Norway condemns", "The Polish Foreign Ministry called"."""
        words = words_of(self.text[:_LONGEST_LINE].lstrip().partition("\n")[0])
        at = int(bool(words) and words[0].low == "the")
        n_words, code = countries(self.language).at(words, at)
        at += n_words
        while n_words and at < len(words) and any(role_words(self.language, kind).at(words, at)[0] for kind in ("domain", "institution")):
            at += 1
        behind = list(takewhile(lambda word: word.is_letters, words[at : at + _VERB_WITHIN]))
        is_verb = any(cue.kinds - NOUNS for word in behind for cue in language(self.language).cues.get(word.low, ()) if len(cue.words) == 1)
        return code if n_words and is_verb else ""

    @cached_property
    def _of_heading(self) -> list[tuple[str, str]]:
        """The states of institutions that the first lines name, and their words; only the first line may be long."""
        named = []
        for number, line in enumerate(self.text[: _LONGEST_LINE * 2].lstrip().split("\n")):
            if number and (len(line) > _SHORT_LINE or line.rstrip().endswith((".", "!", "?"))):
                break
            words = words_of(line[:_LONGEST_LINE])
            found = self._own_institutions(words)
            named += [(value.partition("|")[0], line[words[at].start : words[at + n_words - 1].end]) for at, n_words, value in found]
        return named

    def _datelines(self) -> list[tuple[str, str]]:
        return [_capital(one["place"]) for one in self._dateline_matches]

    @cached_property
    def _dateline_matches(self) -> list[re.Match[str]]:
        head = min(len(self.text), _HEAD)
        forms = (_DATELINE, _TIGHT_DATELINE, _COLON_DATELINE)
        return [one for form in forms for one in form.finditer(self.text, 0, head) if not self._is_of_several(one)]

    @staticmethod
    def _is_of_several(dateline: re.Match[str]) -> bool:
        """Whether a report comes from more than one capital: "BEIJING/SEOUL (Agency) - "."""
        others = dateline[0][len(dateline["place"]) :].partition("(")[0].split("/")[1:]
        return any(_capital(other.strip(" -–—"))[1] for other in others)

    @cached_property
    def states_named(self) -> frozenset[str]:
        """The states that the beginning of the document names, by ISO 3166-1 alpha-3."""
        return frozenset(self._often_named)

    @cached_property
    def _often_named(self) -> Counter[str]:
        return Counter(code for _, _, code in countries(self.language).found_in(self._words))

    @cached_property
    def _institutions_named(self) -> frozenset[str]:
        return frozenset(value.partition("|")[0] for _, _, value in self._own_institutions(self._words))

    def _own_institutions(self, words: list[Word]) -> list[tuple[int, int, str]]:
        """The institutions of one state among words; not one that others have too where the page is of another."""
        found = list(institutions().found_in(words))
        return [one for one in found if not (one[2].endswith(OF_OTHERS_TOO) and self.is_elsewhere(one[2].partition("|")[0]))]

    @cached_property
    def _words(self) -> list[Word]:
        return words_of(self.text[:_BEGINNING])


def _capital(written: str) -> tuple[str, str]:
    """A place and the state whose capital it is; "" when it is none."""
    words = words_of(written)
    n_words, code = capitals().at(words, 0) if words else (0, "")
    return written.strip(), code if n_words and n_words == len(words) else ""


def agency_of_state(words: Sequence[Word]) -> tuple[str, str]:
    """The state whose agency some words end with, and why: "State news agency SANA"."""
    n_words, code = agencies().before(words, len(words)) if words else (0, "")
    return (code, "it is that state's agency") if n_words else ("", "")
