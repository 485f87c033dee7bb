"""Lists of words and phrases looked up in a row of words: exact forms, and stems written with a star."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from tracker.io.articles.letters import evened

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
GLUED_AGENCY = r"(?<=, )[A-Z]{3,8}(?=-[A-Z])"
"""An agency that a hyphen parts from the first word of its report: "Damascus, SANA-Syria's envoy"."""
_WORD = re.compile(
    rf"{GLUED_AGENCY}|(?:[^\W\d_]\.){{2,}}|[A-Z]\.[A-Z]\b|[A-ZА-Я]\.(?=\s[A-ZА-Я])|[{_CJK}]|(?:[dlDL]|dell|all|dall|nell|sull)['’](?=\w)"
    rf"|['’]s\b|[^\W{_CJK}]+(?:-[^\W{_CJK}]+|['’](?!s\b)[^\W{_CJK}]+)*|[^\w\s]",
)


_ARABIC_ARTICLES = frozenset({"al", "el", "an", "as", "ash", "ad", "at", "az", "ar"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark of a text: where it stands, and its letters evened."""

    start: int
    end: int
    low: str
    is_capital: bool
    is_letters: bool


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words and marks of a text in order; each Chinese character is one, "Russia's" is two.

    >>> [word.low for word in words_of("Russia’s С.В.Лавров, 外交部")]
    ['russia', "'s", 'с.в.', 'лавров', ',', '外', '交', '部']
    """
    end = len(text) if end is None else end
    plain = evened(text[start:end])
    found = []
    for match in _WORD.finditer(text, start, end):
        first = text[match.start()]
        low = (
            "," if match[0] == "‚" else "u.s." if match[0] in ("US", "U.S") else plain[match.start() - start : match.end() - start]
        )  # not the pronoun
        found.append(Word(match.start(), match.end(), _without_joined_preposition(low), begins_capital(match[0]), first.isalpha()))
    return found


def begins_capital(word: str) -> bool:
    """Whether a word is written with a capital, behind an Arabic article too.

    >>> begins_capital("Example"), begins_capital("al-Example"), begins_capital("al-example")
    (True, True, False)
    """
    return word[0].isupper() or (word[-1] != "-" and word.partition("-")[0] in _ARABIC_ARTICLES and word.partition("-")[2][:1].isupper())


def _without_joined_preposition(low: str) -> str:
    """An Arabic word with its article, without what is written on to it: للمتحدث is المتحدث."""
    if low.startswith("لل") and len(low) > 4:
        return "ال" + low[2:]
    return low[1:] if low.startswith(("وال", "بال", "فال", "كال")) and len(low) > 5 else low


@dataclass
class WordList:
    """Phrases with what they stand for, found by their first word; a star at the end of a word is any ending."""

    exact: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    stems: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    shortest_stem: int = 99
    longest_stem: int = 0

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> WordList:
        """The list of (phrase, value) pairs; the longest phrase at a place wins."""
        made = cls()
        for phrase, value in pairs:
            parts = tuple(_pattern_words(phrase))
            if not parts:
                continue
            head = parts[0]
            if head.endswith("*"):
                made.stems.setdefault(head[:-1], []).append((parts, value))
                made.shortest_stem = min(made.shortest_stem, len(head) - 1)
                made.longest_stem = max(made.longest_stem, len(head) - 1)
            else:
                made.exact.setdefault(head, []).append((parts, value))
        for bucket in (*made.exact.values(), *made.stems.values()):
            bucket.sort(key=lambda entry: -len(entry[0]))
        return made

    def at(self, words: Sequence[Word], place: int) -> tuple[int, str]:
        """How many words at a place are a phrase of the list, and its value; (0, "") when none is."""
        low = words[place].low
        best = (0, "")
        for parts, value in self.exact.get(low, ()):
            if len(parts) > best[0] and _fits(parts, words, place):
                best = (len(parts), value)
                break
        for length in range(min(len(low), self.longest_stem), self.shortest_stem - 1, -1):
            for parts, value in self.stems.get(low[:length], ()):
                if len(parts) > best[0] and _fits(parts, words, place):
                    best = (len(parts), value)
        return best

    def found_in(self, words: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
        """Every place where a phrase of the list begins: the place, how many words it has, and its value.

        >>> list(WordList.of([("foreign ministry", "a"), ("ministry", "b")]).found_in(words_of("the foreign ministry")))
        [(1, 2, 'a'), (2, 1, 'b')]
        """
        for place in range(len(words)):
            n_words, value = self.at(words, place)
            if n_words:
                yield place, n_words, value

    def before(self, words: Sequence[Word], place: int) -> tuple[int, str]:
        """The same for the words that end right before a place; at most four words."""
        for length in range(min(4, place), 0, -1):
            n_words, value = self.at(words, place - length)
            if n_words == length:
                return n_words, value
        return 0, ""


def _fits(parts: tuple[str, ...], words: Sequence[Word], place: int) -> bool:
    if place + len(parts) > len(words):
        return False
    for offset, part in enumerate(parts):
        low = words[place + offset].low
        if low != part and not (part.endswith("*") and low.startswith(part[:-1])):
            return False
    return True


def _pattern_words(phrase: str) -> list[str]:
    marked = phrase.strip().replace("*", "\ue000")
    if marked.endswith("'") or re.fullmatch(r"[^\W\d_]\.", marked):  # an article written on to the next word; M.
        return [evened(marked)]
    return [word.low.replace("\ue000", "*") for word in _merged(words_of(marked))]


def _merged(words: list[Word]) -> list[Word]:
    """Stars joined to the word they end."""
    found: list[Word] = []
    for word in words:
        if word.low == "\ue000" and found and found[-1].end == word.start:
            last = found.pop()
            word = Word(last.start, word.end, last.low + word.low, last.is_capital, last.is_letters)
        found.append(word)
    return found


def table(file_name: str) -> list[dict[str, str]]:
    """The rows of a data file of this folder."""
    text = resources.files(__package__).joinpath(file_name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def role_words(language: str, kind: str) -> WordList:
    """Words of offices of one language and kind, from role_words.csv; English for languages without any."""
    rows = _role_rows()
    known = language if any(row["language"] == language for row in rows) else "en"
    return WordList.of((row["word"], kind) for row in rows if row["language"] == known and row["kind"] == kind)


@cache
def _role_rows() -> tuple[dict[str, str], ...]:
    return tuple(table("role_words.csv"))
