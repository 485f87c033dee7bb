"""A line that the standard reader takes is split as the careful one splits it; what that one alone understands is left to it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.io import delimited
from tracker.io.delimited import DELIMITERS, Record, read_records
from tracker.io.refusals import FileRefused

EDGES = (
    '"a","b"\r\n',
    'a"b,"c"\n',
    '"a" ,b',
    '"a"b,c',
    '"a,b',
    '"a\n","b"',
    '"",""',
    '""""',
    '"a""b"',
    ' "a",b',
    '"a",',
    '"',
    '"a"\r"b"\r\n"c"',
    '"\x00",b',
    '"𒀀\u2028\x85",b',
    "'\"a\"',b",
    '"a\\"b",c',
)


def _read(text: str, delimiter: str) -> list[Record] | str:
    try:
        return list(read_records(text, delimiter))
    except FileRefused as refused:
        return str(refused)


def _read_carefully(text: str, delimiter: str) -> list[Record] | str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "_read_one", delimited._read_quoted)
        return _read(text, delimiter)


@pytest.mark.parametrize("delimiter", DELIMITERS, ids=DELIMITERS.values())
@pytest.mark.parametrize("text", EDGES)
def test_edges_are_split_alike(text: str, delimiter: str) -> None:
    text = text.replace(",", delimiter)
    assert _read(text, delimiter) == _read_carefully(text, delimiter)


@given(text=st.text(st.sampled_from('"",;\t| \r\nab\\\x00é\u2028'), max_size=30), delimiter=st.sampled_from([*DELIMITERS, "a", " "]))
@example(text='"' + "a" * 140_000 + '",b', delimiter=",")
@example(text='a"b""', delimiter="a")
@settings(max_examples=600)
def test_any_text_is_split_alike(text: str, delimiter: str) -> None:
    assert _read(text, delimiter) == _read_carefully(text, delimiter)
