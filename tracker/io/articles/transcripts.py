"""Transcripts: turns under labels ("MR KIRBY:", "QUESTION:", "Q:" and "A:", "Вопрос:" and "С.В.Лавров:")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tracker.core.candidates import QuoteKind, Span, Speaker
from tracker.io.actors_read import find_organisation
from tracker.io.articles.drafts import Draft
from tracker.io.articles.headings import Heading, is_full_name
from tracker.io.articles.languages import first_names
from tracker.io.articles.letters import evened
from tracker.io.articles.nominatives import nominative
from tracker.io.articles.offices import Office, offices, same_person
from tracker.io.articles.page_furniture import end_of_words
from tracker.io.articles.states_of_words import state_that_answers
from tracker.io.articles.turn_labels import (
    SHORT_TITLES,
    in_ordinary_letters,
    label_kinds,
    labels_alone,
    labels_of_kind,
    name_and_role,
    shouted_dialogue,
    titles_of,
)
from tracker.io.articles.turns import FEWEST_WORDS, pieces
from tracker.io.articles.word_lists import role_words, words_of

_SENTENCE_END = r"(?:(?<=[.!?…。！？”»)] )|(?<=[。！？])|(?<=[0-9]{4} ))"
_SEPARATOR = r"(?:[:：]\*{0,2}(?=[^/])|(?<=\w\s)[–—-]\s)"
_ABBREVIATION = (
    r"(?<=\b[^\W\d_])|(?<=[MDS][rsRS])|(?<=\bLt)|(?<=Mrs|MRS|Amb|AMB|Gen|GEN|Sra|Rep|Sen|Mme|Sec|Adm|Col|Maj)|"
    r"(?<=Capt|Brig|Prof)|(?<=[A-Z]{2})(?=\.\s[A-Z])"
)
_LETTER = rf"(?:[^\n:：。！？!?.]|\.(?=\S)|(?:{_ABBREVIATION})\.)"
"""A letter of a label: a full stop only in a title or an initial."""
_LABEL = re.compile(
    rf"(?:^[ \t*>•–—-]{{0,8}}|{_SENTENCE_END})(?P<label>[^\s:：*]{_LETTER}{{0,90}}?)[ \t]{{0,3}}\*{{0,2}}{_SEPARATOR}",
    re.MULTILINE,
)
_BARE_Q = re.compile(r"^[ \t\u00a0]*(?P<label>Q)(?:[ \t\u00a0]+)(?=[A-Z“\"(—–-])", re.MULTILINE)
"""The White House writes no colon behind it."""
_LETTERED = re.compile(r"^[ \t\u00a0]*(?P<label>[^\W\d_])(?:\.(?:[ \t\u00a0]+)(?=\S)|[ \t\u00a0]+(?=[A-Z“\"]))", re.MULTILINE)
"""Interviews in print: "Q." and "A.", or the letters alone."""
_ABBREVIATED = re.compile(r"(?!(?:PS|NB|PM|AM|UN|US|EU|UK)\b)[A-Z]{2,5}")
_BRACKETS = re.compile(r"\s*[(（\[][^()（）\[\]]{0,60}[)）\]]\s*")
_DIRECTION = re.compile(r"[ \t]{0,4}[(\[][^()\[\]\n]{3,60}[)\]][.]?[ \t]{1,4}(?=\S)")
_SMALL_WORDS_WORDS = "de of al van von the for des der du la le les del di della и та y et und im in by"
_SMALL_WORDS = frozenset(_SMALL_WORDS_WORDS.split())
_OWN_ROLES = (
    "press secretary",
    "spokes",
    "official spokes",
    "deputy spokes",
    "acting spokes",
    "deputy press",
    "sprecher",
    "porte-parole",
    "portavoz",
    "portavoce",
)
_LONGEST_LABEL, _LONGEST_ASKER = 9, 3
_BEGINNING, _MOST_LABELS, _LONGEST_QUESTION = 20_000, 40, 2000
_INTRODUCTION = 12


@dataclass(frozen=True, slots=True)
class Turn:
    """A label and what stands under it; ``kind`` is "asker", "answer" or "name"."""

    label: str
    label_span: Span
    start: int
    end: int
    kind: str


def transcript(text: str, language: str, heading: Heading, left_out: Counter[str]) -> list[Draft] | None:
    """The statements of a transcript, a paragraph each; ``None`` when the text is none.

    It is one when two or more labels begin lines, or one in capitals with a title ("MR KIRBY:"). Who asks says nothing;
    "A:" is the person, else the institution, of the heading. Turns of fewer than five words are counted in ``left_out``.
    """
    turns = _turns(text, language, heading)
    if not turns:
        return None
    if heading.speaker == Speaker():
        heading = replace(heading, speaker=state_that_answers(text, [(t.start, t.end) for t in turns if t.kind == "answer"], language))
    cast = _Cast(text, language, heading, {turn.label for turn in turns if turn.kind == "name"})
    drafts = list(_introduction(text, heading, turns[0], left_out))
    for turn in turns:
        speaker = cast.speaker(turn)
        if speaker is None:
            left_out["questions"] += 1
            continue
        end = end_of_words(text, turn.start, turn.end)
        found = [piece for piece in pieces(text, turn.start, end) if piece.n_words >= FEWEST_WORDS]
        left_out["short turns"] += not found
        drafts += [draft_of_turn(piece.spans, speaker, f"a turn of a transcript, under {turn.label!r}") for piece in found]
    return drafts


def draft_of_turn(spans: Sequence[Span], speaker: Speaker, reason: str) -> Draft:
    """A statement that is words as spoken, without a cue."""
    draft = Draft(list(spans), speaker, kind=QuoteKind.DIRECT)
    return draft.because(reason) if speaker.resolved else draft.because(f"{reason}; nobody is named who says it", 0.6)


def _introduction(text: str, heading: Heading, first: Turn, left_out: Counter[str]) -> Sequence[Draft]:
    """What the person of the heading, or the ministry whose page it is, says before the first question of a page that is one."""
    is_own = bool(heading.speaker.name or (heading.speaker.organisation and first.kind == "asker"))
    if not heading.is_statement or heading.is_interview or not is_own or first.kind == "name":
        return []
    found = pieces(text, heading.end, first.label_span[0])
    left_out["short paragraphs before the first turn"] += sum(piece.n_words < _INTRODUCTION for piece in found)
    return [draft_of_turn(piece.spans, heading.speaker, "stands before the questions") for piece in found if piece.n_words >= _INTRODUCTION]


def _turns(text: str, language: str, heading: Heading) -> list[Turn]:
    found: list[tuple[re.Match[str], str]] = []
    for match in _LABEL.finditer(text):
        kind = _kind(match["label"], language)
        is_inside_a_line = match.start("label") > 0 and text[match.start("label") - 1] != "\n" and match.start() == match.start("label")
        by_dash = match[0].rstrip()[-1:] in "–—-"
        if by_dash and (kind not in ("asker", "answer") or "," in match["label"]):
            continue
        if kind == "maybe" and is_inside_a_line and not any(office.name for office in offices(match["label"], language)):
            continue
        if kind:
            found.append((match, kind))
    if any(kind == "shouted" for _, kind in found):
        found = sorted([*found, *((match, "asker") for match in _BARE_Q.finditer(text))], key=lambda entry: entry[0].start())
    found = shouted_dialogue(text, _with_letters(text, found or labels_alone(text, language), language))
    counts = Counter(match["label"].strip() for match, _ in found)
    is_asked = any(kind == "asker" for _, kind in found)
    persons = _Persons(text, language, heading, counts if is_asked else Counter())
    kinds = {label: kind for match, kind in found if (label := match["label"].strip())}
    found = _without_abbreviations(found, counts, kinds)
    kinds = {label: kind for match, kind in found if (label := match["label"].strip())}
    counts = Counter(match["label"].strip() for match, _ in found)
    if not _is_transcript(counts, kinds, persons):
        return []
    headline = _headline(text, found, counts, language)
    found = found if is_asked else [(match, _asker_by_question(text, match, kind, persons)) for match, kind in found]
    kept = [(match, kind) for match, kind in found if match is not headline and (kind != "maybe" or persons.has(match["label"]))]
    ends = [match.start() for match, _ in kept[1:]] + [len(text)]
    return [
        Turn(
            match["label"].strip(),
            match.span("label"),
            _behind_direction(text, match.end()),
            end,
            "name" if kind in ("shouted", "maybe") else kind,
        )
        for (match, kind), end in zip(kept, ends, strict=True)
    ]


def _asker_by_question(text: str, match: re.Match[str], kind: str, persons: _Persons) -> str:
    """The kind of a label; "asker" for a name nobody knows whose line asks, on a page where no label says that somebody does."""
    is_unknown = kind == "maybe" and not persons.has(match["label"]) and len(match["label"].split()) <= _LONGEST_ASKER
    line = text[match.end() : match.end() + _LONGEST_QUESTION].partition("\n")[0] if is_unknown else ""
    return "asker" if "?" in line and (match.start("label") == 0 or text[match.start("label") - 1] == "\n") else kind


def _with_letters(text: str, found: list[tuple[re.Match[str], str]], language: str) -> list[tuple[re.Match[str], str]]:
    """The labels with "Q." and "A.", where a question is followed by an answer: a letter may be an initial, or "A Syrian"."""
    lettered = [(match, kind) for match in _LETTERED.finditer(text) if (kind := _kind(match["label"], language)) in ("asker", "answer")]
    kinds = [kind for _, kind in lettered]
    is_asked = any(kind == "asker" for _, kind in found)
    if is_asked or ("asker", "answer") not in pairwise(kinds):
        return found
    return sorted([*found, *lettered], key=lambda entry: entry[0].start())


def _headline(text: str, found: list[tuple[re.Match[str], str]], counts: Counter[str], language: str) -> re.Match[str] | None:
    """The first label, when it stands there once, no sentence follows and the person has another: "Jane Roe: Briefing on Sudan"."""
    first, kind = found[0]
    label = first["label"].strip()
    line = text[first.end() : first.end() + 400].partition("\n")[0].rstrip()
    if kind != "maybe" or counts[label] > 1 or line.endswith((".", "!", "?", "…", "。")):
        return None
    name = name_and_role(label, language)[0]
    others = (name_and_role(other["label"].strip(), language)[0] for other, other_kind in found[1:] if other_kind in ("maybe", "shouted"))
    return first if any(same_person(name, other, language) for other in others) else None


def _without_abbreviations(found: list[tuple[re.Match[str], str]], counts: Counter[str], kinds: dict[str, str]) -> list:
    """Labels like "DSG:" are the person of the heading, where somebody asks and the label comes again; else no labels."""
    is_asked = "asker" in kinds.values()
    return [
        (match, "answer" if kind == "abbreviated" else kind)
        for match, kind in found
        if kind != "abbreviated" or (is_asked and counts[match["label"].strip()] > 1)
    ]


def _is_transcript(counts: Counter[str], kinds: dict[str, str], known: _Persons) -> bool:
    n_known = sum(n for label, n in counts.items() if kinds[label] in ("asker", "answer"))
    n_shouted = sum(n for label, n in counts.items() if kinds[label] == "shouted" or _is_shouted_office(label, kinds[label]))
    persons = [label for label, kind in kinds.items() if kind == "maybe" and known.has(label)]
    n_persons = sum(counts[label] for label in persons)
    is_held = any(_is_titled(label) or (counts[label] > 1 and "," in label and known.holds(label)) for label in persons)
    return n_known >= 2 or n_shouted >= 1 or (n_known and n_persons) or (n_persons >= 2 and is_held)


def _behind_direction(text: str, start: int) -> int:
    """Where the words of a turn begin, behind a remark in brackets such as "(Via interpreter)"."""
    found = _DIRECTION.match(text, start)
    return found.end() if found else start


def _is_shouted_office(label: str, kind: str) -> bool:
    """Whether a label in capitals is an office with its article ("THE PRESIDENT")."""
    return kind == "answer" and label.isupper() and len(label.split()) > 1


def _kind(label: str, language: str) -> str:
    """What a label is by its form: "asker", "answer", "shouted" (a title and a name in capitals), "maybe" a name, or ""."""
    bare = _BRACKETS.sub(" ", label).strip(" .*#0123456789")
    if not bare or len(bare.split()) > _LONGEST_LABEL:
        return ""
    known = label_kinds(language).get(evened(bare))
    if known and (len(bare) > 1 or bare.isupper() or not bare.isascii()):
        return known
    if re.search(r"(?:记者|社|网|电视台|日报|电台)$", bare) and len(bare) <= 14:
        return "asker"
    words = [word.strip(".,").lower() for word in bare.split()]
    if _ABBREVIATED.fullmatch(bare):
        return "abbreviated"
    if _asks(bare, language):
        return "asker"
    if bare.isupper() and len(words) >= 2 and words[0] in titles_of(language) and len(bare) > 5:
        return "shouted"
    return "maybe" if _looks_like_a_name(bare, language) else ""


def _asks(label: str, language: str) -> bool:
    """Whether a label of several words has one of those who ask, or an outlet beside a name ("NHK, Suzuki", "Session moderator Lee")."""
    low = evened(label)
    asking = any(word.strip(",.") in labels_of_kind(language, "asking role") for word in low.split()[:_LONGEST_LABEL] if " " in low)
    outlets = labels_of_kind("*", "outlet")
    return asking or any(part.strip() in outlets for part in re.split(r"[,/]| of | de ", low))


def _looks_like_a_name(label: str, language: str) -> bool:
    if language == "zh":
        return 2 <= len(label) <= 12 and all("\u4e00" <= c <= "\u9fff" or c in "·•" for c in label)
    if language == "ar":
        return 1 <= len(label.split()) <= 7
    words = [word for word in re.split(r"[\s.]+", label) if word]
    return bool(words) and len(words) <= 7 and all(word[0].isupper() or word in _SMALL_WORDS for word in words)


def _is_titled(label: str) -> bool:
    return label.split()[0].lower() in SHORT_TITLES


class _Persons:
    """Which labels that may be names are: titled, initialled, with a role, or of somebody the beginning of the text names."""

    def __init__(self, text: str, language: str, heading: Heading, counts: Counter[str]) -> None:
        self.language, self.counts = language, Counter()
        for label, n in counts.items():
            self.counts[_BRACKETS.sub(" ", label).strip()] += n
        self.words = frozenset(re.findall(r"\w+", text[:_BEGINNING]))
        self.names = {office.name for office in offices(text, language, 0, 3000) if office.name}
        self.names |= {heading.speaker.name} if heading.speaker.name else set()
        self.seen: dict[str, bool] = {}

    def has(self, label: str) -> bool:
        """Whether a label is a person's."""
        bare = _BRACKETS.sub(" ", label).strip()
        if bare not in self.seen:
            self.seen[bare] = self._is_one(bare)
        return self.seen[bare]

    def holds(self, label: str) -> bool:
        """Whether a label is a name with its office: "Jane Roe, Official Spokesperson"."""
        return any(office.name for office in offices(label, self.language))

    def _is_one(self, label: str) -> bool:
        if not label:
            return False
        if _is_titled(label) or re.match(r"(?:[^\W\d_]\.\s?){1,3}[^\W\d_]{3}", label):
            return True
        found = offices(label, self.language)
        if any(office.name for office in found) or (self.language == "ar" and found):
            return True
        written = label.title() if label.isupper() else label
        return any(same_person(written, name, self.language) for name in self.names) or self._answers(label, written)

    def _answers(self, label: str, written: str) -> bool:
        """Whether somebody asks on the page and a label is a full name, or one in capitals, that comes again or stands in the text."""
        if self.language in ("ar", "zh") or not self.counts or not is_full_name(written, self.language, at_least=2 - label.isupper()):
            return False
        is_first_name = written.split()[0].lower() in first_names()
        stands_in_text = label.isupper() and written.split()[-1] in self.words
        return self.counts[label] > 1 or (is_first_name and len(written.split()) > 1) or stands_in_text


class _Cast:
    """Who the labels of a transcript are."""

    def __init__(self, text: str, language: str, heading: Heading, labels: set[str]) -> None:
        self.text, self.language, self.heading = text, language, heading
        self.offices = offices(text, language, 0, 6000)
        self.is_alone = len({_BRACKETS.sub(" ", label).split()[-1].upper() for label in labels if _BRACKETS.sub(" ", label).split()}) <= 1
        self.labels = sorted(labels)[:_MOST_LABELS]
        self.known: dict[str, Speaker | None] = {}

    def speaker(self, turn: Turn) -> Speaker | None:
        """The speaker of a turn; ``None`` for one that asks."""
        if turn.kind == "asker":
            return None
        if turn.kind == "answer":
            named = "" if self.heading.speaker.name else next((la for la in self.labels if la.startswith(f"{turn.label},")), "")
            answers = self._named(replace(turn, label=named)) if named else None
            return answers or _with_role_of(turn.label, self.heading.speaker, self.language)
        if turn.label not in self.known:
            self.known[turn.label] = self._named(turn)
        known = self.known[turn.label]
        return replace(known, span=turn.label_span) if known else None

    def _named(self, turn: Turn) -> Speaker | None:
        bare = _BRACKETS.sub(" ", turn.label).strip()
        name, role = name_and_role(bare, self.language)
        own = self.heading.speaker
        if own.name and same_person(name, own.name, self.language):
            return replace(own, as_written=turn.label)
        offices_of = [office for office in self.offices if office.name and same_person(office.name, name, self.language)]
        best = max(offices_of, key=lambda office: (bool(office.country), len(office.role)), default=None)
        if self.heading.is_interview and own.name and best is None and not role:
            return None
        best = replace(best, name=in_ordinary_letters(best.name), role=in_ordinary_letters(best.role)) if best else None
        full = nominative(best.name, best.role, self.language) if best else self._full_name(name)
        speaker = Speaker(turn.label, None, full, role)
        if best:
            speaker = _with_office(speaker, best)
            return speaker if speaker.country or not self._is_only_host else self._at_home(speaker)
        is_titled = not role or (self.is_alone and evened(role) in titles_of(self.language))
        if own.country and is_titled and (self.is_alone or self.heading.is_at_home) and not (self.is_alone and own.name):
            return replace(speaker, organisation=own.organisation, country=own.country, country_why=own.country_why)
        return speaker

    @property
    def _is_only_host(self) -> bool:
        """Whether the heading tells whose briefing it is: by its words, or by an institution where one person answers all."""
        return self.heading.is_at_home or (self.is_alone and not self.heading.speaker.name)

    def _at_home(self, speaker: Speaker) -> Speaker:
        """The speaker with the state of the institution whose briefing it is by the heading, when the role names no other."""
        own = self.heading.speaker
        has_other = any(find_organisation(word) for word in speaker.role.split() if word.isupper())
        if not own.country or has_other or not evened(speaker.role).startswith(_OWN_ROLES):
            return speaker
        return replace(
            speaker,
            organisation=speaker.organisation or own.organisation,
            country=own.country,
            country_why=own.country_why,
        )

    def _full_name(self, name: str) -> str:
        """The name with the first name it has near the beginning of the document."""
        surname = re.escape(name.split()[-1])
        found = re.search(rf"\b((?:[A-ZÀ-Ý][\w’'-]+\s|[A-Z]\.\s?){{1,2}}){surname}\b", self.text[:6000])
        if not found or len(name.split()) > 1:
            return name
        listed = (role_words(self.language, "role"), role_words(self.language, "honorific"), role_words(self.language, "domain"))
        words = words_of(found[1])
        is_title = any(word.low in titles_of(self.language) for word in words)
        if is_title or any(any(lists.found_in(words)) for lists in listed):
            return name
        return " ".join(found[0].split())


def _with_role_of(label: str, speaker: Speaker, language: str) -> Speaker:
    """The speaker with the office that the label names ("LE PRÉSIDENT"), where the heading told none."""
    if speaker.role:
        return speaker
    found = offices(label.capitalize() if label.isupper() else label, language)
    return replace(speaker, role=found[0].role) if found else speaker


def _with_office(speaker: Speaker, office: Office) -> Speaker:
    return replace(
        speaker,
        role=office.role if len(office.role) > len(speaker.role) else speaker.role,
        organisation=office.organisation,
        country=office.country,
        country_why=office.why,
    )
