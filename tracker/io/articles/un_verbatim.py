"""Verbatim records of the United Nations: "Mr. Churkin (Russian Federation) (spoke in Russian):" in any of its languages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache

from tracker.core.candidates import Speaker
from tracker.io.actors_read import find_country, find_organisation
from tracker.io.articles.countries_named import countries
from tracker.io.articles.drafts import Draft
from tracker.io.articles.headings import Heading
from tracker.io.articles.letters import evened
from tracker.io.articles.offices import Office, offices, same_person
from tracker.io.articles.page_furniture import end_of_words
from tracker.io.articles.transcripts import draft_of_turn
from tracker.io.articles.turns import FEWEST_WORDS, pieces
from tracker.io.articles.word_lists import words_of

_BRACKET = r"[(（]\s*[^()（）]{2,70}[)）]"
_WHO = r"(?P<who>[^\s(（:：][^\n(（:：.]{0,6}\.?(?:\s?[^\W\d_]\.)?[^\n(（:：.!?;]{1,60}?)"
_LABEL = re.compile(
    rf"(?:^[ \t]{{0,12}}|(?<=[.!?”)] )){_WHO}\s{{0,3}}(?P<brackets>(?:{_BRACKET}\s{{0,3}}){{0,3}})[:：](?=\s|[^\s\d])",
    re.MULTILINE,
)
_HONORIFIC = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Baroness|Archbishop|Monsignor|Prince|Princess|Sheikha?|King|Prime Minister|President|M|Mme|Mlle|"
    r"Sr|Sra|Srta|Г-н|Г-жа|Г-н|السيد|السيدة|الشيخ|الأمير|Secretary-General|Cardinal|Bishop|Crown)\b\.?\s"
)
_CHAIR = re.compile(
    r"(?:The|Le|La|El|L')\s?(?:Acting\s)?(?:President|Chair\w*|Présidente?|Presidente|Presidenta)|Председатель(?:ница)?|الرئيسة?|主席"
)
_SECRETARY_GENERAL = re.compile(
    r"The (?:Deputy )?Secretary-General|L[ea] (?:Vice-)?[Ss]ecrétaire générale?|"
    r"El (?:Vices|S)ecretario General|Генеральный секретарь|الأمين العام|秘书长"
)
_RECORD = re.compile(
    r"\b[SA]/(?:\d+/)?PV\.\d+|Security Council|General Assembly|Conseil de sécurité|Assemblée générale|Consejo de Seguridad|"
    r"Asamblea General|Совет Безопасности|Генеральная Ассамблея|مجلس الأمن|الجمعية العامة|安全理事会|大会"
)
_OFFICIAL = re.compile(r"(?:République|República|Repubblica|Республика|Королевство|Royaume|Reino|Estado|État|Kingdom|State|Republic)\b")
"""How the official name of a state begins, which ends with its common one ("República Bolivariana de Venezuela")."""
_SPOKE = re.compile(
    r"[(（]\s*(?:spoke in|interpretation from|parle en|habla en|interpretación del|interprétation de|говорит|تكلم|以)", re.IGNORECASE
)
_MOST = 1000


def un_verbatim(text: str, language: str, heading: Heading, left_out: Counter[str]) -> list[Draft] | None:
    """The speeches of a verbatim record, a paragraph each; ``None`` when the text is none.

    It is one when a label names a state or the language spoken in brackets, and the text calls itself a record of the
    Council or the Assembly or has two such labels. What the chair says as the chair is left out and counted.
    """
    labels = [(match, *_read(match, language)) for match in _LABEL.finditer(text)]
    certain = [match for match, country, _ in labels if country or _SPOKE.search(match["brackets"])]
    if not certain or (len(certain) < 2 and not _RECORD.search(text[:4000])):
        return None
    labels = [entry for entry in labels if _is_label(entry[0]) or ((entry[1] or entry[2]) and not _is_inside_a_line(entry[0], text))]
    cast = _Cast(text, language)
    ends = [match.start() for match, _, _ in labels[1:]] + [len(text)]
    drafts: list[Draft] = []
    for (match, country, _), end in zip(labels, ends, strict=True):
        if _CHAIR.fullmatch(match["who"].strip()) and not country:
            left_out["words of the chair"] += 1
            continue
        speaker = cast.speaker(match, country)
        end = end_of_words(text, match.end(), end)
        found = [piece for piece in pieces(text, match.end(), end) if piece.n_words >= FEWEST_WORDS]
        left_out["short turns"] += not found
        reason = f"a speech of a verbatim record, under {' '.join(match['who'].split())!r}"
        drafts += [draft_of_turn(piece.spans, speaker, reason) for piece in found]
    return drafts


def _is_inside_a_line(match: re.Match[str], text: str) -> bool:
    return match.start() > 0 and text[match.start() - 1] == " "


def _is_label(match: re.Match[str]) -> bool:
    who = match["who"].strip()
    return bool(_HONORIFIC.match(who) or _SECRETARY_GENERAL.fullmatch(who) or _CHAIR.fullmatch(who)) and len(who.split()) <= 6


def _read(match: re.Match[str], language: str) -> tuple[str, bool]:
    """The state in the brackets of a label, and whether another body is named there ("European Union")."""
    if not match["brackets"]:
        return "", False
    for inner in re.findall(r"[(（]([^()（）]+)[)）]", match["brackets"]):
        name = " ".join(inner.split())
        code = find_country(name) or _listed(name, language)
        if code:
            return code, False
        if find_organisation(name):
            return "", True
    return "", bool(_SPOKE.search(match["brackets"]))


@cache
def _listed(name: str, language: str) -> str:
    words, listed = words_of(name), countries(language)
    n_words, code = listed.at(words, 0) if words else (0, "")
    if n_words == len(words) or not _OFFICIAL.match(name):
        return code if n_words == len(words) else ""
    n_words, code = listed.before(words, len(words))
    return code if n_words else ""


class _Cast:
    """Who the labels are, with what the record says of them elsewhere."""

    def __init__(self, text: str, language: str) -> None:
        self.language, self.found = language, offices(text, language)[:_MOST]
        self.known: dict[str, Office | None] = {}
        self.says_representative = language == "en" and "representative of" in text
        self.given_floor = {
            office.country: office.role
            for office in reversed(self.found)
            if not office.name and evened(office.role).startswith(("representative", "representant"))
        }

    def speaker(self, match: re.Match[str], country: str) -> Speaker:
        """The speaker of a label with the state in its brackets."""
        written = " ".join(match["who"].split())
        name = re.sub(_HONORIFIC, "", written).strip() if _HONORIFIC.match(written) else written
        name = re.sub("(?:先生|女士|夫人)$", "", name)
        office = self._office(name)
        speaker = Speaker(written, match.span("who"), office.name if office and len(office.name) > len(name) else name)
        if office:
            speaker = replace(speaker, role=office.role, organisation=office.organisation, country=office.country, country_why=office.why)
        if country:
            why = f"{' '.join(match['brackets'].split())!r} behind the name"
            speaker = replace(speaker, role=speaker.role or self._representative(country, why), country=country, country_why=why)
        return speaker

    def _office(self, name: str) -> Office | None:
        if name not in self.known:
            same = [office for office in self.found if office.name and same_person(office.name, name, self.language)]
            self.known[name] = max(same, key=lambda office: len(office.role), default=None)
        return self.known[name]

    def _representative(self, country: str, brackets: str) -> str:
        """The words with which the chair gives the floor to a state, if they stand in the record."""
        if country in self.given_floor:
            return self.given_floor[country]
        state = re.search(r"[(（]\s*([^()（）]+?)\s*[)）]", brackets)
        return f"representative of {state[1]}" if state and self.says_representative else ""
