"""JSON values as they are written: numbers keep their digits, repeated keys are remembered."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from tracker.io.refusals import FileRefused

NOT_A_NUMBER = object()
"""NaN and Infinity, which JSON does not have: missing, and said."""


class WrittenNumber(str):
    """The digits of a number as they stand in the file."""

    __slots__ = ()


@dataclass(eq=False)
class JsonObject:
    """An object: its values by key (the first of a repeated key), and the keys that came again with another value."""

    values: dict[str, object] = field(default_factory=dict)
    contradicted: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, object]]) -> JsonObject:
    values: dict[str, object] = {}
    contradicted: list[str] = []
    for key, value in pairs:
        if key in values and values[key] != value:
            contradicted.append(key)
        values.setdefault(key, value)
    return JsonObject(values, tuple(contradicted))


DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=WrittenNumber, parse_int=WrittenNumber, parse_constant=lambda name: NOT_A_NUMBER
)


def parse(text: str) -> object:
    """The one value of a text; raises ValueError, and FileRefused for what is nested too deeply.

    >>> parse('{"n": 1.50, "n": 2}').values["n"]
    '1.50'
    """
    try:
        return DECODER.decode(text)
    except RecursionError:
        raise nested_too_deeply() from None


def next_value(text: str, position: int) -> tuple[object, int]:
    """The value that begins at a position and the position behind it; raises as :func:`parse` does."""
    try:
        return DECODER.raw_decode(text, position)
    except RecursionError:
        raise nested_too_deeply() from None


def nested_too_deeply() -> FileRefused:
    """Why objects and lists within each other without end are not read."""
    return FileRefused("nested-too-deeply", "The JSON in the file is nested too deeply to hold records. Write a list of objects of text.")


def as_cell(value: object) -> str | None:
    """The value as the text of a cell; ``None`` when it is a list, an object or no number.

    >>> as_cell(WrittenNumber("007e0")), as_cell(True), as_cell(None), as_cell([])
    ('007e0', 'true', '', None)
    """
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else None
