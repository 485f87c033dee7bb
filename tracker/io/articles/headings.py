"""Whose page it is: the person or institution of the heading, with role and state, and what kind of page it calls itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import compress

from tracker.core.candidates import Span, Speaker
from tracker.io.articles.countries_named import countries, institutions
from tracker.io.articles.date_words import date_words
from tracker.io.articles.dates_heading import heading_lines
from tracker.io.articles.international_roles import is_international
from tracker.io.articles.languages import language as vocabulary
from tracker.io.articles.letters import evened
from tracker.io.articles.nominatives import nominative, nominative_role
from tracker.io.articles.offices import Office, offices, same_person
from tracker.io.articles.page_furniture import is_navigation
from tracker.io.articles.states_together import speakers_together
from tracker.io.articles.turns import n_words
from tracker.io.articles.word_lists import WordList, role_words, table, words_of

_EARLY = 3
"""A page is a statement when its heading says so within so many words of its beginning."""
_PARTS = frozenset(["-", "–", "—", ":", "|", ",", "(", "·", "•"])
_BEHIND_LABEL_WORDS = (
    "by of from on regarding concerning at following with after in the and about to for made given before during "
    "attributable attributed issued"
)
_BEHIND_LABEL = frozenset(_BEHIND_LABEL_WORDS.split())
_AT_END = frozenset({"tr", "zh", "ar"})
_LONGEST_TITLE = 9
_ASKED_OF = frozenset({"comment", "comments", "response", "reaction", "position", "view", "stance", "take"})
"""What is asked of a state, as in "What is China's comment?"."""
_TO_OTHERS_WORDS = "on upon with urge urges urged ask asks asked tell told call calls called remind reminded against hope expect expects"
_TO_OTHERS = frozenset(_TO_OTHERS_WORDS.split())
"""Words right before the side that a page does not speak for."""
_SIDES = {"en": "side", "ru": "сторона", "zh": "方"}
_ABOUT_ITSELF = re.compile(r"(?i)^\s*(?:the )?following (?:is|are)\b|near-verbatim transcript|主持例行记者会|主持例行記者會")
_SHORT_LABEL = re.compile(r"\s*(?:[^\W\d_]|[^\W\d_a-z]{2,14}|问|答)\s?[:：]\s")
_LABELLED = re.compile(r"\s*[^\s:：][^:：]{0,40}[:：]\s*\S+\s+\S+\s+\S+\s+\S+")
_BY = re.compile(
    r"\b(?:[Bb]y|[Pp]ar|[Vv]on|de|di|d')\s?(?:(?:M|Mme|Mlle|Mr|Mrs|Ms|Dr|Sr|Sra|Herrn?|Frau)\.?\s)?(?P<name>[^\W\d_a-z][\w’'-]+(?:\s(?:[A-Z]\.|[^\W\d_a-z][\w’'-]+)){1,3})(?=[,;:(–—-]|\s[-–—(]|\s[^\W\dA-Z_]|$)"
)
_BRIEFING = re.compile(r"\s*(?:\w+ ){0,2}(?:briefing|press conference|news conference|gaggle|pressekonferenz|regierungspressekonferenz)\b")
_WITH = re.compile(r"\b(?:call|meeting|talks|conversation|phone call|dinner|lunch) with (?:the )?$")
"""Before whom somebody met or called: the page is not theirs ("PM call with President Roe")."""
_FOLLOWING = re.compile(r"\bfollowing (?:press )?(?:statement|remarks|answer|comment)s?\b", re.IGNORECASE)
_FROM = re.compile(
    r"^From:.*\b(?:and|,) (?:The Rt Hon )?(?:Sir |Dame |Lord |Baroness )?"
    r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+){1,3}?)(?: (?:MP|CBE|KCMG|CMG|QC|KC|OBE))*$"
)
_SENTENCE = re.compile(r"[.!?。؟…][\"”“»’)]*\s*$|^\s*[„“«\"].*[\"”“»]\s*$")
_NAME_LINE = re.compile(r"[^\W\d_][\w.'’ -]{3,48}")


@dataclass(frozen=True)
class Heading:
    """The heading of a document: where its lines end, whose words follow, and what it calls itself.

    ``is_at_home`` is that it names the institution whose briefing it is.
    ``speaker`` has neither name nor organisation when the heading does not tell whose page it is.
    """

    end: int
    speaker: Speaker
    is_statement: bool = False
    is_interview: bool = False
    is_at_home: bool = False
    lines: tuple[Span, ...] = ()

    def title(self, text: str) -> str:
        """The first line of the heading; "" when the document is no longer than its heading."""
        return text[slice(*self.lines[0])].strip() if self.lines and text[self.end :].strip() else ""


def heading_of(text: str, title: str, language: str, publisher: tuple[str, str] = ("", "")) -> Heading:
    """The heading of a document, from its first short lines and its title.

    ``publisher`` (an institution and its state) speaks where the heading names nobody.

    >>> text = "Remarks by Ambassador Jane Roe, Permanent Representative of Ruritania\\n\\nQ: Will you?\\n"
    >>> heading_of(text, "", "en").speaker.name
    'Jane Roe'
    """
    spans = tuple(_before_the_body(text, language))
    end = spans[-1][1] if spans else 0
    lines = [text[a:b] for a, b in spans]
    kinds = {kind for line in (title[:300], *lines) for kind in _kinds(line, language)}
    own = [not is_navigation(line) for line in lines]
    spans, lines = tuple(compress(spans, own)), list(compress(lines, own))
    speaker = _by_page_kind(_speaker(title, lines, language, publisher, text), (title[:300], *lines))
    is_at_home = bool(speaker.country) and any(_is_own_briefing(line, speaker.country) for line in (title[:300], *lines))
    speaker = _by_its_side(speaker, text, language)
    return Heading(end, speaker, "statement" in kinds, "interview" in kinds, is_at_home, spans)


def _before_the_body(text: str, language: str) -> Iterator[Span]:
    """Lines of the heading: up to the first label of a turn, or the first line that ends as a sentence of some length."""
    for start, end in heading_lines(text):
        line = text[start:end]
        is_sentence = bool(_SENTENCE.search(line)) and n_words(line) > _LONGEST_TITLE
        is_sentence = is_sentence and not _ABOUT_ITSELF.search(line) and not _is_titled_as_statement(line, language)
        is_labelled = _LABELLED.match(line) and line.rstrip().endswith((".", "?", "!", "…"))
        if is_sentence or announces(line, language) or _SHORT_LABEL.match(line) or is_labelled:
            return
        yield start, end


def announces(line: str, language: str) -> bool:
    """Whether a line says that somebody spoke and ends with a colon: what follows are the words.

    >>> announces("Minister Jane Roe said in Berlin today:", "en"), announces("Remarks by Jane Roe:", "en")
    (True, False)
    """
    return line.rstrip().endswith((":", "：")) and bool(said(language).search(evened(line)) or _FOLLOWING.search(line))


@cache
def said(language: str) -> re.Pattern[str]:
    """The words that say that somebody spoke, in evened letters."""
    words = date_words(language)
    return re.compile(words.bounded(words.listed.get("said", ()) + words.listed.get("made", ())))


def _is_titled_as_statement(line: str, language: str) -> bool:
    """Whether a line begins with what a page calls itself and names a person, though it ends with a full stop."""
    words = words_of(line[:300])
    begins = any(_page_words(language).at(words, place)[0] for place in range(min(2, len(words))))
    return begins and any(office.name for office in offices(line, language)) and not said(language).search(evened(line))


def _kinds(line: str, language: str) -> set[str]:
    words = words_of(line[:300])
    found = set()
    listed = _page_words(language)
    begun = 0
    for place in range(len(words)):
        if not words[place].is_capital and words[place].low.endswith(_happened(language)):
            break  # "Роу прокомментировал заявление" is news
        n_words, kind = listed.at(words, place)
        begun = place + 1 if words[place].low in _PARTS else begun
        if n_words and (place - begun < _EARLY or kind == "interview" or language in _AT_END or _is_after_person(words, place, language)):
            found |= {kind} if kind == "interview" or _is_label_of_page(words, place + n_words, language) else set()
    return found


@cache
def _happened(language: str) -> tuple[str, ...]:
    """The endings of verbs in the past, where they tell a verb from a noun."""
    return tuple(vocabulary(language).of("heading verb ending")) or ("\0",)


def _is_label_of_page(words: Sequence, behind: int, language: str) -> bool:
    """Whether an English word for a statement names the page ("Statement by", "Remarks:") and is not part of a headline."""
    if language != "en" or behind >= len(words):
        return True
    return not words[behind].is_letters or words[behind].low in _BEHIND_LABEL


def _is_after_person(words: Sequence, place: int, language: str) -> bool:
    """Whether a role stands before the word ("Foreign Ministry Spokesperson Roe's Remarks on …")."""
    roles = role_words(language, "role")
    return any(roles.at(words, before)[0] for before in range(min(place, 8)))


@cache
def _page_words(language: str) -> WordList:
    rows = table("page_words.csv")
    known = language if any(row["language"] == language for row in rows) else "en"
    rows = [row for row in rows if row["kind"] in ("statement", "interview")]
    return WordList.of((row["word"], row["kind"]) for row in rows if row["language"] == known)


def _speaker(title: str, lines: Sequence[str], language: str, publisher: tuple[str, str], text: str) -> Speaker:
    found = [office for line in (*lines, title[:300]) for office in offices(line, language) if not _WITH.search(line[: office.span[0]])]
    together = next((made for line in lines if _kinds(line, language) and (made := speakers_together(line, language))), None)
    if together and not any(office.name for office in found):
        return together
    named = [office for office in found if office.name]
    own_line = _name_on_its_line(lines, language, text) or (_author(lines, language) if not named else None)
    own_line = (
        own_line or next((made for line in (*lines, title[:300]) if (made := _by_line(line, language))), None) if not named else own_line
    )
    if own_line:
        return _known(Speaker(own_line[0], None, own_line[0], own_line[1]), found, publisher)
    if named:
        first = named[0]
        same = [office for office in named if same_person(office.name, first.name, language)]
        best = max(same, key=lambda office: (bool(office.country), len(office.role)))
        name = nominative(first.name, best.role, language)
        best = replace(best, role=nominative_role(best.role, language))
        return _with_publisher(_of_office(best, name), publisher)
    says_kind = any(_kinds(line, language) for line in lines)
    institution = next((made for line in (*lines, title[:300]) if (made := _institution(line, found, language, says_kind))), None)
    if institution:
        return _with_publisher(institution, publisher)
    return Speaker("", organisation=publisher[0], country=publisher[1], country_why="the pages are its own" if publisher[0] else "")


def _by_page_kind(speaker: Speaker, lines: Sequence[str]) -> Speaker:
    """The speaker with the state of an institution whose kind of page the heading names ("Daily Press Briefing")."""
    if speaker.country or is_international(speaker.role):
        return speaker
    for words in map(words_of, lines):
        for _, _, value in institutions().found_in(words):
            code, _, what = value.partition("|")
            return replace(speaker, country=code, country_why=f"the heading names {what}")
    return speaker


def _is_own_briefing(line: str, country: str) -> bool:
    """Whether a line names an institution of the state right before its kind of page ("Department of Defense Press Briefing")."""
    words = words_of(line[:300])
    for place, length, value in institutions().found_in(words):
        behind = evened(line[words[place + length - 1].end :])
        if value.partition("|")[0] == country and (_BRIEFING.match(behind) or _BRIEFING.match(evened(line[words[place].start :]))):
            return True
    return False


def _by_its_side(speaker: Speaker, text: str, language: str) -> Speaker:
    """The speaker with the state that the page speaks of as a side more than of any other ("the Chinese side", 中方)."""
    if speaker.country or not (speaker.role or speaker.organisation) or language not in _SIDES:
        return speaker
    words, listed, found = words_of(text[:20_000]), countries(language), Counter()
    for place in range(1, len(words)):
        is_asked = words[place].low in _ASKED_OF and words[place - 1].low == "'s"
        is_side = words[place].low == _SIDES[language] and not _is_other_side(words, place, listed)
        if is_side or is_asked:
            found[listed.before(words, place - is_asked)[1]] += 1
    ordered = [(code, n) for code, n in found.most_common(2) if code]
    if not ordered or (len(ordered) > 1 and ordered[0][1] == ordered[1][1]):
        return speaker
    return replace(speaker, country=ordered[0][0], country_why="the page speaks of its side more than of any other")


def _is_other_side(words: Sequence, place: int, listed: WordList) -> bool:
    """Whether a side is spoken to, or of, by the page: "call on the Iranian side", "talks with the Russian side"."""
    at = place - max(1, listed.before(words, place)[0])
    at -= at > 0 and words[at - 1].low == "the"
    return at > 0 and words[at - 1].low in _TO_OTHERS


def _of_office(office: Office, name: str) -> Speaker:
    return Speaker(office.name or office.role, None, name, office.role, office.organisation, office.country, office.why)


def _with_publisher(speaker: Speaker, publisher: tuple[str, str]) -> Speaker:
    by_office_alone = bool(speaker.role) and speaker.country_why.startswith(f"'{speaker.role}' is")
    if not publisher[1] or (speaker.country and not by_office_alone):
        return speaker
    return replace(
        speaker,
        organisation=speaker.organisation or publisher[0],
        country=publisher[1],
        country_why=f"the page is one of {publisher[0]}",
    )


def _known(speaker: Speaker, found: Sequence[Office], publisher: tuple[str, str]) -> Speaker:
    same = [office for office in found if office.name and same_person(office.name, speaker.name)]
    best = max(same, key=lambda office: (bool(office.country), len(office.role)), default=None)
    if best:
        speaker = replace(
            speaker,
            role=speaker.role or best.role,
            organisation=best.organisation,
            country=best.country,
            country_why=best.why,
        )
    return _with_publisher(speaker, publisher)


def _comes_again(line: str, text: str) -> bool:
    """Whether the last word of a line stands in the text more than once."""
    return evened(text[:20_000]).count(evened(line.split()[-1])) > 1


def _name_on_its_line(lines: Sequence[str], language: str, text: str) -> tuple[str, str] | None:
    """A name that is a whole line of the heading, and the role on the line below it, "" when there is none."""
    for place, line in enumerate(lines[:8]):
        name = line.strip() if is_full_name(line.strip(), language) else _titled_name(line.strip(), language)
        if name:
            below = lines[place + 1].strip() if place + 1 < len(lines) else ""
            roles = offices(below, language)
            role = below if roles and not roles[0].name and len(below) < 120 and roles[0].span[0] < 30 else ""
            if role or (
                name == line.strip() and _comes_again(line, text) and any(_kinds(other, language) for other in lines[place + 1 : place + 3])
            ):
                return name, role
    return None


def _author(lines: Sequence[str], language: str) -> tuple[str, str] | None:
    """The name behind "From: … and The Rt Hon", and the office that another line names."""
    found = next((match for line in lines if (match := _FROM.search(line))), None)
    if found is None or not is_full_name(found["name"], language):
        return None
    roles = [office.role for line in lines for office in offices(line, language) if not office.name and not line.startswith("From")]
    return found["name"], next(iter(roles), "")


def _titled_name(line: str, language: str) -> str:
    """The name in a line that is a title and a name and nothing else: "Ambassador Jane Roe"."""
    found = offices(line, language)
    if len(found) != 1 or not found[0].name_span or found[0].span[0] > 0 or found[0].name_span[1] != len(line):
        return ""
    return found[0].name if len(found[0].role.split()) == 1 else ""


def _by_line(line: str, language: str) -> tuple[str, str] | None:
    """The name behind "by" in a heading without a role: "Briefing by Jane Roe, August 23, 2011"."""
    found = _BY.search(line) if _kinds(line, language) else None
    return (found["name"], "") if found and is_full_name(found["name"], language) else None


def is_full_name(line: str, language: str, *, at_least: int = 2) -> bool:
    """Whether a line is two to four capitalised words, none of an office, a state or a kind of page; ``at_least`` may allow one.

    >>> is_full_name("Jane Roe", "en"), is_full_name("Opening Remarks", "en"), is_full_name("Example", "en", at_least=1)
    (True, False, True)
    """
    if language in ("ar", "zh") or not _NAME_LINE.fullmatch(line):
        return False
    words = words_of(line)
    letters = [word for word in words if word.is_letters]
    if not at_least <= len(letters) <= 4 or not all(word.is_capital for word in letters) or line.isupper():
        return False
    known = (role_words(language, "role"), role_words(language, "domain"), role_words(language, "institution"), countries(language))
    known = (*known, institutions(), _page_words(language))
    return not any(any(listed.found_in(words)) for listed in known)


def _institution(line: str, found: Sequence[Office], language: str, says_kind: bool = False) -> Speaker | None:
    """The institution a heading names ("Заявление МИД России"), or the office without a name ("Spokesperson's Remarks").

    ``says_kind`` is that another line says what the page is: then an institution may begin a line of its own.
    """
    nameless = next(
        (office for office in found if not office.name and office.span[1] <= len(line) and office.role in " ".join(line.split())), None
    )
    if nameless and _kinds(line, language):
        return _of_office(nameless, "")
    words = words_of(line)
    listed, states, domain = role_words(language, "institution"), countries(language), role_words(language, "domain")
    for place in range(len(words)):
        if _page_words(language).at(words, place)[0]:
            continue
        if place and any(word.low == "to" for word in words[max(0, place - 2) : place]):
            continue  # "statement to Parliament" is not Parliament's
        is_first = says_kind and place <= 1
        if not (listed.at(words, place)[0] or institutions().at(words, place)[0]) or not (_kinds(line, language) or is_first):
            continue
        first, last = place, place + 1
        while first and (grown := _grown_left(words, first, domain, states, language)):
            first -= grown
        while last < len(words) and (grown := _institution_word(words, last, language)):
            last += grown
        while last > place + 1 and role_words(language, "link").at(words, last - 1)[0]:
            last -= 1
        written = nominative_role(" ".join(line[words[first].start : words[last - 1].end].split()), language)
        code = next((states.at(words, at)[1] for at in range(first, last) if states.at(words, at)[0]), "")
        what = institutions().at(words, place)[1]
        code = code or what.partition("|")[0]
        return Speaker(written, None, "", "", written, code, "its state is named in the heading" if code else "")
    return None


def _grown_left(words: Sequence, first: int, domain: WordList, states: WordList, language: str) -> int:
    """How many words before an institution belong to it ("Information and Press Department")."""
    if domain.at(words, first - 1)[0] == 1:
        return 1
    is_joined = role_words(language, "link").at(words, first - 1)[0] and first > 1 and domain.at(words, first - 2)[0] == 1
    return states.before(words, first)[0] or (2 if is_joined and words[first - 1].low in ("and", "et", "y", "e", "и", "та", "und") else 0)


def _institution_word(words: Sequence, place: int, language: str) -> int:
    kinds = ("domain", "institution", "link")
    lists = [role_words(language, kind) for kind in kinds]
    return countries(language).at(words, place)[0] or max(listed.at(words, place)[0] for listed in lists)
