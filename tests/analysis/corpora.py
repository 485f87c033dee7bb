"""Corpora for tests of analysis, and the same questions answered slowly in plain Python."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings

from tests.factory import data_set, statement
from tracker.analysis.corpus import Corpus
from tracker.core.beside import SIDE_TABLES, SideRecord
from tracker.core.columns import FACET_BY_PARAMETER, FACETS
from tracker.core.dates import Within
from tracker.core.folding import fold
from tracker.core.model import DataSet, Statement
from tracker.core.searching import All, Node, Not, Some, read_search
from tracker.core.selection import Selection
from tracker.core.vocabulary import NOT_CODED, NOT_GIVEN
from tracker.store.engine_at import open_engine_at
from tracker.store.snapshot import build_snapshot
from tracker.workspace.opening import lookup_of

FEW = settings(max_examples=25)
"""For a property that makes a corpus for each example, a third of a second: the edges stand beside it, drawing only goes on from them."""

_DATES = ("2016-07-28", "2016-07", "2016", "2016-07-29", "2016-08-01", "2016-12", "2015", "2016-07-28", "2016-02-29", "2017-01-01")
_QUOTES = ("Открыть коридоры", "فتح الممرات الإنسانية", "开放人道走廊", "Open the corridors", "Ouvrir les couloirs à l’Élysée", "")

VARIED: tuple[Statement, ...] = tuple(
    statement(
        f"v-{number:02}",
        _DATES[number % 10],
        actor_id=("AAA", "BBB", "CCC")[number % 3],
        organisation_id=("aaa-ministry", "", "bbb-mission", "aaa-rebels")[number % 4],
        spokesperson_id=("one", "two", "")[number % 3] if number % 7 else "three",
        issue_id=("issue-one", "issue-two", "")[number % 5 % 3],
        stance_code=("support", "oppose", "mixed", "neutral", NOT_CODED)[number * 7 % 5],
        act_code=("comment", "demand", NOT_CODED)[number % 3],
        target_id=("", "AAA", "BBB")[number // 3 % 3],
        language_code=("en", "ru", "ar", "")[number // 2 % 4],
        channel_code=("", "letter", "vote")[number // 5 % 3],
        speaks_for_actor=number % 4 != 3,
        quote=_QUOTES[number % 6],
    )
    for number in range(60)
)
"""Every facet value with every other at some place, dates of every precision, some texts in five scripts."""


@contextmanager
def corpus_of(*statements: Statement, **beside: tuple[SideRecord, ...]) -> Iterator[Corpus]:
    """A corpus of these statements with tables beside them, gone when the block ends."""
    with corpus_with(data_set(*statements, **beside)) as corpus:
        yield corpus


@contextmanager
def corpus_with(held: DataSet) -> Iterator[Corpus]:
    """The corpus of a data set on the engine that is tested, gone when the block ends."""
    with TemporaryDirectory() as folder:
        engine = open_engine_at(os.environ.get("TRACKER_TEST_ENGINE", ""), build_snapshot(held, Path(folder)), is_shared=False)
        try:
            tables = {name: engine.table(name) for name in SIDE_TABLES if getattr(held, name)}
            yield Corpus(engine.statements, engine, tables, lookup=lookup_of(engine))
        finally:
            engine.close()


def code_of(held: Statement, column: str) -> str:
    """The code a facet sees, missing ones named."""
    return getattr(held, column) or (NOT_CODED if column in ("stance_code", "act_code") else NOT_GIVEN)


def is_selected(held: Statement, selection: Selection, but: str = "") -> bool:
    """Whether the selection holds the statement, with one facet's filter ignored."""
    for facet in FACETS:
        code = code_of(held, facet.column)
        wanted, unwanted = selection.codes(facet.parameter), selection.excluded_codes(facet.parameter)
        if facet.parameter != but and ((wanted and code not in wanted) or code in unwanted):
            return False
    return is_found(held, read_search(selection.search).root) and held.stated_on.within(selection.window) is not Within.NOT


def is_found(held: Statement, node: Node | None) -> bool:
    """Whether a statement of ``tests.factory`` holds what a search asks for."""
    if node is None:
        return True
    if isinstance(node, Not):
        return not is_found(held, node.part)
    if isinstance(node, All):
        return all(is_found(held, part) for part in node.parts)
    if isinstance(node, Some):
        return any(is_found(held, part) for part in node.parts)
    return any(node.needle in f" {fold(text)} " for text in _texts(held, node.field))


def _texts(held: Statement, field: str) -> list[str]:
    written = held.written
    if field in FACET_BY_PARAMETER:
        facet = FACET_BY_PARAMETER[field]
        code = getattr(held, facet.column) or (dict(facet.words).get(NOT_CODED) and NOT_CODED) or NOT_GIVEN
        named = {"actor": f"Actor {code}", "target": f"Actor {code}", "language": code.upper(), "organisation": written["organisation"]}
        return [code, dict(facet.words).get(code) or named.get(field, code.title())]
    if field:
        return [written[name] for name in ("quote", "quote_en") if field == "quote"] or [written["position"]]
    return [written[name] for name in ("quote", "quote_en", "position", "spokesperson", "organisation")] + [f"Actor {held.actor_id}"]


def chosen_of(statements: Iterable[Statement], selection: Selection) -> list[Statement]:
    """The statements a selection holds, in the order given."""
    return [held for held in statements if is_selected(held, selection)]


def ids_of(statements: Iterable[Statement]) -> list[str]:
    """Their ids."""
    return [held.statement_id for held in statements]
