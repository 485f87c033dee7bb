"""Who said what on which issue, and how often: the small table that every measure of alignment is a function of."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from tracker.analysis.corpus import Corpus
from tracker.analysis.listing import MAX_LISTED_IDS
from tracker.analysis.lives import with_ended
from tracker.analysis.periods import period_of
from tracker.analysis.results import LeftOut
from tracker.analysis.selecting import matching
from tracker.analysis.spoken import ELSEWHERE, is_several, spoken
from tracker.core.columns import FACET_BY_PARAMETER
from tracker.core.groups import is_group
from tracker.core.selection import Selection
from tracker.core.vocabulary import NOT_CODED, NOT_GIVEN

REPEATS = ("once", "document", "day", "week", "month", "all")
LEVELS = 4
"""Places of the last axis of counts: oppose, between (mixed or neutral), support, not coded."""

OPPOSE, BETWEEN, SUPPORT, UNCODED = range(LEVELS)
MAX_ROWS = MAX_COLUMNS = 2_000
"""What bounds memory: those with most statements, and the issues on which most were made."""

NO_PERIOD = -1

_NOT_SPEAKING = "by organisations that do not speak for the state"
_REASONS = {
    1: _NOT_SPEAKING,
    2: "without {row}",
    3: "without {column}",
    4: "whose stance is not coded",
    5: "dated less precisely than a {step}",
    6: ELSEWHERE,
}
_DAYS = 4_000_000
"""More days than there are between any two dates: two days become one number that sorts as the pair."""


@dataclass(frozen=True)
class Tally:
    """Counts by row (who), column (on what) and place on the scale; arrays are never changed.

    ``counts`` has the shape rows × columns × ``LEVELS``; ``positions`` rows × columns has the position in force, −1, 0
    or 1, NaN where there is none. ``n_statements`` counts statements, whatever the rule for repeats made of them.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: np.ndarray
    positions: np.ndarray
    n_by_row: np.ndarray
    n_statements: int
    left_out: tuple[LeftOut, ...] = ()

    def keeping(self, places: np.ndarray) -> Tally:
        """The same for these rows, in this order."""
        rows = tuple(self.rows[place] for place in places)
        return replace(self, rows=rows, counts=self.counts[places], positions=self.positions[places], n_by_row=self.n_by_row[places])


@dataclass(frozen=True)
class Counting:
    """How statements are counted: who and on what (parameters of facets), which repeats count, by which period.

    ``repeats``: ``all`` counts every statement; ``once`` one for each who, what and stance; ``document``, ``day``,
    ``week`` and ``month`` one for each of these besides, told apart by year too. With ``is_attention`` a statement
    counts whatever its stance, coded or not, and repeats are told apart without it; the stance of the first one stands.
    With ``each`` a joint statement is one of every signatory's, else of the actor's whose row it is. ``together`` names
    groups and actors to be told apart, each group as one: then repeats are told apart by member too, so that a group's
    counts are those of its members, and its position is what theirs are where they are one, else between.
    """

    row: str = "actor"
    column: str = "issue"
    repeats: str = "once"
    is_attention: bool = False
    step: str = ""
    each: bool = True
    together: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.repeats not in REPEATS:
            raise ValueError(f"repeats must be one of {', '.join(REPEATS)}, not {self.repeats!r}")

    def of(self, only: tuple[str, ...]) -> tuple[str, ...]:
        """Who is told apart when only these are asked for: groups have to be named, actors alone are found anyhow."""
        return (only if any(map(is_group, only)) else ()) if only else self.together


def tally(corpus: Corpus, selection: Selection, counting: Counting = Counting(), only: tuple[str, ...] = ()) -> Tally:
    """Counts and positions in force of all who spoke, or of ``only`` these; nothing depends on the order of the statements.

    The position in force is that of the latest coded statement that is surely inside the window, as on Compare; where
    statements of that latest date disagree it is between. Left out, and listed: statements that do not speak for the
    actor, name nobody or nothing, are not coded (unless attention is asked for) or are dated too roughly for the rule; and,
    past ``MAX_ROWS`` and ``MAX_COLUMNS``, those of whom and on what least was said.
    """
    frame, past = _bounded(_cells(corpus, selection, counting, only))
    found = _as_tally(frame, () if only else (*_left_out(corpus, selection, counting), *past))
    if not is_several(corpus, counting.each, counting.of(only)):
        return found
    sizes = volume(corpus, selection, counting, only, "row")
    whole = sum(volume(corpus, selection, counting, only).values())
    return replace(found, n_by_row=np.array([sizes[row,] for row in found.rows], int), n_statements=whole)


def tallies(
    corpus: Corpus, selection: Selection, counting: Counting, only: tuple[str, ...], n_latest: int
) -> Iterator[tuple[int, Tally | None]]:
    """The same by period of ``counting.step``, each from its own statements alone, oldest first: the latest ``n_latest`` periods.

    ``None`` for a period without a statement of ``only`` these. Statements that are not surely inside one period count in none.
    """

    def newest() -> ir.Table:
        held = _counted(corpus, selection, counting, only)
        return held.aggregate(period=held.period.max().coalesce(NO_PERIOD))

    (row,) = corpus.ask(("newest period", selection, counting, only), newest)
    frame, _ = _bounded(_cells(corpus, selection, counting, only, after=max(NO_PERIOD, row["period"] - n_latest)))
    parts = {period: _as_tally(part, ()) for period, part in frame.groupby("period")}
    if is_several(corpus, counting.each, counting.of(only)):
        sizes = volume(corpus, selection, counting, only, "period")
        parts = {period: replace(part, n_statements=sizes[period,]) for period, part in parts.items()}
    if parts:
        for period in range(min(parts), max(parts) + 1):
            yield period, parts.get(period)


def counted_ids(
    corpus: Corpus, selection: Selection, counting: Counting, rows: tuple[str, ...]
) -> dict[tuple[str, str], tuple[dict[str, Any], ...]]:
    """The statements that count for these rows by (row, column), oldest first: ``statement_id``, ``level``, ``unit``, ``member``.

    Different ``unit`` of one cell and level are what :func:`tally` counted.
    """

    def question() -> ir.Table:
        held = _counted(corpus, selection, counting, rows)
        order = [held.stated_from, held.row_number, held.member]
        return held.order_by(order).select("row", "column", "level", "unit", "member", "statement_id")

    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for held in corpus.ask(("counted ids", selection, counting, rows), question):
        found.setdefault((held["row"], held["column"]), []).append(held)
    return {cell: tuple(held) for cell, held in found.items()}


def _cells(corpus: Corpus, selection: Selection, counting: Counting, only: tuple[str, ...] = (), after: int | None = None) -> pd.DataFrame:
    together = bool(counting.of(only))

    def question() -> ir.Table:
        held = _counted(corpus, selection, counting, only)
        return _cells_question(held if after is None else held.filter(held.period > after), counting, together)

    frame = corpus.run.frame(question, ("cells", selection, counting, only, after))
    return _together(frame) if together else frame


def _counted(corpus: Corpus, selection: Selection, counting: Counting, only: tuple[str, ...]) -> ir.Table:
    held = _reasoned(corpus, selection, counting, only)
    return held.filter((held.reason == 0) & held.row.isin(only)) if only else held.filter(held.reason == 0)


def volume(corpus: Corpus, selection: Selection, counting: Counting, only: tuple[str, ...], *by: str) -> dict[tuple[Any, ...], int]:
    """Different statements by row, member or period, or in all: a joint one and that of a group's member are there more than once."""

    def question() -> ir.Table:
        held = _counted(corpus, selection, counting, only)
        n = held.row_number.nunique()
        return held.group_by(*by).aggregate(n=n) if by else held.aggregate(n=n)

    return {tuple(row[name] for name in by): row["n"] for row in corpus.ask(("volume", selection, counting, only, by), question)}


def _together(frame: pd.DataFrame) -> pd.DataFrame:
    """The cells of members as those of their groups: counts added up, and the position in force that all of them share.

    Positions come as two numbers, as in :func:`_newest`; of members that differ the group's is both the lowest and the highest.
    """
    low, high = SUPPORT - frame["low"] % LEVELS, frame["high"] % LEVELS
    held = high.where(low == high, BETWEEN)
    has = frame["high"] >= 0
    frame = frame.assign(lowest=(SUPPORT - held).where(has, -1), highest=held.where(has, -1))
    cells = frame.groupby(["row", "column", "period"], as_index=False, observed=True)
    counts = cells[[f"n{level}" for level in range(LEVELS)] + ["n"]].sum()
    ends = cells[["lowest", "highest"]].max().rename(columns={"lowest": "low", "highest": "high"})
    return counts.merge(ends, on=["row", "column", "period"])


def _bounded(frame: pd.DataFrame) -> tuple[pd.DataFrame, tuple[LeftOut, ...]]:
    """The cells of the rows and columns with most statements, equal ones by code, and what was left out for it."""
    past = []
    for name, at_most, words in (
        ("row", MAX_ROWS, "by others than the {:,} who said most"),
        ("column", MAX_COLUMNS, "on others than the {:,} issues most was said on"),
    ):
        sizes = frame.groupby(name)["n"].sum()
        if len(sizes) > at_most:
            kept = sizes.sort_index().sort_values(ascending=False, kind="stable").index[:at_most]
            is_kept = frame[name].isin(kept)
            past.append(LeftOut(words.format(at_most), int(frame.loc[~is_kept, "n"].sum())))
            frame = frame[is_kept]
    return frame, tuple(past)


def _reasoned(corpus: Corpus, selection: Selection, counting: Counting, only: tuple[str, ...] = ()) -> ir.Table:
    """Every selected statement with who, what, its place on the scale, what makes it a repeat, and why it does not count."""
    is_of_actors = counting.row == "actor"
    held = spoken(corpus, selection, each=counting.each, codes=counting.of(only)) if is_of_actors else matching(corpus, selection)
    held = with_ended(held, corpus, selection.window.last)
    row, column = (held[FACET_BY_PARAMETER[name].column].cast("string") for name in (counting.row, counting.column))
    speaks = held.speaks_for_actor if "actor" in (counting.row, counting.column) else ibis.literal(True)
    places = {"support": SUPPORT, "oppose": OPPOSE, NOT_CODED: UNCODED}
    level = ibis.cases(*((held.stance_code == stance, place) for stance, place in places.items()), else_=BETWEEN)
    is_too_rough = (counting.repeats in ("day", "week", "month")) & (_whole_period(held, counting.repeats) == NO_PERIOD)
    reasons = [(~speaks, 1), (row == NOT_GIVEN, 2), (column == NOT_GIVEN, 3)]
    reasons += [] if counting.is_attention else [(level == UNCODED, 4)]
    reasons = [(held.is_elsewhere, 6), *reasons] if is_of_actors else reasons
    first, last = period_of(held.stated_from, "day").cast("int64"), period_of(held.stated_to, "day").cast("int64")
    return held.select(
        "statement_id",
        "row_number",
        "stated_from",
        row=row,
        column=column,
        member=held.member_id if is_of_actors else row,
        level=level.cast("int8"),
        unit=_unit(held, counting.repeats),
        reason=ibis.cases(*reasons, (is_too_rough, 5), else_=0),
        latest=(held.is_possibly | held.is_ended | (level == UNCODED)).ifelse(-1, first * _DAYS + last),
        moment=first * (1 << 32) + held.row_number,
        period=_whole_period(held, counting.step) if counting.step else ibis.literal(0),
    )


def _whole_period(held: ir.Table, step: str) -> ir.IntegerValue:
    """The period all days of a date lie in, NO_PERIOD when they lie in more than one."""
    if step not in ("day", "week", "month", "quarter"):
        return ibis.literal(0)
    begins, ends = period_of(held.stated_from, step), period_of(held.stated_to, step)
    # The greatest changes nothing; without it Sail does not know that the case is never null, and refuses to group by it.
    return ibis.greatest((begins == ends).ifelse(begins, NO_PERIOD), NO_PERIOD)


def _unit(held: ir.Table, repeats: str) -> ir.StringValue:
    """What two statements share when the rule takes them for one; a statement without a document stands alone."""
    own = held.row_number.cast("string")
    if repeats == "all":
        return own
    if repeats == "once":
        return ibis.literal("")
    if repeats == "document":
        named = held.document_title + "\n" + held.publisher + "\n" + held.published_on
        return (held.document_url != "").ifelse(held.document_url, (held.document_title == "").ifelse(own, named))
    return _whole_period(held, repeats).cast("string")


def _cells_question(held: ir.Table, counting: Counting, by_member: bool) -> ir.Table:
    """One row for each who and what (and period, and member): counts by place on the scale, and the position in force."""
    cell = ["row", "column", "period", *(["member"] if by_member else [])]
    if counting.is_attention:
        held = held.group_by(*cell, "unit").aggregate(
            level=held.level.argmin(held.moment), n=held.count(), low=_newest(held, lowest=True), high=_newest(held)
        )
        counts = {f"n{level}": (held.level == level).ifelse(1, 0).sum() for level in range(LEVELS)}
        return held.group_by(*cell).aggregate(**counts, n=held.n.sum(), low=held.low.max(), high=held.high.max())
    if counting.repeats in ("all", "once"):
        counts = {f"n{level}": _said(held, level, counting.repeats) for level in range(LEVELS)}
        return held.group_by(*cell).aggregate(**counts, n=held.count(), low=_newest(held, lowest=True), high=_newest(held))
    # Two steps instead of counting distinct units under a condition, which Sail refuses.
    held = held.group_by(*cell, "level", "unit").aggregate(n=held.count(), low=_newest(held, lowest=True), high=_newest(held))
    counts = {f"n{level}": (held.level == level).ifelse(1, 0).sum() for level in range(LEVELS)}
    return held.group_by(*cell).aggregate(**counts, n=held.n.sum(), low=held.low.max(), high=held.high.max())


def _said(held: ir.Table, level: int, repeats: str) -> ir.IntegerValue:
    is_here = (held.level == level).ifelse(1, 0)
    return is_here.sum() if repeats == "all" else is_here.max()


def _newest(held: ir.Table, *, lowest: bool = False) -> ir.IntegerValue:
    """The latest date with the highest (or lowest) place on the scale said on it, as one number; negative for none."""
    level = (SUPPORT - held.level if lowest else held.level.cast("int64")).cast("int64")
    return (held.latest * LEVELS + level).max()


def _as_tally(frame: pd.DataFrame, left_out: tuple[LeftOut, ...]) -> Tally:
    rows, columns = (tuple(sorted(frame[name].unique())) for name in ("row", "column"))
    at = pd.Index(rows).get_indexer(frame["row"]), pd.Index(columns).get_indexer(frame["column"])
    counts = np.zeros((len(rows), len(columns), LEVELS))
    for level in range(LEVELS):
        counts[(*at, level)] = frame[f"n{level}"].to_numpy(float)
    positions = np.full((len(rows), len(columns)), np.nan)
    low, high = SUPPORT - frame["low"].to_numpy() % LEVELS, frame["high"].to_numpy() % LEVELS
    held = np.where(low == high, high, BETWEEN) - 1.0
    positions[at] = np.where(frame["high"].to_numpy() < 0, np.nan, held)
    n_by_row = np.bincount(at[0], weights=frame["n"].to_numpy(float), minlength=len(rows)).astype(int)
    return Tally(rows, columns, counts, positions, n_by_row, int(n_by_row.sum()), left_out)


def _left_out(corpus: Corpus, selection: Selection, counting: Counting) -> tuple[LeftOut, ...]:
    def numbers() -> ir.Table:
        held = _reasoned(corpus, selection, counting)
        out = held.filter(held.reason > 0)
        return out.group_by("reason").aggregate(n=out.row_number.nunique() if several else out.count())

    def ids() -> ir.Table:
        held = _reasoned(corpus, selection, counting)
        return held.filter(held.reason > 0).order_by("stated_from", "row_number").limit(MAX_LISTED_IDS).select("reason", "statement_id")

    several = is_several(corpus, counting.each, counting.together)
    name: Hashable = (selection, counting)
    n_by_reason = {row["reason"]: row["n"] for row in corpus.ask(("not tallied", name), numbers)}
    listed = corpus.ask(("not tallied ids", name), ids) if n_by_reason else []
    words = {"row": f"an {counting.row}" if counting.row[0] in "aio" else f"a {counting.row}", "step": counting.repeats}
    words["column"] = f"an {counting.column}" if counting.column[0] in "aio" else f"a {counting.column}"
    return tuple(
        LeftOut(_REASONS[reason].format(**words), n, tuple(dict.fromkeys(r["statement_id"] for r in listed if r["reason"] == reason)))
        for reason, n in sorted(n_by_reason.items())
    )
