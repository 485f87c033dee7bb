"""Statements themselves: a page of a list, chosen ones by id, everything known of one, and whole exports."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

import ibis
import ibis.expr.types as ir

from tracker.analysis.corpus import Corpus
from tracker.analysis.facets import n_selected
from tracker.analysis.ranking import ranked_by, scores
from tracker.analysis.results import StatementPage, StatementRow
from tracker.analysis.selecting import matching, selected, with_doubt
from tracker.analysis.shapes import Ends, Shape, Values, placeholder
from tracker.core.columns import COLUMN_NAMES, FACETS
from tracker.core.dates import Window
from tracker.core.selection import Selection
from tracker.core.vocabulary import NOT_GIVEN

ROW_COLUMNS = tuple(field.name for field in fields(StatementRow) if field.name not in ("ended", "ended_on"))
SORTS = ("best", "newest", "oldest", "spokesperson", "actor", "issue")
BEST = SORTS[0]
MAX_LISTED_IDS = 1_000
CODE_COLUMNS = ("country_code", *(facet.column for facet in FACETS))

_NUMBERS = ibis.table({"row_number": "int32"}, name="chosen")

Predicate = Callable[[ir.Table], ir.BooleanValue]


def list_statements(corpus: Corpus, selection: Selection, sort: str = "newest", page: int = 1, page_size: int = 25) -> StatementPage:
    """One page of the selected statements; a page past the end is the last one, before the first the first.

    Orders are total: ``newest`` and ``oldest`` by the first day a date can mean, then by place in the file;
    ``spokesperson``, ``actor`` and ``issue`` by code (not given last), then newest first; ``best`` by how well they match
    the search (see :mod:`tracker.analysis.ranking`), then newest first, which is also the order without a search.
    """
    n_statements = n_selected(corpus, selection)
    n_pages = max(1, -(-n_statements // page_size))
    page = min(max(page, 1), n_pages)
    before = (page - 1) * page_size
    size = min(page_size, n_statements - before) if before else page_size
    if sort == BEST and not ranked_by(selection.search):
        sort = "newest"
    name = ("page", sort, before, size, selection.search if sort == BEST else "")
    if not n_statements:
        return StatementPage((), 0, page, n_pages)
    places = corpus.ask_chosen(name, lambda narrow: _page_question(corpus, narrow, selection.search, sort, before, size), selection)
    return StatementPage(_at_places(corpus, places), n_statements, page, n_pages)


def statements_by_id(corpus: Corpus, ids: Sequence[str], window: Window = Window()) -> tuple[StatementRow, ...]:
    """These statements in the order asked, each once; ids that do not exist are left out.

    ``is_possibly`` is about the window; without one no statement is in doubt.
    """
    wanted = tuple(dict.fromkeys(ids))
    if not wanted:
        return ()

    def question() -> ir.Table:
        held = with_doubt(corpus.statements, Ends.of(window))
        return held.filter(held.statement_id.isin(wanted)).select(*ROW_COLUMNS)

    rows = corpus.ask(("by id", wanted, window), question)
    by_id = {row.statement_id: row for row in as_rows(corpus, rows)}
    return tuple(by_id[statement_id] for statement_id in wanted if statement_id in by_id)


def rows_by_number(corpus: Corpus, numbers: Iterable[int], window: Window) -> tuple[StatementRow, ...]:
    """The statements at these places in the file that lie in the window, oldest first.

    Quicker than by id where there are very many: the numbers travel as one text, because thousands of literals take
    Ibis a second to compile, and the question about them is compiled once.
    """
    wanted = sorted(set(numbers))
    if not wanted:
        return ()
    shape = Shape.of(Selection(window=window))
    rows = _ask_numbered(corpus, ("by number", shape.key), lambda: _numbered(corpus.statements, shape.ends), wanted, shape.values)
    return as_rows(corpus, rows)


def statement_record(corpus: Corpus, statement_id: str) -> dict[str, Any] | None:
    """Every column known of one statement, as written and as code; ``None`` when there is no such id."""
    held = corpus.statements
    rows = corpus.ask(("record", statement_id), lambda: held.filter(held.statement_id == statement_id).drop("search_text"))
    return rows[0] if rows else None


def id_as_held(corpus: Corpus, asked: str) -> str:
    """The id of a statement as the table has it, whatever its case in a link; "" when there is none or more than one."""

    def question() -> ir.Table:
        ids = corpus.statements.select("statement_id")
        return ids.filter(ids.statement_id.lower() == asked.lower()).limit(2)

    found = corpus.ask(("id as held", asked), question)
    return found[0]["statement_id"] if len(found) == 1 else ""


def export_rows(corpus: Corpus, selection: Selection) -> list[dict[str, Any]]:
    """The selected statements in the order of the file: every column of ``COLUMN_NAMES`` as written, then codes.

    ``stated_on`` is ISO, partial where the date is; ``is_possibly`` says that it may be outside the window.
    """
    columns = (*COLUMN_NAMES, *CODE_COLUMNS, "speaks_for_actor", "is_possibly")
    return corpus.ask(("export", selection), lambda: matching(corpus, selection).order_by("row_number").select(*columns))


def rows_where(
    corpus: Corpus, selection: Selection, name: Hashable, predicate: Predicate, *, each: bool = False, values: Values | None = None
) -> tuple[StatementRow, ...]:
    """The selected statements of which the predicate is true, oldest first; ``name`` names the predicate without ``values``.

    With ``each`` a joint statement is there once for each signatory, whose code stands in ``actor_id``.
    """

    def question(narrow: ir.Table) -> ir.Table:
        return _wide(corpus, narrow.filter(predicate(narrow)), each=each)

    return as_rows(corpus, corpus.ask_chosen(("rows", name, each), question, selection, each=each, values=values))


def ids_where(corpus: Corpus, selection: Selection, name: Hashable, predicate: Predicate, values: Values | None = None) -> tuple[str, ...]:
    """The ids of the selected statements of which the predicate is true, oldest first, at most ``MAX_LISTED_IDS``."""

    def question(narrow: ir.Table) -> ir.Table:
        held = narrow.filter(predicate(narrow))
        return held.order_by(_order(held, "oldest")).limit(MAX_LISTED_IDS).select("statement_id")

    return tuple(row["statement_id"] for row in corpus.ask_chosen(("ids", name), question, selection, values=values))


def as_rows(corpus: Corpus, rows: list[dict[str, Any]]) -> tuple[StatementRow, ...]:
    """Answers in the columns of ``ROW_COLUMNS`` as values."""
    lives = corpus.lives
    if not lives:
        return tuple(StatementRow(**row) for row in rows)
    ends = {row["statement_id"]: (step.relation, step.on) for row in rows if (step := lives.get(row["statement_id"]))}
    found = ((row, ends.get(row["statement_id"], ("", ""))) for row in rows)
    return tuple(StatementRow(**row, ended=relation, ended_on=on) for row, (relation, on) in found)


def _page_question(corpus: Corpus, narrow: ir.Table, search: str, sort: str, before: int, size: int) -> ir.Table:
    """Where the statements of a page stand, in its order."""
    if sort == BEST:
        scored = scores(corpus.statements, search, corpus.lookup)
        held = narrow.left_join(scored, "row_number").select("row_number", "stated_from", "is_possibly", "score")
        narrow = held.mutate(score=held.score.coalesce(0.0))
    keys = narrow.select("row_number", "stated_from", "is_possibly", *_SORTED_BY.get(sort, ()))
    top = keys.order_by(_order(keys, sort)).limit(before + size)
    if before:
        last = top.order_by(_order(top, sort, backwards=True)).limit(size)
        top = last.order_by(_order(last, sort))
    return top.select("row_number", "stated_from", "is_possibly")


def _at_places(corpus: Corpus, places: Sequence[Mapping[str, Any]]) -> tuple[StatementRow, ...]:
    """The statements at these places in their order, each in doubt as its place says.

    Asked apart from the places, with the days they begin on: the table is sorted by day, so that an engine reads texts from
    few parts of it. In one question it would learn the days too late to leave the others out.
    """
    days = [place["stated_from"] for place in places]
    values = {placeholder("begins-first"): (min(days).isoformat(),), placeholder("begins-last"): (max(days).isoformat(),)}
    found = _ask_numbered(corpus, "at places", lambda: _begun_between(corpus.statements), [place["row_number"] for place in places], values)
    rows = {row.pop("row_number"): row for row in found}
    return as_rows(corpus, [{**rows[place["row_number"]], "is_possibly": place["is_possibly"]} for place in places])


def _ask_numbered(
    corpus: Corpus, name: Hashable, build: Callable[[], ir.Table], numbers: Sequence[int], values: Values
) -> list[dict[str, Any]]:
    numbered = {placeholder("numbers"): (",".join(str(int(number)) for number in numbers),)}
    return corpus.run.rows(build, name, chosen=_listed, chosen_key="numbers", values={**values, **numbered})


def _listed() -> ir.Table:
    # In two steps: Spark takes no rows made from a list inside another expression.
    listed = ibis.literal(placeholder("numbers")).split(",").unnest().name("number").as_table()
    return listed.select(row_number=listed.number.cast("int32"))


def _numbered(statements: ir.Table, ends: Ends) -> ir.Table:
    held = with_doubt(selected(statements, Selection(), ends=ends), ends)
    found = held.inner_join(_NUMBERS, "row_number")
    return found.order_by(_order(found, "oldest")).select(*ROW_COLUMNS)


def _begun_between(statements: ir.Table) -> ir.Table:
    first, last = (ibis.literal(placeholder(f"begins-{end}")).cast("date") for end in ("first", "last"))
    held = statements.filter(statements.stated_from >= first, statements.stated_from <= last)
    return held.inner_join(_NUMBERS, "row_number").select("row_number", *(name for name in ROW_COLUMNS if name != "is_possibly"))


def _wide(corpus: Corpus, narrow: ir.Table, *, each: bool) -> ir.Table:
    """All columns of these narrow statements, oldest first: texts are read of them alone. With ``each`` the narrow actor stands."""
    statements = corpus.statements.drop("actor_id") if each else corpus.statements
    found = statements.inner_join(narrow.select("row_number", "is_possibly", *(["actor_id"] if each else [])), "row_number")
    return found.order_by(_order(found, "oldest")).select(*ROW_COLUMNS)


_SORTED_BY = {"spokesperson": ("spokesperson_id",), "actor": ("actor_id",), "issue": ("issue_id",), BEST: ("score",)}


def _order(statements: ir.Table, sort: str, backwards: bool = False) -> list[ir.Value]:
    newest_first = sort != "oldest"
    keys = [(statements.stated_from, newest_first), (statements.row_number, newest_first)]
    if sort == BEST:
        return [ibis.desc(key) if not backwards else ibis.asc(key) for key in (statements.score, *(key for key, _ in keys))]
    for column in _SORTED_BY.get(sort, ()):
        keys = [(statements[column] == NOT_GIVEN, False), (statements[column], False), *keys]
    return [ibis.desc(key) if descending != backwards else ibis.asc(key) for key, descending in keys]
