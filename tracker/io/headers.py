"""Header names to our columns: which column means what, and what to say when that is not certain."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from tracker.core.columns import COLUMN_NAMES
from tracker.io.decoding import is_readable
from tracker.io.limits import MAX_COLUMNS
from tracker.io.matching import tight_key
from tracker.io.refusals import FileRefused

GUARDED = "guarded"
"""Column of our own exports: names of the columns whose text got an apostrophe in front, against formulas."""

_DEPENDS_ON_THE_REST = tight_key("title")


def _column_names() -> dict[str, str]:
    """Our column for every name a header may give it, folded; synonyms are data, in header_synonyms.csv."""
    text = resources.files(__package__).joinpath("header_synonyms.csv").read_text(encoding="utf-8")
    synonyms = {tight_key(row["synonym"]): row["column"] for row in csv.DictReader(text.splitlines())}
    return synonyms | {tight_key(name): name for name in COLUMN_NAMES}


_COLUMN_OF = _column_names()


@dataclass(frozen=True)
class HeaderMap:
    """Where each of our columns stands in a table (``places``), and the columns that mean nothing to us."""

    names: tuple[str, ...]
    places: dict[str, int]
    unknown: tuple[str, ...] = ()
    guarded_place: int | None = None

    def repeats_header(self, fields: Sequence[str]) -> bool:
        """Whether a record is the header row once more."""
        if len(fields) != len(self.names):
            return False
        return all(len(field) < 100 and tight_key(field) == tight_key(name) for field, name in zip(fields, self.names, strict=True))


def count_known(fields: Sequence[str]) -> int:
    """How many of the fields are names of columns: high for a header row, 0 or 1 for anything else.

    >>> count_known(["Date", "Nation", "Statement"]), count_known(["2016-04-03", "France"])
    (3, 0)
    """
    return len({tight_key(f) for f in fields[:MAX_COLUMNS] if len(f) < 100} & (_COLUMN_OF.keys() | {_DEPENDS_ON_THE_REST}))


def has_what_a_statement_needs(fields: Sequence[str]) -> bool:
    """Whether the fields name a date, a country or organisation, and a quote or position."""
    return not _missing({_COLUMN_OF.get(tight_key(f), "") for f in fields[:MAX_COLUMNS] if len(f) < 100})


def map_header(fields: Sequence[str], *, line: int = 1) -> HeaderMap:
    """Which field is which of our columns, by name or usual English synonym, in any order and case.

    Raises FileRefused when nothing looks like a header, when two columns claim the same meaning, or when a date, a
    country or organisation, or a quote or position is wanting; the message names what was found and what is wanted.

    >>> map_header(["Date", "Nation", "Speaker", "Title", "Statement", "Mood"]).places
    {'stated_on': 0, 'country': 1, 'spokesperson': 2, 'role': 3, 'quote': 4}
    """
    if len(fields) > MAX_COLUMNS:
        raise FileRefused(
            "too-many-columns", f"The table has {len(fields):,} columns; at most {MAX_COLUMNS} can be loaded. Leave some out.", line=line
        )
    names = tuple(field.strip() if is_readable(field) else "\N{REPLACEMENT CHARACTER}" for field in fields)
    if len(_missing({_COLUMN_OF.get(tight_key(name), "") for name in names})) == len(_WANTED):
        raise FileRefused("header-missing", _no_header(names), line=line)
    claims: dict[str, list[int]] = {}
    for place, column in enumerate(_columns_of(names)):
        if column:
            claims.setdefault(column, []).append(place)
    _refuse_double_claims(claims, names, line)
    _refuse_missing(set(claims), names, line)
    places = {column: held[0] for column, held in claims.items()}
    guarded = next((place for place, name in enumerate(names) if tight_key(name) == GUARDED), None)
    unknown = tuple(name for place, name in enumerate(names) if place not in places.values() and place != guarded)
    return HeaderMap(names, places, unknown, guarded)


def _columns_of(names: Sequence[str]) -> list[str]:
    """Our column for each name. "Title" is that of the speaker when nothing else is, else that of the document."""
    found = [_COLUMN_OF.get(tight_key(name), "") for name in names]
    is_of_speaker = "spokesperson" in found and "role" not in found
    title = "role" if is_of_speaker else "document_title"
    return [title if tight_key(name) == _DEPENDS_ON_THE_REST else column for name, column in zip(names, found, strict=True)]


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
            listed = " and ".join(f"{names[place]!r} (column {place + 1})" for place in held)
            raise FileRefused(
                "columns-same-meaning",
                f"The columns {listed} both mean {column!r}; which one counts is not certain. Rename or remove one of them.",
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
            "Rename the columns.",
            line=line,
        )


def _no_header(names: Sequence[str]) -> str:
    return (
        f"No header row was found: {_listed(names)} name neither a date nor a country nor a quote. The first row must name the columns, "
        f"for example {', '.join(COLUMN_NAMES[1:4])}, quote."
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
