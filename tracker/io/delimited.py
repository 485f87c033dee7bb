"""Delimited text to records: fields with the physical line each record begins on."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TextIO

from tracker.io.limits import MAX_CELL_CHARACTERS, MAX_HEADER_SEARCH, MAX_LINE_CHARACTERS
from tracker.io.refusals import FileRefused

DELIMITERS: dict[str, str] = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}

_TEXT_BEHIND = "a field of the row has text after a closing quotation mark; double the quotation marks inside the field, and quote it whole"
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[\r\n]*', re.IGNORECASE)


@dataclass(slots=True)
class Record:
    """One record as it stands: its fields, its first physical line (from 1), what is wrong with it as a whole.

    ``cell_faults`` says of single fields, by place, why what stands there is no data (an error of a spreadsheet).
    ``is_unended`` is true of the last record of a text that does not end with the end of a line.
    """

    fields: list[str]
    line: int
    fault: str = ""
    fault_code: str = "quote-misplaced"
    cell_faults: Mapping[int, str] = field(default_factory=dict)
    is_unended: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it: no record for anyone who counts."""
        return not any(cell and not cell.isspace() for cell in self.fields)


class _Lines:
    """The physical lines of a text, counted from 1; a line ends with CR LF, LF or CR."""

    def __init__(self, text: str | TextIO) -> None:
        self.read_line = (io.StringIO(text, newline="") if isinstance(text, str) else text).readline
        self.number = 0
        self.last = ""

    def next(self) -> str | None:
        line = self.read_line(MAX_LINE_CHARACTERS)
        if not line:
            return None
        self.number += 1
        self.last = line
        if len(line) == MAX_LINE_CHARACTERS:
            raise FileRefused(
                "line-too-long",
                f"Line {self.number} has {MAX_LINE_CHARACTERS:,} characters or more, so it is no row of a table. Break the text into rows.",
                line=self.number,
            )
        return line


def split_separator_line(text: str) -> tuple[str, str]:
    """The delimiter named by a leading ``sep=;`` line ("" when there is none) and the first line as it stands.

    >>> split_separator_line("sep=;\\ndate;country")
    (';', 'sep=;\\n')
    """
    first = next(io.StringIO(text, newline=""), "")
    found = _SEPARATOR_LINE.fullmatch(first)
    return (found[1], first) if found else ("", "")


def read_records(text: str | TextIO, delimiter: str, *, skip_lines: int = 0) -> Iterator[Record]:
    """Every record of the text that is not blank, quoted with ``"`` (doubled inside), split by the delimiter.

    A quotation mark inside an unquoted field is part of it. Raises FileRefused, naming the line, for a quoted field
    that is never closed. Text after a closing quotation mark is a ``fault`` of the record; when the field ran over
    several lines the quotation mark is taken as unclosed, because records may have been swallowed.

    >>> [(r.fields, r.line) for r in read_records('a,"b\\nc"\\n\\nd,e', ",")]
    [(['a', 'b\\nc'], 1), (['d', 'e'], 4)]
    """
    lines = _Lines(text)
    for _ in range(skip_lines):
        lines.next()
    while (line := lines.next()) is not None:
        record = _read_one(line, lines, delimiter)
        if not record.is_blank:
            record.is_unended = not lines.last.endswith(("\n", "\r"))
            yield record


def _read_one(line: str, lines: _Lines, delimiter: str) -> Record:
    if '"' not in line:
        return Record(line.rstrip("\r\n").split(delimiter), lines.number)
    if delimiter in DELIMITERS:
        # What is well formed within its line the standard reader splits alike, many times as fast; it refuses all else.
        with suppress(csv.Error):
            return Record(next(csv.reader((line,), delimiter=delimiter, strict=True)), lines.number)
    return _read_quoted(line, lines, delimiter)


def _read_quoted(line: str, lines: _Lines, delimiter: str) -> Record:
    record, position = Record([], lines.number), 0
    line, ending = _without_ending(line)
    while True:
        if line.startswith('"', position):
            field, line, ending, position = _read_quoted_field(line, ending, position, lines, delimiter, record)
        else:
            end = line.find(delimiter, position)
            field, position = (line[position:], len(line)) if end < 0 else (line[position:end], end)
        record.fields.append(field)
        if position >= len(line):
            return record
        position += len(delimiter)


def _read_quoted_field(line: str, ending: str, position: int, lines: _Lines, delimiter: str, record: Record) -> tuple[str, str, str, int]:
    """The field, then the line it ends on, that line's ending, and the position behind it."""
    opened_at, parts, n_characters = lines.number, [], 0
    position += 1
    while True:
        mark = line.find('"', position)
        if mark < 0:
            parts += [line[position:], ending]
            n_characters += len(line) - position + len(ending)
            following = lines.next() if n_characters <= MAX_CELL_CHARACTERS * 4 else None
            if following is None:
                raise _unclosed(opened_at)
            line, ending = _without_ending(following)
            position = 0
        elif line.startswith('""', mark):
            parts.append(line[position : mark + 1])
            position = mark + 2
        else:
            parts.append(line[position:mark])
            break
    position = mark + 1
    if position < len(line) and not line.startswith(delimiter, position):
        if lines.number != opened_at:
            raise _unclosed(opened_at)
        end = line.find(delimiter, position)
        end = len(line) if end < 0 else end
        if line[position:end].strip():
            record.fault = _TEXT_BEHIND
            parts.append(line[position:end])
        position = end
    return "".join(parts), line, ending, position


def _without_ending(line: str) -> tuple[str, str]:
    bare = line.rstrip("\r\n")
    return bare, line[len(bare) :]


def _unclosed(line: int) -> FileRefused:
    return FileRefused(
        "quote-unclosed",
        f"The quotation mark that opens a field on line {line} is never closed properly, so the rows after it cannot be told apart. "
        "Close it, or double the quotation marks inside the field.",
        line=line,
    )


_QUOTED_FIELD = re.compile(r'(?<![^,;\t|\n])"(?:[^"]|"")*+"')


def likely_delimiters(text: str) -> list[str]:
    """The delimiters that occur near the beginning of the text, those that split it most evenly first; not within quoted fields.

    >>> likely_delimiters('a,b\\n1,"\\t\\n\\t"\\n')[0], likely_delimiters("a;b\\n1,5;2\\n")[0]
    (',', ';')
    """
    lines = (line for _, line in zip(range(MAX_HEADER_SEARCH * 2), io.StringIO(text), strict=False))
    head = _QUOTED_FIELD.sub("", "".join(lines)).split("\n")
    present = [delimiter for delimiter in DELIMITERS if any(delimiter in line for line in head)]
    return sorted(present, key=lambda delimiter: -_evenness(head, delimiter)) or [","]


def _evenness(lines: list[str], delimiter: str) -> float:
    counts = [line.count(delimiter) for line in lines if line.strip() or delimiter in line]
    most_usual = max(set(counts), key=lambda count: (counts.count(count), count), default=0)
    return counts.count(most_usual) / len(counts) if most_usual else 0.0
