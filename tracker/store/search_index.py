"""The index of words in a snapshot: which word stands in which statement at which place, in four tables of the same file.

``words`` (``word_id`` in the order of the words), ``postings`` (``word_id``, ``next_id``, ``row_number``, ``place``, sorted so:
the word after is there, 0 where none is, so that phrases are found as quickly as words), ``lengths`` (``row_number``,
``n_words``) and ``unindexed``: the statements that changed since the index was built, with their search text, which is read
instead. A place is four times the number of the word in its part of the search text plus the number of that part: 0 for
quotes, 1 for the position, 2 for names.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from tracker.core.folding import FIELD_BREAK, PART_BREAK, PLACES_APART

INDEX_TABLES = ("words", "postings", "lengths", "unindexed")

N_INDEXED_FROM = 20_000
"""Fewer statements are read through in a few milliseconds, and have no index."""

N_READ_AT_MOST, SHARE_READ_AT_MOST = 2_000, 0.02
"""When more statements than the larger of these changed since the index was built, it is built anew."""

N_SORTED_AT_ONCE = 20_000_000
"""Places sorted in one piece."""

MEMORY_LIMIT = "1500MB"
"""What DuckDB may take to build an index."""

_PLACED = f"""
SELECT row_number, unnest(found) AS word, unnest(list_append(found[2:], '')) AS next_word,
  (generate_subscripts(found, 1) - 1) * {PLACES_APART} + part AS place
FROM (SELECT row_number, string_split(part_text, ' ') AS found, part FROM (
  SELECT row_number, unnest(parts) AS part_text, generate_subscripts(parts, 1) - 1 AS part
  FROM (SELECT row_number, string_split(search_text, '{PART_BREAK}') AS parts FROM statements)))
"""
_COUNTED = f"""
CREATE TEMP TABLE counted AS SELECT (row_number() OVER (ORDER BY word))::INTEGER AS word_id, word, n
FROM (SELECT word, count(*) AS n FROM ({_PLACED}) WHERE word NOT IN ('', '{FIELD_BREAK.strip()}') GROUP BY word)
"""
_NUMBERED = f"""
CREATE TEMP TABLE placed AS
SELECT words.word_id, coalesce(after.word_id, 0) AS next_id, row_number, place::INTEGER AS place
FROM ({_PLACED}) JOIN words USING (word) LEFT JOIN words AS after ON next_word = after.word
"""
_N_WORDS = "(length(search_text) - length(replace(search_text, ' ', '')))::INTEGER"


def write_index(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the index of the statements of an open snapshot, in place of one that is there; none where they are few.

    Sorted in pieces and within ``MEMORY_LIMIT``; what does not fit goes to a folder beside the file meanwhile.
    """
    for table in INDEX_TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    if _count(connection, "SELECT count(*) FROM statements") < N_INDEXED_FROM:
        return
    connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
    connection.execute(_COUNTED)
    connection.execute("CREATE TABLE words AS SELECT word_id, word FROM counted ORDER BY word_id")
    connection.execute(_NUMBERED)
    connection.execute("CREATE TABLE postings (word_id INTEGER, next_id INTEGER, row_number INTEGER, place INTEGER)")
    for first, last in _pieces(connection):
        part = f"SELECT * FROM placed WHERE word_id BETWEEN {first:d} AND {last:d}"
        connection.execute(f"INSERT INTO postings {part} ORDER BY word_id, next_id, row_number, place")
    connection.execute("DROP TABLE placed; DROP TABLE counted")
    connection.execute(f"CREATE TABLE lengths AS SELECT row_number, {_N_WORDS} AS n_words FROM statements ORDER BY row_number")
    connection.execute("CREATE TABLE unindexed (row_number INTEGER, search_text VARCHAR)")
    connection.execute("RESET memory_limit")


def note_changes(connection: duckdb.DuckDBPyConnection, places: list[int]) -> None:
    """Keep the index of a snapshot right after the statements at these places were changed, added or taken away.

    The index stays as it is and the statements are read instead, until so many changed that it is built anew.
    """
    if not has_index(connection):
        write_index(connection)
        return
    connection.register("changed_places", pa.table({"row_number": pa.array(places, pa.int32())}))
    here = "row_number IN (SELECT row_number FROM changed_places)"
    for table, columns in (("unindexed", "row_number, search_text"), ("lengths", f"row_number, {_N_WORDS}")):
        connection.execute(f"DELETE FROM {table} WHERE {here}")
        connection.execute(f"INSERT INTO {table} SELECT {columns} FROM statements WHERE {here}")
    n_read, n_all = (_count(connection, f"SELECT count(*) FROM {table}") for table in ("unindexed", "statements"))
    if n_read > max(N_READ_AT_MOST, SHARE_READ_AT_MOST * n_all):
        write_index(connection)


def has_index(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the snapshot has an index of words."""
    return _count(connection, "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'postings'") > 0


def _pieces(connection: duckdb.DuckDBPyConnection) -> list[tuple[int, int]]:
    """The first and last word of each piece, in the order of words."""
    upto = f"(sum(n) OVER (ORDER BY word_id) - n) // {N_SORTED_AT_ONCE}"
    return connection.execute(
        f"SELECT min(word_id), max(word_id) FROM (SELECT word_id, {upto} AS piece FROM counted) GROUP BY piece ORDER BY 1"
    ).fetchall()


def _count(connection: duckdb.DuckDBPyConnection, question: str) -> int:
    ((n,),) = connection.execute(question).fetchall()
    return n
