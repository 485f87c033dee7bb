"""A search as Ibis expressions: which statements hold what is looked for."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from tracker.core.columns import FACET_BY_PARAMETER
from tracker.core.folding import PART_BREAK, PLACES_APART
from tracker.core.searching import TEXT_FIELDS, All, Node, Not, Some, Term, read_search


@dataclass(frozen=True)
class WordIndex:
    """The tables of an index of words (see ``store.search_index``); ``unindexed`` is ``None`` when it has no rows."""

    words: ir.Table
    postings: ir.Table
    lengths: ir.Table
    unindexed: ir.Table | None = None


@dataclass(frozen=True)
class Lookup:
    """Where a search looks beside the statements: the folded names of the codes of every facet, and an index of words.

    Without names a term kept to a facet finds nothing; without an index the text of every statement is read. ``hits`` is a table
    of the rows that were found already, where there is one: then nothing is looked up.
    """

    names: ir.Table | None = None
    index: WordIndex | None = None
    hits: ir.Table | None = None


WITHOUT_NAMES = Lookup()
HITS: ir.Table = ibis.table({"row_number": "int32"}, name="hits")
"""The rows that a search found. A question about selected statements reads them from here, and so is compiled once for all searches."""


def found(statements: ir.Table, search: str, lookup: Lookup = WITHOUT_NAMES) -> ir.Table:
    """The statements that a search finds, with the columns they have; all of them when it has no word."""
    if lookup.hits is not None:
        return statements.semi_join(lookup.hits, "row_number")
    root = read_search(search).root
    if root is None:
        return statements
    if lookup.index is None:
        return statements.filter(_holds(statements, root, lookup))
    return statements.semi_join(looked_up(statements, search, lookup), "row_number")


def is_looked_up(search: str, lookup: Lookup) -> bool:
    """Whether a search is answered by the index of words: it has a word, and there is an index.

    >>> is_looked_up("convoy", WITHOUT_NAMES)
    False
    """
    return lookup.index is not None and read_search(search).root is not None


def looked_up(statements: ir.Table, search: str, lookup: Lookup) -> ir.Table:
    """The rows of the statements that the index has for a search, each once: one column, ``row_number``.

    Raises ValueError when there is no index or the search has no word.
    """
    root = read_search(search).root
    if root is None or lookup.index is None:
        raise ValueError("Only a search with a word can be looked up, and only in an index.")
    # Made distinct once, at the end: quicker than for each term, and than a semi-join with numbers that come again and again.
    rows = Rows(statements, lookup, lookup.index).of(root)
    return rows.distinct() if _may_repeat(root) else rows


def _may_repeat(node: Node) -> bool:
    """Whether the rows of a tree can come more than once: those of places and of unions do, those of all statements do not."""
    if isinstance(node, All):
        return any(_may_repeat(part) for part in [part for part in node.parts if not isinstance(part, Not)][:1])
    return isinstance(node, Some) or (isinstance(node, Term) and node.field not in FACET_BY_PARAMETER)


def _holds(statements: ir.Table, node: Node, lookup: Lookup) -> ir.BooleanValue:
    """Whether a statement holds what a tree asks for, by reading its text."""
    if isinstance(node, Not):
        return ~_holds(statements, node.part, lookup)
    if isinstance(node, All):
        return ibis.and_(*(_holds(statements, part, lookup) for part in node.parts))
    if isinstance(node, Some):
        return ibis.or_(*(_holds(statements, part, lookup) for part in node.parts))
    if node.field in FACET_BY_PARAMETER:
        return _is_named(statements, node, lookup)
    return in_text(statements.search_text, node)


def in_text(text: ir.StringValue, term: Term) -> ir.BooleanValue:
    """Whether search text has the term, in the part of it that the term is kept to."""
    if not term.field:
        return text.contains(term.needle)
    rest = text if term.field == TEXT_FIELDS[0] else _after_break(text)
    place = rest.find(term.needle)
    return (place >= 0) & (place < rest.find(PART_BREAK))


def part_of(text: ir.StringValue, term: Term) -> ir.StringValue:
    """The part of search text that the term is kept to."""
    if not term.field:
        return text
    rest = text if term.field == TEXT_FIELDS[0] else _after_break(text)
    return rest.substr(0, rest.find(PART_BREAK))


def _after_break(text: ir.StringValue) -> ir.StringValue:
    return text.substr(text.find(PART_BREAK) + 1)


def _is_named(statements: ir.Table, term: Term, lookup: Lookup) -> ir.BooleanValue:
    if lookup.names is None:
        return ibis.literal(False)
    names = lookup.names
    meant = names.filter(names.parameter == term.field, names.words.contains(term.needle))
    return statements[FACET_BY_PARAMETER[term.field].column].isin(meant.code)


@dataclass(frozen=True)
class Rows:
    """Which rows hold what a tree asks for, found in the index: tables of one column, ``row_number``, where a number may come again."""

    statements: ir.Table
    lookup: Lookup
    index: WordIndex

    def of(self, node: Node) -> ir.Table:
        """The rows of any part of a tree."""
        if isinstance(node, Some):
            return ibis.union(*(self.of(part) for part in node.parts))
        if isinstance(node, Not):
            return self._all.anti_join(self.of(node.part), "row_number")
        if isinstance(node, All):
            return self._of_all(node)
        if node.field in FACET_BY_PARAMETER:
            return self.statements.filter(_is_named(self.statements, node, self.lookup)).select("row_number")
        return self.of_term(node)

    def of_term(self, term: Term) -> ir.Table:
        """The rows that have a term in their text; those that changed since the index was built are read."""
        indexed = self.places(term).select("row_number")
        unindexed = self.index.unindexed
        if unindexed is None:
            return indexed
        read = unindexed.filter(in_text(unindexed.search_text, term)).select("row_number")
        return ibis.union(indexed.anti_join(unindexed, "row_number"), read)

    def places(self, term: Term) -> ir.Table:
        """Every place in the index where the term begins, as ``row_number`` and ``place``; a phrase is found by its pairs of words."""
        last = len(term.words) - 1
        found = self._places_of(term, 0)
        for number in sorted({*range(2, last, 2), last - 1} - {0, -1}):
            found = found.semi_join(self._places_of(term, number), ["row_number", "place"])
        if term.field:
            found = found.filter(found.place % PLACES_APART == TEXT_FIELDS.index(term.field))
        return found

    @property
    def _all(self) -> ir.Table:
        return self.statements.select("row_number")

    def _of_all(self, node: All) -> ir.Table:
        wanted = [part for part in node.parts if not isinstance(part, Not)]
        found = self.of(wanted[0]) if wanted else self._all
        for part in wanted[1:]:
            found = found.semi_join(self.of(part), "row_number")
        for part in node.parts:
            if isinstance(part, Not):
                found = found.anti_join(self.of(part.part), "row_number")
        return found

    def _places_of(self, term: Term, number: int) -> ir.Table:
        """Where one word of a term and the one after it stand, as the place where the term would begin."""
        found = self.index.postings.inner_join(self._meant(term, number), "word_id").select("next_id", "row_number", "place")
        if number + 1 < len(term.words):
            found = found.semi_join(self._meant(term, number + 1), found.next_id == self._meant(term, number + 1).word_id)
        found = found.select("row_number", "place")
        return found.mutate(place=found.place - PLACES_APART * number)

    def _meant(self, term: Term, number: int) -> ir.Table:
        words = self.index.words
        return words.filter(_is_meant(words.word, term, number)).select("word_id")


def _is_meant(word: ir.StringValue, term: Term, number: int) -> ir.BooleanValue:
    """Whether a word of the index can stand for one of a term: its first may begin inside, its last may go on."""
    asked = term.words[number]
    may_begin_before, may_go_on = term.is_inside and number == 0, term.is_open and number == len(term.words) - 1
    if may_begin_before:
        return word.contains(asked) if may_go_on else word.endswith(asked)
    return word.startswith(asked) if may_go_on else word == asked
