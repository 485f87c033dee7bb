"""Paragraphs, words and sentences of a text; a quotation is one word of the sentence it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tracker.io.articles.countries_named import capitals, countries
from tracker.io.articles.languages import Language
from tracker.io.articles.quotation_marks import Quotation, quotations
from tracker.io.articles.word_lists import GLUED_AGENCY, begins_capital, words_of

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_CHARACTERS_ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_SHORT = ("'s", "'ve", "'ll")
_ADDRESS = r"\b[^\W\d_a-z][\w-]{1,40}\.(?:com|org|net|info|tv|[a-z]{2})\b(?![@/]|\.\w)"
_TOKEN = re.compile(
    rf"<[A-Za-z/!][^<>]{{0,600}}>|{_ADDRESS}|{GLUED_AGENCY}|(?:[^\W\d_]-)?(?:[^\W\d_]\.){{2,}}|[{_CHARACTERS_ALONE}]|\d+(?:[-‑]years?[-‑]olds?\b|(?:[.,:]\d+)*)|[@#]?[^\W{_CHARACTERS_ALONE}]+(?:[-‑’'‘][^\W{_CHARACTERS_ALONE}]+)*|\.\.+|[^\w\s]"
)
ENDS = frozenset([".", "!", "?", "…", "..", "...", "....", "。", "！", "？", "؟", ".", "۔"])
_ENDING = frozenset(".!?…。！？؟")
_CLOSING = frozenset([")", "]", ",", ";", ":", "'", "’", "”"]) | ENDS
_LONGEST_SENTENCE = 300
_SHARE_OF_A_HEADLINE = 0.6
_DASHES = frozenset("—–-")
_LONGEST_PLACE_AND_DAY, _LONGEST_BRACKET, _LONGEST_PLACE, _LONGEST_STATE = 12, 20, 3, 5
_LONGEST_NAME = 5
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(slots=True)
class Token:
    """A word, a mark, or a whole quotation; ``low`` is the word in lower case with straight apostrophes."""

    start: int
    end: int
    text: str
    low: str
    is_capital: bool = False
    quotation: Quotation | None = None

    @property
    def is_word(self) -> bool:
        """Whether it is a word or number, not a mark and not a quotation."""
        return (
            self.quotation is None and self.text[0] != "<" and (self.text[0].isalnum() or self.text[0] in "@#" or self.text[1:2].isalpha())
        )


@dataclass(slots=True)
class Sentence:
    """The tokens of one sentence, with the number of its paragraph."""

    tokens: list[Token]
    paragraph: int
    is_first: bool = False
    is_last: bool = False


@dataclass(slots=True)
class Paragraph:
    """One line of text that has words: where it stands and its sentences."""

    start: int
    end: int
    number: int
    sentences: list[Sentence] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)


def paragraphs(text: str, vocabulary: Language) -> Iterator[Paragraph]:
    """The paragraphs of a text, in order; lines without a word are none."""
    for number, line in enumerate(_LINE.finditer(text)):
        found = quotations(text, line.start(), line.end(), vocabulary)
        paragraph = Paragraph(line.start(), line.end(), number, quotations=found)
        tokens = _without_dateline(list(_tokens(text, paragraph, vocabulary)), vocabulary)
        parts = (part for part in _sentences(text, tokens, vocabulary) if not _is_credit(part, vocabulary))
        paragraph.sentences = [Sentence(part, number) for part in parts]
        if paragraph.sentences:
            paragraph.sentences[0].is_first = paragraph.sentences[-1].is_last = True
            yield paragraph


def _without_dateline(tokens: list[Token], vocabulary: Language) -> list[Token]:
    """The tokens after an opening like "MOSCOW, Oct 24 (Reuters) -", a capital and a day ("Cairo – 7 July 2020:"), or "CAIRO:"."""
    if (end := _end_of_place_and_day(tokens) or _end_of_place(tokens, vocabulary) or _end_of_glued_agency(tokens)) > 0:
        return tokens[end + 1 :]
    for at in range(1, min(len(tokens), 14)):
        token = tokens[at]
        if token.low in _DASHES or token.low == "--":
            if (closing := _bracket_that_closes(tokens, at)) > 0:
                return tokens[closing + 1 :] if tokens[0].text.isupper() else tokens
            opens = tokens[0].text.isupper() or tokens[at - 1].low in (")", "]", "/") or _is_of_agency(tokens[:at])
            return tokens[at + 1 :] if opens else tokens
        if token.quotation is not None or (token.is_word and not token.is_capital and not token.text[0].isdigit()):
            return tokens
    return tokens


def _bracket_that_closes(tokens: list[Token], dash: int) -> int:
    """Where the bracket closes in which a dash stands: "ANKARA (Wire - 3 January)"; 0 where it stands in none."""
    lows = [token.low for token in tokens[:_LONGEST_BRACKET]]
    opened = "(" in lows[:dash] and ")" not in lows[:dash]
    return next((at for at, low in enumerate(lows) if at > dash and low == ")"), 0) if opened else 0


def _is_credit(tokens: list[Token], vocabulary: Language) -> bool:
    """Whether a sentence says who made the report: "(Reporting by Ann Lee; Editing by Jane Roe)"."""
    words = [token.low for token in tokens[:4] if token.is_word]
    return any(" ".join(words[:length]) in vocabulary.of("credit") for length in (2, 3))


def _is_of_agency(tokens: list[Token]) -> bool:
    """Whether a capital and a comma begin an opening that ends with an agency in capitals: "Tehran, Nov 2, IRNA", "New York, SANA"."""
    n_words = capitals().at(words_of(" ".join(token.text for token in tokens)), 0)[0]
    n_words = n_words or next((at for at, token in enumerate(tokens[: _LONGEST_PLACE + 1]) if token.low == ","), 0)
    return 0 < n_words < len(tokens) - 1 and tokens[n_words].low == "," and tokens[-1].text.isupper() and len(tokens[-1].text) > 1


def _end_of_glued_agency(tokens: list[Token]) -> int:
    """Where the bracket closes in "MOSCOW (Sputnik)The", whose dash was lost; 0 where nothing is glued to one."""
    closing = next((at for at, token in enumerate(tokens[:_LONGEST_PLACE_AND_DAY]) if token.low == ")"), 0)
    opening = next((at for at, token in enumerate(tokens[:closing]) if token.low == "("), 0)
    is_place = opening > 0 and all(token.text.isupper() for token in tokens[:opening])
    follows = tokens[closing + 1] if closing + 1 < len(tokens) else None
    return closing if is_place and follows is not None and follows.is_capital and follows.start == tokens[closing].end else 0


def _end_of_place(tokens: list[Token], vocabulary: Language) -> int:
    """Where the comma stands behind a place that is no part of the sentence: "New York, Norway's envoy, Ann Lee, said"; 0 without one."""
    comma = next((at for at, token in enumerate(tokens[: _LONGEST_PLACE + 1]) if token.low == ","), 0)
    words = words_of(" ".join(token.text for token in tokens[: comma + _LONGEST_STATE]))
    place = " ".join(token.low for token in tokens[:comma])
    n_capital, code = capitals().at(words, 0) if comma and words else (0, "")
    own = code if n_capital == comma else ""
    if not own and place not in vocabulary.of("seat of talks"):
        return 0
    n_words, code = countries(vocabulary.code).at(words, comma + 1) if comma + 1 < len(words) else (0, "")
    behind = comma + 1 + n_words
    return comma if n_words and code != own and behind < len(tokens) and tokens[behind].low == "'s" else 0


def _end_of_place_and_day(tokens: list[Token]) -> int:
    """Where the colon stands behind a capital and a year, or a capital in capitals, before more words; 0 where there is none."""
    colon = next((at for at, token in enumerate(tokens[:_LONGEST_PLACE_AND_DAY]) if token.low == ":"), 0)
    if not 0 < colon < len(tokens) - 1:
        return 0
    first = max((at + 1 for at, token in enumerate(tokens[:colon]) if token.low == "/"), default=0)  # "OSLO/NEW DELHI:"
    words = words_of(" ".join(token.text for token in tokens[first:colon]))
    n_words = first + (capitals().at(words, 0)[0] if words else 0)
    is_place = n_words == colon and tokens[0].text.isupper() and len(tokens) > _LONGEST_PLACE_AND_DAY
    is_dated = 0 < n_words < colon and tokens[n_words].low in _DASHES | {","} and bool(_YEAR.fullmatch(tokens[colon - 1].text))
    return colon if is_place or is_dated else 0


def in_lower_case(sentences: Iterable[Sentence], vocabulary: Language) -> None:
    """Read capitals that say nothing as small letters: first words that the document has in lower case, verbs of headlines.

    A name that is a small word too ("Will", "US") keeps its capital in ``low``, so that no list of small words has it.
    """
    sentences = list(sentences)
    for sentence in sentences:
        _write_name_small(sentence.tokens)
        words = [token for token in sentence.tokens if token.is_word]
        if len(words) > 3 and sum(token.is_capital for token in words) > _SHARE_OF_A_HEADLINE * len(words):
            for token in words[1:]:
                token.is_capital = token.is_capital and (
                    token.low in vocabulary.of("organisation")
                    or (token.low not in vocabulary.cues and token.low not in vocabulary.of("preposition"))
                )
        for place, token in enumerate(words):
            if token.is_capital and (place or token.text.isupper()) and token.low in vocabulary.of("name too"):
                token.low = token.text
    names = {token.low.lower() for sentence in sentences for token in sentence.tokens if token.low[:1].isupper()}
    common = {token.low for sentence in sentences for token in sentence.tokens if not token.is_capital}
    common |= _first_words_that_do(sentences, vocabulary)
    for sentence in sentences:
        at = next((k for k, token in enumerate(sentence.tokens) if token.is_word), None)
        if at is not None and sentence.tokens[at].is_capital and sentence.tokens[at].low in common:
            follows = sentence.tokens[at + 1] if at + 1 < len(sentence.tokens) else None
            sentence.tokens[at].is_capital = follows is not None and follows.is_capital
            if sentence.tokens[at].low in names and follows is not None and follows.low in vocabulary.cues:
                sentence.tokens[at].low, sentence.tokens[at].is_capital = sentence.tokens[at].text, True


def _write_name_small(tokens: list[Token]) -> None:
    """Write a name in capitals that opens a paragraph as other names are: "ANN LEE (Norway) said", "ANN LEE, Assistant Secretary"."""
    end = next((at for at, token in enumerate(tokens[: _LONGEST_NAME + 1]) if not (token.is_word and token.text.isupper())), 0)
    if end > 1 and tokens[end].low in ("(", ",") and len(tokens) > end + 2 and tokens[end + 1].text[0].isupper():
        for token in tokens[:end]:
            token.text = token.text.title()


def _first_words_that_do(sentences: list[Sentence], vocabulary: Language) -> set[str]:
    """First words that are verbs by their ending and what follows: "Doing so would", not "Sterling said"."""
    endings = tuple(ending for ending in vocabulary.of("participle ending") if ending not in vocabulary.of("past ending")) or ("\0",)
    inside = {token.low for sentence in sentences for token in sentence.tokens[1:] if token.is_capital}
    followed = vocabulary.of("determiner") | vocabulary.of("possessive") | vocabulary.of("preposition") | vocabulary.of("object of doing")
    firsts = ([token for token in sentence.tokens if token.is_word][:2] for sentence in sentences)
    return {
        pair[0].low
        for pair in firsts
        if len(pair) > 1 and pair[0].low.endswith(endings) and pair[0].low not in inside and pair[1].low in followed
    }


def _tokens(text: str, paragraph: Paragraph, vocabulary: Language) -> Iterator[Token]:
    at = paragraph.start
    for quotation in paragraph.quotations:
        yield from _plain_tokens(text, at, quotation.start, vocabulary)
        yield Token(quotation.start, quotation.end, text[quotation.inner_start : quotation.inner_end], "“", quotation=quotation)
        at = quotation.end
    yield from _plain_tokens(text, at, paragraph.end, vocabulary)


def _plain_tokens(text: str, start: int, end: int, vocabulary: Language) -> Iterator[Token]:
    abbreviations = vocabulary.of("abbreviation")
    skip = -1
    for found in _TOKEN.finditer(text, start, end):
        at, to = found.span()
        if at < skip:
            continue
        word = found.group()
        low = word.lower().replace("’", "'").replace("‘", "'").replace("‑", "-")
        if (
            text[to : to + 1] == "."
            and to < end
            and (
                low + "." in abbreviations
                or low.rpartition("-")[2] + "." in abbreviations
                or (len(word) == 1 and word.isupper() and word != "I")
            )
        ):
            to, word, low, skip = to + 1, word + ".", low + ".", to + 1
        low = "," if word == "‚" else low  # a low mark for a comma: "of the Union‚ Norway"
        short = next((ending for ending in _SHORT if low.endswith(ending) and len(low) > len(ending)), "")
        if short:
            n = len(short)
            yield Token(at, to - n, word[:-n], low[:-n], begins_capital(word))
            yield Token(to - n, to, word[-n:], short)
        else:
            yield Token(at, to, word, low, begins_capital(word))


def _sentences(text: str, tokens: list[Token], vocabulary: Language) -> Iterator[list[Token]]:
    first = 0
    for at, _token in enumerate(tokens):
        is_last = at + 1 == len(tokens)
        if is_last or at - first >= _LONGEST_SENTENCE or _ends(text, tokens, at, vocabulary):
            yield tokens[first : at + 1]
            first = at + 1


def _ends(text: str, tokens: list[Token], at: int, vocabulary: Language) -> bool:
    """Whether a sentence ends with a token; a quotation ends one when it closes one and no cue follows for it."""
    token, after = tokens[at], tokens[at + 1]
    if token.quotation is not None:
        closes = text[token.quotation.inner_start : token.quotation.inner_end].rstrip()[-1:] in _ENDING
        begins = after.is_capital or after.quotation is not None
        return closes and begins and not (after.quotation is None and _is_cued(tokens, at + 1, vocabulary))
    begins = after.is_capital or after.quotation is not None or not after.is_word or after.text[0].isdigit()
    is_initial = at > 0 and after.start == token.end and len(tokens[at - 1].text.rpartition("-")[2]) == 1
    if token.low in vocabulary.of("abbreviation that ends") and after.is_capital and _opens_sentence(after, vocabulary):
        return True
    return token.text in ENDS and begins and after.low not in _CLOSING and not is_initial


def _opens_sentence(token: Token, vocabulary: Language) -> bool:
    """Whether a small word with a capital begins a sentence: "in the U.S. The plan", not "the U.S. Senate"."""
    pronouns = (word for kind in ("he", "she", "they", "it", "we", "i") for word in vocabulary.of(f"pronoun:{kind}"))
    return token.low in vocabulary.of("determiner") | vocabulary.of("lead") | vocabulary.of("possessive") or token.low in pronouns


def _is_cued(tokens: list[Token], at: int, vocabulary: Language) -> bool:
    """Whether what follows a quotation is only who said it: a few words, a cue, and the end or an addition."""
    if tokens[at].is_capital and tokens[at].low in vocabulary.of("lead"):
        return False
    for place in range(at, min(at + 14, len(tokens))):
        token = tokens[place]
        if token.quotation is not None:
            return False
        if token.low in vocabulary.of("be") or token.low in vocabulary.of("modal"):
            return False
        if token.text in ENDS:
            verb = tokens[place - 1]
            return (
                at < place - 1 <= at + 4
                and verb.low.endswith("ed")
                and not verb.is_capital
                and all(t.is_capital for t in tokens[at : place - 1])
            )
        if place > at and token.low in vocabulary.cues and not (token.is_capital and tokens[place - 1].low != ","):
            if _is_aside(tokens, place, vocabulary):
                continue
            after = tokens[place + 1] if place + 1 < len(tokens) else None
            if after is None or after.text in ENDS or after.low == ",":
                return True
            return not _leads_on(tokens, place, vocabulary) and (
                after.low in vocabulary.of("channel")
                or (after.low in vocabulary.of("day") and not _goes_on_behind_day(tokens, place + 2, vocabulary))
                or (place < at + 5 and _has_addressee(token, vocabulary))
            )
    return False


def _is_aside(tokens: list[Token], at: int, vocabulary: Language) -> bool:
    """Whether a cue is not that of its clause: "Lee, hoping to win, …", "declined to comment", "his plans to"."""
    after_comma = tokens[at].low.endswith("ing") and tokens[at - 1].low == ","
    speaks = any(cue.kinds & {"say", "tell"} for cue in vocabulary.cues[tokens[at].low])
    return after_comma or not speaks or tokens[at - 1].low in vocabulary.of("infinitive mark")


def _leads_on(tokens: list[Token], at: int, vocabulary: Language) -> bool:
    """Whether a cue leads to words of its own: “…” He warns that, “…” Lee told her “…”."""
    reach = 6 if _has_addressee(tokens[at], vocabulary) else 2
    return any(token.quotation is not None or token.low in vocabulary.of("that") for token in tokens[at + 1 : at + reach])


def _goes_on_behind_day(tokens: list[Token], at: int, vocabulary: Language) -> bool:
    """Whether a clause follows "said Wednesday": “…” Lee said Wednesday she would go."""
    after = tokens[at] if at < len(tokens) else None
    pronouns = (word for kind in ("he", "she", "they", "it") for word in vocabulary.of(f"pronoun:{kind}"))
    return after is not None and (after.low in pronouns or after.low in vocabulary.of("that"))


def _has_addressee(token: Token, vocabulary: Language) -> bool:
    return any("tell" in cue.kinds for cue in vocabulary.cues[token.low])
