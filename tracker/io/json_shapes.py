"""Where in a JSON object the records stand: the list of objects that is meant, or columns of values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.io.found import Guess
from tracker.io.headers import Naming, has_what_a_statement_needs
from tracker.io.json_values import JsonObject
from tracker.io.refusals import FileRefused

MAX_DEPTH = 3
"""Objects within each other in which a list is looked for."""

_LIST_NAMES = ("statements", "records", "rows", "data", "items", "results", "value")
_LOOKED_AT = 20


@dataclass(frozen=True)
class RecordList:
    """A list of objects and the keys that lead to it, as ``data.items``."""

    path: str
    items: list[JsonObject]
    guess: Guess | None = None


def records_in(values: Mapping[str, object], naming: Naming) -> RecordList | None:
    """The list of objects that is meant, ``None`` when the object holds no list at all.

    It is the only one whose objects name what a statement needs; for want of that, the one with a usual name beside the
    others, or the only one. Where it stood is a guess unless there was only one place. Raises FileRefused, naming the
    lists, when several may be meant.
    """
    found = list(_lists(values))
    filled = [one for one in found if one.items]
    understood = [one for one in filled if has_what_a_statement_needs(_names(one.items[:_LOOKED_AT]), naming)]
    pool = understood or filled or found
    usual = [one for name in _LIST_NAMES for one in pool if one.path.casefold() == name]
    chosen = pool[0] if len(pool) == 1 else usual[0] if usual else None
    if chosen is None and pool:
        paths = ", ".join(one.path[:80] for one in pool[:20])
        message = f"The JSON holds several lists of objects that may be the records: {paths}. Write the one that is meant alone."
        raise FileRefused("json-no-records", message)
    if chosen and (len(filled) > 1 or "." in chosen.path):
        why = "the only list of objects in the file" if len(filled) == 1 else "the list of objects that names what a statement needs"
        return RecordList(chosen.path, chosen.items, Guess("records", chosen.path[:80], why))
    return chosen


def _lists(values: Mapping[str, object], above: str = "", depth: int = 1) -> Iterator[RecordList]:
    for key, value in values.items():
        if isinstance(value, list) and all(isinstance(item, JsonObject) for item in value):
            yield RecordList(above + key, value)
        elif isinstance(value, JsonObject) and depth < MAX_DEPTH:
            yield from _lists(value.values, f"{above}{key}.", depth + 1)


def _names(items: Iterable[JsonObject]) -> list[str]:
    return list(dict.fromkeys(name for item in items for name in item.values))


def split_columns(values: Mapping[str, object]) -> tuple[list[str], list[list[object]]] | None:
    """Names and rows when the object holds columns, or names and rows apart; ``None`` otherwise.

    Raises FileRefused when the columns have different lengths.
    """
    names, rows = values.get("columns"), values.get("data", values.get("rows"))
    if isinstance(names, list) and isinstance(rows, list) and all(isinstance(name, str) for name in names):
        return ([str(name) for name in names], rows) if all(isinstance(row, list) for row in rows) else None
    columns = {key: list(value.values.values()) if _is_column(value) else value for key, value in values.items()}
    if len(columns) < 2 or not all(isinstance(column, list) for column in columns.values()):
        return None
    if any(isinstance(cell, JsonObject) for column in columns.values() for cell in column[:1]):
        return None
    lengths = {len(column) for column in columns.values()}
    if len(lengths) > 1:
        raise FileRefused(
            "json-no-records",
            f"The columns {listed(columns)} have different lengths ({', '.join(map(str, sorted(lengths)))}), so that it is not certain "
            "which values belong together. Write a list of objects.",
        )
    return list(columns), [list(row) for row in zip(*columns.values(), strict=True)]


def _is_column(value: object) -> bool:
    """Whether it is a column by index, ``{"0": …, "1": …}``, and no object that holds something else."""
    return isinstance(value, JsonObject) and not any(isinstance(cell, list | JsonObject) for cell in value.values.values())


def listed(names: Iterable[str]) -> str:
    """The first names in quotes, and how many more there are.

    >>> listed(["a", "b"])
    "'a', 'b'"
    """
    shown: Sequence[str] = [repr(name[:40]) for name in names]
    return ", ".join(shown[:20]) + (f" and {len(shown) - 20:,} more" if len(shown) > 20 else "")
