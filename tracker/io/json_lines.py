"""Files with one JSON object a line, read as they come; a line that is none is rejected alone."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tracker.io.collecting import RowCollector
from tracker.io.inputs import InputFile
from tracker.io.refusals import FileRefused
from tracker.io.streams import MAX_LINE_BYTES, LineStream

_BAD_BEFORE_REFUSAL = 200
_MARK = b"\xef\xbb\xbf"


def read_objects(file: InputFile, collector: RowCollector, *, what: str) -> Iterator[tuple[int, dict[str, object]]]:
    """The objects of the lines with the numbers of the lines; blank lines are none, other lines are rejected.

    Raises FileRefused when the first 200 lines hold no object at all, and as :class:`LineStream` does.
    """
    n_good = n_bad = 0
    for line in LineStream(file):
        data = line.data.removeprefix(_MARK) if line.number == 1 else line.data
        if not line.is_too_long and not data.strip():
            continue
        found = _fault_of_length() if line.is_too_long else _parsed(data)
        if isinstance(found, dict):
            n_good += 1
            yield line.number, found
            continue
        n_bad += 1
        if n_bad >= _BAD_BEFORE_REFUSAL and not n_good:
            raise _not_lines(what)
        collector.reject(*found, line.number)
    if n_bad and not n_good:
        raise _not_lines(what)


def _parsed(data: bytes) -> dict[str, object] | tuple[str, str]:
    """The object of a line, or why there is none."""
    try:
        found = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        return "row-encoding", "the line has bytes that are no UTF-8 text; save the file as UTF-8"
    except (ValueError, RecursionError):
        return "json-malformed", "the line is no JSON that can be read; it may be cut off or nested too deeply. Write it again"
    if isinstance(found, dict):
        return found
    return "json-malformed", "the line is JSON but no object with named fields; write one object a line"


def _fault_of_length() -> tuple[str, str]:
    return "json-malformed", f"the line has more than {MAX_LINE_BYTES:,} bytes and was not read; split the record"


def _not_lines(what: str) -> FileRefused:
    return FileRefused(
        "json-no-lines",
        f"The lines of the file are no JSON objects, as they are in {what}. "
        "It may be damaged, or one object written over several lines; write one object a line.",
    )


def texts(value: object) -> list[str]:
    """The strings of a JSON list, in their order; a single string is a list of one, anything else is none.

    >>> texts(["a", 1, None, "b"]), texts("a"), texts({"a": 1})
    (['a', 'b'], ['a'], [])
    """
    if isinstance(value, str):
        return [value] if value else []
    return [item for item in value if isinstance(item, str) and item] if isinstance(value, list) else []


def objects(value: object) -> list[dict[str, object]]:
    """The objects of a JSON list, in their order; a single object is a list of one, anything else is none."""
    if isinstance(value, dict):
        return [value]
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
