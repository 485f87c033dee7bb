"""Statements of one voice on one issue in the order of their dates: what is evidence, which runs of one stance they make."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir

from tracker.analysis.corpus import Corpus
from tracker.analysis.lives import with_retracted
from tracker.analysis.selecting import matching
from tracker.analysis.spoken import is_several, spoken
from tracker.core.columns import FACET_BY_PARAMETER
from tracker.core.folding import FIELD_BREAK
from tracker.core.selection import Selection
from tracker.core.vocabulary import NOT_CODED, NOT_GIVEN

SAME_WORDS = 80
"""So many letters of the folded words, from their beginning, tell two wordings apart: a quotation cut short is the same one."""

_FIELD_BREAK = FIELD_BREAK.strip()
_LANE = ["code", "issue_id"]
_MOMENT = [*_LANE, "stated_from", "stated_to"]

SAID: ir.Table = ibis.table(
    {
        "code": "string",
        "issue_id": "string",
        "stance_code": "string",
        "statement_id": "string",
        "row_number": "int32",
        "stated_from": "date",
        "stated_to": "date",
        "date_precision": "string",
        "voice": "int64",
        "document": "int64",
        "words": "int64",
        "spokesperson_id": "string",
        "organisation_id": "string",
        "why_not": "string",
    },
    name="chosen",
)
"""One row a statement; ``why_not`` says why it cannot place a position in time, "" when it can."""

NOT_CODED_WHY, NO_ISSUE, NOT_SPEAKING, POSSIBLY, RETRACTED = "not coded", "no issue", "does not speak", "possibly", "retracted"
SIGNED_ELSEWHERE = "signed elsewhere"


@dataclass(frozen=True)
class Sequences:
    """Asks questions of the statements of every lane (a code of the facet ``lane`` on an issue) under a selection.

    With ``each`` a joint statement stands in the lane of every signatory, where lanes are actors, else in that of the actor
    whose row it is.
    """

    corpus: Corpus
    selection: Selection
    lane: str = "actor"
    each: bool = True

    @property
    def is_several(self) -> bool:
        """Whether a statement can stand in more than one lane."""
        return self.lane == "actor" and is_several(self.corpus, self.each)

    def ask(self, name: Hashable, build: Any) -> list[dict[str, Any]]:
        """The answer to a question about :data:`SAID`."""
        key = ("said", self.selection, self.lane, self.each)
        return self.corpus.run.rows(lambda: build(SAID), ("said", name), chosen=self._said, chosen_key=key)

    def _said(self) -> ir.Table:
        is_of_actors = self.lane == "actor"
        held = spoken(self.corpus, self.selection, each=self.each) if is_of_actors else matching(self.corpus, self.selection)
        held = with_retracted(held, self.corpus, self.selection.window.last)
        code = held[FACET_BY_PARAMETER[self.lane].column]
        speaks = held.speaks_for_actor if is_of_actors else ibis.literal(True)
        spokesperson, organisation = (
            _own(held, name) if self.is_several else held[name] for name in ("spokesperson_id", "organisation_id")
        )
        voice = (spokesperson != NOT_GIVEN).ifelse(spokesperson.cast("string"), organisation.cast("string"))
        document = (held.document_url != "").ifelse(held.document_url, held.document_title)
        begins = held.search_text.substr(0, SAME_WORDS)
        end = begins.find(_FIELD_BREAK)
        elsewhere = [(held.is_elsewhere, SIGNED_ELSEWHERE)] if is_of_actors else []
        why_not = ibis.cases(
            *elsewhere,
            ((held.issue_id == NOT_GIVEN) | (code == NOT_GIVEN), NO_ISSUE),
            (~speaks, NOT_SPEAKING),
            (held.stance_code == NOT_CODED, NOT_CODED_WHY),
            (held.is_possibly, POSSIBLY),
            (held.is_ended, RETRACTED),
            else_="",
        )
        return held.select(
            code=code,
            issue_id=held.issue_id,
            stance_code=held.stance_code,
            statement_id=held.statement_id,
            row_number=held.row_number,
            stated_from=held.stated_from,
            stated_to=held.stated_to,
            date_precision=held.date_precision,
            voice=_mark(voice, NOT_GIVEN),
            document=_mark(document, ""),
            words=_mark((end >= 0).ifelse(begins.substr(0, end), begins), " "),
            spokesperson_id=spokesperson,
            organisation_id=organisation,
            why_not=why_not,
        )


def _own(held: ir.Table, name: str) -> ir.StringValue:
    """Who uttered it, for its own actor; nobody of a signatory's did."""
    return held.is_signed.ifelse(NOT_GIVEN, held[name].cast("string"))


def _mark(text: ir.StringValue, nothing: str) -> ir.IntegerValue:
    """A number for a text, null for none: a million numbers are sorted faster than as many texts."""
    return (text != nothing).ifelse(text.hash(), ibis.null("int64"))


def with_evidence(said: ir.Table) -> ir.Table:
    """The statements that can place a position, with ``is_evidence``: the first of its document, its voice and its words.

    Statements of one lane and stance are one piece of evidence when they stand in one document of one date, were said by
    one voice on one date, or have the same words (as search folds them). The most precisely dated one stands for them.
    """
    able = said.filter(said.why_not == "")
    span = able.date_precision.cases(("day", 0), ("month", 1), else_=2)
    of_moment = [*_MOMENT, "stance_code"]
    by_words = ibis.window(group_by=[*_LANE, "stance_code", "words"], order_by=[span, able.stated_from, able.statement_id])
    is_first = [
        _is_first(able, "document", of_moment),
        _is_first(able, "voice", of_moment),
        able.words.isnull() | (ibis.row_number().over(by_words) == 0),
    ]
    return able.mutate(is_evidence=ibis.and_(*is_first))


def _is_first(able: ir.Table, column: str, within: list[str]) -> ir.BooleanValue:
    first = able.statement_id.min().over(ibis.window(group_by=[*within, column]))
    return able[column].isnull() | (able.statement_id == first)


def placed(able: ir.Table) -> ir.Table:
    """The statements whose place among those of other stances is sure.

    A date known only to the month or year is placed unless a statement of the lane with another stance lies, more
    precisely dated, in that same month or year: then it may be before or after that one.
    """
    finer = able.filter(able.date_precision != "year").view()
    vague = able.filter(able.date_precision != "day")
    clash = vague.semi_join(
        finer,
        [
            vague.code == finer.code,
            vague.issue_id == finer.issue_id,
            vague.stance_code != finer.stance_code,
            finer.stated_from >= vague.stated_from,
            finer.stated_to <= vague.stated_to,
            finer.date_precision != vague.date_precision,
        ],
    )
    return able.anti_join(clash.select("code", "row_number"), ["code", "row_number"])


def moments(in_order: ir.Table) -> ir.Table:
    """One row a lane and date: its stance, ``is_contested`` where statements of that date differ, ``n_evidence``."""
    return in_order.group_by(*_MOMENT).aggregate(
        stance=in_order.stance_code.min(),
        is_contested=in_order.stance_code.min() != in_order.stance_code.max(),
        n_evidence=in_order.is_evidence.cast("int32").sum().cast("int32"),
    )


def stretches(of_moments: ir.Table, evidence: int) -> ir.Table:
    """One row a lane and position held: ``place`` 0, 1, …, stance, evidence, first and last date.

    A run of dates with one stance holds a position when it has so much evidence; shorter runs, and dates that contradict
    themselves, move nothing. Runs of one stance with only such between them are one stretch.
    """
    clear = of_moments.filter(~of_moments.is_contested & (of_moments.n_evidence > 0))
    numbered = _numbered(clear, "stance", ["stated_from", "stated_to"], "run")
    runs = numbered.group_by(*_LANE, "run").aggregate(
        stance=numbered.stance.min(),
        n_evidence=numbered.n_evidence.sum().cast("int32"),
        first_from=numbered.stated_from.min(),
        first_to=numbered.stated_to.min(),
        last_from=numbered.stated_from.max(),
        last_to=numbered.stated_to.max(),
    )
    held = _numbered(runs.filter(runs.n_evidence >= evidence), "stance", ["run"], "place")
    return held.group_by(*_LANE, "place").aggregate(
        stance=held.stance.min(),
        n_evidence=held.n_evidence.sum().cast("int32"),
        first_from=held.first_from.min(),
        first_to=held.first_to.min(),
        last_from=held.last_from.max(),
        last_to=held.last_to.max(),
    )


def _numbered(table: ir.Table, column: str, order: list[str], name: str) -> ir.Table:
    """The rows with the number of changes of a column before them, from 0."""
    window = ibis.window(group_by=_LANE, order_by=order)
    former = table.mutate(former=table[column].lag().over(window))
    changed = (former.former != former[column]).fill_null(False).cast("int32")
    return former.mutate(**{name: changed.sum().over(ibis.cumulative_window(group_by=_LANE, order_by=order)).cast("int32")}).drop("former")
