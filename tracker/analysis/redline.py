"""What became of a wording: words kept, deleted, inserted, and sentences moved, in any script."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import LCSseq

from tracker.analysis.results import StatementRow
from tracker.core.vocabulary import NOT_GIVEN
from tracker.core.words import is_word, pieces, sentences, words

MAX_WORDS = 5_000
"""So many words and signs of a wording are compared: two such wordings take about a tenth of a second and 3 MB."""

MIN_MOVED = 4
"""A sentence with fewer words is too common to say that it moved."""

KEPT, DELETED, INSERTED, MOVED_FROM, MOVED_TO = "kept", "deleted", "inserted", "moved from", "moved to"
BEFORE, AFTER = frozenset([KEPT, DELETED, MOVED_FROM]), frozenset([KEPT, INSERTED, MOVED_TO])


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text with one fate: ``kind`` is kept, deleted, inserted, moved from or moved to.

    ``before`` and ``after`` are the text as it stands in either wording ("" where it does not); in kept text they differ in
    white space and in how letters are encoded, at most.
    """

    kind: str
    before: str
    after: str

    @property
    def text(self) -> str:
        """The text to show: that of the later wording, where it has it."""
        return self.after or self.before


@dataclass(frozen=True, slots=True)
class Redline:
    """Two wordings as one text; the ``before`` of all segments joined is the one, the ``after`` joined the other.

    ``n_kept`` words are in both at their place, ``n_moved`` in both in a sentence that moved; ``is_cut`` when a wording was
    longer than ``MAX_WORDS`` and only its beginning is compared.
    """

    segments: tuple[Segment, ...]
    n_before: int
    n_after: int
    n_kept: int
    n_moved: int
    is_cut: bool = False

    @property
    def share_kept(self) -> float:
        """Dice's share of words that are in both wordings, moved ones included: 0 to 1, 1 for two without any word."""
        n_words = self.n_before + self.n_after
        return 2 * (self.n_kept + self.n_moved) / n_words if n_words else 1.0


@dataclass(frozen=True, slots=True)
class Compared:
    """The redline of two statements and in which language; ``redline`` is ``None`` where no language is common to them."""

    language: str
    is_translated: bool
    redline: Redline | None


def redline(before: str, after: str) -> Redline:
    """What became of one wording in the other.

    A longest common subsequence of words (rapidfuzz's bit-parallel LCS, after Hyyrö 2004), each character being a word in
    scripts without spaces. White space and the encoding of letters are no difference; capitals and punctuation are. A sentence
    that stands word for word in both, out of order, has moved: it is neither deleted nor inserted. Single words kept in the
    middle of what is otherwise rewritten count as rewritten, because they are chance.
    """
    first, is_first_cut = _tokens(before)
    second, is_second_cut = _tokens(after)
    first, second = _with_moved(first, second)
    segments = tuple(_joined(_tidied(_slid(list(_aligned(first, second))))))
    n_kept, n_moved = (sum(len(words(s.before)) for s in segments if s.kind == kind) for kind in (KEPT, MOVED_FROM))
    sizes = [sum(len(words(getattr(s, side))) for s in segments) for side in ("before", "after")]
    return Redline(segments, *sizes, n_kept, n_moved, is_first_cut or is_second_cut)


def redline_of(before: StatementRow, after: StatementRow) -> Compared:
    """The redline of two statements in their words: in the original when both are in one language, else in English.

    Where one has neither an English original nor a translation there is none: words of two languages cannot be compared.
    """
    is_same = before.language_code == after.language_code and before.quote and after.quote
    if is_same:
        return Compared(before.language_code, False, redline(before.quote, after.quote))
    english = [row.quote_en or (row.quote if row.language_code in ("en", NOT_GIVEN) else "") for row in (before, after)]
    found = redline(*english) if all(english) else None
    return Compared("en" if found else "", found is not None, found)


# --- words and their order ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Token:
    """A word or sign with the white space after it; ``key`` is what it is compared by."""

    text: str
    key: object
    kind: str = ""


def _tokens(text: str) -> tuple[list[list[_Token]], bool]:
    """The sentences of a text as tokens, and whether it was cut."""
    found: list[list[_Token]] = []
    n_tokens = 0
    for sentence in sentences(text):
        tokens: list[_Token] = []
        for piece in pieces(sentence):
            if piece.isspace() and (tokens or found):
                (tokens or found[-1])[-1].text += piece
                continue
            n_tokens += 1
            if n_tokens > MAX_WORDS:
                return [*found, tokens] if tokens else found, True
            tokens.append(_Token(piece, unicodedata.normalize("NFC", piece)))
        if tokens:
            found.append(tokens)
    return found, False


def _with_moved(first: list[list[_Token]], second: list[list[_Token]]) -> tuple[list[_Token], list[_Token]]:
    """Both as one list of tokens, in which a sentence that moved is a single token that fits nothing."""
    places: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, sentence in enumerate(second):
        places[_key(sentence)].append(place)
    pairs = []
    for place, sentence in enumerate(first):
        waiting = places[_key(sentence)]
        if waiting and sum(is_word(token.text) for token in sentence) >= MIN_MOVED:
            pairs.append((place, waiting.pop(0)))
    staying = set(_longest_rising(pairs))
    moved = [pair for pair in pairs if pair not in staying]
    return (
        _flat(first, {one for one, _ in moved}, MOVED_FROM),
        _flat(second, {other for _, other in moved}, MOVED_TO),
    )


def _key(sentence: Sequence[_Token]) -> tuple[object, ...]:
    return tuple(token.key for token in sentence)


def _flat(text: list[list[_Token]], moved: set[int], kind: str) -> list[_Token]:
    tokens: list[_Token] = []
    for place, sentence in enumerate(text):
        whole = "".join(token.text for token in sentence)
        tokens += [_Token(whole, (kind, place), kind)] if place in moved else sentence
    return tokens


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The longest run of pairs whose second numbers rise (patience sorting, n log n); the first numbers rise already."""
    tops: list[int] = []
    ends: list[int] = []
    former: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        tops[pile : pile + 1], ends[pile : pile + 1] = [place], [number]
        former.append(ends[pile - 1] if pile else -1)
    number = ends[-1] if ends else -1
    while number >= 0:
        yield pairs[number]
        number = former[number]


def _aligned(first: Sequence[_Token], second: Sequence[_Token]) -> Iterator[Segment]:
    """Every token with its fate, in the order of both."""
    steps = LCSseq.opcodes([token.key for token in first], [token.key for token in second])
    for step in steps:
        if step.tag == "equal":
            kept = zip(first[step.src_start : step.src_end], second[step.dest_start : step.dest_end], strict=True)
            yield from (Segment(KEPT, one.text, other.text) for one, other in kept)
            continue
        yield from (Segment(token.kind or DELETED, token.text, "") for token in first[step.src_start : step.src_end])
        yield from (Segment(token.kind or INSERTED, "", token.text) for token in second[step.dest_start : step.dest_end])


def _slid(segments: list[Segment]) -> list[Segment]:
    """What was inserted (or deleted) alone begins after a sign that also follows it: "stop.[ Now.]", not "stop[. Now]."."""
    begins = 0
    for place in range(1, len(segments)):
        one, following = segments[begins], segments[place]
        if following.kind == segments[place - 1].kind != KEPT:
            continue
        is_sign = following.kind == KEPT and one.kind in (INSERTED, DELETED) and not is_word(one.text)
        if is_sign and one.text.strip() == following.text.strip() and (begins == 0 or segments[begins - 1].kind == KEPT):
            if one.kind == INSERTED:
                held, moved = Segment(KEPT, following.before, one.after), Segment(INSERTED, "", following.after)
            else:
                held, moved = Segment(KEPT, one.before, following.after), Segment(DELETED, following.before, "")
            segments[begins : place + 1] = [held, *segments[begins + 1 : place], moved]
        begins = place
    return segments


def _tidied(segments: list[Segment]) -> Iterator[Segment]:
    """A single word kept between words rewritten on both sides of it is rewritten too: that it stayed is chance."""
    runs = [(is_kept, list(run)) for is_kept, run in groupby(segments, key=lambda segment: segment.kind == KEPT)]
    for place, (is_kept, run) in enumerate(runs):
        around = [runs[place - 1][1], runs[place + 1][1]] if is_kept and 0 < place < len(runs) - 1 else []
        n_words = sum(is_word(segment.before) for segment in run)
        is_chance = around and n_words < 2 and len(run) < 4 and all(_n_rewritten(near) > 2 for near in around)
        for segment in run:
            yield from (Segment(DELETED, segment.before, ""), Segment(INSERTED, "", segment.after)) if is_chance else (segment,)


def _n_rewritten(run: Iterable[Segment]) -> int:
    """Words of a run that were deleted or inserted, whichever are more; none where only one of both happened."""
    n_words = [sum(is_word(s.text) for s in run if s.kind == kind) for kind in (DELETED, INSERTED)]
    return max(n_words) if all(n_words) else 0


def _joined(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Neighbours of one fate as one; between two kept ones, what was deleted stands before what was inserted."""
    for is_kept, run in groupby(segments, key=lambda segment: segment.kind == KEPT):
        held = list(run)
        if is_kept:
            yield Segment(KEPT, "".join(s.before for s in held), "".join(s.after for s in held))
            continue
        for side in ((DELETED, MOVED_FROM), (INSERTED, MOVED_TO)):
            yield from _runs([segment for segment in held if segment.kind in side])


def _runs(segments: Sequence[Segment]) -> Iterator[Segment]:
    """Deleted words in a row as one, inserted ones too; every moved sentence for itself."""
    for kind, same in groupby(segments, key=lambda segment: segment.kind):
        if kind in (MOVED_FROM, MOVED_TO):
            yield from same
        else:
            held = list(same)
            yield Segment(kind, "".join(s.before for s in held), "".join(s.after for s in held))
