"""Wording through time: which words entered and which left the statements of a selection between two windows."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir

from tracker.analysis.corpus import Corpus
from tracker.analysis.periods import period_of, period_start
from tracker.analysis.results import LeftOut
from tracker.analysis.selecting import matching
from tracker.core.folding import FIELD_BREAK
from tracker.core.selection import Selection
from tracker.core.vocabulary import NOT_GIVEN

PRIOR_SIZE = 100.0
"""How many words the prior is worth: that much must be said before a difference is believed."""

MIN_STATEMENTS = 2
STANDS_OUT = 1.96
MAX_TERMS = 12
MAX_TERM_IDS = 200

_BEFORE, _AFTER, _EITHER, _SILENT, _NO_TEXT = 0, 1, -1, -2, -3
_REASONS = {
    _EITHER: "whose date may lie on either side",
    _SILENT: "by organisations that do not speak for the state",
    _NO_TEXT: "without words in this language",
}

TEXTS: ir.Table = ibis.table(
    {"row_number": "int32", "statement_id": "string", "stated_from": "date", "stated_to": "date", "side": "int32", "text": "string"},
    name="chosen",
)
"""One row a statement: its folded words and the side they are on, a negative number where they are on none."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word with the statements that use it before and after, and the log-odds ratio of the two with its z-score.

    ``z`` is positive for a word that entered. ``statement_ids`` are the statements of both windows, at most ``MAX_TERM_IDS``.
    """

    word: str
    n_before: int
    n_after: int
    log_odds: float
    z: float
    statement_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words that entered and left most surely, those that stand out first; ``split_on`` is the first day of the later window.

    ``language`` is a code; ``is_translated`` says that translations into English are among the texts. ``n_terms`` words were
    compared: those that at least ``MIN_STATEMENTS`` statements use.
    """

    split_on: date | None
    language: str
    is_translated: bool
    entered: tuple[Term, ...]
    left: tuple[Term, ...]
    n_before: int
    n_after: int
    n_terms: int
    left_out: tuple[LeftOut, ...] = ()


def log_odds(n_before: float, n_after: float, total_before: float, total_after: float) -> tuple[float, float]:
    """The log-odds ratio of a word after to before, with an informative Dirichlet prior, and its z-score.

    Monroe, Colaresi & Quinn 2008, "Fightin' Words", Political Analysis 16(4). The prior has the word's share of both windows
    together and the size ``PRIOR_SIZE``. A word used in one window only is still finite; one that is all
    there is neither came nor went.

    >>> [round(x, 2) for x in log_odds(2, 2, 100, 100)], [round(x, 2) for x in log_odds(0, 10, 100, 100)]
    ([0.0, 0.0], [1.15, 2.23])
    """
    if n_before + n_after == total_before + total_after:
        return 0.0, 0.0
    prior = PRIOR_SIZE * (n_before + n_after) / (total_before + total_after)
    odds = [(n + prior) / (total + PRIOR_SIZE - n - prior) for n, total in ((n_before, total_before), (n_after, total_after))]
    found = math.log(odds[1] / odds[0])
    return found, found / math.sqrt(1 / (n_before + prior) + 1 / (n_after + prior))


def wording_through_time(
    corpus: Corpus, selection: Selection, split_on: date | None = None, *, original: bool = False, of_actors: bool = True
) -> Wording:
    """Which words entered and left the selected statements from ``split_on`` on (default: the median day, so that halves are even).

    A word counts once a statement, folded as search folds it; in Chinese and Japanese every character is a word. Without
    ``original`` the texts are English, translations included; with it the originals in the language most statements are in.
    Languages are never mixed. No list of stop words: a word that is everywhere cannot enter. Statements whose date may lie on
    either side, without words in the language, or (``of_actors``) not speaking for the state are left out and counted.
    """
    language = _language(corpus, selection) if original else "en"
    split = split_on or _median_day(corpus, selection)
    if split is None:
        return Wording(None, language, not original, (), (), 0, 0, 0)
    asking = _Asking(corpus, selection, language, split, original, of_actors)
    sides = {row["side"]: row["n"] for row in asking.ask("sides", lambda t: t.group_by("side").aggregate(n=t.count()))}
    counts = asking.counts()
    totals = [sum(count[side] for count in counts.values()) for side in (_BEFORE, _AFTER)]
    able = {word: count for word, count in counts.items() if sum(count) >= MIN_STATEMENTS}
    scored = {word: log_odds(*count, *totals) for word, count in able.items()} if all(totals) else {}
    order = sorted(scored, key=lambda word: (-abs(scored[word][1]), word))
    came, gone = ([word for word in order if sign * scored[word][1] > 0][:MAX_TERMS] for sign in (1, -1))
    ids = asking.ids((*came, *gone))
    terms = {word: Term(word, *able[word], *scored[word], tuple(ids[word][:MAX_TERM_IDS])) for word in (*came, *gone)}
    return Wording(
        split_on=split,
        language=language,
        is_translated=not original,
        entered=tuple(terms[word] for word in came),
        left=tuple(terms[word] for word in gone),
        n_before=sides.get(_BEFORE, 0),
        n_after=sides.get(_AFTER, 0),
        n_terms=len(scored),
        left_out=tuple(LeftOut(words, sides[side]) for side, words in _REASONS.items() if side in sides),
    )


@dataclass(frozen=True)
class _Asking:
    """Questions about the words of a selection on either side of a day."""

    corpus: Corpus
    selection: Selection
    language: str
    split: date
    original: bool
    of_actors: bool

    def ask(self, name: Any, build: Any) -> list[dict[str, Any]]:
        key = ("texts", self.selection, self.language, self.split, self.original, self.of_actors)
        return self.corpus.run.rows(lambda: build(TEXTS), ("texts", name), chosen=self._texts, chosen_key=key)

    def counts(self) -> dict[str, list[int]]:
        """For every word, how many statements use it before and after."""
        found: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        for row in self.ask("counts", _counts_question):
            found[row["word"]][row["side"]] = row["n"]
        return dict(found)

    def ids(self, words: Sequence[str]) -> Mapping[str, list[str]]:
        """The statements that use these words, oldest first."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        wanted = tuple(sorted(words))
        if wanted:
            for row in self.ask(("ids", wanted), lambda table: _ids_question(table, wanted)):
                found[row["word"]].append(row["statement_id"])
        return found

    def _texts(self) -> ir.Table:
        held = matching(self.corpus, self.selection)
        text = _text(held, self.language, self.original)
        split = ibis.literal(self.split)
        side = ibis.cases(
            (ibis.literal(self.of_actors) & ~held.speaks_for_actor, _SILENT),
            (text == "", _NO_TEXT),
            (held.is_possibly, _EITHER),
            (held.stated_to < split, _BEFORE),
            (held.stated_from >= split, _AFTER),
            else_=_EITHER,
        )
        return held.select("row_number", "statement_id", "stated_from", "stated_to", side=side.cast("int32"), text=text)


def _text(held: ir.Table, language: str, original: bool) -> ir.StringValue:
    """The folded words of a statement in a language, "" where it has none: search text holds quote, then translation."""
    fields = held.search_text.strip().split(FIELD_BREAK)
    has_quote = held.quote.strip() != ""
    is_in_language = held.language_code.isin([language] if original else [language, NOT_GIVEN])
    in_quote = is_in_language & has_quote
    if original:
        return in_quote.ifelse(fields[0], "")
    translated = (held.quote_en.strip() != "").ifelse(has_quote.ifelse(fields[1], fields[0]), "")
    return in_quote.ifelse(fields[0], translated)


def _spoken(texts: ir.Table) -> ir.Table:
    """One row for each word of each statement that is on a side, once."""
    able = texts.filter(texts.side >= 0)
    return able.select("statement_id", "stated_from", "side", word=able.text.split(" ").unnest()).distinct()


def _counts_question(texts: ir.Table) -> ir.Table:
    spoken = _spoken(texts)
    return spoken.group_by("word", "side").aggregate(n=spoken.count())


def _ids_question(texts: ir.Table, words: Sequence[str]) -> ir.Table:
    spoken = _spoken(texts)
    return spoken.filter(spoken.word.isin(words)).order_by("word", "stated_from", "statement_id").select("word", "statement_id")


def _median_day(corpus: Corpus, selection: Selection) -> date | None:
    rows = corpus.ask_chosen("median day", lambda n: n.aggregate(day=period_of(n.stated_from, "day").median()), selection)
    day = rows[0]["day"]
    return None if day is None or (isinstance(day, float) and math.isnan(day)) else period_start("day", math.ceil(day))


def _language(corpus: Corpus, selection: Selection) -> str:
    """The language most of the selected statements are in; the first by code of equals."""
    rows = corpus.ask_chosen("languages", lambda n: n.group_by(code=n.language_code).aggregate(n=n.count()), selection)
    given = [row for row in rows if row["code"] != NOT_GIVEN]
    return min(given, key=lambda row: (-row["n"], row["code"]))["code"] if given else NOT_GIVEN
