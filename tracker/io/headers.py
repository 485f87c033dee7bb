"""Header names to our columns: which column means what, and what to say when that is not certain."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from tracker.core.columns import COLUMN_NAMES, PASSAGE_CELLS
from tracker.io.decoding import is_readable
from tracker.io.guarding import GUARDED
from tracker.io.limits import MAX_COLUMNS
from tracker.io.matching import tight_key
from tracker.io.refusals import FileRefused

REJECTED = ("rejected_line", "rejected_because")
"""Columns of our own files of rejected rows, which mean nothing when such a file comes back."""

DERIVED = (
    *("record", "line", "row_number", "date_precision", "country_code", "actor_id", "organisation_id", "spokesperson_id", "issue_id"),
    *("target_id", "stance_code", "act_code", "language_code", "channel_code", "speaks_for_actor", "is_possibly", "link_url"),
    *("stated_from", "stated_to"),
)
"""Columns of our own exports that repeat others as codes; they are left aside when they come back."""

_OURS_ALONE = "speaks_for_actor"
_DEPENDS_ON_THE_REST = tight_key("title")
_MAX_NAME = 100


def _column_names(file_name: str) -> dict[str, str]:
    """Our column for every name a header may give it, folded; the names are data."""
    text = resources.files(__package__).joinpath(file_name).read_text(encoding="utf-8")
    return {tight_key(row["synonym"]): row["column"] for row in csv.DictReader(text.splitlines())}


_COLUMN_OF = _column_names("header_synonyms.csv") | {tight_key(name): name for name in COLUMN_NAMES}


@cache
def _foreign_column_of() -> dict[str, str]:
    return _column_names("header_names_in_other_languages.csv")


class Naming:
    """Which column a header name means: as the person said, by our names and English synonyms, by other languages.

    What begins with ``=`` is no name but the text itself, for every row: ``{"=France": "country"}``.

    >>> Naming({"Wording": "quote"}).column_of("wording"), Naming().column_of("Дата"), Naming().column_of("Mood")
    ('quote', 'stated_on', '')
    """

    def __init__(self, mapping: Mapping[str, str] | None = None) -> None:
        self.said = {tight_key(theirs): ours for theirs, ours in (mapping or {}).items() if not theirs.startswith("=")}
        self.constants = {ours: theirs[1:] for theirs, ours in (mapping or {}).items() if theirs.startswith("=")}
        unknown = [ours for ours in (*self.said.values(), *self.constants) if ours and ours not in COLUMN_NAMES]
        if unknown:
            raise FileRefused(
                "mapping-unknown", f"The mapping names {unknown[0][:80]!r}, which is none of our columns: {', '.join(COLUMN_NAMES)}."
            )

    def column_of(self, name: str) -> str:
        """Our column of that name; "" when it means nothing, or is to be left aside."""
        if len(name) > _MAX_NAME:
            return ""
        key = tight_key(name)
        said = self.said.get(key)
        return said if said is not None else _COLUMN_OF.get(key) or _foreign_column_of().get(key, "")

    def is_guessed(self, name: str) -> bool:
        """Whether only a list of words of other languages says what the name means."""
        key = tight_key(name)
        return key not in self.said and key not in _COLUMN_OF and key in _foreign_column_of()

    def depends_on_the_rest(self, name: str) -> bool:
        """Whether the name means one thing beside some columns and another beside others."""
        return len(name) <= _MAX_NAME and tight_key(name) == _DEPENDS_ON_THE_REST and _DEPENDS_ON_THE_REST not in self.said


USUAL = Naming()


@dataclass(frozen=True)
class HeaderMap:
    """Where each of our columns stands in a table (``places``), and the columns that mean nothing to us.

    ``guessed`` has the names whose meaning is only likely, ``constants`` what the person said of every row.
    """

    names: tuple[str, ...]
    places: dict[str, int]
    unknown: tuple[str, ...] = ()
    guarded_place: int | None = None
    guessed: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    beside: dict[str, int] = field(default_factory=dict)
    """Where the columns of ``PASSAGE_CELLS`` stand."""

    def repeats_header(self, fields: Sequence[str]) -> bool:
        """Whether a record is the header row once more."""
        if len(fields) != len(self.names):
            return False
        return all(len(cell) < _MAX_NAME and tight_key(cell) == tight_key(name) for cell, name in zip(fields, self.names, strict=True))


def count_known(fields: Sequence[str], naming: Naming = USUAL) -> int:
    """How many of the fields are names of columns: high for a header row, 0 or 1 for anything else.

    >>> count_known(["Date", "Nation", "Statement"]), count_known(["2016-04-03", "France"])
    (3, 0)
    """
    known = {naming.column_of(name) or (naming.depends_on_the_rest(name) and "title") for name in fields[:MAX_COLUMNS]}
    return len(known - {"", False})


def has_what_a_statement_needs(fields: Sequence[str], naming: Naming = USUAL) -> bool:
    """Whether the fields name a date, a country or organisation, and a quote or position."""
    return not _missing({*naming.constants, *(naming.column_of(name) for name in fields[:MAX_COLUMNS])})


def map_header(fields: Sequence[str], *, line: int = 1, naming: Naming = USUAL) -> HeaderMap:
    """Which field is which of our columns, by name or usual synonym, in any order and case.

    Raises FileRefused when nothing looks like a header, when two columns claim the same meaning, or when a date, a
    country or organisation, or a quote or position is wanting; the message names what was found and what is wanted.

    >>> map_header(["Date", "Nation", "Speaker", "Title", "Statement", "Mood"]).places
    {'stated_on': 0, 'country': 1, 'spokesperson': 2, 'role': 3, 'quote': 4}
    """
    if len(fields) > MAX_COLUMNS:
        raise FileRefused(
            "too-many-columns", f"The table has {len(fields):,} columns; at most {MAX_COLUMNS} can be loaded. Leave some out.", line=line
        )
    names = tuple(name.strip() if is_readable(name) else "\N{REPLACEMENT CHARACTER}" for name in fields)
    columns = columns_of(names, naming)
    if len(_missing({*columns, *naming.constants})) == len(_WANTED):
        raise FileRefused("header-missing", _no_header(names), line=line)
    claims: dict[str, list[int]] = {}
    for place, column in enumerate(columns):
        if column:
            claims.setdefault(column, []).append(place)
    _refuse_double_claims(claims, names, line)
    _refuse_missing({*claims, *naming.constants}, names, line)
    _refuse_unheard(naming, names, line)
    places = {column: held[0] for column, held in claims.items()}
    guarded = next((place for place, name in enumerate(names) if tight_key(name) == GUARDED), None)
    beside = {name: place for place, name in reversed(list(enumerate(names))) if name in PASSAGE_CELLS and not columns[place]}
    left_aside = (*REJECTED, *(DERIVED if _OURS_ALONE in names else ()))
    aside = {place for place, name in enumerate(names) if name in left_aside} | {guarded, *beside.values()}
    unknown = tuple(name for place, name in enumerate(names) if place not in places.values() and place not in aside)
    guessed = {names[place]: column for column, place in places.items() if naming.is_guessed(names[place])}
    return HeaderMap(names, places, unknown, guarded, guessed, naming.constants, beside)


def columns_of(names: Sequence[str], naming: Naming = USUAL) -> list[str]:
    """Our column for each name. "Title" is that of the speaker when nothing else is, else that of the document.

    A single word of another language may be chance, and one that a certain name claims too gives way to it.
    """
    found = [naming.column_of(name) for name in names]
    guessed = {place for place, name in enumerate(names) if found[place] and naming.is_guessed(name)}
    certain = {column for place, column in enumerate(found) if place not in guessed}
    for place in guessed:
        if len(guessed) == 1 or found[place] in certain:
            found[place] = ""
    is_of_speaker = "spokesperson" in found and "role" not in found
    title = "role" if is_of_speaker else "document_title"
    if _OURS_ALONE in names:
        found = ["" if name in DERIVED and column in names else column for name, column in zip(names, found, strict=True)]
    return [title if naming.depends_on_the_rest(name) else column for name, column in zip(names, found, strict=True)]


_WANTED = (
    ("a date", {"stated_on"}),
    ("a country or an organisation", {"country", "organisation"}),
    ("a quote or a position", {"quote", "position"}),
)


def _missing(columns: set[str]) -> list[str]:
    return [words for words, any_of in _WANTED if not any_of & columns]


def _refuse_double_claims(claims: dict[str, list[int]], names: Sequence[str], line: int) -> None:
    for column, held in claims.items():
        if len(held) > 1:
            listed = " and ".join(f"{names[place][:80]!r} (column {place + 1})" for place in held)
            are_told_apart = tight_key(names[held[0]]) != tight_key(names[held[1]])
            aside = f', or leave one aside: --map "{names[held[1]][:80]}="' if are_told_apart else ""
            raise FileRefused(
                "columns-same-meaning",
                f"The columns {listed} both mean {column!r}; which one counts is not certain. Rename or remove one of them{aside}.",
                line=line,
                column=column,
            )


def _refuse_missing(columns: set[str], names: Sequence[str], line: int) -> None:
    missing = _missing(columns)
    if missing:
        raise FileRefused(
            "columns-missing",
            f"No column was recognised for {', for '.join(missing)}. Found: {_listed(names)}. "
            "Wanted: stated_on (or Date), country (or Nation) or organisation (or Ministry), quote (or Statement) or position. "
            f"Rename the columns, or say what they are: {_likely_mapping(names, columns)}.",
            line=line,
        )


def _likely_mapping(names: Sequence[str], columns: set[str]) -> str:
    """The option that would say it, with the likeliest pair there is."""
    wanted = [column for _, any_of in _WANTED if not any_of & columns for column in sorted(any_of)]
    for name in names:
        near = nearest_column(name) if 0 < len(name) <= _MAX_NAME and not USUAL.column_of(name) else ""
        if near in wanted:
            return f'--map "{name}={near}"'
    return f'--map "Their header={wanted[0]}"'


def _refuse_unheard(naming: Naming, names: Sequence[str], line: int) -> None:
    unheard = naming.said.keys() - {tight_key(name) for name in names}
    if unheard:
        message = f"The mapping names {sorted(unheard)[0][:80]!r}, but no column has that name. Found: {_listed(names)}. Mend the mapping."
        raise FileRefused("mapping-unknown", message, line=line)


def _no_header(names: Sequence[str]) -> str:
    verb = "names" if len(names) == 1 else "name"
    return (
        f"No header row was found: {_listed(names)} {verb} neither a date nor a country nor a quote. The first row must name the columns, "
        f'for example {", ".join(COLUMN_NAMES[1:4])}, quote; or say what they are: --map "Their header=stated_on".'
    )


def _listed(names: Sequence[str], at_most: int = 25) -> str:
    shown = ", ".join(repr(name[:40]) for name in names[:at_most])
    return f"{shown} and {len(names) - at_most:,} more" if len(names) > at_most else shown


def nearest_column(name: str) -> str:
    """Our column whose name or synonym is spelled most like this one; "" when none is near.

    >>> nearest_column("spokeperson")
    'spokesperson'
    """
    near = difflib.get_close_matches(tight_key(name), list(_COLUMN_OF), n=1, cutoff=0.8)
    return _COLUMN_OF[near[0]] if near else ""
