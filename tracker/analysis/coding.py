"""Several codings of one statement: do coders agree, where not, and which statements are contested."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir

from tracker.analysis.agreement import Alpha, alpha
from tracker.analysis.corpus import Corpus
from tracker.analysis.selecting import CONTESTED_IN, contested_ids
from tracker.core.selection import Selection

MAX_DISAGREEMENTS = 200
STANCE_RANKS = {"oppose": "1", "mixed": "2", "neutral": "2", "support": "3"}
"""The order of stances for ordinal alpha: mixed and neutral both stand between the others."""

_BREAK, _TIMES = "\x1f", "\x1e"


@dataclass(frozen=True, slots=True)
class VariableAgreement:
    """How far coders agree on one variable: nominal alpha, and ordinal alpha for stance; ``n_once`` units were coded by one only."""

    variable: str
    alpha: Alpha
    ordinal: Alpha | None
    n_coders: int
    n_once: int
    n_left_open: int
    n_contested: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One statement of one variable on which coders differ; ``values`` are (coder, value) pairs by coder."""

    variable: str
    statement_id: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CoderAgreement:
    """Every variable that was coded, and the disagreements, newest statement first; ``n_disagreements`` counts those not listed too."""

    variables: tuple[VariableAgreement, ...]
    disagreements: tuple[Disagreement, ...]
    n_disagreements: int


def coder_agreement(corpus: Corpus, selection: Selection) -> CoderAgreement:
    """Agreement on the selected statements, variable by variable; nothing where no codings are on record.

    Codings that a coder left open count in ``n_left_open`` and nowhere else: what was not coded is no agreement.
    """
    if "codings" not in corpus.beside:
        return CoderAgreement((), (), 0)
    patterns: defaultdict[str, list[tuple[dict[str, int], int]]] = defaultdict(list)
    for row in _asked(corpus, selection, "patterns", _patterns_question):
        patterns[row["variable"]].append((_pattern(row["pattern"]), row["n"]))
    sizes = {row["variable"]: row for row in _asked(corpus, selection, "coders", _coders_question)}
    variables = tuple(_variable(name, patterns.get(name, []), sizes[name]) for name in sorted(sizes, key=_stance_first))
    return CoderAgreement(variables, _disagreements(corpus, selection), sum(found.n_contested for found in variables))


def n_contested(corpus: Corpus, selection: Selection) -> int:
    """How many of the selected statements have a contested stance or issue: coders give different values."""
    if "codings" not in corpus.beside:
        return 0
    ids = contested_ids(corpus.beside["codings"])
    (row,) = corpus.ask_chosen("contested", lambda narrow: narrow.semi_join(ids, "statement_id").aggregate(n=ibis._.count()), selection)
    return row["n"]


def _stance_first(variable: str) -> tuple[bool, str]:
    return variable not in CONTESTED_IN, variable


def _variable(name: str, patterns: list[tuple[dict[str, int], int]], size: dict[str, Any]) -> VariableAgreement:
    ordinal = alpha([(_ranked(pattern), n) for pattern, n in patterns], ("1", "2", "3")) if name == "stance" else None
    n_once = sum(n for pattern, n in patterns if sum(pattern.values()) == 1)
    contested = sum(n for pattern, n in patterns if len(pattern) > 1)
    return VariableAgreement(name, alpha(patterns), ordinal, size["n_coders"], n_once, size["n_left_open"], contested)


def _ranked(pattern: dict[str, int]) -> dict[str, int]:
    found: defaultdict[str, int] = defaultdict(int)
    for value, n in pattern.items():
        found[STANCE_RANKS[value]] += n
    return found


def _asked(corpus: Corpus, selection: Selection, name: str, question: Any) -> list[dict[str, Any]]:
    codings = corpus.beside["codings"]
    return corpus.ask_chosen(("codings", name), lambda narrow: question(codings.semi_join(narrow, "statement_id")), selection)


def _patterns_question(codings: ir.Table) -> ir.Table:
    counted = codings.filter(codings.value != "").group_by("variable", "statement_id", "value").aggregate(times=ibis._.count())
    spelled = counted.mutate(part=counted.value.concat(_TIMES, counted.times.cast("string")))
    # Sorted as a list: joining texts in an order is refused by some engines.
    by_unit = spelled.group_by("variable", "statement_id").aggregate(pattern=spelled.part.collect().sort().join(_BREAK))
    return by_unit.group_by("variable", "pattern").aggregate(n=by_unit.count()).order_by("variable", "pattern")


def _coders_question(codings: ir.Table) -> ir.Table:
    is_open = codings.value == ""
    return codings.group_by("variable").aggregate(n_coders=codings.coder.nunique(where=~is_open), n_left_open=is_open.cast("int32").sum())


def _pattern(spelled: str) -> dict[str, int]:
    parts = (part.rpartition(_TIMES) for part in spelled.split(_BREAK))
    return {value: int(times) for value, _, times in parts}


def _disagreements(corpus: Corpus, selection: Selection) -> tuple[Disagreement, ...]:
    codings = corpus.beside["codings"]

    def question(narrow: ir.Table) -> ir.Table:
        coded = codings.filter(codings.value != "")
        units = coded.group_by("variable", "statement_id").having(coded.value.nunique() > 1).aggregate(n=coded.count())
        dated = units.inner_join(narrow.select("statement_id", "stated_from", "row_number"), "statement_id")
        newest = dated.order_by([dated.stated_from.desc(), dated.row_number.desc(), dated.variable]).limit(MAX_DISAGREEMENTS)
        found = coded.inner_join(newest, ["variable", "statement_id"])
        order = [found.stated_from.desc(), found.row_number.desc(), found.variable, found.coder]
        return found.order_by(order).select("variable", "statement_id", "coder", "value")

    return tuple(_as_disagreements(corpus.ask_chosen("disagreements", question, selection)))


def _as_disagreements(rows: Iterable[dict[str, Any]]) -> Iterable[Disagreement]:
    by_unit: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in rows:
        by_unit.setdefault((row["variable"], row["statement_id"]), []).append((row["coder"], row["value"]))
    return (Disagreement(variable, statement_id, tuple(values)) for (variable, statement_id), values in by_unit.items())
