"""What tests of readers share: a file of bytes read, all its records accounted for, and mutations of it."""

from __future__ import annotations

import re
from types import ModuleType

from hypothesis import strategies as st

from tracker.core.model import Statement
from tracker.core.problems import Problem, Severity, count_records
from tracker.io.declared import Declared
from tracker.io.inputs import InputFile, Opened, ReadOptions
from tracker.io.refusals import FileRefused
from tracker.io.statements_read import StatementReader

EXCEPTION_TEXT = re.compile(r"Traceback|\b\w+(Error|Exception)\b\s*[:(]|codec can't|0x[0-9a-f]{2} in position|File \"")


def opened(reader: ModuleType, data: bytes, name: str, **options: object) -> Opened:
    """What a reader finds in the bytes; every record of it is accounted for."""
    found = reader.read(InputFile.from_bytes(data, name), ReadOptions(**options))
    assert_conserved(found)
    return found


def assert_conserved(found: Opened) -> None:
    """Every record is a row, rejected or ignored, and no message shows the text of an exception."""
    problems = [*found.found.problems, *found.problems]
    n_rejected, n_ignored = (count_records(problems, severity) for severity in (Severity.REJECTED, Severity.IGNORED))
    assert len(found.found.rows) + n_rejected + n_ignored == found.found.n_records
    assert not [problem for problem in problems if EXCEPTION_TEXT.search(problem.message)]


def statements(found: Opened, name: str) -> tuple[tuple[Statement, ...], list[Problem]]:
    """The statements made of the rows, and the problems of making them."""
    reader = StatementReader(found.declared or Declared(), name)
    return reader.read(found.found), reader.problems


def told(found: Opened) -> list[str]:
    """The codes of all problems, those of records as ``record:code``."""
    return [f"{p.record}:{p.code}" if p.record else p.code for p in [*found.problems, *found.found.problems]]


def loads_or_refuses(reader: ModuleType, data: bytes, name: str) -> bool:
    """Whether the reader found something; anything but a refusal in words fails the test."""
    try:
        found = opened(reader, data, name)
    except FileRefused as refused:
        assert str(refused)
        assert not EXCEPTION_TEXT.search(str(refused))
        return False
    statements(found, name)
    return True


def mutations(data: bytes) -> st.SearchStrategy[bytes]:
    """The bytes with a few of them changed, cut out, doubled, or the end cut off."""
    places = st.integers(0, len(data))
    change = st.tuples(
        st.sampled_from(["set", "cut", "insert", "double", "end"]), places, st.integers(1, 64), st.binary(min_size=1, max_size=4)
    )
    return st.lists(change, min_size=1, max_size=5).map(lambda changes: _changed(data, changes))


def _changed(data: bytes, changes: list[tuple[str, int, int, bytes]]) -> bytes:
    for kind, at, length, written in changes:
        if kind == "set":
            data = data[:at] + written + data[at + len(written) :]
        elif kind == "cut":
            data = data[:at] + data[at + length :]
        elif kind == "insert":
            data = data[:at] + written + data[at:]
        elif kind == "double":
            data = data[:at] + data[at : at + length] + data[at:]
        else:
            data = data[: max(at, 1)]
    return data
